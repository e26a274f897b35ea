//! Lines of a stream, one after the other; very long ones in parts, so that memory does not grow with the input.

use std::io::{self, BufRead, Read};

use crate::load::text_of;

/// A line beyond so many bytes comes in parts, each of whole sentences where it has any.
const LONGEST: usize = 64 << 10;

/// A line or a part of one.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// Without the end of the line.
    pub(super) text: String,
    /// Whether nothing of the line follows.
    pub(super) ends: bool,
}

/// Reads lines.
pub(super) struct Lines<R> {
    from: R,
    /// What was read and not handed out.
    rest: Vec<u8>,
    /// Lines beyond so many bytes come in parts.
    longest: usize,
    /// Whether the end of a line is still to come.
    open: bool,
}

impl<R: BufRead> Lines<R> {
    /// Lines in parts where they are very long.
    pub(super) fn in_parts(from: R) -> Lines<R> {
        Lines {
            from,
            rest: Vec::new(),
            longest: LONGEST,
            open: false,
        }
    }

    /// Whole lines, whatever their length.
    pub(super) fn whole(from: R) -> Lines<R> {
        Lines {
            longest: usize::MAX,
            ..Lines::in_parts(from)
        }
    }

    /// What comes next: a line, or several where old line ends stand between; nothing at the end.
    ///
    /// # Errors
    /// When the stream cannot be read.
    pub(super) fn next(&mut self) -> io::Result<Option<Vec<Part>>> {
        let room = self.longest.saturating_sub(self.rest.len()) as u64;
        self.from
            .by_ref()
            .take(room)
            .read_until(b'\n', &mut self.rest)?;
        if self.rest.is_empty() {
            let end = Part {
                text: String::new(),
                ends: true,
            };
            return Ok(std::mem::take(&mut self.open).then(|| vec![end]));
        }
        let whole = self.rest.ends_with(b"\n") || self.rest.len() < self.longest;
        self.open = !whole;
        let after = if whole {
            Vec::new()
        } else {
            self.rest.split_off(cut(&self.rest))
        };
        let bytes = std::mem::replace(&mut self.rest, after);
        let text = text_of(&bytes).unwrap_or_else(|_| String::from_utf8_lossy(&bytes).into_owned());
        let mut parts: Vec<Part> = text
            .lines()
            .map(|line| Part {
                text: line.to_owned(),
                ends: true,
            })
            .collect();
        if let Some(last) = parts.last_mut() {
            last.ends = whole;
        }
        Ok(Some(parts))
    }
}

/// Where to cut bytes that are too many: behind a sentence, a word, or at least a character.
fn cut(bytes: &[u8]) -> usize {
    let behind = |wanted: fn(&[u8]) -> bool| {
        let at = bytes.windows(2).rposition(wanted)?;
        Some(at + 2)
    };
    behind(|two| matches!(two[0], b'.' | b'!' | b'?' | b';') && two[1] == b' ')
        .or_else(|| behind(|two| two[1] == b' '))
        .unwrap_or_else(|| {
            let within = |at: &usize| bytes.get(*at).is_some_and(|byte| byte & 0xC0 == 0x80);
            (1..bytes.len())
                .rev()
                .find(|at| !within(at))
                .unwrap_or(bytes.len())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, longest: usize, expected: &[(&str, bool)]) {
        let mut lines = Lines {
            longest,
            ..Lines::in_parts(text.as_bytes())
        };
        let mut out = Vec::new();
        while let Some(parts) = lines.next().unwrap() {
            out.extend(parts);
        }
        let out: Vec<(&str, bool)> = out
            .iter()
            .map(|part| (part.text.as_str(), part.ends))
            .collect();
        assert_eq!(out, expected);
    }

    #[test]
    fn lines_are_whole_and_long_ones_are_cut_where_that_is_least_heard() {
        check("", 9, &[]);
        check(
            "một\r\n\nhai",
            9,
            &[("một", true), ("", true), ("hai", true)],
        );
        check("cũ\rmới\n", 20, &[("cũ", true), ("mới", true)]);
        check("A b. C d e", 8, &[("A b. ", false), ("C d e", true)]);
        check("aaa bbb ccc\n", 8, &[("aaa bbb ", false), ("ccc", true)]);
        check("ởởởở\nx", 7, &[("ởở", false), ("ởở", true), ("x", true)]);
        check("ab cd. ", 7, &[("ab cd. ", false), ("", true)]);
        check("abcdefgh\n", 8, &[("abcdefg", false), ("h", true)]);
    }
}
