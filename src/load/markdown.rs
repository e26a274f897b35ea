//! Markdown to the document tree. The only file that names the Markdown parser.
//!
//! Articles are untrusted: raw HTML and unsafe addresses are findings, and nothing recurses on the
//! nesting of the text.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use pulldown_cmark::{
    Alignment, CodeBlockKind, Event, LinkType, Options, Parser, Tag, TextMergeWithOffset,
};

use super::directive::{self, Part};
use super::directive_block;
use super::findings;
use super::index::{From, Index, PendingAnchor};
use super::tree::{Frame, Open};
use crate::diag::{Diagnostic, FileId, Span, TextSource};
use crate::model::{
    Alert, Align, Block, BlockKind, Doc, Excerpt, Footnote, Image, Inline, InlineKind, LinkTarget,
    PageId, Target, plain_text,
};
use crate::text::slug;

/// Blocks and inlines nested deeper than this are refused.
pub const DEEPEST: usize = 64;

/// What a body is read with.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    pub(super) file: FileId,
    pub(super) text: &'a str,
    /// The same to be kept.
    pub(super) shared: Option<&'a Arc<dyn TextSource>>,
    pub(super) index: &'a Index,
    pub(super) from: From<'a>,
    /// The page itself; `None` for a section's own page.
    pub(super) page: Option<PageId>,
    /// Channel and edition names.
    pub(super) audiences: &'a [String],
}

/// A body and what is still to be checked.
#[derive(Debug)]
pub(super) struct Body {
    pub(super) doc: Doc,
    pub(super) pending: Vec<PendingAnchor>,
}

/// Reads the body that begins at byte `start`.
pub(super) fn parse(context: Context<'_>, start: usize, diags: &mut Vec<Diagnostic>) -> Body {
    let parts = directive::split(context.file, context.text, start, diags);
    let whole = parts.len() == 1 && matches!(parts[0], Part::Text(..));
    let tail = if whole {
        String::new()
    } else {
        definitions(&context.text[start..])
    };
    let mut reader = Reader {
        context,
        tail,
        diags,
        pending: Vec::new(),
        ids: HashSet::new(),
        numbers: HashMap::new(),
        notes: Vec::new(),
    };
    let blocks = reader.parts(&parts);
    let footnotes = reader.notes;
    Body {
        doc: Doc { blocks, footnotes },
        pending: reader.pending,
    }
}

/// The lines that define links and footnotes: they hold for all parts of a text.
fn definitions(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let rest = line.trim_start_matches(' ');
        if line.len() - rest.len() <= 3 && rest.starts_with('[') && rest.contains("]:") {
            out.push_str("\n\n");
            out.push_str(rest);
        }
    }
    out
}

struct Reader<'a, 'd> {
    context: Context<'a>,
    tail: String,
    diags: &'d mut Vec<Diagnostic>,
    pending: Vec<PendingAnchor>,
    ids: HashSet<String>,
    numbers: HashMap<String, usize>,
    notes: Vec<Footnote>,
}

impl Reader<'_, '_> {
    fn parts(&mut self, parts: &[Part]) -> Vec<Block> {
        let mut out = Vec::new();
        for part in parts {
            match part {
                Part::Text(start, end) => out.extend(self.text(*start, *end)),
                Part::Directive(directive) => {
                    let blocks = self.parts(&directive.parts);
                    let kind = directive_block::read(self.context, directive, blocks, self.diags);
                    out.extend(kind.map(|kind| Block {
                        span: directive.span,
                        kind,
                    }));
                }
            }
        }
        out
    }

    /// Reads one piece of Markdown.
    fn text(&mut self, start: usize, end: usize) -> Vec<Block> {
        let piece = &self.context.text[start..end];
        let joined;
        let source = if self.tail.is_empty() {
            piece
        } else {
            joined = format!("{piece}{}", self.tail);
            &joined
        };
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_HEADING_ATTRIBUTES
            | Options::ENABLE_GFM
            | Options::ENABLE_DEFINITION_LIST
            | Options::ENABLE_WIKILINKS;
        let mut stack = vec![Open::new(
            Frame::Root,
            Span::new(self.context.file, start, end),
        )];
        let mut ignored = 0usize;
        for (event, range) in
            TextMergeWithOffset::new(Parser::new_ext(source, options).into_offset_iter())
        {
            if range.start >= piece.len() && range.end > piece.len() {
                break;
            }
            let span = Span::new(
                self.context.file,
                start + range.start,
                start + range.end.min(piece.len()),
            );
            match event {
                Event::Start(_) if ignored > 0 => ignored += 1,
                Event::End(_) if ignored > 0 => ignored -= 1,
                _ if ignored > 0 => {}
                Event::Start(_) if stack.len() > DEEPEST => {
                    self.diags.push(findings::nesting_too_deep(span, DEEPEST));
                    ignored = 1;
                }
                Event::Start(tag) => {
                    let frame = self.start(tag, span, &mut stack);
                    stack.push(Open::new(frame, span));
                }
                Event::End(_) => self.end(&mut stack),
                event => self.leaf(event, span, &mut stack),
            }
        }
        while stack.len() > 1 {
            self.end(&mut stack);
        }
        stack.pop().map(Open::into_blocks).unwrap_or_default()
    }

