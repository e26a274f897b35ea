//! The document tree as lines to be read.
//!
//! A paragraph is put together as written words, with contacts and legal documents already in their
//! spoken form, then read as a whole, so that the reading rules see the words around a number.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::line::{Cue, Heard, Line, Sort, Stretch};
use super::sentences::LONGEST;
use super::settings::Settings;
use crate::channel::{Job, findings};
use crate::diag::{Diagnostic, Span};
use crate::model::{
    Block, BlockKind, CommuneId, ContactId, DocumentId, Inline, InlineKind, ListItem, Page,
    Programme, Row, Target, plain_text,
};
use crate::reading::{self, syllables};

/// The lines of a page's body and what they name.
#[derive(Debug, Clone, Default)]
pub(super) struct Body {
    pub(super) lines: Vec<Line>,
    pub(super) recap: Vec<Line>,
    /// Contacts in the order in which they are read out.
    pub(super) asked: Vec<ContactId>,
    /// Which lines come from which block of the source.
    pub(super) stretches: Vec<Stretch>,
}

/// Reads a page's body for a commune.
pub(super) fn body(
    job: Job<'_>,
    settings: &Settings,
    page: &Page,
    heard: &mut Heard,
    commune: Option<CommuneId>,
    diags: &mut Vec<Diagnostic>,
) -> Body {
    let mut composer = Composer {
        job,
        settings,
        page,
        heard,
        commune,
        out: Vec::new(),
        diags,
        named: BTreeSet::new(),
        called: Vec::new(),
        asked: Vec::new(),
        recap: None,
        stretches: Vec::new(),
    };
    composer.stretches(&page.doc().blocks);
    let lines = std::mem::take(&mut composer.out);
    composer.recap();
    Body {
        lines,
        recap: composer.out,
        asked: composer.asked,
        stretches: composer.stretches,
    }
}

struct Composer<'a> {
    job: Job<'a>,
    settings: &'a Settings,
    page: &'a Page,
    heard: &'a mut Heard,
    commune: Option<CommuneId>,
    out: Vec<Line>,
    diags: &'a mut Vec<Diagnostic>,
    /// Documents already named in full.
    named: BTreeSet<DocumentId>,
    /// Contacts already read out in the body, in order.
    called: Vec<ContactId>,
    /// Contacts read out anywhere, in order.
    asked: Vec<ContactId>,
    /// What the page itself wants repeated.
    recap: Option<&'a [Block]>,
    stretches: Vec<Stretch>,
}

