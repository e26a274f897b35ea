//! Telephone numbers and short codes.

use crate::reading::context::Context;
use crate::reading::scan::Kind;
use crate::reading::tables::Cue;
use crate::reading::tag::{Class, Found};
use crate::reading::verbalize;

/// A telephone number by its shape, or any number behind a word that asks for one.
pub(super) fn tag(context: &Context<'_>, at: usize) -> Option<Found> {
    if !context.free_before(at) {
        return None;
    }
    let (end, digits) = extent(context, at)?;
    let cue = context.cue(at, Cue::Phone) || follows_phone(context, at);
    let first = digits.as_bytes().first().copied()?;
    let written = &context.text[context.tokens[at].start..context.tokens[end - 1].end];
    let shaped = match digits.len() {
        10 | 11 => first == b'0' || (written.starts_with('+') && digits.starts_with("84")),
        12 => written.starts_with('+'),
        8 => digits.starts_with("1900") || digits.starts_with("1800"),
        _ => false,
    };
    let coded = cue && digits.len() >= 3 && short(context, end, &digits);
    if !shaped && !coded {
        return None;
    }
    Some(Found::new(Class::Phone, end, verbalize::phone(written)))
}

/// A number in a list or behind "hoặc" after another telephone number.
fn follows_phone(context: &Context<'_>, at: usize) -> bool {
    let Some((Class::Phone, end)) = context.last else {
        return false;
    };
    end <= at
        && (end..at).all(|i| {
            matches!(
                context.str(i),
                " " | "," | "-" | "–" | "/" | "và" | "hoặc" | ";"
            )
        })
}

/// A counted noun or a unit right behind makes a short number a quantity.
fn short(context: &Context<'_>, end: usize, digits: &str) -> bool {
    if digits.len() > 8 {
        return true;
    }
    !context.next_is(end, Cue::Counted)
        && !context.str(end).starts_with(['%', '/', '₫'])
        && super::measure::unit(context, end - 1, end).is_none()
}

/// The tokens and digits of a number in groups, as far as it may be one telephone number.
fn extent(context: &Context<'_>, at: usize) -> Option<(usize, String)> {
    let mut i = at;
    let mut digits = String::new();
    let bracket = context.str(at) == "(";
    if bracket || context.str(at) == "+" {
        i += 1;
    }
    if bracket && context.str(i) == "+" {
        i += 1;
    }
    digits.push_str(context.number(i));
    if digits.is_empty() || digits.len() > 12 || (bracket && context.str(i + 1) != ")") {
        return None;
    }
    i += 1;
    if bracket {
        i += 1;
    }
    let wanted = wanted(&digits, context.str(at) == "+");
    while let Some(next) = next_group(context, i) {
        let group = context.number(next);
        if digits.len() + group.len() > wanted || digits.len() + 1 > wanted {
            break;
        }
        digits.push_str(group);
        i = next + 1;
    }
    if context.kind(i) == Some(Kind::Word) {
        return None;
    }
    Some((i, digits))
}

/// The longest number of the kind that begins with these digits.
fn wanted(start: &str, plus: bool) -> usize {
    match start {
        _ if plus => 12,
        _ if start.starts_with("02") => 11,
        _ if start.starts_with("18") || start.starts_with("19") => 8,
        _ if start.starts_with('0') => 10,
        _ if start.len() <= 2 || start.len() >= 5 => start.len().max(9),
        _ => 8,
    }
}

/// The next group behind one separator.
fn next_group(context: &Context<'_>, at: usize) -> Option<usize> {
    let next = match context.str(at) {
        "." | "-" | " " | "\u{a0}" | ")" | "–" => at + 1,
        _ => return None,
    };
    let next = if context.str(at) == ")" {
        context.skip_space(next)
    } else {
        next
    };
    (context.number(next).len() >= 2)
        .then_some(next)
        .or_else(|| {
            // A single digit stands alone only inside: (0277) 3 851 999.
            (context.number(next).len() == 1 && context.number(next + 2).len() == 3).then_some(next)
        })
}
