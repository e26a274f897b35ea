//! What a web edition knows while it is made: addresses, cards, and who is shown.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::date;
use super::settings::Settings;
use crate::channel::{Job, address};
use crate::model::{
    Contact, ContactId, DocumentId, Held, Kind, Page, PageId, Picture, Section, SectionId, Site,
    State,
};
use crate::text::{slug, sort_key};
use crate::theme::view::{
    AgendaView, AlternateView, CardView, ContactView, HeadView, ImageView, LinkView, ProgrammeView,
    SiteView,
};
use crate::theme::{Context, Templates, Theme, Value, value};

/// A web edition.
pub(super) struct Web<'a> {
    pub(super) site: &'a Site,
    pub(super) job: Job<'a>,
    pub(super) settings: &'a Settings,
    pub(super) templates: &'a Templates,
    /// Languages that have something to show, the main one first.
    pub(super) languages: Vec<String>,
    /// Pages shown, newest first.
    pub(super) pages: Vec<PageId>,
    /// Topics by language, then slug: the name and its pages, newest first.
    pub(super) topics: BTreeMap<String, BTreeMap<String, (String, Vec<PageId>)>>,
    /// Legal documents that shown pages cite, with those pages, by language.
    pub(super) cited: BTreeMap<String, BTreeMap<DocumentId, Vec<PageId>>>,
    /// The style sheet: its address and its bytes.
    pub(super) style: (String, String),
    /// What templates know of the site, by language.
    frames: BTreeMap<String, (Value, Value)>,
}

