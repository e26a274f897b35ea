//! Telephone numbers and short codes.

use crate::reading::context::{Context, capitalized};
use crate::reading::scan::Kind;
use crate::reading::tables::Cue;
use crate::reading::tag::{Class, Found};
use crate::reading::verbalize::{self, push_word};

/// Numbers that everybody may call.
const SERVICES: [&str; 7] = ["111", "112", "113", "114", "115", "1022", "18001091"];

/// A masked number has at most this many tokens.
const MOST_GROUPS: usize = 10;

/// A telephone number by its shape, or any number behind a word that asks for one.
pub(super) fn tag(context: &Context<'_>, at: usize) -> Option<Found> {
    if !context.free_before(at) {
        return None;
    }
    if let Some(found) = masked(context, at).or_else(|| series(context, at)) {
        return Some(found);
    }
    let (end, digits) = extent(context, at)?;
    let maybe = context.cue(at, Cue::MaybePhone)
        && (SERVICES.contains(&digits.as_str()) || alone(context, end));
    let words = (context.cue(at, Cue::Phone) || maybe) && !road(context, at, &digits);
    let joined = || context.joined_number(at) == Some(Class::Phone);
    let cue = words || joined() || asked_for(context, at, &digits);
    let first = digits.as_bytes().first().copied()?;
    let written = &context.text[context.tokens[at].start..context.tokens[end - 1].end];
    let shaped = match digits.len() {
        10 if digits.starts_with("1900") || digits.starts_with("1800") => {
            end.checked_sub(3).is_some_and(|i| context.is_number(i))
        }
        10 | 11 => first == b'0' || (written.starts_with('+') && digits.starts_with("84")),
        12 => written.starts_with('+'),
        8 => digits.starts_with("1900") || digits.starts_with("1800"),
        _ => false,
    };
    let coded = cue && digits.len() >= 3 && short(context, end, &digits);
    if !shaped && !coded {
        return None;
    }
    let because = match (shaped, words) {
        (true, _) => "shape",
        (false, true) => "words-before",
        (false, false) => "sentence",
    };
    Some(Found::new(Class::Phone, end, verbalize::phone(written)).because(because))
}

/// Whether no noun follows that the number could count, here or behind the other end of a range.
fn alone(context: &Context<'_>, end: usize) -> bool {
    const JOINING: [&str; 14] = [
        "hoặc", "và", "khi", "để", "nếu", "ngay", "trước", "trong", "từ", "của", "hay", "là",
        "gặp", "nhánh",
    ];
    let mark = context.skip_space(end);
    let next = if matches!(context.str(mark), "-" | "–" | "đến") {
        context.skip_space(context.skip_space(mark + 1) + 1)
    } else {
        mark
    };
    !context.is_word(next) || JOINING.contains(&context.str(next))
}

/// "ĐT.867" is a road, "ĐT: 113" a telephone.
fn road(context: &Context<'_>, at: usize, digits: &str) -> bool {
    digits.len() == 3
        && !digits.starts_with(['0', '1'])
        && context.words_before(at).last().is_some_and(|w| w == "đt")
        && context.str(Context::previous(at)) != ":"
        && context.str(at.saturating_sub(2)) != ":"
}

/// A service number, the prefix of a foreign one, or the number a message goes to, where the
/// sentence speaks of calling although the words directly before do not.
fn asked_for(context: &Context<'_>, at: usize, digits: &str) -> bool {
    const REACH: usize = 18;
    const CALLING: [&str; 10] = [
        "gọi", "đài", "nóng", "hotline", "cuộc", "đầu", "máy", "khẩn", "quay", "bấm",
    ];
    if SERVICES.contains(&digits) {
        return (context.said_before(at, &CALLING, REACH)
            || named_behind(context, at + 1)
            || explained(context, at)
            || service_before(context)
            || *context.words_before(at) == ["số"])
            && !context.cue(at, Cue::Law)
            && !addressed(context, at);
    }
    let before = context.words_before(at);
    let word = before.last().map_or("", String::as_str);
    if context.str(at) == "+" {
        let prefix = (2..=4).contains(&digits.len());
        return prefix && context.said_before(at, &["số", "gọi", "sim", "thoại"], REACH);
    }
    matches!(word, "đến" | "tới" | "gửi" | "số" | "về")
        && (3..=4).contains(&digits.len())
        && context.said_before(at, &["nhắn", "soạn"], REACH)
}

