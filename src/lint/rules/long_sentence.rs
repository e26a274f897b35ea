//! Written sentences that are hard to follow by ear.

use std::collections::BTreeSet;
use std::ops::Range;

use super::aloud::{self, ACCENT, Aloud};
use crate::diag::{Code, Diagnostic, Message, code};
use crate::lint::prose::{Part, Passage, REFERENCE};
use crate::lint::sentence::sentences;
use crate::lint::{Lint, Prose, WordCheck};
use crate::model::{DocumentId, Site, Target};
use crate::reading::{self, Reader};
use crate::text::{is_word, small};

/// The summary is the first thing heard.
const IN_SUMMARY: usize = 20;
/// Everywhere else.
const IN_BODY: usize = 30;

/// Says of each sentence that is read out how many syllables it has, where that is too many.
pub(in crate::lint) struct LongSentence;

impl Lint for LongSentence {
    fn code(&self) -> Code {
        code::LONG_SENTENCE
    }

    fn words<'s>(&self, site: &'s Site) -> Option<WordCheck<'s>> {
        let reader = aloud::reader(site);
        let spoken = Spoken::new(site);
        Some(Box::new(move |prose: &Prose<'_>, out| {
            let Some(page) = prose.page.filter(|_| prose.is_vietnamese()) else {
                return;
            };
            let aloud = Aloud::new(&reader, page);
            let mut listener = Listener {
                site,
                spoken: &spoken,
                reader: aloud.reader(),
                named: BTreeSet::new(),
                groups: Vec::new(),
            };
            for passage in prose.passages.iter().filter(|passage| passage.heard) {
                let limit = match passage.part {
                    Part::Summary => IN_SUMMARY,
                    Part::Body => IN_BODY,
                    Part::Title | Part::Field | Part::Cell => continue,
                };
                // What is short as a whole has no long sentence. References bring words that are not here.
                let short = passage.text.len() <= 8 * limit && bound(&passage.text) <= limit;
                if short && !passage.has_references() {
                    continue;
                }
                for sentence in sentences(&passage.text) {
                    let heard = listener.count(passage, sentence.clone(), limit);
                    if heard > limit {
                        let finding = Diagnostic::new(
                            code::LONG_SENTENCE,
                            passage.span(sentence, prose.sources),
                        )
                        .with("syllables", heard)
                        .with("limit", limit)
                        .hint(Message::new("hint-long-sentence"));
                        out.push(finding);
                    }
                }
            }
        }))
    }
}

/// Counts what a listener hears, in the order of a page.
struct Listener<'a> {
    site: &'a Site,
    spoken: &'a Spoken,
    reader: &'a Reader,
    /// Acts already named in full.
    named: BTreeSet<DocumentId>,
    /// Those of the sentence at hand.
    groups: Vec<Group>,
}

