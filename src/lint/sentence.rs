//! Sentences of written text.

use std::ops::Range;

use crate::text::next_byte;

/// Abbreviations whose dot ends no sentence.
const DOTTED: [&str; 21] = [
    "TP", "Tp", "TX", "Tx", "TT", "Q", "P", "H", "T", "KP", "ĐT", "GS", "PGS", "TS", "ThS", "BS",
    "Nxb", "tr", "St", "Dr", "No",
];

/// What may stand behind the mark at the end of a sentence.
const CLOSING: [char; 9] = ['.', '!', '?', '…', '"', '”', '’', ')', ']'];

/// Whether a byte may end a sentence; the last is the first byte of `…`.
fn is_mark(byte: u8) -> bool {
    // Without branches: it is asked of many bytes at once.
    let marks = [b'.', b'!', b'?', b';', 0xe2].map(|mark| u8::from(byte == mark));
    marks.iter().fold(0, |any, mark| any | mark) != 0
}

/// The sentences of a text, without the spaces around them.
pub(super) fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let (mut start, mut from) = (0, 0);
    while let Some(at) = next_byte(text, from, is_mark) {
        let mark = match text.as_bytes()[at] {
            0xe2 if text[at..].starts_with('…') => "…",
            0xe2 => "",
            _ => &text[at..=at],
        };
        let end = at + mark.len();
        if mark.is_empty() || !ends(text, start, at, mark) {
            from = at + 1;
            continue;
        }
        // Closing quotes and brackets, and further marks, belong to the sentence.
        let rest = &text[end..];
        let close = rest.trim_start_matches(CLOSING);
        let close = text.len() - close.len();
        push(text, start..close, &mut out);
        (start, from) = (close, close);
    }
    push(text, start..text.len(), &mut out);
    out
}

fn push(text: &str, range: Range<usize>, out: &mut Vec<Range<usize>>) {
    let words = text[range.clone()].trim_start();
    let start = range.end - words.len();
    let end = start + words.trim_end().len();
    if start < end {
        out.push(start..end);
    }
}

fn ends(text: &str, start: usize, at: usize, mark: &str) -> bool {
    let rest = text[at + mark.len()..].trim_start_matches(CLOSING);
    if !rest.is_empty() && !rest.starts_with(char::is_whitespace) {
        return false;
    }
    if mark != "." {
        return true;
    }
    let word = text[start..at]
        .rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '“' | '"'))
        .next()
        .unwrap_or_default();
    let next = rest.trim_start().chars().next();
    if word.ends_with(".v") || word == "v" {
        return next.is_none_or(char::is_uppercase);
    }
    !DOTTED.contains(&word) || next.is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        sentences(text)
            .into_iter()
            .map(|range| &text[range])
            .collect()
    }

    #[test]
    fn sentences_end_at_marks_and_not_at_abbreviations_or_numbers() {
        assert_eq!(
            cut("Một. Hai! Ba? Bốn… Năm; sáu"),
            ["Một.", "Hai!", "Ba?", "Bốn…", "Năm;", "sáu"]
        );
        assert_eq!(
            cut("Ở TP. Mỹ Tho, Q. 1 và 1.500 hộ."),
            ["Ở TP. Mỹ Tho, Q. 1 và 1.500 hộ."]
        );
        assert_eq!(
            cut("Rau, cá, v.v. và gạo. Xong."),
            ["Rau, cá, v.v. và gạo.", "Xong."]
        );
        assert_eq!(cut("Rau, v.v. Xong."), ["Rau, v.v.", "Xong."]);
        assert_eq!(cut("“Đi ngay!” Rồi về..."), ["“Đi ngay!”", "Rồi về..."]);
        assert_eq!(cut("  "), [""; 0]);
    }
}
