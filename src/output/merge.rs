//! Several shards become one build: all there, all whole, of the same inputs, or nothing is changed.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::commit::Committed;
use super::manifest::{Entry, Manifest};
use super::part::{Part, Place, finished};
use super::plan::{EditionName, is_safe};
use super::staging::Staging;
use crate::channel::Sink;
use crate::diag::{Fatal, FileId, Message, Span};
use crate::model::{Artifact, Bytes};
use crate::text::sha256;

/// What a merge did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merged {
    /// How many shards became one build.
    pub shards: usize,
    /// How many files the build has.
    pub files: usize,
    /// What changed on the disk.
    pub done: Committed,
}

/// Why shards could not be merged; nothing was changed.
#[derive(Debug)]
pub enum Unmerged {
    /// They are no whole.
    Problems(Vec<Message>),
    /// The operating system refused.
    Fatal(Fatal),
}

impl From<Fatal> for Unmerged {
    fn from(fatal: Fatal) -> Unmerged {
        Unmerged::Fatal(fatal)
    }
}

/// A shard that was found.
struct Found {
    /// The folder in which its editions lie.
    folder: PathBuf,
    /// Its list.
    path: PathBuf,
    part: Part,
}

/// Makes one build below `out` of the shards in some folders, or of those that lie there already.
///
/// # Errors
/// When the shards do not make a whole, or the operating system refuses.
pub fn merge(out: &Path, folders: &[PathBuf]) -> Result<Merged, Unmerged> {
    let here = [out.to_owned()];
    let folders = if folders.is_empty() { &here } else { folders };
    let mut problems = Vec::new();
    let mut found = Vec::new();
    for folder in folders {
        collect(folder, &mut found, &mut problems)?;
    }
    if !found.is_empty() {
        agree(&found, &mut problems);
    }
    let list = join(&found, &mut problems);
    if !problems.is_empty() {
        // Damaged files are told too, so that all is mended at once.
        problems.extend(copy(&found, None)?);
        return Err(Unmerged::Problems(problems));
    }
    let staging = Staging::open(out, editions(&list), None)?;
    let problems = copy(&found, Some(&staging))?;
    let mut sealed = staging.close();
    let collisions = sealed.diags.iter().map(|diag| diag.message.clone());
    let problems: Vec<Message> = problems.into_iter().chain(collisions).collect();
    if !problems.is_empty() {
        return Err(Unmerged::Problems(problems));
    }
    Ok(Merged {
        shards: found.len(),
        files: list.files.len(),
        done: sealed.commit_as(&list)?,
    })
}

/// The shards of a folder.
fn collect(
    folder: &Path,
    found: &mut Vec<Found>,
    problems: &mut Vec<Message>,
) -> Result<(), Fatal> {
    let lists = finished(&folder.join(".loa"))?;
    if lists.is_empty() {
        problems.push(Message::new("merge-none").with("folder", shown(folder)));
    }
    for (place, path) in lists {
        let bytes = fs::read(&path).map_err(|error| Fatal::new("fatal-read", &path, error))?;
        match serde_json::from_slice::<Part>(&bytes) {
            Ok(part) if is_sound(&part, place) => found.push(Found {
                folder: folder.to_owned(),
                path,
                part,
            }),
            _ => problems.push(Message::new("merge-unreadable").with("path", shown(&path))),
        }
    }
    Ok(())
}

/// Whether a list has the shape that this version knows and is what its name says.
fn is_sound(part: &Part, place: Place) -> bool {
    let stamp = &part.stamp;
    part.list.version == 1
        && (stamp.shard, stamp.of) == place
        && (1..=stamp.of).contains(&stamp.shard)
}

/// All shards are of one division of the same inputs, and each is there once.
fn agree(found: &[Found], problems: &mut Vec<Message>) {
    let first = &found[0];
    let stamp = &first.part.stamp;
    for other in &found[1..] {
        let its = &other.part.stamp;
        let differs = [
            ("merge-other-division", stamp.of != its.of),
            ("merge-other-program", stamp.program != its.program),
            ("merge-other-inputs", stamp.inputs != its.inputs),
        ];
        // Another program gives another digest too: the first difference says it.
        if let Some((id, _)) = differs.iter().find(|(_, differs)| *differs) {
            let message = Message::new(id)
                .with("path", shown(&other.path))
                .with("first", shown(&first.path));
            problems.push(message);
        }
    }
    let mut there: BTreeMap<usize, &Found> = BTreeMap::new();
    for one in found.iter().filter(|one| one.part.stamp.of == stamp.of) {
        let number = one.part.stamp.shard;
        if let Some(other) = there.insert(number, one) {
            let message = Message::new("merge-twice")
                .with("shard", format!("{number}/{}", stamp.of))
                .with("path", shown(&one.path))
                .with("other", shown(&other.path));
            problems.push(message);
        }
    }
    let missing: Vec<String> = (1..=stamp.of)
        .filter(|number| !there.contains_key(number))
        .map(|number| format!("{number}/{}", stamp.of))
        .collect();
    if !missing.is_empty() {
        let message = Message::new("merge-missing")
            .with("count", missing.len())
            .with("shards", missing.join(", "));
        problems.push(message);
    }
}

