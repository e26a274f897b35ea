//! What each piece of a web edition is made from, as one digest.

use super::views::Web;
use super::{Piece, archive, assets, podcast, search, share, untranslated};
use crate::model::{Body, Digest, Digester, Page, PageId, Section};
use crate::theme::Theme;

/// What the pieces of an edition have in common. Empty in a run that remembers nothing.
pub(super) struct Keys {
    edition: Digest,
    /// By language, in the order in which they are shown.
    frames: Vec<(String, Digest)>,
    /// All pages that are shown, newest first.
    all: Digest,
    sections: Digest,
}

impl Keys {
    pub(super) fn new(web: &Web<'_>) -> Keys {
        let known = web.job.known;
        let mut edition = Digester::default();
        edition.digest(known.edition(web.job, &web.settings));
        edition.texts(web.shown.languages.iter().map(String::as_str));
        for (name, base) in &web.originals {
            edition.text(name).text(base);
        }
        let dated = shows_today(web.job.theme);
        let frame = |language: &String| {
            let mut frame = web.frame(language);
            if !dated {
                frame.today.iso.clear();
                frame.today.long.clear();
            }
            (
                language.clone(),
                Digest::of(format!("{frame:?}").as_bytes()),
            )
        };
        let mut all = Digester::default();
        all.digest(known.cards(&web.shown.pages));
        all.digest(known.cards(&web.shown.withdrawn));
        Keys {
            edition: edition.finish(),
            frames: web.shown.languages.iter().map(frame).collect(),
            all: all.finish(),
            sections: known.all_sections(),
        }
    }

    /// The key of a piece.
    pub(super) fn of(&self, web: &Web<'_>, piece: &Piece) -> Digest {
        let mut key = Digester::default();
        key.text(&piece.name(web)).digest(self.edition);
        match piece {
            Piece::Article(id) => {
                let page = web.site.page(*id);
                self.frame(&page.language, &mut key);
                article(web, page, &mut key);
            }
            Piece::ShareCard(id) => share::key(web, web.site.page(*id), &mut key),
            Piece::Section(id, part) => {
                let section = web.site.section(*id);
                self.frame(&section.language, &mut key);
                key.digest(self.sections);
                list(web, web.shown.below(section), *part, &mut key);
                section_body(web, section, &mut key);
                if part.0 == 1 {
                    untranslated::key(web, section, &mut key);
                }
            }
            Piece::Topic(language, slug, part) => {
                self.frame(language, &mut key);
                if let Some((name, pages)) = topic(web, language, slug) {
                    key.text(name);
                    list(web, pages, *part, &mut key);
                }
            }
            Piece::SectionFeed(_)
            | Piece::TopicFeed(..)
            | Piece::Feed(_)
            | Piece::Podcast(_)
            | Piece::News => {
                self.feed(web, piece, &mut key);
            }
            Piece::Documents(language) => {
                self.frame(language, &mut key);
                documents(web, language, &mut key);
            }
            Piece::Search(language) => self.frame(language, &mut key),
            Piece::SearchIndex(language) => {
                search::key(web, language, &mut key, |page, key| {
                    uses(web, &page.body, key);
                });
            }
            Piece::Front(language) => {
                self.frame(language, &mut key);
                key.digest(self.all).digest(self.sections);
                heard(web, language, &mut key);
                if with_events(web) {
                    key.text(&web.site.today.to_string());
                }
            }
            Piece::Sitemap => {
                self.main_frame(web, &mut key);
                key.digest(self.all).digest(self.sections);
                topics(web, &mut key);
                key.texts(web.shown.cited.keys().map(String::as_str));
            }
            Piece::Topics(_) | Piece::Archive(_) | Piece::Month(..) | Piece::Statement(_) => {
                self.besides(web, piece, &mut key);
            }
            Piece::Robots | Piece::NotFound => self.main_frame(web, &mut key),
            Piece::ThemeFiles | Piece::Headers => {}
            Piece::Picture(_) | Piece::PageFiles => files(web, piece, &mut key),
        }
        key.finish()
    }

    /// What no article is on by itself.
    fn besides(&self, web: &Web<'_>, piece: &Piece, key: &mut Digester) {
        match piece {
            Piece::Topics(language) => {
                self.frame(language, key);
                topics(web, key);
            }
            Piece::Archive(language) => {
                self.frame(language, key);
                key.texts(web.archive.keys().map(String::as_str));
                archive::key(web, language, key);
            }
            Piece::Month(language, month) => {
                self.frame(language, key);
                let months = web.archive.get(language);
                let pages = months.and_then(|months| months.get(month));
                key.digest(web.job.known.list(pages.map_or(&[], Vec::as_slice)));
            }
            Piece::Statement(language) => {
                self.frame(language, key);
                let contact = web.site_contact().map(|id| web.contact(id, language));
                key.text(&format!("{contact:?}"));
            }
            _ => {}
        }
    }

    /// What programs follow.
    fn feed(&self, web: &Web<'_>, piece: &Piece, key: &mut Digester) {
        match piece {
            Piece::SectionFeed(id) => {
                let section = web.site.section(*id);
                self.frame(&section.language, key);
                key.digest(web.job.known.section(*id));
                newest(web, web.shown.below(section), key);
                texts(web, web.shown.below(section), key);
            }
            Piece::TopicFeed(language, slug) => {
                self.frame(language, key);
                if let Some((name, pages)) = topic(web, language, slug) {
                    key.text(name);
                    newest(web, pages, key);
                }
            }
            Piece::Feed(language) => {
                self.frame(language, key);
                key.digest(self.all);
                newest(web, &web.shown.pages, key);
                let pages = web.shown.pages.iter().copied();
                let own = pages.filter(|id| web.site.page(*id).language == *language);
                texts(
                    web,
                    &own.take(super::feeds::NEWEST).collect::<Vec<_>>(),
                    key,
                );
            }
            Piece::Podcast(language) => {
                self.frame(language, key);
                key.digest(self.sections);
                heard(web, language, key);
            }
            Piece::News => {
                self.main_frame(web, key);
                key.digest(web.job.known.list(&super::feeds::news(web)));
            }
            _ => {}
        }
    }

