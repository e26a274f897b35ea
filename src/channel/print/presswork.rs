//! The files that a printer gets of one page in one format.

use typst_layout::PagedDocument;

use super::crew::Crew;
use super::fit::{Fitter, Place, Setting, Unfit};
use super::order::Order;
use super::run::{Run, Sheeted};
use super::shop::{self, Shop};
use super::words::Words;
use super::{Format, path};
use crate::channel::typeset;
use crate::channel::{Output, Want};
use crate::diag::Diagnostic;
use crate::model::{Artifact, Bytes, CommuneId, Digest, Page, Printer, Site};

/// The files of one leaflet.
#[derive(Clone)]
pub(super) struct Files {
    /// The sheet.
    whole: Bytes,
    /// Several of it on one paper.
    gang: Option<Bytes>,
}

/// A file besides the leaflet itself.
pub(super) struct Extra {
    pub(super) path: String,
    /// What it is, in words of the theme.
    pub(super) label: String,
}

impl Order<'_> {
    /// What a printer gets besides a leaflet.
    pub(super) fn extras(
        &self,
        page: &Page,
        format: &'static Format,
        commune: Option<CommuneId>,
        words: Words<'_>,
    ) -> Vec<Extra> {
        let site = self.site;
        let printer = site.config.printer(self.edition);
        let whole = path(site, page, format, commune);
        let stem = whole.trim_end_matches(".pdf");
        let shop = Shop {
            printer: &printer,
            format,
        };
        let mut out = Vec::new();
        if let Some((gang, paper)) = shop.gang().zip(printer.gang) {
            let label = words.get("leaflets_gang");
            out.push(Extra {
                path: format!("{stem}-{}up.pdf", gang.count()),
                label: label
                    .replace("{count}", &gang.count().to_string())
                    .replace("{paper}", &paper.name.to_uppercase()),
            });
        }
        if printer.layers {
            out.push(Extra {
                path: format!("{stem}-overlay.pdf"),
                label: words.get("leaflets_overlay").to_owned(),
            });
            out.push(Extra {
                path: common_path(self, page, format),
                label: words.get("leaflets_common").to_owned(),
            });
        }
        out
    }
}

/// The files of a page that a printer gets besides its leaflets.
pub(super) fn besides(
    site: &Site,
    printer: &Printer,
    page: &Page,
    format: &'static Format,
) -> Vec<Output> {
    let language = site.config.language_prefix(&page.language);
    let stem = format!("{}-{}", page.slug, format.name);
    let each =
        |end: String| Output::for_communes(site, language.clone(), format!("{stem}-{end}.pdf"));
    let gang = Shop { printer, format }.gang();
    let mut out: Vec<Output> = gang
        .map(|gang| each(format!("{}up", gang.count())))
        .into_iter()
        .collect();
    if printer.layers {
        out.push(each("overlay".to_owned()));
        out.push(Output::single(format!(
            "{language}plates/{stem}-common.pdf"
        )));
    }
    out
}

/// The plate that all communes share.
fn common_path(order: &Order<'_>, page: &Page, format: &Format) -> String {
    let language = order.site.config.language_prefix(&page.language);
    format!("{language}plates/{}-{}-common.pdf", page.slug, format.name)
}

