//! Where a syllable carries its tone mark: *hòa* or *hoà*.
//!
//! Only open syllables that end in *oa*, *oe* or *uy* can be written both ways; *hoàn* and *quý* cannot.

/// The two ways of placing the tone mark in open *oa*, *oe*, *uy*.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TonePlacement {
    /// On the first vowel: *hòa*, *khỏe*, *ủy*.
    First,
    /// On the second: *hoà*, *khoẻ*, *uỷ*.
    Second,
}

/// The bare vowel and its forms with the five tone marks, in one order for all.
const VOWELS: [&str; 5] = ["aàáảãạ", "eèéẻẽẹ", "oòóỏõọ", "uùúủũụ", "yỳýỷỹỵ"];

/// How a syllable places its tone mark; `None` where there is only one way, or no mark.
///
/// ```
/// use loa::text::{TonePlacement, tone_placement};
/// assert_eq!(tone_placement("hòa"), Some(TonePlacement::First));
/// assert_eq!(tone_placement("Uỷ"), Some(TonePlacement::Second));
/// assert_eq!(tone_placement("quý"), None);
/// assert_eq!(tone_placement("toán"), None);
/// ```
#[must_use]
pub fn tone_placement(syllable: &str) -> Option<TonePlacement> {
    let (_, first, second) = pair(syllable)?;
    match (first.1, second.1) {
        (tone, 0) if tone > 0 => Some(TonePlacement::First),
        (0, tone) if tone > 0 => Some(TonePlacement::Second),
        _ => None,
    }
}

/// The syllable with its mark where `placement` wants it; any other syllable as it is.
///
/// ```
/// use loa::text::{TonePlacement, placed};
/// assert_eq!(placed("Hoà", TonePlacement::First), "Hòa");
/// assert_eq!(placed("quý", TonePlacement::First), "quý");
/// ```
#[must_use]
pub fn placed(syllable: &str, placement: TonePlacement) -> String {
    match (tone_placement(syllable), pair(syllable)) {
        (Some(now), Some((onset, first, second))) if now != placement => {
            let (one, two) = match placement {
                TonePlacement::First => (second.1, 0),
                TonePlacement::Second => (0, first.1),
            };
            format!("{onset}{}{}", marked(first, one), marked(second, two))
        }
        _ => syllable.to_owned(),
    }
}

/// A vowel: the row of [`VOWELS`], the tone, whether it is a capital.
type Vowel = (usize, usize, bool);

/// Onset and the two vowels of a syllable that could be written both ways.
fn pair(syllable: &str) -> Option<(&str, Vowel, Vowel)> {
    const PAIRS: [(usize, usize); 3] = [(2, 0), (2, 1), (3, 4)];
    let mut letters = syllable.char_indices();
    let (_, last) = letters.next_back()?;
    let second = vowel(last)?;
    let (at, before) = letters.next_back()?;
    let first = vowel(before)?;
    let onset = &syllable[..at];
    let sound = PAIRS.contains(&(first.0, second.0))
        && !(first.0 == 3 && onset.eq_ignore_ascii_case("q"))
        && onset.chars().all(is_consonant);
    sound.then_some((onset, first, second))
}

fn vowel(letter: char) -> Option<Vowel> {
    let (row, tone) = match letter {
        'a' | 'A' => (0, 0),
        'à' | 'À' => (0, 1),
        'á' | 'Á' => (0, 2),
        'ả' | 'Ả' => (0, 3),
        'ã' | 'Ã' => (0, 4),
        'ạ' | 'Ạ' => (0, 5),
        'e' | 'E' => (1, 0),
        'è' | 'È' => (1, 1),
        'é' | 'É' => (1, 2),
        'ẻ' | 'Ẻ' => (1, 3),
        'ẽ' | 'Ẽ' => (1, 4),
        'ẹ' | 'Ẹ' => (1, 5),
        'o' | 'O' => (2, 0),
        'ò' | 'Ò' => (2, 1),
        'ó' | 'Ó' => (2, 2),
        'ỏ' | 'Ỏ' => (2, 3),
        'õ' | 'Õ' => (2, 4),
        'ọ' | 'Ọ' => (2, 5),
        'u' | 'U' => (3, 0),
        'ù' | 'Ù' => (3, 1),
        'ú' | 'Ú' => (3, 2),
        'ủ' | 'Ủ' => (3, 3),
        'ũ' | 'Ũ' => (3, 4),
        'ụ' | 'Ụ' => (3, 5),
        'y' | 'Y' => (4, 0),
        'ỳ' | 'Ỳ' => (4, 1),
        'ý' | 'Ý' => (4, 2),
        'ỷ' | 'Ỷ' => (4, 3),
        'ỹ' | 'Ỹ' => (4, 4),
        'ỵ' | 'Ỵ' => (4, 5),
        _ => return None,
    };
    Some((row, tone, letter.is_uppercase()))
}

fn marked(vowel: Vowel, tone: usize) -> String {
    let (row, _, capital) = vowel;
    let form = VOWELS[row].chars().nth(tone);
    form.into_iter()
        .flat_map(|form| {
            let upper = capital.then(|| form.to_uppercase());
            let lower = (!capital).then_some(form);
            upper.into_iter().flatten().chain(lower)
        })
        .collect()
}

fn is_consonant(letter: char) -> bool {
    matches!(
        letter.to_ascii_lowercase(),
        'b' | 'c'
            | 'd'
            | 'đ'
            | 'Đ'
            | 'g'
            | 'h'
            | 'k'
            | 'l'
            | 'm'
            | 'n'
            | 'p'
            | 'q'
            | 'r'
            | 's'
            | 't'
            | 'v'
            | 'x'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tone_of_the_three_finals_is_known_in_both_styles() {
        let first = "hòa hóa hỏa hõa họa lòe khóe khỏe xõe họe tùy thúy ủy lũy thụy HÒA ĐỌA Ủy";
        let second = "hoà hoá hoả hoã hoạ loè khoé khoẻ xoẽ hoẹ tuỳ thuý uỷ luỹ thuỵ HOÀ ĐOẠ Uỷ";
        for (one, two) in first.split(' ').zip(second.split(' ')) {
            assert_eq!(tone_placement(one), Some(TonePlacement::First), "{one}");
            assert_eq!(tone_placement(two), Some(TonePlacement::Second), "{two}");
            assert_eq!(placed(one, TonePlacement::Second), two);
            assert_eq!(placed(two, TonePlacement::First), one);
        }
    }

    #[test]
    fn syllables_with_one_way_only_have_no_placement() {
        for one in [
            "hoa", "hoàn", "toán", "quý", "Quỷ", "thuyền", "giá", "qua", "khuỷu", "già", "hòn",
            "của", "mía", "bùa", "a", "à", "", "x", "loài", "hoạt",
        ] {
            assert_eq!(tone_placement(one), None, "{one}");
            assert_eq!(placed(one, TonePlacement::First), one);
        }
    }
}
