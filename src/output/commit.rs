//! Folders that change places: each edition is made beside the old one and takes its place in one step.
//!
//! At every moment `public/EDITION` is a whole site. The new folder is put together under
//! `public/.loa/staging` while files are made ([`Staging`]); files that did not change are linked
//! into it, so they keep their bytes and times; files that loa did not write are linked too; then
//! the two folders change places. Where little changed, the old folder is kept in `public/.loa/spare`:
//! the next edition is made of it, which takes as much work as there are changes. `pending.json` is written before the first exchange, so that a
//! build that is killed leaves no file that nobody owns.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;

use super::folders::Ready;
use super::made::{self, Left, Run};
use super::manifest::Manifest;
use super::pair::Next;
use super::part::{Lists, write_list};
use super::staging::{Record, Staging};
use super::tree;
use crate::diag::{Diagnostic, Fatal, Sources};
use crate::load::Stamp;

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

    /// Lets the new editions take the place of the old ones and returns what was done. A run that is
    /// to be remembered is kept with what was learned of its pieces.
    ///
    /// # Errors
    /// When the operating system refuses, now or while files were written; the last good editions stay.
    pub fn commit(mut self, sources: &Sources, run: Option<Run>) -> Result<Committed, Fatal> {
        let now = Manifest::of(&self.editions, sources);
        let made = self.editions.len();
        let (done, mut ready) = self.exchange_all(&now)?;
        let Sealed {
            mut staging,
            editions,
            ..
        } = self;
        let Some(memory) = staging.memory.take() else {
            return Ok(done);
        };
        let editions = editions[..made].iter().enumerate();
        let editions = editions
            .map(|(at, (name, files))| Left {
                name,
                files,
                learned: staging.learned(at),
                pair: staging.folders.pair(name, files, &mut ready, &memory),
            })
            .collect();
        let list = staging.folders.out.join(".loa/manifest.json");
        let known = (staging.program, sources);
        made::keep(&staging.folders.out, &list, known, editions, (&memory, run));
        Ok(done)
    }

    /// The same with a list that is known already, and without remembering anything.
    pub(super) fn commit_as(&mut self, now: &Manifest) -> Result<Committed, Fatal> {
        Ok(self.exchange_all(now)?.0)
    }

    fn exchange_all(&mut self, now: &Manifest) -> Result<(Committed, Vec<Ready>), Fatal> {
        if let Some(fatal) = self.staging.refused() {
            return Err(fatal);
        }
        let left = [self.staging.before(), &self.staging.pending];
        let gone: BTreeSet<String> = left
            .into_iter()
            .flat_map(Manifest::editions)
            .filter(|name| !self.editions.iter().any(|(own, _)| own == name))
            .collect();
        let gone = gone.into_iter().map(|name| (name, BTreeMap::new()));
        self.editions.extend(gone);
        let mut done = Committed::default();
        let mut ready: Vec<Ready> = Vec::new();
        for (name, files) in &mut self.editions {
            ready.extend(self.staging.complete(name, files, &mut done)?);
        }
        self.staging.exchange(&ready, now)?;
        for (name, files) in &mut self.editions {
            if ready
                .iter()
                .any(|ready| ready.name == *name && ready.copied)
            {
                self.staging.look_again(name, files);
            }
        }
        Ok((done, ready))
    }
}