impl<'a> Web<'a> {
    pub(super) fn new(job: Job<'a>, settings: &'a Settings, templates: &'a Templates) -> Web<'a> {
        let site = job.site;
        let mut pages: Vec<PageId> = site
            .pages_of(&job.edition.name, "web")
            .map(|page| page.id)
            .collect();
        pages.sort_by_key(|id| (std::cmp::Reverse(site.page(*id).meta.date), *id));
        let shown = |language: &&String| {
            **language == site.config.language
                || pages.iter().any(|id| site.page(*id).language == **language)
        };
        let languages: Vec<String> = site
            .config
            .languages
            .iter()
            .filter(shown)
            .cloned()
            .collect();
        let mut web = Web {
            site,
            job,
            settings,
            templates,
            topics: topics(site, &pages),
            cited: super::cited::cited(site, &pages, &languages, &job.edition.name),
            pages,
            style: style(job.theme),
            languages,
            frames: BTreeMap::new(),
        };
        let frames = web.languages.iter().map(|language| {
            let words = value(job.theme.words(language));
            (language.clone(), (value(&web.frame(language)), words))
        });
        web.frames = frames.collect();
        web
    }

    pub(super) fn title(&self) -> &str {
        self.settings
            .title
            .as_ref()
            .unwrap_or(&self.site.config.title)
    }

    /// A path under the edition as an address on its host.
    pub(super) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.settings.base.path())
    }

    /// A path under the edition as a whole address.
    pub(super) fn absolute(&self, path: &str) -> String {
        format!("{}{path}", self.settings.base)
    }

    /// An address on the host as a whole one.
    pub(super) fn whole(&self, url: &str) -> String {
        let base = self.settings.base.path();
        self.absolute(url.strip_prefix(base).unwrap_or(url))
    }

    /// Words of the theme.
    pub(super) fn word<'b>(&'b self, language: &str, name: &'b str) -> &'b str {
        self.job.theme.word(language, name)
    }

    /// The context that every template gets.
    pub(super) fn context(&self, language: &str, head: &HeadView) -> Context {
        let mut context = Context::new();
        if let Some((frame, words)) = self.frames.get(language) {
            context.insert_value("site", frame.clone());
            context.insert_value("t", words.clone());
        }
        context.insert_value("page", value(head));
        context
    }

    fn frame(&self, language: &str) -> SiteView {
        let prefix = self.site.config.language_prefix(language);
        let listed = |there: bool, path: String| {
            if there {
                self.url(&path)
            } else {
                String::new()
            }
        };
        let icon = self.job.theme.files.contains_key("web/static/icon.svg");
        SiteView {
            title: self.title().to_owned(),
            edition: self.job.edition.name.clone(),
            language: language.to_owned(),
            home: self.url(&prefix),
            feed: self.url(&format!("{prefix}atom.xml")),
            topics: listed(
                self.topics.contains_key(language),
                format!("{prefix}{}/", names(language).topics),
            ),
            documents: listed(
                self.cited.contains_key(language),
                self.documents_path(language),
            ),
            base_url: self.settings.base.to_string(),
            style: self.url(&self.style.0),
            icon: listed(icon, "assets/icon.svg".to_owned()),
            today: date::day(self.site.today, language),
            menu: self.menu(language),
            emergency: self.emergency(language),
        }
    }

    fn emergency(&self, language: &str) -> Vec<ContactView> {
        let contacts = (0..self.site.facts.contacts.len()).map(ContactId);
        let urgent = contacts.filter(|id| {
            let contact = self.site.facts.contact(*id);
            contact.emergency && contact.phone.is_some()
        });
        urgent.map(|id| self.contact(id, language)).collect()
    }

    fn menu(&self, language: &str) -> Vec<LinkView> {
        let root = self
            .site
            .sections
            .iter()
            .find(|section| section.path.is_empty() && section.language == language);
        let children = root
            .map(|root| root.children.as_slice())
            .unwrap_or_default();
        children
            .iter()
            .map(|id| self.site.section(*id))
            .filter(|section| !self.below(section).is_empty())
            .map(|s| self.section_link(s))
            .collect()
    }

    pub(super) fn section_link(&self, section: &Section) -> LinkView {
        LinkView {
            title: section.meta.title.clone(),
            url: self.url(&address::section(self.site, section)),
        }
    }

    pub(super) fn documents_path(&self, language: &str) -> String {
        format!(
            "{}{}/",
            self.site.config.language_prefix(language),
            names(language).documents
        )
    }

    pub(super) fn topic_path(&self, language: &str, topic: &str) -> String {
        format!(
            "{}{}/{topic}/",
            self.site.config.language_prefix(language),
            names(language).topics
        )
    }

    /// Shown pages in a section and below it, newest first.
    pub(super) fn below(&self, section: &Section) -> Vec<PageId> {
        let inside = |id: &&PageId| {
            let own = self.site.section(self.site.page(**id).section);
            own.language == section.language && own.segments.starts_with(&section.segments)
        };
        self.pages.iter().filter(inside).copied().collect()
    }

    pub(super) fn is_shown(&self, id: PageId) -> bool {
        let page = self.site.page(id);
        page.state != State::Scheduled && page.is_in(&self.job.edition.name, "web")
    }

    /// What lists show of a page.
    pub(super) fn card(&self, page: &Page) -> CardView {
        let path = address::page(self.site, page);
        let language = page.language.as_str();
        let meta = &page.meta;
        let topics = meta.topics.iter().map(|topic| LinkView {
            title: topic.clone(),
            url: self.url(&self.topic_path(language, &slug(topic))),
        });
        CardView {
            title: meta.title.clone(),
            summary: meta.summary.clone(),
            canonical: self.absolute(&path),
            url: self.url(&path),
            kind: meta.kind.name().to_owned(),
            priority: meta.priority.name().to_owned(),
            date: meta.date.map(|day| date::day(day, language)),
            updated: meta.updated.map(|day| date::day(day, language)),
            section: self.section_link(self.site.section(page.section)),
            topics: topics.collect(),
            image: meta.image.as_ref().map(|picture| self.image(picture)),
            starts: meta
                .programme
                .as_ref()
                .filter(|_| meta.kind == Kind::Programme)
                .map(|event| date::moment(event.starts, language)),
            unapproved: page.unapproved,
            held: page.held.map(Held::name).unwrap_or_default().to_owned(),
            held_until: match page.held {
                Some(Held::Until(start)) => Some(date::moment(start, language)),
                _ => None,
            },
            expired: page.state == State::Expired,
            sensitive: meta.sensitive,
        }
    }

    pub(super) fn cards(&self, pages: &[PageId]) -> Vec<CardView> {
        pages
            .iter()
            .map(|id| self.card(self.site.page(*id)))
            .collect()
    }

    pub(super) fn image(&self, picture: &Picture) -> ImageView {
        let asset = self.site.asset(picture.asset);
        let (width, height) = asset.size.unwrap_or_default();
        ImageView {
            src: self.url(&address::file(&asset.path)),
            alt: picture.alt.clone(),
            credit: picture.credit.clone().unwrap_or_default(),
            width,
            height,
        }
    }

    pub(super) fn programme(&self, page: &Page) -> Option<ProgrammeView> {
        let event = page.meta.programme.as_ref()?;
        let language = page.language.as_str();
        let items = event.items.iter().map(|item| AgendaView {
            at: format!("{:02}:{:02}", item.at.hour(), item.at.minute()),
            minutes: item.minutes.unwrap_or(0),
            what: item.what.clone(),
            who: item.who.clone().unwrap_or_default(),
        });
        Some(ProgrammeView {
            title: page.meta.title.clone(),
            starts: date::moment(event.starts, language),
            ends: event.ends.map(|ends| date::moment(ends, language)),
            place: event.place.clone(),
            calendar: self.url(&format!("{}calendar.ics", address::page(self.site, page))),
            items: items.collect(),
        })
    }

    pub(super) fn contact(&self, id: ContactId, language: &str) -> ContactView {
        contact(&self.site.facts.contact_for(id, None, language))
    }

    /// The same thing in all languages that show it; empty when there is only one.
    pub(super) fn alternates(&self, paths: &[(String, String)]) -> Vec<AlternateView> {
        let mut out: Vec<AlternateView> = Vec::new();
        for language in &self.languages {
            if let Some((_, path)) = paths.iter().find(|(of, _)| of == language) {
                out.push(AlternateView {
                    language: language.clone(),
                    name: own_name(language).to_owned(),
                    url: self.url(path),
                    canonical: self.absolute(path),
                });
            }
        }
        if out.len() < 2 { Vec::new() } else { out }
    }

    pub(super) fn page_alternates(&self, page: &Page) -> Vec<AlternateView> {
        let shown = page
            .translations
            .iter()
            .filter(|(_, id)| self.is_shown(**id));
        let path = |id: &PageId| address::page(self.site, self.site.page(*id));
        let paths: Vec<(String, String)> = shown
            .map(|(language, id)| (language.clone(), path(id)))
            .collect();
        self.alternates(&paths)
    }

    pub(super) fn section_alternates(&self, section: &Section) -> Vec<AlternateView> {
        let there = |id: &SectionId| {
            let other = self.site.section(*id);
            other.segments.is_empty() || !self.below(other).is_empty()
        };
        let paths: Vec<(String, String)> = section
            .translations
            .iter()
            .filter(|(_, id)| there(id))
            .map(|(language, id)| {
                (
                    language.clone(),
                    address::section(self.site, self.site.section(*id)),
                )
            })
            .collect();
        self.alternates(&paths)
    }

    /// The way from the front page to a section, the section last.
    pub(super) fn way_to(&self, section: &Section) -> Vec<LinkView> {
        let mut out = Vec::new();
        let mut next = Some(section);
        while let Some(section) = next {
            let mut link = self.section_link(section);
            if section.path.is_empty() {
                self.word(&section.language, "home")
                    .clone_into(&mut link.title);
            }
            out.push(link);
            next = section.parent.map(|id| self.site.section(id));
        }
        out.reverse();
        out
    }
}

