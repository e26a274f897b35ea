//! Atom feeds, the sitemap and robots.txt.

use serde::Serialize;

use super::date::rfc3339;
use super::pages::{artifact, failed};
use super::views::{Web, names};
use crate::channel::{Out, address};
use crate::model::{PageId, Section};
use crate::theme::value;
use crate::theme::view::{AlternateView, HeadView};

/// Entries of a feed.
pub(super) const NEWEST: usize = 30;

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
}

#[derive(Serialize)]
struct UrlView {
    canonical: String,
    modified: String,
    alternates: Vec<AlternateView>,
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
    let path = web.site.config.language_prefix(language);
    feed(web, language, &path, web.title(), &pages, out);
}

/// The feed of a section.
pub(super) fn section_feed(web: &Web<'_>, section: &Section, out: &mut Out<'_>) {
    let path = address::section(web.site, section);
    let pages = web.shown.below(section);
    let title = &section.meta.title;
    feed(web, &section.language, &path, title, pages, out);
}

/// The feed of a topic.
pub(super) fn topic_feed(web: &Web<'_>, language: &str, slug: &str, out: &mut Out<'_>) {
    let topics = web.shown.topics.get(language);
    if let Some((name, pages)) = topics.and_then(|topics| topics.get(slug)) {
        let path = web.topic_path(language, slug);
        feed(web, language, &path, name, pages, out);
    }
}

fn feed(
    web: &Web<'_>,
    language: &str,
    folder: &str,
    title: &str,
    pages: &[PageId],
    out: &mut Out<'_>,
) {
    let path = format!("{folder}atom.xml");
    let changed = |id: &PageId| {
        let meta = &web.site.page(*id).meta;
        meta.updated.or(meta.date)
    };
    let newest = &pages[..pages.len().min(NEWEST)];
    let entries: Vec<EntryView> = newest
        .iter()
        .map(|id| {
            let page = web.site.page(*id);
            let meta = &page.meta;
            let moment = |date: Option<jiff::civil::Date>| date.map(rfc3339).unwrap_or_default();
            EntryView {
                title: web.stamped_title(page),
                summary: meta.summary.clone(),
                canonical: web.absolute(&address::page(web.site, page)),
                published: moment(meta.date),
                updated: moment(changed(id)),
                author: meta.author.clone().unwrap_or_default(),
            }
        })
        .collect();
    let title = if title == web.title() {
        title.to_owned()
    } else {
        format!("{title} – {}", web.title())
    };
    let updated = newest
        .iter()
        .filter_map(changed)
        .max()
        .unwrap_or(web.site.today);
    let view = FeedView {
        title,
        url: web.absolute(&path),
        page: web.absolute(folder),
        updated: rfc3339(updated),
    };
    let mut context = web.context(language, &HeadView::default());
    context.insert_value("feed", value(&view));
    context.insert_value("entries", value(&entries));
    let from = newest
        .iter()
        .map(|id| web.site.page(*id).span)
        .take(1)
        .collect();
    made(
        web,
        &path,
        "atom.xml",
        "application/atom+xml",
        &context,
        from,
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
