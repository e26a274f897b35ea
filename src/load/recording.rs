//! Recordings of articles: a sound beside a page, called as its file, with its transcript.

use std::collections::BTreeMap;

use super::approval::approvable;
use super::snapshot::text_of;
use crate::model::{AssetId, Page, PageId, Site, State};

/// Endings of sounds, the one that is played first where there are several.
const SOUNDS: [&str; 4] = ["mp3", "m4a", "ogg", "wav"];

/// A recording of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recording {
    /// The sound.
    pub sound: AssetId,
    /// Its transcript with times; none for what was recorded by hand.
    pub captions: Option<AssetId>,
    /// The transcript, paragraph by paragraph.
    pub lines: Vec<String>,
    /// How long it is, as far as the transcript tells.
    pub seconds: Option<usize>,
    /// Whether `loa audio` made it of another text than the page has now.
    pub outdated: bool,
}

/// The recordings of pages that are current. Of pages without a sound nothing is read.
#[must_use]
pub fn recordings(site: &Site) -> BTreeMap<PageId, Recording> {
    let mut sounds: BTreeMap<String, (usize, AssetId)> = BTreeMap::new();
    let mut captions: BTreeMap<String, AssetId> = BTreeMap::new();
    for asset in &site.assets {
        let Some((stem, ending)) = asset.source.rsplit_once('.') else {
            continue;
        };
        if ending == "vtt" {
            captions.insert(format!("{stem}.md"), asset.id);
        }
        let Some(rank) = SOUNDS.iter().position(|sound| *sound == ending) else {
            continue;
        };
        let place = sounds
            .entry(format!("{stem}.md"))
            .or_insert((rank, asset.id));
        *place = (*place).min((rank, asset.id));
    }
    if sounds.is_empty() {
        return BTreeMap::new();
    }
    let current = site
        .pages
        .iter()
        .filter(|page| page.state == State::Current);
    let with = current.filter_map(|page| Some((page, sounds.get(&page.source)?.1)));
    with.map(|(page, sound)| {
        let captions = captions.get(&page.source).copied();
        (page.id, recording(site, page, sound, captions))
    })
    .collect()
}

fn recording(site: &Site, page: &Page, sound: AssetId, captions: Option<AssetId>) -> Recording {
    let text = captions.and_then(|id| text_of(&site.asset(id).bytes()).ok());
    let text = text.unwrap_or_default();
    let of = text.lines().find_map(|line| line.strip_prefix("NOTE loa "));
    Recording {
        sound,
        captions,
        lines: paragraphs(&text),
        seconds: length(&text),
        outdated: of.is_some_and(|of| of.trim() != approvable(site, page).digest),
    }
}

/// The words of a transcript, a `.vtt` file.
fn paragraphs(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    for block in text.split("\n\n") {
        let mut lines = block.lines().skip_while(|line| !line.contains("-->"));
        if lines.next().is_some() {
            out.push(lines.collect::<Vec<_>>().join(" "));
        }
    }
    out
}

/// When the last paragraph ends, in whole seconds.
fn length(text: &str) -> Option<usize> {
    let times = text.lines().rev().find_map(|line| line.split_once("-->"));
    let end = times?.1.trim().split(' ').next()?;
    let mut seconds = 0_usize;
    for part in end.split('.').next()?.split(':') {
        let number: usize = part.parse().ok()?;
        seconds = seconds.checked_mul(60)?.checked_add(number)?;
    }
    Some(seconds)
}

#[cfg(test)]
mod tests {
    use super::super::{Tree, parse};
    use super::*;

    const VTT: &str = "WEBVTT\n\nNOTE loa ab\n\n00:00:00.000 --> 00:00:01.000\nMột.\n\n00:00:02.000 --> 01:02:03.900\nHai\nba.\n";

    fn found(files: &[(&str, &str)]) -> Vec<Recording> {
        let page = "---\ntitle: A\nsummary: B.\ndate: 2026-08-19\n---\nC.\n";
        let mut all = vec![
            ("loa.yaml", "title: Thử\neditions: {}\n"),
            ("content/a.md", page),
        ];
        all.extend(files);
        let site = parse(&Tree::of(&all), jiff::civil::date(2026, 8, 19), &[]).site;
        recordings(&site).into_values().collect()
    }

    #[test]
    fn a_sound_is_found_beside_its_page() {
        assert_eq!(found(&[("content/b.mp3", "x")]), []);
        let by_hand = found(&[("content/a.wav", "x"), ("content/a.mp3", "x")]);
        assert_eq!((by_hand[0].captions, by_hand[0].outdated), (None, false));
        assert_eq!((by_hand[0].sound, by_hand[0].seconds), (AssetId(0), None));
        let made = found(&[("content/a.mp3", "x"), ("content/a.vtt", VTT)]);
        assert_eq!(made[0].lines, ["Một.", "Hai ba."]);
        assert_eq!((made[0].seconds, made[0].outdated), (Some(3_723), true));
    }

    #[test]
    fn a_broken_transcript_is_borne() {
        for text in [
            "",
            "WEBVTT",
            "-->",
            "a --> 99999999999999999999:1\nx",
            "1 --> \n",
        ] {
            let made = found(&[("content/a.mp3", "x"), ("content/a.vtt", text)]);
            assert_eq!((made[0].seconds, made[0].outdated), (None, false), "{text}");
        }
    }
}
