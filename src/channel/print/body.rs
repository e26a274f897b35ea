//! The body of an article as Typst source: written once for a page, the same for all communes.
//!
//! Only calls and string literals are written, never markup. What depends on the commune is looked
//! up in `facts`, the argument of the function that the source defines.

use std::fmt::Write as _;

use super::words::Words;
use crate::channel::literal::{array, optional, string};
use crate::model::{
    Align, Asset, AssetId, Block, BlockKind, ContactId, Edition, Image, Inline, InlineKind,
    ListItem, Page, PageId, Row, Site,
};

/// The source of a body and what it draws on.
#[derive(Debug)]
pub(super) struct BodySource {
    /// A Typst file that defines `body(facts)`.
    pub(super) text: String,
    /// The contacts of cards, then those named in the text, each once.
    pub(super) contacts: Vec<ContactId>,
    /// The contacts named in the text, each once.
    pub(super) mentioned: Vec<ContactId>,
    /// The pictures, in the order of [`image_path`].
    pub(super) images: Vec<AssetId>,
}

/// A body in the making.
pub(super) struct Body<'a> {
    pub(super) site: &'a Site,
    pub(super) page: &'a Page,
    pub(super) edition: &'a Edition,
    pub(super) words: Words<'a>,
    pub(super) mentioned: Vec<ContactId>,
    cards: Vec<ContactId>,
    images: Vec<AssetId>,
    has_agenda: bool,
    /// The level of the last heading; the headline is level 1.
    level: u8,
}

/// Where the typesetter finds the picture at a place of [`BodySource::images`].
pub(super) fn image_path(index: usize, asset: &Asset) -> String {
    let extension = asset
        .path
        .rsplit_once('.')
        .map_or("", |(_, extension)| extension);
    let known = ["svg", "png", "jpg", "jpeg", "gif", "webp"]
        .into_iter()
        .find(|known| extension.eq_ignore_ascii_case(known));
    format!("/image-{index}.{}", known.unwrap_or("bin"))
}

/// Writes the body of a page for an edition.
pub(super) fn write(site: &Site, page: &Page, edition: &Edition, words: Words<'_>) -> BodySource {
    let mut body = Body {
        site,
        page,
        edition,
        words,
        mentioned: Vec::new(),
        cards: Vec::new(),
        images: Vec::new(),
        has_agenda: false,
        level: 1,
    };
    let blocks = body.admitted(&page.doc().blocks);
    let mut main = String::new();
    for block in without_empty_headings(&blocks) {
        let _ = writeln!(main, "  {}", body.block(block));
    }
    if page.meta.programme.is_some() && !body.has_agenda {
        let agenda = body.agenda(page.id);
        main.insert_str(0, &format!("  {agenda}\n"));
    }
    if !page.doc().footnotes.is_empty() {
        let notes: Vec<String> = page
            .doc()
            .footnotes
            .iter()
            .map(|note| body.flow(&note.blocks))
            .collect();
        let _ = writeln!(
            main,
            "  notes({}, {})",
            string(words.get("notes")),
            array(notes)
        );
    }
    let text = format!("#import \"/leaflet.typ\": *\n#let body(facts) = {{\n{main}  []\n}}\n");
    let mentioned = distinct(&body.mentioned);
    body.cards.extend(&mentioned);
    BodySource {
        text,
        contacts: distinct(&body.cards),
        mentioned,
        images: body.images,
    }
}

fn distinct(ids: &[ContactId]) -> Vec<ContactId> {
    let mut out: Vec<ContactId> = Vec::with_capacity(ids.len());
    for id in ids {
        if !out.contains(id) {
            out.push(*id);
        }
    }
    out
}

