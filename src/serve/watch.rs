//! What was saved, in handfuls: one for everything that an editor or a script saves together.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, CreateKind, EventKind, ModifyKind};
use notify::{Config, Event, RecommendedWatcher, RecursiveMode, Watcher};

/// A handful is complete when nothing was saved for so long.
const QUIET: Duration = Duration::from_millis(10);
/// A handful is complete after so long, even when saving goes on.
const CAP: Duration = Duration::from_secs(1);
/// A new folder is looked at again after so long: what was put into it before it was watched made no event.
const AGAIN: Duration = Duration::from_millis(400);

/// The folders that are watched with all that is in them. `loa.yaml` and themselves are watched from above.
const FOLDERS: [&str; 2] = ["content", "themes"];

/// Watches the files of a site.
pub(super) struct Watch {
    root: PathBuf,
    watcher: RecommendedWatcher,
    events: Receiver<notify::Result<Event>>,
    /// What was saved while nobody waited.
    backlog: Saved,
    /// Folders to look at again, and when.
    later: Vec<(Instant, PathBuf)>,
}

/// What may have changed.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Saved {
    /// Files and folders, from the root.
    pub(super) paths: BTreeSet<PathBuf>,
    /// Whether it can be anything, because events were lost.
    pub(super) anything: bool,
}

impl Saved {
    fn is_empty(&self) -> bool {
        self.paths.is_empty() && !self.anything
    }

    /// What to read again; `None` for everything.
    pub(super) fn places(&self) -> Option<Vec<PathBuf>> {
        (!self.anything).then(|| self.paths.iter().cloned().collect())
    }
}

impl Watch {
    /// Begins to watch; the error is in the system's words.
    pub(super) fn new(root: &Path) -> Result<Watch, String> {
        // Events carry real paths.
        let root = root.canonicalize().map_err(|error| error.to_string())?;
        let (send, events): (Sender<notify::Result<Event>>, _) = channel();
        let config = Config::default().with_follow_symlinks(false);
        let mut watcher =
            RecommendedWatcher::new(send, config).map_err(|error| error.to_string())?;
        watcher
            .watch(&root, RecursiveMode::NonRecursive)
            .map_err(|error| error.to_string())?;
        let mut watch = Watch {
            root,
            watcher,
            events,
            backlog: Saved::default(),
            later: Vec::new(),
        };
        for folder in FOLDERS {
            watch.watch_folder(folder);
        }
        Ok(watch)
    }

    /// Waits for the next handful; `None` when nothing was saved for `patience`.
    pub(super) fn next(&mut self, patience: Duration) -> Option<Saved> {
        let mut saved = std::mem::take(&mut self.backlog);
        let give_up = Instant::now() + patience;
        // The first save opens the handful; until then only folders that are due count.
        while saved.is_empty() {
            let due = self.later.iter().map(|(due, _)| *due).min();
            let until = due.map_or(give_up, |due| due.min(give_up));
            match self.wait(until) {
                Some(event) => {
                    self.take(event, &mut saved);
                }
                None => self.take_due(&mut saved),
            }
            if saved.is_empty() && Instant::now() >= give_up {
                return None;
            }
        }
        let cap = Instant::now() + CAP;
        let mut quiet = Instant::now() + QUIET;
        while Instant::now() < quiet.min(cap) {
            if let Some(event) = self.wait(quiet.min(cap))
                && self.take(event, &mut saved)
            {
                quiet = Instant::now() + QUIET;
            }
        }
        for folder in FOLDERS {
            if saved.anything || saved.paths.contains(Path::new(folder)) {
                self.watch_folder(folder);
            }
        }
        Some(saved)
    }

    /// Whether something was saved that [`Watch::next`] has not told yet.
    pub(super) fn is_pending(&mut self) -> bool {
        let mut backlog = std::mem::take(&mut self.backlog);
        while let Ok(event) = self.events.try_recv() {
            self.take(event, &mut backlog);
        }
        self.backlog = backlog;
        !self.backlog.is_empty()
    }

    fn wait(&self, until: Instant) -> Option<notify::Result<Event>> {
        let left = until.saturating_duration_since(Instant::now());
        match self.events.recv_timeout(left) {
            Ok(event) => Some(event),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => {
                // The watcher lives as long as this value, so this does not happen; if it does, nothing spins.
                std::thread::park_timeout(left);
                None
            }
        }
    }

    /// Adds what an event says to a handful. Returns whether it says anything.
    fn take(&mut self, event: notify::Result<Event>, saved: &mut Saved) -> bool {
        let Ok(event) = event else {
            saved.anything = true;
            return true;
        };
        let mut says = event.need_rescan();
        saved.anything |= says;
        if !is_change(event.kind) {
            return says;
        }
        for path in &event.paths {
            let Ok(inside) = path.strip_prefix(&self.root) else {
                continue;
            };
            if !is_ours(inside) {
                continue;
            }
            if is_arrival(event.kind) && path.is_dir() {
                self.later.push((Instant::now() + AGAIN, inside.to_owned()));
            }
            saved.paths.insert(inside.to_owned());
            says = true;
        }
        says
    }

    fn take_due(&mut self, saved: &mut Saved) {
        let now = Instant::now();
        self.later.retain(|(due, path)| {
            if *due <= now {
                saved.paths.insert(path.clone());
            }
            *due > now
        });
    }

    /// Watches a folder anew: it may be another one under the old name.
    fn watch_folder(&mut self, name: &str) {
        let folder = self.root.join(name);
        // Neither is an error: it was not watched before, or it is not there yet.
        let _ = self.watcher.unwatch(&folder);
        if folder.is_dir() && !folder.is_symlink() {
            let _ = self.watcher.watch(&folder, RecursiveMode::Recursive);
        }
    }
}

/// Whether an event can mean other bytes. Reading a file makes events too.
fn is_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
        EventKind::Access(_) => false,
        _ => true,
    }
}

/// Whether something came that was not there, possibly with things in it.
fn is_arrival(kind: EventKind) -> bool {
    matches!(
        kind,
        EventKind::Create(CreateKind::Folder | CreateKind::Any | CreateKind::Other)
            | EventKind::Modify(ModifyKind::Name(_))
    )
}

/// Whether a path from the root is one that loa reads: not `public/`, not `.git/`, no editor's own file.
fn is_ours(path: &Path) -> bool {
    let mut parts = path.iter().map(|part| part.to_string_lossy());
    let first = parts.next();
    let known = first.is_some_and(|name| name == "loa.yaml" || FOLDERS.contains(&name.as_ref()));
    known && !parts.any(|name| crate::load::is_hidden(&name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_files_of_a_site_count() {
        for ours in [
            "loa.yaml",
            "content",
            "content/tin/a.md",
            "themes/x/web/a.html",
        ] {
            assert!(is_ours(Path::new(ours)), "{ours}");
        }
        for other in [
            "",
            "public/bao/index.html",
            ".git/index",
            "content/.a.md.swp",
            "content/tin/a.md~",
            "content/.obsidian/x.md",
            "loa.yaml~",
        ] {
            assert!(!is_ours(Path::new(other)), "{other}");
        }
    }

    #[test]
    fn reading_is_no_change() {
        let open = EventKind::Access(AccessKind::Open(AccessMode::Any));
        let close = EventKind::Access(AccessKind::Close(AccessMode::Write));
        assert!(!is_change(open) && is_change(close) && is_change(EventKind::Any));
    }
}
