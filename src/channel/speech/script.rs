//! A script: a head that is not read, then cues and sentences.

use super::compose::{Body, Line};
use super::sentences;
use super::settings::Settings;
use crate::channel::{Job, findings};
use crate::diag::Diagnostic;
use crate::model::{ApprovalState, CommuneId, Page};
use crate::reading::{self, Reader, syllables};

/// A pause cue is worth this many seconds.
const PAUSE: usize = 2;

/// One page for one commune.
#[derive(Debug, Clone)]
pub(super) struct Script {
    /// Full name of the commune; empty when made for all.
    pub(super) commune: String,
    /// What stands above the line: name and text.
    pub(super) head: Vec<(String, String)>,
    pub(super) lines: Vec<Line>,
    pub(super) seconds: usize,
    /// How long it is, in words.
    pub(super) duration: String,
    voices: u32,
    names: (String, String),
}

impl Script {
    /// Puts the parts in their order: tune, greeting, headline, lead, body, recap, closing, tune.
    pub(super) fn new(
        job: Job<'_>,
        settings: &Settings,
        page: &Page,
        reader: &Reader,
        commune: Option<CommuneId>,
        body: Body,
    ) -> Script {
        let word = |name: &'static str| job.theme.word(super::LANGUAGE, name);
        let full_name = commune.map(|id| job.site.facts.commune(id).full_name());
        let greeting = match &full_name {
            Some(name) => word("greeting").replace("{commune}", name),
            None => word("greeting_everyone").to_owned(),
        };
        let mut lines = vec![Line::Cue(word("signature").to_owned())];
        say(reader, &greeting, &mut lines);
        say(
            reader,
            &word("headline").replace("{title}", &page.meta.title),
            &mut lines,
        );
        say(reader, &page.meta.summary, &mut lines);
        lines.push(Line::Cue(word("pause").to_owned()));
        lines.extend(body.lines);
        lines.dedup_by(|line, before| line == before && matches!(line, Line::Cue(_)));
        lines.extend(body.recap);
        say(reader, word("closing"), &mut lines);
        lines.push(Line::Cue(word("signature").to_owned()));
        let repeat = page.meta.speech.repeat.unwrap_or(1);
        if repeat > 1 {
            lines.push(Line::Cue(word("repeat_cue").to_owned()));
        }
        let rate = commune
            .and_then(|id| job.site.facts.commune(id).schedule.as_ref()?.rate)
            .unwrap_or(settings.rate);
        let seconds = seconds(&lines, rate as usize);
        let duration = duration(seconds, settings, job);
        let mut script = Script {
            commune: full_name.unwrap_or_default(),
            head: Vec::new(),
            lines,
            seconds,
            duration,
            voices: page.meta.speech.voices.unwrap_or(settings.voices),
            names: (word("voice_a").to_owned(), word("voice_b").to_owned()),
        };
        script.head = head(job, settings, page, &script, repeat);
        script
    }

    /// Whether it is longer than its slot.
    pub(super) fn overrun(&self, page: &Page) -> Option<Diagnostic> {
        let limit = page.meta.speech.slot_minutes? as usize;
        let minutes = self.seconds.div_ceil(60);
        (minutes > limit).then(|| findings::slot_overrun(page.span, minutes, limit))
    }

    /// The lines with whose turn it is: cue, start of a paragraph, voice, words.
    pub(super) fn turns(&self) -> Vec<(bool, bool, &str, &str)> {
        let mut turn = 0usize;
        let mut out = Vec::with_capacity(self.lines.len());
        for line in &self.lines {
            match line {
                Line::Cue(text) => out.push((true, false, "", text.as_str())),
                Line::Say { text, start } => {
                    let voice = match (self.voices, *start) {
                        (2, true) => {
                            turn += 1;
                            if turn % 2 == 1 {
                                self.names.0.as_str()
                            } else {
                                self.names.1.as_str()
                            }
                        }
                        _ => "",
                    };
                    out.push((false, *start, voice, text.as_str()));
                }
            }
        }
        out
    }
}

fn say(reader: &Reader, written: &str, lines: &mut Vec<Line>) {
    let mut start = true;
    for (text, _) in sentences::split(&reader.read(written).text) {
        lines.push(Line::Say { text, start });
        start = false;
    }
}

fn seconds(lines: &[Line], rate: usize) -> usize {
    let count = |line: &Line| match line {
        Line::Cue(_) => (0, PAUSE),
        Line::Say { text, .. } => (syllables(text), 0),
    };
    let (spoken, pauses) = lines
        .iter()
        .map(count)
        .fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    (spoken * 60).div_ceil(rate.max(1)) + pauses
}

/// `khoảng ba phút mười giây`: to ten seconds.
fn duration(seconds: usize, settings: &Settings, job: Job<'_>) -> String {
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

fn head(
    job: Job<'_>,
    settings: &Settings,
    page: &Page,
    script: &Script,
    repeat: u32,
) -> Vec<(String, String)> {
    let word = |name: &'static str| job.theme.word(super::LANGUAGE, name).to_owned();
    let place = if script.commune.is_empty() {
        word("head_everywhere")
    } else {
        script.commune.clone()
    };
    let priority = match page.meta.priority.name() {
        "emergency" => word("priority_emergency"),
        "priority" => word("priority_priority"),
        _ => word("priority_ordinary"),
    };
    let mut out = vec![
        (word("head_title"), page.meta.title.clone()),
        (word("head_place"), place),
        (word("head_duration"), script.duration.clone()),
        (word("head_priority"), priority),
    ];
    if repeat > 1 {
        out.push((
            word("head_repeat"),
            reading::cardinal(u64::from(repeat), settings.accent),
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
