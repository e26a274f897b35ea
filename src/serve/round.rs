//! One build of everything, and afterwards single articles of it again, on a thread of its own.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use jiff::civil::Date;

use super::Report;
use super::board::{Board, Shown};
use super::findings::Group;
use super::leaflets::Leaflets;
use super::start::{self, Overview};
use crate::channel::{self, Tally, Want};
use crate::diag::{Catalogue, Diagnostic, Language};
use crate::load::{Memo, Tree};
use crate::model::Edition;
use crate::output::{Plan, Shelf};
use crate::pipeline::{Early, Made, Options, Prepared, prepare};

/// What all builds share.
pub(super) struct Shop {
    pub(super) options: Options,
    pub(super) board: Arc<Board>,
    pub(super) language: Language,
    pub(super) kept: Kept,
}

/// Is told of every build.
type Reporter = Box<dyn Fn(&Report) + Send>;

/// What one build leaves to the next.
pub(super) struct Kept {
    report: Mutex<Reporter>,
    /// Pages that changed since the last report.
    pages: AtomicUsize,
    learned: Mutex<Learned>,
}

#[derive(Default)]
struct Learned {
    /// What is known of the site as it was read before.
    memo: Memo,
    /// What was made before.
    shelf: Shelf,
    /// Set to stop the leaflets of the build before.
    stop: Arc<AtomicBool>,
}

impl Kept {
    pub(super) fn new(report: Reporter) -> Kept {
        Kept {
            report: Mutex::new(report),
            pages: AtomicUsize::new(0),
            learned: Mutex::default(),
        }
    }

    pub(super) fn report(&self, report: &Report) {
        held(&self.report)(report);
    }

    /// Counts pages that changed.
    pub(super) fn count(&self, pages: usize) {
        self.pages.fetch_add(pages, Ordering::Relaxed);
    }
}

/// A thread that panicked has at most not learned something.
fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What is told of a build that came to its end.
pub(super) struct Done {
    /// Whether everything was built, without an error.
    pub(super) sound: bool,
}

/// A build, as whoever began it holds it. Its thread ends when this does.
pub(super) struct Round {
    /// The day for which it is.
    pub(super) today: Date,
    stop: Arc<AtomicBool>,
    asks: Sender<Ask>,
}

/// Files of which an article may read otherwise, and who wants to know what becomes of it.
struct Ask {
    tree: Arc<Tree>,
    reply: Sender<Option<Plan>>,
}

impl Round {
    /// Begins to build a tree; `tell` is called at the end. Nothing where the system has no thread for it.
    pub(super) fn begin(
        shop: Arc<Shop>,
        tree: Arc<Tree>,
        (today, number): (Date, u64),
        since: Instant,
        tell: impl Fn(bool) + Send + 'static,
    ) -> Option<Round> {
        let (asks, asked) = channel();
        let stop = Arc::<AtomicBool>::default();
        let round = Round {
            today,
            stop: Arc::clone(&stop),
            asks,
        };
        let work = move || {
            let tell = Tell(Some(tell));
            let build = Build {
                options: Options {
                    today,
                    ..shop.options.clone()
                },
                catalogue: Catalogue::new(shop.language),
                shop: &shop,
                tree: &tree,
                number,
                since,
                stop: &stop,
            };
            build.run(&asked, tell);
        };
        let thread = std::thread::Builder::new().name("build".to_owned());
        thread.spawn(work).ok().map(|_| round)
    }

    /// Ends the build at the next channel: what follows would be out of date.
    pub(super) fn give_up(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// The articles of which the words differ in a tree, if nothing else does.
    pub(super) fn again(&self, tree: &Arc<Tree>) -> Option<Plan> {
        let (reply, answer) = channel();
        let tree = Arc::clone(tree);
        self.asks.send(Ask { tree, reply }).ok()?;
        answer.recv().ok()?
    }
}

/// Tells that a build came to its end, even where it did not come to a good one.
struct Tell<F: Fn(bool)>(Option<F>);

impl<F: Fn(bool)> Tell<F> {
    fn now(mut self, sound: bool) {
        if let Some(tell) = self.0.take() {
            tell(sound);
        }
    }
}

impl<F: Fn(bool)> Drop for Tell<F> {
    fn drop(&mut self) {
        if let Some(tell) = self.0.take() {
            tell(false);
        }
    }
}

/// A build in the making.
struct Build<'a> {
    shop: &'a Shop,
    options: Options,
    catalogue: Catalogue,
    tree: &'a Tree,
    /// How often the site had changed before.
    number: u64,
    since: Instant,
    stop: &'a AtomicBool,
}

/// What it came to so far.
struct Came {
    prepared: Arc<Prepared>,
    diags: Vec<Diagnostic>,
    findings: Group,
    tallies: Vec<(String, Tally)>,
}

impl Came {
    fn is_sound(&self) -> bool {
        self.findings.errors == 0
    }
}

