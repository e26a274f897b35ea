//! Scripts as `.docx`, for offices that approve in Word. The only file that names the library for it.

use std::io::Cursor;

use docx_rs::{
    BreakType, Docx, LineSpacing, PageMargin, Paragraph, Run, RunFonts, Table, TableCell, TableRow,
    WidthType,
};

use super::LANGUAGE;
use super::files::Script;
use super::line::{Part, parts};

/// The media type of such a file.
pub(super) const MEDIA: &str =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// Sizes are in half points.
const TITLE: usize = 36;
const SMALL: usize = 24;
const BODY: usize = 32;

/// Lengths are in twentieths of a point.
const A4: (u32, u32) = (11_906, 16_838);
const CENTIMETER: i32 = 567;

/// The face that offices write in; every Word has it.
const FACE: &str = "Times New Roman";

/// A script as the bytes of a document.
pub(super) fn file(script: &Script<'_>) -> Result<Vec<u8>, String> {
    let mut sheet = Sheet::new();
    let word = |name: &'static str| script.job.theme.word(LANGUAGE, name).to_owned();
    for stamp in &script.stamps {
        sheet.add(plain(&[Run::new().bold().size(SMALL).add_text(*stamp)]));
    }
    let title = Run::new().bold().size(TITLE);
    sheet.add(plain(&[title.add_text(clean(&script.page.meta.title))]));
    for (name, text) in script.head.iter().skip(1) {
        let name = Run::new().size(SMALL).add_text(format!("{name}: "));
        let text = Run::new().bold().size(SMALL).add_text(clean(text));
        sheet.add(plain(&[name, text]));
    }
    for part in parts(script.lines(), script.turns) {
        sheet.add(match part {
            Part::Cue(cue) => plain(&[Run::new()
                .italic()
                .size(SMALL)
                .add_text(format!("[{}]", cue.text(script.job)))])
            .keep_next(true),
            Part::Say { voice, sentences } => {
                let mut runs = Vec::new();
                if let Some(voice) = voice {
                    let mark = format!("{}: ", voice.text(script.job));
                    runs.push(Run::new().bold().add_text(mark));
                }
                runs.push(Run::new().add_text(sentences.join(" ")));
                plain(&runs).keep_lines(true)
            }
        });
    }
    sheet.sign([word("drafted_by"), word("approved_by")]);
    sheet.pack()
}

/// A document that grows. Paragraphs are numbered here: the library would count over all documents of a run.
struct Sheet {
    docx: Docx,
    paragraphs: usize,
}

impl Sheet {
    fn new() -> Sheet {
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

    fn add(&mut self, paragraph: Paragraph) {
        let paragraph = self.numbered(paragraph);
        let docx = std::mem::take(&mut self.docx);
        self.docx = docx.add_paragraph(paragraph);
    }

    /// Who wrote it and who approves it: side by side, with room for two signatures.
    fn sign(&mut self, names: [String; 2]) {
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

    fn pack(self) -> Result<Vec<u8>, String> {
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
