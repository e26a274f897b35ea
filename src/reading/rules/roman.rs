//! Roman numerals, only where the words around take one.

use crate::reading::context::{Context, all_capitals};
use crate::reading::scan::Kind;
use crate::reading::tables::Cue;
use crate::reading::tag::{Class, Found};
use crate::reading::verbalize::{self, push_word};

/// A numeral behind a word like chương, khóa, quý, or behind another numeral and a dash.
pub(super) fn tag(context: &Context<'_>, at: usize) -> Option<Found> {
    let word = context.str(at);
    if word.len() > 16 || !context.free_before(at) || context.is_number(at + 1) {
        return None;
    }
    let upper = all_capitals(word);
    let Some(value) = verbalize::numeral(word) else {
        return lettered(context, at, word);
    };
    // A single L or C, and a lone letter of a list, are letters.
    if matches!(word, "L" | "C" | "D" | "M" | "l" | "c" | "d" | "m") {
        return None;
    }
    if !upper && !small_letters(context, at, word) && !era(context, at, word)
        || upper
            && !context.cue_here(at, Cue::Roman)
            && !after_roman(context, at)
            && !era(context, at, word)
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

/// "Phụ lục IA": a numeral and a letter.
fn lettered(context: &Context<'_>, at: usize, word: &str) -> Option<Found> {
    let letter = word.chars().next_back()?;
    let numeral = &word[..word.len() - letter.len_utf8()];
    let value = verbalize::roman(numeral).filter(|value| *value > 0)?;
    let known = matches!(letter, 'A' | 'B' | 'C' | 'a' | 'b' | 'c');
    if !known || word.starts_with(['C', 'L']) || !context.cue_here(at, Cue::Roman) {
        return None;
    }
    let mut spoken = verbalize::cardinal(value, context.accent);
    push_word(&mut spoken, context.tables.letter(letter, false)?);
    Some(Found::new(Class::Roman, at + 1, spoken))
}

/// "phần iv", "thế kỷ xix": in small letters only behind a word of division, and where the letters
/// are a word too only at the end of the clause.
fn small_letters(context: &Context<'_>, at: usize, word: &str) -> bool {
    const DIVISIONS: [&str; 14] = [
        "mục", "phần", "chương", "kỷ", "kỉ", "khoản", "đoạn", "lục", "khóa", "khoá", "thứ", "tiết",
        "quyển", "tập",
    ];
    let before = context.words_before(at);
    let division = before
        .last()
        .is_some_and(|before| DIVISIONS.contains(&before.as_str()));
    let behind = context.skip_space(at + 1);
    let ambiguous = matches!(
        word,
        "i" | "v" | "x" | "vi" | "xi" | "di" | "li" | "mi" | "cm"
    );
    division
        && word.chars().all(char::is_lowercase)
        && !(ambiguous && context.is_word(behind) && context.kind(at + 1) == Some(Kind::Space))
        // "mục cm" is no numeral but a unit, unless nothing follows.
        && !context.str(at + 1).starts_with(['/', '@'])
}

/// "năm MCMXCIX": a year.
fn era(context: &Context<'_>, at: usize, word: &str) -> bool {
    word.len() >= 4
        && word.starts_with(['M', 'm'])
        && context.words_before(at).last().is_some_and(|w| w == "năm")
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
