//! Quantities with a unit: money, percent, measures; scale words and signs before the number.

use super::number::number;
use crate::reading::context::Context;
use crate::reading::scan::Kind;
use crate::reading::tables::{Cue, UnitKind};
use crate::reading::tag::{Class, Found, ends_word};
use crate::reading::verbalize::{self, push_word};

/// A number and the unit behind it.
pub(super) fn tag(context: &Context<'_>, at: usize) -> Option<Found> {
    let number = number(context, at)?;
    let mut spoken = number.count(context.accent);
    let mut end = number.end;
    let mut class = None;
    let loaded = || context.said_before(at, &["tải", "trọng", "xe", "cẩu"], 8);
    if context.str(end) == "t" || context.str(end) == "T" && loaded() {
        push_word(
            &mut spoken,
            if of_person(context, at) {
                "tuổi"
            } else {
                "tấn"
            },
        );
        return Some(Found::new(Class::Measure, end + 1, spoken));
    }
    if let Some(found) = split_unit(context, &number).or_else(|| english_sum(context, at, &number))
    {
        return Some(found);
    }
    // "30 triệu đồng", "2 nghìn tỷ đồng", "12 tr.đ": a scale word may stand between.
    for _ in 0..2 {
        let Some((next, kind, word)) = unit(context, at, end) else {
            break;
        };
        push_word(&mut spoken, &accented(context, word));
        end = next;
        class = Some(match kind {
            UnitKind::Money => Class::Money,
            UnitKind::Percent => Class::Percent,
            UnitKind::Measure => Class::Measure,
            UnitKind::Scale => Class::Cardinal,
        });
        if kind != UnitKind::Scale {
            if word.ends_with("nghìn đồng") {
                end = currency(context, end);
            }
            break;
        }
    }
    Some(Found::new(class?, end, spoken))
}

/// "ông Lê Văn Sáu, 68t": whether somebody was named, so that a number may be an age.
fn of_person(context: &Context<'_>, at: usize) -> bool {
    const REACH: usize = 16;
    const PERSONS: [&str; 14] = [
        "ông", "bà", "anh", "chị", "em", "cháu", "cụ", "bé", "chú", "cô", "bác", "dì", "thị", "văn",
    ];
    context.said_before(at, &PERSONS, REACH)
}

/// "1m65", "3kg2", "2tr5": the digits behind the unit are the next smaller steps.
fn split_unit(context: &Context<'_>, number: &super::number::Number) -> Option<Found> {
    let tail = context.number(number.end + 1);
    let accent = context.accent;
    let (unit, class) = match context.str(number.end) {
        "m" if tail.len() == 2 || (tail.len() == 1 && !matches!(tail, "2" | "3")) => {
            ("mét", Class::Measure)
        }
        "kg" if tail.len() == 1 => ("ki lô gam", Class::Measure),
        "s" if tail.len() == 2 && context.str(number.end + 2) != "." => ("giây", Class::Measure),
        "tr" if matches!(tail.len(), 1 | 3) => ("triệu", Class::Money),
        _ => return None,
    };
    let mut spoken = number.count(accent);
    let mut end = number.end + 2;
    push_word(&mut spoken, unit);
    push_word(&mut spoken, &verbalize::count(tail, accent));
    if class == Class::Money {
        if tail.len() == 1 {
            push_word(&mut spoken, "trăm");
        }
        push_word(&mut spoken, accent.thousand());
        push_word(&mut spoken, "đồng");
        end = currency(context, end);
    }
    Some(Found::new(class, end, spoken))
}

/// Passes over the currency where "k" or "tr" has said it: "10k VNĐ".
fn currency(context: &Context<'_>, end: usize) -> usize {
    let next = context.skip_space(end);
    let dong = matches!(
        context.str(next),
        "đ" | "đồng" | "VNĐ" | "VND" | "vnđ" | "vnd" | "₫"
    );
    if dong { next + 1 } else { end }
}

/// "500,000 đồng": nobody pays in thousandths, so the comma is a thousands mark.
fn english_sum(context: &Context<'_>, at: usize, number: &super::number::Number) -> Option<Found> {
    let whole = number.foreign().filter(|whole| whole.ends_with("00"))?;
    let (end, UnitKind::Money, word) = unit(context, at, number.end)? else {
        return None;
    };
    let said = |count: String| format!("{count} {}", accented(context, word));
    let found = Found::new(
        Class::Money,
        end,
        said(verbalize::count(&whole, context.accent)),
    );
    let dong = word == "đồng";
    dong.then(|| found.or(Some(said(number.count(context.accent)))))
}

fn accented(context: &Context<'_>, word: &str) -> String {
    word.replace("nghìn", context.accent.thousand())
}

