//! Whole sites as text: every case under `tests/suite/` is built in memory and compared.
//!
//! A case is a sentence that says what it pins, then `-- path --` files of a site, then expectations:
//!
//! | header | holds |
//! | --- | --- |
//! | `-- expect: web EDITION/PATH --` | the `<main>` of a page, one element a line; or the text of any other file |
//! | `-- expect: script EDITION/PATH --` | the whole text of a file |
//! | `-- expect: files EDITION --` | the paths below an edition, or below `EDITION/FOLDER` |
//! | `-- expect: has EDITION/PATH --` | lines that occur in the file |
//! | `-- expect: lacks EDITION/PATH --` | lines that do not |
//! | `-- expect: diagnostics --` | all findings in English, as people see them |
//! | `-- expect: codes --` | one `file:line:column code` for each finding |
//!
//! Without `loa.yaml` there is one web edition, `bao`, unless a line of the head says `settings: none`.
//! In the head, a line `today: DATE` sets the day, `for: print-shop` builds for a print shop, `release: yes` checks
//! for release, and a line `escapes: yes` makes `\r`, `\u{…}` and
//! `\xHH` in the files stand for those bytes.
//! A case that names no findings must have none. `LOA_BLESS=1` rewrites what is wrong, `LOA_CASE=links/`
//! runs only the cases whose path holds those words.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use jiff::civil::{Date, date};
use loa::diag::{Catalogue, Language, human};
use loa::load::{Tree, TreeFile, parse_date};
use loa::pipeline::{Built, Options, build_with};

use crate::support::{main_of, one_element_a_line, root};

/// The settings of a case that has none.
const SETTINGS: &str = "title: Thử
editions:
  bao: {channel: web, theme: newspaper, base_url: \"https://bao.example/\", minify: false, search: false}
";

/// What a case may expect.
const KINDS: &[&str] = &[
    "web",
    "script",
    "files",
    "has",
    "lacks",
    "diagnostics",
    "codes",
];

#[test]
fn every_site_of_the_suite_gives_what_it_expects() {
    let bless = std::env::var_os("LOA_BLESS").is_some();
    let wanted = std::env::var("LOA_CASE").unwrap_or_default();
    let mut failures = Vec::new();
    let cases: Vec<PathBuf> = cases()
        .into_iter()
        .filter(|path| path.to_string_lossy().contains(&wanted))
        .collect();
    assert!(!cases.is_empty(), "no case is named like `{wanted}`");
    for path in &cases {
        let text = fs::read_to_string(path).unwrap();
        let mut case = Case::parse(&text);
        let found = case.run(bless);
        if bless && case.show() != text {
            fs::write(path, case.show()).unwrap();
        }
        failures.extend(
            found
                .into_iter()
                .map(|failure| format!("{}: {failure}", path.display())),
        );
    }
    assert!(
        failures.is_empty(),
        "{} of {} cases:\n\n{}",
        failures.len(),
        cases.len(),
        failures.join("\n")
    );
}

/// The files of the suite in path order.
fn cases() -> Vec<PathBuf> {
    let mut out = Vec::new();
    let mut open = vec![root().join("tests/suite")];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ending| ending == "txt") {
                out.push(path);
            }
        }
    }
    out.sort();
    out
}

/// A case: its head, then parts by name.
struct Case {
    head: String,
    parts: Vec<(String, String)>,
}

impl Case {
    fn parse(text: &str) -> Case {
        let mut case = Case {
            head: String::new(),
            parts: Vec::new(),
        };
        for line in text.split_inclusive('\n') {
            let name = line
                .trim_end()
                .strip_prefix("-- ")
                .and_then(|rest| rest.strip_suffix(" --"));
            match (name, case.parts.last_mut()) {
                (Some(name), _) => case.parts.push((name.to_owned(), String::new())),
                (None, Some((_, body))) => body.push_str(line),
                (None, None) => case.head.push_str(line),
            }
        }
        case
    }

    fn show(&self) -> String {
        let parts = self
            .parts
            .iter()
            .map(|(name, body)| format!("-- {name} --\n{body}"));
        std::iter::once(self.head.clone()).chain(parts).collect()
    }

    /// The value of a `key: value` line of the head.
    fn setting(&self, key: &str) -> Option<&str> {
        self.head
            .lines()
            .find_map(|line| line.strip_prefix(key)?.strip_prefix(": "))
    }

