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
use std::sync::Arc;

use typst::foundations::Bytes;

use crate::channel::differences::Differences;
use crate::channel::{Output, Shard};
use crate::diag::{Diagnostic, Event, EventKind, Span, Trace};
use crate::model::{Artifact, CommuneId, ContactId, Edition, Page, PageId, Site, State};
use body::BodySource;
use crew::Crew;
use fit::{Fitted, Fitter, Place, Setting, Unfit};
use format::Format;
use qr::Qr;
use sheet::Sheet;
use words::Words;
use world::{Plate, Press};

pub use settings::{Settings, settings};

/// What a theme gives to print.
#[derive(Debug, Clone)]
pub struct PrintTheme {
    /// The Typst file that defines `leaflet` and what bodies call.
    pub template: String,
    /// Font files; no other fonts are used.
    pub fonts: Vec<Arc<[u8]>>,
    /// Interface words by language, then key.
    pub strings: BTreeMap<String, BTreeMap<String, String>>,
}

/// What is wanted of an edition.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// Whether leaflets go to a print shop, which wants no draft stamp on what is approved.
    pub for_print_shop: bool,
    /// Which part.
    pub shard: Shard,
    /// Where times are taken down.
    pub trace: &'a Trace,
}

/// Takes leaflets as they are made, on the typesetter's own threads.
pub type Handover<'a> = &'a (dyn Fn(Artifact) + Sync);

/// What an edition came to besides its files.
#[derive(Debug, Default)]
pub struct Printed {
    /// What is wrong.
    pub diags: Vec<Diagnostic>,
    /// Articles in which a fact differs between communes.
    pub differing: Vec<PageId>,
}

