//! New editions while they are made: each file is written beside the old edition as soon as it comes.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use super::commit::{Folders, Sealed, lock, read_manifest, write};
use super::manifest::{Entry, Manifest};
use super::memory::Shelves;
use super::part::{Lists, Stamp};
use super::plan::{EditionName, Placed, arrange, is_safe};
use crate::channel::Sink;
use crate::diag::{Fatal, Span};
use crate::model::Artifact;
use crate::text::{hex, sha256_bytes};

/// What is known of a file that was handed over.
#[derive(Debug)]
pub(super) struct Record {
    path: String,
    from: Vec<Span>,
    pub(super) media: &'static str,
    pub(super) size: u64,
    pub(super) sha256: [u8; 32],
    /// Whether the file of the last build is the same, so that nothing was written.
    pub(super) kept: bool,
}

impl Placed for Record {
    fn path(&self) -> &str {
        &self.path
    }

    fn from(&self) -> &[Span] {
        &self.from
    }
}

/// Editions that are being written beside the old ones. Dropped, it leaves the disk as it was.
#[derive(Debug)]
pub struct Staging {
    pub(super) folders: Folders,
    pub(super) before: Manifest,
    /// When `before` was written: files changed later are not what it says.
    written: Option<SystemTime>,
    pub(super) pending: Manifest,
    /// Where the list of this build stands, and which other lists there are.
    pub(super) lists: Lists,
    /// Files of other shards in the same folder.
    pub(super) others: BTreeSet<String>,
    shelves: Shelves<Record>,
    /// Folders that are there, by edition.
    made: Vec<Mutex<HashSet<PathBuf>>>,
    /// The first thing that the operating system refused; nothing is written after it.
    refusal: Mutex<Option<Fatal>>,
    /// The folders that this build made, outermost first, to take back.
    created: Vec<PathBuf>,
    _lock: File,
}

impl Staging {
    /// Gets ready to write editions below `out`, and puts right what a killed build left there.
    ///
    /// With a stamp only the files of that shard are its own; without one the build takes over what
    /// shards left there.
    ///
    /// # Errors
    /// When the operating system refuses, another build is writing there, or a shard would come to lie
    /// in a whole build or between those of another division.
    pub fn open(
        out: &Path,
        editions: Vec<EditionName>,
        stamp: Option<Stamp>,
    ) -> Result<Staging, Fatal> {
        let own = out.join(".loa");
        let created = [out, own.as_path()].into_iter().filter(|it| !it.exists());
        let created: Vec<PathBuf> = created.map(Path::to_owned).collect();
        fs::create_dir_all(&own).map_err(|error| Fatal::new("fatal-create", &own, error))?;
        let lock = lock(&own)?;
        let folders = Folders::new(out);
        let lists = Lists::look(&own, stamp)?;
        folders.recover()?;
        let mut before = read_manifest(&lists.manifest);
        let mut others = BTreeSet::new();
        for path in &lists.parts {
            let files = read_manifest(path).files;
            if lists.stamp.is_some() {
                others.extend(files.into_keys());
            } else {
                before.files.extend(files);
            }
        }
        // What shards left was written at other times than the list.
        let dated = lists.stamp.is_some() || lists.parts.is_empty();
        let written = fs::metadata(&lists.manifest).and_then(|data| data.modified());
        Ok(Staging {
            folders,
            before,
            written: written.ok().filter(|_| dated),
            pending: read_manifest(&lists.pending),
            lists,
            others,
            made: editions.iter().map(|_| Mutex::default()).collect(),
            shelves: Shelves::new(editions),
            refusal: Mutex::default(),
            created,
            _lock: lock,
        })
    }

    /// Looks over all files that came.
    #[must_use]
    pub fn close(mut self) -> Sealed {
        let shelves = std::mem::replace(&mut self.shelves, Shelves::new(Vec::new()));
        let arranged = arrange(shelves.into_editions());
        Sealed {
            staging: self,
            editions: arranged.value,
            diags: arranged.diags,
        }
    }

    /// The places of editions by their names.
    pub(super) fn places(&self) -> BTreeMap<&str, usize> {
        let all = (0..self.made.len()).map(|place| (self.shelves.name(place), place));
        all.collect()
    }

    /// What the operating system refused, if anything.
    pub(super) fn refused(&mut self) -> Option<Fatal> {
        held(&self.refusal).take()
    }

    /// The folders that were made stay.
    pub(super) fn keep(&mut self) {
        self.created.clear();
    }

    /// Writes a file unless that of the last build is the same; says whether it is.
    fn put(&self, edition: usize, artifact: &Artifact, sha256: &[u8; 32]) -> Result<bool, Fatal> {
        let name = self.shelves.name(edition);
        if !self.before.files.is_empty()
            && let Some(entry) = self.before.files.get(&format!("{name}/{}", artifact.path))
            && self.is_same(name, artifact, sha256, entry)
        {
            return Ok(true);
        }
        let root = self.folders.staging.join(name);
        let path = root.join(&artifact.path);
        self.folder(edition, path.parent().unwrap_or(&root))?;
        write(&path, &artifact.bytes)?;
        Ok(false)
    }

    /// Whether the file on the disk is what would be written: as the last build listed it, and not
    /// touched since.
    fn is_same(&self, name: &str, artifact: &Artifact, sha256: &[u8; 32], entry: &Entry) -> bool {
        let size = artifact.bytes.len() as u64;
        if entry.size != size || entry.sha256 != hex(sha256) {
            return false;
        }
        let path = self.folders.out.join(name).join(&artifact.path);
        let Ok(data) = fs::symlink_metadata(&path) else {
            return false;
        };
        let untouched = || {
            let changed = data.modified().ok();
            changed
                .zip(self.written)
                .is_some_and(|(changed, written)| changed <= written)
        };
        data.is_file()
            && data.len() == size
            && (untouched() || fs::read(&path).is_ok_and(|bytes| bytes == *artifact.bytes))
    }

    /// Makes a folder and those around it, each once.
    fn folder(&self, edition: usize, path: &Path) -> Result<(), Fatal> {
        if held(&self.made[edition]).contains(path) {
            return Ok(());
        }
        let made = match fs::create_dir(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                self.folder(edition, path.parent().unwrap_or(path))?;
                fs::create_dir(path)
            }
            made => made,
        };
        match made {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                Err(Fatal::new("fatal-create", path, error))
            }
            _ => {
                held(&self.made[edition]).insert(path.to_owned());
                Ok(())
            }
        }
    }
}

impl Sink for Staging {
    fn take(&self, edition: usize, artifact: Artifact) {
        let sha256 = sha256_bytes(&artifact.bytes);
        let mut kept = false;
        if is_safe(&artifact.path) && held(&self.refusal).is_none() {
            match self.put(edition, &artifact, &sha256) {
                Ok(same) => kept = same,
                Err(fatal) => {
                    held(&self.refusal).get_or_insert(fatal);
                }
            }
        }
        let record = Record {
            size: artifact.bytes.len() as u64,
            path: artifact.path,
            from: artifact.from,
            media: artifact.media,
            sha256,
            kept,
        };
        self.shelves.put(edition, record);
    }
}

impl Drop for Staging {
    /// What could not be removed is removed by the next build.
    fn drop(&mut self) {
        let _ = self.folders.clean();
        if self.created.contains(&self.folders.out.join(".loa")) {
            let _ = fs::remove_file(self.folders.out.join(".loa/lock"));
        }
        for folder in self.created.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

/// A thread that panicked has at most not added to what is locked.
fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
