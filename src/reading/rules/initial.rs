//! One letter and a number that stand for a word and a number: "K2 Đ9", "T2–T6", "T10/2026".

use crate::reading::context::{Context, all_capitals};
use crate::reading::tag::{Class, Found};
use crate::reading::verbalize::{self, push_word};

/// A pinpoint of a law, a day of the week or a month, in the short forms of tables and rosters.
pub(super) fn tag(context: &Context<'_>, at: usize) -> Option<Found> {
    if !context.free_before(at) {
        return None;
    }
    match context.str(at) {
        "K" | "k" | "Đ" | "đ" => pinpoint(context, at),
        "T" => month(context, at).or_else(|| weekday(context, at)),
        _ => None,
    }
}

/// The number attached to a letter, perhaps behind a dot: its token and its value.
fn attached(context: &Context<'_>, at: usize) -> Option<(usize, u64)> {
    let number = at + 1 + usize::from(context.str(at + 1) == ".");
    let value = context.number(number);
    let value = value.parse().ok().filter(|_| value.len() <= 3)?;
    Some((number, value))
}

/// The token behind a blank, a comma or both.
fn behind(context: &Context<'_>, at: usize) -> usize {
    context.skip_space(at + usize::from(context.str(at) == ","))
}

/// "K2 Đ9", "Đ9 K2", "điểm a K1 Điều 5", "Đ134 BLHS".
fn pinpoint(context: &Context<'_>, at: usize) -> Option<Found> {
    let clause = |at: usize| matches!(context.str(at), "K" | "k");
    let article = |at: usize| matches!(context.str(at), "Đ" | "đ");
    let (number, value) = attached(context, at)?;
    let end = number + 1;
    let next = behind(context, end);
    let pair = attached(context, next).is_some();
    let words = context.words_before(at);
    let sure = if clause(at) {
        let point = words.iter().rev().nth(1).is_some_and(|word| word == "điểm");
        article(next) && pair || matches!(context.str(next), "Điều" | "điều") || point
    } else {
        const LAWS: [&str; 7] = ["NĐ", "BLHS", "BLTTHS", "BLDS", "Luật", "luật", "Bộ"];
        let after_clause = (1..=5).any(|back| {
            at.checked_sub(back)
                .is_some_and(|i| clause(i) && attached(context, i).is_some())
        });
        after_clause
            || clause(next) && pair
            || LAWS.contains(&context.str(next))
            || words.iter().rev().nth(1).is_some_and(|word| word == "điểm")
    };
    if !sure {
        return None;
    }
    let name = if clause(at) { "khoản" } else { "Điều" };
    let mut spoken = name.to_owned();
    push_word(&mut spoken, &verbalize::cardinal(value, context.accent));
    Some(Found::new(Class::Docnum, end, spoken).because("words-around"))
}

/// "T10/2026": a month.
fn month(context: &Context<'_>, at: usize) -> Option<Found> {
    let (number, value) = attached(context, at).filter(|(_, value)| (1..=12).contains(value))?;
    let year = context.number(number + 2);
    if !matches!(context.str(number + 1), "/" | "-") || year.len() != 4 {
        return None;
    }
    let mut spoken = "tháng".to_owned();
    push_word(&mut spoken, &verbalize::month(value, context.accent));
    push_word(&mut spoken, "năm");
    push_word(&mut spoken, &verbalize::count(year, context.accent));
    Some(Found::new(Class::Date, number + 3, spoken))
}

/// "T2–T6", "T3, T5", "T7 và CN": a day of the week beside another one.
fn weekday(context: &Context<'_>, at: usize) -> Option<Found> {
    let day = |at: usize| {
        attached(context, at)
            .filter(|(number, value)| context.str(at) == "T" && *number == at + 1 && *value <= 7)
            .filter(|(_, value)| *value >= 2)
    };
    let (number, value) = day(at)?;
    let joins = |i: usize| matches!(context.str(i), "-" | "–" | "," | "và" | "đến" | "/" | "&");
    let joint = context.skip_space(number + 1);
    let other = context.skip_space(joint + 1);
    let before = |i: usize| {
        let skip = |i: usize| i.checked_sub(1 + usize::from(context.str(i - 1) == " "));
        let joint = skip(i)?;
        let other = (joint > 0).then(|| skip(joint))??;
        joins(joint).then_some(other)
    };
    let beside = joins(joint) && (day(other).is_some() || context.str(other) == "CN");
    let behind = at > 0
        && before(at).is_some_and(|i| {
            context.str(i) == "CN" || context.is_number(i) && i > 0 && day(i - 1).is_some()
        });
    let part = context
        .words_before(at)
        .last()
        .is_some_and(|word| matches!(word.as_str(), "sáng" | "trưa" | "chiều" | "tối"));
    if !beside && !behind && !part {
        return None;
    }
    let spoken = format!("thứ {}", verbalize::ordinal(value, context.accent));
    Some(Found::new(Class::Date, number + 1, spoken))
}

/// `IoT`, `MoU`: a short mixture that ends in a capital is said letter by letter.
pub(super) fn mixed(word: &str) -> bool {
    let letters = word.chars().count();
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    (3..=4).contains(&letters)
        && capitals >= 2
        && !all_capitals(word)
        && word.chars().next_back().is_some_and(char::is_uppercase)
}
