//! The web channel: pages, feeds, calendars and everything around them.

mod archive;
mod assets;
mod calendar;
mod cited;
mod date;
mod feeds;
mod frame;
mod front;
mod html;
mod keys;
mod lists;
mod minify;
mod pages;
mod pictures;
mod podcast;
mod policy;
mod related;
mod search;
mod settings;
mod share;
mod shown;
mod statement;
mod structured;
#[cfg(test)]
mod testing;
mod untranslated;
mod views;
mod weight;

use std::sync::OnceLock;

use jiff::civil::Date;

use super::{Carries, Channel, Emergency, Job, Making, Out, Output, Product, Shard, Want, address};
use crate::diag::{Diagnostic, Event, EventKind};
use crate::model::{
    AssetId, ContactId, Digest, Edition, Page, PageId, Section, SectionId, Site, State,
};
use crate::theme::{Templates, template_failed};
use keys::Keys;
use settings::{Minify, Settings};
use views::Web as Views;

/// The web channel.
#[derive(Debug)]
pub struct Web;

impl Channel for Web {
    fn name(&self) -> &'static str {
        "web"
    }

    fn late(&self, site: &Site, _: &Edition) -> Vec<String> {
        let languages = site.config.languages.iter();
        languages
            .map(|language| search::folder(site, language))
            .collect()
    }

    fn check(&self, edition: &Edition, diags: &mut Vec<Diagnostic>) {
        let _ = Settings::read(edition, diags);
    }

    fn carries(&self) -> Carries {
        Carries {
            product: Product::Page,
            recap: false,
            footnotes: true,
            struck: true,
            emergency: Emergency::Everywhere,
        }
    }

    fn outputs(&self, site: &Site, edition: &Edition, page: &Page) -> Vec<Output> {
        let shown = page.state != State::Scheduled && page.is_in(&edition.name, self.name());
        let path = format!("{}index.html", address::page(site, page));
        shown.then(|| Output::single(path)).into_iter().collect()
    }

    fn section_outputs(&self, site: &Site, section: &Section) -> Vec<Output> {
        let path = format!("{}index.html", address::section(site, section));
        // The front page shows no text of its own.
        let shown = !section.path.is_empty();
        shown.then(|| Output::single(path)).into_iter().collect()
    }

    fn register(&self, site: &Site, language: &str) -> Option<Output> {
        let folder = frame::documents_path(site, language);
        Some(Output::single(format!("{folder}index.html")))
    }

    fn own_contact(&self, site: &Site, edition: &Edition) -> Option<(ContactId, Vec<Output>)> {
        let key = Settings::read(edition, &mut Vec::new())?.contact?;
        let mut contacts = site.facts.contacts.iter();
        let id = ContactId(contacts.position(|one| one.key == key)?);
        let shown = |language: &&String| {
            let mut pages = site.pages_of(&edition.name, self.name());
            **language == site.config.language || pages.any(|page| page.language == **language)
        };
        let languages = site.config.languages.iter().filter(shown);
        let path = |language: &String| format!("{}index.html", statement::path(site, language));
        let outputs = languages.map(|language| Output::single(path(language)));
        Some((id, outputs.collect()))
    }

    fn prepare<'a>(&self, job: Job<'a>) -> Result<Box<dyn Making + 'a>, Vec<Diagnostic>> {
        // What is wrong in the settings was said when they were checked.
        let Some(settings) = Settings::read(job.edition, &mut Vec::new()) else {
            return Err(Vec::new());
        };
        let read = match settings.minify {
            Minify::Off => Templates::new,
            Minify::Tight | Minify::Full => Templates::tight,
        };
        let templates = read(job.theme, "web/")
            .map_err(|said| vec![template_failed(job.edition.span, &said)])?;
        let templates = templates.traced(job.trace, &job.edition.name);
        let views = Views::new(job, settings, templates)
            .map_err(|said| vec![template_failed(job.edition.span, &said)])?;
        let wrong = views.check();
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let pieces = match job.want {
            Want::One(path) => search::asked(&views, path),
            _ => dealt(pieces(&views), &views),
        };
        Ok(Box::new(Website {
            keys: OnceLock::new(),
            cards: share::Cards::default(),
            views,
            pieces,
        }))
    }
}

/// A web edition and all that it is made of.
struct Website<'a> {
    views: Views<'a>,
    pieces: Vec<Piece>,
    cards: share::Cards,
    /// Made when a key is first asked for.
    keys: OnceLock<Keys>,
}

