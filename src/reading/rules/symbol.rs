//! Signs: dashes, dots of omission, comparisons, hashtags, everything that has a name or is silent.

use crate::reading::context::{Context, all_capitals, capitalized};
use crate::reading::scan::Kind;
use crate::reading::tables::{Cue, Tables};
use crate::reading::tag::{Class, Found, has_vowel};
use crate::reading::verbalize::{self, push_word};

/// The reading of a sign; what has none is silent.
pub(super) fn tag(context: &Context<'_>, at: usize) -> Option<Found> {
    let sign = context.str(at);
    let found = |spoken: &str| Some(Found::new(Class::Symbol, at + 1, spoken));
    match sign {
        "-" | "–" | "—" | "‑" | "‐" | "―" => found(dash(context, at)),
        "(" if matches!(context.str(at + 1), "+" | "-" | "–") && context.str(at + 2) == ")" => {
            let result = test_result(context, at);
            Some(Found::new(Class::Symbol, at + 3, result))
        }
        "…" => found(omission(context, at, at + 1)),
        "." if context.str(at + 1) == "." => Some(dots(context, at)),
        "." | "," | ":" if inner(context, at) => found(""),
        "#" => Some(hashtag(context, at)),
        "+" => found(
            if context.line_head(at) && !plus_of_number(context, at) || plus_is_mark(context, at) {
                ""
            } else {
                "cộng"
            },
        ),
        ">" | "<" if context.str(at + 1) == "=" => Some(Found::new(
            Class::Symbol,
            at + 2,
            if sign == ">" { "từ" } else { "không quá" },
        )),
        ">" | "≥" | "<" | "≤" | "~" | "≈" | "±" => found(compared(context, at, sign)),
        "=" if context.str(at + 1) == ">" => Some(Found::new(Class::Symbol, at + 2, ",")),
        "=" if context.line_head(at) || context.str(at + 1) == "=" => found(""),
        "x" | "×" if !context.is_number(context.skip_space(at + 1)) => found(""),
        "&" if context.line_head(at) => found(""),
        "@" | "$" | "€" | "£" | "%" | "°"
            if context.line_head(at) && context.tokens.len() == at + 1 =>
        {
            found("")
        }
        _ => {
            let c = sign.chars().next()?;
            found(context.tables.symbol(c).unwrap_or(""))
        }
    }
}

/// A mark inside a number or an address that no rule claimed is no pause.
fn inner(context: &Context<'_>, at: usize) -> bool {
    at > 0 && context.is_number(at - 1) && context.is_number(at + 1) && context.str(at) != ","
}

