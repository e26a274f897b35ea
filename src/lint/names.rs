//! Many names looked for at once: a trie over syllables, so that the cost of a text does not depend on
//! how many names there are.
//!
//! Syllables are compared in small letters with one placement of tone marks. Abbreviations such as `UBND`
//! stand for their syllables, and words such as `các` may stand inside a name.

use std::collections::HashMap;
use std::ops::Range;

use crate::text::{TonePlacement, placed, tone_placement, words};

/// Abbreviations of bodies and places, with their syllables. A dot after one belongs to it.
const ABBREVIATIONS: [(&str, &str); 13] = [
    ("UBND", "ủy ban nhân dân"),
    ("HĐND", "hội đồng nhân dân"),
    ("UBMTTQ", "ủy ban mặt trận tổ quốc"),
    ("MTTQ", "mặt trận tổ quốc"),
    ("BĐBP", "bộ đội biên phòng"),
    ("PTTH", "phát thanh và truyền hình"),
    ("CA", "công an"),
    ("TP", "thành phố"),
    ("Tp", "thành phố"),
    ("TX", "thị xã"),
    ("Tx", "thị xã"),
    ("TT", "thị trấn"),
    ("T", "tỉnh"),
];

/// Abbreviations that mean a place only with a dot.
const DOTTED: [&str; 2] = ["TT", "T"];

/// Words that may stand inside a name without changing it.
const BETWEEN: [&str; 7] = ["các", "những", "mọi", "mỗi", "từng", "cấp", "hai"];

/// Names to look for.
#[derive(Debug)]
pub(super) struct Names {
    syllables: HashMap<String, u32>,
    steps: HashMap<(u32, u32), u32>,
    /// The name that ends at a node, for each node.
    ends: Vec<Option<usize>>,
    between: Vec<u32>,
    abbreviations: HashMap<&'static str, Vec<u32>>,
}

/// A syllable of a text: what it is, and where.
#[derive(Debug, Clone, Copy)]
struct Token {
    id: u32,
    start: usize,
    end: usize,
    /// Whether only a space parts it from the one before.
    joined: bool,
}

impl Names {
    pub(super) fn new<'a>(names: impl IntoIterator<Item = &'a str>) -> Names {
        let mut out = Names {
            syllables: HashMap::new(),
            steps: HashMap::new(),
            ends: vec![None],
            between: Vec::new(),
            abbreviations: HashMap::new(),
        };
        let names: Vec<Vec<String>> = names.into_iter().map(spelled).collect();
        for (place, name) in names.iter().enumerate() {
            out.add(name, place);
        }
        // A name also goes by its words without those that may be left out; an exact one comes first.
        for (place, name) in names.iter().enumerate() {
            let mut short = name.clone();
            short.retain(|word| !BETWEEN.contains(&word.as_str()));
            if short.len() < name.len() && short.len() > 1 {
                out.add(&short, place);
            }
        }
        out.between = BETWEEN.map(|word| out.intern(word)).to_vec();
        out.abbreviations = ABBREVIATIONS
            .iter()
            .map(|(short, long)| (*short, long.split(' ').map(|word| out.id(word)).collect()))
            .collect();
        out
    }

    fn add(&mut self, name: &[String], place: usize) {
        let mut node = 0;
        for word in name {
            let id = self.intern(word);
            let fresh = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
            node = *self.steps.entry((node, id)).or_insert(fresh);
            if node == fresh {
                self.ends.push(None);
            }
        }
        if node > 0 {
            self.ends[node as usize].get_or_insert(place);
        }
    }

    fn intern(&mut self, word: &str) -> u32 {
        let fresh = u32::try_from(self.syllables.len() + 1).unwrap_or(u32::MAX);
        *self.syllables.entry(word.to_owned()).or_insert(fresh)
    }

    /// A known syllable; 0 stands for all others.
    fn id(&self, word: &str) -> u32 {
        self.syllables.get(word).copied().unwrap_or(0)
    }

    /// The names in a text, leftmost and longest: which, and where.
    pub(super) fn find(&self, text: &str) -> Vec<(usize, Range<usize>)> {
        let tokens = self.tokens(text);
        let mut out = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            match self.longest(&tokens, at) {
                Some((name, next)) => {
                    out.push((name, tokens[at].start..tokens[next - 1].end));
                    at = next;
                }
                None => at += 1,
            }
        }
        out
    }

    /// The longest name that begins at a token, and the token behind it.
    fn longest(&self, tokens: &[Token], at: usize) -> Option<(usize, usize)> {
        let first = *self
            .steps
            .get(&(0, tokens[at].id))
            .filter(|_| tokens[at].id > 0)?;
        let mut best: Option<(usize, usize)> = None;
        let mut open = vec![(first, at + 1)];
        while let Some((node, next)) = open.pop() {
            if let Some(name) = self.ends[node as usize]
                && best.is_none_or(|(_, end)| next > end)
            {
                best = Some((name, next));
            }
            let Some(token) = tokens
                .get(next)
                .filter(|token| token.joined && token.id > 0)
            else {
                continue;
            };
            // One word between at a time: a name is not stretched over a whole text.
            if self.between.contains(&token.id) && !self.is_between(tokens, next - 1, at) {
                open.push((node, next + 1));
            }
            if let Some(step) = self.steps.get(&(node, token.id)) {
                open.push((*step, next + 1));
            }
        }
        // A word between is no end.
        best.filter(|(_, end)| *end > at)
    }

    /// Whether the token before is itself a word between, not the first of the name.
    fn is_between(&self, tokens: &[Token], place: usize, first: usize) -> bool {
        place > first && self.between.contains(&tokens[place].id)
    }

    fn tokens(&self, text: &str) -> Vec<Token> {
        let mut out = Vec::new();
        let mut small = String::new();
        let mut end = 0;
        for (start, word) in words(text) {
            let joined = text[end..start].chars().all(char::is_whitespace);
            end = start + word.len();
            let dot = text[end..].starts_with('.');
            if let Some(long) = self.abbreviation(word, dot) {
                let stop = if dot { end + 1 } else { end };
                for (place, id) in long.iter().enumerate() {
                    let joined = joined || place > 0;
                    out.push(Token {
                        id: *id,
                        start,
                        end: stop,
                        joined,
                    });
                }
                end = stop;
                continue;
            }
            lower(word, &mut small);
            let id = self.id(&small);
            out.push(Token {
                id,
                start,
                end,
                joined,
            });
        }
        out
    }

    fn abbreviation(&self, word: &str, dot: bool) -> Option<&[u32]> {
        if word.len() > 8 || !word.starts_with(|c: char| c.is_ascii_uppercase()) {
            return None;
        }
        let long = self.abbreviations.get(word)?;
        (dot || !DOTTED.contains(&word)).then_some(long)
    }
}

