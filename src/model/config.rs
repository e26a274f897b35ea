//! The settings of a site: `loa.yaml`.

use super::{Node, NodeKind, facts::CommuneKind, meta::Imprint, printer::Printer, site::CommuneId};
use crate::diag::{Code, Span};

/// `loa.yaml`, typed.
#[derive(Debug, Clone)]
pub struct Config {
    /// Name of the site.
    pub title: String,
    /// The language of pages without a language suffix.
    pub language: String,
    /// All languages, the main one first.
    pub languages: Vec<String>,
    /// Whether pages need an approval.
    pub approval: ApprovalPolicy,
    /// Days after which a fact wants another check.
    pub stale_after: i64,
    /// For whom scripts and leaflets are made.
    pub communes: CommuneChoice,
    /// What the site says of single codes, in the order written.
    pub checks: Vec<(Code, Level)>,
    /// Legal lines that all printed matter has, where a page does not say otherwise.
    pub imprint: Imprint,
    /// Where sheets are printed, in the order written.
    pub printers: Vec<Printer>,
    /// What is built, in the order written.
    pub editions: Vec<Edition>,
    /// The edition whose addresses are those of the originals, if one is named.
    pub canonical: Option<String>,
    /// Where the editions are named.
    pub span: Span,
}

/// Whether unapproved pages carry the draft stamp.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ApprovalPolicy {
    /// They do.
    Required,
    /// They do not.
    #[default]
    Optional,
}

/// What a site wants of a code: `checks` in `loa.yaml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Not shown.
    Off,
    /// Shown; the build goes on.
    Warning,
    /// Stops the build.
    Error,
}

impl Level {
    /// The words of `loa.yaml`.
    pub const NAMES: [&'static str; 3] = ["off", "warning", "error"];

    /// The level of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Level> {
        match word {
            "off" => Some(Level::Off),
            "warning" => Some(Level::Warning),
            "error" => Some(Level::Error),
            _ => None,
        }
    }
}

/// For whom scripts and leaflets are made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CommuneChoice {
    /// Once, without a commune.
    None,
    /// For every commune of the registry.
    All,
    /// For these.
    Some(Vec<CommuneId>),
}

/// One configured build of a channel.
#[derive(Debug, Clone)]
pub struct Edition {
    /// Its name and folder under `public/`.
    pub name: String,
    /// The channel's name.
    pub channel: String,
    /// The theme's name.
    pub theme: String,
    /// Everything written for it; the channel types its own settings from this.
    pub settings: Node,
    /// Where its name stands.
    pub span: Span,
}

impl Edition {
    /// Where the value of a setting stands; the edition's name where it is not written.
    #[must_use]
    pub fn place_of(&self, key: &str) -> Span {
        let written = self
            .settings
            .entries()
            .iter()
            .find(|(name, _)| name.text == key);
        written.map_or(self.span, |(_, value)| value.span)
    }
}

impl Config {
    /// Where the sheets of an edition are printed.
    #[must_use]
    pub fn printer(&self, edition: &Edition) -> Printer {
        let entries = edition.settings.entries().iter();
        let mut named = entries.filter(|(key, _)| key.text == "printer");
        let name = named.find_map(|(_, node)| match &node.kind {
            NodeKind::Scalar(name) => Some(name.as_str()),
            _ => None,
        });
        let name = name.unwrap_or(Printer::OFFICE);
        let found = self.printers.iter().find(|one| one.name == name);
        found.cloned().unwrap_or_else(Printer::office)
    }

    /// The prefix that pages in another language than the main one get in addresses.
    #[must_use]
    pub fn language_prefix(&self, language: &str) -> String {
        if language == self.language {
            String::new()
        } else {
            format!("{language}/")
        }
    }
}

impl CommuneKind {
    /// All kinds, as written in the registry.
    pub const NAMES: [&'static str; 3] = ["xa", "phuong", "dac-khu"];
}
