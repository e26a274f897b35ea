//! What rendering can find, whatever the channel.

use crate::diag::{Diagnostic, Message, Span, code};

/// A base address that cannot be one.
pub(super) fn bad_base_url(span: Span, written: &str) -> Diagnostic {
    Diagnostic::new(code::INVALID_VALUE, span)
        .saying("invalid-base-url")
        .with("word", written)
        .hint(Message::new("expected-base-url"))
}

/// A quick exit that leads nowhere.
pub(super) fn bad_exit_url(span: Span, written: &str) -> Diagnostic {
    Diagnostic::new(code::INVALID_VALUE, span)
        .saying("invalid-exit-url")
        .with("word", written)
        .hint(Message::new("expected-exit-url"))
}

/// A contact that the registry does not have.
pub(super) fn unknown_contact(span: Span, written: &str, keys: &[&str]) -> Diagnostic {
    let hint = match crate::text::nearest(written, keys.iter().copied()) {
        Some(near) => Message::new("hint-did-you-mean").with("word", near),
        None => Message::new("hint-one-of").with("words", keys.join(", ")),
    };
    Diagnostic::new(code::INVALID_VALUE, span)
        .saying("unknown-contact")
        .with("word", written)
        .hint(hint)
}

/// A format that belongs to the channel but is not made yet: the others still are.
pub(super) fn format_not_made(span: Span, format: &str, made: &[&str]) -> Diagnostic {
    Diagnostic::new(code::FORMAT_NOT_MADE, span)
        .with("format", format)
        .hint(Message::new("hint-one-of").with("words", made.join(", ")))
}

/// A page that the minifier would have damaged.
pub(super) fn minify_skipped(span: Span, path: &str) -> Diagnostic {
    Diagnostic::new(code::MINIFY_SKIPPED, span).with("path", path)
}

/// A sentence that is hard to hear.
pub(super) fn long_sentence(span: Span, syllables: usize, limit: usize) -> Diagnostic {
    Diagnostic::new(code::LONG_SENTENCE, span)
        .with("syllables", syllables)
        .with("limit", limit)
        .hint(Message::new("hint-long-sentence"))
}

/// A script that is longer than its slot, both in minutes, in the commune where it is worst; the lines of
/// the blocks to leave out, the seconds that this saves, and whether that is enough.
pub(super) fn slot_overrun(
    span: Span,
    (minutes, limit): (usize, usize),
    place: &str,
    (lines, seconds, enough): (&[String], usize, bool),
) -> Diagnostic {
    let finding = Diagnostic::new(code::SLOT_OVERRUN, span)
        .with("minutes", minutes)
        .with("limit", limit)
        .with("place", place);
    let drop = match (lines, enough) {
        ([], _) => Message::new("hint-slot-split"),
        (_, true) => Message::new("hint-slot-drop"),
        (_, false) => Message::new("hint-slot-drop-and-split"),
    };
    finding
        .hint(
            drop.with("lines", lines.join(", "))
                .with("seconds", seconds),
        )
        .hint(Message::new("hint-slot-overrun"))
}

/// A picture that is shown as it is, since nobody could make it smaller: damaged, or no picture at all.
pub(super) fn picture_unreadable(span: Span, path: &str, said: &str) -> Diagnostic {
    Diagnostic::new(code::PICTURE_UNREADABLE, span)
        .with("path", path)
        .with("said", said)
        .hint(Message::new("hint-picture-unreadable"))
}

/// A picture that is shown as it is, since it is larger than any camera makes; the limit in millions of pixels.
pub(super) fn picture_too_large(span: Span, path: &str, limit: u64) -> Diagnostic {
    Diagnostic::new(code::PICTURE_TOO_LARGE, span)
        .with("path", path)
        .with("limit", limit.to_string())
        .hint(Message::new("hint-picture-too-large"))
}

/// Something that is longer than an outlet takes; `what` says what.
pub(super) fn too_long_for_outlet(
    span: Span,
    what: &'static str,
    outlet: &str,
    length: usize,
    limit: u32,
) -> Diagnostic {
    Diagnostic::new(code::TOO_LONG_FOR_OUTLET, span)
        .saying(what)
        .with("outlet", outlet)
        .with("length", length.to_string())
        .with("limit", limit.to_string())
        .hint(Message::new("hint-too-long-for-outlet"))
}

/// A drawing that could run a program in a reader's browser.
pub(super) fn unsafe_drawing(span: Span, path: &str, found: &str) -> Diagnostic {
    Diagnostic::new(code::UNSAFE_DRAWING, span)
        .with("path", path)
        .with("word", found)
        .hint(Message::new("hint-unsafe-drawing"))
}

/// A page that does not reach a reader on a slow line in the first round; sizes in bytes.
pub(super) fn page_too_heavy(page: Span, path: &str, size: usize, limit: usize) -> Diagnostic {
    let at = Span {
        end: page.start,
        ..page
    };
    Diagnostic::new(code::PAGE_TOO_HEAVY, at)
        .with("path", path)
        .with("size", size.div_ceil(1024))
        .with("limit", limit / 1024)
        .hint(Message::new("hint-page-too-heavy"))
}
