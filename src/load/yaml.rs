//! YAML to a tree with places. The only file that names a YAML library.
//!
//! `serde_yaml` decides what is YAML; it does not say where values stand, so the places come from
//! the events of a second parser. Anchors, aliases, tags and repeated keys are refused. Lines about
//! which no two parsers can differ are read without them, in `plain_yaml.rs`.

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle};

use super::{findings, plain_yaml};
use crate::diag::{Diagnostic, FileId, Span};
use crate::model::{Key, Node, NodeKind};

/// Settings deeper than this are refused.
const DEEPEST: usize = 32;

/// Reads the YAML in `text`, which begins at byte `offset` of `file`.
///
/// An empty text is [`NodeKind::Null`].
///
/// # Errors
/// What is wrong with it, all repeated keys included.
pub(crate) fn parse(file: FileId, text: &str, offset: usize) -> Result<Node, Vec<Diagnostic>> {
    match plain_yaml::read(file, text, offset) {
        Some(node) => Ok(node),
        None => parse_slowly(file, text, offset),
    }
}

/// The same by the two parsers, whatever the text.
pub(super) fn parse_slowly(
    file: FileId,
    text: &str,
    offset: usize,
) -> Result<Node, Vec<Diagnostic>> {
    let mut builder = Builder {
        file,
        text,
        offset,
        cursor: (0, 0),
        diags: Vec::new(),
        stack: Vec::new(),
        root: None,
    };
    for event in Parser::new_from_str(text) {
        match event {
            Ok((event, span)) => {
                let (start, end) = (builder.byte(span.start.index()), span.end.index());
                if !builder.event(event, start, end) {
                    return Err(builder.diags);
                }
            }
            Err(error) => {
                let at = builder.byte(error.marker().index());
                return Err(vec![findings::invalid_yaml(
                    builder.letter(at),
                    error.info(),
                )]);
            }
        }
    }
    if let Err(error) = serde_yaml::from_str::<serde::de::IgnoredAny>(text) {
        let at = error
            .location()
            .map_or(0, |location| location.index())
            .min(text.len());
        return Err(vec![findings::invalid_yaml(
            builder.span(at, at),
            &error.to_string(),
        )]);
    }
    if builder.diags.is_empty() {
        let nothing = Node {
            span: builder.span(0, 0),
            kind: NodeKind::Null,
        };
        Ok(builder.root.unwrap_or(nothing))
    } else {
        Err(builder.diags)
    }
}

/// A list or map that is still open.
enum Open {
    List(usize, Vec<Node>),
    Map(usize, Vec<(Key, Node)>, HashMap<String, Span>, Option<Key>),
}

struct Builder<'a> {
    file: FileId,
    text: &'a str,
    offset: usize,
    /// A character index and the byte it stands at: places only move forward.
    cursor: (usize, usize),
    diags: Vec<Diagnostic>,
    stack: Vec<Open>,
    root: Option<Node>,
}

