//! Search: a page for it in each language, and the index that its script reads.
//!
//! The index is plain files beside the page, so any host will do. Its list of files always has the same
//! name; all others are named after what is in them.

mod index;

use serde::Serialize;

use super::Piece;
use super::pages::{artifact, page};
use super::views::{Web, names};
use crate::channel::passages::{Reader, Sort};
use crate::channel::{Out, address};
use crate::model::{Digester, Page, PageId, Site, State};
use crate::text::{sha256, sort_key};
use crate::theme::value;
use crate::theme::view::{HeadView, LinkView};
use index::{Weight, number};

/// The name of the script in a theme.
pub(super) const SCRIPT: &str = "search";
/// Articles that are listed in one file.
const LISTED: usize = 16;
/// Topics that can be chosen: those of most articles.
const TOPICS: usize = 200;
/// Letters of a summary that a result shows.
const SUMMARY: usize = 240;

/// What `search.html` gets besides the frame.
#[derive(Serialize)]
struct SearchView {
    /// The script, from where the page is.
    script: String,
    /// What browsers compare the script with.
    integrity: String,
    /// The front of the edition, from where the page is.
    root: String,
}

/// The list of all files.
#[derive(Serialize)]
struct List<'a> {
    articles: usize,
    listed: usize,
    /// Years, each with how many articles it has; articles are in this order.
    years: Vec<(String, usize)>,
    /// Topics in the order of the alphabet, each with its articles.
    topics: Vec<(&'a str, String)>,
    /// Files of words: the first word, and the name.
    words: Vec<(String, String)>,
    /// Files of articles.
    parts: Vec<String>,
}

/// What a result shows.
#[derive(Serialize)]
struct Shown<'a>(
    &'a str,
    &'a str,
    &'a str,
    &'a str,
    &'a str,
    &'a str,
    &'static str,
);

/// Whether an edition has a search.
pub(super) fn is_on(web: &Web<'_>) -> bool {
    let there = |name: &str| web.job.theme.files.contains_key(name);
    let made = web.named_script(SCRIPT).is_some()
        && there("web/search.html")
        && there("web/opensearch.xml");
    web.settings.search && made
}

/// The folder of the search of a language.
pub(super) fn path(web: &Web<'_>, language: &str) -> String {
    folder(web.site, language)
}

/// The same, of any edition.
pub(super) fn folder(site: &Site, language: &str) -> String {
    let prefix = site.config.language_prefix(language);
    format!("{prefix}{}/", names(language).search)
}

/// The index that a file belongs to, if any.
pub(super) fn asked(web: &Web<'_>, file: &str) -> Vec<Piece> {
    let languages = web.shown.languages.iter().filter(|_| is_on(web));
    let asked = languages.filter(|language| file.starts_with(&path(web, language)));
    asked.cloned().map(Piece::SearchIndex).collect()
}

/// What tells browsers of the search of a language.
pub(super) fn description(web: &Web<'_>, language: &str) -> String {
    let prefix = web.site.config.language_prefix(language);
    format!("{prefix}opensearch.xml")
}

/// The page.
pub(super) fn search_page(web: &Web<'_>, language: &str, out: &mut Out<'_>) {
    let path = path(web, language);
    let title = web.word(language, "search").to_owned();
    let link = |title: &str, path: &str| LinkView {
        title: title.to_owned(),
        url: web.url(path),
    };
    let home = web.site.config.language_prefix(language);
    let languages = web.shown.languages.iter();
    let paths: Vec<(String, String)> = languages
        .map(|language| (language.clone(), self::path(web, language)))
        .collect();
    let head = HeadView {
        description: web.word(language, "search_note").to_owned(),
        url: web.url(&path),
        canonical: web.absolute(&path),
        og_type: "website".to_owned(),
        alternates: web.alternates(&paths),
        breadcrumbs: vec![link(web.word(language, "home"), &home), link(&title, &path)],
        scripted: true,
        title,
        ..HeadView::default()
    };
    let root = "../".repeat(path.matches('/').count());
    let script = web.named_script(SCRIPT);
    let mut context = web.context(language, &head);
    context.insert_value(
        "search",
        value(&SearchView {
            script: script.map_or_else(String::new, |one| format!("{root}{}", one.path)),
            integrity: script.map_or_else(String::new, |one| one.integrity.clone()),
            root,
        }),
    );
    let file = format!("{path}index.html");
    page(web, &file, "search.html", &context, Vec::new(), out);
    super::feeds::open_search(web, language, out);
}

/// The articles of a language that are found, newest first.
fn found<'a>(web: &'a Web<'_>, language: &'a str) -> impl Iterator<Item = &'a Page> {
    let pages = web.shown.pages.iter().map(|id| web.site.page(*id));
    pages.filter(move |page| page.language == language)
}

/// All that the index of a language is made from.
pub(super) fn key(
    web: &Web<'_>,
    language: &str,
    key: &mut Digester,
    uses: impl Fn(&Page, &mut Digester),
) {
    let known = web.job.known;
    for page in found(web, language) {
        key.digest(known.page(page.id));
        uses(page, key);
    }
}

