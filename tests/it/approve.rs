//! `loa approve` and `loa check --release` on a real disk: what is written, what is refused, what holds.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::support::{Ran, paths, read_all, run, write, write_bytes};

const SETTINGS: &str = "title: Thử
approval: required
checks: {not-approved: off, approval-void: off}
communes: all
editions:
  bao: {channel: web, theme: newspaper, base_url: \"https://bao.example/\", minify: false}
  loa: {channel: speech, theme: loudspeaker}
";
const CONTACTS: &str = "- {key: cax, name: Công an xã, phone: 02733 000 111, per_commune: true, source: sổ, checked_on: 2026-08-01}\n";
const COMMUNES: &str = "communes:\n- {code: \"1\", name: Một, kind: xa, slug: mot, contacts: {cax: {phone: 02733 000 222, source: sổ, checked_on: 2026-08-01}}}\n";
const PAGE: &str =
    "---\ntitle: Bài A   # tên\nsummary: Tóm tắt.\ndate: 2026-08-19\n---\nGọi [[cax]].";
const OTHER: &str = "\u{feff}---\r\ntitle: Tie\u{302}\u{301}ng\r\nsummary: Tóm tắt.\r\ndate: 2026-08-19\r\n'approval' : # chờ\r\n---\r\nXem [[a]].\r\n";

/// A site of two articles that nobody has approved, and a section.
fn site() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        &[
            ("loa.yaml", SETTINGS),
            ("content/_facts/contacts.yaml", CONTACTS),
            ("content/_facts/communes.yaml", COMMUNES),
            ("content/tin/_index.md", "---\ntitle: Tin\n---\n"),
            ("content/tin/a.md", PAGE),
            ("content/tin/b.md", OTHER),
            (
                "content/nhap.md",
                "---\ntitle: C\nsummary: C.\ndate: 2026-08-19\ndraft: true\n---\nC.\n",
            ),
        ],
    );
    folder
}

fn loa(folder: &Path, args: &[&str]) -> Ran {
    run(
        folder,
        &[args, &["--today", "2026-08-20", "--lang", "en"]].concat(),
    )
}

/// Approves as somebody with an office.
fn approve(folder: &Path, files: &[&str]) -> Ran {
    let by = ["--by", "Trần Thị B", "--role", "Phó Chủ tịch UBND xã"];
    loa(folder, &[&["approve"], files, &by].concat())
}

fn release(folder: &Path) -> Ran {
    loa(folder, &["check", "--release", "--quiet"])
}

fn read(folder: &Path, path: &str) -> String {
    fs::read_to_string(folder.join(path)).unwrap()
}

#[test]
fn what_is_approved_may_go_out_and_every_other_byte_stays() {
    let site = site();
    let root = site.path();
    let before = release(root);
    assert_eq!(before.code, 1, "`checks` cannot lower what a release wants");
    assert_eq!(
        before.err.matches("error[not-approved]").count(),
        2,
        "{}",
        before.err
    );
    assert_eq!(
        loa(root, &["check", "--deny", "warnings"]).code,
        0,
        "elsewhere they hold"
    );

    let done = approve(root, &["content/tin/a.md", "content/tin/b.md"]);
    assert_eq!(
        (done.code, done.out.as_str()),
        (0, "content/tin/a.md\ncontent/tin/b.md\n"),
        "{}",
        done.err
    );
    let (head, digest) = {
        let text = read(root, "content/tin/a.md");
        let line = text
            .lines()
            .find(|line| line.starts_with("approval: "))
            .unwrap();
        let (head, digest) = line.split_once("digest: ").unwrap();
        assert_eq!(
            text.replace(&format!("{line}\n"), ""),
            PAGE,
            "every other byte stays"
        );
        (head.to_owned(), digest.trim_end_matches('}').to_owned())
    };
    assert_eq!(
        head,
        "approval: {by: \"Trần Thị B\", role: \"Phó Chủ tịch UBND xã\", on: 2026-08-20, "
    );
    assert_eq!((digest.len(), digest.to_lowercase()), (64, digest.clone()));
    let other = read(root, "content/tin/b.md");
    let (start, rest) = other.split_once(" {by: ").unwrap();
    let (_, end) = rest.split_once('}').unwrap();
    assert_eq!(format!("{start}{end}"), OTHER);
    assert_eq!(release(root).code, 0);
}

