//! The kinds of output. Each turns a site into files in memory; none opens a file.
//!
//! A channel types its own settings, reads the document tree, and hands each [`Artifact`] to a
//! [`Sink`] as soon as it is made, so that no edition is ever in memory as a whole. Channels never
//! know of one another; what two of them share stands in [`address`].

pub mod address;
mod archive;
mod calendar;
mod colour;
mod compress;
mod differences;
mod findings;
mod known;
mod leaflet;
mod literal;
mod marks;
pub(crate) mod markup;
mod notes;
mod outputs;
pub mod pack;
mod passages;
pub mod print;
mod queue;
mod raster;
mod shard;
pub mod speech;
mod typeset;
pub mod web;
mod word;

use std::sync::atomic::AtomicBool;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use crate::diag::{Diagnostic, Event, Sources, Trace};
use crate::load::not_among;
use crate::model::{Artifact, Bytes, ContactId, Digest, Edition, Page, Section, Site};
use crate::theme::Theme;
use compress::Encoding;

pub use known::Known;
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
    /// What the site is known by, for the keys of pieces.
    pub known: &'a Known,
}

impl Job<'_> {
    /// Roughly how large a page is, in bytes. A text that was not read yet, because nothing in it changed,
    /// counts as small, unless shards divide the work: they must agree.
    fn size(&self, page: &Page) -> usize {
        if self.shard == Shard::WHOLE && !self.sources.is_read(page.file) {
            return 0;
        }
        self.sources.text(page.file).len()
    }
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
    /// The slow one at this path, with those that come from the same work.
    One(&'a str),
}

/// Takes finished files as they are made, from many threads at once and in any order.
pub trait Sink: Sync {
    /// Takes a file of an edition, which is named by its place in `loa.yaml`.
    fn take(&self, edition: usize, artifact: Artifact);

    /// Whether anything is remembered from one run to the next, so that keys are worth the work.
    fn remembers(&self) -> bool {
        false
    }

    /// What work came to that was done before from the same, if its files are still at hand: they
    /// then count as taken.
    fn recall(&self, _edition: usize, _key: Digest) -> Option<Outcome> {
        None
    }

    /// The bytes of a file that was handed over or recalled in this run; nothing where none are kept.
    fn bytes(&self, edition: usize, path: &str) -> Option<Bytes>;

    /// Remembers what work came to, and the paths of the files that it handed over.
    fn keep(&self, _edition: usize, _key: Digest, _files: Vec<String>, _outcome: Outcome) {}
}

/// What work came to besides its files.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// What was made.
    pub tally: Tally,
    /// Articles in which a fact differs between communes, by the paths of their sources.
    pub differing: Vec<String>,
    /// What the rest of the edition needs to know of it, in the channel's own form.
    pub note: Vec<u8>,
}

/// Where the pieces of one edition put what they make.
pub struct Out<'a> {
    sink: &'a dyn Sink,
    edition: usize,
    /// What is wrong.
    pub diags: Vec<Diagnostic>,
    /// What it came to besides.
    pub outcome: Outcome,
    /// The ways in which files get compressed twins.
    encodings: Vec<Encoding>,
    /// The paths of the files that were handed over; only where the sink remembers.
    files: Mutex<Vec<String>>,
}

