//! An article as passages of plain words: what a channel without markup shows, and what can be looked for.

use crate::model::{
    AgendaItem, Block, BlockKind, Contact, ContactId, Definition, Doc, Inline, InlineKind, Page,
    PageId, Site, Target,
};

/// A passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Passage {
    /// What it is.
    pub(crate) sort: Sort,
    /// Its words; never empty.
    pub(crate) text: String,
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
    /// A row of a table.
    Row,
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
        let mut out = Passages {
            reader: self,
            depth: 0,
            out: Vec::new(),
        };
        out.blocks(&doc.blocks);
        for (note, number) in doc.footnotes.iter().zip(1..) {
            let first = out.out.len();
            out.blocks(&note.blocks);
            if let Some(passage) = out.out.get_mut(first) {
                passage.text.insert_str(0, &format!("[{number}] "));
            }
        }
        out.out
    }

    /// The words of inlines on one line, with what references stand for.
    pub(crate) fn words(self, inlines: &[Inline]) -> String {
        let mut out = String::new();
        self.push(inlines, &mut out);
        out
    }

    fn push(self, inlines: &[Inline], out: &mut String) {
        for inline in inlines {
            match &inline.kind {
                InlineKind::Text(text) | InlineKind::Code(text) => out.push_str(text),
                InlineKind::Emphasis(inner)
                | InlineKind::Strong(inner)
                | InlineKind::Strike(inner)
                | InlineKind::Link { inlines: inner, .. } => self.push(inner, out),
                InlineKind::Image(image) => out.push_str(&image.alt),
                InlineKind::Reference { target, words } => {
                    self.reference(target, words.as_deref(), out);
                }
                InlineKind::SoftBreak | InlineKind::HardBreak => out.push(' '),
                InlineKind::FootnoteMark(place) => out.push_str(&format!(" [{}]", place + 1)),
            }
        }
    }

    fn reference(self, target: &Target, words: Option<&[Inline]>, out: &mut String) {
        let before = out.len();
        if let Some(words) = words {
            self.push(words, out);
        }
        match target {
            Target::Page(id, _) if words.is_none() => {
                out.push_str(&self.site.page(*id).meta.title);
            }
            Target::Document(id, pinpoint) if words.is_none() => {
                let document = self.site.facts.document(*id);
                out.push_str(&document.cited(pinpoint.as_deref(), self.language));
            }
            Target::Contact(id) => {
                let contact = self.contact(*id);
                if words.is_none() {
                    out.push_str(&contact.name);
                }
                if let Some(phone) = contact.phone
                    && !out[before..].contains(&phone.display)
                {
                    out.push(' ');
                    out.push_str(&phone.display);
                }
            }
            Target::Page(..) | Target::Document(..) => {}
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

struct Passages<'a> {
    reader: Reader<'a>,
    /// How many lists are around.
    depth: usize,
    out: Vec<Passage>,
}

impl Passages<'_> {
    fn add(&mut self, sort: Sort, text: &str) {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() {
            self.out.push(Passage { sort, text });
        }
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
                self.add(Sort::Heading(*level), &self.reader.words(inlines));
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
                for row in std::iter::once(&table.head).chain(&table.rows) {
                    let cells = row.iter().map(|cell| self.reader.words(cell));
                    let cells: Vec<String> = cells.filter(|cell| !cell.is_empty()).collect();
                    self.add(Sort::Row, &cells.join(" | "));
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
        self.add(Sort::Paragraph, &self.reader.words(inlines));
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
        self.add(Sort::Paragraph, &self.reader.words(&definition.term));
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
