//! The speech channel: scripts that a person reads over a commune's loudspeakers.

mod bulletin;
mod compose;
mod engine;
mod files;
mod keys;
mod line;
mod lists;
mod plan;
mod script;
mod sentences;
mod settings;
mod slot;
mod ssml;
mod word;

use std::ops::Range;
use std::sync::OnceLock;

use super::differences::Differences;
use super::{Carries, Channel, Emergency, Job, Making, Out, Output, Product};
use crate::diag::{Diagnostic, Event, EventKind};
use crate::model::{CommuneId, Digest, Edition, Page, PageId, Site, State};
use crate::reading::Reader;
use crate::theme::{Templates, Value, template_failed, value};
pub use bulletin::{Bulletin, Segment};
pub use engine::Engine;
use files::Summary;
use keys::Keys;
use line::Heard;
pub use line::Voice;
use script::Frame;
use settings::Settings;

/// The speech channel.
#[derive(Debug)]
pub struct Speech;

/// The language that the reading rules know.
const LANGUAGE: &str = "vi";

impl Channel for Speech {
    fn name(&self) -> &'static str {
        "speech"
    }

    fn check(&self, edition: &Edition, diags: &mut Vec<Diagnostic>) {
        let _ = Settings::read(edition, diags);
    }

    fn carries(&self) -> Carries {
        Carries {
            product: Product::Script,
            recap: true,
            footnotes: false,
            struck: false,
            emergency: Emergency::Never,
        }
    }

    fn outputs(&self, site: &Site, edition: &Edition, page: &Page) -> Vec<Output> {
        if !is_spoken(page) || !page.is_in(&edition.name, self.name()) {
            return Vec::new();
        }
        let settings = Settings::read(edition, &mut Vec::new());
        let endings = settings.endings();
        endings.map(|ending| output(site, page, ending)).collect()
    }

    fn prepare<'a>(&self, job: Job<'a>) -> Result<Box<dyn Making + 'a>, Vec<Diagnostic>> {
        let programme = Programme::new(job, communes(job));
        Ok(Box::new(programme.map_err(|said| {
            vec![template_failed(job.edition.span, &said)]
        })?))
    }
}

/// The engine that speaks the bulletins of an edition, if it names one.
#[must_use]
pub fn engine(edition: &Edition) -> Option<Engine> {
    Settings::read(edition, &mut Vec::new()).engine
}

/// The bulletins of some pages, each for some communes or, with nothing, for everybody.
///
/// # Errors
/// What the template engine says of the theme.
pub fn bulletins(
    job: Job<'_>,
    wanted: impl Fn(&Page) -> bool,
    communes: Vec<Option<CommuneId>>,
) -> Result<Vec<(PageId, Option<CommuneId>, Bulletin)>, String> {
    let programme = Programme::new(job, communes)?;
    let pages = programme.pages.iter().filter(|page| wanted(page));
    Ok(pages.flat_map(|page| programme.bulletins(page)).collect())
}

/// A speech edition.
struct Programme<'a> {
    job: Job<'a>,
    settings: Settings,
    templates: Templates,
    /// The theme's words as templates see them.
    words: Value,
    pages: Vec<&'a Page>,
    /// For which communes, by their places, the scripts of each page are wanted.
    own: Vec<Range<usize>>,
    /// Whether the lists are wanted, which say how long every script is.
    lists: bool,
    /// For whom scripts are made: each chosen commune, or once for all.
    communes: Vec<Option<CommuneId>>,
    /// The site's lexicon; pages lay their own words over it.
    reader: Reader,
    /// How every script of a commune begins and ends, unless its page has words of its own.
    frames: Vec<Frame>,
    differences: Differences,
    /// What the lists of scripts say of each page, once it is made.
    summaries: Vec<OnceLock<Summary>>,
    /// Made when a key is first asked for.
    keys: OnceLock<Keys>,
}

