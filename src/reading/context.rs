//! What a rule may look at: the tokens, the words around a place, what was read just before.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::accent::Accent;
use super::scan::{Kind, Token};
use super::tables::{Cue, Tables};
use super::tag::Class;

/// The text around a place.
pub(super) struct Context<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    pub(super) tables: &'static Tables,
    pub(super) accent: Accent,
    /// Class and last token of the find before the current place.
    pub(super) last: Option<(Class, usize)>,
    /// Class, first and last token of the number read before the current place.
    pub(super) number: Option<(Class, usize, usize)>,
    /// The words before a place and the lists that they belong to: every rule asks for the same place.
    pub(super) known: Known,
}

/// The last answers: place and lists, directly before and before an enumeration; place and words.
#[derive(Default)]
pub(super) struct Known {
    here: Cell<Option<(usize, u32)>>,
    list: Cell<Option<(usize, u32)>>,
    words: RefCell<Option<(usize, Words)>>,
}

/// Words in lower case.
pub(super) type Words = Rc<[String]>;

/// A cue phrase has at most this many words.
const CUE_WORDS: usize = 4;

impl<'a> Context<'a> {
    pub(super) fn kind(&self, at: usize) -> Option<Kind> {
        self.tokens.get(at).map(|token| token.kind)
    }

