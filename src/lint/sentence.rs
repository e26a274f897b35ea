//! Sentences of written text.

use std::ops::Range;

/// Abbreviations whose dot ends no sentence.
const DOTTED: [&str; 21] = [
    "TP", "Tp", "TX", "Tx", "TT", "Q", "P", "H", "T", "KP", "ĐT", "GS", "PGS", "TS", "ThS", "BS",
    "Nxb", "tr", "St", "Dr", "No",
];

/// The sentences of a text, without the spaces around them.
pub(super) fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    for (at, byte) in text.bytes().enumerate() {
        // The last is the first byte of `…`.
        if !matches!(byte, b'.' | b'!' | b'?' | b';' | 0xe2) || at < start {
            continue;
        }
        let mark = match byte {
            0xe2 if text[at..].starts_with('…') => "…",
            0xe2 => continue,
            _ => &text[at..=at],
        };
        let end = at + mark.len();
        if !ends(text, start, at, mark) {
            continue;
        }
        // Closing quotes and brackets, and further marks, belong to the sentence.
        let rest = &text[end..];
        let close = rest.trim_start_matches(['.', '!', '?', '…', '"', '”', '’', ')', ']']);
        let close = text.len() - close.len();
        push(text, start..close, &mut out);
        start = close;
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
    let rest =
        text[at + mark.len()..].trim_start_matches(['.', '!', '?', '…', '"', '”', '’', ')', ']']);
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
