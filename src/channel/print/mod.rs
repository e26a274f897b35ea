//! Leaflets: each guidance or programme page as one sheet of paper for each commune.
//!
//! A page's body becomes Typst source once; a commune adds a small record. The typesetter runs in
//! the process, sees nothing but that source, and its pages become PDF/UA-1 files.

mod advice;
mod body;
mod bounds;
mod bundle;
mod contacts;
mod crew;
mod findings;
mod fit;
mod format;
mod index;
mod keys;
mod inline;
mod order;
mod parts;
mod picture;
mod presswork;
mod qr;
mod run;
mod settings;
mod sheet;
mod shop;
#[cfg(test)]
mod sheets;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod trouble;
mod words;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

use typst::foundations;

use crate::channel::typeset::{Plate, Press};
use crate::channel::{Output, Shard, Want};
use crate::diag::{Diagnostic, Event, EventKind, Span};
use crate::load::approvable;
use crate::model::{
    Artifact, AssetId, Bytes, CommuneId, ContactId, Digest, Edition, Page, Printer, Site, State,
};
use crew::Crew;
use fit::Unfit;
use format::Format;
use keys::Keys;
use order::{Job, Named, differing};
use picture::Refused;
use qr::Qr;
use run::Run;
use sheet::Sheet;
use words::Words;

pub(super) use order::Order;
pub(super) use presswork::is_leaflet;
pub use settings::{Settings, settings};

/// What a theme gives to print.
#[derive(Debug, Clone)]
pub struct PrintTheme {
    /// Typst files by name: one for each format, which defines `leaflet`, and those that they share;
    /// `common.typ` defines what bodies call.
    pub templates: BTreeMap<String, String>,
    /// Font files; no other fonts are used.
    pub fonts: Vec<Bytes>,
    /// Interface words by language, then key.
    pub strings: BTreeMap<String, BTreeMap<String, String>>,
}

/// Takes leaflets as they are made, on the typesetter's own threads, and knows those that were made before.
pub trait Tray: Sync {
    /// Takes a file.
    fn take(&self, artifact: Artifact);

    /// Whether anything is remembered.
    fn remembers(&self) -> bool {
        false
    }

    /// The note about work that was done before from the same; its files count as taken.
    fn recall(&self, _key: Digest) -> Option<Vec<u8>> {
        None
    }

    /// The bytes of a file that was taken; nothing where none are kept.
    fn bytes(&self, _path: &str) -> Option<Bytes> {
        None
    }

    /// Remembers work that had these files as its result.
    fn keep(&self, _key: Digest, _files: Vec<String>, _note: Vec<u8>) {}
}

/// What an edition came to besides its files.
#[derive(Debug, Default)]
pub struct Printed {
    /// What is wrong.
    pub diags: Vec<Diagnostic>,
    /// Articles in which a fact differs between communes, as far as all were looked at, by the paths of their sources.
    pub differing: Vec<String>,
    /// How many leaflets there are when all are made.
    pub planned: usize,
}

/// The leaflets of one edition that are wanted, and a list of all to open in a browser.
pub(super) fn render(order: Order<'_>, out: &dyn Tray) -> Printed {
    let mut printed = Printed::default();
    let mut jobs = order.jobs(&mut printed.diags);
    printed.planned = jobs.len() * readers(order.site).len();
    if let Want::One(path) = order.want {
        jobs.retain(|job| order.is_of(*job, path));
    }
    if jobs.is_empty() {
        return printed;
    }
    let print = Print {
        order,
        press: OnceLock::new(),
        printer: order.site.config.printer(order.edition),
        out,
        keys: out.remembers().then(|| Keys::new(&order)),
    };
    let mut named = match order.want {
        Want::Quick => order.named(&jobs),
        _ => set(&print, &jobs, &mut printed.diags),
    };
    if printed.diags.is_empty() {
        bundle::all(&print, &jobs);
    }
    if let Want::All | Want::Quick = order.want {
        let differences = order.differences();
        printed.differing = differing(order.site, &named, &differences);
        if order.shard.has(&order.edition.name, "lists") {
            // Other shards set the other leaflets; the list tells of them all.
            if order.shard != Shard::WHOLE {
                named = order.named(&jobs);
            }
            print.lists(&jobs, &named, &differences);
        }
    }
    printed
}

