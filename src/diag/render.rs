//! Findings as text for people and as JSON for programs.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde::Serialize;

use super::{Catalogue, Diagnostic, Message, Sources, Span};

/// Lines longer than this are shown without their source line, which would not fit a screen.
const LONGEST_LINE: usize = 2_000;

/// One finding for people: `file:line:column: severity[code]: message`, the line with a caret, the hints.
///
/// Ends with a line break.
#[must_use]
pub fn human(diagnostic: &Diagnostic, sources: &Sources, catalogue: &Catalogue) -> String {
    let file = sources.get(diagnostic.span.file);
    let (line, column) = file.position(diagnostic.span.start);
    let severity = diagnostic.severity.name();
    let message = catalogue.say(&diagnostic.message);
    let mut out = format!(
        "{}:{line}:{column}: {severity}[{}]: {message}\n",
        file.path, diagnostic.code.name
    );
    out.push_str(&excerpt(diagnostic.span, sources));
    for (span, note) in &diagnostic.related {
        let other = sources.get(span.file);
        let (line, column) = other.position(span.start);
        out.push_str(&format!(
            "  {}:{line}:{column}: {}\n",
            other.path,
            catalogue.say(note)
        ));
    }
    let label = catalogue.say(&Message::new("hint-label"));
    for hint in &diagnostic.hints {
        out.push_str(&format!("  {label}: {}\n", catalogue.say(hint)));
    }
    out
}

/// The first line of a span with carets below it; nothing for a place without text.
fn excerpt(span: Span, sources: &Sources) -> String {
    let text = sources.text(span.file);
    let start = (span.start as usize).min(text.len());
    let from = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let to = text[start..].find('\n').map_or(text.len(), |at| start + at);
    let line = &text[from..to];
    if line.trim().is_empty() || line.len() > LONGEST_LINE {
        return String::new();
    }
    let end = (span.end as usize).clamp(start, to);
    let (number, _) = sources.get(span.file).position(span.start);
    let mark = AnnotationKind::Primary.span(start - from..end - from);
    let snippet = Snippet::source(line).line_start(number).annotation(mark);
    let group = Group::with_level(Level::ERROR).element(snippet);
    let mut out = Renderer::plain().render(&[group]);
    out.push('\n');
    out
}

/// The JSON form: one object per finding.
#[derive(Serialize)]
struct Record<'a> {
    code: &'a str,
    severity: &'a str,
    file: &'a str,
    line: usize,
    column: usize,
    message: String,
    hints: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<Place<'a>>,
}

#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    message: String,
}

/// One finding as a JSON object on one line, without a line break.
///
/// # Panics
/// Never: strings and numbers always serialize.
#[must_use]
pub fn json(diagnostic: &Diagnostic, sources: &Sources, catalogue: &Catalogue) -> String {
    let place = |span: Span| {
        let file = sources.get(span.file);
        let (line, column) = file.position(span.start);
        (file.path.as_str(), line, column)
    };
    let (file, line, column) = place(diagnostic.span);
    let related = diagnostic.related.iter().map(|(span, note)| {
        let (file, line, column) = place(*span);
        Place {
            file,
            line,
            column,
            message: catalogue.say(note),
        }
    });
    let record = Record {
        code: diagnostic.code.name,
        severity: diagnostic.severity.name(),
        file,
        line,
        column,
        message: catalogue.say(&diagnostic.message),
        hints: diagnostic
            .hints
            .iter()
            .map(|hint| catalogue.say(hint))
            .collect(),
        related: related.collect(),
    };
    serde_json::to_string(&record).expect("strings and numbers always serialize")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Language, SourceFile, code};

    fn shown(text: &str, words: &str) -> String {
        let mut sources = Sources::default();
        let start = text.find(words).unwrap();
        let id = sources.add(SourceFile::new("content/a.md".into(), text.into()));
        let span = Span::new(id, start, start + words.len());
        let finding = Diagnostic::new(code::UNKNOWN_KEY, span)
            .with("key", words)
            .with("what", Message::new("what-front-matter"))
            .hint(Message::new("hint-did-you-mean").with("word", "draft"));
        human(&finding, &sources, &Catalogue::new(Language::Vietnamese))
    }

    #[test]
    fn the_caret_stands_under_the_words_after_stacked_marks() {
        let text = shown("---\ntiêu đề Ấp Bắc Ữ: drfat: true\n", "drfat");
        let lines: Vec<&str> = text.lines().collect();
        assert!(
            lines[0].starts_with("content/a.md:2:19: error[unknown-key]: "),
            "{text}"
        );
        let source = lines.iter().find(|line| line.contains("Ấp Bắc")).unwrap();
        let caret = lines.iter().find(|line| line.contains("^^^^^")).unwrap();
        let column = |line: &str, at: usize| line[..at].chars().count();
        assert_eq!(
            column(source, source.find("drfat").unwrap()),
            column(caret, caret.find('^').unwrap()),
            "{text}"
        );
        assert!(text.contains("gợi ý: "), "{text}");
    }
}
