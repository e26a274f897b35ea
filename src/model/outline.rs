//! What a body is known to hold without its tree: headings, and what it uses.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Digest;
use super::doc::{Block, BlockKind, Doc, Filter, Inline, InlineKind, LinkTarget, Target, headings};
use super::facts::{ContactId, DocumentId};
use super::lazy::LazyDoc;
use super::site::{AssetId, PageId, SectionId};

/// A body: its tree, read when it is first wanted, and what is known of it anyway.
#[derive(Debug, Clone, Default)]
pub struct Body {
    /// The digest of the file in which it is written.
    pub digest: Digest,
    /// What it holds.
    pub outline: Arc<Outline>,
    /// The tree.
    pub doc: LazyDoc,
}

/// Headings and uses of a body. With the digest of its file this is all that its tree depends on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outline {
    /// The anchors of its headings, a line each.
    anchors: String,
    /// What it refers to, in the order of the tree, footnotes last.
    pub uses: Vec<Use>,
}

/// One reference of a body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Use {
    /// To what.
    pub what: Used,
    /// The `only` and `except` parts around it.
    pub filters: Vec<Filter>,
    /// Whether it stands in a `recap`, which scripts alone have.
    pub recap: bool,
}

/// What a body can refer to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Used {
    /// A page: its title and address.
    Page(PageId),
    /// A section: its address.
    Section(SectionId),
    /// A file beside pages, to be opened or loaded.
    Asset(AssetId),
    /// A file beside pages that is shown as a picture.
    Picture(AssetId),
    /// A contact, by reference or on a card.
    Contact(ContactId),
    /// A legal document.
    Document(DocumentId),
    /// The agenda of a page.
    Programme(PageId),
}

impl Use {
    /// Whether an edition of a channel shows it.
    #[must_use]
    pub fn shown(&self, edition: &str, channel: &str) -> bool {
        self.filters
            .iter()
            .all(|filter| filter.admits(edition, channel))
    }
}

impl Outline {
    /// The outline of a tree.
    #[must_use]
    pub fn of(doc: &Doc) -> Outline {
        let mut walk = Walk::default();
        walk.blocks(&doc.blocks);
        for note in &doc.footnotes {
            walk.blocks(&note.blocks);
        }
        let ids: Vec<&str> = headings(&doc.blocks)
            .into_iter()
            .map(|(_, id, _)| id)
            .collect();
        Outline {
            anchors: ids.join("\n"),
            uses: walk.uses,
        }
    }

    /// The anchors of its headings, which are slugs.
    pub fn anchors(&self) -> impl Iterator<Item = &str> {
        self.anchors.lines()
    }
}

#[derive(Default)]
struct Walk {
    filters: Vec<Filter>,
    recap: bool,
    uses: Vec<Use>,
}

impl Walk {
    fn add(&mut self, what: Used) {
        self.uses.push(Use {
            what,
            filters: self.filters.clone(),
            recap: self.recap,
        });
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match &block.kind {
                BlockKind::Paragraph(inlines) | BlockKind::Heading { inlines, .. } => {
                    self.inlines(inlines);
                }
                BlockKind::Quote(inner) | BlockKind::Alert { blocks: inner, .. } => {
                    self.blocks(inner);
                }
                BlockKind::List { items, .. } => {
                    for item in items {
                        self.blocks(&item.blocks);
                    }
                }
                BlockKind::Table(table) => table.cells().for_each(|cell| self.inlines(cell)),
                BlockKind::Definitions(list) => {
                    for definition in list {
                        self.inlines(&definition.term);
                        definition
                            .details
                            .iter()
                            .for_each(|detail| self.blocks(detail));
                    }
                }
                BlockKind::Only { filter, blocks } => {
                    self.filters.push((**filter).clone());
                    self.blocks(blocks);
                    self.filters.pop();
                }
                BlockKind::Recap(blocks) => {
                    let around = std::mem::replace(&mut self.recap, true);
                    self.blocks(blocks);
                    self.recap = around;
                }
                BlockKind::Contacts(contacts) => {
                    for contact in contacts {
                        self.add(Used::Contact(*contact));
                    }
                }
                BlockKind::Programme(page) => self.add(Used::Programme(*page)),
                BlockKind::Code { .. } | BlockKind::Rule => {}
            }
        }
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match &inline.kind {
                InlineKind::Emphasis(inner)
                | InlineKind::Strong(inner)
                | InlineKind::Strike(inner) => self.inlines(inner),
                InlineKind::Link { target, inlines } => {
                    match &**target {
                        LinkTarget::Page(page, _) => self.add(Used::Page(*page)),
                        LinkTarget::Section(section) => self.add(Used::Section(*section)),
                        LinkTarget::Asset(asset) => self.add(Used::Asset(*asset)),
                        LinkTarget::Web(_) | LinkTarget::Anchor(_) => {}
                    }
                    self.inlines(inlines);
                }
                InlineKind::Image(image) => self.add(Used::Picture(image.asset)),
                InlineKind::Reference { target, words } => {
                    self.add(match &**target {
                        Target::Page(page, _) => Used::Page(*page),
                        Target::Document(document, _) => Used::Document(*document),
                        Target::Contact(contact) => Used::Contact(*contact),
                    });
                    self.inlines(words.as_deref().unwrap_or_default());
                }
                InlineKind::Text(_)
                | InlineKind::Code(_)
                | InlineKind::SoftBreak
                | InlineKind::HardBreak
                | InlineKind::FootnoteMark(_) => {}
            }
        }
    }
}
