//! Days, months and years written with slashes, dots or dashes.

use crate::reading::context::Context;
use crate::reading::scan::Kind;
use crate::reading::tables::Cue;
use crate::reading::tag::{Class, Found};
use crate::reading::verbalize;

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

/// A day with its year, a month with its year, or a day of the year.
pub(super) fn tag(context: &Context<'_>, at: usize) -> Option<Found> {
    if !context.free_before(at) {
        return None;
    }
    full(context, at)
        .or_else(|| month_year(context, at))
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

fn full(context: &Context<'_>, at: usize) -> Option<Found> {
    let day = small(context, at, 31)?;
    let mark = context.str(at + 1);
    if !matches!(mark, "/" | "-" | "." | "–") || context.str(at + 3) != mark {
        return None;
    }
    let month = small(context, at + 2, 12)?;
    let year = year(context, at + 4)?;
    if context.kind(at + 5) == Some(Kind::Word) {
        return None;
    }
    let spoken = verbalize::date(day, month, Some(year), context.accent);
    Some(Found::new(
        Class::Date,
        at + 5,
        with_day(context, at, spoken, true),
    ))
}

/// "ngày" in front unless the page has it or the place takes a bare date.
fn with_day(context: &Context<'_>, at: usize, spoken: String, full: bool) -> String {
    let until = context
        .words_before(at)
        .last()
        .is_some_and(|word| matches!(word.as_str(), "đến" | "tới"));
    let bare =
        context.cue(at, Cue::BareDate) && !until || (!full && context.cue_here(at, Cue::Street));
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
    if context.tables.has_cue(&before, Cue::Document) {
        return None;
    }
    // "1/5000" is a scale, and dots or dashes need the word before.
    if (year < 1900 || context.str(at + 1) != "/" || written.starts_with('0')) && word != "tháng" {
        return None;
    }
    let number = verbalize::month(month, context.accent);
    let year = verbalize::cardinal(year, context.accent);
    let spoken = match word {
        "tháng" => format!("{number} năm {year}"),
        "quý" | "kỳ" | "đợt" | "lần" | "vụ" | "khóa" => {
            format!("{} năm {year}", verbalize::cardinal(month, context.accent))
        }
        _ => format!("tháng {number} năm {year}"),
    };
    Some(Found::new(Class::Date, at + 3, spoken))
}

fn day_month(context: &Context<'_>, at: usize) -> Option<Found> {
    let day = small(context, at, 31)?;
    let mark = context.str(at + 1);
    let month = small(context, at + 2, 12)?;
    if mark != "/" && !(matches!(mark, "." | "-") && context.cue_here(at, Cue::BareDate)) {
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
    let spoken = verbalize::date(day, month, None, context.accent);
    let accept = |doubt| {
        let spoken = with_day(context, at, spoken.clone(), false);
        Some(Found {
            class: Class::Date,
            end: at + 3,
            spoken,
            doubt,
        })
    };
    let street = context.cue_here(at, Cue::Street);
    let house = context.cue_here(at, Cue::House) || (at > 0 && context.str(at - 1) == "/");
    if (house && !street) || context.cue(at, Cue::Ratio) || context.next_is(at + 3, Cue::WholeOf) {
        return None;
    }
    // An end of a range or list whose other end is a date.
    if context.cue(at, Cue::Date)
        || context.cue(at, Cue::BareDate)
        || street
        || after_date(context, at)
    {
        return accept(false);
    }
    let named = NAMED_DAYS.contains(&(day, month));
    if named && holiday_before(context, at) && !context.next_is(at + 3, Cue::Counted) {
        return Some(Found::new(Class::Date, at + 3, spoken));
    }
    if context.next_is(at + 3, Cue::Counted)
        || before_total(context, at)
        || day == month && day != 8
        || (day, month) == (24, 7)
    {
        return None;
    }
    if named && at > 1 && context.str(at - 1) == " " && capital_before(context, at) {
        return Some(Found::new(Class::Date, at + 3, spoken));
    }
    if day > 12 || named || opposite_date(context, at + 3) {
        accept(!named)
    } else {
        None
    }
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
                "Ngày" | "ngày" | "Lễ" | "lễ" | "dịp" | "Tết" | "niệm" | "mừng"
            )
        })
}

fn capital_before(context: &Context<'_>, at: usize) -> bool {
    at >= 2 && crate::reading::context::capitalized(context.str(at - 2)) && at > 2
}

fn before_total(context: &Context<'_>, at: usize) -> bool {
    context
        .words_before(at)
        .last()
        .is_some_and(|word| matches!(word.as_str(), "đạt" | "có" | "được" | "đã"))
}

/// Whether a date was read just before, joined by a dash, a comma or "và".
fn after_date(context: &Context<'_>, at: usize) -> bool {
    let Some((Class::Date, end)) = context.last else {
        // The sign between them was spoken last.
        return dated_before_dash(context, at);
    };
    at.saturating_sub(end) <= 4 && joins(context, end, at)
}

fn dated_before_dash(context: &Context<'_>, at: usize) -> bool {
    let from = at.saturating_sub(8);
    let text: String = (from..at).map(|i| context.str(i)).collect();
    let bytes = text.trim_end().trim_end_matches(['-', '–', '—']).trim_end();
    let joined = bytes.len() < text.trim_end().len();
    let Some((head, month)) = bytes.rsplit_once('/') else {
        return false;
    };
    let day: String = head
        .chars()
        .rev()
        .take_while(char::is_ascii_digit)
        .collect();
    joined
        && !day.is_empty()
        && day.len() <= 2
        && month.parse::<u64>().is_ok_and(|m| (1..=12).contains(&m))
}

fn joins(context: &Context<'_>, from: usize, to: usize) -> bool {
    (from..to).all(|i| matches!(context.str(i), " " | "," | "-" | "–" | "và" | ";" | "đến"))
}

/// Whether a dash and another date follow.
fn opposite_date(context: &Context<'_>, at: usize) -> bool {
    let i = context.skip_space(at);
    if !matches!(context.str(i), "-" | "–" | "—" | "đến" | "," | "và") {
        return false;
    }
    let i = context.skip_space(i + 1);
    small(context, i, 31).is_some()
        && context.str(i + 1) == "/"
        && small(context, i + 2, 12).is_some()
}
