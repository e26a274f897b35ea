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
    let Options {
        today,
        release,
        for_print_shop,
        serve_base,
        show_drafts,
        shard,
        trace: _,
        program,
    } = options;
    let mut key = Digester::default();
    key.digest(*program)
        .text(&today.to_string())
        .flag(*release)
        .flag(*for_print_shop)
        .text(&format!("{serve_base:?} {shard:?} {:?}", tree.skipped))
        .flag(*show_drafts)
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
    let Options {
        today,
        release,
        for_print_shop,
        serve_base,
        show_drafts,
        shard: _,
        trace: _,
        program: _,
    } = options;
    let mut all = Digest::default();
    all.add(&format!(
        "loa {VERSION}\ntoday {today}\nrelease {release}\nprint shop {for_print_shop}\n"
    ));
    all.add(&format!("served at {serve_base:?}\ndrafts {show_drafts}\n"));
    for (file, digest) in tree.files.iter().zip(&digests) {
        all.add(&format!("{digest} {}\n", file.path));
    }
    all.finish()
}