impl Build<'_> {
    /// Makes one channel after the other, so that the quickest are seen first, and then what is asked for. Once
    /// there is an error, what was shown before stays.
    fn run<F: Fn(bool)>(&self, asked: &Receiver<Ask>, tell: Tell<F>) {
        let mut learned = held(&self.shop.kept.learned);
        learned.stop.store(true, Ordering::Relaxed);
        let prepared = Arc::new(prepare(self.tree, &self.options, &mut learned.memo));
        let mut came = Came {
            findings: self.group(&prepared, &[]),
            prepared: Arc::clone(&prepared),
            diags: Vec::new(),
            tallies: Vec::new(),
        };
        let known = prepared.known();
        let mut ready = Vec::new();
        for channel in channel::names() {
            let before = came.is_sound();
            let of_channel =
                |edition: &Edition| edition.channel == channel && (before || !is_slow(edition));
            let editions = prepared.begin(&of_channel, Want::Quick, &known);
            let made = editions.make_recent(&learned.shelf);
            self.add(&mut came, made);
            ready.push(editions);
            if self.stop.load(Ordering::Relaxed) {
                return;
            }
        }
        self.finish(&came);
        let sound = came.is_sound();
        if sound {
            self.sample(&mut learned, &prepared);
        }
        drop((came, learned));
        let early = Early::new(&prepared);
        tell.now(sound);
        while let Ok(ask) = asked.recv() {
            let _ = ask.reply.send(early.again(&ready, self.tree, &ask.tree));
        }
    }

    fn group(&self, prepared: &Prepared, made: &[Diagnostic]) -> Group {
        let diags = prepared.findings(made);
        Group::of(&diags, &prepared.sources, &self.catalogue)
    }

    /// Shows what was made of one channel.
    fn add(&self, came: &mut Came, made: Made) {
        if !made.diags.is_empty() {
            came.diags.extend(made.diags);
            came.findings = self.group(&came.prepared, &came.diags);
        }
        came.tallies.extend(made.tallies);
        let sound = came.is_sound();
        if !made.plan.editions.is_empty() {
            let kept = &self.shop.kept;
            self.shop.board.change(|shown| {
                kept.count(self.swap(shown, made.plan, &came.prepared, sound));
            });
        }
    }

    /// Puts editions in the place of the old ones; with errors, only where there is nothing to look at yet.
    fn swap(&self, shown: &mut Shown, plan: Plan, prepared: &Prepared, sound: bool) -> usize {
        let mut pages = 0;
        for planned in plan.editions {
            let mut editions = prepared.site.config.editions.iter();
            let edition = editions.find(|edition| edition.name == planned.name);
            let channel = edition.and_then(|edition| Some((edition, channel::of(edition).ok()?)));
            let late = channel.map(|(edition, channel)| channel.late(&prepared.site, edition));
            if sound || !shown.editions.contains_key(&planned.name) {
                pages += shown.replace(planned, late.unwrap_or_default(), self.number);
            }
        }
        pages
    }

    /// Shows what was found, the start page, and that leaflets can be had.
    fn finish(&self, came: &Came) {
        let sound = came.is_sound();
        let site = &came.prepared.site;
        let overview = Overview::of(site, &came.tallies);
        self.shop.board.change(|shown| {
            shown.overview = Arc::new(overview);
            shown.findings.pages = came.findings.clone();
            if sound {
                let editions = &site.config.editions;
                let named = |name: &String| editions.iter().any(|edition| edition.name == *name);
                shown.editions.retain(|name, _| named(name));
                let leaflets = Leaflets::new(Arc::clone(&came.prepared), shown.version);
                shown.leaflets = Some(Arc::new(leaflets));
            } else {
                shown.withdraw(self.number);
            }
            if !site.config.editions.iter().any(is_slow) {
                shown.findings.leaflets = Group::default();
            }
            shown.findings.announce(&self.catalogue);
            shown.set_start(start::page(shown, &self.catalogue));
        });
        let kept = &self.shop.kept;
        kept.report(&Report::Built {
            time: self.since.elapsed(),
            pages: kept.pages.swap(0, Ordering::Relaxed),
            errors: came.findings.errors,
            warnings: came.findings.warnings,
        });
    }

    /// Sets one leaflet of each sort in the background, for what is wrong with them.
    fn sample(&self, learned: &mut Learned, prepared: &Arc<Prepared>) {
        let editions = prepared.site.config.editions.iter();
        let slow = editions.filter(|edition| is_slow(edition));
        let slow: Vec<String> = slow.map(|edition| edition.name.clone()).collect();
        if slow.is_empty() {
            return;
        }
        learned.stop = Arc::new(AtomicBool::new(false));
        let (stop, board) = (Arc::clone(&learned.stop), Arc::clone(&self.shop.board));
        let (prepared, language) = (Arc::clone(prepared), self.shop.language);
        let work = move || {
            let mut found = Vec::new();
            // One after the other: an edition alone keeps no thread from the next build.
            for slow in slow {
                let wanted = |edition: &Edition| edition.name == slow;
                found.extend(prepared.make(&wanted, Want::Sample(&stop)).diags);
            }
            let catalogue = Catalogue::new(language);
            let diags = prepared.findings_of(found);
            let group = Group::of(&diags, &prepared.sources, &catalogue);
            board.change(|shown| {
                if !stop.load(Ordering::Relaxed) {
                    shown.findings.leaflets = group;
                    shown.findings.announce(&catalogue);
                    shown.set_start(start::page(shown, &catalogue));
                }
            });
        };
        // Without a thread for it, leaflets are looked at when they are asked for.
        let _ = std::thread::Builder::new()
            .name("leaflets".to_owned())
            .spawn(work);
    }
}

fn is_slow(edition: &Edition) -> bool {
    channel::of(edition).is_ok_and(channel::Channel::is_slow)
}
