//! What holds for every site: nothing panics, nothing depends on threads or the order of files,
//! every place exists, every link leads somewhere, every script can be read aloud.

use crate::pieces::PIECES;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use jiff::civil::date;
use loa::diag::{Catalogue, Language, Sources, human};
use loa::load::{Tree, TreeFile, parse, snapshot};
use loa::pipeline::{Built, build};
use percent_encoding::percent_decode_str;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::holds::{SETTINGS, page, places_exist, unspeakable};
use crate::support::{attributes, root};

const CONTACTS: &str =
    "- {key: \"113\", name: Công an, phone: \"113\", source: sổ, checked_on: 2026-08-01}\n";
const DOCUMENTS: &str = "- {number: 06/2014/NĐ-CP, kind: Nghị định, issuer: Chính phủ, title: Phong trào, status: in-force, \
                         source: công báo, checked_on: 2026-08-01}\n";

fn site(body: &str) -> Tree {
    let other = page("## Mục\n\nChữ.\n");
    Tree::of(&[
        ("loa.yaml", SETTINGS),
        ("content/_facts/contacts.yaml", CONTACTS),
        ("content/_facts/legal-documents.yaml", DOCUMENTS),
        ("content/a.md", &page(body)),
        ("content/b.md", &other),
        ("content/co.svg", "<svg viewBox=\"0 0 4 3\"></svg>"),
    ])
}

/// The project's own site for some of its communes or for all. Leaflets take long to set and are web pages here.
fn sample(communes: &str) -> Tree {
    let mut tree = snapshot(root()).unwrap();
    let settings = tree
        .files
        .iter_mut()
        .find(|file| file.path == "loa.yaml")
        .unwrap();
    let text = String::from_utf8(settings.bytes().to_vec()).unwrap();
    let line = |line: &str| match line.split_once("{channel: print") {
        Some((name, _)) => format!(
            "{name}{{channel: web, theme: newspaper, base_url: \"https://to-roi.example/\"}}\n"
        ),
        None if line.starts_with("communes:") => format!("communes: {communes}\n"),
        None => format!("{line}\n"),
    };
    let text: String = text.lines().map(line).collect();
    *settings = TreeFile::new(settings.path.clone(), text.into_bytes());
    tree
}

fn made(tree: &Tree) -> Built {
    build(tree, date(2026, 8, 19))
}

/// Every file by edition and path.
fn files(built: &Built) -> BTreeMap<String, Vec<u8>> {
    let all = built.plan.editions.iter().flat_map(|edition| {
        edition
            .files
            .values()
            .map(move |file| (&edition.name, file))
    });
    all.map(|(edition, file)| (format!("{edition}/{}", file.path), file.bytes.to_vec()))
        .collect()
}

fn said(built: &Built) -> String {
    let english = Catalogue::new(Language::English);
    built
        .diags
        .iter()
        .map(|diag| human(diag, &built.sources, &english))
        .collect()
}

/// Every span of a tree lies on character boundaries. Spans are read off its debug form, so that none is forgotten.
fn spans_are_sound(tree: &impl Debug, sources: &Sources, paths: &[&str]) {
    let shown = format!("{tree:?}");
    let number = |text: &str| {
        text.split(|c: char| !c.is_ascii_digit())
            .find(|part| !part.is_empty())
            .unwrap()
            .parse::<usize>()
            .unwrap()
    };
    let mut count = 0;
    for part in shown.split("Span { file: FileId(").skip(1) {
        let file = loa::diag::FileId(u32::try_from(number(part)).unwrap());
        let (start, end) = (
            number(part.split_once("start: ").unwrap().1),
            number(part.split_once("end: ").unwrap().1),
        );
        let text = sources.text(file);
        assert!(paths.contains(&sources.path(file)));
        assert!(
            start <= end && text.is_char_boundary(start) && text.is_char_boundary(end),
            "{start}..{end}"
        );
        count += 1;
    }
    assert!(count > 0 || !shown.contains("Span"));
}

