//! A build that is killed at any moment leaves every edition whole: the old one or the new one.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Child, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime};

use crate::support::{lasting, loa, read_all, write};

const SETTINGS: &str = "title: Thử
editions:
  bao: {channel: web, theme: newspaper, base_url: \"https://bao.example/\"}
  dai: {channel: web, theme: broadcaster, base_url: \"https://dai.example/\"}
  loa: {channel: speech, theme: loudspeaker}
";
const EDITIONS: [&str; 3] = ["bao", "dai", "loa"];
const PAGES: usize = 40;
const KILLS: usize = 20;

/// The files of one edition.
type Files = BTreeMap<String, Vec<u8>>;

/// Writes one of two versions of the site: the last pages differ, so many of them, and among these each version has
/// some of its own.
fn put(site: &Path, version: char, differ: usize) {
    let content = site.join("content");
    if content.exists() {
        fs::remove_dir_all(&content).unwrap();
    }
    write(site, &[("loa.yaml", SETTINGS)]);
    for number in 0..PAGES {
        let version = if number < PAGES - differ {
            'a'
        } else {
            version
        };
        let name = if number % 4 == 0 {
            format!("{version}{number}")
        } else {
            format!("bai{number}")
        };
        let word = if version == 'a' { "Trước" } else { "Sau" };
        let text = format!(
            "---\ntitle: {word} {number}\nsummary: Bản {word}.\ndate: 2026-08-19\n---\nĐây là bản {word}.\n"
        );
        write(site, &[(&format!("content/tin/{name}.md"), &text)]);
    }
}

fn start(site: &Path, out: &str) -> Child {
    let mut command = loa(site, &["build", "--today", "2026-08-19", "--out", out]);
    command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Builds to the end and returns how long it took.
fn build(site: &Path, out: &str) -> Duration {
    let begun = Instant::now();
    assert!(start(site, out).wait().unwrap().success());
    begun.elapsed()
}

fn editions(out: &Path) -> Vec<Files> {
    EDITIONS
        .iter()
        .map(|name| read_all(&out.join(name)))
        .collect()
}

/// What an edition has that a version lacks or has otherwise, and what it lacks.
fn unlike(found: &Files, clean: &BTreeMap<char, Vec<Files>>, place: usize) -> String {
    let mut out = String::new();
    for (version, editions) in clean {
        let wanted = &editions[place];
        let more: Vec<&String> = found
            .keys()
            .filter(|path| wanted.get(*path) != found.get(*path))
            .collect();
        let less: Vec<&String> = wanted
            .keys()
            .filter(|path| !found.contains_key(*path))
            .collect();
        out.push_str(&format!(
            "\nfor `{version}` it has {} of {}: {more:?} and lacks {} of {}: {less:?}",
            more.len(),
            found.len(),
            less.len(),
            wanted.len()
        ));
    }
    out
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    /// A part of a time, from none of it to all of it.
    fn part_of(&mut self, whole: Duration) -> Duration {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        whole.mul_f64((self.0 % 10_000) as f64 / 10_000.0)
    }
}

/// Kills a build: at a moment of the whole run, while files are written, or while folders change places.
fn kill(mut child: Child, out: &Path, round: usize, dice: &mut Dice, typical: Duration) {
    let (begun, start) = (Instant::now(), SystemTime::now());
    let (sign, rest) = match round % 4 {
        0 => (None, typical),
        1 => (Some(".loa/staging"), typical / 20),
        _ => (Some(".loa/pending.json"), Duration::from_millis(1)),
    };
    if let Some(sign) = sign.map(|sign| out.join(sign)) {
        // The build before was killed too and may have left the same sign.
        let fresh = || {
            fs::metadata(&sign)
                .and_then(|sign| sign.modified())
                .is_ok_and(|time| time >= start)
        };
        while !fresh() && begun.elapsed() < typical * 3 && child.try_wait().unwrap().is_none() {
            std::thread::yield_now();
        }
    }
    sleep(dice.part_of(rest));
    // It may have ended already, which is as good.
    let _ = child.kill();
    child.wait().unwrap();
}

#[test]
fn a_killed_build_leaves_each_edition_old_or_new() {
    kill_builds(PAGES);
}

/// Here the old folders are brought up to date instead of new ones being made.
#[test]
fn a_killed_build_of_a_few_pages_leaves_each_edition_old_or_new() {
    kill_builds(4);
}

fn kill_builds(differ: usize) {
    let put = |site: &Path, version: char| put(site, version, differ);
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path();
    let mut clean = BTreeMap::new();
    let mut typical = Duration::ZERO;
    for version in ['a', 'b'] {
        put(site, version);
        typical = build(site, &format!("sach-{version}"));
        clean.insert(version, editions(&site.join(format!("sach-{version}"))));
    }
    for (before, after) in clean[&'a'].iter().zip(&clean[&'b']) {
        assert!(before.len() > PAGES && before.keys().ne(after.keys()));
    }
    let public = site.join("public");
    for version in ['b', 'a'] {
        put(site, version);
        build(site, "public");
    }
    let spare = public.join(".loa/spare/bao");
    assert_eq!(spare.exists(), cfg!(unix) && differ < PAGES);
    let mut dice = Dice(0x1057_2026);
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for round in 0..KILLS {
        let there = editions(&public);
        put(site, if there[0] == clean[&'a'][0] { 'b' } else { 'a' });
        kill(start(site, "public"), &public, round, &mut dice, typical);
        let mut versions = String::new();
        for (place, found) in editions(&public).iter().enumerate() {
            let whole = ['a', 'b']
                .into_iter()
                .find(|version| *found == clean[version][place]);
            versions.push(whole.unwrap_or_else(|| {
                panic!(
                    "round {round}: {} is neither: {}",
                    EDITIONS[place],
                    unlike(found, &clean, place)
                )
            }));
        }
        *seen.entry(versions).or_default() += 1;
    }
    println!("after each kill: {seen:?}; a build takes {typical:.2?}");
    assert!(
        seen.len() > 1,
        "kills come early enough and late enough: {seen:?}"
    );
    put(site, 'b');
    build(site, "public");
    assert!(
        lasting(&public) == lasting(&site.join("sach-b")),
        "what killed builds leave does not show"
    );
}
