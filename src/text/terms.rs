//! Words as they are looked for: what a search index holds and what a reader types must come to the same.
//!
//! `themes/base/web/scripts/search.js` does the same to a query; both are changed together.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::fold;

/// Longer runs of letters are no words.
const LONGEST: usize = 40;

/// A word as it is looked for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Term {
    /// Folded: in lower case, without marks.
    pub plain: String,
    /// In lower case with its letters' own marks, the tone last in the signs of VIQR (`` ` ' ? ~ . ``):
    /// so it does not matter on which vowel the tone was written.
    pub form: String,
}

impl Term {
    /// A word as it is looked for.
    ///
    /// ```
    /// use loa::text::Term;
    /// assert_eq!(Term::new("Tố").form, "tô'");
    /// assert_eq!(Term::new("hòa"), Term::new("hoà"));
    /// assert_eq!(Term::new("Đường").plain, "duong");
    /// ```
    #[must_use]
    pub fn new(word: &str) -> Term {
        let mut tone = None;
        let letters = word.to_lowercase();
        let letters = letters.nfd().filter(|letter| {
            let sign = sign(*letter);
            tone = tone.or(sign);
            sign.is_none()
        });
        let mut form: String = letters.nfc().collect();
        form.extend(tone);
        Term {
            plain: fold(word),
            form,
        }
    }
}

/// The sign of a tone mark.
fn sign(mark: char) -> Option<char> {
    Some(match mark {
        '\u{300}' => '`',
        '\u{301}' => '\'',
        '\u{309}' => '?',
        '\u{303}' => '~',
        '\u{323}' => '.',
        _ => return None,
    })
}

/// The words of a text that can be looked for, as they stand in it; `06/2014/NĐ-CP` is four.
///
/// ```
/// let words: Vec<&str> = loa::text::written("Nghị định 06/2014/NĐ-CP.").collect();
/// assert_eq!(words, ["Nghị", "định", "06", "2014", "NĐ", "CP"]);
/// ```
pub fn written(text: &str) -> impl Iterator<Item = &str> {
    let between = |letter: char| !letter.is_alphanumeric() && !is_combining_mark(letter);
    let words = text.split(between);
    words.filter(|word| !word.is_empty() && word.len() <= LONGEST)
}

/// Numbers that are written in groups, such as those of telephones, as one word each.
///
/// ```
/// assert_eq!(loa::text::whole_numbers("Gọi 0273 3872 222, số 113."), ["02733872222"]);
/// ```
#[must_use]
pub fn whole_numbers(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut groups = 0;
    let mut number = String::new();
    let mut end = |groups: &mut usize, number: &mut String| {
        if *groups > 1 && (8..=12).contains(&number.len()) {
            out.push(number.clone());
        }
        *groups = 0;
        number.clear();
    };
    for part in text.split([' ', '.', '\u{a0}']) {
        // What follows the digits of a group ends the number: `3872 222, số`.
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 {
            end(&mut groups, &mut number);
            continue;
        }
        number.push_str(&part[..digits]);
        groups += 1;
        if digits < part.len() {
            end(&mut groups, &mut number);
        }
    }
    end(&mut groups, &mut number);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_agree_whatever_vowel_carries_the_tone() {
        for (old, new) in [("hòa", "hoà"), ("thủy", "thuỷ"), ("KHỎE", "khoẻ")] {
            assert_eq!(Term::new(old), Term::new(new));
        }
        assert_eq!(Term::new("giặc").form, "giăc.");
        assert_eq!(Term::new("đỗ").form, "đô~");
        assert_ne!(Term::new("tố").form, Term::new("tổ").form);
    }

    #[test]
    fn decomposed_words_are_the_same_words() {
        let decomposed: String = "tố giác".nfd().collect();
        let terms = |text: &str| written(text).map(Term::new).collect::<Vec<_>>();
        assert_eq!(terms(&decomposed), terms("tố giác"));
    }

    #[test]
    fn only_long_numbers_in_groups_are_joined() {
        assert_eq!(whole_numbers("1.500.000 đồng, 19 8 2026"), [""; 0]);
        assert_eq!(whole_numbers("0273.3872.222"), ["02733872222"]);
    }
}
