//! `loa facts`: the registry with its uses, what a change touches, and what changed.

mod changes;
mod git;
mod impact;
mod record;
mod table;

use std::path::PathBuf;

use clap::ArgMatches;

use super::Outcome;
use super::console::Console;
use super::options::Options;
use crate::diag::{Diagnostic, Message};
use crate::facts::Usage;
use crate::load::{Parsed, snapshot};
use crate::pipeline;

pub(super) fn run(matches: &ArgMatches, options: &Options, console: &Console) -> Outcome {
    let (root, parsed) = match read(options, console) {
        Ok(read) => read,
        Err(outcome) => return outcome,
    };
    let usage = Usage::new(&parsed.site);
    let asked = Asked {
        usage: &usage,
        parsed: &parsed,
        options,
        console,
    };
    let impact = matches
        .subcommand_matches("impact")
        .and_then(|own| own.get_one::<String>("key"));
    let told = match (impact, matches.get_one::<String>("changed-since")) {
        (Some(key), _) => impact::run(&asked, key),
        (None, Some(since)) => changes::run(&asked, &root, since),
        (None, None) => {
            table::run(&asked);
            true
        }
    };
    if told {
        verdict(&parsed, console)
    } else {
        Outcome::Refused
    }
}

/// What every part of the command is given.
struct Asked<'a> {
    usage: &'a Usage<'a>,
    parsed: &'a Parsed,
    options: &'a Options,
    console: &'a Console,
}

impl Asked<'_> {
    fn say(&self, id: &'static str) -> String {
        self.console.say(&Message::new(id))
    }

    /// JSON for programs, on stdout.
    fn json(value: &serde_json::Value) {
        Console::data(&format!("{value:#}\n"));
    }
}

/// The site as it stands on the day, without anything being made of it.
pub(super) fn read(options: &Options, console: &Console) -> Result<(PathBuf, Parsed), Outcome> {
    let root = options.site().map_err(|message| {
        console.complain(&message);
        Outcome::Refused
    })?;
    match snapshot(&root) {
        Ok(tree) => Ok((root, pipeline::survey(&tree, options.today))),
        Err(fatal) => {
            console.fatal(&fatal);
            Err(Outcome::Refused)
        }
    }
}

/// A site with mistakes may use more than was found.
pub(super) fn verdict(parsed: &Parsed, console: &Console) -> Outcome {
    let errors = parsed.diags.iter().filter(|diag| diag.is_error());
    let errors: Vec<&Diagnostic> = errors.collect();
    if errors.is_empty() {
        return Outcome::Clean;
    }
    let message = Message::new("facts-errors").with("count", errors.len());
    console.complain(&message);
    Outcome::Findings
}
