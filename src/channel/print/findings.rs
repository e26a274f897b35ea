//! What making leaflets can find wrong.

use super::format::Format;
use crate::diag::{Diagnostic, Message, Span, code};

/// A leaflet that has more text than its two sides hold at the smallest legible setting.
pub(super) fn overflow(span: Span, format: &Format, commune: &str, lines: usize) -> Diagnostic {
    Diagnostic::new(code::LEAFLET_OVERFLOW, span)
        .with("format", format.name)
        .with("commune", commune)
        .with("lines", lines)
        .hint(Message::new("hint-leaflet-overflow"))
}

/// A leaflet that the typesetter refuses; `said` is its own reason.
pub(super) fn failed(span: Span, format: &Format, said: &str) -> Diagnostic {
    Diagnostic::new(code::LEAFLET_FAILED, span)
        .with("format", format.name)
        .with("said", said)
        .hint(Message::new("hint-leaflet-failed"))
}

/// A leaflet for a print shop whose imprint lacks some lines.
pub(super) fn imprint_missing(span: Span, missing: &[&str]) -> Diagnostic {
    let keys: Vec<String> = missing.iter().map(|key| format!("`{key}`")).collect();
    Diagnostic::new(code::IMPRINT_MISSING, span)
        .with("keys", keys.join(", "))
        .hint(Message::new("hint-imprint"))
}
