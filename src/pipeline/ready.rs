//! Editions of which all is at hand to make them, and single articles made again before all the rest.

use rayon::prelude::*;

use super::{Made, Prepared, finish};
use crate::channel::{self, Done, Job, Making, Out, Sink};
use crate::diag::{Checked, Diagnostic, Event, EventKind};
use crate::facts;
use crate::lint::Reader;
use crate::load::{Fresh, Tree, TreeFile};
use crate::model::{Page, Used};
use crate::output::{Memory, Plan, Recent, Shelf};

/// No more articles than these are made again before all the rest.
const MOST: usize = 4;

/// Editions that can be made at once.
pub struct Ready<'a> {
    prepared: &'a Prepared,
    /// Each with its place in `loa.yaml`.
    makings: Vec<(usize, Box<dyn Making + 'a>)>,
    /// By edition, whether it was asked for.
    wanted: Vec<bool>,
    /// By edition, why it cannot be made.
    failed: Vec<Vec<Diagnostic>>,
}

impl std::fmt::Debug for Ready<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ready")
            .field("wanted", &self.wanted)
            .finish_non_exhaustive()
    }
}

impl<'a> Ready<'a> {
    pub(super) fn new(
        prepared: &'a Prepared,
        jobs: &[(usize, Job<'a>)],
        wanted: Vec<bool>,
    ) -> Ready<'a> {
        let trace = &prepared.options.trace;
        let begun: Vec<(usize, Result<Box<dyn Making + 'a>, _>)> = jobs
            .par_iter()
            .filter_map(|(place, job)| {
                let channel = channel::of(job.edition).ok()?;
                let name = job.edition.name.as_str();
                let event = || Event::new(EventKind::Piece, "prepare", name);
                Some((*place, trace.time(event, || channel.prepare(*job))))
            })
            .collect();
        let mut ready = Ready {
            prepared,
            makings: Vec::with_capacity(begun.len()),
            wanted,
            failed: vec![Vec::new(); prepared.editions.len()],
        };
        for (place, made) in begun {
            match made {
                Ok(making) => ready.makings.push((place, making)),
                Err(found) => ready.failed[place] = found,
            }
        }
        ready
    }

    /// Makes them in memory.
    #[must_use]
    pub fn make(self) -> Made {
        let memory = Memory::new(self.prepared.names());
        let done = self.run(&memory);
        self.made(done, memory.into_plan())
    }

    /// The same, without making again what is on a shelf.
    #[must_use]
    pub fn make_recent(&self, shelf: &Shelf) -> Made {
        let recent = Recent::new(self.prepared.names(), shelf);
        let done = self.run(&recent);
        let trace = &self.prepared.options.trace;
        let planned = trace.stage("order", || recent.into_plan());
        self.made(done, planned)
    }

    /// What each came to, in the order of `loa.yaml`, with nothing for those that were not asked for.
    pub(super) fn run(&self, sink: &dyn Sink) -> Vec<Done> {
        let mut done: Vec<Done> = self.failed.iter().map(|found| failed(found)).collect();
        let made = channel::run(&self.makings, sink, &self.prepared.options.trace);
        for ((place, _), made) in self.makings.iter().zip(made) {
            done[*place] = made;
        }
        done
    }

    fn made(&self, done: Vec<Done>, planned: Checked<Plan>) -> Made {
        let mut made = Made {
            plan: planned.value,
            tallies: Vec::new(),
            diags: Vec::new(),
        };
        let editions = self.prepared.editions.iter().zip(&self.wanted);
        for (((edition, _), wanted), mut done) in editions.zip(done) {
            if *wanted {
                made.diags.append(&mut done.diags);
                made.tallies.push((edition.name.clone(), done.tally));
            }
        }
        made.diags.extend(planned.diags);
        let named = |name: &String| made.tallies.iter().any(|(one, _)| one == name);
        made.plan.editions.retain(|edition| named(&edition.name));
        made
    }
}

fn failed(diags: &[Diagnostic]) -> Done {
    Done {
        diags: diags.to_vec(),
        ..Done::default()
    }
}

/// What single articles are looked over with before all the rest.
#[derive(Debug)]
pub struct Early<'a> {
    prepared: &'a Prepared,
    reader: Reader<'a>,
}

impl<'a> Early<'a> {
    /// For articles of a site.
    #[must_use]
    pub fn new(prepared: &'a Prepared) -> Early<'a> {
        Early {
            prepared,
            reader: Reader::new(&prepared.site, &prepared.sources),
        }
    }

    /// Makes the articles that read otherwise `now` than in `before`, from which the site was read.
    ///
    /// What comes of it is what a build of all would come to, as far as an article's own words go; what others
    /// say of it is for that build. Nothing when more than the words of few articles changed, or when something
    /// is wrong with one.
    #[must_use]
    pub fn again(&self, ready: &[Ready<'_>], before: &Tree, now: &Tree) -> Option<Plan> {
        let changed = now.changes(before)?;
        if changed.len() > MOST {
            return None;
        }
        let memory = Memory::new(self.prepared.names());
        for file in changed {
            // Two names in different normal forms can be one path.
            let mut called = now.files.iter().filter(|one| one.path == file.path);
            let _ = called.next();
            if called.next().is_some() || !self.article(ready, file, &memory) {
                return None;
            }
        }
        let planned = memory.into_plan();
        let mut plan = planned.value;
        plan.editions.retain(|edition| !edition.files.is_empty());
        (planned.diags.is_empty() && !plan.editions.is_empty()).then_some(plan)
    }

    /// Makes the article of a file, and tells whether it may be shown.
    fn article(&self, ready: &[Ready<'_>], file: &TreeFile, sink: &Memory) -> bool {
        let prepared = self.prepared;
        let mut pages = prepared.site.pages.iter();
        let Some(old) = pages.find(|page| page.source == file.path) else {
            return false;
        };
        let fresh = prepared.reread.page(&prepared.site, old, &file.blob);
        let Some(fresh) = fresh.filter(|fresh| self.holds(old, fresh)) else {
            return false;
        };
        let mut found = Vec::new();
        for (place, making) in ready.iter().flat_map(|ready| &ready.makings) {
            let mut out = Out::new(sink, *place);
            making.again(&fresh.page, &mut out);
            found.append(&mut out.diags);
        }
        self.is_sound(found, &fresh)
    }

    /// Whether the page may be shown.
    fn holds(&self, old: &Page, fresh: &Fresh) -> bool {
        let site = &self.prepared.site;
        let known = |used: Used| old.body.outline.uses.iter().any(|one| one.what == used);
        let mut uses = fresh.page.body.outline.uses.iter().map(|one| one.what);
        if !uses.all(|used| known(used) || facts::is_sound(site, used)) {
            return false;
        }
        let mut found = fresh.diags.clone();
        found.extend(self.reader.page(&fresh.page, &fresh.sources));
        self.is_sound(found, fresh)
    }

    fn is_sound(&self, mut found: Vec<Diagnostic>, fresh: &Fresh) -> bool {
        let Prepared { site, options, .. } = self.prepared;
        finish(&mut found, site, &fresh.sources, options);
        !found.iter().any(Diagnostic::is_error)
    }
}
