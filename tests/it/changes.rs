//! What changed in the registry since a revision of git, or since a day.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::facts::{CONTACTS, DOCUMENTS, loa, on_disk, site};
use crate::support::write;

fn git(folder: &Path, args: &[&str]) {
    let fixed = [
        "-c",
        "user.name=A",
        "-c",
        "user.email=a@b.example",
        "-c",
        "commit.gpgsign=false",
    ];
    let ran = Command::new("git")
        .current_dir(folder)
        .args(fixed)
        .args(args)
        .env("GIT_COMMITTER_DATE", "2026-08-10T12:00:00+0700")
        .output()
        .unwrap();
    assert!(
        ran.status.success(),
        "{args:?} {}",
        String::from_utf8_lossy(&ran.stderr)
    );
}

#[test]
fn changes_since_a_revision_or_a_day() {
    let folder = on_disk(&site());
    git(folder.path(), &["init", "-q"]);
    git(folder.path(), &["add", "-A"]);
    git(folder.path(), &["commit", "-q", "-m", "một"]);
    let changed = |since: &str| {
        loa(
            folder.path(),
            "2026-08-20",
            &["facts", "--changed-since", since],
        )
    };
    assert_eq!(
        (changed("HEAD").code, changed("HEAD").out.as_str()),
        (0, "")
    );
    let contacts = CONTACTS
        .replace("0273 000 000", "\"(0273) 999.999\"")
        .replace("source: x", "source: y");
    let documents: String = DOCUMENTS
        .lines()
        .take(1)
        .map(|line| format!("{line}\n"))
        .collect();
    write(
        folder.path(),
        &[
            ("content/_facts/contacts.yaml", &contacts),
            ("content/_facts/legal-documents.yaml", &documents),
        ],
    );
    for since in ["HEAD", "2026-08-11"] {
        let ran = changed(since);
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(ran.out.starts_with("changed contact duong-day-nong\n  phone: 0273 000 000 → 0273 999 999\n  build and publish again:\n    bao/a/index.html\n"), "{}", ran.out);
        assert!(
            ran.out.contains("removed document 1/2020/TT-BCA\n"),
            "{}",
            ran.out
        );
        assert!(
            !ran.out.contains("contact 113"),
            "a source is no value: {}",
            ran.out
        );
    }
    for (since, words) in [
        ("2026-08-10", "no revision"),
        ("khong-co", "no revision"),
        ("--help", ""),
        ("-x", ""),
    ] {
        let ran = changed(since);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{since}");
        assert!(ran.err.contains(words), "{since} {}", ran.err);
    }
    let json = loa(
        folder.path(),
        "2026-08-20",
        &["facts", "--changed-since", "HEAD", "--format", "json"],
    );
    let value: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(value["changes"][0]["fields"][0]["now"], "0273 999 999");
}

#[test]
fn without_a_history_a_day_tells_what_was_checked_since() {
    let outside = on_disk(&site());
    let day = loa(
        outside.path(),
        "2026-08-20",
        &["facts", "--changed-since", "2026-08-01"],
    );
    assert!(
        day.code == 0 && day.out.starts_with("113\n") && day.err.contains("checked since"),
        "{day:?}"
    );
}
