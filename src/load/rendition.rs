//! What an approval is bound to: everything that the public reads or hears of a page, as plain lines.
//!
//! The rendition is never shown to readers; only its digest is kept. Two texts with one rendition are the
//! same text to the public. One line holds one block and begins with its kind, so that no word can move
//! from one block to another unseen; inside a line a mark begins with a backslash, and a backslash of the
//! text is doubled. Spaces and line breaks in a row are one space. What is in, what is out and why is
//! written down in `docs/decisions/0020-what-an-approval-is-bound-to.md`.

use std::collections::BTreeMap;

use crate::diag::Span;
use crate::model::{
    AssetId, Block, BlockKind, ContactId, Definition, DocumentId, Filter, Inline, InlineKind,
    LinkTarget, ListItem, Page, PageId, Programme, Row, SectionId, Site, Target,
};

/// The first line. Whoever changes what a rendition holds raises the number: all approvals become void.
const VERSION: &str = "loa approval 1";

/// A page as plain lines, and what it draws on.
#[derive(Debug)]
pub(super) struct Rendition {
    /// The lines, without the digests of the files.
    pub(super) text: String,
    /// Pictures and files in the order of their first mention; `file 1` is the first.
    pub(super) assets: Vec<AssetId>,
    /// Where the facts that it uses are written.
    pub(super) facts: Vec<Span>,
}

/// Writes the rendition of a page.
pub(super) fn rendition(site: &Site, page: &Page) -> Rendition {
    let mut writer = Writer {
        site,
        language: &page.language,
        out: format!("{VERSION}\n"),
        numbers: BTreeMap::new(),
        assets: Vec::new(),
        facts: Vec::new(),
    };
    writer.head(page);
    writer.blocks(&page.doc().blocks);
    for footnote in &page.doc().footnotes {
        writer.group("footnote", |writer| writer.blocks(&footnote.blocks));
    }
    Rendition {
        text: writer.out,
        assets: writer.assets,
        facts: writer.facts,
    }
}

struct Writer<'a> {
    site: &'a Site,
    language: &'a str,
    out: String,
    /// The number of each file that was mentioned.
    numbers: BTreeMap<AssetId, usize>,
    assets: Vec<AssetId>,
    facts: Vec<Span>,
}