    fn tree(&self) -> Tree {
        let escapes = self.setting("escapes") == Some("yes");
        let plain = self
            .parts
            .iter()
            .filter(|(name, _)| !name.starts_with("expect: "));
        let mut files: Vec<(String, Vec<u8>)> = plain
            .map(|(name, body)| {
                if escapes {
                    (String::from_utf8(unescape(name)).unwrap(), unescape(body))
                } else {
                    (name.clone(), body.clone().into_bytes())
                }
            })
            .collect();
        if self.setting("settings") != Some("none")
            && !files.iter().any(|(name, _)| name == "loa.yaml")
        {
            files.push(("loa.yaml".to_owned(), SETTINGS.as_bytes().to_owned()));
        }
        // `of` normalizes and sorts the names; bytes may be no text, so they are put in afterwards.
        let mut tree = Tree::default();
        for (name, bytes) in files {
            let named = Tree::of(&[(&name, "")]);
            tree.files.extend(
                named
                    .files
                    .into_iter()
                    .map(|file| TreeFile::new(file.path, bytes.clone())),
            );
        }
        tree.files.sort_by(|a, b| a.path.cmp(&b.path));
        tree
    }

    fn today(&self) -> Date {
        self.setting("today").map_or(date(2026, 8, 19), |day| {
            parse_date(day).expect("a date in the head")
        })
    }

    /// What does not hold; with `bless`, exact expectations are made to hold.
    fn run(&mut self, bless: bool) -> Vec<String> {
        let mut failures = Vec::new();
        let options = Options {
            for_print_shop: self.setting("for") == Some("print-shop"),
            release: self.setting("release") == Some("yes"),
            ..Options::on(self.today())
        };
        let built = build_with(&self.tree(), &options);
        let expected = |kind: &str| {
            self.parts
                .iter()
                .any(|(name, _)| name.starts_with(&format!("expect: {kind}")))
        };
        if self.head.trim().is_empty() {
            failures.push("no sentence says what is pinned".to_owned());
        }
        if !expected("") {
            failures.push("nothing is expected".to_owned());
        }
        if !expected("diagnostics") && !expected("codes") && !built.diags.is_empty() {
            failures.push(format!("findings that are not expected:\n{}", said(&built)));
        }
        for (name, body) in &mut self.parts {
            let Some(wanted) = name.strip_prefix("expect: ") else {
                continue;
            };
            let (kind, path) = wanted.split_once(' ').unwrap_or((wanted, ""));
            match check(&built, kind, path, body) {
                Ok(got) if got.trim_end() != body.trim_end() && bless => {
                    *body = format!("{}\n", got.trim_end());
                }
                Ok(got) if got.trim_end() != body.trim_end() => {
                    failures.push(format!(
                        "{name}\n{}",
                        difference(body.trim_end(), got.trim_end())
                    ));
                }
                Ok(_) => {}
                Err(failure) => failures.push(format!("{name}: {failure}")),
            }
        }
        failures
    }
}

/// What an expectation should hold, as far as it is exact; the body itself when it holds.
fn check(built: &Built, kind: &str, path: &str, body: &str) -> Result<String, String> {
    if !KINDS.contains(&kind) {
        return Err(format!(
            "no such kind of expectation; there are {}",
            KINDS.join(", ")
        ));
    }
    match kind {
        "diagnostics" => return Ok(said(built)),
        "codes" => return Ok(codes(built)),
        "files" => return files(built, path),
        _ => {}
    }
    let all = texts(built);
    let text = all
        .get(path)
        .ok_or_else(|| format!("no such file was made; the files are:\n{}", names(&all)))?;
    match kind {
        "web" => Ok(main_of(text).map_or_else(|| text.clone(), one_element_a_line)),
        "script" => Ok(text.clone()),
        _ => {
            let wanted = body.lines().map(str::trim).filter(|line| !line.is_empty());
            let wrong: Vec<&str> = wanted
                .filter(|line| text.contains(line) != (kind == "has"))
                .collect();
            let word = if kind == "has" {
                "missing"
            } else {
                "there, but should not be"
            };
            if wrong.is_empty() {
                Ok(body.to_owned())
            } else {
                let there = main_of(text).unwrap_or(text);
                Err(format!("{word}:\n{}\nin:\n{there}", wrong.join("\n")))
            }
        }
    }
}

fn said(built: &Built) -> String {
    let english = Catalogue::new(Language::English);
    built
        .diags
        .iter()
        .map(|diag| human(diag, &built.sources, &english))
        .collect()
}

