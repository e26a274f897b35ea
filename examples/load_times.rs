//! How long reading a site takes, with and without what an earlier run learned:
//! `cargo run --release --example load_times -- DIR MEMO`. Where there is no file MEMO, the site is read
//! three times and a memo is written; where there is one, the site is read with it, once.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use loa::load::{Memo, Stamps, parse, parse_with, snapshot, snapshot_after};
use loa::model::Digest;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const CHANNELS: &[&str] = &["web", "speech", "print"];

fn main() {
    let mut paths = std::env::args_os().skip(1).map(PathBuf::from);
    let root = paths.next().expect("a folder");
    let file = paths.next().expect("the file of the memo");
    let program = Digest::of(b"load_times");
    if file.exists() {
        again(&root, &file, program);
    } else {
        clean(&root, &file, program);
    }
}

fn clean(root: &Path, file: &Path, program: Digest) {
    for _ in 0..3 {
        let (tree, read) = timed(|| snapshot(root).expect("a readable folder"));
        let (parsed, understood) = timed(|| parse(&tree, today(), CHANNELS));
        let (pages, findings) = (parsed.site.pages.len(), parsed.diags.len());
        say(&format!(
            "clean: snapshot {read:.1?}, parse {understood:.1?}: {pages} pages, {findings} findings"
        ));
    }
    let tree = snapshot_after(root, &Stamps::default()).expect("a readable folder");
    let mut memo = Memo::default();
    let (_parsed, understood) = timed(|| parse_with(&tree, today(), CHANNELS, &mut memo));
    let (bytes, save) = timed(|| memo.to_bytes(program));
    fs::write(seen(file), tree.stamps.to_bytes(program)).expect("a file that can be written");
    say(&format!(
        "learning: parse {understood:.1?}, memo of {} KB encoded in {save:.1?}",
        bytes.len() >> 10
    ));
    fs::write(file, bytes).expect("a file that can be written");
}

fn again(root: &Path, file: &Path, program: Digest) {
    let stamps = fs::read(seen(file)).expect("a readable file");
    let (bytes, fetched) = timed(|| fs::read(file).expect("a readable file"));
    let stamps = Stamps::from_bytes(&stamps, program);
    let (mut memo, load) = timed(|| Memo::from_bytes(bytes, program));
    let (tree, read) = timed(|| snapshot_after(root, &stamps).expect("a readable folder"));
    let (parsed, understood) = timed(|| parse_with(&tree, today(), CHANNELS, &mut memo));
    let (_, save) = timed(|| memo.to_bytes(program));
    let pages = parsed.site.pages.iter();
    say(&format!(
        "again: file {fetched:.1?}, memo {load:.1?}, snapshot {read:.1?}, parse {understood:.1?}, together {:.1?}; \
         {} bodies parsed; encoding {save:.1?}",
        fetched + load + read + understood,
        pages.filter(|page| page.body.doc.is_read()).count(),
    ));
    std::process::exit(0);
}

/// Where the stamps lie that belong to a memo.
fn seen(file: &Path) -> PathBuf {
    file.with_extension("seen")
}

fn today() -> jiff::civil::Date {
    jiff::civil::date(2026, 8, 19)
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let begun = Instant::now();
    let value = work();
    (value, begun.elapsed())
}

fn say(line: &str) {
    writeln!(std::io::stdout(), "{line}").expect("somebody reads");
}
