//! Normal form C, folding (bỏ dấu) and slugs.

use std::borrow::Cow;
use std::sync::LazyLock;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The text in normal form C; borrowed when it already is.
///
/// ```
/// assert_eq!(loa::text::nfc("tie\u{302}\u{301}ng"), "tiếng");
/// ```
#[must_use]
pub fn nfc(text: &str) -> Cow<'_, str> {
    if is_nfc(text) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfc().collect())
    }
}

/// Whether the text is in normal form C. Vietnamese letters, composed as people type them, are told by their bytes alone.
///
/// ```
/// assert!(loa::text::is_nfc("tiếng"));
/// assert!(!loa::text::is_nfc("tie\u{302}\u{301}ng"));
/// ```
#[must_use]
pub fn is_nfc(text: &str) -> bool {
    is_composed(text.as_bytes()) || unicode_normalization::is_nfc(text)
}

/// A quick look: whether there are only letters and signs of their own, which nothing before or after
/// them can change, as in all of Vietnamese. Other texts may be in normal form C too.
fn is_composed(text: &[u8]) -> bool {
    // The first byte of every other letter is at least 0xCC; those of U+1E00 to U+1EFF and of
    // U+2010 to U+2027, dashes and quotation marks, are told by the bytes behind them. Pieces are
    // looked at as a whole, which compilers turn into few instructions.
    let odd = |first: u8, second: u8, third: u8| {
        let vietnamese = first == 0xE1 && (0xB8..=0xBB).contains(&second);
        let mark = first == 0xE2 && second == 0x80 && (0x90..=0xA7).contains(&third);
        first >= 0xCC && !vietnamese && !mark
    };
    let mut rest = text;
    while rest.len() > 2 {
        let piece = rest.len().min(1024);
        let triples = rest[..piece].windows(3);
        if triples.fold(false, |found, at| found | odd(at[0], at[1], at[2])) {
            return false;
        }
        rest = &rest[piece - 2..];
    }
    rest.iter().all(|byte| *byte < 0xCC)
}

/// The text in lower case, without tone marks and diacritics, `đ` as `d`.
///
/// ```
/// assert_eq!(loa::text::fold("Đường phố Đà Nẵng"), "duong pho da nang");
/// ```
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match folded(c) {
            Some(plain) => out.push(plain),
            None => out.extend(fold_slowly(c)),
        }
    }
    out
}

/// A letter folded by the tables of Unicode. No letter depends on those around it.
fn fold_slowly(c: char) -> impl Iterator<Item = char> {
    std::iter::once(c)
        .nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c == 'đ' { 'd' } else { c })
}

/// The letter that a common one becomes, looked up: the Latin blocks hold all of Vietnamese.
fn folded(c: char) -> Option<char> {
    const LATIN: std::ops::Range<u32> = 0..0x250;
    const VIETNAMESE: std::ops::Range<u32> = 0x1E00..0x1F00;
    static TABLE: LazyLock<Vec<Option<char>>> = LazyLock::new(|| {
        let one = |code: u32| {
            let mut letters = fold_slowly(char::from_u32(code)?);
            let first = letters.next()?;
            letters.next().is_none().then_some(first)
        };
        LATIN.chain(VIETNAMESE).map(one).collect()
    });
    let code = u32::from(c);
    let place = if LATIN.contains(&code) {
        code
    } else if VIETNAMESE.contains(&code) {
        code - VIETNAMESE.start + LATIN.end
    } else {
        return None;
    };
    TABLE.get(place as usize).copied().flatten()
}

/// One URL segment: folded, letters and digits of ASCII, words joined by single hyphens.
///
/// Letters of other scripts are dropped, so the result may be empty.
///
/// ```
/// assert_eq!(loa::text::slug("Tố giác, tin báo: 19/8"), "to-giac-tin-bao-19-8");
/// ```
#[must_use]
pub fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut add = |c: char| {
        if c.is_ascii_alphanumeric() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    };
    for c in text.chars() {
        match folded(c) {
            Some(plain) => add(plain),
            None => fold_slowly(c).for_each(&mut add),
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn slugs_keep_every_vietnamese_letter_as_ascii() {
        assert_eq!(
            slug("ĐIỀU KIỆN – đăng ký (đợt 2)"),
            "dieu-kien-dang-ky-dot-2"
        );
        assert_eq!(slug("Ngày hội 19/8"), "ngay-hoi-19-8");
        assert_eq!(slug("…"), "");
    }

    #[test]
    fn the_quick_test_for_normal_form_agrees_for_every_letter() {
        for c in (0..=0x10_FFFF).filter_map(char::from_u32) {
            // A mark after it must be seen, and a letter that composes with what stands before it.
            for text in [
                format!("{c}"),
                format!("a{c}"),
                format!("{c}\u{301}"),
                format!("ế{c}\u{323}"),
            ] {
                assert_eq!(
                    is_nfc(&text),
                    unicode_normalization::is_nfc(&text),
                    "{text:?}"
                );
            }
        }
    }

    proptest! {
        #[test]
        fn slug_is_stable_and_the_same_for_both_normal_forms(text in "\\PC{0,40}") {
            let once = slug(&text);
            prop_assert_eq!(slug(&once), once.clone());
            let decomposed: String = text.nfd().collect();
            prop_assert_eq!(slug(&decomposed), once.clone());
            prop_assert!(once.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'));
        }

        #[test]
        fn letters_fold_alike_alone_and_in_a_text(text in "\\PC{0,40}") {
            let whole: String = text
                .nfd()
                .filter(|c| !is_combining_mark(*c))
                .flat_map(char::to_lowercase)
                .map(|c| if c == 'đ' { 'd' } else { c })
                .collect();
            prop_assert_eq!(fold(&text), whole);
        }

        #[test]
        fn nfc_and_fold_are_idempotent_and_agree(text in "\\PC{0,40}") {
            let composed = nfc(&text).into_owned();
            prop_assert_eq!(nfc(&composed).into_owned(), composed.clone());
            prop_assert_eq!(fold(&composed), fold(&text));
        }
    }
}
