//! The rules of the house, read off the source: who may use whom, how long things may be, what stands where.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use loa::diag::{CODES, Language, explanation};
use unicode_normalization::is_nfc;

use crate::support::{paths, root};

/// Folders and files of `src/` from left to right: each may use those before it.
const LAYERS: &[&str] = &[
    "diag", "text", "model", "load", "reading", "lint", "theme", "channel", "facts", "output",
    "pipeline", "serve", "cli",
];

/// Where the operating system may be named.
const OUTSIDE: &[&str] = &[
    "load/look.rs",
    "load/snapshot.rs",
    "load/stamp.rs",
    "output/cache.rs",
    "output/claim.rs",
    "output/commit.rs",
    "output/folders.rs",
    "output/made.rs",
    "output/made/",
    "output/merge.rs",
    "output/pair.rs",
    "output/part.rs",
    "output/staging.rs",
    "output/tree.rs",
    "output/publish.rs",
    "serve/",
    "cli/",
    "main.rs",
];

/// Dependencies that have one home.
const HOMES: &[(&str, &[&str])] = &[
    ("walkdir", &["load/snapshot.rs"]),
    ("serde_yaml", &["load/yaml.rs"]),
    ("saphyr_parser", &["load/yaml.rs"]),
    ("pulldown_cmark", &["load/markdown.rs"]),
    ("imagesize", &["load/"]),
    ("exif", &["load/assets.rs"]),
    (
        "image",
        &[
            "channel/colour.rs",
            "channel/raster.rs",
            "channel/print/picture.rs",
        ],
    ),
    ("webp", &["channel/raster.rs"]),
    ("moxcms", &["channel/colour.rs"]),
    ("tera", &["theme/"]),
    ("rust_embed", &["theme/"]),
    ("minify_html", &["channel/web/"]),
    ("html5gum", &["channel/web/"]),
    ("icalendar", &["channel/calendar.rs"]),
    ("flate2", &["channel/compress.rs"]),
    ("brotli", &["channel/compress.rs"]),
    ("typst", &["channel/print/", "channel/typeset.rs"]),
    ("typst_pdf", &["channel/print/", "channel/typeset.rs"]),
    ("typst_layout", &["channel/print/", "channel/typeset.rs"]),
    ("comemo", &["channel/print/", "channel/typeset.rs"]),
    ("typst_render", &["channel/typeset.rs"]),
    ("qrcode", &["channel/print/"]),
    ("fluent_bundle", &["diag/"]),
    ("unic_langid", &["diag/"]),
    ("annotate_snippets", &["diag/"]),
    ("hound", &["cli/audio/sound.rs"]),
    ("docx_rs", &["channel/word.rs"]),
    ("zip", &["channel/archive.rs"]),
    ("sha2", &["text/digest.rs"]),
    ("rustix", &["load/look.rs", "output/folders.rs"]),
    ("notify", &["serve/watch.rs"]),
    ("axum", &["serve/http.rs"]),
    ("tokio", &["serve/http.rs"]),
    ("futures_util", &["serve/http.rs"]),
    ("clap", &["cli/"]),
    ("blake3", &["model/digest.rs"]),
    ("postcard", &["load/codec.rs"]),
    (
        "memchr",
        &[
            "channel/markup.rs",
            "channel/notes.rs",
            "diag/sources.rs",
            "lint/",
        ],
    ),
    ("simdutf8", &["load/snapshot.rs"]),
];

const LONGEST_FILE: usize = 500;
const LONGEST_FUNCTION: usize = 70;

/// A file of `src/`: its path below it and its text, comments and strings left in.
fn sources() -> BTreeMap<String, String> {
    let folder = root().join("src");
    let files = paths(&folder)
        .into_iter()
        .filter(|path| path.ends_with(".rs"));
    files
        .map(|path| {
            (
                path.clone(),
                fs::read_to_string(folder.join(&path)).unwrap(),
            )
        })
        .collect()
}

/// The text before the tests at the end of a file, comments left out.
fn code(text: &str) -> String {
    let own = text
        .split("\n#[cfg(test)]\nmod ")
        .next()
        .unwrap_or_default();
    let plain = own
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    plain
        .map(|line| format!("{}\n", line.split(" // ").next().unwrap_or_default()))
        .collect()
}

