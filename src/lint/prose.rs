//! The words of a page as a writer wrote them, each with its place in the source.
//!
//! A page is walked once; all checks of words read what came out of it. A [`Passage`] is what stands
//! together: a paragraph, a heading, a cell, a value of front matter. References stand in it as one
//! [`REFERENCE`] character, since their words come from elsewhere.

use std::ops::Range;

use super::citation::{self, Citation};
use super::names::{self, Names};
use super::phone::{self, Typed};
use super::words::Words;
use crate::diag::{FileId, Sources, Span};
use crate::model::{
    Block, BlockKind, Doc, Filter, Inline, InlineKind, LinkTarget, Meta, Page, Section, Site,
    Target,
};

/// The language whose words are looked at one by one.
const VIETNAMESE: &str = "vi";

/// The channel that is heard.
pub(super) const SPEECH: &str = "speech";

/// The names of the editions that are read out.
pub(super) fn audiences(site: &Site) -> Vec<&str> {
    let spoken = site.config.editions.iter();
    let spoken = spoken.filter(|edition| edition.channel == SPEECH);
    spoken.map(|edition| edition.name.as_str()).collect()
}

/// What is looked for in the words of all pages.
#[derive(Debug)]
pub(super) struct Sought<'s> {
    audiences: Vec<&'s str>,
    names: Names,
}

impl<'s> Sought<'s> {
    pub(super) fn of(site: &'s Site) -> Sought<'s> {
        let former = names::former(site).into_iter();
        Sought {
            audiences: audiences(site),
            names: Names::new(former.map(|former| former.name.as_str())),
        }
    }
}

/// What stands for a reference without words of its own, and for words that are struck out.
pub(super) const REFERENCE: char = '\u{fffc}';

/// Where in a page a passage stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// The headline.
    Title,
    /// The lead.
    Summary,
    /// Another value of front matter.
    Field,
    /// Headings, paragraphs, items, definitions.
    Body,
    /// A cell of a table.
    Cell,
}

/// Words that stand together.
#[derive(Debug)]
pub(super) struct Passage<'a> {
    pub(super) part: Part,
    /// Whether a script reads it.
    pub(super) heard: bool,
    pub(super) text: String,
    pieces: Vec<Piece<'a>>,
}

/// A run of text from one place of the source.
#[derive(Debug)]
struct Piece<'a> {
    /// First byte in the passage.
    start: usize,
    span: Span,
    /// Whether source and text are the same, byte for byte.
    exact: bool,
    /// Whether it is the words of a telephone link or of a reference to nothing: those are looked at elsewhere.
    cited: bool,
    reference: Option<&'a Target>,
}

/// The words of a page, or of a section's own page.
#[derive(Debug)]
pub struct Prose<'a> {
    pub(super) sources: &'a Sources,
    pub(super) language: &'a str,
    /// `None` for a section's own page.
    pub(super) page: Option<&'a Page>,
    pub(super) passages: Vec<Passage<'a>>,
    /// What was found among single words; nothing where they are not Vietnamese.
    pub(super) words: Words,
    /// Telephone numbers that were typed, in order.
    pub(super) phones: Vec<(Span, Typed)>,
    /// Numbers of legal acts that were typed, in order.
    pub(super) citations: Vec<(Span, Citation)>,
}

impl<'a> Prose<'a> {
    /// The words of a page.
    pub(super) fn of_page(page: &'a Page, sources: &'a Sources, sought: &Sought<'_>) -> Prose<'a> {
        let all = page.meta.editions.is_none();
        let mut audiences = sought.audiences.iter();
        let heard = all || page.is_in("", SPEECH) || audiences.any(|a| page.is_in(a, ""));
        let mut walk = Walk::new(sources, sought, page.file, heard);
        walk.head(&page.meta, page.span);
        walk.doc(page.doc());
        walk.finish(&page.language, Some(page))
    }

    /// The words of a section's own page, which is never read out.
    pub(super) fn of_section(
        section: &'a Section,
        sources: &'a Sources,
        sought: &Sought<'_>,
    ) -> Prose<'a> {
        let mut walk = Walk::new(sources, sought, section.span.file, false);
        walk.head(&section.meta, section.span);
        walk.doc(section.doc());
        walk.finish(&section.language, None)
    }

