//! Folders that change places: each edition is made beside the old one and takes its place in one step.
//!
//! At every moment `public/EDITION` is a whole site. The new folder is put together under
//! `public/.loa/staging` while files are made ([`Staging`]); files that did not change are linked
//! into it, so they keep their bytes and times; files that loa did not write are linked too; then
//! the two folders change places. `pending.json` is written before the first exchange, so that a
//! build that is killed leaves no file that nobody owns.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::manifest::Manifest;
use super::part::{Lists, Part, Stamp};
use super::staging::{Record, Staging};
use crate::diag::{Diagnostic, Fatal, Sources};

/// What a commit did.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Committed {
    /// Files written because they are new or changed.
    pub written: usize,
    /// Files left as they were.
    pub unchanged: usize,
    /// Files removed because nothing makes them any more.
    pub removed: usize,
    /// The bytes of the files that were written.
    pub bytes: u64,
}

/// A build of which every file is known. Dropped, it leaves the disk as it was.
#[derive(Debug)]
pub struct Sealed {
    pub(super) staging: Staging,
    /// Editions in the order of `loa.yaml`, with their files by path.
    pub(super) editions: Vec<(String, BTreeMap<String, Record>)>,
    /// What is wrong with the files as a whole.
    pub diags: Vec<Diagnostic>,
}

impl Sealed {
    /// How many files each edition has, in the order of `loa.yaml`.
    #[must_use]
    pub fn counts(&self) -> Vec<usize> {
        self.editions.iter().map(|(_, files)| files.len()).collect()
    }

    /// Lets the new editions take the place of the old ones and returns what was done.
    ///
    /// # Errors
    /// When the operating system refuses, now or while files were written; the last good editions stay.
    pub fn commit(self, sources: &Sources) -> Result<Committed, Fatal> {
        let now = Manifest::of(&self.editions, sources);
        self.commit_as(&now)
    }

    /// The same with a list that is known already.
    pub(super) fn commit_as(mut self, now: &Manifest) -> Result<Committed, Fatal> {
        if let Some(fatal) = self.staging.refused() {
            return Err(fatal);
        }
        let gone: BTreeSet<String> = self
            .staging
            .before
            .editions()
            .into_iter()
            .chain(self.staging.pending.editions())
            .filter(|name| !self.editions.iter().any(|(own, _)| own == name))
            .collect();
        let gone = gone.into_iter().map(|name| (name, BTreeMap::new()));
        self.editions.extend(gone);
        let mut done = Committed::default();
        let mut ready: Vec<&str> = Vec::new();
        for (name, files) in &self.editions {
            if self.staging.complete(name, files, &mut done)? {
                ready.push(name);
            }
        }
        self.staging.exchange(&ready, now)?;
        Ok(done)
    }
}

impl Staging {
    /// Adds what did not change to the new folder of an edition; false when nothing in it changed.
    fn complete(
        &self,
        name: &str,
        files: &BTreeMap<String, Record>,
        done: &mut Committed,
    ) -> Result<bool, Fatal> {
        let current = self.folders.out.join(name);
        let there = list(&current)?;
        let known = |path: &str| {
            let path = format!("{name}/{path}");
            let ours = [&self.before, &self.pending];
            ours.iter().any(|list| list.files.contains_key(&path)) && !self.others.contains(&path)
        };
        let foreign: Vec<&String> = there
            .iter()
            .filter(|path| !files.contains_key(*path) && !known(path))
            .collect();
        let kept: Vec<&String> = files
            .iter()
            .filter_map(|(path, file)| file.kept.then_some(path))
            .collect();
        let own = there.iter().filter(|path| files.contains_key(*path));
        let removed = there.len() - foreign.len() - own.count();
        done.unchanged += kept.len();
        done.written += files.len() - kept.len();
        let written = files.values().filter(|file| !file.kept);
        done.bytes += written.map(|file| file.size).sum::<u64>();
        done.removed += removed;
        if kept.len() == files.len() && removed == 0 {
            return Ok(false);
        }
        let staged = self.folders.staging.join(name);
        let carried: Vec<&String> = kept.into_iter().chain(foreign).collect();
        make_folders(&staged, carried.iter().copied())?;
        carried
            .par_iter()
            .try_for_each(|path| carry(&current.join(path), &staged.join(path)))?;
        Ok(true)
    }

