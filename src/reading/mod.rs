//! Text normalization: written Vietnamese to the words an announcer says.
//!
//! A text is cut into tokens (`scan`), the rules of `rules/` look for the class of what stands
//! at each token (`tag`), the longest find wins and is put into words (`verbalize`). What the
//! rules know of the language stands in the tables of `data/`. Whatever comes in, what goes out
//! holds only letters, spaces and pause marks.

mod accent;
mod context;
mod output;
mod rules;
mod scan;
mod tables;
mod tag;
#[cfg(test)]
mod tests;
mod verbalize;

use std::sync::Arc;

pub use accent::Accent;
pub use verbalize::{cardinal, digits, phone};

/// What a piece of text sounds like.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Spoken {
    /// Letters, spaces and the pause marks `, . ; : ? !`.
    pub text: String,
    /// The places that an editor should listen to.
    pub doubts: Vec<Doubt>,
}

/// A place where the reading was guessed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// First byte in the input.
    pub start: usize,
    /// The byte after the last one.
    pub end: usize,
    /// What the page has.
    pub written: String,
    /// What was made of it.
    pub spoken: String,
    /// What it could as well be, where the words around decide nothing.
    pub other: Option<String>,
    /// Whether it was spelt, letter by letter.
    pub spelled: bool,
}

/// A normalizer with one site's lexicon, and over it that of a page. A clone shares both.
#[derive(Debug, Clone)]
pub struct Reader {
    accent: Accent,
    lexicon: Arc<tables::Lexicon>,
    /// What a page wants read its own way.
    own: Arc<tables::Lexicon>,
}

impl Reader {
    /// A reader whose site pairs (written, spoken) win over the built-in tables.
    #[must_use]
    pub fn new(accent: Accent, lexicon: impl IntoIterator<Item = (String, String)>) -> Reader {
        Reader {
            accent,
            lexicon: Arc::new(tables::Lexicon::new(lexicon)),
            own: Arc::default(),
        }
    }

    /// The same reader with pairs that win over the site's; the site's are shared, not copied.
    ///
    /// ```
    /// # use loa::reading::{Accent, Reader};
    /// let pair = |spoken: &str| [("THTG".to_owned(), spoken.to_owned())];
    /// let site = Reader::new(Accent::South, pair("truyền hình"));
    /// assert_eq!(site.with(pair("tê hát tê gờ")).read("THTG").text, "tê hát tê gờ");
    /// ```
    #[must_use]
    pub fn with(&self, own: impl IntoIterator<Item = (String, String)>) -> Reader {
        Reader {
            own: Arc::new(tables::Lexicon::new(own)),
            ..self.clone()
        }
    }

    /// The spoken words of one piece of running text.
    ///
    /// ```
    /// # use loa::reading::{Accent, Reader};
    /// let reader = Reader::new(Accent::North, Vec::new());
    /// assert_eq!(reader.read("lúc 7g30").text, "lúc bảy giờ ba mươi phút");
    /// ```
    #[must_use]
    pub fn read(&self, text: &str) -> Spoken {
        tag::read(text, self.accent, [&self.own, &self.lexicon], &mut ())
    }

    /// The same, with every piece of the text and what was made of it.
    ///
    /// ```
    /// # use loa::reading::{Accent, Reader};
    /// let reader = Reader::new(Accent::North, Vec::new());
    /// let (_, pieces) = reader.explain("họp 19/8");
    /// assert_eq!((pieces[1].class, pieces[1].rule), ("date", "date"));
    /// assert_eq!(pieces[1].words, "ngày mười chín tháng tám");
    /// ```
    #[must_use]
    pub fn explain(&self, text: &str) -> (Spoken, Vec<Piece>) {
        let mut pieces = Pieces {
            text,
            list: Vec::new(),
        };
        let spoken = tag::read(text, self.accent, [&self.own, &self.lexicon], &mut pieces);
        (spoken, pieces.list)
    }
}

/// A piece of a text and how it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// First byte in the input.
    pub start: usize,
    /// The byte after the last one.
    pub end: usize,
    /// What it was taken for; `word` where it is said as it stands.
    pub class: &'static str,
    /// The rule that took it for that.
    pub rule: &'static str,
    /// What decided it; empty where the rule has one ground only.
    pub because: &'static str,
    /// What is said, with pause marks; empty for what is silent.
    pub words: String,
    /// What it could as well be.
    pub other: Option<String>,
    /// Whether the reading is a guess.
    pub guessed: bool,
}

/// Collects the pieces of a text.
struct Pieces<'a> {
    text: &'a str,
    list: Vec<Piece>,
}

impl tag::Trace for Pieces<'_> {
    fn piece(&mut self, start: usize, end: usize, found: Option<&tag::Found>) {
        let written = self.text.get(start..end).unwrap_or_default();
        let words = |spoken: &str| {
            let mut out = output::Output::with_capacity(spoken.len());
            out.say(spoken);
            out.finish()
        };
        let piece = match found {
            Some(found) => Piece {
                start,
                end,
                class: found.class.name(),
                rule: found.rule,
                because: found.because,
                words: words(&found.spoken),
                other: found.other.clone(),
                guessed: found.doubt,
            },
            None if written.trim().is_empty() => return,
            None => Piece {
                start,
                end,
                class: "word",
                rule: "word",
                because: "",
                words: words(written),
                other: None,
                guessed: false,
            },
        };
        self.list.push(piece);
    }
}

/// How many syllables a spoken text has: groups between blanks that hold a letter.
#[must_use]
pub fn syllables(spoken: &str) -> usize {
    spoken
        .split_whitespace()
        .filter(|group| group.chars().any(char::is_alphabetic))
        .count()
}

/// A document's name, number and issuer in words.
#[must_use]
pub fn document(kind: &str, number: &str, issuer: &str, accent: Accent) -> String {
    rules::docnum::document(kind, number, issuer, accent)
}

/// Whether the built-in table has a short form, whatever must stand around it.
#[must_use]
pub fn knows(short: &str) -> bool {
    let rows = tables::Tables::get().abbreviations(short);
    rows.iter().any(|row| row.written == short)
}

/// Any text in words, with the built-in tables alone.
#[must_use]
pub fn aloud(written: &str, accent: Accent) -> String {
    Reader::new(accent, Vec::new()).read(written).text
}

/// A place in a law in words: "điểm e khoản 2 Điều 9" is "điểm e khoản hai Điều chín".
#[must_use]
pub fn pinpoint(written: &str, accent: Accent) -> String {
    aloud(written, accent)
}
