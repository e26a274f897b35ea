//! What a shard of a build leaves for the others to be compared with.

use rayon::prelude::*;

use super::Options;
use crate::channel::Shard;
use crate::load::Tree;
use crate::output::Stamp;
use crate::text::{Digest, sha256};

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What is written into the list of a shard.
pub(super) fn stamp(shard: Shard, tree: &Tree, options: &Options) -> Stamp {
    Stamp {
        shard: shard.number(),
        of: shard.of(),
        inputs: inputs(tree, options),
        program: VERSION.to_owned(),
    }
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
