//! What the last build wrote, from what, and how its files looked on the disk when it ended.
//!
//! Kept in `public/.loa/cache/made`. A piece that is to be made from the same again is not made as
//! long as its files stand as they were left; they are recognized by size, time and number, and
//! those that are too young for that by their bytes.

mod keep;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::cache;
use super::listing::lacking;
use super::manifest::{Entry, Manifest};
use super::pair::{Next, Pair};
use super::plan::Arranged;
use super::staging::Record;
use crate::channel::{Outcome, Tally};
use crate::diag::{Diagnostic, FileId, Sources, Span};
use crate::load::{Folder, Stamp, unpack};
use crate::model::Digest;
use crate::text::{hex, sha256_bytes};

pub(super) use keep::{Left, keep};

/// The name of the cache.
const NAME: &str = "made";
/// That of the run.
const RUN: &str = "run";

/// A file that was changed so shortly before the end of a build may have changed again without a trace;
/// nanoseconds.
const YOUNG: i64 = 50_000_000;
/// The same where the disk counts time in steps of up to two seconds.
const YOUNG_COARSE: i64 = 2_000_000_000;

/// A whole run: by its key, what was found and what it came to.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Run<'a> {
    /// A digest of all that the run depends on: sources, options, program.
    pub key: Digest,
    /// The findings as they were shown.
    pub found: Cow<'a, [Diagnostic]>,
    /// What each edition came to, and how many files it has.
    pub tallies: Vec<(String, Tally, usize)>,
    /// Titles of the articles in which a fact differs between communes.
    pub differing: Vec<String>,
}

/// As it is stored.
#[derive(Debug, Serialize, Deserialize)]
struct Made {
    /// How the list of files looked.
    list: Stamp,
    /// The key of the run, which is kept by itself: few runs ask for more than that.
    run: Option<Digest>,
    /// Paths of sources.
    sources: Vec<String>,
    editions: Vec<Edition>,
}

/// An edition as it was left.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Edition {
    name: String,
    /// In path order.
    files: Vec<File>,
    /// In the order of their keys.
    pieces: Vec<Piece>,
    /// The folder and its spare.
    pair: Pair,
}

#[derive(Debug, Serialize, Deserialize)]
struct File {
    path: String,
    media: String,
    sha256: [u8; 32],
    /// Places in sources: which of them, from where to where.
    from: Vec<(u32, u32, u32)>,
    stamp: Stamp,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Piece {
    key: Digest,
    /// Places in the list of files.
    files: Vec<u32>,
    outcome: Outcome,
}

/// What is remembered, looked over. The default remembers nothing.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// When the build ended, by the clock of the disk.
    ended: i64,
    /// Whether the list of files is the one that was left.
    pub(super) listed: bool,
    run: Option<Digest>,
    sources: Vec<String>,
    /// Of each source its name in this run, if it is still there.
    names: Vec<Option<FileId>>,
    editions: Vec<Known>,
}

/// What is remembered of an edition.
#[derive(Debug, Default)]
struct Known {
    made: Edition,
    /// Of each file, whether it stands as it was left.
    sound: Vec<bool>,
}

/// What a run learned of a piece.
#[derive(Debug)]
pub(super) enum Learned {
    /// It was not made again.
    Again(Digest),
    /// It was made: key, paths of its files, what it came to.
    New(Digest, Vec<String>, Outcome),
}

impl Memory {
    /// What is remembered below a folder; of another program, or damaged, nothing.
    pub(super) fn load(out: &Path, program: Digest) -> Memory {
        let Some(made) = unpack::<Made>(&cache::recall(out, NAME), program) else {
            return Memory::default();
        };
        let ended = cache::stamp(out, NAME).map_or(0, |stamp| stamp.modified);
        let list = fs::metadata(out.join(".loa/manifest.json"));
        let there = list.ok().map(|data| Stamp::of(&data));
        let known = |made: Edition| Known {
            sound: sound(&out.join(&made.name), &made.files, ended),
            made,
        };
        Memory {
            ended,
            listed: there.is_some_and(|there| is_same(made.list, there)),
            run: made.run,
            sources: made.sources,
            names: Vec::new(),
            editions: made.editions.into_iter().map(known).collect(),
        }
    }

    /// The same with the names that sources have in this run.
    pub(super) fn named(mut self, sources: &Sources) -> Memory {
        let ids: HashMap<&str, FileId> = sources
            .files()
            .map(|file| (sources.path(file), file))
            .collect();
        let names = self.sources.iter();
        self.names = names.map(|path| ids.get(path.as_str()).copied()).collect();
        self
    }

