//! A line of words with what parts of it are besides words: emphasized, a link, a cell of a table.

use crate::model::LinkTarget;

/// A part of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mark {
    /// Where it begins, in bytes.
    pub(crate) start: usize,
    /// Where it ends.
    pub(crate) end: usize,
    /// What it is.
    pub(crate) what: Meaning,
}

/// What a part of a line is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// Emphasized.
    Emphasis,
    /// Strongly emphasized.
    Strong,
    /// A link.
    Link(LinkTarget),
    /// A cell of a table, which may be empty.
    Cell,
}

/// A line that grows. Marks lie within one another like brackets, since they come from a tree.
pub(crate) struct Line {
    text: String,
    /// Nothing where nobody asks for marks. An outer mark stands before those within.
    marks: Option<Vec<Mark>>,
}

impl Line {
    /// An empty one.
    pub(crate) fn new(marked: bool) -> Line {
        Line {
            text: String::new(),
            marks: marked.then(Vec::new),
        }
    }

    /// Whether marks are noted.
    pub(crate) fn is_marked(&self) -> bool {
        self.marks.is_some()
    }

    /// The words so far.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Adds words.
    pub(crate) fn push(&mut self, words: &str) {
        self.text.push_str(words);
    }

    /// Adds words that are something.
    pub(crate) fn within(&mut self, what: impl FnOnce() -> Meaning, add: impl FnOnce(&mut Line)) {
        let start = self.text.len();
        let place = self.marks.as_mut().map(|marks| {
            let what = what();
            marks.push(Mark {
                start,
                end: start,
                what,
            });
            marks.len() - 1
        });
        add(self);
        let end = self.text.len();
        if let Some((marks, place)) = self.marks.as_mut().zip(place) {
            marks[place].end = end;
        }
    }

    /// The words with single spaces between them, and what parts of them are.
    pub(crate) fn finish(self) -> (String, Vec<Mark>) {
        let marks = self.marks.unwrap_or_default();
        if marks.is_empty() {
            let words: Vec<&str> = self.text.split_whitespace().collect();
            return (words.join(" "), marks);
        }
        let mut out = String::with_capacity(self.text.len());
        // Where each byte comes to stand.
        let mut places = Vec::with_capacity(self.text.len() + 1);
        for letter in self.text.chars() {
            places.resize(places.len() + letter.len_utf8(), out.len());
            if !letter.is_whitespace() {
                out.push(letter);
            } else if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        }
        out.truncate(out.trim_end().len());
        places.push(out.len());
        let moved = |mark: Mark| {
            let place = |at: usize| places.get(at).copied().unwrap_or(out.len()).min(out.len());
            let (start, end) = (place(mark.start), place(mark.end));
            // Spaces belong to what is around.
            let inner = &out[start..end];
            Mark {
                start: start + (inner.len() - inner.trim_start().len()),
                end: (start + inner.trim_end().len()).max(start),
                ..mark
            }
        };
        let marks = marks.into_iter().map(moved);
        let marks = marks.map(|mark| Mark {
            start: mark.start.min(mark.end),
            ..mark
        });
        let worth = |mark: &Mark| mark.start < mark.end || mark.what == Meaning::Cell;
        (out.clone(), marks.filter(worth).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_follow_their_words_when_spaces_go() {
        let mut line = Line::new(true);
        line.push("  Gọi  ");
        line.within(
            || Meaning::Strong,
            |line| {
                line.push(" ngay ");
                line.within(|| Meaning::Emphasis, |line| line.push("công  an"));
                line.within(|| Meaning::Strong, |line| line.push("  "));
            },
        );
        line.push(" \n");
        let (text, marks) = line.finish();
        assert_eq!(text, "Gọi ngay công an");
        let parts: Vec<(&str, &Meaning)> = marks
            .iter()
            .map(|mark| (&text[mark.start..mark.end], &mark.what))
            .collect();
        assert_eq!(
            parts,
            [
                ("ngay công an", &Meaning::Strong),
                ("công an", &Meaning::Emphasis)
            ]
        );
    }
}
