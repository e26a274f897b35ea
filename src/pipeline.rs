//! The order of the stages: the only file that knows it.
//!
//! Reading never fails; every stage adds its findings. What is made goes to a sink as it is made:
//! [`build()`] keeps it in memory, [`check()`] forgets it, and [`write()`] puts it on the disk and lets
//! it count only if no finding is an error.

use std::path::Path;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::channel::{self, Done, Job, Making, Shard, Sink, Tally};
use crate::diag::{
    Code, Diagnostic, Event, EventKind, Fatal, Severity, Sources, Trace, code, sort,
};
use crate::facts;
use crate::lint::{lint, settle};
use crate::load::{Parsed, Tree, parse, take};
use crate::model::{Artifact, PageId, Site};
use crate::output::{Committed, EditionName, Ledger, Memory, Plan, Staging, Stamp};
use crate::text::{Digest, sha256};
use crate::theme::Theme;

/// Findings that nothing can lower or hide once a site is to go to the public.
const RELEASE: [Code; 2] = [code::NOT_APPROVED, code::APPROVAL_VOID];

/// What a build is for.
#[derive(Debug, Clone)]
pub struct Options {
    /// The day for which the site is built.
    pub today: Date,
    /// Whether the result is to go to the public: what is not approved is then an error, whatever `checks`
    /// in `loa.yaml` and comments in a page say.
    pub release: bool,
    /// Whether leaflets go to a print shop: imprints must be complete, and approved sheets carry no stamp.
    pub for_print_shop: bool,
    /// The part of the site that is made, when several runs make it between them.
    pub shard: Option<Shard>,
    /// Where times are taken down, if anybody wants them.
    pub trace: Trace,
}

impl Options {
    /// An ordinary build of a day.
    #[must_use]
    pub fn on(today: Date) -> Options {
        Options {
            today,
            release: false,
            for_print_shop: false,
            shard: None,
            trace: Trace::default(),
        }
    }
}

/// A site made in memory.
#[derive(Debug)]
pub struct Built {
    /// What would be written; complete only when no finding is an error.
    pub plan: Plan,
    /// What each edition came to, in the order of `loa.yaml`.
    pub tallies: Vec<(String, Tally)>,
    /// Titles of the articles in which a fact differs between communes.
    pub differing: Vec<String>,
    /// The texts that findings point into.
    pub sources: Sources,
    /// All findings, in the order in which they are shown.
    pub diags: Vec<Diagnostic>,
}

impl Built {
    /// Whether a finding stops the build.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diags.iter().any(Diagnostic::is_error)
    }
}

/// What a check found.
#[derive(Debug)]
pub struct Found {
    /// The texts that findings point into.
    pub sources: Sources,
    /// All findings, in the order in which they are shown.
    pub diags: Vec<Diagnostic>,
}

/// What became of a site that was to be written.
#[derive(Debug)]
pub struct Written {
    /// What was done; nothing when a finding is an error.
    pub committed: Result<Option<Committed>, Fatal>,
    /// What each edition came to, in the order of `loa.yaml`, and how many files it has.
    pub tallies: Vec<(String, Tally, usize)>,
    /// Titles of the articles in which a fact differs between communes.
    pub differing: Vec<String>,
    /// The texts that findings point into.
    pub sources: Sources,
    /// All findings, in the order in which they are shown.
    pub diags: Vec<Diagnostic>,
}

/// Makes all editions of a site in memory, for one day.
///
/// ```
/// use loa::{load::Tree, pipeline::build};
/// let tree = Tree::of(&[
///     ("loa.yaml", "title: Thử\neditions: {bao: {channel: web, theme: newspaper, base_url: \"https://bao.example/\"}}\n"),
///     ("content/chao.md", "---\ntitle: Chào\nsummary: Lời chào.\ndate: 2026-08-19\n---\nXin chào.\n"),
/// ]);
/// let built = build(&tree, jiff::civil::date(2026, 8, 19));
/// assert!(!built.has_errors());
/// assert!(built.plan.editions[0].files.contains_key("chao/index.html"));
/// ```
#[must_use]
pub fn build(tree: &Tree, today: Date) -> Built {
    build_with(tree, &Options::on(today))
}

/// Reads a site without making anything of it.
#[must_use]
pub fn survey(tree: &Tree, today: Date) -> Parsed {
    parse(tree, today, &channel::names())
}

/// Reads and checks a site without making anything of it.
#[must_use]
pub fn examine(tree: &Tree, options: &Options) -> Parsed {
    let mut parsed = survey(tree, options.today);
    parsed.diags.extend(lint(&parsed.site, &parsed.sources));
    finish(&mut parsed.diags, &parsed.site, &parsed.sources, options);
    parsed
}

