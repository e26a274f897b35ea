//! A script: a head that is not read, then cues and sentences.

use super::compose::Body;
use super::line::{Cue, Heard, Line, Stretch};
use super::settings::Settings;
use crate::channel::Job;
use crate::model::{ApprovalState, CommuneId, Page, Priority};
use crate::reading::{self, syllables};

/// How a script for a commune begins and ends: tune and greeting, thanks and tune.
#[derive(Debug, Clone)]
pub(super) struct Frame {
    /// Full name of the commune; empty when made for all.
    pub(super) commune: String,
    pub(super) opening: Vec<Line>,
    /// The thanks; the tune behind them is the end of every script.
    pub(super) closing: Vec<Line>,
    length: Length,
    /// Syllables a minute, where the commune has its own.
    rate: Option<u32>,
}

impl Frame {
    pub(super) fn new(job: Job<'_>, heard: &mut Heard, commune: Option<CommuneId>) -> Frame {
        let commune = commune.map(|id| job.site.facts.commune(id));
        let full_name = commune.map(crate::model::Commune::full_name);
        let word = |name: &'static str, everyone: &'static str| match &full_name {
            Some(place) => job
                .theme
                .word(super::LANGUAGE, name)
                .replace("{commune}", place),
            None => job.theme.word(super::LANGUAGE, everyone).to_owned(),
        };
        let mut opening = vec![Line::Cue(Cue::Signature)];
        heard.say(&word("greeting", "greeting_everyone"), &mut opening);
        let mut closing = Vec::new();
        heard.say(&word("closing", "closing_everyone"), &mut closing);
        Frame {
            length: Length::of(&opening) + Length::of(&closing),
            commune: full_name.unwrap_or_default(),
            opening,
            closing,
            rate: commune.and_then(|commune| commune.schedule.as_ref()?.rate),
        }
    }

    /// Syllables a minute.
    pub(super) fn rate(&self, settings: &Settings) -> u32 {
        self.rate.unwrap_or(settings.rate).max(1)
    }
}

/// What stands between greeting and thanks, and behind them: the same for all communes that have the same facts.
#[derive(Debug)]
pub(super) struct Rest {
    /// Headline, lead, body, recap.
    pub(super) lines: Vec<Line>,
    /// The tune, and whether all is read again.
    pub(super) end: Vec<Line>,
    /// What each block of the body came to.
    pub(super) stretches: Vec<(Stretch, Length)>,
    length: Length,
}

impl Rest {
    /// Puts the parts in their order.
    pub(super) fn new(job: Job<'_>, page: &Page, heard: &mut Heard, body: Body) -> Rest {
        let word = |name: &'static str| job.theme.word(super::LANGUAGE, name);
        let mut lines = Vec::new();
        let headline = word("headline").replace("{title}", &page.meta.title);
        heard.say(&headline, &mut lines);
        heard.say(&page.meta.summary, &mut lines);
        lines.push(Line::Cue(Cue::Pause));
        let length = |stretch: &Stretch| Length::of(&body.lines[stretch.lines.clone()]);
        let stretches = body.stretches.iter().cloned();
        let stretches = stretches.map(|one| (one.clone(), length(&one))).collect();
        lines.extend(body.lines);
        lines.dedup_by(|line, before| line == before && matches!(line, Line::Cue(_)));
        lines.extend(body.recap);
        let mut end = vec![Line::Cue(Cue::Signature)];
        if repeat(page) > 1 {
            end.push(Line::Cue(Cue::Repeat));
        }
        Rest {
            length: Length::of(&lines) + Length::of(&end),
            lines,
            end,
            stretches,
        }
    }

    /// All lines of the script of a commune.
    pub(super) fn within<'a>(&'a self, frame: &'a Frame) -> impl Iterator<Item = &'a Line> {
        let before = frame.opening.iter().chain(&self.lines);
        before.chain(&frame.closing).chain(&self.end)
    }
}

/// How often a script is read.
pub(super) fn repeat(page: &Page) -> u32 {
    page.meta.speech.repeat.unwrap_or(1)
}

/// How long lines take.
#[derive(Debug, Clone, Copy)]
pub(super) struct Length {
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
                Line::Cue(_) => length.pauses += Cue::SECONDS,
                Line::Say { text, .. } => length.syllables += syllables(text),
            }
        }
        length
    }

    /// In seconds, at so many syllables a minute.
    pub(super) fn seconds(self, rate: u32) -> usize {
        (self.syllables * 60).div_ceil(rate as usize) + self.pauses
    }
}

impl std::ops::Add for Length {
    type Output = Length;

    fn add(self, other: Length) -> Length {
        Length {
            syllables: self.syllables + other.syllables,
            pauses: self.pauses + other.pauses,
        }
    }
}

/// How long a script is: syllables and seconds.
pub(super) fn length(settings: &Settings, frame: &Frame, rest: &Rest) -> (usize, usize) {
    let length = frame.length + rest.length;
    (length.syllables, length.seconds(frame.rate(settings)))
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
    let mut out = vec![
        (word("head_title"), page.meta.title.clone()),
        (word("head_place"), place),
        (word("head_duration"), duration.to_owned()),
        (word("head_priority"), word(priority(page))),
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

/// The word for the class of a page.
pub(super) fn priority(page: &Page) -> &'static str {
    match page.meta.priority {
        Priority::Emergency => "priority_emergency",
        Priority::Priority => "priority_priority",
        Priority::Ordinary => "priority_ordinary",
    }
}

/// Who approved it; it stands above the line and is not read, so the day may have digits.
pub(super) fn approval(job: Job<'_>, page: &Page) -> String {
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