#[test]
fn a_letter_or_a_fact_that_changes_voids_and_nothing_else_does() {
    let site = site();
    let root = site.path();
    assert_eq!(
        approve(root, &["content/tin/a.md", "content/tin/b.md"]).code,
        0
    );
    let text = read(root, "content/tin/a.md");
    let (_, digest) = text.split_once("digest: ").unwrap();
    let digest = digest[..64].to_owned();
    let holds = |path: &str, old: &str, new: &str| {
        let text = read(root, path);
        assert!(text.contains(old), "{old}");
        write(root, &[(path, &text.replace(old, new))]);
        let ran = release(root);
        write(root, &[(path, &text)]);
        (ran.code, ran.err.matches("error[approval-void]").count())
    };
    assert_eq!(holds("content/tin/a.md", "Tóm tắt", "Tóm tát"), (1, 1));
    assert_eq!(
        holds("content/tin/a.md", "title: Bài A", "title: Bài B"),
        (1, 2),
        "b.md shows that title"
    );
    assert_eq!(holds("content/tin/a.md", &digest, &"a".repeat(64)), (1, 1));
    assert_eq!(
        holds("content/tin/a.md", &digest, &digest[1..]),
        (1, 0),
        "a short one is an invalid value"
    );
    assert_eq!(
        holds("content/tin/a.md", "on: 2026-08-20", "on: 2026-08-21"),
        (1, 1)
    );
    assert_eq!(
        holds("content/_facts/contacts.yaml", "000 111", "000 112"),
        (1, 1)
    );
    assert_eq!(
        holds("content/_facts/contacts.yaml", "2026-08-01", "2026-08-20"),
        (0, 0)
    );
    assert_eq!(
        holds("content/_facts/communes.yaml", "000 222", "000 333"),
        (0, 0)
    );
    assert_eq!(holds("content/tin/a.md", "   # tên", ""), (0, 0));
    assert_eq!(release(root).code, 0);
}

#[test]
fn outputs_say_who_approved_or_that_nobody_did() {
    let site = site();
    let root = site.path();
    assert_eq!(approve(root, &["content/tin/a.md"]).code, 0);
    assert_eq!(loa(root, &["build", "--quiet"]).code, 0);
    let script = read(root, "public/loa/mot/a.txt");
    assert!(
        script.contains("\nDuyệt: Trần Thị B, Phó Chủ tịch UBND xã, ngày 20/8/2026\n"),
        "{script}"
    );
    assert!(!script.contains("BẢN THẢO"), "{script}");
    let page = read(root, "public/bao/tin/a/index.html");
    assert!(
        !page.contains("BẢN THẢO – CHƯA DUYỆT") && !page.contains("noindex"),
        "{page}"
    );
    let other = read(root, "public/loa/mot/b.txt");
    assert!(
        other.starts_with("BẢN THẢO – CHƯA DUYỆT\n") && other.contains("\nDuyệt: chưa duyệt\n"),
        "{other}"
    );
    let feed = read(root, "public/bao/atom.xml");
    assert!(
        feed.contains("<title>[BẢN THẢO – CHƯA DUYỆT] Tiếng</title>"),
        "{feed}"
    );
    assert!(feed.contains("<title>Bài A</title>"), "{feed}");

    let text = read(root, "content/tin/a.md").replace("Tóm tắt", "Tóm lược");
    write(root, &[("content/tin/a.md", &text)]);
    // Even where nobody asks for approvals: this text was approved, and it is another one now.
    write(
        root,
        &[(
            "loa.yaml",
            &SETTINGS
                .replace("required", "optional")
                .replace("approval-void: off", "long-sentence: off"),
        )],
    );
    let built = loa(root, &["build"]);
    assert_eq!(built.code, 0, "{}", built.err);
    assert!(
        built
            .err
            .contains("content/tin/a.md:5:11: warning[approval-void]: ")
            && built.err.contains("Trần Thị B"),
        "{}",
        built.err
    );
    let script = read(root, "public/loa/mot/a.txt");
    assert!(
        script.starts_with("BẢN THẢO – CHƯA DUYỆT\n")
            && script.contains("\nDuyệt: chưa duyệt, vì nội dung đã đổi"),
        "{script}"
    );
    assert!(read(root, "public/loa/mot/b.txt").contains("\nDuyệt: không yêu cầu\n"));
}

