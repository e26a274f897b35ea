//! The document tree as HTML.

use std::fmt::Write as _;

use super::pictures;
use super::views::Web;
use crate::channel::address;
use crate::channel::markup::escape;
use crate::model::{
    Align, AssetId, Block, BlockKind, ContactId, Definition, Doc, DocumentId, Inline, InlineKind,
    LinkTarget, ListItem, Page, PageId, Row, Target, headings, plain_text,
};
use crate::text::slug;
use crate::theme::{Context, value};

/// Room for most bodies, in bytes.
const BODY: usize = 8 << 10;

/// How wide a picture in a text is at most: as wide as the text.
const SIZES: &str = "(min-width: 45em) 42rem, 100vw";

/// A body as HTML, and what went wrong in templates.
pub(super) struct Body {
    pub(super) html: String,
    pub(super) failed: Option<String>,
    /// Whether the page's own agenda was shown.
    pub(super) agenda: bool,
}

/// Writes a body. `page` is the page it belongs to, if it is a page's.
pub(super) fn body(web: &Web<'_>, doc: &Doc, language: &str, page: Option<&Page>) -> Body {
    let deepest = headings(&doc.blocks)
        .iter()
        .map(|(level, ..)| *level)
        .min()
        .unwrap_or(2);
    let mut writer = Writer {
        web,
        doc,
        language,
        page,
        // The page's title is the only first-level heading.
        shift: u8::from(deepest == 1),
        out: String::with_capacity(BODY),
        failed: None,
        agenda: false,
        marks: vec![0; doc.footnotes.len()],
    };
    writer.blocks(&doc.blocks);
    writer.footnotes();
    Body {
        html: writer.out,
        failed: writer.failed,
        agenda: writer.agenda,
    }
}

struct Writer<'a> {
    web: &'a Web<'a>,
    doc: &'a Doc,
    language: &'a str,
    page: Option<&'a Page>,
    shift: u8,
    out: String,
    failed: Option<String>,
    agenda: bool,
    /// How often each footnote was marked.
    marks: Vec<usize>,
}

