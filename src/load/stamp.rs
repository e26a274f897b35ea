//! Stamps of files: what the disk says of a file without its bytes, by which an unchanged one is known.

use std::fs::Metadata;
use std::io;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use crate::model::Digest;

/// A file whose times lie this close to the snapshot that saw it may have changed after it without a new stamp:
/// file systems count time in steps, some of two seconds.
const RACY: i64 = 2_000_000_000;

/// What the disk says of a file. Times are nanoseconds since 1970; what a system does not tell is zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Stamp {
    /// Its length in bytes.
    pub size: u64,
    /// When its bytes were last changed.
    pub modified: i64,
    /// When anything about it was last changed.
    pub changed: i64,
    /// Its number in the file system.
    pub inode: u64,
}

impl Stamp {
    /// What the disk says.
    #[cfg(unix)]
    #[must_use]
    pub fn of(metadata: &Metadata) -> Stamp {
        use std::os::unix::fs::MetadataExt;
        let time =
            |seconds: i64, rest: i64| seconds.saturating_mul(1_000_000_000).saturating_add(rest);
        Stamp {
            size: metadata.len(),
            modified: time(metadata.mtime(), metadata.mtime_nsec()),
            changed: time(metadata.ctime(), metadata.ctime_nsec()),
            inode: metadata.ino(),
        }
    }

    /// What the disk says.
    #[cfg(not(unix))]
    #[must_use]
    pub fn of(metadata: &Metadata) -> Stamp {
        Stamp {
            size: metadata.len(),
            modified: nanoseconds(metadata.modified()),
            changed: 0,
            inode: 0,
        }
    }
}

/// Nanoseconds since 1970; an unknown time counts as one to come, which proves nothing.
pub(super) fn nanoseconds(time: io::Result<SystemTime>) -> i64 {
    time.ok()
        .and_then(|time| time.duration_since(UNIX_EPOCH).ok())
        .and_then(|since| i64::try_from(since.as_nanos()).ok())
        .unwrap_or(i64::MAX)
}

/// The stamps of a snapshot, in path order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamps {
    /// When the snapshot began.
    pub taken: i64,
    /// Path, stamp and digest of each file.
    pub files: Vec<(String, Stamp, Digest)>,
}

impl Stamps {
    /// For each path of a sorted list, the place of its stamp.
    pub(super) fn places<'a>(&self, paths: impl Iterator<Item = &'a str>) -> Vec<Option<usize>> {
        let mut at = 0;
        let place = |path: &str| {
            while self
                .files
                .get(at)
                .is_some_and(|(known, ..)| known.as_str() < path)
            {
                at += 1;
            }
            // One name in two normal forms: without inodes nothing tells the two files apart.
            let same = |place: usize| {
                self.files
                    .get(place)
                    .is_some_and(|(known, ..)| known == path)
            };
            (same(at) && !same(at + 1)).then_some(at)
        };
        paths.map(place).collect()
    }

    /// Whether these stamps, taken with the help of others, are worth keeping in their place: something differs, or
    /// the others let a file be read again although it is the same.
    #[must_use]
    pub fn outdo(&self, before: &Stamps) -> bool {
        let doubtful = |(_, stamp, _): &(String, Stamp, Digest)| !before.old(*stamp);
        self.files != before.files || before.files.iter().any(doubtful)
    }

    fn old(&self, stamp: Stamp) -> bool {
        let old = |time: i64| time.saturating_add(RACY) <= self.taken;
        old(stamp.modified) && old(stamp.changed)
    }

    /// The digest of the file of a place, if its stamp proves that it is still the one that was seen.
    pub(super) fn unchanged(&self, place: usize, stamp: Stamp) -> Option<Digest> {
        let (_, seen, digest) = self.files.get(place)?;
        (*seen == stamp && self.old(stamp)).then_some(*digest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_equal_and_old_stamp_proves_anything() {
        let stamp = Stamp {
            size: 3,
            modified: 10_000_000_000,
            changed: 10_000_000_000,
            inode: 7,
        };
        let digest = Digest::of(b"abc");
        let stamps = |taken| Stamps {
            taken,
            files: vec![
                ("a".into(), stamp, Digest::default()),
                ("b".into(), stamp, digest),
            ],
        };
        assert_eq!(stamps(12_000_000_000).unchanged(1, stamp), Some(digest));
        assert_eq!(stamps(11_999_999_999).unchanged(1, stamp), None);
        assert_eq!(stamps(12_000_000_000).unchanged(2, stamp), None);
        for other in [
            Stamp { size: 4, ..stamp },
            Stamp {
                modified: 9_000_000_000,
                ..stamp
            },
            Stamp {
                changed: 9_000_000_000,
                ..stamp
            },
            Stamp { inode: 8, ..stamp },
        ] {
            assert_eq!(stamps(12_000_000_000).unchanged(1, other), None);
        }
    }

    #[test]
    fn paths_find_their_stamps_and_doubtful_ones_do_not() {
        let none = (Stamp::default(), Digest::default());
        let known = ["a", "c", "c", "e", "g"];
        let stamps = Stamps {
            taken: 0,
            files: known.map(|path| (path.to_owned(), none.0, none.1)).into(),
        };
        let places = stamps.places(["a", "b", "c", "d", "g", "h"].into_iter());
        assert_eq!(places, [Some(0), None, None, None, Some(4), None]);
    }
}