/// Pieces that mean something to a parser, and words of two scripts.
fn markdown() -> impl Strategy<Value = String> {
    let pieces: Vec<&'static str> = PIECES.to_vec();
    let piece = prop_oneof![8 => prop::sample::select(pieces).prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)];
    prop::collection::vec(piece, 0..80).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 64,
        failure_persistence: None,
        // The same bodies in every run; change the number to look elsewhere.
        rng_seed: RngSeed::Fixed(19_082_026),
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_body_is_read_or_reported(body in markdown()) {
        let tree = site(&body);
        let built = made(&tree);
        places_exist(&built.diags, &built.sources);
        let parsed = parse(&tree, date(2026, 8, 19), &["web", "speech", "print"]);
        let page = parsed.site.pages.iter().find(|page| page.source == "content/a.md").unwrap();
        spans_are_sound(page.doc(), &parsed.sources, &["content/a.md"]);
        // Scripts are made even where there are mistakes, though nobody writes them to the disk.
        let script = String::from_utf8(files(&built)["loa/a.txt"].clone()).unwrap();
        prop_assert_eq!(unspeakable(&script), Vec::<String>::new());
    }

    #[test]
    fn any_head_is_read_or_reported(head in "([a-z_]{1,8}|title|date|draft|speech|image|\"|'|:|: |\n|- |\\[|\\]|\\{|\\}|&a|\\*a|!|#|, |\t|đ|2026-08-19|---|\\||>|%){0,40}") {
        let tree = Tree::of(&[("loa.yaml", SETTINGS), ("content/a.md", &format!("---\n{head}\n---\nChữ.\n")), ("content/_facts/contacts.yaml", &head)]);
        let built = made(&tree);
        places_exist(&built.diags, &built.sources);
        let built = made(&Tree::of(&[("loa.yaml", &head)]));
        places_exist(&built.diags, &built.sources);
    }
}

/// A fault of YAML at a letter of several bytes is a place too.
#[test]
fn a_fault_may_lie_at_any_letter() {
    for head in ["%- \nđ", "title: a\n}ữ: b", "x: {ấ", "ấ: [ữ", "- đ\nữ"] {
        let tree = Tree::of(&[
            ("loa.yaml", SETTINGS),
            ("content/a.md", &format!("---\n{head}\n---\nChữ.\n")),
            ("content/_facts/contacts.yaml", head),
        ]);
        let built = made(&tree);
        assert!(built.has_errors(), "{head:?}");
        places_exist(&built.diags, &built.sources);
    }
}

#[test]
fn one_two_and_four_threads_make_the_same_bytes() {
    let tree = sample("[dao-thanh, cao-lanh]");
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        let built = pool.install(|| made(&tree));
        (files(&built), said(&built))
    };
    let one = with(1);
    assert!(one.0.len() > 50);
    for threads in [2, 4] {
        let more = with(threads);
        assert!(one.0.keys().eq(more.0.keys()), "{threads} threads");
        let different: Vec<&String> = one
            .0
            .keys()
            .filter(|path| one.0[*path] != more.0[*path])
            .collect();
        assert_eq!(
            (different, &one.1),
            (Vec::new(), &more.1),
            "{threads} threads"
        );
    }
}

#[test]
fn the_order_in_which_files_are_found_does_not_matter() {
    let tree = sample("[dao-thanh]");
    let texts: Vec<(String, String)> = tree
        .files
        .iter()
        .filter_map(|file| {
            Some((
                file.path.clone(),
                String::from_utf8(file.bytes().to_vec()).ok()?,
            ))
        })
        .filter(|(path, _)| !path.starts_with("themes/"))
        .collect();
    let of = |order: Vec<usize>| {
        let files: Vec<(&str, &str)> = order
            .into_iter()
            .map(|at| (texts[at].0.as_str(), texts[at].1.as_str()))
            .collect();
        let built = made(&Tree::of(&files));
        (files_and_findings(&built), built.diags.len())
    };
    let forward = of((0..texts.len()).collect());
    let backward = of((0..texts.len()).rev().collect());
    // A prime step visits every place once.
    let mixed = of((0..texts.len())
        .map(|at| at * 7_919 % texts.len())
        .collect());
    assert!(forward == backward && forward == mixed);
}

fn files_and_findings(built: &Built) -> (BTreeMap<String, Vec<u8>>, String) {
    (files(built), said(built))
}

