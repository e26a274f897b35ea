//! A script as data: what a machine needs to plan, approve and speak it.

use serde::Serialize;

use super::files::Script;
use super::line::{Cue, Part, Voice, parts};
use crate::model::{ApprovalState, Held};
use crate::text::sha256;

/// The bulletin of one script, as its `.json` has it.
#[derive(Debug, Clone, Serialize)]
pub struct Bulletin {
    /// Edition, commune and article: the same for as long as they are called so.
    pub id: String,
    /// Headline.
    pub title: String,
    language: &'static str,
    priority: &'static str,
    /// The first day on which it may be read.
    valid_from: Option<String>,
    /// The last day.
    valid_until: Option<String>,
    /// For whom; empty for everybody.
    areas: Vec<Area>,
    accent: &'static str,
    /// Syllables a minute.
    pub rate: u32,
    syllables: usize,
    /// One reading with its pauses.
    pub seconds: usize,
    /// How often it is read, one reading after another.
    repeat: u32,
    approval: Approval,
    /// Why nobody may read it out yet, if so.
    held: Option<&'static str>,
    /// What is played and read, in order.
    pub segments: Vec<Segment>,
    /// The same words, cut for an engine.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    chunks: Vec<Chunk>,
    /// SHA-256 of what is read: sentences and voices.
    digest: String,
}

#[derive(Debug, Clone, Serialize)]
struct Area {
    code: String,
    name: String,
}

#[derive(Debug, Clone, Serialize)]
struct Approval {
    state: &'static str,
    by: Option<String>,
    role: Option<String>,
    on: Option<String>,
    digest: Option<String>,
}

/// A part of a bulletin.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Segment {
    /// A mark that is not read: `signature`, `pause`, `repeat`.
    Cue {
        /// Which.
        cue: &'static str,
        /// How long it is.
        seconds: usize,
    },
    /// A paragraph.
    Speech {
        /// Who reads it; nothing where one voice reads all.
        #[serde(skip_serializing_if = "Option::is_none")]
        voice: Option<Voice>,
        /// Its sentences.
        sentences: Vec<String>,
    },
}

/// A piece of text that an engine takes at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Chunk {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) voice: Option<Voice>,
    pub(super) text: String,
}

/// The bulletin as a file.
pub(super) fn file(script: &Script<'_>) -> String {
    let bulletin = Bulletin::of(script);
    let mut out = serde_json::to_string_pretty(&bulletin).expect("plain data has a JSON form");
    out.push('\n');
    out
}

impl Bulletin {
    /// Puts a paragraph before everything else.
    pub(super) fn begin_with(&mut self, sentence: &str) {
        let voice = None;
        let sentences = vec![sentence.to_owned()];
        self.segments
            .insert(0, Segment::Speech { voice, sentences });
    }

    pub(super) fn of(script: &Script<'_>) -> Bulletin {
        let (job, page, settings) = (script.job, script.page, script.settings);
        let meta = &page.meta;
        let commune = script.commune.map(|id| job.site.facts.commune(id));
        let folder = commune.map_or("", |commune| commune.slug.as_str());
        let parts = parts(script.lines(), script.turns);
        Bulletin {
            id: format!("{}/{folder}/{}", job.edition.name, page.slug).replace("//", "/"),
            title: meta.title.clone(),
            language: super::LANGUAGE,
            priority: meta.priority.name(),
            valid_from: super::first_day(page).map(|day| day.to_string()),
            valid_until: meta.expires_at.map(|at| at.date().to_string()),
            areas: commune
                .map(|commune| Area {
                    code: commune.code.clone(),
                    name: commune.full_name(),
                })
                .into_iter()
                .collect(),
            accent: settings.accent_name(),
            rate: script.frame.rate(settings),
            syllables: script.length.0,
            seconds: script.length.1,
            repeat: super::script::repeat(page),
            approval: approval(script),
            held: page.held.map(Held::name),
            chunks: settings.chunk.map_or_else(Vec::new, |limit| {
                chunks(&parts, usize::try_from(limit).unwrap_or(usize::MAX))
            }),
            digest: digest(&parts),
            segments: parts.into_iter().map(segment).collect(),
        }
    }
}

