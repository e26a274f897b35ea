//! The scripts of a page as files.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use super::bulletin::Bulletin;
use super::compose::{self, Body};
use super::line::{Heard, Line, Stretch, Turns, parts};
use super::script::{self, Frame, Length, Rest};
use super::settings::{CHUNKS, Settings};
use super::{LANGUAGE, Programme, bulletin, ssml, word};
use crate::channel::{Job, Out};
use crate::diag::{Diagnostic, Span};
use crate::model::{Artifact, Bytes, CommuneId, ContactId, Digest, Digester, Held, Page, PageId};
use crate::theme::script_view::{HeadLineView, LineView, ScriptView};
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
    /// How long the script of a commune is.
    pub(super) fn seconds(&self, place: usize) -> usize {
        let seconds = self.seconds.get(place).or(self.seconds.first());
        seconds.copied().unwrap_or_default()
    }

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

/// How long the scripts of a page are.
#[derive(Debug)]
pub(super) struct Lengths {
    /// Seconds by commune.
    pub(super) seconds: Vec<usize>,
    /// The blocks of the body.
    pub(super) stretches: Vec<(Stretch, Length)>,
}

/// One script, whole.
pub(super) struct Script<'a> {
    pub(super) job: Job<'a>,
    pub(super) settings: &'a Settings,
    pub(super) page: &'a Page,
    pub(super) commune: Option<CommuneId>,
    pub(super) frame: &'a Frame,
    rest: &'a Rest,
    /// Whose turn it is at the beginning.
    pub(super) turns: Turns,
    /// Syllables and seconds.
    pub(super) length: (usize, usize),
    /// What stands above everything else.
    pub(super) stamps: Vec<&'a str>,
    /// Name and text of each line above the script.
    pub(super) head: Vec<(String, String)>,
}

impl<'a> Script<'a> {
    /// All of its lines.
    pub(super) fn lines(&self) -> impl Iterator<Item = &'a Line> {
        self.rest.within(self.frame)
    }
}

