//! `loa build`: makes all editions and writes them, or writes nothing.

use std::time::Instant;

use super::Outcome;
use super::console::Console;
use super::options::Options;
use crate::channel::Tally;
use crate::diag::Message;
use crate::load::snapshot;
use crate::output::{Committed, commit};
use crate::pipeline::{Built, build_with};

pub(super) fn run(options: &Options, console: &Console) -> Outcome {
    let begun = Instant::now();
    let site = match options.site() {
        Ok(site) => site,
        Err(message) => {
            console.complain(&message);
            return Outcome::Refused;
        }
    };
    console.progress("cli-progress-reading");
    let tree = match snapshot(&site) {
        Ok(tree) => tree,
        Err(fatal) => {
            console.settle();
            console.fatal(&fatal);
            return Outcome::Refused;
        }
    };
    console.progress("cli-progress-rendering");
    let built = build_with(&tree, &options.build());
    console.settle();
    console.findings(&built.diags, &built.sources, options);
    if built.has_errors() {
        let (errors, _) = Console::count(&built.diags);
        console.news(&console.say(&Message::new("cli-errors").with("count", errors)));
        console.news(&console.say(&Message::new("cli-nothing-written")));
        return Outcome::Findings;
    }
    console.progress("cli-progress-writing");
    let done = commit(&built.plan, &built.sources, &options.out(&site));
    console.settle();
    match done {
        Ok(done) => {
            table(&built, done, begun, console);
            Outcome::Clean
        }
        Err(fatal) => {
            console.fatal(&fatal);
            Outcome::Refused
        }
    }
}

/// The short table at the end: one line per edition, then the sums.
fn table(built: &Built, done: Committed, begun: Instant, console: &Console) {
    let heads = [
        "cli-edition",
        "cli-pages",
        "cli-scripts",
        "cli-leaflets",
        "cli-minutes",
        "cli-files",
    ];
    let mut rows: Vec<[String; 6]> = vec![heads.map(|id| console.say(&Message::new(id)))];
    for (name, tally) in &built.tallies {
        let files = built
            .plan
            .editions
            .iter()
            .find(|edition| edition.name == *name)
            .map_or(0, |edition| edition.files.len());
        let Tally {
            pages,
            scripts,
            leaflets,
            seconds,
        } = *tally;
        let cell = |number: usize| {
            if number == 0 {
                "–".to_owned()
            } else {
                number.to_string()
            }
        };
        rows.push([
            name.clone(),
            cell(pages),
            cell(scripts),
            cell(leaflets),
            cell(seconds.div_ceil(60)),
            cell(files),
        ]);
    }
    let width = |column: usize| {
        rows.iter()
            .map(|row| row[column].chars().count())
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..6).map(width).collect();
    for row in &rows {
        let mut line = format!("{:<1$}", row[0], widths[0]);
        for (cell, width) in row.iter().zip(&widths).skip(1) {
            line.push_str(&format!("  {cell:>width$}"));
        }
        console.news(line.trim_end());
    }
    let (_, warnings) = Console::count(&built.diags);
    let seconds = format!("{:.2}", begun.elapsed().as_secs_f64());
    console.news(&console.say(&Message::new("cli-warnings").with("count", warnings)));
    let message = Message::new("cli-written")
        .with("written", done.written)
        .with("unchanged", done.unchanged)
        .with("removed", done.removed);
    console.news(&console.say(&message));
    console.news(&console.say(&Message::new("cli-time").with("seconds", seconds)));
}
