//! A new edition put together from what did not change and from what was written: in place, of the one before the
//! last, or from nothing, whichever is least work.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use super::Committed;
use crate::diag::Fatal;
use crate::output::folders::Ready;
use crate::output::listing::{lacking, of_edition};
use crate::output::pair::Next;
use crate::output::plan::Arranged;
use crate::output::staging::{Record, Staging};
use crate::output::tree;

impl Staging {
    /// Puts all new editions together.
    pub(super) fn complete_all(
        &self,
        editions: &Arranged<Record>,
    ) -> Result<(Committed, Vec<Ready>), Fatal> {
        let mut done = Committed::default();
        let mut ready: Vec<Ready> = Vec::new();
        for (name, files) in editions {
            ready.extend(self.complete(name, files, &mut done)?);
        }
        Ok((done, ready))
    }

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
        let edition = self.folders.out.join(name);
        let stale = |own: &&str| {
            !self.others.contains(&format!("{name}/{own}"))
                && edition.join(own).symlink_metadata().is_ok()
        };
        let here = || files.keys().map(String::as_str);
        let left = lacking(self.before().paths(name).into_iter(), here());
        let killed = lacking(of_edition(&self.pending, name), here());
        let left = left.into_iter().chain(killed);
        let stale: BTreeSet<&str> = left.filter(stale).collect();
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
        if let Some(ready) = self.replace(&change) {
            return Ok(Some(ready));
        }
        match self.mend(&change)? {
            Some(ready) => Ok(Some(ready)),
            None => self.put_together(&change).map(Some),
        }
    }

    /// Leaves the edition where it is if a single file takes the place of another.
    fn replace(&self, change: &Change<'_>) -> Option<Ready> {
        let memory = self.memory.as_ref().filter(|_| change.keep_old)?;
        let ([path], true) = (change.fresh, change.stale.is_empty()) else {
            return None;
        };
        let (current, staged, _) = self.folders.three(change.name);
        let place = current.join(path).symlink_metadata().ok()?;
        let relinked = memory.relinked(change.name, change.files);
        let relinked = relinked.into_iter().map(str::to_owned).collect();
        place.is_file().then(|| Ready {
            name: change.name.to_owned(),
            folder: staged,
            empty: false,
            keep_old: true,
            copied: false,
            single: Some((*path).to_owned()),
            next: Some(memory.replaced(change.name, &current, path, relinked)),
        })
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
        let relinked = memory.relinked(name, files);
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
            single: None,
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
            single: None,
            next,
        })
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
