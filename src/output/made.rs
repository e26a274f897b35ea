//! What the last build wrote, from what, and how its files looked on the disk when it ended.
//!
//! Kept in `public/.loa/cache/made`. A piece that is to be made from the same again is not made as
//! long as its files stand as they were left; they are recognized by size, time and number, and
//! those that are too young for that by their bytes.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::cache;
use super::manifest::{Entry, Manifest};
use super::pair::Pair;
use super::staging::Record;
use crate::channel::{Outcome, Tally};
use crate::diag::{Diagnostic, FileId, Sources, Span};
use crate::load::{Stamp, pack, unpack};
use crate::model::Digest;
use crate::text::{hex, sha256_bytes};

/// The name of the cache.
const NAME: &str = "made";

/// A file that was changed so shortly before the end of a build may have changed again without a trace;
/// nanoseconds.
const YOUNG: i64 = 50_000_000;
/// The same where the disk counts time in steps of up to two seconds.
const YOUNG_COARSE: i64 = 2_000_000_000;

/// A whole run: by its key, what was found and what it came to.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Run {
    /// A digest of all that the run depends on: sources, options, program.
    pub key: Digest,
    /// The findings as they were shown.
    pub found: Vec<Diagnostic>,
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
    run: Option<Run>,
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
    listed: bool,
    run: Option<Run>,
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
    pub(super) fn load(out: &Path, list: &Path, program: Digest, sources: &Sources) -> Memory {
        let Some(made) = unpack::<Made>(&cache::recall(out, NAME), program) else {
            return Memory::default();
        };
        let ended = cache::stamp(out, NAME).map_or(0, |stamp| stamp.modified);
        let there = fs::metadata(list).ok().map(|data| Stamp::of(&data));
        let ids: HashMap<&str, FileId> = sources
            .files()
            .map(|file| (sources.path(file), file))
            .collect();
        let names = made.sources.iter();
        let names = names.map(|path| ids.get(path.as_str()).copied()).collect();
        let known = |made: Edition| Known {
            sound: sound(&out.join(&made.name), &made.files, ended),
            made,
        };
        Memory {
            ended,
            listed: there.is_some_and(|there| is_same(made.list, there)),
            run: made.run,
            sources: made.sources,
            names,
            editions: made.editions.into_iter().map(known).collect(),
        }
    }

    /// The last run, if it is this one again and all that it left is still there.
    pub(super) fn same_run(&self, key: Digest) -> Option<Run> {
        let sound = || self.editions.iter().flat_map(|known| &known.sound);
        let run = self.run.as_ref().filter(|run| run.key == key);
        run.filter(|_| self.listed && sound().all(|sound| *sound))
            .cloned()
    }

    /// The list of files that the last build left, where it is still the one on the disk.
    pub(super) fn manifest(&self) -> Option<Manifest> {
        self.listed.then(|| {
            let files = self.editions.par_iter().flat_map_iter(|known| {
                let name = known.made.name.as_str();
                let files = known.made.files.iter();
                files.map(move |file| (format!("{name}/{}", file.path), self.entry(file)))
            });
            Manifest {
                version: 1,
                files: files.collect::<Vec<_>>().into_iter().collect(),
            }
        })
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

    /// What is known of an edition and its spare.
    pub(super) fn pair(&self, name: &str) -> Option<&Pair> {
        self.edition(name).map(|known| &known.made.pair)
    }

    /// The same, if nothing came or went in the two folders.
    pub(super) fn sound_pair(&self, name: &str, edition: &Path, spare: &Path) -> Option<&Pair> {
        let holds = |pair: &&Pair| pair.holds(edition, spare, self.ended);
        self.pair(name).filter(holds)
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

    /// How a file stands that is as it was left.
    pub(super) fn stamp(&self, edition: &str, path: &str) -> Option<Stamp> {
        let known = self.edition(edition)?;
        let files = &known.made.files;
        let at = files.binary_search_by(|file| file.path.as_str().cmp(path));
        let at = at.ok().filter(|at| known.sound[*at])?;
        Some(files[at].stamp)
    }
}

impl Known {
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
    let is_sound = |file: &File| {
        let path = folder.join(&file.path);
        let there = fs::symlink_metadata(&path)
            .ok()
            .filter(fs::Metadata::is_file);
        let same = there.is_some_and(|data| is_same(file.stamp, Stamp::of(&data)));
        let old = file.stamp.modified < young;
        same && (old || fs::read(&path).is_ok_and(|bytes| sha256_bytes(&bytes) == file.sha256))
    };
    files.par_iter().map(is_sound).collect()
}

/// Whether a file is still the same. When anything about it was last changed says nothing: links to it
/// are made and removed with every build.
fn is_same(before: Stamp, now: Stamp) -> bool {
    let known = |stamp: Stamp| (stamp.size, stamp.modified, stamp.inode);
    known(before) == known(now)
}

/// [`Made`] as it is written: what is in memory anyway is not copied first.
#[derive(Serialize)]
struct MadeOut<'a> {
    list: Stamp,
    run: Option<Run>,
    sources: Vec<&'a str>,
    editions: Vec<EditionOut<'a>>,
}

