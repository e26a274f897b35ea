//! `loa build`: makes all editions and writes them, or writes nothing.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use super::Outcome;
use super::console::Console;
use super::options::Options;
use super::past::{Past, program};
use super::profile::Watch;
use crate::channel::Tally;
use crate::diag::{Message, Trace};
use crate::load::Memo;
use crate::output::{Claim, Committed};
use crate::pipeline::{self, Written, repeat, write_keeping};

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
    let watch = options.profile.as_ref();
    let watch = watch.map(|_| Arc::new(Watch::new(begun)));
    let traced = |watch: &Arc<Watch>| Trace::new(Arc::<Watch>::clone(watch));
    let trace = watch.as_ref().map_or_else(Trace::default, traced);
    let out = options.out(&site);
    let program = program();
    let mut claim = Claim::begin(&out, program);
    let past = trace.stage("recall", || Past::recall(&out, program));
    let tree = match trace.stage("read", || past.snapshot(&site)) {
        Ok(tree) => tree,
        Err(fatal) => {
            console.settle();
            console.fatal(&fatal);
            return Outcome::Refused;
        }
    };
    console.progress("cli-progress-rendering");
    let wanted = pipeline::Options {
        trace: trace.clone(),
        program,
        ..options.build()
    };
    let mut memo = Memo::default();
    let repeated = trace.stage("compare", || repeat(&tree, &wanted, &mut claim));
    let written = if let Some(written) = repeated {
        trace.stage("keep", || past.keep_seen(&tree));
        written
    } else {
        memo = trace.stage("recall", || past.memo());
        let keep = |memo: &Memo| trace.stage("keep", || past.keep(memo, &tree));
        write_keeping(&tree, &wanted, (&out, claim), &mut memo, &keep)
    };
    console.settle();
    console.findings(&written.diags, &written.sources, options);
    let outcome = told(&written, options, begun, console);
    let wrote = written.committed.as_ref().ok().copied().flatten();
    if let Some((watch, file)) = watch.zip(options.profile.as_ref())
        && let Err(fatal) = watch.tell(wrote, trace_file(file, &out).as_deref(), console)
    {
        console.fatal(&fatal);
        return Outcome::Refused;
    }
    // The program ends here: giving back every text by itself would only take time.
    std::mem::forget((tree, written, memo));
    outcome
}

/// Says what became of the site.
fn told(written: &Written, options: &Options, begun: Instant, console: &Console) -> Outcome {
    match &written.committed {
        Ok(Some(done)) => {
            table(written, *done, begun, console);
            if let Some(shard) = options.shard {
                let message = Message::new("cli-shard").with("shard", shard.number());
                console.news(&console.say(&message.with("of", shard.of())));
            }
            Outcome::Clean
        }
        Ok(None) => {
            let (errors, _) = Console::count(&written.diags);
            console.news(&console.say(&Message::new("cli-errors").with("count", errors)));
            console.news(&console.say(&Message::new("cli-nothing-written")));
            Outcome::Findings
        }
        Err(fatal) => {
            console.fatal(fatal);
            Outcome::Refused
        }
    }
}

/// Where the trace goes: nowhere if that is not said and there is no folder of a build.
fn trace_file(file: &Path, out: &Path) -> Option<PathBuf> {
    if !file.as_os_str().is_empty() {
        return Some(file.to_owned());
    }
    let own = out.join(".loa");
    own.is_dir().then(|| own.join("trace.json"))
}

/// The short table at the end: one line per edition, then the sums.
fn table(written: &Written, done: Committed, begun: Instant, console: &Console) {
    let heads = [
        "cli-edition",
        "cli-pages",
        "cli-scripts",
        "cli-leaflets",
        "cli-minutes",
        "cli-files",
    ];
    let mut rows: Vec<[String; 6]> = vec![heads.map(|id| console.say(&Message::new(id)))];
    for (name, tally, files) in &written.tallies {
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
            cell(*files),
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
    let (_, warnings) = Console::count(&written.diags);
    let seconds = format!("{:.2}", begun.elapsed().as_secs_f64());
    differing(&written.differing, console);
    console.news(&console.say(&Message::new("cli-warnings").with("count", warnings)));
    console.news(&console.say(&self::done(done)));
    console.news(&console.say(&Message::new("cli-time").with("seconds", seconds)));
}

/// How many files were touched.
pub(super) fn done(done: Committed) -> Message {
    Message::new("cli-written")
        .with("written", done.written)
        .with("unchanged", done.unchanged)
        .with("removed", done.removed)
}

/// So many articles are named before the rest is counted.
const NAMED: usize = 10;

/// Which articles are not the same for all communes.
fn differing(titles: &[String], console: &Console) {
    if titles.is_empty() {
        return;
    }
    let named = &titles[..titles.len().min(NAMED)];
    let id = if titles.len() > NAMED {
        "cli-differing-more"
    } else {
        "cli-differing"
    };
    let message = Message::new(id)
        .with("titles", named.join("; "))
        .with("more", titles.len() - named.len());
    console.news(&console.say(&message));
}
