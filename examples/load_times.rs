//! How long reading a site takes, with and without what an earlier run learned:
//! `cargo run --release --example load_times -- DIR [PAGE]`. The page is changed and put back.
//! The environment variables `CLEAN` and `AGAIN` say how often.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use loa::load::{Memo, parse, parse_with, snapshot, snapshot_after};
use loa::model::Digest;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const CHANNELS: &[&str] = &["web", "speech", "print"];

fn main() {
    let root: PathBuf = std::env::args_os()
        .nth(1)
        .map(PathBuf::from)
        .expect("a folder");
    let page = std::env::args_os().nth(2).map(|page| root.join(page));
    let count = |name: &str| {
        std::env::var(name).map_or(3, |count| count.parse::<usize>().expect("a number"))
    };
    for _ in 0..count("CLEAN") {
        clean(&root);
    }
    let program = Digest::of(b"load_times");
    let tree = snapshot_after(&root, &Memo::default().stamps).expect("a readable folder");
    let mut memo = Memo::default();
    drop(parse_with(&tree, today(), CHANNELS, &mut memo));
    let (bytes, save) = timed(|| memo.to_bytes(program));
    say(&format!(
        "memo of {} KB, saved in {save:.1?}",
        bytes.len() >> 10
    ));
    for _ in 0..count("AGAIN") {
        again("unchanged", &root, &bytes, program);
    }
    if let Some(page) = page {
        let before = fs::read(&page).expect("a page");
        for round in 0..count("AGAIN") {
            let mut text = before.clone();
            text.extend(format!("\nThêm {round}.\n").bytes());
            fs::write(&page, text).expect("a page that can be written");
            again("one page changed", &root, &bytes, program);
        }
        fs::write(&page, before).expect("a page that can be written");
    }
}

fn clean(root: &Path) {
    let (tree, read) = timed(|| snapshot(root).expect("a readable folder"));
    let (parsed, understood) = timed(|| parse(&tree, today(), CHANNELS));
    let (pages, findings) = (parsed.site.pages.len(), parsed.diags.len());
    say(&format!(
        "clean: snapshot {read:.1?}, parse {understood:.1?}: {pages} pages, {findings} findings"
    ));
}

fn again(what: &str, root: &Path, bytes: &[u8], program: Digest) {
    let (mut memo, load) = timed(|| Memo::from_bytes(bytes, program));
    let (tree, read) = timed(|| snapshot_after(root, &memo.stamps).expect("a readable folder"));
    let (parsed, understood) = timed(|| parse_with(&tree, today(), CHANNELS, &mut memo));
    let (saved, save) = timed(|| memo.to_bytes(program).len());
    let parsed_now = parsed
        .site
        .pages
        .iter()
        .filter(|page| page.body.doc.is_read());
    say(&format!(
        "{what}: load {load:.1?}, snapshot {read:.1?}, parse {understood:.1?}, together {:.1?}; {} bodies parsed; save {saved} bytes {save:.1?}",
        load + read + understood,
        parsed_now.count(),
    ));
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