impl Listener<'_> {
    /// The spoken syllables of a sentence; exact only where they pass the limit.
    fn count(&mut self, passage: &Passage<'_>, range: Range<usize>, limit: usize) -> usize {
        let text = &passage.text[range.clone()];
        let mut said = String::new();
        let mut from = range.start;
        for (at, target) in passage.references(range.clone()) {
            let spoken = self.spoken(target, passage.text[at..].starts_with(REFERENCE));
            if let Some(spoken) = spoken {
                said.push_str(&passage.text[from..at]);
                said.push_str(&spoken);
                from = at + REFERENCE.len_utf8();
            }
        }
        let text = if from == range.start {
            text
        } else {
            said.push_str(&passage.text[from..range.end]);
            &said
        };
        if bound(text) <= limit {
            return 0;
        }
        self.groups.clear();
        let (mut written, mut most) = (0, 0);
        for group in text.split_whitespace() {
            let (letters, spoken) = group_estimate(group);
            written += usize::from(letters);
            most += spoken;
            let start = group.as_ptr() as usize - text.as_ptr() as usize;
            self.groups.push(Group {
                start,
                end: start + group.len(),
                written: letters,
                special: spoken > usize::from(letters),
            });
        }
        if most <= limit || most == written {
            return written;
        }
        self.heard(text)
    }

    /// The syllables that are heard. Only groups that are not plain words are read, with what stands around
    /// them; a plain word is one syllable wherever it stands.
    fn heard(&self, text: &str) -> usize {
        let groups = self.groups.as_slice();
        let (mut sum, mut next) = (0, 0);
        let special = |at: &usize| groups[*at].special;
        let mut rest = (0..groups.len()).filter(special).peekable();
        let mut window = String::new();
        while let Some(at) = rest.next() {
            let mut last = at;
            while let Some(near) = rest.next_if(|near| *near <= last + 2 * AROUND) {
                last = near;
            }
            let from = at.saturating_sub(AROUND).max(next);
            let to = (last + 1 + AROUND).min(groups.len());
            sum += plain(&groups[next..from]);
            window.clear();
            for group in &groups[from..to] {
                if !window.is_empty() {
                    window.push(' ');
                }
                window.push_str(&text[group.start..group.end]);
            }
            sum += heard_groups(&self.reader.read(&window).text);
            next = to;
        }
        sum + plain(&groups[next..])
    }

    /// The words of a reference as a script has them; `None` where it has words of its own.
    fn spoken(&mut self, target: &Target, bare: bool) -> Option<String> {
        match target {
            _ if !bare => None,
            Target::Document(id, pinpoint) => {
                let (full, brief) = &self.spoken.documents[id.0];
                let name = if self.named.insert(*id) { full } else { brief };
                let place = pinpoint.as_deref();
                let place = place.map(|place| reading::pinpoint(place, ACCENT));
                Some(place.map_or_else(|| name.clone(), |place| format!("{place} {name}")))
            }
            Target::Contact(id) => Some(self.spoken.contacts[id.0].clone()),
            Target::Page(id, _) => Some(self.site.page(*id).meta.title.clone()),
        }
    }
}

/// So many words on both sides of a number or an abbreviation decide how it is read.
const AROUND: usize = 4;

/// What stands between two blanks of a sentence.
#[derive(Debug, Clone, Copy)]
struct Group {
    start: usize,
    end: usize,
    /// Whether it has a letter.
    written: bool,
    /// Whether it can be more spoken syllables than written ones.
    special: bool,
}

/// The syllables of a spoken text, which holds nothing but letters, spaces and pause marks.
fn heard_groups(spoken: &str) -> usize {
    let is_letter = |byte: u8| byte.is_ascii_alphabetic() || !byte.is_ascii();
    let groups = spoken.split_ascii_whitespace();
    groups.filter(|group| group.bytes().any(is_letter)).count()
}

fn plain(groups: &[Group]) -> usize {
    groups.iter().filter(|group| group.written).count()
}

/// What scripts say for the entries of the registry.
struct Spoken {
    /// In full, as at the first mention, and in brief.
    documents: Vec<(String, String)>,
    /// Name and number. The number's repetition is a sentence of its own.
    contacts: Vec<String>,
}

impl Spoken {
    fn new(site: &Site) -> Spoken {
        let documents = site.facts.documents.iter().map(|document| {
            let by_title = document.goes_by_title();
            let kind = document.called();
            let full = reading::document(kind, &document.number, &document.issuer, ACCENT);
            let number = document.number.split('/').next().unwrap_or_default();
            let brief = if by_title {
                kind.to_owned()
            } else {
                reading::document(kind, number, "", ACCENT)
            };
            (full, brief)
        });
        let contacts = site.facts.contacts.iter().map(|contact| {
            let phone = contact.phone.as_ref();
            let number = phone.map(|phone| reading::phone(&phone.display));
            number.map_or_else(
                || contact.name.clone(),
                |number| format!("{}, số điện thoại {number}", contact.name),
            )
        });
        Spoken {
            documents: documents.collect(),
            contacts: contacts.collect(),
        }
    }
}

/// What each byte adds to [`bound`].
const WEIGHTS: [u8; 256] = {
    let mut out = [3; 256];
    let mut byte = 0;
    while byte < 256 {
        #[expect(clippy::cast_possible_truncation, reason = "a byte")]
        let one = byte as u8;
        out[byte] = match one {
            b'f' | b'j' | b'w' | b'z' => 2,
            b'a'..=b'z' => 0,
            0xc2 | 0xe2 => 3,
            0x80..=0xff => 0,
            b' ' | b'\n' | b'\t' => 1,
            b'.' | b',' | b';' | b':' | b'!' | b'?' | b'(' | b')' | b'"' | b'\'' => 0,
            b'0'..=b'9' | b'A'..=b'Z' => 2,
            _ => 3,
        };
        byte += 1;
    }
    out
};

