//! What reading a site once teaches about reading it again.
//!
//! Heads depend on their file and on the names that the settings give; what a body refers to depends
//! on its file and on all that has a name in the site. While those hold, a file that did not change is
//! neither read nor parsed. A memo never changes what is read, only how fast: it holds nothing of the
//! day, of the registry's values, or of what pages look like.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::front_matter::{Head, RawImage};
use super::heads::Text;
use super::index::PendingAnchor;
use super::stamp::Stamps;
use crate::diag::{Diagnostic, FileId, Span};
use crate::model::{Asset, Digest, Meta, Outline};

/// What is known of the files of a site from an earlier run. The default knows nothing.
#[derive(Debug, Clone, Default)]
pub struct Memo {
    /// The stamps of the snapshot that was read.
    pub stamps: Stamps,
    /// What heads were read with.
    pub(super) heads: Digest,
    /// What bodies were read with.
    pub(super) bodies: Digest,
    /// Sound text files in path order.
    pub(super) files: Vec<FileRecord>,
    /// Files beside pages in path order.
    pub(super) assets: Vec<AssetRecord>,
}

impl Memo {
    /// What the texts and files of a site have become.
    pub(super) fn of(texts: Vec<Text>, assets: &[Asset]) -> Memo {
        let mut files: Vec<FileRecord> = texts.into_iter().map(|text| text.record).collect();
        files.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        let asset = |asset: &Asset| AssetRecord {
            path: asset.source.clone(),
            digest: asset.blob.digest(),
            size: asset.size,
        };
        let mut assets: Vec<AssetRecord> = assets.iter().map(asset).collect();
        assets.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        Memo {
            files,
            assets,
            ..Memo::default()
        }
    }

    /// The record of a file that has not changed.
    pub(super) fn find(&self, path: &str, digest: Digest) -> Option<&FileRecord> {
        let place = self.files.partition_point(|file| file.path.as_str() < path);
        let record = self.files.get(place)?;
        (record.path == path && record.digest == digest).then_some(record)
    }

    /// The size of a picture that has not changed.
    pub(super) fn size(&self, path: &str, digest: Digest) -> Option<Option<(u32, u32)>> {
        let place = self
            .assets
            .partition_point(|asset| asset.path.as_str() < path);
        let record = self.assets.get(place)?;
        (record.path == path && record.digest == digest).then_some(record.size)
    }
}

/// A text file: that it has a record at all says that it is sound UTF-8.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct FileRecord {
    pub(super) path: String,
    pub(super) digest: Digest,
    #[serde(with = "shared_option")]
    pub(super) head: Option<Arc<HeadRecord>>,
    #[serde(with = "shared_option")]
    pub(super) body: Option<Arc<BodyRecord>>,
}

impl FileRecord {
    /// A text of which nothing else is known yet.
    pub(super) fn new(path: String, digest: Digest) -> FileRecord {
        FileRecord {
            path,
            digest,
            head: None,
            body: None,
        }
    }
}

/// A picture or another file beside pages.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct AssetRecord {
    pub(super) path: String,
    pub(super) digest: Digest,
    /// Width and height in pixels.
    pub(super) size: Option<(u32, u32)>,
}

/// A head, typed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct HeadRecord {
    /// The file that its spans name.
    file: FileId,
    #[serde(with = "shared")]
    pub(super) meta: Arc<Meta>,
    pub(super) image: Option<RawImage>,
    pub(super) readable: bool,
    pub(super) draft: bool,
    pub(super) slug_span: Option<Span>,
    pub(super) body: usize,
    pub(super) span: Span,
    /// The address segment; empty where none can be made.
    pub(super) slug: String,
    /// Whether nothing follows the head.
    pub(super) blank: bool,
    pub(super) found: Vec<Diagnostic>,
}

impl HeadRecord {
    pub(super) fn new(
        file: FileId,
        head: Head,
        slug: String,
        blank: bool,
        found: Vec<Diagnostic>,
    ) -> HeadRecord {
        let Head {
            meta,
            image,
            readable,
            draft,
            slug_span,
            body,
            span,
        } = head;
        HeadRecord {
            file,
            meta: Arc::new(meta),
            image,
            readable,
            draft,
            slug_span,
            body,
            span,
            slug,
            blank,
            found,
        }
    }

    /// The record for the file's name in this run.
    pub(super) fn named(self: &Arc<HeadRecord>, file: FileId) -> Arc<HeadRecord> {
        if self.file == file {
            return Arc::clone(self);
        }
        let mut moved = HeadRecord::clone(self);
        moved.file = file;
        moved.span.file = file;
        let parts = [&mut moved.slug_span].into_iter().flatten();
        let image = moved.image.iter_mut().map(|image| &mut image.span);
        let found = moved.found.iter_mut().flat_map(Diagnostic::spans_mut);
        let meta = Arc::make_mut(&mut moved.meta).spans_mut();
        for span in parts.chain(image).chain(found).chain(meta) {
            span.file = file;
        }
        Arc::new(moved)
    }
}

/// What was found in a body besides its tree.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct BodyRecord {
    /// The file that its spans name.
    pub(super) file: FileId,
    #[serde(with = "shared")]
    pub(super) outline: Arc<Outline>,
    pub(super) pending: Vec<PendingAnchor>,
    pub(super) found: Vec<Diagnostic>,
}

impl BodyRecord {
    /// The record for the file's name in this run.
    pub(super) fn named(self: &Arc<BodyRecord>, file: FileId) -> Arc<BodyRecord> {
        if self.file == file {
            return Arc::clone(self);
        }
        let mut moved = BodyRecord::clone(self);
        moved.file = file;
        let found = moved.found.iter_mut().flat_map(Diagnostic::spans_mut);
        let pending = moved.pending.iter_mut().map(|anchor| &mut anchor.span);
        for span in found.chain(pending) {
            span.file = file;
        }
        Arc::new(moved)
    }
}

/// Shared values are written as if they were not shared.
mod shared {
    use std::sync::Arc;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<T: Serialize, S: Serializer>(
        value: &Arc<T>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        value.as_ref().serialize(to)
    }

    pub(super) fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Arc<T>, D::Error> {
        T::deserialize(from).map(Arc::new)
    }
}

/// The same for values that may be missing.
mod shared_option {
    use std::sync::Arc;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[expect(clippy::ref_option, reason = "serde hands over the field")]
    pub(super) fn serialize<T: Serialize, S: Serializer>(
        value: &Option<Arc<T>>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        value.as_deref().serialize(to)
    }

    pub(super) fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<Arc<T>>, D::Error> {
        Ok(Option::<T>::deserialize(from)?.map(Arc::new))
    }
}
