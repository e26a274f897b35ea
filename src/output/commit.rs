//! Folders that change places: each edition is made beside the old one and takes its place in one step.
//!
//! At every moment `public/EDITION` is a whole site. The new folder is put together under
//! `public/.loa/staging` while files are made ([`Staging`]); files that did not change are linked
//! into it, so they keep their bytes and times; files that loa did not write are linked too; then
//! the two folders change places. Where little changed, the old folder is kept in `public/.loa/spare`:
//! the next edition is made of it, which takes as much work as there are changes. `pending.json` is written before the first exchange, so that a
//! build that is killed leaves no file that nobody owns.

mod complete;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;
use std::thread;

use super::folders::Ready;
use super::listing::{self, Listing};
use super::made::{self, Left, Run};
use super::manifest::Manifest;
use super::part::{Lists, put_list, text_of_list, write_list};
use super::patch;
use super::staging::{Record, Staging};
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
    pub fn commit(mut self, sources: &Sources, run: Option<Run<'_>>) -> Result<Committed, Fatal> {
        let made = self.editions.len();
        let (done, mut ready) = self.exchange_all(Now::Made(sources))?;
        let Sealed {
            mut staging,
            editions,
            ..
        } = self;
        let Some(mut memory) = staging.memory.take() else {
            return Ok(done);
        };
        let left = editions[..made].iter().enumerate();
        let left = left
            .map(|(at, (name, files))| Left {
                name,
                files,
                learned: staging.learned(at),
                pair: staging.folders.pair(name, files, &mut ready, &mut memory),
            })
            .collect();
        let list = staging.folders.out.join(".loa/manifest.json");
        let known = (staging.program, sources);
        made::keep(&staging.folders.out, &list, known, left, (&memory, run));
        // Giving back so many small things takes a while, for which nobody need wait.
        let _ = thread::Builder::new().spawn(move || drop((memory, editions)));
        Ok(done)
    }

    /// The same with a list that is known already, and without remembering anything.
    pub(super) fn commit_as(&mut self, now: &Manifest) -> Result<Committed, Fatal> {
        Ok(self.exchange_all(Now::Listed(now))?.0)
    }

    fn exchange_all(&mut self, now: Now<'_>) -> Result<(Committed, Vec<Ready>), Fatal> {
        if let Some(fatal) = self.staging.refused() {
            return Err(fatal);
        }
        let mut left = self.staging.before().editions();
        left.extend(self.staging.pending.editions());
        let gone: BTreeSet<String> = left
            .into_iter()
            .filter(|name| !self.editions.iter().any(|(own, _)| own == name))
            .collect();
        let gone = gone.into_iter().map(|name| (name, BTreeMap::new()));
        self.editions.extend(gone);
        let now = match now {
            Now::Listed(list) => Listing::Listed(list),
            Now::Made(sources) => Listing::Made(&self.editions, sources),
        };
        let (staging, editions) = (&self.staging, &self.editions);
        // One looks through folders, the other writes a long text.
        let (completed, text) =
            rayon::join(|| staging.complete_all(editions), || self.staging.text(now));
        let (done, ready) = completed?;
        self.staging.exchange(&ready, now, &text?)?;
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

/// What an exchange brings.
#[derive(Clone, Copy)]
enum Now<'a> {
    /// What a list says.
    Listed(&'a Manifest),
    /// What was made from these sources.
    Made(&'a Sources),
}

impl Staging {
    /// The list as it is written; where little changed, the last one with that changed.
    fn text(&self, now: Listing<'_>) -> Result<Vec<u8>, Fatal> {
        let remembered = self.memory.as_ref().filter(|memory| memory.listed);
        let old = || fs::read_to_string(&self.lists.manifest).ok();
        if let (Some(memory), Listing::Made(editions, sources)) = (remembered, now)
            && let Some(text) = patch::patched(old, memory, editions, sources)
        {
            return Ok(text);
        }
        text_of_list(&self.lists.pending, now, self.lists.stamp.as_ref())
    }

    /// Exchanges the editions that changed, and leaves the list of what is there now, which is written as `text`.
    fn exchange(&mut self, ready: &[Ready], now: Listing<'_>, text: &[u8]) -> Result<(), Fatal> {
        self.keep();
        let whole = self.lists.stamp.is_none() && self.lists.parts.is_empty();
        let same = || self.before().manifest() == now.manifest() && self.lists.manifest.exists();
        if whole && ready.is_empty() && same() {
            forget(&self.lists.pending)?;
            return self.folders.clean();
        }
        let Lists {
            manifest,
            pending,
            stamp,
            parts,
        } = &self.lists;
        // Whatever this build or a killed one before it may have put there is ours to remove.
        let mut gone = self.before().gone(&now);
        gone.extend(listing::gone(&self.pending, &now));
        if gone.is_empty() {
            put_list(pending, text)?;
        } else {
            let mut ours = now.manifest().into_owned();
            ours.files.extend(gone.iter().cloned());
            write_list(pending, &ours, stamp.as_ref())?;
        }
        for ready in ready {
            self.folders.exchange(ready)?;
        }
        if gone.is_empty() {
            fs::rename(pending, manifest)
                .map_err(|error| Fatal::new("fatal-rename", manifest, error))?;
        } else {
            put_list(manifest, text)?;
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
    use crate::output::tree;

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
