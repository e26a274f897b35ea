//! What is made when somebody looks at it: each leaflet, and what is looked for in for words.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::channel::Want;
use crate::diag::{Catalogue, Language, human};
use crate::model::Bytes;
use crate::pipeline::Prepared;

/// The leaflets of one build.
pub(super) struct Leaflets {
    prepared: Arc<Prepared>,
    /// The version of the preview that they belong to.
    pub(super) since: u64,
    done: Mutex<BTreeMap<(String, String), Leaflet>>,
}

/// A leaflet that was asked for.
#[derive(Debug, Clone)]
pub(super) enum Leaflet {
    /// There it is.
    Set(&'static str, Bytes),
    /// It could not be set; why, in words.
    Failed(String),
    /// There is none of that name.
    Missing,
}

impl Leaflets {
    pub(super) fn new(prepared: Arc<Prepared>, since: u64) -> Leaflets {
        Leaflets {
            prepared,
            since,
            done: Mutex::default(),
        }
    }

    /// The leaflet at a path of an edition. One is set at a time; the others wait.
    pub(super) fn get(&self, edition: &str, path: &str, language: Language) -> Leaflet {
        let mut done = self.done.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (edition.to_owned(), path.to_owned());
        if let Some(leaflet) = done.get(&key) {
            return leaflet.clone();
        }
        let made = self
            .prepared
            .make(&|one| one.name == edition, Want::One(path));
        // What the same work gave besides is asked for next.
        let files = made.plan.editions.into_iter().flat_map(|one| one.files);
        done.extend(files.map(|(path, file)| {
            let made = Leaflet::Set(file.media, file.bytes);
            ((edition.to_owned(), path), made)
        }));
        if let Some(leaflet) = done.get(&key) {
            return leaflet.clone();
        }
        let found = self.prepared.findings_of(made.diags);
        // What is not there is not remembered: anybody can ask for anything.
        if found.is_empty() {
            return Leaflet::Missing;
        }
        let catalogue = Catalogue::new(language);
        let said = found
            .iter()
            .map(|diag| human(diag, &self.prepared.sources, &catalogue));
        let leaflet = Leaflet::Failed(said.collect());
        done.insert(key, leaflet.clone());
        leaflet
    }
}
