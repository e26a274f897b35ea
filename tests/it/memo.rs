//! What an earlier run learned never changes what is read: after any edits, with any cache.

use std::collections::BTreeMap;
use std::fs;
use std::time::Duration;

use jiff::civil::{Date, date};
use loa::diag::{Diagnostic, Span, code};
use loa::load::{Memo, Parsed, Stamps, Tree, parse, parse_with, snapshot, snapshot_after};
use loa::model::{Digest, Digests};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::pieces::PIECES;

const CHANNELS: &[&str] = &["web", "speech", "print"];

/// The files of a site by path.
type Files = BTreeMap<String, String>;

fn start() -> Files {
    let texts = [
        ("loa.yaml", SETTINGS[0]),
        ("content/_facts/contacts.yaml", CONTACTS[0]),
        ("content/_facts/legal-documents.yaml", DOCUMENTS[0]),
        ("content/_index.md", "---\ntitle: Đầu\n---\nXem [[a]].\n"),
        (
            "content/a.md",
            "---\ntitle: A\nsummary: Bài a.\ndate: 2026-08-19\n---\n## Mục\n\nXem [[b#muc]], [[113]], [[x]].\n",
        ),
        (
            "content/b.md",
            "---\ntitle: B\nsummary: Bài b.\ndate: 2026-08-18\n---\n## Mục\n\n[a](a.md#muc) ![cờ](co.svg)\n\n::: only web\n[[06/2014/NĐ-CP]]\n:::\n",
        ),
        (
            "content/tin/b.en.md",
            "---\ntitle: B\nsummary: A page.\ndate: 2026-08-18\naliases: [/cu/]\n---\n[b](../b.md) [[113]]\n",
        ),
        ("content/co.svg", "<svg viewBox=\"0 0 4 3\"></svg>"),
    ];
    texts
        .map(|(path, text)| (path.to_owned(), text.to_owned()))
        .into()
}

const SETTINGS: [&str; 4] = [
    "title: Thử\neditions:\n  bao: {channel: web, theme: newspaper, base_url: \"https://bao.example/\"}\n",
    "title: Thử\nlanguages: [vi, en]\neditions:\n  bao: {channel: web, theme: newspaper}\n  loa: {channel: speech, theme: loudspeaker}\n",
    "title: Khác\nlanguage: en\nlanguages: [vi]\napproval: required\neditions: {loa: {channel: speech, theme: loudspeaker}}\n",
    "title: [hỏng\n",
];
const CONTACTS: [&str; 3] = [
    "- {key: \"113\", name: Công an, phone: \"113\", source: sổ, checked_on: 2026-08-01}\n",
    "- {key: x, name: Khác, phone: \"0273\", source: sổ, checked_on: 2026-08-01}\n- {key: \"113\", name: Công an, phone: \"114\", source: sổ, checked_on: 2026-08-01}\n",
    "- [",
];
const DOCUMENTS: [&str; 2] = [
    "- {number: 06/2014/NĐ-CP, kind: Nghị định, issuer: Chính phủ, title: Phong trào, status: in-force, source: công báo, checked_on: 2026-08-01}\n",
    "",
];
const HEADS: [&str; 8] = [
    "title: Bài\nsummary: Tóm tắt.\ndate: 2026-08-19\n",
    "title: Bài\nsummary: Tóm tắt.\ndate: 2026-08-19\ndraft: true\n",
    "title: Bài\nsummary: Tóm tắt.\ndate: 2026-08-19\nslug: rieng\neditions: [bao, loa]\n",
    "title: Bài\ndate: 2026-02-30\nthua: 1\nthua: 2\n",
    "title: Bài\nsummary: Tóm tắt.\ndate: 2026-08-19\npublish_at: 2026-08-20\nexpires_at: 2026-08-21\n",
    "title: Hội\nsummary: Tóm tắt.\ndate: 2026-08-19\nkind: programme\nprogramme: {starts: 2026-08-19T19:00, place: Sân, items: [{at: \"19:00\", what: Khai mạc}]}\n",
    "title: Ảnh\nsummary: Tóm tắt.\ndate: 2026-08-19\nimage: {src: co.svg, alt: Cờ}\nprint: {formats: [a5]}\n",
    "title: \"hỏng\n",
];
const PATHS: [&str; 9] = [
    "content/_index.md",
    "content/a.md",
    "content/b.md",
    "content/b.en.md",
    "content/tin/_index.md",
    "content/tin/b.en.md",
    "content/tin/c.md",
    "content/tin/xa/d.fr.md",
    "content/co.svg",
];

