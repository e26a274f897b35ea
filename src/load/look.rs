//! A look at many files below one folder: by their paths from there, which spares the system the way to the folder
//! each time. Half of what a look costs is that way.

use std::io;
use std::path::{Path, PathBuf};

use super::stamp::Stamp;

/// A folder whose files are looked at.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    open: Option<std::os::fd::OwnedFd>,
}

impl Folder {
    /// The folder at a path; one that is not there has no files.
    #[must_use]
    pub fn at(path: &Path) -> Folder {
        #[cfg(any(target_os = "linux", target_os = "macos"))]
        let open = {
            use rustix::fs::{CWD, Mode, OFlags, openat};
            let how = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
            openat(CWD, path, how, Mode::empty()).ok()
        };
        Folder {
            path: path.to_owned(),
            #[cfg(any(target_os = "linux", target_os = "macos"))]
            open,
        }
    }

    /// What the disk says of something below the folder, and whether that is a file; links are not followed.
    ///
    /// # Errors
    /// When there is nothing or the operating system refuses.
    pub fn look(&self, below: &Path) -> io::Result<(Stamp, bool)> {
        #[cfg(any(target_os = "linux", target_os = "macos"))]
        if let Some(open) = &self.open {
            use rustix::fs::{AtFlags, FileType, statat};
            let data = statat(open, below, AtFlags::SYMLINK_NOFOLLOW)?;
            let is_file = FileType::from_raw_mode(data.st_mode) == FileType::RegularFile;
            return Ok((Stamp::from(&data), is_file));
        }
        let data = self.path.join(below).symlink_metadata()?;
        Ok((Stamp::of(&data), data.is_file()))
    }
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
impl From<&rustix::fs::Stat> for Stamp {
    // The types of the fields differ between systems.
    #[allow(clippy::useless_conversion, clippy::unnecessary_fallible_conversions)]
    fn from(data: &rustix::fs::Stat) -> Stamp {
        let time = |seconds: i64, rest: i64| {
            let seconds = seconds.saturating_mul(1_000_000_000);
            seconds.saturating_add(rest)
        };
        Stamp {
            size: u64::try_from(data.st_size).unwrap_or_default(),
            modified: time(
                i64::from(data.st_mtime),
                i64::try_from(data.st_mtime_nsec).unwrap_or_default(),
            ),
            changed: time(
                i64::from(data.st_ctime),
                i64::try_from(data.st_ctime_nsec).unwrap_or_default(),
            ),
            inode: u64::from(data.st_ino),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_look_tells_what_the_whole_path_tells() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("a")).unwrap();
        fs::write(folder.path().join("a/b.md"), "xyz").unwrap();
        let from = Folder::at(folder.path());
        for (path, is_file) in [("a/b.md", true), ("a", false)] {
            let data = fs::symlink_metadata(folder.path().join(path)).unwrap();
            let seen = from.look(Path::new(path)).unwrap();
            assert_eq!(seen, (Stamp::of(&data), is_file));
        }
        let gone = from.look(Path::new("a/c.md")).unwrap_err();
        assert_eq!(gone.kind(), io::ErrorKind::NotFound);
        let nowhere = Folder::at(&folder.path().join("x"));
        assert!(nowhere.look(Path::new("a/b.md")).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a"), "xyz").unwrap();
        std::os::unix::fs::symlink("a", folder.path().join("b")).unwrap();
        let (_, is_file) = Folder::at(folder.path()).look(Path::new("b")).unwrap();
        assert!(!is_file);
    }
}
