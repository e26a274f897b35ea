//! The order of the stages: the only file that knows it.
//!
//! Reading never fails; every stage adds its findings. What is made goes to a sink as it is made:
//! [`build()`] keeps it in memory, [`check()`] forgets it, and [`write()`] puts it on the disk and lets
//! it count only if no finding is an error.

use std::path::Path;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::channel::{self, Done, Job, Making, Sink, Tally};
use crate::diag::{Diagnostic, Fatal, Sources, sort};
use crate::lint::{lint, settle};
use crate::load::{Parsed, Tree, parse, take};
use crate::model::{PageId, Site};
use crate::output::{Committed, EditionName, Ledger, Memory, Plan, Staging};
use crate::theme::Theme;

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

/// What became of a site that was to be written.
#[derive(Debug)]
pub struct Written {
    /// The site; best effort where there are errors.
    pub site: Site,
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
    let mut ready = Ready::new(parse(tree, today, &channel::names()), tree);
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
pub fn check(mut tree: Tree, today: Date) -> Found {
    let parsed = take(&mut tree, today, &channel::names());
    let mut ready = Ready::new(parsed, &tree);
    ready.look();
    Found {
        site: ready.site,
        sources: ready.sources,
        diags: ready.diags,
    }
}

/// Makes all editions of a site below a folder, or finds out why not.
#[must_use]
pub fn write(mut tree: Tree, today: Date, out: &Path) -> Written {
    let parsed = take(&mut tree, today, &channel::names());
    let mut ready = Ready::new(parsed, &tree);
    if ready.has_errors() {
        // Nothing will be written, but all mistakes are told at once.
        ready.look();
        return ready.written(Ok(None), &[], &[]);
    }
    let staging = match Staging::open(out, ready.names()) {
        Ok(staging) => staging,
        Err(fatal) => {
            ready.settle();
            return ready.written(Err(fatal), &[], &[]);
        }
    };
    let done = ready.make(&staging);
    let sealed = staging.close();
    ready.diags.extend_from_slice(&sealed.diags);
    ready.settle();
    if ready.has_errors() {
        drop(sealed);
        return ready.written(Ok(None), &done, &[]);
    }
    let counts = sealed.counts();
    let committed = sealed.commit(&ready.sources).map(Some);
    ready.written(committed, &done, &counts)
}

/// A site that was read and checked, with its themes: all that is needed to make it.
struct Ready {
    site: Site,
    sources: Sources,
    diags: Vec<Diagnostic>,
    /// By edition; `None` where there is none or the edition cannot be made.
    themes: Vec<Option<Theme>>,
}

impl Ready {
    fn new(parsed: Parsed, tree: &Tree) -> Ready {
        let Parsed {
            site,
            sources,
            mut diags,
        } = parsed;
        diags.extend(lint(&site, &sources));
        let themes = themes(&site, tree, &mut diags);
        Ready {
            site,
            sources,
            diags,
            themes,
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
                };
                Some((place, job))
            })
            .collect();
        let prepared: Vec<(usize, Result<Box<dyn Making + '_>, _>)> = jobs
            .par_iter()
            .filter_map(|(place, job)| {
                let channel = channel::of(job.edition).ok()?;
                Some((*place, channel.prepare(*job)))
            })
            .collect();
        let mut done: Vec<Done> = self.themes.iter().map(|_| Done::default()).collect();
        let mut makings = Vec::with_capacity(prepared.len());
        for (place, made) in prepared {
            match made {
                Ok(making) => makings.push((place, making)),
                Err(found) => done[place].diags = found,
            }
        }
        let made = channel::run(&makings, sink);
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
        settle(&mut self.diags, &self.site.config, &self.sources);
        sort(&mut self.diags, &self.sources);
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
            site: self.site,
            sources: self.sources,
            diags: self.diags,
        }
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
