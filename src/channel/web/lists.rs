//! Section pages, topic pages and the register of legal documents.

use super::pages::{failed, page, section_redirects};
use super::views::{Web, names};
use super::{html, structured, untranslated};
use crate::channel::{Out, address};
use crate::model::{PageId, Section};
use crate::text::slug;
use crate::theme::view::{DocumentView, HeadView, LinkView, ListView, PagerView};
use crate::theme::{Value, value};

/// A list cut into pages: template, name of the list in it, its head and where it lies.
struct List<'a> {
    template: &'static str,
    name: &'static str,
    language: &'a str,
    path: &'a str,
    view: ListView,
    head: HeadView,
    from: Vec<crate::diag::Span>,
    /// Originals that are not in the language of the list.
    untranslated: Value,
}

/// How many pages of a list are made as one piece.
const TOGETHER: usize = 25;

/// The parts of a list of so many articles: the numbers of their first pages, each with its last.
pub(super) fn parts(web: &Web<'_>, articles: usize) -> impl Iterator<Item = (usize, usize)> {
    let total = pages_of(web, articles);
    (1..=total)
        .step_by(TOGETHER)
        .map(move |first| (first, total.min(first + TOGETHER - 1)))
}

fn pages_of(web: &Web<'_>, articles: usize) -> usize {
    articles.div_ceil(web.settings.per_page).max(1)
}

/// Makes the pages of a list from a first one to a last one.
fn paged(
    web: &Web<'_>,
    list: &List<'_>,
    pages: &[PageId],
    part: (usize, usize),
    out: &mut Out<'_>,
) {
    let total = pages_of(web, pages.len());
    let folder = |number: usize| match number {
        0 => None,
        1 => Some(list.path.to_owned()),
        _ if number > total => None,
        _ => Some(format!(
            "{}{}/{number}/",
            list.path,
            names(list.language).page
        )),
    };
    let view = value(&list.view);
    for number in part.0..=part.1 {
        let Some(path) = folder(number) else { continue };
        let first = (number - 1) * web.settings.per_page;
        let cards = web.cards(&pages[first..pages.len().min(first + web.settings.per_page)]);
        let url = |number: usize| {
            folder(number)
                .map(|path| web.url(&path))
                .unwrap_or_default()
        };
        let pager = PagerView {
            number,
            total,
            previous: url(number - 1),
            next: url(number + 1),
        };
        let mut head = list.head.clone();
        if number > 1 {
            head.url = web.url(&path);
            head.canonical = web.absolute(&path);
            head.alternates = Vec::new();
            head.title = format!(
                "{} – {} {number}",
                head.title,
                web.word(list.language, "page")
            );
        }
        let mut context = web.context(list.language, &head);
        context.insert_value(list.name, view.clone());
        context.insert_value("cards", value(&cards));
        context.insert_value("pager", value(&pager));
        if number == 1 {
            context.insert_value("untranslated", list.untranslated.clone());
        }
        page(
            web,
            &format!("{path}index.html"),
            list.template,
            &context,
            list.from.clone(),
            out,
        );
    }
}

pub(super) fn section_pages(
    web: &Web<'_>,
    section: &Section,
    part: (usize, usize),
    out: &mut Out<'_>,
) {
    let pages = web.shown.below(section);
    let body = html::body(web, section.doc(), &section.language, None);
    if let Some(said) = body.failed {
        return failed(web, &said, out);
    }
    let path = address::section(web.site, section);
    let breadcrumbs = web.way_to(section);
    let children = section
        .children
        .iter()
        .map(|id| web.site.section(*id))
        .filter(|child| !web.shown.below(child).is_empty());
    let view = ListView {
        title: section.meta.title.clone(),
        summary: section.meta.summary.clone(),
        url: web.url(&path),
        html: Value::safe_string(&body.html),
        children: children.map(|child| web.section_link(child)).collect(),
        count: web.count(pages.len(), &section.language),
    };
    let head = HeadView {
        title: view.title.clone(),
        description: view.summary.clone(),
        url: view.url.clone(),
        canonical: web.absolute(&path),
        og_type: "website".to_owned(),
        alternates: web.section_alternates(section),
        feed: web.url(&format!("{path}atom.xml")),
        json_ld: structured::list(web, &breadcrumbs),
        section: breadcrumbs
            .get(1)
            .map(|link| link.url.clone())
            .unwrap_or_default(),
        breadcrumbs,
        ..HeadView::default()
    };
    let language = section.language.as_str();
    let from = vec![section.span];
    let untranslated = if part.0 == 1 {
        value(&untranslated::below(web, section))
    } else {
        Value::none()
    };
    let list = List {
        template: "section.html",
        name: "section",
        language,
        path: &path,
        view,
        head,
        from,
        untranslated,
    };
    paged(web, &list, pages, part, out);
    if part.0 == 1 {
        section_redirects(web, section, &list.head, out);
    }
}

