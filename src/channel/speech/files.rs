//! Scripts as files: plain text, reading sheets, and lists to find them in.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use rayon::prelude::*;

use super::compose::{self, Body, Heard, Line};
use super::script::{self, Opening, Rest, Turns};
use super::{LANGUAGE, Programme};
use crate::channel::Out;
use crate::diag::{Diagnostic, Span};
use crate::model::{Artifact, Bytes, CommuneId, ContactId, Digest, Digester, Held, Page};
use crate::text::sort_key;
use crate::theme::script_view::{
    CommuneLinkView, CommuneView, DifferenceView, HeadLineView, LineView, ScriptLinkView,
    ScriptView,
};
use crate::theme::{Context, Value, value};

/// What the lists say of a page.
#[derive(Debug)]
pub(super) struct Summary {
    /// The contacts that its scripts read out.
    pub(super) asked: Vec<ContactId>,
    /// Seconds by commune; one for all when they are the same.
    seconds: Vec<usize>,
}

impl Summary {
    /// The summary as bytes: how many contacts, the contacts, the seconds; eight bytes each.
    pub(super) fn note(&self) -> Vec<u8> {
        let contacts = self.asked.iter().map(|id| id.0);
        let numbers = std::iter::once(self.asked.len()).chain(contacts);
        let numbers = numbers.chain(self.seconds.iter().copied());
        numbers
            .flat_map(|number| (number as u64).to_le_bytes())
            .collect()
    }

    /// The summary of such bytes.
    pub(super) fn of_note(note: &[u8]) -> Summary {
        let numbers = note.as_chunks().0.iter();
        let mut numbers =
            numbers.map(|bytes| usize::try_from(u64::from_le_bytes(*bytes)).unwrap_or_default());
        let asked = numbers.next().unwrap_or_default();
        Summary {
            asked: numbers.by_ref().take(asked).map(ContactId).collect(),
            seconds: numbers.collect(),
        }
    }

    /// The contacts and seconds that lists show.
    pub(super) fn digest(&self, key: &mut Digester) {
        key.digest(Digest::of(&self.note()));
    }
}

/// What the facts of some communes make of a page.
struct Variant {
    /// The plain text behind the greeting.
    text: String,
    /// The same as lines of a sheet.
    lines: Vec<Value>,
}

/// What tells the scripts of two communes apart, their heads and greetings aside: the names and
/// numbers that are read out, and which voice goes on after the greeting.
type Facts = (bool, Vec<(String, Option<String>)>);

impl<'a> Programme<'a> {
    /// Makes the scripts of a page for some communes: what they share is read and written once.
    pub(super) fn page(
        &self,
        page: &'a Page,
        own: &Range<usize>,
        out: &mut Out<'_>,
    ) -> Result<Summary, String> {
        let (mut heard, openings) = self.voice(page);
        let first = self.communes.first().copied().flatten();
        let mut diags = Vec::new();
        let body = self.body(page, &mut heard, first, &mut diags);
        let asked = body.asked.clone();
        let mut first = Some(body);
        let mut seconds = vec![0; self.communes.len()];
        for places in self.alike(page, &openings, &asked) {
            let mine: Vec<usize> = places
                .iter()
                .filter(|at| own.contains(*at))
                .copied()
                .collect();
            if mine.is_empty() && !self.lists {
                continue;
            }
            let made = first.take_if(|_| places.contains(&0));
            let body = made.unwrap_or_else(|| {
                // What is wrong was said for the first commune.
                let commune = self.communes[places[0]];
                self.body(page, &mut heard, commune, &mut Vec::new())
            });
            let rest = Rest::new(self.job, page, &mut heard, body);
            for place in &places {
                seconds[*place] = script::seconds(&self.settings, &openings[*place], &rest);
            }
            if mine.is_empty() {
                continue;
            }
            let variant = self.variant(page, &openings[places[0]], &rest);
            for place in mine {
                let opening = &openings[place];
                self.script(page, (place, seconds[place]), opening, &variant, out)?;
            }
        }
        out.outcome.tally.scripts += own.len();
        out.outcome.tally.seconds += seconds[own.clone()].iter().sum::<usize>();
        if own.contains(&0) {
            let overrun = script::overrun(page, seconds[0]);
            out.diags.extend(diags.into_iter().chain(overrun));
        }
        if seconds.iter().all(|one| *one == seconds[0]) {
            seconds.truncate(1);
        }
        Ok(Summary { asked, seconds })
    }

    fn body(
        &self,
        page: &'a Page,
        heard: &mut Heard,
        commune: Option<CommuneId>,
        diags: &mut Vec<Diagnostic>,
    ) -> Body {
        compose::body(self.job, &self.settings, page, heard, commune, diags)
    }

