//! The kinds of output. Each turns a site into files in memory; none opens a file.
//!
//! A channel types its own settings, reads the document tree, and returns [`Artifact`]s. Channels
//! never know of one another; what two of them share stands in [`address`].

pub mod address;
mod findings;
mod leaflet;
pub(crate) mod markup;
pub mod print;
pub mod speech;
pub mod web;

use std::sync::atomic::AtomicBool;

use crate::diag::{Checked, Diagnostic, Sources};
use crate::load::not_among;
use crate::model::{Artifact, Edition, Site};
use crate::theme::Theme;

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
    /// Which of its files.
    pub want: Want<'a>,
}

/// Which files of an edition are wanted. A channel whose files are slow to make can leave some out;
/// the others always make all.
#[derive(Debug, Clone, Copy)]
pub enum Want<'a> {
    /// All: what a build writes.
    All,
    /// Those that are quick to make: lists of slow files instead of the files.
    Quick,
    /// One of each sort of the slow ones, for what is wrong with it; none once the flag is set.
    Sample(&'a AtomicBool),
    /// The slow one at this path.
    One(&'a str),
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

    /// Whether its files are so slow to make that a preview makes each when it is asked for.
    fn is_slow(&self) -> bool {
        false
    }

    /// Checks the settings of an edition.
    fn check(&self, edition: &Edition, diags: &mut Vec<Diagnostic>);

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
