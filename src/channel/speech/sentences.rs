//! Spoken text as sentences, the long ones cut where that is safe.

use crate::reading::syllables;

/// Sentences with more syllables than this are hard to follow by ear.
pub(super) const LONGEST: usize = 30;

/// Each part of a cut sentence has at least this many syllables.
const SHORTEST: usize = 6;

/// Words that begin a clause: after a comma a new sentence can start with them.
const CLAUSE: &[&str] = &[
    "và",
    "nhưng",
    "mà",
    "còn",
    "song",
    "đồng thời",
    "vì",
    "bởi",
    "nên",
    "do đó",
    "vì vậy",
    "để",
    "nếu",
    "khi",
    "sau đó",
    "rồi",
    "hoặc",
    "hay",
    "trong đó",
    "ngoài ra",
    "bà con",
    "xin nhắc lại",
];

/// The sentences of a spoken text; those that stay too long come back with their length.
pub(super) fn split(spoken: &str) -> Vec<(String, Option<usize>)> {
    let mut out = Vec::new();
    for sentence in sentences(spoken) {
        cut(&sentence, &mut out);
    }
    out
}

fn sentences(spoken: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut current = String::new();
    let mut letters = spoken.chars().peekable();
    while let Some(letter) = letters.next() {
        current.push(letter);
        let ends = matches!(letter, '.' | '!' | '?' | '…')
            && letters.peek().is_none_or(|next| next.is_whitespace());
        if ends {
            finish(&mut current, &mut out);
        }
    }
    finish(&mut current, &mut out);
    out
}

fn finish(current: &mut String, out: &mut Vec<String>) {
    let words = std::mem::take(current);
    let words = words.trim().trim_start_matches(['.', ',', ';', ':', ' ']);
    if words.chars().any(char::is_alphabetic) {
        out.push(whole(words));
    }
}

/// With a capital at the beginning and a full stop at the end.
fn whole(words: &str) -> String {
    let bare = words.trim_end_matches([',', ';', ':', ' ', '.']);
    // Only a full stop is put back; a question stays a question.
    let words = if bare.len() < words.len() {
        bare
    } else {
        words
    };
    let mut letters = words.chars();
    let mut out: String = letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default();
    if !out.ends_with(['.', '!', '?', '…']) {
        out.push('.');
    }
    out
}

fn cut(sentence: &str, out: &mut Vec<(String, Option<usize>)>) {
    let length = syllables(sentence);
    if length <= LONGEST {
        out.push((sentence.to_owned(), None));
        return;
    }
    match place(sentence, length) {
        Some(at) => {
            cut(&whole(&sentence[..at]), out);
            cut(
                &whole(sentence[at..].trim_start_matches([',', ';', ':', ' '])),
                out,
            );
        }
        None => out.push((sentence.to_owned(), Some(length))),
    }
}

/// The clause mark nearest to the middle at which a sentence can be cut.
fn place(sentence: &str, length: usize) -> Option<usize> {
    let safe = |at: usize| {
        let rest = sentence[at + 1..].trim_start();
        let mark = sentence.as_bytes()[at];
        // A pause inside a telephone number is never the end of a sentence.
        if begins_with_digit(rest)
            && sentence[..at]
                .split_whitespace()
                .next_back()
                .is_some_and(is_digit)
        {
            return false;
        }
        let clause = || {
            CLAUSE.iter().any(|word| {
                rest.strip_prefix(word)
                    .is_some_and(|rest| rest.starts_with([' ', ',']))
            })
        };
        mark == b';' || (mark == b',' && (clause() || ends_number(&sentence[..at], rest)))
    };
    let marks = sentence
        .match_indices([';', ','])
        .map(|(at, _)| at)
        .filter(|at| safe(*at));
    let balanced = marks.filter_map(|at| {
        let before = syllables(&sentence[..at]);
        let after = length - before;
        (before >= SHORTEST && after >= SHORTEST).then_some((before.abs_diff(after), at))
    });
    balanced.min().map(|(_, at)| at)
}

/// Whether a word is one digit, as in a telephone number.
fn is_digit(word: &str) -> bool {
    const DIGITS: [&str; 10] = [
        "không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín",
    ];
    DIGITS.contains(&word.trim_end_matches(','))
}

/// Whether a telephone number that was said again ends here: what follows is another thought.
fn ends_number(before: &str, rest: &str) -> bool {
    const AGAIN: &str = "xin nhắc lại";
    let Some((_, number)) = before.rsplit_once(AGAIN) else {
        return false;
    };
    let mut words = number
        .trim_start_matches([',', ' '])
        .split_whitespace()
        .peekable();
    words.peek().is_some() && words.all(is_digit) && !begins_with_digit(rest)
}

fn begins_with_digit(rest: &str) -> bool {
    rest.split_whitespace().next().is_some_and(is_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_whole() {
        let lines: Vec<String> = split("bà con gọi một một ba, rồi nói rõ; . Ở đâu?")
            .into_iter()
            .map(|(line, _)| line)
            .collect();
        assert_eq!(lines, ["Bà con gọi một một ba, rồi nói rõ.", "Ở đâu?"]);
    }

    #[test]
    fn a_long_sentence_is_cut_at_a_clause_or_comes_back_with_its_length() {
        let long = format!("{}, và {}.", ["một"; 20].join(" "), ["hai"; 20].join(" "));
        let lines = split(&long);
        assert_eq!(lines.len(), 2);
        assert!(lines.iter().all(|(_, too_long)| too_long.is_none()));
        assert_eq!(split(&["một"; 40].join(" "))[0].1, Some(40));
        let calls = "bà con gọi trực ban công an xã đạo thạnh, số điện thoại một một ba, xin nhắc lại, một một ba, nguy hiểm thì gọi công an, số điện thoại một một ba.";
        assert_eq!(split(calls).len(), 2);
    }

    #[test]
    fn a_telephone_number_is_never_cut() {
        let number = "không hai bảy ba, không không không, không không không";
        let call = format!(
            "bà con gọi trực ban công an xã cái bè, số điện thoại {number}, xin nhắc lại, {number}"
        );
        let said: String = split(&call)
            .into_iter()
            .map(|(line, _)| line.to_lowercase())
            .collect::<Vec<_>>()
            .join(" ");
        assert_eq!(said.matches(number).count(), 2, "{said}");
    }
}
