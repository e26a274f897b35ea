//! What a script is made of: cues and sentences, and whose turn it is to read.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use serde::Serialize;

use super::sentences;
use super::settings::Settings;
use crate::channel::Job;
use crate::model::Page;
use crate::reading::Reader;

/// A mark for whoever reads or plays a script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cue {
    /// The signature tune.
    Signature,
    /// A rest.
    Pause,
    /// From the beginning again.
    Repeat,
}

impl Cue {
    /// How long a cue takes, in seconds.
    pub(super) const SECONDS: usize = 2;

    /// Its name in data.
    pub(super) fn name(self) -> &'static str {
        match self {
            Cue::Signature => "signature",
            Cue::Pause => "pause",
            Cue::Repeat => "repeat",
        }
    }

    /// Its words in a theme.
    pub(super) fn text(self, job: Job<'_>) -> &str {
        let word = match self {
            Cue::Signature => "signature",
            Cue::Pause => "pause",
            Cue::Repeat => "repeat_cue",
        };
        job.theme.word(super::LANGUAGE, word)
    }
}

/// A cue or a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Line {
    /// Not read.
    Cue(Cue),
    /// Read; `start` where a paragraph begins.
    Say { text: Arc<str>, start: bool },
}

/// Sentences of a paragraph; the long ones with their syllables.
pub(super) type Sentences = Arc<[(Arc<str>, Option<usize>)]>;

/// A reader that remembers what a page's paragraphs sound like. The scripts of its communes differ
/// in few paragraphs; the others are read once.
#[derive(Debug)]
pub(super) struct Heard {
    reader: Reader,
    paragraphs: HashMap<String, Sentences>,
}

impl Heard {
    pub(super) fn new(reader: Reader) -> Heard {
        Heard {
            reader,
            paragraphs: HashMap::new(),
        }
    }

    /// Written words as sentences to be read.
    pub(super) fn read(&mut self, written: &str) -> Sentences {
        if let Some(known) = self.paragraphs.get(written) {
            return Arc::clone(known);
        }
        let sentences: Sentences = sentences::split(&self.reader.read(written).text)
            .into_iter()
            .map(|(text, too_long)| (text.into(), too_long))
            .collect();
        self.paragraphs
            .insert(written.to_owned(), Arc::clone(&sentences));
        sentences
    }

    /// The same as lines of a script.
    pub(super) fn say(&mut self, written: &str, lines: &mut Vec<Line>) {
        let sentences = self.read(written);
        let said = sentences.iter().enumerate();
        lines.extend(said.map(|(place, (text, _))| Line::Say {
            text: Arc::clone(text),
            start: place == 0,
        }));
    }
}

/// One of two readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Voice {
    /// The first, and every other paragraph.
    Male,
    /// The second.
    Female,
}

impl Voice {
    /// The word of SSML, and of data.
    pub(super) fn name(self) -> &'static str {
        match self {
            Voice::Male => "male",
            Voice::Female => "female",
        }
    }

    /// Its mark in a theme.
    pub(super) fn text(self, job: Job<'_>) -> &str {
        let word = match self {
            Voice::Male => "voice_a",
            Voice::Female => "voice_b",
        };
        job.theme.word(super::LANGUAGE, word)
    }
}

/// Whose turn it is, where two voices alternate by paragraph.
#[derive(Debug, Clone, Copy)]
pub(super) struct Turns {
    /// Whether there are two; one reads all otherwise.
    two: bool,
    /// Paragraphs so far.
    count: usize,
}

impl Turns {
    pub(super) fn new(settings: &Settings, page: &Page) -> Turns {
        Turns {
            two: page.meta.speech.voices.unwrap_or(settings.voices) == 2,
            count: 0,
        }
    }

    /// The voice of the next line; nothing where it does not change.
    pub(super) fn next(&mut self, line: &Line) -> Option<Voice> {
        if !self.two || !matches!(line, Line::Say { start: true, .. }) {
            return None;
        }
        self.count += 1;
        let first = self.count % 2 == 1;
        Some(if first { Voice::Male } else { Voice::Female })
    }

    /// So many paragraphs later.
    pub(super) fn behind(mut self, lines: &[Line]) -> Turns {
        for line in lines {
            self.next(line);
        }
        self
    }

    /// Two that go on alike.
    pub(super) fn parity(self) -> bool {
        self.two && self.count % 2 == 1
    }
}

/// A cue, or a paragraph in one voice.
#[derive(Debug)]
pub(super) enum Part<'a> {
    Cue(Cue),
    Say {
        /// Whose turn it is; nothing where one voice reads all.
        voice: Option<Voice>,
        sentences: Vec<&'a str>,
    },
}

/// Lines as cues and paragraphs.
pub(super) fn parts<'a>(
    lines: impl IntoIterator<Item = &'a Line>,
    mut turns: Turns,
) -> Vec<Part<'a>> {
    let mut out: Vec<Part<'a>> = Vec::new();
    for line in lines {
        let turn = turns.next(line);
        match (line, out.last_mut()) {
            (Line::Cue(cue), _) => out.push(Part::Cue(*cue)),
            (Line::Say { text, start: false }, Some(Part::Say { sentences, .. })) => {
                sentences.push(text);
            }
            (Line::Say { text, .. }, _) => out.push(Part::Say {
                voice: turn,
                sentences: vec![text],
            }),
        }
    }
    out
}

/// Part of a body, from one block of its source.
#[derive(Debug, Clone)]
pub(super) struct Stretch {
    /// Where it is written.
    pub(super) span: crate::diag::Span,
    /// Its lines.
    pub(super) lines: Range<usize>,
    pub(super) sort: Sort,
}

/// What dropping a part of a body would cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// Stands or falls with what follows it.
    Heading,
    /// A text among others.
    Plain,
    /// Warns, or says whom to call.
    Needed,
}
