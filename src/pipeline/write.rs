//! A build that is written: what is the same as last time is neither rendered nor written again.

use std::path::Path;

use super::{Options, Prepared, inputs};
use crate::channel::{self, Done, Tally};
use crate::diag::{Diagnostic, Fatal, Sources};
use crate::load::{Memo, Tree, parse_with, sources};
use crate::model::Site;
use crate::output::{Claim, Committed, Run, Sealed, ShardStamp, Staging, Timed};

/// What became of a site that was to be written.
#[derive(Debug)]
pub struct Written {
    /// What was done; nothing when a finding is an error.
    pub committed: Result<Option<Committed>, Fatal>,
    /// What each edition came to, in the order of `loa.yaml`, and how many files it has.
    pub tallies: Vec<(String, Tally, usize)>,
    /// Titles of the articles in which a fact differs between communes.
    pub differing: Vec<String>,
    /// The texts that findings point into.
    pub sources: Sources,
    /// All findings, in the order in which they are shown.
    pub diags: Vec<Diagnostic>,
}

/// Makes all editions of a site below a folder, or one shard of them, or finds out why not.
#[must_use]
pub fn write(tree: &Tree, options: &Options, out: &Path) -> Written {
    write_with(tree, options, out, &mut Memo::default())
}

/// The same with what is known of an earlier reading of the site.
///
/// What is written depends neither on that nor on what lies in the folder, only the time that it takes.
pub fn write_with(tree: &Tree, options: &Options, out: &Path, memo: &mut Memo) -> Written {
    let mut claim = Claim::begin(out, options.program);
    repeat(tree, options, &mut claim)
        .unwrap_or_else(|| write_keeping(tree, options, (out, claim), memo, &|_| {}))
}

/// What the last run in a folder came to, if a run would only come to the same again: then the site need not even
/// be parsed.
pub fn repeat(tree: &Tree, options: &Options, claim: &mut Claim) -> Option<Written> {
    if options.shard.is_some() {
        return None;
    }
    let key = inputs::run(tree, options);
    let run = claim.same_run(key, options.program)?;
    let files = run.tallies.iter().map(|(_, _, count)| count);
    let done = Committed {
        unchanged: files.sum(),
        ..Committed::default()
    };
    Some(Written {
        committed: Ok(Some(done)),
        tallies: run.tallies,
        differing: run.differing,
        sources: sources(tree),
        diags: run.found.into_owned(),
    })
}

/// Writes a site into a folder that was claimed already; `keep` is given what is known of this reading, meanwhile.
pub fn write_keeping(
    tree: &Tree,
    options: &Options,
    (out, claim): (&Path, Claim),
    memo: &mut Memo,
    keep: &(dyn Fn(&Memo) + Sync),
) -> Written {
    let trace = &options.trace;
    let parse = || parse_with(tree, options.today, &channel::names(), memo);
    let parsed = trace.stage("parse", parse);
    let key = inputs::run(tree, options);
    let mut writer = Writer {
        tree,
        options,
        out,
        staging: None,
    };
    writer.staging = writer.claimed(claim, &parsed.site, &parsed.sources);
    let mut ready = Prepared::new(parsed, tree, options, memo);
    let memo = &*memo;
    if ready.has_errors() {
        // Nothing will be written, but all mistakes are told at once.
        ready.look();
        keep(memo);
        return written(ready, Ok(None), &[], &[]);
    }
    let (done, sealed) = match writer.make(&mut ready) {
        Ok(made) => made,
        Err(fatal) => {
            ready.settle();
            keep(memo);
            return written(ready, Err(fatal), &[], &[]);
        }
    };
    ready.diags.extend_from_slice(&sealed.diags);
    ready.settle();
    if ready.has_errors() {
        drop(sealed);
        keep(memo);
        return written(ready, Ok(None), &done, &[]);
    }
    let counts = sealed.counts();
    let tallies = ready.tallies(&done).into_iter().zip(&counts);
    let run = Run {
        key,
        found: ready.diags.as_slice().into(),
        tallies: tallies
            .map(|((name, tally), count)| (name, tally, *count))
            .collect(),
        differing: ready.differing(&done),
    };
    let commit = || {
        tree.settled()?;
        sealed.commit(&ready.sources, Some(run))
    };
    let (committed, ()) = rayon::join(|| trace.stage("commit", commit), || keep(memo));
    written(ready, committed.map(Some), &done, &counts)
}

/// The folder that is written to.
struct Writer<'a> {
    tree: &'a Tree,
    options: &'a Options,
    out: &'a Path,
    /// Opened already.
    staging: Option<Staging>,
}

impl Writer<'_> {
    /// The folder, where an earlier build is.
    fn claimed(&self, mut claim: Claim, site: &Site, sources: &Sources) -> Option<Staging> {
        let (trace, program) = (&self.options.trace, self.options.program);
        let known = (program, sources);
        trace.stage("recall", || {
            Staging::claimed(&mut claim, super::names(site), self.stamp(), known)
        })
    }

    fn open(&self, site: &Site) -> Result<Staging, Fatal> {
        Staging::open(self.out, super::names(site), self.stamp())
    }

    fn stamp(&self) -> Option<ShardStamp> {
        let (tree, options) = (self.tree, self.options);
        let shard = options.shard;
        shard.map(|shard| inputs::stamp(shard, tree, options))
    }

    /// Makes what is not there yet. Where files stand in one another's way all are made, so that what is
    /// said of them points at the right places.
    fn make(&mut self, ready: &mut Prepared) -> Result<(Vec<Done>, Sealed), Fatal> {
        let staging = if let Some(staging) = self.staging.take() {
            staging
        } else {
            let mut staging = self.open(&ready.site)?;
            staging.remember(self.options.program);
            staging
        };
        let found = ready.diags.len();
        let made = self.make_into(staging, ready);
        if made.1.diags.is_empty() {
            return Ok(made);
        }
        drop(made);
        ready.diags.truncate(found);
        let staging = self.open(&ready.site)?;
        Ok(self.make_into(staging, ready))
    }

    fn make_into(&self, staging: Staging, ready: &mut Prepared) -> (Vec<Done>, Sealed) {
        let trace = &self.options.trace;
        let done = if trace.is_on() {
            let names = ready.names();
            ready.make_all(&Timed::new(&staging, &names, trace))
        } else {
            ready.make_all(&staging)
        };
        (done, trace.stage("order", || staging.close()))
    }
}

fn written(
    ready: Prepared,
    committed: Result<Option<Committed>, Fatal>,
    done: &[Done],
    counts: &[usize],
) -> Written {
    let tallies = ready.tallies(done).into_iter().zip(counts);
    Written {
        committed,
        tallies: tallies
            .map(|((name, tally), count)| (name, tally, *count))
            .collect(),
        differing: ready.differing(done),
        sources: ready.sources,
        diags: ready.diags,
    }
}
