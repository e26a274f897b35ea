//! Everything that can be wrong with a theme. Shown at the edition that asks for it.

use crate::diag::{Diagnostic, Message, Span, code};
use crate::text::nearest;

pub(super) fn unknown_theme(span: Span, name: &str, known: &[String]) -> Diagnostic {
    let hint = match nearest(name, known.iter().map(String::as_str)) {
        Some(near) => Message::new("hint-did-you-mean").with("word", near),
        None => Message::new("hint-one-of").with("words", known.join(", ")),
    };
    Diagnostic::new(code::INVALID_VALUE, span)
        .saying("unknown-theme")
        .with("theme", name)
        .hint(hint)
}

pub(super) fn wrong_channel(
    span: Span,
    name: &str,
    channel: &str,
    channels: &[String],
) -> Diagnostic {
    Diagnostic::new(code::INVALID_VALUE, span)
        .saying("theme-wrong-channel")
        .with("theme", name)
        .with("channel", channel)
        .hint(Message::new("hint-one-of").with("words", channels.join(", ")))
}

pub(super) fn chain_too_long(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(code::THEME_ERROR, span)
        .saying("theme-chain")
        .with("theme", name)
}

pub(super) fn broken_theme(span: Span, said: &str) -> Diagnostic {
    Diagnostic::new(code::THEME_ERROR, span).with("said", said)
}

/// A mistake in a theme's `theme.yaml`, with its own message and hints.
pub(super) fn broken_settings(span: Span, name: &str, found: Diagnostic) -> Diagnostic {
    let mut finding = Diagnostic::new(code::THEME_ERROR, span)
        .saying("theme-settings")
        .with("path", format!("themes/{name}/theme.yaml"))
        .with("said", found.message);
    finding.hints = found.hints;
    finding
}

/// A template that cannot be read or rendered.
#[must_use]
pub fn template_failed(span: Span, said: &str) -> Diagnostic {
    broken_theme(span, said)
}