    /// The reader of a page and how its scripts begin.
    fn voice(&self, page: &Page) -> (Heard, Cow<'_, [Opening]>) {
        let own = &page.meta.speech.say;
        if own.is_empty() {
            let heard = Heard::new(self.reader.clone());
            return (heard, Cow::Borrowed(&self.openings));
        }
        let mut heard = Heard::new(self.reader.with(own.iter().cloned()));
        let communes = self.communes.iter();
        let openings: Vec<Opening> = communes
            .map(|commune| Opening::new(self.job, &mut heard, *commune))
            .collect();
        (heard, openings.into())
    }

    /// The places of communes for which everything behind the greeting is the same.
    fn alike(&self, page: &Page, openings: &[Opening], asked: &[ContactId]) -> Vec<Vec<usize>> {
        let facts = &self.job.site.facts;
        let mut groups: BTreeMap<Facts, Vec<usize>> = BTreeMap::new();
        for (place, commune) in self.communes.iter().enumerate() {
            let turns = Turns::new(self.job, &self.settings, page);
            let parity = turns.behind(&openings[place].lines).parity();
            let said = asked
                .iter()
                .filter(|id| facts.contact(**id).per_commune || self.differences.of(**id));
            let said = said.map(|id| {
                let contact = facts.contact_for(*id, *commune, LANGUAGE);
                (contact.name, contact.phone.map(|phone| phone.display))
            });
            let key = (parity, said.collect());
            groups.entry(key).or_default().push(place);
        }
        groups.into_values().collect()
    }

    fn variant(&self, page: &Page, opening: &Opening, rest: &Rest) -> Variant {
        let turns = Turns::new(self.job, &self.settings, page).behind(&opening.lines);
        let text = if self.settings.makes("txt") {
            text(&rest.lines, turns)
        } else {
            String::new()
        };
        let lines = if self.settings.makes("html") {
            line_views(&rest.lines, turns)
        } else {
            Vec::new()
        };
        Variant { text, lines }
    }

    /// The files of one script; `place` is that of its commune.
    fn script(
        &self,
        page: &Page,
        (place, seconds): (usize, usize),
        opening: &Opening,
        variant: &Variant,
        out: &Out<'_>,
    ) -> Result<(), String> {
        let commune = self.communes[place];
        let duration = script::duration(seconds, &self.settings, self.job);
        let (job, settings) = (self.job, &self.settings);
        let head = script::head(job, settings, page, &opening.commune, &duration);
        let turns = Turns::new(job, settings, page);
        if settings.makes("txt") {
            let mut whole = head_text(&self.stamps(page), &head);
            whole.push_str(&text(&opening.lines, turns));
            whole.push_str(&variant.text);
            let path = super::output(job.site, page, "txt").path(job.site, commune);
            out.file(file(path, "text/plain", whole, page.span));
        }
        if settings.makes("html") {
            let mut lines = line_views(&opening.lines, turns);
            lines.extend(variant.lines.iter().cloned());
            let mut context = Context::new();
            context.insert_value("t", self.words.clone());
            let view = self.view(page, opening, head, lines);
            context.insert_value("script", value(&view));
            let html = self.templates.file("sheet.html", &context, 8 << 10)?;
            let path = super::output(job.site, page, "html").path(job.site, commune);
            out.file(file(path, "text/html", html, page.span));
        }
        Ok(())
    }

    fn view(
        &self,
        page: &Page,
        opening: &Opening,
        head: Vec<(String, String)>,
        lines: Vec<Value>,
    ) -> ScriptView {
        ScriptView {
            title: page.meta.title.clone(),
            commune: opening.commune.clone(),
            unapproved: page.unapproved,
            held: page.held.map(Held::name).unwrap_or_default().to_owned(),
            // The sheet shows the title above its head.
            head: head
                .into_iter()
                .skip(1)
                .map(|(name, text)| HeadLineView { name, text })
                .collect(),
            lines,
            index: "index.html".to_owned(),
            text_file: self.text_file(page),
        }
    }

    /// What stands above everything else: why nobody may read this out yet.
    fn stamps(&self, page: &Page) -> Vec<&str> {
        let held = page.held.map(|held| match held {
            Held::Draft => "held_draft",
            Held::Until(_) => "held_scheduled",
        });
        let unapproved = page.unapproved.then_some("draft");
        held.into_iter()
            .chain(unapproved)
            .map(|word| self.job.theme.word(LANGUAGE, word))
            .collect()
    }

    fn text_file(&self, page: &Page) -> String {
        if self.settings.makes("txt") {
            format!("{}.txt", page.slug)
        } else {
            String::new()
        }
    }

    /// The folder of a commune, with `/`; nothing when scripts are made for all.
    fn folder(&self, place: usize) -> String {
        self.communes[place]
            .map(|id| format!("{}/", self.job.site.facts.commune(id).slug))
            .unwrap_or_default()
    }

    /// The list of each commune's scripts, and of communes.
    pub(super) fn write_lists(&self, out: &Out<'_>) -> Result<(), String> {
        let places = (0..self.communes.len()).into_par_iter();
        places.try_for_each(|place| self.commune(place, out))?;
        if self.communes.iter().any(Option::is_some) {
            self.index(out)?;
        }
        Ok(())
    }

