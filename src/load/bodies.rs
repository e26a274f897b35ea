//! The second half of reading: bodies, with everything that their links can lead to.
//!
//! A body that a memo knows is not parsed: what it refers to is known, and its tree is read when a
//! channel first wants it.

use std::sync::Arc;

use rayon::prelude::*;

use super::heads::Text;
use super::index::{From, Index};
use super::markdown::{self, Context};
use super::memo::BodyRecord;
use crate::diag::{Diagnostic, FileId, Sources};
use crate::model::{Body, Digest, Digester, Doc, DocReader, LazyDoc, Outline, PageId};

/// A body to be read.
#[derive(Debug)]
pub(super) struct Place {
    /// Its file's place among the texts.
    pub(super) text: usize,
    pub(super) file: FileId,
    /// The byte at which it begins.
    pub(super) start: usize,
    pub(super) language: String,
    pub(super) draft: bool,
    /// The page itself; `None` for a section's own page.
    pub(super) page: Option<PageId>,
}

/// All that bodies are read with.
#[derive(Debug)]
pub(super) struct Bodies {
    pub(super) sources: Sources,
    pub(super) index: Index,
    /// Channel and edition names.
    pub(super) audiences: Vec<String>,
    pub(super) places: Vec<Place>,
}

impl Bodies {
    /// Every body with its record, in the order of the places; what the records of the texts know is not read.
    pub(super) fn read(self, texts: &[Text]) -> (Arc<Bodies>, Vec<(Body, Arc<BodyRecord>)>) {
        let this = Arc::new(self);
        let read = this
            .places
            .par_iter()
            .enumerate()
            .map(|(at, place)| {
                let file = &texts[place.text].record;
                let (record, doc) = if let Some(record) = &file.body {
                    let reader: Arc<dyn DocReader> = Arc::<Bodies>::clone(&this);
                    (record.named(place.file), LazyDoc::later(reader, at))
                } else {
                    let (record, doc) = this.parse(place);
                    (Arc::new(record), doc.into())
                };
                let body = Body {
                    digest: file.digest,
                    outline: Arc::clone(&record.outline),
                    doc,
                };
                (body, record)
            })
            .collect();
        (this, read)
    }

    fn parse(&self, place: &Place) -> (BodyRecord, Doc) {
        self.parse_in(place, &self.sources, place.start)
    }

    /// Reads the body of a place from another text of its file, in which it begins at `start`.
    pub(super) fn parse_in(
        &self,
        place: &Place,
        sources: &Sources,
        start: usize,
    ) -> (BodyRecord, Doc) {
        let mut found: Vec<Diagnostic> = Vec::new();
        let context = self.context(place, sources);
        // A file that could not be read late has no text; the run ends before anything is written.
        let start = start.min(context.text.len());
        let body = markdown::parse(context, start, &mut found);
        let record = BodyRecord {
            file: place.file,
            outline: Arc::new(Outline::of(&body.doc)),
            pending: body.pending,
            found,
        };
        (record, body.doc)
    }

    fn context<'a>(&'a self, place: &'a Place, sources: &'a Sources) -> Context<'a> {
        let path = sources.path(place.file);
        Context {
            file: place.file,
            text: sources.text(place.file),
            shared: sources.get(place.file).shared(),
            index: &self.index,
            from: From {
                folder: path
                    .rsplit_once('/')
                    .map_or("content", |(folder, _)| folder),
                language: &place.language,
                draft: place.draft,
            },
            page: place.page,
            audiences: &self.audiences,
        }
    }

    /// What bodies depend on besides their files: all names, in the order in which things are numbered.
    pub(super) fn key(index: &Index, heads: Digest) -> Digest {
        let mut key = Digester::default();
        key.digest(heads).number(index.info.len());
        for page in &index.info {
            key.text(&page.source)
                .text(&page.slug)
                .number(page.section.0)
                .text(&page.language)
                .flag(page.draft)
                .flag(page.has_programme);
        }
        key.number(index.sections.len());
        for (folder, language) in index.sections.keys() {
            key.text(folder).text(language);
        }
        key.texts(index.assets.keys().map(String::as_str));
        key.number(index.contacts.len());
        for (contact, id) in &index.contacts {
            key.text(contact).number(id.0);
        }
        key.number(index.documents.len());
        for (folded, (id, number)) in &index.documents {
            key.text(folded).number(id.0).text(number);
        }
        key.finish()
    }
}

impl DocReader for Bodies {
    fn read(&self, place: usize) -> Doc {
        self.places
            .get(place)
            .map(|place| self.parse(place).1)
            .unwrap_or_default()
    }
}
