//! What earlier runs learned, fetched from below the folder of the editions and kept there.

use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use crate::diag::Fatal;
use crate::load::{Memo, Tree, snapshot_after};
use crate::model::{Digest, Digester};
use crate::output::cache;

/// The name of the cache.
const NAME: &str = "read";

/// What is known of earlier runs over a site.
#[derive(Debug)]
pub(super) struct Past {
    out: PathBuf,
    program: Digest,
    pub(super) memo: Memo,
}

impl Past {
    /// What was kept below a folder; nothing where nothing fits.
    pub(super) fn recall(out: &Path, program: Digest) -> Past {
        Past {
            memo: Memo::from_bytes(&cache::recall(out, NAME), program),
            out: out.to_owned(),
            program,
        }
    }

    /// Reads a site where it changed.
    ///
    /// # Errors
    /// When the system refuses a folder or a file.
    pub(super) fn snapshot(&self, site: &Path) -> Result<Tree, Fatal> {
        snapshot_after(site, &self.memo.stamps)
    }

    /// Keeps what was learned, if there is anything new and a build has its folder there. A file that changed
    /// meanwhile was taken for an empty one: then nothing that was learned can be trusted.
    pub(super) fn keep(&self, memo: &Memo, tree: &Tree) {
        if memo.changed && self.out.join(".loa").is_dir() && tree.settled().is_ok() {
            cache::keep(&self.out, NAME, &memo.to_bytes(self.program));
        }
    }
}

/// A digest of the version, and of the size and date of the program's own file: versions in the making
/// have one number.
pub(super) fn program() -> Digest {
    let mut key = Digester::default();
    key.text(env!("CARGO_PKG_VERSION"));
    let file = std::env::current_exe().and_then(std::fs::metadata);
    if let Ok(data) = file {
        let modified = data.modified().ok();
        let age = modified.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        key.text(&format!("{} {age:?}", data.len()));
    }
    key.finish()
}