/// More than the spoken syllables, seen from the bytes alone: what is short needs no closer look.
fn bound(text: &str) -> usize {
    let weights = text.bytes().map(|byte| usize::from(WEIGHTS[byte as usize]));
    weights.sum::<usize>() + 1
}

/// Whether a group between blanks has a letter, and its spoken syllables at most.
fn group_estimate(group: &str) -> (bool, usize) {
    let (mut letters, mut capitals, mut digits, mut foreign, mut more) = (0, 0, 0, 0, 0);
    for c in group.chars() {
        match c {
            '0'..='9' => digits += 1,
            // No syllable of Vietnamese has these.
            'f' | 'j' | 'w' | 'z' | 'F' | 'J' | 'W' | 'Z' => foreign += 1,
            'A'..='Z' => capitals += 1,
            'a'..='z' => letters += 1,
            '.' | ',' | ';' | ':' | '!' | '?' | '(' | ')' | '"' | '\'' | '“' | '”' | '…' => {}
            '/' | '-' | '–' => more += 1,
            _ if is_word(c) && small(c) == c => letters += 1,
            _ if is_word(c) => capitals += 1,
            _ => more += 3,
        }
    }
    let written = letters + capitals + foreign;
    let plain = digits == 0 && more == 0 && foreign == 0 && capitals < 2 && written < 8;
    let spoken = if plain {
        usize::from(written > 0)
    } else {
        // "2014" is at most seven syllables, "UBND" four, "km" three.
        2 * (digits + capitals + foreign) + letters + more + 1
    };
    (written > 0, spoken)
}

#[cfg(test)]
mod tests {
    use super::super::{found, said};
    use super::*;

    fn many(count: usize) -> String {
        vec!["ta"; count].join(" ")
    }

    #[test]
    fn fires_above_thirty_syllables_as_they_are_spoken() {
        let long = format!("Câu ngắn. {}. Hết.", many(31));
        let [vi, en] = said(&LongSentence, &[], &long);
        let place = format!("6:11 [{}.] ", many(31));
        assert_eq!(
            vi,
            [format!(
                "{place}câu dài 31 tiếng, nên dưới 30 tiếng để người nghe kịp hiểu; tách thành hai câu, mỗi câu một ý"
            )]
        );
        assert_eq!(
            en,
            [format!(
                "{place}the sentence has 31 syllables; listeners can follow up to 30; split it into two sentences, one thought in each"
            )]
        );
        let [vi, _] = said(&LongSentence, &[], &format!("{} UBND 1.500 hộ.", many(22)));
        assert!(vi[0].contains("câu dài 31 tiếng"), "{vi:?}");
    }

    #[test]
    fn fires_above_twenty_in_the_summary() {
        let page = |count| {
            format!(
                "---\ntitle: Chào\nsummary: {}\ndate: 2026-08-19\n---\nChào.\n",
                many(count)
            )
        };
        assert_eq!(said(&LongSentence, &[], &page(21))[0].len(), 1);
        assert_eq!(said(&LongSentence, &[], &page(20))[0].len(), 0);
    }

    #[test]
    fn silent_for_thirty_for_what_is_not_heard_and_for_cells() {
        let thirty = many(30);
        let long = many(40);
        let text = format!(
            "{thirty}. {thirty}; {thirty}\n\n- {thirty}\n- {thirty}\n\n::: only web print\n{long}\n:::\n\n\
             ::: except speech\n{long}\n:::\n\n| a |\n| --- |\n| {long} |\n\nỞ TP. Mỹ Tho, v.v. và {}.",
            many(22)
        );
        let channels = "title: Thử\neditions: {loa: {channel: speech, theme: loudspeaker}}\n";
        let page = format!(
            "---\ntitle: Chào\nsummary: Lời chào.\ndate: 2026-08-19\n---\n{}\n",
            text.replace("web print", "web")
        );
        assert_eq!(
            found(
                &LongSentence,
                &[("loa.yaml", channels), ("content/a.md", &page)]
            ),
            [""; 0]
        );
        let named = page.replace("only web", "only loa");
        assert_eq!(
            found(
                &LongSentence,
                &[("loa.yaml", channels), ("content/a.md", &named)]
            ),
            ["long-sentence"]
        );
    }
}
