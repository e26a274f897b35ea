//! A sink around another one, which has the time of every file taken down.

use super::plan::EditionName;
use crate::channel::{Outcome, Sink};
use crate::diag::{Event, EventKind, Trace};
use crate::model::{Artifact, Bytes, Digest};

/// Hands files on, and takes down how long that takes.
pub struct Timed<'a> {
    sink: &'a dyn Sink,
    names: &'a [EditionName],
    trace: &'a Trace,
}

impl<'a> Timed<'a> {
    /// Around a sink for editions of these names.
    #[must_use]
    pub fn new(sink: &'a dyn Sink, names: &'a [EditionName], trace: &'a Trace) -> Timed<'a> {
        Timed { sink, names, trace }
    }
}

impl std::fmt::Debug for Timed<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Timed")
            .field("names", &self.names)
            .field("trace", &self.trace)
            .finish_non_exhaustive()
    }
}

impl Sink for Timed<'_> {
    fn take(&self, edition: usize, artifact: Artifact) {
        let name = artifact.path.clone();
        let bytes = artifact.bytes.len();
        let event = || Event {
            bytes,
            ..Event::new(EventKind::File, name, self.names[edition].0.as_str())
        };
        self.trace.time(event, || self.sink.take(edition, artifact));
    }

    fn remembers(&self) -> bool {
        self.sink.remembers()
    }

    fn bytes(&self, edition: usize, path: &str) -> Option<Bytes> {
        self.sink.bytes(edition, path)
    }

    fn recall(&self, edition: usize, key: Digest) -> Option<Outcome> {
        self.sink.recall(edition, key)
    }

    fn keep(&self, edition: usize, key: Digest, files: Vec<String>, outcome: Outcome) {
        self.sink.keep(edition, key, files, outcome);
    }
}
