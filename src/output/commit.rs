//! Writing: each edition is made beside the old one and takes its place in one step.
//!
//! At every moment `public/EDITION` is a whole site. The new folder is put together under
//! `public/.loa/staging`: files that did not change are linked into it, so they keep their bytes
//! and times; files that loa did not write are linked too; then the two folders change places.
//! `pending.json` is written before the first exchange, so that a build that is killed leaves no
//! file that nobody owns.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::manifest::Manifest;
use super::plan::{Plan, PlannedEdition};
use crate::diag::{Fatal, Sources};
use crate::model::Artifact;

/// What a commit did.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Committed {
    /// Files written because they are new or changed.
    pub written: usize,
    /// Files left as they were.
    pub unchanged: usize,
    /// Files removed because nothing makes them any more.
    pub removed: usize,
}

/// Writes a plan below `out` and returns what was done.
///
/// # Errors
/// When the operating system refuses; the last good editions stay.
pub fn commit(plan: &Plan, sources: &Sources, out: &Path) -> Result<Committed, Fatal> {
    let own = out.join(".loa");
    fs::create_dir_all(&own).map_err(|error| Fatal::new("fatal-create", &own, error))?;
    let _lock = lock(&own)?;
    let folders = Folders {
        out,
        staging: own.join("staging"),
        old: own.join("old"),
    };
    folders.recover()?;
    let before = read_manifest(&own.join("manifest.json"));
    let pending = read_manifest(&own.join("pending.json"));
    let known: BTreeSet<String> = before
        .files
        .keys()
        .chain(pending.files.keys())
        .cloned()
        .collect();
    let now = Manifest::of(plan, sources);
    let mut done = Committed::default();
    let mut ready: Vec<&str> = Vec::new();
    for edition in &plan.editions {
        if folders.stage(edition, &known, &mut done)? {
            ready.push(&edition.name);
        }
    }
    let gone: BTreeSet<String> = before
        .editions()
        .into_iter()
        .chain(pending.editions())
        .filter(|name| !plan.editions.iter().any(|e| e.name == *name))
        .collect();
    for name in &gone {
        let nothing = PlannedEdition {
            name: name.clone(),
            files: std::collections::BTreeMap::new(),
        };
        if folders.stage(&nothing, &known, &mut done)? {
            ready.push(name);
        }
    }
    let pending_path = own.join("pending.json");
    if ready.is_empty() && before == now {
        forget(&pending_path)?;
        return folders.clean().map(|()| done);
    }
    // Whatever this build or a killed one before it may have put there is ours to remove.
    let mut ours = now.clone();
    ours.files.extend(before.files);
    ours.files.extend(pending.files);
    write_manifest(&pending_path, &ours)?;
    for name in ready {
        folders.exchange(name)?;
    }
    write_manifest(&own.join("manifest.json"), &now)?;
    forget(&pending_path)?;
    folders.clean()?;
    Ok(done)
}

/// One build at a time writes to a folder.
fn lock(own: &Path) -> Result<File, Fatal> {
    let path = own.join("lock");
    let file = File::create(&path).map_err(|error| Fatal::new("fatal-create", &path, error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => Err(Fatal::new(
            "fatal-locked",
            &path,
            io::Error::new(io::ErrorKind::WouldBlock, "locked"),
        )),
        // Some file systems have no locks; they are no reason not to build.
        Err(fs::TryLockError::Error(_)) => Ok(file),
    }
}

fn read_manifest(path: &Path) -> Manifest {
    fs::read(path)
        .ok()
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .unwrap_or_default()
}

/// Written beside, then renamed: a build that is killed leaves the old list or the new one.
fn write_manifest(path: &Path, manifest: &Manifest) -> Result<(), Fatal> {
    let text = serde_json::to_vec_pretty(manifest)
        .map_err(|error| Fatal::new("fatal-write", path, error.into()))?;
    let beside = path.with_extension("json.new");
    write(&beside, &text)?;
    fs::rename(&beside, path).map_err(|error| Fatal::new("fatal-rename", path, error))
}

fn forget(path: &Path) -> Result<(), Fatal> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(Fatal::new("fatal-remove", path, error))
        }
        _ => Ok(()),
    }
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Fatal> {
    fs::write(path, bytes).map_err(|error| Fatal::new("fatal-write", path, error))
}

struct Folders<'a> {
    out: &'a Path,
    staging: PathBuf,
    old: PathBuf,
}

