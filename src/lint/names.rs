//! Many names looked for at once: a trie over syllables, so that the cost of a text does not depend on
//! how many names there are.
//!
//! Syllables are compared in small letters with one placement of tone marks. Abbreviations such as `UBND`
//! stand for their syllables, and words such as `các` may stand inside a name.

use std::collections::HashMap;
use std::ops::Range;

use super::words::Shape;
use crate::model::{FormerName, Site};
use crate::text::{TonePlacement, placed, small, tone_placement, words};

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

/// The names that no longer hold on the day of the build.
pub(super) fn former(site: &Site) -> Vec<&FormerName> {
    let past = |name: &&FormerName| name.since.is_none_or(|day| day <= site.today);
    site.facts.former_names.iter().filter(past).collect()
}

/// Names to look for.
#[derive(Debug)]
pub(super) struct Names {
    syllables: HashMap<String, u32>,
    /// For each node the syllables that go on, and where they lead.
    steps: Vec<Vec<(u32, u32)>>,
    /// The name that ends at a node, for each node.
    ends: Vec<Option<usize>>,
    between: Vec<u32>,
    /// Syllables as they are written, small or in capitals, by what is quickly seen of them.
    written: Vec<Vec<(String, u32)>>,
    abbreviations: HashMap<&'static str, Vec<u32>>,
    /// The shapes of syllables and abbreviations that names begin with.
    beginnings: Vec<bool>,
}

/// A syllable of a text: what it is, and where.
#[derive(Debug, Clone, Copy)]
struct Token {
    id: u32,
    start: usize,
    end: usize,
}

impl Names {
    pub(super) fn new<'a>(names: impl IntoIterator<Item = &'a str>) -> Names {
        let mut out = Names {
            syllables: HashMap::new(),
            steps: vec![Vec::new()],
            ends: vec![None],
            between: Vec::new(),
            written: vec![Vec::new(); Shape::COUNT],
            abbreviations: HashMap::new(),
            beginnings: vec![false; Shape::COUNT],
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
            .map(|(short, long)| {
                let ids = long.split(' ').map(|word| out.intern(word)).collect();
                (*short, ids)
            })
            .collect();
        let known: Vec<(String, u32)> = out.syllables.drain().collect();
        for (syllable, id) in known {
            for form in forms(&syllable) {
                let shape = Shape::of(&form).place();
                out.beginnings[shape] |= out.step(0, id).is_some();
                out.written[shape].push((form, id));
            }
        }
        for (short, _) in ABBREVIATIONS {
            out.beginnings[Shape::of(short).place()] = true;
        }
        out
    }

    fn add(&mut self, name: &[String], place: usize) {
        let mut node = 0;
        for word in name {
            let id = self.intern(word);
            node = self.step(node, id).unwrap_or_else(|| {
                let fresh = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
                self.steps[node as usize].push((id, fresh));
                self.steps.push(Vec::new());
                self.ends.push(None);
                fresh
            });
        }
        if node > 0 {
            self.ends[node as usize].get_or_insert(place);
        }
    }

    fn step(&self, node: u32, syllable: u32) -> Option<u32> {
        let steps = &self.steps[node as usize];
        let found = steps.iter().find(|(known, _)| *known == syllable);
        found.map(|(_, next)| *next)
    }

    fn intern(&mut self, word: &str) -> u32 {
        let fresh = u32::try_from(self.syllables.len() + 1).unwrap_or(u32::MAX);
        *self.syllables.entry(word.to_owned()).or_insert(fresh)
    }

    /// A known syllable as it is written; 0 stands for all others.
    fn id(&self, word: &str) -> u32 {
        let known = |word: &str| {
            let same = self.written[Shape::of(word).place()].iter();
            let mut same = same.filter(|(form, _)| form == word);
            same.next().map_or(0, |(_, id)| *id)
        };
        match known(word) {
            // Capitals in the middle: rare, and looked at letter by letter.
            0 if has_late_capital(word) => {
                let mut small = String::new();
                lower(word, &mut small);
                known(&small)
            }
            id => id,
        }
    }

    /// Whether a word can begin a name: most cannot, and need no further look. `capital` says whether a
    /// letter behind its first is a capital of ASCII.
    #[inline]
    pub(super) fn may_begin_with(&self, shape: Shape, capital: bool) -> bool {
        capital || self.beginnings[shape.place()]
    }

    /// The names in a text, leftmost and longest: which, and where. `words` are those that may begin one.
    pub(super) fn find(&self, text: &str, words: &[Range<usize>]) -> Vec<(usize, Range<usize>)> {
        let mut out = Vec::new();
        let mut free = 0;
        let mut tokens = Tokens::new(self, text);
        for word in words {
            let start = word.start;
            if start < free || !self.may_begin(&text[word.clone()]) {
                continue;
            }
            tokens.begin(start);
            if let Some((name, end)) = self.longest(&mut tokens) {
                free = end;
                out.push((name, start..end));
            }
        }
        out
    }

    fn may_begin(&self, word: &str) -> bool {
        let id = self.id(word);
        id > 0 && self.step(0, id).is_some() || self.abbreviation(word, true).is_some()
    }

    /// The longest name that the next tokens are, and where it ends. It may begin inside an abbreviation:
    /// the last part of `UBND` is a part of a name, too.
    fn longest(&self, tokens: &mut Tokens<'_>) -> Option<(usize, usize)> {
        let begin = tokens.get(0)?;
        let mut best = None;
        for at in 0.. {
            let first = tokens.get(at).filter(|token| token.start == begin.start);
            let Some(first) = first else { break };
            if let Some(node) = self.step(0, first.id).filter(|_| first.id > 0) {
                self.follow(tokens, at, node, &mut best);
            }
        }
        best
    }

    /// Follows the trie from the token behind `at`; `best` is the name that ends last so far.
    fn follow(
        &self,
        tokens: &mut Tokens<'_>,
        at: usize,
        node: u32,
        best: &mut Option<(usize, usize)>,
    ) {
        let mut open = vec![(node, at + 1, false)];
        while let Some((node, next, between)) = open.pop() {
            let end = tokens.get(next - 1).map_or(0, |token| token.end);
            let token = tokens.get(next);
            // No name ends in the middle of an abbreviation, or with a word between.
            let whole = token.is_none_or(|token| token.end != end);
            if let Some(name) = self.ends[node as usize]
                && whole
                && !between
                && best.is_none_or(|(_, last)| end > last)
            {
                *best = Some((name, end));
            }
            let Some(token) = token.filter(|token| token.id > 0) else {
                continue;
            };
            // One word between at a time: a name is not stretched over a whole text.
            if !between && self.between.contains(&token.id) {
                open.push((node, next + 1, true));
            }
            if let Some(step) = self.step(node, token.id) {
                open.push((step, next + 1, false));
            }
        }
    }

    fn abbreviation(&self, word: &str, dot: bool) -> Option<&[u32]> {
        if word.len() > 8 || !word.starts_with(|c: char| c.is_ascii_uppercase()) {
            return None;
        }
        let long = self.abbreviations.get(word)?;
        (dot || !DOTTED.contains(&word)).then_some(long)
    }
}