/// Gives all findings the severity that this build wants, and their order.
fn finish(diags: &mut Vec<Diagnostic>, site: &Site, sources: &Sources, options: &Options) {
    let held = |diag: &Diagnostic| options.release && RELEASE.contains(&diag.code);
    let (mut held, rest): (Vec<_>, Vec<_>) = std::mem::take(diags).into_iter().partition(held);
    *diags = rest;
    settle(diags, &site.config, sources);
    for diag in &mut held {
        diag.severity = Severity::Error;
    }
    diags.append(&mut held);
    sort(diags, sources);
}

/// Makes all editions of a site in memory.
#[must_use]
pub fn build_with(tree: &Tree, options: &Options) -> Built {
    let mut ready = Ready::new(survey(tree, options.today), tree, options);
    let memory = Memory::new(ready.names());
    let done = ready.make(&memory);
    let planned = memory.into_plan();
    ready.diags.extend(planned.diags);
    ready.settle();
    Built {
        plan: planned.value,
        tallies: ready.tallies(&done),
        differing: ready.differing(&done),
        sources: ready.sources,
        diags: ready.diags,
    }
}

/// Makes all editions of a site to see what is wrong, and keeps nothing.
#[must_use]
pub fn check(mut tree: Tree, options: &Options) -> Found {
    let parsed = take(&mut tree, options.today, &channel::names());
    let mut ready = Ready::new(parsed, &tree, options);
    ready.look();
    Found {
        sources: ready.sources,
        diags: ready.diags,
    }
}

/// Makes all editions of a site below a folder, or one shard of them, or finds out why not.
#[must_use]
pub fn write(mut tree: Tree, options: &Options, out: &Path) -> Written {
    let stamp = options.shard.map(|shard| Stamp {
        shard: shard.number(),
        of: shard.of(),
        inputs: inputs(&tree, options),
        program: VERSION.to_owned(),
    });
    let trace = &options.trace;
    let parsed = trace.stage("parse", || {
        take(&mut tree, options.today, &channel::names())
    });
    let mut ready = Ready::new(parsed, &tree, options);
    if ready.has_errors() {
        // Nothing will be written, but all mistakes are told at once.
        ready.look();
        return ready.written(Ok(None), &[], &[]);
    }
    let staging = match Staging::open(out, ready.names(), stamp) {
        Ok(staging) => staging,
        Err(fatal) => {
            ready.settle();
            return ready.written(Err(fatal), &[], &[]);
        }
    };
    let done = if trace.is_on() {
        let names = ready.names();
        ready.make(&Timed(&staging, &names, trace))
    } else {
        ready.make(&staging)
    };
    let sealed = trace.stage("order", || staging.close());
    ready.diags.extend_from_slice(&sealed.diags);
    ready.settle();
    if ready.has_errors() {
        drop(sealed);
        return ready.written(Ok(None), &done, &[]);
    }
    let counts = sealed.counts();
    let commit = || sealed.commit(&ready.sources);
    let committed = trace.stage("commit", commit).map(Some);
    ready.written(committed, &done, &counts)
}

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A digest of all that decides the bytes of a build: sources, options, this program.
fn inputs(tree: &Tree, options: &Options) -> String {
    let digests: Vec<String> = tree
        .files
        .par_iter()
        .map(|file| sha256(&file.bytes))
        .collect();
    let Options {
        today,
        release,
        for_print_shop,
        shard: _,
        trace: _,
    } = options;
    let mut all = Digest::default();
    all.add(&format!(
        "loa {VERSION}\ntoday {today}\nrelease {release}\nprint shop {for_print_shop}\n"
    ));
    for (file, digest) in tree.files.iter().zip(&digests) {
        all.add(&format!("{digest} {}\n", file.path));
    }
    all.finish()
}

/// A site that was read and checked, with its themes: all that is needed to make it.
struct Ready {
    site: Site,
    sources: Sources,
    diags: Vec<Diagnostic>,
    /// By edition; `None` where there is none or the edition cannot be made.
    themes: Vec<Option<Theme>>,
    options: Options,
}

impl Ready {
    fn new(parsed: Parsed, tree: &Tree, options: &Options) -> Ready {
        let Parsed {
            site,
            sources,
            mut diags,
        } = parsed;
        let trace = &options.trace;
        diags.extend(trace.stage("lint", || lint(&site, &sources)));
        let themes = trace.stage("themes", || themes(&site, tree, &mut diags));
        diags.extend(trace.stage("facts", || facts::check(&site)));
        if options.for_print_shop {
            for edition in &site.config.editions {
                if let Ok(channel) = channel::of(edition) {
                    channel.check_for_print_shop(&site, edition, &mut diags);
                }
            }
        }
        Ready {
            site,
            sources,
            diags,
            themes,
            options: options.clone(),
        }
    }

