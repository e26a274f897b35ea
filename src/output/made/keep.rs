//! A build remembered: what the next one finds.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Serialize;

use super::{File, Known, Learned, Memory, NAME, Piece, RUN, Run};
use crate::diag::{FileId, Sources, Span};
use crate::load::{Stamp, pack};
use crate::model::Digest;
use crate::output::cache;
use crate::output::pair::Pair;
use crate::output::staging::Record;

/// [`super::Made`] as it is written: what is in memory anyway is not copied first.
#[derive(Serialize)]
struct MadeOut<'a> {
    list: Stamp,
    run: Option<Digest>,
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
pub(in crate::output) struct Left<'a> {
    pub(in crate::output) name: &'a str,
    pub(in crate::output) files: &'a BTreeMap<String, Record>,
    pub(in crate::output) learned: Vec<Learned>,
    pub(in crate::output) pair: Pair,
}

/// Remembers a build: of each edition its files, and what was learned of its pieces.
pub(in crate::output) fn keep(
    out: &Path,
    list: &Path,
    (program, sources): (Digest, &Sources),
    editions: Vec<Left<'_>>,
    (memory, run): (&Memory, Option<Run<'_>>),
) {
    let Ok(data) = fs::metadata(list) else { return };
    let key = run.as_ref().map(|run| run.key);
    let keep_run = || {
        if let Some(run) = run {
            cache::keep(out, RUN, &pack(&run, program));
        }
    };
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
        run: key,
        sources: paths.ids.iter().map(|file| sources.path(*file)).collect(),
        editions,
    };
    let ((), packed) = rayon::join(keep_run, || pack(&made, program));
    cache::keep(out, NAME, &packed);
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