    /// Whether the words are Vietnamese.
    pub(super) fn is_vietnamese(&self) -> bool {
        self.language == VIETNAMESE
    }
}

impl<'a> Passage<'a> {
    /// Where a part of the text stands in the source, as closely as can be told.
    pub(super) fn span(&self, range: Range<usize>, sources: &Sources) -> Span {
        let first = self.piece(range.start);
        let last = self.piece(range.end.saturating_sub(1).max(range.start));
        let (from, to) = (&self.pieces[first], &self.pieces[last]);
        if first == last && !from.exact {
            return self.near(first, &range, sources);
        }
        let start = if from.exact {
            from.span.start as usize + (range.start - from.start)
        } else {
            from.span.start as usize
        };
        let end = if to.exact {
            to.span.start as usize + (range.end - to.start)
        } else {
            to.span.end as usize
        };
        Span::new(from.span.file, start, end)
    }

    /// The same words in a source that differs from the text: the first, second, … time alike.
    fn near(&self, piece: usize, range: &Range<usize>, sources: &Sources) -> Span {
        let Piece { start, span, .. } = self.pieces[piece];
        let needle = &self.text[range.clone()];
        let before = self.text[start..range.start].matches(needle).count();
        let slice = sources.slice(span);
        match slice.match_indices(needle).nth(before) {
            Some((at, _)) if !needle.is_empty() => {
                let from = span.start as usize + at;
                Span::new(span.file, from, from + needle.len())
            }
            _ => span,
        }
    }

    /// The place of the piece that holds a byte.
    fn piece(&self, at: usize) -> usize {
        let after = self.pieces.partition_point(|piece| piece.start <= at);
        after.saturating_sub(1)
    }

    /// Whether a part of the text touches words that belong to a reference.
    fn is_cited(&self, range: &Range<usize>) -> bool {
        let first = self.piece(range.start);
        self.pieces[first..]
            .iter()
            .take_while(|piece| piece.start < range.end)
            .any(|piece| piece.cited)
    }

    /// The references in a part of the text, each with its place in it.
    pub(super) fn references(
        &self,
        range: Range<usize>,
    ) -> impl Iterator<Item = (usize, &'a Target)> {
        let first = self
            .pieces
            .partition_point(|piece| piece.start < range.start);
        self.pieces[first..]
            .iter()
            .take_while(move |piece| piece.start < range.end)
            .filter_map(|piece| piece.reference.map(|target| (piece.start, target)))
    }

    /// Whether it has references.
    pub(super) fn has_references(&self) -> bool {
        self.pieces.iter().any(|piece| piece.reference.is_some())
    }

    /// Every reference with words of its own or without, and where it is written.
    pub(super) fn targets(&self) -> impl Iterator<Item = (Span, &'a Target)> {
        self.pieces
            .iter()
            .filter_map(|piece| piece.reference.map(|target| (piece.span, target)))
    }
}

struct Walk<'a, 'n> {
    sources: &'a Sources,
    sought: &'n Sought<'n>,
    file: FileId,
    heard: bool,
    passages: Vec<Passage<'a>>,
    /// Numbers of `tel:` links.
    dialled: Vec<(Span, Typed)>,
}

impl<'a, 'n> Walk<'a, 'n> {
    fn new(
        sources: &'a Sources,
        sought: &'n Sought<'n>,
        file: FileId,
        heard: bool,
    ) -> Walk<'a, 'n> {
        Walk {
            sources,
            sought,
            file,
            heard,
            passages: Vec::new(),
            dialled: Vec::new(),
        }
    }

