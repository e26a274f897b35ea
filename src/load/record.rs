//! Writing an approval into the bytes of a page, where every other byte stays as it is.
//!
//! The places come from the YAML parser, which here reads the front matter as it lies on the disk: with
//! its own line ends and its own normal form. Whether the result says what it should is for the caller to
//! verify by reading it again.

use std::ops::Range;

use jiff::civil::Date;

use super::front_matter::{Split, split_lines};
use super::yaml;
use crate::diag::{FileId, Span};
use crate::model::{Key, Node, NodeKind};

const KEY: &str = "approval";
const MARK: &str = "\u{feff}";

/// What is written down.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// Who.
    pub by: &'a str,
    /// In what post.
    pub role: &'a str,
    /// When.
    pub on: Date,
    /// Of what.
    pub digest: &'a str,
}

impl Entry<'_> {
    /// The keys and their values as YAML, in the order in which they are written.
    fn values(&self) -> [(&'static str, String); 4] {
        [
            ("by", quoted(self.by)),
            ("role", quoted(self.role)),
            ("on", self.on.to_string()),
            ("digest", self.digest.to_owned()),
        ]
    }

    fn map(&self) -> String {
        let pairs: Vec<String> = self
            .values()
            .iter()
            .map(|(key, value)| format!("{key}: {value}"))
            .collect();
        format!("{{{}}}", pairs.join(", "))
    }
}

/// Bytes of a file and the text that takes their place.
pub type Edit = (Range<usize>, String);

/// The edits that record an approval in a page, in the order of their places.
///
/// `None` when the bytes are no text with front matter that can be read.
///
/// ```
/// use loa::load::{Entry, apply, record};
/// let page = b"---\ntitle: A # x\n---\nB";
/// let entry = Entry { by: "C", role: "D", on: jiff::civil::date(2026, 8, 20), digest: "e" };
/// let edits = record(page, &entry).unwrap();
/// let written = String::from_utf8(apply(page, &edits)).unwrap();
/// assert_eq!(written, "---\ntitle: A # x\napproval: {by: \"C\", role: \"D\", on: 2026-08-20, digest: e}\n---\nB");
/// ```
#[must_use]
pub fn record(bytes: &[u8], entry: &Entry<'_>) -> Option<Vec<Edit>> {
    let whole = std::str::from_utf8(bytes).ok()?;
    let text = whole.strip_prefix(MARK).unwrap_or(whole);
    let Split::Found { yaml: head, .. } = split_lines(lines(text)) else {
        return None;
    };
    let node = yaml::parse(FileId(0), &text[head.clone()], head.start).ok()?;
    let found = node.entries().iter().find(|(key, _)| key.text == KEY);
    let mut edits = match found {
        Some((key, value)) => replaced(text, key, value, entry),
        None => vec![inserted(text, &head, &node, entry)?],
    };
    let before = whole.len() - text.len();
    for (range, _) in &mut edits {
        *range = range.start + before..range.end + before;
    }
    edits.sort_by_key(|(range, _)| range.start);
    Some(edits)
}

/// Where an approval stands in a text that was read, its key included.
#[must_use]
pub fn approval_place(file: FileId, text: &str) -> Option<Span> {
    let Split::Found { yaml: head, .. } = split_lines(lines(text)) else {
        return None;
    };
    let node = yaml::parse(file, &text[head.clone()], head.start).ok()?;
    let found = node.entries().iter().find(|(key, _)| key.text == KEY);
    let (key, value) = found?;
    Some(Span::new(
        file,
        key.span.start as usize,
        end_of(text, value).max(key.span.end as usize),
    ))
}

/// The bytes after the edits.
#[must_use]
pub fn apply(bytes: &[u8], edits: &[Edit]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() + 256);
    let mut from = 0;
    for (range, text) in edits {
        out.extend_from_slice(&bytes[from..range.start]);
        out.extend_from_slice(text.as_bytes());
        from = range.end;
    }
    out.extend_from_slice(&bytes[from..]);
    out
}

/// A whole entry keeps its layout and its comments: only the four values change.
fn replaced(text: &str, key: &Key, value: &Node, entry: &Entry<'_>) -> Vec<Edit> {
    let values = entry.values();
    let own = value.entries();
    let place = |name: &str| {
        own.iter()
            .find(|(key, _)| key.text == name)
            .map(|(_, node)| node)
    };
    let single: Vec<Edit> = values
        .iter()
        .filter_map(|(name, value)| {
            let node = place(name)?;
            matches!(node.kind, NodeKind::Scalar(_)).then(|| (range(node), value.clone()))
        })
        .collect();
    if single.len() == values.len() && own.len() == values.len() {
        return single;
    }
    let start = range(value).start;
    if value.kind != NodeKind::Null || text[range(value)].trim() != "" {
        return vec![(start..end_of(text, value), entry.map())];
    }
    // Nothing stands behind the colon.
    let after = key.span.end as usize;
    let colon = text[after..].find(':').map_or(after, |at| after + at + 1);
    vec![(colon..colon, format!(" {}", entry.map()))]
}

/// A line of its own before the closing `---`, or an entry of its own where all of it is one flow map.
fn inserted(text: &str, head: &Range<usize>, node: &Node, entry: &Entry<'_>) -> Option<Edit> {
    let (first, _) = node.entries().first()?;
    let start = range(node).start;
    if text[start..].starts_with('{') {
        let (key, last) = node.entries().last()?;
        let end = end_of(text, last).max(key.span.end as usize);
        return Some((end..end, format!(", {KEY}: {}", entry.map())));
    }
    let key = first.span.start as usize;
    let line = lines(&text[..key]).last().unwrap_or_default();
    let indent = if line.trim_matches(' ').is_empty() {
        line
    } else {
        ""
    };
    let before = lines(&text[..head.end]).last().unwrap_or_default();
    let end = &before[before.trim_end_matches(['\r', '\n']).len()..];
    Some((
        head.end..head.end,
        format!("{indent}{KEY}: {}{end}", entry.map()),
    ))
}

/// Where the last word of a value ends: a block has no end of its own, and what follows it is not its.
fn end_of(text: &str, node: &Node) -> usize {
    let own = range(node);
    if text[own.start..].starts_with(['{', '[']) {
        return own.end;
    }
    let inner = match &node.kind {
        NodeKind::List(items) => items.last().map(|last| end_of(text, last)),
        NodeKind::Map(entries) => entries
            .last()
            .map(|(key, last)| end_of(text, last).max(key.span.end as usize + 1)),
        NodeKind::Scalar(_) | NodeKind::Null => Some(own.end),
    };
    inner.unwrap_or(own.end)
}

fn range(node: &Node) -> Range<usize> {
    node.span.start as usize..node.span.end as usize
}

/// Lines with their ends, which may be those of any system.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let end = match rest.find(['\r', '\n']) {
            Some(at) if rest[at..].starts_with("\r\n") => at + 2,
            Some(at) => at + 1,
            None if rest.is_empty() => return None,
            None => rest.len(),
        };
        let (line, after) = rest.split_at(end);
        rest = after;
        Some(line)
    })
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
