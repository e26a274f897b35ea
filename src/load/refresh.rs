//! Reading a site again, but only where something changed on the disk.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::snapshot::{Seen, Skipped, TOPS, Tree, TreeFile, is_hidden, read, site_path, walk};
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
    let read: Vec<Option<Seen>> = wanted
        .into_par_iter()
        .map(|(path, disk)| present(read(path, disk)))
        .collect::<Result<_, _>>()?;
    let mut files: Vec<TreeFile> = Vec::new();
    for seen in read.into_iter().flatten() {
        match seen {
            Seen::File(file, _) => files.push(keep_place(tree, file)),
            Seen::Skipped(path, why) => skipped.push((path, why)),
        }
    }
    let again: BTreeSet<String> = places.iter().filter_map(|place| site_path(place)).collect();
    let stays = |path: &str| {
        let mut around = path.match_indices('/').map(|(at, _)| &path[..at]);
        !again.contains(path) && !around.any(|folder| again.contains(folder))
    };
    let mut new = Tree::default();
    let kept = tree.files.iter().filter(|file| stays(&file.path)).cloned();
    new.files = kept.chain(files).collect();
    new.files.sort_by(|a, b| a.path.cmp(&b.path));
    let kept = tree.skipped.iter().filter(|(path, _)| stays(path)).cloned();
    new.skipped = kept.chain(skipped).collect();
    new.skipped.sort_by(|a, b| a.0.cmp(&b.0));
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

fn present(read: Result<Seen, Fatal>) -> Result<Option<Seen>, Fatal> {
    match read {
        Ok(seen) => Ok(Some(seen)),
        Err(fatal) if fatal.source.kind() == ErrorKind::NotFound => Ok(None),
        Err(fatal) => Err(fatal),
    }
}

/// Gives a file with the same bytes as before the same place in memory.
fn keep_place(old: &Tree, mut new: TreeFile) -> TreeFile {
    let before = old.files.binary_search_by(|file| file.path.cmp(&new.path));
    if let Ok(place) = before
        && old.files[place].bytes() == new.bytes()
    {
        new.blob = Arc::clone(&old.files[place].blob);
    }
    new
}

fn same(old: &Tree, new: &Tree) -> bool {
    let alike = |(a, b): (&TreeFile, &TreeFile)| a.path == b.path && Arc::ptr_eq(&a.blob, &b.blob);
    old.skipped == new.skipped
        && old.files.len() == new.files.len()
        && old.files.iter().zip(&new.files).all(alike)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::load::snapshot;

    fn put(root: &Path, path: &str, text: &str) {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn again(root: &Path, tree: &Tree, changed: &[&str]) -> Option<Tree> {
        let changed: Vec<PathBuf> = changed.iter().map(PathBuf::from).collect();
        refresh(root, tree, Some(&changed)).unwrap()
    }

    /// What a refresh gives must be what reading everything gives.
    #[track_caller]
    fn like_a_snapshot(root: &Path, tree: &Tree) {
        let whole = snapshot(root).unwrap();
        let plain = |tree: &Tree| -> Vec<(String, Vec<u8>)> {
            let files = tree.files.iter();
            files
                .map(|file| (file.path.clone(), file.bytes().to_vec()))
                .collect()
        };
        assert_eq!(plain(tree), plain(&whole));
        assert_eq!(tree.skipped, whole.skipped);
    }

    #[test]
    fn reads_only_what_changed_and_gives_what_a_snapshot_gives() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        put(root, "loa.yaml", "title: T\n");
        put(root, "content/tin/a.md", "a");
        put(root, "content/tin/b.md", "b");
        put(root, "content/tin-khac/c.md", "c");
        let first = refresh(root, &Tree::default(), None).unwrap().unwrap();
        like_a_snapshot(root, &first);
        assert!(again(root, &first, &["content", "loa.yaml"]).is_none());
        assert!(again(root, &first, &["content/nothing/here.md"]).is_none());
        assert!(again(root, &first, &["public/x.html", "content/.x.swp"]).is_none());

        put(root, "content/tin/a.md", "A");
        put(root, "content/tin/b.md", "B");
        let one = again(root, &first, &["content/tin/a.md"]).unwrap();
        let bytes = |tree: &Tree, path: &str| {
            let file = tree.files.iter().find(|file| file.path == path);
            file.map(|file| Arc::clone(&file.blob)).unwrap()
        };
        assert_eq!(bytes(&one, "content/tin/a.md").bytes(), b"A");
        assert_eq!(
            bytes(&one, "content/tin/b.md").bytes(),
            b"b",
            "nobody said that it changed"
        );
        let place = |path: &str| Arc::ptr_eq(&bytes(&first, path), &bytes(&one, path));
        assert!(place("content/tin-khac/c.md") && place("loa.yaml"));

        fs::remove_file(root.join("content/tin/a.md")).unwrap();
        fs::rename(root.join("content/tin-khac"), root.join("content/moi")).unwrap();
        let moved = [
            "content/tin/a.md",
            "content/tin/b.md",
            "content/tin-khac",
            "content/moi",
        ];
        let two = again(root, &one, &moved).unwrap();
        like_a_snapshot(root, &two);
        fs::remove_dir_all(root.join("content")).unwrap();
        let none = again(root, &two, &["content"]).unwrap();
        assert_eq!(none.files.len(), 1);
        like_a_snapshot(root, &none);
    }

    #[test]
    fn names_in_another_normal_form_are_still_one_path() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        put(root, "content/b\u{e0}i.md", "NFC");
        let first = refresh(root, &Tree::default(), None).unwrap().unwrap();
        put(root, "content/ba\u{300}i.md", "NFD");
        let both = again(root, &first, &["content/ba\u{300}i.md"]).unwrap();
        like_a_snapshot(root, &both);
        fs::remove_file(root.join("content/ba\u{300}i.md")).unwrap();
        let one = again(root, &both, &["content/ba\u{300}i.md"]).unwrap();
        like_a_snapshot(root, &one);
    }

    #[cfg(unix)]
    #[test]
    fn nothing_behind_a_link_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        put(root, "content/a.md", "a");
        put(root, "ngoai/x.md", "x");
        let first = refresh(root, &Tree::default(), None).unwrap().unwrap();
        std::os::unix::fs::symlink(root.join("ngoai"), root.join("content/link")).unwrap();
        let linked = again(root, &first, &["content/link/x.md"]).unwrap();
        assert_eq!(
            linked.skipped,
            [("content/link".to_owned(), Skipped::Symlink)]
        );
        like_a_snapshot(root, &linked);
    }
}
