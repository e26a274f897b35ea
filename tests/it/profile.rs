//! What a build with `--profile` tells and leaves, and that one without it leaves nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::support::{lasting, run, write};

const SETTINGS: &str = "title: Thử
editions:
  bao: {channel: web, theme: newspaper, base_url: \"https://bao.example/\"}
  loa: {channel: speech, theme: loudspeaker}
  to-roi: {channel: print, theme: leaflet}
";

fn site() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let page =
        "---\ntitle: Một\nsummary: Tóm tắt.\ndate: 2026-08-19\nkind: guidance\n---\nNội dung.\n";
    write(
        folder.path(),
        &[("loa.yaml", SETTINGS), ("content/tin/a.md", page)],
    );
    folder
}

fn events(path: &Path) -> Vec<Value> {
    let trace: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    trace["traceEvents"].as_array().unwrap().clone()
}

/// Nanoseconds, exactly.
fn nanoseconds(value: &Value) -> u64 {
    let text = value.to_string();
    let (whole, part) = text.split_once('.').unwrap_or((&text, "0"));
    whole.parse::<u64>().unwrap() * 1_000 + format!("{part:0<3}").parse::<u64>().unwrap()
}

#[test]
fn a_trace_names_what_was_done_and_its_events_are_nested() {
    let site = site();
    let ran = run(
        site.path(),
        &[
            "build",
            "--profile",
            "--lang",
            "en",
            "--today",
            "2026-08-19",
        ],
    );
    assert_eq!(ran.code, 0, "{}", ran.err);
    let all = events(&site.path().join("public/.loa/trace.json"));
    let mut names: BTreeSet<(String, String, String)> = BTreeSet::new();
    let mut threads: BTreeMap<u64, Vec<(u64, u64)>> = BTreeMap::new();
    for event in all.iter().filter(|event| event["ph"] == "X") {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        names.insert((
            text(&event["cat"]),
            text(&event["name"]),
            text(&event["args"]["edition"]),
        ));
        let began = nanoseconds(&event["ts"]);
        let span = (began, began + nanoseconds(&event["dur"]));
        threads
            .entry(event["tid"].as_u64().unwrap())
            .or_default()
            .push(span);
    }
    for (kind, name, edition) in [
        ("stage", "read", ""),
        ("stage", "parse", ""),
        ("stage", "lint", ""),
        ("stage", "pieces", ""),
        ("stage", "commit", ""),
        ("article", "content/tin/a.md", "bao"),
        ("article", "content/tin/a.md", "loa"),
        ("article", "content/tin/a.md", "to-roi"),
        ("piece", "sitemap", "bao"),
        ("piece", "leaflets", "to-roi"),
        ("template", "article.html", "bao"),
        ("template", "sheet.html", "loa"),
        ("wait", "typesetter", "to-roi"),
    ] {
        let event = (kind.to_owned(), name.to_owned(), edition.to_owned());
        assert!(names.contains(&event), "{event:?} is not in {names:?}");
    }
    for (thread, spans) in &threads {
        let named = |event: &&Value| event["ph"] == "M" && event["tid"] == *thread;
        assert_eq!(
            all.iter().filter(named).count(),
            1,
            "thread {thread} has a name"
        );
        let mut open: Vec<u64> = Vec::new();
        for (began, ended) in spans {
            open.retain(|end| end > began);
            assert!(
                open.iter().all(|end| ended <= end),
                "thread {thread}: {began}–{ended}"
            );
            open.push(*ended);
        }
    }
}

#[test]
fn a_profile_is_told_in_both_languages() {
    let site = site();
    for (language, words) in [
        (
            "en",
            [
                "making pieces",
                "slowest articles",
                "slowest templates",
                "new or changed: ",
            ],
        ),
        (
            "vi",
            [
                "dựng từng phần",
                "những bài lâu nhất",
                "những mẫu lâu nhất",
                "mới hoặc thay đổi: ",
            ],
        ),
    ] {
        let out = format!("out-{language}");
        let ran = run(
            site.path(),
            &[
                "build",
                "--profile=vet.json",
                "--lang",
                language,
                "--out",
                &out,
                "--today",
                "2026-08-19",
            ],
        );
        assert_eq!(ran.code, 0, "{}", ran.err);
        for word in words {
            assert!(ran.err.contains(word), "{word}: {}", ran.err);
        }
        assert!(!ran.err.contains("profile-"), "{}", ran.err);
        assert!(!events(&site.path().join("vet.json")).is_empty());
        assert!(!site.path().join(&out).join(".loa/trace.json").exists());
    }
}

#[test]
fn without_the_option_nothing_is_recorded_and_with_it_the_files_are_the_same() {
    let site = site();
    let plain = run(
        site.path(),
        &["build", "--lang", "en", "--today", "2026-08-19"],
    );
    assert_eq!(plain.code, 0, "{}", plain.err);
    assert!(!plain.err.contains("slowest"), "{}", plain.err);
    let before = lasting(&site.path().join("public"));
    let args = [
        "build",
        "--profile",
        "--out",
        "other",
        "--today",
        "2026-08-19",
    ];
    assert_eq!(run(site.path(), &args).code, 0);
    let mut after = lasting(&site.path().join("other"));
    assert!(after.remove(".loa/trace.json").is_some());
    assert!(before == after);
}

#[test]
fn a_profile_of_a_build_that_fails_makes_no_folder() {
    let site = site();
    write(site.path(), &[("content/sai.md", "---\ntitle: Sai\n---\n")]);
    let ran = run(site.path(), &["build", "--profile", "--lang", "en"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.err.contains("stages of the build"), "{}", ran.err);
    assert!(!site.path().join("public").exists());
}
