//! The fact registry under `content/_facts/`, typed.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use super::fields::{Fields, pairs, scalar};
use super::findings;
use super::path::is_safe_name;
use super::successors::{self, Link};
use crate::diag::{Diagnostic, Span};
use crate::model::{
    Commune, CommuneKind, Contact, DocumentStatus, Facts, FormerName, LegalDocument, Node,
    NodeKind, OwnContact, Phone, Schedule, Session,
};
use crate::text::{fold, nearest, slug};

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
    let mut links = Vec::new();
    for node in items(root, diags) {
        if let Some(contact) = contact(node, diags) {
            let at = written(node, "replaced_by");
            links.extend(contact.replaced_by.iter().map(|to| Link {
                from: facts.contacts.len(),
                to: to.clone(),
                span: at,
            }));
            facts.contacts.push(contact);
        }
    }
    let keys = facts
        .contacts
        .iter()
        .map(|contact| (contact.key.as_str(), contact.span));
    unique(keys, str::to_owned, diags);
    let keys: Vec<&str> = facts.contacts.iter().map(|c| c.key.as_str()).collect();
    let same = |key: &str| key.to_owned();
    let mut near = Near::new(&keys);
    successors::check(&keys, &links, same, diags, |link| {
        findings::unknown_successor(link.span, &link.to, near.of(&link.to))
    });
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
        url: web_address(&mut fields, "url"),
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

/// The whole address of a page on the web.
pub(super) fn web_address(fields: &mut Fields<'_, '_>, key: &'static str) -> Option<String> {
    let node = fields.get(key)?;
    let written = fields.text(key)?;
    if written.starts_with("https://") || written.starts_with("http://") {
        return Some(written);
    }
    fields
        .diags()
        .push(findings::unsafe_url(node.span, &written));
    None
}

pub(super) fn need_date(fields: &mut Fields<'_, '_>, key: &'static str) -> Option<Date> {
    if fields.get(key).is_none() {
        fields.missing(key);
    }
    fields.date(key)
}

/// Adds `legal-documents.yaml`.
pub(super) fn documents(root: &Node, facts: &mut Facts, diags: &mut Vec<Diagnostic>) {
    let mut links = Vec::new();
    for node in items(root, diags) {
        let Some(mut fields) = Fields::open(node, "what-document", DOCUMENT_KEYS, diags) else {
            continue;
        };
        for (to, span) in fields.texts("replaced_by").unwrap_or_default() {
            let from = facts.documents.len();
            links.push(Link { from, to, span });
        }
        let document = LegalDocument {
            number: fields.need_text("number"),
            kind: fields.need_text("kind"),
            issuer: fields.need_text("issuer"),
            issued: fields.date("issued"),
            effective: fields.date("effective"),
            title: fields.need_text("title"),
            status: status(&mut fields),
            amended_by: words(&mut fields, "amended_by"),
            replaced_by: links_of(&links, facts.documents.len()),
            confidence: fields.text("confidence"),
            source: fields.need_text("source"),
            checked_on: need_date(&mut fields, "checked_on"),
            span: head(node, "number"),
        };
        if let (Some(issued), Some(effective)) = (document.issued, document.effective)
            && effective < issued
        {
            let at = written(node, "effective");
            diags.push(findings::invalid_order(at, "effective", "issued"));
        }
        if document.number.is_empty() {
            while links
                .pop_if(|link| link.from == facts.documents.len())
                .is_some()
            {}
        } else {
            facts.documents.push(document);
        }
    }
    // References find a document whatever the case of its letters.
    let numbers = facts
        .documents
        .iter()
        .map(|document| (document.number.as_str(), document.span));
    unique(numbers, fold, diags);
    let numbers: Vec<&str> = facts.documents.iter().map(|d| d.number.as_str()).collect();
    successors::check(&numbers, &links, fold, diags, |link| {
        findings::unregistered_successor(link.span, &link.to)
    });
}

/// What follows the entry at a place of its list.
fn links_of(links: &[Link], from: usize) -> Vec<String> {
    let own = links.iter().rev().take_while(|link| link.from == from);
    let mut out: Vec<String> = own.map(|link| link.to.clone()).collect();
    out.reverse();
    out
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
    let former = facts.former_names.iter();
    let former = former.map(|former| (former.name.as_str(), former.span));
    unique(former, str::to_lowercase, diags);
    let communes = || facts.communes.iter();
    let slugs = communes().map(|commune| (commune.slug.as_str(), commune.span));
    unique(slugs, str::to_owned, diags);
    let codes = communes().map(|commune| (commune.code.as_str(), commune.span));
    unique(codes, str::to_owned, diags);
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
            url: web_address(&mut fields, "url"),
            valid_until: fields.date("valid_until"),
            source: fields.need_text("source"),
            checked_on: need_date(&mut fields, "checked_on"),
            span: key.span,
        });
    }
    out.sort_by(|a, b| a.key.cmp(&b.key));
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
    let keys: Vec<&str> = facts
        .contacts
        .iter()
        .map(|contact| contact.key.as_str())
        .collect();
    let known: HashSet<&str> = keys.iter().copied().collect();
    let mut near = Near::new(&keys);
    for own in facts.communes.iter().flat_map(|commune| &commune.contacts) {
        if !known.contains(own.key.as_str()) {
            let near = near.of(&own.key);
            diags.push(findings::unknown_contact(own.span, &own.key, near, &keys));
        }
    }
}

/// "Did you mean" for the first names only: a list that is wrong from end to end would take for ever.
pub(super) struct Near<'a> {
    among: &'a [&'a str],
    left: usize,
}

impl<'a> Near<'a> {
    pub(super) fn new(among: &'a [&'a str]) -> Near<'a> {
        Near { among, left: 20 }
    }

    pub(super) fn of(&mut self, word: &str) -> Option<&'a str> {
        self.left = self.left.checked_sub(1)?;
        nearest(word, self.among.iter().copied())
    }
}

pub(super) fn items<'a>(root: &'a Node, diags: &mut Vec<Diagnostic>) -> &'a [Node] {
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
pub(super) fn head(node: &Node, key: &str) -> Span {
    let named = node.entries().iter().find(|(name, _)| name.text == key);
    named
        .filter(|(_, value)| scalar(value).is_some())
        .map_or(node.span, |(_, value)| value.span)
}

/// Where the value of a key stands, or else the whole entry.
fn written(node: &Node, key: &str) -> Span {
    let named = node.entries().iter().find(|(name, _)| name.text == key);
    named.map_or(node.span, |(_, value)| value.span)
}

/// Two entries may not have one name, in the form in which names are compared.
fn unique<'a>(
    names: impl Iterator<Item = (&'a str, Span)>,
    normal: impl Fn(&str) -> String,
    diags: &mut Vec<Diagnostic>,
) {
    let mut seen: HashMap<String, Span> = HashMap::new();
    for (name, span) in names.filter(|(name, _)| !name.is_empty()) {
        match seen.entry(normal(name)) {
            Entry::Occupied(first) => {
                diags.push(findings::duplicate_entry(span, name, *first.get()));
            }
            Entry::Vacant(free) => {
                free.insert(span);
            }
        }
    }
}
