//! An article as ninjs 3.2, the JSON of the International Press Telecommunications Council for news systems.

use jiff::civil::{Date, DateTime};
use serde_json::{Value, json};

use super::fragment;
use super::pictures::Shot;
use super::story::Story;
use crate::channel::Job;
use crate::model::{Contact, Page, Priority, Used};

/// What stands for the address of an article that is on no web edition.
const NOWHERE: &str = "urn:loa:";

pub(super) fn file(job: Job<'_>, story: &Story<'_>, page: &Page, shots: &[Shot]) -> String {
    let meta = &page.meta;
    let uri = story.address.clone();
    let uri = uri.unwrap_or_else(|| format!("{NOWHERE}{}:{}", page.language, page.slug));
    let mut item = begun(&uri, story, page, shots);
    let mut add = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            item[name] = value;
        }
    };
    add(
        "firstCreated",
        meta.date.map(|day| moment(day.at(0, 0, 0, 0))),
    );
    let changed: Option<Date> = meta.updated.or(meta.date);
    add(
        "versionCreated",
        changed.map(|day| moment(day.at(0, 0, 0, 0))),
    );
    add("expires", meta.expires_at.map(moment));
    add("by", story.byline.clone().map(Value::from));
    add("edNote", story.stamp.clone().map(Value::from));
    add(
        "subjects",
        some(
            meta.topics
                .iter()
                .map(|topic| json!({"name": topic, "rel": "about"})),
        ),
    );
    add(
        "infoSources",
        some(meta.source.iter().map(|source| json!({"name": source}))),
    );
    let place = meta
        .programme
        .iter()
        .map(|event| json!({"name": event.place, "rel": "mentions"}));
    add("places", some(place));
    add(
        "organisations",
        some(contacts(job, page).iter().map(organisation)),
    );
    add(
        "associations",
        some(shots.iter().map(|shot| picture(&uri, shot, page))),
    );
    // Records of texts and numbers can be written always.
    serde_json::to_string_pretty(&item).unwrap_or_default() + "\n"
}

/// What every item has.
fn begun(uri: &str, story: &Story<'_>, page: &Page, shots: &[Shot]) -> Value {
    let meta = &page.meta;
    let body = story.body();
    let html = fragment::html(story);
    json!({
        "uri": uri,
        "standard": {
            "name": "ninjs",
            "version": "3.2",
            "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.2.json#",
        },
        "type": "text",
        "representationType": "full",
        "profile": if shots.is_empty() { "text-only" } else { "text-photo" },
        "language": page.language,
        "pubStatus": if page.unapproved { "withheld" } else { "usable" },
        "urgency": match meta.priority {
            Priority::Emergency => 1,
            Priority::Priority => 3,
            Priority::Ordinary => 5,
        },
        "title": meta.title,
        "headlines": [{"role": "main", "contentType": "text/plain", "value": story.title}],
        "descriptions": [{"role": "lead", "contentType": "text/plain", "value": story.lead}],
        "bodies": [
            {
                "role": "main",
                "contentType": "text/plain",
                "charCount": body.chars().count(),
                "wordCount": body.split_whitespace().count(),
                "value": body,
            },
            {"role": "richtext", "contentType": "text/html", "value": html},
        ],
    })
}

fn some(values: impl Iterator<Item = Value>) -> Option<Value> {
    let values: Vec<Value> = values.collect();
    (!values.is_empty()).then(|| values.into())
}

/// A moment in Việt Nam.
fn moment(at: DateTime) -> Value {
    format!("{}+07:00", at.strftime("%Y-%m-%dT%H:%M:%S")).into()
}

/// Whom an article tells readers to turn to.
fn contacts(job: Job<'_>, page: &Page) -> Vec<Contact> {
    let mut ids = Vec::new();
    for one in &page.body.outline.uses {
        if let Used::Contact(id) = one.what
            && one.shown(&job.edition.name, "web")
            && !one.recap
            && !ids.contains(&id)
        {
            ids.push(id);
        }
    }
    let facts = &job.site.facts;
    ids.into_iter()
        .map(|id| facts.contact_for(id, None, &page.language))
        .collect()
}

fn organisation(contact: &Contact) -> Value {
    let mut ways = Vec::new();
    if let Some(phone) = &contact.phone {
        ways.push(json!({"type": "phone", "role": "office", "value": phone.display}));
    }
    if let Some(url) = &contact.url {
        ways.push(json!({"type": "web", "role": "office", "value": url}));
    }
    if let Some(address) = &contact.address {
        ways.push(json!({"type": "address", "role": "office", "address": {"lines": [address]}}));
    }
    json!({"name": contact.name, "rel": "contact", "contactInfo": ways})
}

fn picture(uri: &str, shot: &Shot, page: &Page) -> Value {
    let mut rendition = json!({
        "name": "main",
        "title": shot.name,
        "contentType": shot.media,
        "sizeInBytes": shot.bytes.len(),
    });
    if let Some((width, height)) = shot.size {
        rendition["width"] = width.into();
        rendition["height"] = height.into();
    }
    let mut item = json!({
        "uri": format!("{uri}#{}", shot.name),
        "name": shot.name,
        "rel": "picture",
        "type": "picture",
        "language": page.language,
        "descriptions": [
            {"role": "caption", "contentType": "text/plain", "value": shot.caption},
            {"role": "alt", "contentType": "text/plain", "value": shot.alt},
        ],
        "renditions": [rendition],
    });
    if !shot.credit.is_empty() {
        item["by"] = shot.credit.as_str().into();
    }
    item
}
