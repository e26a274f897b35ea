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
    hex(&sha256_bytes(bytes))
}

/// The SHA-256 of some bytes as it comes.
#[must_use]
pub fn sha256_bytes(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// The SHA-256 of some bytes as browsers compare it with a file before they run it.
///
/// ```
/// let integrity = loa::text::integrity(b"");
/// assert_eq!(integrity, "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
/// ```
#[must_use]
pub fn integrity(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = "sha256-".to_owned();
    for three in sha256_bytes(bytes).chunks(3) {
        let byte = |place: usize| u32::from(three.get(place).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            let sign = (bits >> (18 - 6 * place)) & 63;
            out.push(if place > three.len() {
                '='
            } else {
                char::from(SIGNS[sign as usize])
            });
        }
    }
    out
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

/// Bytes in hexadecimal, in lower case.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut out = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        out.push(char::from(DIGITS[usize::from(byte >> 4)]));
        out.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    out
}
