//! Numbers of legal acts as people type them: `06/2014/NĐ-CP`, `NĐ 06/2014`, `Quyết định số 521`.

use std::ops::Range;

use super::asked::is_counted;
use super::phone::next_digit;
use crate::text::{fold, is_word};

/// An act as far as its number was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Citation {
    pub(super) range: Range<usize>,
    /// The number without leading zeros.
    pub(super) number: String,
    pub(super) year: Option<String>,
    /// `nd`, `qd`, `luat`, …; of a whole number only where words before it say so.
    pub(super) kind: Option<&'static str>,
    /// What stands behind number and year, as people write it: `NĐ-CP`. `None` in a short form.
    pub(super) tail: Option<String>,
    /// The number as typed, with its zeros.
    pub(super) digits: String,
    /// Whether a hyphen joins number and letters, as the Party writes: `08-CT/TU`.
    hyphen: bool,
}

impl Citation {
    /// The number as the registry would write it, as far as it was typed.
    pub(super) fn whole(&self) -> String {
        let numbered = match &self.year {
            Some(year) if !self.hyphen => format!("{}/{year}", self.digits),
            _ => self.digits.clone(),
        };
        match &self.tail {
            Some(tail) if self.hyphen => format!("{numbered}-{tail}"),
            Some(tail) => format!("{numbered}/{tail}"),
            None => numbered,
        }
    }
}

/// Words for kinds of acts, folded, longest first where one ends like another.
const KINDS: [(&str, &str); 24] = [
    ("thong tu lien tich", "ttlt"),
    ("nghi quyet lien tich", "nq"),
    ("joint circular", "ttlt"),
    ("nghi dinh", "nd"),
    ("nghi quyet", "nq"),
    ("quyet dinh", "qd"),
    ("thong tu", "tt"),
    ("bo luat", "luat"),
    ("luat", "luat"),
    ("phap lenh", "pl"),
    ("chi thi", "ct"),
    ("huong dan", "hd"),
    ("ke hoach", "kh"),
    ("cong van", "cv"),
    ("thong bao", "tb"),
    ("ket luan", "kl"),
    ("decree", "nd"),
    ("decision", "qd"),
    ("circular", "tt"),
    ("resolution", "nq"),
    ("ordinance", "pl"),
    ("directive", "ct"),
    ("law", "luat"),
    ("code", "luat"),
];

/// First letters behind a number, folded, with what people write.
const CODES: [(&str, &str); 21] = [
    ("nd", "NĐ"),
    ("qd", "QĐ"),
    ("tt", "TT"),
    ("ttlt", "TTLT"),
    ("nq", "NQ"),
    ("nqlt", "NQLT"),
    ("ct", "CT"),
    ("ctr", "CTr"),
    ("pl", "PL"),
    ("kh", "KH"),
    ("khlt", "KHLT"),
    ("hd", "HD"),
    ("kl", "KL"),
    ("tb", "TB"),
    ("cv", "CV"),
    ("cd", "CĐ"),
    ("qc", "QC"),
    ("qydd", "QyĐ"),
    ("vbhn", "VBHN"),
    ("l", "L"),
    ("ttr", "TTr"),
];

/// The kind of a registry's word for it.
pub(super) fn kind_of(word: &str) -> Option<&'static str> {
    let folded = fold(word);
    KINDS
        .iter()
        .find(|(name, _)| folded == *name)
        .map(|(_, kind)| *kind)
}

/// The acts whose numbers stand in a text, in order.
pub(super) fn citations(text: &str) -> Vec<Citation> {
    let mut out: Vec<Citation> = Vec::new();
    let mut at = 0;
    while let Some(start) = next_digit(text, at) {
        let digits = run(text, start);
        let joined = text[..start].ends_with(|c: char| is_word(c) || matches!(c, '/' | '.' | ','));
        let found = if joined || digits.len() > 6 {
            None
        } else {
            whole(text, start).or_else(|| short(text, start))
        };
        at = found
            .as_ref()
            .map_or(start + digits.len(), |act| act.range.end);
        out.extend(found);
    }
    out
}

fn run(text: &str, start: usize) -> &str {
    let length = text[start..].bytes().take_while(u8::is_ascii_digit).count();
    &text[start..start + length]
}

fn bare(digits: &str) -> String {
    let bare = digits.trim_start_matches('0');
    if bare.is_empty() { "0" } else { bare }.to_owned()
}