    /// Pages whose scripts were made.
    fn made(&self) -> impl Iterator<Item = (&'a Page, &Summary)> {
        let all = self.pages.iter().zip(&self.summaries);
        all.filter_map(|(page, summary)| Some((*page, summary.get()?)))
    }

    fn commune(&self, place: usize, out: &Out<'_>) -> Result<(), String> {
        let folder = self.folder(place);
        let links = self.made().map(|(page, summary)| {
            let seconds = summary.seconds.get(place).or(summary.seconds.first());
            self.link(page, seconds.copied().unwrap_or_default())
        });
        let view = CommuneView {
            name: self.openings[place].commune.clone(),
            back: if folder.is_empty() {
                String::new()
            } else {
                "../index.html".to_owned()
            },
            scripts: links.collect(),
        };
        let mut context = Context::new();
        context.insert_value("t", self.words.clone());
        context.insert_value("commune", value(&view));
        let html = self.templates.file("commune.html", &context, 0)?;
        let from = self.communes[place].map_or(self.job.edition.span, |id| {
            self.job.site.facts.commune(id).span
        });
        out.file(file(format!("{folder}index.html"), "text/html", html, from));
        Ok(())
    }

    fn link(&self, page: &Page, seconds: usize) -> ScriptLinkView {
        let text_file = self.text_file(page);
        let sheet = if self.settings.makes("html") {
            format!("{}.html", page.slug)
        } else {
            text_file.clone()
        };
        ScriptLinkView {
            title: page.meta.title.clone(),
            sheet,
            text_file,
            duration: script::duration(seconds, &self.settings, self.job),
            unapproved: page.unapproved,
            held: page.held.map(Held::name).unwrap_or_default().to_owned(),
        }
    }

    fn index(&self, out: &Out<'_>) -> Result<(), String> {
        let facts = &self.job.site.facts;
        let mut communes: Vec<CommuneId> = self.communes.iter().copied().flatten().collect();
        communes.sort_by_cached_key(|id| (sort_key(&facts.commune(*id).name), *id));
        let links: Vec<CommuneLinkView> = communes
            .into_iter()
            .map(|id| facts.commune(id))
            .map(|commune| CommuneLinkView {
                name: commune.full_name(),
                url: format!("{}/index.html", commune.slug),
            })
            .collect();
        let asked = self
            .made()
            .map(|(page, summary)| (page.id, summary.asked.as_slice()));
        let differences: Vec<DifferenceView> = self
            .differences
            .table(self.job.site, asked)
            .into_iter()
            .map(|line| DifferenceView {
                article: line.article.to_owned(),
                contact: line.contact.to_owned(),
                communes: line.communes.join(", "),
                more: line.more,
            })
            .collect();
        let mut context = Context::new();
        context.insert_value("t", self.words.clone());
        context.insert_value("title", value(&self.job.site.config.title));
        context.insert_value("communes", value(&links));
        context.insert_value("differences", value(&differences));
        let html = self.templates.file("index.html", &context, 0)?;
        let path = "index.html".to_owned();
        out.file(file(path, "text/html", html, self.job.edition.span));
        Ok(())
    }
}

fn file(path: String, media: &'static str, bytes: impl Into<Bytes>, from: Span) -> Artifact {
    Artifact {
        path,
        media,
        bytes: bytes.into(),
        from: vec![from],
    }
}

/// What stands above the line in a plain text, and the line.
fn head_text(stamps: &[&str], head: &[(String, String)]) -> String {
    let mut out = String::new();
    for stamp in stamps {
        let _ = writeln!(out, "{stamp}");
    }
    for (name, text) in head {
        let _ = writeln!(out, "{name}: {text}");
    }
    out.push_str("---\n");
    out
}

/// Lines as plain text: cues in brackets, one sentence a line.
fn text(lines: &[Line], mut turns: Turns<'_>) -> String {
    let mut out = String::new();
    for line in lines {
        let voice = turns.next(line);
        match line {
            Line::Cue(text) => {
                let _ = writeln!(out, "\n[{text}]");
            }
            Line::Say { text, start } => {
                if *start {
                    out.push('\n');
                }
                if !voice.is_empty() {
                    let _ = write!(out, "{voice}: ");
                }
                let _ = writeln!(out, "{text}");
            }
        }
    }
    out
}

/// Lines for a sheet.
fn line_views(lines: &[Line], mut turns: Turns<'_>) -> Vec<Value> {
    let one = |line: &Line| {
        let voice = turns.next(line).to_owned();
        let (cue, start, text) = match line {
            Line::Cue(text) => (true, false, text),
            Line::Say { text, start } => (false, *start, text),
        };
        value(&LineView {
            cue,
            start,
            voice,
            text: text.to_string(),
        })
    };
    lines.iter().map(one).collect()
}
