//! Everything that reading a site can find wrong.

use super::snapshot::Skipped;
use crate::diag::{Diagnostic, Message, Span, code};
use crate::text::nearest;

pub(super) fn invalid_yaml(span: Span, said: &str) -> Diagnostic {
    Diagnostic::new(code::INVALID_YAML, span)
        .with("said", said)
        .hint(Message::new("hint-yaml-quotes"))
}

/// `why` names the catalogue entry.
pub(super) fn refused_yaml(span: Span, why: &'static str) -> Diagnostic {
    let finding = Diagnostic::new(code::INVALID_YAML, span).saying(why);
    let quotes_help = matches!(why, "yaml-alias" | "yaml-tag");
    if quotes_help {
        finding.hint(Message::new("hint-yaml-quotes"))
    } else {
        finding
    }
}

pub(super) fn duplicate_key(span: Span, key: &str, first: Span) -> Diagnostic {
    Diagnostic::new(code::DUPLICATE_KEY, span)
        .with("key", key)
        .related(first, Message::new("note-first-here"))
        .hint(Message::new("hint-keep-one"))
}

/// Two entries of a registry with one name.
pub(super) fn duplicate_entry(span: Span, key: &str, first: Span) -> Diagnostic {
    duplicate_key(span, key, first).saying("duplicate-entry")
}

pub(super) fn unknown_key(span: Span, key: &str, what: &'static str, known: &[&str]) -> Diagnostic {
    let hint = match nearest(key, known.iter().copied()) {
        Some(word) => Message::new("hint-did-you-mean").with("word", word),
        None => Message::new("hint-known-keys").with("words", known.join(", ")),
    };
    Diagnostic::new(code::UNKNOWN_KEY, span)
        .with("key", key)
        .with("what", Message::new(what))
        .hint(hint)
}

pub(super) fn missing_key(span: Span, key: &'static str, what: &'static str) -> Diagnostic {
    Diagnostic::new(code::MISSING_KEY, span)
        .with("key", key)
        .with("what", Message::new(what))
        .hint(Message::new("hint-add-key").with("key", key))
}

/// `expected` names the catalogue entry that says what should stand here.
pub(super) fn expected(span: Span, key: &str, expected: &'static str) -> Diagnostic {
    let key = if key.starts_with("what-") {
        String::new()
    } else {
        key.to_owned()
    };
    let finding = Diagnostic::new(code::INVALID_VALUE, span)
        .with("key", key.clone())
        .hint(Message::new(expected));
    if key.is_empty() {
        finding.saying("invalid-value-here")
    } else {
        finding
    }
}

pub(super) fn expected_number(span: Span, key: &str, range: &str) -> Diagnostic {
    Diagnostic::new(code::INVALID_VALUE, span)
        .with("key", key)
        .hint(Message::new("expected-number").with("range", range))
}

/// The first of some words: nobody reads a list of thousands.
fn some(names: &[&str]) -> String {
    const SHOWN: usize = 20;
    let mut out = names[..names.len().min(SHOWN)].join(", ");
    if names.len() > SHOWN {
        out.push_str(", …");
    }
    out
}

/// A word that is not one of those allowed.
#[must_use]
pub fn not_among(span: Span, word: &str, names: &[&str]) -> Diagnostic {
    let hint = match nearest(word, names.iter().copied()) {
        Some(near) => Message::new("hint-did-you-mean").with("word", near),
        None => Message::new("hint-one-of").with("words", some(names)),
    };
    Diagnostic::new(code::INVALID_VALUE, span)
        .saying("invalid-word")
        .with("word", word)
        .hint(hint)
}

/// A code that is an error for everybody and was to be less.
pub(super) fn fixed_severity(span: Span, code: &str) -> Diagnostic {
    Diagnostic::new(code::INVALID_VALUE, span)
        .saying("fixed-severity")
        .with("code", code)
        .hint(Message::new("hint-fixed-severity"))
}

