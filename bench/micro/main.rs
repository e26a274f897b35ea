//! Work for an instruction counter: one stage of a build, so many times.
//!
//! `micro CASE ROOT TIMES` prepares a site, then does the work of CASE so many times and prints how
//! many articles, leaflets or bytes of prose one time comes to. `run.py` beside this file runs it
//! under valgrind on a small and a large site, with the work and without: from the differences
//! everything drops out that is done once, and the work on one more article is left.

use std::hint::black_box;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use jiff::civil::{Date, date};

use loa::channel;
use loa::lint::lint;
use loa::load::{Tree, parse, snapshot};
use loa::pipeline::{Built, build};
use loa::reading::{Accent, Reader};

// The program's own: what allocation costs is part of what is counted.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const TODAY: Date = date(2026, 11, 23);

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().collect();
    let [_, case, root, times] = args.as_slice() else {
        return wrong("usage: micro CASE ROOT TIMES");
    };
    let Ok(times) = times.parse::<u32>() else {
        return wrong("TIMES is no number");
    };
    match work(case, Path::new(root), times) {
        Ok(units) => {
            let said = writeln!(std::io::stdout(), "{units}");
            ExitCode::from(u8::from(said.is_err()))
        }
        Err(said) => wrong(&said),
    }
}

fn wrong(said: &str) -> ExitCode {
    let _ = writeln!(std::io::stderr(), "{said}");
    ExitCode::from(2)
}

fn work(case: &str, root: &Path, times: u32) -> Result<usize, String> {
    let tree = snapshot(root).map_err(|error| format!("{error:?}"))?;
    match case {
        "parse" => {
            let names = channel::names();
            let again = || parse(&tree, TODAY, &names);
            repeat(times, again);
            Ok(articles(&tree))
        }
        "lint" => {
            let parsed = parse(&tree, TODAY, &channel::names());
            repeat(times, || lint(&parsed.site, &parsed.sources));
            Ok(articles(&tree))
        }
        "build" => {
            repeat(times, || build(&tree, TODAY)).map_or(Ok(()), |built| sound(&built))?;
            Ok(articles(&tree))
        }
        "leaflets" => {
            let Some(built) = repeat(times, || build(&tree, TODAY)) else {
                return Ok(0);
            };
            sound(&built)?;
            Ok(built.tallies.iter().map(|(_, tally)| tally.leaflets).sum())
        }
        "read" => {
            let prose = std::fs::read_to_string(root.join("prose.txt"))
                .map_err(|error| error.to_string())?;
            let reader = Reader::new(Accent::South, Vec::new());
            let again =
                || -> usize { prose.lines().map(|line| reader.read(line).text.len()).sum() };
            repeat(times, again);
            Ok(prose.len())
        }
        _ => Err(format!("no case is named {case}")),
    }
}

/// The last result; none where there was no time.
fn repeat<T>(times: u32, job: impl Fn() -> T) -> Option<T> {
    (0..times).map(|_| black_box(job())).last()
}

fn articles(tree: &Tree) -> usize {
    let named = |path: &str| path.ends_with(".md") && !path.ends_with("_index.md");
    tree.files.iter().filter(|file| named(&file.path)).count()
}

/// Work on a site with mistakes would be something else than what is asked for.
fn sound(built: &Built) -> Result<(), String> {
    if built.has_errors() {
        return Err(format!("the site has mistakes: {:?}", built.diags));
    }
    Ok(())
}
