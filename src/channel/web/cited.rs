//! Which legal documents an edition cites, and where.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::model::{Body, ContactId, DocumentId, Page, PageId, Site, Used};

/// Documents with the pages that cite them.
pub(super) type Cited = BTreeMap<DocumentId, Vec<PageId>>;

/// The legal documents that pages and sections cite in an edition, by language.
pub(super) fn cited(
    site: &Site,
    pages: &[PageId],
    languages: &[String],
    edition: &str,
) -> BTreeMap<String, Cited> {
    let mut out: BTreeMap<String, Cited> = BTreeMap::new();
    for section in site
        .sections
        .iter()
        .filter(|section| languages.contains(&section.language))
    {
        for document in shown_documents(&section.body, edition) {
            out.entry(section.language.clone())
                .or_default()
                .entry(document)
                .or_default();
        }
    }
    let by_page: Vec<Vec<DocumentId>> = pages
        .par_iter()
        .map(|id| by_page(site.page(*id), edition))
        .collect();
    for (id, documents) in pages.iter().zip(by_page) {
        if documents.is_empty() {
            continue;
        }
        let own = out.entry(site.page(*id).language.clone()).or_default();
        for document in documents {
            own.entry(document).or_default().push(*id);
        }
    }
    out
}

/// The documents that a page cites, each once.
fn by_page(page: &Page, edition: &str) -> Vec<DocumentId> {
    let mut out: Vec<DocumentId> = Vec::new();
    for document in shown_documents(&page.body, edition) {
        if !out.contains(&document) {
            out.push(document);
        }
    }
    out
}

/// The legal documents that the shown parts of a body name.
fn shown_documents<'a>(body: &'a Body, edition: &'a str) -> impl Iterator<Item = DocumentId> + 'a {
    let shown = body.outline.uses.iter();
    shown
        .filter(move |one| !one.recap && one.shown(edition, "web"))
        .filter_map(|one| match one.what {
            Used::Document(document) => Some(document),
            _ => None,
        })
}

/// The contacts that the shown parts of a body name, in their order.
pub(super) fn shown_contacts<'a>(
    body: &'a Body,
    edition: &'a str,
) -> impl Iterator<Item = ContactId> + 'a {
    let shown = body.outline.uses.iter();
    shown
        .filter(move |one| !one.recap && one.shown(edition, "web"))
        .filter_map(|one| match one.what {
            Used::Contact(contact) => Some(contact),
            _ => None,
        })
}
