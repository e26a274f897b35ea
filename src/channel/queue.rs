//! All pieces of all editions as one queue: large ones first, no stage waits for another.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::{Making, Out, Outcome, Sink, Tally};
use crate::diag::{Diagnostic, Event, EventKind, Trace};
use crate::model::Digest;

/// What an edition came to.
#[derive(Debug, Default)]
pub struct Done {
    /// What was made.
    pub tally: Tally,
    /// What is wrong, in the order of the pieces.
    pub diags: Vec<Diagnostic>,
    /// Articles in which a fact differs between communes, by the paths of their sources.
    pub differing: Vec<String>,
}

/// Makes editions, each with its place in `loa.yaml`; what they come to is in the same order.
///
/// Pieces that the sink remembers from an earlier run are not made again.
#[must_use]
pub fn run(
    editions: &[(usize, Box<dyn Making + '_>)],
    sink: &dyn Sink,
    trace: &Trace,
) -> Vec<Done> {
    let mut queue: Vec<(usize, usize, usize)> = Vec::new();
    for (place, (_, making)) in editions.iter().enumerate() {
        let sizes = making.pieces().into_iter().enumerate();
        queue.extend(sizes.map(|(piece, size)| (size, place, piece)));
    }
    queue.sort_by_key(|(size, place, piece)| (std::cmp::Reverse(*size), *place, *piece));
    let one = |at: usize| {
        let (_, place, piece) = queue[at];
        let (edition, making) = &editions[place];
        let key = || making.key(piece);
        let known = |outcome: &Outcome| making.recalled(piece, &outcome.note);
        let make = |out: &mut Out<'_>| {
            trace.time(|| making.event(piece), || making.make(piece, out));
        };
        ((place, piece), once(sink, *edition, key, known, make))
    };
    let last = |place: usize| {
        let (edition, making) = &editions[place];
        let event = || Event::new(EventKind::Piece, "lists", making.edition());
        let make = |out: &mut Out<'_>| trace.time(event, || making.finish(out));
        let done = once(sink, *edition, || making.last_key(), |_| {}, make);
        ((place, usize::MAX), done)
    };
    let mut made = trace.stage("pieces", || all(queue.len(), one));
    made.extend(trace.stage("lists", || all(editions.len(), last)));
    // Threads finish in any order; what is said must not depend on it.
    made.sort_by_key(|(identity, _)| *identity);
    let mut done: Vec<Done> = editions.iter().map(|_| Done::default()).collect();
    for ((place, _), (outcome, diags)) in made {
        done[place].tally += outcome.tally;
        done[place].diags.extend(diags);
        done[place].differing.extend(outcome.differing);
    }
    done
}

/// Does work unless the sink knows what it comes to.
fn once(
    sink: &dyn Sink,
    edition: usize,
    key: impl FnOnce() -> Option<Digest>,
    known: impl FnOnce(&Outcome),
    make: impl FnOnce(&mut Out<'_>),
) -> (Outcome, Vec<Diagnostic>) {
    let key = sink.remembers().then(key).flatten();
    if let Some(outcome) = key.and_then(|key| sink.recall(edition, key)) {
        known(&outcome);
        return (outcome, Vec::new());
    }
    let mut out = Out::new(sink, edition);
    make(&mut out);
    if let Some(key) = key {
        out.keep_all(key);
    }
    (out.outcome, out.diags)
}

/// Does each of so many jobs once, in their order, on all threads of the pool.
fn all<R: Send>(jobs: usize, each: impl Fn(usize) -> R + Sync) -> Vec<R> {
    if jobs == 1 {
        // Done here, so that a long one does not keep a thread of the pool from what comes next.
        return vec![each(0)];
    }
    let next = AtomicUsize::new(0);
    let lists = rayon::broadcast(|_| {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            if at >= jobs {
                return done;
            }
            done.push(each(at));
        }
    });
    lists.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;
    use crate::model::{Artifact, Bytes};

    struct Counting(Vec<usize>);

    impl Making for Counting {
        fn pieces(&self) -> Vec<usize> {
            self.0.clone()
        }

        fn event(&self, piece: usize) -> Event {
            Event::new(EventKind::Piece, piece.to_string(), self.edition())
        }

        fn edition(&self) -> &'static str {
            "bao"
        }

        fn make(&self, piece: usize, out: &mut Out<'_>) {
            out.outcome.tally.pages += 1;
            out.file(Artifact {
                path: piece.to_string(),
                media: "text/plain",
                bytes: Vec::new().into(),
                from: Vec::new(),
            });
        }

        fn finish(&self, out: &mut Out<'_>) {
            out.outcome.tally.scripts = 1;
        }
    }

    struct Order(Mutex<Vec<(usize, String)>>);

    impl Sink for Order {
        fn take(&self, edition: usize, artifact: Artifact) {
            self.0.lock().unwrap().push((edition, artifact.path));
        }

        fn bytes(&self, _: usize, _: &str) -> Option<Bytes> {
            None
        }
    }

    #[test]
    fn large_pieces_of_all_editions_come_first_and_each_is_made_once() {
        let editions: Vec<(usize, Box<dyn Making>)> = vec![
            (3, Box::new(Counting(vec![1, 9]))),
            (7, Box::new(Counting(vec![5, 1, 1]))),
        ];
        let sink = Order(Mutex::new(Vec::new()));
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(1)
            .build()
            .unwrap();
        let done = pool.install(|| run(&editions, &sink, &Trace::default()));
        let order = sink.0.into_inner().unwrap();
        let order: Vec<(usize, &str)> = order
            .iter()
            .map(|(edition, path)| (*edition, path.as_str()))
            .collect();
        assert_eq!(order, [(3, "1"), (7, "0"), (3, "0"), (7, "1"), (7, "2")]);
        let counts: Vec<(usize, usize)> = done
            .iter()
            .map(|done| (done.tally.pages, done.tally.scripts))
            .collect();
        assert_eq!(counts, [(2, 1), (3, 1)]);
    }

    #[test]
    fn a_single_piece_waits_for_no_thread_of_the_pool() {
        let editions: Vec<(usize, Box<dyn Making>)> = vec![(0, Box::new(Whose))];
        let sink = Order(Mutex::new(Vec::new()));
        let _ = run(&editions, &sink, &Trace::default());
        let here = format!("{:?}", std::thread::current().id());
        assert_eq!(*sink.0.lock().unwrap(), [(0, here)]);
    }

    /// Tells which thread it was made on.
    struct Whose;

    impl Making for Whose {
        fn pieces(&self) -> Vec<usize> {
            vec![1]
        }

        fn event(&self, piece: usize) -> Event {
            Event::new(EventKind::Piece, piece.to_string(), self.edition())
        }

        fn edition(&self) -> &'static str {
            "bao"
        }

        fn make(&self, _: usize, out: &mut Out<'_>) {
            out.file(Artifact {
                path: format!("{:?}", std::thread::current().id()),
                media: "text/plain",
                bytes: Vec::new().into(),
                from: Vec::new(),
            });
        }
    }
}
