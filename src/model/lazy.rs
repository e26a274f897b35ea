//! Contents that are fetched when they are first wanted: bytes of files, and bodies of pages.
//!
//! A run over an unchanged site wants almost none of them. Who asks cannot tell whether they were
//! there from the beginning.

use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use super::{Digest, Doc};

/// Reads files late. What the system refuses by then is kept by the reader, which stops the run before anything is written.
pub trait FileReader: Send + Sync {
    /// The bytes of a file that had a digest; none when it cannot be read or is no longer the same.
    fn read(&self, file: &std::path::Path, digest: Digest) -> Arc<[u8]>;
}

/// The bytes of a file and their digest.
#[derive(Clone)]
pub struct Blob {
    bytes: OnceLock<Arc<[u8]>>,
    digest: OnceLock<Digest>,
    from: Option<(Arc<dyn FileReader>, PathBuf)>,
}

impl Blob {
    /// Bytes that are here.
    #[must_use]
    pub fn new(bytes: Arc<[u8]>) -> Blob {
        Blob {
            bytes: OnceLock::from(bytes),
            digest: OnceLock::new(),
            from: None,
        }
    }

    /// Bytes that are still on the disk, of which only the digest is known.
    #[must_use]
    pub fn later(digest: Digest, reader: Arc<dyn FileReader>, file: PathBuf) -> Blob {
        Blob {
            bytes: OnceLock::new(),
            digest: OnceLock::from(digest),
            from: Some((reader, file)),
        }
    }

    /// The bytes.
    #[must_use]
    pub fn bytes(&self) -> &Arc<[u8]> {
        self.bytes
            .get_or_init(|| match (&self.from, self.digest.get()) {
                (Some((reader, file)), Some(digest)) => reader.read(file, *digest),
                _ => Arc::default(),
            })
    }

    /// Their digest.
    #[must_use]
    pub fn digest(&self) -> Digest {
        *self.digest.get_or_init(|| Digest::of(self.bytes()))
    }
}

impl fmt::Debug for Blob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Blob({:?})", self.digest())
    }
}

/// Reads bodies late.
pub trait DocReader: Send + Sync {
    /// The body of a place that this reader gave out.
    fn read(&self, place: usize) -> Doc;
}

/// The body of a page: read already, or read when it is first wanted, once.
#[derive(Clone, Default)]
pub struct LazyDoc {
    doc: OnceLock<Doc>,
    from: Option<(Arc<dyn DocReader>, usize)>,
}

impl LazyDoc {
    /// A body that a reader will read.
    #[must_use]
    pub fn later(reader: Arc<dyn DocReader>, place: usize) -> LazyDoc {
        LazyDoc {
            doc: OnceLock::new(),
            from: Some((reader, place)),
        }
    }

    /// The body.
    #[must_use]
    pub fn get(&self) -> &Doc {
        let read = || {
            self.from
                .as_ref()
                .map(|(reader, place)| reader.read(*place))
        };
        self.doc.get_or_init(|| read().unwrap_or_default())
    }

    /// Whether it was read already.
    #[must_use]
    pub fn is_read(&self) -> bool {
        self.doc.get().is_some()
    }
}

impl From<Doc> for LazyDoc {
    fn from(doc: Doc) -> LazyDoc {
        LazyDoc {
            doc: OnceLock::from(doc),
            from: None,
        }
    }
}

impl fmt::Debug for LazyDoc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.get().fmt(f)
    }
}
