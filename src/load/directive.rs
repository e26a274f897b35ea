//! Lines of `::: name words` … `:::`: the text is split at them before the Markdown parser sees it.

use super::findings;
use crate::diag::{Diagnostic, FileId, Span};

/// Directives deeper than this are refused.
pub(super) const DEEPEST: usize = 16;

/// A part of a body.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Markdown: bytes of the file.
    Text(usize, usize),
    /// A directive and what it holds.
    Directive(Directive),
}

/// A directive as written.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Directive {
    pub(super) name: String,
    /// The words after the name, each with its place.
    pub(super) words: Vec<(String, Span)>,
    /// The opening line.
    pub(super) span: Span,
    pub(super) parts: Vec<Part>,
}

/// Splits `text[start..]` of a file.
pub(super) fn split(
    file: FileId,
    text: &str,
    start: usize,
    diags: &mut Vec<Diagnostic>,
) -> Vec<Part> {
    let mut splitter = Splitter {
        file,
        open: Vec::new(),
        parts: Vec::new(),
        from: start,
        fence: None,
    };
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        splitter.line(line, at, diags);
        at += line.len();
    }
    splitter.finish(at, diags)
}

struct Splitter {
    file: FileId,
    /// Directives that are still open, each with the parts that stood before it.
    open: Vec<(Directive, Vec<Part>)>,
    parts: Vec<Part>,
    from: usize,
    fence: Option<(u8, usize)>,
}

impl Splitter {
    fn line(&mut self, line: &str, at: usize, diags: &mut Vec<Diagnostic>) {
        if self.in_fence(line) {
            return;
        }
        let written = line.trim_end();
        let Some(rest) = written
            .strip_prefix(":::")
            .filter(|rest| rest.is_empty() || rest.starts_with(' '))
        else {
            return;
        };
        self.text_until(at);
        self.from = at + line.len();
        let span = Span::new(self.file, at, at + written.len());
        if rest.trim().is_empty() {
            self.close(span, diags);
        } else {
            self.open(rest, at + 3, span, diags);
        }
    }

    /// Follows `CommonMark`'s fences; true inside one and on its own lines.
    fn in_fence(&mut self, line: &str) -> bool {
        let indent = line.len() - line.trim_start_matches(' ').len();
        let rest = line[indent..].trim_end();
        let mark = rest
            .bytes()
            .next()
            .filter(|byte| matches!(byte, b'`' | b'~'));
        let length = mark.map_or(0, |mark| {
            rest.bytes().take_while(|byte| *byte == mark).count()
        });
        match (self.fence, mark) {
            (Some((open, least)), Some(mark))
                if indent <= 3 && mark == open && length >= least && length == rest.len() =>
            {
                self.fence = None;
                true
            }
            (Some(_), _) => true,
            (None, Some(mark))
                if indent <= 3
                    && length >= 3
                    && !(mark == b'`' && rest[length..].contains('`')) =>
            {
                self.fence = Some((mark, length));
                true
            }
            _ => false,
        }
    }

    fn text_until(&mut self, end: usize) {
        if end > self.from {
            self.parts.push(Part::Text(self.from, end));
        }
    }

    fn open(&mut self, rest: &str, at: usize, span: Span, diags: &mut Vec<Diagnostic>) {
        if self.open.len() == DEEPEST {
            diags.push(findings::nesting_too_deep(span, DEEPEST));
        }
        let base = rest.as_ptr() as usize;
        let mut words = rest.split_whitespace().map(|word| {
            let start = at + (word.as_ptr() as usize - base);
            (
                word.to_owned(),
                Span::new(self.file, start, start + word.len()),
            )
        });
        let name = words.next().map(|(word, _)| word).unwrap_or_default();
        let directive = Directive {
            name,
            words: words.collect(),
            span,
            parts: Vec::new(),
        };
        self.open.push((directive, std::mem::take(&mut self.parts)));
    }

    fn close(&mut self, span: Span, diags: &mut Vec<Diagnostic>) {
        match self.open.pop() {
            Some((mut directive, before)) => {
                directive.parts = std::mem::replace(&mut self.parts, before);
                if self.open.len() < DEEPEST {
                    self.parts.push(Part::Directive(directive));
                }
            }
            None => diags.push(findings::stray_close(span)),
        }
    }

    fn finish(mut self, end: usize, diags: &mut Vec<Diagnostic>) -> Vec<Part> {
        self.text_until(end);
        while let Some((directive, _)) = self.open.last() {
            let span = directive.span;
            // Beyond the depth there is a finding already.
            if self.open.len() <= DEEPEST {
                diags.push(findings::unclosed_directive(span, &directive.name));
            }
            self.close(span, diags);
        }
        self.parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        fn show(parts: &[Part], text: &str) -> String {
            let one = |part: &Part| match part {
                Part::Text(start, end) => format!("{:?}", &text[*start..*end]),
                Part::Directive(d) => format!("{}({})", d.name, show(&d.parts, text)),
            };
            parts.iter().map(one).collect::<Vec<_>>().join(" ")
        }
        let mut diags = Vec::new();
        let parts = split(FileId(0), text, 0, &mut diags);
        diags.iter().fold(show(&parts, text), |out, d| {
            format!("{out} !{}", d.code.name)
        })
    }

    #[test]
    fn directives_nest_and_fences_hide_them() {
        assert_eq!(
            shown("a\n::: only web\nb\n:::\nc"),
            r#""a\n" only("b\n") "c""#
        );
        assert_eq!(shown("::: a\n::: b\n:::\n:::\n"), "a(b())");
        assert_eq!(shown("```\n::: a\n```\n"), r#""```\n::: a\n```\n""#);
        assert_eq!(shown("    ::: a\n:::x\n"), r#""    ::: a\n:::x\n""#);
        assert_eq!(shown("::: a\nb\n"), r#"a("b\n") !unclosed-directive"#);
        assert_eq!(shown("b\n:::\n"), r#""b\n" !unclosed-directive"#);
    }
}
