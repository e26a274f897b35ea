//! Lists of files that answer questions without being put together: what the last build left, and what this
//! one makes.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use super::made::Memory;
use super::manifest::{Entry, Manifest};
use super::plan::{Arranged, Placed};
use super::staging::Record;
use crate::diag::Sources;
use crate::text::hex;

/// What the last build left.
pub(super) enum Before<'a> {
    /// As it is remembered.
    Remembered(&'a Memory),
    /// As its list says.
    Listed(&'a Manifest),
}

impl<'a> Before<'a> {
    /// Whether a file of an edition was left with such bytes.
    pub(super) fn has(&self, edition: &str, path: &str, size: u64, sha256: &[u8; 32]) -> bool {
        match self {
            Before::Remembered(memory) => memory.has(edition, path, size, sha256),
            Before::Listed(list) if list.files.is_empty() => false,
            Before::Listed(list) => list
                .files
                .get(&format!("{edition}/{path}"))
                .is_some_and(|entry| entry.size == size && entry.sha256 == hex(sha256)),
        }
    }

    /// The paths that an edition had, in order.
    pub(super) fn paths(&self, edition: &str) -> Vec<&'a str> {
        match self {
            Before::Remembered(memory) => memory.paths(edition).collect(),
            Before::Listed(list) => of_edition(list, edition).collect(),
        }
    }

    /// The editions that had files.
    pub(super) fn editions(&self) -> Vec<String> {
        match self {
            Before::Remembered(memory) => memory.editions(),
            Before::Listed(list) => list.editions(),
        }
    }

    /// What is there no more.
    pub(super) fn gone(&self, now: &Listing<'_>) -> Vec<(String, Entry)> {
        match self {
            Before::Remembered(memory) => memory.gone(&|name| now.paths(name)),
            Before::Listed(list) => gone(list, now),
        }
    }

    /// The same as one list.
    pub(super) fn manifest(&self) -> Cow<'a, Manifest> {
        match self {
            Before::Remembered(memory) => Cow::Owned(memory.manifest()),
            Before::Listed(list) => Cow::Borrowed(list),
        }
    }
}

/// The files of a list that are there no more.
pub(super) fn gone(list: &Manifest, now: &Listing<'_>) -> Vec<(String, Entry)> {
    let files = list.files.iter();
    let gone = files.filter(|(path, _)| {
        let (edition, path) = path.split_once('/').unwrap_or_default();
        !now.has(edition, path)
    });
    gone.map(|(path, entry)| (path.clone(), entry.clone()))
        .collect()
}

/// The paths in a list that lie in an edition.
pub(super) fn of_edition<'a>(
    list: &'a Manifest,
    edition: &str,
) -> impl Iterator<Item = &'a str> + use<'a> {
    let prefix = format!("{edition}/");
    let from = list.files.range(prefix.clone()..);
    from.map_while(move |(path, _)| path.strip_prefix(prefix.as_str()))
}

/// Of two lists of paths in order, what the second lacks of the first.
pub(super) fn lacking<'a, 'b>(
    first: impl Iterator<Item = &'a str>,
    second: impl Iterator<Item = &'b str>,
) -> Vec<&'a str> {
    let mut second = second.peekable();
    let lacks = |path: &&str| {
        while second.next_if(|other| *other < *path).is_some() {}
        second.peek().is_none_or(|other| *other != *path)
    };
    first.filter(lacks).collect()
}

/// What is there now.
#[derive(Clone, Copy)]
pub(super) enum Listing<'a> {
    /// As a list says.
    Listed(&'a Manifest),
    /// As it was made.
    Made(&'a Arranged<Record>, &'a Sources),
}

