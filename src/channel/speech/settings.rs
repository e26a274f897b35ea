//! Settings of a speech edition.

use super::engine::{self, Engine};
use crate::diag::Diagnostic;
use crate::load::{Fields, not_among};
use crate::model::Edition;
use crate::reading::Accent;

const KEYS: &[&str] = &[
    "channel", "theme", "accent", "rate", "formats", "voices", "chunk", "plan", "engine",
];
const ACCENTS: &[&str] = &["north", "central", "south"];

/// What a script can be written as. All but the last are a file for each script.
const FORMATS: &[&str] = &["txt", "html", "ssml", "json", "docx", LEXICON];

/// One file for an edition: how its engine should say single words.
pub(super) const LEXICON: &str = "pls";

/// Formats when none are written.
const USUAL: &[&str] = &["txt", "html"];

/// The ending of scripts that are cut for an engine.
pub(super) const CHUNKS: &str = "chunks.txt";

/// Settings of a speech edition, typed.
#[derive(Debug, Clone)]
pub(super) struct Settings {
    /// Whose wording of numbers.
    pub(super) accent: Accent,
    /// Syllables a minute.
    pub(super) rate: u32,
    /// What each script is written as.
    pub(super) formats: Vec<String>,
    /// One voice, or two that alternate.
    pub(super) voices: u32,
    /// So many characters a speech engine takes at once.
    pub(super) chunk: Option<u32>,
    /// For how many days it is planned what is broadcast when.
    pub(super) plan: u32,
    /// Who speaks bulletins for `loa audio`.
    pub(super) engine: Option<Engine>,
}

impl Settings {
    /// Reads the settings; what does not fit is reported and has its default.
    pub(super) fn read(edition: &Edition, diags: &mut Vec<Diagnostic>) -> Settings {
        let mut settings = Settings {
            accent: Accent::default(),
            rate: 180,
            formats: USUAL.iter().map(|format| (*format).to_owned()).collect(),
            voices: 1,
            chunk: None,
            plan: 14,
            engine: None,
        };
        let Some(mut fields) = Fields::open(&edition.settings, "what-edition", KEYS, diags) else {
            return settings;
        };
        settings.accent = fields
            .word("accent", ACCENTS, Accent::parse)
            .unwrap_or_default();
        settings.rate = fields.count("rate", 60..=400).unwrap_or(settings.rate);
        settings.voices = fields.count("voices", 1..=2).unwrap_or(settings.voices);
        settings.engine = engine::read(&mut fields, settings.accent);
        settings.chunk = fields.count("chunk", 50..=10_000);
        settings.plan = fields.count("plan", 0..=31).unwrap_or(settings.plan);
        if let Some(formats) = fields.texts("formats") {
            for (format, span) in formats
                .iter()
                .filter(|(name, _)| !FORMATS.contains(&name.as_str()))
            {
                let finding = not_among(*span, format, FORMATS);
                fields.diags().push(finding);
            }
            settings.formats = formats.into_iter().map(|(format, _)| format).collect();
        }
        settings
    }

    /// Whether scripts are written in a format.
    pub(super) fn makes(&self, format: &str) -> bool {
        self.formats.iter().any(|wanted| wanted == format)
    }

    /// The endings of the files that each script is written as, in the order in which they are listed.
    pub(super) fn endings(&self) -> impl Iterator<Item = &'static str> {
        let formats = FORMATS.iter().copied().filter(|name| *name != LEXICON);
        let chunks = self.chunk.map(|_| CHUNKS);
        formats.filter(|name| self.makes(name)).chain(chunks)
    }

    /// The accent as it is written in settings.
    pub(super) fn accent_name(&self) -> &'static str {
        match self.accent {
            Accent::North => "north",
            Accent::Central => "central",
            Accent::South => "south",
        }
    }
}