/// "SARS-CoV-2 (+)": the result of a test, unless words say it.
fn test_result(context: &Context<'_>, at: usize) -> &'static str {
    const REACH: usize = 10;
    const TESTS: [&str; 6] = ["test", "nghiệm", "cov", "pcr", "thử", "hiv"];
    let tested = context.said_before(at, &TESTS, REACH);
    match context.str(at + 1) {
        _ if !tested || context.said_before(at, &["tính"], REACH) => ",",
        "+" => "dương tính",
        _ => "âm tính",
    }
}

/// "+2,5%": attached to a figure that no list begins with.
fn plus_of_number(context: &Context<'_>, at: usize) -> bool {
    let bracket = at > 0 && context.str(at - 1) == "(";
    context.is_number(at + 1) && bracket
        || context.is_number(at + 1)
            && super::measure::tag(context, at + 1)
                .is_some_and(|found| matches!(found.class, Class::Percent | Class::Measure))
}

fn plus_is_mark(context: &Context<'_>, at: usize) -> bool {
    let next = context.skip_space(at + 1);
    next >= context.tokens.len() || matches!(context.kind(next), Some(Kind::Newline | Kind::Mark))
}

fn compared(context: &Context<'_>, at: usize, sign: &str) -> &'static str {
    if context.line_head(at) && !context.is_number(context.skip_space(at + 1)) {
        return "";
    }
    let number = context.is_number(context.skip_space(at + 1));
    match sign {
        ">" if number => "trên",
        "<" if number => "dưới",
        "~" if number => "khoảng",
        "≥" => "từ",
        "≤" => "không quá",
        "≈" => "xấp xỉ",
        "±" => "cộng trừ",
        _ => "",
    }
}

/// A run of dots.
fn dots(context: &Context<'_>, at: usize) -> Found {
    let mut end = at;
    while context.str(end) == "." {
        end += 1;
    }
    let spoken = omission(context, at, end);
    Found::new(Class::Symbol, end, spoken)
}

/// Dots behind a word close a list; alone or in brackets they are a gap.
fn omission(context: &Context<'_>, at: usize, end: usize) -> &'static str {
    let closes = at > 0 && context.is_word(at - 1) && context.kind(end) != Some(Kind::Word);
    if closes { "vân vân" } else { "," }
}

/// The word of a dash: a range, a pair of holidays, a score, a pause or nothing.
fn dash(context: &Context<'_>, at: usize) -> &'static str {
    let before = at.checked_sub(1).map(|i| {
        if context.kind(i) == Some(Kind::Space) {
            i.saturating_sub(1)
        } else {
            i
        }
    });
    let next = context.skip_space(at + 1);
    let Some(before) = before else { return "" };
    let spaced = before + 1 < at || next > at + 1;
    if context.line_head(at) {
        return "";
    }
    if let Some((Class::Roman, end)) = context.last
        && end == before + 1
        && crate::reading::verbalize::roman(context.str(next)).is_some()
    {
        return "đến";
    }
    if span_of_names(context, before, next)
        || open_range(context, before, next)
        || span_of_counts(context, before, next)
    {
        return "đến";
    }
    // "điểm a–d"
    let letter = |i: usize| context.is_word(i) && context.str(i).chars().nth(1).is_none();
    if letter(before) && letter(next) && context.cue_here(before, Cue::Law) {
        return "đến";
    }
    // "T2–T6"
    if let Some((Class::Date, end)) = context.last
        && end == before + 1
        && (context.str(next) == "T" && context.is_number(next + 1) || context.str(next) == "CN")
    {
        return "đến";
    }
    // "KT-XH-QP": short forms side by side.
    if let Some((Class::Abbreviation | Class::Lexicon, end)) = context.last
        && end == before + 1
        && context.is_word(next)
        && all_capitals(context.str(next))
    {
        return ",";
    }
    let (Some((class, end)), true) = (context.last, context.is_number(next)) else {
        return if spaced || context.str(at) == "—" {
            ","
        } else {
            ""
        };
    };
    let adjacent = end == before + 1;
    if !adjacent || class == Class::Symbol {
        return if spaced { "," } else { "" };
    }
    match class {
        Class::Date => between_dates(context, at, next),
        Class::Time | Class::Money | Class::Percent | Class::Measure => "đến",
        Class::Cardinal if context.is_number(before) => between_numbers(context, at, before, next),
        // "2tr-5tr"
        Class::Cardinal if context.is_word(before) => "đến",
        Class::Ratio if context.str(next + 1) == "/" => "đến",
        Class::Phone | Class::Docnum => ",",
        _ if spaced => ",",
        _ => "",
    }
}

fn between_dates(context: &Context<'_>, at: usize, next: usize) -> &'static str {
    let day =
        |i: usize| context.is_number(i) && context.str(i + 1) == "/" && context.is_number(i + 2);
    let start = at.saturating_sub(if context.kind(at - 1) == Some(Kind::Space) {
        4
    } else {
        3
    });
    let bare = !context.str(next + 3).starts_with('/');
    let holiday = day(next)
        && bare
        && context.cue_here(start, Cue::BareDate)
        && context
            .words_before(start)
            .last()
            .is_none_or(|w| w != "ngày");
    if holiday { "và" } else { "đến" }
}

/// "từ ấp 1 - ấp 5": the same noun before both numbers.
fn span_of_names(context: &Context<'_>, before: usize, next: usize) -> bool {
    let behind = context.skip_space(next + 1);
    // "Km12 – Km15" has no blank before its numbers.
    let blank = usize::from(context.str(Context::previous(before)) == " ");
    let noun = before.checked_sub(1 + blank).map_or("", |i| context.str(i));
    context.is_number(before)
        && context.is_word(next)
        && context.is_number(behind)
        && behind == next + 1 + blank
        && noun.chars().nth(1).is_some()
        && noun.to_lowercase() == context.str(next).to_lowercase()
}

/// "từ 6 tháng - 5 tuổi": two counts that "từ" opens.
fn span_of_counts(context: &Context<'_>, before: usize, next: usize) -> bool {
    before >= 2
        && context.is_word(before)
        && context.is_number(before - 2)
        && context.is_number(next)
        && context.next_is(before, Cue::Counted)
        && context.next_is(next + 1, Cue::Counted)
        && context.said_before(before, &["từ", "độ"], 8)
}

/// "từ 15 – dưới 18 tuổi": a bound behind the dash.
fn open_range(context: &Context<'_>, before: usize, next: usize) -> bool {
    context.is_number(before)
        && matches!(context.str(next), "dưới" | "hơn" | "trên" | "gần")
        && context.is_number(context.skip_space(next + 1))
}

/// "tỷ số các hiệp 21-19, 21-17": a pair right before that was a score.
fn set_before(context: &Context<'_>, before: usize) -> bool {
    let pair = |at: usize| {
        context.is_number(at)
            && at >= 2
            && matches!(context.str(at - 1), "-" | "–")
            && context.is_number(at - 2)
    };
    let mut first = before;
    // Nobody plays more sets.
    for _ in 0..5 {
        let comma = first
            .checked_sub(2)
            .filter(|i| matches!(context.str(*i), "," | ";") && context.str(i + 1) == " ");
        match comma.and_then(|i| i.checked_sub(1)).filter(|i| pair(*i)) {
            Some(second) => first = second - 2,
            None => break,
        }
    }
    first != before && is_goals(context, first, first + 2)
}

/// "2–0", "Đội A - Đội B: 1-1": two small numbers alone that do not rise are no range.
fn is_result(context: &Context<'_>, before: usize, next: usize) -> bool {
    let goals = |i: usize| {
        context
            .number(i)
            .parse::<u64>()
            .ok()
            .filter(|goals| *goals < 30)
    };
    let alone = !context.is_word(context.skip_space(next + 1))
        && !matches!(context.str(next + 1), "/" | "%" | "." | ":");
    let head = (0..before)
        .rev()
        .find(|i| context.kind(*i) != Some(Kind::Space))
        .is_none_or(|i| matches!(context.str(i), ":" | "("));
    let fell = goals(before)
        .zip(goals(next))
        .is_some_and(|(first, second)| first >= second);
    head && alone && fell
}

/// Whether two small numbers are goals, by the words around or by the pair before them.
fn is_score(context: &Context<'_>, before: usize, next: usize) -> bool {
    set_before(context, before) || is_goals(context, before, next)
}

/// The same by the words around: one of sport stands before, nothing counted behind.
fn is_goals(context: &Context<'_>, before: usize, next: usize) -> bool {
    const RESULT: [&str; 10] = [
        "thua", "bại", "lưu", "hòa", "hoà", "số", "dẫn", "gỡ", "chung", "bán",
    ];
    const GAMES: [&str; 9] = [
        "bảng", "trận", "bóng", "lượt", "đội", "vòng", "kết", "giải", "luân",
    ];
    let goals = |i: usize| {
        let digits = context.number(i);
        digits.len() <= 2 && (digits == "0" || !digits.starts_with('0'))
    };
    let shootout = context.str(context.skip_space(next + 1)) == "luân";
    if context.cue_here(before, Cue::Score) || shootout {
        return true;
    }
    let played = context.said_before(before, &["thắng"], 20)
        && !context.said_before(before, &["lợi", "chiến", "cảnh"], 20)
        || context.said_before(before, &RESULT, 20)
            && context.said_before(before, &["đội", "trận", "bóng", "đánh", "đấu", "luân"], 24);
    // "bảng A: Mỹ Phong 3–3 Tân Mỹ Chánh"
    let named = |i: usize| context.is_word(i) && capitalized(context.str(i));
    let sides = before >= 2
        && named(before - 2)
        && named(context.skip_space(next + 1))
        && context.said_before(before, &GAMES, 40);
    goals(before)
        && goals(next)
        && (played || sides)
        && !context.next_is(next + 1, Cue::Counted)
        && super::measure::unit(context, next, next + 1).is_none()
        && !matches!(context.str(next + 1), "/" | "%" | ":")
        && !(context.str(next + 1) == "," && context.is_number(next + 2))
}

fn between_numbers(context: &Context<'_>, at: usize, before: usize, next: usize) -> &'static str {
    // "NPK 20-20-15": parts of a name.
    let dash = |i: usize| matches!(context.str(i), "-" | "–");
    let chain = dash(next + 1) && context.is_number(next + 2)
        || before >= 2 && dash(before - 1) && context.is_number(before - 2);
    if chain {
        ","
    } else if is_result(context, before, next) || is_score(context, before, next) {
        ""
    } else if context.cue(before, Cue::SchoolYear) && context.str(before).len() == 4 {
        ","
    } else if before > 0 && context.is_word(before - 1) && at == before + 1 {
        // "F1-2": a name with a digit.
        ""
    } else {
        "đến"
    }
}

/// `#AnToànGiaoThông` is split at its capitals.
fn hashtag(context: &Context<'_>, at: usize) -> Found {
    let tagged = context.is_word(at + 1) || context.is_number(at + 1) && context.is_word(at + 2);
    if !tagged || !context.free_before(at) {
        return Found::new(Class::Symbol, at + 1, "");
    }
    let mut spoken = String::new();
    let mut end = at + 1;
    let mut split = false;
    loop {
        let part = context.str(end);
        match context.kind(end) {
            Some(Kind::Word) => split |= split_capitals(context.tables, part, &mut spoken),
            Some(Kind::Number) => push_word(&mut spoken, &verbalize::count(part, context.accent)),
            Some(Kind::Mark) if part == "_" => {}
            _ => break,
        }
        end += 1;
    }
    // A plain word and a known short form go on to the other rules.
    let word = context.str(at + 1);
    let known = context.tables.abbreviations(word);
    if split && known.iter().all(|row| row.written != word) {
        Found::new(Class::Symbol, end, spoken)
    } else {
        Found::new(Class::Symbol, at + 1, "")
    }
}

/// Adds the words that a run of letters is put together from, each from its capital on; tells whether there were
/// several. What cannot be said as a word is spelt.
fn split_capitals(tables: &Tables, run: &str, spoken: &mut String) -> bool {
    let mut words = Vec::new();
    let (mut from, mut lower_before) = (0, false);
    for (at, c) in run.char_indices() {
        if c.is_uppercase() && lower_before {
            words.push(&run[from..at]);
            from = at;
        }
        lower_before = c.is_lowercase();
    }
    words.push(&run[from..]);
    for word in &words {
        if !has_vowel(word) {
            push_word(spoken, &super::letters::spell(tables, word, true));
        } else if spoken.is_empty() {
            spoken.push_str(word);
        } else {
            let mut letters = word.chars();
            let first: String = letters
                .next()
                .into_iter()
                .flat_map(char::to_lowercase)
                .collect();
            push_word(spoken, &format!("{first}{}", letters.as_str()));
        }
    }
    words.len() > 1
}
