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
        let start = rest + text[rest..].find(char::is_alphanumeric)?;
        let end = text[start..]
            .find(|letter: char| !letter.is_alphanumeric())
            .map_or(text.len(), |at| start + at);
        rest = end;
        Some((start, &text[start..end]))
    })
}
