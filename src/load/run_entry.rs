//! Adding a run to the bytes of `print-runs.yaml`, where every other byte stays as it is.
//!
//! Whether the result says what it should is for the caller to verify by reading it again.

use jiff::civil::Date;

use super::yaml;
use crate::diag::FileId;
use crate::model::NodeKind;

const MARK: &str = "\u{feff}";

/// What is written down of a run.
#[derive(Debug, Clone)]
pub struct RunEntry {
    /// The article, as in `article`.
    pub article: String,
    /// The print edition.
    pub edition: String,
    /// The size of the sheet.
    pub format: String,
    /// Slugs; `all`; none for sheets that name no commune.
    pub communes: Vec<String>,
    /// How many sheets in all.
    pub copies: u32,
    /// Who printed them.
    pub printer: Option<String>,
    /// For whom.
    pub recipient: Option<String>,
    /// When.
    pub printed_on: Date,
    /// What stands on the sheets.
    pub facts: Vec<String>,
    /// SHA-256 of the text with its facts.
    pub digest: String,
}

impl RunEntry {
    /// The entry as YAML on one line, without its hyphen.
    #[must_use]
    pub fn line(&self) -> String {
        let mut parts = vec![
            ("article", word(&self.article)),
            ("edition", word(&self.edition)),
            ("format", word(&self.format)),
        ];
        match self.communes.as_slice() {
            [] => {}
            [all] if all == "all" => parts.push(("communes", all.clone())),
            some => parts.push(("communes", list(some))),
        }
        parts.push(("copies", self.copies.to_string()));
        for (key, value) in [("printer", &self.printer), ("for", &self.recipient)] {
            parts.extend(value.as_ref().map(|value| (key, quoted(value))));
        }
        parts.push(("printed_on", self.printed_on.to_string()));
        parts.push(("facts", list(&self.facts)));
        parts.push(("digest", self.digest.clone()));
        let parts: Vec<String> = parts
            .into_iter()
            .map(|(key, value)| format!("{key}: {value}"))
            .collect();
        format!("{{{}}}", parts.join(", "))
    }
}

/// The bytes of the log with one more entry; `None` where the log is laid out in a way in which none can be added.
///
/// ```
/// use loa::load::add_run;
/// let log = b"# in\r\n- {article: a}";
/// assert_eq!(add_run(log, "{article: b}").unwrap(), b"# in\r\n- {article: a}\r\n- {article: b}\r\n");
/// assert_eq!(add_run(b"[{article: a}]", "{article: b}"), None);
/// ```
#[must_use]
pub fn add_run(bytes: &[u8], entry: &str) -> Option<Vec<u8>> {
    let whole = std::str::from_utf8(bytes).ok()?;
    let text = whole.strip_prefix(MARK).unwrap_or(whole);
    let node = yaml::parse(FileId(0), text, 0).ok()?;
    let indent = match &node.kind {
        NodeKind::Null if only_notes(text) => String::new(),
        NodeKind::List(items) => hyphen(text, items.first()?.span.start as usize)?,
        _ => return None,
    };
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut out = whole.to_owned();
    if !out.is_empty() && !out.ends_with('\n') {
        out.push_str(end);
    }
    out.push_str(&format!("{indent}- {entry}{end}"));
    Some(out.into_bytes())
}

/// Whether a text has nothing but empty lines and notes.
fn only_notes(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim);
    lines.all(|line| line.is_empty() || line.starts_with('#'))
}

/// What stands before the hyphen of an entry; `None` where it has none, as in a list between brackets.
fn hyphen(text: &str, entry: usize) -> Option<String> {
    let line = text[..entry].rsplit('\n').next().unwrap_or_default();
    let indent = line.trim_end().strip_suffix('-')?;
    indent.trim().is_empty().then(|| indent.to_owned())
}

fn list(words: &[String]) -> String {
    let words: Vec<String> = words.iter().map(|one| word(one)).collect();
    format!("[{}]", words.join(", "))
}

/// A word bare where nobody could read it as anything else.
fn word(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-/._".contains(c);
    let bare = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(plain)
        && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
            .contains(&text.to_ascii_lowercase().as_str());
    if bare { text.to_owned() } else { quoted(text) }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
