//! Contents that are fetched when they are first wanted: bytes of files, and bodies of pages.
//!
//! A run over an unchanged site wants almost none of them. Who asks cannot tell whether they were
//! there from the beginning.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::{Bytes, Digest, Doc};

/// Reads files late. What the system refuses by then is kept by the reader, which stops the run before anything is written.
pub trait FileReader: Send + Sync {
    /// What stands in a file that had a digest; nothing when it cannot be read or is no longer the same.
    fn read(&self, file: &Path, digest: Digest) -> Content;
}

/// What stands in a file.
#[derive(Debug, Clone)]
pub enum Content {
    /// A text in the form in which loa sees texts: its bytes are those of the file.
    Text(String),
    /// Anything else.
    Bytes(Bytes),
}

/// What stands in a file, and its digest.
#[derive(Clone)]
pub struct Blob {
    content: OnceLock<Content>,
    /// The text of a file whose bytes are in another form.
    text: OnceLock<String>,
    digest: OnceLock<Digest>,
    from: Option<(Arc<dyn FileReader>, PathBuf)>,
}

impl Blob {
    /// What is here.
    #[must_use]
    pub fn new(content: Content) -> Blob {
        Blob {
            content: OnceLock::from(content),
            text: OnceLock::new(),
            digest: OnceLock::new(),
            from: None,
        }
    }

    /// What is still on the disk, and of which only the digest is known.
    #[must_use]
    pub fn later(digest: Digest, reader: Arc<dyn FileReader>, file: PathBuf) -> Blob {
        Blob {
            content: OnceLock::new(),
            text: OnceLock::new(),
            digest: OnceLock::from(digest),
            from: Some((reader, file)),
        }
    }

    /// What stands in the file.
    #[must_use]
    pub fn content(&self) -> &Content {
        self.content
            .get_or_init(|| match (&self.from, self.digest.get()) {
                (Some((reader, file)), Some(digest)) => reader.read(file, *digest),
                _ => Content::Bytes(Bytes::default()),
            })
    }

    /// Whether what stands in the file is in memory.
    #[must_use]
    pub fn is_fetched(&self) -> bool {
        self.content.get().is_some()
    }

    /// Its bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        match self.content() {
            Content::Text(text) => text.as_bytes(),
            Content::Bytes(bytes) => bytes,
        }
    }

    /// Its bytes, to be kept.
    #[must_use]
    pub fn shared(&self) -> Bytes {
        match self.content() {
            Content::Text(text) => text.as_bytes().into(),
            Content::Bytes(bytes) => bytes.clone(),
        }
    }

    /// Its text, which `normal` makes of bytes that are in another form.
    pub fn text(&self, normal: impl FnOnce(&[u8]) -> String) -> &str {
        match self.content() {
            Content::Text(text) => text,
            Content::Bytes(bytes) => self.text.get_or_init(|| normal(bytes)),
        }
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
