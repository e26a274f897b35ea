//! What an edition and a page say about their leaflets.

use super::findings;
use super::format::Format;
use crate::channel::findings::format_not_made;
use crate::diag::{Diagnostic, Span};
use crate::load::{Fields, not_among};
use crate::model::{Edition, Kind, Page, State};

const KEYS: &[&str] = &["channel", "theme", "formats", "colour", "printer"];
/// Formats of the channel that this version does not make.
pub(super) const PLANNED: &[&str] = &["a5-2up"];
/// What `colour` can be.
const COLOURS: &[&str] = &["full", "black"];

/// Settings of a print edition.
#[derive(Debug, Clone)]
pub struct Settings {
    formats: Vec<&'static Format>,
    /// One of [`COLOURS`].
    colour: &'static str,
}

impl Settings {
    /// What templates are told by `sys.inputs`.
    pub(super) fn inputs(&self) -> [(&'static str, &'static str); 1] {
        [("colour", self.colour)]
    }
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            formats: Format::named("a5").into_iter().collect(),
            colour: COLOURS[0],
        }
    }
}

/// Reads the settings of an edition.
pub fn settings(edition: &Edition, diags: &mut Vec<Diagnostic>) -> Settings {
    let Some(mut fields) = Fields::open(&edition.settings, "what-edition", KEYS, diags) else {
        return Settings::default();
    };
    let mut settings = Settings::default();
    let known = |word: &str| COLOURS.iter().find(|known| **known == word).copied();
    settings.colour = fields
        .word("colour", COLOURS, known)
        .unwrap_or(settings.colour);
    if let Some(written) = fields.texts("formats") {
        settings.formats = named(&written, fields.diags());
    }
    settings
}

/// The formats in which a page is printed; none for most pages.
pub(super) fn formats_of(
    page: &Page,
    settings: &Settings,
    diags: &mut Vec<Diagnostic>,
) -> Vec<&'static Format> {
    if page.state != State::Current {
        return Vec::new();
    }
    match &page.meta.print.formats {
        Some(written) => named(written, diags),
        None if matches!(page.meta.kind, Kind::Guidance | Kind::Programme) => {
            settings.formats.clone()
        }
        None => Vec::new(),
    }
}

fn named(written: &[(String, Span)], diags: &mut Vec<Diagnostic>) -> Vec<&'static Format> {
    let mut out: Vec<&'static Format> = Vec::new();
    for (word, span) in written {
        match Format::named(word) {
            Some(format) if out.contains(&format) => {}
            Some(format) => out.push(format),
            None if PLANNED.contains(&word.as_str()) => {
                diags.push(match word.as_str() {
                    "a5-2up" => findings::two_up(*span, word),
                    _ => format_not_made(*span, word, &Format::names()),
                });
            }
            None => diags.push(not_among(*span, word, &Format::names())),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::channel::print::testing;

    fn read(edition: &str) -> (Vec<&'static str>, Vec<&'static str>) {
        let parsed = testing::parse(edition, &[]);
        let mut diags = Vec::new();
        let settings = settings(&parsed.site.config.editions[0], &mut diags);
        let names = settings.formats.iter().map(|format| format.name).collect();
        (names, diags.iter().map(|diag| diag.code.name).collect())
    }

    #[test]
    fn formats_default_to_a5_and_unknown_ones_are_findings() {
        assert_eq!(read("channel: print, theme: leaflet"), (vec!["a5"], vec![]));
        assert_eq!(
            read("channel: print, theme: leaflet, formats: [a4, a5, a4]"),
            (vec!["a4", "a5"], vec![])
        );
        assert_eq!(
            read("channel: print, theme: leaflet, formats: [a6]"),
            (vec![], vec!["invalid-value"])
        );
        assert_eq!(
            read("channel: print, theme: leaflet, formats: [a5, a5-2up, fold3]"),
            (vec!["a5", "fold3"], vec!["format-not-made"])
        );
        assert_eq!(
            read("channel: print, theme: leaflet, format: a5"),
            (vec!["a5"], vec!["unknown-key"])
        );
    }
}
