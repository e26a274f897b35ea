//! Feeds as Atom and JSON, sitemaps, and what else programs read.

use serde::Serialize;
use serde_json::{Value, json};

use super::date::rfc3339;
use super::html;
use super::pages::{artifact, failed};
use super::views::{Web, names};
use crate::channel::{Out, address};
use crate::model::{Page, PageId, Section, State};
use crate::theme::value;
use crate::theme::view::{AlternateView, HeadView};

/// Entries of a feed.
pub(super) const NEWEST: usize = 30;
/// Days that an article is news to search engines.
const NEWS: i32 = 2;

#[derive(Serialize)]
struct FeedView {
    title: String,
    url: String,
    page: String,
    updated: String,
}

#[derive(Serialize)]
struct EntryView {
    title: String,
    summary: String,
    canonical: String,
    published: String,
    updated: String,
    author: String,
    /// Its text as HTML with whole addresses; empty in feeds that have summaries only.
    html: String,
    /// Whether it no longer holds.
    expired: bool,
    /// What only the feed in JSON has.
    #[serde(skip)]
    more: More,
}

struct More {
    language: String,
    topics: Vec<String>,
    image: Option<String>,
}

#[derive(Serialize)]
struct UrlView {
    canonical: String,
    modified: String,
    alternates: Vec<AlternateView>,
}

#[derive(Serialize)]
struct NewsView {
    canonical: String,
    language: String,
    published: String,
    title: String,
}

/// A feed of pages: where it lies, what it is called, and whether it has whole texts.
struct Feed<'a> {
    language: &'a str,
    folder: &'a str,
    title: &'a str,
    whole: bool,
}

/// The feed of a language.
pub(super) fn language_feed(web: &Web<'_>, language: &str, out: &mut Out<'_>) {
    let pages: Vec<PageId> = web
        .shown
        .pages
        .iter()
        .copied()
        .filter(|id| web.site.page(*id).language == *language)
        .take(NEWEST)
        .collect();
    let feed = Feed {
        language,
        folder: &web.site.config.language_prefix(language),
        title: web.title(language),
        whole: has_texts(web),
    };
    feed.make(web, &pages, out);
}

/// The feed of a section.
pub(super) fn section_feed(web: &Web<'_>, section: &Section, out: &mut Out<'_>) {
    let feed = Feed {
        language: &section.language,
        folder: &address::section(web.site, section),
        title: &section.meta.title,
        whole: has_texts(web),
    };
    feed.make(web, web.shown.below(section), out);
}

/// The feed of a topic: of topics there can be thousands, so it has summaries only.
pub(super) fn topic_feed(web: &Web<'_>, language: &str, slug: &str, out: &mut Out<'_>) {
    let topics = web.shown.topics.get(language);
    if let Some((name, pages)) = topics.and_then(|topics| topics.get(slug)) {
        let feed = Feed {
            language,
            folder: &web.topic_path(language, slug),
            title: name,
            whole: false,
        };
        feed.make(web, pages, out);
    }
}

