//! What was saved, in handfuls: one for everything that an editor or a script saves together.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, CreateKind, EventKind, ModifyKind};
use notify::{Config, Event, RecommendedWatcher, RecursiveMode, Watcher};

/// Everything that is saved together is there when nothing was saved for so long.
const QUIET: Duration = Duration::from_millis(10);
/// The first handful is there after so long when every file in it was closed by whoever wrote it.
const CLOSED: Duration = Duration::from_millis(2);
/// A handful is complete after so long, even when saving goes on.
const CAP: Duration = Duration::from_secs(1);
/// A new folder is looked at again after so long: what was put into it before it was watched made no event.
const AGAIN: Duration = Duration::from_millis(400);

/// The folders that are watched with all that is in them. `loa.yaml` and themselves are watched from above.
const FOLDERS: [&str; 2] = ["content", "themes"];

/// What is waited for.
enum Told {
    Event(notify::Result<Event>),
    /// Somebody else has something to tell.
    Wake,
}

/// Watches the files of a site.
pub(super) struct Watch {
    root: PathBuf,
    watcher: RecommendedWatcher,
    events: Receiver<Told>,
    send: Sender<Told>,
    /// Folders to look at again, and when.
    later: Vec<(Instant, PathBuf)>,
    /// Files that somebody is writing, as far as the system tells.
    open: BTreeSet<PathBuf>,
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
    pub(super) fn is_empty(&self) -> bool {
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
        let (send, events) = channel();
        let teller = send.clone();
        let tell = move |event| {
            // Nobody listens any more when the program ends.
            let _ = teller.send(Told::Event(event));
        };
        let config = Config::default().with_follow_symlinks(false);
        let mut watcher =
            RecommendedWatcher::new(tell, config).map_err(|error| error.to_string())?;
        watcher
            .watch(&root, RecursiveMode::NonRecursive)
            .map_err(|error| error.to_string())?;
        let mut watch = Watch {
            root,
            watcher,
            events,
            send,
            later: Vec::new(),
            open: BTreeSet::new(),
        };
        for folder in FOLDERS {
            watch.watch_folder(folder);
        }
        Ok(watch)
    }

    /// What ends waiting for the next handful, from any thread.
    pub(super) fn waker(&self) -> impl Fn() + Send + 'static {
        let send = self.send.clone();
        move || {
            let _ = send.send(Told::Wake);
        }
    }

    /// Waits for the next handful; `None` when nothing was saved for `patience`, or when woken. It is told as
    /// soon as all files in it are whole: whoever is about to do much asks for the [`rest`](Watch::rest) first.
    pub(super) fn next(&mut self, patience: Duration) -> Option<Saved> {
        let mut saved = Saved::default();
        let give_up = Instant::now() + patience;
        // The first save opens the handful; until then only folders that are due count.
        while saved.is_empty() {
            let due = self.later.iter().map(|(due, _)| *due).min();
            let until = due.map_or(give_up, |due| due.min(give_up));
            match self.wait(until) {
                Some(Told::Event(event)) => {
                    self.take(event, &mut saved);
                }
                Some(Told::Wake) => return None,
                None => self.take_due(&mut saved),
            }
            if saved.is_empty() && Instant::now() >= give_up {
                return None;
            }
        }
        self.gather(&mut saved, CLOSED);
        Some(saved)
    }

    /// What else is saved together with the last handful, once there is silence.
    pub(super) fn rest(&mut self) -> Saved {
        let mut saved = Saved::default();
        self.gather(&mut saved, QUIET);
        self.open.clear();
        saved
    }

    /// Gathers what is saved until there is silence: shorter where all files were closed.
    fn gather(&mut self, saved: &mut Saved, closed: Duration) {
        let cap = Instant::now() + CAP;
        let mut last = Instant::now();
        loop {
            let quiet = if self.open.is_empty() { closed } else { QUIET };
            let end = (last + quiet).min(cap);
            if Instant::now() >= end {
                break;
            }
            if let Some(Told::Event(event)) = self.wait(end)
                && self.take(event, saved)
            {
                last = Instant::now();
            }
        }
        for folder in FOLDERS {
            if saved.anything || saved.paths.contains(Path::new(folder)) {
                self.watch_folder(folder);
            }
        }
    }

    fn wait(&self, until: Instant) -> Option<Told> {
        let left = until.saturating_duration_since(Instant::now());
        match self.events.recv_timeout(left) {
            Ok(told) => Some(told),
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
            match is_being_written(event.kind) {
                Some(true) => _ = self.open.insert(inside.to_owned()),
                Some(false) => _ = self.open.remove(inside),
                None => {}
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

/// Whether somebody has a file open after an event, or not any more; nothing where it does not tell.
fn is_being_written(kind: EventKind) -> Option<bool> {
    match kind {
        EventKind::Create(CreateKind::File | CreateKind::Any)
        | EventKind::Modify(ModifyKind::Data(_) | ModifyKind::Any) => Some(true),
        EventKind::Access(AccessKind::Close(AccessMode::Write))
        | EventKind::Modify(ModifyKind::Name(_))
        | EventKind::Remove(_) => Some(false),
        _ => None,
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
