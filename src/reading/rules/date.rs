//! Days, months and years written with slashes, dots or dashes.

use crate::reading::context::Context;
use crate::reading::scan::Kind;
use crate::reading::tables::Cue;
use crate::reading::tag::{Class, Found};
use crate::reading::verbalize::{self, push_word};

/// Days of the year that names and holidays are made of.
const NAMED_DAYS: [(u64, u64); 30] = [
    (3, 2),
    (8, 3),
    (26, 3),
    (30, 4),
    (1, 5),
    (19, 5),
    (1, 6),
    (27, 7),
    (19, 8),
    (2, 9),
    (20, 10),
    (20, 11),
    (22, 12),
    (27, 2),
    (21, 6),
    (10, 3),
    (9, 1),
    (15, 5),
    (23, 9),
    (13, 10),
    (14, 10),
    (18, 11),
    (6, 12),
    (28, 6),
    (7, 5),
    (1, 1),
    (29, 3),
    (5, 9),
    (4, 10),
    (10, 10),
];

/// Words before a fraction that stands for a share: "chiếm 3/4", "ít nhất 2/3".
const SHARE: [&str; 21] = [
    "chiếm", "giảm", "tăng", "quá", "hơn", "gần", "khoảng", "trên", "dưới", "nhất", "bằng",
    "chừng", "còn", "nửa", "đủ", "thiểu", "đa", "mất", "cắt", "bớt", "thêm",
];

/// A day with its year, a month with its year, or a day of the year.
pub(super) fn tag(context: &Context<'_>, at: usize) -> Option<Found> {
    if !context.free_before(at) {
        return None;
    }
    full(context, at)
        .or_else(|| days(context, at))
        .or_else(|| months(context, at))
        .or_else(|| month_year(context, at))
        .or_else(|| spaced_year(context, at))
        .or_else(|| day_month(context, at))
}

fn small(context: &Context<'_>, at: usize, max: u64) -> Option<u64> {
    let digits = context.number(at);
    if digits.is_empty() || digits.len() > 2 {
        return None;
    }
    digits.parse().ok().filter(|n| (1..=max).contains(n))
}

fn year(context: &Context<'_>, at: usize) -> Option<u64> {
    let digits = context.number(at);
    if digits.len() != 4 {
        return None;
    }
    digits.parse().ok().filter(|n| (1000..2200).contains(n))
}

fn last_word(context: &Context<'_>, at: usize) -> String {
    context.words_before(at).last().cloned().unwrap_or_default()
}

fn full(context: &Context<'_>, at: usize) -> Option<Found> {
    let day = small(context, at, 31)?;
    let mark = context.str(at + 1);
    if !matches!(mark, "/" | "-" | "." | "–") || context.str(at + 3) != mark {
        return None;
    }
    let month = small(context, at + 2, 12)?;
    // "sinh ngày 20/11/82": the century stays as unsaid as it is unwritten.
    let short = || small(context, at + 4, 99).filter(|_| context.cue_here(at, Cue::BareDate));
    let year = year(context, at + 4).or_else(short)?;
    if matches!(context.kind(at + 5), Some(Kind::Word)) || context.str(at + 5) == "/" {
        return None;
    }
    let spoken = verbalize::date(day, month, Some(year), context.accent);
    Some(Found::new(
        Class::Date,
        at + 5,
        with_day(context, at, spoken, true),
    ))
}

/// Days of one month, "15-20/8" and "03–07/10/2022".
fn days(context: &Context<'_>, at: usize) -> Option<Found> {
    let first = small(context, at, 31)?;
    let dash = context.skip_space(at + 1);
    // "ngày 02,03/10" without a blank is no decimal.
    let listed = context.str(dash) == "," && context.cue_here(at, Cue::Date);
    if !listed && !matches!(context.str(dash), "-" | "–") {
        return None;
    }
    let second = context.skip_space(dash + 1);
    if listed && second > dash + 1 {
        return None;
    }
    let last = small(context, second, 31).filter(|last| *last > first)?;
    let month = small(context, second + 2, 12)?;
    if context.str(second + 1) != "/" || whole_after(context, second + 3) {
        return None;
    }
    let dated = context.cue(at, Cue::Date) || context.cue(at, Cue::BareDate) || last > month;
    if !dated || context.cue(at, Cue::Ratio) || context.cue(at, Cue::House) {
        return None;
    }
    let (year, end) = match year(context, second + 4) {
        Some(year) if context.str(second + 3) == "/" => (Some(year), second + 5),
        _ => (None, second + 3),
    };
    if matches!(context.kind(end), Some(Kind::Word)) || context.str(end) == "/" {
        return None;
    }
    let from = with_day(
        context,
        at,
        verbalize::cardinal(first, context.accent),
        false,
    );
    let to = verbalize::date(last, month, year, context.accent);
    let joint = if listed { "," } else { " đến ngày" };
    Some(Found::new(Class::Date, end, format!("{from}{joint} {to}")))
}

