//! What a web edition knows while it is made: addresses, frames and cards, each made once.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use jiff::civil::Date;

use super::date;
use super::podcast;
use super::settings::{Minify, Settings};
use super::shown::Shown;
use crate::channel::{Job, address};
use crate::load::{Recording, recordings};
use crate::model::{
    Contact, ContactId, Held, Kind, Page, PageId, Picture, Section, SectionId, Site, State,
};
use crate::text::sha256;
use crate::theme::view::{
    AgendaView, AlternateView, CardView, ContactView, HeadView, ImageView, LinkView, ProgrammeView,
    SiteView,
};
use crate::theme::{Context, Templates, Theme, Value, tight_css, value};

/// A web edition.
pub(super) struct Web<'a> {
    pub(super) site: &'a Site,
    pub(super) job: Job<'a>,
    pub(super) settings: Settings,
    pub(super) templates: Templates,
    pub(super) shown: Shown,
    /// What can be heard, by page.
    pub(super) recordings: BTreeMap<PageId, Recording>,
    /// The style sheet: its address and its bytes.
    pub(super) style: (String, String),
    /// What the style sheet weighs on the way.
    pub(super) style_weight: usize,
    /// What templates know of the site, by language: `site` and `t`.
    frames: BTreeMap<String, (Value, Value)>,
    /// What cards share.
    shared: Shared<'a>,
    /// What lists show of each page of the site, made when a list first shows it; all lists share these.
    cards: Vec<OnceLock<Value>>,
}

/// Parts of cards that many of them have, each made once.
#[derive(Default)]
struct Shared<'a> {
    /// By section of the site.
    sections: Vec<Value>,
    /// By language and topic as written.
    topics: BTreeMap<(&'a str, &'a str), Value>,
    /// By language.
    days: BTreeMap<(&'a str, Date), Value>,
}

