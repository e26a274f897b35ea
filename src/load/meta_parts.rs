//! The keys of front matter whose values are maps of their own.

use jiff::civil::Date;

use super::fields::{Fields, scalar};
use super::findings;
use super::front_matter::RawImage;
use crate::diag::Diagnostic;
use crate::model::{
    AgendaItem, Approval, Imprint, Node, PrintMeta, Programme, SpeechMeta, Withdrawn,
};

/// The last of them is a page's own.
const IMPRINT_KEYS: &[&str] = &[
    "licensee",
    "licence_number",
    "licensed_by",
    "licensed_on",
    "copies",
    "printer",
    "deposited",
    "digest",
];

pub(super) fn image(node: &Node, diags: &mut Vec<Diagnostic>) -> Option<RawImage> {
    let mut fields = Fields::open(node, "what-image", &["src", "alt", "credit"], diags)?;
    let src = fields.need_text("src");
    let span = fields.get("src").map_or(node.span, |node| node.span);
    let alt = fields.text("alt").unwrap_or_default();
    let credit = fields.text("credit");
    if alt.is_empty() {
        let at = fields.get("alt").map_or(span, |node| node.span);
        fields.diags().push(findings::missing_alt(at));
    }
    (!src.is_empty()).then_some(RawImage {
        src,
        span,
        alt,
        credit,
    })
}

pub(super) fn programme(node: &Node, diags: &mut Vec<Diagnostic>) -> Option<Programme> {
    let mut fields = Fields::open(
        node,
        "what-programme",
        &["starts", "ends", "place", "items"],
        diags,
    )?;
    if fields.get("starts").is_none() {
        fields.missing("starts");
    }
    let starts = fields.date_time("starts");
    let ends = fields.date_time("ends");
    if let Some(node) = fields.get("ends").filter(|_| {
        ends.zip(starts)
            .is_some_and(|(ends, starts)| ends <= starts)
    }) {
        fields
            .diags()
            .push(findings::invalid_order(node.span, "ends", "starts"));
    }
    let place = fields.need_text("place");
    let items = fields
        .list("items")
        .iter()
        .filter_map(|node| agenda_item(node, diags))
        .collect();
    Some(Programme {
        starts: starts?,
        ends,
        place,
        items,
        span: node.span,
    })
}

fn agenda_item(node: &Node, diags: &mut Vec<Diagnostic>) -> Option<AgendaItem> {
    let mut fields = Fields::open(
        node,
        "what-agenda-item",
        &["at", "minutes", "what", "who"],
        diags,
    )?;
    if fields.get("at").is_none() {
        fields.missing("at");
    }
    let what = fields.need_text("what");
    let (minutes, who) = (fields.count("minutes", 1..=1_440), fields.text("who"));
    fields.time("at").map(|at| AgendaItem {
        at,
        minutes,
        what,
        who,
    })
}

/// A page that was taken back, not before the day of its publication.
pub(super) fn withdrawn(
    node: &Node,
    date: Option<Date>,
    diags: &mut Vec<Diagnostic>,
) -> Option<Withdrawn> {
    let mut fields = Fields::open(node, "what-withdrawn", &["on", "reason"], diags)?;
    if fields.get("on").is_none() {
        fields.missing("on");
    }
    let reason = fields.need_text("reason");
    let on = fields.date("on")?;
    if date.is_some_and(|date| on < date) {
        let at = fields.get("on").map_or(node.span, |node| node.span);
        fields
            .diags()
            .push(findings::invalid_order(at, "withdrawn.on", "date"));
    }
    Some(Withdrawn {
        on,
        reason,
        span: node.span,
    })
}

pub(super) fn speech(node: &Node, diags: &mut Vec<Diagnostic>) -> SpeechMeta {
    let known = &["voices", "repeat", "slot_minutes", "say"];
    let Some(mut fields) = Fields::open(node, "what-speech", known, diags) else {
        return SpeechMeta::default();
    };
    SpeechMeta {
        voices: fields.count("voices", 1..=2),
        repeat: fields.count("repeat", 1..=10),
        slot_minutes: fields.count("slot_minutes", 1..=120),
        say: fields.pairs("say"),
    }
}

pub(super) fn print(node: &Node, diags: &mut Vec<Diagnostic>) -> PrintMeta {
    let known = &["formats", "headline", "imprint"];
    let Some(mut fields) = Fields::open(node, "what-print", known, diags) else {
        return PrintMeta::default();
    };
    PrintMeta {
        formats: fields.texts("formats"),
        headline: fields.text("headline"),
        imprint: fields
            .get("imprint")
            .and_then(|node| imprint(node, fields.diags()))
            .map(Box::new),
        imprint_span: Some(fields.get("imprint").map_or(node.span, |node| node.span)),
    }
}

fn imprint(node: &Node, diags: &mut Vec<Diagnostic>) -> Option<Imprint> {
    imprint_of(node, IMPRINT_KEYS, diags)
}

/// The lines that all printed matter of a site has.
pub(super) fn site_imprint(node: &Node, diags: &mut Vec<Diagnostic>) -> Option<Imprint> {
    imprint_of(node, &IMPRINT_KEYS[..IMPRINT_KEYS.len() - 1], diags)
}

fn imprint_of(
    node: &Node,
    known: &'static [&'static str],
    diags: &mut Vec<Diagnostic>,
) -> Option<Imprint> {
    let mut fields = Fields::open(node, "what-imprint", known, diags)?;
    let digest_span = fields.get("digest").map(|node| node.span);
    Some(Imprint {
        licensee: fields.text("licensee"),
        licence_number: fields.text("licence_number"),
        licensed_by: fields.text("licensed_by"),
        licensed_on: fields.date("licensed_on"),
        copies: fields.text("copies"),
        printer: fields.text("printer"),
        deposited: fields.text("deposited"),
        digest: digest(&mut fields),
        digest_span,
    })
}

pub(super) fn approval(node: &Node, diags: &mut Vec<Diagnostic>) -> Option<Approval> {
    let mut fields = Fields::open(
        node,
        "what-approval",
        &["by", "role", "on", "digest"],
        diags,
    )?;
    let (by, role) = (fields.need_text("by"), fields.need_text("role"));
    if fields.get("on").is_none() {
        fields.missing("on");
    }
    let on = fields.date("on");
    let digest = fields.need_text("digest");
    let sound = is_digest(&digest);
    if let Some(node) = fields
        .get("digest")
        .filter(|node| !sound && scalar(node).is_some_and(|text| !text.is_empty()))
    {
        fields
            .diags()
            .push(findings::expected(node.span, "digest", "expected-digest"));
        return None;
    }
    Some(Approval {
        by,
        role,
        on: on?,
        digest,
        span: node.span,
    })
}

/// A digest that may be missing.
fn digest(fields: &mut Fields<'_, '_>) -> Option<String> {
    let span = fields.get("digest")?.span;
    let written = fields.text("digest")?;
    let sound = is_digest(&written);
    if !sound {
        let finding = findings::expected(span, "digest", "expected-run-digest");
        fields.diags().push(finding);
    }
    sound.then_some(written)
}

fn is_digest(written: &str) -> bool {
    written.len() == 64 && written.bytes().all(|byte| byte.is_ascii_hexdigit())
}