/// Months of one year, "8-10/2026".
fn months(context: &Context<'_>, at: usize) -> Option<Found> {
    let first = small(context, at, 12)?;
    let dash = context.skip_space(at + 1);
    let second = context.skip_space(dash + 1);
    let last = small(context, second, 12).filter(|last| *last > first)?;
    let year = year(context, second + 2).filter(|year| (1900..2100).contains(year))?;
    let shaped = matches!(context.str(dash), "-" | "–") && context.str(second + 1) == "/";
    let more = matches!(context.str(second + 3), "/" | "-") || context.is_word(second + 3);
    if !shaped || more || context.cue(at, Cue::Document) {
        return None;
    }
    let named = |month: u64| {
        let name = verbalize::month(month, context.accent);
        format!("tháng {name}")
    };
    let from = named(first);
    let from = from
        .strip_prefix("tháng ")
        .filter(|_| last_word(context, at) == "tháng")
        .unwrap_or(&from);
    let year = verbalize::cardinal(year, context.accent);
    let spoken = format!("{from} đến {} năm {year}", named(last));
    Some(Found::new(Class::Date, second + 3, spoken))
}

/// "ngày" in front unless the page has it or the place takes a bare date.
fn with_day(context: &Context<'_>, at: usize, spoken: String, full: bool) -> String {
    let until = matches!(last_word(context, at).as_str(), "đến" | "tới");
    let bare = context.cue(at, Cue::BareDate) && !until
        || !full && (context.cue_here(at, Cue::Street) || named_day_before(context, at));
    if bare {
        spoken
    } else {
        format!("ngày {spoken}")
    }
}

fn month_year(context: &Context<'_>, at: usize) -> Option<Found> {
    let month = small(context, at, 12)?;
    if !matches!(context.str(at + 1), "/" | "-" | ".") {
        return None;
    }
    let written = context.str(at + 2);
    let year = year(context, at + 2)?;
    let before = context.words_before(at);
    let word = before.last().map_or("", String::as_str);
    if context.tables.has_cue(&before, Cue::Document)
        || context.tables.has_cue(&before, Cue::Ratio)
        || matches!(context.str(at + 3), "/" | "." | "-") && context.is_number(at + 4)
    {
        return None;
    }
    // "1/5000" is a scale, and dots or dashes need the word before.
    if (year < 1900 || context.str(at + 1) != "/" || written.starts_with('0'))
        && !matches!(word, "tháng" | "quý")
    {
        return None;
    }
    let number = verbalize::month(month, context.accent);
    let year = verbalize::cardinal(year, context.accent);
    // "tháng 5, 6 và 7/2026"
    let listed = last_word(context, context.list_start(at)) == "tháng";
    let spoken = match word {
        _ if listed => format!("{number} năm {year}"),
        "tháng" => format!("{number} năm {year}"),
        "quý" | "kỳ" | "đợt" | "lần" | "vụ" | "khóa" | "số" => {
            format!("{} năm {year}", verbalize::cardinal(month, context.accent))
        }
        _ => format!("tháng {number} năm {year}"),
    };
    Some(Found::new(Class::Date, at + 3, spoken))
}

/// "tháng 9 2026": the page leaves out the word before the year.
fn spaced_year(context: &Context<'_>, at: usize) -> Option<Found> {
    let month = small(context, at, 12)?;
    let value = year(context, at + 2).filter(|year| (1900..2100).contains(year))?;
    if context.str(at + 1) != " "
        || last_word(context, at) != "tháng"
        || context.next_is(at + 3, Cue::Counted)
    {
        return None;
    }
    let mut spoken = verbalize::month(month, context.accent);
    push_word(&mut spoken, "năm");
    push_word(&mut spoken, &verbalize::cardinal(value, context.accent));
    Some(Found::new(Class::Date, at + 3, spoken))
}

