//! Builds again whenever something was saved, one build at a time, on a thread of its own.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::board::{Board, Shown};
use super::findings::Group;
use super::leaflets::Leaflets;
use super::start::{self, Overview};
use super::watch::Watch;
use super::{Report, Setup};
use crate::channel::{self, Tally, Want};
use crate::diag::{Catalogue, Diagnostic, Fatal};
use crate::load::{Memo, Tree, refresh};
use crate::model::Edition;
use crate::output::{Plan, Shelf};
use crate::pipeline::{Made, Options, Prepared, prepare};

/// So often the day is looked at when nothing is saved.
const MINUTE: Duration = Duration::from_mins(1);

/// Builds and builds again, for as long as the program runs.
pub(super) fn work(setup: Setup, base: String, board: Arc<Board>) {
    let options = Options {
        serve_base: Some(base),
        show_drafts: true,
        ..Options::on((setup.day)())
    };
    let worker = Worker {
        options,
        catalogue: Catalogue::new(setup.language),
        setup,
        board,
        tree: Tree::default(),
        memo: Memo::default(),
        shelf: Shelf::default(),
        watch: None,
        unfinished: false,
        pages: 0,
        stop: Arc::default(),
    };
    worker.run();
}

struct Worker {
    setup: Setup,
    options: Options,
    board: Arc<Board>,
    catalogue: Catalogue,
    tree: Tree,
    /// What is known of the site as it was read before.
    memo: Memo,
    /// What was made before.
    shelf: Shelf,
    /// What was saved meanwhile; `None` where that cannot be told.
    watch: Option<Watch>,
    /// Whether the newest build was given up, because of a save that may turn out to change nothing.
    unfinished: bool,
    /// Pages that changed since the last report.
    pages: usize,
    /// Set to stop the leaflets of the build before.
    stop: Arc<AtomicBool>,
}

impl Worker {
    /// Builds, and builds again whenever something was saved or a new day begins.
    fn run(mut self) {
        // Watched first and read then, so that no save falls between.
        match Watch::new(&self.setup.root) {
            Ok(watch) => self.watch = Some(watch),
            Err(said) => (self.setup.report)(&Report::Blind(said)),
        }
        self.read(None, true);
        while let Some(watch) = &mut self.watch {
            let saved = watch.next(MINUTE);
            let today = (self.setup.day)();
            let again = self.unfinished || today != self.options.today;
            self.options.today = today;
            match saved {
                Some(saved) => self.read(saved.places().as_deref(), again),
                None if again => self.read(Some(&[]), true),
                None => {}
            }
        }
    }

    /// Reads what was saved, and builds if a byte differs.
    fn read(&mut self, places: Option<&[std::path::PathBuf]>, always: bool) {
        let begun = Instant::now();
        match refresh(&self.setup.root, &self.tree, places) {
            Ok(Some(tree)) => {
                self.tree = tree;
                self.build(begun);
            }
            Ok(None) if always => self.build(begun),
            Ok(None) => {}
            Err(fatal) => self.refuse(fatal),
        }
    }

    fn refuse(&self, fatal: Fatal) {
        let group = Group::refused(&fatal, &self.catalogue);
        self.board.change(|shown| {
            shown.findings.pages = group;
            shown.findings.announce(&self.catalogue);
            shown.set_start(start::page(shown, &self.catalogue));
        });
        (self.setup.report)(&Report::Refused(fatal));
    }

