//! Integration tests: whole sites in, files and findings out; the real program on a real disk.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::cast_precision_loss,
    reason = "a test that cannot go on stops; some say what they skipped, and a kill needs a clock"
)]

mod again;
mod approve;
mod audio;
mod changes;
mod checks_doc;
mod cli;
mod disk;
mod early;
mod facts;
mod fuzzed;
mod heavy;
mod holds;
mod kill;
mod machines;
mod memo;
mod packs;
mod pictures;
mod pieces;
mod preview;
mod print_run;
mod profile;
mod props;
mod reading;
mod reading_doc;
mod remembered;
mod scripts;
mod serve;
mod shards;
mod speak;
mod suite;
mod support;
mod tidy;
