//! Counts, ordinals, numbers that are names, version numbers, short codes and digit strings.

use super::number::number;
use crate::reading::context::Context;
use crate::reading::scan::Kind;
use crate::reading::tables::Cue;
use crate::reading::tag::{Class, Found};
use crate::reading::verbalize::{self, push_word};

/// Unbroken digits from this length on name something; nobody counts so far without marks.
const LONG_RUN: usize = 9;

/// A version or section number has at most this many parts.
const MOST_PARTS: usize = 8;

/// What no other rule claims of a number.
pub(super) fn tag(context: &Context<'_>, at: usize) -> Option<Found> {
    if let Some(found) = version(context, at) {
        return Some(found);
    }
    let number = number(context, at)?;
    let accent = context.accent;
    let done = |spoken: String| Some(Found::new(Class::Cardinal, number.end, spoken));
    let first = context.str(at);
    if number.part.is_none() && !number.grouped {
        if context.cue(at, Cue::Ident) && first.len() >= 4 || first.len() >= LONG_RUN {
            return done(verbalize::digits(first));
        }
        if attached_letter(context, at) && first.starts_with('0') {
            return done(verbalize::name(first, accent));
        }
        if first.starts_with('0') && first.len() > 1 {
            return done(zero_led(context, at, number.end));
        }
        let value = number.value().unwrap_or(0);
        if let Some(word) = special(context, at, value) {
            return done(word);
        }
    }
    let spoken = number.count(accent);
    Some(Found {
        class: Class::Cardinal,
        end: number.end,
        spoken,
        doubt: number.dotted,
    })
}

/// Months, ordinals and prizes.
fn special(context: &Context<'_>, at: usize, value: u64) -> Option<String> {
    let before = context.words_before(at);
    let word = before.last().map_or("", String::as_str);
    let accent = context.accent;
    match word {
        "tháng" => Some(verbalize::month(value, accent)),
        "thứ" => Some(verbalize::ordinal(value, accent)),
        "giải" | "hạng" if value <= 2 && context.tables.has_cue(&before, Cue::Prize) => {
            match value {
                1 => Some("nhất".to_owned()),
                2 => Some("nhì".to_owned()),
                _ => None,
            }
        }
        _ => None,
    }
}

/// A leading zero is a guard in counts and part of the name elsewhere.
fn zero_led(context: &Context<'_>, at: usize, end: usize) -> String {
    let written = context.str(at);
    let named = context.cue(at, Cue::NameZero) && !context.next_is(end, Cue::Counted);
    if written.trim_start_matches('0').is_empty() && written.len() > 1 && !named {
        return verbalize::digits("0");
    }
    if named || context.cue(at, Cue::Document) {
        verbalize::name(written, context.accent)
    } else if written.len() > 3 {
        verbalize::digits(written)
    } else {
        verbalize::count(written, context.accent)
    }
}

fn attached_letter(context: &Context<'_>, at: usize) -> bool {
    at > 0 && context.kind(at - 1) == Some(Kind::Word)
}

/// 1.4.2, and 4.0 or 2.1 behind a word that takes sections or versions.
fn version(context: &Context<'_>, at: usize) -> Option<Found> {
    let mut end = at + 1;
    let mut parts = vec![context.number(at)];
    while context.str(end) == "." && context.is_number(end + 1) && parts.len() < MOST_PARTS {
        parts.push(context.str(end + 1));
        end += 2;
    }
    let thousands = parts.iter().skip(1).all(|part| part.len() == 3);
    let law = context
        .words_before(at)
        .last()
        .is_some_and(|w| matches!(w.as_str(), "điều" | "khoản"));
    let known = parts.len() == 2
        && !thousands
        && (law || context.cue_here(at, Cue::Version) || parts[1] == "0");
    if parts.len() > 2 && !thousands || known {
        let mut out = String::new();
        for (at, part) in parts.iter().enumerate() {
            if at > 0 {
                push_word(&mut out, "chấm");
            }
            push_word(&mut out, &verbalize::name(part, context.accent));
        }
        return Some(Found::new(Class::Cardinal, end, out));
    }
    None
}