impl Folders<'_> {
    /// Puts back what a killed exchange took away, and removes what it left.
    fn recover(&self) -> Result<(), Fatal> {
        for entry in fs::read_dir(&self.old).into_iter().flatten().flatten() {
            let place = self.out.join(entry.file_name());
            if !place.exists() {
                fs::rename(entry.path(), &place)
                    .map_err(|error| Fatal::new("fatal-rename", &place, error))?;
            }
        }
        self.clean()
    }

    fn clean(&self) -> Result<(), Fatal> {
        for folder in [&self.staging, &self.old] {
            if folder.exists() {
                fs::remove_dir_all(folder)
                    .map_err(|error| Fatal::new("fatal-remove", folder, error))?;
            }
        }
        Ok(())
    }

    /// Puts the new folder of an edition together; false when nothing in it changed.
    fn stage(
        &self,
        edition: &PlannedEdition,
        known: &BTreeSet<String>,
        done: &mut Committed,
    ) -> Result<bool, Fatal> {
        let current = self.out.join(&edition.name);
        let there = list(&current)?;
        let same: Vec<bool> = edition
            .files
            .par_iter()
            .map(|(path, file)| is_same(&current.join(path), file))
            .collect();
        let foreign: Vec<&String> = there
            .iter()
            .filter(|path| {
                !edition.files.contains_key(*path)
                    && !known.contains(&format!("{}/{path}", edition.name))
            })
            .collect();
        let kept = same.iter().filter(|same| **same).count();
        let removed = there.len()
            - foreign.len()
            - there
                .iter()
                .filter(|path| edition.files.contains_key(*path))
                .count();
        done.unchanged += kept;
        done.written += edition.files.len() - kept;
        done.removed += removed;
        if kept == edition.files.len() && removed == 0 {
            return Ok(false);
        }
        let staged = self.staging.join(&edition.name);
        let paths = edition.files.keys().chain(foreign.iter().copied());
        make_folders(&staged, paths)?;
        let files: Vec<_> = edition.files.iter().zip(same).collect();
        files.par_iter().try_for_each(|((path, file), same)| {
            let to = staged.join(path);
            if *same {
                carry(&current.join(path), &to)
            } else {
                write(&to, &file.bytes)
            }
        })?;
        foreign
            .par_iter()
            .try_for_each(|path| carry(&current.join(path), &staged.join(path)))?;
        Ok(true)
    }

    /// Lets the new folder of an edition take the place of the old one.
    fn exchange(&self, name: &str) -> Result<(), Fatal> {
        let (new, place) = (self.staging.join(name), self.out.join(name));
        let refused = |error| Fatal::new("fatal-rename", &place, error);
        if !place.exists() {
            return fs::rename(&new, &place).map_err(refused);
        }
        if list(&new)?.is_empty() {
            return fs::remove_dir_all(&place)
                .map_err(|error| Fatal::new("fatal-remove", &place, error));
        }
        if swap(&new, &place).is_ok() {
            return Ok(());
        }
        // Without an atomic exchange: two renames, and `recover` puts the old folder back if killed between.
        fs::create_dir_all(&self.old)
            .map_err(|error| Fatal::new("fatal-create", &self.old, error))?;
        let old = self.old.join(name);
        fs::rename(&place, &old).map_err(refused)?;
        fs::rename(&new, &place).map_err(|error| {
            // The message is about the first error; if this fails too, the next build recovers.
            let _ = fs::rename(&old, &place);
            refused(error)
        })
    }
}

/// Two folders change places in one step, where the system can do that.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn swap(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE).map_err(io::Error::from)
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn swap(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::Error::from(io::ErrorKind::Unsupported))
}

/// The files below a folder, with `/`; none when there is no folder.
fn list(folder: &Path) -> Result<BTreeSet<String>, Fatal> {
    let mut out = BTreeSet::new();
    let mut open = vec![(folder.to_owned(), String::new())];
    while let Some((folder, prefix)) = open.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound && prefix.is_empty() => {
                return Ok(out);
            }
            Err(error) => return Err(Fatal::new("fatal-read", &folder, error)),
        };
        for entry in entries {
            let entry = entry.map_err(|error| Fatal::new("fatal-read", &folder, error))?;
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                open.push((entry.path(), format!("{name}/")));
            } else {
                out.insert(name);
            }
        }
    }
    Ok(out)
}

fn is_same(path: &Path, file: &Artifact) -> bool {
    let size = fs::symlink_metadata(path)
        .ok()
        .filter(std::fs::Metadata::is_file)
        .map(|metadata| metadata.len());
    size == Some(file.bytes.len() as u64) && fs::read(path).is_ok_and(|bytes| bytes == *file.bytes)
}