/// Complaints as one text; none is the empty one.
#[track_caller]
fn none(complaints: &[String]) {
    assert!(complaints.is_empty(), "{}\n", complaints.join("\n"));
}

/// Every `crate::X` in a text, groups such as `crate::{X, Y::Z}` taken apart.
fn used(code: &str) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for rest in code.split("crate::").skip(1) {
        let name = |text: &str| {
            text.trim()
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect::<String>()
        };
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut start = true;
            for (at, c) in group.char_indices() {
                match c {
                    '}' if depth == 0 => break,
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    ',' if depth == 0 => start = true,
                    _ if start && !c.is_whitespace() => {
                        out.insert(name(&group[at..]));
                        start = false;
                    }
                    _ => {}
                }
            }
        } else {
            out.insert(name(rest));
        }
    }
    out
}

fn layer(path: &str) -> Option<usize> {
    let first = path
        .split('/')
        .next()
        .unwrap_or_default()
        .trim_end_matches(".rs");
    LAYERS.iter().position(|name| *name == first)
}

#[test]
fn the_reader_of_imports_reads_them() {
    let found: Vec<String> = used("use crate::diag::{Span};\nuse crate::{model::{A, B}, text, load::Tree};\ncrate::cli::run()").into_iter().collect();
    assert_eq!(found, ["cli", "diag", "load", "model", "text"]);
}

#[test]
fn imports_go_left_only() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        if let Some(own) = layer(&path) {
            let beyond = used(&code(&text))
                .into_iter()
                .filter(|name| layer(name).is_some_and(|layer| layer > own));
            wrong.extend(
                beyond.map(|name| {
                    format!("src/{path} uses `crate::{name}`, which stands to its right")
                }),
            );
        } else if !["lib.rs", "main.rs"].contains(&path.as_str()) {
            wrong.push(format!("src/{path} stands in no layer"));
        }
    }
    none(&wrong);
}

#[test]
fn channels_do_not_know_one_another() {
    let channels: BTreeSet<String> = sources()
        .keys()
        .filter_map(|path| Some(path.strip_prefix("channel/")?.split_once('/')?.0.to_owned()))
        .collect();
    assert!(channels.len() >= 3, "{channels:?}");
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let Some((own, _)) = path
            .strip_prefix("channel/")
            .and_then(|rest| rest.split_once('/'))
        else {
            continue;
        };
        for other in channels.iter().filter(|name| *name != own) {
            let code = code(&text);
            if [
                format!("channel::{other}"),
                format!("super::{other}::"),
                format!("channel::{{{other}"),
            ]
            .iter()
            .any(|name| code.contains(name))
            {
                wrong.push(format!("src/{path} knows the channel `{other}`"));
            }
        }
    }
    none(&wrong);
}

#[test]
fn files_and_functions_are_short_and_say_what_they_own() {
    let mut wrong = Vec::new();
    let tests = root().join("tests/it");
    let own = paths(&tests).into_iter().map(|path| {
        (
            format!("../tests/it/{path}"),
            fs::read_to_string(tests.join(path)).unwrap(),
        )
    });
    for (path, text) in sources().into_iter().chain(own) {
        let lines = text.lines().count();
        if lines > LONGEST_FILE {
            wrong.push(format!("src/{path} has {lines} lines"));
        }
        if !text.starts_with("//! ") {
            wrong.push(format!("src/{path} does not begin by saying what it owns"));
        }
        for (name, lines) in functions(&text)
            .into_iter()
            .filter(|(_, lines)| *lines > LONGEST_FUNCTION)
        {
            wrong.push(format!("src/{path}: `{name}` has {lines} lines"));
        }
        for word in ["TODO", "FIXME", "XXX", "dbg!", "todo!", "unimplemented!"] {
            if text.contains(word) && !path.ends_with("tidy.rs") {
                wrong.push(format!("src/{path} has a `{word}`"));
            }
        }
    }
    none(&wrong);
}

