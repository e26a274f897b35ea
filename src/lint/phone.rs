//! Telephone numbers as people type them into running text.
//!
//! A number is found by its shape (`0273 3 872 222`, `+84 …`, `1900 1234`), or, when it is short, by the
//! words before it (`tổng đài 1022`, `gọi 113`). Years, money, documents, identity and account numbers
//! are none.

use std::ops::Range;

use super::asked::{hotline, is_identity, short};
use crate::text::{is_word, next_byte};

/// A telephone number in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Typed {
    pub(super) range: Range<usize>,
    /// As typed, spaces made single.
    pub(super) written: String,
    /// What is dialled inside the country.
    pub(super) value: String,
    /// Whether it lacks the area code.
    pub(super) local: bool,
}

/// Digits as they are dialled inside the country: `+84 273…` and `0084 273…` are `0273…`.
pub(super) fn value(dial: &str) -> String {
    let digits: String = dial.chars().filter(char::is_ascii_digit).collect();
    let foreign = digits.strip_prefix("0084");
    match foreign.or_else(|| digits.strip_prefix("84").filter(|_| dial.starts_with('+'))) {
        Some(rest) => format!("0{}", rest.trim_start_matches('0')),
        None => digits,
    }
}

/// The number of a `tel:` address.
pub(super) fn dialled(address: &str) -> Option<Typed> {
    let number = address.split([';', '?']).next().unwrap_or_default();
    let number = number.replace("%20", " ");
    let value = value(number.trim());
    (value.len() >= 3).then(|| Typed {
        range: 0..0,
        written: number.trim().to_owned(),
        value,
        local: false,
    })
}

/// The web and mail addresses of a text, whose digits are none of a telephone number.
pub(super) fn addresses(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    if !["://", "www.", "@"].iter().any(|mark| text.contains(mark)) {
        return out;
    }
    let mut start = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        if word.contains("://") || word.contains("www.") || word.contains('@') {
            out.push(start..start + word.len());
        }
        start += word.len();
    }
    out
}

/// The telephone numbers of a text, in order.
pub(super) fn phones(text: &str) -> Vec<Typed> {
    let mut out: Vec<Typed> = Vec::new();
    let mut at = 0;
    while let Some(start) = next_digit(text, at) {
        let run = digits_end(text, start);
        let last = out.last().map(|phone| phone.range.end);
        let typed = begins(text, start)
            .then(|| shaped(text, start).or_else(|| short(text, start, run)))
            .flatten()
            .or_else(|| {
                // From 111 to 119.
                let may_be = text[start..run].starts_with("11") && run - start == 3;
                may_be.then(|| hotline(text, start, run, last)).flatten()
            });
        at = typed.as_ref().map_or(run, |phone| phone.range.end);
        out.extend(typed);
    }
    out
}

/// The first digit of a text from a place on.
pub(super) fn next_digit(text: &str, from: usize) -> Option<usize> {
    next_byte(text, from, |byte| byte.is_ascii_digit())
}

/// Whether a number can begin here, rather than go on.
pub(super) fn begins(text: &str, start: usize) -> bool {
    let mut before = text[..start].chars().rev();
    match before.next() {
        Some(c) if is_word(c) => false,
        Some('.' | ',' | '/' | '-' | '–' | '_') => !before.next().is_some_and(is_word),
        _ => true,
    }
}

pub(super) fn digits_end(text: &str, start: usize) -> usize {
    let more = text[start..].bytes().take_while(u8::is_ascii_digit).count();
    start + more
}

/// A number that its digits give away: the longest sound one that begins here.
fn shaped(text: &str, start: usize) -> Option<Typed> {
    let marked = text[..start].ends_with(['+', '(']);
    if !marked
        && !["0", "18", "19"]
            .iter()
            .any(|one| text[start..].starts_with(one))
    {
        return None;
    }
    let (mut from, mut plus) = (start, false);
    if text[..from].ends_with('+') {
        (from, plus) = (from - 1, true);
    }
    if text[..from].ends_with('(') {
        from -= 1;
    }
    let bracketed = text[from..].starts_with('(');
    let mut best = None;
    let mut groups = Groups::new(text, start);
    while groups.next() && groups.digits.len() <= 15 {
        let abroad = bracketed && groups.first == "84";
        if sound(&groups, plus || abroad) && closes(text, groups.end) {
            let value = if plus || abroad {
                value(&format!("+{}", groups.digits))
            } else {
                value(&groups.digits)
            };
            best = Some((groups.end, value));
        }
    }
    let (end, value) = best?;
    let bracket = text[..from].ends_with('(') && text[end..].starts_with(')');
    let range = from - usize::from(bracket)..end + usize::from(bracket);
    (!is_identity(text, start)).then(|| typed(text, range, value, false))
}

pub(super) fn typed(text: &str, range: Range<usize>, value: String, local: bool) -> Typed {
    let words: Vec<&str> = text[range.clone()].split_whitespace().collect();
    Typed {
        range,
        written: words.join(" "),
        value,
        local,
    }
}

/// Whether the digits so far are a whole number.
fn sound(groups: &Groups<'_>, plus: bool) -> bool {
    let digits = groups.digits.as_str();
    let count = digits.len();
    if plus {
        return match digits.strip_prefix("84") {
            Some(rest) => (9..=10).contains(&rest.trim_start_matches('0').len()),
            None => (8..=13).contains(&count),
        };
    }
    if let Some(rest) = digits.strip_prefix("0084") {
        return (9..=10).contains(&rest.trim_start_matches('0').len());
    }
    if digits.starts_with("1800") || digits.starts_with("1900") {
        return groups.first.len() >= 4 && matches!(count, 8 | 10) && !groups.is_years();
    }
    let area = groups.first.len() >= 3 || (groups.first.len() == 2 && groups.second.len() >= 4);
    match digits.as_bytes().get(..2) {
        Some(b"02") => area && matches!(count, 10 | 11),
        Some(b"01") => area && count == 11,
        Some([b'0', b'3'..=b'9']) => area && count == 10,
        _ => false,
    }
}