/// "113/114/115", "113 – 114 – 115": service numbers side by side are neither a fraction nor a range.
fn series(context: &Context<'_>, at: usize) -> Option<Found> {
    let service = |at: usize| SERVICES.contains(&context.number(at));
    let mut end = at + 1;
    let mut spoken = String::new();
    if service(at) {
        spoken = verbalize::digits(context.number(at));
        loop {
            let mark = context.skip_space(end);
            let next = context.skip_space(mark + 1);
            if !matches!(context.str(mark), "/" | "-" | "–") || !service(next) {
                break;
            }
            spoken.push(',');
            push_word(&mut spoken, &verbalize::digits(context.number(next)));
            end = next + 1;
        }
    }
    let several = end > at + 1 && !context.str(end).starts_with('/');
    let counted = !short(context, end, "") || context.cue(at, Cue::Law);
    (several && !counted && !addressed(context, at))
        .then(|| Found::new(Class::Phone, end, spoken).because("shape"))
}

/// "114 (chữa cháy)", "lực lượng 113": what is said of a number tells that it is called.
fn explained(context: &Context<'_>, at: usize) -> bool {
    const SERVING: [&str; 8] = ["công", "cảnh", "chữa", "cứu", "cấp", "báo", "pccc", "PCCC"];
    let bracket = context.skip_space(at + 1);
    context.str(bracket) == "(" && SERVING.contains(&context.str(bracket + 1))
        || context
            .words_before(at)
            .ends_with(&["lực".to_owned(), "lượng".to_owned()])
}

/// Whether the number before this one was that of a service.
fn service_before(context: &Context<'_>) -> bool {
    context.number.is_some_and(|(class, start, _)| {
        class == Class::Phone && SERVICES.contains(&context.number(start))
    })
}

/// "112 là số tìm kiếm cứu nạn"
fn named_behind(context: &Context<'_>, end: usize) -> bool {
    context.str(end + 1) == "là" && matches!(context.str(end + 3), "số" | "tổng" | "đường" | "đầu")
        || context.str(end + 1) == "nhánh"
}

/// "số 115 Nguyễn Huệ", "nhà 114": a house.
fn addressed(context: &Context<'_>, at: usize) -> bool {
    let next = context.str(context.skip_space(at + 1));
    let house = context.words_before(at).iter().rev().take(2).any(|word| {
        matches!(
            word.as_str(),
            "nhà" | "chỉ" | "tại" | "hẻm" | "căn" | "phòng" | "lô"
        )
    });
    house
        || matches!(next, "đường" | "ấp" | "khu" | "phố" | "hẻm" | "lộ")
        || context.cue_here(at, Cue::House) && capitalized(next)
}

