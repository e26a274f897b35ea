//! What checks found in a page, and what its approval is worth, is remembered and never out of date.

use std::collections::BTreeMap;
use std::fs;
use std::time::Duration;

use jiff::civil::{Date, date};
use loa::diag::Diagnostic;
use loa::lint::{lint, lint_with, settle};
use loa::load::{Memo, Parsed, Stamps, Tree, approvable, parse, parse_with, snapshot_after};
use loa::model::{ApprovalState, Digest};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

const CHANNELS: &[&str] = &["web", "speech", "print"];

/// The files of a site by path.
type Files = BTreeMap<String, String>;

const SETTINGS: [&str; 6] = [
    "title: Thử\nlanguages: [vi, en]\neditions: {loa: {channel: speech, theme: loudspeaker}, xa: {channel: web, theme: newspaper}}\n",
    "title: Thử\nlanguages: [vi, en]\neditions: {loa: {channel: web, theme: newspaper}, xa: {channel: speech, theme: loudspeaker}}\n",
    "title: Thử\nlanguage: en\nlanguages: [en, vi]\neditions: {loa: {channel: speech, theme: loudspeaker}, xa: {channel: web, theme: newspaper}}\n",
    "title: Thử\nlanguages: [vi, en]\nchecks: {former-name: off, long-sentence: error}\neditions: {loa: {channel: speech, theme: loudspeaker}}\n",
    "title: Thử\napproval: required\neditions: {}\n",
    "title: [hỏng\n",
];
const CONTACTS: [&str; 4] = [
    "- {key: truc-ban, name: Trực ban, phone: \"0273 3872 222\", source: x, checked_on: 2026-08-01}\n\
     - {key: cu, name: Số cũ, phone: \"0273 3872 111\", valid_until: 2026-08-20, source: x, checked_on: 2026-08-01}\n",
    "- {key: cu, name: Số cũ, phone: \"0273 3872 111\", replaced_by: truc-ban, source: x, checked_on: 2026-08-01}\n\
     - {key: truc-ban, name: Phòng trực ban của công an xã, phone: \"0273 3872 223\", source: x, checked_on: 2026-08-01}\n",
    "- {key: truc-ban, name: Trực ban, phone: \"0273 3872 223\", source: x, checked_on: 2026-08-01}\n\
     - {key: cu, name: Số cũ, phone: \"0273 3872 111\", valid_until: 2026-08-20, source: x, checked_on: 2026-08-01}\n",
    "",
];
const DOCUMENTS: [&str; 4] = [
    "- {number: 06/2014/NĐ-CP, kind: Nghị định, issuer: Chính phủ, title: Phong trào, status: in-force, replaced_by: [1/2026/NĐ-CP], source: x, checked_on: 2026-08-01}\n\
     - {number: 1/2026/NĐ-CP, kind: Nghị định, issuer: Chính phủ, title: Phong trào, status: in-force, effective: 2026-08-20, source: x, checked_on: 2026-08-01}\n",
    "- {number: 06/2014/NĐ-CP, kind: Nghị định, issuer: Chính phủ, title: Phong trào toàn dân, status: in-force, source: x, checked_on: 2026-08-01}\n",
    "- {number: 06/2014/NĐ-CP, kind: Nghị định, issuer: Quốc hội, title: Phong trào, status: in-force, replaced_by: [1/2026/NĐ-CP], source: x, checked_on: 2026-08-01}\n\
     - {number: 1/2026/NĐ-CP, kind: Nghị định, issuer: Chính phủ, title: Phong trào, status: in-force, effective: 2026-08-20, source: x, checked_on: 2026-08-01}\n",
    "",
];
const COMMUNES: [&str; 3] = [
    "former_names: [{name: tỉnh Tiền Giang, now: tỉnh Đồng Tháp, since: 2026-08-20, source: x}, {name: thị trấn, now: xã, source: x}]\n",
    "communes: [{code: \"1\", name: Một, kind: xa, contacts: {truc-ban: {phone: 0273 3000 222, valid_until: 2026-08-19, source: x, checked_on: 2026-08-01}}}]\n\
     former_names: [{name: thị trấn, now: xã hoặc phường, source: x}]\n",
    "",
];
const LEXICON: [&str; 2] = [
    "",
    "- {written: ANTQ, spoken: an ninh tổ quốc của chúng ta}\n",
];
const HEADS: [&str; 10] = [
    "title: Bài\nsummary: Tóm tắt.\ndate: 2026-08-19\n",
    "title: Bài viết rất dài về phong trào toàn dân bảo vệ an ninh\nsummary: Tóm tắt ở thị trấn.\ndate: 2026-08-19\n",
    "title: Bài\nsummary: Tóm tắt.\ndate: 2026-08-19\nspeech: {say: {ANTQ: an ninh}}\neditions: [loa]\n",
    "title: Bài\nsummary: Tóm tắt.\ndate: 2026-08-19\nimage: {src: co.svg, alt: Cờ ở thị trấn}\n",
    "title: Hội\nsummary: Tóm tắt.\ndate: 2026-08-19\nkind: programme\nprogramme: {starts: 2026-08-19T19:00, place: Sân thị trấn, items: [{at: \"19:00\", what: Khai mạc}]}\n",
    "title: Hội\nsummary: Tóm tắt.\ndate: 2026-08-19\nkind: programme\nprogramme: {starts: 2026-08-19T19:30, place: Nhà văn hóa, items: [{at: \"19:30\", what: Khai mạc}]}\n",
    "title: Bài\nsummary: Tóm tắt.\ndate: 2026-08-19\nwithdrawn: {on: 2026-08-23, reason: Sai}\n",
    "title: Bài\nsummary: Tóm tắt.\ndate: 2026-08-19\nslug: rieng\n",
    "title: Bài\nsummary: Tóm tắt.\ndate: 2026-08-19\ndraft: true\n",
    "title: Bài\nsummary: Tóm tắt.\ndate: 2026-02-30\n",
];
const SAID: [&str; 23] = [
    "Ở thị trấn và tỉnh Tiền Giang. ",
    "Gọi 0273 3872 111 hoặc 0273 3872 222, 0273 3872 223. ",
    "Theo NĐ 06/2014 và [[06/2014/NĐ-CP]]. ",
    "Theo Quyết định số 9/2020/QĐ-TTg. ",
    "Ủy ban hòa bình. ",
    "Cấp uỷ khoẻ. ",
    "một hai ba bốn năm sáu bảy tám chín mười một hai ba bốn năm sáu bảy tám chín mười ",
    "ANTQ ANTQ ANTQ ",
    "[[truc-ban]] ",
    "[[b]] ",
    "[[a]] ",
    "[[hoi]] ",
    "[b](b.md) ",
    "![cờ](co.svg) ",
    "[tệp](tin/co.svg) ",
    "tỷ lệ 3/4 ",
    "\n\n",
    "\n\n::: only loa\n",
    "\n:::\n\n",
    "\n\n::: programme hoi\n:::\n\n",
    "\n\n::: contacts truc-ban\n:::\n\n",
    "\n\n[//]: # (loa: allow former-name, long-sentence, nham)\n\n",
    "[[e]] ",
];
const PATHS: [&str; 12] = [
    "content/_index.md",
    "content/a.md",
    "content/a.en.md",
    "content/b.md",
    "content/b.en.md",
    "content/hoi.md",
    "content/tin/_index.md",
    "content/tin/b.md",
    "content/tin/c.md",
    "content/tin/d.md",
    "content/_nhap/d.md",
    "content/tin/e.en.md",
];
/// The days of builds, from the first on.
const DAYS: [Date; 4] = [
    date(2026, 8, 19),
    date(2026, 8, 20),
    date(2026, 8, 22),
    date(2026, 8, 23),
];

