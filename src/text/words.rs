//! The words of a text, which in Vietnamese are its syllables.

/// The runs of letters and digits of a text with their first bytes.
///
/// ```
/// let words: Vec<_> = loa::text::words("TP. Mỹ Tho, 2026").collect();
/// assert_eq!(words, [(0, "TP"), (4, "Mỹ"), (9, "Tho"), (14, "2026")]);
/// ```
pub fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    words_and_capitals(text).map(|(at, word, _)| (at, word))
}

/// The same, with whether a letter behind the first byte is a capital of ASCII.
pub(crate) fn words_and_capitals(text: &str) -> impl Iterator<Item = (usize, &str, bool)> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let start = word_start(text, rest);
        let (end, capital) = word_end(text, start);
        rest = end;
        (start < end).then(|| (start, &text[start..end], capital))
    })
}

/// What a byte says of its character: one or more of these.
static CLASSES: [u8; 256] = classes();
/// Of a word: letters and digits of ASCII, first bytes of which all characters are letters, and further bytes.
const WORD: u8 = 1;
/// A capital of ASCII.
const CAPITAL: u8 = 2;
/// The bytes that follow decide.
const ASK: u8 = 4;

const fn classes() -> [u8; 256] {
    let mut out = [0; 256];
    let mut place = 0;
    while place < 256 {
        out[place] = match place as u8 {
            b'A'..=b'Z' => WORD | CAPITAL,
            b'a'..=b'z' | b'0'..=b'9' | 0x80..=0xbf | 0xc4..=0xc8 => WORD,
            0xc0..=0xff => ASK,
            _ => 0,
        };
        place += 1;
    }
    out
}

/// The first character of a word from `at` on.
fn word_start(text: &str, mut at: usize) -> usize {
    let bytes = text.as_bytes();
    while let Some(byte) = bytes.get(at) {
        at += match CLASSES[*byte as usize] {
            0 => 1,
            ASK => match look(text, at) {
                (_, true) => return at,
                (length, false) => length,
            },
            _ => return at,
        };
    }
    at
}

/// The end of the word that begins at `at`, and whether a letter behind its first byte is a capital of ASCII.
fn word_end(text: &str, mut at: usize) -> (usize, bool) {
    let (bytes, start) = (text.as_bytes(), at);
    let mut late = 0;
    while let Some(byte) = bytes.get(at) {
        let class = CLASSES[*byte as usize];
        if class & WORD != 0 {
            at += 1;
            late |= if at > start + 1 { class } else { 0 };
        } else if class == ASK
            && let (length, true) = look(text, at)
        {
            at += length;
        } else {
            break;
        }
    }
    (at, late & CAPITAL != 0)
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

/// The first byte from a place on that is one of the wanted. `is` should be cheap: it is asked of many
/// bytes at once, without stopping at the first.
pub(crate) fn next_byte(text: &str, from: usize, is: impl Fn(u8) -> bool) -> Option<usize> {
    let bytes = text.as_bytes().get(from..)?;
    let (runs, _) = bytes.as_chunks::<16>();
    let none = |run: &&[u8; 16]| run.map(|byte| u8::from(is(byte))) == [0; 16];
    let near = 16 * runs.iter().take_while(none).count();
    let found = bytes[near..].iter().position(|byte| is(*byte));
    found.map(|at| from + near + at)
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
        fn the_next_byte_is_the_first_of_its_kind(text in "[a-z.ạ]{0,80}", from in 0..90_usize) {
            let slow = (from..text.len()).find(|at| text.as_bytes()[*at] == b'.');
            proptest::prop_assert_eq!(next_byte(&text, from, |byte| byte == b'.'), slow);
        }

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
