//! An article as passages of plain words: what a channel without markup shows, and what can be looked for.

use super::marks::{Line, Mark, Meaning};
use crate::model::{
    AgendaItem, Block, BlockKind, Contact, ContactId, Definition, Doc, Inline, InlineKind,
    LinkTarget, Page, PageId, Row, Site, Target,
};

/// A passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Passage {
    /// What it is.
    pub(crate) sort: Sort,
    /// Its words; never empty.
    pub(crate) text: String,
    /// What parts of the words are besides words, outer parts first; empty unless asked for.
    pub(crate) marks: Vec<Mark>,
}

/// What a passage is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Sort {
    /// A heading of a level, as written.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// An item of a list: how deep, and what stands before it.
    Item(usize, String),
    /// A row of a table; whether it is the head. Its cells are marked.
    Row(bool),
    /// The caption of a picture.
    Caption,
}

/// For whom an article is read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reader<'a> {
    /// The site.
    pub(crate) site: &'a Site,
    /// The edition, for parts that only some have.
    pub(crate) edition: &'a str,
    /// The language of what is looked up.
    pub(crate) language: &'a str,
}

impl Reader<'_> {
    /// The passages of a body, as a reader on the web has them; footnotes last.
    pub(crate) fn passages(self, doc: &Doc) -> Vec<Passage> {
        self.read(doc, false)
    }

    /// The same for print, where nothing is struck out, with what the words are besides.
    pub(crate) fn marked(self, doc: &Doc) -> Vec<Passage> {
        self.read(doc, true)
    }

    fn read(self, doc: &Doc, marked: bool) -> Vec<Passage> {
        let mut out = Passages {
            reader: self,
            marked,
            depth: 0,
            out: Vec::new(),
        };
        out.blocks(&doc.blocks);
        for (note, number) in doc.footnotes.iter().zip(1..) {
            let first = out.out.len();
            out.blocks(&note.blocks);
            if let Some(passage) = out.out.get_mut(first) {
                passage.begin_with(&format!("[{number}] "));
            }
        }
        out.out
    }

    /// The words of inlines on one line, with what references stand for.
    fn push(self, inlines: &[Inline], out: &mut Line) {
        for inline in inlines {
            match &inline.kind {
                InlineKind::Text(text) | InlineKind::Code(text) => out.push(text),
                InlineKind::Emphasis(inner) => {
                    out.within(|| Meaning::Emphasis, |out| self.push(inner, out));
                }
                InlineKind::Strong(inner) => {
                    out.within(|| Meaning::Strong, |out| self.push(inner, out));
                }
                InlineKind::Strike(_) if out.is_marked() => {}
                InlineKind::Strike(inner) => self.push(inner, out),
                InlineKind::Link { inlines, target } => {
                    let link = || Meaning::Link(LinkTarget::clone(target));
                    out.within(link, |out| self.push(inlines, out));
                }
                InlineKind::Image(image) => out.push(&image.alt),
                InlineKind::Reference { target, words } => {
                    self.reference(target, words.as_deref(), out);
                }
                InlineKind::SoftBreak | InlineKind::HardBreak => out.push(" "),
                InlineKind::FootnoteMark(place) => out.push(&format!(" [{}]", place + 1)),
            }
        }
    }

    fn reference(self, target: &Target, words: Option<&[Inline]>, out: &mut Line) {
        match (target, words) {
            (Target::Page(id, anchor), words) => {
                let link = || Meaning::Link(LinkTarget::Page(*id, anchor.clone()));
                out.within(link, |out| match words {
                    Some(words) => self.push(words, out),
                    None => out.push(&self.site.page(*id).meta.title),
                });
            }
            (Target::Document(..), Some(words)) => self.push(words, out),
            (Target::Document(id, pinpoint), None) => {
                let document = self.site.facts.document(*id);
                out.push(&document.cited(pinpoint.as_deref(), self.language));
            }
            (Target::Contact(id), words) => {
                let before = out.text().len();
                let contact = self.contact(*id);
                match words {
                    Some(words) => self.push(words, out),
                    None => out.push(&contact.name),
                }
                if let Some(phone) = contact.phone
                    && !out.text()[before..].contains(&phone.display)
                {
                    out.push(" ");
                    let dial = || Meaning::Link(LinkTarget::Web(format!("tel:{}", phone.dial)));
                    out.within(dial, |out| out.push(&phone.display));
                }
            }
        }
    }

    fn contact(self, id: ContactId) -> Contact {
        self.site.facts.contact_for(id, None, self.language)
    }

    /// A contact on one line.
    fn card(self, id: ContactId) -> String {
        let contact = self.contact(id);
        let phone = contact.phone.map(|phone| phone.display);
        let parts = [phone, contact.hours, contact.address, contact.url];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        if parts.is_empty() {
            contact.name
        } else {
            format!("{}: {}", contact.name, parts.join(", "))
        }
    }
}