/// What the facts of some communes make of a page, between greeting and thanks.
struct Variant<'a> {
    rest: &'a Rest,
    /// The plain text.
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
        let (mut heard, frames) = self.voice(page);
        let first = self.communes.first().copied().flatten();
        let mut diags = Vec::new();
        let body = self.body(page, &mut heard, first, &mut diags);
        let asked = body.asked.clone();
        let mut first = Some(body);
        let mut lengths = Lengths {
            seconds: vec![0; self.communes.len()],
            stretches: Vec::new(),
        };
        // Whoever has the first commune says what is wrong, in whichever commune it is.
        let all = self.lists || own.contains(&0);
        for places in self.alike(page, &frames, &asked) {
            let mine: Vec<usize> = places
                .iter()
                .filter(|at| own.contains(*at))
                .copied()
                .collect();
            if mine.is_empty() && !all {
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
                lengths.seconds[*place] = script::length(&self.settings, &frames[*place], &rest).1;
            }
            if places.contains(&0) {
                lengths.stretches.clone_from(&rest.stretches);
            }
            if mine.is_empty() {
                continue;
            }
            let variant = self.variant(page, &frames[places[0]], &rest);
            for place in mine {
                self.script(page, place, &frames[place], &variant, out)?;
            }
        }
        out.outcome.tally.scripts += own.len();
        out.outcome.tally.seconds += lengths.seconds[own.clone()].iter().sum::<usize>();
        if own.contains(&0) {
            let overrun = self.overrun(page, &lengths);
            out.diags.extend(diags.into_iter().chain(overrun));
        }
        let mut seconds = lengths.seconds;
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

    /// The reader of a page, and how its scripts begin and end.
    fn voice(&self, page: &Page) -> (Heard, Cow<'_, [Frame]>) {
        let own = &page.meta.speech.say;
        if own.is_empty() {
            let heard = Heard::new(self.reader.clone());
            return (heard, Cow::Borrowed(&self.frames));
        }
        let mut heard = Heard::new(self.reader.with(own.iter().cloned()));
        let communes = self.communes.iter();
        let frames: Vec<Frame> = communes
            .map(|commune| Frame::new(self.job, &mut heard, *commune))
            .collect();
        (heard, frames.into())
    }

    /// The places of communes for which everything between greeting and thanks is the same.
    fn alike(&self, page: &Page, frames: &[Frame], asked: &[ContactId]) -> Vec<Vec<usize>> {
        let facts = &self.job.site.facts;
        let mut groups: BTreeMap<Facts, Vec<usize>> = BTreeMap::new();
        for (place, commune) in self.communes.iter().enumerate() {
            let turns = Turns::new(&self.settings, page);
            let parity = turns.behind(&frames[place].opening).parity();
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

    fn variant<'b>(&self, page: &Page, frame: &Frame, rest: &'b Rest) -> Variant<'b> {
        let turns = Turns::new(&self.settings, page).behind(&frame.opening);
        let (text, lines) = (self.settings.makes("txt"), self.settings.makes("html"));
        let text = text.then(|| self::text(self.job, &rest.lines, turns));
        let lines = lines.then(|| line_views(self.job, &rest.lines, turns));
        Variant {
            rest,
            text: text.unwrap_or_default(),
            lines: lines.unwrap_or_default(),
        }
    }

    /// The files of one script; `place` is that of its commune.
    fn script(
        &self,
        page: &Page,
        place: usize,
        frame: &Frame,
        variant: &Variant<'_>,
        out: &Out<'_>,
    ) -> Result<(), String> {
        let (job, settings) = (self.job, &self.settings);
        let script = self.whole(page, place, frame, variant.rest);
        for ending in settings.endings() {
            let (media, bytes): (_, Bytes) = match ending {
                "txt" => ("text/plain", whole_text(&script, variant).into()),
                "html" => ("text/html", self.sheet(&script, variant)?.into()),
                "ssml" => ("application/ssml+xml", ssml::file(&script).into()),
                "json" => ("application/json", bulletin::file(&script).into()),
                CHUNKS => ("text/plain", chunks(&script).into()),
                _ => (crate::channel::word::MEDIA, word::file(&script)?.into()),
            };
            let path = super::output(job.site, page, ending).path(job.site, script.commune);
            out.file(file(path, media, bytes, page.span));
        }
        Ok(())
    }

    /// One script; `place` is that of its commune.
    fn whole<'b>(
        &'b self,
        page: &'b Page,
        place: usize,
        frame: &'b Frame,
        rest: &'b Rest,
    ) -> Script<'b> {
        let (job, settings) = (self.job, &self.settings);
        let length = script::length(settings, frame, rest);
        let duration = script::duration(length.1, settings, job);
        Script {
            job,
            settings,
            page,
            commune: self.communes[place],
            frame,
            rest,
            turns: Turns::new(settings, page),
            length,
            stamps: self.stamps(page),
            head: script::head(job, settings, page, &frame.commune, &duration),
        }
    }

    /// A page as data, for each commune.
    pub(super) fn bulletins(&self, page: &'a Page) -> Vec<(PageId, Option<CommuneId>, Bulletin)> {
        let (mut heard, frames) = self.voice(page);
        let mut one = |place: usize| {
            let commune = self.communes[place];
            let body = self.body(page, &mut heard, commune, &mut Vec::new());
            let rest = Rest::new(self.job, page, &mut heard, body);
            let script = self.whole(page, place, &frames[place], &rest);
            let mut bulletin = Bulletin::of(&script);
            if page.unapproved || page.held.is_some() {
                // A sound has no stamp that could be seen.
                let said = self.job.theme.word(LANGUAGE, "draft_spoken");
                bulletin.begin_with(said);
            }
            (page.id, commune, bulletin)
        };
        (0..self.communes.len()).map(&mut one).collect()
    }

    /// The reading sheet.
    fn sheet(&self, script: &Script<'_>, variant: &Variant<'_>) -> Result<Vec<u8>, String> {
        let (job, page, frame) = (script.job, script.page, script.frame);
        let mut lines = line_views(job, &frame.opening, script.turns);
        lines.extend(variant.lines.iter().cloned());
        let turns = script.turns.behind(&frame.opening);
        let turns = turns.behind(&variant.rest.lines);
        lines.extend(line_views(job, &frame.closing, turns));
        lines.extend(line_views(job, &variant.rest.end, turns));
        let view = ScriptView {
            title: page.meta.title.clone(),
            commune: frame.commune.clone(),
            unapproved: page.unapproved,
            held: page.held.map(Held::name).unwrap_or_default().to_owned(),
            // The sheet shows the title above its head.
            head: script.head[1..]
                .iter()
                .cloned()
                .map(|(name, text)| HeadLineView { name, text })
                .collect(),
            lines,
            index: "index.html".to_owned(),
            text_file: self.text_file(page),
        };
        let mut context = Context::new();
        context.insert_value("t", self.words.clone());
        context.insert_value("script", value(&view));
        self.templates.file("sheet.html", &context, 8 << 10)
    }

    /// What stands above everything else: why nobody may read this out yet.
    pub(super) fn stamps(&self, page: &Page) -> Vec<&str> {
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

    /// The name of a page's plain text; empty when it is not made.
    pub(super) fn text_file(&self, page: &Page) -> String {
        if self.settings.makes("txt") {
            format!("{}.txt", page.slug)
        } else {
            String::new()
        }
    }
}

