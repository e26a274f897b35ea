//! Which legal documents an edition cites, and where.

use std::collections::BTreeMap;

use crate::model::{Body, DocumentId, PageId, Site, Used};

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
    for id in pages {
        let page = site.page(*id);
        for document in shown_documents(&page.body, edition) {
            let list = out
                .entry(page.language.clone())
                .or_default()
                .entry(document)
                .or_default();
            if list.last() != Some(id) {
                list.push(*id);
            }
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
