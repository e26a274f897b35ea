//! Everything that a plan can find wrong.

use crate::diag::{Diagnostic, Message, Span, code};

/// Two sources for one path.
pub(super) fn collision(span: Span, path: &str, other: Span) -> Diagnostic {
    Diagnostic::new(code::OUTPUT_COLLISION, span)
        .with("path", path)
        .related(other, Message::new("note-also-here"))
        .hint(Message::new("hint-collision"))
}

/// A path that would leave its edition's folder.
pub(super) fn unsafe_path(span: Span, path: &str) -> Diagnostic {
    Diagnostic::new(code::UNSAFE_PATH, span)
        .with("path", path)
        .hint(Message::new("hint-safe-path"))
}
