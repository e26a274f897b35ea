//! "Did you mean": the closest of the allowed words.

use super::fold::fold;

/// The candidate closest to `word`, when it is close enough to be a slip of the hand.
///
/// Marks and case do not count. Ties go to the first candidate.
///
/// ```
/// assert_eq!(loa::text::nearest("drfat", ["date", "draft"]), Some("draft"));
/// assert_eq!(loa::text::nearest("xyz", ["date", "draft"]), None);
/// ```
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = fold(word);
    let allowed = (folded.chars().count() / 3).clamp(1, 4);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let distance = strsim::osa_distance(&folded, &fold(candidate));
        if distance <= allowed && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_swapped_pair_and_a_missing_mark_are_near() {
        assert_eq!(nearest("titel", ["title", "date"]), Some("title"));
        assert_eq!(nearest("tố-giac", ["to-giac"]), Some("to-giac"));
        assert_eq!(nearest("", ["to-giac"]), None);
    }
}
