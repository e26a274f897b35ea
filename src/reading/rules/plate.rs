//! Number plates of vehicles.

use crate::reading::context::Context;
use crate::reading::tables::Cue;
use crate::reading::tag::{Class, Found};
use crate::reading::verbalize::{self, push_word};

/// Two digits, a series of letters with perhaps one digit, a hyphen, four or five digits.
pub(super) fn tag(context: &Context<'_>, at: usize) -> Option<Found> {
    let province = context.number(at);
    // "84-H1 123.45"
    let cue = context.cue(at, Cue::Plate);
    let gap = match context.str(at + 1) {
        "-" => context.number(at + 3).len() == 1 || cue,
        " " => cue,
        _ => false,
    };
    let hyphen = usize::from(gap);
    let series_at = at + 1 + hyphen;
    let series = context.str(series_at);
    if province.len() != 2 || !context.free_before(at) || !context.is_word(series_at) {
        return None;
    }
    if series.chars().count() > 2 || !series.chars().all(char::is_uppercase) {
        return None;
    }
    let mut spoken = verbalize::digits(province);
    for c in series.chars() {
        push_word(&mut spoken, context.tables.letter(c, false)?);
    }
    let mut i = series_at + 1;
    if context.number(i).len() == 1 {
        push_word(&mut spoken, &verbalize::digits(context.str(i)));
        i += 1;
    }
    match context.str(i) {
        "-" | "–" | "." => i += 1,
        " " if matches!(context.str(i + 1), "-" | "–") => i += 1,
        " " if cue || context.number(i + 1).len() >= 3 => i += 1,
        _ => return None,
    }
    // "66K1 - 357.24"
    if matches!(context.str(i), "-" | "–") {
        i = context.skip_space(i + 1);
    }
    let first = context.number(i);
    let (digits, end) =
        if first.len() == 3 && context.str(i + 1) == "." && context.number(i + 2).len() == 2 {
            (format!("{first}{}", context.str(i + 2)), i + 3)
        } else {
            (first.to_owned(), i + 1)
        };
    if !(4..=6).contains(&digits.len()) {
        return None;
    }
    spoken.push(',');
    push_word(&mut spoken, &verbalize::digits(&digits));
    Some(Found::new(Class::Plate, end, spoken))
}
