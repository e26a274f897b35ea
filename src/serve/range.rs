//! Parts of a file, as a browser asks for them when somebody moves along a recording.

use std::ops::Range;

/// What a request for a part of a file comes to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// The whole file: nothing else was asked for, or several parts at once, which nobody needs here.
    Whole,
    /// These bytes.
    Part(Range<usize>),
    /// Bytes that the file does not have.
    Beyond,
}

/// What a `Range` header asks of a file of so many bytes (RFC 9110, 14.2).
pub(super) fn asked(header: Option<&str>, size: usize) -> Asked {
    let spec = header.and_then(|header| header.strip_prefix("bytes="));
    let Some((first, last)) = spec.and_then(|spec| spec.trim().split_once('-')) else {
        return Asked::Whole;
    };
    let number = |text: &str| text.parse::<usize>().ok();
    let range = match (first, last) {
        ("", last) => number(last).map(|count| size.saturating_sub(count)..size),
        (first, "") => number(first).map(|first| first..size),
        (first, last) => number(first)
            .zip(number(last))
            .filter(|(first, last)| first <= last)
            .map(|(first, last)| first..last.saturating_add(1).min(size)),
    };
    match range {
        None => Asked::Whole,
        Some(range) if range.start >= size || range.is_empty() => Asked::Beyond,
        Some(range) => Asked::Part(range),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_what_browsers_ask_for() {
        let part = |header, size| asked(Some(header), size);
        assert_eq!(asked(None, 9), Asked::Whole);
        assert_eq!(part("bytes=0-", 9), Asked::Part(0..9));
        assert_eq!(part("bytes=2-4", 9), Asked::Part(2..5));
        assert_eq!(part("bytes=2-400", 9), Asked::Part(2..9));
        assert_eq!(part("bytes=-3", 9), Asked::Part(6..9));
        assert_eq!(part("bytes=-30", 9), Asked::Part(0..9));
        for odd in [
            "bytes=4-2",
            "bytes=a-b",
            "items=0-1",
            "bytes=0-1,3-4",
            "bytes=-",
        ] {
            assert_eq!(part(odd, 9), Asked::Whole, "{odd}");
        }
        for beyond in ["bytes=9-", "bytes=12-14", "bytes=-0"] {
            assert_eq!(part(beyond, 9), Asked::Beyond, "{beyond}");
        }
        assert_eq!(part("bytes=0-", 0), Asked::Beyond);
    }
}
