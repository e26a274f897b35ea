//! The order of the stages: the only file that knows it.
//!
//! Reading never fails; every stage adds its findings. What is made goes to a sink as it is made:
//! [`build()`] keeps it in memory, [`check()`] forgets it, and [`write()`] puts it on the disk and lets
//! it count only if no finding is an error. A preview stops between [`prepare`] and [`Prepared::make`],
//! so that it can make one edition after the other.

mod inputs;
mod ready;
mod write;

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::channel::{self, Done, Job, Known, Shard, Sink, Tally, Want, address};
use crate::diag::{Code, Diagnostic, Severity, Sources, Trace, code, sort};
use crate::facts;
use crate::lint::{lint, lint_with, settle};
use crate::load::{Memo, Parsed, Reread, Tree, parse, parse_with, show_held};
use crate::model::{Digest, Edition, Site};
use crate::output::{EditionName, Ledger, Memory, Plan};
use crate::theme::Theme;

pub use ready::{Early, Ready};
pub use write::{Written, repeat, write, write_keeping, write_with};

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
    /// An address such as `http://127.0.0.1:1790/` under which each web edition is looked at in a
    /// folder of its own, instead of its `base_url`. Leaflets keep the addresses that will be printed.
    pub serve_base: Option<String>,
    /// Whether drafts and scheduled pages are shown, stamped.
    pub show_drafts: bool,
    /// The part of the site that is made, when several runs make it between them.
    pub shard: Option<Shard>,
    /// Where times are taken down, if anybody wants them.
    pub trace: Trace,
    /// What tells this program from all others: what another one remembered is worth nothing.
    pub program: Digest,
}