    /// The text of a token, empty beyond the end.
    pub(super) fn str(&self, at: usize) -> &'a str {
        self.tokens
            .get(at)
            .map_or("", |token| &self.text[token.start..token.end])
    }

    /// The text of several tokens.
    pub(super) fn span(&self, from: usize, to: usize) -> &'a str {
        match (self.tokens.get(from), self.tokens.get(to.wrapping_sub(1))) {
            (Some(first), Some(last)) if first.start <= last.end => {
                &self.text[first.start..last.end]
            }
            _ => "",
        }
    }

    /// The token's digits, empty when it is no number.
    pub(super) fn number(&self, at: usize) -> &'a str {
        if self.is_number(at) { self.str(at) } else { "" }
    }

    pub(super) fn is_number(&self, at: usize) -> bool {
        self.kind(at) == Some(Kind::Number)
    }

    pub(super) fn is_word(&self, at: usize) -> bool {
        self.kind(at) == Some(Kind::Word)
    }

    /// The token before, beyond the start a place no text has.
    pub(super) fn previous(at: usize) -> usize {
        at.checked_sub(1).unwrap_or(usize::MAX)
    }

    /// Whether nothing but blanks and opening marks stands before in this line.
    pub(super) fn line_head(&self, at: usize) -> bool {
        for before in (0..at).rev().take(8) {
            match self.kind(before) {
                Some(Kind::Newline) => return true,
                Some(Kind::Space) => {}
                Some(Kind::Mark)
                    if matches!(
                        self.str(before),
                        "*" | "#" | ">" | "_" | "-" | "+" | "•" | "("
                    ) => {}
                _ => return false,
            }
        }
        at <= 8
    }

    /// Skips one blank.
    pub(super) fn skip_space(&self, at: usize) -> usize {
        if self.kind(at) == Some(Kind::Space) {
            at + 1
        } else {
            at
        }
    }

    /// Whether a word or number begins or ends here: nothing alphanumeric is attached.
    pub(super) fn free_before(&self, at: usize) -> bool {
        at == 0 || !matches!(self.kind(at - 1), Some(Kind::Word | Kind::Number))
    }

    /// The text from a token on.
    pub(super) fn rest(&self, at: usize) -> &'a str {
        self.tokens
            .get(at)
            .map_or("", |token| &self.text[token.start..])
    }

    /// The first token at or behind a byte offset.
    pub(super) fn token_at(&self, from: usize, offset: usize) -> usize {
        let mut at = from;
        while self
            .tokens
            .get(at)
            .is_some_and(|token| token.start < offset)
        {
            at += 1;
        }
        at
    }

    /// Whether the words before belong to a cue list, looking over `1, 2 và` and one end of a range.
    pub(super) fn cue(&self, at: usize, cue: Cue) -> bool {
        let lists = remembered(&self.known.list, at, || {
            let start = self.list_start(at);
            if start == at {
                self.cues_here(at)
            } else {
                self.tables.cues(&self.words_before(start))
            }
        });
        cue.is_in(lists)
    }

    /// The same for the words directly before only.
    pub(super) fn cue_here(&self, at: usize, cue: Cue) -> bool {
        cue.is_in(self.cues_here(at))
    }

    fn cues_here(&self, at: usize) -> u32 {
        remembered(&self.known.here, at, || {
            self.tables.cues(&self.words_before(at))
        })
    }

    /// Whether the next word begins a cue phrase.
    pub(super) fn next_is(&self, at: usize, cue: Cue) -> bool {
        let at = self.skip_space(at);
        if !self.is_word(at) {
            return false;
        }
        let mut phrase = self.str(at).to_lowercase();
        if self.tables.is_cue(&phrase, cue) {
            return true;
        }
        let second = self.skip_space(at + 1);
        phrase.push(' ');
        phrase.push_str(&self.str(second).to_lowercase());
        self.is_word(second) && self.tables.is_cue(&phrase, cue)
    }

    /// The place where an enumeration of short number tokens begins.
    pub(super) fn list_start(&self, at: usize) -> usize {
        let mut start = at;
        for _ in 0..12 {
            let Some(joined) = self.joined_before(start) else {
                break;
            };
            start = joined;
        }
        start
    }

    fn joined_before(&self, at: usize) -> Option<usize> {
        let mut i = self.back_over_space(at)?;
        match self.str(i) {
            "," | "-" | "–" | "—" | "và" | "hoặc" | "đến" | "/" | "." => {}
            _ => return None,
        }
        i = self.back_over_space(i)?;
        match self.kind(i)? {
            Kind::Number => {}
            // A letter of a list ("điểm a, b") or the sign of a unit ("8g-10g").
            Kind::Word if self.str(i).chars().count() == 1 => {
                if i > 0 && self.is_number(i - 1) {
                    i -= 1;
                }
            }
            _ => return None,
        }
        Some(i)
    }

    fn back_over_space(&self, at: usize) -> Option<usize> {
        let i = at.checked_sub(1)?;
        if self.kind(i) == Some(Kind::Space) {
            i.checked_sub(1)
        } else {
            Some(i)
        }
    }

    /// Whether one of the words stands at most `reach` tokens before, in the same sentence.
    pub(super) fn said_before(&self, at: usize, words: &[&str], reach: usize) -> bool {
        for i in (0..at).rev().take(reach) {
            match self.kind(i) {
                Some(Kind::Newline) => return false,
                Some(Kind::Mark) if matches!(self.str(i), ";" | "!" | "?") => return false,
                // A dot inside a number or an abbreviation ends no sentence.
                Some(Kind::Mark) if self.str(i) == "." && self.kind(i + 1) == Some(Kind::Space) => {
                    return false;
                }
                Some(Kind::Word) if words.contains(&self.str(i).to_lowercase().as_str()) => {
                    return true;
                }
                _ => {}
            }
        }
        false
    }

    /// The class of the number before, if only a dash, a comma or a joining word stands between.
    pub(super) fn joined_number(&self, at: usize) -> Option<Class> {
        let (class, _, end) = self.number?;
        let near = end < at && at - end <= 4;
        let joins = |i: usize| {
            matches!(
                self.str(i),
                " " | "," | "-" | "–" | "—" | "và" | ";" | "đến" | "tới" | "hoặc"
            )
        };
        (near && (end..at).all(joins)).then_some(class)
    }

    /// Up to four words before in lower case, nearest last; other marks than `:` `.` `(` end them.
    pub(super) fn words_before(&self, at: usize) -> Words {
        if let Some((place, words)) = &*self.known.words.borrow()
            && *place == at
        {
            return Rc::clone(words);
        }
        let mut words = Vec::with_capacity(CUE_WORDS);
        for i in (0..at).rev().take(12) {
            match self.kind(i) {
                Some(Kind::Word) => words.push(self.str(i).to_lowercase()),
                Some(Kind::Space) => {}
                Some(Kind::Mark)
                    if words.is_empty() && matches!(self.str(i), ":" | "." | "(" | "[" | "*") => {}
                _ => break,
            }
            if words.len() == CUE_WORDS {
                break;
            }
        }
        words.reverse();
        let words = Words::from(words);
        self.known.words.replace(Some((at, Rc::clone(&words))));
        words
    }
}

/// The last answer if it was for the same place, otherwise a new one.
fn remembered(cell: &Cell<Option<(usize, u32)>>, at: usize, ask: impl FnOnce() -> u32) -> u32 {
    match cell.get() {
        Some((place, lists)) if place == at => lists,
        _ => {
            let lists = ask();
            cell.set(Some((at, lists)));
            lists
        }
    }
}

/// A word that begins with a capital.
pub(super) fn capitalized(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// A word of capitals only.
pub(super) fn all_capitals(word: &str) -> bool {
    word.chars().all(char::is_uppercase) && !word.is_empty()
}