/// One edit: what, where, and with which words.
#[derive(Debug, Clone)]
enum Edit {
    Body(usize, Vec<usize>),
    Head(usize, usize),
    Rename(usize, usize),
    Remove(usize),
    Raw(usize, Vec<usize>),
    Settings(usize),
    Contacts(usize),
    Documents(usize),
    Nothing,
}

fn edit() -> impl Strategy<Value = Edit> {
    let path = 0..PATHS.len();
    let words = prop::collection::vec(0..PIECES.len(), 0..12);
    prop_oneof![
        4 => (path.clone(), words.clone()).prop_map(|(path, words)| Edit::Body(path, words)),
        3 => (path.clone(), 0..HEADS.len()).prop_map(|(path, head)| Edit::Head(path, head)),
        1 => (path.clone(), path.clone()).prop_map(|(from, to)| Edit::Rename(from, to)),
        1 => path.clone().prop_map(Edit::Remove),
        1 => (path, words).prop_map(|(path, words)| Edit::Raw(path, words)),
        1 => (0..SETTINGS.len()).prop_map(Edit::Settings),
        1 => (0..CONTACTS.len()).prop_map(Edit::Contacts),
        1 => (0..DOCUMENTS.len()).prop_map(Edit::Documents),
        1 => Just(Edit::Nothing),
    ]
}

fn apply(files: &mut Files, edit: &Edit) {
    let say = |words: &[usize]| words.iter().map(|word| PIECES[*word]).collect::<String>();
    let parts = |files: &Files, path: usize| {
        let text = files.get(PATHS[path]).cloned().unwrap_or_default();
        let (head, body) = text
            .strip_prefix("---\n")
            .and_then(|rest| rest.split_once("---\n"))
            .unwrap_or((HEADS[0], "Chữ.\n"));
        (head.to_owned(), body.to_owned())
    };
    let mut put = |path: &str, text: String| files.insert(path.to_owned(), text);
    match edit {
        Edit::Body(path, words) => {
            let (head, _) = parts(files, *path);
            files.insert(
                PATHS[*path].into(),
                format!("---\n{head}---\n{}", say(words)),
            );
        }
        Edit::Head(path, head) => {
            let (_, body) = parts(files, *path);
            let text = format!("---\n{}---\n{body}", HEADS[*head]);
            files.insert(PATHS[*path].into(), text);
        }
        Edit::Rename(from, to) => {
            if let Some(text) = files.remove(PATHS[*from]) {
                files.insert(PATHS[*to].into(), text);
            }
        }
        Edit::Remove(path) => {
            files.remove(PATHS[*path]);
        }
        Edit::Raw(path, words) => {
            put(PATHS[*path], say(words));
        }
        Edit::Settings(which) => {
            put("loa.yaml", SETTINGS[*which].to_owned());
        }
        Edit::Contacts(which) => {
            put("content/_facts/contacts.yaml", CONTACTS[*which].to_owned());
        }
        Edit::Documents(which) => {
            put(
                "content/_facts/legal-documents.yaml",
                DOCUMENTS[*which].to_owned(),
            );
        }
        Edit::Nothing => {}
    }
}

fn tree(files: &Files) -> Tree {
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    Tree::of(&files)
}

/// Everything that was read, all bodies and texts included. Pictures are named by their digests.
fn told(parsed: &Parsed) -> String {
    format!(
        "{:#?}\n{:#?}\n{:#?}",
        parsed.site, parsed.diags, parsed.sources
    )
}

