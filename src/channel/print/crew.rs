//! Threads for the typesetter.
//!
//! The typesetter spreads its own work over the thread pool it finds itself in. A pool that also
//! holds our leaflets would start one leaflet in the middle of another, stack upon stack. So each
//! worker is a pool of one thread with a stack that is large enough for deep documents.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::diag::{Event, EventKind, Trace};

/// Only what is used of it is taken from memory.
const STACK: usize = 64 << 20;

/// Workers that set leaflets.
pub(super) struct Crew<'a> {
    workers: Vec<ThreadPool>,
    trace: &'a Trace,
    edition: &'a str,
}

impl<'a> Crew<'a> {
    /// As many workers as there are threads to use.
    pub(super) fn new(trace: &'a Trace, edition: &'a str) -> Crew<'a> {
        let worker = |_| {
            ThreadPoolBuilder::new()
                .num_threads(1)
                .stack_size(STACK)
                .thread_name(|_| "typesetter".to_owned())
                .build()
                .ok()
        };
        Crew {
            workers: (0..rayon::current_num_threads())
                .filter_map(worker)
                .collect(),
            trace,
            edition,
        }
    }

    /// Does each job once; results come in the order of the jobs.
    pub(super) fn map<T: Sync, R: Send>(
        &self,
        jobs: &[T],
        each: impl Fn(&T) -> R + Sync,
    ) -> Vec<R> {
        let next = AtomicUsize::new(0);
        let work = || {
            let mut done = Vec::new();
            while let Some((place, job)) = claim(&next, jobs) {
                done.push((place, each(job)));
            }
            done
        };
        let set = || {
            std::thread::scope(|scope| {
                let work = &work;
                let busy: Vec<_> = self
                    .workers
                    .iter()
                    .map(|worker| scope.spawn(move || worker.install(work)))
                    .collect();
                // A result must never be taken for that of another job, so a panic is not swallowed.
                let joined = busy.into_iter().map(|one| {
                    one.join()
                        .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
                });
                joined.flatten().collect()
            })
        };
        let event = || Event::new(EventKind::Wait, "typesetter", self.edition);
        let mut done: Vec<(usize, R)> = self.trace.time(event, set);
        // Without any worker the jobs are done here.
        done.extend(work());
        done.sort_by_key(|(place, _)| *place);
        done.into_iter().map(|(_, result)| result).collect()
    }
}

fn claim<'a, T>(next: &AtomicUsize, jobs: &'a [T]) -> Option<(usize, &'a T)> {
    let place = next.fetch_add(1, Ordering::Relaxed);
    jobs.get(place).map(|job| (place, job))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_keep_the_order_of_the_jobs() {
        let jobs: Vec<usize> = (0..1_000).collect();
        assert_eq!(
            Crew::new(&Trace::default(), "to-roi").map(&jobs, |job| job * 2),
            jobs.iter().map(|job| job * 2).collect::<Vec<_>>()
        );
    }
}
