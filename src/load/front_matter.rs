//! The head of a Markdown file: the YAML between `---` lines, typed.

use serde::{Deserialize, Serialize};

use super::facts::web_address;
use super::fields::Fields;
use super::findings;
use super::meta_parts::{approval, image, print, programme, speech, withdrawn};
use super::path::{is_safe_name, safe_segments};
use super::yaml;
use crate::diag::{Diagnostic, FileId, Span};
use crate::model::{Kind, Meta, Node, PrintMeta, Priority, SpeechMeta};
use crate::text::slug;

/// The keys of a page, in the order of the documentation.
pub const PAGE_KEYS: &[&str] = &[
    "title",
    "summary",
    "date",
    "updated",
    "publish_at",
    "expires_at",
    "withdrawn",
    "kind",
    "topics",
    "author",
    "source",
    "aliases",
    "slug",
    "draft",
    "editions",
    "image",
    "video",
    "sensitive",
    "programme",
    "priority",
    "speech",
    "print",
    "approval",
];
/// The keys of a section's own page.
const SECTION_KEYS: &[&str] = &[
    "title", "summary", "date", "updated", "aliases", "draft", "weight",
];

/// The head of a file and where its body begins.
#[derive(Debug)]
pub(super) struct Head {
    /// Typed front matter; the picture is still to be found.
    pub(super) meta: Meta,
    /// The picture as written: file, alternative text, credit.
    pub(super) image: Option<RawImage>,
    /// Whether it could be read at all.
    pub(super) readable: bool,
    /// Whether it never leaves the machine.
    pub(super) draft: bool,
    /// Where `slug` is written.
    pub(super) slug_span: Option<Span>,
    /// Byte at which the body begins.
    pub(super) body: usize,
    /// The front matter.
    pub(super) span: Span,
}

/// A picture before it is found.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct RawImage {
    pub(super) src: String,
    pub(super) span: Span,
    pub(super) alt: String,
    pub(super) credit: Option<String>,
}

/// What front matter may name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Names<'a> {
    /// Channels and editions.
    pub(super) editions: &'a [String],
}

/// Reads the head of a page, or of a section's own page.
pub(super) fn read(
    file: FileId,
    text: &str,
    section: bool,
    names: Names<'_>,
    diags: &mut Vec<Diagnostic>,
) -> Head {
    let (yaml, body) = match split(text) {
        Split::Found { yaml, body } => (yaml, body),
        Split::Unclosed => {
            diags.push(findings::unclosed_front_matter(Span::new(file, 0, 3)));
            return Head::empty(file, text.len());
        }
        Split::None => {
            diags.push(findings::no_front_matter(Span::start_of(file)));
            return Head::empty(file, 0);
        }
    };
    match yaml::parse(file, &text[yaml.clone()], yaml.start) {
        Ok(node) => typed(&node, Span::new(file, 0, body), section, names, diags),
        Err(found) => {
            diags.extend(found);
            Head::empty(file, body)
        }
    }
}

impl Head {
    fn empty(file: FileId, body: usize) -> Head {
        let span = Span::new(file, 0, body);
        Head {
            meta: empty_meta(span),
            image: None,
            readable: false,
            draft: false,
            slug_span: None,
            body,
            span,
        }
    }
}

/// Front matter with nothing in it.
pub(super) fn empty_meta(span: Span) -> Meta {
    Meta {
        title: String::new(),
        summary: String::new(),
        date: None,
        updated: None,
        publish_at: None,
        expires_at: None,
        withdrawn: None,
        kind: Kind::Article,
        topics: Vec::new(),
        author: None,
        source: None,
        aliases: Vec::new(),
        slug: None,
        editions: None,
        image: None,
        video: None,
        sensitive: false,
        programme: None,
        priority: Priority::Ordinary,
        speech: SpeechMeta::default(),
        print: PrintMeta::default(),
        approval: None,
        weight: 0,
        title_span: span,
        summary_span: span,
    }
}

/// Where the YAML and the body of a text stand.
pub(super) enum Split {
    Found {
        yaml: std::ops::Range<usize>,
        body: usize,
    },
    Unclosed,
    None,
}

fn split(text: &str) -> Split {
    split_lines(text.split_inclusive('\n'))
}

/// Splits a text that is already cut into lines, which keep their ends.
pub(super) fn split_lines<'a>(lines: impl Iterator<Item = &'a str>) -> Split {
    let mut offset = 0;
    let mut begun = None;
    for line in lines {
        let fence = line.trim_end() == "---";
        match (begun, fence) {
            (None, true) => begun = Some(offset + line.len()),
            (None, false) if line.trim().is_empty() => {}
            (None, false) => return Split::None,
            (Some(start), true) => {
                return Split::Found {
                    yaml: start..offset,
                    body: offset + line.len(),
                };
            }
            (Some(_), false) => {}
        }
        offset += line.len();
    }
    if begun.is_some() {
        Split::Unclosed
    } else {
        Split::None
    }
}

