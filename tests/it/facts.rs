//! Who carries which fact: what is foretold is what is made, and the commands tell it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jiff::civil::date;
use loa::channel;
use loa::facts::{Fact, Scope, Usage, find};
use loa::load::Tree;
use loa::pipeline::{build, survey};
use serde_json::Value;
use tempfile::TempDir;

use crate::support::{Ran, run, write};

const SETTINGS: &str = "title: Thử
languages: [vi, en]
communes: all
editions:
  bao: {channel: web, theme: newspaper, base_url: \"https://bao.example/\"}
  dai: {channel: web, theme: broadcaster, base_url: \"https://dai.example/muc/\"}
  loa: {channel: speech, theme: loudspeaker}
  loa-txt: {channel: speech, theme: loudspeaker, formats: [txt]}
  to-roi: {channel: print, theme: leaflet, formats: [a5, a4]}
";
pub(crate) const CONTACTS: &str = "- {key: \"113\", name: Công an, phone: \"113\", emergency: true, source: x, checked_on: 2026-08-01}
- key: duong-day-nong
  name: Đường dây nóng
  phone: 0273 000 000
  valid_until: 2026-08-31
  source: sổ tay
  checked_on: 2026-08-01
";
pub(crate) const DOCUMENTS: &str = "- {number: 1/2020/NĐ-CP, kind: Nghị định, issuer: Chính phủ, title: Một, status: in-force, source: x, checked_on: 2026-08-01}
- {number: 1/2020/TT-BCA, kind: Thông tư, issuer: Bộ Công an, title: Hai, status: in-force, source: x, checked_on: 2026-08-01}
";
const COMMUNES: &str = "communes:
- {code: \"28249\", name: Một, kind: xa, contacts: {\"113\": {phone: 0273 111, source: x, checked_on: 2026-08-01}}}
- {code: \"28261\", name: Hai, kind: phuong}
";

fn page(head: &str, body: &str) -> String {
    format!("---\ntitle: Bài\nsummary: Tóm tắt.\ndate: 2026-08-19\n{head}---\n{body}\n")
}

/// A site of all channels: pages of every kind, in two languages, for two communes.
pub(crate) fn site() -> Vec<(&'static str, String)> {
    vec![
        ("loa.yaml", SETTINGS.to_owned()),
        ("content/_facts/contacts.yaml", CONTACTS.to_owned()),
        ("content/_facts/legal-documents.yaml", DOCUMENTS.to_owned()),
        ("content/_facts/communes.yaml", COMMUNES.to_owned()),
        (
            "content/a.md",
            page(
                "kind: guidance\n",
                "Gọi [[duong-day-nong]], theo [[1/2020/NĐ-CP]].",
            ),
        ),
        ("content/a.en.md", page("kind: guidance\n", "Call [[113]].")),
        (
            "content/b.md",
            page(
                "kind: guidance\neditions: [to-roi, dai]\nslug: bai-b\n",
                "Không gọi ai.",
            ),
        ),
        (
            "content/c.md",
            page(
                "editions: [speech]\n",
                "::: except loa\nGọi [[duong-day-nong]].\n:::\n\n::: only loa\nGọi công an.\n:::",
            ),
        ),
        ("content/d.md", page("expires_at: 2026-08-01\n", "Hết hạn.")),
        (
            "content/e.md",
            page(
                "kind: guidance\nprint: {formats: [a4]}\n",
                "::: contacts 113\n:::",
            ),
        ),
        ("content/f.md", page("draft: true\n", "Nháp.")),
        (
            "content/g.md",
            page("withdrawn: {on: 2026-08-19, reason: sai}\n", "Gọi [[113]]."),
        ),
    ]
}

fn tree(files: &[(&str, String)]) -> Tree {
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (*path, text.as_str()))
        .collect();
    Tree::of(&files)
}

pub(crate) fn on_disk(files: &[(&str, String)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (*path, text.as_str()))
        .collect();
    write(folder.path(), &files);
    folder
}

/// Front pages, lists, pictures and bundles of leaflets, feeds and the like belong to no page.
fn is_common(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let list = [
        "index.html",
        "en/index.html",
        "mot/index.html",
        "hai/index.html",
        "en/mot/index.html",
        "en/hai/index.html",
        "404.html",
    ];
    list.contains(&path)
        || path.starts_with("assets/")
        || [
            "tim-kiem/",
            "search/",
            "tiep-can/",
            "luu-tru/",
            "en/accessibility/",
            "en/archive/",
        ]
        .iter()
        .any(|folder| path.contains(folder))
        || [
            "atom.xml",
            "feed.json",
            "sitemap.xml",
            "news-sitemap.xml",
            "opensearch.xml",
            "robots.txt",
            "_headers",
            "_nginx.conf",
        ]
        .contains(&name)
        || path.starts_with("pictures/")
        || path.starts_with("en/pictures/")
        || path.ends_with(".zip")
}

#[test]
fn the_files_that_are_foretold_are_those_that_are_made() {
    let (tree, today) = (tree(&site()), date(2026, 8, 20));
    let built = build(&tree, today);
    assert!(!built.has_errors(), "{:#?}", built.diags);
    let parsed = survey(&tree, today);
    let site = &parsed.site;
    let mut foretold: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for edition in &site.config.editions {
        let channel = channel::of(edition).unwrap();
        let own = foretold.entry(edition.name.clone()).or_default();
        for page in &site.pages {
            for output in channel.outputs(site, edition, page) {
                let communes = site.chosen_communes();
                let all = if output.is_per_commune() {
                    communes.into_iter().map(Some).collect()
                } else {
                    vec![None]
                };
                own.extend(all.into_iter().map(|commune| output.path(site, commune)));
            }
        }
        for language in ["vi", "en"] {
            let cited = language == "vi";
            own.extend(
                channel
                    .register(site, language)
                    .filter(|_| cited)
                    .map(|output| output.path(site, None)),
            );
        }
    }
    for edition in &built.plan.editions {
        let made: BTreeSet<String> = edition
            .files
            .keys()
            .filter(|path| !is_common(path))
            .cloned()
            .collect();
        assert_eq!(foretold[&edition.name], made, "{}", edition.name);
    }
}

#[test]
fn every_file_that_names_a_number_is_a_carrier_of_it_and_no_other() {
    let (tree, today) = (tree(&site()), date(2026, 8, 20));
    let built = build(&tree, today);
    let parsed = survey(&tree, today);
    let usage = Usage::new(&parsed.site);
    let fact = find(&parsed.site.facts, "duong-day-nong").unwrap()[0];
    let foretold: BTreeSet<String> = usage
        .carriers(fact, Scope::Number)
        .iter()
        .flat_map(|carrier| carrier.paths(&parsed.site))
        .collect();
    let mut found = BTreeSet::new();
    for edition in &built.plan.editions {
        for (path, file) in &edition.files {
            // Marks of a reading sheet stand between the groups of a number.
            let text = String::from_utf8_lossy(&file.bytes).replace("<i class=\"rest\"></i>", "");
            // A leaflet is no text; which ones there are is asked of the other test.
            let leaflet = path.ends_with(".pdf") && path.contains("/a-");
            if leaflet
                || text.contains("0273 000 000")
                || text.contains("không hai bảy ba, không không không")
            {
                found.insert(format!("{}/{path}", edition.name));
            }
        }
    }
    // Feeds repeat what pages say, and are published with them.
    let feed = |path: &String| path.ends_with("/atom.xml") || path.ends_with("/feed.json");
    found.retain(|path| !path.contains("/en/") && !feed(path));
    assert_eq!(foretold, found);
    assert!(foretold.contains("loa-txt/hai/c.txt") && !foretold.contains("loa/hai/c.txt"));
}

#[test]
fn own_numbers_are_carried_by_their_commune_only() {
    let parsed = survey(&tree(&site()), date(2026, 8, 20));
    let usage = Usage::new(&parsed.site);
    let Fact::Contact(id) = find(&parsed.site.facts, "113").unwrap()[0] else {
        panic!("a contact");
    };
    let communes = parsed.site.chosen_communes();
    let paths = |fact: Fact| -> Vec<String> {
        let carriers = usage.carriers(fact, Scope::Number);
        carriers
            .iter()
            .flat_map(|carrier| carrier.paths(&parsed.site))
            .collect()
    };
    let own = paths(Fact::Own(communes[0], id));
    assert!(
        !own.is_empty() && own.iter().all(|path| path.contains("/mot/")),
        "{own:?}"
    );
    // Leaflets that name no contact carry the numbers for danger to life.
    assert!(
        own.contains(&"to-roi/mot/bai-b-a5.pdf".to_owned()),
        "{own:?}"
    );
    let general = paths(Fact::Contact(id));
    assert!(
        general.iter().all(|path| !path.contains("/mot/")),
        "{general:?}"
    );
    assert!(
        general.contains(&"bao/en/a/index.html".to_owned()),
        "{general:?}"
    );
    assert!(
        !general.iter().any(|path| path.contains("/g/")),
        "{general:?}"
    );
}

pub(crate) fn loa(folder: &Path, today: &str, args: &[&str]) -> Ran {
    run(
        folder,
        &[args, &["--today", today, "--lang", "en"]].concat(),
    )
}

#[test]
fn a_number_that_expires_stops_the_build_and_names_every_file() {
    let folder = on_disk(&site());
    let eve = loa(folder.path(), "2026-08-31", &["build"]);
    assert_eq!(eve.code, 0, "{}", eve.err);
    let day = loa(folder.path(), "2026-09-01", &["build"]);
    assert_eq!(day.code, 1);
    for line in [
        "content/a.md:7:5: error[expired-fact]",
        "content/c.md:8:5: error[expired-fact]",
        "content/_facts/contacts.yaml:2:8: the registry says so here",
        "    bao/a/index.html\n",
        "    dai/a/index.html\n",
        "    loa/*/a.txt (2 communes)\n",
        "    loa/*/a.html (2 communes)\n",
        "    loa-txt/*/a.txt (2 communes)\n",
        "    loa-txt/*/c.txt (2 communes)\n",
        "    to-roi/*/a-a5.pdf (2 communes)\n",
        "    to-roi/*/a-a4.pdf (2 communes)\n",
        "nothing was written",
    ] {
        assert!(day.err.contains(line), "{line}\n{}", day.err);
    }
    // The last good build is still there.
    assert!(folder.path().join("public/bao/a/index.html").exists());
    let due = loa(folder.path(), "2026-08-20", &["due", "--format", "json"]);
    assert_eq!(
        due.out.lines().next(),
        Some("{\"next\": \"2026-09-01\","),
        "{}",
        due.out
    );
}

/// The site with three print runs: one that lists its facts, one that does not, one that was recalled.
fn printed() -> TempDir {
    let mut files = site();
    files.push((
        "content/_facts/print-runs.yaml",
        "- {article: a, edition: to-roi, format: a5, communes: [mot], copies: 500, printer: Nhà in, printed_on: 2026-08-02, facts: [duong-day-nong, 1/2020/nđ-cp]}\n- {article: a, edition: to-roi, format: a5, communes: all, copies: 7, printed_on: 2026-08-03}\n- {article: a, edition: to-roi, format: a5, copies: 9, printed_on: 2026-08-01, recalled_on: 2026-08-09}\n".to_owned(),
    ));
    on_disk(&files)
}

#[test]
fn the_table_and_the_impact_of_a_fact() {
    let folder = printed();
    let table = loa(folder.path(), "2026-08-20", &["facts"]);
    assert_eq!((table.code, table.err.as_str()), (0, ""));
    let row = |key: &str| {
        table
            .out
            .lines()
            .find(|line| line.starts_with(key))
            .unwrap()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(
        row("duong-day-nong"),
        "duong-day-nong contact 0273 000 000, Đường dây nóng 19 ok bao: 1 page; dai: 1 page; loa: 2 scripts; loa-txt: 4 scripts; to-roi: 4 leaflets"
    );
    assert_eq!(
        row("1/2020/TT-BCA"),
        "1/2020/TT-BCA document in force, Hai 19 ok nowhere"
    );
    let told = loa(
        folder.path(),
        "2026-08-20",
        &["facts", "impact", "1/2020/NĐ-CP"],
    );
    assert!(
        told.out.contains(
            "  build and publish again:\n    bao/a/index.html\n    bao/van-ban/index.html\n"
        ),
        "{}",
        told.out
    );
    assert!(told.out.contains("  recall:\n    2026-08-03, to-roi a5, a: 7 sheets, all communes\n    2026-08-02, to-roi a5, a: 500 sheets, xã Một, printed by Nhà in\n"), "{}", told.out);
    assert!(!told.out.contains("9 sheets"), "{}", told.out);
}

#[test]
fn everything_about_a_fact_as_json() {
    let folder = printed();
    let json = loa(
        folder.path(),
        "2026-08-20",
        &["facts", "--format", "json", "impact", "duong-day-nong"],
    );
    let value: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(
        value["reprint"][0]["paths"],
        serde_json::json!(["to-roi/mot/a-a5.pdf", "to-roi/hai/a-a5.pdf"])
    );
    assert_eq!(
        (&value["recall"][1]["copies"], &value["state"]),
        (&500.into(), &"ok".into())
    );
    let commune = loa(
        folder.path(),
        "2026-08-20",
        &["facts", "impact", "28249", "--format", "json"],
    );
    let value: Value = serde_json::from_str(&commune.out).unwrap();
    assert_eq!(
        (&value["key"], value["rebuild"].as_array().map(Vec::len)),
        (&"mot".into(), Some(0))
    );
    let all = loa(folder.path(), "2026-08-20", &["facts", "--format", "json"]);
    let value: Value = serde_json::from_str(&all.out).unwrap();
    assert_eq!(value["facts"].as_array().map(Vec::len), Some(7));
    assert_eq!(
        value["facts"][0]["everywhere"],
        serde_json::json!(["bao", "dai"])
    );
}

#[test]
fn wrong_names_are_wrong_usage() {
    let folder = on_disk(&site());
    for (args, words) in [
        (
            &["facts", "impact", "duong-day-nog"][..],
            "did you mean `duong-day-nong`",
        ),
        (
            &["facts", "impact", "1/2020"],
            "1/2020/NĐ-CP, 1/2020/TT-BCA",
        ),
        (&["facts", "impact"], "KEY"),
        (&["facts", "--changed-since", "HEAD"], "is not under git"),
        (&["due", "--within", "mai"], "--within"),
    ] {
        let ran = loa(folder.path(), "2026-08-20", args);
        assert_eq!(
            (ran.code, ran.out.as_str()),
            (2, ""),
            "{args:?} {}",
            ran.err
        );
        assert!(ran.err.contains(words), "{args:?} {}", ran.err);
    }
    let within = loa(folder.path(), "2026-08-20", &["due", "--within", "5"]);
    assert_eq!(
        (within.code, within.out.as_str()),
        (0, ""),
        "{}",
        within.err
    );
}

#[test]
fn a_print_shop_gets_no_stamp_and_no_leaflet_without_an_imprint() {
    let folder = on_disk(&site());
    let refused = loa(
        folder.path(),
        "2026-08-20",
        &["build", "--for", "print-shop"],
    );
    assert_eq!(refused.code, 1);
    assert!(
        refused.err.contains("error[imprint-missing]"),
        "{}",
        refused.err
    );
    let check = loa(
        folder.path(),
        "2026-08-20",
        &["check", "--for", "print-shop"],
    );
    assert_eq!(check.code, 1);
    assert_eq!(loa(folder.path(), "2026-08-20", &["build"]).code, 0);
}