impl<'a> Web<'a> {
    pub(super) fn new(job: Job<'a>, settings: Settings, templates: Templates) -> Web<'a> {
        let style = style(job.theme, settings.minify);
        let mut web = Web {
            site: job.site,
            job,
            settings,
            templates,
            shown: Shown::new(job),
            recordings: recordings(job.site),
            style_weight: super::weight::compressed(style.1.as_bytes()),
            style,
            frames: BTreeMap::new(),
            shared: Shared::default(),
            cards: Vec::new(),
        };
        let frames = web.shown.languages.iter().map(|language| {
            let words = value(job.theme.words(language));
            (language.clone(), (value(&web.frame(language)), words))
        });
        web.frames = frames.collect();
        web.shared = web.shared();
        web.cards = job.site.pages.iter().map(|_| OnceLock::new()).collect();
        web
    }

    fn topic_link(&self, language: &str, topic: &str) -> Value {
        value(&LinkView {
            title: topic.to_owned(),
            url: self.url(&self.topic_path(language, self.shown.slug(topic))),
        })
    }

    fn shared(&self) -> Shared<'a> {
        let link = |section: &Section| value(&self.section_link(section));
        let mut shared = Shared {
            sections: self.site.sections.iter().map(link).collect(),
            ..Shared::default()
        };
        for page in self.shown.pages.iter().map(|id| self.site.page(*id)) {
            let language = page.language.as_str();
            for day in page.meta.date.into_iter().chain(page.meta.updated) {
                let place = shared.days.entry((language, day));
                place.or_insert_with(|| value(&date::day(day, language)));
            }
            for topic in &page.meta.topics {
                let place = shared.topics.entry((language, topic.as_str()));
                place.or_insert_with(|| self.topic_link(language, topic));
            }
        }
        shared
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

    /// A page's title where it is read without the page around it; with the draft stamp before it if the
    /// page carries one.
    pub(super) fn stamped_title(&self, page: &Page) -> String {
        if page.unapproved {
            let stamp = self.word(&page.language, "draft");
            format!("[{stamp}] {}", page.meta.title)
        } else {
            page.meta.title.clone()
        }
    }

    /// The words of the theme as templates see them.
    pub(super) fn words(&self, language: &str) -> Value {
        let frame = self.frames.get(language);
        frame.map_or_else(
            || value(self.job.theme.words(language)),
            |(_, words)| words.clone(),
        )
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

    pub(super) fn frame(&self, language: &str) -> SiteView {
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
            feed_json: listed(super::feeds::has_texts(self), format!("{prefix}feed.json")),
            topics: listed(
                self.shown.topics.contains_key(language),
                format!("{prefix}{}/", names(language).topics),
            ),
            podcast: listed(
                !podcast::heard(self, language).is_empty(),
                podcast::path(self, language),
            ),
            search_url: self.absolute(&super::search::path(self, language)),
            search_description: listed(
                super::search::is_on(self),
                super::search::description(self, language),
            ),
            search: listed(
                super::search::is_on(self),
                super::search::path(self, language),
            ),
            documents: listed(
                self.shown.cited.contains_key(language),
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
            .filter(|section| !self.shown.below(section).is_empty())
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
        documents_path(self.site, language)
    }

    pub(super) fn topic_path(&self, language: &str, topic: &str) -> String {
        format!(
            "{}{}/{topic}/",
            self.site.config.language_prefix(language),
            names(language).topics
        )
    }

    /// What lists show of a page.
    pub(super) fn card(&self, id: PageId) -> Value {
        let new = || value(&self.new_card(self.site.page(id)));
        self.cards[id.0].get_or_init(new).clone()
    }

    fn new_card(&self, page: &Page) -> CardView {
        let path = address::page(self.site, page);
        let language = page.language.as_str();
        let meta = &page.meta;
        let topics = meta.topics.iter().map(|topic| {
            let shared = self.shared.topics.get(&(language, topic.as_str()));
            shared.map_or_else(|| self.topic_link(language, topic), Value::clone)
        });
        let day = |day: Option<Date>| {
            let day = day?;
            let shared = self.shared.days.get(&(language, day));
            Some(shared.map_or_else(|| value(&date::day(day, language)), Value::clone))
        };
        CardView {
            title: meta.title.clone(),
            summary: meta.summary.clone(),
            canonical: self.absolute(&path),
            url: self.url(&path),
            kind: meta.kind.name().to_owned(),
            priority: meta.priority.name().to_owned(),
            date: day(meta.date),
            updated: day(meta.updated),
            section: self.shared.sections[page.section.0].clone(),
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

    pub(super) fn cards(&self, pages: &[PageId]) -> Vec<Value> {
        pages.iter().map(|id| self.card(*id)).collect()
    }

    pub(super) fn image(&self, picture: &Picture) -> ImageView {
        let asset = self.site.asset(picture.asset);
        let plan = super::pictures::plan(self, asset);
        let (path, size) = super::pictures::plain(asset, plan.as_ref());
        let (width, height) = size.unwrap_or_default();
        ImageView {
            src: self.url(&address::file(&path)),
            webp: super::pictures::srcset(self, plan.as_ref()),
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
        for language in &self.shown.languages {
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
            .filter(|(_, id)| self.shown.is_listed(**id));
        let path = |id: &PageId| address::page(self.site, self.site.page(*id));
        let paths: Vec<(String, String)> = shown
            .map(|(language, id)| (language.clone(), path(id)))
            .collect();
        self.alternates(&paths)
    }

    pub(super) fn section_alternates(&self, section: &Section) -> Vec<AlternateView> {
        let there = |id: &SectionId| {
            let other = self.site.section(*id);
            other.segments.is_empty() || !self.shown.below(other).is_empty()
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

/// The folder of the register of legal documents in a language.
pub(super) fn documents_path(site: &Site, language: &str) -> String {
    format!(
        "{}{}/",
        site.config.language_prefix(language),
        names(language).documents
    )
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
    pub(super) search: &'static str,
}

pub(super) fn names(language: &str) -> Names {
    match language {
        "vi" => Names {
            topics: "chu-de",
            documents: "van-ban",
            page: "trang",
            search: "tim-kiem",
        },
        _ => Names {
            topics: "topics",
            documents: "documents",
            page: "page",
            search: "search",
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

/// All style sheets of a theme as one, under a name that changes with its content.
fn style(theme: &Theme, minify: Minify) -> (String, String) {
    let mut text = String::new();
    for path in theme.styles.iter().filter(|path| path.starts_with("web/")) {
        text.push_str(theme.text(path).unwrap_or_default().trim());
        text.push('\n');
    }
    if minify != Minify::Off {
        text = tight_css(&text);
    }
    let digest = sha256(text.as_bytes());
    (format!("assets/style.{}.css", &digest[..10]), text)
}
