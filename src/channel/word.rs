//! Documents as `.docx`: paragraphs of words, for whoever goes on in Word. The only file that names the library for it.

use std::borrow::Cow;
use std::io::Cursor;

use docx_rs::{
    BreakType, Docx, FieldCharType, InstrText, LineSpacing, PageMargin, Paragraph, Run, RunFonts,
    Table, TableCell, TableRow, WidthType,
};

use super::markup::escaped;

/// The media type of such a file.
pub(crate) const MEDIA: &str =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// Sizes are in half points.
pub(crate) const TITLE: usize = 36;
pub(crate) const SMALL: usize = 24;
const BODY: usize = 32;

/// Lengths are in twentieths of a point.
const A4: (u32, u32) = (11_906, 16_838);
const CENTIMETER: i32 = 567;

/// The face that offices write in; every Word has it.
const FACE: &str = "Times New Roman";

/// Words of one look.
#[derive(Debug, Clone, Default)]
pub(crate) struct Words<'a> {
    text: Cow<'a, str>,
    bold: bool,
    italic: bool,
    size: Option<usize>,
    /// Where they lead.
    link: Option<Cow<'a, str>>,
}

impl<'a> Words<'a> {
    /// Words as those around them.
    pub(crate) fn new(text: impl Into<Cow<'a, str>>) -> Words<'a> {
        Words {
            text: text.into(),
            ..Words::default()
        }
    }

    /// The same, bold.
    pub(crate) fn bold(mut self) -> Words<'a> {
        self.bold = true;
        self
    }

    /// The same, slanted.
    pub(crate) fn italic(mut self) -> Words<'a> {
        self.italic = true;
        self
    }

    /// The same in another size, in half points.
    pub(crate) fn size(mut self, size: usize) -> Words<'a> {
        self.size = Some(size);
        self
    }

    /// The same as a link.
    pub(crate) fn link(mut self, url: impl Into<Cow<'a, str>>) -> Words<'a> {
        self.link = Some(url.into());
        self
    }

    /// A link is a field: relations would be numbered over all documents of a run.
    fn runs(&self) -> Vec<Run> {
        let Some(url) = &self.link else {
            return vec![self.run()];
        };
        // A quotation mark would end the address early.
        let url = clean(url).replace('"', "%22");
        // The library writes what it does not know as it is.
        let url = escaped(&url);
        let address = InstrText::Unsupported(format!("HYPERLINK \"{url}\""));
        let char = |of| Run::new().add_field_char(of, false);
        vec![
            char(FieldCharType::Begin),
            Run::new().add_instr_text(address),
            char(FieldCharType::Separate),
            self.run().color(LINK).underline("single"),
            char(FieldCharType::End),
        ]
    }

    fn run(&self) -> Run {
        let mut run = Run::new();
        if self.bold {
            run = run.bold();
        }
        if self.italic {
            run = run.italic();
        }
        if let Some(size) = self.size {
            run = run.size(size);
        }
        run.add_text(clean(&self.text))
    }
}

/// The colour of links in Word.
const LINK: &str = "0563C1";

/// What a paragraph is kept together with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keep {
    /// Nothing.
    Free,
    /// The paragraph behind it.
    Next,
    /// All of its own lines.
    Lines,
}

/// A document that grows. Paragraphs are numbered here: the library would count over all documents of a run.
pub(crate) struct Sheet {
    docx: Docx,
    paragraphs: usize,
}

impl Sheet {
    /// An empty one on A4.
    pub(crate) fn new() -> Sheet {
        let fonts = RunFonts::new();
        let fonts = fonts.ascii(FACE).hi_ansi(FACE).east_asia(FACE).cs(FACE);
        let margin = PageMargin {
            top: 2 * CENTIMETER,
            bottom: 2 * CENTIMETER,
            left: 3 * CENTIMETER,
            right: 2 * CENTIMETER,
            header: CENTIMETER,
            footer: CENTIMETER,
            gutter: 0,
        };
        let docx = Docx::new()
            .default_fonts(fonts)
            .default_size(BODY)
            .page_size(A4.0, A4.1)
            .page_margin(margin);
        Sheet {
            docx,
            paragraphs: 0,
        }
    }

    fn numbered(&mut self, paragraph: Paragraph) -> Paragraph {
        self.paragraphs += 1;
        paragraph.id(format!("{:08X}", self.paragraphs))
    }

    /// Adds a paragraph.
    pub(crate) fn add(&mut self, words: &[Words<'_>], keep: Keep) {
        let runs: Vec<Run> = words.iter().flat_map(Words::runs).collect();
        let paragraph = match keep {
            Keep::Free => plain(&runs),
            Keep::Next => plain(&runs).keep_next(true),
            Keep::Lines => plain(&runs).keep_lines(true),
        };
        let paragraph = self.numbered(paragraph);
        let docx = std::mem::take(&mut self.docx);
        self.docx = docx.add_paragraph(paragraph);
    }

    /// Who wrote it and who approves it: side by side, with room for two signatures.
    pub(crate) fn sign(&mut self, names: [String; 2]) {
        let cells = names.map(|name| {
            let name = Run::new().bold().size(SMALL).add_text(name);
            let room = (0..4).fold(Run::new(), |run, _| run.add_break(BreakType::TextWrapping));
            let paragraph = self.numbered(plain(&[name, room]).keep_lines(true));
            TableCell::new()
                .add_paragraph(paragraph)
                .width(4_600, WidthType::Dxa)
        });
        let row = TableRow::new(cells.to_vec()).cant_split();
        let table = Table::without_borders(vec![row]).set_grid(vec![4_600, 4_600]);
        let docx = std::mem::take(&mut self.docx);
        self.docx = docx.add_table(table);
    }

    /// Its bytes.
    ///
    /// # Errors
    /// What the library says.
    pub(crate) fn pack(self) -> Result<Vec<u8>, String> {
        let mut bytes = Cursor::new(Vec::new());
        match self.docx.pack(&mut bytes) {
            Ok(()) => Ok(bytes.into_inner()),
            Err(error) => Err(error.to_string()),
        }
    }
}

fn plain(runs: &[Run]) -> Paragraph {
    let spacing = LineSpacing::new().after(160).line(360);
    let paragraph = Paragraph::new().line_spacing(spacing);
    runs.iter()
        .fold(paragraph, |paragraph, run| paragraph.add_run(run.clone()))
}

/// Without what XML cannot hold.
fn clean(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).collect()
}
