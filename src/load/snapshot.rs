//! Every input byte of a site, in memory. The sole reader of a site's files.

use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::SystemTime;

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::look::Folder;
use super::stamp::{Stamp, Stamps, nanoseconds};
use crate::diag::{Fatal, TextSource};
use crate::model::{Blob, Content, Digest, FileReader};
use crate::text::{is_nfc, nfc};

/// Markdown and YAML beyond this size are refused: no page of text is that long.
pub const LARGEST_TEXT: u64 = 4 << 20;
/// Other files beyond this size are refused: nobody with a slow line would wait for them.
const LARGEST_FILE: u64 = 64 << 20;
/// What is read, from the site's root.
pub(super) const TOPS: [&str; 3] = ["loa.yaml", "content", "themes"];
/// How often a file that changes while it is read is read again.
const TRIES: usize = 5;

/// The files of a site in path order.
#[derive(Debug, Default, Clone)]
pub struct Tree {
    /// What was read, or can be.
    pub files: Vec<TreeFile>,
    /// What was not, and why.
    pub skipped: Vec<(String, Skipped)>,
    /// By what the next snapshot knows which files are the same; empty when nobody asked for it.
    pub stamps: Stamps,
    late: Arc<Late>,
}

/// One file.
#[derive(Debug, Clone)]
pub struct TreeFile {
    /// Path from the site's root in normal form C, with `/`.
    pub path: String,
    /// Its bytes; those of an unchanged file are read when they are first wanted.
    pub blob: Arc<Blob>,
}

impl TreeFile {
    /// A file of bytes.
    #[must_use]
    pub fn new(path: String, bytes: Vec<u8>) -> TreeFile {
        TreeFile {
            blob: Arc::new(Blob::new(content(&path, bytes))),
            path,
        }
    }

    /// Its bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        self.blob.bytes()
    }
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
        let file = |(path, text): &(&str, &str)| {
            TreeFile::new(nfc(path).into_owned(), text.as_bytes().to_vec())
        };
        let mut files: Vec<TreeFile> = files.iter().map(file).collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Tree {
            files,
            ..Tree::default()
        }
    }

    /// The files that have other bytes than in `before`; nothing when files came or went.
    #[must_use]
    pub fn changes(&self, before: &Tree) -> Option<Vec<&TreeFile>> {
        let pairs = || self.files.iter().zip(&before.files);
        let alike = self.files.len() == before.files.len()
            && self.skipped == before.skipped
            && pairs().all(|(new, old)| new.path == old.path);
        let differ = |(new, old): &(&TreeFile, &TreeFile)| !Arc::ptr_eq(&new.blob, &old.blob);
        alike.then(|| pairs().filter(differ).map(|(new, _)| new).collect())
    }

    /// To be asked before anything is written: whether all files that were read late could be read, unchanged.
    ///
    /// # Errors
    /// What the operating system refused, or a file that changed since the snapshot.
    pub fn settled(&self) -> Result<(), Fatal> {
        self.late.0.get().map_or(Ok(()), |fatal| {
            let source = io::Error::new(fatal.source.kind(), fatal.source.to_string());
            Err(Fatal::new(fatal.doing, &fatal.path, source))
        })
    }
}

/// Reads files after the snapshot, and keeps the first failure.
#[derive(Debug, Default)]
struct Late(OnceLock<Fatal>);

impl FileReader for Late {
    fn read(&self, file: &Path, digest: Digest) -> Content {
        let same = |read: Option<(Vec<u8>, Metadata)>| match read {
            Some((bytes, _)) if Digest::of(&bytes) == digest => Ok(bytes),
            _ => Err(busy(file)),
        };
        match read_whole(file, LARGEST_FILE).and_then(same) {
            Ok(bytes) => content(&file.to_string_lossy(), bytes),
            Err(fatal) => {
                // A later failure says nothing new.
                let _ = self.0.set(fatal);
                Content::Bytes(crate::model::Bytes::default())
            }
        }
    }
}

