//! Sinks that touch no disk: one keeps every file, one only what is needed to find collisions.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::plan::{EditionName, Placed, Plan, arrange, plan};
use crate::channel::{Outcome, Sink};
use crate::diag::{Checked, Diagnostic, Span};
use crate::model::{Artifact, Bytes, Digest};

/// What threads handed over, by edition.
#[derive(Debug)]
pub(super) struct Shelves<T> {
    editions: Vec<EditionName>,
    files: Vec<Mutex<Vec<T>>>,
}

impl<T> Shelves<T> {
    pub(super) fn new(editions: Vec<EditionName>) -> Shelves<T> {
        Shelves {
            files: editions.iter().map(|_| Mutex::default()).collect(),
            editions,
        }
    }

    pub(super) fn name(&self, edition: usize) -> &str {
        &self.editions[edition].0
    }

    pub(super) fn put(&self, edition: usize, file: T) {
        held(&self.files[edition]).push(file);
    }

    /// Name, place in `loa.yaml` and files of each edition; the files in any order.
    pub(super) fn into_editions(self) -> Vec<(String, Span, Vec<T>)> {
        let files = self.files.into_iter();
        let files = files.map(|files| files.into_inner().unwrap_or_else(PoisonError::into_inner));
        self.editions
            .into_iter()
            .zip(files)
            .map(|((name, span), files)| (name, span, files))
            .collect()
    }
}

/// Keeps all files in memory: for tests, and for whoever uses loa as a library.
#[derive(Debug)]
pub struct Memory(Shelves<Artifact>);

impl Memory {
    /// An empty one for the editions of `loa.yaml`, in its order.
    #[must_use]
    pub fn new(editions: Vec<EditionName>) -> Memory {
        Memory(Shelves::new(editions))
    }

    /// Everything that came, in order, with collisions as findings.
    #[must_use]
    pub fn into_plan(self) -> Checked<Plan> {
        plan(self.0.into_editions())
    }
}

impl Sink for Memory {
    fn take(&self, edition: usize, artifact: Artifact) {
        self.0.put(edition, artifact);
    }

    fn bytes(&self, edition: usize, path: &str) -> Option<Bytes> {
        let files = held(&self.0.files[edition]);
        let found = files.iter().find(|artifact| artifact.path == path);
        found.map(|artifact| artifact.bytes.clone())
    }
}

/// Files of earlier runs, and what pieces they are, for as long as the program runs.
#[derive(Debug, Default)]
pub struct Shelf {
    editions: Mutex<HashMap<String, Arc<Shelved>>>,
}

/// One edition on a shelf.
#[derive(Debug, Default)]
struct Shelved {
    files: BTreeMap<String, Artifact>,
    pieces: Pieces,
}

/// By key: the paths of a piece, and what it came to.
type Pieces = HashMap<Digest, (Vec<String>, Outcome)>;

/// Keeps all files in memory, and takes from a shelf what is made from the same again.
#[derive(Debug)]
pub struct Recent<'a> {
    memory: Memory,
    shelf: &'a Shelf,
    /// By edition: what was there, and what was learned.
    before: Vec<Arc<Shelved>>,
    learned: Vec<Mutex<Pieces>>,
}

impl<'a> Recent<'a> {
    /// An empty one for the editions of `loa.yaml`, in its order.
    #[must_use]
    pub fn new(editions: Vec<EditionName>, shelf: &'a Shelf) -> Recent<'a> {
        let known = held(&shelf.editions);
        let before = editions.iter().map(|(name, _)| known.get(name).cloned());
        Recent {
            before: before.map(Option::unwrap_or_default).collect(),
            learned: editions.iter().map(|_| Mutex::default()).collect(),
            memory: Memory::new(editions),
            shelf,
        }
    }

    /// Everything that came, in order, with collisions as findings. Editions of which something came are shelved.
    #[must_use]
    pub fn into_plan(self) -> Checked<Plan> {
        let planned = self.memory.into_plan();
        let mut shelf = held(&self.shelf.editions);
        for (edition, learned) in planned.value.editions.iter().zip(self.learned) {
            let pieces = learned.into_inner().unwrap_or_else(PoisonError::into_inner);
            if !edition.files.is_empty() {
                let shelved = Shelved {
                    files: edition.files.clone(),
                    pieces,
                };
                shelf.insert(edition.name.clone(), Arc::new(shelved));
            }
        }
        drop(shelf);
        planned
    }
}

impl Sink for Recent<'_> {
    fn take(&self, edition: usize, artifact: Artifact) {
        self.memory.take(edition, artifact);
    }

    fn remembers(&self) -> bool {
        true
    }

    fn bytes(&self, edition: usize, path: &str) -> Option<Bytes> {
        self.memory.bytes(edition, path)
    }

    fn recall(&self, edition: usize, key: Digest) -> Option<Outcome> {
        let before = &self.before[edition];
        let (paths, outcome) = before.pieces.get(&key)?;
        let files: Option<Vec<&Artifact>> =
            paths.iter().map(|path| before.files.get(path)).collect();
        for artifact in files? {
            self.memory.take(edition, artifact.clone());
        }
        self.keep(edition, key, paths.clone(), outcome.clone());
        Some(outcome.clone())
    }

    fn keep(&self, edition: usize, key: Digest, files: Vec<String>, outcome: Outcome) {
        held(&self.learned[edition]).insert(key, (files, outcome));
    }
}

/// A thread that panicked has at most not added to what is locked.
pub(super) fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Keeps nothing but paths and sources: for a check.
#[derive(Debug)]
pub struct Ledger(Shelves<Line>);

/// A file that is not kept.
#[derive(Debug)]
struct Line {
    path: String,
    from: Vec<Span>,
}

impl Placed for Line {
    fn path(&self) -> &str {
        &self.path
    }

    fn from(&self) -> &[Span] {
        &self.from
    }
}

impl Ledger {
    /// An empty one for the editions of `loa.yaml`, in its order.
    #[must_use]
    pub fn new(editions: Vec<EditionName>) -> Ledger {
        Ledger(Shelves::new(editions))
    }

    /// The collisions among all files that came.
    #[must_use]
    pub fn close(self) -> Vec<Diagnostic> {
        arrange(self.0.into_editions()).diags
    }
}

impl Sink for Ledger {
    fn take(&self, edition: usize, artifact: Artifact) {
        let line = Line {
            path: artifact.path,
            from: artifact.from,
        };
        self.0.put(edition, line);
    }

    fn bytes(&self, _: usize, _: &str) -> Option<Bytes> {
        None
    }
}
