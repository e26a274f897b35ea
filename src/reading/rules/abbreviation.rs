//! Abbreviations from the table, by what stands around them.

use crate::reading::context::{Context, all_capitals, capitalized};
use crate::reading::scan::{self, Kind};
use crate::reading::tables::{Abbreviation, Condition};
use crate::reading::tag::{Class, Found, ends_word, has_vowel};

/// The longest form of the table that stands here and whose conditions hold.
pub(super) fn tag(context: &Context<'_>, at: usize) -> Option<Found> {
    let rows = context.tables.abbreviations(context.str(at));
    if rows.is_empty() || (at > 0 && context.is_word(at - 1)) {
        return unit_alone(context, at);
    }
    let rest = context.rest(at);
    let row = rows.iter().find(|row| {
        rest.starts_with(row.written)
            && ends_group(&rest[row.written.len()..], row.written)
            && holds(context, at, row)
    })?;
    let mut end = context.token_at(at, context.tokens[at].start + row.written.len());
    if spelled_in_heading(context, at, row) {
        return None;
    }
    // "X. ĐIỀU KHOẢN" is the tenth heading, "X. Tân Hương" a commune.
    let heading = row.written == "X." && all_capitals(context.str(context.skip_space(end)));
    if heading && context.line_head(at) || numbered_code(context, end, row) {
        return None;
    }
    let mut spoken = row.spoken.to_owned();
    // The dot of "TP. Bến Tre" belongs to the short form even where the table has none.
    if context.str(end) == "." && !row.written.ends_with('.') && dot_belongs(context, end) {
        end += 1;
    }
    if row.written.ends_with('.') && ends_sentence(context, end) {
        spoken.push('.');
    }
    if capitalized(row.written) && starts_sentence(context, at) {
        spoken = capitalize(&spoken);
    }
    let because = if row.when.is_empty() {
        "only-sense"
    } else {
        "words-around"
    };
    Some(Found::new(Class::Abbreviation, end, spoken).because(because))
}

/// "CT01", "HS-01": two letters and a number that together name something, where the letters alone
/// stand for a word that takes no number.
fn numbered_code(context: &Context<'_>, end: usize, row: &Abbreviation) -> bool {
    let attached = context.is_number(end);
    let hyphened = context.str(end) == "-" && context.number(end + 1).starts_with('0');
    let takes =
        |condition: &Condition| matches!(condition, Condition::NextNumber | Condition::NextRoad);
    (attached || hyphened)
        && row.written.chars().count() <= 2
        && (hyphened || !row.when.iter().any(takes))
}

/// Whether a short form is whole: digits may be attached, as in QL60, letters may not.
fn ends_group(rest: &str, written: &str) -> bool {
    !written.ends_with(scan::is_letter) || !rest.starts_with(scan::is_letter)
}

/// A unit without its number: "giá mỗi kg".
fn unit_alone(context: &Context<'_>, at: usize) -> Option<Found> {
    let word = context.str(at);
    if has_vowel(word) || word.chars().nth(1).is_none() || !context.free_before(at) {
        return None;
    }
    // "MB Bank", "TB": without a number capitals alone name something else.
    if all_capitals(word) {
        return None;
    }
    let rest = context.rest(at);
    let unit = context.tables.units(word).iter().find(|unit| {
        rest.starts_with(unit.written) && ends_word(&rest[unit.written.len()..], unit.written)
    })?;
    let end = context.token_at(at, context.tokens[at].start + unit.written.len());
    Some(Found::new(Class::Measure, end, unit.spoken))
}

fn holds(context: &Context<'_>, at: usize, row: &Abbreviation) -> bool {
    let end = context.token_at(at, context.tokens[at].start + row.written.len());
    let dotted = context.str(end) == "." && !row.written.ends_with('.');
    let next = context.skip_space(if dotted { end + 1 } else { end });
    row.when.iter().all(|condition| match condition {
        Condition::NextName => {
            context.is_word(next)
                && capitalized(context.str(next))
                && context.str(next).chars().nth(1).is_some()
                && !personal_name(context, at, row)
        }
        Condition::NextNumber => context.is_number(next),
        Condition::NextRoad => {
            let number = context.number(next);
            let more = context.skip_space(next + 1).max(next + 2);
            number.len() == 3 && !number.starts_with(['0', '1']) && !context.is_number(more)
        }
        Condition::Next(words) => context.is_word(next) && words.contains(&context.str(next)),
        Condition::Before(words) => {
            let listed = at >= 2 && context.str(at - 1) == " " && context.str(at - 2) == ",";
            let place = if listed { at - 2 } else { at };
            let before = context.words_before(place);
            before
                .last()
                .is_some_and(|word| words.contains(&word.as_str()))
        }
        Condition::Counted => at >= 2 && context.str(at - 1) == " " && context.is_number(at - 2),
        Condition::Head => context.line_head(at),
        Condition::Dot => context.str(end) == ".",
        Condition::Later(words) => {
            (next..next + 12).any(|i| context.is_word(i) && words.contains(&context.str(i)))
        }
    })
}

/// "Lê Thị H. Nguyễn": a one-letter place word behind a name is an initial.
fn personal_name(context: &Context<'_>, at: usize, row: &Abbreviation) -> bool {
    row.written.chars().filter(|c| *c != '.').count() == 1
        && at >= 2
        && context.str(at - 1) == " "
        && context.is_word(at - 2)
        && capitalized(context.str(at - 2))
        && !all_capitals(context.str(at - 2))
}

/// In a heading of capitals, a short form that is also a word is that word: "CA SĨ".
fn spelled_in_heading(context: &Context<'_>, at: usize, row: &Abbreviation) -> bool {
    let caps = |i: usize| {
        let word = context.str(i);
        context.is_word(i) && all_capitals(word) && has_vowel(word) && !word.is_ascii()
    };
    let word = row.written;
    has_vowel(word) && word.chars().count() == 2 && (caps(at + 2) || (at >= 2 && caps(at - 2)))
}

fn dot_belongs(context: &Context<'_>, dot: usize) -> bool {
    let next = context.skip_space(dot + 1);
    // A capital behind it may begin a sentence: the pause then does no harm.
    next == dot + 1 && context.is_number(next)
}

fn ends_sentence(context: &Context<'_>, end: usize) -> bool {
    let next = context.skip_space(end);
    next >= context.tokens.len() || context.kind(next) == Some(Kind::Newline)
}

fn starts_sentence(context: &Context<'_>, at: usize) -> bool {
    for i in (0..at).rev().take(4) {
        match context.kind(i) {
            Some(Kind::Space) => {}
            Some(Kind::Newline) => return true,
            _ => return matches!(context.str(i), "." | "!" | "?"),
        }
    }
    at == 0
}

fn capitalize(spoken: &str) -> String {
    let mut chars = spoken.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}
