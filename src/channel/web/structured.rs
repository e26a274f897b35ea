//! JSON-LD for search engines.

use crate::theme::Value;
use serde_json::{Value as Json, json};

use super::views::Web;
use crate::channel::address;
use crate::model::{Kind, Page, State};
use crate::theme::view::LinkView;

/// The objects of an article page.
pub(super) fn article(
    web: &Web<'_>,
    page: &Page,
    canonical: &str,
    breadcrumbs: &[LinkView],
) -> Vec<Value> {
    // Of a page that was withdrawn only the way to it is told.
    let told = page.state != State::Withdrawn;
    let main = told.then(|| main_object(web, page, canonical));
    let mut out: Vec<Json> = main.into_iter().collect();
    if breadcrumbs.len() > 1 {
        out.push(self::breadcrumbs(web, breadcrumbs));
    }
    out.iter().map(safe).collect()
}

/// The way from the front page.
pub(super) fn list(web: &Web<'_>, breadcrumbs: &[LinkView]) -> Vec<Value> {
    if breadcrumbs.len() > 1 {
        vec![safe(&self::breadcrumbs(web, breadcrumbs))]
    } else {
        Vec::new()
    }
}

fn main_object(web: &Web<'_>, page: &Page, canonical: &str) -> Json {
    let meta = &page.meta;
    let title = web.stamped_title(page);
    let publisher = json!({"@type": "Organization", "name": web.title()});
    let image = meta
        .image
        .as_ref()
        .filter(|_| !meta.sensitive)
        .map(|picture| web.absolute(&address::file(&web.site.asset(picture.asset).path)));
    let mut object = match (&meta.programme, meta.kind) {
        (Some(programme), Kind::Programme) => json!({
            "@context": "https://schema.org",
            "@type": "Event",
            "name": title,
            "description": meta.summary,
            "startDate": format!("{}+07:00", programme.starts.strftime("%Y-%m-%dT%H:%M")),
            "location": {"@type": "Place", "name": programme.place, "address": programme.place},
            "organizer": publisher,
            "url": canonical,
        }),
        _ => json!({
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": title,
            "description": meta.summary,
            "inLanguage": page.language,
            "mainEntityOfPage": canonical,
            "publisher": publisher,
        }),
    };
    let mut set = |key: &str, value: Option<String>| {
        if let (Some(value), Some(map)) = (value, object.as_object_mut()) {
            map.insert(key.to_owned(), Json::String(value));
        }
    };
    set("image", image);
    if let (Some(programme), Kind::Programme) = (&meta.programme, meta.kind) {
        set(
            "endDate",
            programme
                .ends
                .map(|ends| format!("{}+07:00", ends.strftime("%Y-%m-%dT%H:%M"))),
        );
    } else {
        set("datePublished", meta.date.map(|date| date.to_string()));
        set("dateModified", meta.updated.map(|date| date.to_string()));
        if let (Some(author), Some(map)) = (&meta.author, object.as_object_mut()) {
            map.insert(
                "author".to_owned(),
                json!({"@type": "Organization", "name": author}),
            );
        }
    }
    object
}

fn breadcrumbs(web: &Web<'_>, links: &[LinkView]) -> Json {
    let items: Vec<Json> = links
        .iter()
        .zip(1u32..)
        .map(|(link, position)| {
            json!({"@type": "ListItem", "position": position, "name": link.title, "item": web.whole(&link.url)})
        })
        .collect();
    json!({"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items})
}

/// JSON that cannot end the script element it stands in.
fn safe(object: &Json) -> Value {
    let text = object
        .to_string()
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026");
    Value::safe_string(&text)
}
