//! What making leaflets can find wrong.

use super::advice::Spare;
use super::format::Format;
use super::picture::Refused;
use crate::diag::{Diagnostic, Message, Span, code};

/// So many communes are named.
const NAMED: usize = 3;
/// So many blocks are listed; of more, the first and the last.
const LISTED: usize = 4;

/// A leaflet that has more text than its sheet holds at the smallest legible setting; for whom, the worst case first,
/// or for everybody. `spare` is what to leave out so that the rest fits.
pub(super) fn overflow(
    head: Span,
    format: &Format,
    (communes, everybody): (&[String], &str),
    lines: usize,
    spare: &[Spare],
) -> Diagnostic {
    let named = communes.iter().take(NAMED).map(String::as_str);
    let named: Vec<&str> = named.collect();
    let named = if named.is_empty() {
        everybody.to_owned()
    } else {
        named.join(", ")
    };
    let span = spare.first().map_or(head, |first| first.span);
    let mut found = Diagnostic::new(code::LEAFLET_OVERFLOW, span)
        .with("format", format.name)
        .with("communes", named)
        .with("more", communes.len().saturating_sub(NAMED))
        .with("lines", lines);
    let says = |id: &'static str, block: &Spare| {
        (
            block.span,
            Message::new(id).with("words", block.words.as_str()),
        )
    };
    found.related = match spare {
        [first, .., last] if spare.len() > LISTED => {
            vec![
                says("leaflet-spare-from", first),
                says("leaflet-spare-to", last),
            ]
        }
        few => few
            .iter()
            .map(|block| says("leaflet-spare", block))
            .collect(),
    };
    let hint = match spare {
        [] => Message::new("hint-leaflet-head"),
        blocks => Message::new("hint-leaflet-spare").with("count", blocks.len()),
    };
    found
        .hint(hint.with("format", format.name))
        .hint(Message::new("hint-leaflet-overflow"))
}

/// A word or a picture that is wider than the sheet or than its column.
pub(super) fn too_wide(span: Span, format: &Format, word: &str) -> Diagnostic {
    Diagnostic::new(code::LEAFLET_TOO_WIDE, span)
        .with("format", format.name)
        .with("word", word.chars().take(40).collect::<String>())
        .hint(Message::new("hint-leaflet-too-wide").with("format", format.name))
}

/// A letter that no font of the theme has.
pub(super) fn missing_glyph(span: Span, letter: char) -> Diagnostic {
    Diagnostic::new(code::MISSING_GLYPH, span)
        .with("letter", letter.to_string())
        .with("code", format!("U+{:04X}", u32::from(letter)))
        .hint(Message::new("hint-missing-glyph"))
}

/// A picture that cannot be printed.
pub(super) fn bad_picture(span: Span, name: &str, why: Refused) -> Diagnostic {
    let found = Diagnostic::new(code::LEAFLET_PICTURE, span).with("name", name);
    match why {
        Refused::TooLarge(width, height) => found
            .saying("leaflet-picture-large")
            .with("width", width.to_string())
            .with("height", height.to_string())
            .hint(Message::new("hint-leaflet-picture-large")),
        Refused::Unreadable => found.hint(Message::new("hint-leaflet-picture")),
    }
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