#[test]
fn every_script_of_the_sample_can_be_read_aloud() {
    let built = made(&sample("all"));
    assert!(!built.has_errors(), "{}", said(&built));
    let mut wrong: BTreeSet<String> = BTreeSet::new();
    let mut count = 0;
    for (path, bytes) in files(&built)
        .into_iter()
        .filter(|(path, _)| path.starts_with("loa-truyen-thanh/") && path.ends_with(".txt"))
    {
        let script = String::from_utf8(bytes).unwrap();
        count += 1;
        let page = path.rsplit('/').next().unwrap_or_default().to_owned();
        wrong.extend(
            unspeakable(&script)
                .into_iter()
                .map(|line| format!("{page}: {line}")),
        );
    }
    assert!(count > 100, "{count} scripts");
    assert!(
        wrong.is_empty(),
        "{} lines:\n{}",
        wrong.len(),
        wrong.into_iter().take(40).collect::<Vec<_>>().join("\n")
    );
}

#[test]
fn every_link_of_the_sample_leads_somewhere() {
    let built = made(&sample("[dao-thanh]"));
    let mut broken = BTreeSet::new();
    let mut count = 0;
    for edition in &built.plan.editions {
        let base = match edition.name.as_str() {
            "bao-ap-bac" => "https://bao-ap-bac.example/",
            "phat-thanh-truyen-hinh" => "https://ptth.example/",
            // Lists of scripts have no base: their links are relative.
            _ => "https://to-roi.example/",
        };
        let pages: BTreeMap<&str, Vec<(String, String)>> = edition
            .files
            .values()
            .filter(|file| file.media == "text/html")
            .map(|file| {
                (
                    file.path.as_str(),
                    attributes(std::str::from_utf8(&file.bytes).unwrap()),
                )
            })
            .collect();
        for (path, found) in &pages {
            for (_, url) in found
                .iter()
                .filter(|(name, _)| name == "href" || name == "src")
            {
                let Some((target, anchor)) = resolve(path, url, base) else {
                    continue;
                };
                count += 1;
                let there = edition.files.contains_key(&target);
                let has = |id: &str| {
                    pages.get(target.as_str()).is_some_and(|all| {
                        all.iter().any(|(name, value)| name == "id" && value == id)
                    })
                };
                if !there || !(anchor.is_empty() || has(&anchor)) {
                    broken.insert(format!("{}/{path}: {url}", edition.name));
                }
            }
        }
    }
    assert!(count > 1_000, "{count} links");
    assert!(
        broken.is_empty(),
        "{} broken:\n{}",
        broken.len(),
        broken.into_iter().take(40).collect::<Vec<_>>().join("\n")
    );
}

/// The file and the anchor of a link inside an edition; nothing for one that leads elsewhere.
fn resolve(page: &str, url: &str, base: &str) -> Option<(String, String)> {
    let inside = url.strip_prefix(base).map(|rest| format!("/{rest}"));
    let url = inside.as_deref().unwrap_or(url);
    let head = url.split(['/', '#', '?']).next().unwrap_or_default();
    if head.contains(':') || url.starts_with("//") {
        return None;
    }
    let (path, anchor) = url.split_once('#').unwrap_or((url, ""));
    let path = percent_decode_str(path.split('?').next().unwrap_or_default())
        .decode_utf8()
        .unwrap();
    let decoded = percent_decode_str(anchor)
        .decode_utf8()
        .unwrap()
        .into_owned();
    let mut parts: Vec<&str> = match path.strip_prefix('/') {
        _ if path.is_empty() => return Some((page.to_owned(), decoded)),
        Some(_) => Vec::new(),
        None => page
            .rsplit_once('/')
            .map_or(Vec::new(), |(folder, _)| folder.split('/').collect()),
    };
    for part in path.trim_start_matches('/').split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            name => parts.push(name),
        }
    }
    let joined = parts.join("/");
    let file = if joined.is_empty() || joined.ends_with('/') {
        format!("{joined}index.html")
    } else {
        joined
    };
    Some((file, decoded))
}

/// A picture that no page shows is not published.
#[test]
fn a_file_that_no_page_uses_changes_nothing() {
    let tree = site("![cờ](co.svg)\n");
    let mut more = tree.clone();
    more.files
        .push(TreeFile::new("content/thua.bin".into(), vec![0; 9]));
    assert_eq!(files(&made(&tree)), files(&made(&more)));
}
