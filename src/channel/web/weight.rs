//! What the first view of a page weighs on the way: HTML and style sheet, compressed as servers do.

use crate::channel::compress::weight;

/// What a server can send before the first answer of the reader's machine.
pub(super) const LIMIT: usize = 14 * 1024;

/// The weight of a page that has a style sheet of so many bytes, when it is over the limit.
///
/// Compressing every page would take a third of a build. Text in HTML always shrinks to less than half, so a
/// page is only compressed when half of it would be too much.
pub(super) fn too_heavy(html: &[u8], style: usize) -> Option<usize> {
    if style + html.len() / 2 <= LIMIT {
        return None;
    }
    let weight = style + weight(html);
    (weight > LIMIT).then_some(weight)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_heavy_after_compression_is_too_heavy() {
        let prose =
            "Bà con thấy việc lạ thì gọi ngay cho công an xã, nói rõ nơi xảy ra. ".repeat(500);
        assert_eq!(too_heavy(prose.as_bytes(), 4_000), None);
        let mut seed = 7u32;
        let noise = std::iter::repeat_with(|| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            b'0' + (seed >> 26) as u8
        });
        let noise: Vec<u8> = noise.take(22_000).collect();
        let weight = too_heavy(&noise, 4_000).unwrap();
        assert!((19_000..23_000).contains(&weight), "{weight}");
    }
}
