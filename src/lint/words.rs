//! The words of a page, found once for all checks that look at single words.

use std::ops::Range;

use crate::text::{Runs, TonePlacement, may_have_two_ways, tone_placement};

/// A word of a passage.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    start: u32,
    end: u32,
    /// What is quickly seen of it.
    pub(super) shape: Shape,
    /// Whether a letter behind the first is a capital of ASCII.
    pub(super) capital: bool,
}

impl Word {
    /// Its bytes in the passage.
    pub(super) fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// What is quickly seen of a word: equal words have equal shapes, others hardly ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shape(u16);

impl Shape {
    /// How many are told apart.
    pub(super) const COUNT: usize = 1 << 12;

    /// The shape of a word.
    pub(super) fn of(word: &str) -> Shape {
        Shape::made(tail(word.as_bytes(), 0, word.len()), word.len())
    }

    /// The shape of a word with this tail and length.
    fn made(tail: u64, length: usize) -> Shape {
        let mixed = (tail ^ length as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
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

/// The words of all passages of a page.
#[derive(Debug, Default)]
pub(super) struct Words {
    all: Vec<Word>,
    /// Behind the last word of each passage.
    ends: Vec<usize>,
    /// In order.
    pub(super) marked: Vec<Marked>,
}

impl Words {
    pub(super) fn of<'t>(passages: impl Iterator<Item = &'t str> + Clone) -> Words {
        let bytes: usize = passages.clone().map(str::len).sum();
        let mut out = Words {
            // A syllable of Vietnamese and the space behind it.
            all: Vec::with_capacity(bytes / 5),
            ..Words::default()
        };
        let mut runs = Runs::default();
        // Texts are far below 4 GiB.
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        for (passage, text) in passages.enumerate() {
            runs.words(text, |start, end, capital| {
                let tail = tail(text.as_bytes(), start, end);
                if may_have_two_ways(tail)
                    && let Some(placement) = tone_placement(&text[start..end])
                {
                    out.marked.push(Marked {
                        passage,
                        range: start..end,
                        placement,
                    });
                }
                out.all.push(Word {
                    start: place(start),
                    end: place(end),
                    shape: Shape::made(tail, end - start),
                    capital,
                });
            });
            out.ends.push(out.all.len());
        }
        out
    }

    /// Those of a passage.
    pub(super) fn within(&self, passage: usize) -> &[Word] {
        let first = passage.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.all[first..self.ends[passage]]
    }
}