/// A contact for templates.
pub(super) fn contact(contact: &Contact) -> ContactView {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    ContactView {
        key: contact.key.clone(),
        name: contact.name.clone(),
        phone: contact
            .phone
            .as_ref()
            .map(|phone| phone.display.clone())
            .unwrap_or_default(),
        tel: contact
            .phone
            .as_ref()
            .map(|phone| format!("tel:{}", phone.dial))
            .unwrap_or_default(),
        hours: text(&contact.hours),
        address: text(&contact.address),
        url: text(&contact.url),
        emergency: contact.emergency,
    }
}

/// Path segments that loa itself adds, in the language of the pages.
#[derive(Debug, Clone, Copy)]
pub(super) struct Names {
    pub(super) topics: &'static str,
    pub(super) documents: &'static str,
    pub(super) page: &'static str,
}

pub(super) fn names(language: &str) -> Names {
    match language {
        "vi" => Names {
            topics: "chu-de",
            documents: "van-ban",
            page: "trang",
        },
        _ => Names {
            topics: "topics",
            documents: "documents",
            page: "page",
        },
    }
}

fn own_name(language: &str) -> &str {
    match language {
        "vi" => "Tiếng Việt",
        "en" => "English",
        "km" => "ភាសាខ្មែរ",
        "zh" => "中文",
        other => other,
    }
}

fn topics(
    site: &Site,
    pages: &[PageId],
) -> BTreeMap<String, BTreeMap<String, (String, Vec<PageId>)>> {
    let mut out: BTreeMap<String, BTreeMap<String, (String, Vec<PageId>)>> = BTreeMap::new();
    for id in pages {
        let page = site.page(*id);
        for topic in &page.meta.topics {
            let of_language = out.entry(page.language.clone()).or_default();
            let (_, list) = of_language
                .entry(slug(topic))
                .or_insert_with(|| (topic.clone(), Vec::new()));
            if list.last() != Some(id) {
                list.push(*id);
            }
        }
    }
    out
}

/// All style sheets of a theme as one, under a name that changes with its content.
fn style(theme: &Theme) -> (String, String) {
    let mut text = String::new();
    for path in theme.styles.iter().filter(|path| path.starts_with("web/")) {
        text.push_str(theme.text(path).unwrap_or_default().trim());
        text.push('\n');
    }
    let digest = Sha256::digest(text.as_bytes());
    let short: String = digest
        .iter()
        .take(5)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    (format!("assets/style.{short}.css"), text)
}

/// Topics in alphabetical order: slug, name, pages.
pub(super) fn sorted_topics(
    topics: &BTreeMap<String, (String, Vec<PageId>)>,
) -> Vec<(&str, &str, &[PageId])> {
    let mut out: Vec<(&str, &str, &[PageId])> = topics
        .iter()
        .map(|(slug, (name, pages))| (slug.as_str(), name.as_str(), pages.as_slice()))
        .collect();
    out.sort_by_cached_key(|(_, name, _)| sort_key(name));
    out
}