impl Writer<'_> {
    fn head(&mut self, page: &Page) {
        let meta = &page.meta;
        self.words("language", &page.language);
        self.words("title", &meta.title);
        self.words("summary", &meta.summary);
        self.optional("headline", meta.print.headline.as_deref());
        self.optional("author", meta.author.as_deref());
        self.optional("source", meta.source.as_deref());
        self.optional("video", meta.video.as_deref());
        for (written, spoken) in &meta.speech.say {
            let line = format!("{}\\|{}", escaped(written), escaped(spoken));
            self.line("say", &line);
        }
        if let Some(picture) = &meta.image {
            let credit = escaped(picture.credit.as_deref().unwrap_or_default());
            let file = self.file(picture.asset);
            let line = format!("{}\\|{credit}\\|{file}", escaped(&picture.alt));
            self.line("picture", &line);
        }
        if let Some(event) = &meta.programme {
            self.group("programme", |writer| writer.event(event));
        }
    }

    fn event(&mut self, event: &Programme) {
        self.words("starts", &event.starts.to_string());
        let ends = event.ends.map(|ends| ends.to_string());
        self.optional("ends", ends.as_deref());
        self.words("place", &event.place);
        for item in &event.items {
            let minutes = item.minutes.map(|minutes| minutes.to_string());
            let line = format!(
                "{}\\|{}\\|{}\\|{}",
                item.at,
                minutes.unwrap_or_default(),
                escaped(&item.what),
                escaped(item.who.as_deref().unwrap_or_default()),
            );
            self.line("item", &line);
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(&block.kind);
        }
    }

    fn block(&mut self, block: &BlockKind) {
        match block {
            BlockKind::Paragraph(inlines) => self.inlines("paragraph", inlines),
            BlockKind::Heading { level, inlines, .. } => {
                self.inlines(&format!("heading {level}"), inlines);
            }
            BlockKind::List { start, items, .. } => self.list(*start, items),
            BlockKind::Quote(blocks) => self.group("quote", |writer| writer.blocks(blocks)),
            BlockKind::Alert { kind, blocks } => {
                self.group(&format!("alert {}", kind.name()), |writer| {
                    writer.blocks(blocks);
                });
            }
            BlockKind::Code { text, .. } => self.code(text),
            BlockKind::Table(table) => self.table(&table.head, &table.rows),
            BlockKind::Definitions(definitions) => self.definitions(definitions),
            BlockKind::Rule => self.out.push_str("rule\n"),
            BlockKind::Only { filter, blocks } => {
                self.group(&audience(filter), |writer| writer.blocks(blocks));
            }
            BlockKind::Contacts(contacts) => self.group("contacts", |writer| {
                for contact in contacts {
                    let line = writer.contact(*contact);
                    writer.line("contact", &line);
                }
            }),
            BlockKind::Programme(page) => self.agenda(*page),
            BlockKind::Recap(blocks) => self.group("recap", |writer| writer.blocks(blocks)),
        }
    }

    fn list(&mut self, start: Option<u64>, items: &[ListItem]) {
        let name = start.map_or_else(|| "list".to_owned(), |first| format!("list {first}"));
        self.group(&name, |writer| {
            for item in items {
                let name = match item.task {
                    None => "item",
                    Some(true) => "item done",
                    Some(false) => "item open",
                };
                writer.group(name, |writer| writer.blocks(&item.blocks));
            }
        });
    }

    /// In preformatted text every space and line break counts.
    fn code(&mut self, text: &str) {
        self.group("code", |writer| {
            for line in text.lines() {
                writer.out.push('|');
                writer.out.push_str(line);
                writer.out.push('\n');
            }
        });
    }

    fn table(&mut self, head: &Row, rows: &[Row]) {
        self.group("table", |writer| {
            for (name, row) in
                std::iter::once(("head", head)).chain(rows.iter().map(|row| ("row", row)))
            {
                writer.group(name, |writer| {
                    for cell in row {
                        writer.inlines("cell", cell);
                    }
                });
            }
        });
    }

    fn definitions(&mut self, definitions: &[Definition]) {
        for definition in definitions {
            self.inlines("term", &definition.term);
            for detail in &definition.details {
                self.group("detail", |writer| writer.blocks(detail));
            }
        }
    }

    /// The agenda of this page or of another, which then counts as a fact.
    fn agenda(&mut self, id: PageId) {
        let page = self.site.page(id);
        self.group("agenda", |writer| {
            writer.words("title", &page.meta.title);
            if let Some(event) = &page.meta.programme {
                writer.facts.push(event.span);
                writer.event(event);
            }
        });
    }

    fn inlines(&mut self, name: &str, inlines: &[Inline]) {
        let mut line = String::new();
        self.push(inlines, &mut line);
        self.line(name, &line);
    }

    /// Adds inlines to a line; emphasis is how words look, not what they say.
    fn push(&mut self, inlines: &[Inline], line: &mut String) {
        for inline in inlines {
            match &inline.kind {
                InlineKind::Text(text) | InlineKind::Code(text) => push_escaped(text, line),
                InlineKind::Emphasis(inner) | InlineKind::Strong(inner) => self.push(inner, line),
                InlineKind::Strike(inner) => {
                    line.push_str("\\del(");
                    self.push(inner, line);
                    line.push_str("\\)");
                }
                InlineKind::Link { target, inlines } => {
                    line.push_str("\\link(");
                    self.push(inlines, line);
                    line.push_str("\\|");
                    line.push_str(&self.link(target));
                    line.push_str("\\)");
                }
                InlineKind::Image(image) => {
                    let (alt, title) = (escaped(&image.alt), escaped(&image.title));
                    let file = self.file(image.asset);
                    line.push_str(&format!("\\image({alt}\\|{title}\\|{file}\\)"));
                }
                InlineKind::Reference { target, words } => {
                    self.reference(target, words.as_deref(), line);
                }
                InlineKind::SoftBreak => line.push(' '),
                InlineKind::HardBreak => line.push_str("\\break"),
                InlineKind::FootnoteMark(place) => line.push_str(&format!("\\note({place}\\)")),
            }
        }
    }

    fn reference(&mut self, target: &Target, words: Option<&[Inline]>, line: &mut String) {
        line.push_str("\\reference(");
        if let Some(words) = words {
            self.push(words, line);
        }
        line.push_str("\\|");
        match target {
            Target::Page(id, anchor) => {
                if words.is_none() {
                    push_escaped(&self.site.page(*id).meta.title, line);
                }
                line.push_str("\\|page ");
                push_escaped(&self.page_path(*id, anchor.as_deref()), line);
            }
            Target::Document(id, pinpoint) => {
                let document = self.document(*id);
                line.push_str(&format!("document {document}\\|"));
                push_escaped(pinpoint.as_deref().unwrap_or_default(), line);
            }
            Target::Contact(id) => {
                let contact = self.contact(*id);
                line.push_str(&format!("contact {contact}"));
            }
        }
        line.push_str("\\)");
    }

    fn link(&mut self, target: &LinkTarget) -> String {
        match target {
            LinkTarget::Web(address) => escaped(address),
            LinkTarget::Page(id, anchor) => {
                format!("page {}", escaped(&self.page_path(*id, anchor.as_deref())))
            }
            LinkTarget::Section(id) => format!("section {}", escaped(&self.section_path(*id))),
            LinkTarget::Asset(id) => self.file(*id),
            LinkTarget::Anchor(anchor) => format!("#{}", escaped(anchor)),
        }
    }

    /// What everybody is told of a contact. A commune's own values stand in for these and are not in.
    fn contact(&mut self, id: ContactId) -> String {
        let contact = self.site.facts.contact_for(id, None, self.language);
        self.facts.push(contact.span);
        let text = |value: Option<&String>| escaped(value.map_or("", String::as_str));
        format!(
            "{}\\|{}\\|{}\\|{}\\|{}\\|{}\\|{}",
            escaped(&contact.name),
            text(contact.phone.as_ref().map(|phone| &phone.dial)),
            text(contact.hours.as_ref()),
            text(contact.address.as_ref()),
            text(contact.url.as_ref()),
            if contact.emergency { "emergency" } else { "" },
            if contact.per_commune { "commune" } else { "" },
        )
    }

    fn document(&mut self, id: DocumentId) -> String {
        let document = self.site.facts.document(id);
        self.facts.push(document.span);
        let day = |date: Option<jiff::civil::Date>| {
            date.map_or_else(String::new, |date| date.to_string())
        };
        [
            escaped(&document.kind),
            escaped(&document.number),
            escaped(&document.title),
            escaped(&document.issuer),
            day(document.issued),
            day(document.effective),
            document.status.name().to_owned(),
            escaped(&document.amended_by.join(", ")),
            escaped(&document.replaced_by.join(", ")),
        ]
        .join("\\|")
    }

    /// The number of a picture or file; its bytes are added to the digest under it.
    fn file(&mut self, id: AssetId) -> String {
        let next = self.assets.len() + 1;
        let number = *self.numbers.entry(id).or_insert(next);
        if number == next {
            self.assets.push(id);
        }
        format!("file {number}")
    }

    /// Folders and slug as in addresses, without what an edition puts before them.
    fn page_path(&self, id: PageId, anchor: Option<&str>) -> String {
        let page = self.site.page(id);
        let anchor = anchor.map_or_else(String::new, |anchor| format!("#{anchor}"));
        format!("{}{}/{anchor}", self.section_path(page.section), page.slug)
    }

    fn section_path(&self, id: SectionId) -> String {
        let section = self.site.section(id);
        let mut out = format!("/{}", self.site.config.language_prefix(&section.language));
        for segment in &section.segments {
            out.push_str(segment);
            out.push('/');
        }
        out
    }

    /// Blocks inside a block.
    fn group(&mut self, name: &str, inside: impl FnOnce(&mut Self)) {
        self.out.push_str(name);
        self.out.push_str(" {\n");
        inside(self);
        self.out.push_str("}\n");
    }

    fn optional(&mut self, name: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.words(name, text);
        }
    }

    fn words(&mut self, name: &str, text: &str) {
        self.line(name, &escaped(text));
    }

    /// One line: its kind, then words and marks with single spaces between them.
    fn line(&mut self, name: &str, text: &str) {
        self.out.push_str(name);
        self.out.push(':');
        for word in text.split_whitespace() {
            self.out.push(' ');
            self.out.push_str(word);
        }
        self.out.push('\n');
    }
}

