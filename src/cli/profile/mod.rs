//! `loa build --profile`: a clock for the pipeline, and what it saw.

mod report;
mod trace;

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::thread::ThreadId;
use std::time::Instant;

use super::console::Console;
use crate::diag::{Event, EventKind, Fatal, Message, Recorder};
use crate::output::Committed;

/// Files that take less are only counted: there may be a million of them.
const SHORTEST_FILE_NS: u64 = 1_000_000;

/// A clock with a memory.
#[derive(Debug)]
pub(super) struct Watch {
    begun: Instant,
    log: Mutex<Log>,
}

/// What was taken down.
#[derive(Debug, Default)]
struct Log {
    /// In the order in which they ended.
    spans: Vec<Span>,
    /// What each thread is called; its place is its number.
    threads: Vec<String>,
    numbers: HashMap<ThreadId, usize>,
    /// All files together.
    files: Files,
}

/// One event with its time.
#[derive(Debug)]
struct Span {
    event: Event,
    began: u64,
    ended: u64,
    thread: usize,
}

impl Span {
    fn long(&self) -> u64 {
        self.ended - self.began
    }
}

/// Files that were handed over.
#[derive(Debug, Default, Clone, Copy)]
struct Files {
    count: usize,
    bytes: usize,
    long: u64,
}

impl Watch {
    pub(super) fn new(begun: Instant) -> Watch {
        Watch {
            begun,
            log: Mutex::default(),
        }
    }

    /// Says what took long, and leaves a trace in a file.
    pub(super) fn tell(
        &self,
        done: Option<Committed>,
        file: Option<&Path>,
        console: &Console,
    ) -> Result<(), Fatal> {
        let whole = self.now();
        let log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        for line in report::lines(&log, whole, done, console) {
            console.news(&line);
        }
        if let Some(path) = file {
            fs::write(path, trace::json(&log))
                .map_err(|error| Fatal::new("fatal-write", path, error))?;
            let shown = path.display().to_string();
            console.news(&console.say(&Message::new("profile-trace").with("path", shown)));
        }
        Ok(())
    }
}

impl Recorder for Watch {
    fn now(&self) -> u64 {
        u64::try_from(self.begun.elapsed().as_nanos()).unwrap_or(u64::MAX)
    }

    fn note(&self, event: Event, began: u64) {
        let ended = self.now();
        let mut log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        if event.kind == EventKind::File {
            log.files.count += 1;
            log.files.bytes += event.bytes;
            log.files.long += ended - began;
            if ended - began < SHORTEST_FILE_NS {
                return;
            }
        }
        let thread = log.thread();
        log.spans.push(Span {
            event,
            began,
            ended,
            thread,
        });
    }
}

impl Log {
    /// The number of the calling thread.
    fn thread(&mut self) -> usize {
        let thread = std::thread::current();
        if let Some(number) = self.numbers.get(&thread.id()) {
            return *number;
        }
        let number = self.threads.len();
        let name = match (thread.name(), rayon::current_thread_index()) {
            (Some(name), _) => format!("{name} {number}"),
            (None, Some(index)) => format!("worker {index}"),
            (None, None) => format!("thread {number}"),
        };
        self.threads.push(name);
        self.numbers.insert(thread.id(), number);
        number
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diag::Trace;

    #[test]
    fn what_is_done_inside_stands_inside() {
        let watch = Arc::new(Watch::new(Instant::now()));
        let trace = Trace::new(Arc::clone(&watch) as Arc<dyn Recorder>);
        let piece = || Event::new(EventKind::Article, "content/a.md", "bao");
        let done = trace.stage("pieces", || trace.time(piece, || 7));
        assert_eq!(done, 7);
        let log = watch.log.lock().unwrap();
        let (inner, outer) = (&log.spans[0], &log.spans[1]);
        assert_eq!(
            (inner.event.name.as_str(), outer.event.name.as_str()),
            ("content/a.md", "pieces")
        );
        assert!(outer.began <= inner.began && inner.ended <= outer.ended);
        assert_eq!(inner.thread, outer.thread);
    }

    #[test]
    fn nothing_is_named_when_nobody_asks() {
        let named = || -> Event { panic!("named") };
        assert_eq!(Trace::default().time(named, || 7), 7);
    }
}
