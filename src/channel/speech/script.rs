//! A script: a head that is not read, then cues and sentences.

use super::compose::{Body, Heard, Line};
use super::settings::Settings;
use crate::channel::{Job, findings};
use crate::diag::Diagnostic;
use crate::model::{ApprovalState, CommuneId, Page};
use crate::reading::{self, syllables};

/// A pause cue is worth this many seconds.
const PAUSE: usize = 2;

/// How a script for a commune begins: tune and greeting.
#[derive(Debug, Clone)]
pub(super) struct Opening {
    /// Full name of the commune; empty when made for all.
    pub(super) commune: String,
    pub(super) lines: Vec<Line>,
    length: Length,
    /// Syllables a minute, where the commune has its own.
    rate: Option<u32>,
}

impl Opening {
    pub(super) fn new(job: Job<'_>, heard: &mut Heard, commune: Option<CommuneId>) -> Opening {
        let word = |name: &'static str| job.theme.word(super::LANGUAGE, name);
        let commune = commune.map(|id| job.site.facts.commune(id));
        let full_name = commune.map(crate::model::Commune::full_name);
        let greeting = match &full_name {
            Some(name) => word("greeting").replace("{commune}", name),
            None => word("greeting_everyone").to_owned(),
        };
        let mut lines = vec![Line::Cue(word("signature").into())];
        heard.say(&greeting, &mut lines);
        Opening {
            commune: full_name.unwrap_or_default(),
            length: Length::of(&lines),
            lines,
            rate: commune.and_then(|commune| commune.schedule.as_ref()?.rate),
        }
    }
}

/// What follows the greeting: the same for all communes that have the same facts.
#[derive(Debug)]
pub(super) struct Rest {
    pub(super) lines: Vec<Line>,
    length: Length,
}

impl Rest {
    /// Puts the parts in their order: headline, lead, body, recap, closing, tune.
    pub(super) fn new(job: Job<'_>, page: &Page, heard: &mut Heard, body: Body) -> Rest {
        let word = |name: &'static str| job.theme.word(super::LANGUAGE, name);
        let mut lines = Vec::new();
        let headline = word("headline").replace("{title}", &page.meta.title);
        heard.say(&headline, &mut lines);
        heard.say(&page.meta.summary, &mut lines);
        lines.push(Line::Cue(word("pause").into()));
        lines.extend(body.lines);
        lines.dedup_by(|line, before| line == before && matches!(line, Line::Cue(_)));
        lines.extend(body.recap);
        heard.say(word("closing"), &mut lines);
        lines.push(Line::Cue(word("signature").into()));
        if repeat(page) > 1 {
            lines.push(Line::Cue(word("repeat_cue").into()));
        }
        Rest {
            length: Length::of(&lines),
            lines,
        }
    }
}

/// How often a script is read.
fn repeat(page: &Page) -> u32 {
    page.meta.speech.repeat.unwrap_or(1)
}

/// How long lines take.
#[derive(Debug, Clone, Copy)]
struct Length {
    syllables: usize,
    /// In seconds.
    pauses: usize,
}

impl Length {
    fn of(lines: &[Line]) -> Length {
        let mut length = Length {
            syllables: 0,
            pauses: 0,
        };
        for line in lines {
            match line {
                Line::Cue(_) => length.pauses += PAUSE,
                Line::Say { text, .. } => length.syllables += syllables(text),
            }
        }
        length
    }
}

/// How long a script is, in seconds.
pub(super) fn seconds(settings: &Settings, opening: &Opening, rest: &Rest) -> usize {
    let rate = opening.rate.unwrap_or(settings.rate) as usize;
    let spoken = opening.length.syllables + rest.length.syllables;
    (spoken * 60).div_ceil(rate.max(1)) + opening.length.pauses + rest.length.pauses
}

/// Whether a script is longer than its slot.
pub(super) fn overrun(page: &Page, seconds: usize) -> Option<Diagnostic> {
    let limit = page.meta.speech.slot_minutes? as usize;
    let minutes = seconds.div_ceil(60);
    (minutes > limit).then(|| findings::slot_overrun(page.span, minutes, limit))
}

