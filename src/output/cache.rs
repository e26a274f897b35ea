//! What a run learned, kept below `public/.loa/cache/` for the next one.
//!
//! A cache is only about time: what cannot be read is not there, and what cannot be written is not
//! missed. Nothing here is ever an error.

use std::fs;
use std::path::{Path, PathBuf};

use crate::load::Stamp;

/// More than this is not read: no site of a size that loa is made for comes near it.
const LARGEST: u64 = 1 << 30;

fn place(out: &Path, name: &str) -> PathBuf {
    out.join(".loa").join("cache").join(name)
}

/// What was kept under a name; nothing when there is nothing.
#[must_use]
pub fn recall(out: &Path, name: &str) -> Vec<u8> {
    let path = place(out, name);
    let sound = fs::symlink_metadata(&path)
        .is_ok_and(|metadata| metadata.is_file() && metadata.len() <= LARGEST);
    if sound {
        fs::read(path).unwrap_or_default()
    } else {
        Vec::new()
    }
}

/// How what was kept under a name looks on the disk.
#[must_use]
pub fn stamp(out: &Path, name: &str) -> Option<Stamp> {
    let data = fs::symlink_metadata(place(out, name)).ok()?;
    Some(Stamp::of(&data))
}

/// Keeps bytes under a name. They are written beside and renamed, so that a reader sees the old ones or the new ones.
pub fn keep(out: &Path, name: &str, bytes: &[u8]) {
    let path = place(out, name);
    // Two runs at once do not write into each other's file.
    let beside = path.with_extension(format!("{}.new", std::process::id()));
    let written = path
        .parent()
        .is_some_and(|folder| fs::create_dir_all(folder).is_ok())
        && fs::write(&beside, bytes).is_ok()
        && fs::rename(&beside, &path).is_ok();
    if !written {
        let _ = fs::remove_file(&beside);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_comes_back_and_nothing_else_stays() {
        let out = tempfile::tempdir().unwrap();
        assert!(recall(out.path(), "load").is_empty());
        keep(out.path(), "load", b"one");
        keep(out.path(), "load", b"two");
        assert_eq!(recall(out.path(), "load"), b"two");
        let files = fs::read_dir(out.path().join(".loa/cache")).unwrap();
        assert_eq!(files.count(), 1);
        // A folder that cannot be made is no error.
        keep(&out.path().join(".loa/cache/load"), "load", b"three");
        assert_eq!(recall(out.path(), "load"), b"two");
    }
}
