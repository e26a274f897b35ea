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
        let start = rest + text[rest..].find(is_word)?;
        let end = text[start..]
            .find(|letter| !is_word(letter))
            .map_or(text.len(), |at| start + at);
        rest = end;
        Some((start, &text[start..end]))
    })
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

    #[test]
    fn the_short_way_says_what_the_table_says() {
        for letter in '\0'..='\u{3000}' {
            assert_eq!(is_word(letter), letter.is_alphanumeric(), "{letter:?}");
        }
    }
}
