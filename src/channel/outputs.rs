//! What a channel makes of a page, told without making it: which files, and what they carry.
//!
//! Rendering takes its paths from here too, so that what is foretold is what is written.

use crate::model::{CommuneId, Site};

/// Kinds of thing that people have in hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Product {
    /// A page on the web: built and published again when a fact changes.
    Page,
    /// A script: read again.
    Script,
    /// A leaflet: printed again.
    Leaflet,
    /// An article for the desk of an outlet: sent again.
    Pack,
}

impl Product {
    /// The word in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Product::Page => "page",
            Product::Script => "script",
            Product::Leaflet => "leaflet",
            Product::Pack => "pack",
        }
    }
}

/// Where a channel shows the contacts for danger to life without being asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Emergency {
    /// Nowhere.
    Never,
    /// On what names no contact itself.
    WhenNoneNamed,
    /// On every page of an edition.
    Everywhere,
}

/// What a channel makes, and which parts of an article stand in it.
#[derive(Debug, Clone, Copy)]
pub struct Carries {
    /// What it makes.
    pub product: Product,
    /// Whether `::: recap` is in it.
    pub recap: bool,
    /// Whether footnotes are.
    pub footnotes: bool,
    /// Whether words that are struck out are.
    pub struck: bool,
    /// Whether it has the contacts for danger to life.
    pub emergency: Emergency,
}

/// Files of one page that differ only in the commune.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// The path under the edition, up to the commune's folder.
    before: String,
    /// The path from there on.
    after: String,
    per_commune: bool,
    /// The words by which an article can mean these files, besides channel and edition.
    called: Vec<&'static str>,
}

impl Output {
    /// One file for everybody.
    #[must_use]
    pub fn single(path: String) -> Output {
        Output {
            before: String::new(),
            after: path,
            per_commune: false,
            called: Vec::new(),
        }
    }

    /// One file for each commune of the site, in a folder of its own; one for everybody without communes.
    #[must_use]
    pub fn for_communes(site: &Site, before: String, after: String) -> Output {
        Output {
            before,
            after,
            per_commune: site.has_communes(),
            called: Vec::new(),
        }
    }

    /// The same files, which an article can mean by these words.
    #[must_use]
    pub fn called(self, called: Vec<&'static str>) -> Output {
        Output { called, ..self }
    }

    /// The words by which an article can mean these files.
    #[must_use]
    pub fn names(&self) -> &[&'static str] {
        &self.called
    }

    /// Whether each commune has its own.
    #[must_use]
    pub fn is_per_commune(&self) -> bool {
        self.per_commune
    }

    /// The path for a commune.
    #[must_use]
    pub fn path(&self, site: &Site, commune: Option<CommuneId>) -> String {
        match commune.filter(|_| self.per_commune) {
            Some(id) => format!(
                "{}{}/{}",
                self.before,
                site.facts.commune(id).slug,
                self.after
            ),
            None => format!("{}{}", self.before, self.after),
        }
    }

    /// All paths at once: `*` stands for the communes.
    #[must_use]
    pub fn pattern(&self) -> String {
        let folder = if self.per_commune { "*/" } else { "" };
        format!("{}{folder}{}", self.before, self.after)
    }
}