impl Staging {
    /// Puts a new edition together from what did not change and what was written; nothing when all is as it was.
    fn complete(
        &self,
        name: &str,
        files: &BTreeMap<String, Record>,
        done: &mut Committed,
    ) -> Result<Option<Ready>, Fatal> {
        let kept = files.values().filter(|file| file.kept).count();
        done.unchanged += kept;
        done.written += files.len() - kept;
        let written = files.values().filter(|file| !file.kept);
        done.bytes += written.map(|file| file.size).sum::<u64>();
        let ours = [self.before(), &self.pending];
        let stale = |path: &str| {
            let is_gone = |own: &str| !files.contains_key(own) && !self.others.contains(path);
            path.strip_prefix(name)
                .and_then(|own| own.strip_prefix('/'))
                .is_some_and(is_gone)
        };
        let prefix = format!("{name}/");
        let left = ours.iter().flat_map(|list| of_edition(list, &prefix));
        let stale: BTreeSet<&str> = left
            .filter(|path| stale(path) && self.folders.out.join(path).symlink_metadata().is_ok())
            .map(|path| &path[prefix.len()..])
            .collect();
        done.removed += stale.len();
        if kept == files.len() && stale.is_empty() {
            return Ok(None);
        }
        let fresh: Vec<&str> = files
            .iter()
            .filter_map(|(path, file)| (!file.kept).then_some(path.as_str()))
            .collect();
        let change = Change {
            name,
            files,
            stale: &stale,
            fresh: &fresh,
            keep_old: self.memory.is_some() && tree::HAS_INODES && kept * 2 >= files.len(),
        };
        match self.mend(&change)? {
            Some(ready) => Ok(Some(ready)),
            None => self.put_together(&change).map(Some),
        }
    }

    /// Makes the new edition of the spare one where that takes a few changes.
    fn mend(&self, change: &Change<'_>) -> Result<Option<Ready>, Fatal> {
        let Change {
            name,
            files,
            stale,
            fresh,
            keep_old,
        } = *change;
        let (current, staged, spare) = self.folders.three(name);
        let memory = self.memory.as_ref().filter(|_| keep_old);
        let Some((memory, pair)) =
            memory.and_then(|memory| Some((memory, memory.sound_pair(name, &current, &spare)?)))
        else {
            return Ok(None);
        };
        let moved = |path: &&str| files[*path].kept && memory.stamp(name, path).is_none();
        let relinked: Vec<&str> = files.keys().map(String::as_str).filter(moved).collect();
        let stays = |path: &str| {
            let foreign = || !stale.contains(path) && pair.foreign.iter().any(|own| own == path);
            files.get(path).map_or_else(foreign, |file| file.kept)
        };
        let (next, copied) = pair.mend(
            (&spare, &current, &staged),
            (&relinked, stale, fresh),
            stays,
        )?;
        Ok(Some(Ready {
            name: name.to_owned(),
            folder: spare,
            empty: false,
            keep_old,
            copied,
            next: Some(next),
        }))
    }

    /// Looks through the old edition, and puts a new one together from it and from what was written.
    fn put_together(&self, change: &Change<'_>) -> Result<Ready, Fatal> {
        let Change {
            name,
            files,
            stale,
            fresh,
            keep_old,
        } = *change;
        let (current, staged, spare) = self.folders.three(name);
        let there = tree::list(&current)?;
        let is_foreign = |path: &str| !files.contains_key(path) && !stale.contains(path);
        let is_kept = |path: &str| files.get(path).is_some_and(|file| file.kept);
        let carried: Vec<(&str, u64)> = there
            .iter()
            .map(|(path, inode)| (path.as_str(), *inode))
            .filter(|(path, _)| is_kept(path) || is_foreign(path))
            .collect();
        if let Some(path) = missing(files, &carried) {
            let error = io::ErrorKind::NotFound.into();
            return Err(Fatal::new("fatal-read", &current.join(path), error));
        }
        let empty = carried.is_empty() && fresh.is_empty();
        let (folder, copied) = if keep_old && spare.is_dir() {
            let copied = tree::bring_up(&spare, (&current, &carried), (&staged, fresh))?;
            (spare, copied)
        } else {
            tree::remove(&spare)?;
            let copied = tree::carry(&staged, &current, &carried)?;
            (staged, copied)
        };
        let old: Vec<String> = there.into_iter().map(|(path, _)| path).collect();
        let differs = stale.iter().chain(fresh).map(|path| (*path).to_owned());
        let next = keep_old.then(|| Next::Looked {
            foreign: old
                .iter()
                .filter(|path| is_foreign(path))
                .cloned()
                .collect(),
            differs: differs.collect(),
            old,
        });
        Ok(Ready {
            name: name.to_owned(),
            folder,
            empty,
            keep_old,
            copied,
            next,
        })
    }