impl Feed<'_> {
    fn make(&self, web: &Web<'_>, pages: &[PageId], out: &mut Out<'_>) {
        let path = format!("{}atom.xml", self.folder);
        let newest = &pages[..pages.len().min(NEWEST)];
        let entries = newest.iter().map(|id| self.entry(web, *id));
        let entries: Vec<EntryView> = match entries.collect() {
            Ok(entries) => entries,
            Err(said) => return failed(web, &said, out),
        };
        let title = if self.title == web.title(self.language) {
            self.title.to_owned()
        } else {
            format!("{} – {}", self.title, web.title(self.language))
        };
        let updated = newest.iter().filter_map(|id| changed(web, *id)).max();
        let view = FeedView {
            title,
            url: web.absolute(&path),
            page: web.absolute(self.folder),
            updated: rfc3339(updated.unwrap_or(web.site.today)),
        };
        let from: Vec<crate::diag::Span> = newest
            .iter()
            .map(|id| web.site.page(*id).span)
            .take(1)
            .collect();
        if self.whole {
            let path = format!("{}feed.json", self.folder);
            let text = self.json(web, &view, &entries);
            let media = "application/feed+json";
            out.file(artifact(&path, media, text.into_bytes(), from.clone()));
        }
        let mut context = web.context(self.language, &HeadView::default());
        context.insert_value("feed", value(&view));
        context.insert_value("entries", value(&entries));
        let media = "application/atom+xml";
        made(web, &path, "atom.xml", media, &context, from, out);
    }

    fn entry(&self, web: &Web<'_>, id: PageId) -> Result<EntryView, String> {
        let page = web.site.page(id);
        let meta = &page.meta;
        let moment = |date: Option<jiff::civil::Date>| date.map(rfc3339).unwrap_or_default();
        let canonical = web.absolute(&address::page(web.site, page));
        let html = if self.whole {
            let body = html::body(web, page.doc(), &page.language, Some(page));
            match body.failed {
                Some(said) => return Err(said),
                None => whole(web, &body.html, &canonical),
            }
        } else {
            String::new()
        };
        let expired = page.state == State::Expired;
        let mut title = web.stamped_title(page);
        if expired {
            let mark = web.word(&page.language, "expired_mark");
            title = format!("[{mark}] {title}");
        }
        Ok(EntryView {
            title,
            summary: meta.summary.clone(),
            published: moment(meta.date),
            updated: moment(changed(web, id)),
            author: meta.author.clone().unwrap_or_default(),
            html,
            expired,
            more: More {
                language: page.language.clone(),
                topics: meta.topics.clone(),
                image: meta
                    .image
                    .as_ref()
                    .filter(|_| !meta.sensitive)
                    .map(|picture| web.whole(&web.image(picture).src)),
            },
            canonical,
        })
    }

    /// The same as JSON Feed 1.1.
    fn json(&self, web: &Web<'_>, view: &FeedView, entries: &[EntryView]) -> String {
        let item = |entry: &EntryView| {
            let mut item = json!({
                "id": entry.canonical,
                "url": entry.canonical,
                "title": entry.title,
                "summary": entry.summary,
                "content_html": entry.html,
                "language": entry.more.language,
            });
            let mut add = |name: &str, value: Value| item[name] = value;
            if !entry.published.is_empty() {
                add("date_published", entry.published.as_str().into());
                add("date_modified", entry.updated.as_str().into());
            }
            if !entry.author.is_empty() {
                add("authors", json!([{"name": entry.author}]));
            }
            if !entry.more.topics.is_empty() {
                add("tags", entry.more.topics.clone().into());
            }
            if let Some(image) = &entry.more.image {
                add("image", image.as_str().into());
            }
            if entry.expired {
                add("_loa", json!({"expired": true}));
            }
            item
        };
        let feed = json!({
            "version": "https://jsonfeed.org/version/1.1",
            "title": view.title,
            "home_page_url": view.page,
            "feed_url": format!("{}feed.json", view.page),
            "language": self.language,
            "authors": [{"name": web.title(self.language)}],
            "items": entries.iter().map(item).collect::<Vec<_>>(),
        });
        // Records of texts can be written always.
        serde_json::to_string(&feed).unwrap_or_default()
    }
}

/// Whether feeds of a theme have whole texts: only then are they made, and the feed in JSON.
pub(super) fn has_texts(web: &Web<'_>) -> bool {
    let template = web.job.theme.files.get("web/atom.xml");
    template.is_some_and(|text| String::from_utf8_lossy(text).contains("entry.html"))
}

/// Whether a theme has a sitemap of news.
pub(super) fn has_news(web: &Web<'_>) -> bool {
    web.job.theme.files.contains_key("web/news-sitemap.xml")
}

fn changed(web: &Web<'_>, id: PageId) -> Option<jiff::civil::Date> {
    let meta = &web.site.page(id).meta;
    meta.updated.or(meta.date)
}

/// A body that is read elsewhere: all addresses whole. Words have no quotation marks as they are, so only
/// attributes begin like this.
fn whole(web: &Web<'_>, html: &str, canonical: &str) -> String {
    let (path, base) = (web.settings.base.path(), web.settings.base.as_str());
    html.replace("=\"#", &format!("=\"{canonical}#"))
        .replace(&format!("=\"{path}"), &format!("=\"{base}"))
        .replace(&format!("w, {path}"), &format!("w, {base}"))
}