    /// Makes one channel after the other, so that the quickest are seen first. Once there is an error,
    /// what was shown before stays. A save meanwhile ends it: what follows would be out of date.
    fn build(&mut self, begun: Instant) {
        self.stop.store(true, Ordering::Relaxed);
        self.unfinished = true;
        let prepared = Arc::new(prepare(&self.tree, &self.options, &mut self.memo));
        let mut build = Build {
            findings: self.group(&prepared, &[]),
            prepared,
            diags: Vec::new(),
            tallies: Vec::new(),
        };
        for channel in channel::names() {
            let before = build.findings.errors == 0;
            let of_channel =
                |edition: &Edition| edition.channel == channel && (before || !is_slow(edition));
            let made = build
                .prepared
                .make_recent(&of_channel, Want::Quick, &self.shelf);
            self.add(&mut build, made);
            if self.watch.as_mut().is_some_and(Watch::is_pending) {
                return;
            }
        }
        self.unfinished = false;
        self.finish(&build);
        (self.setup.report)(&Report::Built {
            time: begun.elapsed(),
            pages: std::mem::take(&mut self.pages),
            errors: build.findings.errors,
            warnings: build.findings.warnings,
        });
        if build.findings.errors == 0 {
            self.sample(build.prepared);
        }
    }

    fn group(&self, prepared: &Prepared, made: &[Diagnostic]) -> Group {
        let diags = prepared.findings(made);
        Group::of(&diags, &prepared.sources, &self.catalogue)
    }

    /// Shows what was made of one channel.
    fn add(&mut self, build: &mut Build, made: Made) {
        if !made.diags.is_empty() {
            build.diags.extend(made.diags);
            build.findings = self.group(&build.prepared, &build.diags);
        }
        build.tallies.extend(made.tallies);
        let sound = build.findings.errors == 0;
        if !made.plan.editions.is_empty() {
            let pages = &mut self.pages;
            self.board
                .change(|shown| *pages += swap(shown, made.plan, &build.prepared, sound));
        }
    }

    /// Shows what was found, the start page, and that leaflets can be had.
    fn finish(&self, build: &Build) {
        let sound = build.findings.errors == 0;
        let overview = Overview::of(&build.prepared.site, &build.tallies);
        self.board.change(|shown| {
            shown.overview = Arc::new(overview);
            shown.findings.pages = build.findings.clone();
            if sound {
                let editions = &build.prepared.site.config.editions;
                let named = |name: &String| editions.iter().any(|edition| edition.name == *name);
                shown.editions.retain(|name, _| named(name));
                let leaflets = Leaflets::new(Arc::clone(&build.prepared), shown.version);
                shown.leaflets = Some(Arc::new(leaflets));
            }
            if !build.prepared.site.config.editions.iter().any(is_slow) {
                shown.findings.leaflets = Group::default();
            }
            shown.findings.announce(&self.catalogue);
            shown.set_start(start::page(shown, &self.catalogue));
        });
    }

    /// Sets one leaflet of each sort in the background, for what is wrong with them.
    fn sample(&mut self, prepared: Arc<Prepared>) {
        let editions = prepared.site.config.editions.iter();
        let slow = editions.filter(|edition| is_slow(edition));
        let slow: Vec<String> = slow.map(|edition| edition.name.clone()).collect();
        if slow.is_empty() {
            return;
        }
        self.stop = Arc::new(AtomicBool::new(false));
        let (stop, board) = (Arc::clone(&self.stop), Arc::clone(&self.board));
        let language = self.setup.language;
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

/// A build in the making.
struct Build {
    prepared: Arc<Prepared>,
    diags: Vec<Diagnostic>,
    findings: Group,
    tallies: Vec<(String, Tally)>,
}

fn is_slow(edition: &Edition) -> bool {
    channel::of(edition).is_ok_and(channel::Channel::is_slow)
}

/// Puts editions in the place of the old ones; with errors, only where there is nothing to look at yet.
fn swap(shown: &mut Shown, plan: Plan, prepared: &Prepared, sound: bool) -> usize {
    let mut pages = 0;
    for planned in plan.editions {
        let slow = prepared
            .site
            .config
            .editions
            .iter()
            .any(|edition| edition.name == planned.name && is_slow(edition));
        if sound || !shown.editions.contains_key(&planned.name) {
            pages += shown.replace(planned, slow);
        }
    }
    pages
}