pub(super) fn bad_slug(span: Span, written: &str, better: &str) -> Diagnostic {
    let finding = Diagnostic::new(code::INVALID_VALUE, span)
        .saying("invalid-slug")
        .with("word", written);
    if better.is_empty() {
        finding
    } else {
        finding.hint(Message::new("hint-write").with("word", better))
    }
}

pub(super) fn invalid_phone(span: Span, written: &str) -> Diagnostic {
    Diagnostic::new(code::INVALID_VALUE, span)
        .saying("invalid-phone")
        .with("word", written)
        .hint(Message::new("expected-phone"))
}

pub(super) fn invalid_order(span: Span, key: &'static str, other: &'static str) -> Diagnostic {
    Diagnostic::new(code::INVALID_VALUE, span)
        .saying("invalid-order")
        .with("key", key)
        .with("other", other)
}

pub(super) fn no_front_matter(span: Span) -> Diagnostic {
    Diagnostic::new(code::MISSING_KEY, span)
        .saying("missing-front-matter")
        .hint(Message::new("hint-front-matter"))
}

pub(super) fn unclosed_front_matter(span: Span) -> Diagnostic {
    Diagnostic::new(code::INVALID_YAML, span)
        .saying("unclosed-front-matter")
        .hint(Message::new("hint-front-matter"))
}

pub(super) fn invalid_utf8(span: Span) -> Diagnostic {
    Diagnostic::new(code::INVALID_UTF8, span).hint(Message::new("hint-save-utf8"))
}

pub(super) fn unsafe_path(span: Span, path: &str) -> Diagnostic {
    Diagnostic::new(code::UNSAFE_PATH, span)
        .with("path", path)
        .hint(Message::new("hint-safe-path"))
}

pub(super) fn skipped(span: Span, why: Skipped) -> Diagnostic {
    match why {
        Skipped::Symlink => {
            Diagnostic::new(code::SYMLINK_SKIPPED, span).hint(Message::new("hint-copy-file"))
        }
        Skipped::TooLarge(limit) => Diagnostic::new(code::FILE_TOO_LARGE, span)
            .with("limit", usize::try_from(limit >> 20).unwrap_or(usize::MAX))
            .hint(Message::new("hint-smaller-file")),
        Skipped::Name => Diagnostic::new(code::INVALID_UTF8, span)
            .saying("invalid-name")
            .hint(Message::new("hint-rename")),
    }
}

pub(super) fn missing_config(span: Span) -> Diagnostic {
    Diagnostic::new(code::MISSING_KEY, span).saying("missing-config")
}

pub(super) fn raw_html(span: Span) -> Diagnostic {
    Diagnostic::new(code::RAW_HTML, span).hint(Message::new("hint-raw-html"))
}

pub(super) fn unsafe_url(span: Span, url: &str) -> Diagnostic {
    Diagnostic::new(code::UNSAFE_URL, span)
        .with("url", url)
        .hint(Message::new("hint-safe-url"))
}

pub(super) fn foreign_image(span: Span, url: &str) -> Diagnostic {
    Diagnostic::new(code::UNSAFE_URL, span)
        .saying("foreign-image")
        .with("url", url)
        .hint(Message::new("hint-local-image"))
}

pub(super) fn unknown_directive(span: Span, name: &str, known: &[&str]) -> Diagnostic {
    let hint = match nearest(name, known.iter().copied()) {
        Some(near) => Message::new("hint-write").with("word", format!("::: {near}")),
        None => Message::new("hint-directives").with("words", known.join(", ")),
    };
    Diagnostic::new(code::UNKNOWN_DIRECTIVE, span)
        .with("name", name)
        .hint(hint)
}

/// A directive whose words after the name do not fit; `why` names the catalogue entry.
pub(super) fn bad_directive(span: Span, name: &str, why: &'static str) -> Diagnostic {
    Diagnostic::new(code::UNKNOWN_DIRECTIVE, span)
        .saying(why)
        .with("name", name)
}

