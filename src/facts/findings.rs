//! Everything that looking after facts can find wrong.

use jiff::civil::Date;

use crate::diag::{Diagnostic, Message, Span, code};

/// Why a contact must not be used.
#[derive(Debug, Clone, Copy)]
pub(super) enum Why<'a> {
    /// Its last day is over.
    Until(Date),
    /// Another contact took its place.
    Replaced(&'a str),
    /// In these communes the last day of their own value is over.
    Own(&'a str),
}

/// A contact that no longer holds, at a place that shows it.
pub(super) fn expired(span: Span, key: &str, why: Why<'_>) -> Diagnostic {
    let finding = Diagnostic::new(code::EXPIRED_FACT, span).with("key", key);
    match why {
        Why::Until(day) => finding
            .saying("expired-until")
            .with("until", day.strftime("%d/%m/%Y").to_string()),
        Why::Replaced(by) => finding.saying("expired-replaced").with("by", by),
        Why::Own(communes) => finding.saying("expired-own").with("communes", communes),
    }
}

/// A fact that nobody checked for long.
pub(super) fn stale(span: Span, key: &str, days: i64, uses: usize) -> Diagnostic {
    Diagnostic::new(code::STALE_FACT, span)
        .with("key", key)
        .with("days", usize::try_from(days).unwrap_or(0))
        .with("uses", uses)
        .hint(Message::new("hint-stale"))
}

/// A print run of an edition that does not exist, without a list of what stands on the sheets.
pub(super) fn unknown_edition(span: Span, edition: &str, near: Option<&str>) -> Diagnostic {
    let hint = match near {
        Some(near) => Message::new("hint-did-you-mean").with("word", near),
        None => Message::new("hint-run-facts"),
    };
    Diagnostic::new(code::UNKNOWN_REFERENCE, span)
        .saying("run-unknown-edition")
        .with("edition", edition)
        .hint(hint)
}
