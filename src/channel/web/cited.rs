//! Which legal documents an edition cites, and where.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::model::{Block, BlockKind, DocumentId, Inline, InlineKind, Page, PageId, Site, Target};

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
        let mut targets = Vec::new();
        shown_targets(&section.doc.blocks, edition, &mut targets);
        for target in targets {
            if let Target::Document(document, _) = target {
                out.entry(section.language.clone())
                    .or_default()
                    .entry(*document)
                    .or_default();
            }
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
    let mut targets = Vec::new();
    shown_targets(&page.doc.blocks, edition, &mut targets);
    for note in &page.doc.footnotes {
        shown_targets(&note.blocks, edition, &mut targets);
    }
    let mut out: Vec<DocumentId> = Vec::new();
    for target in targets {
        if let Target::Document(document, _) = target
            && !out.contains(document)
        {
            out.push(*document);
        }
    }
    out
}

/// What the shown parts of a body refer to.
fn shown_targets<'a>(blocks: &'a [Block], edition: &str, out: &mut Vec<&'a Target>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Paragraph(inlines) | BlockKind::Heading { inlines, .. } => {
                inline_targets(inlines, out);
            }
            BlockKind::Quote(inner) | BlockKind::Alert { blocks: inner, .. } => {
                shown_targets(inner, edition, out);
            }
            BlockKind::Only { filter, blocks } if filter.admits(edition, "web") => {
                shown_targets(blocks, edition, out);
            }
            BlockKind::List { items, .. } => items
                .iter()
                .for_each(|item| shown_targets(&item.blocks, edition, out)),
            BlockKind::Table { head, rows, .. } => {
                head.iter()
                    .chain(rows.iter().flatten())
                    .for_each(|cell| inline_targets(cell, out));
            }
            BlockKind::Definitions(list) => {
                for definition in list {
                    inline_targets(&definition.term, out);
                    definition
                        .details
                        .iter()
                        .for_each(|detail| shown_targets(detail, edition, out));
                }
            }
            _ => {}
        }
    }
}

fn inline_targets<'a>(inlines: &'a [Inline], out: &mut Vec<&'a Target>) {
    for inline in inlines {
        match &inline.kind {
            InlineKind::Reference { target, words } => {
                out.push(target);
                inline_targets(words.as_deref().unwrap_or_default(), out);
            }
            InlineKind::Emphasis(inner)
            | InlineKind::Strong(inner)
            | InlineKind::Strike(inner)
            | InlineKind::Link { inlines: inner, .. } => inline_targets(inner, out),
            _ => {}
        }
    }
}