/// Headings under which nothing is left, as when a contact card was all there was.
fn without_empty_headings<'b>(blocks: &[&'b Block]) -> Vec<&'b Block> {
    let level = |block: &Block| match block.kind {
        BlockKind::Heading { level, .. } => Some(level),
        _ => None,
    };
    let is_empty = |index: usize| {
        let Some(own) = level(blocks[index]) else {
            return false;
        };
        // Headings below this one count only when they hold something themselves.
        let rest = blocks[index + 1..]
            .iter()
            .map(|block| level(block))
            .take_while(|next| next.is_none_or(|next| next > own));
        !rest.into_iter().any(|next| next.is_none())
    };
    (0..blocks.len())
        .filter(|index| !is_empty(*index))
        .map(|index| blocks[index])
        .collect()
}

impl Body<'_> {
    /// The blocks of this edition, with `only` parts opened; cards go to the contact box instead,
    /// and a recap says only what stands there already.
    fn admitted<'b>(&mut self, blocks: &'b [Block]) -> Vec<&'b Block> {
        let mut out = Vec::with_capacity(blocks.len());
        for block in blocks {
            match &block.kind {
                BlockKind::Only { filter, blocks } => {
                    if filter.admits(&self.edition.name, &self.edition.channel) {
                        out.extend(self.admitted(blocks));
                    }
                }
                BlockKind::Contacts(ids) => self.cards.extend(ids),
                BlockKind::Recap(_) => {}
                _ => out.push(block),
            }
        }
        out
    }

    /// Several blocks as one code block.
    fn flow(&mut self, blocks: &[Block]) -> String {
        let blocks = self.admitted(blocks);
        let pieces: Vec<String> = blocks.into_iter().map(|block| self.block(block)).collect();
        if pieces.is_empty() {
            "[]".to_owned()
        } else {
            format!("{{{}}}", pieces.join("; "))
        }
    }

    fn block(&mut self, block: &Block) -> String {
        match &block.kind {
            BlockKind::Paragraph(inlines) => self.paragraph(inlines),
            BlockKind::Heading { level, inlines, .. } => {
                // Two levels are enough for a leaflet, and PDF/UA allows no gap between levels.
                self.level = (*level).clamp(2, 3).min(self.level + 1);
                let words = self.inlines(inlines);
                format!("heading(level: {}, {words})", self.level)
            }
            BlockKind::List {
                start,
                tight,
                items,
            } => self.list(*start, *tight, items),
            BlockKind::Quote(blocks) => format!("quote(block: true, {})", self.flow(blocks)),
            BlockKind::Alert { kind, blocks } => {
                let label = self.words.get(kind.name()).to_owned();
                format!(
                    "alert({}, {}, {})",
                    string(kind.name()),
                    string(&label),
                    self.flow(blocks)
                )
            }
            BlockKind::Code { text, .. } => format!("raw(block: true, {})", string(text)),
            BlockKind::Table(table) => self.table(&table.aligns, &table.head, &table.rows),
            BlockKind::Definitions(definitions) => {
                let mut items = Vec::with_capacity(definitions.len());
                for definition in definitions {
                    let term = self.inlines(&definition.term);
                    let details: Vec<String> = definition
                        .details
                        .iter()
                        .map(|blocks| self.flow(blocks))
                        .collect();
                    items.push(format!(
                        "terms.item({term}, {{{}}})",
                        details.join("; parbreak(); ")
                    ));
                }
                format!("terms({})", items.join(", "))
            }
            BlockKind::Rule => "divider()".to_owned(),
            BlockKind::Programme(id) => self.agenda(*id),
            BlockKind::Only { .. } | BlockKind::Contacts(_) | BlockKind::Recap(_) => {
                "[]".to_owned()
            }
        }
    }

    /// A paragraph; pictures that stand alone in it are set as such.
    fn paragraph(&mut self, inlines: &[Inline]) -> String {
        let alone = inlines
            .iter()
            .all(|inline| matches!(inline.kind, InlineKind::Image(_) | InlineKind::SoftBreak));
        if !alone {
            return format!("par({})", self.inlines(inlines));
        }
        let mut pieces = Vec::with_capacity(inlines.len());
        for inline in inlines {
            if let InlineKind::Image(image) = &inline.kind {
                let Image { asset, alt, title } = &**image;
                let path = self.image(*asset);
                let caption = optional(Some(title.as_str()).filter(|title| !title.is_empty()));
                pieces.push(format!(
                    "photo({}, {}, {caption})",
                    string(&path),
                    string(alt)
                ));
            }
        }
        pieces.join("; ")
    }

    /// The path of a picture, which is remembered.
    pub(super) fn image(&mut self, asset: AssetId) -> String {
        let index = self
            .images
            .iter()
            .position(|known| *known == asset)
            .unwrap_or_else(|| {
                self.images.push(asset);
                self.images.len() - 1
            });
        image_path(index, self.site.asset(asset))
    }

    fn list(&mut self, start: Option<u64>, tight: bool, items: &[ListItem]) -> String {
        let (function, start) = match start {
            Some(first) => ("enum", format!("start: {first}, ")),
            None => ("list", String::new()),
        };
        let mut out = format!("{function}({start}tight: {tight}");
        for item in items {
            let _ = write!(out, ", {function}.item({})", self.item(item, tight));
        }
        out.push(')');
        out
    }

    fn item(&mut self, item: &ListItem, tight: bool) -> String {
        let mut pieces: Vec<String> = item
            .task
            .map(|done| format!("tick({done})"))
            .into_iter()
            .collect();
        for block in self.admitted(&item.blocks) {
            pieces.push(match &block.kind {
                // Words of a tight item are not a paragraph of their own.
                BlockKind::Paragraph(inlines) if tight || item.task.is_some() => {
                    self.inlines(inlines)
                }
                _ => self.block(block),
            });
        }
        if pieces.is_empty() {
            "[]".to_owned()
        } else {
            format!("{{{}}}", pieces.join("; "))
        }
    }

    fn table(&mut self, aligns: &[Align], head: &Row, rows: &[Row]) -> String {
        let columns = aligns.len().max(1);
        let align = array(aligns.iter().map(|align| {
            let word = match align {
                Align::None | Align::Left => "left",
                Align::Center => "center",
                Align::Right => "right",
            };
            word.to_owned()
        }));
        let mut out = format!(
            "table(columns: {columns}, align: {align}, table.header({})",
            self.cells(head).join(", ")
        );
        for row in rows {
            for cell in self.cells(row) {
                let _ = write!(out, ", {cell}");
            }
        }
        out.push(')');
        out
    }

    fn cells(&mut self, row: &Row) -> Vec<String> {
        row.iter().map(|cell| self.inlines(cell)).collect()
    }

    /// The agenda of an event.
    fn agenda(&mut self, id: PageId) -> String {
        let page = self.site.page(id);
        let Some(programme) = &page.meta.programme else {
            return "[]".to_owned();
        };
        self.has_agenda |= id == self.page.id;
        let words = self.words;
        let mut facts = vec![(words.get("starts"), words.moment(programme.starts))];
        if let Some(ends) = programme.ends {
            let same_day = ends.date() == programme.starts.date();
            facts.push((
                words.get("ends"),
                if same_day {
                    words.time(ends.time())
                } else {
                    words.moment(ends)
                },
            ));
        }
        if !programme.place.is_empty() {
            facts.push((words.get("place"), programme.place.clone()));
        }
        let facts = facts
            .into_iter()
            .map(|(name, value)| array([string(name), string(&value)]));
        let items = programme.items.iter().map(|item| {
            array([
                string(&words.time(item.at)),
                string(&item.what),
                optional(item.who.as_deref()),
            ])
        });
        let head = array([
            string(words.get("agenda_time")),
            string(words.get("agenda_what")),
        ]);
        format!("agenda({}, {head}, {})", array(facts), array(items))
    }
}
