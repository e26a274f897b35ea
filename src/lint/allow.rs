//! What a site and its writers allow: severities by code, and single lines by comment.
//!
//! A comment covers the next line that is not empty, or its own line where it stands at the end of one.
//! Above a table it covers the whole table, since nothing can stand between two rows.
//! In Markdown it is `[//]: # (loa: allow former-name)` on a line of its own, which every editor takes
//! for a link definition and hides; in YAML it is `# loa: allow former-name`. Several codes are parted by
//! commas. Only warnings can be allowed.

use std::collections::BTreeMap;

use crate::diag::{ALLOW, Code, Diagnostic, FileId, Message, Severity, Sources, Span, code};
use crate::model::{Config, Level};
use crate::text::nearest;

/// Gives every finding the severity that this build wants, and drops what is allowed.
pub fn settle(diags: &mut Vec<Diagnostic>, config: &Config, sources: &Sources) {
    for (code, level) in &config.checks {
        for diag in diags.iter_mut().filter(|diag| diag.code == *code) {
            diag.severity = match level {
                Level::Error => Severity::Error,
                Level::Off | Level::Warning => Severity::Warning,
            };
        }
    }
    let off = |code: Code| {
        let set = config.checks.iter().find(|(of, _)| *of == code);
        set.is_some_and(|(_, level)| *level == Level::Off)
    };
    let mut allowed: BTreeMap<FileId, Vec<Allow<'_>>> = BTreeMap::new();
    diags.retain(|diag| {
        if off(diag.code) {
            return false;
        }
        let file = diag.span.file;
        let own = allowed.entry(file).or_insert_with(|| allows(file, sources));
        own.is_empty() || !covers(own, diag, sources)
    });
}

/// Comments of a file that allow nothing because of a wrong word.
pub(super) fn check(file: FileId, sources: &Sources) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    for allow in allows(file, sources) {
        for (word, start) in &allow.words {
            let known = Code::named(word).filter(|code| code.severity == Severity::Warning);
            if known.is_none() {
                out.push(wrong(Span::new(file, *start, start + word.len()), word));
            }
        }
    }
    out
}

fn wrong(span: Span, word: &str) -> Diagnostic {
    let warnings = crate::diag::CODES
        .iter()
        .filter(|code| code.severity == Severity::Warning);
    let hint = match nearest(word, warnings.map(|code| code.name)) {
        Some(near) => Message::new("hint-did-you-mean").with("word", near),
        None => Message::new("hint-allow"),
    };
    Diagnostic::new(code::INVALID_VALUE, span)
        .saying("bad-allow")
        .with("word", word)
        .hint(hint)
}

/// One comment: the bytes of the line that it covers, and its codes with their places.
#[derive(Debug, PartialEq, Eq)]
struct Allow<'a> {
    line: std::ops::Range<usize>,
    words: Vec<(&'a str, usize)>,
}

/// Whether a comment covers a finding. Several lines at one place of a list are one line each.
fn covers(allows: &[Allow<'_>], diag: &Diagnostic, sources: &Sources) -> bool {
    let mut at = diag.span.start as usize;
    // A block may begin with the comment itself.
    if let Some(text) = sources.text(diag.span.file).get(at..)
        && text.trim_start().starts_with("[//]: # (loa: allow ")
        && let Some(end) = text.find('\n')
    {
        at += end + 1;
    }
    allows.iter().any(|allow| {
        allow.line.contains(&at) && allow.words.iter().any(|(word, _)| *word == diag.code.name)
    })
}

/// Every comment of a file. A text without any is not even read.
fn allows(file: FileId, sources: &Sources) -> Vec<Allow<'_>> {
    let file = sources.get(file);
    if file.may_allow() {
        comments(file.text())
    } else {
        Vec::new()
    }
}

/// Every comment of a text.
fn comments(text: &str) -> Vec<Allow<'_>> {
    let mut out = Vec::new();
    for (mark, _) in text.match_indices(ALLOW) {
        let start = text[..mark].rfind('\n').map_or(0, |at| at + 1);
        let end = text[mark..].find('\n').map_or(text.len(), |at| mark + at);
        let before = text[start..mark].trim_end();
        let markdown = before.trim_start() == "[//]: # (";
        let yaml = before.strip_suffix('#');
        let words = &text[mark + ALLOW.len()..end];
        let words = if markdown {
            words.split(')').next().unwrap_or_default()
        } else {
            words
        };
        let line = match yaml {
            _ if markdown => next_line(text, end),
            Some(own) if own.trim().is_empty() => next_line(text, end),
            Some(own) if own.ends_with([' ', '\t']) => start..end,
            _ => continue,
        };
        let base = text.as_ptr() as usize;
        let words = words
            .split([',', ' '])
            .filter(|word| !word.is_empty())
            .map(|word| (word, word.as_ptr() as usize - base))
            .collect();
        out.push(Allow { line, words });
    }
    out
}

/// The first line after `end` that is neither empty nor such a comment, with its line break; of a table all lines.
fn next_line(text: &str, end: usize) -> std::ops::Range<usize> {
    let mut at = (end + 1).min(text.len());
    for line in text[at..].split_inclusive('\n') {
        if line.trim_start().starts_with('|') {
            let rows = text[at..].split_inclusive('\n');
            let rows = rows.take_while(|row| row.trim_start().starts_with('|'));
            return at..at + rows.map(str::len).sum::<usize>();
        }
        if !line.trim().is_empty() && !line.contains(ALLOW) {
            return at..at + line.len();
        }
        at += line.len();
    }
    at..at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<(String, &str)> {
        comments(text)
            .into_iter()
            .map(|allow| {
                let words: Vec<&str> = allow.words.iter().map(|(word, _)| *word).collect();
                (words.join("+"), text[allow.line].trim_end())
            })
            .collect()
    }

    #[test]
    fn a_comment_covers_the_next_line_or_its_own() {
        let next = |text: &str| {
            shown(text)
                .into_iter()
                .map(|(a, b)| format!("{a}: {b}"))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            next("[//]: # (loa: allow former-name)\nmột\nhai\n"),
            ["former-name: một"]
        );
        assert_eq!(
            next("[//]: # (loa: allow former-name, stale-fact)\n\nmột\n"),
            ["former-name+stale-fact: một"]
        );
        assert_eq!(next("# loa: allow a\nx: 1\n"), ["a: x: 1"]);
        assert_eq!(
            next("[//]: # (loa: allow a)\n| x |\n| - |\n\n| y |\n"),
            ["a: | x |\n| - |"]
        );
        assert_eq!(
            next("x: 1 # loa: allow a\ny: 2"),
            ["a: x: 1 # loa: allow a"]
        );
        assert_eq!(
            next("[//]: # (loa: allow a)\n[//]: # (loa: allow b)\nx"),
            ["a: x", "b: x"]
        );
        assert_eq!(next("Câu nói có chữ loa: allow a trong đó\n"), [""; 0]);
    }
}
