//! Leaflets: each guidance or programme page as one sheet of paper for each commune.
//!
//! A page's body becomes Typst source once; a commune adds a small record. The typesetter runs in
//! the process, sees nothing but that source, and its pages become PDF/UA-1 files.

mod body;
mod contacts;
mod crew;
mod findings;
mod fit;
mod format;
mod index;
mod inline;
mod literal;
mod order;
mod qr;
mod settings;
mod sheet;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod words;
mod world;

use std::collections::BTreeMap;
use std::ops::Range;

use typst::foundations::Bytes;

use crate::channel::{Output, Want};
use crate::diag::{Diagnostic, Event, EventKind, Span};
use crate::model::{Artifact, CommuneId, ContactId, Edition, Page, PageId, Site, State};
use crew::Crew;
use fit::{Fitted, Fitter, Place, Setting, Unfit};
use format::Format;
use order::{Job, Named, differing};
use qr::Qr;
use sheet::Sheet;
use world::{Plate, Press};

pub(super) use order::Order;
pub use settings::{Settings, settings};

/// What a theme gives to print.
#[derive(Debug, Clone)]
pub struct PrintTheme {
    /// The Typst file that defines `leaflet` and what bodies call.
    pub template: String,
    /// Font files; no other fonts are used.
    pub fonts: Vec<crate::model::Bytes>,
    /// Interface words by language, then key.
    pub strings: BTreeMap<String, BTreeMap<String, String>>,
}

/// Takes leaflets as they are made, on the typesetter's own threads.
pub type Handover<'a> = &'a (dyn Fn(Artifact) + Sync);

/// What an edition came to besides its files.
#[derive(Debug, Default)]
pub struct Printed {
    /// What is wrong.
    pub diags: Vec<Diagnostic>,
    /// Articles in which a fact differs between communes, as far as all were looked at.
    pub differing: Vec<PageId>,
    /// How many leaflets there are when all are made.
    pub planned: usize,
}

/// The leaflets of one edition that are wanted, and a list of all to open in a browser.
pub(super) fn render(order: Order<'_>, out: Handover<'_>) -> Printed {
    let mut printed = Printed::default();
    let mut jobs = order.jobs(&mut printed.diags);
    printed.planned = jobs.len() * readers(order.site).len();
    if let Want::One(path) = order.want {
        jobs.retain(|job| order.is_of(*job, path));
    }
    if jobs.is_empty() {
        return printed;
    }
    let mut named = match order.want {
        Want::Quick => order.named(&jobs),
        _ => set(order, &jobs, out, &mut printed.diags),
    };
    if let Want::All | Want::Quick = order.want {
        let differences = order.differences();
        printed.differing = differing(&named, &differences);
        if order.shard.has(&order.edition.name, "lists") {
            // Other shards set the other pages; the list tells of them all.
            let is_other = |(page, _): &&Job<'_>| !named.contains_key(&page.id);
            let others: Vec<Job<'_>> = jobs.iter().filter(is_other).copied().collect();
            named.extend(order.named(&others));
            order.list(&jobs, &named, &differences, out);
        }
    }
    printed
}

