//! The words of a page, found once for all checks that look at single words.

use std::ops::Range;

use crate::text::{TonePlacement, tone_placement, words_and_capitals};

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
    pub(super) fn new(start: usize, text: &str, capital: bool) -> Word {
        // Texts are far below 4 GiB.
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Word {
            start: place(start),
            end: place(start + text.len()),
            shape: Shape::of(text),
            capital,
        }
    }

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

    /// Three bytes of a word and its length.
    #[inline]
    pub(super) fn of(word: &str) -> Shape {
        let bytes = word.as_bytes();
        let at = |place: usize| bytes.get(place).map_or(0, |byte| u32::from(*byte));
        let length = bytes.len();
        let (first, middle) = (at(0) * 31, at(length / 2) * 1_031);
        let last = at(length.wrapping_sub(1)) * 131;
        #[expect(
            clippy::cast_possible_truncation,
            reason = "the lowest bits are wanted"
        )]
        let mixed = (first ^ middle ^ last ^ (length as u32).wrapping_mul(8_191)) as u16;
        Shape(mixed % Shape::COUNT as u16)
    }

    /// Its place in a table of all shapes.
    pub(super) fn place(self) -> usize {
        usize::from(self.0)
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
        for (passage, text) in passages.enumerate() {
            for (start, word, capital) in words_and_capitals(text) {
                if let Some(placement) = tone_placement(word) {
                    out.marked.push(Marked {
                        passage,
                        range: start..start + word.len(),
                        placement,
                    });
                }
                out.all.push(Word::new(start, word, capital));
            }
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
