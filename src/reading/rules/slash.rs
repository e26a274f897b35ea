//! The slash between words: a rate behind a quantity, otherwise a pause.

use crate::reading::context::Context;
use crate::reading::scan::Kind;
use crate::reading::tables::{Cue, UnitKind};
use crate::reading::tag::{Class, Found, ends_word, has_vowel};

/// A counted thing stands at most this many tokens before its rate.
const REACH: usize = 7;

/// "một" in rates, "trên" between units, "năm" before a year, a pause between words.
pub(super) fn tag(context: &Context<'_>, at: usize) -> Option<Found> {
    if context.str(at) != "/" {
        return None;
    }
    let next = context.skip_space(at + 1);
    if let Some(word) = between_equals(context, at, next) {
        return Some(Found::new(Class::Symbol, at + 1, word));
    }
    let last = context
        .last
        .filter(|(_, end)| *end == at)
        .map(|(class, _)| class);
    // "80 mg/100 ml", "0,25 miligam/1 lít khí thở", "30.000 đồng/10 kg"
    if context.is_number(next)
        && (matches!(last, Some(Class::Measure | Class::Time | Class::Money))
            || house(context, at)
            || counted(context, at) && measured(context, next))
    {
        return Some(Found::new(Class::Symbol, at + 1, "trên"));
    }
    let unit = unit(context, next);
    let rate = context.next_is(next, Cue::Rate);
    let thousands = at > 0
        && matches!(
            context.str(at - 1),
            "ngàn" | "nghìn" | "triệu" | "tỷ" | "tỉ"
        );
    let one = match last {
        Some(Class::Cardinal) if thousands => unit.is_some() || rate,
        Some(Class::Money | Class::Percent | Class::Rate) => {
            unit.is_some() || context.is_word(next) && !context.str(next).is_empty()
        }
        Some(Class::Measure | Class::Cardinal | Class::Time) => rate,
        // "đồng/học sinh/tháng": the second rate behind a noun of two words.
        _ => rate && (counted(context, at) || behind_rate(context, at)),
    };
    // "2.000 con/m2", "12 bao/ha"
    if !one
        && !rate
        && last.is_none()
        && counted(context, at)
        && let Some((end, spoken, _)) =
            unit.filter(|_| context.str(next).len() > 1 || context.is_number(next + 1))
    {
        return Some(Found::new(Class::Rate, end, format!("trên {spoken}")));
    }
    let solved = unit.is_some_and(|(_, spoken, _)| is_amount(spoken));
    if last == Some(Class::Measure) && unit.is_some() && (!rate || solved) {
        return unit.map(|(end, spoken, _)| Found::new(Class::Rate, end, format!("trên {spoken}")));
    }
    if one {
        return Some(match unit {
            Some((end, spoken, _)) => Found::new(Class::Rate, end, format!("một {spoken}")),
            None if has_vowel(context.str(next)) => {
                Found::new(Class::Rate, next + 1, format!("một {}", context.str(next)))
            }
            None => Found::new(Class::Rate, at + 1, "một"),
        });
    }
    Some(Found::new(Class::Symbol, at + 1, ","))
}

/// "4G/5G" are two of a kind, "số 4A/5A" a house; "9 tháng/2026" has a year.
fn between_equals(context: &Context<'_>, at: usize, next: usize) -> Option<&'static str> {
    let year = context.number(next);
    let period = at > 0 && matches!(context.str(at - 1), "tháng" | "quý" | "đợt" | "kỳ" | "vụ");
    if period && year.len() == 4 && year.starts_with(['1', '2']) {
        return Some("năm");
    }
    let equals = house(context, at) && context.str(at - 1) == context.str(next + 1);
    let at_home = equals && context.cue_here(at - 2, Cue::House);
    equals.then_some(if at_home { "trên" } else { "," })
}

/// Whether a unit's words name an amount of matter, in which something else is solved or spread.
fn is_amount(spoken: &str) -> bool {
    const AMOUNTS: [&str; 4] = ["lít", "mét", "gam", "héc"];
    AMOUNTS.iter().any(|amount| spoken.contains(amount))
}

/// "5B/7": a number with its letter before, a number behind.
fn house(context: &Context<'_>, at: usize) -> bool {
    at >= 2
        && context.is_number(at - 2)
        && context.is_word(at - 1)
        && context.str(at - 1).chars().nth(1).is_none()
        && context.is_number(at + 1)
}

/// Whether a number and its unit stand here.
fn measured(context: &Context<'_>, at: usize) -> bool {
    super::number::number(context, at)
        .is_some_and(|number| super::measure::unit(context, at, number.end).is_some())
}

/// Whether a rate was read just before, with nothing but words since.
fn behind_rate(context: &Context<'_>, at: usize) -> bool {
    let Some((Class::Rate, end)) = context.last else {
        return false;
    };
    at - end <= REACH
        && (end..at).all(|i| matches!(context.kind(i), Some(Kind::Word | Kind::Space)))
}

/// A unit that stands behind the slash.
fn unit(context: &Context<'_>, at: usize) -> Option<(usize, &'static str, UnitKind)> {
    let rest = context.rest(at);
    let unit = context.tables.units(context.str(at)).iter().find(|unit| {
        rest.starts_with(unit.written) && ends_word(&rest[unit.written.len()..], unit.written)
    })?;
    let end = context.token_at(at, context.tokens[at].start + unit.written.len());
    (unit.kind == UnitKind::Measure).then_some((end, unit.spoken, unit.kind))
}

/// Whether a number stands a few words before, with nothing but words between.
fn counted(context: &Context<'_>, at: usize) -> bool {
    for i in (0..at).rev().take(REACH) {
        match context.kind(i) {
            Some(Kind::Number) => return true,
            Some(Kind::Word | Kind::Space) => {}
            _ => return false,
        }
    }
    false
}
