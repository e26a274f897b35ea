//! Front pages, articles, the 404 page and redirects.

use super::calendar;
use super::html;
use super::minify;
use super::settings::Minify;
use super::structured;
use super::views::Web;
use super::weight;
use crate::channel::{Out, address, findings};
use crate::diag::Span;
use crate::model::{Artifact, Block, BlockKind, Kind, Page, Section, State, headings, plain_text};
use crate::theme::view::{ArticleView, BlockView, ContentsView, HeadView, LinkView, WithdrawnView};
use crate::theme::{Context, Value, joined, template_failed, value};

/// Media type of a page.
pub(super) const HTML: &str = "text/html";

/// Room for most pages, in bytes.
const PAGE: usize = 16 << 10;

/// Articles with at least this many headings get a contents list.
const LONG: usize = 4;

/// The lead story is looked for among so many of the newest articles.
const PICTURED: usize = 12;

/// Renders a template as one page.
pub(super) fn page(
    web: &Web<'_>,
    path: &str,
    template: &str,
    context: &Context,
    from: Vec<Span>,
    out: &mut Out<'_>,
) {
    if let Some(text) = html(web, path, template, context, &from, out) {
        out.file(artifact(path, HTML, text, from));
    }
}

/// The bytes of a page, as few as is safe; none when the template fails.
fn html(
    web: &Web<'_>,
    path: &str,
    template: &str,
    context: &Context,
    from: &[Span],
    out: &mut Out<'_>,
) -> Option<Vec<u8>> {
    let place = from.first().copied().unwrap_or(web.job.edition.span);
    let text = match web.templates.file(template, context, PAGE) {
        Ok(text) => text,
        Err(said) => {
            failed(web, &said, out);
            return None;
        }
    };
    let small = (web.settings.minify == Minify::Full).then(|| minify::minify(&text));
    if small == Some(None) {
        out.diags.push(findings::minify_skipped(place, path));
    }
    out.outcome.tally.pages += 1;
    Some(small.flatten().unwrap_or(text))
}

/// What a template did wrong.
pub(super) fn failed(web: &Web<'_>, said: &str, out: &mut Out<'_>) {
    out.diags.push(template_failed(web.job.edition.span, said));
}

pub(super) fn artifact(
    path: &str,
    media: &'static str,
    bytes: Vec<u8>,
    from: Vec<Span>,
) -> Artifact {
    Artifact {
        path: path.to_owned(),
        media,
        bytes: bytes.into(),
        from,
    }
}

pub(super) fn front(web: &Web<'_>, language: &str, out: &mut Out<'_>) {
    let prefix = web.site.config.language_prefix(language);
    let newest = || {
        let pages = web.shown.pages.iter().map(|id| web.site.page(*id));
        pages.filter(|page| page.language == language)
    };
    let of = |kind: Kind| {
        let pages = newest().filter(|page| page.meta.kind == kind).take(6);
        pages.map(|page| web.card(page.id)).collect::<Vec<_>>()
    };
    let leads = |page: &&Page| {
        page.meta.kind != Kind::Notice && !page.meta.sensitive && page.state != State::Expired
    };
    // A front page wants a picture: the newest story that has one, unless that is an old one.
    let pictured = newest()
        .take(PICTURED)
        .find(|page| leads(page) && page.meta.image.is_some());
    let lead = pictured
        .or_else(|| newest().find(leads))
        .or_else(|| newest().next())
        .map(|page| page.id);
    let latest: Vec<Value> = newest()
        .filter(|page| lead != Some(page.id))
        .take(10)
        .map(|page| web.card(page.id))
        .collect();
    let root = web
        .site
        .sections
        .iter()
        .find(|section| section.path.is_empty() && section.language == language);
    let head = front_head(web, &prefix, root);
    let blocks = front_blocks(web, root);
    let mut context = web.context(language, &head);
    context.insert_value("lead", value(&lead.map(|id| web.card(id))));
    context.insert_value("latest", value(&latest));
    context.insert_value("blocks", value(&blocks));
    context.insert_value("notices", value(&of(Kind::Notice)));
    context.insert_value("programmes", value(&of(Kind::Programme)));
    context.insert_value("guidance", value(&of(Kind::Guidance)));
    let from = root.map(|root| root.span).into_iter().collect();
    page(
        web,
        &format!("{prefix}index.html"),
        "index.html",
        &context,
        from,
        out,
    );
}