    /// Exchanges the editions that changed, and leaves the list of what is there now.
    fn exchange(&mut self, ready: &[Ready], now: &Manifest) -> Result<(), Fatal> {
        self.keep();
        let whole = self.lists.stamp.is_none() && self.lists.parts.is_empty();
        if whole && ready.is_empty() && self.before() == now && self.lists.manifest.exists() {
            forget(&self.lists.pending)?;
            return self.folders.clean();
        }
        let Lists {
            manifest,
            pending,
            stamp,
            parts,
        } = &self.lists;
        let write_manifest = |path: &Path, list: &Manifest| write_list(path, list, stamp.as_ref());
        // Whatever this build or a killed one before it may have put there is ours to remove.
        let left = self.before().files.iter().chain(&self.pending.files);
        let gone: Vec<_> = left
            .filter(|(path, _)| !now.files.contains_key(*path))
            .map(|(path, entry)| (path.clone(), entry.clone()))
            .collect();
        if gone.is_empty() {
            write_manifest(pending, now)?;
        } else {
            let mut ours = now.clone();
            ours.files.extend(gone.iter().cloned());
            write_manifest(pending, &ours)?;
        }
        for ready in ready {
            self.folders.exchange(ready)?;
        }
        if gone.is_empty() {
            fs::rename(pending, manifest)
                .map_err(|error| Fatal::new("fatal-rename", manifest, error))?;
        } else {
            write_manifest(manifest, now)?;
            forget(pending)?;
        }
        if stamp.is_none() {
            // The shards are part of the whole now.
            parts.iter().try_for_each(|path| forget(path))?;
        }
        self.folders.clean_spare(&now.editions())?;
        self.folders.clean()
    }

    /// Looks again how files stand.
    fn look_again(&self, name: &str, files: &mut BTreeMap<String, Record>) {
        let folder = self.folders.out.join(name);
        for (path, record) in files {
            let data = fs::symlink_metadata(folder.join(path));
            record.stamp = data.map(|data| Stamp::of(&data)).unwrap_or_default();
        }
    }
}

/// How an edition changes.
#[derive(Clone, Copy)]
struct Change<'a> {
    name: &'a str,
    files: &'a BTreeMap<String, Record>,
    /// Files of loa's that go.
    stale: &'a BTreeSet<&'a str>,
    /// Files that were written.
    fresh: &'a [&'a str],
    /// Whether the old folder is kept.
    keep_old: bool,
}

/// A file that is to be kept and is not there any more; both in path order.
fn missing<'a>(files: &'a BTreeMap<String, Record>, there: &[(&str, u64)]) -> Option<&'a str> {
    let kept = files.iter().filter(|(_, file)| file.kept);
    let mut kept = kept.map(|(path, _)| path.as_str());
    kept.find(|path| {
        there
            .binary_search_by(|(known, _)| known.cmp(path))
            .is_err()
    })
}

/// The paths in a list that lie in an edition, which is named with `/` behind it.
fn of_edition<'a>(list: &'a Manifest, prefix: &'a str) -> impl Iterator<Item = &'a str> {
    let from = list.files.range(prefix.to_owned()..);
    from.map(|(path, _)| path.as_str())
        .take_while(move |path| path.starts_with(prefix))
}

pub(super) fn read_manifest(path: &Path) -> Manifest {
    fs::read(path)
        .ok()
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .unwrap_or_default()
}

fn forget(path: &Path) -> Result<(), Fatal> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(Fatal::new("fatal-remove", path, error))
        }
        _ => Ok(()),
    }
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

    fn list(folder: &Path) -> Vec<String> {
        let files = tree::list(folder).unwrap().into_iter();
        files.map(|(path, _)| path).collect()
    }

    fn commit(files: Files<'_>, out: &Path) -> Committed {
        sealed(files, &["bao"], out)
            .commit(&Sources::default(), None)
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
        let left = list(&out.join("bao"));
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
        none.commit(&Sources::default(), None).unwrap();
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
        assert_eq!(list(&out.join("bao")), ["a.txt"]);
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