    fn start(&mut self, tag: Tag<'_>, span: Span, stack: &mut [Open]) -> Frame {
        match tag {
            Tag::Paragraph => {
                if let Some(open) = stack
                    .iter_mut()
                    .rev()
                    .find(|open| matches!(open.frame, Frame::List(_)))
                {
                    open.loose = true;
                }
                Frame::Paragraph
            }
            Tag::Heading { level, id, .. } => {
                Frame::Heading(level as u8, id.map(pulldown_cmark::CowStr::into_string))
            }
            Tag::BlockQuote(kind) => Frame::Quote(kind.map(alert)),
            Tag::CodeBlock(CodeBlockKind::Fenced(language)) => Frame::Code(language.into_string()),
            Tag::CodeBlock(CodeBlockKind::Indented) => Frame::Code(String::new()),
            Tag::HtmlBlock => {
                self.diags.push(findings::raw_html(self.trimmed(span)));
                Frame::Ignored
            }
            Tag::List(start) => Frame::List(start),
            Tag::Item => Frame::Item,
            Tag::FootnoteDefinition(label) => Frame::Footnote(label.into_string()),
            Tag::DefinitionList => Frame::Definitions,
            Tag::DefinitionListTitle => Frame::Term,
            Tag::DefinitionListDefinition => Frame::Detail,
            Tag::Table(aligns) => Frame::Table(aligns.into_iter().map(align).collect()),
            Tag::TableHead | Tag::TableRow => Frame::Row,
            Tag::TableCell => Frame::Cell,
            Tag::Emphasis => Frame::Emphasis,
            Tag::Strong => Frame::Strong,
            Tag::Strikethrough => Frame::Strike,
            Tag::Link { .. } | Tag::Image { .. } => self.link(tag, span),
            Tag::Superscript | Tag::Subscript | Tag::MetadataBlock(_) => Frame::Ignored,
        }
    }

    fn link(&mut self, tag: Tag<'_>, span: Span) -> Frame {
        match tag {
            Tag::Link {
                link_type: LinkType::WikiLink { has_pothole },
                dest_url,
                ..
            } => {
                let written = dest_url.strip_suffix('\\').unwrap_or(&dest_url);
                let target =
                    self.context
                        .index
                        .reference(written, span, self.context.from, self.diags);
                self.anchor_of(target.as_ref(), span);
                Frame::Reference(target, has_pothole)
            }
            Tag::Link {
                link_type,
                dest_url,
                ..
            } => {
                let url = if link_type == LinkType::Email {
                    format!("mailto:{dest_url}")
                } else {
                    dest_url.into_string()
                };
                let index = self.context.index;
                Frame::Link(index.link(
                    &url,
                    span,
                    self.context.from,
                    &mut self.pending,
                    self.diags,
                ))
            }
            Tag::Image {
                dest_url, title, ..
            } => {
                let asset =
                    self.context
                        .index
                        .asset(&dest_url, span, self.context.from.folder, self.diags);
                Frame::Image(asset, title.into_string())
            }
            _ => Frame::Ignored,
        }
    }

    fn anchor_of(&mut self, target: Option<&Target>, span: Span) {
        if let Some(Target::Page(page, Some(anchor))) = target {
            self.pending.push(PendingAnchor {
                page: Some(*page),
                anchor: anchor.clone(),
                span,
            });
        }
    }

    fn leaf(&mut self, event: Event<'_>, span: Span, stack: &mut [Open]) {
        if let Event::Text(text) = &event
            && is_permission(text)
        {
            drop_line(stack);
            return;
        }
        let kind = match event {
            Event::Text(text) => InlineKind::Text(self.words(&text, span)),
            Event::Code(text) => InlineKind::Code(text.into_string().into()),
            Event::SoftBreak => InlineKind::SoftBreak,
            Event::HardBreak => InlineKind::HardBreak,
            Event::FootnoteReference(label) => InlineKind::FootnoteMark(self.note(&label)),
            Event::Rule => {
                if let Some(open) = stack.last_mut() {
                    open.push_block(Block {
                        span,
                        kind: BlockKind::Rule,
                    });
                }
                return;
            }
            Event::TaskListMarker(done) => {
                if let Some(item) = stack
                    .iter_mut()
                    .rev()
                    .find(|open| matches!(open.frame, Frame::Item))
                {
                    item.task = Some(done);
                }
                return;
            }
            Event::InlineHtml(html) => {
                if !html.starts_with("</") {
                    self.diags.push(findings::raw_html(span));
                }
                return;
            }
            _ => return,
        };
        if let Some(open) = stack.last_mut() {
            let again = matches!(kind, InlineKind::SoftBreak) && open.inlines.is_empty();
            if !again {
                open.inlines.push(Inline { span, kind });
            }
        }
    }