/// Whether a number can end here.
pub(super) fn closes(text: &str, end: usize) -> bool {
    let mut after = text[end..].chars();
    match after.next() {
        Some('/' | '%') => false,
        Some(c) if is_word(c) => false,
        Some('.' | ',' | '-') => !after.next().is_some_and(|c| c.is_ascii_digit()),
        _ => true,
    }
}

/// Groups of digits with what may stand between two of them.
pub(super) struct Groups<'t> {
    text: &'t str,
    pub(super) end: usize,
    pub(super) digits: String,
    count: usize,
    first: &'t str,
    second: &'t str,
    hyphen: bool,
}

impl<'t> Groups<'t> {
    pub(super) fn new(text: &'t str, start: usize) -> Groups<'t> {
        Groups {
            text,
            end: start,
            digits: String::new(),
            count: 0,
            first: "",
            second: "",
            hyphen: false,
        }
    }

    /// Takes one more group.
    pub(super) fn next(&mut self) -> bool {
        let start = match self.count {
            0 => Some(self.end),
            _ => self.gap(),
        };
        let Some(start) = start else { return false };
        let end = digits_end(self.text, start);
        if start == end {
            return false;
        }
        let group = &self.text[start..end];
        match self.count {
            0 => self.first = group,
            1 => self.second = group,
            _ => {}
        }
        self.digits.push_str(group);
        self.count += 1;
        self.end = end;
        true
    }

    /// Where the next group begins: behind spaces, one mark, or the bracket around an area code.
    fn gap(&mut self) -> Option<usize> {
        let rest = &self.text[self.end..];
        let closed = rest.strip_prefix(')').unwrap_or(rest);
        let spaced = closed.trim_start_matches([' ', '\u{a0}']);
        let mark = spaced.chars().next()?;
        let behind = &spaced[mark.len_utf8()..];
        let next = match mark {
            '.' if spaced.len() == closed.len() => behind,
            '-' | '–' => {
                self.hyphen |= self.count == 1;
                let tight = spaced.len() == closed.len() && !behind.starts_with(' ');
                let area = self.count == 1 && self.first.starts_with('0');
                if !(tight || area) {
                    return None;
                }
                behind.trim_start_matches(' ')
            }
            // `+84 (0) 273`.
            '(' if self.count == 1 && behind.starts_with("0)") => behind,
            _ if mark.is_ascii_digit() => spaced,
            _ => return None,
        };
        Some(self.text.len() - next.len())
    }

    /// `1900-1975` is a span of years.
    fn is_years(&self) -> bool {
        self.hyphen && self.count == 2 && self.second.len() == 4
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        phones(text).into_iter().map(|phone| phone.value).collect()
    }

    #[test]
    fn numbers_are_found_however_they_are_grouped() {
        for written in [
            "0273 3 872 222",
            "0273.3872222",
            "(0273) 3.872.222",
            "0273-3872222",
            "02733872222",
            "0273 - 3872222",
            "+84 273 3872222",
            "(+84) 273 3 872 222",
            "0084 273 3872222",
            "+84 (0) 273 3872 222",
            "(84) 273 3872222",
            "+842733872222",
            "0273\u{a0}3872\u{a0}222",
        ] {
            let text = format!("Trực ban: {written}, cả ngày.");
            assert_eq!(found(&text), ["02733872222"], "{written}");
        }
        assert_eq!(
            found("gọi 0912.345.678 hoặc 0769.04.04.04"),
            ["0912345678", "0769040404"]
        );
        assert_eq!(
            found("gọi 0912345678 - 0987654321"),
            ["0912345678", "0987654321"]
        );
        assert_eq!(
            found("1900 1234, 18001567 và 1900 123 456"),
            ["19001234", "18001567", "1900123456"]
        );
        assert_eq!(found("tổng đài 1022, ĐT: 3.872.222"), ["1022", "3872222"]);
        assert_eq!(found("call +1 650 253 0000"), ["16502530000"]);
        assert_eq!(found("0273 3872222. 15 người"), ["02733872222"]);
    }

    #[test]
    fn what_is_no_telephone_number_is_left_alone() {
        for text in [
            "năm 2026",
            "1.500.000 đồng",
            "1.900.123.456 đồng",
            "06/2014/NĐ-CP",
            "ngày 01/7/2025",
            "01-07-2025",
            "CCCD 082090001234",
            "079 123 456 789",
            "số tài khoản 0271001234",
            "mã số thuế 0300123456",
            "giai đoạn 1900-1975",
            "63B1 123.45",
            "tọa độ 10.3546",
            "số 0",
            "A0912345678",
            "0912345678/2020",
            "2.345.678",
            "19/8",
            "24/24 giờ",
            "7 giờ 30",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn addresses_are_no_text() {
        let text = "xem https://a.vn/0912345678 và thư a0912345678@b.vn nhé";
        let inside: Vec<&str> = addresses(text)
            .into_iter()
            .map(|url| text[url].trim())
            .collect();
        assert_eq!(inside, ["https://a.vn/0912345678", "a0912345678@b.vn"]);
    }

    #[test]
    fn a_link_dials_what_it_says() {
        assert_eq!(
            dialled("+84-273-3872222")
                .map(|phone| phone.value)
                .as_deref(),
            Some("02733872222")
        );
        assert_eq!(
            dialled("113").map(|phone| phone.value).as_deref(),
            Some("113")
        );
        assert_eq!(dialled("x"), None);
    }
}
