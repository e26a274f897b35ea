//! Sinks that touch no disk: one keeps every file, one only what is needed to find collisions.

use std::sync::{Mutex, PoisonError};

use super::plan::{EditionName, Placed, Plan, arrange, plan};
use crate::channel::Sink;
use crate::diag::{Checked, Diagnostic, Span};
use crate::model::Artifact;

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
        // A thread that panicked while it held the list has at most not added to it.
        let mut files = self.files[edition]
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        files.push(file);
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
}
