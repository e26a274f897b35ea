//! `loa manifest merge`: the shards of a build become one.

use std::path::{Path, PathBuf};

use clap::ArgMatches;

use super::Outcome;
use super::console::Console;
use super::options::Options;
use crate::diag::Message;
use crate::output::{Unmerged, merge};

pub(super) fn run(matches: &ArgMatches, options: &Options, console: &Console) -> Outcome {
    let Some(own) = matches.subcommand_matches("merge") else {
        return Outcome::Refused;
    };
    let folders: Vec<PathBuf> = own
        .get_many::<PathBuf>("dirs")
        .map(|folders| folders.cloned().collect())
        .unwrap_or_default();
    // A job that only merges needs no site.
    let site = options.site().unwrap_or_else(|_| PathBuf::from("."));
    match merge(&options.out(Path::new(&site)), &folders) {
        Ok(merged) => {
            let message = Message::new("cli-merged")
                .with("shards", merged.shards)
                .with("files", merged.files);
            console.news(&console.say(&message));
            console.news(&console.say(&super::build::done(merged.done)));
            Outcome::Clean
        }
        Err(Unmerged::Problems(problems)) => {
            for problem in &problems {
                console.complain(problem);
            }
            console.complain(&Message::new("merge-nothing-changed"));
            Outcome::Findings
        }
        Err(Unmerged::Fatal(fatal)) => {
            console.fatal(&fatal);
            Outcome::Refused
        }
    }
}
