//! What the first view of a page weighs on the way: HTML and style sheet, compressed as servers do.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;

/// What a server can send before the first answer of the reader's machine.
pub(super) const LIMIT: usize = 14 * 1024;

/// The size of something after compression.
pub(super) fn compressed(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    let written = encoder.write_all(bytes).and_then(|()| encoder.finish());
    // Writing into memory does not fail.
    written.map_or(bytes.len(), |packed| packed.len())
}

/// The weight of a page that has a style sheet of so many bytes, when it is over the limit.
pub(super) fn too_heavy(html: &[u8], style: usize) -> Option<usize> {
    if style + at_most(html) <= LIMIT {
        return None;
    }
    let weight = style + compressed(html);
    (weight > LIMIT).then_some(weight)
}

/// More than compression can leave of a text, found without compressing it: what its letters alone would take
/// in the best code for them, and something for the code itself.
fn at_most(bytes: &[u8]) -> usize {
    const CODE: usize = 400;
    if bytes.len() <= LIMIT / 4 {
        return bytes.len() + CODE;
    }
    let mut counts = [0u32; 256];
    for byte in bytes {
        counts[usize::from(*byte)] += 1;
    }
    let all = f64::from(u32::try_from(bytes.len()).unwrap_or(u32::MAX));
    let bits: f64 = counts
        .iter()
        .filter(|count| **count > 0)
        .map(|count| f64::from(*count) * (all / f64::from(*count)).log2())
        .sum();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a size in bytes, never negative"
    )]
    let least = (bits / 8.0 * 1.05).ceil() as usize;
    least.min(bytes.len()) + CODE
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Texts of a size: prose, noise out of 64 letters, one letter.
    fn texts(size: usize) -> [Vec<u8>; 3] {
        let prose = "Bà con thấy việc lạ thì gọi ngay cho công an xã, nói rõ nơi xảy ra. "
            .repeat(size / 60 + 1);
        let mut seed = 7u32;
        let noise = std::iter::repeat_with(|| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            b'0' + (seed >> 26) as u8
        });
        [
            prose.into_bytes()[..size].to_vec(),
            noise.take(size).collect(),
            vec![b'a'; size],
        ]
    }

    #[test]
    fn the_cheap_bound_is_never_below_the_truth() {
        for size in [0, 100, 5_000, 20_000, 200_000] {
            for text in texts(size) {
                assert!(compressed(&text) <= at_most(&text), "{size}");
            }
        }
    }

    #[test]
    fn only_what_is_heavy_after_compression_is_too_heavy() {
        let [prose, noise, _] = texts(20_000);
        assert_eq!(too_heavy(&prose, 4_000), None);
        let weight = too_heavy(&noise, 4_000).unwrap();
        assert!((18_000..20_500).contains(&weight), "{weight}");
    }
}
