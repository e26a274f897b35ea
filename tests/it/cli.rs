//! The real program on a real disk: exit codes, what is said where, what is written and what is left alone.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

use tempfile::TempDir;

use crate::support::{Ran, lasting, paths, run, write, write_bytes};

const SETTINGS: &str = "title: Thử
editions:
  bao: {channel: web, theme: newspaper, base_url: \"https://bao.example/\"}
";

/// A site of two pages.
pub(crate) fn small_site() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let page = |title: &str| {
        format!("---\ntitle: {title}\nsummary: Tóm tắt.\ndate: 2026-08-19\n---\nNội dung.\n")
    };
    write(
        folder.path(),
        &[
            ("loa.yaml", SETTINGS),
            ("content/tin/a.md", &page("Một")),
            ("content/tin/b.md", &page("Hai")),
        ],
    );
    folder
}

/// Builds and must succeed.
#[track_caller]
fn build(folder: &Path) -> Ran {
    let ran = run(folder, &["build", "--today", "2026-08-19", "--lang", "en"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    ran
}

fn check(folder: &Path, more: &[&str]) -> Ran {
    run(
        folder,
        &[&["check", "--today", "2026-08-19", "--lang", "en"], more].concat(),
    )
}

fn times(folder: &Path) -> Vec<(String, SystemTime)> {
    let time = |path: &String| fs::metadata(folder.join(path)).unwrap().modified().unwrap();
    paths(folder)
        .into_iter()
        .map(|path| (path.clone(), time(&path)))
        .filter(|(path, _)| !path.ends_with("/lock") && !path.starts_with(".loa/cache/"))
        .collect()
}

#[test]
fn a_new_site_builds_and_building_again_touches_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let made = run(folder.path(), &["init", "trang"]);
    assert_eq!(made.code, 0, "{}", made.err);
    let site = folder.path().join("trang");
    let first = build(&site);
    assert_eq!(first.out, "", "what was done is told on stderr");
    let before = times(&site.join("public"));
    assert!(before.len() > 10, "{before:?}");
    let again = build(&site);
    assert_eq!(times(&site.join("public")), before, "{}", again.err);
    assert!(
        again.err.contains("0 files new or changed"),
        "{}",
        again.err
    );
    assert_eq!(run(folder.path(), &["init", "trang"]).code, 2);
    assert_eq!(check(&site, &[]).code, 0);
}

#[test]
fn exit_codes_tell_clean_from_mistaken_from_impossible() {
    let folder = tempfile::tempdir().unwrap();
    for wrong in [
        vec!["build"],
        vec!["bild"],
        vec![],
        vec!["build", "--jobs", "0"],
        vec!["check", "--format", "xml"],
        vec!["build", "--today", "hôm nay"],
    ] {
        let ran = run(folder.path(), &wrong);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{wrong:?}");
        assert!(!ran.err.is_empty(), "{wrong:?}");
    }
    for right in [
        vec!["--help"],
        vec!["--version"],
        vec!["build", "--help"],
        vec!["explain"],
    ] {
        let ran = run(folder.path(), &right);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{right:?}");
        assert!(!ran.out.is_empty(), "{right:?}");
    }
    let site = small_site();
    assert_eq!(check(site.path(), &[]).code, 0);
    let below = run(&site.path().join("content/tin"), &["check", "--quiet"]);
    assert_eq!(
        (below.code, below.err.as_str()),
        (0, ""),
        "the site is found from a folder inside it"
    );
    write(site.path(), &[("content/c.md", "Không có phần đầu.\n")]);
    assert_eq!(
        (
            check(site.path(), &[]).code,
            run(site.path(), &["build"]).code
        ),
        (1, 1)
    );
    assert!(!site.path().join("public").exists());
    let elsewhere = run(
        folder.path(),
        &["check", "--root", &site.path().to_string_lossy()],
    );
    assert_eq!(elsewhere.code, 1);
}

#[test]
fn warnings_fail_only_when_denied() {
    let site = small_site();
    write(
        site.path(),
        &[(
            "content/c.md",
            "---\ntitle: C\nsummary: C.\ndate: 2026-08-19\n---\n",
        )],
    );
    let ran = check(site.path(), &[]);
    assert_eq!(ran.code, 0);
    assert!(
        ran.err.contains("content/c.md:1:1: warning[empty-page]: "),
        "{}",
        ran.err
    );
    assert_eq!(check(site.path(), &["--deny", "warnings"]).code, 1);
    assert!(build(site.path()).err.contains("1 warning"));
}

#[test]
fn json_is_one_object_a_line_and_nothing_else_on_stdout() {
    let site = small_site();
    let page = "---\ntitle: C\ntitle: D\n---\n";
    write(
        site.path(),
        &[
            ("content/c.md", page),
            (
                "content/d.md",
                "---\ntitle: C\nsummary: C.\ndate: 2026-08-19\n---\n",
            ),
        ],
    );
    for command in ["check", "build"] {
        let ran = run(site.path(), &[command, "--format", "json", "--lang", "en"]);
        assert_eq!(ran.code, 1);
        assert!(!ran.err.contains("duplicate-key"), "{}", ran.err);
        let mut seen = BTreeSet::new();
        for line in ran.out.lines() {
            let value: serde_json::Value = serde_json::from_str(line).unwrap();
            let object = value.as_object().unwrap();
            let mut keys: Vec<&str> = object.keys().map(String::as_str).collect();
            keys.retain(|key| *key != "related");
            assert_eq!(
                keys,
                [
                    "code", "column", "file", "hints", "line", "message", "severity"
                ],
                "{line}"
            );
            assert!(
                object["line"].is_u64() && object["column"].is_u64() && object["hints"].is_array()
            );
            assert!(object["file"].as_str().unwrap().starts_with("content/"));
            seen.insert(object["code"].as_str().unwrap().to_owned());
            if object["code"] == "duplicate-key" {
                assert_eq!(
                    (&object["line"], &object["related"][0]["line"]),
                    (&3.into(), &2.into())
                );
            }
        }
        assert!(
            seen.contains("duplicate-key") && seen.contains("empty-page"),
            "{seen:?}"
        );
    }
    assert_eq!(
        run(small_site().path(), &["check", "--format", "json"]).out,
        ""
    );
}

#[test]
fn people_are_spoken_to_in_vietnamese_or_in_english() {
    let site = small_site();
    write(
        site.path(),
        &[(
            "content/c.md",
            "---\ntitle: C\nsummary: C.\ndate: 2026-08-19\ndrfat: true\n---\nC.\n",
        )],
    );
    let said = |args: &[&str]| run(site.path(), args).err;
    let (vi, en) = (said(&["check"]), said(&["check", "--lang", "en"]));
    assert!(
        vi.contains("content/c.md:5:1: error[unknown-key]: ")
            && vi.contains("gợi ý: ")
            && vi.contains("`draft`"),
        "{vi}"
    );
    assert!(
        en.contains("content/c.md:5:1: error[unknown-key]: ")
            && en.contains("hint: did you mean `draft`?"),
        "{en}"
    );
    assert_eq!(said(&["check", "--lang", "vi"]), vi);
    let help = |args: &[&str]| run(site.path(), args).out;
    assert_ne!(
        help(&["build", "--help", "--lang", "en"]),
        help(&["build", "--help"])
    );
    assert_eq!(run(site.path(), &["check", "--lang", "fr"]).code, 2);
}

#[test]
fn every_code_is_explained_in_both_languages() {
    let folder = tempfile::tempdir().unwrap();
    let list = run(folder.path(), &["explain"]).out;
    let codes: Vec<&str> = list
        .lines()
        .filter_map(|line| line.split(' ').next())
        .collect();
    assert_eq!(codes.len(), loa::diag::CODES.len());
    for code in codes {
        let texts =
            ["vi", "en"].map(|language| run(folder.path(), &["explain", code, "--lang", language]));
        assert!(
            texts
                .iter()
                .all(|ran| ran.code == 0 && ran.out.lines().count() > 4),
            "{code}: {texts:?}"
        );
        assert_ne!(texts[0].out, texts[1].out, "{code}");
    }
    let wrong = run(folder.path(), &["explain", "unknwon-key", "--lang", "en"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("`unknown-key`"), "{}", wrong.err);
}

#[test]
fn a_new_article_is_a_draft_that_checks_and_is_not_published() {
    let site = small_site();
    let made = run(
        site.path(),
        &[
            "new",
            "Tố giác/Gọi ai",
            "--title",
            "Gọi \"ai\"?",
            "--today",
            "2026-08-19",
        ],
    );
    assert_eq!(
        (made.code, made.out.as_str()),
        (0, "content/to-giac/goi-ai.md\n"),
        "{}",
        made.err
    );
    assert_eq!(
        run(site.path(), &["new", "tin/ngay-hoi", "--kind", "programme"]).code,
        0
    );
    let path = site.path().join("content/to-giac/goi-ai.md");
    let text = fs::read_to_string(&path).unwrap();
    assert!(
        text.contains("title: \"Gọi \\\"ai\\\"?\"\n") && text.contains("date: 2026-08-19\n"),
        "{text}"
    );
    assert_eq!(
        run(site.path(), &["new", "to-giac/goi-ai"]).code,
        2,
        "an article is never written over"
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
    assert_eq!(check(site.path(), &["--deny", "warnings"]).code, 0);
    build(site.path());
    assert!(!site.path().join("public/bao/to-giac").exists());
    fs::write(&path, text.replace("draft: true\n", "")).unwrap();
    build(site.path());
    let page =
        fs::read_to_string(site.path().join("public/bao/to-giac/goi-ai/index.html")).unwrap();
    assert!(page.contains("<h1>Gọi &quot;ai&quot;?</h1>"), "{page}");
    for bad in ["..", "../x", "", "!!!"] {
        assert_eq!(run(site.path(), &["new", bad]).code, 2, "{bad:?}");
    }
}

#[test]
fn what_is_gone_is_removed_and_what_is_foreign_is_kept() {
    let site = small_site();
    let two = format!(
        "{SETTINGS}  dai: {{channel: web, theme: broadcaster, base_url: \"https://dai.example/\"}}\n"
    );
    write(site.path(), &[("loa.yaml", &two)]);
    build(site.path());
    let public = site.path().join("public");
    write(
        &public,
        &[
            ("bao/CNAME", "x"),
            ("bao/tin/b/own.txt", "x"),
            ("dai/own.txt", "x"),
            ("README", "x"),
            ("other/x", "x"),
        ],
    );
    fs::remove_file(site.path().join("content/tin/b.md")).unwrap();
    write(site.path(), &[("loa.yaml", SETTINGS)]);
    build(site.path());
    let left: BTreeSet<String> = paths(&public).into_iter().collect();
    for kept in [
        "bao/CNAME",
        "bao/tin/b/own.txt",
        "dai/own.txt",
        "README",
        "other/x",
        "bao/tin/a/index.html",
    ] {
        assert!(left.contains(kept), "{kept} of {left:?}");
    }
    assert!(
        !left.contains("bao/tin/b/index.html") && !left.contains("dai/index.html"),
        "{left:?}"
    );
    let manifest = fs::read_to_string(public.join(".loa/manifest.json")).unwrap();
    assert!(
        !manifest.contains("CNAME") && !manifest.contains("tin/b/") && !manifest.contains("dai/"),
        "{manifest}"
    );
}

#[test]
fn mistakes_leave_the_last_build_as_it_was() {
    let site = small_site();
    build(site.path());
    let public = site.path().join("public");
    let before = (lasting(&public), times(&public));
    write(
        site.path(),
        &[
            ("content/tin/a.md", "---\ntitle: Khác\n---\n"),
            ("content/tin/c.md", "x"),
        ],
    );
    let ran = run(site.path(), &["build", "--lang", "en"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("nothing was written"), "{}", ran.err);
    assert_eq!((lasting(&public), times(&public)), before);
}

#[test]
fn a_file_in_place_of_the_output_folder_is_named_and_left_alone() {
    let site = small_site();
    write(site.path(), &[("public", "của tôi")]);
    let ran = run(site.path(), &["build", "--lang", "en"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("public"), "{}", ran.err);
    assert_eq!(
        fs::read_to_string(site.path().join("public")).unwrap(),
        "của tôi"
    );
    let other = run(
        site.path(),
        &["build", "--out", &site.path().join("ra").to_string_lossy()],
    );
    assert_eq!(other.code, 0, "{}", other.err);
    assert!(site.path().join("ra/bao/index.html").is_file());
}

#[test]
fn a_file_in_place_of_an_edition_is_named_and_left_alone() {
    let site = small_site();
    write(site.path(), &[("public/bao", "của tôi")]);
    let ran = run(site.path(), &["build", "--lang", "en"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("bao"), "{}", ran.err);
    assert_eq!(
        fs::read_to_string(site.path().join("public/bao")).unwrap(),
        "của tôi"
    );
}

#[test]
fn bytes_that_are_no_text_and_files_too_large_are_findings() {
    let site = small_site();
    write_bytes(
        site.path(),
        "content/c.md",
        b"---\ntitle: C\nsummary: M\xE1\xBB\x99t \xFF\n",
    );
    write_bytes(
        site.path(),
        "content/d.md",
        "Chữ. ".repeat(1_000_000).as_bytes(),
    );
    let ran = check(site.path(), &[]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.err.contains("content/c.md:3:14: error[invalid-utf8]: "),
        "{}",
        ran.err
    );
    assert!(
        ran.err
            .contains("content/d.md:1:1: error[file-too-large]: "),
        "{}",
        ran.err
    );
    assert_eq!(ran.err.matches("error[").count(), 2, "{}", ran.err);
}

#[test]
fn any_number_of_jobs_writes_the_same_files() {
    let site = small_site();
    let with = |jobs: &str| {
        let out = format!("ra-{jobs}");
        let ran = run(
            site.path(),
            &[
                "build",
                "--today",
                "2026-08-19",
                "--jobs",
                jobs,
                "--out",
                &out,
            ],
        );
        assert_eq!(ran.code, 0, "{}", ran.err);
        lasting(&site.path().join(out))
    };
    assert!(with("1") == with("7"));
}
