//! Facts, their carriers and print runs as JSON.

use serde_json::{Value, json};

use super::Asked;
use crate::diag::Span;
use crate::facts::{Carrier, Fact, Holder, age, state_of};
use crate::model::{CommuneChoice, PrintRun};

/// The kind of a fact, the same in both languages.
pub(super) fn kind(fact: Fact) -> &'static str {
    match fact {
        Fact::Contact(_) => "contact",
        Fact::Own(..) => "own",
        Fact::Document(_) => "document",
        Fact::Commune(_) => "commune",
    }
}

/// The name by which the registry knows a fact.
pub(super) fn key(asked: &Asked<'_>, fact: Fact) -> String {
    let facts = &asked.usage.site().facts;
    match fact {
        Fact::Contact(id) => facts.contact(id).key.clone(),
        Fact::Own(commune, id) => {
            format!(
                "{} @ {}",
                facts.contact(id).key,
                facts.commune(commune).slug
            )
        }
        Fact::Document(id) => facts.document(id).number.clone(),
        Fact::Commune(id) => facts.commune(id).slug.clone(),
    }
}

/// Everything about a fact.
pub(super) fn fact(asked: &Asked<'_>, fact: Fact) -> Value {
    let site = asked.usage.site();
    let facts = &site.facts;
    let (own, span) = match fact {
        Fact::Contact(id) => {
            let contact = facts.contact(id);
            let own = json!({
                "key": contact.key, "name": contact.name, "phone": contact.phone.as_ref().map(|p| &p.display),
                "hours": contact.hours, "address": contact.address, "url": contact.url,
                "per_commune": contact.per_commune, "emergency": contact.emergency,
                "valid_until": contact.valid_until.map(|day| day.to_string()), "replaced_by": contact.replaced_by,
                "source": contact.source, "checked_on": contact.checked_on.map(|day| day.to_string()),
            });
            (own, contact.span)
        }
        Fact::Own(commune, id) => {
            let Some(own) = facts.own(commune, id) else {
                return Value::Null;
            };
            let commune = facts.commune(commune);
            let value = json!({
                "key": own.key, "commune": {"code": commune.code, "slug": commune.slug, "name": commune.full_name()},
                "phone": own.phone.as_ref().map(|p| &p.display), "hours": own.hours, "address": own.address,
                "url": own.url, "valid_until": own.valid_until.map(|day| day.to_string()),
                "source": own.source, "checked_on": own.checked_on.map(|day| day.to_string()),
            });
            (value, own.span)
        }
        Fact::Document(id) => {
            let document = facts.document(id);
            let own = json!({
                "key": document.number, "document_kind": document.kind, "issuer": document.issuer,
                "title": document.title, "status": document.status.name(),
                "issued": document.issued.map(|day| day.to_string()),
                "effective": document.effective.map(|day| day.to_string()),
                "amended_by": document.amended_by, "replaced_by": document.replaced_by,
                "source": document.source, "checked_on": document.checked_on.map(|day| day.to_string()),
            });
            (own, document.span)
        }
        Fact::Commune(id) => {
            let commune = facts.commune(id);
            let own =
                json!({"key": commune.slug, "code": commune.code, "name": commune.full_name()});
            (own, commune.span)
        }
    };
    let mut value = own;
    value["kind"] = json!(kind(fact));
    value["state"] = json!(state_of(site, fact).name());
    value["age_days"] = json!(age(site, fact));
    place(asked, span, &mut value);
    value
}

/// Adds where something is written.
pub(super) fn place(asked: &Asked<'_>, span: Span, value: &mut Value) {
    let file = asked.parsed.sources.get(span.file);
    let (line, column) = file.position(span.start);
    value["file"] = json!(file.path);
    value["line"] = json!(line);
    value["column"] = json!(column);
}

/// The files that carry a fact, every path of them.
pub(super) fn used(asked: &Asked<'_>, carriers: &[Carrier]) -> Value {
    let site = asked.usage.site();
    let one = |carrier: &Carrier| {
        let page = match carrier.holder {
            Holder::Page(id) => Some(site.page(id).source.as_str()),
            Holder::Section(id) => {
                let section = site.section(id);
                Some(asked.parsed.sources.path(section.span.file))
            }
            Holder::Register(_) => None,
        };
        json!({
            "edition": site.config.editions[carrier.edition].name,
            "product": carrier.product.name(),
            "page": page,
            "paths": carrier.paths(site),
        })
    };
    Value::Array(carriers.iter().map(one).collect())
}

/// The editions that show a fact on every page.
pub(super) fn everywhere(asked: &Asked<'_>, fact: Fact) -> Value {
    let editions = &asked.usage.site().config.editions;
    let places = asked.usage.everywhere(fact).into_iter();
    Value::Array(places.map(|at| json!(editions[at].name)).collect())
}

/// Print runs that are still out.
pub(super) fn runs(asked: &Asked<'_>, runs: &[&PrintRun]) -> Value {
    let facts = &asked.usage.site().facts;
    let one = |run: &&PrintRun| {
        let communes = match &run.communes {
            CommuneChoice::None => Value::Null,
            CommuneChoice::All => json!("all"),
            CommuneChoice::Some(chosen) => {
                json!(
                    chosen
                        .iter()
                        .map(|id| &facts.commune(*id).slug)
                        .collect::<Vec<_>>()
                )
            }
        };
        let mut value = json!({
            "article": run.article, "edition": run.edition, "format": run.format, "communes": communes,
            "copies": run.copies, "printer": run.printer, "for": run.recipient, "note": run.note,
            "printed_on": run.printed_on.map(|day| day.to_string()), "digest": run.digest,
        });
        place(asked, run.span, &mut value);
        value
    };
    Value::Array(runs.iter().map(one).collect())
}
