//! YAML that can be read in one way only: the lines that nearly all front matter consists of.
//!
//! `yaml.rs` asks here first, since its two parsers take many times longer. What is not a plain line
//! beyond doubt is left to them, mistakes of every kind among it, so that nothing is found here and
//! no message comes from here. A property test compares both ways of reading.
//!
//! A plain line is `key: value` or `- value` with a value in quotation marks and without escapes, one
//! that begins with a letter or a digit, or a list or map in brackets that ends on the line.

use std::collections::HashSet;

use crate::diag::{FileId, Span};
use crate::model::{Key, Node, NodeKind};

/// What is nested deeper is left to the parsers.
const DEEPEST: usize = 8;

/// Reads a map of plain lines; nothing when there is anything else in the text.
pub(super) fn read(file: FileId, text: &str, offset: usize) -> Option<Node> {
    if !text.chars().all(is_ordinary) {
        return None;
    }
    let mut reader = Reader {
        file,
        text,
        offset,
        at: 0,
    };
    let root = reader.map(0, 0)?;
    (reader.at == text.len()).then_some(root)
}

/// Neither a sign that some parser takes for the end of a line, nor one that another does not allow.
fn is_ordinary(c: char) -> bool {
    matches!(c, '\n' | ' '..='~' | '\u{a0}'..='\u{2027}' | '\u{202a}'..='\u{d7ff}')
}

/// Whether no key comes twice; a registry may have thousands.
fn are_different(entries: &[(Key, Node)]) -> bool {
    let mut seen = HashSet::with_capacity(entries.len());
    entries.iter().all(|(key, _)| seen.insert(&key.text))
}

