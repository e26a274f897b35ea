//! What the typesetter may see: a template, a body, one record, pictures and fonts. Nothing else.
//!
//! Every sheet uses the same few paths, since the typesetter keeps each path it has ever seen. Whoever
//! sets paper or pictures does it through here.

use std::collections::BTreeMap;

use typst::diag::{FileError, FileResult, Severity, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, IntoValue, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::{LazyHash, Scalar};
use typst::{Library, LibraryExt, World, WorldExt};
use typst_layout::{Page, PagedDocument};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};
use typst_render::{RenderOptions, render};

/// What all sheets of an edition share.
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

/// What all sheets of one article share.
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

/// Lays out one sheet; the error is what the typesetter says.
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

/// The PDF file of a sheet. `name` tells it from all others and must not change between runs.
pub(super) fn pdf(
    press: &Press,
    plate: &Plate,
    document: &PagedDocument,
    name: &str,
    tagged: bool,
) -> Result<Vec<u8>, String> {
    let options = PdfOptions {
        ident: Smart::Custom(name.to_owned()),
        creator: Smart::Custom(Some("loa".to_owned())),
        // No timestamp: the same text gives the same bytes on any day.
        timestamp: None,
        // Sheets that lie side by side are for machines: nobody has them read aloud.
        standards: if tagged {
            press.standards.clone()
        } else {
            PdfStandards::default()
        },
        tagged,
        ..PdfOptions::default()
    };
    let job = Job {
        press,
        plate,
        main: source("/main.typ", String::new()),
    };
    typst_pdf::pdf(document, &options).map_err(|errors| said(&errors, &job))
}

/// Lets the typesetter forget what was not used lately.
pub(super) fn forget() {
    comemo::evict(2);
}

/// A page as a PNG picture that is so many pixels wide.
pub(super) fn picture(page: &Page, pixels: f64) -> Result<Vec<u8>, String> {
    let options = RenderOptions {
        pixel_per_pt: Scalar::new(pixels / page.frame.width().to_pt()),
        render_bleed: false,
    };
    let picture = render(page, &options).encode_png();
    picture.map_err(|error| error.to_string())
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

/// One sheet in the making.
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

    /// A sheet knows only the days that are written in it.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