impl Passage {
    /// Puts words before the others.
    fn begin_with(&mut self, words: &str) {
        self.text.insert_str(0, words);
        for mark in &mut self.marks {
            mark.start += words.len();
            mark.end += words.len();
        }
    }
}

struct Passages<'a> {
    reader: Reader<'a>,
    /// Whether what words are besides is noted.
    marked: bool,
    /// How many lists are around.
    depth: usize,
    out: Vec<Passage>,
}

impl Passages<'_> {
    fn add(&mut self, sort: Sort, text: &str) {
        let mut line = Line::new(false);
        line.push(text);
        self.add_line(sort, line);
    }

    fn add_words(&mut self, sort: Sort, inlines: &[Inline]) {
        let mut line = Line::new(self.marked);
        self.reader.push(inlines, &mut line);
        self.add_line(sort, line);
    }

    fn add_line(&mut self, sort: Sort, line: Line) {
        let (text, marks) = line.finish();
        if !text.is_empty() {
            self.out.push(Passage { sort, text, marks });
        }
    }

    /// Words between cells that have any are told apart; cells are marked, empty ones too.
    fn row(&mut self, row: &Row, is_head: bool) {
        let mut line = Line::new(self.marked);
        let mut first = true;
        for cell in row {
            let mut words = Line::new(self.marked);
            self.reader.push(cell, &mut words);
            if !words.text().is_empty() && !std::mem::take(&mut first) {
                line.push(" | ");
            }
            line.within(|| Meaning::Cell, |line| self.reader.push(cell, line));
        }
        self.add_line(Sort::Row(is_head), line);
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match &block.kind {
            BlockKind::Paragraph(inlines) => self.paragraph(inlines),
            BlockKind::Heading { level, inlines, .. } => {
                self.add_words(Sort::Heading(*level), inlines);
            }
            BlockKind::List { start, items, .. } => {
                for (item, place) in items.iter().zip(0..) {
                    let mark =
                        start.map_or_else(|| "–".to_owned(), |one| format!("{}.", one + place));
                    self.item(&mark, &item.blocks);
                }
            }
            BlockKind::Quote(blocks) | BlockKind::Alert { blocks, .. } => self.blocks(blocks),
            BlockKind::Code { text, .. } => self.add(Sort::Paragraph, text),
            BlockKind::Table(table) => {
                self.row(&table.head, true);
                for row in &table.rows {
                    self.row(row, false);
                }
            }
            BlockKind::Definitions(list) => list.iter().for_each(|one| self.definition(one)),
            BlockKind::Only { filter, blocks } if filter.admits(self.reader.edition, "web") => {
                self.blocks(blocks);
            }
            BlockKind::Only { .. } | BlockKind::Recap(_) | BlockKind::Rule => {}
            BlockKind::Contacts(ids) => {
                for id in ids {
                    let card = self.reader.card(*id);
                    self.add(Sort::Item(0, "–".to_owned()), &card);
                }
            }
            BlockKind::Programme(page) => self.programme(*page),
        }
    }

    fn paragraph(&mut self, inlines: &[Inline]) {
        if let [
            Inline {
                kind: InlineKind::Image(image),
                ..
            },
        ] = inlines
        {
            let caption = if image.title.is_empty() {
                &image.alt
            } else {
                &image.title
            };
            return self.add(Sort::Caption, caption);
        }
        self.add_words(Sort::Paragraph, inlines);
    }

    /// The first passage of an item carries its mark; the others are those of any text.
    fn item(&mut self, mark: &str, blocks: &[Block]) {
        let (first, depth) = (self.out.len(), self.depth);
        self.depth += 1;
        self.blocks(blocks);
        self.depth = depth;
        if let Some(passage) = self.out.get_mut(first)
            && passage.sort == Sort::Paragraph
        {
            passage.sort = Sort::Item(depth, mark.to_owned());
        }
    }

    fn definition(&mut self, definition: &Definition) {
        self.add_words(Sort::Paragraph, &definition.term);
        for detail in &definition.details {
            self.item("–", detail);
        }
    }

    fn programme(&mut self, page: PageId) {
        for line in agenda(self.reader.site.page(page)) {
            self.add(Sort::Item(0, "–".to_owned()), &line);
        }
    }
}

/// The agenda of a page, line by line.
pub(crate) fn agenda(page: &Page) -> Vec<String> {
    let items = page.meta.programme.iter().flat_map(|event| &event.items);
    let line = |item: &AgendaItem| {
        let who = item.who.as_ref().map(|who| format!(" ({who})"));
        let at = format!("{:02}:{:02}", item.at.hour(), item.at.minute());
        format!("{at} {}{}", item.what, who.unwrap_or_default())
    };
    items.map(line).collect()
}