fn day_month(context: &Context<'_>, at: usize) -> Option<Found> {
    let day = small(context, at, 31)?;
    let mark = context.str(at + 1);
    let month = small(context, at + 2, 12)?;
    if mark != "/" && !(matches!(mark, "." | "-") && dashed(context, at, (day, month))) {
        return None;
    }
    if matches!(context.str(at + 3), "/") && context.is_number(at + 4)
        || context.kind(at + 3) == Some(Kind::Word)
        || (matches!(context.str(at + 3), "." | ",") && context.is_number(at + 4))
    {
        return None;
    }
    if mark != "/" && context.next_is(at + 3, Cue::Counted) {
        return None;
    }
    let bare = verbalize::date(day, month, None, context.accent);
    let dated = with_day(context, at, bare.clone(), false);
    let accept =
        |spoken: &str, because| Some(Found::new(Class::Date, at + 3, spoken).because(because));
    let street = context.cue_here(at, Cue::Street);
    let house = context.cue_here(at, Cue::House) || (at > 0 && context.str(at - 1) == "/");
    let lunar = matches!(context.str(context.skip_space(at + 3)), "âm" | "ÂL" | "AL");
    if lunar || context.cue_here(at, Cue::BareDate) && context.cue(at, Cue::Ratio) {
        return accept(&dated, "words-around");
    }
    if (house && !street) || context.cue(at, Cue::Ratio) || whole_after(context, at + 3) {
        return None;
    }
    if context.cue(at, Cue::Date) || context.cue(at, Cue::BareDate) || street {
        return accept(&dated, "words-before");
    }
    if mark == "-" {
        return accept(&dated, "day-above-month");
    }
    // An end of a range or list whose other end is a date.
    if context.joined_number(at) == Some(Class::Date) {
        return accept(&dated, "joined-to-date");
    }
    if named_day_before(context, at) || weekday_before(context, at) || today(context, at) {
        return accept(&dated, "day-by-name");
    }
    let counted = context.next_is(at + 3, Cue::Counted);
    let named = NAMED_DAYS.contains(&(day, month));
    if counted
        || context.joined_number(at) == Some(Class::Ratio)
        || super::ratio::before_total(context, at)
        || super::ratio::same_total(context, at)
        || context.next_is(at + 3, Cue::Members)
        || day < month && share_before(context, at)
        || (day, month) == (24, 7)
    {
        return None;
    }
    if named && (holiday_before(context, at) || capital_before(context, at)) {
        return accept(&bare, "day-by-name");
    }
    if day > month {
        return accept(&dated, "day-above-month");
    }
    if named && day < month {
        return accept(&dated, "known-day");
    }
    undecided(context, at, (day, month), dated)
}

/// Whether two numbers with a dot or a dash are a day: behind a word for one, or, with a dash, in the morning or as
/// a range that would run backwards.
fn dashed(context: &Context<'_>, at: usize, (day, month): (u64, u64)) -> bool {
    if context.cue_here(at, Cue::BareDate) {
        return true;
    }
    let part = || {
        matches!(
            last_word(context, at).as_str(),
            "sáng" | "trưa" | "chiều" | "tối" | "đêm"
        )
    };
    // "NPK 16-16-8" is a chain of three.
    let dash = |i: usize| matches!(context.str(i), "-" | "–");
    let chained = dash(Context::previous(at)) && at >= 2 && context.is_number(at - 2);
    let backwards = day > 12 && day > month && !dash(at + 3) && !chained;
    context.str(at + 1) == "-"
        && (part() || backwards)
        && !context.cue_here(at, Cue::Score)
        && !context.cue(at, Cue::Ident)
        && super::measure::unit(context, at + 2, at + 3).is_none()
        && super::time::tag(context, at).is_none()
}