/// Sets the leaflets of these pages and formats.
fn set(
    order: Order<'_>,
    jobs: &[Job<'_>],
    out: Handover<'_>,
    diags: &mut Vec<Diagnostic>,
) -> Named {
    let print = Print {
        order,
        press: Press::new(&order.theme.template, &order.theme.fonts),
        out,
    };
    let crew = Crew::new(order.trace, &order.edition.name);
    let mut named = Named::new();
    for jobs in order.own(jobs).chunks(MODELS) {
        // First one leaflet of each page and format, which shows how tightly it must be set; then,
        // page by page, those of the other communes, so that the typesetter can forget a page.
        let models = crew.map(jobs, |(page, format, own)| {
            print.timed(page, || print.model(page, format, own))
        });
        for model in models {
            diags.extend(model.all(&crew));
            named.insert(model.page.id, model.sheet.contacts().to_vec());
        }
    }
    // The typesetter remembers across runs; a finished edition is not set again.
    comemo::evict(0);
    named
}

/// The path of a leaflet under its edition.
fn path(site: &Site, page: &Page, format: &Format, commune: Option<CommuneId>) -> String {
    output(site, page, format).path(site, commune)
}

/// The leaflets of a page in one format.
fn output(site: &Site, page: &Page, format: &Format) -> Output {
    let language = site.config.language_prefix(&page.language);
    Output::for_communes(site, language, format!("{}-{}.pdf", page.slug, format.name))
}

/// The leaflets of a page in an edition.
#[must_use]
pub fn outputs(site: &Site, edition: &Edition, page: &Page) -> Vec<Output> {
    if page.state == State::Scheduled || !page.is_in(&edition.name, &edition.channel) {
        return Vec::new();
    }
    let settings = settings(edition, &mut Vec::new());
    let formats = settings::formats_of(page, &settings, &mut Vec::new());
    formats
        .into_iter()
        .map(|format| output(site, page, format))
        .collect()
}

/// What a print shop must not be given: pages of an edition whose imprint lacks a line.
pub fn check_imprints(site: &Site, edition: &Edition, diags: &mut Vec<Diagnostic>) {
    for page in &site.pages {
        if outputs(site, edition, page).is_empty() {
            continue;
        }
        let imprint = page.meta.print.imprint.clone().unwrap_or_default();
        let missing = imprint.missing();
        if !missing.is_empty() {
            let at = page.meta.print.imprint_span;
            let front = Span {
                end: page.span.start,
                ..page.span
            };
            diags.push(findings::imprint_missing(at.unwrap_or(front), &missing));
        }
    }
}

/// The word of every format, made or planned.
#[must_use]
pub fn format_names() -> Vec<&'static str> {
    let planned = settings::PLANNED.iter().copied();
    Format::names().into_iter().chain(planned).collect()
}

/// For whom each page is printed.
fn readers(site: &Site) -> Vec<Option<CommuneId>> {
    let communes = site.chosen_communes();
    if communes.is_empty() {
        vec![None]
    } else {
        communes.into_iter().map(Some).collect()
    }
}

/// So many leaflets of a page are set between two moments at which the typesetter forgets.
const BATCH: usize = 24;

/// So many first leaflets are in memory at once.
const MODELS: usize = 64;

/// One edition in the making.
struct Print<'a> {
    order: Order<'a>,
    press: Press,
    out: Handover<'a>,
}

impl<'a> Print<'a> {
    /// Work on a page, with its time taken down.
    fn timed<T>(&self, page: &Page, work: impl FnOnce() -> T) -> T {
        let edition = self.order.edition.name.as_str();
        let event = || Event::new(EventKind::Article, page.source.as_str(), edition);
        self.order.trace.time(event, work)
    }

    /// One page in one format, set for the first commune.
    fn model(&'a self, page: &'a Page, format: &'static Format, own: &Range<usize>) -> Run<'a> {
        let order = self.order;
        let words = order.words(page);
        let body = order.body(page);
        let address = (order.permalink)(page);
        let qr = address.as_deref().and_then(Qr::of);
        let from = self.sources(page, &body.contacts);
        let images = body.images.clone();
        let sheet = Sheet::new(
            order.site,
            page,
            format,
            body,
            words,
            qr.as_ref().zip(address.as_deref()),
            order.for_print_shop,
        );
        let mut plate = Plate::new(sheet.plate.clone());
        for (index, id) in images.iter().enumerate() {
            let asset = order.site.asset(*id);
            plate.file(&body::image_path(index, asset), Bytes::new(asset.bytes()));
        }
        if let Some(qr) = qr {
            plate.file("/qr.svg", Bytes::from_string(qr.svg));
        }
        let readers = readers(order.site);
        let mut run = Run {
            print: self,
            page,
            sheet,
            plate,
            from,
            readers,
            own: own.clone(),
            model: None,
        };
        if !order.is_stopped() {
            run.model = run.readers.first().map(|first| run.leaflet(*first, None));
        }
        run
    }

    /// What a leaflet is made of, apart from its commune.
    fn sources(&self, page: &Page, contacts: &[ContactId]) -> Vec<Span> {
        let facts = &self.order.site.facts;
        let contacts = contacts.iter().map(|id| facts.contact(*id).span);
        [page.span].into_iter().chain(contacts).collect()
    }
}

/// One page in one format, for all communes.
struct Run<'a> {
    print: &'a Print<'a>,
    page: &'a Page,
    sheet: Sheet<'a>,
    plate: Plate,
    from: Vec<Span>,
    readers: Vec<Option<CommuneId>>,
    /// The places of those whose leaflets are wanted.
    own: Range<usize>,
    /// The leaflet of the first commune.
    model: Option<Result<Sheeted, Unfit>>,
}

