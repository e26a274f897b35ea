//! Short telephone numbers, which only the words around them tell from other numbers.

use super::phone::{Groups, Typed, begins, closes, digits_end, typed};
use crate::text::{is_word, small, words};

/// A local or short number behind words that ask for one.
pub(super) fn short(text: &str, start: usize, run: usize) -> Option<Typed> {
    const DESKS: [&str; 4] = ["tổng đài", "đường dây nóng", "hotline", "đầu số"];
    const LINES: [&str; 7] = ["điện thoại", "đt", "sđt", "tel", "fax", "máy", "phone"];
    // At least three digits, perhaps in groups.
    let mut groups = Groups::new(text, start);
    while groups.digits.len() < 3 {
        if !groups.next() {
            return None;
        }
    }
    let before = lower_before(text, start);
    let cue = before.trim_end_matches([' ', '\u{a0}', ':', '.', '(']);
    let cue = cue.strip_suffix("số").map_or(cue, str::trim_end);
    let asks = |cues: &[&str]| cues.iter().any(|one| ends_with_word(cue, one));
    if asks(&DESKS) && (3..=6).contains(&(run - start)) && closes(text, run) {
        let value = text[start..run].to_owned();
        return (!is_counted(text, run)).then(|| typed(text, start..run, value, false));
    }
    if !asks(&LINES) && !asks(&DESKS) {
        return None;
    }
    let mut groups = Groups::new(text, start);
    let mut best = None;
    while groups.next() && groups.digits.len() <= 8 {
        if groups.digits.len() >= 7 && closes(text, groups.end) {
            best = Some((groups.end, groups.digits.clone()));
        }
    }
    let (end, value) = best.filter(|(end, _)| !is_counted(text, *end))?;
    Some(typed(text, start..end, value, true))
}

/// One of the numbers from 111 to 119 where a telephone is meant.
pub(super) fn hotline(text: &str, start: usize, run: usize, last: Option<usize>) -> Option<Typed> {
    let is_one = |start: usize| {
        let end = digits_end(text, start);
        (end - start == 3 && text[start..end].starts_with("11") && !text[start..end].ends_with('0'))
            .then_some(end)
    };
    is_one(start)?;
    let tight = !begins(text, start);
    let listed = last.is_some_and(|end| is_list_gap(&text[end..start]));
    if (tight && !listed) || is_counted(text, run) {
        return None;
    }
    let after = text[run..].chars().next();
    if after.is_some_and(|c| is_word(c) || matches!(c, '/' | '%')) {
        return None;
    }
    let heads_list = || {
        let next = run + list_gap(&text[run..]);
        next > run && is_one(next).is_some()
    };
    let asked =
        listed || (!tight && closes_hotline(text, run) && (is_asked(text, start) || heads_list()));
    asked.then(|| typed(text, start..run, text[start..run].to_owned(), false))
}

/// What follows a hotline: another one of a list, or no digit at all.
fn closes_hotline(text: &str, run: usize) -> bool {
    closes(text, run) || text[run..].starts_with('-')
}

/// The bytes between two numbers of a list.
fn list_gap(text: &str) -> usize {
    let rest = text.trim_start_matches(' ');
    let words = ["-", "–", ",", "/", "hoặc", "và", ";", "or", "and"];
    let rest = words.iter().find_map(|word| rest.strip_prefix(word));
    rest.map_or(0, |rest| text.len() - rest.trim_start_matches(' ').len())
}

fn is_list_gap(gap: &str) -> bool {
    gap.len() < 16 && list_gap(gap) == gap.len() && !gap.is_empty()
}

/// Whether the words before a short number speak of a telephone.
fn is_asked(text: &str, start: usize) -> bool {
    const NUMBERED: [&str; 17] = [
        "nhà",
        "định",
        "tư",
        "thị",
        "quyết",
        "hoạch",
        "văn",
        "báo",
        "lệnh",
        "luật",
        "đường",
        "ngõ",
        "hẻm",
        "phòng",
        "bài",
        "tờ",
        "tổ",
    ];
    const CUES: [&str; 15] = [
        "gọi",
        "điện thoại",
        "đường dây nóng",
        "tổng đài",
        "hotline",
        "đt",
        "sđt",
        "liên hệ",
        "bấm",
        "quay số",
        "số máy",
        "call",
        "dial",
        "phone",
        "ring",
    ];
    let before = lower_before(text, start);
    let sentence = before.rsplit(['.', '!', '?']).next().unwrap_or_default();
    if CUES.iter().any(|cue| has_word(sentence, cue)) {
        return true;
    }
    // "số 113" alone is a telephone number unless a house or a document is numbered.
    let mut back = words(sentence).map(|(_, word)| word).collect::<Vec<_>>();
    back.pop() == Some("số") && back.pop().is_none_or(|word| !NUMBERED.contains(&word))
}