/// Behind spaces, one of `marks`, and spaces again.
fn behind(text: &str, at: usize, marks: &[char]) -> Option<usize> {
    let spaces = [' ', '\u{a0}'];
    let rest = text[at..].trim_start_matches(spaces);
    let rest = rest.strip_prefix(marks)?.trim_start_matches(spaces);
    Some(text.len() - rest.len())
}

/// A whole number: digits, perhaps a year, then the letters of kind and issuer.
fn whole(text: &str, start: usize) -> Option<Citation> {
    let digits = run(text, start);
    let mut at = start + digits.len();
    let mut year = None;
    if let Some(next) = behind(text, at, &['/']) {
        let group = run(text, next);
        if group.len() == 4 {
            year = Some(group.to_owned());
            at = next + group.len();
        }
    }
    let next = behind(text, at, &['/', '-', '–'])?;
    let slash = text[at..next].contains('/');
    let (end, tail) = tail(text, next, year.is_some())?;
    if !slash && !tail.contains('/') {
        return None;
    }
    let (begin, kind) = match kind_before(text, start) {
        Some((begin, kind)) => (begin, Some(kind)),
        None => (start, None),
    };
    Some(Citation {
        range: begin..end,
        number: bare(digits),
        year,
        kind,
        tail: Some(tail),
        digits: digits.to_owned(),
        hyphen: !slash,
    })
}

/// The letters behind a number, spelt as the registry does.
fn tail(text: &str, start: usize, dated: bool) -> Option<(usize, String)> {
    let group = |at: usize| {
        let rest = &text[at..];
        let end = rest.find(|c: char| !is_word(c)).unwrap_or(rest.len());
        &rest[..end]
    };
    let first = group(start);
    let folded = fold(first);
    let letters = folded.trim_end_matches(|c: char| c.is_ascii_digit());
    let assembly = matches!(letters, "qh" | "ubtvqh") && letters.len() < folded.len();
    let code = CODES.iter().find(|(code, _)| folded == *code);
    let small = !first.starts_with(char::is_uppercase);
    if (!assembly && code.is_none()) || (small && !dated) {
        return None;
    }
    let mut out = code.map_or_else(|| first.to_uppercase(), |(_, code)| (*code).to_owned());
    let mut end = start + first.len();
    for place in 0..8 {
        let marks: &[char] = &['-', '–', '/', '&'];
        let tight = text[end..].starts_with(marks);
        let Some(next) = behind(text, end, marks).filter(|_| tight || place == 0) else {
            break;
        };
        let part = group(next);
        let capital = part.starts_with(char::is_uppercase) && (tight || is_code(part));
        if part.is_empty() || !(capital || (small && place == 0)) {
            break;
        }
        let mark = text[end..next].trim().replace('–', "-");
        out.push_str(&mark);
        out.push_str(&spelt(part));
        end = next + part.len();
    }
    // A kind alone is a code only behind a year: `1/L` is none.
    let alone = end == start + first.len();
    (assembly || !alone || (dated && first.chars().count() > 1)).then_some((end, out))
}

fn is_code(part: &str) -> bool {
    part.chars().all(|c| c.is_uppercase() || c.is_ascii_digit()) || part == "TTg"
}

/// Letters as people write them, where marks were left out.
fn spelt(part: &str) -> String {
    const SPELT: [(&str, &str); 5] = [
        ("hdnd", "HĐND"),
        ("bcd", "BCĐ"),
        ("ttg", "TTg"),
        ("tu", "TU"),
        ("bldtbxh", "BLĐTBXH"),
    ];
    let folded = fold(part);
    SPELT
        .iter()
        .find(|(code, _)| folded == *code)
        .map_or_else(|| part.to_uppercase(), |(_, spelt)| (*spelt).to_owned())
}

/// A kind and a number, perhaps with a year, but without the letters.
fn short(text: &str, start: usize) -> Option<Citation> {
    let (begin, kind) = kind_before(text, start)?;
    let digits = run(text, start);
    let mut end = start + digits.len();
    let mut year = None;
    if let Some(rest) = text[end..].strip_prefix('/') {
        let group = run(rest, 0);
        if group.len() != 4 {
            return None;
        }
        year = Some(group.to_owned());
        end += 5;
    } else if let Some((at, said)) = said_year(text, end) {
        (end, year) = (at, Some(said));
    }
    let after = text[end..].chars().next();
    if after.is_some_and(|c| is_word(c) || matches!(c, '/' | '%')) {
        return None;
    }
    let head = &text[begin..start];
    let said = head.contains("số") || head.contains("No");
    let counts = is_counted(text, end) || text[end..].trim_start().starts_with("năm");
    let certain = year.is_some() || said || (stands_alone(head, kind) && !counts);
    certain.then(|| Citation {
        range: begin..end,
        number: bare(digits),
        year,
        kind: Some(kind),
        tail: None,
        digits: digits.to_owned(),
        hyphen: false,
    })
}

