//! The fact registry under `content/_facts/`, typed.

use std::collections::HashMap;

use jiff::civil::Date;

use super::fields::{Fields, pairs, scalar};
use super::findings;
use super::path::is_safe_name;
use crate::diag::{Diagnostic, Span};
use crate::model::{
    Commune, CommuneKind, Contact, DocumentStatus, Facts, FormerName, LegalDocument, Node,
    NodeKind, OwnContact, Phone, Schedule, Session,
};
use crate::text::slug;

const CONTACT_KEYS: &[&str] = &[
    "key",
    "name",
    "names",
    "phone",
    "per_commune",
    "emergency",
    "hours",
    "address",
    "url",
    "valid_until",
    "replaced_by",
    "source",
    "checked_on",
];
const OWN_CONTACT_KEYS: &[&str] = &[
    "phone",
    "hours",
    "address",
    "url",
    "valid_until",
    "source",
    "checked_on",
];
const DOCUMENT_KEYS: &[&str] = &[
    "number",
    "kind",
    "issuer",
    "issued",
    "effective",
    "title",
    "status",
    "amended_by",
    "replaced_by",
    "confidence",
    "source",
    "checked_on",
];
const COMMUNE_KEYS: &[&str] = &["code", "name", "kind", "slug", "contacts", "schedule"];
const FORMER_KEYS: &[&str] = &["name", "now", "since", "source"];
const WEEKDAYS: &[&str] = &["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Adds `contacts.yaml`.
pub(super) fn contacts(root: &Node, facts: &mut Facts, diags: &mut Vec<Diagnostic>) {
    for node in items(root, diags) {
        if let Some(contact) = contact(node, diags) {
            facts.contacts.push(contact);
        }
    }
    let keys = facts
        .contacts
        .iter()
        .map(|contact| (contact.key.clone(), contact.span));
    unique(keys, diags);
}

fn contact(node: &Node, diags: &mut Vec<Diagnostic>) -> Option<Contact> {
    let mut fields = Fields::open(node, "what-contact", CONTACT_KEYS, diags)?;
    let contact = Contact {
        key: fields.need_text("key"),
        name: fields.need_text("name"),
        names: fields.pairs("names"),
        phone: phone(&mut fields),
        per_commune: fields.flag("per_commune"),
        emergency: fields.flag("emergency"),
        hours: fields.text("hours"),
        address: fields.text("address"),
        url: web_address(&mut fields),
        valid_until: fields.date("valid_until"),
        replaced_by: fields.text("replaced_by"),
        source: fields.need_text("source"),
        checked_on: need_date(&mut fields, "checked_on"),
        span: head(node, "key"),
    };
    (!contact.key.is_empty()).then_some(contact)
}

fn phone(fields: &mut Fields<'_, '_>) -> Option<Phone> {
    let node = fields.get("phone")?;
    let written = fields.text("phone")?;
    let phone = Phone::parse(&written);
    if phone.is_none() {
        fields
            .diags()
            .push(findings::invalid_phone(node.span, &written));
    }
    phone
}

fn web_address(fields: &mut Fields<'_, '_>) -> Option<String> {
    let node = fields.get("url")?;
    let written = fields.text("url")?;
    if written.starts_with("https://") || written.starts_with("http://") {
        return Some(written);
    }
    fields
        .diags()
        .push(findings::unsafe_url(node.span, &written));
    None
}

fn need_date(fields: &mut Fields<'_, '_>, key: &'static str) -> Option<Date> {
    if fields.get(key).is_none() {
        fields.missing(key);
    }
    fields.date(key)
}

/// Adds `legal-documents.yaml`.
pub(super) fn documents(root: &Node, facts: &mut Facts, diags: &mut Vec<Diagnostic>) {
    for node in items(root, diags) {
        let Some(mut fields) = Fields::open(node, "what-document", DOCUMENT_KEYS, diags) else {
            continue;
        };
        let document = LegalDocument {
            number: fields.need_text("number"),
            kind: fields.need_text("kind"),
            issuer: fields.need_text("issuer"),
            issued: fields.date("issued"),
            effective: fields.date("effective"),
            title: fields.need_text("title"),
            status: status(&mut fields),
            amended_by: words(&mut fields, "amended_by"),
            replaced_by: words(&mut fields, "replaced_by"),
            confidence: fields.text("confidence"),
            source: fields.need_text("source"),
            checked_on: need_date(&mut fields, "checked_on"),
            span: head(node, "number"),
        };
        if !document.number.is_empty() {
            facts.documents.push(document);
        }
    }
    let numbers = facts
        .documents
        .iter()
        .map(|document| (document.number.clone(), document.span));
    unique(numbers, diags);
}

fn status(fields: &mut Fields<'_, '_>) -> DocumentStatus {
    if fields.get("status").is_none() {
        fields.missing("status");
    }
    let status = fields.word("status", &DocumentStatus::NAMES, DocumentStatus::parse);
    status.unwrap_or(DocumentStatus::Unknown)
}

fn words(fields: &mut Fields<'_, '_>, key: &'static str) -> Vec<String> {
    fields
        .texts(key)
        .unwrap_or_default()
        .into_iter()
        .map(|(word, _)| word)
        .collect()
}

/// Adds `communes.yaml`.
pub(super) fn communes(root: &Node, facts: &mut Facts, diags: &mut Vec<Diagnostic>) {
    let Some(mut fields) =
        Fields::open(root, "what-communes", &["communes", "former_names"], diags)
    else {
        return;
    };
    let (list, former) = (fields.list("communes"), fields.list("former_names"));
    for node in list {
        if let Some(commune) = commune(node, diags) {
            facts.communes.push(commune);
        }
    }
    for node in former {
        let Some(mut fields) = Fields::open(node, "what-former-name", FORMER_KEYS, diags) else {
            continue;
        };
        let former = FormerName {
            name: fields.need_text("name"),
            now: fields.need_text("now"),
            since: fields.date("since"),
            source: fields.need_text("source"),
            span: head(node, "name"),
        };
        facts.former_names.push(former);
    }
    unique(
        facts
            .communes
            .iter()
            .map(|commune| (commune.slug.clone(), commune.span)),
        diags,
    );
    unique(
        facts
            .communes
            .iter()
            .map(|commune| (commune.code.clone(), commune.span)),
        diags,
    );
}

fn commune(node: &Node, diags: &mut Vec<Diagnostic>) -> Option<Commune> {
    let mut fields = Fields::open(node, "what-commune", COMMUNE_KEYS, diags)?;
    let (code, name) = (fields.need_text("code"), fields.need_text("name"));
    if fields.get("kind").is_none() {
        fields.missing("kind");
    }
    let kind = fields
        .word("kind", &CommuneKind::NAMES, CommuneKind::parse)
        .unwrap_or(CommuneKind::Xa);
    let written = fields.get("slug");
    let folder = fields.text("slug").unwrap_or_else(|| slug(&name));
    if let Some(node) = written.filter(|_| !is_safe_name(&folder)) {
        fields
            .diags()
            .push(findings::unsafe_path(node.span, &folder));
        return None;
    }
    if let Some(node) = written.filter(|_| slug(&folder) != folder) {
        fields
            .diags()
            .push(findings::bad_slug(node.span, &folder, &slug(&folder)));
    }
    let (contacts, schedule) = (fields.get("contacts"), fields.get("schedule"));
    let commune = Commune {
        code,
        name,
        kind,
        slug: folder,
        contacts: contacts
            .map(|node| own_contacts(node, diags))
            .unwrap_or_default(),
        schedule: schedule.and_then(|node| read_schedule(node, diags)),
        span: head(node, "name"),
    };
    (!commune.slug.is_empty()).then_some(commune)
}

fn own_contacts(node: &Node, diags: &mut Vec<Diagnostic>) -> Vec<OwnContact> {
    if !matches!(node.kind, NodeKind::Map(_)) {
        diags.push(findings::expected(node.span, "contacts", "expected-map"));
    }
    let mut out = Vec::new();
    for (key, node) in node.entries() {
        let Some(mut fields) = Fields::open(node, "what-contact", OWN_CONTACT_KEYS, diags) else {
            continue;
        };
        out.push(OwnContact {
            key: key.text.clone(),
            phone: phone(&mut fields),
            address: fields.text("address"),
            hours: fields.text("hours"),
            url: web_address(&mut fields),
            valid_until: fields.date("valid_until"),
            source: fields.need_text("source"),
            checked_on: need_date(&mut fields, "checked_on"),
            span: key.span,
        });
    }
    out
}

fn read_schedule(node: &Node, diags: &mut Vec<Diagnostic>) -> Option<Schedule> {
    let mut fields = Fields::open(
        node,
        "what-schedule",
        &["sessions", "weekdays", "rate"],
        diags,
    )?;
    let rate = fields.count("rate", 60..=400);
    let mut weekdays = Vec::new();
    for (day, span) in fields.texts("weekdays").unwrap_or_default() {
        if WEEKDAYS.contains(&day.as_str()) {
            weekdays.push(day);
        } else {
            fields
                .diags()
                .push(findings::not_among(span, &day, WEEKDAYS));
        }
    }
    let mut sessions = Vec::new();
    for node in fields.list("sessions") {
        let Some(mut fields) = Fields::open(node, "what-session", &["at", "minutes"], diags) else {
            continue;
        };
        for key in ["at", "minutes"] {
            if fields.get(key).is_none() {
                fields.missing(key);
            }
        }
        if let (Some(at), Some(minutes)) = (fields.time("at"), fields.count("minutes", 1..=240)) {
            sessions.push(Session { at, minutes });
        }
    }
    Some(Schedule {
        sessions,
        weekdays,
        rate,
    })
}

/// Adds `lexicon.yaml`.
pub(super) fn lexicon(root: &Node, facts: &mut Facts, diags: &mut Vec<Diagnostic>) {
    facts.lexicon = pairs(root, "what-lexicon", diags);
}

/// Contacts of communes must exist in the registry.
pub(super) fn check_own_contacts(facts: &Facts, diags: &mut Vec<Diagnostic>) {
    let known: Vec<&str> = facts
        .contacts
        .iter()
        .map(|contact| contact.key.as_str())
        .collect();
    for own in facts.communes.iter().flat_map(|commune| &commune.contacts) {
        if !known.contains(&own.key.as_str()) {
            diags.push(findings::unknown_contact(own.span, &own.key, &known));
        }
    }
}

fn items<'a>(root: &'a Node, diags: &mut Vec<Diagnostic>) -> &'a [Node] {
    match &root.kind {
        NodeKind::List(items) => items,
        NodeKind::Null => &[],
        _ => {
            diags.push(findings::expected(
                root.span,
                "what-registry",
                "expected-list",
            ));
            &[]
        }
    }
}

/// Where the value of the naming key stands, or else the whole entry.
fn head(node: &Node, key: &str) -> Span {
    let named = node.entries().iter().find(|(name, _)| name.text == key);
    named
        .filter(|(_, value)| scalar(value).is_some())
        .map_or(node.span, |(_, value)| value.span)
}

fn unique(names: impl Iterator<Item = (String, Span)>, diags: &mut Vec<Diagnostic>) {
    let mut seen: HashMap<String, Span> = HashMap::new();
    for (name, span) in names.filter(|(name, _)| !name.is_empty()) {
        match seen.get(&name) {
            Some(first) => diags.push(findings::duplicate_entry(span, &name, *first)),
            None => {
                seen.insert(name, span);
            }
        }
    }
}
