//! `loa facts --changed-since`: what the registry said then and says now, with the impact of each change.

use std::path::Path;

use jiff::civil::Date;
use serde_json::{Value, json};

use super::git::{self, Before};
use super::{Asked, impact, record};
use crate::cli::console::Console;
use crate::diag::Message;
use crate::facts::{Change, Changed, Fact, Scope, compare, fact_of, own_facts, recall_of_removed};
use crate::model::{ContactId, DocumentId};
use crate::pipeline;

/// Tells all changes; false when the state of that time cannot be had.
pub(super) fn run(asked: &Asked<'_>, root: &Path, since: &str) -> bool {
    match git::before(root, since) {
        Ok(Before::Registry(tree)) => {
            let then = pipeline::survey(&tree, asked.options.today);
            let now = &asked.usage.site().facts;
            changed(asked, since, &compare(&then.site.facts, now));
            true
        }
        Ok(Before::Unknown(day)) => {
            checked(asked, since, day);
            true
        }
        Err(message) => {
            asked.console.complain(&message);
            false
        }
    }
}

fn changed(asked: &Asked<'_>, since: &str, changes: &[Change]) {
    if asked.options.json {
        let all: Vec<Value> = changes
            .iter()
            .map(|change| json_of(asked, change))
            .collect();
        return Asked::json(&json!({"since": since, "changes": all}));
    }
    if changes.is_empty() {
        asked.console.news(&asked.say("changes-none"));
    }
    let told: String = changes.iter().map(|change| told(asked, change)).collect();
    Console::data(&told);
}

/// A number of its own concerns only those who see it; any other value all who see the contact.
fn scope(change: &Change) -> Scope {
    let number = |(name, ..): &(&str, String, String)| ["phone", "valid_until"].contains(name);
    if change.changed == Changed::Changed && change.fields.iter().all(number) {
        Scope::Number
    } else {
        Scope::Any
    }
}

fn json_of(asked: &Asked<'_>, change: &Change) -> Value {
    let site = asked.usage.site();
    let fields: Vec<Value> = change
        .fields
        .iter()
        .map(|(name, old, new)| json!({"name": name, "before": old, "now": new}))
        .collect();
    let mut value = match fact_of(&site.facts, change) {
        Some(fact) => {
            let mut value = json!({});
            impact::add(asked, fact, scope(change), &mut value);
            value
        }
        None => impact::of_removed(asked, &recall_of_removed(site, &change.key)),
    };
    value["kind"] = json!(change.kind);
    value["key"] = json!(change.key);
    value["commune"] = json!(change.commune);
    value["changed"] = json!(change.changed.name());
    value["fields"] = Value::Array(fields);
    value
}

fn told(asked: &Asked<'_>, change: &Change) -> String {
    let site = asked.usage.site();
    let word = match change.changed {
        Changed::Added => "changes-added",
        Changed::Changed => "changes-changed",
        Changed::Removed => "changes-removed",
    };
    let kind = match change.kind {
        "contact" => "facts-kind-contact",
        "own" => "facts-kind-own",
        "document" => "facts-kind-document",
        "commune" => "facts-kind-commune",
        "former" => "facts-kind-former",
        _ => "facts-kind-lexicon",
    };
    let commune = change
        .commune
        .as_ref()
        .map(|code| format!(" @ {code}"))
        .unwrap_or_default();
    let mut out = format!(
        "{} {} {}{commune}\n",
        asked.say(word),
        asked.say(kind),
        change.key
    );
    for (name, old, new) in &change.fields {
        let shown = |value: &str| {
            if value.is_empty() {
                "–".to_owned()
            } else {
                value.to_owned()
            }
        };
        out.push_str(&format!("  {name}: {} → {}\n", shown(old), shown(new)));
    }
    match (fact_of(&site.facts, change), change.kind) {
        (Some(fact), _) => out.push_str(&impact::told(asked, fact, scope(change), "  ")),
        // Nobody knows where a name or a word is said.
        (None, "former" | "lexicon") => {}
        (None, _) => {
            let runs = recall_of_removed(site, &change.key);
            out.push_str(&impact::recalled(asked, &runs, "  "));
        }
    }
    out
}

/// Without a history: what was checked since, which may or may not have changed.
fn checked(asked: &Asked<'_>, since: &str, day: Date) {
    let facts = &asked.usage.site().facts;
    let contacts = (0..facts.contacts.len()).map(|at| Fact::Contact(ContactId(at)));
    let documents = (0..facts.documents.len()).map(|at| Fact::Document(DocumentId(at)));
    let recent = |fact: &Fact| {
        let on = match fact {
            Fact::Contact(id) => facts.contact(*id).checked_on,
            Fact::Own(commune, id) => facts.own(*commune, *id).and_then(|own| own.checked_on),
            Fact::Document(id) => facts.document(*id).checked_on,
            Fact::Commune(_) => None,
        };
        on.is_some_and(|on| on >= day)
    };
    let all = contacts.chain(own_facts(facts)).chain(documents);
    let found: Vec<Fact> = all.filter(recent).collect();
    asked.console.complain(&Message::new("changes-checked"));
    if asked.options.json {
        let all: Vec<Value> = found
            .iter()
            .map(|fact| {
                let mut value = record::fact(asked, *fact);
                impact::add(asked, *fact, Scope::Any, &mut value);
                value
            })
            .collect();
        return Asked::json(&json!({"since": since, "checked": all}));
    }
    for fact in found {
        let head = format!("{}\n", record::key(asked, fact));
        Console::data(&(head + &impact::told(asked, fact, Scope::Any, "  ")));
    }
}