/// Reads `loa.yaml`, `content/` and `themes/` below `root`.
///
/// # Errors
/// When the operating system refuses a folder or a file.
pub fn snapshot(root: &Path) -> Result<Tree, Fatal> {
    take(root, None)
}

/// The same, without reading what an earlier snapshot saw and what has not changed since. Takes stamps for the next one.
///
/// # Errors
/// When the operating system refuses a folder or a file. What is read later can fail too: see [`Tree::settled`].
pub fn snapshot_after(root: &Path, before: &Stamps) -> Result<Tree, Fatal> {
    take(root, Some(before))
}

fn take(root: &Path, before: Option<&Stamps>) -> Result<Tree, Fatal> {
    let mut tree = Tree::default();
    tree.stamps.taken = nanoseconds(Ok(SystemTime::now()));
    let mut wanted: Vec<(String, PathBuf)> = Vec::new();
    for top in TOPS {
        let path = root.join(top);
        if path.symlink_metadata().is_ok() {
            walk(root, &path, &mut wanted, &mut tree.skipped)?;
        }
    }
    wanted.sort_unstable();
    let reader: Arc<dyn FileReader> = Arc::<Late>::clone(&tree.late);
    let paths = wanted.iter().map(|(path, _)| path.as_str());
    let places = before.map_or_else(Vec::new, |before| before.places(paths));
    let folder = Folder::at(root);
    let seen: Vec<Seen> = wanted
        .into_par_iter()
        .enumerate()
        .map(|(at, (path, disk))| {
            let known = before.map(|before| (before, places[at]));
            see(path, disk, known, (&reader, Some((root, &folder))))
        })
        .collect::<Result<_, _>>()?;
    for seen in seen {
        match seen {
            Seen::Skipped(path, why) => tree.skipped.push((path, why)),
            Seen::File(file, stamp) => {
                if let Some(stamp) = stamp {
                    let known = (file.path.clone(), stamp, file.blob.digest());
                    tree.stamps.files.push(known);
                }
                tree.files.push(file);
            }
        }
    }
    tree.skipped.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(tree)
}