/// One edit: what, where, and with which words.
#[derive(Debug, Clone)]
enum Edit {
    Body(usize, Vec<usize>),
    Head(usize, usize),
    Rename(usize, usize),
    Remove(usize),
    Approve(usize),
    Settings(usize),
    Contacts(usize),
    Documents(usize),
    Communes(usize),
    Lexicon(usize),
    Picture(bool, usize),
    Nothing,
}

fn edit() -> impl Strategy<Value = Edit> {
    let path = 0..PATHS.len();
    let words = prop::collection::vec(0..SAID.len(), 0..12);
    prop_oneof![
        5 => (path.clone(), words).prop_map(|(path, words)| Edit::Body(path, words)),
        4 => (path.clone(), 0..HEADS.len()).prop_map(|(path, head)| Edit::Head(path, head)),
        1 => (path.clone(), path.clone()).prop_map(|(from, to)| Edit::Rename(from, to)),
        1 => path.clone().prop_map(Edit::Remove),
        4 => path.prop_map(Edit::Approve),
        1 => (0..SETTINGS.len()).prop_map(Edit::Settings),
        1 => (0..CONTACTS.len()).prop_map(Edit::Contacts),
        1 => (0..DOCUMENTS.len()).prop_map(Edit::Documents),
        1 => (0..COMMUNES.len()).prop_map(Edit::Communes),
        1 => (0..LEXICON.len()).prop_map(Edit::Lexicon),
        2 => (any::<bool>(), 0..3_usize).prop_map(|(inner, size)| Edit::Picture(inner, size)),
        2 => Just(Edit::Nothing),
    ]
}

