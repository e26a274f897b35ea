//! What a preview shows is what a clean build comes to: of every edition at rest, and of an article that is
//! shown before all the rest is made again.

use std::collections::BTreeMap;
use std::sync::Arc;

use loa::channel::{Want, names};
use loa::diag::Diagnostic;
use loa::load::{Memo, Tree, TreeFile};
use loa::model::Edition;
use loa::output::{Plan, Shelf};
use loa::pipeline::{Early, Options, Prepared, Ready, prepare};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::again::{BODIES, Bench, Edit, PATHS, TITLES, edit};
use crate::support::cases;

/// A change of a site that is looked at.
#[derive(Debug, Clone)]
enum Change {
    /// Another title and other words of a page: all that it says, and nothing else.
    Words(usize, usize, usize),
    Any(Edit),
}

fn change() -> impl Strategy<Value = Change> {
    let words = (0..PATHS.len(), 0..TITLES.len(), 0..BODIES.len());
    prop_oneof![
        3 => words.prop_map(|(path, title, body)| Change::Words(path, title, body)),
        1 => edit().prop_map(Change::Any),
    ]
}

fn apply(bench: &mut Bench, change: &Change) {
    match change {
        Change::Any(edit) => bench.apply(edit),
        Change::Words(path, title, body) => {
            let up = "../".repeat(PATHS[*path].matches('/').count() - 1);
            let body = BODIES[*body].replace("ROOT", &up);
            let Some(text) = bench.files.get_mut(PATHS[*path]) else {
                return;
            };
            let (head, _) = text.split_once("## Mục\n").unwrap();
            let head: Vec<&str> = head
                .lines()
                .filter(|line| !line.starts_with("title:"))
                .collect();
            let rest = head[1..].join("\n");
            *text = format!(
                "---\ntitle: {} {title}\n{rest}\n## Mục\n\nChữ.\n\n{body}",
                TITLES[*title]
            );
        }
    }
}

/// A tree in which files that did not change keep their place, as they do in a preview.
fn kept(old: &Tree, mut new: Tree) -> Tree {
    for file in &mut new.files {
        let same = |one: &&TreeFile| one.path == file.path && one.bytes() == file.bytes();
        if let Some(same) = old.files.iter().find(same) {
            file.blob = Arc::clone(&same.blob);
        }
    }
    new
}

fn options(bench: &Bench) -> Options {
    Options {
        serve_base: Some("http://127.0.0.1:1790/".to_owned()),
        show_drafts: true,
        ..bench.options()
    }
}

fn sound(diags: &[Diagnostic]) -> bool {
    !diags.iter().any(Diagnostic::is_error)
}

/// Everything of every edition by path.
fn files(plan: &Plan) -> BTreeMap<String, Vec<u8>> {
    let editions = plan.editions.iter();
    let files = editions.flat_map(|edition| {
        let files = edition.files.iter();
        files.map(|(path, file)| (format!("{}/{path}", edition.name), file.bytes.to_vec()))
    });
    files.collect()
}

/// One state of a preview: what it shows, and what it is made ready with.
fn show<'a>(
    prepared: &'a Prepared,
    known: &'a loa::channel::Known,
    shelf: &Shelf,
) -> (Plan, Vec<Diagnostic>, Vec<Ready<'a>>) {
    let (mut shown, mut found, mut ready) = (Plan::default(), Vec::new(), Vec::new());
    for channel in names() {
        let wanted = |edition: &Edition| edition.channel == channel;
        let editions = prepared.begin(&wanted, Want::Quick, known);
        let made = editions.make_recent(shelf);
        shown.editions.extend(made.plan.editions);
        found.extend(made.diags);
        ready.push(editions);
    }
    (shown, prepared.findings(&found), ready)
}

fn alike(
    shown: &BTreeMap<String, Vec<u8>>,
    clean: &BTreeMap<String, Vec<u8>>,
) -> Result<(), TestCaseError> {
    prop_assert!(
        shown.keys().eq(clean.keys()),
        "{:?} {:?}",
        shown.keys(),
        clean.keys()
    );
    for (path, bytes) in shown {
        prop_assert!(clean[path] == *bytes, "{}", path);
    }
    Ok(())
}

/// What somebody sees who begins to look now, if nothing is wrong.
fn clean(tree: &Tree, options: &Options) -> Option<BTreeMap<String, Vec<u8>>> {
    let prepared = prepare(tree, options, &mut Memo::default());
    let known = prepared.known();
    let (shown, found, _) = show(&prepared, &known, &Shelf::default());
    sound(&found).then(|| files(&shown))
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: cases(12),
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(19_082_026),
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_preview_shows_what_a_clean_build_makes(changes in prop::collection::vec(change(), 1..10)) {
        let mut bench = Bench::new();
        let (mut memo, shelf) = (Memo::default(), Shelf::default());
        let mut tree = bench.tree();
        for change in &changes {
            let options = options(&bench);
            let prepared = prepare(&tree, &options, &mut memo);
            let known = prepared.known();
            let (shown, found, ready) = show(&prepared, &known, &shelf);
            let clean_now = clean(&tree, &options);
            prop_assert_eq!(sound(&found), clean_now.is_some(), "{:?}", found);
            let day = bench.day;
            apply(&mut bench, change);
            let next = kept(&tree, bench.tree());
            if let Some(clean_now) = clean_now {
                alike(&files(&shown), &clean_now)?;
                let early = Early::new(&prepared);
                let plan = early.again(&ready, &tree, &next).filter(|_| bench.day == day);
                if let Some(plan) = plan {
                    let clean_next = clean(&next, &options);
                    prop_assert!(clean_next.is_some(), "an error is shown after {:?}", change);
                    let next = clean_next.unwrap_or_default();
                    for (path, bytes) in files(&plan) {
                        prop_assert!(next.get(&path) == Some(&bytes), "{} after {:?}", path, change);
                    }
                }
            }
            tree = next;
        }
    }
}