fn front_head(web: &Web<'_>, prefix: &str, root: Option<&Section>) -> HeadView {
    let paths: Vec<(String, String)> = web
        .shown
        .languages
        .iter()
        .map(|language| (language.clone(), web.site.config.language_prefix(language)))
        .collect();
    let description = root
        .map(|root| root.meta.summary.clone())
        .unwrap_or_default();
    HeadView {
        title: web.title().to_owned(),
        description,
        url: web.url(prefix),
        canonical: web.absolute(prefix),
        og_type: "website".to_owned(),
        alternates: web.alternates(&paths),
        feed: web.url(&format!("{prefix}atom.xml")),
        ..HeadView::default()
    }
}

/// The sections under the front page with their newest articles.
fn front_blocks(web: &Web<'_>, root: Option<&Section>) -> Vec<BlockView> {
    let blocks = root
        .map(|root| root.children.as_slice())
        .unwrap_or_default()
        .iter()
        .map(|id| {
            let section = web.site.section(*id);
            let link = web.section_link(section);
            let newest = web.shown.below(section).iter().take(5);
            let cards: Vec<Value> = newest.map(|id| web.card(*id)).collect();
            BlockView {
                title: link.title,
                summary: section.meta.summary.clone(),
                url: link.url,
                cards,
            }
        });
    blocks.filter(|block| !block.cards.is_empty()).collect()
}

pub(super) fn article(web: &Web<'_>, page: &Page, out: &mut Out<'_>) {
    let path = address::page(web.site, page);
    let body = html::body(web, page.doc(), &page.language, Some(page));
    if let Some(said) = body.failed {
        return failed(web, &said, out);
    }
    let section = web.site.section(page.section);
    let mut breadcrumbs = web.way_to(section);
    breadcrumbs.push(LinkView {
        title: page.meta.title.clone(),
        url: web.url(&path),
    });
    let canonical = web.absolute(&path);
    let head = HeadView {
        title: web.stamped_title(page),
        description: page.meta.summary.clone(),
        url: web.url(&path),
        canonical: canonical.clone(),
        og_type: "article".to_owned(),
        image: page.meta.image.as_ref().map(|picture| {
            let mut image = web.image(picture);
            image.src = web.whole(&image.src);
            image
        }),
        alternates: web.page_alternates(page),
        feed: web.url(&format!("{}atom.xml", address::section(web.site, section))),
        json_ld: structured::article(web, page, &canonical, &breadcrumbs),
        noindex: page.unapproved || page.state == State::Withdrawn,
        sensitive: page.meta.sensitive,
        scripted: false,
        section: breadcrumbs
            .get(1)
            .map(|link| link.url.clone())
            .unwrap_or_default(),
        breadcrumbs,
    };
    let view = article_view(web, page, &body.html, body.agenda);
    let mut context = web.context(&page.language, &head);
    let article = joined(web.card(page.id), value(&view));
    context.insert_value("article", article);
    let from = vec![page.span];
    let file = format!("{path}index.html");
    if let Some(text) = html(web, &file, "article.html", &context, &from, out) {
        if let Some(weight) = weight::too_heavy(&text, web.style_weight) {
            let finding = findings::page_too_heavy(page.span, &path, weight, weight::LIMIT);
            out.diags.push(finding);
        }
        out.file(artifact(&file, HTML, text, from));
    }
    if let Some(programme) = &page.meta.programme {
        let text = calendar::file(&head.title, &page.meta, programme, &canonical);
        out.file(artifact(
            &format!("{path}calendar.ics"),
            "text/calendar",
            text.into_bytes(),
            vec![programme.span],
        ));
    }
    redirects(web, page, &head, out);
}

