//! Vietnamese text: normal form, folding, slugs, alphabetical order, near misses, digests.
//!
//! Knows nothing of loa: every function takes text and returns text.

mod collate;
mod digest;
mod fold;
mod nearest;

pub use collate::sort_key;
pub use digest::{Digest, sha256};
pub use fold::{fold, nfc, slug};
pub use nearest::nearest;
