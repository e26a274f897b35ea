//! Front pages, articles, the 404 page, redirects, and the files that pages use.

use super::calendar;
use super::html;
use super::minify;
use super::structured;
use super::views::Web;
use crate::channel::{address, findings};
use crate::diag::{Checked, Diagnostic, Span};
use crate::model::{Artifact, Block, BlockKind, Kind, Page, PageId, Section, headings, plain_text};
use crate::theme::view::{ArticleView, BlockView, CardView, ContentsView, HeadView, LinkView};
use crate::theme::{Context, Value, template_failed, value};

/// Media type of a page.
pub(super) const HTML: &str = "text/html";

/// A part of an edition that can be made on its own.
pub(super) type Task<'a> = Box<dyn Fn() -> Checked<Vec<Artifact>> + Send + Sync + 'a>;

/// Articles with at least this many headings get a contents list.
const LONG: usize = 4;

/// The lead story is looked for among so many of the newest articles.
const PICTURED: usize = 12;

/// The tasks of this file.
pub(super) fn tasks<'a>(web: &'a Web<'a>) -> Vec<Task<'a>> {
    let mut out: Vec<Task<'a>> = Vec::new();
    for language in &web.languages {
        out.push(Box::new(move || front(web, language)));
    }
    for id in &web.pages {
        out.push(Box::new(move || article(web, web.site.page(*id))));
    }
    out.push(Box::new(move || not_found(web)));
    out
}

/// Renders a template as one page.
pub(super) fn page(
    web: &Web<'_>,
    path: &str,
    template: &str,
    context: &Context,
    from: Vec<Span>,
) -> Checked<Vec<Artifact>> {
    let place = from.first().copied().unwrap_or(web.job.edition.span);
    match web.templates.render(template, context) {
        Err(said) => Checked {
            value: Vec::new(),
            diags: vec![template_failed(web.job.edition.span, &said)],
        },
        Ok(text) => {
            let mut diags: Vec<Diagnostic> = Vec::new();
            let small = web.settings.minify.then(|| minify::minify(&text));
            if small == Some(None) {
                diags.push(findings::minify_skipped(place, path));
            }
            let text = small.flatten().unwrap_or(text);
            Checked {
                value: vec![artifact(path, HTML, text.into_bytes(), from)],
                diags,
            }
        }
    }
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

fn front(web: &Web<'_>, language: &str) -> Checked<Vec<Artifact>> {
    let prefix = web.site.config.language_prefix(language);
    let pages: Vec<PageId> = web
        .pages
        .iter()
        .copied()
        .filter(|id| web.site.page(*id).language == language)
        .collect();
    let cards = web.cards(&pages);
    let of = |kind: Kind| {
        cards
            .iter()
            .filter(|card| card.kind == kind.name())
            .take(6)
            .cloned()
            .collect::<Vec<_>>()
    };
    let leads =
        |card: &&CardView| card.kind != Kind::Notice.name() && !card.sensitive && !card.expired;
    // A front page wants a picture: the newest story that has one, unless that is an old one.
    let pictured = cards
        .iter()
        .take(PICTURED)
        .find(|card| leads(card) && card.image.is_some());
    let lead = pictured
        .or_else(|| cards.iter().find(leads))
        .or(cards.first());
    let latest: Vec<&CardView> = cards
        .iter()
        .filter(|card| lead.is_none_or(|lead| lead.url != card.url))
        .take(10)
        .collect();
    let root = web
        .site
        .sections
        .iter()
        .find(|section| section.path.is_empty() && section.language == language);
    let head = front_head(web, &prefix, root);
    let blocks = front_blocks(web, root);
    let mut context = web.context(language, &head);
    context.insert_value("lead", value(&lead));
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
    )
}

fn front_head(web: &Web<'_>, prefix: &str, root: Option<&Section>) -> HeadView {
    let paths: Vec<(String, String)> = web
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
            let cards: Vec<CardView> = web
                .below(section)
                .iter()
                .take(5)
                .map(|id| web.card(web.site.page(*id)))
                .collect();
            BlockView {
                title: link.title,
                summary: section.meta.summary.clone(),
                url: link.url,
                cards,
            }
        });
    blocks.filter(|block| !block.cards.is_empty()).collect()
}

