//! Looks at many bytes at once, for what is asked of every byte of a site.

use super::words::is_word;

/// Bytes whose answers fit into one number.
const BLOCK: usize = 64;

/// Finds the words of texts as [`words`](super::words()) does, a block of bytes at a time. To be used again
/// for the next text.
#[derive(Debug, Default)]
pub(crate) struct Runs {
    blocks: Vec<Block>,
}

/// A word, and what its bytes tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Run {
    /// Its first byte.
    pub(crate) start: usize,
    /// The byte behind its last.
    pub(crate) end: usize,
    /// Whether a letter behind the first byte is a capital of ASCII.
    pub(crate) capital: bool,
    /// Whether it may end in two vowels of which either could carry a tone mark. Most words are told from
    /// their bytes; some that may are none.
    pub(crate) two_ways: bool,
}

/// A bit for each byte of a block.
#[derive(Debug, Clone, Copy)]
struct Block {
    /// Whether it is of a word, as far as its neighbours tell.
    word: u64,
    /// Whether it is of a character that must be looked at.
    odd: u64,
    /// Whether it is a capital of ASCII.
    capital: u64,
    /// Whether a word that ends with it may end in a marked vowel and a bare one.
    two_ways: u64,
}

impl Runs {
    /// Tells the words of a text.
    #[inline]
    pub(crate) fn words(&mut self, text: &str, mut each: impl FnMut(Run)) {
        self.look(text);
        let (mut start, mut inside, mut capital) = (0, false, false);
        let (mut carry, mut two_ways) = (0, 0);
        for (place, block) in self.blocks.iter().enumerate() {
            let before = (block.word << 1) | carry;
            carry = block.word >> (BLOCK - 1);
            // Words begin and end in turn; behind the last byte of a text there is always one more.
            let mut edges = block.word ^ before;
            let mut late = block.capital & before;
            // As seen from the byte behind.
            let ends = (block.two_ways << 1) | two_ways;
            two_ways = block.two_ways >> (BLOCK - 1);
            while edges != 0 {
                let bit = edges.trailing_zeros();
                let at = BLOCK * place + bit as usize;
                edges &= edges - 1;
                if inside {
                    let own = (1 << bit) - 1;
                    each(Run {
                        start,
                        end: at,
                        capital: capital || late & own != 0,
                        two_ways: (ends >> bit) & 1 != 0,
                    });
                    late &= !own;
                    capital = false;
                } else {
                    start = at;
                }
                inside = !inside;
            }
            capital |= late != 0;
        }
    }

    /// Sees which bytes of a text are of words.
    fn look(&mut self, text: &str) {
        self.blocks.clear();
        let (whole, rest) = text.as_bytes().as_chunks::<BLOCK>();
        let mut before = [0; 3];
        for bytes in whole {
            self.blocks.push(Block::of(bytes, before));
            before.copy_from_slice(&bytes[BLOCK - 3..]);
        }
        // At least one byte behind the text.
        let mut last = [0; BLOCK];
        last[..rest.len()].copy_from_slice(rest);
        self.blocks.push(Block::of(&last, before));
        for place in 0..self.blocks.len() {
            let mut odd = self.blocks[place].odd;
            while odd != 0 {
                let at = BLOCK * place + odd.trailing_zeros() as usize;
                odd &= odd - 1;
                self.settle(text, text.floor_char_boundary(at));
            }
        }
    }

    /// Takes the bytes of a character that is not of a word out of the words.
    fn settle(&mut self, text: &str, at: usize) {
        let Some(letter) = text[at..].chars().next().filter(|one| !is_word(*one)) else {
            return;
        };
        for at in at..at + letter.len_utf8() {
            self.blocks[at / BLOCK].word &= !(1 << (at % BLOCK));
        }
    }
}