impl Writer<'_> {
    fn text(&mut self, text: &str) {
        escape(text, &mut self.out);
    }

    fn wrap(&mut self, tag: &str, write: impl FnOnce(&mut Self)) {
        self.out.push('<');
        self.out.push_str(tag);
        self.out.push('>');
        write(self);
        self.out.push_str("</");
        self.out.push_str(tag);
        self.out.push('>');
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
            if !self.out.ends_with('\n') {
                self.out.push('\n');
            }
        }
    }

    fn block(&mut self, block: &Block) {
        match &block.kind {
            BlockKind::Paragraph(inlines) => self.paragraph(inlines),
            BlockKind::Heading { level, id, inlines } => {
                let level = (level + self.shift).clamp(2, 6);
                let _ = write!(self.out, "<h{level} id=\"{id}\">");
                self.inlines(inlines);
                let _ = write!(self.out, "</h{level}>");
            }
            BlockKind::List {
                start,
                tight,
                items,
            } => self.list(*start, *tight, items),
            BlockKind::Quote(blocks) => self.wrap("blockquote", |w| w.blocks(blocks)),
            BlockKind::Alert { kind, blocks } => {
                let name = kind.name();
                let title = self.web.word(self.language, alert_word(name)).to_owned();
                let _ = write!(
                    self.out,
                    "<aside class=\"alert alert-{name}\" role=\"note\"><p class=\"alert-title\">"
                );
                self.text(&title);
                self.out.push_str("</p>\n");
                self.blocks(blocks);
                self.out.push_str("</aside>");
            }
            BlockKind::Code { text, .. } => {
                self.out.push_str("<pre><code>");
                self.text(text);
                self.out.push_str("</code></pre>");
            }
            BlockKind::Table(table) => self.table(&table.aligns, &table.head, &table.rows),
            BlockKind::Definitions(list) => self.definitions(list),
            BlockKind::Rule => self.out.push_str("<hr>"),
            BlockKind::Only { filter, blocks }
                if filter.admits(&self.web.job.edition.name, "web") =>
            {
                self.blocks(blocks);
            }
            // A recap repeats for listeners what readers still have before their eyes.
            BlockKind::Only { .. } | BlockKind::Recap(_) => {}
            BlockKind::Contacts(ids) => self.contacts(ids),
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
            self.out.push_str("<figure>");
            self.image(image.asset, &image.alt);
            if !image.title.is_empty() {
                self.wrap("figcaption", |w| w.text(&image.title));
            }
            self.out.push_str("</figure>");
        } else {
            self.wrap("p", |w| w.inlines(inlines));
        }
    }

    fn list(&mut self, start: Option<u64>, tight: bool, items: &[ListItem]) {
        match start {
            Some(1) => self.out.push_str("<ol>\n"),
            Some(number) => {
                let _ = writeln!(self.out, "<ol start=\"{number}\">");
            }
            None => self.out.push_str("<ul>\n"),
        }
        for item in items {
            match item.task {
                Some(done) => {
                    let (checked, name) = if done {
                        (" checked", "task_done")
                    } else {
                        ("", "task_open")
                    };
                    let label = self.web.word(self.language, name).to_owned();
                    let _ = write!(
                        self.out,
                        "<li class=\"task\"><input type=\"checkbox\" disabled{checked} aria-label=\""
                    );
                    self.text(&label);
                    self.out.push_str("\"> ");
                }
                None => self.out.push_str("<li>"),
            }
            for block in &item.blocks {
                match &block.kind {
                    BlockKind::Paragraph(inlines) if tight => self.inlines(inlines),
                    _ => self.block(block),
                }
            }
            self.out.push_str("</li>\n");
        }
        self.out
            .push_str(if start.is_some() { "</ol>" } else { "</ul>" });
    }

    fn table(&mut self, aligns: &[Align], head: &Row, rows: &[Row]) {
        let label: Vec<String> = head
            .iter()
            .map(|cell| plain_text(cell))
            .filter(|text| !text.is_empty())
            .collect();
        let label = match label.as_slice() {
            [] => self.web.word(self.language, "table").to_owned(),
            label => label.join(", "),
        };
        // A group and no region: a page of many tables would be one of many landmarks.
        self.out
            .push_str("<div class=\"table\" role=\"group\" tabindex=\"0\" aria-label=\"");
        self.text(&label);
        self.out.push_str("\"><table>\n<thead>");
        self.row(aligns, head, "th scope=\"col\"", "th");
        self.out.push_str("</thead>\n<tbody>\n");
        for row in rows {
            self.row(aligns, row, "td", "td");
        }
        self.out.push_str("</tbody></table></div>");
    }

    fn row(&mut self, aligns: &[Align], row: &Row, open: &str, close: &str) {
        self.out.push_str("<tr>");
        for (place, cell) in row.iter().enumerate() {
            let class = match aligns.get(place) {
                Some(Align::Center) => " class=\"center\"",
                Some(Align::Right) => " class=\"right\"",
                _ => "",
            };
            for part in ["<", open, class, ">"] {
                self.out.push_str(part);
            }
            self.inlines(cell);
            for part in ["</", close, ">"] {
                self.out.push_str(part);
            }
        }
        self.out.push_str("</tr>\n");
    }

    fn definitions(&mut self, list: &[Definition]) {
        self.wrap("dl", |w| {
            for definition in list {
                w.wrap("dt", |w| w.inlines(&definition.term));
                for detail in &definition.details {
                    w.wrap("dd", |w| match detail.as_slice() {
                        [
                            Block {
                                kind: BlockKind::Paragraph(inlines),
                                ..
                            },
                        ] => w.inlines(inlines),
                        blocks => w.blocks(blocks),
                    });
                }
            }
        });
    }

    /// A part that the theme draws.
    fn part(&mut self, template: &str, name: &'static str, view: crate::theme::Value) {
        let mut context = Context::new();
        context.insert_value(name, view);
        context.insert_value("t", self.web.words(self.language));
        match self.web.templates.render(template, &context) {
            Ok(html) => self.out.push_str(&html),
            Err(said) => self.failed = Some(said),
        }
    }

    fn contacts(&mut self, ids: &[ContactId]) {
        let views: Vec<_> = ids
            .iter()
            .map(|id| self.web.contact(*id, self.language))
            .collect();
        self.part("parts/contacts.html", "contacts", value(&views));
    }

    fn programme(&mut self, page: PageId) {
        self.agenda |= self.page.is_some_and(|own| own.id == page);
        if let Some(view) = self.web.programme(self.web.site.page(page)) {
            self.part("parts/agenda.html", "programme", value(&view));
        }
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            self.inline(inline);
        }
    }

    fn inline(&mut self, inline: &Inline) {
        match &inline.kind {
            InlineKind::Text(text) => self.text(text),
            InlineKind::Emphasis(inner) => self.wrap("em", |w| w.inlines(inner)),
            InlineKind::Strong(inner) => self.wrap("strong", |w| w.inlines(inner)),
            InlineKind::Strike(inner) => self.wrap("del", |w| w.inlines(inner)),
            InlineKind::Code(text) => self.wrap("code", |w| w.text(text)),
            InlineKind::Link { target, inlines } => self.link(target, inlines),
            InlineKind::Image(image) => self.image(image.asset, &image.alt),
            InlineKind::Reference { target, words } => self.reference(target, words.as_deref()),
            InlineKind::SoftBreak => self.out.push('\n'),
            InlineKind::HardBreak => self.out.push_str("<br>\n"),
            InlineKind::FootnoteMark(place) => self.footnote_mark(*place),
        }
    }

    fn image(&mut self, asset: AssetId, alt: &str) {
        let asset = self.web.site.asset(asset);
        let plan = pictures::plan(self.web, asset);
        let (path, size) = pictures::plain(asset, plan.as_ref());
        if plan.is_some() {
            self.out
                .push_str("<picture><source type=\"image/webp\" srcset=\"");
            let srcset = pictures::srcset(self.web, plan.as_ref());
            self.text(&srcset);
            let _ = write!(self.out, "\" sizes=\"{SIZES}\">");
        }
        let url = self.web.url(&address::file(&path));
        self.out.push_str("<img src=\"");
        self.text(&url);
        self.out.push_str("\" alt=\"");
        self.text(alt);
        self.out.push('"');
        if let Some((width, height)) = size {
            let _ = write!(self.out, " width=\"{width}\" height=\"{height}\"");
        }
        self.out.push_str(" loading=\"lazy\" decoding=\"async\">");
        if plan.is_some() {
            self.out.push_str("</picture>");
        }
    }

    fn open_link(&mut self, url: &str, more: &str) {
        self.out.push_str("<a href=\"");
        self.text(url);
        let _ = write!(self.out, "\"{more}>");
    }

    fn link(&mut self, target: &LinkTarget, inlines: &[Inline]) {
        let fragment = |anchor: &Option<String>| {
            anchor
                .as_ref()
                .map_or_else(String::new, |anchor| format!("#{anchor}"))
        };
        let url = match target {
            LinkTarget::Web(url) => Some(url.clone()),
            LinkTarget::Anchor(anchor) => Some(format!("#{anchor}")),
            LinkTarget::Asset(asset) => Some(
                self.web
                    .url(&address::file(&self.web.site.asset(*asset).path)),
            ),
            LinkTarget::Section(id) => Some(
                self.web
                    .url(&address::section(self.web.site, self.web.site.section(*id))),
            ),
            LinkTarget::Page(id, anchor) => self
                .page_url(*id)
                .map(|url| format!("{url}{}", fragment(anchor))),
        };
        let Some(url) = url else {
            return self.inlines(inlines);
        };
        let outside = matches!(target, LinkTarget::Web(_))
            && !url.starts_with("tel:")
            && !url.starts_with("mailto:");
        self.open_link(
            &url,
            if outside {
                " rel=\"noopener noreferrer\""
            } else {
                ""
            },
        );
        self.inlines(inlines);
        self.out.push_str("</a>");
    }

    /// The address of a page when this edition shows it; else its words stand without a link.
    fn page_url(&self, id: PageId) -> Option<String> {
        let page = self.web.site.page(id);
        self.web
            .shown
            .has(id)
            .then(|| self.web.url(&address::page(self.web.site, page)))
    }

    fn reference(&mut self, target: &Target, words: Option<&[Inline]>) {
        match target {
            Target::Page(id, anchor) => {
                let url = self.page_url(*id);
                if let Some(url) = &url {
                    let anchor = anchor
                        .as_ref()
                        .map_or_else(String::new, |anchor| format!("#{anchor}"));
                    self.open_link(&format!("{url}{anchor}"), "");
                }
                match words {
                    Some(words) => self.inlines(words),
                    None => self.text(&self.web.site.page(*id).meta.title),
                }
                if url.is_some() {
                    self.out.push_str("</a>");
                }
            }
            Target::Document(id, pinpoint) => self.document(*id, pinpoint.as_deref(), words),
            Target::Contact(id) => self.tel(*id, words),
        }
    }

    fn document(&mut self, id: DocumentId, pinpoint: Option<&str>, words: Option<&[Inline]>) {
        let document = self.web.site.facts.document(id);
        let url = format!(
            "{}#{}",
            self.web.url(&self.web.documents_path(self.language)),
            slug(&document.number)
        );
        self.out.push_str("<a class=\"law\" href=\"");
        self.text(&url);
        self.out.push_str("\" title=\"");
        self.text(&document.title);
        self.out.push_str("\">");
        match words {
            Some(words) => self.inlines(words),
            None => self.text(&document.cited(pinpoint, self.language)),
        }
        self.out.push_str("</a>");
    }

    /// A contact in running text: the words, and always the number.
    fn tel(&mut self, id: ContactId, words: Option<&[Inline]>) {
        let contact = self.web.contact(id, self.language);
        let name = words.map_or_else(|| contact.name.clone(), plain_text);
        if contact.tel.is_empty() {
            return self.text(&name);
        }
        self.out.push_str("<a class=\"tel\" href=\"");
        self.text(&contact.tel);
        self.out.push_str("\">");
        if !name.contains(&contact.phone) {
            let _ = write!(self.out, "<span class=\"tel-name\">");
            self.text(&name);
            self.out.push_str("</span> ");
        }
        self.out.push_str("<span class=\"tel-number\">");
        self.text(if name.contains(&contact.phone) {
            &name
        } else {
            &contact.phone
        });
        self.out.push_str("</span></a>");
    }

    fn footnote_mark(&mut self, place: usize) {
        let number = place + 1;
        let again = self.marks.get(place).copied().unwrap_or(0);
        let suffix = if again == 0 {
            String::new()
        } else {
            format!("-{}", again + 1)
        };
        if let Some(count) = self.marks.get_mut(place) {
            *count += 1;
        }
        let _ = write!(
            self.out,
            "<sup class=\"footnote-mark\"><a id=\"fnref-{number}{suffix}\" href=\"#fn-{number}\">{number}</a></sup>"
        );
    }

    fn footnotes(&mut self) {
        let doc = self.doc;
        if self.marks.iter().all(|count| *count == 0) {
            return;
        }
        self.out.push_str("<section class=\"footnotes\"><ol>\n");
        let back = self.web.word(self.language, "footnote_back").to_owned();
        for (note, number) in doc.footnotes.iter().zip(1..) {
            let _ = write!(self.out, "<li id=\"fn-{number}\">");
            self.blocks(&note.blocks);
            let _ = write!(self.out, "<p><a href=\"#fnref-{number}\" aria-label=\"");
            self.text(&back);
            let _ = writeln!(self.out, " {number}\">↩</a></p></li>");
        }
        self.out.push_str("</ol></section>\n");
    }
}

fn alert_word(name: &str) -> &'static str {
    match name {
        "tip" => "alert_tip",
        "important" => "alert_important",
        "warning" => "alert_warning",
        "caution" => "alert_caution",
        _ => "alert_note",
    }
}