/// Sets the leaflets of these pages and formats.
fn set(print: &Print<'_>, jobs: &[Job<'_>], diags: &mut Vec<Diagnostic>) -> Named {
    let order = print.order;
    let mut named = Named::new();
    let mut own = order.own(jobs);
    own.retain(|(page, format, own)| {
        let known = print.recall(page, format, own);
        let is_new = known.is_none();
        named
            .entry(page.id)
            .or_default()
            .extend(known.into_iter().flatten());
        is_new
    });
    if own.is_empty() {
        return named;
    }
    let crew = Crew::new(order.trace, &order.edition.name);
    for jobs in own.chunks(MODELS) {
        // First one leaflet of each page and format, which shows how tightly it must be set; then,
        // page by page, those of the other communes, so that the typesetter can forget a page.
        let models = crew.map(jobs, |(page, format, own)| {
            print.timed(page, || print.model(page, format, own))
        });
        for model in models {
            let found = model.all(&crew);
            if found.is_empty() {
                model.keep();
            }
            diags.extend(found);
            named
                .entry(model.page.id)
                .or_default()
                .extend(model.sheet.contacts());
        }
    }
    // The typesetter remembers across runs; a finished edition is not set again.
    comemo::evict(0);
    named
}

/// The path of the picture of a page's leaflets in one format.
fn picture_path(site: &Site, page: &Page, format: &Format) -> String {
    let language = site.config.language_prefix(&page.language);
    format!("{language}pictures/{}-{}.png", page.slug, format.name)
}

/// The path of a leaflet under its edition.
fn path(site: &Site, page: &Page, format: &Format, commune: Option<CommuneId>) -> String {
    output(site, page, format).path(site, commune)
}

/// The leaflets of a page in one format.
fn output(site: &Site, page: &Page, format: &Format) -> Output {
    let language = site.config.language_prefix(&page.language);
    let name = format!("{}-{}.pdf", page.slug, format.name);
    Output::for_communes(site, language, name).called(format.audience().collect())
}

/// The leaflets of a page in an edition.
#[must_use]
pub fn outputs(site: &Site, edition: &Edition, page: &Page) -> Vec<Output> {
    if page.state == State::Scheduled || !page.is_in(&edition.name, &edition.channel) {
        return Vec::new();
    }
    let settings = settings(edition, &mut Vec::new());
    let formats = settings::formats_of(page, &settings, &mut Vec::new());
    let printer = site.config.printer(edition);
    let of = |format: &'static Format| {
        let besides = presswork::besides(site, &printer, page, format);
        [output(site, page, format)].into_iter().chain(besides)
    };
    formats.into_iter().flat_map(of).collect()
}

/// The formats in which an edition prints a page; none where it has no leaflet.
#[must_use]
pub fn formats(edition: &Edition, page: &Page) -> Vec<&'static str> {
    if page.state == State::Scheduled || !page.is_in(&edition.name, &edition.channel) {
        return Vec::new();
    }
    let settings = settings(edition, &mut Vec::new());
    let formats = settings::formats_of(page, &settings, &mut Vec::new());
    formats.into_iter().map(|format| format.name).collect()
}