/// Articles of the last days, for search engines that look for news.
pub(super) fn news(web: &Web<'_>) -> Vec<PageId> {
    let today = web.site.today;
    let young = |page: &&Page| {
        let days = page.meta.date.map(|date| (today - date).get_days());
        days.is_some_and(|days| (0..=NEWS).contains(&days))
            && page.state == State::Current
            && !page.unapproved
    };
    let pages = web.shown.pages.iter().map(|id| web.site.page(*id));
    // The limit that search engines set.
    let pages = pages.filter(young).map(|page| page.id).take(1_000);
    pages.collect()
}

pub(super) fn news_sitemap(web: &Web<'_>, out: &mut Out<'_>) {
    let news = news(web).into_iter().map(|id| {
        let page = web.site.page(id);
        NewsView {
            canonical: web.absolute(&address::page(web.site, page)),
            language: page.language.clone(),
            published: page.meta.date.map(rfc3339).unwrap_or_default(),
            title: page.meta.title.clone(),
        }
    });
    let news: Vec<NewsView> = news.collect();
    let mut context = web.context(&web.site.config.language, &HeadView::default());
    context.insert_value("news", value(&news));
    let (name, media) = ("news-sitemap.xml", "application/xml");
    made(web, name, name, media, &context, Vec::new(), out);
}

/// How browsers offer the search of a language.
pub(super) fn open_search(web: &Web<'_>, language: &str, out: &mut Out<'_>) {
    let path = super::search::description(web, language);
    let context = web.context(language, &HeadView::default());
    let media = "application/opensearchdescription+xml";
    made(
        web,
        &path,
        "opensearch.xml",
        media,
        &context,
        Vec::new(),
        out,
    );
}

fn made(
    web: &Web<'_>,
    path: &str,
    template: &str,
    media: &'static str,
    context: &crate::theme::Context,
    from: Vec<crate::diag::Span>,
    out: &mut Out<'_>,
) {
    match web.templates.file(template, context, 0) {
        Ok(text) => out.file(artifact(path, media, text, from)),
        Err(said) => failed(web, &said, out),
    }
}

/// Everything but list pages beyond the first, redirects, the 404 page and pages whose original lies in
/// another edition.
pub(super) fn sitemap(web: &Web<'_>, out: &mut Out<'_>) {
    let mut urls: Vec<UrlView> = Vec::new();
    let mut add =
        |path: String, modified: Option<jiff::civil::Date>, alternates: Vec<AlternateView>| {
            let modified = modified.map(|date| date.to_string()).unwrap_or_default();
            urls.push(UrlView {
                canonical: web.absolute(&path),
                modified,
                alternates,
            });
        };
    let homes: Vec<(String, String)> = web
        .shown
        .languages
        .iter()
        .map(|language| (language.clone(), web.site.config.language_prefix(language)))
        .collect();
    for (_, path) in &homes {
        add(path.clone(), None, web.alternates(&homes));
    }
    for section in web
        .site
        .sections
        .iter()
        .filter(|section| !section.path.is_empty() && !web.shown.below(section).is_empty())
    {
        add(
            address::section(web.site, section),
            None,
            web.section_alternates(section),
        );
    }
    let pages = web.shown.pages.iter().map(|id| web.site.page(*id));
    for page in pages.filter(|page| web.is_original(page)) {
        add(
            address::page(web.site, page),
            page.meta.updated.or(page.meta.date),
            web.page_alternates(page),
        );
    }
    for path in list_paths(web) {
        add(path, None, Vec::new());
    }
    let mut context = web.context(&web.site.config.language, &HeadView::default());
    context.insert_value("urls", value(&urls));
    made(
        web,
        "sitemap.xml",
        "sitemap.xml",
        "application/xml",
        &context,
        Vec::new(),
        out,
    );
}

/// Paths of the topic lists and of the registers of legal documents.
fn list_paths(web: &Web<'_>) -> Vec<String> {
    let mut out = Vec::new();
    for (language, topics) in &web.shown.topics {
        out.push(format!(
            "{}{}/",
            web.site.config.language_prefix(language),
            names(language).topics
        ));
        out.extend(topics.keys().map(|slug| web.topic_path(language, slug)));
    }
    out.extend(
        web.shown
            .cited
            .keys()
            .map(|language| web.documents_path(language)),
    );
    out
}

pub(super) fn robots(web: &Web<'_>, out: &mut Out<'_>) {
    let context = web.context(&web.site.config.language, &HeadView::default());
    made(
        web,
        "robots.txt",
        "robots.txt",
        "text/plain",
        &context,
        Vec::new(),
        out,
    );
}
