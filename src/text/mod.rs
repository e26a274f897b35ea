//! Vietnamese text: normal form, folding, slugs, alphabetical order, near misses.
//!
//! Knows nothing of loa: every function takes text and returns text.

mod collate;
mod fold;
mod nearest;

pub use collate::sort_key;
pub use fold::{fold, is_nfc, nfc, slug};
pub use nearest::nearest;
