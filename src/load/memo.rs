//! What reading a site once teaches about reading it again.
//!
//! Heads depend on their file and on the names that the settings give; what a body refers to depends
//! on its file and on all that has a name in the site. While those hold, a file that did not change is
//! neither read nor parsed. A memo never changes what is read, only how fast: it holds nothing of the
//! day, of the registry's values, or of what pages look like.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::codec::Kept;
use super::front_matter::{Head, RawImage};
use super::heads::Text;
use super::index::PendingAnchor;
use crate::diag::{Diagnostic, FileId, Span};
use crate::model::{Asset, Digest, Digester, Meta, Outline};

/// What is known of the files of a site from an earlier run. The default knows nothing.
#[derive(Debug, Clone, Default)]
pub struct Memo {
    /// Whether it holds more than the memo that it was read with, and is worth keeping.
    pub changed: bool,
    /// What heads were read with.
    pub(super) heads: Digest,
    /// What bodies were read with.
    pub(super) bodies: Digest,
    /// Sound text files in path order.
    pub(super) files: Vec<FileRecord>,
    /// Files beside pages in path order.
    pub(super) assets: Vec<AssetRecord>,
    /// What need not be encoded again.
    pub(super) kept: Kept,
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

    /// This memo compared with the one with whose help it was made: whether it is worth keeping in its place, and
    /// which records are the same.
    pub(super) fn following(mut self, before: Option<&Memo>) -> Memo {
        let Some(before) = before else { return self };
        self.changed = before.changed
            || self.heads != before.heads
            || self.bodies != before.bodies
            || self.files.len() != before.files.len();
        self.kept = before.kept.clone();
        for place in 0..self.files.len().max(before.files.len()) {
            let both = self.files.get(place).zip(before.files.get(place));
            if both.is_none_or(|(now, then)| !now.is(then)) {
                self.kept.lose(place);
                self.changed = true;
            }
        }
        self
    }

    /// What a page's head and body depend on besides its file and what its outline names.
    #[must_use]
    pub fn basis(&self, path: &str) -> Option<Digest> {
        let record = &self.files[self.place(path)?];
        Some(record.basis(self.heads, self.bodies))
    }

    /// What a later stage found in a page, if the page and all else that it depended on are the same.
    #[must_use]
    pub fn findings(&self, path: &str, file: FileId, key: Digest) -> Option<Vec<Diagnostic>> {
        let noted = self.files[self.place(path)?].noted.as_ref()?;
        let mut found = (noted.key == key).then(|| noted.found.clone())?;
        for span in found.iter_mut().flat_map(Diagnostic::spans_mut) {
            span.file = file;
        }
        Some(found)
    }

    /// Remembers what a later stage found in a page; `key` names all that it depends on besides the page's file.
    ///
    /// Findings that point into other files are not remembered: those may have other names next time.
    pub fn keep_findings(&mut self, path: &str, file: FileId, key: Digest, found: &[Diagnostic]) {
        let mut found = found.to_vec();
        let own = found
            .iter_mut()
            .flat_map(Diagnostic::spans_mut)
            .all(|span| span.file == file);
        if let Some(place) = self.place(path).filter(|_| own) {
            self.files[place].noted = Some(Arc::new(Noted { key, found }));
            self.kept.lose(place);
            self.changed = true;
        }
    }

    fn place(&self, path: &str) -> Option<usize> {
        self.files
            .binary_search_by(|file| file.path.as_str().cmp(path))
            .ok()
    }

    /// The record of a picture that has not changed.
    pub(super) fn asset(&self, path: &str, digest: Digest) -> Option<&AssetRecord> {
        let place = self
            .assets
            .partition_point(|asset| asset.path.as_str() < path);
        let record = self.assets.get(place)?;
        (record.path == path && record.digest == digest).then_some(record)
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
    /// Whether it may hold comments that allow findings.
    pub(super) may_allow: bool,
    /// What an approval of it is worth is told by this.
    #[serde(with = "shared_option")]
    pub(super) rendered: Option<Arc<Rendered>>,
    /// What a later stage found in it.
    #[serde(with = "shared_option")]
    noted: Option<Arc<Noted>>,
}

/// What an approval must name.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Rendered {
    /// What it depends on besides the file.
    pub(super) key: Digest,
    /// The SHA-256 of what the public reads and hears.
    pub(super) digest: String,
}

/// Findings of a later stage.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Noted {
    /// What they depend on besides the file.
    key: Digest,
    found: Vec<Diagnostic>,
}

impl FileRecord {
    /// A text of which nothing else is known yet.
    pub(super) fn new(path: String, digest: Digest, may_allow: bool) -> FileRecord {
        FileRecord {
            path,
            digest,
            head: None,
            body: None,
            may_allow,
            rendered: None,
            noted: None,
        }
    }

    /// Whether it is the same record, with the same parts.
    fn is(&self, other: &FileRecord) -> bool {
        fn same<T>(a: Option<&Arc<T>>, b: Option<&Arc<T>>) -> bool {
            match (a, b) {
                (Some(a), Some(b)) => Arc::ptr_eq(a, b),
                (a, b) => a.is_none() && b.is_none(),
            }
        }
        self.path == other.path
            && self.digest == other.digest
            && self.may_allow == other.may_allow
            && same(self.head.as_ref(), other.head.as_ref())
            && same(self.body.as_ref(), other.body.as_ref())
            && same(self.rendered.as_ref(), other.rendered.as_ref())
            && same(self.noted.as_ref(), other.noted.as_ref())
    }

    /// What its head and its tree depend on besides the file and what the outline names: the names that
    /// the settings give, and all names of the site where the body has mistakes, for these may lie in what
    /// is not there.
    pub(super) fn basis(&self, heads: Digest, bodies: Digest) -> Digest {
        let sound = self.body.as_ref().is_some_and(|body| body.found.is_empty());
        let mut key = Digester::default();
        key.digest(heads).flag(sound);
        if !sound {
            key.digest(bodies);
        }
        key.finish()
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
    /// The front matter as it is written.
    pub(super) digest: Digest,
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
        digest: Digest,
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
            digest,
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
    /// Whether it stays the same whatever else the site holds: nothing was looked up, neither found nor missed.
    pub(super) fn stands_alone(&self) -> bool {
        self.outline.uses.is_empty() && self.found.is_empty()
    }

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