pub(super) fn walk(
    root: &Path,
    top: &Path,
    wanted: &mut Vec<(String, PathBuf)>,
    skipped: &mut Vec<(String, Skipped)>,
) -> Result<(), Fatal> {
    let visible =
        |entry: &DirEntry| entry.depth() == 0 || !is_hidden(&entry.file_name().to_string_lossy());
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

/// What became of a file.
pub(super) enum Seen {
    File(TreeFile, Option<Stamp>),
    Skipped(String, Skipped),
}

/// Looks at a file, and reads it.
pub(super) fn read(path: String, disk: PathBuf) -> Result<Seen, Fatal> {
    let unused: Arc<dyn FileReader> = Arc::new(Late::default());
    see(path, disk, None, (&unused, None))
}

/// Looks at a file, and reads it unless it is known.
fn see(
    path: String,
    disk: PathBuf,
    before: Option<(&Stamps, Option<usize>)>,
    (reader, folder): (&Arc<dyn FileReader>, Option<(&Path, &Folder)>),
) -> Result<Seen, Fatal> {
    let limit = if is_text(&path) {
        LARGEST_TEXT
    } else {
        LARGEST_FILE
    };
    if let (Some((before, Some(place))), Some((root, folder))) = (before, folder) {
        let refused = |error| Fatal::new("fatal-read", &disk, error);
        let below = disk.strip_prefix(root).unwrap_or(&disk);
        let (stamp, _) = folder.look(below).map_err(refused)?;
        if let Some(digest) = before.unchanged(place, stamp)
            && stamp.size <= limit
        {
            let blob = Arc::new(Blob::later(digest, Arc::clone(reader), disk));
            return Ok(Seen::File(TreeFile { path, blob }, Some(stamp)));
        }
    }
    let Some((bytes, metadata)) = read_whole(&disk, limit)? else {
        return Ok(Seen::Skipped(path, Skipped::TooLarge(limit)));
    };
    let file = TreeFile::new(path, bytes);
    let stamp = before.map(|_| {
        // Now, on many threads, while the bytes are at hand.
        let _ = file.blob.digest();
        Stamp::of(&metadata)
    });
    Ok(Seen::File(file, stamp))
}

/// The bytes of a file that did not change while they were read, and what the disk said of it; nothing when
/// it is larger than a limit.
fn read_whole(disk: &Path, limit: u64) -> Result<Option<(Vec<u8>, Metadata)>, Fatal> {
    let refused = |error| Fatal::new("fatal-read", disk, error);
    for _ in 0..TRIES {
        let mut file = match File::open(disk) {
            Ok(file) => file,
            // What is too large is not wanted, so it need not be readable.
            Err(_) if fs::symlink_metadata(disk).is_ok_and(|data| data.len() > limit) => {
                return Ok(None);
            }
            Err(error) => return Err(refused(error)),
        };
        let before = file.metadata().map_err(refused)?;
        if before.len() > limit {
            return Ok(None);
        }
        let bytes = read_to(&mut file, before.len()).map_err(refused)?;
        let after = file.metadata().map_err(refused)?;
        if Stamp::of(&before) == Stamp::of(&after) && after.len() == bytes.len() as u64 {
            return Ok(Some((bytes, after)));
        }
    }
    Err(busy(disk))
}

/// What a file of so many bytes holds; one byte more when it has grown. Asks the system no more often than it must,
/// which for thousands of small files is most of the work.
fn read_to(file: &mut File, size: u64) -> io::Result<Vec<u8>> {
    let size = usize::try_from(size).unwrap_or(usize::MAX - 1);
    let mut bytes = vec![0; size.saturating_add(1)];
    let mut filled = 0;
    // A read that was asked for more and gave just the rest has seen the end.
    while filled != size {
        match file.read(&mut bytes[filled..]) {
            Ok(0) => break,
            Ok(more) => filled += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
        if filled > size {
            break;
        }
    }
    bytes.truncate(filled);
    Ok(bytes)
}

/// Somebody writes a file while it is read.
fn busy(disk: &Path) -> Fatal {
    Fatal::new("fatal-read", disk, io::ErrorKind::ResourceBusy.into())
}

/// Files that editors and systems leave behind.
///
/// ```
/// use loa::load::is_hidden;
/// assert!(is_hidden(".bai.md.swp") && is_hidden("bai.md~") && !is_hidden("bai.md"));
/// ```
#[must_use]
pub fn is_hidden(name: &str) -> bool {
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

pub(super) fn site_path(relative: &Path) -> Option<String> {
    let path = relative.to_str()?;
    let path = nfc(path).into_owned();
    Some(if std::path::MAIN_SEPARATOR == '/' {
        path
    } else {
        path.replace(std::path::MAIN_SEPARATOR, "/")
    })
}

/// The text of a file that was found to be one.
impl TextSource for Blob {
    fn text(&self) -> &str {
        self.text(|bytes| text_of(bytes).unwrap_or_default())
    }

    fn is_read(&self) -> bool {
        self.is_fetched()
    }
}

/// The bytes of a file; those of a page or of settings are nearly always a text already.
fn content(path: &str, bytes: Vec<u8>) -> Content {
    if is_text(path)
        && let Ok(text) = simdutf8::basic::from_utf8(&bytes)
        && is_normal(text)
    {
        // A copy has no room to spare, and costs less than looking through the letters a second time.
        return Content::Text(text.to_owned());
    }
    Content::Bytes(bytes.into())
}

fn is_normal(text: &str) -> bool {
    !text.starts_with('\u{feff}') && !text.contains('\r') && is_nfc(text)
}

/// The text of a file: without byte order mark, lines ended by LF, in normal form C.
///
/// # Errors
/// The text before the first byte that is not UTF-8.
pub fn text_of(bytes: &[u8]) -> Result<String, String> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let normal = |text: &str| {
        if text.contains('\r') {
            let unix = text.replace("\r\n", "\n").replace('\r', "\n");
            nfc(&unix).into_owned()
        } else {
            nfc(text).into_owned()
        }
    };
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(normal(text)),
        Err(error) => Err(normal(&String::from_utf8_lossy(
            &bytes[..error.valid_up_to()],
        ))),
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