/// Functions with their number of lines: from `fn` to the line that closes it, which is indented alike.
fn functions(text: &str) -> Vec<(String, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut out = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let words = line.trim_start();
        let indent = line.len() - words.len();
        let head = ["pub(super) ", "pub(crate) ", "pub ", "const ", "unsafe "]
            .iter()
            .fold(words, |rest, word| rest.strip_prefix(word).unwrap_or(rest));
        let Some(name) = head
            .strip_prefix("fn ")
            .and_then(|rest| rest.split(['(', '<']).next())
        else {
            continue;
        };
        let close = format!("{}}}", " ".repeat(indent));
        let length = lines[at..].iter().position(|line| {
            *line == close
                || line.ends_with(" }") && line.contains("fn ")
                || line.ends_with(';') && line.contains("fn ")
        });
        out.push((name.to_owned(), length.map_or(1, |length| length + 1)));
    }
    out
}

#[test]
fn texts_are_utf8_in_normal_form_c() {
    const ENDINGS: [&str; 13] = [
        "rs", "md", "yaml", "yml", "html", "css", "js", "ftl", "tsv", "txt", "svg", "typ", "toml",
    ];
    let mut wrong = Vec::new();
    for folder in ["src", "themes", "content", "docs", "tests"] {
        let folder = root().join(folder);
        for path in paths(&folder).into_iter().filter(|path| {
            ENDINGS
                .iter()
                .any(|ending| path.ends_with(&format!(".{ending}")))
        }) {
            let shown = folder.join(&path).display().to_string();
            match String::from_utf8(fs::read(folder.join(&path)).unwrap()) {
                Err(_) => wrong.push(format!("{shown} is no UTF-8")),
                Ok(text) if !is_nfc(&text) => {
                    let line = text
                        .lines()
                        .position(|line| !is_nfc(line))
                        .map_or(0, |line| line + 1);
                    wrong.push(format!("{shown}:{line} is not in normal form C"));
                }
                Ok(text) if text.contains('\r') || text.starts_with('\u{feff}') => {
                    wrong.push(format!("{shown} has marks of Windows"));
                }
                Ok(_) => {}
            }
        }
    }
    none(&wrong);
}

#[test]
fn the_operating_system_is_named_in_few_places() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        if OUTSIDE.iter().any(|place| path.starts_with(place)) || path.ends_with("/tests.rs") {
            continue;
        }
        let code = code(&text);
        for name in [
            "std::fs",
            "std::env::",
            "std::net",
            "std::process",
            "SystemTime",
            "Timestamp::now",
            "Zoned::now",
            "Instant::now",
            "::fs::",
        ] {
            if code.contains(name) {
                wrong.push(format!("src/{path} names `{name}`"));
            }
        }
        if code.contains("use std::{")
            && ["fs", "env", "net"]
                .iter()
                .any(|name| code.contains(&format!("use std::{{{name}")))
        {
            wrong.push(format!("src/{path} names the system in a group"));
        }
    }
    none(&wrong);
}

#[test]
fn every_dependency_has_one_home() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let code = code(&text);
        for (name, homes) in HOMES
            .iter()
            .filter(|(_, homes)| !homes.iter().any(|home| path.starts_with(home)))
        {
            let named = code.split(&format!("{name}::")).collect::<Vec<_>>();
            let whole = named[..named.len() - 1].iter().any(|before| {
                !before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':')
            });
            if whole || code.contains(&format!("use {name};")) {
                wrong.push(format!(
                    "src/{path} names `{name}`, whose home is {}",
                    homes.join(" or ")
                ));
            }
        }
    }
    none(&wrong);
}

#[test]
fn every_code_is_explained_in_both_languages() {
    let missing = |language: Language| {
        CODES
            .iter()
            .filter(move |code| explanation(**code, language).len() < 80)
            .map(|code| code.name)
    };
    let all: Vec<String> = Language::ALL
        .into_iter()
        .flat_map(missing)
        .map(str::to_owned)
        .collect();
    none(&all);
    let names: BTreeSet<&str> = CODES.iter().map(|code| code.name).collect();
    assert_eq!(names.len(), CODES.len(), "a code stands twice");
}
