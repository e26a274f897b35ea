//! Blocks and inlines that are still open while Markdown is read, and how they close.

use super::markdown::link_or_words;
use crate::diag::Span;
use crate::model::{
    Alert, Align, AssetId, Block, BlockKind, Definition, Inline, InlineKind, LinkTarget, ListItem,
    Row, Table, Target,
};

/// What is open.
#[derive(Debug)]
pub(super) enum Frame {
    Root,
    Paragraph,
    Heading(u8, Option<String>),
    Quote(Option<Alert>),
    Code(String),
    List(Option<u64>),
    Item,
    Footnote(String),
    Definitions,
    Term,
    Detail,
    Table(Vec<Align>),
    Row,
    Cell,
    Emphasis,
    Strong,
    Strike,
    /// The target, and whether words were written for it.
    Reference(Option<Target>, bool),
    Link(Option<LinkTarget>),
    Image(Option<AssetId>, String),
    Ignored,
}

/// An open frame and what it holds so far.
#[derive(Debug)]
pub(super) struct Open {
    pub(super) frame: Frame,
    pub(super) span: Span,
    pub(super) inlines: Vec<Inline>,
    pub(super) task: Option<bool>,
    /// For lists: whether an item holds a paragraph.
    pub(super) loose: bool,
    blocks: Vec<Block>,
    items: Vec<ListItem>,
    rows: Vec<Row>,
    cells: Vec<Box<[Inline]>>,
    definitions: Vec<Definition>,
}

impl Open {
    pub(super) fn new(frame: Frame, span: Span) -> Open {
        Open {
            frame,
            span,
            inlines: Vec::new(),
            task: None,
            loose: false,
            blocks: Vec::new(),
            items: Vec::new(),
            rows: Vec::new(),
            cells: Vec::new(),
            definitions: Vec::new(),
        }
    }

    /// Adds a block after the words that stand before it without a paragraph of their own.
    pub(super) fn push_block(&mut self, block: Block) {
        self.flush();
        self.blocks.push(block);
    }

    /// Words directly in a list item are a paragraph.
    fn flush(&mut self) {
        let inlines = std::mem::take(&mut self.inlines);
        if let (Some(first), Some(last)) = (inlines.first(), inlines.last()) {
            let span = Span {
                end: last.span.end,
                ..first.span
            };
            self.blocks.push(Block {
                span,
                kind: BlockKind::Paragraph(inlines.into()),
            });
        }
    }

    pub(super) fn into_blocks(mut self) -> Vec<Block> {
        self.flush();
        exact(self.blocks)
    }

    /// Becomes part of the frame around it.
    pub(super) fn close_into(self, around: &mut Open) {
        let span = self.span;
        let block = |kind| Block { span, kind };
        match self.frame {
            Frame::Paragraph => around.push_block(block(BlockKind::Paragraph(self.inlines.into()))),
            Frame::Quote(None) => around.push_block(block(BlockKind::Quote(self.into_blocks()))),
            Frame::Quote(Some(kind)) => {
                around.push_block(block(BlockKind::Alert {
                    kind,
                    blocks: self.into_blocks(),
                }));
            }
            Frame::Code(language) => {
                let text = crate::model::plain_text(&self.inlines);
                around.push_block(block(BlockKind::Code {
                    language: language.into(),
                    text: text.into(),
                }));
            }
            Frame::List(start) => {
                around.push_block(block(BlockKind::List {
                    start,
                    tight: !self.loose,
                    items: self.items.into(),
                }));
            }
            Frame::Item => around.items.push(ListItem {
                task: self.task,
                blocks: self.into_blocks().into(),
            }),
            Frame::Definitions => {
                around.push_block(block(BlockKind::Definitions(self.definitions)));
            }
            Frame::Term => around.definitions.push(Definition {
                term: exact(self.inlines),
                details: Vec::new(),
            }),
            Frame::Detail => {
                if let Some(definition) = around.definitions.last_mut() {
                    definition.details.push(self.into_blocks());
                }
            }
            Frame::Table(aligns) => {
                let mut rows = self.rows.into_iter();
                let head = rows.next().unwrap_or_default();
                let rows = rows.collect();
                around.push_block(block(BlockKind::Table(Box::new(Table {
                    aligns,
                    head,
                    rows,
                }))));
            }
            Frame::Row => around.rows.push(self.cells.into()),
            Frame::Cell => around.cells.push(self.inlines.into()),
            Frame::Root
            | Frame::Heading(..)
            | Frame::Footnote(_)
            | Frame::Image(..)
            | Frame::Ignored => {}
            _ => self.close_inline(around),
        }
    }

    fn close_inline(self, around: &mut Open) {
        let span = self.span;
        let inline = |kind| Inline { span, kind };
        match self.frame {
            Frame::Emphasis => around
                .inlines
                .push(inline(InlineKind::Emphasis(self.inlines.into()))),
            Frame::Strong => around
                .inlines
                .push(inline(InlineKind::Strong(self.inlines.into()))),
            Frame::Strike => around
                .inlines
                .push(inline(InlineKind::Strike(self.inlines.into()))),
            Frame::Reference(Some(target), words) => {
                let words = words.then(|| self.inlines.into());
                around.inlines.push(inline(InlineKind::Reference {
                    target: Box::new(target),
                    words,
                }));
            }
            Frame::Reference(None, _) => around.inlines.extend(self.inlines),
            Frame::Link(target) => match link_or_words(target, self.inlines) {
                Ok(kind) => around.inlines.push(inline(kind)),
                Err(words) => around.inlines.extend(words),
            },
            _ => {}
        }
    }
}

/// A list without room to spare: most hold one or two things for as long as the site is in memory.
fn exact<T>(mut list: Vec<T>) -> Vec<T> {
    list.shrink_to_fit();
    list
}