    /// The words of front matter.
    fn head(&mut self, meta: &'a Meta, front: Span) {
        self.value(Part::Title, &meta.title, meta.title_span, &mut 0);
        self.value(Part::Summary, &meta.summary, meta.summary_span, &mut 0);
        if let Some(programme) = &meta.programme {
            let mut from = 0;
            self.value(Part::Field, &programme.place, programme.span, &mut from);
            for item in &programme.items {
                self.value(Part::Field, &item.what, programme.span, &mut from);
                let who = item.who.as_deref().unwrap_or_default();
                self.value(Part::Field, who, programme.span, &mut from);
            }
        }
        let alt = meta.image.as_ref().map(|image| image.alt.as_str());
        for value in [alt, meta.print.headline.as_deref()].into_iter().flatten() {
            self.value(Part::Field, value, front, &mut 0);
        }
    }

    /// A value of front matter; `from` is where in the span to look for it, and then what follows it.
    fn value(&mut self, part: Part, text: &str, span: Span, from: &mut usize) {
        if text.is_empty() {
            return;
        }
        let rest = self.sources.slice(span).get(*from..).unwrap_or_default();
        // Nearly always it is all that stands there, perhaps in quotation marks.
        let near = [0, 1].into_iter().find(|at| {
            let rest = rest.get(*at..);
            rest.is_some_and(|rest| rest.starts_with(text))
        });
        let found = near.or_else(|| rest.find(text)).map(|at| *from + at);
        let span = match found {
            Some(at) if span.file == self.file => {
                *from = at + text.len();
                let start = span.start as usize + at;
                Span::new(span.file, start, start + text.len())
            }
            _ => span,
        };
        let mut passage = self.passage(part);
        self.push(&mut passage, text, span, false);
        self.passages.push(passage);
    }

    fn doc(&mut self, doc: &'a Doc) {
        self.blocks(&doc.blocks);
        let heard = std::mem::replace(&mut self.heard, false);
        for note in &doc.footnotes {
            self.blocks(&note.blocks);
        }
        self.heard = heard;
    }

    fn blocks(&mut self, blocks: &'a [Block]) {
        for block in blocks {
            match &block.kind {
                BlockKind::Paragraph(inlines) | BlockKind::Heading { inlines, .. } => {
                    self.run(Part::Body, inlines);
                }
                BlockKind::List { items, .. } => {
                    for item in items {
                        self.blocks(&item.blocks);
                    }
                }
                BlockKind::Quote(inner)
                | BlockKind::Alert { blocks: inner, .. }
                | BlockKind::Recap(inner) => self.blocks(inner),
                BlockKind::Table(table) => {
                    let cells = table.cells();
                    cells.for_each(|cell| self.run(Part::Cell, cell));
                }
                BlockKind::Definitions(list) => {
                    for definition in list {
                        self.run(Part::Body, &definition.term);
                        definition.details.iter().for_each(|one| self.blocks(one));
                    }
                }
                BlockKind::Only { filter, blocks } => {
                    let heard = self.heard;
                    self.heard &= self.is_heard(filter);
                    self.blocks(blocks);
                    self.heard = heard;
                }
                BlockKind::Code { .. }
                | BlockKind::Rule
                | BlockKind::Contacts(_)
                | BlockKind::Programme(_) => {}
            }
        }
    }

    fn is_heard(&self, filter: &Filter) -> bool {
        let admits = |name: &&str| filter.admits(name, SPEECH);
        filter.admits("", SPEECH) || self.sought.audiences.iter().any(admits)
    }

    fn run(&mut self, part: Part, inlines: &'a [Inline]) {
        let mut passage = self.passage(part);
        if let (Some(first), Some(last)) = (inlines.first(), inlines.last()) {
            // Room for all at once: the words are hardly ever longer than their source.
            let bytes = last.span.end.saturating_sub(first.span.start);
            passage.text.reserve(bytes as usize);
            passage.pieces.reserve(inlines.len());
        }
        self.inlines(inlines, &mut passage, false);
        if !passage.text.is_empty() {
            self.passages.push(passage);
        }
    }

