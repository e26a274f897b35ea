//! Normal form C, folding (bỏ dấu) and slugs.

use std::borrow::Cow;

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
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        at += match rest {
            [..0x80, ..] => {
                let ascii = rest.iter().take_while(|byte| byte.is_ascii());
                ascii.count()
            }
            // U+0080 to U+02FF, U+1E00 to U+1EFF, and the quotation marks and dashes of U+2010 to U+2027:
            // all letters and signs of their own, which nothing before or after them can change.
            [0xC2..=0xCB, ..] => 2,
            [0xE1, 0xB8..=0xBB, ..] | [0xE2, 0x80, 0x90..=0xA7, ..] => 3,
            _ => return unicode_normalization::is_nfc(text),
        };
    }
    true
}

/// The text in lower case, without tone marks and diacritics, `đ` as `d`.
///
/// ```
/// assert_eq!(loa::text::fold("Đường phố Đà Nẵng"), "duong pho da nang");
/// ```
#[must_use]
pub fn fold(text: &str) -> String {
    text.nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c == 'đ' { 'd' } else { c })
        .collect()
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
    for c in fold(text).chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
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
        fn nfc_and_fold_are_idempotent_and_agree(text in "\\PC{0,40}") {
            let composed = nfc(&text).into_owned();
            prop_assert_eq!(nfc(&composed).into_owned(), composed.clone());
            prop_assert_eq!(fold(&composed), fold(&text));
        }
    }
}