/// What a print shop must not be given: pages of an edition whose imprint lacks a line, or that say something
/// else than what was licensed.
pub fn check_imprints(site: &Site, edition: &Edition, diags: &mut Vec<Diagnostic>) {
    for page in &site.pages {
        if outputs(site, edition, page).is_empty() {
            continue;
        }
        let own = page.meta.print.imprint.clone().unwrap_or_default();
        let imprint = own.or(&site.config.imprint);
        let missing = imprint.missing();
        let front = Span {
            end: page.span.start,
            ..page.span
        };
        let at = page.meta.print.imprint_span.unwrap_or(front);
        let now = || approvable(site, page).digest;
        if !missing.is_empty() {
            let digest = if imprint.digest.is_none() {
                now()
            } else {
                String::new()
            };
            diags.push(findings::imprint_missing(at, &missing, &digest));
        }
        if let Some(licensed) = &imprint.digest {
            let now = now();
            if !licensed.eq_ignore_ascii_case(&now) {
                let licence = imprint.licence_number.as_deref().unwrap_or("–");
                let at = imprint.digest_span.unwrap_or(at);
                diags.push(findings::licence_void(at, licence, &now));
            }
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

/// What the leaflets of a page in a format share, and what is wrong with a picture of it.
type Laid<'a> = (Sheet<'a>, Plate, Option<(AssetId, Refused)>);

/// So many first leaflets are in memory at once.
const MODELS: usize = 64;

/// One edition in the making.
struct Print<'a> {
    order: Order<'a>,
    /// Made ready when the first leaflet is set.
    press: OnceLock<Press>,
    /// Where it is printed.
    printer: Printer,
    /// Where something is remembered.
    keys: Option<Keys<'a>>,
    out: &'a dyn Tray,
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
        let (sheet, plate, refused) = self.sheet(page, format, &[]);
        let content = self.keys.as_ref().map(|keys| {
            let images = sheet.images().iter();
            let images = images.map(|id| order.site.asset(*id).blob.digest());
            keys.content(page, format, images)
        });
        let mut run = Run {
            print: self,
            page,
            from: self.sources(page, sheet.contacts()),
            sheet,
            plate,
            readers: readers(order.site),
            own: own.clone(),
            content,
            model: None,
        };
        if let Some(content) = &mut run.content {
            content.text(&run.sheet.plate);
        }
        if let Some((asset, why)) = refused {
            run.model = Some(Err(Unfit::Picture(asset, why)));
        } else if !order.is_stopped() {
            run.model = run.readers.first().map(|first| {
                let model = run.leaflet(*first, None)?;
                run.picture(&model)?;
                Ok(model)
            });
        }
        run
    }

    /// What all leaflets of a page in a format share, but for the blocks at these places; and the first picture that
    /// cannot be printed.
    fn sheet(&self, page: &'a Page, format: &'static Format, without: &[usize]) -> Laid<'a> {
        let order = self.order;
        let body = order.body(page, format, without);
        let address = (order.permalink)(page);
        let qr = address
            .as_deref()
            .and_then(|address| Qr::of(address, format.qr_level));
        let sheet = Sheet::new(
            order.site,
            page,
            format,
            body,
            order.words(page),
            qr.as_ref().zip(address.as_deref()),
            (order.for_print_shop, self.printer.bleed_mm),
        );
        let mut plate = Plate::new(sheet.plate.clone());
        let mut refused = None;
        for (index, id) in sheet.images().iter().enumerate() {
            let asset = order.site.asset(*id);
            match picture::prepared(asset, format) {
                Ok(bytes) => plate.file(
                    &body::image_path(index, asset),
                    foundations::Bytes::new(bytes),
                ),
                Err(why) => refused = refused.or(Some((*id, why))),
            }
        }
        if let Some(qr) = qr {
            plate.file("/qr.svg", foundations::Bytes::from_string(qr.svg));
        }
        (sheet, plate, refused)
    }

    fn press(&self) -> &Press {
        let (theme, settings) = (self.order.theme, self.order.settings);
        self.press
            .get_or_init(|| Press::new(&theme.templates, &theme.fonts, &settings.inputs()))
    }

    /// The contacts of a page whose leaflets were all made before from the same.
    fn recall(&self, page: &Page, format: &Format, own: &Range<usize>) -> Option<Vec<ContactId>> {
        let keys = self
            .keys
            .as_ref()
            .filter(|_| matches!(self.order.want, Want::All))?;
        let note = self.out.recall(keys.page(page, format, own))?;
        Some(keys::of_note(&note))
    }

    /// What a leaflet is made of, apart from its commune.
    fn sources(&self, page: &Page, contacts: &[ContactId]) -> Vec<Span> {
        let facts = &self.order.site.facts;
        let contacts = contacts.iter().map(|id| facts.contact(*id).span);
        [page.span].into_iter().chain(contacts).collect()
    }
}
