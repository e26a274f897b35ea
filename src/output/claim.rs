//! A folder that is written to, taken and looked through on a thread of its own while the site is read.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::thread::JoinHandle;

use super::folders::{Folders, lock};
use super::made::Memory;
use crate::diag::Fatal;
use crate::model::Digest;

/// A folder that nobody else writes to; what a killed build left there is put right.
#[derive(Debug)]
pub(super) struct Hold {
    pub(super) folders: Folders,
    /// The folders that had to be made, outermost first.
    pub(super) created: Vec<PathBuf>,
    pub(super) lock: File,
}

impl Hold {
    /// Takes a folder, making it where there is none.
    pub(super) fn take(out: &Path) -> Result<Hold, Fatal> {
        let own = out.join(".loa");
        let created = [out, own.as_path()].into_iter().filter(|it| !it.exists());
        let created: Vec<PathBuf> = created.map(Path::to_owned).collect();
        fs::create_dir_all(&own).map_err(|error| Fatal::new("fatal-create", &own, error))?;
        let lock = lock(&own)?;
        let folders = Folders::new(out);
        folders.recover()?;
        Ok(Hold {
            folders,
            created,
            lock,
        })
    }
}

/// A folder that is being taken, and what is remembered of the last build there.
#[derive(Debug)]
pub struct Claim(Option<JoinHandle<Result<(Hold, Memory), Fatal>>>);

impl Claim {
    /// Begins to take a folder in which a build is; does nothing where there is none.
    #[must_use]
    pub fn begin(out: &Path, program: Digest) -> Claim {
        let (at, there) = (out.to_owned(), out.join(".loa").is_dir());
        let look = move || {
            let hold = Hold::take(&at)?;
            let memory = Memory::load(&at, program);
            Ok((hold, memory))
        };
        Claim(there.then(|| std::thread::spawn(look)))
    }

    /// What came of it; nothing where nothing was begun or the folder could not be had, which whoever takes it again
    /// is told.
    pub(super) fn end(&mut self) -> Option<(Hold, Memory)> {
        self.0.take()?.join().ok()?.ok()
    }
}