/// What can be made on its own: which one it is, never how it is made.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Article(PageId),
    ShareCard(PageId),
    Front(String),
    /// Some pages of a section's list: the first and the last.
    Section(SectionId, (usize, usize)),
    /// Some pages of a topic's list, by language and slug.
    Topic(String, String, (usize, usize)),
    Topics(String),
    /// The list of months.
    Archive(String),
    Month(String, Date),
    /// The accessibility statement.
    Statement(String),
    Documents(String),
    Feed(String),
    Podcast(String),
    Search(String),
    SearchIndex(String),
    SectionFeed(SectionId),
    TopicFeed(String, String),
    Sitemap,
    News,
    Robots,
    /// What hosts are told to send with each file.
    Headers,
    NotFound,
    ThemeFiles,
    PageFiles,
    Picture(AssetId),
}

fn pieces(web: &Views<'_>) -> Vec<Piece> {
    let mut out = vec![
        Piece::Sitemap,
        Piece::PageFiles,
        Piece::Robots,
        Piece::Headers,
        Piece::NotFound,
        Piece::ThemeFiles,
    ];
    if feeds::has_news(web) {
        out.push(Piece::News);
    }
    for language in &web.shown.languages {
        out.push(Piece::Front(language.clone()));
        out.push(Piece::Feed(language.clone()));
        if web.has_accessibility() {
            out.push(Piece::Statement(language.clone()));
        }
        if !podcast::heard(web, language).is_empty() {
            out.push(Piece::Podcast(language.clone()));
        }
        if search::is_on(web) {
            out.push(Piece::Search(language.clone()));
            // The index is made of all articles: a preview waits for it only when somebody looks for words.
            if !matches!(web.job.want, Want::Quick) {
                out.push(Piece::SearchIndex(language.clone()));
            }
        }
    }
    for section in web.site.sections.iter().filter(|one| !one.path.is_empty()) {
        let articles = web.shown.below(section).len();
        if web.shown.is_made(section) {
            out.push(Piece::SectionFeed(section.id));
            let parts = lists::parts(web, articles);
            out.extend(parts.map(|part| Piece::Section(section.id, part)));
        }
    }
    for (language, topics) in &web.shown.topics {
        out.push(Piece::Topics(language.clone()));
        for (slug, (_, pages)) in topics {
            out.push(Piece::TopicFeed(language.clone(), slug.clone()));
            let parts = lists::parts(web, pages.len());
            out.extend(parts.map(|part| Piece::Topic(language.clone(), slug.clone(), part)));
        }
    }
    for (language, months) in &web.archive {
        out.push(Piece::Archive(language.clone()));
        let months = months.keys();
        out.extend(months.map(|month| Piece::Month(language.clone(), *month)));
    }
    out.extend(web.shown.cited.keys().cloned().map(Piece::Documents));
    let pictures = assets::looked_at(web).into_iter();
    out.extend(pictures.map(Piece::Picture));
    let pages = web.shown.pages.iter().chain(&web.shown.withdrawn);
    out.extend(pages.clone().copied().map(Piece::Article));
    let pages = pages.filter(|id| share::has(web, web.site.page(**id)));
    out.extend(pages.copied().map(Piece::ShareCard));
    out
}

impl Piece {
    /// Roughly in kilobytes of text.
    fn size(&self, web: &Views<'_>) -> usize {
        match self {
            Piece::Article(id) => {
                let page = web.site.page(*id);
                web.job.size(page) / 1024
            }
            Piece::Section(_, part) | Piece::Topic(_, _, part) => {
                (part.1 - part.0 + 1) * web.settings.per_page / 2
            }
            Piece::Sitemap | Piece::PageFiles => web.shown.pages.len() / 5,
            // About as long as a hundred kilobytes of text.
            Piece::Picture(_) => 100,
            Piece::SearchIndex(_) => web.shown.pages.len() * 2,
            Piece::Documents(_) | Piece::Topics(_) | Piece::Month(..) => 64,
            Piece::Podcast(_)
            | Piece::Front(_)
            | Piece::Feed(_)
            | Piece::SectionFeed(_)
            | Piece::TopicFeed(..) => 16,
            Piece::Robots
            | Piece::Headers
            | Piece::NotFound
            | Piece::News
            | Piece::Search(_)
            | Piece::Archive(_)
            | Piece::Statement(_)
            | Piece::ThemeFiles
            | Piece::ShareCard(_) => 4,
        }
    }

