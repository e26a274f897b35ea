//! SHA-256 in hexadecimal. The only file that names the hash library.

use sha2::{Digest as _, Sha256};

/// The SHA-256 of some bytes: 64 characters in lower case.
///
/// ```
/// let digest = loa::text::sha256(b"loa");
/// assert_eq!((digest.len(), &digest[..8]), (64, "b5fd4da6"));
/// ```
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// A digest of what is added piece by piece, so that the pieces need not be kept.
///
/// ```
/// let mut digest = loa::text::Digest::default();
/// digest.add("lo");
/// digest.add("a");
/// assert_eq!(digest.finish(), loa::text::sha256(b"loa"));
/// ```
#[derive(Debug, Clone, Default)]
pub struct Digest(Sha256);

impl Digest {
    /// Adds a piece.
    pub fn add(&mut self, text: &str) {
        self.0.update(text.as_bytes());
    }

    /// The digest of all pieces.
    #[must_use]
    pub fn finish(self) -> String {
        hex(&self.0.finalize())
    }
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |value: u8| char::from(DIGITS[usize::from(value)]);
    let pairs = bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]);
    pairs.collect()
}
