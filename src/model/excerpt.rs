//! Words of a tree that stand in a source just as they are: they point there instead of being copied.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use crate::diag::TextSource;

/// Some words: a piece of a text that is in memory anyway, or words of their own.
#[derive(Clone)]
pub struct Excerpt(Kind);

#[derive(Clone)]
enum Kind {
    Of {
        text: Arc<dyn TextSource>,
        start: u32,
        end: u32,
    },
    Own(Box<str>),
}

impl Excerpt {
    /// The words at `start..end` of a text, if they are these.
    #[must_use]
    pub fn of(
        text: &Arc<dyn TextSource>,
        start: usize,
        end: usize,
        words: &str,
    ) -> Option<Excerpt> {
        (text.text().get(start..end)? == words).then_some(Excerpt(Kind::Of {
            text: Arc::clone(text),
            start: u32::try_from(start).ok()?,
            end: u32::try_from(end).ok()?,
        }))
    }
}

impl Deref for Excerpt {
    type Target = str;

    fn deref(&self) -> &str {
        match &self.0 {
            // They were there when it was made, and a text does not change.
            Kind::Of { text, start, end } => text
                .text()
                .get(*start as usize..*end as usize)
                .unwrap_or_default(),
            Kind::Own(words) => words,
        }
    }
}

impl From<&str> for Excerpt {
    fn from(words: &str) -> Excerpt {
        Excerpt(Kind::Own(words.into()))
    }
}

impl From<String> for Excerpt {
    fn from(words: String) -> Excerpt {
        Excerpt(Kind::Own(words.into()))
    }
}

impl fmt::Debug for Excerpt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Blob, Content};

    #[test]
    fn words_that_stand_in_a_text_are_not_copied() {
        let blob = Arc::new(Blob::new(Content::Text("Gọi 113 ngay".into())));
        let place = blob.text(|_| String::new()).as_ptr();
        let text: Arc<dyn TextSource> = blob;
        let words = Excerpt::of(&text, 0, 5, "Gọi").unwrap();
        assert_eq!((&*words, words.as_ptr()), ("Gọi", place));
        assert!(Excerpt::of(&text, 0, 5, "Gọi ").is_none());
        assert!(Excerpt::of(&text, 0, 3, "Gọ").is_none(), "inside a letter");
        assert_eq!(format!("{:?}", Excerpt::from("một")), "\"một\"");
    }
}