    fn names(&self) -> Vec<EditionName> {
        let editions = self.site.config.editions.iter();
        editions
            .map(|edition| (edition.name.clone(), edition.span))
            .collect()
    }

    fn has_errors(&self) -> bool {
        self.diags.iter().any(Diagnostic::is_error)
    }

    /// Makes all editions; what they come to is in the order of `loa.yaml`.
    fn make(&mut self, sink: &dyn Sink) -> Vec<Done> {
        // A leaflet of a page with mistakes would only add mistakes that are none.
        let sound = !self.has_errors();
        let editions = self.site.config.editions.iter().zip(&self.themes);
        let jobs: Vec<(usize, Job<'_>)> = editions
            .enumerate()
            .filter(|(_, (edition, _))| sound || edition.channel != "print")
            .filter_map(|(place, (edition, theme))| {
                let job = Job {
                    site: &self.site,
                    sources: &self.sources,
                    edition,
                    theme: theme.as_ref()?,
                    for_print_shop: self.options.for_print_shop,
                    shard: self.options.shard.unwrap_or(Shard::WHOLE),
                    trace: &self.options.trace,
                };
                Some((place, job))
            })
            .collect();
        let trace = &self.options.trace;
        let prepared: Vec<(usize, Result<Box<dyn Making + '_>, _>)> =
            trace.stage("prepare", || {
                jobs.par_iter()
                    .filter_map(|(place, job)| {
                        let channel = channel::of(job.edition).ok()?;
                        let name = job.edition.name.as_str();
                        let event = || Event::new(EventKind::Piece, "prepare", name);
                        Some((*place, trace.time(event, || channel.prepare(*job))))
                    })
                    .collect()
            });
        let mut done: Vec<Done> = self.themes.iter().map(|_| Done::default()).collect();
        let mut makings = Vec::with_capacity(prepared.len());
        for (place, made) in prepared {
            match made {
                Ok(making) => makings.push((place, making)),
                Err(found) => done[place].diags = found,
            }
        }
        let made = channel::run(&makings, sink, trace);
        for ((place, _), made) in makings.iter().zip(made) {
            done[*place] = made;
        }
        drop(makings);
        for one in &mut done {
            self.diags.append(&mut one.diags);
        }
        done
    }

    /// Makes all editions for the sake of the findings.
    fn look(&mut self) {
        let ledger = Ledger::new(self.names());
        self.make(&ledger);
        self.diags.extend(ledger.close());
        self.settle();
    }

    fn settle(&mut self) {
        let trace = self.options.trace.clone();
        trace.stage("settle", || self.settled());
    }

    fn settled(&mut self) {
        finish(&mut self.diags, &self.site, &self.sources, &self.options);
    }

    fn tallies(&self, done: &[Done]) -> Vec<(String, Tally)> {
        let editions = self.site.config.editions.iter().zip(done);
        editions
            .map(|(edition, done)| (edition.name.clone(), done.tally))
            .collect()
    }

    fn differing(&self, done: &[Done]) -> Vec<String> {
        let mut pages: Vec<PageId> = done
            .iter()
            .flat_map(|done| &done.differing)
            .copied()
            .collect();
        pages.sort();
        pages.dedup();
        let titles = pages.into_iter().map(|id| &self.site.page(id).meta.title);
        titles.cloned().collect()
    }

    fn written(
        self,
        committed: Result<Option<Committed>, Fatal>,
        done: &[Done],
        counts: &[usize],
    ) -> Written {
        let tallies = self.tallies(done).into_iter().zip(counts);
        Written {
            committed,
            tallies: tallies
                .map(|((name, tally), count)| (name, tally, *count))
                .collect(),
            differing: self.differing(done),
            sources: self.sources,
            diags: self.diags,
        }
    }
}

/// A sink that takes down how long each file takes.
struct Timed<'a>(&'a dyn Sink, &'a [EditionName], &'a Trace);

impl Sink for Timed<'_> {
    fn take(&self, edition: usize, artifact: Artifact) {
        let Timed(sink, names, trace) = self;
        let name = artifact.path.clone();
        let bytes = artifact.bytes.len();
        let event = || Event {
            bytes,
            ..Event::new(EventKind::File, name, names[edition].0.as_str())
        };
        trace.time(event, || sink.take(edition, artifact));
    }
}

/// The theme of each edition, where its settings are sound and it can be had.
fn themes(site: &Site, tree: &Tree, diags: &mut Vec<Diagnostic>) -> Vec<Option<Theme>> {
    let mut out = Vec::new();
    for edition in &site.config.editions {
        let theme = match channel::of(edition) {
            Err(finding) => {
                diags.push(finding);
                None
            }
            Ok(channel) => {
                channel.check(edition, diags);
                Theme::find(edition, tree)
                    .map_err(|found| diags.extend(found))
                    .ok()
            }
        };
        out.push(theme);
    }
    out
}
