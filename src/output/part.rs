//! The lists of shards: `public/.loa/manifest.K-of-N.json`, and whose files lie in a folder.
//!
//! Each shard has a list of its own name, so that the folders of several can be laid over one another.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::listing::Listing;
use super::manifest::Manifest;
use crate::diag::Fatal;

/// What a shard says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShardStamp {
    /// Its number, from 1.
    pub shard: usize,
    /// How many there are.
    pub of: usize,
    /// A digest of the sources, the options and the program.
    pub inputs: String,
    /// The version of the program.
    pub program: String,
}

/// The list of a shard as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Part {
    #[serde(flatten)]
    pub(super) stamp: ShardStamp,
    #[serde(flatten)]
    pub(super) list: Manifest,
}

impl Part {
    pub(super) fn of(stamp: &ShardStamp, list: &Manifest) -> Part {
        Part {
            stamp: stamp.clone(),
            list: list.clone(),
        }
    }
}

/// The list of a build and those beside it.
#[derive(Debug, Default)]
pub(super) struct Lists {
    /// The list of this build.
    pub(super) manifest: PathBuf,
    /// The same while editions are exchanged.
    pub(super) pending: PathBuf,
    /// What a shard says of itself; nothing for a whole build.
    pub(super) stamp: Option<ShardStamp>,
    /// The lists of all other shards.
    pub(super) parts: Vec<PathBuf>,
}

impl Lists {
    /// Looks which lists lie in a folder `.loa`.
    ///
    /// A shard refuses a folder with a whole build or with parts of another division: it could not
    /// tell whose the files there are, and a merge would leave some that nobody owns.
    pub(super) fn look(own: &Path, stamp: Option<ShardStamp>) -> Result<Lists, Fatal> {
        let whole = [own.join("manifest.json"), own.join("pending.json")];
        let mut parts = found(own)?;
        let Some(mine) = &stamp else {
            let [manifest, pending] = whole;
            return Ok(Lists {
                manifest,
                pending,
                stamp,
                parts: parts.into_iter().map(|(_, path)| path).collect(),
            });
        };
        let refuse = |doing, path: &Path| {
            let error = io::Error::new(io::ErrorKind::AlreadyExists, "occupied");
            Err(Fatal::new(doing, path, error))
        };
        if let Some(path) = whole.iter().find(|path| path.exists()) {
            return refuse("fatal-whole-here", path);
        }
        if let Some((_, path)) = parts.iter().find(|((_, of), _)| *of != mine.of) {
            return refuse("fatal-other-shards", path);
        }
        parts.retain(|((number, _), _)| *number != mine.shard);
        let name = |kind: &str| own.join(format!("{kind}.{}-of-{}.json", mine.shard, mine.of));
        Ok(Lists {
            manifest: name("manifest"),
            pending: name("pending"),
            parts: parts.into_iter().map(|(_, path)| path).collect(),
            stamp,
        })
    }
}

/// A shard's number, and how many there are.
pub(super) type Place = (usize, usize);

/// The lists of shards in a folder `.loa`, unfinished ones too, in the order of their numbers.
fn found(own: &Path) -> Result<Vec<(Place, PathBuf)>, Fatal> {
    let entries = match fs::read_dir(own) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Fatal::new("fatal-read", own, error)),
    };
    let mut out = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|error| Fatal::new("fatal-read", own, error))?;
        let name = entry.file_name();
        if let Some(place) = name.to_str().and_then(place) {
            out.push((place, entry.path()));
        }
    }
    out.sort();
    Ok(out)
}

/// The finished lists of shards in a folder `.loa`, in the order of their numbers.
pub(super) fn finished(own: &Path) -> Result<Vec<(Place, PathBuf)>, Fatal> {
    let mut out = found(own)?;
    out.retain(|(_, path)| {
        let name = path.file_name().and_then(|name| name.to_str());
        name.is_some_and(|name| name.starts_with("manifest."))
    });
    Ok(out)
}

/// Which shard a list is of, by its name.
fn place(name: &str) -> Option<Place> {
    let rest = ["manifest.", "pending."]
        .iter()
        .find_map(|kind| name.strip_prefix(kind))?;
    let (number, of) = rest.strip_suffix(".json")?.split_once("-of-")?;
    Some((number.parse().ok()?, of.parse().ok()?))
}

/// Writes a list.
pub(super) fn write_list(
    path: &Path,
    list: &Manifest,
    stamp: Option<&ShardStamp>,
) -> Result<(), Fatal> {
    put_list(path, &text_of_list(path, Listing::Listed(list), stamp)?)
}

/// A list as it is written at a path.
pub(super) fn text_of_list(
    path: &Path,
    list: Listing<'_>,
    stamp: Option<&ShardStamp>,
) -> Result<Vec<u8>, Fatal> {
    let text = match stamp {
        None => list.to_bytes(),
        Some(stamp) => serde_json::to_vec_pretty(&Part::of(stamp, &list.manifest())),
    };
    text.map_err(|error| Fatal::new("fatal-write", path, error.into()))
}

/// Written beside, then renamed: a build that is killed leaves the old list or the new one.
pub(super) fn put_list(path: &Path, text: &[u8]) -> Result<(), Fatal> {
    let beside = path.with_extension("json.new");
    write(&beside, text)?;
    fs::rename(&beside, path).map_err(|error| Fatal::new("fatal-rename", path, error))
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Fatal> {
    fs::write(path, bytes).map_err(|error| Fatal::new("fatal-write", path, error))
}