/// Whether the words before say that the digits name a person or an account.
pub(super) fn is_identity(text: &str, start: usize) -> bool {
    const IDENTITY: [&str; 11] = [
        "tài khoản",
        "stk",
        "cccd",
        "cmnd",
        "căn cước",
        "mã số",
        "mst",
        "hộ chiếu",
        "định danh",
        "số thẻ",
        "mã",
    ];
    const PHONE: [&str; 8] = [
        "gọi",
        "điện thoại",
        "đt",
        "sđt",
        "tổng đài",
        "hotline",
        "liên hệ",
        "zalo",
    ];
    let before = lower_before(text, start);
    let last = |cues: &[&str]| cues.iter().filter_map(|cue| before.rfind(cue)).max();
    last(&IDENTITY).is_some_and(|identity| last(&PHONE).is_none_or(|phone| phone < identity))
}

/// Whether what follows a number is what it counts.
pub(super) fn is_counted(text: &str, end: usize) -> bool {
    const COUNTED: [&str; 58] = [
        "hộ",
        "người",
        "vụ",
        "xã",
        "phường",
        "đối",
        "cái",
        "chiếc",
        "trường",
        "đồng",
        "triệu",
        "tỷ",
        "tỉ",
        "nghìn",
        "ngàn",
        "km",
        "m",
        "m2",
        "ha",
        "kg",
        "tấn",
        "mét",
        "ngày",
        "tháng",
        "lượt",
        "điểm",
        "ấp",
        "khu",
        "tin",
        "cuộc",
        "bài",
        "trang",
        "đường",
        "phố",
        "thôn",
        "gia",
        "hội",
        "mô",
        "camera",
        "cán",
        "chiến",
        "em",
        "cháu",
        "học",
        "suất",
        "phần",
        "giờ",
        "phút",
        "bản",
        "nguồn",
        "đơn",
        "tổ",
        "nội",
        "việc",
        "điều",
        "đoàn",
        "công",
        "people",
    ];
    let rest = text[end..].trim_start_matches([' ', '\u{a0}']);
    let gap = text.len() - end - rest.len();
    let word = rest.split(|c: char| !is_word(c)).next();
    let word = word.unwrap_or_default().to_lowercase();
    gap > 0 && COUNTED.contains(&word.as_str())
}

/// The text before a place in small letters, as far back as words can matter.
fn lower_before(text: &str, start: usize) -> String {
    let from = text.floor_char_boundary(start.saturating_sub(64));
    text[from..start].chars().map(small).collect()
}

fn ends_with_word(text: &str, word: &str) -> bool {
    text.strip_suffix(word)
        .is_some_and(|rest| !rest.ends_with(is_word))
}

fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        !text[..at].ends_with(is_word) && !text[at + word.len()..].starts_with(is_word)
    })
}

#[cfg(test)]
mod tests {
    use super::super::phone::phones;

    fn found(text: &str) -> Vec<String> {
        phones(text).into_iter().map(|phone| phone.value).collect()
    }

    #[test]
    fn hotlines_need_a_telephone_around_them() {
        for (text, numbers) in [
            ("Bà con gọi 113.", &["113"][..]),
            ("gọi ngay cho công an theo số 116", &["116"]),
            ("113 - 114 - 115", &["113", "114", "115"]),
            ("Gọi 113, 114 hoặc 115 khi cần", &["113", "114", "115"]),
            ("113-114-115", &["113", "114", "115"]),
            ("Hãy nhớ số 113 khi cần", &["113"]),
            ("xã có 113 hộ dân", &[]),
            ("gọi 113 người dự họp", &[]),
            ("nhà số 113 đường Lê Lợi", &[]),
            ("Nghị định số 113", &[]),
            ("trang 113, Điều 114", &[]),
            ("Kế hoạch số 113/KH-UBND", &[]),
            ("tăng 113%", &[]),
            ("gọi 113/2020", &[]),
        ] {
            assert_eq!(found(text), numbers, "{text}");
        }
    }
}