/// The index.
pub(super) fn index_files(web: &Web<'_>, language: &str, out: &mut Out<'_>) {
    let pages: Vec<&Page> = found(web, language).collect();
    let folder = path(web, language);
    let file = |name: &str, text: String| {
        let path = format!("{folder}{name}");
        out.file(artifact(&path, "text/plain", text.into_bytes(), Vec::new()));
    };
    let named = |text: String| {
        let name = sha256(text.as_bytes())[..12].to_owned();
        file(&format!("{name}.txt"), text);
        name
    };
    let words = index::files(pages.len(), |place| parts(web, pages[place]));
    let words = words.into_iter().map(|file| (file.first, named(file.text)));
    let words = words.collect();
    let parts = pages.chunks(LISTED).zip(0..).map(|(pages, place)| {
        // The number keeps two files of the same articles apart.
        let mut text = format!("{place}\n");
        for page in pages {
            text.push_str(&shown(web, page));
            text.push('\n');
        }
        named(text)
    });
    let list = List {
        articles: pages.len(),
        listed: LISTED,
        years: years(&pages),
        topics: topics(web, language, &pages),
        words,
        parts: parts.collect(),
    };
    // Records of texts and numbers can be written always.
    let text = serde_json::to_string(&list).unwrap_or_default();
    let path = format!("{folder}index.json");
    out.file(artifact(
        &path,
        "application/json",
        text.into_bytes(),
        Vec::new(),
    ));
}

/// The texts of an article, as far as readers see them.
fn parts(web: &Web<'_>, page: &Page) -> Vec<(Weight, String)> {
    let meta = &page.meta;
    let reader = Reader {
        site: web.site,
        edition: &web.job.edition.name,
        language: &page.language,
    };
    let mut out = vec![
        (Weight::Title, meta.title.clone()),
        (Weight::Head, meta.summary.clone()),
    ];
    out.extend(
        meta.topics
            .iter()
            .map(|topic| (Weight::Head, topic.clone())),
    );
    out.extend(
        meta.author
            .iter()
            .map(|author| (Weight::Once, author.clone())),
    );
    if let Some(event) = &meta.programme {
        out.push((Weight::Once, event.place.clone()));
        let lines = crate::channel::passages::agenda(page);
        out.extend(lines.into_iter().map(|line| (Weight::Once, line)));
    }
    out.extend(reader.passages(page.doc()).into_iter().map(|passage| {
        let weight = match passage.sort {
            Sort::Heading(_) => Weight::Head,
            _ => Weight::Once,
        };
        (weight, passage.text)
    }));
    out
}

/// A line of a list of articles.
fn shown(web: &Web<'_>, page: &Page) -> String {
    let meta = &page.meta;
    let date = meta.date.map(|date| web.dates(&page.language).day(date));
    let (iso, text) = date.map(|day| (day.iso, day.text)).unwrap_or_default();
    let section = web.site.section(page.section);
    let section = if section.path.is_empty() {
        ""
    } else {
        section.meta.title.as_str()
    };
    let state = match page.state {
        State::Expired => "expired",
        _ => "",
    };
    let record = Shown(
        &web.stamped_title(page),
        &address::page(web.site, page),
        &iso,
        &text,
        section,
        shortened(&meta.summary),
        state,
    );
    serde_json::to_string(&record).unwrap_or_default()
}

/// Up to so many letters, whole words.
fn shortened(text: &str) -> &str {
    let Some((end, _)) = text.char_indices().nth(SUMMARY) else {
        return text;
    };
    text[..end]
        .rsplit_once(' ')
        .map_or(&text[..end], |(words, _)| words)
}

/// The years of articles; those without a date come last, under no name.
fn years(pages: &[&Page]) -> Vec<(String, usize)> {
    let year = |page: &Page| page.meta.date.map(|date| date.year().to_string());
    let same = |one: &&Page, next: &&Page| year(one) == year(next);
    let years = pages.chunk_by(same);
    let years = years.map(|pages| (year(pages[0]).unwrap_or_default(), pages.len()));
    years.collect()
}

fn topics<'a>(web: &'a Web<'_>, language: &str, pages: &[&Page]) -> Vec<(&'a str, String)> {
    let places: std::collections::HashMap<PageId, u32> =
        pages.iter().map(|page| page.id).zip(0..).collect();
    let topics = web.shown.topics.get(language);
    let mut topics: Vec<&(String, Vec<PageId>)> = topics
        .into_iter()
        .flat_map(|topics| topics.values())
        .collect();
    topics.sort_by_key(|(_, pages)| std::cmp::Reverse(pages.len()));
    topics.truncate(TOPICS);
    topics.sort_by_cached_key(|(name, _)| sort_key(name));
    let topic = |(name, pages): &'a (String, Vec<PageId>)| {
        let (mut list, mut next) = (String::new(), 0);
        for place in pages.iter().filter_map(|id| places.get(id)) {
            number(place - next, &mut list);
            next = place + 1;
        }
        (name.as_str(), list)
    };
    topics.into_iter().map(topic).collect()
}