    /// Words, which nearly always stand in the source just as they are.
    fn words(&self, words: &str, span: Span) -> Excerpt {
        let (start, end) = (span.start as usize, span.end as usize);
        let there = |text| Excerpt::of(text, start, end, words);
        self.context
            .shared
            .and_then(there)
            .unwrap_or_else(|| words.into())
    }

    /// The place of a footnote, in the order of first mention.
    fn note(&mut self, label: &str) -> usize {
        let found = self.notes.iter().position(|note| note.label == label);
        found.unwrap_or_else(|| {
            self.notes.push(Footnote {
                label: label.to_owned(),
                blocks: Vec::new(),
            });
            self.notes.len() - 1
        })
    }

    /// Closes the innermost frame and hands it to the one around it.
    fn end(&mut self, stack: &mut Vec<Open>) {
        let Some(closed) = stack.pop() else { return };
        let Some(around) = stack.last_mut() else {
            return;
        };
        match closed.frame {
            Frame::Heading(level, ref id) => {
                let id = self.heading_id(id.as_deref(), &closed.inlines);
                let kind = BlockKind::Heading {
                    level,
                    id: id.into(),
                    inlines: closed.inlines.into(),
                };
                around.push_block(Block {
                    span: self.trimmed(closed.span),
                    kind,
                });
            }
            Frame::Footnote(ref label) => {
                let place = self.note(label);
                self.notes[place].blocks = closed.into_blocks();
            }
            Frame::Image(asset, ref title) => {
                let alt = plain_text(&closed.inlines);
                if alt.trim().is_empty() {
                    self.diags.push(findings::missing_alt(closed.span));
                }
                if let Some(asset) = asset {
                    let kind = InlineKind::Image(Box::new(Image {
                        asset,
                        alt: alt.trim().to_owned(),
                        title: title.clone(),
                    }));
                    around.inlines.push(Inline {
                        span: closed.span,
                        kind,
                    });
                }
            }
            _ => closed.close_into(around),
        }
    }

    fn heading_id(&mut self, written: Option<&str>, inlines: &[Inline]) -> String {
        let words = written.map_or_else(|| slug(&plain_text(inlines)), slug);
        let base = if words.is_empty() {
            "muc".to_owned()
        } else {
            words
        };
        let mut id = base.clone();
        // Where the last heading of these words stopped counting.
        let mut number = self.numbers.get(&base).copied().unwrap_or(2);
        while !self.ids.insert(id.clone()) {
            id = format!("{base}-{number}");
            number += 1;
        }
        self.numbers.insert(base, number);
        id
    }

    /// A block's span without the line break at its end.
    fn trimmed(&self, span: Span) -> Span {
        let text = self
            .context
            .text
            .get(span.start as usize..span.end as usize)
            .unwrap_or_default();
        Span::new(
            span.file,
            span.start as usize,
            span.start as usize + text.trim_end().len(),
        )
    }
}

/// `[//]: # (loa: allow …)` inside a paragraph, where Markdown knows no link definitions.
fn is_permission(text: &str) -> bool {
    text.starts_with("[//]: # (loa: allow ") && text.trim_end().ends_with(')')
}

/// A line that is not shown takes the line break before it along.
fn drop_line(stack: &mut [Open]) {
    if let Some(open) = stack.last_mut()
        && matches!(open.inlines.last(), Some(last) if matches!(last.kind, InlineKind::SoftBreak))
    {
        open.inlines.pop();
    }
}

fn alert(kind: pulldown_cmark::BlockQuoteKind) -> Alert {
    use pulldown_cmark::BlockQuoteKind as Kind;
    match kind {
        Kind::Note => Alert::Note,
        Kind::Tip => Alert::Tip,
        Kind::Important => Alert::Important,
        Kind::Warning => Alert::Warning,
        Kind::Caution => Alert::Caution,
    }
}

fn align(alignment: Alignment) -> Align {
    match alignment {
        Alignment::None => Align::None,
        Alignment::Left => Align::Left,
        Alignment::Center => Align::Center,
        Alignment::Right => Align::Right,
    }
}

/// A link whose target was not found keeps its words.
pub(super) fn link_or_words(
    target: Option<LinkTarget>,
    inlines: Vec<Inline>,
) -> Result<InlineKind, Vec<Inline>> {
    match target {
        Some(target) => Ok(InlineKind::Link {
            target: Box::new(target),
            inlines: inlines.into(),
        }),
        None => Err(inlines),
    }
}
