//! Numbers of official documents: 06/2014/NĐ-CP, 08-CT/TU, 78/2015/QH13.

use crate::reading::accent::Accent;
use crate::reading::context::{Context, all_capitals, capitalized};
use crate::reading::scan::Kind;
use crate::reading::tables::{Cue, Tables};
use crate::reading::tag::{Class, Found};
use crate::reading::verbalize::{self, push_word};

/// The code behind a document's number has at most this many parts.
const CODE_PARTS: usize = 6;

/// A number, perhaps a year, and the letters of kind and issuer.
pub(super) fn tag(context: &Context<'_>, at: usize) -> Option<Found> {
    let number = context.number(at);
    if number.is_empty() || number.len() > 6 || !context.free_before(at) {
        return None;
    }
    if let Some(found) = standard(context, at).or_else(|| committee(context, at)) {
        return Some(found);
    }
    let mut i = at + 1;
    let year = context.number(i + 1);
    let year = (context.str(i) == "/" && year.len() == 4).then_some(year);
    if year.is_some() {
        i += 2;
    }
    if !matches!(context.str(i), "/" | "-" | "–") {
        return None;
    }
    let (end, parts) = code(context, i + 1)?;
    let slash = context.str(i) == "/" || (i + 1..end).any(|i| context.str(i) == "/");
    let known = parts.iter().any(|part| is_known(context.tables, part));
    if !slash || (!known && !context.cue_here(at, Cue::Document)) {
        return None;
    }
    // "số 5/A1" is a house; only a longer group is a code nobody has in the tables.
    if parts.len() == 1 && !known && parts[0].0.chars().count() < 2 {
        return None;
    }
    let meaning = meaning(context.tables, &parts);
    let mut spoken = numbered(number, year, context.accent);
    // The head of a document, "Số: 45/TB-UBND", has its noun nowhere else.
    if let Some(kind) = meaning.kind
        && *context.words_before(at) == ["số"]
    {
        push_word(&mut spoken, &kind.to_lowercase());
    }
    if !context.cue_here(at, Cue::Document) {
        let noun = meaning.kind.unwrap_or("văn bản");
        spoken = format!("{noun} số {spoken}");
    }
    let named = issuer_named(context, end);
    if !meaning.issuer.is_empty() && !named {
        // "BB-VPHC" names no body but a matter.
        if !meaning.matter {
            push_word(&mut spoken, "của");
        }
        push_word(&mut spoken, &meaning.issuer);
    }
    let spelt = !meaning.unknown.is_empty() && !named && meaning.issuer.is_empty();
    for (letters, digits) in meaning.unknown.iter().filter(|_| spelt) {
        push_word(
            &mut spoken,
            &super::letters::spell(context.tables, letters, false),
        );
        push_word(&mut spoken, &verbalize::digits(digits));
    }
    // A dot that closes an abbreviation of the code is not there; the sentence's own stays.
    Some(Found::new(Class::Docnum, end, spoken).guessed(spelt))
}

/// "QCVN 06:2022/BXD", "TCVN 3890:2023", "TCVN 7336-1:2021": a standard and its year.
fn standard(context: &Context<'_>, at: usize) -> Option<Found> {
    let before = context.words_before(at);
    let known = before.iter().rev().take(2).any(|word| {
        matches!(
            word.as_str(),
            "qcvn" | "tcvn" | "qcđp" | "tccs" | "tcxdvn" | "tcn" | "iso"
        )
    });
    if !known {
        return None;
    }
    let mut spoken = verbalize::name(context.number(at), context.accent);
    let mut i = at + 1;
    let is_year = |at: usize| {
        let digits = context.number(at);
        digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"))
    };
    while matches!(context.str(i), "-" | "–") && context.is_number(i + 1) && !is_year(i + 1) {
        push_word(
            &mut spoken,
            &verbalize::name(context.number(i + 1), context.accent),
        );
        i += 2;
    }
    let year = context.number(i + 1);
    let dashed = matches!(context.str(i), "-" | "–") && is_year(i + 1);
    if !dashed && (context.str(i) != ":" || year.len() != 4) {
        return None;
    }
    push_word(&mut spoken, "năm");
    push_word(&mut spoken, &verbalize::count(year, context.accent));
    i += 2;
    if context.str(i) == "/"
        && let Some((end, parts)) = code(context, i + 1)
    {
        let meaning = meaning(context.tables, &parts);
        if !meaning.issuer.is_empty() {
            push_word(&mut spoken, "của");
            push_word(&mut spoken, &meaning.issuer);
        }
        i = end;
    }
    Some(Found::new(Class::Docnum, i, spoken))
}