    /// What it is called, whatever else is on the site.
    fn name(&self, web: &Views<'_>) -> String {
        match self {
            Piece::Article(id) => web.job.sources.path(web.site.page(*id).file).to_owned(),
            Piece::ShareCard(id) => {
                let file = web.site.page(*id).file;
                format!("share card of {}", web.job.sources.path(file))
            }
            Piece::Section(id, part) => {
                let section = web.site.section(*id);
                format!("section {} {} {}", section.language, section.path, part.0)
            }
            Piece::SectionFeed(id) => {
                let section = web.site.section(*id);
                format!("feed of section {} {}", section.language, section.path)
            }
            Piece::Topic(language, slug, part) => format!("topic {language} {slug} {}", part.0),
            Piece::TopicFeed(language, slug) => format!("feed of topic {language} {slug}"),
            Piece::Front(language) => format!("front page {language}"),
            Piece::Topics(language) => format!("topics {language}"),
            Piece::Archive(language) => format!("archive {language}"),
            Piece::Month(language, month) => format!("month {language} {month}"),
            Piece::Statement(language) => format!("accessibility statement {language}"),
            Piece::Documents(language) => format!("legal documents {language}"),
            Piece::Feed(language) => format!("feed {language}"),
            Piece::Podcast(language) => format!("podcast {language}"),
            Piece::Search(language) => format!("search {language}"),
            Piece::SearchIndex(language) => format!("index of search {language}"),
            Piece::Sitemap => "sitemap".to_owned(),
            Piece::News => "sitemap of news".to_owned(),
            Piece::Robots => "robots.txt".to_owned(),
            Piece::Headers => "headers".to_owned(),
            Piece::NotFound => "404".to_owned(),
            Piece::ThemeFiles => "files of the theme".to_owned(),
            Piece::PageFiles => "files of pages".to_owned(),
            Piece::Picture(id) => format!("picture {}", web.site.asset(*id).path),
        }
    }
}

/// The pieces of the wanted part.
fn dealt(mut pieces: Vec<Piece>, web: &Views<'_>) -> Vec<Piece> {
    let shard = web.job.shard;
    if shard != Shard::WHOLE {
        let work = pieces
            .iter()
            .map(|piece| (piece.name(web), piece.size(web)));
        let work: Vec<_> = work.collect();
        let own = shard.deal(&web.job.edition.name, &work, 1);
        let mut own = own.into_iter();
        pieces.retain(|_| own.next().is_some_and(|places| !places.is_empty()));
    }
    pieces
}

impl Making for Website<'_> {
    fn pieces(&self) -> Vec<usize> {
        let sizes = self.pieces.iter().map(|piece| piece.size(&self.views));
        sizes.collect()
    }

    fn event(&self, piece: usize) -> Event {
        let piece = &self.pieces[piece];
        let kind = match piece {
            Piece::Article(_) => EventKind::Article,
            _ => EventKind::Piece,
        };
        Event::new(kind, piece.name(&self.views), self.edition())
    }

    fn edition(&self) -> &str {
        &self.views.job.edition.name
    }

    fn key(&self, piece: usize) -> Option<Digest> {
        let keys = self.keys.get_or_init(|| Keys::new(&self.views));
        Some(keys.of(&self.views, &self.pieces[piece]))
    }

    fn again(&self, page: &Page, out: &mut Out<'_>) {
        let web = &self.views;
        // A recording may be of other words than those.
        if web.shown.is_listed(page.id) && !web.recordings.contains_key(&page.id) {
            pages::article(web, page, out);
        }
    }

    fn make(&self, piece: usize, out: &mut Out<'_>) {
        let web = &self.views;
        // Only what is published is asked for compressed.
        if matches!(web.job.want, Want::All) {
            out.compress(&web.settings.compress);
        }
        match &self.pieces[piece] {
            Piece::Article(id) => pages::article(web, web.site.page(*id), out),
            Piece::ShareCard(id) => share::card(web, &self.cards, web.site.page(*id), out),
            Piece::Front(language) => front::front(web, language, out),
            Piece::Section(id, part) => {
                lists::section_pages(web, web.site.section(*id), *part, out);
            }
            Piece::Topic(language, slug, part) => {
                lists::topic_pages(web, language, slug, *part, out);
            }
            Piece::Topics(language) => lists::all_topics(web, language, out),
            Piece::Archive(language) => archive::index(web, language, out),
            Piece::Month(language, month) => archive::month(web, language, *month, out),
            Piece::Statement(language) => statement::statement(web, language, out),
            Piece::Documents(language) => lists::documents(web, language, out),
            Piece::Feed(language) => feeds::language_feed(web, language, out),
            Piece::Podcast(language) => podcast::feed(web, language, out),
            Piece::Search(language) => search::search_page(web, language, out),
            Piece::SearchIndex(language) => search::index_files(web, language, out),
            Piece::SectionFeed(id) => feeds::section_feed(web, web.site.section(*id), out),
            Piece::TopicFeed(language, slug) => feeds::topic_feed(web, language, slug, out),
            Piece::Sitemap => feeds::sitemap(web, out),
            Piece::News => feeds::news_sitemap(web, out),
            Piece::Robots => feeds::robots(web, out),
            Piece::Headers => policy::files(web, out),
            Piece::NotFound => pages::not_found(web, out),
            Piece::ThemeFiles => assets::of_theme(web, out),
            Piece::PageFiles => assets::of_pages(web, out),
            Piece::Picture(id) => pictures::make(web, *id, out),
        }
    }
}
