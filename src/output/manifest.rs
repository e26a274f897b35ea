//! What was written, from what: `public/.loa/manifest.json`.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::plan::Placed;
use super::staging::Record;
use crate::diag::Sources;
use crate::text::hex;

/// Every file of a build: path under `public/` and what it is.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Raised when the shape changes.
    pub version: u32,
    /// Files in path order.
    pub files: BTreeMap<String, Entry>,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// In bytes.
    pub size: u64,
    /// Of its bytes, in hexadecimal.
    pub sha256: String,
    /// Media type.
    pub media: String,
    /// Paths of its sources from the site's root.
    pub sources: Vec<String>,
}

impl Manifest {
    /// Describes editions.
    pub(super) fn of(
        editions: &[(String, BTreeMap<String, Record>)],
        sources: &Sources,
    ) -> Manifest {
        let all: Vec<_> = editions
            .iter()
            .flat_map(|(name, files)| files.values().map(move |file| (name, file)))
            .collect();
        let entries: Vec<(String, Entry)> = all
            .par_iter()
            .map(|(edition, file)| {
                let mut from: Vec<String> = file
                    .from()
                    .iter()
                    .map(|span| sources.path(span.file).to_owned())
                    .collect();
                from.sort();
                from.dedup();
                let entry = Entry {
                    size: file.size,
                    sha256: hex(&file.sha256),
                    media: file.media.clone().into_owned(),
                    sources: from,
                };
                (format!("{edition}/{}", file.path()), entry)
            })
            .collect();
        Manifest {
            version: 1,
            files: entries.into_iter().collect(),
        }
    }

    /// The editions that have files.
    #[must_use]
    pub fn editions(&self) -> Vec<String> {
        let mut out: Vec<String> = self
            .files
            .keys()
            .filter_map(|path| Some(path.split_once('/')?.0.to_owned()))
            .collect();
        out.dedup();
        out
    }
}