/// "BCĐ 138/CP", "BCĐ 138/ĐT": a steering committee of the Government or of a province.
fn committee(context: &Context<'_>, at: usize) -> Option<Found> {
    const PROVINCES: [(&str, &str); 13] = [
        ("ĐT", "Đồng Tháp"),
        ("TG", "Tiền Giang"),
        ("BT", "Bến Tre"),
        ("VL", "Vĩnh Long"),
        ("LA", "Long An"),
        ("AG", "An Giang"),
        ("KG", "Kiên Giang"),
        ("CM", "Cà Mau"),
        ("HG", "Hậu Giang"),
        ("ST", "Sóc Trăng"),
        ("BL", "Bạc Liêu"),
        ("TV", "Trà Vinh"),
        ("TN", "Tây Ninh"),
    ];
    let before = context.words_before(at);
    let short = before.last().is_some_and(|word| word == "bcđ");
    let long = before.ends_with(&["ban", "chỉ", "đạo"].map(ToOwned::to_owned));
    let code = context.str(at + 2);
    if !(short || long) || context.str(at + 1) != "/" || !all_capitals(code) {
        return None;
    }
    let mut spoken = verbalize::name(context.number(at), context.accent);
    let place = PROVINCES.iter().find(|(short, _)| *short == code);
    let owner = match (place, context.tables.issuer(code)) {
        (Some((_, place)), _) => (*place).to_owned(),
        (None, Some(issuer)) => format!("của {issuer}"),
        (None, None) => super::letters::spell(context.tables, code, false),
    };
    push_word(&mut spoken, &owner);
    Some(Found::new(Class::Docnum, at + 3, spoken))
}

/// The number and its year in words.
pub(super) fn numbered(number: &str, year: Option<&str>, accent: Accent) -> String {
    let mut out = verbalize::name(number, accent);
    if let Some(year) = year {
        push_word(&mut out, "năm");
        push_word(&mut out, &verbalize::count(year, accent));
    }
    out
}

/// The parts of a code: groups of letters, each perhaps with digits (QH13), joined by - and /.
fn code<'a>(context: &Context<'a>, at: usize) -> Option<(usize, Vec<(&'a str, &'a str)>)> {
    let mut parts = Vec::new();
    let mut i = at;
    while parts.len() < CODE_PARTS {
        let word = context.str(i);
        let desk = context.is_number(i + 1);
        let fits =
            context.is_word(i) && capitalized(word) && (word.len() > 1 || parts.is_empty() || desk);
        if !fits {
            break;
        }
        i += 1;
        // "BNN&PTNT" is one body.
        let word = if context.str(i) == "&" && context.is_word(i + 1) {
            i += 2;
            context.span(i - 3, i)
        } else {
            word
        };
        let digits = context.number(i);
        if !digits.is_empty() {
            i += 1;
        }
        parts.push((word, digits));
        let more = matches!(context.str(i), "-" | "/" | "–" | ".")
            && context.kind(i + 1) == Some(Kind::Word)
            && capitalized(context.str(i + 1));
        if !more {
            break;
        }
        i += 1;
    }
    // An ordinary capitalized word is no code.
    let plain =
        |word: &str| word.chars().skip(1).all(char::is_lowercase) && word.chars().count() > 1;
    match parts.first() {
        Some((word, _)) if !plain(word) => Some((i, parts)),
        _ => None,
    }
}

fn is_known(tables: &Tables, part: &(&str, &str)) -> bool {
    tables.kind(part.0).is_some() || tables.issuer(part.0).is_some()
}

struct Meaning<'a> {
    kind: Option<&'static str>,
    issuer: String,
    /// Whether the issuer is the matter of the document and no body.
    matter: bool,
    unknown: Vec<(&'a str, &'a str)>,
}

/// Codes that behind a body's name one of its desks.
const DESKS: [&str; 8] = ["BTT", "VP", "CT", "TH", "KT", "HC", "PCTT", "BQL"];

/// Bodies whose names begin with a small letter.
const HOUSES: [&str; 9] = [
    "bệnh viện",
    "trường",
    "trung tâm",
    "trạm",
    "hội",
    "ban",
    "đội",
    "tổ",
    "hợp tác xã",
];