impl Builder<'_> {
    fn span(&self, start: usize, end: usize) -> Span {
        let clip = |at: usize| at.min(self.text.len()) + self.offset;
        Span::new(self.file, clip(start), clip(end))
    }

    /// The span of the letter at a byte.
    fn letter(&self, at: usize) -> Span {
        let length = self
            .text
            .get(at..)
            .and_then(|rest| rest.chars().next())
            .map_or(0, char::len_utf8);
        self.span(at, at + length)
    }

    /// The byte of a character index.
    fn byte(&mut self, index: usize) -> usize {
        let (from, byte) = if index >= self.cursor.0 {
            self.cursor
        } else {
            (0, 0)
        };
        let rest = &self.text[byte..];
        let ahead = rest
            .char_indices()
            .nth(index - from)
            .map_or(rest.len(), |(at, _)| at);
        self.cursor = (index, byte + ahead);
        self.cursor.1
    }

    /// Takes one event; false when reading cannot go on.
    fn event(&mut self, event: Event<'_>, start: usize, end_index: usize) -> bool {
        match event {
            Event::Alias(_) => return self.refuse(start, "yaml-alias"),
            Event::Scalar(_, _, anchor, _)
            | Event::SequenceStart(anchor, _)
            | Event::MappingStart(anchor, _)
                if anchor != 0 =>
            {
                return self.refuse(start, "yaml-alias");
            }
            Event::Scalar(_, _, _, Some(_))
            | Event::SequenceStart(_, Some(_))
            | Event::MappingStart(_, Some(_)) => {
                return self.refuse(start, "yaml-tag");
            }
            Event::Scalar(text, style, ..) => {
                let end = self.byte(end_index);
                let written = &self.text[start..end];
                let written = quoted(written).unwrap_or(written.trim_end());
                let span = self.span(start, start + written.len());
                self.scalar(text.into_owned(), style, span);
            }
            Event::SequenceStart(..) | Event::MappingStart(..) if self.stack.len() >= DEEPEST => {
                return self.refuse(start, "yaml-deep");
            }
            Event::SequenceStart(..) => self.stack.push(Open::List(start, Vec::new())),
            Event::MappingStart(..) => {
                self.stack
                    .push(Open::Map(start, Vec::new(), HashMap::new(), None));
            }
            Event::SequenceEnd | Event::MappingEnd => {
                // A block ends where the next thing begins; a flow one has a bracket of its own.
                let end = self.byte(end_index);
                self.close(end.max(start));
            }
            Event::DocumentStart(_) if self.root.is_some() => {
                return self.refuse(start, "yaml-documents");
            }
            _ => {}
        }
        true
    }

    fn refuse(&mut self, at: usize, why: &'static str) -> bool {
        let span = self.letter(at);
        self.diags.push(findings::refused_yaml(span, why));
        false
    }

    fn scalar(&mut self, text: String, style: ScalarStyle, span: Span) {
        if let Some(Open::Map(_, _, seen, key @ None)) = self.stack.last_mut() {
            if let Some(first) = seen.get(&text) {
                self.diags
                    .push(findings::duplicate_key(span, &text, *first));
            } else {
                seen.insert(text.clone(), span);
            }
            *key = Some(Key { text, span });
            return;
        }
        let plain = matches!(style, ScalarStyle::Plain);
        let null = plain && matches!(text.as_str(), "" | "~" | "null");
        self.value(Node {
            span,
            kind: if null {
                NodeKind::Null
            } else {
                NodeKind::Scalar(text)
            },
        });
    }

    fn value(&mut self, node: Node) {
        match self.stack.last_mut() {
            None => self.root = Some(node),
            Some(Open::List(_, items)) => items.push(node),
            Some(Open::Map(_, entries, _, key)) => {
                // A list or map used as a key has no name; it is read as an empty one and reported as unknown.
                let key = key.take().unwrap_or(Key {
                    text: String::new(),
                    span: node.span,
                });
                entries.push((key, node));
            }
        }
    }

    fn close(&mut self, end: usize) {
        let (start, kind) = match self.stack.pop() {
            Some(Open::List(start, items)) => (start, NodeKind::List(items)),
            Some(Open::Map(start, entries, ..)) => (start, NodeKind::Map(entries)),
            None => return,
        };
        let span = self.span(start, end.max(start));
        self.value(Node { span, kind });
    }
}

/// The quoted text at the beginning: the parser's own end may lie behind a comment.
fn quoted(text: &str) -> Option<&str> {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let mut at = 1;
    loop {
        at += text[at..].find([quote, '\\'])?;
        let escape = text[at..].starts_with('\\');
        if escape && quote == '"' || text[at..].starts_with("''") {
            at += 1 + text[at + 1..].chars().next().map_or(0, char::len_utf8);
        } else if escape {
            at += 1;
        } else {
            return Some(&text[..=at]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<&'static str> {
        parse(FileId(0), text, 0).map_or_else(
            |diags| diags.iter().map(|d| d.code.name).collect(),
            |_| Vec::new(),
        )
    }

    #[test]
    fn keys_and_values_know_their_bytes() {
        let text = "tiêu đề: Ấp\nlist: [một, \"hai\"]\n";
        let node = parse(FileId(0), text, 100).unwrap();
        let (key, value) = &node.entries()[0];
        let slice = |span: Span| &text[span.start as usize - 100..span.end as usize - 100];
        assert_eq!((slice(key.span), slice(value.span)), ("tiêu đề", "Ấp"));
        let NodeKind::List(items) = &node.entries()[1].1.kind else {
            panic!("a list")
        };
        assert_eq!(
            (slice(items[0].span), slice(items[1].span)),
            ("một", "\"hai\"")
        );
    }

    #[test]
    fn a_quoted_text_ends_at_its_quote() {
        let text = "a: \"m\\\"ột\" # x\nb: 'h''a\\i' # y\nc: [\"\", '']\n";
        let node = parse(FileId(0), text, 0).unwrap();
        let slice = |span: Span| &text[span.start as usize..span.end as usize];
        let values: Vec<&str> = node
            .entries()
            .iter()
            .map(|(_, value)| slice(value.span))
            .collect();
        assert_eq!(values, ["\"m\\\"ột\"", "'h''a\\i'", "[\"\", '']"]);
    }

    #[test]
    fn tricks_are_refused_and_every_repeated_key_is_named() {
        assert_eq!(codes("a: &x [1]\nb: *x\n"), ["invalid-yaml"]);
        assert_eq!(codes("a: !!str 1\n"), ["invalid-yaml"]);
        assert_eq!(codes(&"[".repeat(5_000)), ["invalid-yaml"]);
        assert_eq!(codes("a: b: c\n"), ["invalid-yaml"]);
        assert_eq!(
            codes("a: 1\nb: 2\na: 3\nb: 4\n"),
            ["duplicate-key", "duplicate-key"]
        );
        assert_eq!(codes(""), [""; 0]);
    }
}