#[derive(Serialize)]
struct EditionOut<'a> {
    name: &'a str,
    files: Vec<FileOut<'a>>,
    pieces: Vec<Piece>,
    pair: Pair,
}

#[derive(Serialize)]
struct FileOut<'a> {
    path: &'a str,
    media: &'a str,
    sha256: [u8; 32],
    from: Vec<(u32, u32, u32)>,
    stamp: Stamp,
}

/// An edition as a build leaves it.
pub(super) struct Left<'a> {
    pub(super) name: &'a str,
    pub(super) files: &'a BTreeMap<String, Record>,
    pub(super) learned: Vec<Learned>,
    pub(super) pair: Pair,
}

/// Remembers a build: of each edition its files, and what was learned of its pieces.
pub(super) fn keep(
    out: &Path,
    list: &Path,
    (program, sources): (Digest, &Sources),
    editions: Vec<Left<'_>>,
    (memory, run): (&Memory, Option<Run>),
) {
    let Ok(data) = fs::metadata(list) else { return };
    let mut paths = Paths::default();
    let editions = editions
        .into_iter()
        .map(|left| EditionOut {
            name: left.name,
            pieces: pieces(left.files, left.learned, memory.edition(left.name)),
            pair: left.pair,
            files: left
                .files
                .iter()
                .map(|(path, record)| FileOut {
                    path,
                    media: &record.media,
                    sha256: record.sha256,
                    from: record.from.iter().map(|span| paths.place(*span)).collect(),
                    stamp: record.stamp,
                })
                .collect(),
        })
        .collect();
    let made = MadeOut {
        list: Stamp::of(&data),
        run,
        sources: paths.ids.iter().map(|file| sources.path(*file)).collect(),
        editions,
    };
    cache::keep(out, NAME, &pack(&made, program));
}

/// Sources that files were made from, each named by its place.
#[derive(Default)]
struct Paths {
    ids: Vec<FileId>,
    /// By the number of a source: its place and one more, nothing where it has none.
    places: Vec<u32>,
}

impl Paths {
    /// A place in a source.
    fn place(&mut self, span: Span) -> (u32, u32, u32) {
        let number = span.file.0 as usize;
        if self.places.len() <= number {
            self.places.resize(number + 1, 0);
        }
        if self.places[number] == 0 {
            self.ids.push(span.file);
            self.places[number] = u32::try_from(self.ids.len()).unwrap_or(u32::MAX);
        }
        (self.places[number] - 1, span.start, span.end)
    }
}

/// The pieces of an edition, those among them that make up a larger one which was not made again.
fn pieces(
    files: &BTreeMap<String, Record>,
    learned: Vec<Learned>,
    known: Option<&Known>,
) -> Vec<Piece> {
    let paths: Vec<&str> = files.keys().map(String::as_str).collect();
    let moved = known.map_or_else(Vec::new, |known| moved(&known.made.files, &paths));
    let mut untouched = vec![false; files.len()];
    let again = |piece: &Piece| -> Option<Piece> {
        let place = |at: &u32| moved[*at as usize];
        Some(Piece {
            files: piece.files.iter().map(place).collect::<Option<_>>()?,
            ..piece.clone()
        })
    };
    let mut out: Vec<Piece> = Vec::with_capacity(learned.len());
    for one in learned {
        match one {
            Learned::Again(key) => {
                let piece = known.and_then(|known| known.piece(key)).and_then(again);
                for at in piece.iter().flat_map(|piece| &piece.files) {
                    untouched[*at as usize] = true;
                }
                out.extend(piece);
            }
            Learned::New(key, made, outcome) => {
                let place = |path: &String| {
                    let at = paths.binary_search(&path.as_str()).ok()?;
                    u32::try_from(at).ok()
                };
                let files: Option<Vec<u32>> = made.iter().map(place).collect();
                out.extend(files.map(|files| Piece {
                    key,
                    files,
                    outcome,
                }));
            }
        }
    }
    let parts = known.into_iter().flat_map(|known| &known.made.pieces);
    let whole = |piece: &Piece| piece.files.iter().all(|at| untouched[*at as usize]);
    let parts = parts.filter_map(again);
    out.extend(parts.filter(|piece| !piece.files.is_empty() && whole(piece)));
    out.sort_by_key(|piece| piece.key);
    out.dedup_by_key(|piece| piece.key);
    out
}

/// Where each file of the last build stands among the paths of this one; both are in path order.
fn moved(before: &[File], now: &[&str]) -> Vec<Option<u32>> {
    let mut at = 0;
    let place = |file: &File| {
        while now.get(at).is_some_and(|path| *path < file.path.as_str()) {
            at += 1;
        }
        let same = now.get(at).is_some_and(|path| *path == file.path);
        same.then(|| u32::try_from(at).ok())?
    };
    before.iter().map(place).collect()
}