/// `only print web`: the order in which the names are written does not matter.
fn audience(filter: &Filter) -> String {
    let mut names: Vec<&str> = filter.names.iter().map(String::as_str).collect();
    names.sort_unstable();
    names.dedup();
    let word = if filter.only { "only" } else { "except" };
    format!("{word} {}", names.join(" "))
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_escaped(text, &mut out);
    out
}

fn push_escaped(text: &str, out: &mut String) {
    let mut pieces = text.split('\\');
    out.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        out.push_str("\\\\");
        out.push_str(piece);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::{Tree, parse};

    /// Whatever changes here voids every approval that was ever given: then the version must be raised.
    #[test]
    fn a_rendition_of_everything() {
        let tree = Tree::of(&[
            (
                "loa.yaml",
                "title: Thử\nlanguages: [vi, en]\neditions: {}\n",
            ),
            ("content/_facts/contacts.yaml", CONTACTS),
            ("content/_facts/legal-documents.yaml", DOCUMENTS),
            ("content/tin/a.md", PAGE),
            (
                "content/tin/b.md",
                "---\ntitle: Bài B\nsummary: B.\ndate: 2026-08-19\n---\n## Mục\n\nB.\n",
            ),
            ("content/tin/anh.png", "x"),
        ]);
        let parsed = parse(&tree, jiff::civil::date(2026, 8, 19), &["web", "speech"]);
        assert!(parsed.diags.is_empty(), "{:?}", parsed.diags);
        let found = rendition(&parsed.site, &parsed.site.pages[0]);
        assert_eq!(found.text, RENDITION);
        assert_eq!((found.assets.len(), found.facts.len()), (1, 5));
    }

    const CONTACTS: &str = "
- {key: cax, name: Công an xã, names: {en: Police}, phone: 02733 000 111, per_commune: true, hours: 24/24, source: x, checked_on: 2026-08-01}
- {key: \"114\", name: Cứu hỏa, phone: \"114\", emergency: true, address: Số 1, url: \"https://a.example/\", source: x, checked_on: 2026-08-01}
";
    const DOCUMENTS: &str = "
- {number: 06/2014/NĐ-CP, kind: Nghị định, issuer: Chính phủ, issued: 2014-01-21, title: Về A, status: amended, amended_by: [1/2020/NĐ-CP], source: x, checked_on: 2026-08-01}
";
    const PAGE: &str = include_str!("cases/rendition.md");
    const RENDITION: &str = include_str!("cases/rendition.txt");
}
