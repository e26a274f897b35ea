//! Scripts for speech engines: SSML 1.1, and a pronunciation lexicon.
//!
//! What is read is in words already, so nothing has to be interpreted: there is no `say-as`.

use super::LANGUAGE;
use super::files::Script;
use super::line::{Cue, Part, parts};
use crate::channel::Job;
use crate::channel::markup::escaped;

/// A script as an SSML document.
pub(super) fn file(script: &Script<'_>) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <speak version=\"1.1\" xmlns=\"http://www.w3.org/2001/10/synthesis\" xml:lang=\"{LANGUAGE}-VN\">\n"
    );
    for part in parts(script.lines(), script.turns) {
        match part {
            Part::Cue(Cue::Pause) => {
                out.push_str(&format!("<break time=\"{}s\"/>\n", Cue::SECONDS));
            }
            // A tune has no words; whoever plays the script knows where it belongs.
            Part::Cue(cue) => out.push_str(&format!(
                "<mark name=\"{}\"/><break time=\"{}s\"/>\n",
                cue.name(),
                Cue::SECONDS
            )),
            Part::Say { voice, sentences } => {
                let sentences = sentences.iter();
                let text: String = sentences
                    .map(|one| format!("<s>{}</s>", escaped(one)))
                    .collect();
                match voice {
                    Some(voice) => out.push_str(&format!(
                        "<voice gender=\"{}\" languages=\"{LANGUAGE}-VN\"><p>{text}</p></voice>\n",
                        voice.name()
                    )),
                    None => out.push_str(&format!("<p>{text}</p>\n")),
                }
            }
        }
    }
    out.push_str("</speak>\n");
    out
}

/// The site's own words as a pronunciation lexicon (PLS 1.0), for engines that are given written text.
pub(super) fn lexicon(job: Job<'_>) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <lexicon version=\"1.0\" xmlns=\"http://www.w3.org/2005/01/pronunciation-lexicon\" alphabet=\"ipa\" xml:lang=\"{LANGUAGE}-VN\">\n"
    );
    let mut words: Vec<_> = job.site.facts.lexicon.iter().collect();
    words.sort();
    for (written, spoken) in words {
        out.push_str(&format!(
            "<lexeme><grapheme>{}</grapheme><alias>{}</alias></lexeme>\n",
            escaped(written),
            escaped(spoken)
        ));
    }
    out.push_str("</lexicon>\n");
    out
}
