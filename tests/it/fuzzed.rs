//! What a fuzzer once found stays found: every input kept in `fuzz/found/` by the name of its target.

use std::fs;

use crate::holds;
use crate::support::root;

/// Asks a target's question of each of its inputs.
fn kept(target: &str, holds: fn(&[u8])) {
    let folder = root().join("fuzz/found").join(target);
    let mut files: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    assert!(!files.is_empty(), "nothing in {}", folder.display());
    for file in files {
        println!("{}", file.display());
        holds(&fs::read(&file).unwrap());
    }
}

#[test]
fn found_texts_are_read() {
    kept("reading", holds::reading);
}

#[test]
fn found_bodies_are_read_or_reported() {
    kept("markdown", holds::markdown);
}

#[test]
fn found_heads_are_read_or_reported() {
    kept("front_matter", holds::front_matter);
}

#[test]
fn found_settings_are_read_or_reported() {
    kept("settings", holds::settings);
}