fn approval(script: &Script<'_>) -> Approval {
    let recorded = script.page.meta.approval.as_ref();
    let state = match script.page.approval {
        ApprovalState::NotNeeded => "not-needed",
        ApprovalState::Missing => "missing",
        ApprovalState::Void => "void",
        ApprovalState::Approved => "approved",
    };
    Approval {
        state,
        by: recorded.map(|one| one.by.clone()),
        role: recorded.map(|one| one.role.clone()),
        on: recorded.map(|one| one.on.to_string()),
        digest: recorded.map(|one| one.digest.clone()),
    }
}

fn segment(part: Part<'_>) -> Segment {
    match part {
        Part::Cue(cue) => Segment::Cue {
            cue: cue.name(),
            seconds: Cue::SECONDS,
        },
        Part::Say { voice, sentences } => Segment::Speech {
            voice,
            sentences: sentences.into_iter().map(str::to_owned).collect(),
        },
    }
}

/// A digest of what is heard.
fn digest(parts: &[Part<'_>]) -> String {
    let mut text = String::new();
    for part in parts {
        match part {
            Part::Cue(cue) => text.push_str(&format!("[{}]\n", cue.name())),
            Part::Say { voice, sentences } => {
                let voice = voice.map_or("", Voice::name);
                text.push_str(&format!("{voice}: {}\n", sentences.join(" ")));
            }
        }
    }
    sha256(text.as_bytes())
}

/// The spoken words in pieces of at most `limit` characters, each in one voice: whole sentences where
/// they fit, else as much as fits up to a comma, else up to a blank.
pub(super) fn chunks(parts: &[Part<'_>], limit: usize) -> Vec<Chunk> {
    let mut out: Vec<Chunk> = Vec::new();
    let mut joins = false;
    for part in parts {
        let Part::Say { voice, sentences } = part else {
            joins = false;
            continue;
        };
        for piece in sentences.iter().flat_map(|one| pieces(one, limit)) {
            let length = piece.chars().count();
            match out.last_mut() {
                Some(last)
                    if joins
                        && last.voice == *voice
                        && last.text.chars().count() + 1 + length <= limit =>
                {
                    last.text.push(' ');
                    last.text.push_str(piece);
                }
                _ => out.push(Chunk {
                    voice: *voice,
                    text: piece.to_owned(),
                }),
            }
            joins = true;
        }
    }
    out
}

/// A sentence in pieces that fit.
fn pieces(sentence: &str, limit: usize) -> Vec<&str> {
    let mut out = Vec::new();
    let mut rest = sentence;
    while let Some((end, _)) = rest.char_indices().nth(limit) {
        let room = &rest[..end];
        // A blank right behind the room ends a word, too.
        let blank = if rest[end..].starts_with(' ') {
            Some(end)
        } else {
            room.rfind(' ')
        };
        let comma = room.rfind([',', ';', ':']).map(|at| at + 1);
        let cut = comma.or(blank).filter(|at| *at > 0).unwrap_or(end);
        out.push(rest[..cut].trim());
        rest = rest[cut..].trim_start();
    }
    out.push(rest);
    out.retain(|piece| !piece.is_empty());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(sentences: &[&str], limit: usize) -> Vec<String> {
        let part = Part::Say {
            voice: None,
            sentences: sentences.to_vec(),
        };
        chunks(&[part], limit)
            .into_iter()
            .map(|chunk| chunk.text)
            .collect()
    }

    #[test]
    fn chunks_end_with_sentences_where_they_can() {
        assert_eq!(cut(&["Một hai.", "Ba."], 12), ["Một hai. Ba."]);
        assert_eq!(cut(&["Một hai.", "Ba."], 11), ["Một hai.", "Ba."]);
        let long = ["Gọi công an, rồi chờ ở ngoài."];
        assert_eq!(cut(&long, 16), ["Gọi công an,", "rồi chờ ở ngoài."]);
        assert_eq!(cut(&["Một hai ba."], 7), ["Một hai", "ba."]);
        assert_eq!(cut(&["ngoằnngoèo"], 4), ["ngoằ", "nngo", "èo"]);
    }

    #[test]
    fn nothing_is_lost_at_any_limit() {
        let said = [
            "Kính thưa bà con phường Đạo Thạnh, hôm nay, trạm phát.",
            "Ấp.",
        ];
        for limit in 5..80 {
            let chunks = cut(&said, limit);
            assert!(chunks.iter().all(|one| one.chars().count() <= limit));
            let joined: String = chunks.concat().replace(' ', "");
            assert_eq!(joined, said.concat().replace(' ', ""), "{limit}");
        }
    }
}