fn make_folders<'a>(root: &Path, paths: impl Iterator<Item = &'a String>) -> Result<(), Fatal> {
    let mut folders: BTreeSet<&str> = paths
        .filter_map(|path| Some(path.rsplit_once('/')?.0))
        .collect();
    folders.insert("");
    for folder in folders {
        let path = root.join(folder);
        fs::create_dir_all(&path).map_err(|error| Fatal::new("fatal-create", &path, error))?;
    }
    Ok(())
}

/// The same file at another place: linked, or copied with its time where links are not to be had.
fn carry(from: &Path, to: &Path) -> Result<(), Fatal> {
    if fs::hard_link(from, to).is_ok() {
        return Ok(());
    }
    let copy = || -> io::Result<()> {
        fs::copy(from, to)?;
        let modified = fs::metadata(from)?.modified()?;
        File::options().write(true).open(to)?.set_modified(modified)
    };
    copy().map_err(|error| Fatal::new("fatal-write", to, error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{FileId, Span};

    fn site(files: &[(&str, &str)]) -> Plan {
        let artifact = |(path, text): &(&str, &str)| Artifact {
            path: (*path).to_owned(),
            media: "text/plain",
            bytes: text.as_bytes().into(),
            from: Vec::new(),
        };
        let span = Span::start_of(FileId(0));
        super::super::plan(vec![(
            "bao".into(),
            span,
            files.iter().map(artifact).collect(),
        )])
        .value
    }

    #[test]
    fn changed_files_are_written_stale_ones_removed_foreign_ones_kept() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path();
        let sources = Sources::default();
        commit(
            &site(&[("a/index.html", "1"), ("b/index.html", "2")]),
            &sources,
            out,
        )
        .unwrap();
        fs::write(out.join("bao/CNAME"), "x").unwrap();
        let time = |path: &str| fs::metadata(out.join(path)).unwrap().modified().unwrap();
        let before = time("bao/a/index.html");
        let done = commit(
            &site(&[("a/index.html", "1"), ("c/index.html", "3")]),
            &sources,
            out,
        )
        .unwrap();
        assert_eq!(
            done,
            Committed {
                written: 1,
                unchanged: 1,
                removed: 1
            }
        );
        let left: Vec<String> = list(&out.join("bao")).unwrap().into_iter().collect();
        assert_eq!(left, ["CNAME", "a/index.html", "c/index.html"]);
        assert_eq!(time("bao/a/index.html"), before);
        assert!(!out.join(".loa/staging").exists() && !out.join(".loa/pending.json").exists());
    }

    #[test]
    fn an_edition_that_is_no_longer_made_leaves_only_foreign_files() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path();
        commit(&site(&[("a.txt", "1")]), &Sources::default(), out).unwrap();
        commit(&Plan::default(), &Sources::default(), out).unwrap();
        assert!(!out.join("bao").exists());
    }

    #[test]
    fn files_of_a_build_that_was_killed_before_its_list_was_final_are_not_foreign() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path();
        let sources = Sources::default();
        let (a, b) = (site(&[("a.txt", "1")]), site(&[("b.txt", "2")]));
        commit(&a, &sources, out).unwrap();
        let of_a = fs::read(out.join(".loa/manifest.json")).unwrap();
        commit(&b, &sources, out).unwrap();
        // As if the process had died after the exchange: the old list, and all names in the pending one.
        let mut both = Manifest::of(&a, &sources);
        both.files.extend(Manifest::of(&b, &sources).files);
        write_manifest(&out.join(".loa/pending.json"), &both).unwrap();
        fs::write(out.join(".loa/manifest.json"), of_a).unwrap();
        commit(&a, &sources, out).unwrap();
        assert_eq!(
            list(&out.join("bao"))
                .unwrap()
                .into_iter()
                .collect::<Vec<_>>(),
            ["a.txt"]
        );
    }

    #[test]
    fn a_killed_exchange_is_put_right() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path();
        commit(&site(&[("a.txt", "1")]), &Sources::default(), out).unwrap();
        fs::create_dir_all(out.join(".loa/old")).unwrap();
        fs::rename(out.join("bao"), out.join(".loa/old/bao")).unwrap();
        let done = commit(&site(&[("a.txt", "1")]), &Sources::default(), out).unwrap();
        assert_eq!(done.unchanged, 1);
    }
}
