//! The texts that findings point into, and places in them.

use std::fmt;
use std::sync::{Arc, OnceLock};

use memchr::memmem;
use serde::{Deserialize, Serialize};

/// What begins the words of a comment that allows findings.
pub const ALLOW: &str = "loa: allow ";

/// Whether a text may hold such a comment.
#[must_use]
pub fn may_allow(text: &str) -> bool {
    memmem::find(text.as_bytes(), ALLOW.as_bytes()).is_some()
}

/// Names one text of [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FileId(pub u32);

/// Bytes `start..end` of one text in normal form C.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    /// The text.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span of `start..end` in `file`; texts are far below 4 GiB, larger offsets are clipped.
    #[must_use]
    pub fn new(file: FileId, start: usize, end: usize) -> Span {
        let clip = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Span {
            file,
            start: clip(start),
            end: clip(end.max(start)),
        }
    }

    /// The very beginning of a text.
    #[must_use]
    pub fn start_of(file: FileId) -> Span {
        Span {
            file,
            start: 0,
            end: 0,
        }
    }
}

/// Where the text of a [`SourceFile`] comes from when it is first wanted.
pub trait TextSource: Send + Sync {
    /// The text, normalized.
    fn text(&self) -> &str;

    /// Whether it was fetched already.
    fn is_read(&self) -> bool;
}

#[derive(Clone)]
enum Text {
    Given(String),
    From(Arc<dyn TextSource>),
}

/// A text as loa sees it: without byte order mark, lines ended by LF, normal form C.
#[derive(Clone)]
pub struct SourceFile {
    /// Path from the site's root, with `/`.
    pub path: String,
    text: Text,
    may_allow: bool,
    /// The first byte of each line, counted when a place is first asked for.
    lines: OnceLock<Vec<u32>>,
}

impl fmt::Debug for SourceFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SourceFile")
            .field("path", &self.path)
            .field("text", &self.text())
            .finish_non_exhaustive()
    }
}

impl SourceFile {
    /// Takes a text that is already normalized.
    #[must_use]
    pub fn new(path: String, text: String) -> SourceFile {
        SourceFile {
            path,
            may_allow: may_allow(&text),
            text: Text::Given(text),
            lines: OnceLock::new(),
        }
    }

    /// A text that is fetched when it is first wanted: most texts of an unchanged site never are.
    /// `may_allow` is what [`may_allow()`] says of it.
    #[must_use]
    pub fn later(path: String, from: Arc<dyn TextSource>, may_allow: bool) -> SourceFile {
        SourceFile {
            path,
            text: Text::From(from),
            may_allow,
            lines: OnceLock::new(),
        }
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        match &self.text {
            Text::Given(text) => text,
            Text::From(from) => from.text(),
        }
    }

    /// Whether it may hold comments that allow findings; known without the text.
    #[must_use]
    pub fn may_allow(&self) -> bool {
        self.may_allow
    }

    /// Where the text comes from, to be kept by whoever points into it; nothing where it was given as it is.
    #[must_use]
    pub fn shared(&self) -> Option<&Arc<dyn TextSource>> {
        match &self.text {
            Text::Given(_) => None,
            Text::From(from) => Some(from),
        }
    }

    fn lines(&self) -> &[u32] {
        self.lines.get_or_init(|| {
            let breaks = self
                .text()
                .bytes()
                .zip(1u32..)
                .filter(|(byte, _)| *byte == b'\n')
                .map(|(_, next)| next);
            std::iter::once(0).chain(breaks).collect()
        })
    }

    /// Line and column of a byte offset, both from 1; columns count characters.
    #[must_use]
    pub fn position(&self, offset: u32) -> (usize, usize) {
        let lines = self.lines();
        let line = lines.partition_point(|start| *start <= offset).max(1);
        let start = lines[line - 1] as usize;
        let end = (offset as usize).clamp(start, self.text().len());
        let column = self
            .text()
            .get(start..end)
            .map_or(0, |text| text.chars().count());
        (line, column + 1)
    }
}

/// All texts of a run. A clone shares them.
#[derive(Debug, Default, Clone)]
pub struct Sources {
    files: Arc<Vec<SourceFile>>,
}

impl Sources {
    /// Adds a text and names it.
    pub fn add(&mut self, file: SourceFile) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        Arc::make_mut(&mut self.files).push(file);
        id
    }

    /// The same texts with another one under a name that this value has given out.
    #[must_use]
    pub fn with(&self, id: FileId, file: SourceFile) -> Sources {
        let mut files = Vec::clone(&self.files);
        files[id.0 as usize] = file;
        Sources {
            files: Arc::new(files),
        }
    }

    /// The names of all texts.
    pub fn files(&self) -> impl Iterator<Item = FileId> {
        (0u32..).zip(self.files.iter()).map(|(id, _)| FileId(id))
    }

    /// The text of a name that this value has given out.
    #[must_use]
    pub fn get(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// The text of a name, if there is one.
    #[must_use]
    pub fn find(&self, id: FileId) -> Option<&SourceFile> {
        self.files.get(id.0 as usize)
    }

    /// The path of a text.
    #[must_use]
    pub fn path(&self, id: FileId) -> &str {
        &self.get(id).path
    }

    /// The text of a file.
    #[must_use]
    pub fn text(&self, id: FileId) -> &str {
        self.get(id).text()
    }

    /// Whether the text of a file is in memory.
    #[must_use]
    pub fn is_read(&self, id: FileId) -> bool {
        match &self.get(id).text {
            Text::Given(_) => true,
            Text::From(from) => from.is_read(),
        }
    }

    /// The words at a place.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text(span.file)
            .get(span.start as usize..span.end as usize)
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters_not_bytes() {
        let file = SourceFile::new("a.md".into(), "Ấp\nĐường x".into());
        let x = u32::try_from(file.text().find('x').unwrap()).unwrap();
        assert_eq!(file.position(0), (1, 1));
        assert_eq!(file.position(x), (2, 7));
        assert_eq!(file.position(9_999), (2, 8));
    }
}