impl<'a> Out<'a> {
    /// An empty one for an edition.
    #[must_use]
    pub fn new(sink: &'a dyn Sink, edition: usize) -> Out<'a> {
        Out {
            sink,
            edition,
            diags: Vec::new(),
            outcome: Outcome::default(),
            encodings: Vec::new(),
            files: Mutex::default(),
        }
    }

    /// Files that are handed over from now on get twins.
    fn compress(&mut self, encodings: &[Encoding]) {
        encodings.clone_into(&mut self.encodings);
    }

    /// Hands a file over, and its twins.
    pub fn file(&self, artifact: Artifact) {
        for encoding in &self.encodings {
            if let Some(twin) = compress::twin(&artifact, *encoding) {
                self.single(twin);
            }
        }
        self.single(artifact);
    }

    fn single(&self, artifact: Artifact) {
        if self.sink.remembers() {
            // A thread that panicked has at most not added to the list.
            let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
            files.push(artifact.path.clone());
        }
        self.sink.take(self.edition, artifact);
    }

    /// Whether a part of the work may be looked up by a key.
    #[must_use]
    pub fn remembers(&self) -> bool {
        self.sink.remembers()
    }

    /// What a part of the work came to when it was done from the same before; its files count as taken.
    #[must_use]
    pub fn recall(&self, key: Digest) -> Option<Outcome> {
        self.sink.recall(self.edition, key)
    }

    /// The bytes of a file of the edition that was handed over or recalled in this run.
    #[must_use]
    pub fn bytes(&self, path: &str) -> Option<Bytes> {
        self.sink.bytes(self.edition, path)
    }

    /// Remembers what a part of the work came to that had the files of these paths as its result.
    pub fn keep(&self, key: Digest, files: Vec<String>, outcome: Outcome) {
        self.sink.keep(self.edition, key, files, outcome);
    }

    /// Remembers all of the work, unless something in it is wrong: that is found anew every time.
    fn keep_all(&mut self, key: Digest) {
        if self.diags.is_empty() {
            let files = self.files.get_mut().unwrap_or_else(PoisonError::into_inner);
            let files = std::mem::take(files);
            self.sink
                .keep(self.edition, key, files, self.outcome.clone());
        }
    }
}

impl std::fmt::Debug for Out<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Out")
            .field("edition", &self.edition)
            .field("diags", &self.diags)
            .field("outcome", &self.outcome)
            .finish_non_exhaustive()
    }
}

/// What was made.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
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

    /// The folders of an edition in which a preview makes files when they are asked for; `""` is all of it.
    fn late(&self, _: &Site, _: &Edition) -> Vec<String> {
        if self.is_slow() {
            vec![String::new()]
        } else {
            Vec::new()
        }
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

    /// The contact that an edition names as its own, with the files that show it.
    fn own_contact(&self, _: &Site, _: &Edition) -> Option<(ContactId, Vec<Output>)> {
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
/// A piece reads nothing that another piece made, so that pieces whose inputs did not change can be
/// left out. What does need the others comes in [`Making::finish`].
pub trait Making: Send + Sync {
    /// How large each piece of the wanted part is, roughly in kilobytes of text: large ones are made first.
    fn pieces(&self) -> Vec<usize>;

    /// What a piece is, for a record of times.
    fn event(&self, piece: usize) -> Event;

    /// The name of the edition.
    fn edition(&self) -> &str;

    /// A digest of all that a piece is made from: as long as it is the same, so is all that the piece makes.
    /// Nothing for a piece that looks after itself.
    fn key(&self, _piece: usize) -> Option<Digest> {
        None
    }

    /// Takes what a piece noted when it was made from the same before, instead of making it.
    fn recalled(&self, _piece: usize, _note: &[u8]) {}

    /// Makes one piece, named by its place in [`Making::pieces`].
    fn make(&self, piece: usize, out: &mut Out<'_>);

    /// Makes what shows a page that says something else now than the site knows, but is the same page otherwise:
    /// for a preview, which shows it before everything else is made again. Hands over nothing where that
    /// cannot be told from the page alone.
    fn again(&self, _page: &Page, _out: &mut Out<'_>) {}

    /// A digest of all that [`Making::finish`] reads, once all pieces are made.
    fn last_key(&self) -> Option<Digest> {
        None
    }

    /// Makes what needs something of all pieces, once all are made; nothing when another shard does.
    fn finish(&self, _out: &mut Out<'_>) {}
}

/// Every channel.
pub const CHANNELS: &[&dyn Channel] = &[&web::Web, &speech::Speech, &leaflet::Print, &pack::Pack];

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
