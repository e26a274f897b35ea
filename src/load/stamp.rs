//! Stamps of files: what the disk says of a file without its bytes, by which an unchanged one is known.

use serde::{Deserialize, Serialize};

use crate::model::Digest;

/// A file whose times lie this close to the snapshot that saw it may have changed after it without a new stamp:
/// file systems count time in steps, some of two seconds.
const RACY: i64 = 2_000_000_000;

/// What the disk says of a file. Times are nanoseconds since 1970; what a system does not tell is zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
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

/// The stamps of a snapshot, in path order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamps {
    /// When the snapshot began.
    pub taken: i64,
    /// Path, stamp and digest of each file.
    pub files: Vec<(String, Stamp, Digest)>,
}

impl Stamps {
    /// The digest of a file, if its stamp proves that it is still the one that was seen.
    pub(super) fn unchanged(&self, path: &str, stamp: Stamp) -> Option<Digest> {
        let place = self
            .files
            .partition_point(|(known, ..)| known.as_str() < path);
        let (known, seen, digest) = self.files.get(place)?;
        // One name in two normal forms: without inodes nothing tells the two files apart.
        let twice = self
            .files
            .get(place + 1)
            .is_some_and(|(next, ..)| next == path);
        let old = |time: i64| time.saturating_add(RACY) <= self.taken;
        (known == path && !twice && *seen == stamp && old(stamp.modified) && old(stamp.changed))
            .then_some(*digest)
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
        assert_eq!(stamps(12_000_000_000).unchanged("b", stamp), Some(digest));
        assert_eq!(stamps(11_999_999_999).unchanged("b", stamp), None);
        assert_eq!(stamps(12_000_000_000).unchanged("c", stamp), None);
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
            assert_eq!(stamps(12_000_000_000).unchanged("b", other), None);
        }
    }
}
