//! Which blocks of an article stand where on a sheet.
//!
//! An article that says `::: only poster` decides what a poster holds. Otherwise the format does: a
//! sheet to read has everything, a poster what can be read in passing, a card the numbers.

use std::collections::BTreeMap;

use super::format::{Format, Keeps};
use crate::model::{Block, BlockKind, ContactId, Edition, Page};

/// The blocks of an article, sorted for one format.
#[derive(Debug, Default)]
pub(super) struct Parts<'a> {
    /// What the text of the sheet is.
    pub(super) body: Vec<&'a Block>,
    /// What fills panels of their own, by the names of these.
    pub(super) places: BTreeMap<&'static str, Vec<&'a Block>>,
    /// The contacts of cards.
    pub(super) cards: Vec<ContactId>,
    /// What other formats show and this one does not.
    pub(super) dropped: Vec<&'a Block>,
    /// Whether the article itself says what stands on this format.
    pub(super) is_told: bool,
}

impl<'a> Parts<'a> {
    /// Sorts the blocks of a page.
    pub(super) fn of(page: &'a Page, edition: &Edition, format: &'static Format) -> Parts<'a> {
        let mut sorter = Sorter {
            called: called(edition, format),
            format,
            parts: Parts::default(),
            told: Vec::new(),
            told_cards: Vec::new(),
        };
        sorter.walk(&page.doc().blocks, false, None);
        sorter.finish()
    }
}

/// The names by which an article can mean a format of an edition.
pub(super) fn called<'a>(edition: &'a Edition, format: &Format) -> Vec<&'a str> {
    let own = [edition.name.as_str(), edition.channel.as_str()];
    own.into_iter()
        .chain(format.called.iter().copied())
        .collect()
}

struct Sorter<'a, 'e> {
    called: Vec<&'e str>,
    format: &'static Format,
    parts: Parts<'a>,
    /// What stands in parts for this very format.
    told: Vec<&'a Block>,
    told_cards: Vec<ContactId>,
}

impl<'a> Sorter<'a, '_> {
    fn walk(&mut self, blocks: &'a [Block], told: bool, place: Option<&'static str>) {
        for block in blocks {
            match &block.kind {
                BlockKind::Only { filter, blocks } => {
                    let names = |word: &&&str| filter.names.iter().any(|name| name == **word);
                    let panel = self.format.places.iter().find(names);
                    if let Some(panel) = panel.filter(|_| filter.only) {
                        self.walk(blocks, told, Some(panel));
                    } else if filter.admits_any(&self.called) {
                        let own = filter.only && self.format.called.iter().any(|word| names(&word));
                        self.walk(blocks, told || own, place);
                    }
                }
                BlockKind::Contacts(ids) => {
                    self.parts.cards.extend(ids);
                    if told {
                        self.told_cards.extend(ids);
                    }
                }
                // It says only what stands there already.
                BlockKind::Recap(_) => {}
                _ => match place {
                    Some(place) => self.parts.places.entry(place).or_default().push(block),
                    None if told => {
                        self.told.push(block);
                        self.parts.body.push(block);
                    }
                    None => self.parts.body.push(block),
                },
            }
        }
    }

    fn finish(self) -> Parts<'a> {
        let mut parts = self.parts;
        let is_told = !self.told.is_empty() || !self.told_cards.is_empty();
        let keeps = self.format.keeps;
        if keeps == Keeps::All {
            return parts;
        }
        let kept = |block: &&Block| match keeps {
            _ if is_told => self.told.iter().any(|told| std::ptr::eq(*told, *block)),
            Keeps::Essentials => is_essential(block),
            Keeps::All | Keeps::Numbers => false,
        };
        (parts.body, parts.dropped) = parts.body.into_iter().partition(kept);
        if !self.told_cards.is_empty() {
            parts.cards = self.told_cards;
            parts.dropped.clear();
        }
        parts.is_told = is_told;
        parts
    }
}

/// What can be read in passing. Headings that nothing is left under go later.
fn is_essential(block: &Block) -> bool {
    matches!(
        block.kind,
        BlockKind::Heading { .. }
            | BlockKind::List { start: Some(_), .. }
            | BlockKind::Alert { .. }
            | BlockKind::Programme(_)
    )
}
