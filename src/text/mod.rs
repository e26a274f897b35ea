//! Vietnamese text: normal form, folding, slugs, alphabetical order, tone marks, words, near misses; digests.
//!
//! Knows nothing of loa: every function takes text and returns text.

mod collate;
mod digest;
mod fold;
mod nearest;
mod runs;
mod terms;
mod tone;
mod words;

pub use collate::sort_key;
pub use digest::{Digest, hex, integrity, sha256, sha256_bytes};
pub use fold::{fold, is_nfc, nfc, slug};
pub use nearest::nearest;
pub(crate) use runs::{Run, Runs, next_byte};
pub use terms::{Term, whole_numbers, written};
pub use tone::{TonePlacement, placed, tone_placement};
pub use words::{is_word, small, words};
