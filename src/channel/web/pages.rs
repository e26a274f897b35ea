//! Front pages, articles, the 404 page and redirects.

use url::Url;

use super::calendar;
use super::html;
use super::minify;
use super::policy::PageType;
use super::settings::Minify;
use super::structured;
use super::views::Web;
use super::weight;
use crate::channel::{Out, address, findings};
use crate::diag::Span;
use crate::model::{Artifact, Block, BlockKind, Kind, Page, Section, State, headings, plain_text};
use crate::theme::view::{
    AlternateView, ArticleView, ContentsView, HeadView, LinkView, VideoView, WithdrawnView,
};
use crate::theme::{Context, Value, joined, template_failed, value};

/// Media type of a page.
pub(super) const HTML: &str = "text/html";

/// Room for most pages, in bytes.
const PAGE: usize = 16 << 10;

/// Articles with at least this many headings get a contents list.
const LONG: usize = 4;

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
    let canonical = web.canonical(page);
    let head = HeadView {
        title: web.stamped_title(page),
        description: page.meta.summary.clone(),
        url: web.url(&path),
        canonical: canonical.clone(),
        og_type: "article".to_owned(),
        image: super::share::picture(web, page),
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
    let article = joined(web.card_of(page), value(&view));
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
            .map(|end| web.dates(&page.language).day(end.date())),
        withdrawn: page
            .meta
            .withdrawn
            .as_ref()
            .filter(|_| page.state == State::Withdrawn)
            .map(|withdrawn| WithdrawnView {
                on: web.dates(&page.language).day(withdrawn.on),
                reason: withdrawn.reason.clone(),
            }),
        call: (page.meta.kind == Kind::Guidance && page.state != State::Withdrawn)
            .then(|| web.call(page))
            .flatten(),
        video: page.meta.video.as_deref().map(video),
        original: original(web, page),
        related: web.cards(web.shown.related(page.id)),
        previous: older.map(|id| web.card(id)),
        next: newer.map(|id| web.card(id)),
    }
}

/// A video that is not asked for before the reader wants it.
fn video(url: &str) -> VideoView {
    let host = Url::parse(url).ok();
    let host = host.as_ref().and_then(Url::host_str).unwrap_or_default();
    VideoView {
        url: url.to_owned(),
        host: host.strip_prefix("www.").unwrap_or(host).to_owned(),
    }
}

/// What a page in another language than the site's translates.
fn original(web: &Web<'_>, page: &Page) -> Option<AlternateView> {
    let main = &web.site.config.language;
    if page.language == *main {
        return None;
    }
    let mut all = web.page_alternates(page).into_iter();
    all.find(|alternate| alternate.language == *main)
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
    let policy = &web.policies[PageType::Moved as usize];
    context.insert_value("policy", policy.clone());
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
