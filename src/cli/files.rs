//! Which files are meant, where they lie, and how new bytes take the place of old ones.

use std::fs;
use std::io::Write as _;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::console::Console;
use super::options::Options;
use crate::diag::Fatal;
use crate::load::{Parsed, Tree, snapshot};
use crate::pipeline::{self, examine};
use crate::text::{nearest, nfc};

/// What somebody meant by a path.
pub(super) enum Found {
    /// A file of the site: its path from the root.
    File(String),
    /// The page of a section.
    Section(String),
    /// No file of the site; the path of one that may be meant.
    Nothing(Option<String>),
}

/// A file before and after.
pub(super) struct Change {
    /// Path from the site's root.
    pub(super) path: String,
    pub(super) old: Arc<[u8]>,
    pub(super) new: Arc<[u8]>,
}

/// Why nothing was written.
pub(super) enum Failed {
    /// Somebody else wrote to this file meanwhile.
    Changed(String),
    /// The operating system refused.
    System(Fatal),
}

/// The site that somebody means: where it lies, its files, and what they say. What was refused has been told.
pub(super) fn examined(options: &Options, console: &Console) -> Option<(PathBuf, Tree, Parsed)> {
    let root = options
        .site()
        .map_err(|message| console.complain(&message))
        .ok()?;
    let tree = snapshot(&root)
        .map_err(|fatal| console.fatal(&fatal))
        .ok()?;
    let parsed = examine(&tree, &pipeline::Options::on(options.today));
    Some((root, tree, parsed))
}

/// Looks for a path as seen from the working folder, then from the site's root.
pub(super) fn find(root: &Path, tree: &Tree, written: &str) -> Found {
    let written = written.replace('\\', "/");
    let candidates: Vec<String> = [from_here(root, &written), parts(Path::new(&written))]
        .into_iter()
        .flatten()
        .map(|parts| nfc(&parts.join("/")).into_owned())
        .collect();
    let there = |path: &&String| tree.files.iter().any(|file| file.path == **path);
    match candidates.iter().find(there) {
        Some(path) => {
            let name = path.rsplit('/').next().unwrap_or_default();
            if path.starts_with("content/") && name.starts_with("_index.") {
                Found::Section(path.clone())
            } else {
                Found::File(path.clone())
            }
        }
        None => Found::Nothing(near(tree, candidates.last().map_or("", String::as_str))),
    }
}

/// The page with the nearest path, or the nearest name where the folders are wrong.
fn near(tree: &Tree, wanted: &str) -> Option<String> {
    let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    let pages: Vec<&str> = tree
        .files
        .iter()
        .map(|file| file.path.as_str())
        .filter(|path| path.starts_with("content/") && path.ends_with(".md"))
        .filter(|path| !name(path).starts_with('_'))
        .collect();
    if let Some(path) = nearest(wanted, pages.iter().copied()) {
        return Some(path.to_owned());
    }
    let names: Vec<String> = pages.iter().map(|path| name(path)).collect();
    let wanted = name(wanted);
    let with_ending = if wanted.ends_with(".md") {
        wanted
    } else {
        format!("{wanted}.md")
    };
    let best = nearest(&with_ending, names.iter().map(String::as_str))?;
    let at = names.iter().position(|name| name == best)?;
    Some(pages[at].to_owned())
}

/// The path below the site's root of something named from the working folder.
fn from_here(root: &Path, written: &str) -> Option<Vec<String>> {
    let root = root.canonicalize().ok()?;
    let here = std::env::current_dir().ok()?.canonicalize().ok()?;
    let path = here.join(written);
    // A file that is there has one true path; for one that is not, or lies there in another normal form,
    // `..` is taken out of the words.
    let whole = parts(&path.canonicalize().unwrap_or(path))?;
    let above = parts(&root)?;
    whole.strip_prefix(above.as_slice()).map(<[String]>::to_vec)
}

/// The folders and the name of a path, `.` and `..` taken out; `None` where it leads above its beginning.
fn parts(path: &Path) -> Option<Vec<String>> {
    let mut out = Vec::new();
    for component in path.components() {
        match component {
            Component::ParentDir => {
                out.pop()?;
            }
            Component::Normal(part) => out.push(part.to_str()?.to_owned()),
            Component::CurDir | Component::RootDir | Component::Prefix(_) => {}
        }
    }
    Some(out)
}

/// Writes all new files beside the old ones, then lets them take their places.
pub(super) fn write(root: &Path, changes: &[Change]) -> Result<(), Failed> {
    let mut ready: Vec<(PathBuf, PathBuf)> = Vec::new();
    for change in changes.iter().filter(|change| change.old != change.new) {
        let made = place(root, &change.path)
            .map_err(Failed::System)
            .and_then(|path| Ok((beside(&path, change)?, path)));
        match made {
            Ok(pair) => ready.push(pair),
            Err(failed) => {
                for (new, _) in &ready {
                    let _ = fs::remove_file(new);
                }
                return Err(failed);
            }
        }
    }
    let mut failed = None;
    for (new, path) in ready {
        if failed.is_some() {
            let _ = fs::remove_file(&new);
        } else if let Err(error) = fs::rename(&new, &path) {
            let _ = fs::remove_file(&new);
            failed = Some(Fatal::new("fatal-write", &path, error));
        }
    }
    failed.map_or(Ok(()), |fatal| Err(Failed::System(fatal)))
}

/// Writes a file that is not there yet.
pub(super) fn create(root: &Path, path: &str, bytes: &[u8]) -> Result<(), Failed> {
    let path = place(root, path).map_err(Failed::System)?;
    let refused = |error| Failed::System(Fatal::new("fatal-write", &path, error));
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(refused)?;
    }
    let mut file = fs::File::create_new(&path).map_err(refused)?;
    file.write_all(bytes).map_err(refused)?;
    file.sync_all().map_err(refused)
}

/// The new bytes in a hidden file of the same folder, with the permissions of the old one.
fn beside(path: &Path, change: &Change) -> Result<PathBuf, Failed> {
    let read = |error| Failed::System(Fatal::new("fatal-read", path, error));
    if fs::read(path).map_err(read)? != *change.old {
        return Err(Failed::Changed(change.path.clone()));
    }
    let permissions = fs::metadata(path).map_err(read)?.permissions();
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let new = path.with_file_name(format!(".{name}.{}.loa", std::process::id()));
    let fill = || {
        let mut file = fs::File::create(&new)?;
        file.write_all(&change.new)?;
        file.set_permissions(permissions)?;
        file.sync_all()
    };
    fill().map_err(|error| {
        let _ = fs::remove_file(&new);
        Failed::System(Fatal::new("fatal-write", &new, error))
    })?;
    Ok(new)
}

/// Where a file of the site lies: its folders and its name may be in another normal form there.
fn place(root: &Path, path: &str) -> Result<PathBuf, Fatal> {
    let mut out = root.to_owned();
    for part in path.split('/') {
        let next = out.join(part);
        if next.symlink_metadata().is_ok() {
            out = next;
            continue;
        }
        let entries = fs::read_dir(&out).map_err(|error| Fatal::new("fatal-read", &out, error))?;
        let same = entries.flatten().find(|entry| {
            let name = entry.file_name();
            name.to_str().is_some_and(|name| nfc(name) == part)
        });
        out = same.map_or(next, |entry| entry.path());
    }
    Ok(out)
}
