//! Every input byte of a site, in memory. The sole reader of a site's files.

use std::borrow::Cow;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use crate::diag::Fatal;
use crate::model::Bytes;
use crate::text::nfc;

/// Markdown and YAML beyond this size are refused: no page of text is that long.
pub const LARGEST_TEXT: u64 = 4 << 20;
/// Other files beyond this size are refused: nobody with a slow line would wait for them.
const LARGEST_FILE: u64 = 64 << 20;

/// The files of a site in path order.
#[derive(Debug, Default, Clone)]
pub struct Tree {
    /// What was read.
    pub files: Vec<TreeFile>,
    /// What was not, and why.
    pub skipped: Vec<(String, Skipped)>,
}

/// One file.
#[derive(Debug, Clone)]
pub struct TreeFile {
    /// Path from the site's root in normal form C, with `/`.
    pub path: String,
    /// Its bytes.
    pub bytes: Bytes,
}

/// Why a file was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Skipped {
    /// A symbolic link.
    Symlink,
    /// Larger than this many bytes.
    TooLarge(u64),
    /// Its name is not Unicode.
    Name,
}

impl Tree {
    /// A site from texts, for tests and examples: path and content.
    ///
    /// ```
    /// let tree = loa::load::Tree::of(&[("loa.yaml", "title: Thử\n"), ("content/a.md", "")]);
    /// assert_eq!(tree.files.len(), 2);
    /// ```
    #[must_use]
    pub fn of(files: &[(&str, &str)]) -> Tree {
        let file = |(path, text): &(&str, &str)| TreeFile {
            path: nfc(path).into_owned(),
            bytes: text.as_bytes().into(),
        };
        let mut files: Vec<TreeFile> = files.iter().map(file).collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Tree {
            files,
            skipped: Vec::new(),
        }
    }
}

/// Reads `loa.yaml`, `content/` and `themes/` below `root`.
///
/// # Errors
/// When the operating system refuses a folder or a file.
pub fn snapshot(root: &Path) -> Result<Tree, Fatal> {
    let mut tree = Tree::default();
    let mut wanted: Vec<(String, PathBuf)> = Vec::new();
    for top in ["loa.yaml", "content", "themes"] {
        let path = root.join(top);
        if path.symlink_metadata().is_ok() {
            walk(root, &path, &mut wanted, &mut tree.skipped)?;
        }
    }
    wanted.sort();
    let read: Vec<Result<TreeFile, Unread>> = wanted
        .into_par_iter()
        .map(|(path, disk)| read(path, &disk))
        .collect();
    for file in read {
        match file {
            Ok(file) => tree.files.push(file),
            Err(Unread::Skipped(path, why)) => tree.skipped.push((path, why)),
            Err(Unread::Refused(fatal)) => return Err(fatal),
        }
    }
    tree.skipped.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(tree)
}

fn walk(
    root: &Path,
    top: &Path,
    wanted: &mut Vec<(String, PathBuf)>,
    skipped: &mut Vec<(String, Skipped)>,
) -> Result<(), Fatal> {
    let visible = |entry: &DirEntry| entry.depth() == 0 || !is_hidden(entry);
    for entry in WalkDir::new(top)
        .follow_links(false)
        .follow_root_links(false)
        .into_iter()
        .filter_entry(visible)
    {
        let entry = entry.map_err(|error| {
            let path = error.path().unwrap_or(top).to_owned();
            Fatal::new("fatal-read", &path, error.into())
        })?;
        let relative = entry.path().strip_prefix(root).unwrap_or(entry.path());
        let Some(name) = site_path(relative) else {
            skipped.push((relative.to_string_lossy().replace('\\', "/"), Skipped::Name));
            continue;
        };
        if entry.path_is_symlink() {
            skipped.push((name, Skipped::Symlink));
        } else if entry.file_type().is_file() {
            wanted.push((name, entry.into_path()));
        }
    }
    Ok(())
}

/// Files that editors and systems leave behind.
fn is_hidden(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    name.starts_with('.')
        || name.starts_with('~')
        || name.ends_with('~')
        || name == "Thumbs.db"
        || name == "desktop.ini"
}

/// Whether loa reads a file as text.
pub(super) fn is_text(path: &str) -> bool {
    path.rsplit_once('.')
        .is_some_and(|(_, extension)| matches!(extension, "md" | "yaml" | "yml"))
}

fn site_path(relative: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = relative.iter().map(|part| part.to_str()).collect();
    Some(nfc(&parts?.join("/")).into_owned())
}

/// A file that was found but is not in the tree.
enum Unread {
    Skipped(String, Skipped),
    Refused(Fatal),
}

fn read(path: String, disk: &Path) -> Result<TreeFile, Unread> {
    let refused = |error| Unread::Refused(Fatal::new("fatal-read", disk, error));
    let limit = if is_text(&path) {
        LARGEST_TEXT
    } else {
        LARGEST_FILE
    };
    let mut file = fs::File::open(disk).map_err(refused)?;
    let size = file.metadata().map_err(refused)?.len();
    if size > limit {
        return Err(Unread::Skipped(path, Skipped::TooLarge(limit)));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
    file.read_to_end(&mut bytes).map_err(refused)?;
    Ok(TreeFile {
        path,
        bytes: bytes.into(),
    })
}

/// The text of a file: without byte order mark, lines ended by LF, in normal form C.
///
/// # Errors
/// The text before the first byte that is not UTF-8.
pub fn text_of(bytes: &[u8]) -> Result<String, String> {
    text_from(bytes.to_vec())
}

/// The same from bytes that nobody else needs: most texts are taken over as they are.
pub(super) fn text_from(bytes: Vec<u8>) -> Result<String, String> {
    match String::from_utf8(bytes) {
        Ok(text) => Ok(normal(text)),
        Err(error) => {
            let end = error.utf8_error().valid_up_to();
            let mut bytes = error.into_bytes();
            bytes.truncate(end);
            Err(normal(String::from_utf8(bytes).unwrap_or_default()))
        }
    }
}

fn normal(mut text: String) -> String {
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    if text.contains('\r') {
        text = text.replace("\r\n", "\n").replace('\r', "\n");
    }
    match nfc(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(composed) => composed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_line_ends_and_normal_form_do_not_matter() {
        assert_eq!(
            text_of("\u{feff}tie\u{302}\u{301}ng\r\nhai\rba".as_bytes()).unwrap(),
            "tiếng\nhai\nba"
        );
        assert_eq!(text_of(b"m\xE1\xBB\x99t \xFF hai"), Err("một ".to_owned()));
    }
}