    fn inlines(&mut self, inlines: &'a [Inline], to: &mut Passage<'a>, cited: bool) {
        for inline in inlines {
            let span = inline.span;
            match &inline.kind {
                InlineKind::Text(text) | InlineKind::Code(text) => {
                    self.push(to, text, span, cited || self.is_unresolved(span));
                }
                InlineKind::Emphasis(inner) | InlineKind::Strong(inner) => {
                    self.inlines(inner, to, cited);
                }
                InlineKind::Strike(_) => Self::mark(to, span, None),
                InlineKind::Link { target, inlines } => {
                    let dialled = matches!(&**target, LinkTarget::Web(url) if self.dial(url, span));
                    self.inlines(inlines, to, cited || dialled);
                }
                InlineKind::Image(image) => self.push(to, &image.alt, span, cited),
                InlineKind::Reference {
                    target,
                    words: None,
                } => Self::mark(to, span, Some(target)),
                InlineKind::Reference {
                    target,
                    words: Some(words),
                } => {
                    let first = to.pieces.len();
                    // Readers see these words, and nobody else looks a number in them up.
                    self.inlines(words, to, cited);
                    if let Some(piece) = to.pieces.get_mut(first) {
                        piece.reference = Some(target);
                    }
                }
                InlineKind::SoftBreak | InlineKind::HardBreak => self.push(to, " ", span, cited),
                InlineKind::FootnoteMark(_) => {}
            }
        }
    }

    /// Whether a text is the target of a reference that leads nowhere, which is an error of its own.
    fn is_unresolved(&self, span: Span) -> bool {
        let before = self.sources.text(span.file).get(..span.start as usize);
        before.is_some_and(|before| before.ends_with("[["))
    }

    /// Notes the number of a `tel:` link.
    fn dial(&mut self, url: &str, span: Span) -> bool {
        let number = url
            .get(..4)
            .filter(|scheme| scheme.eq_ignore_ascii_case("tel:"));
        let typed = number.and_then(|_| phone::dialled(&url[4..]));
        let found = typed.is_some();
        self.dialled.extend(typed.map(|typed| (span, typed)));
        found
    }

    fn passage(&self, part: Part) -> Passage<'a> {
        Passage {
            part,
            heard: self.heard,
            text: String::new(),
            pieces: Vec::new(),
        }
    }

    fn push(&self, to: &mut Passage<'a>, text: &str, span: Span, cited: bool) {
        if text.is_empty() {
            return;
        }
        to.pieces.push(Piece {
            start: to.text.len(),
            span,
            exact: self.sources.slice(span) == text,
            cited,
            reference: None,
        });
        to.text.push_str(text);
    }

    /// What has no words of its own here.
    fn mark(to: &mut Passage<'a>, span: Span, reference: Option<&'a Target>) {
        to.pieces.push(Piece {
            start: to.text.len(),
            span,
            exact: false,
            cited: true,
            reference,
        });
        to.text.push(REFERENCE);
    }

    fn finish(self, language: &'a str, page: Option<&'a Page>) -> Prose<'a> {
        let words = if language == VIETNAMESE {
            let texts = self.passages.iter().map(|passage| passage.text.as_str());
            Words::of(texts, &self.sought.names)
        } else {
            Words::default()
        };
        let mut phones = self.dialled;
        let mut citations = Vec::new();
        for passage in &self.passages {
            if phone::next_digit(&passage.text, 0).is_none() {
                continue;
            }
            let urls = phone::addresses(&passage.text);
            let outside = |range: &Range<usize>| {
                let url = urls.partition_point(|url| url.end <= range.start);
                urls.get(url).is_none_or(|url| url.start >= range.end) && !passage.is_cited(range)
            };
            let acts = citation::citations(&passage.text);
            for typed in phone::phones(&passage.text) {
                let inside = acts.partition_point(|act| act.range.end <= typed.range.start);
                let own = acts
                    .get(inside)
                    .is_none_or(|act| act.range.start >= typed.range.end);
                if own && outside(&typed.range) {
                    phones.push((passage.span(typed.range.clone(), self.sources), typed));
                }
            }
            for act in acts.into_iter().filter(|act| outside(&act.range)) {
                citations.push((passage.span(act.range.clone(), self.sources), act));
            }
        }
        phones.sort_by_key(|(span, _)| span.start);
        Prose {
            sources: self.sources,
            language,
            page,
            passages: self.passages,
            words,
            phones,
            citations,
        }
    }
}
