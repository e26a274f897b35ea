//! Two numbers with a slash or colon that are no date: fractions, shares, house numbers, scales.

use super::number::number;
use crate::reading::context::Context;
use crate::reading::scan::Kind;
use crate::reading::tables::Cue;
use crate::reading::tag::{Class, Found};
use crate::reading::verbalize::{self, push_word};

/// Denominators up to this one are fractions when a whole follows.
const LARGEST_PART: u64 = 10;

/// A house number has at most this many parts.
const MOST_PARTS: usize = 8;

/// a/b, a/b/c, and a:b as a scale.
pub(super) fn tag(context: &Context<'_>, at: usize) -> Option<Found> {
    let first = number(context, at)?;
    let sign = context.str(first.end);
    if sign == ":" && context.is_number(first.end + 1) {
        let second = number(context, first.end + 1)?;
        let spoken = format!(
            "{} trên {}",
            first.count(context.accent),
            second.count(context.accent)
        );
        return Some(Found::new(Class::Ratio, second.end, spoken));
    }
    if sign != "/" || !context.is_number(first.end + 1) {
        return None;
    }
    if let Some(found) = house(context, at) {
        return Some(found);
    }
    let second = number(context, first.end + 1)?;
    let end = second.end;
    let values = first.value().zip(second.value());
    if let Some(found) = named_by_year(context, at, end) {
        return Some(found);
    }
    let fraction = values.is_some_and(|(a, b)| {
        a < b
            && b <= LARGEST_PART
            && !context.cue(at, Cue::Ratio)
            && !before_total(context, at)
            && (context.next_is(end, Cue::WholeOf) || context.next_is(end, Cue::Counted))
    }) || context.next_is(end, Cue::WholeOf) && values.is_some_and(|(a, b)| a < b);
    let mut spoken = first.count(context.accent);
    if fraction {
        push_word(&mut spoken, "phần");
        let whole = values.map_or(0, |(_, b)| b);
        push_word(&mut spoken, &verbalize::month(whole, context.accent));
        return Some(Found::new(Class::Ratio, end, spoken));
    }
    push_word(&mut spoken, "trên");
    push_word(&mut spoken, &second.count(context.accent));
    // "24/24h"
    let hours = context.str(end) == "h";
    let end = end + usize::from(hours);
    if hours {
        push_word(&mut spoken, "giờ");
    }
    let sure = context.next_is(end, Cue::Counted)
        || context.cue(at, Cue::Ratio)
        || values.is_some_and(|(a, b)| a == b || a == 24 || b > 31)
        || before_total(context, at);
    Some(Found {
        class: Class::Ratio,
        end,
        spoken,
        doubt: !sure,
    })
}

fn before_total(context: &Context<'_>, at: usize) -> bool {
    context
        .words_before(at)
        .last()
        .is_some_and(|word| matches!(word.as_str(), "đạt" | "có" | "được" | "đã"))
}

/// A document's number and year without the code of its issuer.
fn named_by_year(context: &Context<'_>, at: usize, end: usize) -> Option<Found> {
    let year = context.number(at + 2);
    if !context.cue_here(at, Cue::Document)
        || year.len() != 4
        || context.str(at + 1) != "/"
        || end != at + 3
    {
        return None;
    }
    let spoken = super::docnum::numbered(context.str(at), Some(year), context.accent);
    Some(Found::new(Class::Docnum, end, spoken))
}

/// 88/3, 7/21C, 12/5/3A behind số, hẻm, nhà; or any with a letter attached.
fn house(context: &Context<'_>, at: usize) -> Option<Found> {
    let cue = context.cue_here(at, Cue::House);
    let mut spoken = verbalize::name(context.number(at), context.accent);
    let mut end = at + 1;
    let mut lettered = false;
    let mut parts = 1;
    while context.str(end) == "/" && context.is_number(end + 1) && parts < MOST_PARTS {
        push_word(&mut spoken, "trên");
        push_word(
            &mut spoken,
            &verbalize::name(context.str(end + 1), context.accent),
        );
        end += 2;
        parts += 1;
        if let Some(letter) = attached_letter(context, end) {
            push_word(&mut spoken, letter);
            end += 1;
            lettered = true;
        }
    }
    if context.str(end) == "/" && context.kind(end + 1) == Some(Kind::Word) && !lettered {
        return None;
    }
    let dated = cue
        && context.number(at + 2).len() == 4
        && parts == 2
        && context.cue_here(at, Cue::Document)
        && context.str(at + 2) > "1900"
        && context.str(at + 2) < "2100";
    if dated || context.cue_here(at, Cue::Street) && !lettered || !(cue || lettered || parts > 2) {
        return None;
    }
    Some(Found::new(Class::Address, end, spoken))
}

/// The name of a capital or a, b, c right behind a number.
fn attached_letter(context: &Context<'_>, at: usize) -> Option<&'static str> {
    let mut letters = context.str(at).chars();
    let c = letters.next()?;
    if !context.is_word(at)
        || letters.next().is_some()
        || !(c.is_uppercase() || matches!(c, 'a' | 'b' | 'c'))
    {
        return None;
    }
    context.tables.letter(c, false)
}
