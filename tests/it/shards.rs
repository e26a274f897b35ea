//! Parts of a build made by several runs, and how they become one again.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::support::{Ran, lasting, read_all, run, write};

const SETTINGS: &str = "title: Thử
communes: all
languages: [vi, en]
editions:
  bao: {channel: web, theme: newspaper, base_url: \"https://bao.example/\", per_page: 2}
  loa: {channel: speech, theme: loudspeaker}
  to-roi: {channel: print, theme: leaflet, formats: [a5, a4]}
";
const CONTACTS: &str = "- {key: cong-an-xa, name: Trực ban Công an xã, phone: \"113\", per_commune: true, source: thử, checked_on: 2026-08-01}\n";
const COMMUNES: &str = "communes:
- {code: \"1\", name: Cái Bè, kind: xa, slug: cai-be}
- {code: \"2\", name: Mỹ Tho, kind: phuong, slug: my-tho, contacts: {cong-an-xa: {phone: \"0273 3 872 222\", source: thử, checked_on: 2026-08-01}}}
- {code: \"3\", name: Tam Bình, kind: xa, slug: tam-binh}
";

/// A site with every channel, three communes and five pages.
fn site() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let page = |title: &str, kind: &str, body: &str| {
        format!(
            "---\ntitle: {title}\nsummary: Tóm tắt.\ndate: 2026-08-19\nkind: {kind}\ntopics: [An ninh]\n---\n{body}\n"
        )
    };
    let guidance = page("Gọi ai", "guidance", "Gọi [[cong-an-xa]].");
    write(
        folder.path(),
        &[
            ("loa.yaml", SETTINGS),
            ("content/_facts/contacts.yaml", CONTACTS),
            ("content/_facts/communes.yaml", COMMUNES),
            ("content/tin/goi-ai.md", &guidance),
            (
                "content/tin/goi-ai.en.md",
                &page("Whom to call", "guidance", "Call [[cong-an-xa]]."),
            ),
            (
                "content/tin/mot.md",
                &page("Một", "article", "Đọc [[goi-ai]]."),
            ),
            (
                "content/tin/hai.md",
                &page("Hai", "article", "Gọi [[cong-an-xa]] ngay."),
            ),
            ("content/ba.md", &page("Ba", "article", "Nội dung.")),
        ],
    );
    folder
}

fn loa(site: &TempDir, args: &[&str]) -> Ran {
    let day = ["--today", "2026-08-19", "--lang", "en"];
    run(site.path(), &[args, &day].concat())
}

#[track_caller]
fn fine(site: &TempDir, args: &[&str]) -> Ran {
    let ran = loa(site, args);
    assert_eq!(ran.code, 0, "{args:?}: {}", ran.err);
    ran
}

/// All files below a folder but those that only loa reads.
fn published(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = read_all(folder);
    all.retain(|path, _| !path.starts_with(".loa/"));
    all
}

fn manifest(folder: &Path) -> Vec<u8> {
    fs::read(folder.join(".loa/manifest.json")).unwrap()
}

/// The shards of a site, each in a folder of its own: `p1`, `p2`, …
fn shards(site: &TempDir, of: usize) -> Vec<String> {
    (1..=of)
        .map(|number| {
            let folder = format!("p{number}");
            let shard = format!("{number}/{of}");
            fine(site, &["build", "--shard", &shard, "--out", &folder]);
            folder
        })
        .collect()
}

fn merge<'a>(folders: &'a [String], out: &'a str) -> Vec<&'a str> {
    let folders = folders.iter().map(String::as_str);
    ["manifest", "merge"]
        .into_iter()
        .chain(folders)
        .chain(["--out", out])
        .collect()
}

#[test]
fn all_shards_together_are_the_whole_build() {
    let site = site();
    fine(&site, &["build"]);
    let public = site.path().join("public");
    let whole = published(&public);
    assert!(
        whole.keys().any(|path| path.ends_with(".pdf")),
        "{:?}",
        whole.keys()
    );
    for of in [1, 2, 3, 7] {
        let folders = shards(&site, of);
        let mut union = BTreeMap::new();
        let mut most = 0;
        for folder in &folders {
            let own = published(&site.path().join(folder));
            most = most.max(own.len());
            for (path, bytes) in own {
                assert!(
                    union.insert(path.clone(), bytes).is_none(),
                    "{path} is made twice"
                );
            }
        }
        assert!(union.keys().eq(whole.keys()), "{of}");
        assert!(union == whole, "{of}: other bytes");
        assert!(
            of == 1 || most < whole.len() * 3 / 4,
            "{most} of {}",
            whole.len()
        );
        fine(&site, &merge(&folders, "merged"));
        let merged = site.path().join("merged");
        assert!(published(&merged) == whole && manifest(&merged) == manifest(&public));
        let own: Vec<String> = read_all(&merged.join(".loa")).into_keys().collect();
        assert_eq!(own, ["lock", "manifest.json"]);
        for folder in folders {
            fs::remove_dir_all(site.path().join(folder)).unwrap();
        }
    }
}

#[test]
fn shards_laid_over_one_another_are_merged_in_their_place() {
    let site = site();
    fine(&site, &["build", "--out", "whole"]);
    // One after the other into one folder, the second twice: none removes what another made.
    for shard in ["1/3", "2/3", "3/3", "2/3"] {
        fine(&site, &["build", "--shard", shard]);
    }
    fs::write(site.path().join("public/bao/CNAME"), "bao.example").unwrap();
    let ran = fine(&site, &["manifest", "merge"]);
    assert!(ran.err.contains("joined 3 parts"), "{}", ran.err);
    let (whole, public) = (site.path().join("whole"), site.path().join("public"));
    let mut expected = published(&whole);
    expected.insert("bao/CNAME".to_owned(), b"bao.example".to_vec());
    assert!(published(&public) == expected && manifest(&public) == manifest(&whole));
    let again = fine(&site, &["build"]);
    assert!(
        again.err.contains(" 0 files new or changed")
            || again.err.contains("\n0 files new or changed"),
        "{}",
        again.err
    );
}

#[test]
fn a_shard_keeps_away_from_a_whole_build_and_from_another_division() {
    let site = site();
    fine(&site, &["build"]);
    let before = lasting(&site.path().join("public"));
    let refused = loa(&site, &["build", "--shard", "1/2"]);
    assert_eq!(refused.code, 2);
    assert!(
        refused.err.contains("a whole build lies here already"),
        "{}",
        refused.err
    );
    assert!(lasting(&site.path().join("public")) == before);
    fine(&site, &["build", "--shard", "1/2", "--out", "teil"]);
    let before = lasting(&site.path().join("teil"));
    let refused = loa(&site, &["build", "--shard", "1/3", "--out", "teil"]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("another division"), "{}", refused.err);
    assert!(lasting(&site.path().join("teil")) == before);
    // A whole build takes over: what only the shard had is no stranger.
    fs::remove_file(site.path().join("content/ba.md")).unwrap();
    fine(&site, &["build", "--out", "teil"]);
    fine(&site, &["build"]);
    let (teil, public) = (site.path().join("teil"), site.path().join("public"));
    assert!(published(&teil) == published(&public) && manifest(&teil) == manifest(&public));
    assert!(!teil.join(".loa/manifest.1-of-2.json").exists());
}

#[test]
fn a_shard_removes_only_what_it_made_and_no_other_makes() {
    let site = site();
    for shard in ["1/2", "2/2"] {
        fine(&site, &["build", "--shard", shard]);
    }
    // What is made where may change with the pages that there are.
    fs::remove_file(site.path().join("content/ba.md")).unwrap();
    fs::remove_file(site.path().join("content/tin/hai.md")).unwrap();
    for shard in ["2/2", "1/2"] {
        fine(&site, &["build", "--shard", shard]);
    }
    fine(&site, &["manifest", "merge"]);
    fine(&site, &["build", "--out", "whole"]);
    let (whole, public) = (site.path().join("whole"), site.path().join("public"));
    assert!(published(&public) == published(&whole) && manifest(&public) == manifest(&whole));
}

/// A merge must fail, say this, and change nothing.
#[track_caller]
fn refused(site: &TempDir, folders: &[String], says: &str) {
    let out = site.path().join("out");
    fs::create_dir_all(&out).unwrap();
    fs::write(out.join("mine.txt"), "x").unwrap();
    let before = read_all(site.path());
    let ran = loa(site, &merge(folders, "out"));
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.err.contains(says), "{}", ran.err);
    assert!(ran.err.contains("nothing was changed"), "{}", ran.err);
    assert!(read_all(site.path()) == before);
}

#[test]
fn what_is_no_whole_is_refused() {
    let site = site();
    let all = shards(&site, 3);
    refused(&site, &all[..2], "part 3/3 is missing");
    refused(
        &site,
        &[&all[..], &all[..1]].concat(),
        "part 1/3 is there twice",
    );
    refused(
        &site,
        &[&all[..], &["content".to_owned()]].concat(),
        "there is no part of a build in `content`",
    );
    fine(&site, &["build", "--shard", "1/2", "--out", "half"]);
    refused(
        &site,
        &["half".to_owned(), all[1].clone()],
        "another division",
    );
    // Other sources.
    let page = site.path().join("content/ba.md");
    let text = fs::read_to_string(&page).unwrap();
    fs::write(&page, text.replace("Nội dung.", "Nội dung khác.")).unwrap();
    fine(&site, &["build", "--shard", "3/3", "--out", "p3"]);
    refused(
        &site,
        &all,
        "`p3/.loa/manifest.3-of-3.json` was made from other sources or options",
    );
    // Other options.
    fs::write(&page, text).unwrap();
    let day = [
        "build",
        "--shard",
        "3/3",
        "--out",
        "p3",
        "--today",
        "2026-08-20",
    ];
    assert_eq!(run(site.path(), &day).code, 0);
    refused(&site, &all, "made from other sources or options");
}

#[test]
fn damaged_shards_are_refused() {
    let site = site();
    let all = shards(&site, 2);
    let own = |folder: &str| -> PathBuf {
        let folder = site.path().join(folder);
        let path = published(&folder)
            .into_keys()
            .find(|path| path.ends_with(".html"));
        folder.join(path.unwrap())
    };
    let list = site.path().join("p2/.loa/manifest.2-of-2.json");
    let spare = |path: &Path, damage: &dyn Fn(&[u8]) -> Option<Vec<u8>>, says: &str| {
        let bytes = fs::read(path).unwrap();
        match damage(&bytes) {
            None => fs::remove_file(path).unwrap(),
            Some(other) => fs::write(path, other).unwrap(),
        }
        refused(&site, &all, says);
        fs::write(path, bytes).unwrap();
    };
    let flip = |bytes: &[u8]| {
        let mut other = bytes.to_vec();
        other[0] ^= 1;
        Some(other)
    };
    spare(&own("p1"), &flip, "is not what the list of its part says");
    spare(&own("p2"), &|_| None, "the file is not there");
    spare(
        &list,
        &|bytes| Some(bytes[..bytes.len() / 2].to_vec()),
        "is not the list of a part",
    );
    let replaced = |from: &'static str, to: &'static str| {
        move |bytes: &[u8]| {
            Some(
                String::from_utf8_lossy(bytes)
                    .replacen(from, to, 1)
                    .into_bytes(),
            )
        }
    };
    spare(
        &list,
        &replaced("\"shard\": 2", "\"shard\": 1"),
        "is not the list of a part",
    );
    spare(
        &list,
        &replaced("\"program\": \"", "\"program\": \"9"),
        "another version of loa",
    );
    spare(
        &list,
        &replaced("\"bao/", "\"../bao/"),
        "cannot be the path of a file",
    );
    spare(
        &list,
        &replaced("\"to-roi/", "\"to-roi/../"),
        "cannot be the path of a file",
    );
    fine(&site, &merge(&all, "out"));
}

#[test]
fn files_of_two_shards_that_some_systems_cannot_tell_apart_are_refused() {
    let site = site();
    let all = shards(&site, 2);
    // As if a page of the second shard were called like one of the first but for a capital letter.
    let first = site.path().join("p1");
    let path = published(&first)
        .into_keys()
        .find(|path| path.starts_with("bao/"))
        .unwrap();
    let twin = format!("bao/{}", path["bao/".len()..].to_uppercase());
    let list = |folder: &str, number: usize| {
        site.path()
            .join(folder)
            .join(format!(".loa/manifest.{number}-of-2.json"))
    };
    let read = |path: PathBuf| -> serde_json::Value {
        serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
    };
    let entry = read(list("p1", 1))["files"][&path].clone();
    let mut other = read(list("p2", 2));
    other["files"][&twin] = entry;
    fs::write(list("p2", 2), other.to_string()).unwrap();
    let place = site.path().join("p2").join(&twin);
    fs::create_dir_all(place.parent().unwrap()).unwrap();
    fs::copy(first.join(&path), place).unwrap();
    refused(&site, &all, "stand in one another's way");
}

#[test]
fn a_wrong_division_is_wrong_usage() {
    let site = site();
    for wrong in ["0/3", "4/3", "3", "1/4097", "a/b", "-1/3", "1/3/3", ""] {
        let ran = loa(&site, &["build", &format!("--shard={wrong}")]);
        assert_eq!(ran.code, 2, "{wrong}: {}", ran.err);
        assert!(ran.err.contains("such as `2/3`"), "{wrong}: {}", ran.err);
    }
    assert!(!site.path().join("public").exists());
}

#[test]
fn mistakes_stop_every_shard() {
    let site = site();
    write(
        site.path(),
        &[("content/sai.md", "---\ntitle: Sai\n---\n[[khong-co]]\n")],
    );
    for shard in ["1/2", "2/2"] {
        let ran = loa(&site, &["build", "--shard", shard]);
        assert_eq!(ran.code, 1);
        assert!(ran.err.contains("error[unknown-reference]"), "{}", ran.err);
    }
    assert!(!site.path().join("public").exists());
}
