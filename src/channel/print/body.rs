//! The body of an article as Typst source: written once for a page, the same for all communes.
//!
//! Only calls and string literals are written, never markup. What depends on the commune is looked
//! up in `facts`, the argument of the function that the source defines.

use std::fmt::Write as _;

use super::format::{Format, Keeps};
use super::parts::{Parts, called};
use super::words::Words;
use crate::channel::literal::{array, dictionary, optional, string};
use crate::model::{
    Align, Asset, AssetId, Block, BlockKind, ContactId, Edition, Image, Inline, InlineKind,
    ListItem, Page, PageId, Row, Site, plain_text,
};

/// The source of a body and what it draws on.
#[derive(Debug)]
pub(super) struct BodySource {
    /// A Typst file that defines `body(facts)` and `places(facts)`.
    pub(super) text: String,
    /// The headings of the first level, in plain words.
    pub(super) sections: Vec<String>,
    /// The contacts of cards, then those named in the text, each once.
    pub(super) contacts: Vec<ContactId>,
    /// The contacts named in the text, each once.
    pub(super) mentioned: Vec<ContactId>,
    /// The path of the page's own picture, where the format has room for it.
    pub(super) picture: Option<String>,
    /// The pictures, in the order of [`image_path`].
    pub(super) images: Vec<AssetId>,
}

/// A body in the making.
pub(super) struct Body<'a> {
    pub(super) site: &'a Site,
    pub(super) page: &'a Page,
    pub(super) words: Words<'a>,
    pub(super) mentioned: Vec<ContactId>,
    /// Whether notes stand on the sheet, so that marks make sense.
    pub(super) has_notes: bool,
    called: Vec<&'a str>,
    images: Vec<AssetId>,
    sections: Vec<String>,
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

/// Writes the body of a page for a format of an edition, but for the blocks at these places.
pub(super) fn write(
    site: &Site,
    page: &Page,
    edition: &Edition,
    format: &'static Format,
    words: Words<'_>,
    without: &[usize],
) -> BodySource {
    let parts = Parts::of(page, edition, format);
    let mut body = Body {
        site,
        page,
        words,
        mentioned: Vec::new(),
        has_notes: format.keeps == Keeps::All && !page.doc().footnotes.is_empty(),
        called: called(edition, format),
        images: Vec::new(),
        sections: Vec::new(),
        has_agenda: false,
        level: 1,
    };
    let kept = parts.body.iter().enumerate();
    let kept: Vec<&Block> = kept
        .filter(|(place, _)| !without.contains(place))
        .map(|(_, block)| *block)
        .collect();
    let mut main = body.sequence(&kept);
    let wants_agenda = format.keeps != Keeps::Numbers && !parts.is_told;
    if page.meta.programme.is_some() && !body.has_agenda && wants_agenda {
        let agenda = body.agenda(page.id);
        main.insert_str(0, &format!("  {agenda}\n"));
    }
    if body.has_notes {
        main.push_str(&body.notes());
    }
    let places = body.places(&parts);
    let text =
        format!("#import \"/common.typ\": *\n#let body(facts) = {{\n{main}  []\n}}\n{places}");
    let mentioned = distinct(&body.mentioned);
    let dropped = body.mentioned_in(&parts.dropped);
    let contacts: Vec<ContactId> = [&parts.cards, &mentioned, &dropped]
        .into_iter()
        .flatten()
        .copied()
        .collect();
    let picture = page.meta.image.as_ref();
    let picture = picture.filter(|_| format.picture_mm > 0.0);
    let picture = picture.map(|picture| body.image(picture.asset));
    BodySource {
        text,
        picture,
        sections: body.sections,
        contacts: distinct(&contacts),
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
    /// Blocks one after the other, a line each.
    fn sequence(&mut self, blocks: &[&Block]) -> String {
        let mut out = String::new();
        for block in without_empty_headings(blocks) {
            let _ = writeln!(out, "  {}", self.block(block));
        }
        out
    }

    /// The footnotes, as a line of the body.
    fn notes(&mut self) -> String {
        let notes = &self.page.doc().footnotes;
        let notes: Vec<String> = notes.iter().map(|note| self.flow(&note.blocks)).collect();
        let label = string(self.words.get("notes"));
        format!("  notes({label}, {})\n", array(notes))
    }

    /// A function for each panel that the article fills, and `places(facts)`, which has all of them.
    fn places(&mut self, parts: &Parts<'_>) -> String {
        let mut out = String::new();
        for (name, blocks) in &parts.places {
            // The headline stands before each.
            self.level = 1;
            let sections = self.sections.len();
            let part = self.sequence(blocks);
            self.sections.truncate(sections);
            let _ = write!(out, "#let {name}(facts) = {{\n{part}  []\n}}\n");
        }
        let names = parts.places.keys();
        let calls = names.map(|name| (*name, format!("{name}(facts)")));
        let _ = writeln!(out, "#let places(facts) = {}", dictionary(calls));
        out
    }

    /// The contacts that blocks name which are not on the sheet.
    fn mentioned_in(&mut self, blocks: &[&Block]) -> Vec<ContactId> {
        let images = self.images.len();
        let mentioned = std::mem::take(&mut self.mentioned);
        let _ = self.sequence(blocks);
        self.images.truncate(images);
        std::mem::replace(&mut self.mentioned, mentioned)
    }

    /// The blocks inside another one that this sheet has. A card there would be one too many, and a recap
    /// says only what stands there already.
    fn admitted<'b>(&self, blocks: &'b [Block]) -> Vec<&'b Block> {
        let mut out = Vec::with_capacity(blocks.len());
        for block in blocks {
            match &block.kind {
                BlockKind::Only { filter, blocks } => {
                    if filter.admits_any(&self.called) {
                        out.extend(self.admitted(blocks));
                    }
                }
                BlockKind::Contacts(_) | BlockKind::Recap(_) => {}
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
                if self.level == 2 {
                    self.sections.push(plain_text(inlines));
                }
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
