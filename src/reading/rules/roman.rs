//! Roman numerals, only where the words around take one.

use crate::reading::context::{Context, all_capitals};
use crate::reading::scan::Kind;
use crate::reading::tables::Cue;
use crate::reading::tag::{Class, Found};
use crate::reading::verbalize::{self, push_word};

/// A numeral behind a word like chương, khóa, quý, or behind another numeral and a dash.
pub(super) fn tag(context: &Context<'_>, at: usize) -> Option<Found> {
    let word = context.str(at);
    if word.len() > 12 || !context.free_before(at) || context.is_number(at + 1) {
        return None;
    }
    let upper = all_capitals(word);
    if !upper && !matches!(word, "i" | "ii" | "iii" | "iv" | "v" | "ix" | "x") {
        return None;
    }
    let value = verbalize::roman(word)?;
    // A single L or C, and a lone letter of a list, are letters.
    if matches!(word, "L" | "C" | "D" | "M") {
        return None;
    }
    let cue = context.cue_here(at, Cue::Roman) || after_roman(context, at);
    if !cue
        || (!upper
            && !matches!(
                context.words_before(at).last().map(String::as_str),
                Some("mục" | "phần" | "chương")
            ))
    {
        return None;
    }
    let mut spoken = String::new();
    let prize = context.words_before(at).last().is_some_and(|w| w == "giải");
    if prize && value == 2 {
        spoken.push_str("nhì");
    } else if value == 1
        && context
            .words_before(at)
            .last()
            .is_some_and(|w| matches!(w.as_str(), "thứ" | "giải"))
    {
        spoken.push_str("nhất");
    } else if value == 4 && context.words_before(at).last().is_some_and(|w| w == "thứ") {
        spoken.push_str("tư");
    } else {
        spoken = verbalize::cardinal(value, context.accent);
    }
    let mut end = at + 1;
    // "quý I/2020"
    if matches!(context.str(end), "/" | "-") && context.number(end + 1).len() == 4 {
        push_word(&mut spoken, "năm");
        push_word(
            &mut spoken,
            &verbalize::count(context.str(end + 1), context.accent),
        );
        end += 2;
    } else {
        // "mục II.1" and "mục II.1.2"
        while matches!(context.str(end), "." | "-") && context.is_number(end + 1) {
            push_word(&mut spoken, "chấm");
            push_word(
                &mut spoken,
                &verbalize::name(context.str(end + 1), context.accent),
            );
            end += 2;
        }
    }
    Some(Found::new(Class::Roman, end, spoken))
}

fn after_roman(context: &Context<'_>, at: usize) -> bool {
    if at < 2 {
        return false;
    }
    let mut i = at - 1;
    if context.kind(i) == Some(Kind::Space) {
        i = i.saturating_sub(1);
    }
    if !matches!(context.str(i), "-" | "–" | "," | "và" | "đến") {
        return false;
    }
    let mut before = i.saturating_sub(1);
    if context.kind(before) == Some(Kind::Space) {
        before = before.saturating_sub(1);
    }
    all_capitals(context.str(before))
        && verbalize::roman(context.str(before)).is_some()
        && context.cue_here(before, Cue::Roman)
}
