//! The document tree that every channel reads.
//!
//! Parsed once from Markdown; links and references are already resolved. Spans point into the
//! page's source text.

use serde::{Deserialize, Serialize};

use super::{
    Excerpt,
    facts::{ContactId, DocumentId},
    site::{AssetId, PageId, SectionId},
};
use crate::diag::Span;

/// The body of a page.
#[derive(Debug, Clone, Default)]
pub struct Doc {
    /// Its blocks in order.
    pub blocks: Vec<Block>,
    /// Its footnotes in the order defined.
    pub footnotes: Vec<Footnote>,
}

/// A footnote.
#[derive(Debug, Clone)]
pub struct Footnote {
    /// What references name.
    pub label: String,
    /// Its text.
    pub blocks: Vec<Block>,
}

/// A block and where it stands.
#[derive(Debug, Clone)]
pub struct Block {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}

/// The kinds of block.
#[derive(Debug, Clone)]
pub enum BlockKind {
    /// A paragraph.
    Paragraph(Box<[Inline]>),
    /// A heading; `id` is unique in the page.
    Heading {
        /// 1 to 6.
        level: u8,
        /// Its anchor.
        id: Box<str>,
        /// Its words.
        inlines: Box<[Inline]>,
    },
    /// A list; `start` is the first number of a numbered one.
    List {
        /// The first number; `None` for bullets.
        start: Option<u64>,
        /// Whether items are set without space between them.
        tight: bool,
        /// The items.
        items: Box<[ListItem]>,
    },
    /// A quotation.
    Quote(Vec<Block>),
    /// A GFM alert.
    Alert {
        /// Which.
        kind: Alert,
        /// Its text.
        blocks: Vec<Block>,
    },
    /// Preformatted text.
    Code {
        /// The word after the fence.
        language: Box<str>,
        /// The text.
        text: Box<str>,
    },
    /// A table.
    Table(Box<Table>),
    /// A definition list.
    Definitions(Vec<Definition>),
    /// A thematic break.
    Rule,
    /// `::: only …` and `::: except …`.
    Only {
        /// For whom.
        filter: Box<Filter>,
        /// What.
        blocks: Vec<Block>,
    },
    /// `::: contacts …`: a card.
    Contacts(Vec<ContactId>),
    /// `::: programme`: the agenda of a page.
    Programme(PageId),
    /// `::: recap`: what a script repeats at its end.
    Recap(Vec<Block>),
}

/// An item of a list.
#[derive(Debug, Clone)]
pub struct ListItem {
    /// For task lists: whether it is done.
    pub task: Option<bool>,
    /// Its text.
    pub blocks: Box<[Block]>,
}

/// A table.
#[derive(Debug, Clone)]
pub struct Table {
    /// One per column.
    pub aligns: Vec<Align>,
    /// The head row.
    pub head: Row,
    /// The other rows.
    pub rows: Vec<Row>,
}

impl Table {
    /// The words of every cell, row by row.
    pub fn cells(&self) -> impl Iterator<Item = &[Inline]> {
        let rows = std::iter::once(&self.head).chain(&self.rows);
        rows.flat_map(|row| row.iter().map(|cell| &**cell))
    }
}

/// A row of a table: one list of inlines per cell.
pub type Row = Box<[Box<[Inline]>]>;

/// A term and what it means.
#[derive(Debug, Clone)]
pub struct Definition {
    /// The term.
    pub term: Vec<Inline>,
    /// What it means; one or more paragraphs each.
    pub details: Vec<Vec<Block>>,
}

/// How a column is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// As the language has it.
    None,
    /// Left.
    Left,
    /// Centred.
    Center,
    /// Right.
    Right,
}

/// The five GFM alerts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alert {
    /// `[!NOTE]`
    Note,
    /// `[!TIP]`
    Tip,
    /// `[!IMPORTANT]`
    Important,
    /// `[!WARNING]`
    Warning,
    /// `[!CAUTION]`
    Caution,
}

impl Alert {
    /// The word in lower case.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Alert::Note => "note",
            Alert::Tip => "tip",
            Alert::Important => "important",
            Alert::Warning => "warning",
            Alert::Caution => "caution",
        }
    }
}

/// Words for sheets of paper that `only` and `except` know besides channels and editions.
pub const SHEETS: &[&str] = &[
    "a5", "a5-large", "a4", "a4-large", "fold3", "poster", "card",
];
/// Words for panels of folded sheets, for `only`.
pub const PANELS: &[&str] = &["cover", "flap", "back"];

