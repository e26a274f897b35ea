//! The kinds of output. Each turns a site into files in memory; none opens a file.
//!
//! A channel types its own settings, reads the document tree, and hands each [`Artifact`] to a
//! [`Sink`] as soon as it is made, so that no edition is ever in memory as a whole. Channels never
//! know of one another; what two of them share stands in [`address`].

pub mod address;
mod differences;
mod findings;
mod leaflet;
pub(crate) mod markup;
mod outputs;
pub mod print;
mod queue;
mod shard;
pub mod speech;
pub mod web;

use std::sync::atomic::AtomicBool;

use crate::diag::{Diagnostic, Event, Sources, Trace};
use crate::load::not_among;
use crate::model::{Artifact, Edition, Page, PageId, Section, Site};
use crate::theme::Theme;

pub use outputs::{Carries, Emergency, Output, Product};
pub use queue::{Done, run};
pub use shard::Shard;

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
    /// Which of its files.
    pub want: Want<'a>,
    /// The part of the edition that is wanted.
    pub shard: Shard,
    /// Where times are taken down.
    pub trace: &'a Trace,
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

/// Takes finished files as they are made, from many threads at once and in any order.
pub trait Sink: Sync {
    /// Takes a file of an edition, which is named by its place in `loa.yaml`.
    fn take(&self, edition: usize, artifact: Artifact);
}

/// Where the pieces of one edition put what they make.
pub struct Out<'a> {
    sink: &'a dyn Sink,
    edition: usize,
    /// What is wrong.
    pub diags: Vec<Diagnostic>,
    /// What was made, for the table at the end of a build.
    pub tally: Tally,
    /// Articles in which a fact differs between communes.
    pub differing: Vec<PageId>,
}

impl<'a> Out<'a> {
    /// An empty one for an edition.
    #[must_use]
    pub fn new(sink: &'a dyn Sink, edition: usize) -> Out<'a> {
        Out {
            sink,
            edition,
            diags: Vec::new(),
            tally: Tally::default(),
            differing: Vec::new(),
        }
    }

    /// Hands a file over.
    pub fn file(&self, artifact: Artifact) {
        self.sink.take(self.edition, artifact);
    }
}

impl std::fmt::Debug for Out<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Out")
            .field("edition", &self.edition)
            .field("diags", &self.diags)
            .field("tally", &self.tally)
            .field("differing", &self.differing)
            .finish_non_exhaustive()
    }
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

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Tally) {
        self.pages += other.pages;
        self.scripts += other.scripts;
        self.leaflets += other.leaflets;
        self.seconds += other.seconds;
    }
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

    /// Makes ready what all files of an edition share.
    ///
    /// # Errors
    /// Why the edition cannot be made at all.
    fn prepare<'a>(&self, job: Job<'a>) -> Result<Box<dyn Making + 'a>, Vec<Diagnostic>>;
}

/// An edition that is made piece by piece, on any thread and in any order.
///
/// A piece reads nothing that another piece made, so that one day pieces whose inputs did not
/// change can be left out. What does need the others comes in [`Making::finish`].
pub trait Making: Send + Sync {
    /// How large each piece of the wanted part is, roughly in kilobytes of text: large ones are made first.
    fn pieces(&self) -> Vec<usize>;

    /// What a piece is, for a record of times.
    fn event(&self, piece: usize) -> Event;

    /// The name of the edition.
    fn edition(&self) -> &str;

    /// Makes one piece, named by its place in [`Making::pieces`].
    fn make(&self, piece: usize, out: &mut Out<'_>);

    /// Makes what needs something of all pieces, once all are made; nothing when another shard does.
    fn finish(&self, _out: &mut Out<'_>) {}
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