fn codes(built: &Built) -> String {
    let one = |diag: &loa::diag::Diagnostic| {
        let file = built.sources.get(diag.span.file);
        let (line, column) = file.position(diag.span.start);
        format!("{}:{line}:{column} {}\n", file.path, diag.code.name)
    };
    built.diags.iter().map(one).collect()
}

fn files(built: &Built, path: &str) -> Result<String, String> {
    let all = texts(built);
    let inside = |name: &&String| {
        name.strip_prefix(path)
            .is_some_and(|rest| rest.starts_with('/'))
    };
    let out: String = all
        .keys()
        .filter(inside)
        .map(|name| format!("{}\n", &name[path.len() + 1..]))
        .collect();
    if out.is_empty() {
        Err(format!(
            "nothing was made there; the files are:\n{}",
            names(&all)
        ))
    } else {
        Ok(out)
    }
}

fn names(all: &BTreeMap<String, String>) -> String {
    all.keys().map(|name| format!("  {name}\n")).collect()
}

/// Every file as text, by edition and path. The style sheet's fingerprint is left out of its name.
fn texts(built: &Built) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    for edition in &built.plan.editions {
        for (path, file) in &edition.files {
            let path = if file.media == "text/css" {
                "style.css"
            } else {
                path
            };
            // A calendar's line ends are a part of its form: they are shown.
            let text = String::from_utf8_lossy(&file.bytes).replace('\r', "␍");
            out.insert(format!("{}/{path}", edition.name), text);
        }
    }
    out
}

/// The lines that differ, with what stands before them.
fn difference(wanted: &str, got: &str) -> String {
    let (wanted, got): (Vec<&str>, Vec<&str>) = (wanted.lines().collect(), got.lines().collect());
    let same = wanted.iter().zip(&got).take_while(|(a, b)| a == b).count();
    let rest = wanted[same..].iter().rev().zip(got[same..].iter().rev());
    let tail = rest.take_while(|(a, b)| a == b).count();
    let show = |mark: char, lines: &[&str]| -> String {
        lines
            .iter()
            .map(|line| format!("  {mark} {line}\n"))
            .collect()
    };
    let before = show(' ', &wanted[same.saturating_sub(2)..same]);
    format!(
        "{before}{}{}",
        show('-', &wanted[same..wanted.len() - tail]),
        show('+', &got[same..got.len() - tail])
    )
}

/// `\r`, `\u{…}` and `\xHH` as the bytes they stand for.
fn unescape(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.extend(&rest.as_bytes()[..at]);
        let after = &rest[at + 1..];
        if let Some(code) = after.strip_prefix("u{") {
            let (code, tail) = code.split_once('}').expect("a closing brace");
            let letter = char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap();
            out.extend(letter.to_string().as_bytes());
            rest = tail;
        } else if let Some(code) = after.strip_prefix('x') {
            out.push(u8::from_str_radix(&code[..2], 16).unwrap());
            rest = &code[2..];
        } else if let Some(tail) = after.strip_prefix('r') {
            out.push(b'\r');
            rest = tail;
        } else {
            out.push(b'\\');
            rest = after;
        }
    }
    out.extend(rest.as_bytes());
    out
}

/// A case that expects nothing, or what nothing makes, does not pass unnoticed.
#[test]
fn a_case_without_teeth_fails() {
    let page = "-- content/a.md --\n---\ntitle: A\nsummary: B.\ndate: 2026-08-19\n---\nC.\n";
    let failures = |text: String| Case::parse(&text).run(false);
    assert_eq!(
        failures(format!("Nothing.\n{page}")),
        ["nothing is expected"]
    );
    assert_eq!(
        failures(format!("{page}-- expect: has bao/a/index.html --\nC.\n")),
        ["no sentence says what is pinned"]
    );
    assert_eq!(
        failures(format!(
            "No such file.\n{page}-- expect: web bao/b/index.html --\n"
        ))
        .len(),
        1
    );
    assert_eq!(
        failures(format!(
            "No such kind.\n{page}-- expect: wbe bao/a/index.html --\n"
        ))
        .len(),
        1
    );
    assert_eq!(
        failures(format!(
            "Fine.\n{page}-- expect: has bao/a/index.html --\nC.\n"
        )),
        [""; 0]
    );
    assert_eq!(
        failures(format!(
            "Lacks.\n{page}-- expect: lacks bao/a/index.html --\nC.\n"
        ))
        .len(),
        1
    );
    assert_eq!(
        failures("Found.\n-- content/a.md --\nC.\n-- expect: files bao --\n".to_owned()).len(),
        2
    );
}