const SITE: [(&str, &str); 5] = [
    (
        "loa.yaml",
        "title: Thử\napproval: required\neditions:\n  bao: {channel: web, theme: newspaper, base_url: \"https://bao.example/\"}\n",
    ),
    (
        "content/_facts/contacts.yaml",
        "- {key: cax, name: Công an xã, phone: 0273 3872 111, source: sổ, checked_on: 2026-08-01}\n\
         - {key: cu, name: Số cũ, phone: 0273 3872 222, valid_until: 2026-08-01, source: sổ, checked_on: 2026-07-01}\n",
    ),
    (
        "content/a.md",
        "---\ntitle: Bài\nsummary: Tóm tắt.\ndate: 2026-08-19\nauthor: Ban\n---\n## Mục\n\nChữ cũ.\n\n## Phần\n\nHết.\n",
    ),
    (
        "content/b.md",
        "---\ntitle: Khác\nsummary: Tóm tắt.\ndate: 2026-08-18\n---\nXem [[a#muc]].\n",
    ),
    (
        "content/co.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 3\"></svg>",
    ),
];

/// What is shown early of the first article after some of its words became others.
fn early(old: &str, new: &str) -> Option<String> {
    let tree = Tree::of(&SITE);
    let changed = SITE.map(|(path, text)| match path {
        "content/a.md" => {
            assert!(text.contains(old), "{old}");
            (path, text.replacen(old, new, 1))
        }
        _ => (path, text.to_owned()),
    });
    let changed: Vec<(&str, &str)> = changed
        .iter()
        .map(|(path, text)| (*path, text.as_str()))
        .collect();
    let next = kept(&tree, Tree::of(&changed));
    let options = Options::on(jiff::civil::date(2026, 8, 19));
    let prepared = prepare(&tree, &options, &mut Memo::default());
    let known = prepared.known();
    let (_, found, ready) = show(&prepared, &known, &Shelf::default());
    assert!(sound(&found), "{found:?}");
    let plan = Early::new(&prepared).again(&ready, &tree, &next)?;
    let page = plan.editions[0].files["a/index.html"].bytes.to_vec();
    Some(String::from_utf8(page).unwrap())
}

#[test]
fn an_article_of_which_the_words_differ_is_shown_early() {
    let approved = "author: Ban\napproval: {by: A, role: B, on: 2026-08-19, digest: \
         0000000000000000000000000000000000000000000000000000000000000000}";
    for (old, new, shown) in [
        ("Chữ cũ", "Chữ mới", "Chữ mới"),
        ("title: Bài", "title: Bài mới", "Bài mới"),
        ("summary: Tóm", "summary: Gọn", "Gọn tắt"),
        ("author: Ban", "source: Sổ", "Sổ"),
        ("author: Ban", approved, "BẢN THẢO"),
        ("## Phần", "## Phần sau", "Phần sau"),
        ("Chữ cũ.", "Gọi [[cax]], xem [[b]].", "0273 3872 111"),
    ] {
        let page = early(old, new).unwrap_or_else(|| panic!("nothing of {new}"));
        assert!(page.contains(shown), "{shown} in {page}");
    }
}

#[test]
fn what_moves_an_article_or_is_wrong_waits_for_all() {
    for (old, new) in [
        ("date: 2026-08-19", "date: 2026-08-17"),
        ("author: Ban", "topics: [An ninh]"),
        ("author: Ban", "slug: khac"),
        ("author: Ban", "draft: true"),
        ("author: Ban", "image: {src: co.svg, alt: Cờ}"),
        ("author: Ban", "withdrawn: {on: 2026-08-19, reason: Sai.}"),
        ("author: Ban", "drfat: true"),
        ("author: Ban\n", "author: Ban\naliases: [/cu/]\n"),
        ("Chữ cũ.", "<b>Chữ</b>"),
        ("Chữ cũ.", "![Cờ](co.svg)"),
        ("Chữ cũ.", "Xem [[a#phan]]."),
        ("Chữ cũ.", "Xem [[khong-co]]."),
        ("Chữ cũ.", "Xem [[b#khong-co]]."),
        ("Chữ cũ.", "Gọi [[cu]]."),
        ("Chữ cũ.", "Gọi 0273 3872 222."),
        ("## Mục", "## Mục khác"),
        ("---\ntitle", "title"),
    ] {
        assert_eq!(early(old, new), None, "{new}");
    }
}
