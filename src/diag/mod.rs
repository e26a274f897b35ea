//! What a run has to say about a site: diagnostics as values, and how they are shown.
//!
//! A [`Diagnostic`] is a place, a message and hints; it is built by the named constructors in each
//! folder's `findings.rs`, never ad hoc. Words come from two catalogues, Vietnamese and English.
//! [`Fatal`] is for what the operating system refuses.

mod catalogue;
mod codes;
mod explain;
mod fatal;
mod render;
mod sources;
mod trace;

pub use catalogue::{Arg, Catalogue, Language, Message};
pub use codes::{CODES, Code, Severity, code};
pub use explain::explanation;
pub use fatal::Fatal;
pub use render::{human, json};
pub use sources::{ALLOW, FileId, SourceFile, Sources, Span, TextSource, may_allow};
pub use trace::{Event, Kind as EventKind, Recorder, Trace};

/// One finding: where, what is wrong, what to write instead.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Diagnostic {
    /// The stable code.
    pub code: Code,
    /// What it does to this build: the code's own severity unless the site or the command says otherwise.
    pub severity: Severity,
    /// The bytes it is about.
    pub span: Span,
    /// What is wrong.
    pub message: Message,
    /// What to write instead; shown in order.
    pub hints: Vec<Message>,
    /// Other places that matter, such as "first defined here".
    pub related: Vec<(Span, Message)>,
}

impl Diagnostic {
    /// A finding whose message is the catalogue entry named like the code.
    #[must_use]
    pub fn new(code: Code, span: Span) -> Diagnostic {
        Diagnostic {
            code,
            severity: code.severity,
            span,
            message: Message::new(code.name),
            hints: Vec::new(),
            related: Vec::new(),
        }
    }

    /// Uses another catalogue entry for the message.
    #[must_use]
    pub fn saying(mut self, id: &'static str) -> Diagnostic {
        self.message.id = std::borrow::Cow::Borrowed(id);
        self
    }

    /// Gives the message an argument.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Diagnostic {
        self.message = self.message.with(name, value);
        self
    }

    /// Adds a hint.
    #[must_use]
    pub fn hint(mut self, hint: Message) -> Diagnostic {
        self.hints.push(hint);
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn related(mut self, span: Span, message: Message) -> Diagnostic {
        self.related.push((span, message));
        self
    }

    /// All its places, for moving them to another file.
    pub fn spans_mut(&mut self) -> impl Iterator<Item = &mut Span> {
        let related = self.related.iter_mut().map(|(span, _)| span);
        std::iter::once(&mut self.span).chain(related)
    }

    /// Whether it stops the build.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// Puts findings in the order they are shown: by file, place, code.
pub fn sort(diags: &mut Vec<Diagnostic>, sources: &Sources) {
    fn key<'a>(diag: &Diagnostic, sources: &'a Sources) -> (&'a str, u32, &'static str) {
        let span = diag.span;
        (sources.path(span.file), span.start, diag.code.name)
    }
    diags.sort_by(|a, b| key(a, sources).cmp(&key(b, sources)));
    diags.dedup();
}

/// A value and what was found while making it.
#[derive(Debug)]
pub struct Checked<T> {
    /// The value; best effort when there are errors among the findings.
    pub value: T,
    /// The findings, in no particular order.
    pub diags: Vec<Diagnostic>,
}
