//! Folders as trees of files: listed, linked, brought up to date.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fs::{self, DirEntry, File};
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use crate::diag::Fatal;

/// Whether the system numbers its files, so that two names of one file are told from two files.
pub(super) const HAS_INODES: bool = cfg!(unix);

#[cfg(unix)]
fn inode(entry: &DirEntry) -> u64 {
    std::os::unix::fs::DirEntryExt::ino(entry)
}

#[cfg(not(unix))]
fn inode(_: &DirEntry) -> u64 {
    0
}

/// The files below a folder, with `/`, in path order, each with its number; none when there is no folder.
pub(super) fn list(folder: &Path) -> Result<Vec<(String, u64)>, Fatal> {
    let mut out = match below(folder, "") {
        Err(fatal) if fatal.source.kind() == io::ErrorKind::NotFound && !folder.exists() => {
            Vec::new()
        }
        listed => listed?,
    };
    out.sort_unstable();
    Ok(out)
}

fn below(folder: &Path, prefix: &str) -> Result<Vec<(String, u64)>, Fatal> {
    let refused = |error| Fatal::new("fatal-read", folder, error);
    let (mut files, mut folders) = (Vec::new(), Vec::new());
    for entry in fs::read_dir(folder).map_err(refused)? {
        let entry = entry.map_err(refused)?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            folders.push((entry.path(), format!("{name}/")));
        } else {
            files.push((name, inode(&entry)));
        }
    }
    let inner: Vec<Vec<(String, u64)>> = folders
        .into_par_iter()
        .map(|(folder, prefix)| below(&folder, &prefix))
        .collect::<Result<_, _>>()?;
    files.extend(inner.into_iter().flatten());
    Ok(files)
}

/// Adds files of a folder to another one, which may have files already; says whether some had to be copied.
pub(super) fn carry(to: &Path, from: &Path, files: &[(&str, u64)]) -> Result<bool, Fatal> {
    make_folders(to, files.iter().map(|(path, _)| *path))?;
    let copied = AtomicBool::new(false);
    let link = |(path, _): &(&str, u64)| {
        let was_copied = self::link(&from.join(path), &to.join(path))?;
        copied.fetch_or(was_copied, Ordering::Relaxed);
        Ok(())
    };
    files.par_iter().try_for_each(link)?;
    Ok(copied.into_inner())
}

/// Makes an older edition the newest: with these files of the current folder, those that were made now, and no others.
/// Whatever state it is in, as after a build that was killed, does not matter. Says whether some files had to be copied.
pub(super) fn bring_up(
    spare: &Path,
    (current, carried): (&Path, &[(&str, u64)]),
    (staged, fresh): (&Path, &[&str]),
) -> Result<bool, Fatal> {
    let there = list(spare)?;
    let wanted: HashMap<&str, u64> = carried.iter().copied().collect();
    let is_right = |(path, inode): &&(String, u64)| wanted.get(path.as_str()) == Some(inode);
    let (right, wrong): (Vec<_>, Vec<_>) = there.iter().partition(is_right);
    let right: HashSet<&str> = right.into_iter().map(|(path, _)| path.as_str()).collect();
    let wrong: Vec<&str> = wrong.into_iter().map(|(path, _)| path.as_str()).collect();
    for path in &wrong {
        let path = spare.join(path);
        fs::remove_file(&path).map_err(|error| Fatal::new("fatal-remove", &path, error))?;
    }
    for folder in around(wrong.iter().copied()).into_iter().rev() {
        // Folders that still hold something stay.
        let _ = fs::remove_dir(spare.join(folder));
    }
    let missing: Vec<(&str, u64)> = carried
        .iter()
        .filter(|(path, _)| !right.contains(path))
        .copied()
        .collect();
    let copied = carry(spare, current, &missing)?;
    move_in(spare, staged, fresh)?;
    Ok(copied)
}

/// Brings a few paths of an older edition up to date: those that stay are linked anew from the current one, the
/// others go; then come the files that were made now. Says whether some files had to be copied.
pub(super) fn mend(
    spare: &Path,
    (current, places): (&Path, &[(&str, bool)]),
    (staged, fresh): (&Path, &[&str]),
) -> Result<bool, Fatal> {
    let refused = |path: &Path, error| Fatal::new("fatal-remove", path, error);
    for (path, _) in places {
        let path = spare.join(path);
        match fs::remove_file(&path) {
            // Nothing is there, or what is around it is no folder.
            Err(error)
                if !matches!(
                    error.kind(),
                    io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
                ) =>
            {
                return Err(refused(&path, error));
            }
            _ => {}
        }
    }
    for folder in around(places.iter().map(|(path, _)| *path))
        .into_iter()
        .rev()
    {
        // Folders that still hold something stay.
        let _ = fs::remove_dir(spare.join(folder));
    }
    let stay = places.iter().filter(|(_, stays)| *stays);
    let stay: Vec<(&str, u64)> = stay.map(|(path, _)| (*path, 0)).collect();
    let copied = carry(spare, current, &stay)?;
    move_in(spare, staged, fresh)?;
    Ok(copied)
}

/// Moves files that were made now to their places.
fn move_in(to: &Path, staged: &Path, fresh: &[&str]) -> Result<(), Fatal> {
    make_folders(to, fresh.iter().copied())?;
    fresh.par_iter().try_for_each(|path| {
        let to = to.join(path);
        fs::rename(staged.join(path), &to).map_err(|error| Fatal::new("fatal-rename", &to, error))
    })
}

/// The folders around files, each once, outer ones first.
pub(super) fn around<'a>(paths: impl Iterator<Item = &'a str>) -> BTreeSet<&'a str> {
    paths
        .flat_map(|path| path.match_indices('/').map(|(at, _)| &path[..at]))
        .collect()
}

fn make_folders<'a>(root: &Path, paths: impl Iterator<Item = &'a str>) -> Result<(), Fatal> {
    let refused = |path: &Path, error| Err(Fatal::new("fatal-create", path, error));
    if let Err(error) = fs::create_dir_all(root) {
        return refused(root, error);
    }
    for folder in around(paths) {
        let path = root.join(folder);
        match fs::create_dir(&path) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                return refused(&path, error);
            }
            _ => {}
        }
    }
    Ok(())
}

/// The same file at another place: linked, or copied with its time where links are not to be had; says which.
fn link(from: &Path, to: &Path) -> Result<bool, Fatal> {
    if fs::hard_link(from, to).is_ok() {
        return Ok(false);
    }
    let copy = || -> io::Result<()> {
        fs::copy(from, to)?;
        let modified = fs::metadata(from)?.modified()?;
        File::options().write(true).open(to)?.set_modified(modified)
    };
    copy().map_err(|error| Fatal::new("fatal-write", to, error))?;
    Ok(true)
}

/// Removes a folder and everything in it, if it is there.
pub(super) fn remove(folder: &Path) -> Result<(), Fatal> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(Fatal::new("fatal-remove", folder, error))
        }
        _ => Ok(()),
    }
}
