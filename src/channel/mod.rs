//! The kinds of output. Each turns a site into files in memory; none opens a file.
//!
//! A channel types its own settings, reads the document tree, and returns [`Artifact`]s. Channels
//! never know of one another; what two of them share stands in [`address`].

pub mod address;
mod findings;
mod leaflet;
mod markup;
mod outputs;
pub mod print;
pub mod speech;
pub mod web;

use crate::diag::{Checked, Diagnostic, Sources};
use crate::load::not_among;
use crate::model::{Artifact, Edition, Page, Section, Site};
use crate::theme::Theme;

pub use outputs::{Carries, Emergency, Output, Product};

/// What a channel is given.
#[derive(Debug, Clone, Copy)]
pub struct Job<'a> {
    /// The site.
    pub site: &'a Site,
    /// The texts that spans point into.
    pub sources: &'a Sources,
    /// The edition to make.
    pub edition: &'a Edition,
    /// Its theme.
    pub theme: &'a Theme,
    /// Whether leaflets go to a print shop, which wants no draft stamp on what is approved.
    pub for_print_shop: bool,
}

/// What an edition came to.
#[derive(Debug, Default, Clone)]
pub struct Rendered {
    /// Its files, in no particular order.
    pub artifacts: Vec<Artifact>,
    /// What was made, for the table at the end of a build.
    pub tally: Tally,
}

/// What was made.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// Web pages.
    pub pages: usize,
    /// Scripts.
    pub scripts: usize,
    /// Leaflets.
    pub leaflets: usize,
    /// Speech in seconds, over all scripts.
    pub seconds: usize,
}

/// A kind of output.
pub trait Channel: Sync {
    /// Its name in `loa.yaml`.
    fn name(&self) -> &'static str;

    /// Checks the settings of an edition.
    fn check(&self, edition: &Edition, diags: &mut Vec<Diagnostic>);

    /// What it makes, and which parts of an article stand in it.
    fn carries(&self) -> Carries;

    /// The files of an edition that hold a page's text, on the day of the site.
    fn outputs(&self, site: &Site, edition: &Edition, page: &Page) -> Vec<Output>;

    /// The files that hold the text of a section's own page.
    fn section_outputs(&self, _: &Site, _: &Section) -> Vec<Output> {
        Vec::new()
    }

    /// The file that lists the legal documents cited in a language, with their state.
    fn register(&self, _: &Site, _language: &str) -> Option<Output> {
        None
    }

    /// Checks that what an edition makes may go to a print shop.
    fn check_for_print_shop(&self, _: &Site, _: &Edition, _: &mut Vec<Diagnostic>) {}

    /// Makes an edition.
    fn render(&self, job: Job<'_>) -> Checked<Rendered>;
}

/// Every channel.
pub const CHANNELS: &[&dyn Channel] = &[&web::Web, &speech::Speech, &leaflet::Print];

/// The names of all channels.
#[must_use]
pub fn names() -> Vec<&'static str> {
    CHANNELS.iter().map(|channel| channel.name()).collect()
}

/// The channel of an edition.
///
/// # Errors
/// When there is none of that name.
pub fn of(edition: &Edition) -> Result<&'static dyn Channel, Diagnostic> {
    let found = CHANNELS
        .iter()
        .find(|channel| channel.name() == edition.channel);
    found
        .copied()
        .ok_or_else(|| not_among(edition.place_of("channel"), &edition.channel, &names()))
}
