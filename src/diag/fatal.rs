//! What the operating system refused. Never about what a site says.

use std::io;
use std::path::{Path, PathBuf};

use super::catalogue::{Catalogue, Message};

/// An operation on a file that could not be done. Always names the file.
#[derive(Debug)]
pub struct Fatal {
    /// What loa was doing: a catalogue entry with `path` and `reason` arguments.
    pub doing: &'static str,
    /// The file or folder.
    pub path: PathBuf,
    /// What the system said.
    pub source: io::Error,
}

impl Fatal {
    /// Wraps a system error with the file it is about.
    #[must_use]
    pub fn new(doing: &'static str, path: &Path, source: io::Error) -> Fatal {
        Fatal {
            doing,
            path: path.to_owned(),
            source,
        }
    }

    /// In words of one language.
    #[must_use]
    pub fn say(&self, catalogue: &Catalogue) -> String {
        let reason = match self.source.kind() {
            io::ErrorKind::PermissionDenied => Message::new("reason-permission"),
            io::ErrorKind::StorageFull => Message::new("reason-disk-full"),
            io::ErrorKind::NotFound => Message::new("reason-not-found"),
            io::ErrorKind::ReadOnlyFilesystem => Message::new("reason-read-only"),
            io::ErrorKind::ResourceBusy => Message::new("reason-busy"),
            _ => Message::new("reason-other").with("said", self.source.to_string()),
        };
        catalogue.say(
            &Message::new(self.doing)
                .with("path", self.path.display().to_string())
                .with("reason", reason),
        )
    }
}