/// A file of an edition.
pub(super) fn file(
    path: String,
    media: &'static str,
    bytes: impl Into<Bytes>,
    from: Span,
) -> Artifact {
    Artifact {
        path,
        media,
        bytes: bytes.into(),
        from: vec![from],
    }
}

/// The plain text: what stands above the line, the line, and the script.
fn whole_text(script: &Script<'_>, variant: &Variant<'_>) -> String {
    let (job, frame, turns) = (script.job, script.frame, script.turns);
    let mut out = String::new();
    for stamp in &script.stamps {
        let _ = writeln!(out, "{stamp}");
    }
    for (name, text) in &script.head {
        let _ = writeln!(out, "{name}: {text}");
    }
    out.push_str("---\n");
    out.push_str(&text(job, &frame.opening, turns));
    out.push_str(&variant.text);
    let turns = turns.behind(&frame.opening).behind(&variant.rest.lines);
    out.push_str(&text(job, &frame.closing, turns));
    out.push_str(&text(job, &variant.rest.end, turns));
    out
}

/// Lines as plain text: cues in brackets, one sentence a line.
fn text(job: Job<'_>, lines: &[Line], mut turns: Turns) -> String {
    let mut out = String::new();
    for line in lines {
        let voice = turns.next(line);
        match line {
            Line::Cue(cue) => {
                let _ = writeln!(out, "\n[{}]", cue.text(job));
            }
            Line::Say { text, start } => {
                if *start {
                    out.push('\n');
                }
                if let Some(voice) = voice {
                    let _ = write!(out, "{}: ", voice.text(job));
                }
                let _ = writeln!(out, "{text}");
            }
        }
    }
    out
}

/// What an engine takes at once, one piece a line.
fn chunks(script: &Script<'_>) -> String {
    let parts = parts(script.lines(), script.turns);
    let limit = script
        .settings
        .chunk
        .map_or(usize::MAX, |limit| limit as usize);
    let mut out = String::new();
    for chunk in bulletin::chunks(&parts, limit) {
        if let Some(voice) = chunk.voice {
            let _ = write!(out, "{}: ", voice.text(script.job));
        }
        let _ = writeln!(out, "{}", chunk.text);
    }
    out
}

/// Lines for a sheet.
fn line_views(job: Job<'_>, lines: &[Line], mut turns: Turns) -> Vec<Value> {
    let one = |line: &Line| {
        let voice = turns.next(line).map_or("", |voice| voice.text(job));
        let (cue, start, text) = match line {
            Line::Cue(cue) => (true, false, cue.text(job)),
            Line::Say { text, start } => (false, *start, &**text),
        };
        let parts = if cue { Vec::new() } else { phrases(text) };
        value(&LineView {
            cue,
            start,
            voice: voice.to_owned(),
            text: text.to_owned(),
            parts,
        })
    };
    lines.iter().map(one).collect()
}

/// A sentence from pause to pause, marks included.
fn phrases(sentence: &str) -> Vec<String> {
    let parts = sentence.split_inclusive([',', ';', ':']);
    parts.map(|part| part.trim().to_owned()).collect()
}
