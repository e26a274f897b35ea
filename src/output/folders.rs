//! Folders of editions: where they lie, and how a new one takes the place of an old one.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::made::Memory;
use super::pair::{Next, Pair};
use super::staging::Record;
use super::tree;
use crate::diag::Fatal;

/// One build at a time writes to a folder.
pub(super) fn lock(own: &Path) -> Result<File, Fatal> {
    let path = own.join("lock");
    let file = File::create(&path).map_err(|error| Fatal::new("fatal-create", &path, error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => Err(Fatal::new(
            "fatal-locked",
            &path,
            io::Error::new(io::ErrorKind::WouldBlock, "locked"),
        )),
        // Some file systems have no locks; they are no reason not to build.
        Err(fs::TryLockError::Error(_)) => Ok(file),
    }
}

/// A new edition that waits to take the place of the old one.
pub(super) struct Ready {
    pub(super) name: String,
    /// Where it was put together.
    pub(super) folder: PathBuf,
    /// Whether there is nothing in it.
    pub(super) empty: bool,
    /// Whether the old one is worth keeping: the next edition is then put together from it.
    pub(super) keep_old: bool,
    /// Whether files had to be copied, because links are not to be had.
    pub(super) copied: bool,
    /// The one file in which the new edition differs, if there is only one: where it was made is `folder`.
    pub(super) single: Option<String>,
    /// What will be known of both, if the old one is kept.
    pub(super) next: Option<Next>,
}

/// Where editions lie, where new ones are put together, and where old ones wait.
#[derive(Debug)]
pub(super) struct Folders {
    pub(super) out: PathBuf,
    pub(super) staging: PathBuf,
    /// For a moment, where folders cannot be exchanged in one step.
    old: PathBuf,
    /// Until the next build, which makes its edition of the one before the last.
    pub(super) spare: PathBuf,
}

impl Folders {
    pub(super) fn new(out: &Path) -> Folders {
        let own = out.join(".loa");
        Folders {
            out: out.to_owned(),
            staging: own.join("staging"),
            old: own.join("old"),
            spare: own.join("spare"),
        }
    }

    /// Where an edition lies, where its new files are put, and where its spare is.
    pub(super) fn three(&self, name: &str) -> (PathBuf, PathBuf, PathBuf) {
        let folders = [&self.out, &self.staging, &self.spare];
        let [current, staged, spare] = folders.map(|folder| folder.join(name));
        (current, staged, spare)
    }

    /// What is known of an edition and its spare after a build: what came of the exchange, or what was known before
    /// of one that stayed as it was.
    pub(super) fn pair(
        &self,
        name: &str,
        files: &BTreeMap<String, Record>,
        ready: &mut [Ready],
        memory: &mut Memory,
    ) -> Pair {
        let before = memory.take_pair(name);
        let Some(ready) = ready.iter_mut().find(|ready| ready.name == name) else {
            return before;
        };
        let Some(next) = ready.next.take() else {
            return Pair::default();
        };
        let (current, _, spare) = self.three(name);
        next.settle(before, (&current, &spare), files.keys().map(String::as_str))
    }

    /// Puts back what a killed exchange took away, and removes what it left.
    pub(super) fn recover(&self) -> Result<(), Fatal> {
        for entry in fs::read_dir(&self.old).into_iter().flatten().flatten() {
            let place = self.out.join(entry.file_name());
            if !place.exists() {
                fs::rename(entry.path(), &place)
                    .map_err(|error| Fatal::new("fatal-rename", &place, error))?;
            }
        }
        self.clean()
    }

    pub(super) fn clean(&self) -> Result<(), Fatal> {
        tree::remove(&self.staging)?;
        tree::remove(&self.old)
    }

    /// Removes what is kept of editions that are no longer made.
    pub(super) fn clean_spare(&self, editions: &[String]) -> Result<(), Fatal> {
        for entry in fs::read_dir(&self.spare).into_iter().flatten().flatten() {
            let name = entry.file_name();
            if !editions
                .iter()
                .any(|known| name.to_str() == Some(known.as_str()))
            {
                tree::remove(&entry.path())?;
            }
        }
        Ok(())
    }

    /// Lets the new folder of an edition take the place of the old one.
    pub(super) fn exchange(&self, ready: &Ready) -> Result<(), Fatal> {
        let (new, place) = (&ready.folder, self.out.join(&ready.name));
        let refused = |error| Fatal::new("fatal-rename", &place, error);
        if let Some(path) = &ready.single {
            // A file takes the place of another one in one step, as a folder does.
            return fs::rename(new.join(path), place.join(path)).map_err(refused);
        }
        if !place.exists() {
            return fs::rename(new, &place).map_err(refused);
        }
        if ready.empty {
            return tree::remove(&place);
        }
        if swap(new, &place).is_ok() {
            return self.keep_old(ready);
        }
        // Without an atomic exchange: two renames, and `recover` puts the old folder back if killed between.
        fs::create_dir_all(&self.old)
            .map_err(|error| Fatal::new("fatal-create", &self.old, error))?;
        let old = self.old.join(&ready.name);
        fs::rename(&place, &old).map_err(refused)?;
        fs::rename(new, &place).map_err(|error| {
            // The message is about the first error; if this fails too, the next build recovers.
            let _ = fs::rename(&old, &place);
            refused(error)
        })
    }

    /// Keeps the old folder of an edition, which lies where the new one was.
    fn keep_old(&self, ready: &Ready) -> Result<(), Fatal> {
        let spare = self.spare.join(&ready.name);
        if !ready.keep_old || ready.folder == spare {
            return Ok(());
        }
        fs::create_dir_all(&self.spare)
            .and_then(|()| fs::rename(&ready.folder, &spare))
            .map_err(|error| Fatal::new("fatal-rename", &spare, error))
    }
}

/// Two folders change places in one step, where the system can do that.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn swap(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE).map_err(io::Error::from)
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn swap(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::Error::from(io::ErrorKind::Unsupported))
}