impl Block {
    /// `before` are the three bytes in front of the block.
    fn of(bytes: &[u8; BLOCK], before: [u8; 3]) -> Block {
        let mut with = [0; BLOCK + 3];
        with[..3].copy_from_slice(&before);
        with[3..].copy_from_slice(bytes);
        let is_in = |byte: u8, first: u8, count: u8| byte.wrapping_sub(first) < count;
        let is = |byte: u8, small: u8| byte | 0x20 == small;
        let (mut word, mut odd, mut capital) = ([0; BLOCK], [0; BLOCK], [0; BLOCK]);
        let mut two_ways = [0; BLOCK];
        // Without branches, so that the compiler takes many bytes at once.
        for at in 0..BLOCK {
            let (fourth, third, before, byte) =
                (with[at], with[at + 1], with[at + 2], with[at + 3]);
            let ascii = is_in(byte | 0x20, b'a', 26) | is_in(byte, b'0', 10);
            word[at] = u8::from(ascii | (byte >= 0x80));
            capital[at] = u8::from(is_in(byte, b'A', 26));
            // What Vietnamese is written with is told from its bytes: U+00C0 to U+023F without × and ÷,
            // and U+1E00 to U+1EFF.
            let first = (byte >= 0xc0) & !is_in(byte, 0xc3, 6) & (byte != 0xe1);
            let sign = (before == 0xc3) & ((byte == 0x97) | (byte == 0xb7));
            let far = (before == 0xe1) & !is_in(byte, 0xb8, 4);
            odd[at] = u8::from(first | sign | far);
            // A marked vowel has two or three bytes.
            let bare = is(byte, b'a') | is(byte, b'e') | is(byte, b'y');
            let round = is(third, b'o') | is(third, b'u') | is(fourth, b'o') | is(fourth, b'u');
            two_ways[at] = u8::from((bare & (before >= 0x80)) | ((byte >= 0x80) & round));
        }
        Block {
            word: bits(&word),
            odd: bits(&odd),
            capital: bits(&capital),
            two_ways: bits(&two_ways),
        }
    }
}

/// A bit for each byte, which is 0 or 1.
fn bits(flags: &[u8; BLOCK]) -> u64 {
    let (eights, _) = flags.as_chunks::<8>();
    let packed = |eight: &[u8; 8]| {
        // Moves the lowest bit of each byte to its place in the highest byte.
        u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56
    };
    let bytes = eights.iter().rev();
    bytes.fold(0, |bits, eight| (bits << 8) | packed(eight))
}

/// The first byte from a place on that is one of the wanted. `is` should be cheap: it is asked of many
/// bytes at once, without stopping at the first.
pub(crate) fn next_byte(text: &str, from: usize, is: impl Fn(u8) -> bool) -> Option<usize> {
    let bytes = text.as_bytes().get(from..)?;
    let (runs, _) = bytes.as_chunks::<16>();
    let none = |run: &&[u8; 16]| run.map(|byte| u8::from(is(byte))) == [0; 16];
    let near = 16 * runs.iter().take_while(none).count();
    let found = bytes[near..].iter().position(|byte| is(*byte));
    found.map(|at| from + near + at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{tone_placement, words};

    fn slow(text: &str) -> Vec<(usize, usize, bool)> {
        words(text)
            .map(|(at, word)| {
                let capital = word.bytes().skip(1).any(|byte| byte.is_ascii_uppercase());
                (at, at + word.len(), capital)
            })
            .collect()
    }

    #[test]
    fn the_last_bytes_tell_who_can_have_two_ways() {
        let mut runs = Runs::default();
        let mut found = |text: &str| {
            let mut last = None;
            runs.words(text, |run| last = Some(run.two_ways));
            last
        };
        for word in ["hòa", "HOÀ", "khỏe", "khoẻ", "ủy", "uỷ", "thuỵ"] {
            for before in ["", "x ", &"x ".repeat(30), &"x ".repeat(31)] {
                assert_eq!(found(&format!("{before}{word}")), Some(true), "{word}");
            }
        }
        assert_eq!(found("hoa hay hoan"), Some(false));
    }

    proptest::proptest! {
        #[test]
        fn words_are_those_that_are_found_one_by_one(
            text in "((h|th|q)?[oóọuủ][aàạeẻyỳ] |\\PC|[ –×÷ạĐﬁœɏʰ“”a-zA-Z.ặỗ]){0,200}|[a-zA-Z ạặỗ]{0,300}",
            other in "\\PC{0,150}",
        ) {
            let mut runs = Runs::default();
            for text in [text, other] {
                let mut found = Vec::new();
                runs.words(&text, |run| found.push(run));
                let shown = |run: &Run| (run.start, run.end, run.capital);
                proptest::prop_assert_eq!(found.iter().map(shown).collect::<Vec<_>>(), slow(&text));
                for run in found {
                    let word = &text[run.start..run.end];
                    let two_ways = tone_placement(word).is_some();
                    proptest::prop_assert!(run.two_ways || !two_ways, "{}", word);
                }
            }
        }

        #[test]
        fn the_next_byte_is_the_first_of_its_kind(text in "[a-z.ạ]{0,80}", from in 0..90_usize) {
            let slow = (from..text.len()).find(|at| text.as_bytes()[*at] == b'.');
            proptest::prop_assert_eq!(next_byte(&text, from, |byte| byte == b'.'), slow);
        }
    }
}