/// The tokens from a place on, made only as far as a name reaches.
struct Tokens<'t> {
    names: &'t Names,
    text: &'t str,
    made: Vec<Token>,
    /// Where the next one is looked for; `None` behind the last that belongs to these.
    next: Option<usize>,
}

impl<'t> Tokens<'t> {
    fn new(names: &'t Names, text: &'t str) -> Tokens<'t> {
        Tokens {
            names,
            text,
            made: Vec::new(),
            next: None,
        }
    }

    fn begin(&mut self, start: usize) {
        self.made.clear();
        self.next = Some(start);
    }

    fn get(&mut self, place: usize) -> Option<Token> {
        while self.made.len() <= place {
            self.make()?;
        }
        self.made.get(place).copied()
    }

    /// Makes the next token, or those of the next abbreviation. Only spaces may part two of them.
    fn make(&mut self) -> Option<()> {
        let from = self.next.take()?;
        let rest = &self.text[from..];
        let start = from + rest.len() - rest.trim_start().len();
        let (_, word) = words(&self.text[start..])
            .next()
            .filter(|(at, _)| *at == 0)?;
        let mut end = start + word.len();
        let dot = self.text[end..].starts_with('.');
        if let Some(long) = self.names.abbreviation(word, dot) {
            end += usize::from(dot);
            let token = |id: &u32| Token {
                id: *id,
                start,
                end,
            };
            self.made.extend(long.iter().map(token));
        } else {
            let id = self.names.id(word);
            self.made.push(Token { id, start, end });
        }
        self.next = Some(end);
        Some(())
    }
}

/// Whether a letter behind the first is a capital of ASCII.
fn has_late_capital(word: &str) -> bool {
    let mut rest = word.bytes().skip(1);
    rest.any(|byte| byte.is_ascii_uppercase())
}

/// The ways in which a syllable is written: small, with a capital, in capitals; the tone mark in both places.
fn forms(syllable: &str) -> Vec<String> {
    let mut out = Vec::new();
    for form in [TonePlacement::First, TonePlacement::Second] {
        let small = placed(syllable, form);
        let mut letters = small.chars();
        let first: String = letters
            .next()
            .into_iter()
            .flat_map(char::to_uppercase)
            .collect();
        for written in [first + letters.as_str(), small.to_uppercase(), small] {
            if !out.contains(&written) {
                out.push(written);
            }
        }
    }
    out
}

/// Small letters, tone marks in one place.
fn lower(word: &str, out: &mut String) {
    out.clear();
    out.extend(word.chars().map(small));
    if tone_placement(out) == Some(TonePlacement::Second) {
        *out = placed(out, TonePlacement::First);
    }
}

/// The syllables of a name, abbreviations written out.
fn spelled(name: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut small = String::new();
    for (_, word) in words(name) {
        let long = ABBREVIATIONS.iter().find(|(short, _)| *short == word);
        if let Some((_, long)) = long {
            out.extend(long.split(' ').map(str::to_owned));
        } else {
            lower(word, &mut small);
            out.push(small.clone());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::words::{Named, Words};

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
        let found = Words::of(std::iter::once(text), &Names::new(NAMES)).named;
        let shown = |named: Named| (NAMES[named.name], &text[named.range]);
        found.into_iter().map(shown).collect()
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
