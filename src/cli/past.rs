//! What earlier runs learned, fetched from below the folder of the editions and kept there.

use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use crate::diag::Fatal;
use crate::load::{Memo, Stamps, Tree, snapshot_after};
use crate::model::{Digest, Digester};
use crate::output::cache;

/// What the files of the last run looked like.
const SEEN: &str = "seen";
/// What was learned of them.
const READ: &str = "read";

/// What is known of earlier runs over a site.
#[derive(Debug)]
pub(super) struct Past {
    out: PathBuf,
    program: Digest,
    seen: Stamps,
}

impl Past {
    /// What was kept below a folder; nothing where nothing fits.
    pub(super) fn recall(out: &Path, program: Digest) -> Past {
        Past {
            seen: Stamps::from_bytes(&cache::recall(out, SEEN), program),
            out: out.to_owned(),
            program,
        }
    }

    /// What is known of the files. It takes longer to fetch than to find out that nothing changed.
    pub(super) fn memo(&self) -> Memo {
        Memo::from_bytes(cache::recall(&self.out, READ), self.program)
    }

    /// Reads a site where it changed.
    ///
    /// # Errors
    /// When the system refuses a folder or a file.
    pub(super) fn snapshot(&self, site: &Path) -> Result<Tree, Fatal> {
        snapshot_after(site, &self.seen)
    }

    /// Keeps what was learned, if there is anything new and a build has its folder there. A file that changed
    /// meanwhile was taken for an empty one: then nothing that was learned can be trusted.
    pub(super) fn keep(&self, memo: &Memo, tree: &Tree) {
        if memo.changed && self.out.join(".loa").is_dir() && tree.settled().is_ok() {
            cache::keep(&self.out, READ, &memo.to_bytes(self.program));
        }
        self.keep_seen(tree);
    }

    /// Keeps what the files look like now, if that tells more.
    pub(super) fn keep_seen(&self, tree: &Tree) {
        if tree.stamps.outdo(&self.seen) && self.out.join(".loa").is_dir() {
            cache::keep(&self.out, SEEN, &tree.stamps.to_bytes(self.program));
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