/// A site in which one page or another depends on everything that a page can depend on.
fn start() -> Files {
    let mut files = Files::new();
    for edit in [
        Edit::Settings(0),
        Edit::Contacts(0),
        Edit::Documents(0),
        Edit::Communes(0),
        Edit::Picture(false, 1),
        Edit::Picture(true, 1),
        Edit::Body(1, vec![0, 2, 8, 9, 4, 5, 13, 14, 19, 20]),
        Edit::Body(2, vec![9]),
        Edit::Body(3, vec![1, 8, 16, 6, 6, 9, 16, 21, 0]),
        Edit::Head(3, 3),
        Edit::Body(4, vec![13]),
        Edit::Head(5, 4),
        Edit::Body(6, vec![0, 9]),
        Edit::Body(8, vec![0, 3, 7, 6, 7, 15, 10]),
        Edit::Head(8, 2),
        Edit::Body(9, vec![0, 6, 6]),
        Edit::Head(9, 6),
        Edit::Body(11, vec![22]),
        Edit::Approve(1),
        Edit::Approve(2),
        Edit::Approve(3),
        Edit::Approve(9),
        Edit::Approve(11),
    ] {
        apply(&mut files, &edit);
    }
    files
}

fn parts(files: &Files, path: &str) -> (String, String) {
    let text = files.get(path).cloned().unwrap_or_default();
    let (head, body) = text
        .strip_prefix("---\n")
        .and_then(|rest| rest.split_once("---\n"))
        .unwrap_or((HEADS[0], "Chữ.\n"));
    (head.to_owned(), body.to_owned())
}

fn apply(files: &mut Files, edit: &Edit) {
    let (path, text) = match edit {
        Edit::Body(path, words) => {
            let body: String = words.iter().map(|word| SAID[*word]).collect();
            let (head, _) = parts(files, PATHS[*path]);
            (PATHS[*path], format!("---\n{head}---\n{body}\n"))
        }
        Edit::Head(path, head) => {
            let (_, body) = parts(files, PATHS[*path]);
            (PATHS[*path], format!("---\n{}---\n{body}", HEADS[*head]))
        }
        Edit::Approve(path) => {
            let Some(text) = approved(files, PATHS[*path]) else {
                return;
            };
            (PATHS[*path], text)
        }
        Edit::Rename(from, to) => {
            let Some(text) = files.remove(PATHS[*from]) else {
                return;
            };
            (PATHS[*to], text)
        }
        Edit::Remove(path) => {
            files.remove(PATHS[*path]);
            return;
        }
        Edit::Settings(which) => ("loa.yaml", SETTINGS[*which].to_owned()),
        Edit::Contacts(which) => ("content/_facts/contacts.yaml", CONTACTS[*which].to_owned()),
        Edit::Documents(which) => (
            "content/_facts/legal-documents.yaml",
            DOCUMENTS[*which].to_owned(),
        ),
        Edit::Communes(which) => ("content/_facts/communes.yaml", COMMUNES[*which].to_owned()),
        Edit::Lexicon(which) => ("content/_facts/lexicon.yaml", LEXICON[*which].to_owned()),
        Edit::Picture(inner, size) => {
            let path = ["content/co.svg", "content/tin/co.svg"][usize::from(*inner)];
            if *size == 0 {
                files.remove(path);
                return;
            }
            (path, format!("<svg viewBox=\"0 0 {size} 3\"></svg>"))
        }
        Edit::Nothing => return,
    };
    files.insert(path.to_owned(), text);
}

