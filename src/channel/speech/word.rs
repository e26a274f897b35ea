//! Scripts as `.docx`, for offices that approve in Word.

use super::LANGUAGE;
use super::files::Script;
use super::line::{Part, parts};
use crate::channel::word::{Keep, SMALL, Sheet, TITLE, Words};

/// A script as the bytes of a document.
pub(super) fn file(script: &Script<'_>) -> Result<Vec<u8>, String> {
    let mut sheet = Sheet::new();
    let word = |name: &'static str| script.job.theme.word(LANGUAGE, name).to_owned();
    for stamp in &script.stamps {
        sheet.add(&[Words::new(*stamp).bold().size(SMALL)], Keep::Free);
    }
    let title = Words::new(&script.page.meta.title).bold().size(TITLE);
    sheet.add(&[title], Keep::Free);
    for (name, text) in script.head.iter().skip(1) {
        let name = Words::new(format!("{name}: ")).size(SMALL);
        let text = Words::new(text.as_str()).bold().size(SMALL);
        sheet.add(&[name, text], Keep::Free);
    }
    for part in parts(script.lines(), script.turns) {
        match part {
            Part::Cue(cue) => {
                let cue = format!("[{}]", cue.text(script.job));
                sheet.add(&[Words::new(cue).italic().size(SMALL)], Keep::Next);
            }
            Part::Say { voice, sentences } => {
                let mark = voice.map(|voice| format!("{}: ", voice.text(script.job)));
                let mut words: Vec<Words<'_>> = mark
                    .into_iter()
                    .map(|mark| Words::new(mark).bold())
                    .collect();
                words.push(Words::new(sentences.join(" ")));
                sheet.add(&words, Keep::Lines);
            }
        }
    }
    sheet.sign([word("drafted_by"), word("approved_by")]);
    sheet.pack()
}
