//! A memo as bytes. The only file that names the format.
//!
//! A head names the program that wrote it and the length and digest of each part; parts are decoded
//! on many threads. Whatever does not fit, to the last bit, is no memo: the site is then simply read
//! as if for the first time.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::memo::{AssetRecord, Memo};
use super::stamp::Stamps;
use crate::model::Digest;

/// Changes with every change of what is written; the program's own digest stands beside it.
const MAGIC: &[u8; 12] = b"loa memo 03\n";
/// So many records are decoded at once on one thread.
const PART: usize = 512;
/// Length and digest of a part.
const ENTRY: usize = 8 + 16;

/// The part that is not a list of records.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Rest {
    heads: Digest,
    bodies: Digest,
    assets: Vec<AssetRecord>,
}

impl Memo {
    /// The memo as bytes, for the same program only.
    #[must_use]
    pub fn to_bytes(&self, program: Digest) -> Vec<u8> {
        let lists = self.files.par_chunks(PART).enumerate();
        let lists = lists.map(|(place, part)| match self.kept.part(place) {
            Some((bytes, digest)) => Some((Cow::Borrowed(bytes), digest)),
            None => encode(part).map(digested),
        });
        let lists: Vec<Option<Part<'_>>> = lists.collect();
        let rest = encode(&Rest {
            heads: self.heads,
            bodies: self.bodies,
            assets: self.assets.clone(),
        });
        let rest = rest.map(digested);
        let parts: Option<Vec<Part<'_>>> = std::iter::once(rest).chain(lists).collect();
        let parts = parts.unwrap_or_default();
        let mut table = Vec::with_capacity(parts.len() * ENTRY);
        for (part, digest) in &parts {
            table.extend((part.len() as u64).to_le_bytes());
            table.extend(digest.0);
        }
        let all: usize = parts.iter().map(|(part, _)| part.len()).sum();
        let mut out = Vec::with_capacity(64 + table.len() + all);
        out.extend(MAGIC);
        out.extend(program.0);
        out.extend(Digest::of(&table).0);
        out.extend((table.len() as u64).to_le_bytes());
        out.extend(table);
        for (part, _) in parts {
            out.extend_from_slice(&part);
        }
        out
    }

    /// The memo of such bytes; an empty one when anything about them is not right.
    #[must_use]
    pub fn from_bytes(bytes: Vec<u8>, program: Digest) -> Memo {
        decode(bytes, program).unwrap_or_default()
    }
}

/// Records as bytes, with their digest.
type Part<'a> = (Cow<'a, [u8]>, Digest);

fn digested(bytes: Vec<u8>) -> Part<'static> {
    let digest = Digest::of(&bytes);
    (bytes.into(), digest)
}

/// The bytes that a memo was read from: what holds the same records as then is not encoded again.
#[derive(Clone, Default)]
pub(super) struct Kept {
    bytes: Arc<Vec<u8>>,
    /// Of each part of the files where it stands, as long as it holds, and its digest.
    parts: Vec<Option<(Range<usize>, Digest)>>,
}

impl Kept {
    fn part(&self, place: usize) -> Option<(&[u8], Digest)> {
        let (range, digest) = self.parts.get(place)?.clone()?;
        Some((self.bytes.get(range)?, digest))
    }

    /// The record of a file is not what it was.
    pub(super) fn lose(&mut self, file: usize) {
        if let Some(part) = self.parts.get_mut(file / PART) {
            *part = None;
        }
    }
}

impl fmt::Debug for Kept {
    /// Shows nothing of it: two memos of the same records are the same.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Kept")
    }
}

impl Stamps {
    /// The stamps as bytes, for the same program only.
    #[must_use]
    pub fn to_bytes(&self, program: Digest) -> Vec<u8> {
        pack(self, program)
    }

    /// The stamps of such bytes; none when anything about them is not right.
    #[must_use]
    pub fn from_bytes(bytes: &[u8], program: Digest) -> Stamps {
        unpack(bytes, program).unwrap_or_default()
    }
}

/// A value as bytes, for the same program only: what [`unpack`] reads.
#[must_use]
pub(crate) fn pack<T: Serialize>(value: &T, program: Digest) -> Vec<u8> {
    let bytes = encode(value).unwrap_or_default();
    let mut out = Vec::with_capacity(bytes.len() + 64);
    out.extend(MAGIC);
    out.extend(program.0);
    out.extend(Digest::of(&bytes).0);
    out.extend(bytes);
    out
}

/// The value of such bytes; nothing when anything about them is not right.
#[must_use]
pub(crate) fn unpack<T: DeserializeOwned>(bytes: &[u8], program: Digest) -> Option<T> {
    let bytes = bytes.strip_prefix(MAGIC)?.strip_prefix(&program.0)?;
    let (digest, bytes) = bytes.split_first_chunk::<16>()?;
    (Digest::of(bytes).0 == *digest).then(|| value(bytes))?
}

fn encode<T: Serialize + ?Sized>(value: &T) -> Option<Vec<u8>> {
    postcard::to_stdvec(value).ok()
}

/// A value and nothing after it.
fn value<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    let (value, rest) = postcard::take_from_bytes(bytes).ok()?;
    rest.is_empty().then_some(value)
}

fn decode(all: Vec<u8>, program: Digest) -> Option<Memo> {
    let bytes = all.strip_prefix(MAGIC)?.strip_prefix(&program.0)?;
    let (digest, bytes) = bytes.split_first_chunk::<16>()?;
    let (length, bytes) = bytes.split_first_chunk::<8>()?;
    let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
    let (table, mut bytes) = bytes.split_at_checked(length)?;
    if Digest::of(table).0 != *digest || table.len() % ENTRY != 0 {
        return None;
    }
    let mut parts: Vec<(&[u8], Digest)> = Vec::with_capacity(table.len() / ENTRY);
    for entry in table.chunks_exact(ENTRY) {
        let (length, digest) = entry.split_first_chunk::<8>()?;
        let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
        let (part, after) = bytes.split_at_checked(length)?;
        parts.push((part, Digest(digest.try_into().ok()?)));
        bytes = after;
    }
    let sound = |(part, digest): &(&[u8], Digest)| Digest::of(part) == *digest;
    if !bytes.is_empty() || !parts.par_iter().all(sound) {
        return None;
    }
    let ((rest, _), lists) = parts.split_first()?;
    let rest: Rest = value(rest)?;
    let files = list(lists)?;
    let place = |(part, digest): &(&[u8], Digest)| {
        let start = part.as_ptr() as usize - all.as_ptr() as usize;
        Some((start..start + part.len(), *digest))
    };
    let parts = lists.iter().map(place).collect();
    Some(Memo {
        changed: false,
        kept: Kept {
            parts,
            bytes: Arc::new(all),
        },
        heads: rest.heads,
        bodies: rest.bodies,
        files,
        assets: rest.assets,
    })
}

fn list<T: DeserializeOwned + Send>(parts: &[(&[u8], Digest)]) -> Option<Vec<T>> {
    let lists: Option<Vec<Vec<T>>> = parts.par_iter().map(|(part, _)| value(part)).collect();
    let lists = lists?;
    let mut out = Vec::with_capacity(lists.iter().map(Vec::len).sum());
    for list in lists {
        out.extend(list);
    }
    Some(out)
}