/// A page with an approval of what it is now; only what it says of itself is replaced.
fn approved(files: &Files, path: &str) -> Option<String> {
    let (head, body) = parts(files, path);
    let head = head.split("approval:").next().unwrap_or_default();
    let text = |digest: &str| {
        let by = format!("approval: {{by: A, role: B, on: 2026-08-20, digest: {digest}}}\n");
        format!("---\n{head}{by}---\n{body}")
    };
    let mut with = files.clone();
    with.insert(path.to_owned(), text(&"0".repeat(64)));
    let parsed = parse(&tree(&with), date(2026, 8, 19), CHANNELS);
    let page = parsed.site.pages.iter().find(|page| page.source == path)?;
    Some(text(&approvable(&parsed.site, page).digest))
}

fn tree(files: &Files) -> Tree {
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    Tree::of(&files)
}

fn worth(parsed: &Parsed) -> Vec<(&str, ApprovalState, bool)> {
    let pages = parsed.site.pages.iter();
    pages
        .map(|page| (page.source.as_str(), page.approval, page.unapproved))
        .collect()
}

fn settled(parsed: &Parsed, mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    found.extend(parsed.diags.iter().cloned());
    settle(&mut found, &parsed.site.config, &parsed.sources);
    found
}

/// Reads and checks a site with a memo, which afterwards knows it, and without.
fn compare(files: &Files, today: Date, memo: &mut Memo, after: &dyn std::fmt::Debug) {
    let again = parse_with(&tree(files), today, CHANNELS, memo);
    let found = lint_with(&again.site, &again.sources, memo);
    let clean = parse(&tree(files), today, CHANNELS);
    let wanted = lint(&clean.site, &clean.sources);
    assert_eq!(found, wanted, "after {after:?}");
    assert_eq!(worth(&again), worth(&clean), "after {after:?}");
    let (found, wanted) = (settled(&again, found), settled(&clean, wanted));
    assert_eq!(found, wanted, "after {after:?}");
}