impl Listing<'_> {
    fn has(&self, edition: &str, path: &str) -> bool {
        match self {
            Listing::Listed(list) => list.files.contains_key(&format!("{edition}/{path}")),
            Listing::Made(editions, _) => editions
                .iter()
                .any(|(name, files)| name == edition && files.contains_key(path)),
        }
    }

    /// The paths of an edition, in order.
    fn paths(&self, edition: &str) -> Vec<&str> {
        match self {
            Listing::Listed(list) => of_edition(list, edition).collect(),
            Listing::Made(editions, _) => editions
                .iter()
                .filter(|(name, _)| name == edition)
                .flat_map(|(_, files)| files.keys().map(String::as_str))
                .collect(),
        }
    }

    /// The editions that have files.
    pub(super) fn editions(&self) -> Vec<String> {
        match self {
            Listing::Listed(list) => list.editions(),
            Listing::Made(editions, _) => editions
                .iter()
                .filter(|(_, files)| !files.is_empty())
                .map(|(name, _)| name.clone())
                .collect(),
        }
    }

    /// The same as one list.
    pub(super) fn manifest(&self) -> Cow<'_, Manifest> {
        match self {
            Listing::Listed(list) => Cow::Borrowed(list),
            Listing::Made(editions, sources) => Cow::Owned(Manifest::of(editions, sources)),
        }
    }

    /// The list as it is written.
    ///
    /// # Errors
    /// None that a list can cause.
    pub(super) fn to_bytes(self) -> serde_json::Result<Vec<u8>> {
        match self {
            Listing::Listed(list) => serde_json::to_vec_pretty(list),
            Listing::Made(editions, sources) => serde_json::to_vec_pretty(&ManifestOut {
                version: 1,
                files: Files(editions, sources),
            }),
        }
    }
}

/// [`Manifest`] as it is written: what is in memory anyway is not copied first.
#[derive(Serialize)]
struct ManifestOut<'a> {
    version: u32,
    files: Files<'a>,
}

struct Files<'a>(&'a Arranged<Record>, &'a Sources);

#[derive(Serialize)]
pub(super) struct EntryOut<'a> {
    size: u64,
    sha256: String,
    media: &'a str,
    sources: Vec<&'a str>,
}

impl Serialize for Files<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let Files(editions, sources) = *self;
        let mut editions: Vec<(String, &BTreeMap<String, Record>)> = editions
            .iter()
            .map(|(name, files)| (format!("{name}/"), files))
            .collect();
        editions.sort_by(|a, b| a.0.cmp(&b.0));
        to.collect_map(editions.iter().flat_map(|(folder, files)| {
            let files = files.iter();
            files.map(move |(path, file)| (format!("{folder}{path}"), entry(file, sources)))
        }))
    }
}

pub(super) fn entry<'a>(file: &'a Record, sources: &'a Sources) -> EntryOut<'a> {
    let from = file.from().iter();
    let mut from: Vec<&str> = from.map(|span| sources.path(span.file)).collect();
    from.sort_unstable();
    from.dedup();
    EntryOut {
        size: file.size,
        sha256: hex(&file.sha256),
        media: &file.media,
        sources: from,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{SourceFile, Span};
    use crate::load::Stamp;

    #[test]
    fn a_list_is_written_as_if_it_had_been_put_together() {
        let mut sources = Sources::default();
        let mut name = |path: &str| sources.add(SourceFile::new(path.to_owned(), String::new()));
        let (b, a) = (name("content/b.md"), name("content/\"a\".md"));
        let record = |path: &str| Record {
            path: path.to_owned(),
            from: vec![Span::start_of(b), Span::start_of(a), Span::start_of(b)],
            media: "text/html".into(),
            size: 3,
            sha256: [7; 32],
            kept: false,
            stamp: Stamp::default(),
        };
        let edition = |name: &str, paths: &[&str]| {
            let files = paths.iter().map(|path| ((*path).to_owned(), record(path)));
            (name.to_owned(), files.collect())
        };
        let editions = vec![
            edition("bao", &["b/index.html", "a"]),
            edition("bao-2", &["z"]),
            edition("a", &[]),
        ];
        let listing = Listing::Made(&editions, &sources);
        let manifest = Manifest::of(&editions, &sources);
        let text = serde_json::to_string_pretty(&manifest).unwrap();
        assert_eq!(
            String::from_utf8(listing.to_bytes().unwrap()).unwrap(),
            text
        );
        assert_eq!(listing.editions(), ["bao", "bao-2"]);
        assert_eq!(manifest.editions(), ["bao-2", "bao"]);
    }
}