    /// The last run, if it is this one again and all that it left is still there.
    pub(super) fn same_run(
        &self,
        key: Digest,
        (out, program): (&Path, Digest),
    ) -> Option<Run<'static>> {
        let mut sound = self.editions.iter().flat_map(|known| &known.sound);
        let same = self.run == Some(key) && self.listed && sound.all(|sound| *sound);
        let run: Option<Run<'_>> = unpack(&same.then(|| cache::recall(out, RUN))?, program);
        run.filter(|run| run.key == key)
    }

    /// The list of files that the last build left.
    pub(super) fn manifest(&self) -> Manifest {
        Manifest {
            version: 1,
            files: self.gone(&|_| Vec::new()).into_iter().collect(),
        }
    }

    /// Whether a file of an edition was left with such bytes.
    pub(super) fn has(&self, edition: &str, path: &str, size: u64, sha256: &[u8; 32]) -> bool {
        let file = self.edition(edition).and_then(|known| known.file(path));
        file.is_some_and(|(_, file)| file.stamp.size == size && file.sha256 == *sha256)
    }

    /// The paths of an edition.
    pub(super) fn paths(&self, edition: &str) -> impl Iterator<Item = &str> {
        let files = self.edition(edition).into_iter();
        files
            .flat_map(|known| &known.made.files)
            .map(|file| file.path.as_str())
    }

    /// The editions that had files.
    pub(super) fn editions(&self) -> Vec<String> {
        let all = self.editions.iter();
        let filled = all.filter(|known| !known.made.files.is_empty());
        filled.map(|known| known.made.name.clone()).collect()
    }

    /// The files that are there no more: `now` has the paths of an edition, in order.
    pub(super) fn gone<'a>(&self, now: &dyn Fn(&str) -> Vec<&'a str>) -> Vec<(String, Entry)> {
        let mut out = Vec::new();
        for known in &self.editions {
            let name = known.made.name.as_str();
            let paths = known.made.files.iter().map(|file| file.path.as_str());
            let gone = lacking(paths, now(name).into_iter()).into_iter();
            let files = gone.filter_map(|path| known.file(path));
            out.extend(files.map(|(_, file)| (format!("{name}/{}", file.path), self.entry(file))));
        }
        out
    }

    fn entry(&self, file: &File) -> Entry {
        let sources = file.from.iter();
        let mut sources: Vec<String> = sources
            .filter_map(|(at, ..)| self.sources.get(*at as usize).cloned())
            .collect();
        sources.sort();
        sources.dedup();
        Entry {
            size: file.stamp.size,
            sha256: hex(&file.sha256),
            media: file.media.clone(),
            sources,
        }
    }

    /// What is known of an edition and its spare, and known no longer.
    pub(super) fn take_pair(&mut self, name: &str) -> Pair {
        let mut all = self.editions.iter_mut();
        let known = all.find(|known| known.made.name == name);
        known.map_or_else(Pair::default, |known| std::mem::take(&mut known.made.pair))
    }

    /// The same, if nothing came or went in the two folders.
    pub(super) fn sound_pair(&self, name: &str, edition: &Path, spare: &Path) -> Option<&Pair> {
        let pair = &self.edition(name)?.made.pair;
        pair.holds(edition, spare, self.ended).then_some(pair)
    }

    fn edition(&self, name: &str) -> Option<&Known> {
        self.editions.iter().find(|known| known.made.name == name)
    }

    /// The files of a piece that was made before from the same, if all of them still stand.
    pub(super) fn recall(&self, edition: &str, key: Digest) -> Option<(Vec<Record>, &Outcome)> {
        let known = self.edition(edition)?;
        let piece = known.piece(key)?;
        let files: Option<Vec<Record>> = piece
            .files
            .iter()
            .map(|at| {
                known
                    .sound
                    .get(*at as usize)?
                    .then(|| self.record(known, *at))
            })
            .collect();
        Some((files?, &piece.outcome))
    }

    fn record(&self, known: &Known, at: u32) -> Record {
        let file = &known.made.files[at as usize];
        let from = file.from.iter().filter_map(|(at, start, end)| {
            let file = (*self.names.get(*at as usize)?)?;
            Some(Span {
                file,
                start: *start,
                end: *end,
            })
        });
        Record {
            path: file.path.clone(),
            from: from.collect(),
            media: file.media.clone().into(),
            size: file.stamp.size,
            sha256: file.sha256,
            kept: true,
            stamp: file.stamp,
        }
    }

    /// Files of an edition that are the same but stand elsewhere on the disk.
    pub(super) fn relinked<'a>(
        &self,
        name: &str,
        files: &'a BTreeMap<String, Record>,
    ) -> Vec<&'a str> {
        let known = self.edition(name);
        let sound = known.into_iter().flat_map(|known| {
            let paths = known.made.files.iter().zip(&known.sound);
            paths.filter_map(|(file, sound)| sound.then_some(file.path.as_str()))
        });
        let kept = files.iter().filter(|(_, file)| file.kept);
        let kept = kept.map(|(path, _)| path.as_str());
        lacking(kept, sound)
    }

    /// The files of all editions that are not as they were left, with what was left; `None` where files came or went.
    pub(super) fn changed<'a>(
        &self,
        editions: &'a Arranged<Record>,
    ) -> Option<Vec<(String, Entry, &'a Record)>> {
        let filled = |(_, files): &&(String, BTreeMap<String, Record>)| !files.is_empty();
        if editions.iter().filter(filled).count() != self.editions().len() {
            return None;
        }
        let mut out = Vec::new();
        for (name, files) in editions.iter().filter(filled) {
            let known = &self.edition(name)?.made.files;
            if known.len() != files.len() {
                return None;
            }
            for (file, (path, record)) in known.iter().zip(files) {
                if file.path != *path {
                    return None;
                }
                if !self.is_left(file, record) {
                    out.push((format!("{name}/{path}"), self.entry(file), record));
                }
            }
        }
        Some(out)
    }

    /// Whether the list says the same of a file as it did.
    fn is_left(&self, file: &File, record: &Record) -> bool {
        let from = file.from.iter();
        let mut from = from.map(|(at, ..)| self.names.get(*at as usize).copied().flatten());
        file.sha256 == record.sha256
            && file.stamp.size == record.size
            && file.media == record.media
            && from
                .by_ref()
                .eq(record.from.iter().map(|span| Some(span.file)))
    }

    /// What becomes of an edition and its spare when one file of the edition is replaced.
    pub(super) fn replaced(
        &self,
        name: &str,
        edition: &Path,
        path: &str,
        relinked: Vec<String>,
    ) -> Next {
        let pair = self.edition(name).map(|known| &known.made.pair);
        let known = pair.is_some_and(|pair| pair.knows(edition, path, self.ended));
        Next::Replaced {
            path: path.to_owned(),
            relinked,
            known,
        }
    }

    /// How a file stands that is as it was left.
    pub(super) fn stamp(&self, edition: &str, path: &str) -> Option<Stamp> {
        let known = self.edition(edition)?;
        let (at, file) = known.file(path)?;
        known.sound[at].then_some(file.stamp)
    }
}

