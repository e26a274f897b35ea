//! Reading a site again, but only where something changed on the disk.

use std::collections::{BTreeMap, BTreeSet};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::snapshot::{Skipped, TOPS, Tree, TreeFile, is_hidden, read, site_path, walk};
use crate::diag::Fatal;
use crate::text::nfc;

/// Beyond so many places it is quicker to read everything.
const MOST_PLACES: usize = 256;
/// So often a folder is walked again when something in it vanished meanwhile.
const ATTEMPTS: usize = 50;

/// Reads again what lies at or below `changed`, paths from the site's root; everything when `None`.
///
/// Returns the new tree, or `None` when no byte differs. A file that is still the same keeps its place
/// in memory, so that whoever remembers work can tell by the pointer. What vanishes while it is read is
/// not there.
///
/// # Errors
/// When the operating system refuses a folder or a file.
pub fn refresh(
    root: &Path,
    tree: &Tree,
    changed: Option<&[PathBuf]>,
) -> Result<Option<Tree>, Fatal> {
    let all = || TOPS.iter().map(PathBuf::from).collect();
    let places: BTreeSet<PathBuf> = changed
        .and_then(|changed| places(root, tree, changed))
        .unwrap_or_else(all);
    let mut wanted: Vec<(String, PathBuf)> = Vec::new();
    let mut skipped: Vec<(String, Skipped)> = Vec::new();
    for place in &places {
        look(root, &root.join(place), &mut wanted, &mut skipped)?;
    }
    wanted.sort();
    let read: Vec<Option<TreeFile>> = wanted
        .into_par_iter()
        .map(|(path, disk)| present(read(path, &disk)))
        .collect::<Result<_, _>>()?;
    let again: BTreeSet<String> = places.iter().filter_map(|place| site_path(place)).collect();
    let stays = |path: &str| {
        let mut around = path.match_indices('/').map(|(at, _)| &path[..at]);
        !again.contains(path) && !around.any(|folder| again.contains(folder))
    };
    let mut new = Tree::default();
    let kept = tree.files.iter().filter(|file| stays(&file.path)).cloned();
    new.files = kept.chain(read.into_iter().flatten()).collect();
    new.files.sort_by(|a, b| a.path.cmp(&b.path));
    let kept = tree.skipped.iter().filter(|(path, _)| stays(path)).cloned();
    new.skipped = kept.chain(skipped).collect();
    new.skipped.sort_by(|a, b| a.0.cmp(&b.0));
    keep_places(tree, &mut new);
    Ok((!same(tree, &new)).then_some(new))
}

/// What to look at, none inside another; `None` when everything must be looked at.
fn places(root: &Path, tree: &Tree, changed: &[PathBuf]) -> Option<BTreeSet<PathBuf>> {
    let mut out: BTreeSet<PathBuf> = BTreeSet::new();
    for path in changed {
        let mut place = PathBuf::new();
        for part in path {
            let name = part.to_str()?;
            // Two names in different normal forms can be one path in the tree.
            if nfc(name) != name {
                return None;
            }
            let hidden = is_hidden(name) || (place.as_os_str().is_empty() && !TOPS.contains(&name));
            if hidden {
                place.clear();
                break;
            }
            place.push(part);
            // Nothing behind a link is read, but the link itself is told.
            if root.join(&place).is_symlink() {
                break;
            }
        }
        if !place.as_os_str().is_empty() {
            out.insert(place);
        }
    }
    let paths = || tree.files.iter().map(|file| &file.path);
    let twice = paths().zip(paths().skip(1)).any(|(a, b)| a == b);
    if twice || out.len() > MOST_PLACES {
        return None;
    }
    let inside = |place: &PathBuf| place.ancestors().skip(1).any(|around| out.contains(around));
    Some(out.iter().filter(|place| !inside(place)).cloned().collect())
}

/// Walks one place as long as things vanish from it.
fn look(
    root: &Path,
    place: &Path,
    wanted: &mut Vec<(String, PathBuf)>,
    skipped: &mut Vec<(String, Skipped)>,
) -> Result<(), Fatal> {
    let before = (wanted.len(), skipped.len());
    for attempt in 1.. {
        if place.symlink_metadata().is_err() {
            return Ok(());
        }
        match walk(root, place, wanted, skipped) {
            Err(fatal) if fatal.source.kind() == ErrorKind::NotFound && attempt < ATTEMPTS => {
                wanted.truncate(before.0);
                skipped.truncate(before.1);
            }
            done => return done,
        }
    }
    Ok(())
}

fn present(read: Result<TreeFile, Fatal>) -> Result<Option<TreeFile>, Fatal> {
    match read {
        Ok(file) => Ok(Some(file)),
        Err(fatal) if fatal.source.kind() == ErrorKind::NotFound => Ok(None),
        Err(fatal) => Err(fatal),
    }
}

/// Gives files with the same bytes as before the same place in memory.
fn keep_places(old: &Tree, new: &mut Tree) {
    let before: BTreeMap<&str, &Arc<[u8]>> = old
        .files
        .iter()
        .map(|file| (file.path.as_str(), &file.bytes))
        .collect();
    for file in &mut new.files {
        if let Some(bytes) = before.get(file.path.as_str())
            && !Arc::ptr_eq(bytes, &file.bytes)
            && ***bytes == *file.bytes
        {
            file.bytes = Arc::clone(bytes);
        }
    }
}

fn same(old: &Tree, new: &Tree) -> bool {
    let alike =
        |(a, b): (&TreeFile, &TreeFile)| a.path == b.path && Arc::ptr_eq(&a.bytes, &b.bytes);
    old.skipped == new.skipped
        && old.files.len() == new.files.len()
        && old.files.iter().zip(&new.files).all(alike)
}
