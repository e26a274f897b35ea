//! Settings of a web edition.

use url::Url;

use super::super::address;
use super::super::findings;
use crate::diag::Diagnostic;
use crate::load::{Fields, scalar};
use crate::model::Edition;

const KEYS: &[&str] = &[
    "channel", "theme", "base_url", "title", "per_page", "minify",
];

/// Settings of a web edition, typed.
#[derive(Debug, Clone)]
pub(super) struct Settings {
    /// Whole base address, ending in `/`.
    pub(super) base: Url,
    /// Name of the edition instead of the site's.
    pub(super) title: Option<String>,
    /// Articles on one page of a list.
    pub(super) per_page: usize,
    /// Whether pages are minified.
    pub(super) minify: bool,
}

impl Settings {
    /// Reads the settings; `None`, with findings, without a usable base address.
    pub(super) fn read(edition: &Edition, diags: &mut Vec<Diagnostic>) -> Option<Settings> {
        let mut fields = Fields::open(&edition.settings, "what-edition", KEYS, diags)?;
        let title = fields.text("title");
        let per_page = fields.count("per_page", 1..=500).unwrap_or(20) as usize;
        let minify = fields.get("minify").is_none() || fields.flag("minify");
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
            per_page,
            minify,
        })
    }
}