fn program() -> Digest {
    Digest::of(b"test")
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 96,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(19_082_026),
        ..ProptestConfig::default()
    })]

    #[test]
    fn after_any_edits_a_memo_changes_nothing(
        rounds in prop::collection::vec((prop::collection::vec(edit(), 0..3), any::<bool>(), 0..3_i8), 1..8),
    ) {
        let mut files = start();
        let mut memo = Memo::default();
        parse_with(&tree(&files), date(2026, 8, 19), CHANNELS, &mut memo);
        for (edits, stored, days) in rounds {
            for edit in &edits {
                apply(&mut files, edit);
            }
            if stored {
                memo = Memo::from_bytes(memo.to_bytes(program()), program());
            }
            let today: Date = date(2026, 8, 19 + days);
            let again = parse_with(&tree(&files), today, CHANNELS, &mut memo);
            let clean = parse(&tree(&files), today, CHANNELS);
            prop_assert_eq!(told(&again), told(&clean), "after {:?}", edits);
        }
    }

    #[test]
    fn a_damaged_memo_is_none(cut in 0.0..1.0_f64, flips in prop::collection::vec((0.0..1.0_f64, 0..8_u8), 0..4)) {
        let files = start();
        let mut memo = Memo::default();
        let clean = told(&parse_with(&tree(&files), date(2026, 8, 19), CHANNELS, &mut memo));
        let whole = memo.to_bytes(program());
        let place = |part: f64, length: usize| {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in a short text")]
            let at = (part * length as f64) as usize;
            at.min(length.saturating_sub(1))
        };
        let mut bytes = whole.clone();
        if flips.is_empty() {
            bytes.truncate(place(cut, whole.len()));
        }
        for (at, bit) in &flips {
            let at = place(*at, bytes.len());
            bytes[at] ^= 1 << bit;
        }
        let mut damaged = Memo::from_bytes(bytes.clone(), program());
        if bytes != whole {
            prop_assert_eq!(format!("{damaged:?}"), format!("{:?}", Memo::default()));
        }
        let again = told(&parse_with(&tree(&files), date(2026, 8, 19), CHANNELS, &mut damaged));
        prop_assert_eq!(again, clean);
    }

    #[test]
    fn any_bytes_are_no_memo(bytes in prop::collection::vec(any::<u8>(), 0..200), behind in any::<bool>()) {
        let mut memo = Memo::default().to_bytes(program());
        if behind {
            memo.extend(&bytes);
        } else {
            memo.clone_from(&bytes);
        }
        let shown = format!("{:?}", Memo::from_bytes(memo, program()));
        prop_assert!(shown.starts_with("Memo"));
    }
}

#[test]
fn a_memo_of_another_program_is_none() {
    let mut memo = Memo::default();
    parse_with(&tree(&start()), date(2026, 8, 19), CHANNELS, &mut memo);
    let bytes = memo.to_bytes(program());
    let none = format!("{:?}", Memo::default());
    assert_ne!(
        format!("{:?}", Memo::from_bytes(bytes.clone(), program())),
        none
    );
    assert_eq!(
        format!("{:?}", Memo::from_bytes(bytes.clone(), Digest::of(b"next"))),
        none
    );
}

#[test]
fn findings_of_later_stages_are_kept_for_unchanged_pages() {
    let (mut files, mut memo) = (start(), Memo::default());
    let read = |files: &Files, memo: &mut Memo| {
        let parsed = parse_with(&tree(files), date(2026, 8, 19), CHANNELS, memo);
        let page = |page: &&loa::model::Page| page.source == "content/b.md";
        parsed.site.pages.iter().find(page).unwrap().file
    };
    let (key, other) = (Digest::of(b"1"), Digest::of(b"2"));
    let file = read(&files, &mut memo);
    let found = vec![Diagnostic::new(code::LONG_SENTENCE, Span::new(file, 9, 12))];
    memo.keep_findings("content/b.md", file, key, &found);
    assert_eq!(
        memo.findings("content/b.md", file, key),
        Some(found.clone())
    );
    assert_eq!(memo.findings("content/b.md", file, other), None);
    // Another page in front of it gives the text another name.
    files.insert("content/aa.md".into(), String::new());
    let moved = read(&files, &mut memo);
    let span = memo.findings("content/b.md", moved, key).unwrap()[0].span;
    assert_eq!((span, moved != file), (Span::new(moved, 9, 12), true));
    files.get_mut("content/b.md").unwrap().push('x');
    let file = read(&files, &mut memo);
    assert_eq!(memo.findings("content/b.md", file, key), None);
}

#[test]
fn what_did_not_change_is_not_parsed() {
    let mut files = start();
    let mut memo = Memo::default();
    let read = |files: &Files, memo: &mut Memo| {
        let parsed = parse_with(&tree(files), date(2026, 8, 19), CHANNELS, memo);
        let pages = parsed.site.pages.into_iter();
        let read = pages.filter(|page| page.body.doc.is_read());
        read.map(|page| page.source).collect::<Vec<_>>()
    };
    assert_eq!(read(&files, &mut memo).len(), 3);
    assert!(memo.changed);
    memo.changed = false;
    assert!(read(&files, &mut memo).is_empty());
    assert!(!memo.changed);
    apply(&mut files, &Edit::Body(1, vec![14]));
    assert_eq!(read(&files, &mut memo), ["content/a.md"]);
    assert!(memo.changed);
    // The value of a contact is no part of a body; its name is.
    files
        .get_mut("content/_facts/contacts.yaml")
        .unwrap()
        .push_str("# ghi chú\n");
    assert!(read(&files, &mut memo).is_empty());
    apply(&mut files, &Edit::Contacts(1));
    assert_eq!(read(&files, &mut memo).len(), 3);
    // A page that refers to nothing is the same among other pages.
    apply(&mut files, &Edit::Raw(1, vec![82]));
    apply(&mut files, &Edit::Head(1, 0));
    assert_eq!(read(&files, &mut memo), ["content/a.md"]);
    apply(&mut files, &Edit::Head(3, 0));
    let again = read(&files, &mut memo);
    assert_eq!(
        again,
        ["content/b.en.md", "content/b.md", "content/tin/b.en.md"]
    );
}

