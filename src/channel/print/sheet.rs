//! The main Typst file of one leaflet: what differs between communes and settings.

use super::body::BodySource;
use super::contacts;
use super::fit::Setting;
use super::format::{Format, Panel};
use super::inline::shown_address;
use super::qr::Qr;
use super::words::Words;
use crate::channel::literal::{array, dictionary, optional, string};
use crate::model::{AssetId, CommuneId, ContactId, Imprint, Page, Site};

/// Everything about a leaflet that does not depend on how tightly it is set.
pub(super) struct Sheet<'a> {
    pub(super) format: &'static Format,
    /// The Typst file that defines `body(facts)` and `page`, the part of the record that is the same for all communes.
    pub(super) plate: String,
    site: &'a Site,
    body: BodySource,
    words: Words<'a>,
    /// The language of the page.
    language: &'a str,
    /// Ink beyond the cut edge.
    bleed_mm: f64,
}

impl<'a> Sheet<'a> {
    pub(super) fn new(
        site: &'a Site,
        page: &'a Page,
        format: &'static Format,
        body: BodySource,
        words: Words<'a>,
        qr: Option<(&Qr, &str)>,
        (for_print_shop, bleed_mm): (bool, f64),
    ) -> Sheet<'a> {
        let stamp = stamp(page, words, for_print_shop);
        let headline = page
            .meta
            .print
            .headline
            .as_deref()
            .unwrap_or(&page.meta.title);
        let own = page.meta.print.imprint.as_deref();
        let imprint = own.cloned().unwrap_or_default().or(&site.config.imprint);
        let imprint = imprint_lines(&imprint, words);
        let date = page.meta.updated.or(page.meta.date);
        let date = date.map(|date| words.date(date));
        let common = [
            ("format", string(format.name)),
            ("lang", string(&page.language)),
            ("site", string(&site.config.title)),
            ("title", string(&page.meta.title)),
            ("headline", string(headline)),
            ("lead", string(&page.meta.summary)),
            (
                "sections",
                array(body.sections.iter().map(|title| string(title))),
            ),
            ("picture", picture(page, &body)),
            ("author", optional(page.meta.author.as_deref())),
            ("source", optional(page.meta.source.as_deref())),
            ("date", optional(date.as_deref())),
            ("stamp", optional(stamp)),
            ("paper", paper(format)),
            (
                "qr",
                qr.map_or_else(
                    || "none".to_owned(),
                    |(qr, address)| code(qr, address, format),
                ),
            ),
            ("imprint", array(imprint.iter().map(|line| string(line)))),
            ("words", all_words(words)),
        ];
        // It stands beside the body: the typesetter evaluates that file once for all communes.
        let plate = format!("{}#let page = {}\n", body.text, dictionary(common));
        Sheet {
            format,
            plate,
            site,
            body,
            words,
            language: &page.language,
            bleed_mm,
        }
    }

    /// The contacts that the page names.
    pub(super) fn contacts(&self) -> &[ContactId] {
        &self.body.contacts
    }

    /// The pictures on the sheet.
    pub(super) fn images(&self) -> &[AssetId] {
        &self.body.images
    }

    /// The file for a commune at a setting.
    pub(super) fn source(&self, commune: Option<CommuneId>, setting: &Setting) -> String {
        let name = commune.map(|id| self.site.facts.commune(id).full_name());
        let checked = contacts::checked_on(self.site, &self.body, commune);
        let own = dictionary([
            ("commune", optional(name.as_deref())),
            (
                "contacts",
                contacts::of_page(self.site, &self.body, commune, self.language),
            ),
            (
                "checked",
                optional(checked.map(|day| self.words.date(day)).as_deref()),
            ),
            ("setting", setting.record()),
        ]);
        let facts = contacts::facts(self.site, &self.body.mentioned, commune, self.language);
        let bleed = if self.bleed_mm > 0.0 {
            format!("#set page(bleed: {})\n", mm(self.bleed_mm))
        } else {
            String::new()
        };
        format!(
            "{bleed}#import \"/{}.typ\": leaflet\n#import \"/body.typ\": body, places, page\n\
             #let facts = {facts}\n#leaflet(page + {own}, body(facts), places(facts))\n",
            self.format.template
        )
    }
}

/// What tells a draft from a sheet to hand out. Whether the imprint is complete was checked before anything was set.
fn stamp<'a>(page: &Page, words: Words<'a>, for_print_shop: bool) -> Option<&'a str> {
    match (page.unapproved, for_print_shop && page.held.is_none()) {
        (true, _) => Some(words.get("draft_unapproved")),
        (false, false) => Some(words.get("draft")),
        (false, true) => None,
    }
}

/// The page's own picture, where there is room for it.
fn picture(page: &Page, body: &BodySource) -> String {
    let shown = body.picture.as_deref().zip(page.meta.image.as_ref());
    shown.map_or_else(
        || "none".to_owned(),
        |(path, picture)| dictionary([("path", string(path)), ("alt", string(&picture.alt))]),
    )
}

/// The interface words by key.
fn all_words(words: Words<'_>) -> String {
    let all = words.all().into_iter();
    dictionary(all.map(|(key, text)| (key, string(text))))
}

/// The measures of a format.
fn paper(format: &Format) -> String {
    let panels = |side: &&[Panel]| {
        array(
            side.iter()
                .map(|panel| dictionary([("x", mm(panel.x_mm)), ("width", mm(panel.width_mm))])),
        )
    };
    dictionary([
        ("width", mm(format.width_mm)),
        ("height", mm(format.height_mm)),
        ("side", mm(format.side_mm)),
        ("top", mm(format.top_mm)),
        ("bottom", mm(format.bottom_mm)),
        ("sides", array(format.sides.iter().map(panels))),
        ("smallest", format!("{}pt", format.smallest_pt)),
    ])
}

/// The QR code and the address that it holds.
fn code(qr: &Qr, address: &str, format: &Format) -> String {
    dictionary([
        ("path", string("/qr.svg")),
        ("side", mm(qr.side_mm(format.qr_mm))),
        ("address", string(address)),
        ("shown", string(shown_address(address))),
    ])
}

fn mm(length: f64) -> String {
    format!("{length}mm")
}

/// The legal lines, those that are known: what a licence is, by whom and when, is one of them.
fn imprint_lines(imprint: &Imprint, words: Words<'_>) -> Vec<String> {
    let day = imprint.licensed_on.map(|date| words.date(date));
    let part = |key: &str, value: &Option<String>| {
        let value = value.as_ref()?;
        Some(format!("{} {value}", words.get(key)))
    };
    let licence = [
        part("imprint_licence_number", &imprint.licence_number),
        part("imprint_licensed_by", &imprint.licensed_by),
        part("imprint_licensed_on", &day),
    ];
    let licence: Vec<String> = licence.into_iter().flatten().collect();
    let lines = [
        part("imprint_licensee", &imprint.licensee),
        (!licence.is_empty()).then(|| licence.join(" ")),
        part("imprint_copies", &imprint.copies),
        part("imprint_printer", &imprint.printer),
        part("imprint_deposited", &imprint.deposited),
    ];
    let known: Vec<String> = lines.into_iter().flatten().collect();
    if known.is_empty() {
        return known;
    }
    let free = words.get("imprint_free").to_owned();
    known.into_iter().chain([free]).collect()
}
