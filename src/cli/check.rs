//! `loa check`: everything but the writing.

use clap::ArgMatches;

use super::Outcome;
use super::console::Console;
use super::options::Options;
use super::past::{Past, program};
use crate::diag::Message;
use crate::pipeline::{self, check};

pub(super) fn run(matches: &ArgMatches, options: &Options, console: &Console) -> Outcome {
    let site = match options.site() {
        Ok(site) => site,
        Err(message) => {
            console.complain(&message);
            return Outcome::Refused;
        }
    };
    let wanted = pipeline::Options {
        release: matches.get_flag("release"),
        ..options.build()
    };
    console.progress("cli-progress-reading");
    let past = Past::recall(&options.out(&site), program());
    let tree = match past.snapshot(&site) {
        Ok(tree) => tree,
        Err(fatal) => {
            console.settle();
            console.fatal(&fatal);
            return Outcome::Refused;
        }
    };
    let mut memo = past.memo();
    let found = check(&tree, &wanted, &mut memo);
    console.settle();
    if let Err(fatal) = tree.settled() {
        console.fatal(&fatal);
        return Outcome::Refused;
    }
    console.findings(&found.diags, &found.sources, options);
    let (errors, warnings) = Console::count(&found.diags);
    let denied = matches.get_one::<String>("deny").is_some() && warnings > 0;
    if errors > 0 {
        console.news(&console.say(&Message::new("cli-errors").with("count", errors)));
    }
    if warnings > 0 {
        console.news(&console.say(&Message::new("cli-warnings").with("count", warnings)));
    }
    if errors + warnings == 0 {
        console.news(&console.say(&Message::new("cli-clean")));
    }
    // The program ends here: giving back every text by itself would only take time.
    std::mem::forget((tree, found, memo));
    if errors > 0 || denied {
        Outcome::Findings
    } else {
        Outcome::Clean
    }
}