fn article(web: &Web<'_>, page: &Page) -> Checked<Vec<Artifact>> {
    let path = address::page(web.site, page);
    let body = html::body(web, page.doc(), &page.language, Some(page));
    if let Some(said) = body.failed {
        return Checked {
            value: Vec::new(),
            diags: vec![template_failed(web.job.edition.span, &said)],
        };
    }
    let section = web.site.section(page.section);
    let mut breadcrumbs = web.way_to(section);
    breadcrumbs.push(LinkView {
        title: page.meta.title.clone(),
        url: web.url(&path),
    });
    let canonical = web.absolute(&path);
    let head = HeadView {
        title: page.meta.title.clone(),
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
        noindex: page.unapproved
            && web.job.site.config.approval == crate::model::ApprovalPolicy::Required,
        sensitive: page.meta.sensitive,
        section: breadcrumbs
            .get(1)
            .map(|link| link.url.clone())
            .unwrap_or_default(),
        breadcrumbs,
    };
    let view = article_view(web, page, &body.html, body.agenda);
    let mut context = web.context(&page.language, &head);
    context.insert_value("article", value(&view));
    let mut made = self::page(
        web,
        &format!("{path}index.html"),
        "article.html",
        &context,
        vec![page.span],
    );
    if let Some(programme) = &page.meta.programme {
        let text = calendar::file(&page.meta, programme, &canonical);
        made.value.push(artifact(
            &format!("{path}calendar.ics"),
            "text/calendar",
            text.into_bytes(),
            vec![programme.span],
        ));
    }
    redirects(web, page, &head, &mut made);
    made
}

fn article_view(web: &Web<'_>, page: &Page, html: &str, agenda_in_body: bool) -> ArticleView {
    let siblings = siblings(web, page);
    ArticleView {
        card: web.card(page),
        html: Value::safe_string(html),
        contents: contents(web, page),
        author: page.meta.author.clone().unwrap_or_default(),
        source: page.meta.source.clone().unwrap_or_default(),
        programme: web.programme(page),
        agenda_in_body,
        expired_on: page
            .meta
            .expires_at
            .map(|end| super::date::day(end.date(), &page.language)),
        previous: siblings.0.map(|page| web.card(page)),
        next: siblings.1.map(|page| web.card(page)),
    }
}

/// The older and the newer article of the same section.
fn siblings<'a>(web: &Web<'a>, page: &Page) -> (Option<&'a Page>, Option<&'a Page>) {
    let shown: Vec<PageId> = web
        .site
        .section(page.section)
        .pages
        .iter()
        .copied()
        .filter(|id| web.is_shown(*id))
        .collect();
    let Some(place) = shown.iter().position(|id| *id == page.id) else {
        return (None, None);
    };
    let at = |place: Option<usize>| {
        place
            .and_then(|place| shown.get(place))
            .map(|id| web.site.page(*id))
    };
    (at(Some(place + 1)), at(place.checked_sub(1)))
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
fn redirects(web: &Web<'_>, page: &Page, head: &HeadView, made: &mut Checked<Vec<Artifact>>) {
    for (segments, span) in &page.meta.aliases {
        let alias = segments.join("/");
        let path = if alias.ends_with(".html") || alias.ends_with(".htm") {
            alias
        } else {
            format!("{alias}/index.html")
        };
        redirect(web, &path, &page.language, head, *span, made);
    }
}

fn redirect(
    web: &Web<'_>,
    path: &str,
    language: &str,
    to: &HeadView,
    span: Span,
    made: &mut Checked<Vec<Artifact>>,
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
    let one = page(web, path, "redirect.html", &context, vec![span]);
    made.value.extend(one.value);
    made.diags.extend(one.diags);
}

/// Redirects of a section's old addresses.
pub(super) fn section_redirects(
    web: &Web<'_>,
    section: &Section,
    head: &HeadView,
    made: &mut Checked<Vec<Artifact>>,
) {
    for (segments, span) in &section.meta.aliases {
        redirect(
            web,
            &format!("{}/index.html", segments.join("/")),
            &section.language,
            head,
            *span,
            made,
        );
    }
}

fn not_found(web: &Web<'_>) -> Checked<Vec<Artifact>> {
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
    )
}
