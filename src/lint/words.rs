//! The words of a page, found once for all checks that look at single words.

use std::ops::Range;

use super::names::Names;
use crate::text::{Run, Runs, TonePlacement, tone_placement};

/// What is quickly seen of a word: equal words have equal shapes, others hardly ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shape(u16);

impl Shape {
    /// How many are told apart.
    pub(super) const COUNT: usize = 1 << 12;

    /// The shape of a word.
    pub(super) fn of(word: &str) -> Shape {
        Shape::within(word, 0, word.len())
    }

    /// The shape of a word of a text: its last bytes and its length.
    #[inline]
    fn within(text: &str, start: usize, end: usize) -> Shape {
        let seen = tail(text.as_bytes(), start, end) ^ (end - start) as u64;
        let mixed = seen.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        #[expect(
            clippy::cast_possible_truncation,
            reason = "the highest bits are wanted"
        )]
        let highest = (mixed >> (u64::BITS - Shape::COUNT.ilog2())) as u16;
        Shape(highest)
    }

    /// Its place in a table of all shapes.
    pub(super) fn place(self) -> usize {
        usize::from(self.0)
    }
}

/// The last eight bytes of a word, or all, as one number: the last byte is the highest.
fn tail(text: &[u8], start: usize, end: usize) -> u64 {
    let length = end - start;
    let eight = text.get(end.wrapping_sub(8)..end);
    let before = match eight.and_then(|eight| eight.first_chunk()) {
        Some(eight) => u64::from_le_bytes(*eight),
        // Not so many bytes before the end.
        None => {
            let mut eight = [0; 8];
            eight[8 - end..].copy_from_slice(&text[..end]);
            u64::from_le_bytes(eight)
        }
    };
    match length {
        0 => 0,
        1..8 => before & (u64::MAX << (8 * (8 - length))),
        _ => before,
    }
}

/// A syllable that can carry its tone mark in two places.
#[derive(Debug, Clone)]
pub(super) struct Marked {
    /// The place of its passage.
    pub(super) passage: usize,
    pub(super) range: Range<usize>,
    pub(super) placement: TonePlacement,
}

/// A name that was looked for.
#[derive(Debug, Clone)]
pub(super) struct Named {
    /// The place of its passage.
    pub(super) passage: usize,
    pub(super) range: Range<usize>,
    /// Its place among those looked for.
    pub(super) name: usize,
}

/// What was found among the words of a page, in order.
#[derive(Debug, Default)]
pub(super) struct Words {
    pub(super) marked: Vec<Marked>,
    pub(super) named: Vec<Named>,
}

impl Words {
    pub(super) fn of<'t>(passages: impl Iterator<Item = &'t str>, names: &Names) -> Words {
        let mut out = Words::default();
        let (mut runs, mut begin) = (Runs::default(), Vec::new());
        for (passage, text) in passages.enumerate() {
            begin.clear();
            runs.words(text, |run: Run| {
                let range = run.start..run.end;
                let shape = Shape::within(text, run.start, run.end);
                if names.may_begin_with(shape, run.capital) {
                    begin.push(range.clone());
                }
                if run.two_ways
                    && let Some(placement) = tone_placement(&text[range.clone()])
                {
                    out.marked.push(Marked {
                        passage,
                        range,
                        placement,
                    });
                }
            });
            let found = names.find(text, &begin).into_iter();
            out.named.extend(found.map(|(name, range)| Named {
                passage,
                range,
                name,
            }));
        }
        out
    }
}
