//! Scratch.
use std::io::Write;
use std::path::PathBuf;
use std::time::Instant;

use loa::lint::{lint, settle};
use loa::load::{parse, snapshot};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let root = PathBuf::from(&args[2]);
    let tree = snapshot(&root).expect("a folder");
    let parsed = parse(&tree, jiff::civil::date(2026, 11, 23), &["web", "speech", "print"]);
    for page in &parsed.site.pages {
        let _ = page.doc();
    }
    let mut out = std::io::stdout().lock();
    match args[1].as_str() {
        "dump" => {
            let mut found = lint(&parsed.site, &parsed.sources);
            for diag in &found {
                writeln!(out, "{diag:?}").expect("out");
            }
            settle(&mut found, &parsed.site.config, &parsed.sources);
            writeln!(out, "SETTLED").expect("out");
            for diag in &found {
                writeln!(out, "{diag:?}").expect("out");
            }
        }
        "times" => {
            let times: usize = args[3].parse().expect("a number");
            let mut best = f64::MAX;
            for _ in 0..times {
                let begun = Instant::now();
                let found = lint(&parsed.site, &parsed.sources);
                let took = begun.elapsed().as_secs_f64();
                best = best.min(took);
                writeln!(out, "{:.1} ms, {} findings", took * 1e3, found.len()).expect("out");
            }
            writeln!(out, "best {:.1} ms", best * 1e3).expect("out");
        }
        _ => {}
    }
}