/// Small letters, tone marks in one place.
fn lower(word: &str, out: &mut String) {
    out.clear();
    out.extend(word.chars().flat_map(char::to_lowercase));
    if tone_placement(out) == Some(TonePlacement::Second) {
        *out = placed(out, TonePlacement::First);
    }
}

/// The syllables of a name, abbreviations written out.
fn spelled(name: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut small = String::new();
    for (_, word) in words(name) {
        match ABBREVIATIONS.iter().find(|(short, _)| *short == word) {
            Some((_, long)) => out.extend(long.split(' ').map(str::to_owned)),
            None => {
                lower(word, &mut small);
                out.push(small.clone());
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 9] = [
        "tỉnh Tiền Giang",
        "thành phố Mỹ Tho",
        "thị trấn",
        "thị xã",
        "huyện",
        "Ủy ban nhân dân huyện",
        "Công an huyện",
        "Đài Truyền thanh cấp huyện",
        "Ủy ban nhân dân các huyện",
    ];

    fn found(text: &str) -> Vec<(&'static str, &str)> {
        let found = Names::new(NAMES).find(text);
        found
            .into_iter()
            .map(|(name, at)| (NAMES[name], &text[at]))
            .collect()
    }

    #[test]
    fn inflections_are_found_and_the_longest_name_wins() {
        for (text, name, written) in [
            (
                "UBND huyện Châu Thành",
                "Ủy ban nhân dân huyện",
                "UBND huyện",
            ),
            (
                "Uỷ ban nhân dân huyện",
                "Ủy ban nhân dân huyện",
                "Uỷ ban nhân dân huyện",
            ),
            (
                "ỦY BAN  NHÂN DÂN\nHUYỆN",
                "Ủy ban nhân dân huyện",
                "ỦY BAN  NHÂN DÂN\nHUYỆN",
            ),
            (
                "Ủy ban nhân dân các huyện",
                "Ủy ban nhân dân các huyện",
                "Ủy ban nhân dân các huyện",
            ),
            ("công an cấp huyện", "Công an huyện", "công an cấp huyện"),
            ("CA huyện", "Công an huyện", "CA huyện"),
            ("TP. Mỹ Tho", "thành phố Mỹ Tho", "TP. Mỹ Tho"),
            ("TP.Mỹ Tho", "thành phố Mỹ Tho", "TP.Mỹ Tho"),
            ("ở T. Tiền Giang", "tỉnh Tiền Giang", "T. Tiền Giang"),
            ("TX. Gò Công", "thị xã", "TX."),
            ("TT. Tân Hiệp", "thị trấn", "TT."),
            ("Thị trấn Tân Hiệp", "thị trấn", "Thị trấn"),
            ("các huyện", "huyện", "huyện"),
            (
                "Đài Truyền thanh huyện",
                "Đài Truyền thanh cấp huyện",
                "Đài Truyền thanh huyện",
            ),
            ("UBND các thị xã", "thị xã", "thị xã"),
        ] {
            assert_eq!(found(text), [(name, written)], "{text}");
        }
        assert_eq!(found("Công an các huyện, thị xã").len(), 2);
    }

    #[test]
    fn syllables_are_whole_and_marks_count() {
        for text in [
            "thị trấnX",
            "nhà thị, xã",
            "tinh Tien Giang",
            "TT 28/2020",
            "ủy ban nhân dân, huyệ",
            "thị – xã",
            "ca huyên",
            "thị trường",
            "",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn a_long_run_of_words_between_costs_no_more_than_its_length() {
        let text = format!("Ủy ban nhân dân {} huyện", "các cấp ".repeat(20_000));
        assert_eq!(found(&text), [("huyện", "huyện")]);
    }
}
