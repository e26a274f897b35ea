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
use std::sync::Arc;
use std::sync::atomic::Ordering;

use typst::foundations::Bytes;

use crate::channel::Want;
use crate::diag::{Checked, Diagnostic, Span};
use crate::model::{Artifact, CommuneId, Edition, Page, Site};
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

/// All leaflets of one edition, and a list of them to open in a browser.
///
/// `permalink` gives the whole address that the QR code of a page leads to.
pub fn render(
    site: &Site,
    edition: &Edition,
    settings: &Settings,
    theme: &PrintTheme,
    permalink: &(dyn Fn(&Page) -> Option<String> + Sync),
    want: Want<'_>,
) -> Checked<Vec<Artifact>> {
    let mut diags = Vec::new();
    let mut jobs = jobs(site, edition, settings, &mut diags);
    let list = index::write(
        site,
        edition,
        &jobs,
        Words::of(&theme.strings, &site.config.language, "vi"),
    );
    if let Want::One(path) = want {
        jobs.retain(|job| is_of(site, *job, path));
    }
    if jobs.is_empty() {
        return Checked {
            value: Vec::new(),
            diags,
        };
    }
    if let Want::Quick = want {
        return Checked {
            value: vec![list],
            diags,
        };
    }
    let press = Press::new(&theme.template, &theme.fonts);
    let print = Print {
        site,
        edition,
        theme,
        press,
        permalink,
        want,
    };
    let crew = Crew::new();
    // First one leaflet of each page and format, which shows how tightly it must be set; then,
    // page by page, those of the other communes, so that the typesetter can forget a page.
    let models = crew.map(&jobs, |(page, format)| print.model(page, format));
    let done: Vec<Checked<Vec<Artifact>>> = models.iter().map(|model| model.all(&crew)).collect();
    // The typesetter remembers across runs; a finished edition is not set again.
    comemo::evict(0);
    let mut value = match want {
        Want::All => vec![list],
        _ => Vec::new(),
    };
    for leaflets in done {
        value.extend(leaflets.value);
        diags.extend(leaflets.diags);
    }
    Checked { value, diags }
}

/// How many leaflets an edition has.
#[must_use]
pub fn planned(site: &Site, edition: &Edition, settings: &Settings) -> usize {
    jobs(site, edition, settings, &mut Vec::new()).len() * readers(site).len()
}

/// Every page of an edition in every format that it is printed in.
fn jobs<'a>(
    site: &'a Site,
    edition: &'a Edition,
    settings: &Settings,
    diags: &mut Vec<Diagnostic>,
) -> Vec<(&'a Page, &'static Format)> {
    let mut jobs: Vec<(&Page, &'static Format)> = Vec::new();
    for page in site.pages_of(&edition.name, &edition.channel) {
        jobs.extend(
            settings::formats_of(page, settings, diags)
                .into_iter()
                .map(|format| (page, format)),
        );
    }
    jobs
}

/// Whether one of the leaflets of a page and format lies at this path.
fn is_of(site: &Site, (page, format): (&Page, &Format), wanted: &str) -> bool {
    readers(site)
        .into_iter()
        .any(|commune| path(site, page, format, commune) == wanted)
}

/// The path of a leaflet under its edition.
fn path(site: &Site, page: &Page, format: &Format, commune: Option<CommuneId>) -> String {
    let language = site.config.language_prefix(&page.language);
    let folder = commune
        .map(|id| format!("{}/", site.facts.commune(id).slug))
        .unwrap_or_default();
    format!("{language}{folder}{}-{}.pdf", page.slug, format.name)
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

/// One edition in the making.
struct Print<'a> {
    site: &'a Site,
    edition: &'a Edition,
    theme: &'a PrintTheme,
    press: Press,
    permalink: &'a (dyn Fn(&Page) -> Option<String> + Sync),
    want: Want<'a>,
}

impl<'a> Print<'a> {
    /// Whether nobody waits for the rest any more.
    fn is_stopped(&self) -> bool {
        matches!(self.want, Want::Sample(stop) if stop.load(Ordering::Relaxed))
    }

    /// Whether this leaflet is wanted besides the one of the first commune.
    fn wants(&self, page: &Page, format: &Format, commune: Option<CommuneId>) -> bool {
        match self.want {
            Want::All => true,
            Want::Quick | Want::Sample(_) => false,
            Want::One(wanted) => path(self.site, page, format, commune) == wanted,
        }
    }

    /// One page in one format, set for the first commune.
    fn model(&'a self, page: &'a Page, format: &'static Format) -> Run<'a> {
        let words = Words::of(
            &self.theme.strings,
            &page.language,
            &self.site.config.language,
        );
        let body = body::write(self.site, page, self.edition, words);
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
            model: None,
        };
        if !self.is_stopped() {
            run.model = run.readers.first().map(|first| run.leaflet(*first, None));
        }
        run
    }

    /// What a leaflet is made of, apart from its commune.
    fn sources(&self, page: &Page, contacts: &[crate::model::ContactId]) -> Vec<Span> {
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
    /// The first commune decides how tightly all are set; the others only go tighter where they must.
    fn all(&self, crew: &Crew) -> Checked<Vec<Artifact>> {
        let mut checked = Checked {
            value: Vec::new(),
            diags: Vec::new(),
        };
        let Some((first, others)) = self.readers.split_first() else {
            return checked;
        };
        let wanted = |commune: &&Option<CommuneId>| {
            self.print.wants(self.page, self.sheet.format, **commune)
        };
        let others: Vec<Option<CommuneId>> = others.iter().filter(wanted).copied().collect();
        let model = match &self.model {
            Some(Ok(model)) => model,
            Some(Err(why)) => {
                checked.diags.push(self.finding(*first, why));
                return checked;
            }
            None => return checked,
        };
        let mut rest = Vec::with_capacity(others.len());
        for batch in others.chunks(BATCH) {
            rest.extend(crew.map(batch, |commune| self.leaflet(*commune, Some(model))));
            comemo::evict(1);
        }
        checked.value.push(self.artifact(*first, model));
        for (commune, leaflet) in others.iter().zip(rest) {
            match leaflet {
                Ok(leaflet) => checked.value.push(self.artifact(*commune, &leaflet)),
                Err(why) => checked.diags.push(self.finding(*commune, &why)),
            }
        }
        checked
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