    /// What every page of a language has around it.
    fn frame(&self, language: &str, key: &mut Digester) {
        key.text(language);
        if let Some((_, frame)) = self.frames.iter().find(|(of, _)| of == language) {
            key.digest(*frame);
        }
    }

    fn main_frame(&self, web: &Web<'_>, key: &mut Digester) {
        self.frame(&web.site.config.language, key);
    }
}

/// Files that are copied or made of single files.
fn files(web: &Web<'_>, piece: &Piece, key: &mut Digester) {
    if let Piece::Picture(id) = piece {
        let asset = web.site.asset(*id);
        key.digest(asset.blob.digest());
        key.text(&format!("{:?}", asset.size));
        return;
    }
    for id in assets::used(web) {
        let asset = web.site.asset(id);
        key.text(&asset.path).digest(asset.blob.digest());
    }
}

/// Whether a template says which day it is: only then is a page another one tomorrow.
fn shows_today(theme: &Theme) -> bool {
    let mut templates = theme
        .files
        .iter()
        .filter(|(path, _)| path.starts_with("web/"));
    templates.any(|(_, bytes)| String::from_utf8_lossy(bytes).contains("today"))
}

/// Whether anything on the front page is over one day.
fn with_events(web: &Web<'_>) -> bool {
    let mut pages = web.shown.pages.iter().map(|id| web.site.page(*id));
    pages.any(|page| page.meta.programme.is_some())
}

fn article(web: &Web<'_>, page: &Page, key: &mut Digester) {
    let known = web.job.known;
    key.digest(known.page(page.id));
    let (older, newer) = web.shown.beside(page.id);
    for beside in [older, newer] {
        key.digest(beside.map(|id| known.card(id)).unwrap_or_default());
    }
    key.digest(known.list(web.shown.related(page.id)));
    podcast::key(web, page.id, key);
    uses(web, &page.body, key);
}

fn uses(web: &Web<'_>, body: &Body, key: &mut Digester) {
    let known = web.job.known;
    known.uses(web.site, body, key, |id, key| {
        let contact = known.registry().map(|all| all.contacts[id.0]);
        key.digest(contact.unwrap_or_default());
    });
}

fn section_body(web: &Web<'_>, section: &Section, key: &mut Digester) {
    key.digest(web.job.known.section(section.id));
    for child in section.children.iter().map(|id| web.site.section(*id)) {
        key.flag(web.shown.below(child).is_empty());
    }
    for other in section.translations.values() {
        let other = web.site.section(*other);
        key.flag(web.shown.below(other).is_empty());
    }
    uses(web, &section.body, key);
}

/// Some pages of a list: the articles on them, and how many there are in all.
fn list(web: &Web<'_>, pages: &[PageId], part: (usize, usize), key: &mut Digester) {
    let per_page = web.settings.per_page;
    let end = pages.len().min(part.1 * per_page);
    let start = ((part.0 - 1) * per_page).min(end);
    key.number(pages.len()).number(part.0).number(part.1);
    key.digest(web.job.known.cards(&pages[start..end]));
}

/// The entries of a feed; an empty one has the date of the day.
fn newest(web: &Web<'_>, pages: &[PageId], key: &mut Digester) {
    let newest = &pages[..pages.len().min(super::feeds::NEWEST)];
    key.digest(web.job.known.list(newest));
    let dated = |id: &PageId| {
        let meta = &web.site.page(*id).meta;
        meta.updated.or(meta.date).is_some()
    };
    if !newest.iter().any(dated) {
        key.text(&web.site.today.to_string());
    }
}

/// The texts in a feed, and what they refer to.
fn texts(web: &Web<'_>, pages: &[PageId], key: &mut Digester) {
    for id in pages.iter().take(super::feeds::NEWEST) {
        key.digest(web.job.known.page(*id));
        uses(web, &web.site.page(*id).body, key);
    }
}

/// The articles of a podcast with their sounds.
fn heard(web: &Web<'_>, language: &str, key: &mut Digester) {
    let pages = podcast::heard(web, language);
    key.digest(web.job.known.list(&pages));
    for id in pages {
        podcast::key(web, id, key);
    }
}

fn topic<'a>(web: &'a Web<'_>, language: &str, slug: &str) -> Option<(&'a str, &'a [PageId])> {
    let (name, pages) = web.shown.topics.get(language)?.get(slug)?;
    Some((name, pages))
}

fn topics(web: &Web<'_>, key: &mut Digester) {
    for (language, topics) in &web.shown.topics {
        key.text(language).number(topics.len());
        for (slug, (name, pages)) in topics {
            key.text(slug).text(name).number(pages.len());
        }
    }
}

fn documents(web: &Web<'_>, language: &str, key: &mut Digester) {
    let known = web.job.known;
    key.texts(web.shown.cited.keys().map(String::as_str));
    for (id, pages) in web.shown.cited.get(language).into_iter().flatten() {
        let document = known.registry().map(|all| all.documents[id.0]);
        key.number(id.0).digest(document.unwrap_or_default());
        key.digest(known.cards(pages));
    }
}