fn typed(
    node: &Node,
    span: Span,
    section: bool,
    names: Names<'_>,
    diags: &mut Vec<Diagnostic>,
) -> Head {
    let body = span.end as usize;
    let mut head = Head {
        meta: empty_meta(span),
        image: None,
        readable: true,
        draft: false,
        slug_span: None,
        body,
        span,
    };
    let known = if section { SECTION_KEYS } else { PAGE_KEYS };
    let Some(mut fields) = Fields::open(node, "what-front-matter", known, diags) else {
        return head;
    };
    let meta = &mut head.meta;
    let place = |key: &str| fields.get(key).map_or(span, |node| node.span);
    (meta.title_span, meta.summary_span) = (place("title"), place("summary"));
    meta.title = fields.need_text("title");
    meta.summary = if section {
        fields.text("summary").unwrap_or_default()
    } else {
        fields.need_text("summary")
    };
    if !section && fields.get("date").is_none() {
        fields.missing("date");
    }
    dates(&mut fields, meta);
    if section {
        meta.weight = fields.number("weight", -10_000..=10_000).unwrap_or(0);
    }
    meta.kind = fields
        .word("kind", &Kind::NAMES, Kind::parse)
        .unwrap_or_default();
    meta.priority = fields
        .word("priority", &Priority::NAMES, Priority::parse)
        .unwrap_or_default();
    meta.topics = topics(&mut fields);
    meta.author = fields.text("author");
    meta.source = fields.text("source");
    meta.video = web_address(&mut fields, "video").map(String::into_boxed_str);
    meta.sensitive = fields.flag("sensitive");
    meta.aliases = aliases(&mut fields);
    head.slug_span = fields.get("slug").map(|node| node.span);
    meta.slug = fixed_slug(&mut fields);
    meta.editions = editions(&mut fields, names);
    head.draft = fields.flag("draft");
    parts(&mut fields, &mut head);
    head
}

/// The keys whose values are maps of their own.
fn parts(fields: &mut Fields<'_, '_>, head: &mut Head) {
    head.image = fields
        .get("image")
        .and_then(|node| image(node, fields.diags()));
    head.meta.programme = fields
        .get("programme")
        .and_then(|node| programme(node, fields.diags()))
        .map(Box::new);
    if head.meta.kind == Kind::Programme
        && head.meta.programme.is_none()
        && fields.get("programme").is_none()
    {
        let at = fields.get("kind").map_or(fields.span(), |node| node.span);
        fields.diags().push(findings::agenda_missing(at));
    }
    head.meta.withdrawn = fields
        .get("withdrawn")
        .and_then(|node| withdrawn(node, head.meta.date, fields.diags()))
        .map(Box::new);
    head.meta.speech = fields
        .get("speech")
        .map(|node| speech(node, fields.diags()))
        .unwrap_or_default();
    head.meta.print = fields
        .get("print")
        .map(|node| print(node, fields.diags()))
        .unwrap_or_default();
    head.meta.approval = fields
        .get("approval")
        .and_then(|node| approval(node, fields.diags()))
        .map(Box::new);
}

fn dates(fields: &mut Fields<'_, '_>, meta: &mut Meta) {
    meta.date = fields.date("date");
    meta.updated = fields.date("updated");
    meta.publish_at = fields.date_time("publish_at");
    meta.expires_at = fields.date_time("expires_at");
    let mut order = |later: &'static str, earlier: &'static str, wrong: bool| {
        if let Some(node) = fields.get(later).filter(|_| wrong) {
            fields
                .diags()
                .push(findings::invalid_order(node.span, later, earlier));
        }
    };
    order(
        "updated",
        "date",
        meta.updated
            .zip(meta.date)
            .is_some_and(|(updated, date)| updated < date),
    );
    order(
        "expires_at",
        "publish_at",
        meta.expires_at
            .zip(meta.publish_at)
            .is_some_and(|(end, start)| end < start),
    );
}

fn topics(fields: &mut Fields<'_, '_>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for (topic, span) in fields.texts("topics").unwrap_or_default() {
        if slug(&topic).is_empty() {
            fields.diags().push(findings::wrong_topic(span, &topic));
        } else if !out.contains(&topic) {
            out.push(topic);
        }
    }
    out
}

fn aliases(fields: &mut Fields<'_, '_>) -> Vec<(Vec<String>, Span)> {
    let mut out = Vec::new();
    for (alias, span) in fields.texts("aliases").unwrap_or_default() {
        match safe_segments(&alias) {
            Some(segments) => out.push((segments, span)),
            None => fields.diags().push(findings::unsafe_path(span, &alias)),
        }
    }
    out
}

fn fixed_slug(fields: &mut Fields<'_, '_>) -> Option<String> {
    let node = fields.get("slug")?;
    let written = fields.text("slug")?;
    let better = slug(&written);
    if !is_safe_name(&written) {
        fields
            .diags()
            .push(findings::unsafe_path(node.span, &written));
        None
    } else if better == written {
        Some(written)
    } else {
        fields
            .diags()
            .push(findings::bad_slug(node.span, &written, &better));
        None
    }
}

fn editions(fields: &mut Fields<'_, '_>, names: Names<'_>) -> Option<Vec<String>> {
    let wanted = fields.texts("editions")?;
    let known: Vec<&str> = names.editions.iter().map(String::as_str).collect();
    for (name, span) in wanted
        .iter()
        .filter(|(name, _)| !known.contains(&name.as_str()))
    {
        fields
            .diags()
            .push(findings::not_among(*span, name, &known));
    }
    Some(wanted.into_iter().map(|(name, _)| name).collect())
}
