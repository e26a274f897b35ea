//! Addresses of the net: web pages and mailboxes.

use crate::reading::context::Context;
use crate::reading::scan::Kind;
use crate::reading::tag::{Class, Found, has_vowel};
use crate::reading::verbalize::{self, push_word};

/// Endings that make a dotted word an address.
const ENDINGS: [&str; 23] = [
    "vn", "com", "net", "org", "gov", "edu", "info", "io", "me", "asia", "biz", "ly", "gl", "app",
    "xyz", "online", "site", "shop", "club", "top", "tv", "cc", "be",
];

/// Endings of file names.
const FILES: [&str; 18] = [
    "apk", "exe", "pdf", "doc", "docx", "xls", "xlsx", "jpg", "jpeg", "png", "mp3", "mp4", "zip",
    "rar", "txt", "wav", "ppt", "pptx",
];

/// A run of address signs with a scheme, a mailbox sign or a known ending.
pub(super) fn tag(context: &Context<'_>, at: usize) -> Option<Found> {
    if !matches!(context.str(at + 1), "." | "@" | ":" | "-" | "_")
        && !context.is_number(at + 1)
        && !context.is_word(at + 1)
    {
        return None;
    }
    if at > 0 && is_part(context, at - 1) {
        return None;
    }
    let mut end = at;
    while is_part(context, end) {
        end += 1;
    }
    while end > at
        && matches!(
            context.str(end - 1),
            "." | "," | ":" | "-" | "/" | "?" | ";"
        )
    {
        end -= 1;
    }
    let text =
        &context.text[context.tokens[at].start..context.tokens.get(end.checked_sub(1)?)?.end];
    let body = text.split_once("://").map_or(text, |(_, body)| body);
    let body = body.strip_prefix("www.").unwrap_or(body);
    let host = body.split(['/', '?']).next()?;
    let domain = host.rsplit('@').next()?;
    let known = domain.contains('.')
        && domain
            .rsplit('.')
            .next()
            .is_some_and(|last| ENDINGS.contains(&last.to_lowercase().as_str()))
        && !domain.starts_with('.');
    let mailbox = host.contains('@') && domain.contains('.');
    if !known && !mailbox && !text.contains("://") {
        return None;
    }
    Some(Found::new(Class::Url, end, spoken(context, body)))
}

/// ".gov.vn", "@gmail.com": the end of an address, named alone.
pub(super) fn ending(context: &Context<'_>, at: usize) -> Option<Found> {
    // No address ends in more parts.
    const MOST: usize = 4;
    let sign = context.str(at);
    let free = at == 0 || !is_part(context, at - 1);
    if !matches!(sign, "." | "@") || !free || !context.is_word(at + 1) {
        return None;
    }
    let label = |at: usize| context.is_word(at) && context.str(at).is_ascii();
    let mut end = at + 2;
    while context.str(end) == "." && label(end + 1) && end < at + 2 * MOST {
        end += 2;
    }
    if !ENDINGS.contains(&context.str(end - 1).to_lowercase().as_str()) {
        return None;
    }
    let spoken = spoken(context, context.span(at, end));
    Some(Found::new(Class::Url, end, spoken))
}

/// ".apk", "to-khai.docx": the ending of a file's name.
pub(super) fn file_ending(context: &Context<'_>, at: usize) -> Option<Found> {
    let ending = context.str(at + 1);
    if context.str(at) != "." || !FILES.contains(&ending.to_lowercase().as_str()) {
        return None;
    }
    let mut spoken = "chấm".to_owned();
    if ending.len() <= 4 {
        push_word(
            &mut spoken,
            &super::letters::spell(
                context.tables,
                &ending.replace(|c: char| c.is_ascii_digit(), ""),
                false,
            ),
        );
    }
    Some(Found::new(Class::Url, at + 2, spoken))
}

fn is_part(context: &Context<'_>, at: usize) -> bool {
    match context.kind(at) {
        Some(Kind::Number) => true,
        Some(Kind::Word) => context.str(at).is_ascii(),
        Some(Kind::Mark) => {
            matches!(
                context.str(at),
                "." | "@" | ":" | "/" | "-" | "_" | "?" | "=" | "&" | "%" | "~" | "+"
            )
        }
        _ => false,
    }
}

fn spoken(context: &Context<'_>, body: &str) -> String {
    let mut out = String::new();
    for token in crate::reading::scan::tokens(body) {
        let part = &body[token.start..token.end];
        let word = match token.kind {
            Kind::Number => verbalize::digits(part),
            Kind::Word if part == "vn" => "vê nờ".to_owned(),
            Kind::Word if !has_vowel(part) => super::letters::spell(context.tables, part, false),
            Kind::Word => part.to_lowercase(),
            _ => sign(part).to_owned(),
        };
        push_word(&mut out, &word);
    }
    out
}

fn sign(mark: &str) -> &'static str {
    match mark {
        "." => "chấm",
        "@" => "a còng",
        "/" => "gạch chéo",
        "-" => "gạch ngang",
        "_" => "gạch dưới",
        "?" => "chấm hỏi",
        "=" => "bằng",
        "&" => "và",
        "%" => "phần trăm",
        ":" => "hai chấm",
        "+" => "cộng",
        _ => "",
    }
}