fn article_view(web: &Web<'_>, page: &Page, html: &str, agenda_in_body: bool) -> ArticleView {
    let (older, newer) = web.shown.beside(page.id);
    ArticleView {
        html: Value::safe_string(html),
        contents: contents(web, page),
        author: page.meta.author.clone().unwrap_or_default(),
        source: page.meta.source.clone().unwrap_or_default(),
        programme: web.programme(page),
        listen: super::podcast::player(web, page),
        agenda_in_body,
        expired_on: page
            .meta
            .expires_at
            .map(|end| super::date::day(end.date(), &page.language)),
        withdrawn: page
            .meta
            .withdrawn
            .as_ref()
            .filter(|_| page.state == State::Withdrawn)
            .map(|withdrawn| WithdrawnView {
                on: super::date::day(withdrawn.on, &page.language),
                reason: withdrawn.reason.clone(),
            }),
        previous: older.map(|id| web.card(id)),
        next: newer.map(|id| web.card(id)),
    }
}

fn contents(web: &Web<'_>, page: &Page) -> Vec<ContentsView> {
    let shown = admitted(&page.doc().blocks, &web.job.edition.name);
    let lines: Vec<ContentsView> = shown
        .iter()
        .flat_map(|block| headings(std::slice::from_ref(*block)))
        .filter(|(level, ..)| *level <= 3)
        .map(|(level, id, words)| ContentsView {
            level: level.max(2),
            id: id.to_owned(),
            title: plain_text(words),
        })
        .collect();
    if lines.len() < LONG {
        Vec::new()
    } else {
        lines
    }
}

/// The blocks of a body that this edition shows, `only` parts opened.
fn admitted<'a>(blocks: &'a [Block], edition: &str) -> Vec<&'a Block> {
    let mut out = Vec::new();
    for block in blocks {
        match &block.kind {
            BlockKind::Only { filter, blocks } if filter.admits(edition, "web") => {
                out.extend(admitted(blocks, edition));
            }
            BlockKind::Only { .. } | BlockKind::Recap(_) => {}
            _ => out.push(block),
        }
    }
    out
}

/// Old addresses of a page. One ending in `.html` is a file, any other a folder.
fn redirects(web: &Web<'_>, page: &Page, head: &HeadView, out: &mut Out<'_>) {
    for (segments, span) in &page.meta.aliases {
        let alias = segments.join("/");
        let path = if alias.ends_with(".html") || alias.ends_with(".htm") {
            alias
        } else {
            format!("{alias}/index.html")
        };
        redirect(web, &path, &page.language, head, *span, out);
    }
}

fn redirect(
    web: &Web<'_>,
    path: &str,
    language: &str,
    to: &HeadView,
    span: Span,
    out: &mut Out<'_>,
) {
    let head = HeadView {
        noindex: true,
        json_ld: Vec::new(),
        image: None,
        alternates: Vec::new(),
        ..to.clone()
    };
    let mut context = web.context(language, &head);
    context.insert_value("target", value(&to.canonical));
    context.insert_value("target_url", value(&to.url));
    page(web, path, "redirect.html", &context, vec![span], out);
}

/// Redirects of a section's old addresses.
pub(super) fn section_redirects(
    web: &Web<'_>,
    section: &Section,
    head: &HeadView,
    out: &mut Out<'_>,
) {
    for (segments, span) in &section.meta.aliases {
        redirect(
            web,
            &format!("{}/index.html", segments.join("/")),
            &section.language,
            head,
            *span,
            out,
        );
    }
}

pub(super) fn not_found(web: &Web<'_>, out: &mut Out<'_>) {
    let language = &web.site.config.language;
    let head = HeadView {
        title: web.word(language, "missing").to_owned(),
        noindex: true,
        ..HeadView::default()
    };
    page(
        web,
        "404.html",
        "404.html",
        &web.context(language, &head),
        Vec::new(),
        out,
    );
}
