//! The registry as a table: value, age, state, and how much of each edition uses it.

use serde_json::{Value, json};

use super::{Asked, record};
use crate::channel::Product;
use crate::cli::console::Console;
use crate::diag::Message;
use crate::facts::{Carrier, Fact, Scope, age, own_facts, state_of};
use crate::model::{CommuneId, ContactId, DocumentId, DocumentStatus};

/// Values longer than this are cut in the table.
const WIDEST: usize = 44;

pub(super) fn run(asked: &Asked<'_>) {
    let facts = &asked.usage.site().facts;
    let contacts = (0..facts.contacts.len()).map(|at| Fact::Contact(ContactId(at)));
    let documents = (0..facts.documents.len()).map(|at| Fact::Document(DocumentId(at)));
    let listed: Vec<Fact> = contacts.chain(own_facts(facts)).chain(documents).collect();
    let communes = (0..facts.communes.len()).map(|at| Fact::Commune(CommuneId(at)));
    if asked.options.json {
        let all = listed.into_iter().chain(communes);
        let records: Vec<Value> = all
            .map(|fact| {
                let mut value = record::fact(asked, fact);
                let carriers = asked.usage.carriers(fact, Scope::Number);
                value["used"] = record::used(asked, &carriers);
                value["everywhere"] = record::everywhere(asked, fact);
                value
            })
            .collect();
        let today = asked.options.today.to_string();
        return Asked::json(&json!({"today": today, "facts": records}));
    }
    let ids = [
        "facts-head-key",
        "facts-head-kind",
        "facts-head-value",
        "facts-head-age",
        "facts-head-state",
        "facts-head-used",
    ];
    let mut rows: Vec<[String; 6]> = vec![ids.map(|id| asked.say(id))];
    rows.extend(listed.into_iter().map(|fact| row(asked, fact)));
    print(&rows);
    let count = Message::new("facts-communes").with("count", facts.communes.len());
    Console::data(&format!("{}\n", asked.console.say(&count)));
}

fn row(asked: &Asked<'_>, fact: Fact) -> [String; 6] {
    let site = asked.usage.site();
    let age = age(site, fact).map_or_else(String::new, |age| age.to_string());
    [
        record::key(asked, fact),
        asked.say(kind(fact)),
        cut(&value(asked, fact)),
        age,
        asked.say(state(asked, fact)),
        used(asked, fact),
    ]
}

/// The kind of a fact in words.
pub(super) fn kind(fact: Fact) -> &'static str {
    match fact {
        Fact::Contact(_) => "facts-kind-contact",
        Fact::Own(..) => "facts-kind-own",
        Fact::Document(_) => "facts-kind-document",
        Fact::Commune(_) => "facts-kind-commune",
    }
}

/// The state of a fact in words.
pub(super) fn state(asked: &Asked<'_>, fact: Fact) -> &'static str {
    match state_of(asked.usage.site(), fact).name() {
        "stale" => "facts-state-stale",
        "expired" => "facts-state-expired",
        "replaced" => "facts-state-replaced",
        _ => "facts-state-ok",
    }
}

/// What people look for in a fact: a number, or what an act is about.
pub(super) fn value(asked: &Asked<'_>, fact: Fact) -> String {
    let facts = &asked.usage.site().facts;
    let parts: Vec<String> = match fact {
        Fact::Contact(id) => {
            let contact = facts.contact(id);
            let phone = contact.phone.as_ref().map(|phone| phone.display.clone());
            phone.into_iter().chain([contact.name.clone()]).collect()
        }
        Fact::Own(commune, id) => {
            let own = facts.own(commune, id);
            let phone = own
                .and_then(|own| own.phone.as_ref())
                .map(|p| p.display.clone());
            let name = facts.commune(commune).full_name();
            phone.into_iter().chain([name]).collect()
        }
        Fact::Document(id) => {
            let document = facts.document(id);
            let status = asked.console.say(&Message::new(status(document.status)));
            vec![status, document.title.clone()]
        }
        Fact::Commune(id) => {
            let commune = facts.commune(id);
            vec![commune.code.clone(), commune.full_name()]
        }
    };
    parts.join(", ")
}

fn status(status: DocumentStatus) -> &'static str {
    match status {
        DocumentStatus::InForce => "document-in-force",
        DocumentStatus::Amended => "document-amended",
        DocumentStatus::PartlyExpired => "document-partly-expired",
        DocumentStatus::Expired => "document-expired",
        DocumentStatus::Unknown => "document-unknown",
    }
}

fn cut(value: &str) -> String {
    if value.chars().count() <= WIDEST {
        return value.to_owned();
    }
    let short: String = value.chars().take(WIDEST - 1).collect();
    format!("{}…", short.trim_end())
}

/// `bao: 3 pages; loa: 204 scripts`.
fn used(asked: &Asked<'_>, fact: Fact) -> String {
    let editions = &asked.usage.site().config.editions;
    let mut parts: Vec<String> = crate::facts::everywhere(asked.usage, fact)
        .iter()
        .map(|message| asked.console.say(message))
        .collect();
    let everywhere = asked.usage.everywhere(fact);
    let mut carriers = asked.usage.carriers(fact, Scope::Number);
    carriers.retain(|carrier| !everywhere.contains(&carrier.edition));
    for (edition, product, count) in counts(&carriers) {
        let id = match product {
            Product::Page => "facts-pages",
            Product::Script => "facts-scripts",
            Product::Leaflet => "facts-leaflets",
            Product::Pack => "facts-packs",
        };
        let count = asked.console.say(&Message::new(id).with("count", count));
        parts.push(format!("{}: {count}", editions[edition].name));
    }
    if parts.is_empty() {
        return asked.say("facts-unused");
    }
    parts.join("; ")
}

/// How many pages, scripts and leaflets of each edition; a script in two formats is one script.
fn counts(carriers: &[Carrier]) -> Vec<(usize, Product, usize)> {
    let mut out: Vec<(usize, Product, usize)> = Vec::new();
    let mut before = None;
    for carrier in carriers {
        let own = (carrier.edition, carrier.holder);
        if carrier.product == Product::Script && before == Some(own) {
            continue;
        }
        before = Some(own);
        match out.last_mut() {
            Some((edition, product, count))
                if (*edition, *product) == (carrier.edition, carrier.product) =>
            {
                *count += carrier.count();
            }
            _ => out.push((carrier.edition, carrier.product, carrier.count())),
        }
    }
    out
}

/// Columns of equal width; the age stands at the right of its own.
fn print(rows: &[[String; 6]]) {
    let width = |column: usize| {
        let cells = rows.iter().map(|row| row[column].chars().count());
        cells.max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..6).map(width).collect();
    let mut out = String::new();
    for row in rows {
        let mut line = String::new();
        for (column, (cell, width)) in row.iter().zip(&widths).enumerate() {
            line.push_str(&if column == 3 {
                format!("{cell:>width$}  ")
            } else {
                format!("{cell:<width$}  ")
            });
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    Console::data(&out);
}