#[test]
fn digests_of_the_registry_see_values_and_no_places() {
    let digests = |contacts: &str, settings: &str| {
        let mut files = start();
        files.insert("content/_facts/contacts.yaml".into(), contacts.into());
        files.insert("loa.yaml".into(), settings.into());
        let parsed = parse(&tree(&files), date(2026, 8, 19), CHANNELS);
        Digests::of(&parsed.site.config, &parsed.site.facts)
    };
    let before = digests(CONTACTS[0], SETTINGS[1]);
    let moved = digests(
        &format!("# ghi chú\n{}", CONTACTS[0]),
        &format!("\n{}", SETTINGS[1]),
    );
    assert_eq!(before, moved);
    let other = digests(CONTACTS[1], SETTINGS[0]);
    assert_ne!(before.contacts[0], other.contacts[1]);
    assert_ne!(before.facts, other.facts);
    assert_ne!(before.config, other.config);
    assert_ne!(before.editions[0], other.editions[0]);
    assert_eq!(before.documents, other.documents);
}

/// A site on the disk and a memo of it, old enough for its stamps to be trusted.
fn on_disk() -> (tempfile::TempDir, Memo, Stamps) {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in start() {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let tree = snapshot_after(folder.path(), &Stamps::default()).unwrap();
    let mut memo = Memo::default();
    parse_with(&tree, date(2026, 8, 19), CHANNELS, &mut memo);
    (folder, memo, aged(tree.stamps))
}

/// Stamps that were taken a minute later.
fn aged(mut stamps: Stamps) -> Stamps {
    stamps.taken += i64::try_from(Duration::from_mins(1).as_nanos()).unwrap();
    stamps
}

#[test]
fn an_unchanged_file_is_read_late_and_what_changed_at_once() {
    let (folder, mut memo, stamps) = on_disk();
    let page = folder.path().join("content/a.md");
    let times = fs::metadata(&page).unwrap();
    let text = fs::read_to_string(&page).unwrap().replace("Mục", "Mực");
    fs::write(&page, &text).unwrap();
    // Same length, same time of change as before: only the system's own time tells.
    fs::File::options()
        .write(true)
        .open(&page)
        .unwrap()
        .set_modified(times.modified().unwrap())
        .unwrap();
    let tree = snapshot_after(folder.path(), &stamps).unwrap();
    let again = parse_with(&tree, date(2026, 8, 19), CHANNELS, &mut memo);
    let clean = parse(
        &snapshot(folder.path()).unwrap(),
        date(2026, 8, 19),
        CHANNELS,
    );
    let read = again
        .site
        .pages
        .iter()
        .filter(|page| page.body.doc.is_read());
    if cfg!(unix) {
        assert_eq!(read.count(), 1);
        assert_eq!(told(&again), told(&clean));
    }
    tree.settled().unwrap();
}

#[test]
fn a_file_that_changes_after_the_snapshot_stops_the_run() {
    let (folder, mut memo, mut stamps) = on_disk();
    let page = folder.path().join("content/b.md");
    for gone in [false, true] {
        let tree = snapshot_after(folder.path(), &stamps).unwrap();
        let again = parse_with(&tree, date(2026, 8, 19), CHANNELS, &mut memo);
        tree.settled().unwrap();
        if gone {
            fs::remove_file(&page).unwrap();
        } else {
            fs::write(&page, "khác").unwrap();
        }
        let late: Vec<&Diagnostic> = again.diags.iter().collect();
        assert!(
            again
                .site
                .pages
                .iter()
                .any(|page| page.doc().blocks.is_empty()),
            "{late:?}"
        );
        let fatal = tree.settled().unwrap_err();
        assert_eq!(fatal.path, page);
        let kind = if gone {
            std::io::ErrorKind::NotFound
        } else {
            std::io::ErrorKind::ResourceBusy
        };
        assert_eq!(fatal.source.kind(), kind);
        fs::write(&page, &start()["content/b.md"]).unwrap();
        let (_, fresh) = (
            fs::metadata(&page).unwrap(),
            snapshot_after(folder.path(), &stamps).unwrap(),
        );
        parse_with(&fresh, date(2026, 8, 19), CHANNELS, &mut memo);
        stamps = aged(fresh.stamps);
    }
}