pub(super) fn topic_pages(
    web: &Web<'_>,
    language: &str,
    slug: &str,
    part: (usize, usize),
    out: &mut Out<'_>,
) {
    let topics = web.shown.topics.get(language);
    let Some((name, pages)) = topics.and_then(|topics| topics.get(slug)) else {
        return;
    };
    let path = web.topic_path(language, slug);
    let mut breadcrumbs = way_to_topics(web, language);
    breadcrumbs.push(LinkView {
        title: name.to_owned(),
        url: web.url(&path),
    });
    let view = topic_view(web, &path, name, web.count(pages.len(), language));
    let head = HeadView {
        title: name.to_owned(),
        url: web.url(&path),
        canonical: web.absolute(&path),
        og_type: "website".to_owned(),
        feed: web.url(&format!("{path}atom.xml")),
        json_ld: structured::list(web, &breadcrumbs),
        breadcrumbs,
        ..HeadView::default()
    };
    let from = pages
        .first()
        .map(|id| web.site.page(*id).span)
        .into_iter()
        .collect();
    let list = List {
        template: "topic.html",
        name: "topic",
        language,
        path: &path,
        view,
        head,
        from,
        untranslated: Value::none(),
    };
    paged(web, &list, pages, part, out);
}

fn topic_view(web: &Web<'_>, path: &str, name: &str, count: String) -> ListView {
    ListView {
        title: name.to_owned(),
        summary: String::new(),
        url: web.url(path),
        html: Value::safe_string(""),
        children: Vec::new(),
        count,
    }
}

fn topics_path(web: &Web<'_>, language: &str) -> String {
    format!(
        "{}{}/",
        web.site.config.language_prefix(language),
        names(language).topics
    )
}

pub(super) fn home(web: &Web<'_>, language: &str) -> LinkView {
    let url = web.url(&web.site.config.language_prefix(language));
    LinkView {
        title: web.word(language, "home").to_owned(),
        url,
    }
}

fn way_to_topics(web: &Web<'_>, language: &str) -> Vec<LinkView> {
    let topics = LinkView {
        title: web.word(language, "topics").to_owned(),
        url: web.url(&topics_path(web, language)),
    };
    vec![home(web, language), topics]
}

pub(super) fn all_topics(web: &Web<'_>, language: &str, out: &mut Out<'_>) {
    let path = topics_path(web, language);
    let topics: Vec<ListView> = web
        .shown
        .sorted_topics(language)
        .into_iter()
        .map(|(slug, name, pages)| {
            let count = web.count(pages.len(), language);
            topic_view(web, &web.topic_path(language, slug), name, count)
        })
        .collect();
    let paths: Vec<(String, String)> = web
        .shown
        .topics
        .keys()
        .map(|language| (language.clone(), topics_path(web, language)))
        .collect();
    let breadcrumbs = way_to_topics(web, language);
    let title = web.word(language, "topics").to_owned();
    let head = head(web, title, &path, &paths, breadcrumbs);
    let mut context = web.context(language, &head);
    context.insert_value("topics", value(&topics));
    page(
        web,
        &format!("{path}index.html"),
        "topics.html",
        &context,
        Vec::new(),
        out,
    );
}

/// The head of a page that stands for itself: its path, the same in other languages, and the way to it.
pub(super) fn head(
    web: &Web<'_>,
    title: String,
    path: &str,
    paths: &[(String, String)],
    breadcrumbs: Vec<LinkView>,
) -> HeadView {
    HeadView {
        title,
        url: web.url(path),
        canonical: web.absolute(path),
        og_type: "website".to_owned(),
        alternates: web.alternates(paths),
        json_ld: structured::list(web, &breadcrumbs),
        breadcrumbs,
        ..HeadView::default()
    }
}

pub(super) fn documents(web: &Web<'_>, language: &str, out: &mut Out<'_>) {
    let path = web.documents_path(language);
    let day = |date: Option<jiff::civil::Date>| date.map(|date| web.dates(language).day(date));
    let cited = web.shown.cited.get(language);
    let documents: Vec<DocumentView> = cited
        .into_iter()
        .flatten()
        .map(|(id, pages)| {
            let document = web.site.facts.document(*id);
            let cited_in = pages.iter().map(|id| {
                let page = web.site.page(*id);
                LinkView {
                    title: page.meta.title.clone(),
                    url: web.url(&address::page(web.site, page)),
                }
            });
            DocumentView {
                id: slug(&document.number),
                number: document.number.clone(),
                kind: document.kind.clone(),
                issuer: document.issuer.clone(),
                title: document.title.clone(),
                status: document.status.name().to_owned(),
                issued: day(document.issued),
                effective: day(document.effective),
                amended_by: document.amended_by.clone(),
                replaced_by: document.replaced_by.clone(),
                checked_on: day(document.checked_on),
                cited_in: cited_in.collect(),
            }
        })
        .collect();
    let paths: Vec<(String, String)> = web
        .shown
        .cited
        .keys()
        .map(|language| (language.clone(), web.documents_path(language)))
        .collect();
    let title = web.word(language, "documents").to_owned();
    let breadcrumbs = vec![
        home(web, language),
        LinkView {
            title: title.clone(),
            url: web.url(&path),
        },
    ];
    let head = HeadView {
        description: web.word(language, "documents_note").to_owned(),
        ..head(web, title, &path, &paths, breadcrumbs)
    };
    let mut context = web.context(language, &head);
    context.insert_value("documents", value(&documents));
    page(
        web,
        &format!("{path}index.html"),
        "documents.html",
        &context,
        Vec::new(),
        out,
    );
}
