//! Atom feeds, the sitemap and robots.txt.

use serde::Serialize;

use super::date::rfc3339;
use super::pages::{Task, artifact};
use super::views::{Web, names};
use crate::channel::address;
use crate::diag::Checked;
use crate::model::{Artifact, PageId};
use crate::theme::view::{AlternateView, HeadView};
use crate::theme::{template_failed, value};

/// Entries of a feed.
const NEWEST: usize = 30;

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

/// The tasks of this file.
pub(super) fn tasks<'a>(web: &'a Web<'a>) -> Vec<Task<'a>> {
    let mut out: Vec<Task<'a>> = Vec::new();
    for language in &web.languages {
        let pages: Vec<PageId> = web
            .pages
            .iter()
            .copied()
            .filter(|id| web.site.page(*id).language == *language)
            .collect();
        let path = web.site.config.language_prefix(language);
        out.push(Box::new(move || {
            feed(web, language, &path, web.title(), &pages)
        }));
    }
    for section in web
        .site
        .sections
        .iter()
        .filter(|section| !section.path.is_empty())
    {
        let pages = web.below(section);
        let path = address::section(web.site, section);
        if web.is_made(section, &pages) {
            out.push(Box::new(move || {
                feed(web, &section.language, &path, &section.meta.title, &pages)
            }));
        }
    }
    for (language, topics) in &web.topics {
        for (slug, (name, pages)) in topics {
            let path = web.topic_path(language, slug);
            out.push(Box::new(move || feed(web, language, &path, name, pages)));
        }
    }
    out.push(Box::new(move || sitemap(web)));
    out.push(Box::new(move || robots(web)));
    out
}

fn feed(
    web: &Web<'_>,
    language: &str,
    folder: &str,
    title: &str,
    pages: &[PageId],
) -> Checked<Vec<Artifact>> {
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
    )
}

fn made(
    web: &Web<'_>,
    path: &str,
    template: &str,
    media: &'static str,
    context: &crate::theme::Context,
    from: Vec<crate::diag::Span>,
) -> Checked<Vec<Artifact>> {
    match web.templates.render(template, context) {
        Ok(text) => Checked {
            value: vec![artifact(path, media, text.into_bytes(), from)],
            diags: Vec::new(),
        },
        Err(said) => Checked {
            value: Vec::new(),
            diags: vec![template_failed(web.job.edition.span, &said)],
        },
    }
}

/// Everything but list pages beyond the first, redirects and the 404 page.
fn sitemap(web: &Web<'_>) -> Checked<Vec<Artifact>> {
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
        .filter(|section| !section.path.is_empty() && !web.below(section).is_empty())
    {
        add(
            address::section(web.site, section),
            None,
            web.section_alternates(section),
        );
    }
    for id in &web.pages {
        let page = web.site.page(*id);
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
    )
}

/// Paths of the topic lists and of the registers of legal documents.
fn list_paths(web: &Web<'_>) -> Vec<String> {
    let mut out = Vec::new();
    for (language, topics) in &web.topics {
        out.push(format!(
            "{}{}/",
            web.site.config.language_prefix(language),
            names(language).topics
        ));
        out.extend(topics.keys().map(|slug| web.topic_path(language, slug)));
    }
    out.extend(
        web.cited
            .keys()
            .map(|language| web.documents_path(language)),
    );
    out
}

fn robots(web: &Web<'_>) -> Checked<Vec<Artifact>> {
    let context = web.context(&web.site.config.language, &HeadView::default());
    made(
        web,
        "robots.txt",
        "robots.txt",
        "text/plain",
        &context,
        Vec::new(),
    )
}