/// Channels, editions and sheets that a part is for, or not for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    /// `only` or `except`.
    pub only: bool,
    /// Names of channels, editions and sheets.
    pub names: Vec<String>,
}

impl Filter {
    /// Whether the part belongs to an edition.
    #[must_use]
    pub fn admits(&self, edition: &str, channel: &str) -> bool {
        self.admits_any(&[edition, channel])
    }

    /// Whether the part belongs to what goes by these names.
    #[must_use]
    pub fn admits_any(&self, called: &[&str]) -> bool {
        self.names
            .iter()
            .any(|name| called.contains(&name.as_str()))
            == self.only
    }
}

/// A run of text and where it stands.
#[derive(Debug, Clone)]
pub struct Inline {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: InlineKind,
}

/// The kinds of inline. What few of them have is put elsewhere: most are words, and a large site has millions.
#[derive(Debug, Clone)]
pub enum InlineKind {
    /// Words.
    Text(Excerpt),
    /// Emphasis.
    Emphasis(Box<[Inline]>),
    /// Strong emphasis.
    Strong(Box<[Inline]>),
    /// Struck out.
    Strike(Box<[Inline]>),
    /// Code.
    Code(Excerpt),
    /// A link.
    Link {
        /// Where to.
        target: Box<LinkTarget>,
        /// Its words.
        inlines: Box<[Inline]>,
    },
    /// A picture.
    Image(Box<Image>),
    /// `[[…]]`.
    Reference {
        /// To what.
        target: Box<Target>,
        /// The words written instead of the usual ones.
        words: Option<Box<[Inline]>>,
    },
    /// A line break in the source.
    SoftBreak,
    /// A line break for the reader.
    HardBreak,
    /// A footnote mark: its place in [`Doc::footnotes`].
    FootnoteMark(usize),
}

/// A picture in a text.
#[derive(Debug, Clone)]
pub struct Image {
    /// The file.
    pub asset: AssetId,
    /// Alternative text.
    pub alt: String,
    /// Caption.
    pub title: String,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkTarget {
    /// `http:`, `https:`, `mailto:` or `tel:`.
    Web(String),
    /// A page of the site.
    Page(PageId, Option<String>),
    /// A section of the site.
    Section(SectionId),
    /// A file beside the page.
    Asset(AssetId),
    /// A heading of the same page.
    Anchor(String),
}

/// What a reference names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// An article, and a heading in it.
    Page(PageId, Option<String>),
    /// A legal document, and a pinpoint such as `khoản 2 Điều 9`.
    Document(DocumentId, Option<String>),
    /// A contact.
    Contact(ContactId),
}

/// The headings of a body, outermost blocks and `only` parts alike: level, anchor, words.
#[must_use]
pub fn headings(blocks: &[Block]) -> Vec<(u8, &str, &[Inline])> {
    let mut out = Vec::new();
    collect_headings(blocks, &mut out);
    out
}

fn collect_headings<'a>(blocks: &'a [Block], out: &mut Vec<(u8, &'a str, &'a [Inline])>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Heading { level, id, inlines } => {
                out.push((*level, id, inlines));
            }
            BlockKind::Quote(inner)
            | BlockKind::Alert { blocks: inner, .. }
            | BlockKind::Only { blocks: inner, .. }
            | BlockKind::Recap(inner) => collect_headings(inner, out),
            BlockKind::List { items, .. } => items
                .iter()
                .for_each(|item| collect_headings(&item.blocks, out)),
            _ => {}
        }
    }
}

/// The written words of inlines, without references that stand for something else.
#[must_use]
pub fn plain_text(inlines: &[Inline]) -> String {
    let mut out = String::new();
    push_plain(inlines, &mut out);
    out
}

fn push_plain(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match &inline.kind {
            InlineKind::Text(text) | InlineKind::Code(text) => out.push_str(text),
            InlineKind::Emphasis(inner)
            | InlineKind::Strong(inner)
            | InlineKind::Strike(inner)
            | InlineKind::Link { inlines: inner, .. }
            | InlineKind::Reference {
                words: Some(inner), ..
            } => push_plain(inner, out),
            InlineKind::Image(image) => out.push_str(&image.alt),
            InlineKind::SoftBreak | InlineKind::HardBreak => out.push(' '),
            InlineKind::Reference { words: None, .. } | InlineKind::FootnoteMark(_) => {}
        }
    }
}
