//! The site: pages, sections, files, and what an edition is made of.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

use super::{ApprovalState, Blob, Body, Bytes, Config, Digest, Doc, Facts, Meta};
use crate::diag::{FileId, Span};

/// A page by its place in [`Site::pages`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PageId(pub usize);

/// A section by its place in [`Site::sections`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SectionId(pub usize);

/// A file by its place in [`Site::assets`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct AssetId(pub usize);

/// A commune by its place in [`Facts::communes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CommuneId(pub usize);

/// Everything that was read.
#[derive(Debug, Clone)]
pub struct Site {
    /// `loa.yaml`.
    pub config: Config,
    /// `content/_facts/`.
    pub facts: Facts,
    /// Sections in path order, one for each language that has it.
    pub sections: Vec<Section>,
    /// Pages in path order; drafts are [`State::Scheduled`] for ever, but see [`Page::held`].
    pub pages: Vec<Page>,
    /// Files beside pages, in path order.
    pub assets: Vec<Asset>,
    /// The day for which the site is built.
    pub today: Date,
}

impl Site {
    /// The page of a name.
    #[must_use]
    pub fn page(&self, id: PageId) -> &Page {
        &self.pages[id.0]
    }

    /// The section of a name.
    #[must_use]
    pub fn section(&self, id: SectionId) -> &Section {
        &self.sections[id.0]
    }

    /// The file of a name.
    #[must_use]
    pub fn asset(&self, id: AssetId) -> &Asset {
        &self.assets[id.0]
    }

    /// The pages that an edition shows today: published, and not kept for other editions. Those that were
    /// withdrawn are among them: their address stays.
    pub fn pages_of<'a>(
        &'a self,
        edition: &'a str,
        channel: &'a str,
    ) -> impl Iterator<Item = &'a Page> {
        self.pages
            .iter()
            .filter(move |page| page.state != State::Scheduled && page.is_in(edition, channel))
    }

    /// Whether scripts and leaflets are made for single communes.
    #[must_use]
    pub fn has_communes(&self) -> bool {
        match &self.config.communes {
            super::CommuneChoice::None => false,
            super::CommuneChoice::All => !self.facts.communes.is_empty(),
            super::CommuneChoice::Some(chosen) => !chosen.is_empty(),
        }
    }

    /// The communes for which scripts and leaflets are made, in registry order.
    #[must_use]
    pub fn chosen_communes(&self) -> Vec<CommuneId> {
        match &self.config.communes {
            super::CommuneChoice::None => Vec::new(),
            super::CommuneChoice::All => (0..self.facts.communes.len()).map(CommuneId).collect(),
            super::CommuneChoice::Some(chosen) => chosen.clone(),
        }
    }
}

/// A folder of pages in one language.
#[derive(Debug, Clone)]
pub struct Section {
    /// Its place.
    pub id: SectionId,
    /// Path from `content/`, with `/`; empty for the front page.
    pub path: String,
    /// The same as address segments.
    pub segments: Vec<String>,
    /// Its language.
    pub language: String,
    /// Its own page; made up from the folder's name where there is no `_index.md`.
    pub meta: Meta,
    /// The body of its own page.
    pub body: Body,
    /// The section around it.
    pub parent: Option<SectionId>,
    /// Sections directly in it, by weight, then name.
    pub children: Vec<SectionId>,
    /// Pages directly in it, newest first.
    pub pages: Vec<PageId>,
    /// The same section in other languages.
    pub translations: BTreeMap<String, SectionId>,
    /// Where its title is written.
    pub span: Span,
}

/// An article.
#[derive(Debug, Clone)]
pub struct Page {
    /// Its place.
    pub id: PageId,
    /// Its source text.
    pub file: FileId,
    /// Path from the site's root.
    pub source: String,
    /// Its language.
    pub language: String,
    /// Its section.
    pub section: SectionId,
    /// Its address segment.
    pub slug: String,
    /// Its head.
    pub meta: Arc<Meta>,
    /// The front matter as it is written.
    pub head: Digest,
    /// Its body.
    pub body: Body,
    /// The same page in all its languages, itself included; empty when there is only one.
    pub translations: BTreeMap<String, PageId>,
    /// Where it stands today.
    pub state: State,
    /// Whether it never leaves the machine, whatever the day.
    pub draft: bool,
    /// Why it is not published today; shown all the same by `loa serve`, with a stamp that says so.
    pub held: Option<Held>,
    /// What its approval is worth today.
    pub approval: ApprovalState,
    /// Whether everything made of it carries the draft stamp.
    pub unapproved: bool,
    /// The front matter.
    pub span: Span,
}

impl Section {
    /// The body of its own page, read when it is first wanted.
    #[must_use]
    pub fn doc(&self) -> &Doc {
        self.body.doc.get()
    }
}

impl Page {
    /// Its body, read when it is first wanted.
    #[must_use]
    pub fn doc(&self) -> &Doc {
        self.body.doc.get()
    }

    /// Whether an edition shows this page.
    #[must_use]
    pub fn is_in(&self, edition: &str, channel: &str) -> bool {
        self.meta
            .editions
            .as_ref()
            .is_none_or(|names| names.iter().any(|name| name == edition || name == channel))
    }
}

/// Where a page stands on the day of the build.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// A draft, or `publish_at` lies ahead.
    Scheduled,
    /// Shown.
    Current,
    /// `expires_at` has passed.
    Expired,
    /// Taken back: the address stays, the text is gone.
    Withdrawn,
}

/// Why a page is not published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// `draft: true`.
    Draft,
    /// `publish_at` lies ahead.
    Until(DateTime),
}

impl Held {
    /// The word that templates get.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Held::Draft => "draft",
            Held::Until(_) => "scheduled",
        }
    }
}

/// A file beside pages that some page uses.
#[derive(Debug, Clone)]
pub struct Asset {
    /// Its place.
    pub id: AssetId,
    /// Path from the site's root.
    pub source: String,
    /// Where an edition puts it.
    pub path: String,
    /// Its bytes.
    pub blob: Arc<Blob>,
    /// Width and height in pixels, for pictures.
    pub size: Option<(u32, u32)>,
    /// For messages about it.
    pub span: Span,
}

impl Asset {
    /// Its bytes, read when they are first wanted.
    #[must_use]
    pub fn bytes(&self) -> Bytes {
        self.blob.shared()
    }
}

/// One file of an edition, in memory.
#[derive(Debug, Clone)]
pub struct Artifact {
    /// Path under the edition's folder, with `/`.
    pub path: String,
    /// Media type.
    pub media: &'static str,
    /// Its bytes; shared when several paths hold the same.
    pub bytes: Bytes,
    /// The sources it was made from, for messages and the manifest.
    pub from: Vec<Span>,
}
