//! What a build is made from: for the next one, and for the other shards of it.

use rayon::prelude::*;

use super::Options;
use crate::channel::Shard;
use crate::load::Tree;
use crate::model::{Digest as Key, Digester};
use crate::output::ShardStamp;
use crate::text::{Digest, sha256};

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What is written into the list of a shard.
pub(super) fn stamp(shard: Shard, tree: &Tree, options: &Options) -> ShardStamp {
    ShardStamp {
        shard: shard.number(),
        of: shard.of(),
        inputs: inputs(tree, options),
        program: VERSION.to_owned(),
    }
}

/// A digest of all that a run depends on, for this program only.
pub(super) fn run(tree: &Tree, options: &Options) -> Key {
    let mut key = Digester::default();
    key.digest(options.program)
        .text(&wanted(options))
        .text(&format!("{:?} {:?}", options.shard, tree.skipped))
        .number(tree.files.len());
    for file in &tree.files {
        key.text(&file.path).digest(file.blob.digest());
    }
    key.finish()
}

/// A digest of all that decides the bytes of a build: sources, options, this program.
fn inputs(tree: &Tree, options: &Options) -> String {
    let digests: Vec<String> = tree
        .files
        .par_iter()
        .map(|file| sha256(file.bytes()))
        .collect();
    let mut all = Digest::default();
    all.add(&format!("loa {VERSION}\n"));
    all.add(&wanted(options));
    for (file, digest) in tree.files.iter().zip(&digests) {
        all.add(&format!("{digest} {}\n", file.path));
    }
    all.finish()
}

/// What a build is for, a line each. Taken apart, so that no new option is forgotten.
fn wanted(options: &Options) -> String {
    let Options {
        today,
        release,
        for_print_shop,
        serve_base,
        show_drafts,
        // Who makes which part, by which program and watched by whom, is no part of what is wanted.
        shard: _,
        trace: _,
        program: _,
    } = options;
    format!(
        "today {today}\nrelease {release}\nprint shop {for_print_shop}\n\
         served at {serve_base:?}\ndrafts {show_drafts}\n"
    )
}