/// Whose turn it is, where two voices alternate by paragraph.
#[derive(Debug, Clone, Copy)]
pub(super) struct Turns<'a> {
    /// The voices; one reads all when there are none.
    names: Option<(&'a str, &'a str)>,
    /// Paragraphs so far.
    count: usize,
}

impl<'a> Turns<'a> {
    pub(super) fn new(job: Job<'a>, settings: &Settings, page: &Page) -> Turns<'a> {
        let word = |name: &'static str| job.theme.word(super::LANGUAGE, name);
        let voices = page.meta.speech.voices.unwrap_or(settings.voices);
        Turns {
            names: (voices == 2).then(|| (word("voice_a"), word("voice_b"))),
            count: 0,
        }
    }

    /// The voice of the next line; empty where it does not change.
    pub(super) fn next(&mut self, line: &Line) -> &'a str {
        match (self.names, line) {
            (Some((first, second)), Line::Say { start: true, .. }) => {
                self.count += 1;
                if self.count % 2 == 1 { first } else { second }
            }
            _ => "",
        }
    }

    /// So many paragraphs later.
    pub(super) fn behind(mut self, lines: &[Line]) -> Turns<'a> {
        for line in lines {
            self.next(line);
        }
        self
    }

    /// Two that go on alike.
    pub(super) fn parity(&self) -> bool {
        self.names.is_some() && self.count % 2 == 1
    }
}

/// `khoảng ba phút mười giây`: to ten seconds.
pub(super) fn duration(seconds: usize, settings: &Settings, job: Job<'_>) -> String {
    let word = |name: &'static str| job.theme.word(super::LANGUAGE, name);
    let rounded = seconds.div_ceil(10).max(1) * 10;
    let say = |number: usize| reading::cardinal(number as u64, settings.accent);
    let mut out = word("about").to_owned();
    if rounded >= 60 {
        out.push_str(&format!(" {} {}", say(rounded / 60), word("minutes")));
    }
    if !rounded.is_multiple_of(60) {
        out.push_str(&format!(" {} {}", say(rounded % 60), word("seconds")));
    }
    out
}

/// What stands above the line: name and text.
pub(super) fn head(
    job: Job<'_>,
    settings: &Settings,
    page: &Page,
    commune: &str,
    duration: &str,
) -> Vec<(String, String)> {
    let word = |name: &'static str| job.theme.word(super::LANGUAGE, name).to_owned();
    let place = if commune.is_empty() {
        word("head_everywhere")
    } else {
        commune.to_owned()
    };
    let priority = match page.meta.priority.name() {
        "emergency" => word("priority_emergency"),
        "priority" => word("priority_priority"),
        _ => word("priority_ordinary"),
    };
    let mut out = vec![
        (word("head_title"), page.meta.title.clone()),
        (word("head_place"), place),
        (word("head_duration"), duration.to_owned()),
        (word("head_priority"), priority),
    ];
    if repeat(page) > 1 {
        out.push((
            word("head_repeat"),
            reading::cardinal(u64::from(repeat(page)), settings.accent),
        ));
    }
    out.push((word("head_approval"), approval(job, page)));
    out
}

/// Who approved it; it stands above the line and is not read, so the day may have digits.
fn approval(job: Job<'_>, page: &Page) -> String {
    let word = |name: &'static str| job.theme.word(super::LANGUAGE, name).to_owned();
    match (page.approval, &page.meta.approval) {
        (ApprovalState::Approved, Some(approval)) => {
            let on = approval.on;
            let day = format!("{}/{}/{}", on.day(), on.month(), on.year());
            word("approved")
                .replace("{on}", &day)
                .replace("{role}", &approval.role)
                .replace("{by}", &approval.by)
        }
        (ApprovalState::Void, Some(approval)) if approval.on <= job.site.today => {
            word("approval_void")
        }
        (ApprovalState::NotNeeded, _) => word("not_needed"),
        _ => word("not_approved"),
    }
}
