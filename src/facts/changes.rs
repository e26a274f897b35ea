//! What changed between two registries: values, not the way in which they are written.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use jiff::civil::Date;

use crate::model::{Commune, Contact, Facts, LegalDocument, OwnContact, Phone, Schedule};
use crate::text::fold;

/// What happened to a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changed {
    /// It is new.
    Added,
    /// Some of its values differ.
    Changed,
    /// It is gone.
    Removed,
}

impl Changed {
    /// The word in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Changed::Added => "added",
            Changed::Changed => "changed",
            Changed::Removed => "removed",
        }
    }
}

/// A fact that is not what it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// `contact`, `own`, `document`, `commune`, `former` or `lexicon`.
    pub kind: &'static str,
    /// Its name in the registry.
    pub key: String,
    /// For own values: the code of the commune.
    pub commune: Option<String>,
    /// What happened.
    pub changed: Changed,
    /// The values that differ: name, before, now.
    pub fields: Vec<(&'static str, String, String)>,
}

/// The values of a fact, by name; empty ones are absent.
type Values = Vec<(&'static str, String)>;

/// A fact's kind, its name without regard to case, and the commune whose own value it is.
type Key = (&'static str, String, Option<String>);

/// Every fact whose values differ, by kind and name. Sources and days of checks are no values.
#[must_use]
pub fn compare(before: &Facts, now: &Facts) -> Vec<Change> {
    let (before, now) = (values(before), values(now));
    let all: BTreeSet<&Key> = before.keys().chain(now.keys()).collect();
    let nothing = (String::new(), Values::new());
    let mut out = Vec::new();
    for key in all {
        let (old, new) = (before.get(key), now.get(key));
        let changed = match (old, new) {
            (None, _) => Changed::Added,
            (_, None) => Changed::Removed,
            (Some(_), Some(_)) => Changed::Changed,
        };
        let (old_name, old) = old.unwrap_or(&nothing);
        let (name, new) = new.unwrap_or(&nothing);
        let fields = differing(old, new);
        if changed == Changed::Changed && fields.is_empty() {
            continue;
        }
        out.push(Change {
            kind: key.0,
            key: if name.is_empty() { old_name } else { name }.clone(),
            commune: key.2.clone(),
            changed,
            fields,
        });
    }
    out
}

fn differing(old: &Values, new: &Values) -> Vec<(&'static str, String, String)> {
    let value = |of: &Values, name: &str| {
        let found = of.iter().find(|(own, _)| *own == name);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let mut names: Vec<&'static str> = old.iter().map(|(name, _)| *name).collect();
    for (name, _) in new {
        if !names.contains(name) {
            names.push(name);
        }
    }
    let pairs = names
        .into_iter()
        .map(|name| (name, value(old, name), value(new, name)));
    pairs
        .filter(|(name, old, new)| comparable(name, old) != comparable(name, new))
        .collect()
}

/// A number is the same however its groups are parted.
fn comparable(name: &str, value: &str) -> String {
    if name == "phone" {
        value.replace(' ', "")
    } else {
        value.to_owned()
    }
}

/// The values of all facts.
fn values(facts: &Facts) -> BTreeMap<Key, (String, Values)> {
    let mut out: BTreeMap<Key, (String, Values)> = BTreeMap::new();
    let mut add = |kind, name: &str, commune: Option<&str>, values: Values| {
        let values = values.into_iter().filter(|(_, value)| !value.is_empty());
        let key = (kind, fold(name), commune.map(str::to_owned));
        out.entry(key)
            .or_insert_with(|| (name.to_owned(), values.collect()));
    };
    for contact in &facts.contacts {
        add("contact", &contact.key, None, of_contact(contact));
    }
    for commune in &facts.communes {
        let code = Some(commune.code.as_str());
        add("commune", &commune.code, None, of_commune(commune));
        for own in &commune.contacts {
            add("own", &own.key, code, of_own(own));
        }
    }
    for document in &facts.documents {
        add("document", &document.number, None, of_document(document));
    }
    for former in &facts.former_names {
        let values = vec![("now", former.now.clone()), ("since", day(former.since))];
        add("former", &former.name, None, values);
    }
    for (written, spoken) in &facts.lexicon {
        // Two written forms may differ in case only.
        let key = ("lexicon", written.clone(), None);
        let values = vec![("spoken", spoken.clone())];
        out.entry(key).or_insert_with(|| (written.clone(), values));
    }
    out
}

fn of_contact(contact: &Contact) -> Values {
    let names: Vec<String> = contact
        .names
        .iter()
        .map(|(language, name)| format!("{language}: {name}"))
        .collect();
    vec![
        ("name", contact.name.clone()),
        ("names", names.join(", ")),
        ("phone", phone(contact.phone.as_ref())),
        ("hours", text(contact.hours.as_ref())),
        ("address", text(contact.address.as_ref())),
        ("url", text(contact.url.as_ref())),
        ("per_commune", flag(contact.per_commune)),
        ("emergency", flag(contact.emergency)),
        ("valid_until", day(contact.valid_until)),
        ("replaced_by", text(contact.replaced_by.as_ref())),
    ]
}

fn of_own(own: &OwnContact) -> Values {
    vec![
        ("phone", phone(own.phone.as_ref())),
        ("hours", text(own.hours.as_ref())),
        ("address", text(own.address.as_ref())),
        ("url", text(own.url.as_ref())),
        ("valid_until", day(own.valid_until)),
    ]
}

fn of_document(document: &LegalDocument) -> Values {
    vec![
        ("kind", document.kind.clone()),
        ("issuer", document.issuer.clone()),
        ("issued", day(document.issued)),
        ("effective", day(document.effective)),
        ("title", document.title.clone()),
        ("status", document.status.name().to_owned()),
        ("amended_by", document.amended_by.join(", ")),
        ("replaced_by", document.replaced_by.join(", ")),
    ]
}

fn of_commune(commune: &Commune) -> Values {
    vec![
        ("name", commune.full_name()),
        ("slug", commune.slug.clone()),
        (
            "schedule",
            commune.schedule.as_ref().map(schedule).unwrap_or_default(),
        ),
    ]
}

fn schedule(schedule: &Schedule) -> String {
    let mut out = String::new();
    for session in &schedule.sessions {
        let at = session.at.strftime("%H:%M");
        let _ = write!(out, "{at}+{} ", session.minutes);
    }
    out.push_str(&schedule.weekdays.join(","));
    if let Some(rate) = schedule.rate {
        let _ = write!(out, " {rate}/min");
    }
    out.trim().to_owned()
}

fn phone(phone: Option<&Phone>) -> String {
    phone.map(|phone| phone.display.clone()).unwrap_or_default()
}

fn text(text: Option<&String>) -> String {
    text.cloned().unwrap_or_default()
}

fn flag(set: bool) -> String {
    if set {
        "true".to_owned()
    } else {
        String::new()
    }
}

fn day(day: Option<Date>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::Tree;

    fn facts(contacts: &str, communes: &str) -> Facts {
        let files = [
            ("loa.yaml", "title: Thử\neditions: {}\n"),
            ("content/_facts/contacts.yaml", contacts),
            ("content/_facts/communes.yaml", communes),
        ];
        let today = jiff::civil::date(2026, 8, 19);
        let parsed = crate::load::parse(&Tree::of(&files), today, &["web"]);
        assert_eq!(parsed.diags, []);
        parsed.site.facts
    }

    const COMMUNES: &str = "communes:\n- {code: \"1\", name: Một, kind: xa, contacts: {a: {phone: 0273 1111, source: x, checked_on: 2026-01-01}}}\n";

    #[test]
    fn another_way_of_writing_is_no_change() {
        let before = facts(
            "- {key: a, name: A, phone: 0273.2222, source: x, checked_on: 2026-01-01}\n",
            COMMUNES,
        );
        let now = facts(
            "- key: a\n  checked_on: 19/08/2026\n  phone: \"(0273) 2222\"\n  name: \"A\"\n  source: y\n",
            COMMUNES,
        );
        assert_eq!(compare(&before, &now), []);
    }

    #[test]
    fn values_that_differ_are_named_with_what_they_were() {
        let before = facts(
            "- {key: a, name: A, phone: \"113\", source: x, checked_on: 2026-01-01}\n- {key: b, name: B, source: x, checked_on: 2026-01-01}\n",
            COMMUNES,
        );
        let now = facts(
            "- {key: a, name: A, phone: \"114\", source: x, checked_on: 2026-01-01}\n- {key: c, name: C, source: x, checked_on: 2026-01-01}\n",
            &COMMUNES.replace("1111", "3333"),
        );
        let found: Vec<String> = compare(&before, &now)
            .iter()
            .map(|change| {
                let fields = change
                    .fields
                    .iter()
                    .map(|(name, old, new)| format!(" {name}: {old} → {new}"));
                format!(
                    "{} {} {}{}",
                    change.changed.name(),
                    change.kind,
                    change.key,
                    fields.collect::<String>()
                )
            })
            .collect();
        assert_eq!(
            found,
            [
                "changed contact a phone: 113 → 114",
                "removed contact b name: B → ",
                "added contact c name:  → C",
                "changed own a phone: 0273 1111 → 0273 3333",
            ]
        );
    }
}