/// What the parts of a code stand for: a kind first, then issuers.
fn meaning<'a>(tables: &Tables, parts: &[(&'a str, &'a str)]) -> Meaning<'a> {
    let mut out = Meaning {
        kind: None,
        issuer: String::new(),
        matter: false,
        unknown: Vec::new(),
    };
    for (at, &(word, digits)) in parts.iter().enumerate() {
        let issuer = tables
            .issuer(word)
            .map(ToOwned::to_owned)
            .or_else(|| {
                // Only the first body may be put together; what follows it is a desk of it.
                let first = at > 0 && out.issuer.is_empty();
                first.then(|| body(tables, word)).flatten()
            })
            .filter(|_| out.issuer.is_empty() || !DESKS.contains(&word));
        let kind = tables.kind(word);
        // HĐ, TM and others are kinds in front and parts of names behind.
        if let Some(kind) = kind
            && at == 0
            && (issuer.is_none() || parts.len() > 1)
        {
            out.kind = Some(kind);
        } else if let Some(issuer) = issuer {
            if !out.issuer.is_empty() {
                out.issuer.push_str(", ");
            }
            let body = HOUSES.iter().any(|house| issuer.starts_with(house));
            out.matter = out.issuer.is_empty()
                && tables.issuer(word).is_none()
                && issuer.starts_with(char::is_lowercase)
                && !body;
            out.issuer.push_str(&issuer);
            if matches!(word, "QH" | "UBTVQH") && !digits.is_empty() {
                out.issuer.push_str(" khóa ");
                out.issuer
                    .push_str(&verbalize::count(digits, Accent::South));
            } else if word == "BCĐ" && !digits.is_empty() {
                push_word(&mut out.issuer, &verbalize::name(digits, Accent::South));
            }
        } else if out.issuer.is_empty() {
            // Letters behind the issuer name a desk of it, which no listener needs.
            out.unknown.push((word, digits));
        }
    }
    out
}

/// A body by the parts of its code: a Ministry, a Department or an office, and its field.
pub(super) fn body(tables: &Tables, word: &str) -> Option<String> {
    const BODIES: [(&str, &str); 9] = [
        ("VP", "Văn phòng"),
        ("BQL", "Ban Quản lý"),
        ("BCĐ", "Ban Chỉ đạo"),
        ("TT", "Trung tâm"),
        ("HĐ", "Hội đồng"),
        ("CC", "Chi cục"),
        ("B", "Bộ"),
        ("S", "Sở"),
        ("P", "Phòng"),
    ];
    let field = |code: &str| {
        tables
            .issuer(code)
            .or_else(|| tables.plain_abbreviation(code))
    };
    let found = BODIES.iter().find_map(|(code, name)| {
        let field = field(word.strip_prefix(code)?)?;
        let mut letters = field.chars();
        let first: String = letters.next()?.to_uppercase().collect();
        Some(format!("{name} {first}{}", letters.as_str()))
    });
    found.or_else(|| tables.plain_abbreviation(word).map(ToOwned::to_owned))
}

/// Whether "của …" follows, perhaps behind the date: then the code adds nothing.
fn issuer_named(context: &Context<'_>, at: usize) -> bool {
    for i in at..at + 16 {
        match context.kind(i) {
            Some(Kind::Space | Kind::Number) => {}
            Some(Kind::Mark) if matches!(context.str(i), "/" | "." | "-") => {
                if context.str(i) == "." && context.kind(i + 1) != Some(Kind::Number) {
                    return false;
                }
            }
            Some(Kind::Word) => match context.str(i) {
                "của" | "do" => return true,
                "ngày" | "tháng" | "năm" => {}
                _ => return false,
            },
            _ => return false,
        }
    }
    false
}

/// A document's name, number and issuer in words.
pub(in crate::reading) fn document(
    kind: &str,
    number: &str,
    issuer: &str,
    accent: Accent,
) -> String {
    let reader = super::super::Reader::new(accent, Vec::new());
    let kind = reader.read(kind).text;
    let issuer = reader.read(issuer).text;
    let mut pieces = number.trim().split(['/', '-']);
    let first = pieces.next().unwrap_or("").trim();
    let year = pieces
        .next()
        .filter(|piece| piece.len() == 4 && piece.bytes().all(|b| b.is_ascii_digit()));
    let mut out = kind;
    push_word(&mut out, "số");
    if !first.is_empty() && first.bytes().all(|b| b.is_ascii_digit()) {
        push_word(&mut out, &numbered(first, year, accent));
    } else {
        push_word(&mut out, &reader.read(number).text);
    }
    if !issuer.is_empty() {
        push_word(&mut out, "của");
        push_word(&mut out, &issuer);
    }
    out
}