/// A leaflet as bytes, with the source that gave them.
struct Sheeted {
    source: String,
    bytes: crate::model::Bytes,
    place: Place,
}

impl Run<'_> {
    /// The first commune decides how tightly all are set, whoever makes its leaflet; the others only
    /// go tighter where they must.
    fn all(&self, crew: &Crew) -> Vec<Diagnostic> {
        let Some(first) = self.readers.first() else {
            return Vec::new();
        };
        let model = match &self.model {
            Some(Ok(model)) => model,
            Some(Err(why)) => return vec![self.finding(*first, why)],
            None => return Vec::new(),
        };
        if self.own.contains(&0) {
            (self.print.out)(self.artifact(*first, model));
        }
        let others: Vec<Option<CommuneId>> = self.readers
            [self.own.start.max(1).min(self.own.end)..self.own.end]
            .iter()
            .filter(|one| self.print.order.wants(self.page, self.sheet.format, **one))
            .copied()
            .collect();
        let mut diags = Vec::new();
        for batch in others.chunks(BATCH) {
            let set = |commune: &Option<CommuneId>| {
                self.print.timed(self.page, || {
                    let leaflet = self.leaflet(*commune, Some(model))?;
                    (self.print.out)(self.artifact(*commune, &leaflet));
                    Ok(())
                })
            };
            for (commune, done) in batch.iter().zip(crew.map(batch, set)) {
                diags.extend(done.err().map(|why| self.finding(*commune, &why)));
            }
            comemo::evict(1);
        }
        diags
    }

    fn leaflet(
        &self,
        commune: Option<CommuneId>,
        model: Option<&Sheeted>,
    ) -> Result<Sheeted, Unfit> {
        let source = |setting: &Setting| self.sheet.source(commune, setting);
        let typeset = |source: String| world::set(&self.print.press, &self.plate, source);
        let fitter = Fitter::new(self.sheet.format, &source, &typeset);
        let fitted: Fitted = match model {
            None => fitter.loosest()?,
            Some(model) => fitter.from(model.place)?,
        };
        if let Some(model) = model.filter(|model| model.source == fitted.source) {
            return Ok(Sheeted {
                source: fitted.source,
                bytes: model.bytes.clone(),
                place: fitted.place,
            });
        }
        let name = path(self.print.order.site, self.page, self.sheet.format, commune);
        let name = format!("{}/{name}", self.print.order.edition.name);
        let bytes = world::pdf(&self.print.press, &self.plate, &fitted.document, &name)
            .map_err(Unfit::Failed)?;
        Ok(Sheeted {
            source: fitted.source,
            bytes: bytes.into(),
            place: fitted.place,
        })
    }

    fn artifact(&self, commune: Option<CommuneId>, leaflet: &Sheeted) -> Artifact {
        let mut from = self.from.clone();
        from.extend(commune.map(|id| self.print.order.site.facts.commune(id).span));
        Artifact {
            path: path(self.print.order.site, self.page, self.sheet.format, commune),
            media: "application/pdf",
            bytes: leaflet.bytes.clone(),
            from,
        }
    }

    fn finding(&self, commune: Option<CommuneId>, why: &Unfit) -> Diagnostic {
        let site = self.print.order.site;
        let span = self.page.span;
        match why {
            Unfit::Overflow(lines) => {
                let reader = commune.map_or_else(
                    || site.config.title.clone(),
                    |id| site.facts.commune(id).full_name(),
                );
                findings::overflow(span, self.sheet.format, &reader, *lines)
            }
            Unfit::Failed(said) => findings::failed(span, self.sheet.format, said),
        }
    }
}
