//! Settings of a web edition.

use url::Url;

use super::super::address;
use super::super::findings;
use crate::channel::compress::Encoding;
use crate::diag::Diagnostic;
use crate::load::{Fields, not_among, scalar};
use crate::model::Edition;

const KEYS: &[&str] = &[
    "channel",
    "theme",
    "base_url",
    "title",
    "titles",
    "per_page",
    "minify",
    "share_cards",
    "exit_url",
    "contact",
    "search",
    "compress",
];

/// Settings of a web edition, typed.
#[derive(Debug, Clone)]
pub(super) struct Settings {
    /// Whole base address, ending in `/`.
    pub(super) base: Url,
    /// Name of the edition instead of the site's.
    pub(super) title: Option<String>,
    /// The name in other languages.
    pub(super) titles: Vec<(String, String)>,
    /// Articles on one page of a list.
    pub(super) per_page: usize,
    /// How pages are made smaller.
    pub(super) minify: Minify,
    /// Where the quick exit leads instead of where the theme says.
    pub(super) exit_url: Option<String>,
    /// The key of the contact that readers turn to about the site itself.
    pub(super) contact: Option<String>,
    /// Whether articles get a picture to be shared with.
    pub(super) share_cards: bool,
    /// Whether readers can look for words.
    pub(super) search: bool,
    /// The ways in which files get compressed twins, each once.
    pub(super) compress: Vec<Encoding>,
}

/// How pages are made smaller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Minify {
    /// Not at all.
    Off,
    /// Templates and style sheets are, once; pages are then small enough.
    Tight,
    /// Each page also goes through the minifier.
    Full,
}

impl Minify {
    const FULL: &'static str = "full";

    fn read(fields: &mut Fields<'_, '_>) -> Minify {
        match fields.get("minify").map(scalar) {
            None => Minify::Tight,
            Some(Some(Minify::FULL)) => Minify::Full,
            Some(_) if fields.flag("minify") => Minify::Tight,
            Some(_) => Minify::Off,
        }
    }
}

impl Settings {
    /// Reads the settings; `None`, with findings, without a usable base address.
    pub(super) fn read(edition: &Edition, diags: &mut Vec<Diagnostic>) -> Option<Settings> {
        let mut fields = Fields::open(&edition.settings, "what-edition", KEYS, diags)?;
        let title = fields.text("title");
        let titles = fields.pairs("titles");
        let per_page = fields.count("per_page", 1..=500).unwrap_or(20) as usize;
        let minify = Minify::read(&mut fields);
        let contact = fields.text("contact");
        let exit_url = exit_url(&mut fields);
        let share_cards = fields.flag("share_cards");
        let search = fields.get("search").is_none() || fields.flag("search");
        let compress = compress(&mut fields);
        let Some(node) = fields.get("base_url") else {
            fields.missing("base_url");
            return None;
        };
        let base = address::base_url(edition);
        if base.is_none() {
            fields.diags().push(findings::bad_base_url(
                node.span,
                scalar(node).unwrap_or_default(),
            ));
        }
        Some(Settings {
            base: base?,
            title,
            titles,
            per_page,
            minify,
            exit_url,
            contact,
            share_cards,
            search,
            compress,
        })
    }
}

/// A list of encodings.
fn compress(fields: &mut Fields<'_, '_>) -> Vec<Encoding> {
    let names = Encoding::ALL.map(|(name, _)| name);
    let mut out = Vec::new();
    for (name, span) in fields.texts("compress").unwrap_or_default() {
        match Encoding::ALL.iter().find(|(known, _)| *known == name) {
            Some((_, encoding)) => out.push(*encoding),
            None => fields.diags().push(not_among(span, &name, &names)),
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// A whole address of another site.
fn exit_url(fields: &mut Fields<'_, '_>) -> Option<String> {
    let written = fields.text("exit_url")?;
    let url = Url::parse(&written).ok().filter(|url| {
        let safe = matches!(url.scheme(), "http" | "https");
        safe && url.has_host()
    });
    let span = fields.get("exit_url").map(|node| node.span);
    if let (None, Some(span)) = (&url, span) {
        let diags = fields.diags();
        diags.push(findings::bad_exit_url(span, &written));
    }
    url.map(String::from)
}
