//! Where the time of a build goes, for whoever asks. Without a recorder no clock is read and no name is made.

use std::fmt::Debug;
use std::sync::Arc;

/// What a span of time was spent on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A stage of the build; others stand inside it, on any thread.
    Stage,
    /// Something of an edition that is no article.
    Piece,
    /// An article in an edition, named by its source.
    Article,
    /// One use of a template.
    Template,
    /// One file handed over.
    File,
    /// A thread that had nothing to do but wait for others.
    Wait,
}

/// What happened; when and where is up to the recorder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// What kind of thing.
    pub kind: Kind,
    /// Which one.
    pub name: String,
    /// Its edition; empty where there is none.
    pub edition: String,
    /// How large it is, for files.
    pub bytes: usize,
}

impl Event {
    /// Something of an edition, or of none when that is empty.
    pub fn new(kind: Kind, name: impl Into<String>, edition: impl Into<String>) -> Event {
        Event {
            kind,
            name: name.into(),
            edition: edition.into(),
            bytes: 0,
        }
    }
}

/// A clock with a memory. Events come from many threads; those of one thread are nested.
pub trait Recorder: Debug + Send + Sync {
    /// Nanoseconds since a moment before all events.
    fn now(&self) -> u64;

    /// Takes down what the calling thread did from a moment until now.
    fn note(&self, event: Event, began: u64);
}

/// A recorder, or none.
#[derive(Debug, Clone, Default)]
pub struct Trace(Option<Arc<dyn Recorder>>);

impl Trace {
    /// Records with this.
    #[must_use]
    pub fn new(recorder: Arc<dyn Recorder>) -> Trace {
        Trace(Some(recorder))
    }

    /// Whether anything is recorded.
    #[must_use]
    pub fn is_on(&self) -> bool {
        self.0.is_some()
    }

    /// Does something, and takes down how long it took if that is wanted.
    pub fn time<T>(&self, event: impl FnOnce() -> Event, work: impl FnOnce() -> T) -> T {
        let Some(recorder) = &self.0 else {
            return work();
        };
        let began = recorder.now();
        let done = work();
        recorder.note(event(), began);
        done
    }

    /// The same for a stage of the build.
    pub fn stage<T>(&self, name: &'static str, work: impl FnOnce() -> T) -> T {
        self.time(|| Event::new(Kind::Stage, name, ""), work)
    }
}
