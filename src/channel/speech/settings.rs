//! Settings of a speech edition.

use crate::channel::findings::format_not_made;
use crate::diag::Diagnostic;
use crate::load::{Fields, not_among};
use crate::model::Edition;
use crate::reading::Accent;

const KEYS: &[&str] = &["channel", "theme", "accent", "rate", "formats", "voices"];
const ACCENTS: &[&str] = &["north", "central", "south"];
/// What a script can be written as.
pub(super) const FORMATS: &[&str] = &["txt", "html"];

/// Formats of the channel that this version does not make.
const PLANNED: &[&str] = &["ssml", "json", "docx"];

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
}

impl Settings {
    /// Reads the settings; what does not fit is reported and has its default.
    pub(super) fn read(edition: &Edition, diags: &mut Vec<Diagnostic>) -> Settings {
        let mut settings = Settings {
            accent: Accent::default(),
            rate: 180,
            formats: FORMATS.iter().map(|format| (*format).to_owned()).collect(),
            voices: 1,
        };
        let Some(mut fields) = Fields::open(&edition.settings, "what-edition", KEYS, diags) else {
            return settings;
        };
        settings.accent = fields
            .word("accent", ACCENTS, Accent::parse)
            .unwrap_or_default();
        settings.rate = fields.count("rate", 60..=400).unwrap_or(settings.rate);
        settings.voices = fields.count("voices", 1..=2).unwrap_or(settings.voices);
        if let Some(formats) = fields.texts("formats") {
            for (format, span) in formats
                .iter()
                .filter(|(name, _)| !FORMATS.contains(&name.as_str()))
            {
                let planned = PLANNED.contains(&format.as_str());
                let finding = if planned { format_not_made } else { not_among };
                fields.diags().push(finding(*span, format, FORMATS));
            }
            settings.formats = formats.into_iter().map(|(format, _)| format).collect();
        }
        settings
    }

    /// Whether scripts are written in a format.
    pub(super) fn makes(&self, format: &str) -> bool {
        self.formats.iter().any(|wanted| wanted == format)
    }
}