impl Known {
    /// A file with its place.
    fn file(&self, path: &str) -> Option<(usize, &File)> {
        let files = &self.made.files;
        let at = files.binary_search_by(|file| file.path.as_str().cmp(path));
        at.ok().map(|at| (at, &files[at]))
    }

    fn piece(&self, key: Digest) -> Option<&Piece> {
        let pieces = &self.made.pieces;
        let at = pieces.binary_search_by_key(&key, |piece| piece.key).ok()?;
        Some(&pieces[at])
    }
}

/// Of each file, whether it stands as it was left by a build that ended at some time.
fn sound(folder: &Path, files: &[File], ended: i64) -> Vec<bool> {
    // A clock that only ever shows whole milliseconds counts in larger steps still.
    let fine = files
        .iter()
        .any(|file| file.stamp.modified % 1_000_000 != 0);
    let young = ended.saturating_sub(if fine { YOUNG } else { YOUNG_COARSE });
    let from = Folder::at(folder);
    let is_sound = |file: &File| {
        let there = from.look(Path::new(&file.path));
        let same = there.is_ok_and(|(now, is_file)| is_file && is_same(file.stamp, now));
        let old = file.stamp.modified < young;
        let read = || fs::read(folder.join(&file.path));
        same && (old || read().is_ok_and(|bytes| sha256_bytes(&bytes) == file.sha256))
    };
    files.par_iter().map(is_sound).collect()
}

/// Whether a file is still the same. When anything about it was last changed says nothing: links to it
/// are made and removed with every build.
fn is_same(before: Stamp, now: Stamp) -> bool {
    let known = |stamp: Stamp| (stamp.size, stamp.modified, stamp.inode);
    known(before) == known(now)
}