/// Whether a kind needs neither "số" nor a year before its number: a decision is also a verb.
fn stands_alone(head: &str, kind: &str) -> bool {
    let capital = head.starts_with(char::is_uppercase);
    match kind {
        "nd" | "ttlt" => true,
        "tt" | "nq" | "ct" | "pl" => head.contains(' ') && head.trim_end().len() > 3,
        "qd" => capital && head.trim_end().len() > 3,
        _ => false,
    }
}

/// The kind in words or letters right before a number, and where it begins.
fn kind_before(text: &str, start: usize) -> Option<(usize, &'static str)> {
    let from = text.floor_char_boundary(start.saturating_sub(48));
    let window = text[from..start].trim_end_matches([' ', '\u{a0}', ':']);
    let window = ["số", "Số", "No.", "no.", "No"]
        .iter()
        .find_map(|number| window.strip_suffix(number))
        .unwrap_or(window)
        .trim_end_matches([' ', '\u{a0}']);
    // An abbreviation is in capitals; in words, case does not matter.
    let last = last_word(window);
    let at = from + window.len() - last.len();
    let letters = |code: &&(&str, &'static str)| {
        matches!(code.0, "nd" | "qd" | "tt" | "ttlt" | "nq" | "ct" | "pl")
    };
    if last.chars().all(char::is_uppercase) && last.chars().nth(1).is_some() {
        let folded = fold(last);
        let code = CODES
            .iter()
            .filter(letters)
            .find(|(code, _)| *code == folded);
        return code.map(|(code, _)| (at, *code));
    }
    if !is_kind_end(last) {
        return None;
    }
    let mut begins: Vec<usize> = window
        .char_indices()
        .rev()
        .filter(|(_, c)| c.is_whitespace())
        .map(|(at, c)| at + c.len_utf8())
        .take(4)
        .collect();
    if from == 0 && begins.len() < 4 {
        begins.push(0);
    }
    begins.iter().rev().find_map(|begin| {
        let kind = kind_of(window[*begin..].trim_start_matches(['(', '“', '"', '[']))?;
        let skipped = window[*begin..].len()
            - window[*begin..]
                .trim_start_matches(['(', '“', '"', '['])
                .len();
        Some((from + begin + skipped, kind))
    })
}

/// The run of letters and digits at the end of a text.
fn last_word(text: &str) -> &str {
    let mut letters = text.char_indices().rev();
    let before = letters.find(|(_, letter)| !is_word(*letter));
    before.map_or(text, |(at, letter)| &text[at + letter.len_utf8()..])
}

/// The last words of [`KINDS`], folded.
const KIND_ENDS: [&str; 20] = [
    "tich",
    "circular",
    "dinh",
    "quyet",
    "tu",
    "luat",
    "lenh",
    "thi",
    "dan",
    "hoach",
    "van",
    "bao",
    "luan",
    "decree",
    "decision",
    "resolution",
    "ordinance",
    "directive",
    "law",
    "code",
];

/// Whether a word can end the name of a kind: most do not, and need no further look.
fn is_kind_end(last: &str) -> bool {
    !last.is_empty() && KIND_ENDS.contains(&fold(last).as_str())
}

