//! Times of day: 7h30, 7g30, 7 giờ 30, 07:30.

use crate::reading::context::Context;
use crate::reading::scan::Kind;
use crate::reading::tables::Cue;
use crate::reading::tag::{Class, Found};
use crate::reading::verbalize;

/// An hour, with its minutes if the page has them.
pub(super) fn tag(context: &Context<'_>, at: usize) -> Option<Found> {
    let digits = context.number(at);
    if digits.is_empty() || digits.len() > 3 || !context.free_before(at) {
        return None;
    }
    let hour: u64 = digits.parse().ok()?;
    if context.str(at + 1) == ":" {
        return clock(context, at, hour);
    }
    if let Some(found) = minutes_seconds(context, at, hour) {
        return Some(found);
    }
    let sign = context.skip_space(at + 1);
    let attached = sign == at + 1;
    let minutes = if context.is_number(sign + 1) {
        sign + 1
    } else {
        sign + 2
    };
    let two = context.number(minutes).len() == 2 && context.number(minutes) < "60";
    let near = minutes == sign + 1;
    match context.str(sign) {
        "h" | "H" if attached => {}
        "giờ" if !attached => {}
        "g" | "G" if attached && hour <= 24 => {
            let day_part = context.next_is(sign + 1, Cue::DayPart);
            let clock = day_part
                || context.cue(at, Cue::Clock)
                || range_of_hours(context, sign + 1)
                || after_hour(context, at);
            if !(clock || two && near) {
                return None;
            }
        }
        _ => return None,
    }
    if context.cue(at, Cue::Law) {
        return None;
    }
    let spaced_minutes = context.str(sign) == "giờ" && context.kind(sign + 1) == Some(Kind::Space);
    if two && (near || spaced_minutes) && hour <= 24 {
        return minuted(context, hour, minutes);
    }
    if context.kind(sign + 1) == Some(Kind::Word) {
        return None;
    }
    Some(Found::new(
        Class::Time,
        sign + 1,
        verbalize::time(hour, 0, context.accent),
    ))
}

fn minuted(context: &Context<'_>, hour: u64, minutes: usize) -> Option<Found> {
    let minute: u64 = context.str(minutes).parse().ok()?;
    let mut end = minutes + 1;
    let word = context.skip_space(end);
    match context.str(word) {
        "phút" => end = word + 1,
        "'" | "’" | "′" | "p" | "ph" if word == end => end += 1,
        _ => {
            // "7 giờ 30 người": the number belongs to what follows.
            if context.next_is(end, Cue::Counted)
                && context.str(minutes - 1) == " "
                && !context.next_is(end, Cue::DayPart)
            {
                return None;
            }
        }
    }
    Some(Found::new(
        Class::Time,
        end,
        verbalize::time(hour, minute, context.accent),
    ))
}

/// "3p20s": minutes and seconds of a run or a film.
fn minutes_seconds(context: &Context<'_>, at: usize, minutes: u64) -> Option<Found> {
    let seconds = context.number(at + 2);
    let shaped = matches!(context.str(at + 1), "p" | "’" | "'" | "′")
        && matches!(context.str(at + 3), "s" | "\"" | "”" | "″")
        && (1..=2).contains(&seconds.len());
    if !shaped {
        return None;
    }
    let mut spoken = verbalize::cardinal(minutes, context.accent);
    spoken.push_str(" phút");
    let seconds: u64 = seconds.parse().ok()?;
    if seconds > 0 {
        spoken.push(' ');
        spoken.push_str(&verbalize::cardinal(seconds, context.accent));
        spoken.push_str(" giây");
    }
    Some(Found::new(Class::Time, at + 4, spoken))
}

/// hh:mm, with seconds if there are any.
fn clock(context: &Context<'_>, at: usize, hour: u64) -> Option<Found> {
    let minutes = context.number(at + 2);
    if minutes.len() != 2 || hour > 24 || context.cue(at, Cue::Ratio) {
        return None;
    }
    let minute: u64 = minutes.parse().ok().filter(|m| *m < 60)?;
    let mut spoken = verbalize::time(hour, minute, context.accent);
    let mut end = at + 3;
    if context.str(end) == ":" && context.number(end + 1).len() == 2 {
        let second: u64 = context.str(end + 1).parse().ok()?;
        if second > 0 {
            spoken.push(' ');
            spoken.push_str(&verbalize::cardinal(second, context.accent));
            spoken.push_str(" giây");
        }
        end += 2;
    }
    // "10:30 giờ" repeats the unit.
    let word = context.skip_space(end);
    let half = match context.str(word) {
        "AM" | "am" | "SA" => Some("sáng"),
        "PM" | "pm" | "CH" if hour == 12 => Some("trưa"),
        "PM" | "pm" | "CH" if hour < 6 => Some("chiều"),
        "PM" | "pm" | "CH" => Some("tối"),
        _ => None,
    };
    if let Some(half) = half.filter(|_| hour <= 12) {
        return Some(Found::new(
            Class::Time,
            word + 1,
            format!("{spoken} {half}"),
        ));
    }
    if context.str(word) == "giờ" || context.str(word) == "h" {
        end = word + 1;
    }
    Some(Found::new(Class::Time, end, spoken))
}

/// "7g30 - 11g": the end before is an hour.
fn after_hour(context: &Context<'_>, at: usize) -> bool {
    let mut tokens = (0..at)
        .rev()
        .filter(|i| context.kind(*i) != Some(Kind::Space))
        .take(4);
    let Some(dash) = tokens.next() else {
        return false;
    };
    matches!(context.str(dash), "-" | "–" | "—" | "đến" | "và" | ",")
        && tokens
            .take(2)
            .any(|i| matches!(context.str(i), "g" | "h" | "giờ"))
}

/// "8g - 10g": the other end is an hour too.
fn range_of_hours(context: &Context<'_>, at: usize) -> bool {
    let i = context.skip_space(at);
    if !matches!(context.str(i), "-" | "–" | "—" | "đến") {
        return false;
    }
    let i = context.skip_space(i + 1);
    let hour = context
        .number(i)
        .parse::<u64>()
        .is_ok_and(|hour| hour <= 24);
    let behind = context.skip_space(i + 2);
    // "5g-10g muối" is a weight: goods follow.
    hour && matches!(context.str(i + 1), "g" | "h")
        && (context.is_number(i + 2)
            || !context.is_word(behind)
            || context.next_is(i + 2, Cue::DayPart))
}