    /// Exchanges the editions that changed, and leaves the list of what is there now.
    fn exchange(mut self, ready: &[&str], now: &Manifest) -> Result<(), Fatal> {
        self.keep();
        let Lists {
            manifest,
            pending,
            stamp,
            parts,
        } = std::mem::take(&mut self.lists);
        let whole = stamp.is_none() && parts.is_empty();
        if whole && ready.is_empty() && self.before == *now {
            forget(&pending)?;
            return self.folders.clean();
        }
        let write_manifest = |path: &Path, list: &Manifest| write_list(path, list, stamp.as_ref());
        // Whatever this build or a killed one before it may have put there is ours to remove.
        let before = std::mem::take(&mut self.before).files.into_iter();
        let killed = std::mem::take(&mut self.pending).files.into_iter();
        let gone: Vec<_> = before
            .chain(killed)
            .filter(|(path, _)| !now.files.contains_key(path))
            .collect();
        if gone.is_empty() {
            write_manifest(&pending, now)?;
        } else {
            let mut ours = now.clone();
            ours.files.extend(gone.iter().cloned());
            write_manifest(&pending, &ours)?;
        }
        for name in ready {
            self.folders.exchange(name)?;
        }
        if gone.is_empty() {
            fs::rename(&pending, &manifest)
                .map_err(|error| Fatal::new("fatal-rename", &manifest, error))?;
        } else {
            write_manifest(&manifest, now)?;
            forget(&pending)?;
        }
        if stamp.is_none() {
            // The shards are part of the whole now.
            parts.iter().try_for_each(|path| forget(path))?;
        }
        self.folders.clean()
    }
}

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

pub(super) fn read_manifest(path: &Path) -> Manifest {
    fs::read(path)
        .ok()
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .unwrap_or_default()
}

/// Written beside, then renamed: a build that is killed leaves the old list or the new one.
fn write_list(path: &Path, list: &Manifest, stamp: Option<&Stamp>) -> Result<(), Fatal> {
    let text = match stamp {
        None => serde_json::to_vec_pretty(list),
        Some(stamp) => serde_json::to_vec_pretty(&Part::of(stamp, list)),
    };
    let text = text.map_err(|error| Fatal::new("fatal-write", path, error.into()))?;
    let beside = path.with_extension("json.new");
    write(&beside, &text)?;
    fs::rename(&beside, path).map_err(|error| Fatal::new("fatal-rename", path, error))
}

fn forget(path: &Path) -> Result<(), Fatal> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(Fatal::new("fatal-remove", path, error))
        }
        _ => Ok(()),
    }
}

pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), Fatal> {
    fs::write(path, bytes).map_err(|error| Fatal::new("fatal-write", path, error))
}

/// Where editions lie, where new ones are put together, and where old ones wait for a moment.
#[derive(Debug)]
pub(super) struct Folders {
    pub(super) out: PathBuf,
    pub(super) staging: PathBuf,
    old: PathBuf,
}

impl Folders {
    pub(super) fn new(out: &Path) -> Folders {
        let own = out.join(".loa");
        Folders {
            out: out.to_owned(),
            staging: own.join("staging"),
            old: own.join("old"),
        }
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
        for folder in [&self.staging, &self.old] {
            if folder.exists() {
                fs::remove_dir_all(folder)
                    .map_err(|error| Fatal::new("fatal-remove", folder, error))?;
            }
        }
        Ok(())
    }

    /// Lets the new folder of an edition take the place of the old one.
    fn exchange(&self, name: &str) -> Result<(), Fatal> {
        let (new, place) = (self.staging.join(name), self.out.join(name));
        let refused = |error| Fatal::new("fatal-rename", &place, error);
        if !place.exists() {
            return fs::rename(&new, &place).map_err(refused);
        }
        if list(&new)?.is_empty() {
            return fs::remove_dir_all(&place)
                .map_err(|error| Fatal::new("fatal-remove", &place, error));
        }
        if swap(&new, &place).is_ok() {
            return Ok(());
        }
        // Without an atomic exchange: two renames, and `recover` puts the old folder back if killed between.
        fs::create_dir_all(&self.old)
            .map_err(|error| Fatal::new("fatal-create", &self.old, error))?;
        let old = self.old.join(name);
        fs::rename(&place, &old).map_err(refused)?;
        fs::rename(&new, &place).map_err(|error| {
            // The message is about the first error; if this fails too, the next build recovers.
            let _ = fs::rename(&old, &place);
            refused(error)
        })
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

/// The files below a folder, with `/`; none when there is no folder.
fn list(folder: &Path) -> Result<BTreeSet<String>, Fatal> {
    let mut out = BTreeSet::new();
    let mut open = vec![(folder.to_owned(), String::new())];
    while let Some((folder, prefix)) = open.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound && prefix.is_empty() => {
                return Ok(out);
            }
            Err(error) => return Err(Fatal::new("fatal-read", &folder, error)),
        };
        for entry in entries {
            let entry = entry.map_err(|error| Fatal::new("fatal-read", &folder, error))?;
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                open.push((entry.path(), format!("{name}/")));
            } else {
                out.insert(name);
            }
        }
    }
    Ok(out)
}

fn make_folders<'a>(root: &Path, paths: impl Iterator<Item = &'a String>) -> Result<(), Fatal> {
    let mut folders: BTreeSet<&str> = paths
        .filter_map(|path| Some(path.rsplit_once('/')?.0))
        .collect();
    folders.insert("");
    for folder in folders {
        let path = root.join(folder);
        fs::create_dir_all(&path).map_err(|error| Fatal::new("fatal-create", &path, error))?;
    }
    Ok(())
}

