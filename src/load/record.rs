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

/// The entry of a registry file in which a place lies; the place itself where there is none.
#[must_use]
pub fn entry_around(place: Span, text: &str) -> Span {
    let Ok(Node {
        kind: NodeKind::List(items),
        ..
    }) = yaml::parse(place.file, text, 0)
    else {
        return place;
    };
    let around = |item: &&Node| item.span.start <= place.start && place.start < item.span.end;
    items.iter().find(around).map_or(place, |item| item.span)
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
    let single: Vec<Edit> = values
        .iter()
        .filter_map(|(name, value)| {
            let (key, node) = own.iter().find(|(key, _)| key.text == *name)?;
            matches!(node.kind, NodeKind::Scalar(_))
                .then(|| (whole(text, key, node), value.clone()))
        })
        .collect();
    if single.len() == values.len() && own.len() == values.len() {
        return single;
    }
    let after = key.span.end as usize;
    let colon = text[after..].find(':').map_or(after, |at| after + at + 1);
    let behind_colon = format!(" {}", entry.map());
    match value.kind {
        NodeKind::Null if text[range(value)].trim().is_empty() => {
            vec![(colon..colon, behind_colon)]
        }
        // The parser does not say where the first hyphen of a block list stands.
        NodeKind::List(_) => vec![(colon..end_of(text, value), behind_colon)],
        _ => {
            let start = whole(text, key, value).start;
            vec![(start..end_of(text, value), entry.map())]
        }
    }
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

/// Where a value is written; a block of lines with the sign that begins it.
fn whole(text: &str, key: &Key, value: &Node) -> Range<usize> {
    let own = range(value);
    let between = text
        .get(key.span.end as usize..own.start)
        .unwrap_or_default();
    let sign = between.find(':').and_then(|colon| {
        let after = between[colon + 1..].trim_start_matches([' ', '\t']);
        after
            .starts_with(['|', '>'])
            .then(|| own.start - after.len())
    });
    sign.unwrap_or(own.start)..own.end
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;

    use super::*;
    use crate::load::{Tree, TreeFile, approvable, parse};
    use crate::model::ApprovalState;

    const DAY: Date = jiff::civil::date(2026, 8, 20);

    fn tree(page: &[u8]) -> Tree {
        let mut tree = Tree::of(&[
            ("loa.yaml", "title: Thử\napproval: required\neditions: {}\n"),
            ("content/a.md", ""),
        ]);
        for file in tree
            .files
            .iter_mut()
            .filter(|file| file.path == "content/a.md")
        {
            *file = TreeFile::new(file.path.clone(), page.to_vec());
        }
        tree
    }

    /// The page after an approval; the edits must be all that changed, and it must hold.
    fn approved(page: &[u8], by: &str, role: &str) -> Vec<u8> {
        let site = parse(&tree(page), DAY, &[]).site;
        let digest = approvable(&site, &site.pages[0]).digest;
        let entry = Entry {
            by,
            role,
            on: DAY,
            digest: &digest,
        };
        let edits = record(page, &entry).expect("front matter that can be read");
        let new = apply(page, &edits);
        let mut rest: &[u8] = &new;
        let mut from = 0;
        for (range, text) in &edits {
            let kept = &page[from..range.start];
            let piece = [kept, text.as_bytes()].concat();
            assert!(
                rest.starts_with(&piece),
                "{}",
                String::from_utf8_lossy(&new)
            );
            rest = &rest[piece.len()..];
            from = range.end;
        }
        assert_eq!(rest, &page[from..]);
        let parsed = parse(&tree(&new), DAY, &[]);
        let shown = String::from_utf8_lossy(&new);
        assert!(parsed.diags.is_empty(), "{:?}\n{shown}", parsed.diags);
        let page = &parsed.site.pages[0];
        assert_eq!(page.approval, ApprovalState::Approved, "{shown}");
        let recorded = page.meta.approval.as_ref().unwrap();
        assert_eq!((recorded.by.as_str(), recorded.role.as_str()), (by, role));
        new
    }

    /// The front matter after an approval by A, who is B; the digest is left out.
    fn shown(page: &str) -> String {
        let new = String::from_utf8(approved(page.as_bytes(), "A", "B")).unwrap();
        let at = new.find("digest").unwrap();
        let digest = at + new[at..].find(|c: char| c.is_ascii_digit()).unwrap_or(0);
        let hex = new[at + 8..].trim_start_matches([' ', '"', '\'']);
        let start = new.len() - hex.len();
        assert!(digest >= at);
        format!("{}#{}", &new[..start], &new[start + 64..])
    }

    const REST: &str = "title: T\nsummary: S.\ndate: 2026-08-19\n";

    #[test]
    fn a_new_entry_is_a_line_before_the_end() {
        assert_eq!(
            shown(&format!("---\n{REST}# hết\n---\nB.\n")),
            format!(
                "---\n{REST}# hết\napproval: {{by: \"A\", role: \"B\", on: 2026-08-20, digest: #}}\n---\nB.\n"
            )
        );
        assert_eq!(
            shown(
                "---\r\n  title: T\r\n  summary: |\r\n    S.\r\n  date: 2026-08-19\r\n---  \r\nB."
            ),
            "---\r\n  title: T\r\n  summary: |\r\n    S.\r\n  date: 2026-08-19\r\n  approval: {by: \"A\", role: \"B\", on: 2026-08-20, digest: #}\r\n---  \r\nB."
        );
        assert_eq!(
            shown("\n---\n{title: T, summary: S., date: 2026-08-19,} # x\n---\nB."),
            "\n---\n{title: T, summary: S., date: 2026-08-19, approval: {by: \"A\", role: \"B\", on: 2026-08-20, digest: #},} # x\n---\nB."
        );
    }

    #[test]
    fn a_whole_entry_keeps_its_layout_and_comments() {
        let old = "0".repeat(64);
        let block = format!(
            "---\n'approval': # ai\n    by: Cũ   # ông\n    digest: '{old}'\n    role: >-\n      Chức\n      vụ\n    on: 01/08/2026\n\n{REST}---\nB."
        );
        assert_eq!(
            shown(&block),
            format!(
                "---\n'approval': # ai\n    by: \"A\"   # ông\n    digest: #\n    role: \"B\"\n    on: 2026-08-20\n\n{REST}---\nB."
            )
        );
        assert_eq!(
            shown(&format!(
                "---\ntitle: T\napproval: {{on: 2026-08-01,\n  by: C, digest: {old}, role: D}} # x\nsummary: S.\ndate: 2026-08-19\n---\nB."
            )),
            "---\ntitle: T\napproval: {on: 2026-08-20,\n  by: \"A\", digest: #, role: \"B\"} # x\nsummary: S.\ndate: 2026-08-19\n---\nB."
        );
    }

    #[test]
    fn a_broken_entry_is_replaced_whole() {
        for broken in [
            "approval:\n",
            "approval: # chờ\n",
            "approval: ~\n",
            "approval: xong\n",
            "approval: [a, b]\n",
            "approval:\n  by: C\n  chuc_vu: D\n",
            "approval: {by: C, digest: abc}\n",
            "approval:\n  by: C\n  role:\n",
            "\"approval\" : |\n  C\n  D\n",
        ] {
            approved(format!("---\n{broken}{REST}---\nB.").as_bytes(), "A", "B");
            approved(format!("---\n{REST}{broken}---\nB.").as_bytes(), "A", "B");
        }
    }

    #[test]
    fn approving_again_changes_nothing_but_names() {
        let first = approved(format!("---\n{REST}---\nB.").as_bytes(), "A", "B");
        assert_eq!(approved(&first, "A", "B"), first);
        let other = approved(&first, "C: \"D\" \\ #", "{E}, 'F'");
        assert_eq!(approved(&other, "A", "B"), first);
    }

    /// Entries, comments and blank lines in any order, with any line ends and any old approval.
    fn layout() -> impl Strategy<Value = String> {
        let fixed = Just(vec![
            "title: \"Tie\u{302}\u{301}ng: Việt\"",
            "summary: >\n  Một.\n\n  Hai.",
            "date: 19/08/2026 # ngày",
        ]);
        let more = proptest::sample::subsequence(
            vec![
                "",
                "# lời ghi: đừng sửa",
                "topics: [a, 'b',\n  \"c\"]",
                "topics:\n- a\n\n- b # x",
                "speech:\n    repeat: 2\n    say: {THTG: tê}",
                "author: |\n  Ban biên tập\n ",
                "approval: {by: C, role: D, on: 2026-08-01, digest: \"0000000000000000000000000000000000000000000000000000000000000000\"}",
                "'approval':\n  # ghi chú\n  by: \"C\"   \n  on: 2026-08-01\n\n  role: D # x\n  digest: short",
                "approval:\n-\n- a",
            ],
            0..5,
        );
        let endings = prop::sample::select(vec!["\n", "\r\n", "\r"]);
        let flags = (any::<bool>(), any::<bool>(), endings, "[ \t]{0,2}");
        (fixed, more, flags)
            .prop_filter("a key stands once", |(_, more, _)| {
                let of = |key: &str| more.iter().filter(|line| line.contains(key)).count();
                of("approval") < 2 && of("topics") < 2
            })
            .prop_flat_map(|(mut fixed, more, flags)| {
                fixed.extend(more);
                (Just(fixed).prop_shuffle(), Just(flags))
            })
            .prop_map(|(lines, (mark, newline, ending, space))| {
                let body = if newline { "---\n\nB. \n" } else { "---\nB." };
                let mark = if mark { MARK } else { "" };
                let text = format!("---{space}\n{}\n{body}", lines.join("\n"));
                format!("{mark}{}", text.replace('\n', ending))
            })
    }

    proptest! {
        #![proptest_config(ProptestConfig {
            cases: 256,
            failure_persistence: None,
            rng_seed: RngSeed::Fixed(19_082_026),
            ..ProptestConfig::default()
        })]

        #[test]
        fn whatever_the_layout_all_other_bytes_stay(page in layout(), by in "[A-ZĐa-zếặ\"'\\\\:#{}, ]{0,12}[a-z]") {
            let by = by.trim();
            let first = approved(page.as_bytes(), by, "Phó Chủ tịch");
            prop_assert_eq!(approved(&first, by, "Phó Chủ tịch"), first);
        }
    }
}