/// The unit that follows a number: the token after it, its kind and its words.
pub(super) fn unit(
    context: &Context<'_>,
    start: usize,
    end: usize,
) -> Option<(usize, UnitKind, &'static str)> {
    let at = context.skip_space(end);
    let spaced = at > end;
    let rest = context.rest(at);
    let unit = context.tables.units(context.str(at)).iter().find(|unit| {
        rest.starts_with(unit.written) && ends_word(&rest[unit.written.len()..], unit.written)
    })?;
    let short = unit.written.chars().count() == 1;
    let next = context.token_at(at, context.tokens[at].start + unit.written.len());
    let refused = match unit.written {
        // "thông điệp 5K" is a name, "25K" a price.
        "K" if context.str(start).len() < 2 => true,
        // "vàng 24K"
        "k" | "K"
            if context
                .words_before(start)
                .last()
                .is_some_and(|w| w == "vàng") =>
        {
            true
        }
        "k" | "K" | "s" | "p" | "V" | "h" | "TB" | "L" if spaced => true,
        // "khoản 4g" has a letter; "100g đường" has a unit.
        _ if short && !spaced && context.cue(start, Cue::Law) => true,
        // "15 đ/c" counts comrades.
        "đ" | "Đ" if context.str(next) == "/" && matches!(context.str(next + 1), "c" | "C") => {
            true
        }
        _ => false,
    };
    (!refused).then_some((next, unit.kind, unit.spoken))
}

/// "giá (đ/kg)", "người/km2", "tấn/ha": a rate without its number.
pub(super) fn rate(context: &Context<'_>, at: usize) -> Option<Found> {
    let slash = at + 1;
    if context.str(slash) != "/" || !context.free_before(at) || counted_before(context, at) {
        return None;
    }
    let of = |at: usize| {
        let rest = context.rest(at);
        let mut units = context.tables.units(context.str(at)).iter();
        units.find(|unit| {
            rest.starts_with(unit.written) && ends_word(&rest[unit.written.len()..], unit.written)
        })
    };
    let ends = |at: usize, written: &str| {
        let end = context.tokens[at].start + written.len();
        context.token_at(at, end)
    };
    // "m3/s" is a unit of its own.
    if let Some(whole) = of(at).filter(|unit| unit.written.contains('/')) {
        return Some(Found::new(
            Class::Measure,
            ends(at, whole.written),
            whole.spoken,
        ));
    }
    let money = of(at).filter(|unit| unit.kind == UnitKind::Money);
    let noun = context.next_is(at, Cue::Counted) || context.next_is(at, Cue::Rate);
    let amount = of(at).filter(|unit| unit.kind == UnitKind::Measure);
    let (head, joint) = match (money, amount) {
        (Some(money), _) => (money.spoken, "một"),
        (None, Some(amount)) if context.str(at).len() > 1 => (amount.spoken, "trên"),
        _ if noun => (context.str(at), "trên"),
        _ => return None,
    };
    let per = of(slash + 1).filter(|unit| unit.kind == UnitKind::Measure);
    let spoken = match per {
        // One letter behind a slash may be a code: "đ/c", "người/l".
        Some(per) if per.written.len() > 1 => {
            let end = ends(slash + 1, per.written);
            return Some(Found::new(
                Class::Rate,
                end,
                format!("{} {joint} {}", accented(context, head), per.spoken),
            ));
        }
        _ if money.is_some() && context.next_is(slash + 1, Cue::Rate) => {
            format!("{} một", accented(context, head))
        }
        _ => return None,
    };
    Some(Found::new(Class::Rate, slash + 1, spoken))
}

/// Whether a number stands before, with nothing but words between.
fn counted_before(context: &Context<'_>, at: usize) -> bool {
    const REACH: usize = 4;
    let words = (0..at).rev().take(REACH);
    let mut rest = words.skip_while(|i| matches!(context.kind(*i), Some(Kind::Word | Kind::Space)));
    rest.next().is_some_and(|i| context.is_number(i))
}

/// A currency sign, a minus or a comparison directly before a number.
pub(super) fn signed(context: &Context<'_>, at: usize) -> Option<Found> {
    let sign = context.str(at);
    if !context.is_number(at + 1) {
        return None;
    }
    match sign {
        "$" | "€" | "£" => {
            let number = number(context, at + 1)?;
            let mut spoken = number.count(context.accent);
            let mut end = number.end;
            if let Some((next, UnitKind::Scale, word)) = unit(context, at + 1, end) {
                push_word(&mut spoken, word);
                end = next;
            }
            let name = match sign {
                "€" => "ơ rô",
                "£" => "bảng Anh",
                _ => "đô la",
            };
            push_word(&mut spoken, name);
            Some(Found::new(Class::Money, end, spoken))
        }
        "-" | "–" if minus(context, at) => Some(Found::new(Class::Symbol, at + 1, "âm")),
        _ => None,
    }
}

fn minus(context: &Context<'_>, at: usize) -> bool {
    // A line that is a number and nothing else is no item of a list.
    if at == 0 {
        let words = (1..context.tokens.len())
            .any(|i| context.str(i).chars().count() > 3 && context.is_word(i));
        return !words || degrees(context, at);
    }
    let before = Context::previous(at);
    let detached = at == 0 || matches!(context.str(before), " " | "(" | "\u{a0}" | ":");
    let twice = at >= 2 && context.is_number(at - 2);
    let opened = (0..at)
        .rev()
        .find(|i| context.kind(*i) != Some(Kind::Space))
        .is_some_and(|i| matches!(context.str(i), ":" | "("));
    let share =
        || opened && tag(context, at + 1).is_some_and(|found| found.class == Class::Percent);
    detached && !twice && (context.cue_here(at, Cue::Minus) || degrees(context, at) || share())
}

/// Whether degrees of heat stand behind the sign.
fn degrees(context: &Context<'_>, at: usize) -> bool {
    super::number::number(context, at + 1)
        .is_some_and(|n| unit(context, at + 1, n.end).is_some_and(|u| u.2.starts_with("độ")))
}
