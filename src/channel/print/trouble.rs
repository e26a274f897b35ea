//! Where in an article lies what does not fit a sheet.

use super::inline::shown_address;
use crate::diag::Span;
use crate::model::{
    AssetId, Block, BlockKind, CommuneId, Inline, InlineKind, LinkTarget, Page, Site,
};

/// So many words of a block are shown, for somebody to find it by.
const WORDS: usize = 8;

/// Calls back with every run of text below blocks.
fn runs<'a>(blocks: &'a [Block], each: &mut dyn FnMut(&'a Inline)) {
    for block in blocks {
        match &block.kind {
            BlockKind::Paragraph(inlines) | BlockKind::Heading { inlines, .. } => {
                inlines.iter().for_each(&mut *each);
            }
            BlockKind::Quote(inner)
            | BlockKind::Alert { blocks: inner, .. }
            | BlockKind::Only { blocks: inner, .. } => runs(inner, each),
            BlockKind::List { items, .. } => {
                items.iter().for_each(|item| runs(&item.blocks, each));
            }
            BlockKind::Table(table) => {
                table
                    .cells()
                    .for_each(|cell| cell.iter().for_each(&mut *each));
            }
            BlockKind::Definitions(list) => {
                for definition in list {
                    definition.term.iter().for_each(&mut *each);
                    definition
                        .details
                        .iter()
                        .for_each(|detail| runs(detail, each));
                }
            }
            BlockKind::Code { .. }
            | BlockKind::Rule
            | BlockKind::Contacts(_)
            | BlockKind::Programme(_)
            | BlockKind::Recap(_) => {}
        }
    }
}

/// The innermost run for which `is` holds.
fn innermost<'a>(inline: &'a Inline, is: &dyn Fn(&Inline) -> bool) -> Option<&'a Inline> {
    let inner: &[Inline] = match &inline.kind {
        InlineKind::Emphasis(inner) | InlineKind::Strong(inner) | InlineKind::Strike(inner) => {
            inner
        }
        InlineKind::Link { inlines, .. } => inlines,
        InlineKind::Reference {
            words: Some(words), ..
        } => words,
        _ => &[],
    };
    let found = inner.iter().find_map(|inner| innermost(inner, is));
    found.or_else(|| is(inline).then_some(inline))
}

/// The first run of an article for which `is` holds.
fn first(page: &Page, is: &dyn Fn(&Inline) -> bool) -> Option<Span> {
    let doc = page.doc();
    let mut found = None;
    let mut look = |inline: &Inline| {
        if found.is_none() {
            found = innermost(inline, is).map(|inline| inline.span);
        }
    };
    runs(&doc.blocks, &mut look);
    for note in &doc.footnotes {
        runs(&note.blocks, &mut look);
    }
    found
}

/// Where words or a letter are written that a sheet shows: in the article, in its head, or in the registry.
pub(super) fn of_words(site: &Site, page: &Page, commune: Option<CommuneId>, words: &str) -> Span {
    let holds = |inline: &Inline| match &inline.kind {
        InlineKind::Text(text) | InlineKind::Code(text) => text.contains(words),
        InlineKind::Link { target, .. } => {
            matches!(&**target, LinkTarget::Web(url) if shown_address(url).contains(words))
        }
        _ => false,
    };
    let meta = &page.meta;
    let head = Span {
        end: page.span.start,
        ..page.span
    };
    if let Some(span) = first(page, &holds) {
        return span;
    }
    let in_code = |block: &&Block| matches!(&block.kind, BlockKind::Code { text, .. } if text.contains(words));
    if let Some(block) = page.doc().blocks.iter().find(in_code) {
        return block.span;
    }
    if meta.print.headline.is_none() && meta.title.contains(words) {
        return meta.title_span;
    }
    if meta.summary.contains(words) {
        return meta.summary_span;
    }
    let facts = &site.facts;
    if let Some(id) = commune.filter(|id| facts.commune(*id).full_name().contains(words)) {
        return facts.commune(id).span;
    }
    let contact = facts.contacts.iter().find(|contact| {
        let names = contact.names.iter().map(|(_, name)| name);
        let notes = [&contact.hours, &contact.address, &contact.url]
            .into_iter()
            .flatten();
        [&contact.name]
            .into_iter()
            .chain(names)
            .chain(notes)
            .any(|text| text.contains(words))
    });
    contact.map_or(head, |contact| contact.span)
}

/// Where a picture is shown.
pub(super) fn of_picture(page: &Page, asset: AssetId) -> Option<Span> {
    first(
        page,
        &|inline| matches!(&inline.kind, InlineKind::Image(image) if image.asset == asset),
    )
}

/// What a block says, in plain words.
pub(super) fn words_of(block: &Block) -> String {
    let mut out = String::new();
    let mut end = 0;
    runs(std::slice::from_ref(block), &mut |inline| {
        // Between paragraphs, items and cells there is something that is no text.
        if inline.span.start > end && !out.is_empty() {
            out.push(' ');
        }
        end = inline.span.end;
        out.push_str(&crate::model::plain_text(std::slice::from_ref(inline)));
    });
    match &block.kind {
        BlockKind::Code { text, .. } => out.push_str(text),
        BlockKind::Programme(_) => out.push_str("::: programme"),
        _ => {}
    }
    out
}

/// The first words of a text.
pub(super) fn beginning(text: &str) -> String {
    let mut words = text.split_whitespace();
    let mut out: Vec<&str> = words.by_ref().take(WORDS).collect();
    if words.next().is_some() {
        out.push("…");
    }
    out.join(" ")
}
