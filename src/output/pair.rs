//! An edition and the one before it, which is kept to make the next one of: what is known of both, so that a
//! build need not look through two folders to change a few files.
//!
//! A folder in which nothing came or went has the time that it had. Where a single one has another, both are
//! looked through, and nothing that stands here counts.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::tree::{self, around};
use crate::diag::Fatal;
use crate::load::Stamp;

/// What somebody adds to a folder so shortly after loa may leave no trace; nanoseconds. Where the disk counts
/// in larger steps, all folders are younger than that.
const YOUNG: i64 = 8_000_000;

/// An edition and its spare, as a build left them. The default knows nothing.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Pair {
    /// Files of the edition that loa did not write.
    pub(super) foreign: Vec<String>,
    /// Paths at which the spare has another file, or one of the two has none.
    differs: Vec<String>,
    /// Folders of the edition, which is one itself, with their times.
    own: Times,
    /// Those of the spare.
    spare: Times,
}

/// When something last came into a folder or went from it, by path.
type Times = Vec<(String, i64)>;

/// What becomes of a pair once its folders have changed places.
#[derive(Debug)]
pub(super) enum Next {
    /// Both are looked through: files that others wrote, those that differ, and all files of the old edition.
    Looked {
        foreign: Vec<String>,
        differs: Vec<String>,
        old: Vec<String>,
    },
    /// A few paths changed in the one that is the edition now.
    Mended {
        foreign: Vec<String>,
        differs: Vec<String>,
        changed: BTreeSet<String>,
    },
    /// One file of the edition is another now, and the two did not change places.
    Replaced {
        path: String,
        /// Files that are the same but stand elsewhere on the disk.
        relinked: Vec<String>,
        /// Whether nothing else came or went around it.
        known: bool,
    },
}

impl Pair {
    /// Whether nothing came or went in the folder around a file of the edition since a build that ended at a time.
    pub(super) fn knows(&self, edition: &Path, path: &str, ended: i64) -> bool {
        let folder = folder(path);
        let at = self
            .own
            .binary_search_by(|(known, _)| known.as_str().cmp(folder));
        at.is_ok_and(|at| is_untouched(edition, &self.own[at], ended))
    }

    /// Whether nothing came or went in either folder since a build that ended at a time.
    pub(super) fn holds(&self, edition: &Path, spare: &Path, ended: i64) -> bool {
        let same = |folder: &Path, times: &Times| {
            !times.is_empty()
                && times
                    .par_iter()
                    .all(|known| is_untouched(folder, known, ended))
        };
        same(edition, &self.own) && same(spare, &self.spare)
    }

    /// Makes the spare the next edition. `relinked` are files that the edition has under other numbers; `stale`
    /// ones go, `fresh` ones come from where they were made, and `stays` tells which of the rest there are.
    pub(super) fn mend(
        &self,
        (spare, current, staged): (&Path, &Path, &Path),
        (relinked, stale, fresh): (&[&str], &BTreeSet<&str>, &[&str]),
        stays: impl Fn(&str) -> bool,
    ) -> Result<(Next, bool), Fatal> {
        let known = self.differs.iter().chain(&self.foreign);
        let mut again: BTreeSet<&str> = known.map(String::as_str).collect();
        again.extend(relinked);
        again.extend(stale);
        let places: Vec<(&str, bool)> = again.iter().map(|path| (*path, stays(path))).collect();
        let copied = tree::mend(spare, (current, &places), (staged, fresh))?;
        let changed = again.iter().chain(fresh).map(|path| (*path).to_owned());
        let differs = stale.iter().chain(fresh).map(|path| (*path).to_owned());
        let foreign = self.foreign.iter().filter(|path| stays(path)).cloned();
        let next = Next::Mended {
            foreign: foreign.collect(),
            differs: differs.collect(),
            changed: changed.collect(),
        };
        Ok((next, copied))
    }
}

impl Pair {
    /// The same after a file of the edition was replaced.
    fn with(mut self, edition: &Path, path: String, relinked: Vec<String>) -> Option<Pair> {
        let folder = folder(&path);
        let at = self
            .own
            .binary_search_by(|(known, _)| known.as_str().cmp(folder));
        self.own[at.ok()?].1 = time(&edition.join(folder))?;
        self.differs.push(path);
        self.differs.extend(relinked);
        self.differs.sort();
        self.differs.dedup();
        Some(self)
    }
}

impl Next {
    /// The pair, now that the folders have changed places, and what it was `before`; `files` are those that loa wrote.
    pub(super) fn settle<'a>(
        self,
        before: Pair,
        (edition, spare): (&Path, &Path),
        files: impl Iterator<Item = &'a str>,
    ) -> Pair {
        match self {
            Next::Looked {
                foreign,
                differs,
                old,
            } => {
                let mut around = folders(files);
                around.extend(folders(foreign.iter().map(String::as_str)));
                Pair {
                    own: times(edition, &around),
                    spare: times(spare, &folders(old.iter().map(String::as_str))),
                    foreign,
                    differs,
                }
            }
            Next::Mended {
                foreign,
                differs,
                changed,
            } => {
                let touched = folders(changed.iter().map(String::as_str));
                let (mut own, spare) = (before.spare, before.own);
                own.retain(|(path, _)| !touched.contains(path.as_str()));
                own.extend(times(edition, &touched));
                own.sort();
                Pair {
                    foreign,
                    differs,
                    own,
                    spare,
                }
            }
            Next::Replaced {
                path,
                relinked,
                known,
            } => before
                .with(edition, path, relinked)
                .filter(|_| known)
                .unwrap_or_default(),
        }
    }
}

/// The folder around a file.
fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn is_untouched(root: &Path, (path, time): &(String, i64), ended: i64) -> bool {
    *time < ended.saturating_sub(YOUNG) && self::time(&root.join(path)) == Some(*time)
}

/// The folders around files, the outermost one too.
fn folders<'a>(paths: impl Iterator<Item = &'a str>) -> BTreeSet<&'a str> {
    let mut out = around(paths);
    out.insert("");
    out
}

/// The times of those folders that are there.
fn times(root: &Path, folders: &BTreeSet<&str>) -> Times {
    let folders: Vec<&str> = folders.iter().copied().collect();
    let one = |path: &&str| Some(((*path).to_owned(), time(&root.join(path))?));
    folders.par_iter().filter_map(one).collect()
}

fn time(folder: &Path) -> Option<i64> {
    let data = fs::symlink_metadata(folder).ok()?;
    data.is_dir().then(|| Stamp::of(&data).modified)
}
