//! A folder that is written to, taken and looked through on a thread of its own while the site is read.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::thread::JoinHandle;

use super::folders::{Folders, lock};
use super::made::{Memory, Run};
use super::part::Lists;
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
pub struct Claim {
    looking: Option<JoinHandle<Result<Held, Fatal>>>,
    held: Option<Held>,
}

type Held = (Hold, Memory);

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
        Claim {
            looking: there.then(|| std::thread::spawn(look)),
            held: None,
        }
    }

    /// The last run in the folder, if it is this one again, all that it left is untouched, and no build was killed since.
    #[must_use]
    pub fn same_run(&mut self, key: Digest, program: Digest) -> Option<Run<'static>> {
        self.look();
        let (hold, memory) = self.held.as_ref()?;
        let out = hold.folders.out.as_path();
        let lists = Lists::look(&out.join(".loa"), None).ok()?;
        let whole = lists.parts.is_empty() && !lists.pending.exists();
        let run = whole.then(|| memory.same_run(key, (out, program)))??;
        // What cannot be removed now is removed by the next build.
        let _ = hold.folders.clean();
        Some(run)
    }

    fn look(&mut self) {
        if let Some(looking) = self.looking.take() {
            self.held = looking.join().ok().and_then(Result::ok);
        }
    }

    /// What came of it; nothing where nothing was begun or the folder could not be had, which whoever takes it again
    /// is told.
    pub(super) fn end(&mut self) -> Option<Held> {
        self.look();
        self.held.take()
    }
}