/// "0963.xxx.113", "1900xxxx", "+882 xxx": a number whose owner is not given away.
fn masked(context: &Context<'_>, at: usize) -> Option<Found> {
    let plus = context.str(at) == "+";
    let first = at + usize::from(plus);
    let start = context.number(first);
    let phone = plus || start.starts_with('0') || matches!(start, "1900" | "1800" | "113");
    if !phone || start.len() > 8 {
        return None;
    }
    let mut spoken = String::from(if plus { "cộng" } else { "" });
    push_word(&mut spoken, &verbalize::digits(start));
    let (mut end, mut masks) = (first + 1, 0);
    while end < at + MOST_GROUPS {
        let gap = matches!(context.str(end), "." | "-" | " " | "*");
        let next = end + usize::from(gap);
        let group = context.str(next);
        let hidden = context.is_word(next) && group.len() > 1;
        if hidden && group.bytes().all(|b| matches!(b, b'x' | b'X')) {
            masks += 1;
        } else if !context.is_number(next) || masks == 0 {
            break;
        }
        if gap {
            spoken.push(',');
        }
        for _ in 0..if hidden { group.len().min(8) } else { 0 } {
            push_word(&mut spoken, "ích");
        }
        push_word(&mut spoken, &verbalize::digits(group));
        end = next + 1;
    }
    (masks > 0).then(|| Found::new(Class::Phone, end, spoken).because("masked"))
}

/// A counted noun or a unit right behind makes a short number a quantity.
fn short(context: &Context<'_>, end: usize, digits: &str) -> bool {
    if digits.len() > 8 {
        return true;
    }
    let mark = context.skip_space(end);
    let other = context.skip_space(mark + 1);
    // "400 – 600 nghìn"
    let range = matches!(context.str(mark), "-" | "–")
        && context.is_number(other)
        && (context.next_is(other + 1, Cue::Counted)
            || super::measure::unit(context, other, other + 1).is_some());
    !context.next_is(end, Cue::Counted)
        && !range
        && !context.str(end).starts_with(['%', '/', '₫'])
        && super::measure::unit(context, end - 1, end).is_none()
}

/// The tokens and digits of a number in groups, as far as it may be one telephone number.
fn extent(context: &Context<'_>, at: usize) -> Option<(usize, String)> {
    let mut i = at;
    let mut digits = String::new();
    let bracket = context.str(at) == "(";
    if bracket || context.str(at) == "+" {
        i += 1;
    }
    if bracket && context.str(i) == "+" {
        i += 1;
    }
    digits.push_str(context.number(i));
    if digits.is_empty() || digits.len() > 12 || (bracket && context.str(i + 1) != ")") {
        return None;
    }
    i += 1;
    if bracket {
        i += 1;
    }
    let wanted = wanted(&digits, context.str(at) == "+");
    let abroad = context.str(at) == "+" && digits.starts_with("84");
    let area = |i: usize| {
        let bracket = context.skip_space(i);
        (abroad && context.str(bracket) == "(" && context.str(bracket + 2) == ")")
            .then_some(bracket + 1)
            .filter(|i| context.is_number(*i))
    };
    while let Some(next) = next_group(context, i).or_else(|| area(i)) {
        let group = context.number(next);
        if digits.len() + group.len() > wanted || digits.len() + 1 > wanted {
            break;
        }
        digits.push_str(group);
        i = next + 1;
    }
    if context.kind(i) == Some(Kind::Word) {
        return None;
    }
    Some((i, digits))
}

/// The longest number of the kind that begins with these digits.
fn wanted(start: &str, plus: bool) -> usize {
    match start {
        _ if plus => 12,
        _ if start.starts_with("02") => 11,
        "1800" | "1900" => 10,
        _ if start.starts_with("18") || start.starts_with("19") => 8,
        _ if start.starts_with('0') => 10,
        _ if start.len() <= 2 || start.len() >= 5 => start.len().max(9),
        _ => 8,
    }
}

/// The next group behind one separator.
fn next_group(context: &Context<'_>, at: usize) -> Option<usize> {
    let next = match context.str(at) {
        "." | "-" | " " | "\u{a0}" | ")" | "–" => at + 1,
        _ => return None,
    };
    let next = if context.str(at) == ")" {
        context.skip_space(next)
    } else {
        next
    };
    (context.number(next).len() >= 2)
        .then_some(next)
        .or_else(|| {
            // A single digit stands alone only inside: (0277) 3 851 999.
            (context.number(next).len() == 1 && context.number(next + 2).len() == 3).then_some(next)
        })
}