#[test]
fn nothing_is_written_unless_all_of_it_can_be() {
    let site = site();
    let root = site.path();
    let files = read_all(root);
    let refused = |args: &[&str], code: i32, word: &str| {
        let ran = loa(root, args);
        assert_eq!(
            (ran.code, ran.out.as_str()),
            (code, ""),
            "{args:?}: {}",
            ran.err
        );
        assert!(ran.err.contains(word), "{args:?}: {}", ran.err);
        assert_eq!(read_all(root), files, "{args:?}");
    };
    let by = ["--by", "B", "--role", "C"];
    let with = |start: &[&'static str]| [&["approve"], start, &by].concat();
    refused(
        &with(&["content/tin/a.md", "content/tin/x.md"]),
        2,
        "content/tin/x.md",
    );
    refused(&with(&["content/tn/a.md"]), 2, "`content/tin/a.md`");
    refused(&with(&["b"]), 2, "`content/tin/b.md`");
    refused(
        &with(&["content/tin/a.md", "content/tin/_index.md"]),
        2,
        "section",
    );
    refused(
        &with(&["content/_facts/contacts.yaml"]),
        2,
        "not an article",
    );
    refused(&with(&["../../etc/passwd"]), 2, "passwd");
    refused(
        &["approve", "content/tin/a.md", "--by", " ", "--role", "C"],
        2,
        "--by",
    );
    refused(
        &["approve", "content/tin/a.md", "--by", "B", "--role", ""],
        2,
        "--role",
    );
    refused(
        &with(&["content/tin/a.md", "--on", "2026-08-21"]),
        2,
        "2026-08-21",
    );
    refused(
        &with(&["content/tin/a.md", "--on", "30/02/2026"]),
        2,
        "30/02/2026",
    );
    refused(&["approve", "content/tin/a.md"], 2, "--by");
    refused(&["approve"], 2, "FILE");
}

#[test]
fn an_error_of_the_page_or_its_facts_is_shown_and_nothing_is_written() {
    let site = site();
    let root = site.path();
    // An error in another article does not matter.
    let broken = "---\ntitle: A\nsummary: S.\ndate: 2026-08-19\n---\nXem [[khong-co]].\n";
    write(root, &[("content/tin/sai.md", broken)]);
    let ran = approve(root, &["content/tin/a.md", "content/tin/sai.md"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.err
            .contains("content/tin/sai.md:6:5: error[unknown-reference]"),
        "{}",
        ran.err
    );
    assert_eq!(read(root, "content/tin/a.md"), PAGE);
    write(
        root,
        &[(
            "content/_facts/contacts.yaml",
            &CONTACTS.replace("source: sổ", "suorce: sổ"),
        )],
    );
    let ran = approve(root, &["content/tin/a.md"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.err.contains("error[") && !ran.err.contains("sai.md"),
        "{}",
        ran.err
    );
    write(root, &[("content/_facts/contacts.yaml", CONTACTS)]);
    assert_eq!(approve(root, &["content/tin/a.md"]).code, 0);
    let left: Vec<String> = paths(root)
        .into_iter()
        .filter(|path| path.ends_with(".loa"))
        .collect();
    assert_eq!(left, [""; 0]);
}

#[test]
fn files_are_named_as_people_name_them() {
    let site = site();
    let root = site.path();
    let approved = |folder: &str, file: &str| {
        write(root, &[("content/tin/a.md", PAGE)]);
        let ran = approve(&root.join(folder), &[file]);
        assert_eq!(
            (ran.code, ran.out.as_str()),
            (0, "content/tin/a.md\n"),
            "{file}: {}",
            ran.err
        );
        assert!(read(root, "content/tin/a.md").contains("approval: "));
    };
    approved("", "content\\tin\\a.md");
    approved("", "./content/../content/tin/a.md");
    approved("content/tin", "a.md");
    approved("content/tin", "content/tin/a.md");
    approved("content", "tin/a.md");
    approved("", &root.join("content/tin/a.md").to_string_lossy());

    // Names in another normal form on the disk, and permissions that stay.
    let name = "content/bai-vie\u{302}\u{323}t.md";
    write_bytes(root, name, PAGE.as_bytes());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(root.join(name), fs::Permissions::from_mode(0o640)).unwrap();
    }
    for typed in ["content/bai-vi\u{1ec7}t.md", name] {
        let ran = approve(root, &[typed]);
        assert_eq!(ran.code, 0, "{}", ran.err);
    }
    assert!(read(root, name).contains("approval: "));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(root.join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o640);
    }
}

#[test]
fn the_list_tells_every_article_and_its_state() {
    let site = site();
    let root = site.path();
    assert_eq!(
        approve(root, &["content/tin/a.md", "content/tin/b.md"]).code,
        0
    );
    let text = read(root, "content/tin/a.md").replace("Tóm tắt", "Khác");
    write(root, &[("content/tin/a.md", &text)]);
    let ran = loa(root, &["approve", "--list"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(
        ran.out,
        "file              state           by          post                  on\n\
         content/nhap.md   pending, draft  –           –                     –\n\
         content/tin/a.md  void            Trần Thị B  Phó Chủ tịch UBND xã  2026-08-20\n\
         content/tin/b.md  approved        Trần Thị B  Phó Chủ tịch UBND xã  2026-08-20\n"
    );
    assert_eq!(ran.err, "approved: 1, pending: 1, void: 1, not needed: 0\n");
    let json = loa(root, &["approve", "--list", "--format", "json", "--quiet"]);
    let rows: Vec<serde_json::Value> = json
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let cells: Vec<(&str, &str, bool)> = rows
        .iter()
        .map(|row| {
            (
                row["file"].as_str().unwrap(),
                row["state"].as_str().unwrap(),
                row["draft"] == true,
            )
        })
        .collect();
    assert_eq!(
        cells,
        [
            ("content/nhap.md", "pending", true),
            ("content/tin/a.md", "void", false),
            ("content/tin/b.md", "approved", false)
        ]
    );
    assert!(rows[0]["by"].is_null() && rows[2]["on"] == "2026-08-20" && json.err.is_empty());
}
