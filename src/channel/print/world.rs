//! What the typesetter may see: a template, a body, one record, pictures and fonts. Nothing else.
//!
//! Every leaflet uses the same few paths, since the typesetter keeps each path it has ever seen.

use std::collections::BTreeMap;

use typst::diag::{FileError, FileResult, Severity, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, IntoValue, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World, WorldExt};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

/// What all leaflets of an edition share.
pub(super) struct Press {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    templates: Vec<Source>,
    standards: PdfStandards,
}

impl Press {
    /// A press with templates by file name, fonts, and what `sys.inputs` tells the templates; fonts that
    /// cannot be read are left out.
    pub(super) fn new(
        templates: &BTreeMap<String, String>,
        fonts: &[crate::model::Bytes],
        inputs: &[(&str, &str)],
    ) -> Press {
        let inputs = inputs
            .iter()
            .map(|(name, value)| ((*name).into(), (*value).into_value()));
        let library = Library::builder().with_inputs(inputs.collect());
        let fonts: Vec<Font> = fonts
            .iter()
            .flat_map(|bytes| Font::iter(Bytes::new(bytes.clone())))
            .collect();
        Press {
            library: LazyHash::new(library.build()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            templates: templates
                .iter()
                .map(|(name, text)| source(&format!("/{name}"), text.clone()))
                .collect(),
            standards: PdfStandards::new(&[PdfStandard::Ua_1])
                .expect("one standard contradicts no other"),
        }
    }
}

/// What all leaflets of one article share.
pub(super) struct Plate {
    body: Source,
    files: Vec<(FileId, Bytes)>,
}

impl Plate {
    pub(super) fn new(body: String) -> Plate {
        Plate {
            body: source("/body.typ", body),
            files: Vec::new(),
        }
    }

    /// Adds a picture.
    pub(super) fn file(&mut self, path: &str, bytes: Bytes) {
        self.files.push((file_id(path), bytes));
    }
}

/// Lays out one leaflet; the error is what the typesetter says.
pub(super) fn set(press: &Press, plate: &Plate, main: String) -> Result<PagedDocument, String> {
    let job = Job {
        press,
        plate,
        main: source("/main.typ", main),
    };
    typst::compile::<PagedDocument>(&job)
        .output
        .map_err(|errors| said(&errors, &job))
}

/// The PDF file of a leaflet. `name` tells it from all others and must not change between runs.
pub(super) fn pdf(
    press: &Press,
    plate: &Plate,
    document: &PagedDocument,
    name: &str,
) -> Result<Vec<u8>, String> {
    let options = PdfOptions {
        ident: Smart::Custom(name.to_owned()),
        creator: Smart::Custom(Some("loa".to_owned())),
        // No timestamp: the same text gives the same bytes on any day.
        timestamp: None,
        standards: press.standards.clone(),
        ..PdfOptions::default()
    };
    let job = Job {
        press,
        plate,
        main: source("/main.typ", String::new()),
    };
    typst_pdf::pdf(document, &options).map_err(|errors| said(&errors, &job))
}

/// The first error, with its place where that is in the template: there a theme's author can mend it.
fn said(errors: &[SourceDiagnostic], job: &Job<'_>) -> String {
    let Some(first) = errors
        .iter()
        .find(|error| error.severity == Severity::Error)
    else {
        return String::new();
    };
    let mut templates = job.press.templates.iter();
    let template = templates.find(|template| first.span.id() == Some(template.id()));
    let line = template.and_then(|template| {
        let range = job.range(first.span)?;
        let line = template.lines().byte_to_line(range.start)?;
        Some((
            template.id().vpath().get_without_slash().to_owned(),
            line + 1,
        ))
    });
    match line {
        Some((name, line)) => format!("{}, {name}:{line}", first.message),
        None => first.message.to_string(),
    }
}

fn file_id(path: &str) -> FileId {
    let path = VirtualPath::new(path).expect("paths of a job are sound");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

fn source(path: &str, text: String) -> Source {
    Source::new(file_id(path), text)
}

/// One leaflet in the making.
struct Job<'a> {
    press: &'a Press,
    plate: &'a Plate,
    main: Source,
}

impl World for Job<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.press.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.press.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let known = [&self.main, &self.plate.body]
            .into_iter()
            .chain(&self.press.templates)
            .find(|source| source.id() == id);
        known
            .cloned()
            .ok_or_else(|| FileError::NotFound(id.vpath().get_with_slash().into()))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let known = self.plate.files.iter().find(|(known, _)| *known == id);
        known
            .map(|(_, bytes)| bytes.clone())
            .ok_or_else(|| FileError::NotFound(id.vpath().get_with_slash().into()))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.press.fonts.get(index).cloned()
    }

    /// A leaflet knows only the days that are written in it.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