/// A day of the year that could as well be a share: the words around lean to neither.
fn undecided(
    context: &Context<'_>,
    at: usize,
    (day, month): (u64, u64),
    dated: String,
) -> Option<Found> {
    let bracket = at > 0 && context.str(at - 1) == "(" && at + 3 < context.tokens.len();
    let seen = matches!(context.number, Some((Class::Date, ..)));
    let listed = context.said_before(at, &["lịch", "vào", "thời"], 12);
    if (bracket || seen || listed || date_after(context, at + 3)) && day != month {
        let share = super::ratio::share(context, at, day, month);
        let found = Found::new(Class::Date, at + 3, dated).because("undecided");
        return Some(found.or(share));
    }
    None
}

/// Whether the word before takes a share rather than a day.
pub(super) fn share_before(context: &Context<'_>, at: usize) -> bool {
    SHARE.contains(&last_word(context, at).as_str())
}

/// Whether a whole follows, of which this is a part, perhaps behind the other end of a range.
fn whole_after(context: &Context<'_>, at: usize) -> bool {
    if context.next_is(at, Cue::WholeOf) {
        return true;
    }
    let joint = context.skip_space(at);
    let other = context.skip_space(joint + 1);
    matches!(context.str(joint), "-" | "–" | "đến" | "hoặc")
        && context.str(other + 1) == "/"
        && context.is_number(other + 2)
        && context.next_is(other + 3, Cue::WholeOf)
}

/// "Ngày Pháp luật 9/11": a capitalized name that "Ngày" begins stands directly before.
fn named_day_before(context: &Context<'_>, at: usize) -> bool {
    for i in (0..at).rev().take(14) {
        match context.kind(i) {
            Some(Kind::Space) => {}
            Some(Kind::Word) if context.str(i) == "Ngày" => {
                return i + 2 < at && !context.next_is(at + 3, Cue::Counted);
            }
            Some(Kind::Word) => {}
            _ => return false,
        }
    }
    false
}

/// "thứ 7 (15/8)", "Chủ nhật, 16/8", "thứ Hai 2/11": a day of the week.
fn weekday_before(context: &Context<'_>, at: usize) -> bool {
    let marked = (0..at)
        .rev()
        .find(|i| context.kind(*i) != Some(Kind::Space))
        .is_some_and(|i| matches!(context.str(i), "(" | ","));
    let named = |words: &[String]| match words {
        [.., kind, day] => {
            kind == "chủ" && day == "nhật"
                || kind == "thứ"
                    && matches!(day.as_str(), "hai" | "ba" | "tư" | "năm" | "sáu" | "bảy")
        }
        _ => false,
    };
    marked && context.said_before(at, &["thứ", "nhật"], 6) || named(&context.words_before(at))
}

/// "sáng nay, 3/9": the day by another name, and a comma.
fn today(context: &Context<'_>, at: usize) -> bool {
    let comma = at.checked_sub(1 + usize::from(context.str(at.saturating_sub(1)) == " "));
    comma.is_some_and(|i| {
        i > 0
            && context.str(i) == ","
            && matches!(context.str(i - 1), "nay" | "mai" | "qua" | "mốt" | "kia")
    })
}

/// Whether the name of a holiday stands before: "ngày Quốc tế Phụ nữ 8/3".
fn holiday_before(context: &Context<'_>, at: usize) -> bool {
    (0..at)
        .rev()
        .take(24)
        .take_while(|i| !matches!(context.str(*i), "." | "," | ";"))
        .any(|i| {
            matches!(
                context.str(i),
                "Ngày" | "ngày" | "Lễ" | "lễ" | "dịp" | "Tết" | "niệm" | "mừng" | "Quốc"
            )
        })
}

fn capital_before(context: &Context<'_>, at: usize) -> bool {
    let sentence = |i: usize| {
        (0..i)
            .rev()
            .find(|i| context.kind(*i) != Some(Kind::Space))
            .is_none_or(|i| !context.is_word(i))
    };
    at >= 2
        && context.str(at - 1) == " "
        && crate::reading::context::capitalized(context.str(at - 2))
        && !sentence(at - 2)
}

/// Whether a dash and another date follow.
fn date_after(context: &Context<'_>, at: usize) -> bool {
    let i = context.skip_space(at);
    if !matches!(context.str(i), "-" | "–" | "—" | "đến" | "," | "và") {
        return false;
    }
    let i = context.skip_space(i + 1);
    let other = small(context, i, 31).zip(small(context, i + 2, 12));
    context.str(i + 1) == "/" && other.is_some_and(|(day, month)| day > month)
}
