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

/// A leaflet for a print shop whose imprint lacks some lines; `digest` is that of its text as it is now.
pub(super) fn imprint_missing(span: Span, missing: &[&str], digest: &str) -> Diagnostic {
    let keys: Vec<String> = missing.iter().map(|key| format!("`{key}`")).collect();
    let finding = Diagnostic::new(code::IMPRINT_MISSING, span)
        .with("keys", keys.join(", "))
        .hint(Message::new("hint-imprint"));
    if missing.contains(&"digest") {
        finding.hint(Message::new("hint-imprint-digest").with("digest", digest))
    } else {
        finding
    }
}

/// A leaflet for a print shop that says something else than what was licensed.
pub(super) fn licence_void(span: Span, licence: &str, digest: &str) -> Diagnostic {
    Diagnostic::new(code::LICENCE_VOID, span)
        .with("licence", licence)
        .hint(Message::new("hint-licence-void"))
        .hint(Message::new("hint-imprint-digest").with("digest", digest))
}

/// Several sheets on one paper are no format of their own: the printer's paper says how many there are.
pub(super) fn two_up(span: Span, format: &str) -> Diagnostic {
    Diagnostic::new(code::FORMAT_NOT_MADE, span)
        .with("format", format)
        .hint(Message::new("hint-gang"))
}
