//! The words of a text, which in Vietnamese are its syllables.

/// The runs of letters and digits of a text with their first bytes.
///
/// ```
/// let words: Vec<_> = loa::text::words("TP. Mỹ Tho, 2026").collect();
/// assert_eq!(words, [(0, "TP"), (4, "Mỹ"), (9, "Tho"), (14, "2026")]);
/// ```
pub fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let start = skip(text, rest, false);
        let end = skip(text, start, true);
        rest = end;
        (start < end).then(|| (start, &text[start..end]))
    })
}

/// The first place from `at` on where the characters are no longer of words, or not yet.
fn skip(text: &str, mut at: usize, word: bool) -> usize {
    while let Some(byte) = text.as_bytes().get(at) {
        let (length, of_word) = match byte {
            0..=0x7f => (1, byte.is_ascii_alphanumeric()),
            0xc4..=0xc8 => (2, true),
            _ => look(text, at),
        };
        if of_word != word {
            break;
        }
        at += length;
    }
    at
}

/// The length of a character, and whether it is of a word: what Vietnamese is written with is told from
/// its bytes, the rest is decoded.
#[inline]
fn look(text: &str, at: usize) -> (usize, bool) {
    let bytes = text.as_bytes();
    match (bytes[at], bytes.get(at + 1)) {
        (0xe1, Some(0xb8..=0xbb)) => (3, true),
        (0xc3, Some(0x97 | 0xb7)) => (2, false),
        (0xc3, _) => (2, true),
        _ => look_slowly(text, at),
    }
}

#[cold]
fn look_slowly(text: &str, at: usize) -> (usize, bool) {
    let letter = text[at..].chars().next();
    letter.map_or((1, false), |letter| (letter.len_utf8(), is_word(letter)))
}

/// Whether a character is a letter or a digit: all letters of Vietnamese are told without a table.
///
/// ```
/// assert!(loa::text::is_word('ữ') && !loa::text::is_word('–'));
/// ```
#[must_use]
pub fn is_word(letter: char) -> bool {
    match letter {
        '\0'..='\x7f' => letter.is_ascii_alphanumeric(),
        'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ɏ' | 'Ḁ'..='ỿ' => true,
        _ => letter.is_alphanumeric(),
    }
}

/// The letter in its small form: those of Vietnamese without a table.
///
/// ```
/// assert_eq!("ĐƯỜNG".chars().map(loa::text::small).collect::<String>(), "đường");
/// ```
#[must_use]
pub fn small(letter: char) -> char {
    let shifted = |by: u32| char::from_u32(letter as u32 + by).unwrap_or(letter);
    match letter {
        '\0'..='\x7f' => letter.to_ascii_lowercase(),
        '×' => letter,
        'À'..='Þ' => shifted(0x20),
        'ß'..='ÿ' => letter,
        'Ă' | 'Đ' | 'Ĩ' | 'Ũ' | 'Ơ' | 'Ư' => shifted(1),
        'Ạ'..='ỹ' => shifted(1 - (letter as u32 & 1)),
        _ => letter.to_lowercase().next().unwrap_or(letter),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_letters_are_those_of_the_table() {
        for letter in '\0'..='\u{3000}' {
            let wanted = letter.to_lowercase().next().unwrap();
            assert_eq!(small(letter), wanted, "{letter:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn words_are_the_runs_of_word_characters(text in "(\\PC|[ –×÷ạĐﬁœɏʰ“”a-z.]){0,40}") {
            let slow: Vec<&str> = text.split(|letter| !is_word(letter)).filter(|word| !word.is_empty()).collect();
            let fast: Vec<&str> = words(&text).map(|(_, word)| word).collect();
            proptest::prop_assert_eq!(fast, slow);
            for (at, word) in words(&text) {
                proptest::prop_assert_eq!(&text[at..at + word.len()], word);
            }
        }
    }

    #[test]
    fn the_short_way_says_what_the_table_says() {
        for letter in '\0'..='\u{3000}' {
            assert_eq!(is_word(letter), letter.is_alphanumeric(), "{letter:?}");
        }
    }
}
