//! What was written, from what: `public/.loa/manifest.json`.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::plan::Plan;
use crate::diag::Sources;
use crate::text::sha256;

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
    /// Describes a plan.
    #[must_use]
    pub fn of(plan: &Plan, sources: &Sources) -> Manifest {
        let all: Vec<_> = plan
            .editions
            .iter()
            .flat_map(|edition| {
                edition
                    .files
                    .values()
                    .map(move |file| (&edition.name, file))
            })
            .collect();
        let entries: Vec<(String, Entry)> = all
            .par_iter()
            .map(|(edition, file)| {
                let mut from: Vec<String> = file
                    .from
                    .iter()
                    .map(|span| sources.path(span.file).to_owned())
                    .collect();
                from.sort();
                from.dedup();
                let entry = Entry {
                    size: file.bytes.len() as u64,
                    sha256: sha256(&file.bytes),
                    media: file.media.to_owned(),
                    sources: from,
                };
                (format!("{edition}/{}", file.path), entry)
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