/// Every edit that is not a new body, and what undoes it, in a site that depends on everything.
#[test]
fn after_any_one_edit_the_same_is_found() {
    let heads = (0..PATHS.len()).flat_map(|path| (0..HEADS.len()).map(move |head| (path, head)));
    let heads = heads.map(|(path, head)| Edit::Head(path, head));
    let moved = (0..PATHS.len()).flat_map(|from| (0..PATHS.len()).map(move |to| (from, to)));
    let moved = moved.map(|(from, to)| Edit::Rename(from, to));
    let pictures = [false, true].into_iter();
    let pictures = pictures.flat_map(|inner| (0..3).map(move |size| Edit::Picture(inner, size)));
    let edits = heads
        .chain(moved)
        .chain(pictures)
        .chain((0..PATHS.len()).flat_map(|path| [Edit::Remove(path), Edit::Approve(path)]))
        .chain((0..SETTINGS.len()).map(Edit::Settings))
        .chain((0..CONTACTS.len()).map(Edit::Contacts))
        .chain((0..DOCUMENTS.len()).map(Edit::Documents))
        .chain((0..COMMUNES.len()).map(Edit::Communes))
        .chain((0..LEXICON.len()).map(Edit::Lexicon));
    let before = start();
    let mut memo = Memo::default();
    let parsed = parse(&tree(&before), DAYS[1], CHANNELS);
    let approved = |page: &&(&str, ApprovalState, bool)| page.1 == ApprovalState::Approved;
    assert_eq!(worth(&parsed).iter().filter(approved).count(), 5);
    assert!(lint(&parsed.site, &parsed.sources).len() > 20);
    compare(&before, DAYS[1], &mut memo, &"nothing");
    for edit in edits {
        let mut files = before.clone();
        apply(&mut files, &edit);
        let mut after = memo.clone();
        compare(&files, DAYS[1], &mut after, &edit);
        compare(&before, DAYS[1], &mut after, &("undone", &edit));
    }
    for day in DAYS {
        compare(&before, day, &mut memo.clone(), &day);
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 64,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(24_112_026),
        ..ProptestConfig::default()
    })]

    #[test]
    fn after_any_edits_the_same_is_found(
        rounds in prop::collection::vec(
            (prop::collection::vec(edit(), 0..3), any::<bool>(), 0..DAYS.len()),
            1..10,
        ),
    ) {
        let program = Digest::of(b"test");
        let mut files = start();
        let mut memo = Memo::default();
        for (edits, stored, day) in rounds {
            for edit in &edits {
                apply(&mut files, edit);
            }
            compare(&files, DAYS[day], &mut memo, &edits);
            if stored {
                memo = Memo::from_bytes(memo.to_bytes(program), program);
            }
        }
    }
}

/// Paths of pages and sections whose text or tree was wanted.
fn touched(parsed: &Parsed) -> Vec<String> {
    let site = &parsed.site;
    let pages = site.pages.iter().map(|page| (page.file, &page.body));
    let sections = site
        .sections
        .iter()
        .filter(|section| section.span.file != site.config.span.file)
        .map(|section| (section.span.file, &section.body));
    let read = |file| {
        let text = parsed.sources.get(file).shared();
        text.is_some_and(|text| text.is_read())
    };
    pages
        .chain(sections)
        .filter(|(file, body)| read(*file) || body.doc.is_read())
        .map(|(file, _)| parsed.sources.path(file).to_owned())
        .collect()
}

#[test]
fn what_did_not_change_is_neither_read_nor_parsed() {
    let folder = tempfile::tempdir().unwrap();
    let mut files = start();
    let write = |files: &Files| {
        for (path, text) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            if fs::read_to_string(&path).ok().as_ref() != Some(text) {
                fs::write(path, text).unwrap();
            }
        }
    };
    let (mut memo, mut stamps) = (Memo::default(), Stamps::default());
    let mut run = |day| {
        let tree = snapshot_after(folder.path(), &stamps).unwrap();
        let parsed = parse_with(&tree, day, CHANNELS, &mut memo);
        memo.changed = false;
        let found = lint_with(&parsed.site, &parsed.sources, &mut memo);
        let (touched, changed) = (touched(&parsed), memo.changed);
        let count = settled(&parsed, found).len();
        tree.settled().unwrap();
        stamps = tree.stamps;
        stamps.taken += i64::try_from(Duration::from_mins(1).as_nanos()).unwrap();
        (touched, count, changed)
    };
    write(&files);
    let (all, count, changed) = run(DAYS[0]);
    assert_eq!((all.len(), changed), (9, true));
    // Only comments that allow findings are looked for in the text.
    assert_eq!(
        run(DAYS[0]),
        (vec!["content/b.md".to_owned()], count, false)
    );
    // A date of the registry is today, and then behind.
    assert_eq!(run(DAYS[1]).0, all);
    assert_eq!(run(DAYS[2]).0, all);
    // A page is withdrawn.
    assert_eq!(run(DAYS[3]).0, ["content/b.md", "content/tin/d.md"]);
    // An approved page shows the title of another.
    let text = files["content/b.en.md"].replace("title: Bài", "title: Bài khác");
    files.insert("content/b.en.md".into(), text);
    write(&files);
    let changed = ["content/a.en.md", "content/b.en.md", "content/b.md"];
    assert_eq!(run(DAYS[3]).0, changed);
}
