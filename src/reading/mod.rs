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
        tag::read(text, self.accent, [&self.own, &self.lexicon])
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

/// A place in a law in words: "điểm e khoản 2 Điều 9" is "điểm e khoản hai Điều chín".
#[must_use]
pub fn pinpoint(written: &str, accent: Accent) -> String {
    Reader::new(accent, Vec::new()).read(written).text
}
