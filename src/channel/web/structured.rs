//! JSON-LD for search engines.
//!
//! Records are written as they are, without a tree of JSON in between: every page has some. Their
//! fields stand in alphabetical order.

use serde::Serialize;

use super::views::Web;
use crate::model::{Kind, Page, Programme, State};
use crate::theme::Value;
use crate::theme::view::LinkView;

const CONTEXT: &str = "https://schema.org";

/// Somebody.
#[derive(Serialize)]
struct Organization<'a> {
    #[serde(rename = "@type")]
    sort: &'static str,
    name: &'a str,
}

impl<'a> Organization<'a> {
    fn new(name: &'a str) -> Organization<'a> {
        Organization {
            sort: "Organization",
            name,
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Article<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    sort: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<Organization<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    description: &'a str,
    headline: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<&'a str>,
    in_language: &'a str,
    main_entity_of_page: &'a str,
    publisher: Organization<'a>,
}

#[derive(Serialize)]
struct Place<'a> {
    #[serde(rename = "@type")]
    sort: &'static str,
    address: &'a str,
    name: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Event<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    sort: &'static str,
    description: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<&'a str>,
    location: Place<'a>,
    name: &'a str,
    organizer: Organization<'a>,
    start_date: String,
    url: &'a str,
}

#[derive(Serialize)]
struct Crumb<'a> {
    #[serde(rename = "@type")]
    sort: &'static str,
    item: String,
    name: &'a str,
    position: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Crumbs<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    sort: &'static str,
    item_list_element: Vec<Crumb<'a>>,
}

/// The objects of an article page.
pub(super) fn article(
    web: &Web<'_>,
    page: &Page,
    canonical: &str,
    breadcrumbs: &[LinkView],
) -> Vec<Value> {
    let mut out = Vec::with_capacity(2);
    // Of a page that was withdrawn only the way to it is told.
    if page.state != State::Withdrawn {
        out.push(main_object(web, page, canonical));
    }
    out.extend(list(web, breadcrumbs));
    out
}

/// The way from the front page.
pub(super) fn list(web: &Web<'_>, breadcrumbs: &[LinkView]) -> Vec<Value> {
    if breadcrumbs.len() < 2 {
        return Vec::new();
    }
    let crumbs = breadcrumbs.iter().zip(1..).map(|(link, position)| Crumb {
        sort: "ListItem",
        item: web.whole(&link.url),
        name: &link.title,
        position,
    });
    vec![safe(&Crumbs {
        context: CONTEXT,
        sort: "BreadcrumbList",
        item_list_element: crumbs.collect(),
    })]
}

fn main_object(web: &Web<'_>, page: &Page, canonical: &str) -> Value {
    let meta = &*page.meta;
    let title = web.stamped_title(page);
    let image = meta
        .image
        .as_ref()
        .filter(|_| !meta.sensitive)
        .map(|picture| web.whole(&web.image(picture).src));
    match (&meta.programme, meta.kind) {
        (Some(programme), Kind::Programme) => safe(&event(
            web,
            page,
            programme,
            &title,
            image.as_deref(),
            canonical,
        )),
        _ => safe(&Article {
            context: CONTEXT,
            sort: "NewsArticle",
            author: meta.author.as_deref().map(Organization::new),
            date_modified: meta.updated.map(|date| date.to_string()),
            date_published: meta.date.map(|date| date.to_string()),
            description: &meta.summary,
            headline: &title,
            image: image.as_deref(),
            in_language: &page.language,
            main_entity_of_page: canonical,
            publisher: Organization::new(web.title(&page.language)),
        }),
    }
}

fn event<'a>(
    web: &'a Web<'_>,
    page: &'a Page,
    programme: &'a Programme,
    title: &'a str,
    image: Option<&'a str>,
    canonical: &'a str,
) -> Event<'a> {
    let moment = |at: jiff::civil::DateTime| format!("{}+07:00", at.strftime("%Y-%m-%dT%H:%M"));
    Event {
        context: CONTEXT,
        sort: "Event",
        description: &page.meta.summary,
        end_date: programme.ends.map(moment),
        image,
        location: Place {
            sort: "Place",
            address: &programme.place,
            name: &programme.place,
        },
        name: title,
        organizer: Organization::new(web.title(&page.language)),
        start_date: moment(programme.starts),
        url: canonical,
    }
}

/// JSON that cannot end the script element it stands in.
fn safe(object: &impl Serialize) -> Value {
    // Records of texts and numbers can be written always.
    let mut text = serde_json::to_string(object).unwrap_or_default();
    for (sign, escape) in [('<', "\\u003c"), ('>', "\\u003e"), ('&', "\\u0026")] {
        if text.contains(sign) {
            text = text.replace(sign, escape);
        }
    }
    Value::safe_string(&text)
}