pub(super) fn unknown_audience(span: Span, word: &str, known: &[&str]) -> Diagnostic {
    let hint = match nearest(word, known.iter().copied()) {
        Some(near) => Message::new("hint-did-you-mean").with("word", near),
        None => Message::new("hint-one-of").with("words", known.join(", ")),
    };
    Diagnostic::new(code::UNKNOWN_DIRECTIVE, span)
        .saying("unknown-audience")
        .with("word", word)
        .hint(hint)
}

pub(super) fn unclosed_directive(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(code::UNCLOSED_DIRECTIVE, span)
        .with("name", name)
        .hint(Message::new("hint-close-directive"))
}

pub(super) fn stray_close(span: Span) -> Diagnostic {
    Diagnostic::new(code::UNCLOSED_DIRECTIVE, span)
        .saying("stray-close")
        .hint(Message::new("hint-stray-close"))
}

pub(super) fn nesting_too_deep(span: Span, limit: usize) -> Diagnostic {
    Diagnostic::new(code::NESTING_TOO_DEEP, span)
        .with("limit", limit)
        .hint(Message::new("hint-flatter"))
}

pub(super) fn unknown_reference(span: Span, target: &str, near: &[String]) -> Diagnostic {
    let finding = Diagnostic::new(code::UNKNOWN_REFERENCE, span).with("target", target);
    if near.is_empty() {
        finding.hint(Message::new("hint-reference-kinds"))
    } else {
        let words: Vec<String> = near.iter().map(|name| format!("[[{name}]]")).collect();
        finding.hint(Message::new("hint-did-you-mean").with("word", words.join(", ")))
    }
}

pub(super) fn draft_reference(span: Span, target: &str) -> Diagnostic {
    Diagnostic::new(code::UNKNOWN_REFERENCE, span)
        .saying("draft-reference")
        .with("target", target)
        .hint(Message::new("hint-draft-reference"))
}

pub(super) fn ambiguous_reference(span: Span, target: &str, choices: &[String]) -> Diagnostic {
    let words: Vec<String> = choices.iter().map(|name| format!("[[{name}]]")).collect();
    Diagnostic::new(code::AMBIGUOUS_REFERENCE, span)
        .with("target", target)
        .hint(Message::new("hint-one-of").with("words", words.join(", ")))
}

pub(super) fn broken_link(span: Span, target: &str, near: Option<&str>) -> Diagnostic {
    let finding = Diagnostic::new(code::BROKEN_LINK, span).with("target", target);
    match near {
        Some(near) => finding.hint(Message::new("hint-did-you-mean").with("word", near)),
        None => finding.hint(Message::new("hint-link-kinds")),
    }
}

pub(super) fn broken_anchor(span: Span, anchor: &str, known: &[&str]) -> Diagnostic {
    let finding = Diagnostic::new(code::BROKEN_ANCHOR, span).with("anchor", anchor);
    match nearest(anchor, known.iter().copied()) {
        Some(near) => {
            finding.hint(Message::new("hint-did-you-mean").with("word", format!("#{near}")))
        }
        None if known.is_empty() => finding.hint(Message::new("hint-no-headings")),
        None => finding
            .hint(Message::new("hint-headings").with("words", format!("#{}", known.join(", #")))),
    }
}

pub(super) fn missing_alt(span: Span) -> Diagnostic {
    Diagnostic::new(code::MISSING_ALT, span).hint(Message::new("hint-alt"))
}

pub(super) fn empty_page(span: Span) -> Diagnostic {
    Diagnostic::new(code::EMPTY_PAGE, span)
}

/// Two sources that would have one address; `path` is that address.
pub(super) fn same_address(span: Span, path: &str, other: Span) -> Diagnostic {
    Diagnostic::new(code::OUTPUT_COLLISION, span)
        .with("path", path)
        .related(other, Message::new("note-also-here"))
        .hint(Message::new("hint-collision"))
}

/// A file name that ends in a language that the site does not have.
pub(super) fn unknown_language(span: Span, language: &str, known: &[String]) -> Diagnostic {
    Diagnostic::new(code::INVALID_VALUE, span)
        .saying("unknown-language")
        .with("language", language)
        .hint(
            Message::new("hint-language")
                .with("language", language)
                .with("words", known.join(", ")),
        )
}