struct Reader<'a> {
    file: FileId,
    text: &'a str,
    offset: usize,
    at: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn node(&self, start: usize, end: usize, kind: NodeKind) -> Node {
        Node {
            span: self.span(start, end),
            kind,
        }
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, self.offset + start, self.offset + end)
    }

    /// How far the line that comes next is set in.
    fn indent(&self) -> usize {
        let rest = self.rest();
        rest.len() - rest.trim_start_matches(' ').len()
    }

    /// Takes a sign if it comes next.
    fn take(&mut self, sign: &str) -> bool {
        let there = self.rest().starts_with(sign);
        self.at += if there { sign.len() } else { 0 };
        there
    }

    /// Takes the end of a line, with the spaces before it where they belong to nothing.
    fn line_end(&mut self, spaces: bool) -> Option<()> {
        if spaces {
            self.at += self.indent();
        }
        (self.take("\n") || self.at == self.text.len()).then_some(())
    }

    /// Where a block that ended before the line that comes next is said to end.
    fn block_end(&self) -> usize {
        self.at + self.indent()
    }

    /// Lines of `key: value`, all set in alike.
    fn map(&mut self, indent: usize, depth: usize) -> Option<Node> {
        let start = self.at + indent;
        let mut entries: Vec<(Key, Node)> = Vec::new();
        while self.at < self.text.len() && self.indent() == indent {
            self.at += indent;
            let key = self.key()?;
            let value = if self.take(" ") {
                self.at += self.indent();
                self.value(depth)?
            } else {
                self.nested(indent, depth)?
            };
            entries.push((key, value));
        }
        // Deeper lines go on with a value, which is not plain any more.
        let over = self.at == self.text.len() || self.indent() < indent;
        (over && !entries.is_empty() && are_different(&entries))
            .then(|| self.node(start, self.block_end(), NodeKind::Map(entries)))
    }

    /// A key and its colon.
    fn key(&mut self) -> Option<Key> {
        let rest = self.rest();
        let word = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        let length = rest.bytes().take_while(word).count();
        let text = &rest[..length];
        if !text.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let span = self.span(self.at, self.at + length);
        self.at += length;
        self.take(":").then(|| Key {
            text: text.to_owned(),
            span,
        })
    }

    /// What stands on the lines below a key: a list or a map that is set in further.
    fn nested(&mut self, indent: usize, depth: usize) -> Option<Node> {
        self.line_end(false)?;
        let own = self.indent();
        if own <= indent || depth >= DEEPEST {
            return None;
        }
        if !self.rest()[own..].starts_with('-') {
            return self.map(own, depth + 1);
        }
        let start = self.at + own;
        let mut items = Vec::new();
        while self.at < self.text.len() && self.indent() == own {
            self.at += own;
            if !self.take("- ") {
                return None;
            }
            items.push(self.value(depth + 1)?);
        }
        let over = self.at == self.text.len() || self.indent() < own;
        over.then(|| self.node(start, self.block_end(), NodeKind::List(items)))
    }

    /// A value up to the end of its line.
    fn value(&mut self, depth: usize) -> Option<Node> {
        let first = self.rest().chars().next()?;
        let node = match first {
            '"' | '\'' => self.quoted(first)?,
            '[' | '{' => {
                let node = self.flow(depth)?;
                self.line_end(false)?;
                return Some(node);
            }
            _ => self.words(first)?,
        };
        self.line_end(true)?;
        Some(node)
    }

    /// Words in quotation marks.
    fn quoted(&mut self, mark: char) -> Option<Node> {
        let start = self.at;
        let inner = &self.rest()[1..];
        let length = inner.find([mark, '\\', '\n'])?;
        // In single marks a backslash is a letter, and two marks are one.
        let after = &inner[length..];
        if !after.starts_with(mark) || after[1..].starts_with(mark) {
            return None;
        }
        self.at += length + 2;
        let kind = NodeKind::Scalar(inner[..length].to_owned());
        Some(self.node(start, self.at, kind))
    }

    /// Words without marks, up to the end of the line.
    fn words(&mut self, first: char) -> Option<Node> {
        let rest = self.rest();
        let line = &rest[..rest.find('\n').unwrap_or(rest.len())];
        let words = line.trim_end_matches(' ');
        let odd = !first.is_alphanumeric()
            || words.contains(": ")
            || words.contains(" #")
            || words.ends_with(':')
            || words.trim_end() != words;
        if odd {
            return None;
        }
        Some(self.plain(words))
    }

    fn plain(&mut self, words: &str) -> Node {
        let start = self.at;
        self.at += words.len();
        let kind = if words == "null" {
            NodeKind::Null
        } else {
            NodeKind::Scalar(words.to_owned())
        };
        self.node(start, self.at, kind)
    }

    /// A list or map in brackets, or a scalar inside one.
    fn flow(&mut self, depth: usize) -> Option<Node> {
        let first = self.rest().chars().next()?;
        match first {
            '[' | '{' if depth >= DEEPEST => None,
            '[' => self.flow_list(depth),
            '{' => self.flow_map(depth),
            '"' | '\'' => self.quoted(first),
            _ => self.flow_words(),
        }
    }

    fn flow_list(&mut self, depth: usize) -> Option<Node> {
        let start = self.at;
        self.at += 1;
        let mut items = Vec::new();
        loop {
            self.at += self.indent();
            items.push(self.flow(depth + 1)?);
            self.at += self.indent();
            if self.take("]") {
                return Some(self.node(start, self.at, NodeKind::List(items)));
            }
            if !self.take(",") {
                return None;
            }
        }
    }

    fn flow_map(&mut self, depth: usize) -> Option<Node> {
        let start = self.at;
        self.at += 1;
        let mut entries: Vec<(Key, Node)> = Vec::new();
        loop {
            self.at += self.indent();
            let key = self.key()?;
            if !self.take(" ") {
                return None;
            }
            self.at += self.indent();
            entries.push((key, self.flow(depth + 1)?));
            self.at += self.indent();
            if self.take("}") {
                let kind = are_different(&entries).then_some(NodeKind::Map(entries))?;
                return Some(self.node(start, self.at, kind));
            }
            if !self.take(",") {
                return None;
            }
        }
    }

    /// Words inside brackets: letters, digits, and signs between them that mean nothing there.
    fn flow_words(&mut self) -> Option<Node> {
        let rest = self.rest();
        let word = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | '/');
        let length = rest.find(|c| !word(c)).unwrap_or(rest.len());
        let words = rest[..length].trim_end_matches(' ');
        let sound = words.starts_with(char::is_alphanumeric) && words.trim_end() == words;
        sound.then(|| self.plain(words))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::load::yaml;

    fn agrees(text: &str) -> bool {
        let quick = read(FileId(3), text, 7);
        if let Some(quick) = &quick {
            let slow = yaml::parse_slowly(FileId(3), text, 7);
            assert_eq!(Ok(quick), slow.as_ref(), "{text:?}");
        }
        quick.is_some()
    }

    #[test]
    fn what_people_write_most_is_read_quickly() {
        for text in [
            "title: \"Định: đèn # 'x'\"\ndate: 2026-08-19\nsummary: Gọi (113) — ngay!x:y\ntopics: [nghi-dinh-06, 'b c']\n",
            "approval:\n  by: Trần Văn Ba\n  on: 2026-08-19\n  digest: ab12\ntopics:\n  - một\n  - \"hai\"\nlast: x",
            "programme: {starts: 2026-08-19, place: 'UBND', items: [{at: \"08:00\", what: Khai mạc}]}\n",
            "a:\n    b:\n      - {x: 1}\n      - y  \n    c: z\nd: null\n",
        ] {
            assert!(agrees(text), "{text:?}");
        }
    }

    #[test]
    fn what_is_not_plain_is_left_alone() {
        for text in [
            "",
            "a",
            "a:\n",
            "a: &x 1\n",
            "a: *x\n",
            "a: !!str x\n",
            "a: b: c\n",
            "a: b #c\n",
            "a: |\n  b\n",
            "a: b\n  c\n",
            "a: 1\na: 2\n",
            "a: \"\\n\"\n",
            "a: 'b''c'\n",
            "a: [b]  \n",
            "a: [b,]\n",
            "a: {b}\n",
            "a: [b: c]\n",
            "a:\n- b\n",
            "a: 1\n\nb: 2\n",
            "# c\na: 1\n",
            "---\na: 1\n",
            "a: 1\n...\n",
            "a:\tb\n",
            "a: b\u{2028}c\n",
            "a: b\u{a0}\n",
            "a: b:\n",
            "a: ~\n",
            "a: \"b\" c\n",
            "a: \"b\nc\"\n",
            " a: 1\n",
        ] {
            assert!(!agrees(text), "{text:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn both_ways_of_reading_agree(
            parts in proptest::collection::vec(
                proptest::sample::select(vec![
                    "a", "b", "c-d", "null", "ế", "1", "2026-08-19", " ", "  ", "    ", "\n", "\n", "\n  ", "\n    ",
                    ":", ": ", ": ", "- ", "- ", "-", "[", "]", "{", "}", ", ", ",", "\"", "'", "\"x y\"", "'z'", "#", " #",
                    "?", "? ", "\\", "|", ">", "&", "*", "!", "%", "@", "`", "~", "/", ".", "...", "---", "\t", "\u{a0}", "…",
                ]),
                0..24,
            ),
        ) {
            agrees(&parts.concat());
        }

        #[test]
        fn they_agree_on_lines_that_are_nearly_plain(
            lines in proptest::collection::vec((0..24_usize, 0..40_usize), 1..10),
            end in proptest::sample::select(vec!["\n", "\n", "", "\n\n"]),
        ) {
            agrees(&(written(&lines).join("\n") + end));
        }
    }

    /// Lines of keys, lists and maps in one another, now and then with something odd.
    fn written(choices: &[(usize, usize)]) -> Vec<String> {
        const VALUES: &[&str] = &[
            "x",
            "x y",
            "\"x\"",
            "'x \\ y' ",
            "\"\"",
            "[x, y]",
            "[x , 'y']",
            "{p: x, q: [y]}",
            "x  ",
            "[x y, z/w.v]",
            "[ x]",
            "{ p: x }",
            "[{p: \"x: y\"}, 'z']",
            "null",
            "[null]",
            "08:00",
            "http://x",
            "x:y",
            "“x”",
            "ế, x - y?",
            "\"# x\"",
            "x: y",
            "x # y",
            "[]",
            "{p: }",
            "{p:x}",
            "[x: y]",
            "(x)",
            "x:",
            "- x",
            "\"x\\ty\"",
            "x\u{a0}",
        ];
        let mut open = vec![(0, false)];
        let mut out = Vec::new();
        for (number, (kind, value)) in choices.iter().enumerate() {
            let (indent, list) = *open.last().unwrap();
            let space = " ".repeat(indent);
            let value = VALUES.get(*value).copied().unwrap_or("x");
            let mark = if list {
                "- ".to_owned()
            } else {
                format!("k{number}: ")
            };
            match kind {
                0..12 => out.push(format!("{space}{mark}{value}")),
                12..18 if !list => {
                    out.push(format!("{space}k{number}:"));
                    open.push((indent + 1 + kind % 3, *kind < 15));
                }
                18 => out.push(format!(" {space}{mark}{value}")),
                19 => out.push(format!("{space}k{}: {value}", number.saturating_sub(1))),
                20 => out.push(String::new()),
                _ if open.len() > 1 => {
                    open.pop();
                }
                _ => {}
            }
        }
        out
    }
}
