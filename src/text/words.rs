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

/// What a byte says of its character: [`NONE`], [`WORD`], or that more of it must be seen.
static CLASSES: [u8; 256] = classes();
/// Not of a word.
const NONE: u8 = 0;
/// Of a word: letters and digits of ASCII, first bytes of which all characters are letters, and further bytes.
const WORD: u8 = 1;
/// The bytes that follow decide.
const ASK: u8 = 2;

const fn classes() -> [u8; 256] {
    let mut out = [ASK; 256];
    let mut byte = 0;
    while byte < 0x80 {
        out[byte] = if (byte as u8).is_ascii_alphanumeric() {
            WORD
        } else {
            NONE
        };
        byte += 1;
    }
    while byte < 0xc0 {
        out[byte] = WORD;
        byte += 1;
    }
    while byte < 0x100 {
        if 0xc4 <= byte && byte <= 0xc8 {
            out[byte] = WORD;
        }
        byte += 1;
    }
    out
}

/// The first place from `at` on where the characters are no longer of words, or not yet.
fn skip(text: &str, mut at: usize, word: bool) -> usize {
    let bytes = text.as_bytes();
    while let Some(byte) = bytes.get(at) {
        let class = CLASSES[*byte as usize];
        let (length, of_word) = if class == ASK {
            // What Vietnamese is written with is told from its bytes; the rest is decoded.
            match (byte, bytes.get(at + 1)) {
                (0xe1, Some(0xb8..=0xbb)) => (3, true),
                (0xc3, Some(0x97 | 0xb7)) => (2, false),
                (0xc3, _) => (2, true),
                _ => text[at..]
                    .chars()
                    .next()
                    .map_or((1, false), |letter| (letter.len_utf8(), is_word(letter))),
            }
        } else {
            (1, class == WORD)
        };
        if of_word != word {
            break;
        }
        at += length;
    }
    at
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