/// `năm 2014`, `ngày 13/6/2005`, `ngày 30 tháng 5 năm 2013` behind a number, and where the year ends.
fn said_year(text: &str, end: usize) -> Option<(usize, String)> {
    let limit = text.ceil_char_boundary((end + 40).min(text.len()));
    let rest = &text[end..limit];
    let said = rest.trim_start_matches([' ', '\u{a0}', '(']);
    let tail = if let Some(dated) = said.strip_prefix("ngày ") {
        let date = dated.split([',', ';', ')']).next().unwrap_or_default();
        match date.split_once("năm ") {
            Some((before, year)) if before.contains("tháng") => year,
            _ => date
                .split_whitespace()
                .next()?
                .rsplit(['/', '-', '.'])
                .next()?,
        }
    } else {
        said.strip_prefix("năm ")
            .or_else(|| said.strip_prefix("of "))?
    };
    let year = run(tail, 0);
    let at = year.as_ptr() as usize - text.as_ptr() as usize + year.len();
    (year.len() == 4).then(|| (at, year.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        citations(text)
            .into_iter()
            .map(|act| {
                let kind = act.kind.unwrap_or("-");
                format!("{kind} {} [{}]", act.whole(), &text[act.range.clone()])
            })
            .collect()
    }

    #[test]
    fn whole_numbers_are_found_however_they_are_spaced() {
        for (text, whole) in [
            ("06/2014/NĐ-CP", "06/2014/NĐ-CP"),
            ("06/2014/ND-CP", "06/2014/NĐ-CP"),
            ("06 / 2014 / NĐ - CP", "06/2014/NĐ-CP"),
            ("06/2014/NĐ–CP", "06/2014/NĐ-CP"),
            ("06/2014/nđ-cp", "06/2014/NĐ-CP"),
            ("1254/QĐ-BCĐ", "1254/QĐ-BCĐ"),
            ("28/2020/TT-BCA", "28/2020/TT-BCA"),
            ("101/2015/QH13", "101/2015/QH13"),
            ("06/2008/PL-UBTVQH12", "06/2008/PL-UBTVQH12"),
            (
                "01/2017/TTLT-BCA-BQP-BTC-BNN&PTNT-VKSNDTC",
                "01/2017/TTLT-BCA-BQP-BTC-BNN&PTNT-VKSNDTC",
            ),
            ("2023/QĐ-TTg", "2023/QĐ-TTg"),
            ("11/HD-BCA-V03", "11/HD-BCA-V03"),
            ("08-CT/TU", "08-CT/TU"),
        ] {
            let acts = citations(&format!("theo {text}, ngày đó"));
            let wholes: Vec<String> = acts.iter().map(Citation::whole).collect();
            assert_eq!(wholes, [whole], "{text}");
        }
    }

    #[test]
    fn short_forms_need_a_kind() {
        for (text, act) in [
            ("NĐ 06/2014", "nd 06/2014 [NĐ 06/2014]"),
            ("theo Nghị định 06 về", "nd 06 [Nghị định 06]"),
            (
                "Nghị định số 06 năm 2014",
                "nd 06/2014 [Nghị định số 06 năm 2014]",
            ),
            ("Luật 30/2023", "luat 30/2023 [Luật 30/2023]"),
            ("Thông tư 28", "tt 28 [Thông tư 28]"),
            ("Quyết định số 521", "qd 521 [Quyết định số 521]"),
            (
                "Quyết định số 521 ngày 13/6/2005",
                "qd 521/2005 [Quyết định số 521 ngày 13/6/2005]",
            ),
            (
                "Quyết định số 7 ngày 30 tháng 5 năm 2013",
                "qd 7/2013 [Quyết định số 7 ngày 30 tháng 5 năm 2013]",
            ),
            (
                "Nghị định số 06/2014/NĐ-CP",
                "nd 06/2014/NĐ-CP [Nghị định số 06/2014/NĐ-CP]",
            ),
            (
                "Pháp lệnh số 06/2008/PL-UBTVQH12",
                "pl 06/2008/PL-UBTVQH12 [Pháp lệnh số 06/2008/PL-UBTVQH12]",
            ),
            ("Decree No. 06/2014", "nd 06/2014 [Decree No. 06/2014]"),
        ] {
            assert_eq!(found(text), [act], "{text}");
        }
    }

    #[test]
    fn fractions_dates_and_verbs_are_no_acts() {
        for text in [
            "ngày 19/8",
            "1/2 số hộ",
            "tháng 8/2026",
            "ngày 01/7/2025",
            "24/24 giờ",
            "113/114",
            "họ quyết định 3 việc",
            "Nghị quyết 5 năm",
            "kế hoạch 113 hộ",
            "luật 3 điều",
            "63B1-123.45",
            "số 5/A1",
            "Nghị định 19/8",
            "KH 5",
            "TT 28",
            "2026/",
            "06/2014",
            "giải 1/L",
            "chỉ thị 3 nội dung",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn the_last_words_of_kinds_are_all_known() {
        let ends: std::collections::BTreeSet<&str> = KINDS
            .iter()
            .filter_map(|(name, _)| name.rsplit(' ').next())
            .collect();
        assert_eq!(
            ends,
            KIND_ENDS
                .into_iter()
                .collect::<std::collections::BTreeSet<&str>>()
        );
    }
}
