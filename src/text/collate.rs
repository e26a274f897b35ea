//! Alphabetical order: the 29 letters first, tones only where the letters tie.

use unicode_normalization::UnicodeNormalization;

/// A key whose byte order is Vietnamese alphabetical order.
///
/// ```
/// let mut names = ["Đạo Thạnh", "Ấp Bắc", "Dương", "An Hữu"];
/// names.sort_by_key(|name| loa::text::sort_key(name));
/// assert_eq!(names, ["An Hữu", "Ấp Bắc", "Dương", "Đạo Thạnh"]);
/// ```
#[must_use]
pub fn sort_key(text: &str) -> Vec<u8> {
    let mut letters = Vec::with_capacity(text.len() + 8);
    let mut tones = Vec::with_capacity(text.len());
    for composed in text.nfc().flat_map(char::to_lowercase) {
        let (tone, letter) = split_tone(composed);
        letters.extend(rank(letter).to_be_bytes());
        tones.push(tone);
    }
    letters.extend([0, 0, 0, 0]);
    letters.extend(tones);
    letters
}

/// The tone of a letter (ngang, huyền, hỏi, ngã, sắc, nặng: 0 to 5) and the letter without it.
fn split_tone(composed: char) -> (u8, char) {
    const TONES: [char; 5] = ['\u{300}', '\u{309}', '\u{303}', '\u{301}', '\u{323}'];
    let parts: Vec<char> = composed.nfd().collect();
    let tone = (1u8..).zip(TONES).find(|(_, mark)| parts.contains(mark));
    let Some((number, mark)) = tone else {
        return (0, composed);
    };
    let rest: String = parts.iter().copied().filter(|c| *c != mark).nfc().collect();
    (number, rest.chars().next().unwrap_or(composed))
}

/// The place of a letter in the Vietnamese alphabet; every other character keeps its own place.
fn rank(letter: char) -> u32 {
    const ALPHABET: &str = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz";
    let base = u32::from('a');
    ALPHABET
        .chars()
        .zip(base..)
        .find(|(c, _)| *c == letter)
        .map_or_else(
            || {
                if letter < 'a' {
                    u32::from(letter)
                } else {
                    u32::from(letter) + 64
                }
            },
            |(_, rank)| rank,
        )
}

#[cfg(test)]
mod tests {
    use super::sort_key;

    #[test]
    fn letters_come_before_tones() {
        let mut words = ["tở", "tổ", "to", "tọ", "tô", "tà", "ta", "tá"];
        words.sort_by_key(|word| sort_key(word));
        assert_eq!(words, ["ta", "tà", "tá", "to", "tọ", "tô", "tổ", "tở"]);
    }
}