impl<'a> Programme<'a> {
    fn new(job: Job<'a>, communes: Vec<Option<CommuneId>>) -> Result<Programme<'a>, String> {
        let settings = Settings::read(job.edition, &mut Vec::new());
        let templates = Templates::new(job.theme, "speech/")?;
        let templates = templates.traced(job.trace, &job.edition.name);
        let pages: Vec<&Page> = job
            .site
            .pages_of(&job.edition.name, "speech")
            .filter(|page| is_spoken(page))
            .collect();
        let reader = Reader::new(settings.accent, job.site.facts.lexicon.iter().cloned());
        let mut heard = Heard::new(reader.clone());
        let frames = communes
            .iter()
            .map(|commune| Frame::new(job, &mut heard, *commune))
            .collect();
        let own = own(job, &pages, communes.len());
        Ok(Programme {
            job,
            own,
            lists: job.shard.has(&job.edition.name, "lists"),
            templates,
            words: value(job.theme.words(LANGUAGE)),
            // A script says telephone numbers; addresses and hours are not read out.
            differences: Differences::new(job.site, |a, b| a.phone == b.phone),
            summaries: pages.iter().map(|_| OnceLock::new()).collect(),
            keys: OnceLock::new(),
            settings,
            pages,
            communes,
            reader,
            frames,
        })
    }
}

impl Making for Programme<'_> {
    fn pieces(&self) -> Vec<usize> {
        let formats = self.settings.formats.len().max(1);
        let pages = self.pages.iter().zip(&self.own);
        pages
            .map(|(page, own)| kilobytes(self.job, page) * own.len() * formats)
            .collect()
    }

    fn event(&self, piece: usize) -> Event {
        let name = self.pages[piece].source.as_str();
        Event::new(EventKind::Article, name, self.edition())
    }

    fn edition(&self) -> &str {
        &self.job.edition.name
    }

    fn key(&self, piece: usize) -> Option<Digest> {
        Some(self.keys().of(self, self.pages[piece], &self.own[piece]))
    }

    fn recalled(&self, piece: usize, note: &[u8]) {
        let summary = Summary::of_note(note);
        // Each piece is recalled or made once, so the place is free.
        let _ = self.summaries[piece].set(summary);
    }

    fn last_key(&self) -> Option<Digest> {
        Some(self.keys().of_lists(self))
    }

    fn make(&self, piece: usize, out: &mut Out<'_>) {
        let (page, own) = (self.pages[piece], &self.own[piece]);
        if own.is_empty() && !self.lists {
            return;
        }
        match self.page(page, own, out) {
            Ok(summary) => {
                if !own.is_empty() && summary.asked.iter().any(|id| self.differences.of(*id)) {
                    out.outcome.differing.push(page.source.clone());
                }
                out.outcome.note = summary.note();
                // Each piece is made once, so the place is free.
                let _ = self.summaries[piece].set(summary);
            }
            Err(said) => out
                .diags
                .push(template_failed(self.job.edition.span, &said)),
        }
    }

    fn finish(&self, out: &mut Out<'_>) {
        if !self.lists {
            return;
        }
        if let Err(said) = self.write_lists(out) {
            out.diags
                .push(template_failed(self.job.edition.span, &said));
        }
    }
}

impl Programme<'_> {
    fn keys(&self) -> &Keys {
        self.keys.get_or_init(|| Keys::new(self))
    }
}

/// Roughly how large a page is, in kilobytes.
fn kilobytes(job: Job<'_>, page: &Page) -> usize {
    job.size(page) / 1024 + 1
}

/// The communes, by their places, whose scripts of each page are in the wanted part.
fn own(job: Job<'_>, pages: &[&Page], communes: usize) -> Vec<Range<usize>> {
    let name = |page: &&Page| (job.sources.path(page.file).to_owned(), kilobytes(job, page));
    let work: Vec<_> = pages.iter().map(name).collect();
    job.shard.deal(&job.edition.name, &work, communes)
}

/// Whether a page is read out at all today.
fn is_spoken(page: &Page) -> bool {
    page.language == LANGUAGE && page.state == State::Current
}

/// The files of a page with an ending.
fn output(site: &Site, page: &Page, format: &str) -> Output {
    Output::for_communes(site, String::new(), format!("{}.{format}", page.slug))
}

/// For whom scripts are made: each chosen commune, or once for all.
fn communes(job: Job<'_>) -> Vec<Option<CommuneId>> {
    let chosen = job.site.chosen_communes();
    if chosen.is_empty() {
        vec![None]
    } else {
        chosen.into_iter().map(Some).collect()
    }
}

/// The first day on which a page may be read out.
fn first_day(page: &Page) -> Option<jiff::civil::Date> {
    let fixed = page.meta.publish_at.map(jiff::civil::DateTime::date);
    fixed.or(page.meta.date)
}
