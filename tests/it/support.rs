//! What several tests use: folders, files, the program, a small reader of HTML.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The project's folder.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// How many cases of a property are tried; `LOA_CASES` asks for another number. Twenty builds over builds take
/// half a minute.
pub(crate) fn cases(usual: u32) -> u32 {
    let wanted = std::env::var("LOA_CASES").ok();
    wanted.and_then(|count| count.parse().ok()).unwrap_or(usual)
}

/// Writes files below a folder.
pub(crate) fn write(folder: &Path, files: &[(&str, &str)]) {
    for (path, text) in files {
        write_bytes(folder, path, text.as_bytes());
    }
}

/// Writes one file below a folder.
pub(crate) fn write_bytes(folder: &Path, path: &str, bytes: &[u8]) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

/// Every file below a folder by its path with `/`; links count as what they are called.
pub(crate) fn read_all(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    paths(folder)
        .into_iter()
        .map(|path| (path.clone(), fs::read(folder.join(&path)).unwrap()))
        .collect()
}

/// Everything below an output folder that means something: not what is kept to be quicker next time.
pub(crate) fn lasting(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = read_all(folder);
    files.retain(|path, _| {
        let kept = [".loa/lock", ".loa/cache/", ".loa/spare/"];
        !kept.iter().any(|kept| path.starts_with(kept))
    });
    files
}

/// The paths of all files below a folder, sorted.
pub(crate) fn paths(folder: &Path) -> Vec<String> {
    let mut out = Vec::new();
    let mut open: Vec<(PathBuf, String)> = vec![(folder.to_owned(), String::new())];
    while let Some((folder, prefix)) = open.pop() {
        for entry in
            fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        {
            let entry = entry.unwrap();
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.file_type().unwrap().is_dir() {
                open.push((entry.path(), format!("{name}/")));
            } else {
                out.push(name);
            }
        }
    }
    out.sort();
    out
}

/// The program, ready to run in a folder, in English.
pub(crate) fn loa(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_loa"));
    command.current_dir(folder).args(args);
    command
}

/// How a run ended: exit code, what stood on stdout and on stderr.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Runs the program in a folder.
pub(crate) fn run(folder: &Path, args: &[&str]) -> Ran {
    let Output {
        status,
        stdout,
        stderr,
    } = loa(folder, args).output().unwrap();
    Ran {
        code: status
            .code()
            .unwrap_or_else(|| panic!("{args:?} was killed: {status}")),
        out: String::from_utf8(stdout).unwrap(),
        err: String::from_utf8(stderr).unwrap(),
    }
}

/// What stands inside `<main>`.
pub(crate) fn main_of(page: &str) -> Option<&str> {
    let from = page.find("<main")?;
    let from = from + page[from..].find('>')? + 1;
    Some(page[from..page.rfind("</main>")?].trim())
}

/// Elements that stay in their line.
const INLINE: &[&str] = &[
    "a", "b", "br", "code", "del", "em", "i", "input", "span", "strong", "sub", "sup", "time",
    "wbr",
];

/// HTML with each element but inline ones at the beginning of a line; the words of `pre` are left alone.
pub(crate) fn one_element_a_line(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    let mut pre = false;
    while let Some(at) = rest.find('<') {
        push_text(&rest[..at], pre, &mut out);
        let end = at + rest[at..].find('>').map_or(rest.len() - at, |end| end + 1);
        let tag = &rest[at..end];
        let name = tag
            .trim_start_matches(['<', '/'])
            .split([' ', '>', '\n', '/'])
            .next()
            .unwrap_or_default();
        if name == "pre" {
            pre = !tag.starts_with("</");
        }
        let opens_line = !tag.starts_with("</") && !INLINE.contains(&name);
        if opens_line && !out.is_empty() && !out.ends_with('\n') {
            out.truncate(out.trim_end().len());
            out.push('\n');
        }
        out.push_str(tag);
        if tag.starts_with("</") && !INLINE.contains(&name) {
            out.push('\n');
        }
        rest = &rest[end..];
    }
    push_text(rest, pre, &mut out);
    out
}

/// Spaces in a row are one space, and none at the beginning of a line.
fn push_text(text: &str, pre: bool, out: &mut String) {
    if pre {
        return out.push_str(text);
    }
    for c in text.chars() {
        if !c.is_whitespace() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with([' ', '\n']) {
            out.push(' ');
        }
    }
}

/// The attributes of a page's elements: name and value, in order. Scripts and comments are left out.
pub(crate) fn attributes(page: &str) -> Vec<(String, String)> {
    let mut out = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let name: String = rest
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        rest = in_tag(&rest[name.len()..], &mut out);
        if name == "script" || name == "style" {
            rest = rest
                .split_once(&format!("</{name}"))
                .map_or("", |(_, after)| after);
        }
    }
    out
}

/// Reads the attributes of one tag and returns what follows it.
fn in_tag<'a>(mut rest: &'a str, out: &mut Vec<(String, String)>) -> &'a str {
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if rest.is_empty() || rest.starts_with('>') {
            return rest.strip_prefix('>').unwrap_or(rest);
        }
        let end = rest
            .find(|c: char| c.is_whitespace() || matches!(c, '=' | '>'))
            .unwrap_or(rest.len());
        let (name, after) = rest.split_at(end.max(1));
        let Some(value) = after.trim_start().strip_prefix('=') else {
            rest = after;
            continue;
        };
        let value = value.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (value, after) = match quote {
            Some(quote) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            None => value.split_at(
                value
                    .find(|c: char| c.is_whitespace() || c == '>')
                    .unwrap_or(value.len()),
            ),
        };
        let plain = value
            .replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&");
        out.push((name.to_ascii_lowercase(), plain));
        rest = after;
    }
}
