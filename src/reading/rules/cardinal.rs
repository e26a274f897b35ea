//! Counts, ordinals, numbers that are names, version numbers, short codes and digit strings.

use super::number::number;
use crate::reading::context::{Context, all_capitals};
use crate::reading::scan::Kind;
use crate::reading::tables::Cue;
use crate::reading::tag::{Class, Found};
use crate::reading::verbalize::{self, push_word};

/// Unbroken digits from this length on name something; nobody counts so far without marks.
const LONG_RUN: usize = 9;

/// A code of groups has at most this many of them, and at least this many signs.
const MOST_GROUPS: usize = 12;
const SHORTEST_CODE: usize = 8;

/// A version or section number has at most this many parts.
const MOST_PARTS: usize = 8;

/// What no other rule claims of a number.
pub(super) fn tag(context: &Context<'_>, at: usize) -> Option<Found> {
    if let Some(found) = coded(context, at).or_else(|| version(context, at)) {
        return Some(found);
    }
    // "TG-90123-TS": the number of a boat.
    let digits = context.number(at);
    let ends = at >= 2 && capitals(context, at - 2) && matches!(context.str(at - 1), "-" | " ");
    let boat = ends
        && context.str(at - 1) == "-"
        && context.str(at + 1) == "-"
        && capitals(context, at + 2)
        || context.said_before(at, &["tàu", "ghe", "đò", "thuyền", "lan", "phà"], 8);
    if ends && boat && (4..=6).contains(&digits.len()) {
        let spoken = format!(", {},", verbalize::digits(digits));
        return Some(Found::new(Class::Plate, at + 1, spoken));
    }
    let number = number(context, at)?;
    let accent = context.accent;
    let done = |spoken: String| Some(Found::new(Class::Cardinal, number.end, spoken));
    let first = context.str(at);
    if number.part.is_none() && !number.grouped {
        if context.cue(at, Cue::Ident) && first.len() >= 4
            || first.len() >= LONG_RUN && !round(first)
        {
            return done(verbalize::digits(first));
        }
        if attached_letter(context, at) && first.starts_with('0') {
            return done(verbalize::name(first, accent));
        }
        let value = number.value().unwrap_or(0);
        if let Some(word) = special(context, at, value) {
            return done(word);
        }
        if first.starts_with('0') && first.len() > 1 {
            return done(zero_led(context, at, number.end));
        }
    }
    let spoken = number.count(accent);
    let other = number
        .foreign()
        .filter(|_| context.next_is(number.end, Cue::Counted))
        .map(|thousands| verbalize::count(&thousands, accent));
    let found = Found::new(Class::Cardinal, number.end, spoken);
    Some(found.guessed(number.dotted).or(other))
}

/// Whether a long run ends in so many zeros that it is a sum and no name.
fn round(digits: &str) -> bool {
    !digits.starts_with('0') && digits.ends_with("000000")
}

/// Months, ordinals and prizes.
fn special(context: &Context<'_>, at: usize, value: u64) -> Option<String> {
    let mut before = context.words_before(at);
    // "thứ 2, 4, 6": of the numbers behind the first only the fourth has a name of its own.
    let start = if value == 4 {
        context.list_start(at)
    } else {
        at
    };
    if start != at && !context.next_is(at + 1, Cue::Counted) {
        let first = context.words_before(start);
        if first.last().is_some_and(|word| word == "thứ") {
            before = first;
        }
    }
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
    let named = (context.cue(at, Cue::NameZero) || coded_before(context, at))
        && !context.next_is(end, Cue::Counted);
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

/// "mã hồ sơ 000.00.12.H20-261015-0001": the whole code, sign by sign, a pause at each mark.
fn coded(context: &Context<'_>, at: usize) -> Option<Found> {
    let lettered = lettered_code(context, at);
    if !(lettered || context.cue(at, Cue::Ident) && context.free_before(at)) {
        return None;
    }
    let mut out = verbalize::digits(context.number(at));
    let mut end = at + 1;
    let mut groups = 1;
    while groups < MOST_GROUPS {
        let spaced = context.kind(end) == Some(Kind::Space) && context.number(end + 1).len() > 1;
        let marked = spaced || matches!(context.str(end), "." | "-" | "–" | "/");
        let next = end + usize::from(marked);
        let letters = context.str(next);
        if context.is_number(next) {
            if marked {
                out.push(',');
            }
            push_word(&mut out, &verbalize::digits(letters));
        } else if context.is_word(next) && letters.chars().all(char::is_uppercase) {
            if marked {
                out.push(',');
            }
            push_word(
                &mut out,
                &super::letters::spell(context.tables, letters, false),
            );
        } else {
            break;
        }
        end = next + 1;
        groups += 1;
    }
    let digits = context.tokens[end - 1].end - context.tokens[at].start;
    let long = groups > 1 && digits >= SHORTEST_CODE;
    (long || lettered && digits >= 4).then(|| Found::new(Class::Cardinal, end, out))
}

/// "mã hồ sơ H58.12-240315", "số khung RLHX-1234": capitals before the digits of a code.
fn lettered_code(context: &Context<'_>, at: usize) -> bool {
    let gap = usize::from(matches!(
        context.str(Context::previous(at)),
        "-" | " " | "."
    ));
    at > gap && capitals(context, at - 1 - gap) && context.cue_here(at - 1 - gap, Cue::Ident)
}

/// "HS-01": capitals and a hyphen before.
fn coded_before(context: &Context<'_>, at: usize) -> bool {
    at >= 2
        && context.str(at - 1) == "-"
        && context.str(at - 2).chars().all(char::is_uppercase)
        && context.is_word(at - 2)
}

fn capitals(context: &Context<'_>, at: usize) -> bool {
    context.is_word(at) && all_capitals(context.str(at))
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
        .is_some_and(|w| match w.as_str() {
            "điều" | "khoản" | "tiết" => true,
            // "đạt điểm 8.5" is a mark, "điểm 1.2 khoản 1" a place in a law.
            "điểm" => context.next_is(end, Cue::Law),
            _ => false,
        });
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