pub(super) fn wrong_topic(span: Span, topic: &str) -> Diagnostic {
    Diagnostic::new(code::INVALID_VALUE, span)
        .saying("invalid-topic")
        .with("word", topic)
}

pub(super) fn unknown_commune(span: Span, word: &str, near: Option<&str>) -> Diagnostic {
    let finding = Diagnostic::new(code::INVALID_VALUE, span)
        .saying("unknown-commune")
        .with("word", word);
    match near {
        Some(near) => finding.hint(Message::new("hint-did-you-mean").with("word", near)),
        None => finding.hint(Message::new("hint-commune")),
    }
}

pub(super) fn unknown_contact(
    span: Span,
    key: &str,
    near: Option<&str>,
    known: &[&str],
) -> Diagnostic {
    Diagnostic::new(code::INVALID_VALUE, span)
        .saying("unknown-contact")
        .with("word", key)
        .hint(match near {
            Some(near) => Message::new("hint-did-you-mean").with("word", near),
            None if known.is_empty() => Message::new("hint-register-contact"),
            None => Message::new("hint-one-of").with("words", some(known)),
        })
}

/// A contact that gives way to one that is not there.
pub(super) fn unknown_successor(span: Span, key: &str, near: Option<&str>) -> Diagnostic {
    Diagnostic::new(code::UNKNOWN_REFERENCE, span)
        .saying("unknown-contact")
        .with("word", key)
        .hint(match near {
            Some(near) => Message::new("hint-did-you-mean").with("word", near),
            None => Message::new("hint-register-contact"),
        })
}

/// A document that gives way to one that is not there.
pub(super) fn unregistered_successor(span: Span, number: &str) -> Diagnostic {
    Diagnostic::new(code::UNREGISTERED_DOCUMENT, span)
        .saying("unregistered-successor")
        .with("number", number)
        .hint(Message::new("hint-register-document"))
}

/// Entries that give way to one another in a circle.
pub(super) fn successor_circle(span: Span, circle: &str) -> Diagnostic {
    Diagnostic::new(code::INVALID_VALUE, span)
        .saying("successor-circle")
        .with("circle", circle)
        .hint(Message::new("hint-successor-circle"))
}

/// A file in the folder of the registry that nobody reads.
pub(super) fn unknown_registry_file(span: Span, name: &str, known: &[&str]) -> Diagnostic {
    let hint = match nearest(name, known.iter().copied()) {
        Some(near) => Message::new("hint-did-you-mean").with("word", near),
        None => Message::new("hint-registry-files").with("words", known.join(", ")),
    };
    Diagnostic::new(code::UNKNOWN_KEY, span)
        .saying("unknown-registry-file")
        .with("name", name)
        .hint(hint)
}

/// A print run whose sheets cannot be told from what is written.
pub(super) fn unknown_article(span: Span, article: &str, near: Option<&str>) -> Diagnostic {
    Diagnostic::new(code::UNKNOWN_REFERENCE, span)
        .saying("run-unknown-article")
        .with("article", article)
        .hint(match near {
            Some(near) => Message::new("hint-did-you-mean").with("word", near),
            None => Message::new("hint-run-facts"),
        })
}

/// A fact on printed sheets that the registry no longer has.
pub(super) fn unknown_fact(span: Span, key: &str, near: Option<&str>) -> Diagnostic {
    let finding = Diagnostic::new(code::UNKNOWN_REFERENCE, span)
        .saying("run-unknown-fact")
        .with("key", key);
    let finding = match near {
        Some(near) => finding.hint(Message::new("hint-did-you-mean").with("word", near)),
        None => finding,
    };
    finding.hint(Message::new("hint-run-keep-fact"))
}

pub(super) fn agenda_missing(span: Span) -> Diagnostic {
    Diagnostic::new(code::MISSING_KEY, span)
        .with("key", "programme")
        .with("what", Message::new("what-front-matter"))
        .hint(Message::new("hint-programme"))
}