/// The same file at another place: linked, or copied with its time where links are not to be had.
fn carry(from: &Path, to: &Path) -> Result<(), Fatal> {
    if fs::hard_link(from, to).is_ok() {
        return Ok(());
    }
    let copy = || -> io::Result<()> {
        fs::copy(from, to)?;
        let modified = fs::metadata(from)?.modified()?;
        File::options().write(true).open(to)?.set_modified(modified)
    };
    copy().map_err(|error| Fatal::new("fatal-write", to, error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::channel::Sink;
    use crate::diag::{FileId, Span};
    use crate::model::Artifact;

    type Files<'a> = &'a [(&'a str, &'a str)];

    fn sealed(files: Files<'_>, editions: &[&str], out: &Path) -> Sealed {
        let span = Span::start_of(FileId(0));
        let names = editions.iter().map(|name| ((*name).to_owned(), span));
        let staging = Staging::open(out, names.collect(), None).unwrap();
        for (path, text) in files {
            let artifact = Artifact {
                path: (*path).to_owned(),
                media: "text/plain",
                bytes: text.as_bytes().into(),
                from: Vec::new(),
            };
            staging.take(0, artifact);
        }
        staging.close()
    }

    fn commit(files: Files<'_>, out: &Path) -> Committed {
        sealed(files, &["bao"], out)
            .commit(&Sources::default())
            .unwrap()
    }

    #[test]
    fn changed_files_are_written_stale_ones_removed_foreign_ones_kept() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path();
        commit(&[("a/index.html", "1"), ("b/index.html", "2")], out);
        fs::write(out.join("bao/CNAME"), "x").unwrap();
        let time = |path: &str| fs::metadata(out.join(path)).unwrap().modified().unwrap();
        let before = time("bao/a/index.html");
        let done = commit(&[("a/index.html", "1"), ("c/index.html", "3")], out);
        assert_eq!(
            done,
            Committed {
                written: 1,
                unchanged: 1,
                removed: 1,
                bytes: 1
            }
        );
        let left: Vec<String> = list(&out.join("bao")).unwrap().into_iter().collect();
        assert_eq!(left, ["CNAME", "a/index.html", "c/index.html"]);
        assert_eq!(time("bao/a/index.html"), before);
        assert!(!out.join(".loa/staging").exists() && !out.join(".loa/pending.json").exists());
    }

    #[test]
    fn an_edition_that_is_no_longer_made_leaves_only_foreign_files() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path();
        commit(&[("a.txt", "1")], out);
        let none = sealed(&[], &[], out);
        none.commit(&Sources::default()).unwrap();
        assert!(!out.join("bao").exists());
    }

    #[test]
    fn files_of_a_build_that_was_killed_before_its_list_was_final_are_not_foreign() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path();
        let (a, b) = ([("a.txt", "1")], [("b.txt", "2")]);
        let manifest = out.join(".loa/manifest.json");
        commit(&a, out);
        let of_a = read_manifest(&manifest);
        commit(&b, out);
        // As if the process had died after the exchange: the old list, and all names in the pending one.
        let mut both = read_manifest(&manifest);
        both.files.extend(of_a.files.clone());
        write_list(&out.join(".loa/pending.json"), &both, None).unwrap();
        write_list(&manifest, &of_a, None).unwrap();
        commit(&a, out);
        assert_eq!(
            list(&out.join("bao"))
                .unwrap()
                .into_iter()
                .collect::<Vec<_>>(),
            ["a.txt"]
        );
    }

    #[test]
    fn a_killed_exchange_is_put_right() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path();
        commit(&[("a.txt", "1")], out);
        fs::create_dir_all(out.join(".loa/old")).unwrap();
        fs::rename(out.join("bao"), out.join(".loa/old/bao")).unwrap();
        let done = commit(&[("a.txt", "1")], out);
        assert_eq!(done.unchanged, 1);
    }

    #[test]
    fn a_file_that_somebody_changed_is_made_again() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path();
        commit(&[("a.txt", "1"), ("b.txt", "2")], out);
        fs::write(out.join("bao/a.txt"), "x").unwrap();
        let done = commit(&[("a.txt", "1"), ("b.txt", "2")], out);
        assert_eq!((done.written, done.unchanged), (1, 1));
        assert_eq!(fs::read(out.join("bao/a.txt")).unwrap(), b"1");
    }

    #[test]
    fn a_build_that_is_given_up_leaves_no_trace() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("public");
        let two = [("a", "1"), ("a/b", "2")];
        let first = sealed(&two, &["bao"], &out);
        assert_eq!(first.diags.len(), 1, "a file where a folder must be");
        drop(first);
        assert!(!out.exists());
        commit(&[("a.txt", "1")], &out);
        drop(sealed(&[("b.txt", "2")], &["bao"], &out));
        assert!(!out.join(".loa/staging").exists() && !out.join("bao/b.txt").exists());
        assert!(out.join("bao/a.txt").exists() && out.join(".loa/manifest.json").exists());
    }
}