impl Options {
    /// An ordinary build of a day.
    #[must_use]
    pub fn on(today: Date) -> Options {
        Options {
            today,
            release: false,
            for_print_shop: false,
            serve_base: None,
            show_drafts: false,
            shard: None,
            trace: Trace::default(),
            program: Digest::of(env!("CARGO_PKG_VERSION").as_bytes()),
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
    /// The site; best effort where there are errors.
    pub site: Site,
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
    let mut ready = prepare(tree, options, &mut Memo::default());
    let memory = Memory::new(ready.names());
    let done = ready.make_all(&memory);
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

/// Makes all editions of a site to see what is wrong, and keeps nothing; what `memo` knows is not looked at again.
#[must_use]
pub fn check(tree: &Tree, options: &Options, memo: &mut Memo) -> Found {
    let mut ready = prepare(tree, options, memo);
    ready.look();
    Found {
        site: ready.site,
        sources: ready.sources,
        diags: ready.diags,
    }
}

/// Reads a site, checks it and finds its themes; what `memo` knows is neither read nor checked again.
#[must_use]
pub fn prepare(tree: &Tree, options: &Options, memo: &mut Memo) -> Prepared {
    let parse = || parse_with(tree, options.today, &channel::names(), memo);
    let parsed = options.trace.stage("parse", parse);
    Prepared::new(parsed, tree, options, memo)
}

/// A site that was read, checked and dressed: all that its editions are made from.
#[derive(Debug)]
pub struct Prepared {
    /// The site; best effort where there are errors.
    pub site: Site,
    /// The texts that findings point into.
    pub sources: Sources,
    diags: Vec<Diagnostic>,
    /// In the order of `loa.yaml`; no theme where there is none or the edition cannot be made.
    editions: Vec<(Edition, Option<Theme>)>,
    options: Options,
    reread: Reread,
}

/// Some editions, made in memory.
#[derive(Debug)]
pub struct Made {
    /// Their files.
    pub plan: Plan,
    /// What each came to.
    pub tallies: Vec<(String, Tally)>,
    /// What was found while making them, for [`Prepared::findings`].
    pub diags: Vec<Diagnostic>,
}

impl Prepared {
    fn new(parsed: Parsed, tree: &Tree, options: &Options, memo: &mut Memo) -> Prepared {
        let Parsed {
            mut site,
            sources,
            mut diags,
            reread,
        } = parsed;
        let trace = &options.trace;
        let mut of_themes = Vec::new();
        let (found, mut editions) = rayon::join(
            || trace.stage("lint", || lint_with(&site, &sources, memo)),
            || trace.stage("themes", || themes(&site, tree, &mut of_themes)),
        );
        diags.extend(found);
        diags.append(&mut of_themes);
        diags.extend(trace.stage("facts", || facts::check(&site)));
        if options.for_print_shop {
            for edition in &site.config.editions {
                if let Ok(channel) = channel::of(edition) {
                    channel.check_for_print_shop(&site, edition, &mut diags);
                }
            }
        }
        // Only now: a page that is shown early is checked no more strictly than by a build.
        if options.show_drafts {
            show_held(&mut site);
        }
        if let Some(base) = &options.serve_base {
            for (edition, _) in &mut editions {
                *edition = address::rebased(edition, base);
            }
        }
        Prepared {
            site,
            sources,
            diags,
            editions,
            options: options.clone(),
            reread,
        }
    }

    fn names(&self) -> Vec<EditionName> {
        names(&self.site)
    }

    /// Whether anything found so far stops a build.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diags.iter().any(Diagnostic::is_error)
    }

    /// Makes the editions that are asked for in memory.
    #[must_use]
    pub fn make(&self, wanted: &dyn Fn(&Edition) -> bool, want: Want<'_>) -> Made {
        let known = Known::default();
        self.begin(wanted, want, &known).make()
    }

    /// What the pieces of its editions are known by.
    #[must_use]
    pub fn known(&self) -> Known {
        Known::new(&self.site, self.options.program)
    }

    /// Makes ready the editions that are asked for.
    pub fn begin<'a>(
        &'a self,
        wanted: &dyn Fn(&Edition) -> bool,
        want: Want<'a>,
        known: &'a Known,
    ) -> Ready<'a> {
        let editions = self.editions.iter();
        let asked: Vec<bool> = editions.map(|(edition, _)| wanted(edition)).collect();
        let jobs: Vec<(usize, Job<'_>)> = self
            .editions
            .iter()
            .enumerate()
            .filter(|(place, _)| asked[*place])
            .filter_map(|(place, (edition, theme))| {
                let job = Job {
                    site: &self.site,
                    sources: &self.sources,
                    edition,
                    theme: theme.as_ref()?,
                    for_print_shop: self.options.for_print_shop,
                    want,
                    shard: self.options.shard.unwrap_or(Shard::WHOLE),
                    trace: &self.options.trace,
                    known,
                };
                Some((place, job))
            })
            .collect();
        let trace = &self.options.trace;
        trace.stage("prepare", || Ready::new(self, &jobs, asked))
    }

    /// Everything that was found, with what was found while making editions, as it is shown:
    /// in order, each with the severity that this build wants.
    #[must_use]
    pub fn findings(&self, made: &[Diagnostic]) -> Vec<Diagnostic> {
        self.findings_of(self.diags.iter().chain(made).cloned().collect())
    }

    /// Single findings as they are shown.
    #[must_use]
    pub fn findings_of(&self, mut diags: Vec<Diagnostic>) -> Vec<Diagnostic> {
        finish(&mut diags, &self.site, &self.sources, &self.options);
        diags
    }

    /// Makes all editions that a build makes, and keeps what was found.
    fn make_all(&mut self, sink: &dyn Sink) -> Vec<Done> {
        // A leaflet of a page with mistakes would only add mistakes that are none.
        let sound = !self.has_errors();
        let wanted = |edition: &Edition| sound || edition.channel != "print";
        let mut done = self.run(&wanted, Want::All, sink);
        for one in &mut done {
            self.diags.append(&mut one.diags);
        }
        done
    }

    /// Makes editions; what they come to is in the order of `loa.yaml`, with nothing for the others.
    fn run(&self, wanted: &dyn Fn(&Edition) -> bool, want: Want<'_>, sink: &dyn Sink) -> Vec<Done> {
        let known = if sink.remembers() {
            self.known()
        } else {
            Known::default()
        };
        self.begin(wanted, want, &known).run(sink)
    }

    /// Makes all editions for the sake of the findings.
    fn look(&mut self) {
        let ledger = Ledger::new(self.names());
        self.make_all(&ledger);
        self.diags.extend(ledger.close());
        self.settle();
    }

    fn settle(&mut self) {
        let Prepared {
            site,
            sources,
            diags,
            options,
            ..
        } = self;
        let trace = &options.trace;
        trace.stage("settle", || finish(diags, site, sources, options));
    }

    fn tallies(&self, done: &[Done]) -> Vec<(String, Tally)> {
        let editions = self.site.config.editions.iter().zip(done);
        editions
            .map(|(edition, done)| (edition.name.clone(), done.tally))
            .collect()
    }

    fn differing(&self, done: &[Done]) -> Vec<String> {
        let differing: BTreeSet<&String> = done.iter().flat_map(|done| &done.differing).collect();
        let pages = self.site.pages.iter();
        let pages = pages.filter(|page| differing.contains(&page.source));
        pages.map(|page| page.meta.title.clone()).collect()
    }
}

fn names(site: &Site) -> Vec<EditionName> {
    let editions = site.config.editions.iter();
    editions
        .map(|edition| (edition.name.clone(), edition.span))
        .collect()
}

/// Each edition with its theme, where its settings are sound and it can be had.
fn themes(site: &Site, tree: &Tree, diags: &mut Vec<Diagnostic>) -> Vec<(Edition, Option<Theme>)> {
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
        out.push((edition.clone(), theme));
    }
    out
}