impl<'a> Composer<'a> {
    fn word(&self, name: &'a str) -> &'a str {
        self.job.theme.word(super::LANGUAGE, name)
    }

    fn cue(&mut self, cue: Cue) {
        self.out.push(Line::Cue(cue));
    }

    /// Reads written words as one paragraph. Sentences of theirs that are too long were found by a lint.
    fn say(&mut self, written: &str) {
        self.read(written, None);
    }

    /// Reads a sentence put together from cells, which no lint sees as one.
    fn say_joined(&mut self, written: &str, span: Span) {
        self.read(written, Some(span));
    }

    fn read(&mut self, written: &str, span: Option<Span>) {
        let sentences = self.heard.read(written);
        for (place, (text, too_long)) in sentences.iter().enumerate() {
            if let Some((syllables, span)) = too_long.zip(span) {
                self.diags
                    .push(findings::long_sentence(span, syllables, LONGEST));
            }
            self.out.push(Line::Say {
                text: Arc::clone(text),
                start: place == 0,
            });
        }
    }

    /// The blocks of a body, each with the lines that it became.
    fn stretches(&mut self, blocks: &'a [Block]) {
        for block in blocks {
            if let BlockKind::Only { filter, blocks } = &block.kind {
                if filter.admits(&self.job.edition.name, "speech") {
                    self.stretches(blocks);
                }
                continue;
            }
            let (from, asked) = (self.out.len(), self.called.len());
            self.block(block);
            let sort = match &block.kind {
                BlockKind::Heading { .. } => Sort::Heading,
                BlockKind::Alert { .. } | BlockKind::Contacts(_) | BlockKind::Programme(_) => {
                    Sort::Needed
                }
                _ if self.called.len() > asked => Sort::Needed,
                _ => Sort::Plain,
            };
            self.stretches.push(Stretch {
                span: block.span,
                lines: from..self.out.len(),
                sort,
            });
        }
    }

    fn blocks(&mut self, blocks: &'a [Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &'a Block) {
        let span = block.span;
        match &block.kind {
            BlockKind::Paragraph(inlines) => {
                let written = self.inlines(inlines);
                self.say(&written);
            }
            BlockKind::Heading { inlines, .. } => {
                let heading = self.inlines(inlines);
                let written = self
                    .word("section")
                    .replace("{heading}", heading.trim_end_matches(['.', ':', '?', '!']));
                self.cue(Cue::Pause);
                self.say(&written);
            }
            BlockKind::List { start, items, .. } => self.list(*start, items),
            BlockKind::Quote(blocks) => self.blocks(blocks),
            BlockKind::Alert { kind, blocks } => {
                let word = match kind.name() {
                    "tip" => "alert_tip",
                    "important" => "alert_important",
                    "warning" => "alert_warning",
                    "caution" => "alert_caution",
                    _ => "alert_note",
                };
                self.alert(self.word(word), blocks);
            }
            BlockKind::Code { text, .. } => text.lines().for_each(|line| self.say(line)),
            BlockKind::Table(table) => self.table(&table.head, &table.rows, span),
            BlockKind::Definitions(list) => {
                for definition in list {
                    let term = self.inlines(&definition.term);
                    self.say(&term);
                    definition
                        .details
                        .iter()
                        .for_each(|detail| self.blocks(detail));
                }
            }
            BlockKind::Rule => self.cue(Cue::Pause),
            BlockKind::Only { filter, blocks }
                if filter.admits(&self.job.edition.name, "speech") =>
            {
                self.blocks(blocks);
            }
            BlockKind::Only { .. } => {}
            BlockKind::Contacts(ids) => ids.iter().for_each(|id| {
                let written = self.contact(*id, None);
                self.say(&written);
            }),
            BlockKind::Programme(page) => {
                if let Some(programme) = &self.job.site.page(*page).meta.programme {
                    self.agenda(programme, span);
                }
            }
            BlockKind::Recap(blocks) => self.recap = Some(blocks),
        }
    }

    /// `Xin lưu ý bà con: …`: in one sentence with what follows, if that can be followed.
    fn alert(&mut self, introduction: &str, blocks: &'a [Block]) {
        let mut blocks = blocks.iter();
        let first = blocks.as_slice().first().map(|block| &block.kind);
        if let Some(BlockKind::Paragraph(inlines)) = first {
            let words = self.inlines(inlines);
            let joined = format!("{introduction} {}", lower_first(&words));
            let sentences = self.heard.read(&joined);
            if sentences
                .first()
                .is_some_and(|(text, _)| syllables(text) <= LONGEST)
            {
                self.say(&joined);
            } else {
                self.say(introduction);
                self.say(&words);
            }
            blocks.next();
        } else {
            self.say(introduction);
        }
        blocks.for_each(|block| self.block(block));
    }

    /// Numbered items become "Một là, …"; bullets are sentences of their own.
    fn list(&mut self, start: Option<u64>, items: &'a [ListItem]) {
        for (place, item) in items.iter().enumerate() {
            let number =
                start.map(|first| reading::cardinal(first + place as u64, self.settings.accent));
            let mut blocks = item.blocks.iter();
            if let Some(Block {
                kind: BlockKind::Paragraph(inlines),
                ..
            }) = item.blocks.first()
            {
                let words = self.inlines(inlines);
                let written = match number {
                    Some(number) => format!("{number} là, {}", lower_first(&words)),
                    None => words,
                };
                self.say(&written);
                blocks.next();
            }
            blocks.for_each(|block| self.block(block));
        }
    }

    /// A row becomes a sentence: the first cell, then each heading with its cell.
    fn table(&mut self, head: &'a Row, rows: &'a [Row], span: Span) {
        for row in rows {
            let mut cells = row.iter().zip(head);
            let Some((first, _)) = cells.next() else {
                continue;
            };
            let mut written = self.inlines(first);
            for (place, (cell, name)) in cells.enumerate() {
                let (name, cell) = (plain_text(name), self.inlines(cell));
                if cell.trim().is_empty() {
                    continue;
                }
                written.push_str(if place == 0 { ": " } else { "; " });
                // "Ngày" over "19/8" would be said twice.
                let said = reading::aloud(&cell, self.settings.accent);
                let named = said.starts_with(&format!("{} ", name.trim().to_lowercase()));
                if !name.trim().is_empty() && !named {
                    written.push_str(&lower_first(&name));
                    written.push_str(", ");
                }
                written.push_str(&lower_first(&cell));
            }
            self.say_joined(&written, span);
        }
    }

    fn agenda(&mut self, programme: &Programme, span: Span) {
        self.say(self.word("agenda"));
        for item in &programme.items {
            let mut written = format!(
                "{}: {}",
                clock(item.at.hour(), item.at.minute()),
                lower_first(&item.what)
            );
            if let Some(minutes) = item.minutes {
                written.push_str(", ");
                written.push_str(
                    &self
                        .word("agenda_minutes")
                        .replace("{minutes}", &minutes.to_string()),
                );
            }
            if let Some(who) = &item.who {
                written.push_str(", ");
                written.push_str(&self.word("agenda_who").replace("{who}", who));
            }
            self.say_joined(&written, span);
        }
    }

    fn inlines(&mut self, inlines: &'a [Inline]) -> String {
        let mut out = String::new();
        for inline in inlines {
            match &inline.kind {
                InlineKind::Text(text) | InlineKind::Code(text) => out.push_str(text),
                InlineKind::Emphasis(inner)
                | InlineKind::Strong(inner)
                | InlineKind::Link { inlines: inner, .. } => {
                    out.push_str(&self.inlines(inner));
                }
                // What is struck out is not said.
                InlineKind::Strike(_) | InlineKind::FootnoteMark(_) => {}
                InlineKind::Image(image) => out.push_str(&image.alt),
                InlineKind::SoftBreak | InlineKind::HardBreak => out.push(' '),
                InlineKind::Reference { target, words } => {
                    let spoken = self.reference(target, words.as_deref());
                    out.push_str(&spoken);
                }
            }
        }
        out
    }

    fn reference(&mut self, target: &Target, words: Option<&'a [Inline]>) -> String {
        match target {
            Target::Page(id, _) => match words {
                Some(words) => self.inlines(words),
                None => self.job.site.page(*id).meta.title.clone(),
            },
            Target::Document(id, pinpoint) => match words {
                Some(words) => self.inlines(words),
                None => self.document(*id, pinpoint.as_deref()),
            },
            Target::Contact(id) => {
                let words = words.map(|words| self.inlines(words));
                self.contact(*id, words)
            }
        }
    }

    /// In full the first time, briefly afterwards.
    fn document(&mut self, id: DocumentId, pinpoint: Option<&str>) -> String {
        let document = self.job.site.facts.document(id);
        let accent = self.settings.accent;
        let by_title = document.goes_by_title();
        let kind = document.called();
        let name = if self.named.insert(id) {
            reading::document(kind, &document.number, &document.issuer, accent)
        } else if by_title {
            kind.to_owned()
        } else {
            let number = document.number.split('/').next().unwrap_or_default();
            reading::document(kind, number, "", accent)
        };
        match pinpoint {
            Some(pinpoint) => format!("{} {name}", reading::pinpoint(pinpoint, accent)),
            None => name,
        }
    }

    /// The name and the number, digit by digit, twice the first time.
    fn contact(&mut self, id: ContactId, words: Option<String>) -> String {
        if !self.asked.contains(&id) {
            self.asked.push(id);
        }
        let contact = self
            .job
            .site
            .facts
            .contact_for(id, self.commune, super::LANGUAGE);
        let name = words.unwrap_or_else(|| contact.name.clone());
        let Some(phone) = &contact.phone else {
            return name;
        };
        let number = reading::phone(&phone.display);
        let first = !self.called.contains(&id);
        if first {
            self.called.push(id);
        }
        let label = self.word("phone");
        let name = name.replace(&phone.display, "").trim().to_owned();
        let begin = if name.is_empty() {
            format!("{label} {number}")
        } else {
            format!("{name}, {label} {number}")
        };
        if first {
            // What goes on behind it is another thought; at the end of a sentence the stronger pause stays.
            format!("{begin}, {}, {number},", self.word("phone_again"))
        } else {
            begin
        }
    }

    /// What is repeated at the end: what the page asks for, else its telephone numbers, place and time.
    fn recap(&mut self) {
        let called = std::mem::take(&mut self.called);
        if let Some(blocks) = self.recap {
            self.cue(Cue::Pause);
            self.say(self.word("recap"));
            return self.blocks(blocks);
        }
        let programme = self.page.meta.programme.as_ref();
        if called.is_empty() && programme.is_none() {
            return;
        }
        self.cue(Cue::Pause);
        self.say(self.word("recap"));
        if let Some(programme) = programme {
            let starts = format!(
                "{} ngày {}",
                clock(programme.starts.hour(), programme.starts.minute()),
                programme.starts.strftime("%d/%m/%Y")
            );
            let written = self
                .word("recap_programme")
                .replace("{title}", &self.page.meta.title);
            let written = written
                .replace("{starts}", &starts)
                .replace("{place}", &programme.place);
            self.say(&written);
        }
        for id in called {
            let written = self.contact(id, None);
            let written = format!("{} {}", self.word("recap_contacts"), written);
            self.say(&written);
        }
    }
}

/// `7 giờ 30 phút`, `8 giờ`.
fn clock(hour: i8, minute: i8) -> String {
    if minute == 0 {
        format!("{hour} giờ")
    } else {
        format!("{hour} giờ {minute} phút")
    }
}

/// With a small first letter, unless the first words are a name or an abbreviation.
fn lower_first(words: &str) -> String {
    let mut letters = words.chars();
    let Some(first) = letters.next() else {
        return String::new();
    };
    let rest = letters.as_str();
    let mut following = words
        .split_whitespace()
        .map(|word| word.chars().next().is_some_and(char::is_uppercase))
        .skip(1);
    let abbreviation = rest.chars().next().is_some_and(char::is_uppercase);
    if abbreviation || following.next().unwrap_or(false) {
        words.to_owned()
    } else {
        first.to_lowercase().chain(rest.chars()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::lower_first;

    #[test]
    fn names_and_abbreviations_keep_their_capital() {
        assert_eq!(lower_first("Việc xảy ra ở đâu"), "việc xảy ra ở đâu");
        assert_eq!(lower_first("Chợ Gạo họp sớm"), "Chợ Gạo họp sớm");
        assert_eq!(lower_first("UBND xã"), "UBND xã");
    }
}
