//! Settings of a pack edition: how one outlet wants its articles.

use crate::diag::Diagnostic;
use crate::load::{Fields, not_among};
use crate::model::Edition;

const KEYS: &[&str] = &[
    "channel",
    "theme",
    "outlet",
    "lead_tag",
    "dates",
    "byline",
    "max_title",
    "max_lead",
    "max_words",
    "forbidden_tags",
];
const DATES: &[&str] = &["slash", "dash"];
const BYLINES: &[&str] = &["start", "end", "none"];

/// The elements of a fragment that an outlet may do without.
const TAGS: &[&str] = &["h2", "h3", "ul", "ol", "table", "strong", "em", "a"];

/// Where the author stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Byline {
    /// Before the lead.
    Start,
    /// At the end.
    End,
    /// Nowhere: the outlet adds its own.
    None,
}

/// How one outlet wants its articles.
#[derive(Debug, Clone)]
pub(super) struct Settings {
    /// Whose they are.
    pub(super) outlet: String,
    /// What the lead begins with, such as `(ABO)`.
    pub(super) lead_tag: String,
    /// Whether days are written 15-5 instead of 15/5.
    pub(super) dashes: bool,
    /// Where the author stands.
    pub(super) byline: Byline,
    /// Letters of a title at most.
    pub(super) max_title: Option<u32>,
    /// Letters of a lead at most.
    pub(super) max_lead: Option<u32>,
    /// Words of a text at most.
    pub(super) max_words: Option<u32>,
    /// Elements that its system throws away.
    pub(super) forbidden: Vec<String>,
}

impl Settings {
    /// Reads the settings; what does not fit is reported and has its default.
    pub(super) fn read(edition: &Edition, diags: &mut Vec<Diagnostic>) -> Settings {
        let mut settings = Settings {
            outlet: edition.name.clone(),
            lead_tag: String::new(),
            dashes: false,
            byline: Byline::End,
            max_title: None,
            max_lead: None,
            max_words: None,
            forbidden: Vec::new(),
        };
        let Some(mut fields) = Fields::open(&edition.settings, "what-edition", KEYS, diags) else {
            return settings;
        };
        if let Some(outlet) = fields.text("outlet") {
            settings.outlet = outlet;
        }
        settings.lead_tag = fields.text("lead_tag").unwrap_or_default();
        let dashes = |word: &str| DATES.contains(&word).then_some(word == "dash");
        settings.dashes = fields.word("dates", DATES, dashes).unwrap_or_default();
        let byline = |word: &str| match word {
            "start" => Some(Byline::Start),
            "end" => Some(Byline::End),
            "none" => Some(Byline::None),
            _ => None,
        };
        let byline = fields.word("byline", BYLINES, byline);
        settings.byline = byline.unwrap_or(Byline::End);
        settings.max_title = fields.count("max_title", 20..=1_000);
        settings.max_lead = fields.count("max_lead", 20..=10_000);
        settings.max_words = fields.count("max_words", 20..=100_000);
        for (tag, span) in fields.texts("forbidden_tags").unwrap_or_default() {
            if TAGS.contains(&tag.as_str()) {
                settings.forbidden.push(tag);
            } else {
                fields.diags().push(not_among(span, &tag, TAGS));
            }
        }
        settings
    }

    /// Whether an element may be used.
    pub(super) fn allows(&self, tag: &str) -> bool {
        self.forbidden.iter().all(|one| one != tag)
    }
}
