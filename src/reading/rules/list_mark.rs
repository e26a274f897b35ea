//! Marks at the head of a line: numbers and letters of lists, silent bullets.

use crate::reading::context::{Context, all_capitals, capitalized};
use crate::reading::scan::Kind;
use crate::reading::tag::{Class, Found};
use crate::reading::verbalize::{self, push_word};

/// "2.", "1.2.", "c)", "d/", "(3)", "II." before a blank.
pub(super) fn tag(context: &Context<'_>, at: usize) -> Option<Found> {
    if !context.line_head(at) {
        return None;
    }
    // A round bullet that came out of a word processor as a letter.
    if context.str(at) == "o" && titled(context, at + 1) {
        return Some(Found::new(Class::ListMark, at + 1, ""));
    }
    let open = context.str(at) == "(";
    let first = if open { at + 1 } else { at };
    let (mut end, mut spoken) = label(context, first)?;
    if open {
        if context.str(end) != ")" {
            return None;
        }
        end += 1;
    } else if matches!(context.str(end), "." | ")" | "/" | ":") && context.is_number(first)
        || matches!(context.str(end), "." | ")" | "/")
    {
        if context.str(end) == ":" {
            return None;
        }
        end += 1;
    } else if context.str(end) == "-" && titled(context, end + 1) {
        end += 1;
    } else if !(end > first + 2 && titled(context, end)) {
        // "3.1 Nội dung" needs no mark behind it.
        return None;
    }
    if !matches!(context.kind(end), Some(Kind::Space)) {
        return None;
    }
    spoken.push(if context.str(end - 1) == "." && context.is_word(first) {
        '.'
    } else {
        ','
    });
    Some(Found::new(Class::ListMark, end, spoken))
}

/// Whether a capitalized word follows a blank.
fn titled(context: &Context<'_>, at: usize) -> bool {
    context.kind(at) == Some(Kind::Space)
        && context.is_word(at + 1)
        && capitalized(context.str(at + 1))
}

/// The number, Roman numeral or letter of a mark.
fn label(context: &Context<'_>, at: usize) -> Option<(usize, String)> {
    let word = context.str(at);
    if context.is_number(at) {
        if word.len() > 3 {
            return None;
        }
        let mut spoken = verbalize::count(word, context.accent);
        let mut end = at + 1;
        while context.str(end) == "." && (1..=2).contains(&context.number(end + 1).len()) {
            push_word(&mut spoken, "chấm");
            push_word(
                &mut spoken,
                &verbalize::count(context.str(end + 1), context.accent),
            );
            end += 2;
        }
        return Some((end, spoken));
    }
    if !context.is_word(at) {
        return None;
    }
    let single = word.chars().nth(1).is_none();
    if all_capitals(word)
        && let Some(value) = verbalize::roman(word)
        && !(single && matches!(word, "C" | "L"))
    {
        let mut spoken = verbalize::cardinal(value, context.accent);
        let mut end = at + 1;
        while context.str(end) == "." && (1..=2).contains(&context.number(end + 1).len()) {
            push_word(&mut spoken, "chấm");
            push_word(
                &mut spoken,
                &verbalize::count(context.str(end + 1), context.accent),
            );
            end += 2;
        }
        return Some((end, spoken));
    }
    if !single {
        return None;
    }
    let name = context.tables.letter(word.chars().next()?, false)?;
    let mut spoken = name.to_owned();
    let mut end = at + 1;
    let dotted = context.str(end) == "." && context.str(end + 2) == ")";
    if dotted && context.is_number(end + 1) {
        push_word(&mut spoken, "chấm");
        end += 1;
    }
    if (1..=2).contains(&context.number(end).len()) {
        push_word(
            &mut spoken,
            &verbalize::count(context.str(end), context.accent),
        );
        end += 1;
    }
    Some((end, spoken))
}
