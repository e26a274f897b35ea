//! Two numbers with a slash or colon that are no date: fractions, shares, house numbers, scales.

use super::number::{Number, number};
use crate::reading::context::Context;
use crate::reading::scan::Kind;
use crate::reading::tables::Cue;
use crate::reading::tag::{Class, Found};
use crate::reading::verbalize::{self, push_word};

/// Denominators up to this one are fractions when a whole follows.
const LARGEST_PART: u64 = 10;

/// Up to this one they are, even of people.
const LARGEST_SHARE: u64 = 4;

/// A house number has at most this many parts.
const MOST_PARTS: usize = 8;

/// a/b, a/b/c, and a:b as a scale.
pub(super) fn tag(context: &Context<'_>, at: usize) -> Option<Found> {
    if let Some(found) = mixed(context, at) {
        return Some(found);
    }
    let first = number(context, at)?;
    let sign = context.str(first.end);
    if sign == ":" && context.is_number(first.end + 1) {
        return scale(context, at, &first);
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
    let marks = context.str(context.skip_space(end)) == "điểm";
    let proper = values.filter(|(part, whole)| part < whole && *part > 0 && !marks);
    let counted = context.next_is(end, Cue::WholeOf) || context.next_is(end, Cue::Counted);
    let scaled = context.cue(at, Cue::Ratio);
    // Thirds and quarters are shares of a crowd; seven of nine were counted.
    let many = values.is_some_and(|(part, whole)| part > 1 && whole > LARGEST_SHARE)
        && context.next_is(end, Cue::Members);
    let total = before_total(context, at) || many || same_total(context, at);
    if let Some((part, whole)) = proper
        && !scaled
        && (context.next_is(end, Cue::WholeOf) || !total && whole <= LARGEST_PART)
    {
        let found = fraction(context, at, end, (part, whole), counted);
        let because = if counted {
            "whole-behind"
        } else {
            "small-share"
        };
        let undecided = found.other.is_some();
        return Some(found.because(if undecided { "undecided" } else { because }));
    }
    let mut spoken = out_of(context, at, [&first, &second]);
    // "1.256/1.300 ha"
    let unit = super::measure::unit(context, at, end)
        .filter(|(next, ..)| *next > end + 1 || context.str(end).len() > 1);
    if let Some((next, _, unit)) = unit {
        push_word(&mut spoken, unit);
        return Some(Found::new(Class::Measure, next, spoken));
    }
    // "24/24h"
    let hours = context.str(end) == "h";
    let end = end + usize::from(hours);
    if hours {
        push_word(&mut spoken, "giờ");
    }
    let sure = counted || scaled || total || hours;
    let dated = values
        .filter(|(day, month)| !sure && (1..=12).contains(month) && day == month)
        .map(|(day, month)| dated(context, day, month));
    let because = match (&dated, scaled || total) {
        (Some(_), _) => "undecided",
        (None, true) => "words-before",
        _ if counted => "whole-behind",
        _ => "",
    };
    let found = Found::new(Class::Ratio, end, spoken).because(because);
    Some(found.or(dated))
}

/// "16/20" as a count out of a total; behind "thứ" the first is a place in a row.
fn out_of(context: &Context<'_>, at: usize, [first, second]: [&Number; 2]) -> String {
    let place = context.words_before(at).last().is_some_and(|w| w == "thứ");
    let mut spoken = match first.value().filter(|_| place) {
        Some(place) => verbalize::ordinal(place, context.accent),
        None => first.count(context.accent),
    };
    push_word(&mut spoken, "trên");
    push_word(&mut spoken, &second.count(context.accent));
    spoken
}

/// The same numbers as a day of the year.
fn dated(context: &Context<'_>, day: u64, month: u64) -> String {
    format!("ngày {}", verbalize::date(day, month, None, context.accent))
}

/// The numbers as a share, if they can be one.
pub(super) fn share(context: &Context<'_>, at: usize, part: u64, whole: u64) -> Option<String> {
    let can = part < whole && whole <= LARGEST_PART && context.number(at).len() == 1;
    can.then(|| in_parts(context, part, whole))
}

fn in_parts(context: &Context<'_>, part: u64, whole: u64) -> String {
    let mut spoken = verbalize::cardinal(part, context.accent);
    push_word(&mut spoken, "phần");
    push_word(&mut spoken, &verbalize::month(whole, context.accent));
    spoken
}

/// A share, with its unit if one is attached; without a whole or a unit it could be a day.
fn fraction(
    context: &Context<'_>,
    at: usize,
    end: usize,
    (part, whole): (u64, u64),
    counted: bool,
) -> Found {
    let mut spoken = in_parts(context, part, whole);
    if let Some((next, _, unit)) = super::measure::unit(context, at, end) {
        push_word(&mut spoken, unit);
        return Found::new(Class::Measure, next, spoken);
    }
    let valid = (1..=12).contains(&whole) && part <= 31;
    let other = valid && !counted && !super::date::share_before(context, at);
    Found::new(Class::Ratio, end, spoken).or(other.then(|| dated(context, part, whole)))
}

/// "5 1/2": a whole number and a share, alone in its line or before a unit.
fn mixed(context: &Context<'_>, at: usize) -> Option<Found> {
    let number: u64 = context.number(at).parse().ok()?;
    let part: u64 = context.number(at + 2).parse().ok()?;
    let whole: u64 = context.number(at + 4).parse().ok()?;
    let shaped = context.str(at + 1) == " " && context.str(at + 3) == "/";
    if !shaped || part >= whole || whole > LARGEST_PART || context.str(at + 5) == "/" {
        return None;
    }
    let alone = at == 0 || at == 1 && context.str(0) == "-";
    let unit = super::measure::unit(context, at + 4, at + 5);
    if !alone && unit.is_none() {
        return None;
    }
    let mut spoken = verbalize::cardinal(number, context.accent);
    push_word(&mut spoken, "và");
    push_word(&mut spoken, &in_parts(context, part, whole));
    let end = unit.map_or(at + 5, |(next, _, word)| {
        push_word(&mut spoken, word);
        next
    });
    Some(Found::new(Class::Ratio, end, spoken))
}

/// 1:200; after a word of sport a score.
fn scale(context: &Context<'_>, at: usize, first: &super::number::Number) -> Option<Found> {
    let second = number(context, first.end + 1)?;
    let mut spoken = first.count(context.accent);
    if !context.cue_here(at, Cue::Score) {
        push_word(&mut spoken, "trên");
    }
    push_word(&mut spoken, &second.count(context.accent));
    Some(Found::new(Class::Ratio, second.end, spoken))
}

pub(super) fn before_total(context: &Context<'_>, at: usize) -> bool {
    context
        .words_before(at)
        .last()
        .is_some_and(|word| matches!(word.as_str(), "đạt" | "có" | "được" | "đã"))
}

/// "7/9 ủy viên có mặt, 2/9 xin vắng": another part of a total that was just named.
pub(super) fn same_total(context: &Context<'_>, at: usize) -> bool {
    context.number.is_some_and(|(class, start, end)| {
        class == Class::Ratio
            && context.str(start + 1) == "/"
            && context.number(start + 2) == context.number(at + 2)
            && context.next_is(end, Cue::Members)
    })
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
