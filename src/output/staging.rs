//! New editions while they are made: each file is written beside the old edition as soon as it comes.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock};
use std::time::SystemTime;

use super::claim::{Claim, Hold};
use super::commit::{Sealed, read_manifest};
use super::folders::Folders;
use super::listing::Before;
use super::made::{Learned, Memory};
use super::manifest::Manifest;
use super::memory::{Shelves, held};
use super::part::{Lists, ShardStamp};
use super::plan::{EditionName, Placed, arrange, is_safe};
use crate::channel::{Outcome, Sink};
use crate::diag::{Fatal, Sources, Span};
use crate::load::Stamp;
use crate::model::{Artifact, Bytes, Digest};
use crate::text::sha256_bytes;

/// What is known of a file that was handed over.
#[derive(Debug)]
pub(super) struct Record {
    pub(super) path: String,
    pub(super) from: Vec<Span>,
    pub(super) media: Cow<'static, str>,
    pub(super) size: u64,
    pub(super) sha256: [u8; 32],
    /// Whether the file of the last build is the same, so that nothing was written.
    pub(super) kept: bool,
    /// How the file looks on the disk.
    pub(super) stamp: Stamp,
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
    /// What the last build left, read when it is first asked for.
    before: OnceLock<Manifest>,
    /// What is remembered of the last build; nothing where that does not count.
    pub(super) memory: Option<Memory>,
    /// The program whose memory it is.
    pub(super) program: Digest,
    /// What this run learned, by edition.
    learned: Vec<Mutex<Vec<Learned>>>,
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
        stamp: Option<ShardStamp>,
    ) -> Result<Staging, Fatal> {
        Staging::held(Hold::take(out)?, editions, stamp)
    }

    /// The same where an earlier build is, if its folder was to be had; remembers that build where it counts.
    #[must_use]
    pub fn claimed(
        claim: &mut Claim,
        editions: Vec<EditionName>,
        stamp: Option<ShardStamp>,
        (program, sources): (Digest, &Sources),
    ) -> Option<Staging> {
        let (hold, memory) = claim.end()?;
        let mut staging = Staging::held(hold, editions, stamp).ok()?;
        staging.program = program;
        if staging.counts() {
            staging.memory = Some(memory.named(sources));
        }
        Some(staging)
    }

    fn held(
        hold: Hold,
        editions: Vec<EditionName>,
        stamp: Option<ShardStamp>,
    ) -> Result<Staging, Fatal> {
        let Hold {
            folders,
            created,
            lock,
        } = hold;
        let lists = Lists::look(&folders.out.join(".loa"), stamp)?;
        let (mut before, mut others) = (OnceLock::new(), BTreeSet::new());
        if lists.stamp.is_some() {
            for path in &lists.parts {
                others.extend(read_manifest(path).files.into_keys());
            }
        } else if !lists.parts.is_empty() {
            let mut all = read_manifest(&lists.manifest);
            for path in &lists.parts {
                all.files.extend(read_manifest(path).files);
            }
            before = OnceLock::from(all);
        }
        // What shards left was written at other times than the list.
        let dated = lists.stamp.is_some() || lists.parts.is_empty();
        let written = fs::metadata(&lists.manifest).and_then(|data| data.modified());
        Ok(Staging {
            folders,
            before,
            memory: None,
            program: Digest::default(),
            learned: editions.iter().map(|_| Mutex::default()).collect(),
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

    /// Remembers this build, so that what is to be made from the same again need not be made. Does nothing
    /// for shards, and where shards left their files.
    pub fn remember(&mut self, program: Digest) {
        if self.counts() {
            self.memory = Some(Memory::default());
            self.program = program;
        }
    }

    /// Whether what is remembered counts.
    fn counts(&self) -> bool {
        self.lists.stamp.is_none() && self.lists.parts.is_empty()
    }

    /// What the last build left.
    pub(super) fn before(&self) -> Before<'_> {
        let remembered = self.memory.as_ref().filter(|memory| memory.listed);
        if let Some(memory) = remembered.filter(|_| self.before.get().is_none()) {
            return Before::Remembered(memory);
        }
        let read = || read_manifest(&self.lists.manifest);
        Before::Listed(self.before.get_or_init(read))
    }

    /// What was learned of the pieces of an edition.
    pub(super) fn learned(&mut self, edition: usize) -> Vec<Learned> {
        self.learned
            .get(edition)
            .map_or_else(Vec::new, |list| std::mem::take(&mut *held(list)))
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

    /// Writes a file unless that of the last build is the same; says whether it is, and how it looks on the disk.
    fn put(
        &self,
        edition: usize,
        artifact: &Artifact,
        sha256: &[u8; 32],
    ) -> Result<(bool, Stamp), Fatal> {
        let name = self.shelves.name(edition);
        let size = artifact.bytes.len() as u64;
        if self.before().has(name, &artifact.path, size, sha256)
            && let Some(stamp) = self.same(name, artifact)
        {
            return Ok((true, stamp));
        }
        let root = self.folders.staging.join(name);
        let path = root.join(&artifact.path);
        self.folder(edition, path.parent().unwrap_or(&root))?;
        let refused = |error| Fatal::new("fatal-write", &path, error);
        let mut file = File::create(&path).map_err(refused)?;
        file.write_all(&artifact.bytes).map_err(refused)?;
        let data = file.metadata().map_err(refused)?;
        Ok((false, Stamp::of(&data)))
    }

    /// How a file on the disk looks that the last build left as it would be written, if nobody touched it since.
    fn same(&self, name: &str, artifact: &Artifact) -> Option<Stamp> {
        let size = artifact.bytes.len() as u64;
        let memory = self.memory.as_ref();
        if let Some(stamp) = memory.and_then(|memory| memory.stamp(name, &artifact.path)) {
            return Some(stamp);
        }
        let path = self.folders.out.join(name).join(&artifact.path);
        let data = fs::symlink_metadata(&path).ok()?;
        let untouched = || {
            let changed = data.modified().ok();
            // With a memory the file would have been known.
            let times = changed.zip(self.written).filter(|_| memory.is_none());
            times.is_some_and(|(changed, written)| changed <= written)
        };
        let same = data.is_file()
            && data.len() == size
            && (untouched() || fs::read(&path).is_ok_and(|bytes| bytes == *artifact.bytes));
        same.then(|| Stamp::of(&data))
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
        let (mut kept, mut stamp) = (false, Stamp::default());
        if is_safe(&artifact.path) && held(&self.refusal).is_none() {
            match self.put(edition, &artifact, &sha256) {
                Ok(done) => (kept, stamp) = done,
                Err(fatal) => {
                    held(&self.refusal).get_or_insert(fatal);
                }
            }
        }
        let record = Record {
            size: artifact.bytes.len() as u64,
            path: artifact.path,
            from: artifact.from,
            media: artifact.media.into(),
            sha256,
            kept,
            stamp,
        };
        self.shelves.put(edition, record);
    }

    fn remembers(&self) -> bool {
        self.memory.is_some()
    }

    fn recall(&self, edition: usize, key: Digest) -> Option<Outcome> {
        let name = self.shelves.name(edition);
        let (files, outcome) = self.memory.as_ref()?.recall(name, key)?;
        for record in files {
            self.shelves.put(edition, record);
        }
        held(&self.learned[edition]).push(Learned::Again(key));
        Some(outcome.clone())
    }

    fn bytes(&self, edition: usize, path: &str) -> Option<Bytes> {
        let name = self.shelves.name(edition);
        // What came and is not written here is the same in the old edition.
        let places = [&self.folders.staging, &self.folders.out].into_iter();
        let read = |root: &PathBuf| fs::read(root.join(name).join(path)).ok();
        places.map(read).find_map(|bytes| bytes.map(Bytes::from))
    }

    fn keep(&self, edition: usize, key: Digest, files: Vec<String>, outcome: Outcome) {
        held(&self.learned[edition]).push(Learned::New(key, files, outcome));
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
