//! How a script would read what stands at a place of a page: what several checks listen to.

use std::cell::OnceCell;
use std::ops::Range;

use crate::model::{Page, Site};
use crate::reading::{Accent, Reader, Spoken};

/// Readings are shown in the wording of the South; the other accents read the same things, and about as long.
pub(super) const ACCENT: Accent = Accent::South;

/// So many words before and behind a place decide how it is read.
const AROUND: usize = 8;

/// The reader of pages that want nothing read their own way.
pub(super) fn reader(site: &Site) -> Reader {
    Reader::new(ACCENT, site.facts.lexicon.iter().cloned())
}

/// The readings of one page, in its own way where it has one.
pub(super) struct Aloud<'a> {
    site: &'a Reader,
    page: &'a Page,
    /// Made when it is first wanted.
    own: OnceCell<Option<Reader>>,
}

impl<'a> Aloud<'a> {
    pub(super) fn new(site: &'a Reader, page: &'a Page) -> Aloud<'a> {
        Aloud {
            site,
            page,
            own: OnceCell::new(),
        }
    }

    pub(super) fn reader(&self) -> &Reader {
        let say = &self.page.meta.speech.say;
        let own = || (!say.is_empty()).then(|| self.site.with(say.iter().cloned()));
        self.own.get_or_init(own).as_ref().unwrap_or(self.site)
    }

    /// A place with the words around it: where that begins in the text, and how it is read.
    pub(super) fn near(&self, text: &str, at: usize) -> (usize, Spoken) {
        let window = around(text, at);
        (window.start, self.reader().read(&text[window]))
    }
}

/// A place with the words around it.
fn around(text: &str, at: usize) -> Range<usize> {
    let blank = |byte: &u8| byte.is_ascii_whitespace();
    let (before, behind) = text.as_bytes().split_at(at);
    let before = before
        .iter()
        .enumerate()
        .rev()
        .filter(|(_, byte)| blank(byte));
    let start = before.map(|(place, _)| place + 1).nth(AROUND).unwrap_or(0);
    let behind = behind.iter().enumerate().filter(|(_, byte)| blank(byte));
    let end = behind.map(|(place, _)| at + place).nth(AROUND);
    start..end.unwrap_or(text.len())
}
