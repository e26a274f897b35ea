//! Digests: short names for contents, by which what did not change is recognized.
//!
//! The only file that names the hash function.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The first 128 bits of a BLAKE3 hash: enough to tell contents apart that nobody chose in order to collide.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Digest(pub [u8; 16]);

impl Digest {
    /// The digest of bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Digest {
        cut(blake3::hash(bytes))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

fn cut(hash: blake3::Hash) -> Digest {
    let mut out = Digest::default();
    let length = out.0.len();
    out.0.copy_from_slice(&hash.as_bytes()[..length]);
    out
}

/// Collects values into one digest. Each is written so that two lists of values never look alike.
#[derive(Debug, Clone, Default)]
pub struct Digester {
    /// Small values are gathered first: the hash function likes long runs.
    bytes: Vec<u8>,
}

impl Digester {
    /// Adds a text.
    pub fn text(&mut self, text: &str) -> &mut Digester {
        self.number(text.len()).bytes.extend(text.as_bytes());
        self
    }

    /// Adds texts, and how many they are.
    pub fn texts<'a>(&mut self, texts: impl ExactSizeIterator<Item = &'a str>) -> &mut Digester {
        self.number(texts.len());
        for text in texts {
            self.text(text);
        }
        self
    }

    /// Adds a number.
    pub fn number(&mut self, number: usize) -> &mut Digester {
        self.bytes.extend((number as u64).to_le_bytes());
        self
    }

    /// Adds a yes or no.
    pub fn flag(&mut self, flag: bool) -> &mut Digester {
        self.bytes.push(u8::from(flag));
        self
    }

    /// Adds a digest.
    pub fn digest(&mut self, digest: Digest) -> &mut Digester {
        self.bytes.extend(digest.0);
        self
    }

    /// The digest of all that was added.
    #[must_use]
    pub fn finish(&self) -> Digest {
        Digest::of(&self.bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_one_value_ends_matters() {
        let of = |words: &[&str]| Digester::default().texts(words.iter().copied()).finish();
        assert_eq!(of(&["a", "b"]), of(&["a", "b"]));
        let all = [
            of(&["ab"]),
            of(&["a", "b"]),
            of(&["", "ab"]),
            of(&["ab", ""]),
        ];
        let different: std::collections::BTreeSet<Digest> = all.into_iter().collect();
        assert_eq!(different.len(), all.len());
    }
}