/// The wanted leaflets of one edition, and a list of all of them to open in a browser.
///
/// `permalink` gives the whole address that the QR code of a page leads to.
pub fn render(
    site: &Site,
    edition: &Edition,
    settings: &Settings,
    theme: &PrintTheme,
    permalink: &(dyn Fn(&Page) -> Option<String> + Sync),
    wanted: Wanted<'_>,
    out: Handover<'_>,
) -> Printed {
    let mut diags = Vec::new();
    let mut jobs: Vec<(&Page, &'static Format)> = Vec::new();
    for page in site.pages_of(&edition.name, &edition.channel) {
        jobs.extend(
            settings::formats_of(page, settings, &mut diags)
                .into_iter()
                .map(|format| (page, format)),
        );
    }
    if jobs.is_empty() {
        return Printed {
            diags,
            ..Printed::default()
        };
    }
    let print = Print {
        site,
        edition,
        theme,
        press: Press::new(&theme.template, &theme.fonts),
        permalink,
        for_print_shop: wanted.for_print_shop,
        trace: wanted.trace,
        out,
    };
    let crew = Crew::new(wanted.trace, &edition.name);
    let mut named: BTreeMap<PageId, Vec<ContactId>> = BTreeMap::new();
    for jobs in print.own(&jobs, wanted.shard).chunks(MODELS) {
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
    let differences = differences(site);
    let differs = |contacts: &[ContactId]| contacts.iter().any(|id| differences.of(*id));
    let differing = named.iter().filter(|(_, contacts)| differs(contacts));
    let differing = differing.map(|(id, _)| *id).collect();
    if !wanted.shard.has(&edition.name, "lists") {
        return Printed { diags, differing };
    }
    for (page, _) in &jobs {
        // Other shards make its leaflets; the list tells of them all.
        named
            .entry(page.id)
            .or_insert_with(|| print.body(page).contacts);
    }
    let words = Words::of(&theme.strings, &site.config.language, "vi");
    let articles = named
        .iter()
        .map(|(id, contacts)| (*id, contacts.as_slice()));
    let table = differences.table(site, articles);
    out(index::write(site, edition, &jobs, &table, words));
    Printed { diags, differing }
}

/// What a leaflet prints of a contact, and who has a value of its own for it.
fn differences(site: &Site) -> Differences {
    Differences::new(site, |a, b| {
        (&a.phone, &a.address, &a.hours, &a.url) == (&b.phone, &b.address, &b.hours, &b.url)
    })
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
    site: &'a Site,
    edition: &'a Edition,
    theme: &'a PrintTheme,
    press: Press,
    permalink: &'a (dyn Fn(&Page) -> Option<String> + Sync),
    for_print_shop: bool,
    trace: &'a Trace,
    out: Handover<'a>,
}

/// A page in a format, and the readers, by their places, whose leaflets are wanted.
type Own<'a> = (&'a Page, &'static Format, Range<usize>);

impl<'a> Print<'a> {
    /// The jobs of the wanted part.
    fn own(&self, jobs: &[(&'a Page, &'static Format)], shard: Shard) -> Vec<Own<'a>> {
        let name = |(page, format): &(&Page, &Format)| {
            let language = self.site.config.language_prefix(&page.language);
            (format!("{language}{}-{}", page.slug, format.name), 1)
        };
        let work: Vec<_> = jobs.iter().map(name).collect();
        let readers = readers(self.site).len();
        let own = shard.deal(&self.edition.name, &work, readers);
        let jobs = jobs.iter().zip(own).filter(|(_, own)| !own.is_empty());
        jobs.map(|((page, format), own)| (*page, *format, own))
            .collect()
    }

    /// Work on a page, with its time taken down.
    fn timed<T>(&self, page: &Page, work: impl FnOnce() -> T) -> T {
        let event = || {
            Event::new(
                EventKind::Article,
                page.source.as_str(),
                self.edition.name.as_str(),
            )
        };
        self.trace.time(event, work)
    }

    fn words(&self, page: &Page) -> Words<'a> {
        let main = &self.site.config.language;
        Words::of(&self.theme.strings, &page.language, main)
    }

    fn body(&self, page: &Page) -> BodySource {
        body::write(self.site, page, self.edition, self.words(page))
    }

    /// One page in one format, set for the first commune.
    fn model(&'a self, page: &'a Page, format: &'static Format, own: &Range<usize>) -> Run<'a> {
        let words = self.words(page);
        let body = self.body(page);
        let address = (self.permalink)(page);
        let qr = address.as_deref().and_then(Qr::of);
        let from = self.sources(page, &body.contacts);
        let images = body.images.clone();
        let sheet = Sheet::new(
            self.site,
            page,
            format,
            body,
            words,
            qr.as_ref().zip(address.as_deref()),
            self.for_print_shop,
        );
        let mut plate = Plate::new(sheet.plate.clone());
        for (index, id) in images.iter().enumerate() {
            let asset = self.site.asset(*id);
            plate.file(
                &body::image_path(index, asset),
                Bytes::new(Arc::clone(&asset.bytes)),
            );
        }
        if let Some(qr) = qr {
            plate.file("/qr.svg", Bytes::from_string(qr.svg));
        }
        let readers = readers(self.site);
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
        run.model = run.readers.first().map(|first| run.leaflet(*first, None));
        run
    }

    /// What a leaflet is made of, apart from its commune.
    fn sources(&self, page: &Page, contacts: &[ContactId]) -> Vec<Span> {
        let contacts = contacts.iter().map(|id| self.site.facts.contact(*id).span);
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
    bytes: Arc<[u8]>,
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
        let others = &self.readers[self.own.start.max(1).min(self.own.end)..self.own.end];
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
                bytes: Arc::clone(&model.bytes),
                place: fitted.place,
            });
        }
        let name = path(self.print.site, self.page, self.sheet.format, commune);
        let name = format!("{}/{name}", self.print.edition.name);
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
        from.extend(commune.map(|id| self.print.site.facts.commune(id).span));
        Artifact {
            path: path(self.print.site, self.page, self.sheet.format, commune),
            media: "application/pdf",
            bytes: Arc::clone(&leaflet.bytes),
            from,
        }
    }

    fn finding(&self, commune: Option<CommuneId>, why: &Unfit) -> Diagnostic {
        let site = self.print.site;
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