impl Run<'_> {
    fn shop(&self) -> Shop<'_> {
        Shop {
            printer: &self.print.printer,
            format: self.sheet.format,
        }
    }

    /// The files of a leaflet as its printer wants them.
    pub(super) fn files(
        &self,
        document: &PagedDocument,
        commune: Option<CommuneId>,
    ) -> Result<Files, Unfit> {
        let shop = self.shop();
        let name = self.path(commune);
        if shop.is_plain() && shop.gang().is_none() && !shop.printer.layers {
            let whole = self.pdf(document, &name, true)?;
            return Ok(Files { whole, gang: None });
        }
        let inked = shop.inked(document);
        let gang = match shop.gang() {
            Some(gang) => {
                let name = format!("{name} {}up", gang.count());
                Some(self.pdf(&gang.papers(&inked), &name, false)?)
            }
            None => None,
        };
        let whole = self.pdf(&shop.marked(&inked), &name, true)?;
        Ok(Files { whole, gang })
    }

    /// A PDF file; `name` tells it from all others.
    fn pdf(&self, document: &PagedDocument, name: &str, tagged: bool) -> Result<Bytes, Unfit> {
        let print = self.print;
        let name = format!("{}/{name}", print.order.edition.name);
        let pdf = typeset::pdf(print.press(), &self.plate, document, &name, tagged);
        let bleed_mm = print.printer.bleed_mm;
        let pdf = pdf.map(|bytes| shop::with_bleed(bytes, bleed_mm));
        pdf.map(Into::into).map_err(Unfit::Failed)
    }

    /// Hands over the files of a leaflet; gives back their paths.
    pub(super) fn hand_over_files(&self, commune: Option<CommuneId>, files: &Files) -> Vec<String> {
        let path = self.path(commune);
        let mut paths = vec![self.hand(path.clone(), files.whole.clone(), commune)];
        if let Some((bytes, gang)) = files.gang.clone().zip(self.shop().gang()) {
            let stem = path.trim_end_matches(".pdf");
            let path = format!("{stem}-{}up.pdf", gang.count());
            paths.push(self.hand(path, bytes, commune));
        }
        paths
    }

    fn hand(&self, path: String, bytes: Bytes, commune: Option<CommuneId>) -> String {
        let mut from = self.from.clone();
        from.extend(commune.map(|id| self.print.order.site.facts.commune(id).span));
        self.print.out.take(Artifact {
            path: path.clone(),
            media: "application/pdf",
            bytes,
            from,
        });
        path
    }

    /// The plates of all communes, where the printer wants them. What differs can only be told when all sheets are
    /// there: whoever makes a part of the edition sets them all.
    pub(super) fn plates(&self, crew: &Crew, model: &Sheeted) -> Vec<Diagnostic> {
        let print = self.print;
        let wanted = match print.order.want {
            Want::All => true,
            Want::One(path) => path.ends_with("-overlay.pdf") || path.ends_with("-common.pdf"),
            Want::Quick | Want::Sample(_) => false,
        };
        if !print.printer.layers || !wanted {
            return Vec::new();
        }
        let key = self.plates_key(model);
        if key.is_some_and(|key| print.out.recall(key).is_some()) {
            return Vec::new();
        }
        let place = match self.tightest(crew, model.place) {
            Ok(place) => place,
            Err((commune, why)) => return vec![self.finding(&[commune], &why)],
        };
        let set = |commune: &Option<CommuneId>| {
            let source = |setting: &Setting| self.sheet.source(*commune, setting);
            let typeset = |source: String| self.typeset(source);
            let fitter = Fitter::new(self.sheet.format, &source, &typeset);
            let document = self.typeset(fitter.source_at(place));
            document.map(|document| self.shop().inked(&document))
        };
        let sheets: Result<Vec<PagedDocument>, String> =
            crew.map(&self.readers, set).into_iter().collect();
        let made = sheets
            .map_err(Unfit::Failed)
            .and_then(|sheets| self.hand_over_plates(crew, &sheets));
        comemo::evict(1);
        match made {
            Ok(paths) => {
                if let Some(key) = key {
                    print.out.keep(key, paths, Vec::new());
                }
                Vec::new()
            }
            Err(why) => vec![self.finding(&self.readers[..1], &why)],
        }
    }

    fn hand_over_plates(
        &self,
        crew: &Crew,
        sheets: &[PagedDocument],
    ) -> Result<Vec<String>, Unfit> {
        let common = shop::common(sheets);
        let mut paths = Vec::new();
        if self.own.contains(&0) {
            let path = common_path(&self.print.order, self.page, self.sheet.format);
            let sheet = shop::overlay(&sheets[0], &common, false);
            let bytes = self.pdf(&self.shop().marked(&sheet), &path, false)?;
            paths.push(self.hand(path, bytes, None));
        }
        let own: Vec<usize> = self.own.clone().collect();
        let made = crew.map(&own, |place| {
            let commune = self.readers[*place];
            let whole = self.path(commune);
            let path = format!("{}-overlay.pdf", whole.trim_end_matches(".pdf"));
            let sheet = shop::overlay(&sheets[*place], &common, true);
            let bytes = self.pdf(&self.shop().marked(&sheet), &path, false)?;
            Ok(self.hand(path, bytes, commune))
        });
        for path in made {
            paths.push(path?);
        }
        Ok(paths)
    }

    /// The place at which the sheets of all communes fit.
    fn tightest(&self, crew: &Crew, from: Place) -> Result<Place, (Option<CommuneId>, Unfit)> {
        let fit = |commune: &Option<CommuneId>| {
            let source = |setting: &Setting| self.sheet.source(*commune, setting);
            let typeset = |source: String| self.typeset(source);
            let fitter = Fitter::new(self.sheet.format, &source, &typeset);
            fitter
                .from(from)
                .map(|fitted| fitted.place)
                .map_err(|why| (*commune, why))
        };
        let mut tightest = from;
        for place in crew.map(&self.readers, fit) {
            tightest = tightest.tighter(place?);
        }
        Ok(tightest)
    }

    fn plates_key(&self, model: &Sheeted) -> Option<Digest> {
        let mut key = self.content.clone()?;
        key.text("plates")
            .text(&String::from_utf8_lossy(&model.place.note()));
        key.number(self.own.start).number(self.own.end);
        let setting = Fitter::loosest_setting(self.sheet.format);
        for commune in &self.readers {
            key.text(&self.path(*commune));
            key.text(&self.sheet.source(*commune, &setting));
        }
        Some(key.finish())
    }
}

/// Whether the file at a path is a leaflet, and not what a printer gets besides.
pub(in crate::channel) fn is_leaflet(path: &str) -> bool {
    let Some(stem) = path.strip_suffix(".pdf") else {
        return false;
    };
    let last = stem.rsplit('-').next().unwrap_or_default();
    let is_gang = last
        .strip_suffix("up")
        .is_some_and(|count| !count.is_empty() && count.bytes().all(|byte| byte.is_ascii_digit()));
    // A leaflet's name ends in its format.
    !is_gang && last != "overlay" && last != "common"
}