/// One list of all files. No two may stand in one another's way: what a whole build would find.
fn join(found: &[Found], problems: &mut Vec<Message>) -> Manifest {
    let mut files: BTreeMap<String, Entry> = BTreeMap::new();
    let mut makers: BTreeMap<String, (&str, &Found)> = BTreeMap::new();
    let collide = |path: &str, one: &Found, other: &str, its: &Found| {
        Message::new("merge-collision")
            .with("path", path)
            .with("list", shown(&one.path))
            .with("other", other)
            .with("its", shown(&its.path))
    };
    for one in found {
        for (path, entry) in &one.part.list.files {
            if !path.contains('/') || !is_safe(path) {
                let message = Message::new("merge-unsafe").with("path", path.as_str());
                problems.push(message.with("list", shown(&one.path)));
            } else if let Some((other, its)) = makers.get(&path.to_lowercase()) {
                // The same shard twice was told already.
                if one.part.stamp != its.part.stamp {
                    problems.push(collide(path, one, other, its));
                }
            } else {
                makers.insert(path.to_lowercase(), (path, one));
                files.insert(path.clone(), entry.clone());
            }
        }
    }
    for (folded, (path, one)) in &makers {
        let around = folded.match_indices('/').map(|(at, _)| &folded[..at]);
        for (other, its) in around.filter_map(|folder| makers.get(folder)) {
            problems.push(collide(path, one, other, its));
        }
    }
    Manifest { version: 1, files }
}

/// The editions of a list, in any order.
fn editions(list: &Manifest) -> Vec<EditionName> {
    let place = Span::start_of(FileId(0));
    let names = list.editions().into_iter();
    names.map(|name| (name, place)).collect()
}

/// Hands each file over if it is what its list says, and tells of those that are not.
fn copy(found: &[Found], to: Option<&Staging>) -> Result<Vec<Message>, Fatal> {
    let places: BTreeMap<&str, usize> = to.map_or_else(BTreeMap::new, Staging::places);
    let files: Vec<(&Found, &str, &Entry)> = found
        .iter()
        .flat_map(|one| {
            let files = one.part.list.files.iter();
            files.map(move |(path, entry)| (one, path.as_str(), entry))
        })
        .filter(|(_, path, _)| path.contains('/') && is_safe(path))
        .collect();
    let told: Vec<Option<Message>> = files
        .par_iter()
        .map(|(one, path, entry)| {
            let place = one.folder.join(path);
            let Some(bytes) = read(&place)? else {
                return Ok(Some(
                    Message::new("merge-file-missing").with("path", shown(&place)),
                ));
            };
            if bytes.len() as u64 != entry.size || sha256(&bytes) != entry.sha256 {
                return Ok(Some(
                    Message::new("merge-file-changed").with("path", shown(&place)),
                ));
            }
            let (edition, rest) = path.split_once('/').unwrap_or_default();
            if let Some((to, edition)) = to.zip(places.get(edition)) {
                let artifact = Artifact {
                    path: rest.to_owned(),
                    media: "",
                    bytes,
                    from: Vec::new(),
                };
                to.take(*edition, artifact);
            }
            Ok(None)
        })
        .collect::<Result<_, Fatal>>()?;
    Ok(told.into_iter().flatten().collect())
}

/// The bytes of a file; nothing when there is none, or only a link.
fn read(path: &Path) -> Result<Option<Bytes>, Fatal> {
    let refused = |error| Fatal::new("fatal-read", path, error);
    match fs::symlink_metadata(path) {
        Ok(data) if data.is_file() => Ok(Some(fs::read(path).map_err(refused)?.into())),
        Ok(_) => Ok(None),
        Err(error)
            if [io::ErrorKind::NotFound, io::ErrorKind::NotADirectory].contains(&error.kind()) =>
        {
            Ok(None)
        }
        Err(error) => Err(refused(error)),
    }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}
