//! The references of an article that an edition shows.

use crate::channel::Carries;
use crate::diag::Span;
use crate::model::{Block, BlockKind, ContactId, Doc, DocumentId, Inline, InlineKind, Target};

/// A fact that an article names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Named {
    Contact(ContactId),
    Document(DocumentId),
}

/// For whom an article is read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader<'a> {
    /// The names by which an article can mean it: edition, channel, sheet.
    pub(super) called: &'a [&'a str],
    pub(super) carries: Carries,
}

impl Reader<'_> {
    /// Every fact that an article names for this reader, with its place, in the order of the text.
    pub(super) fn named(&self, doc: &Doc) -> Vec<(Named, Span)> {
        let mut out = Vec::new();
        self.blocks(&doc.blocks, &mut out);
        if self.carries.footnotes {
            for note in &doc.footnotes {
                self.blocks(&note.blocks, &mut out);
            }
        }
        out
    }

    fn blocks(&self, blocks: &[Block], out: &mut Vec<(Named, Span)>) {
        for block in blocks {
            self.block(block, out);
        }
    }

    fn block(&self, block: &Block, out: &mut Vec<(Named, Span)>) {
        match &block.kind {
            BlockKind::Paragraph(inlines) | BlockKind::Heading { inlines, .. } => {
                self.inlines(inlines, out);
            }
            BlockKind::Quote(inner) | BlockKind::Alert { blocks: inner, .. } => {
                self.blocks(inner, out);
            }
            BlockKind::Only { filter, blocks } if filter.admits_any(self.called) => {
                self.blocks(blocks, out);
            }
            BlockKind::Recap(inner) if self.carries.recap => self.blocks(inner, out),
            BlockKind::List { items, .. } => {
                for item in items {
                    self.blocks(&item.blocks, out);
                }
            }
            BlockKind::Table(table) => {
                for cell in table.cells() {
                    self.inlines(cell, out);
                }
            }
            BlockKind::Definitions(list) => {
                for definition in list {
                    self.inlines(&definition.term, out);
                    for detail in &definition.details {
                        self.blocks(detail, out);
                    }
                }
            }
            BlockKind::Contacts(ids) => {
                out.extend(ids.iter().map(|id| (Named::Contact(*id), block.span)));
            }
            BlockKind::Only { .. }
            | BlockKind::Recap(_)
            | BlockKind::Code { .. }
            | BlockKind::Rule
            | BlockKind::Programme(_) => {}
        }
    }

    fn inlines(&self, inlines: &[Inline], out: &mut Vec<(Named, Span)>) {
        for inline in inlines {
            match &inline.kind {
                InlineKind::Reference { target, words } => {
                    match &**target {
                        Target::Contact(id) => out.push((Named::Contact(*id), inline.span)),
                        Target::Document(id, _) => out.push((Named::Document(*id), inline.span)),
                        Target::Page(..) => {}
                    }
                    self.inlines(words.as_deref().unwrap_or_default(), out);
                }
                InlineKind::Strike(inner) if self.carries.struck => self.inlines(inner, out),
                InlineKind::Emphasis(inner)
                | InlineKind::Strong(inner)
                | InlineKind::Link { inlines: inner, .. } => self.inlines(inner, out),
                _ => {}
            }
        }
    }
}
