//! What a web edition knows while it is made: addresses, frames and cards, each made once.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use jiff::civil::Date;

use super::archive::{self, Months};
use super::date::Dates;
use super::frame::{Frame, Script, documents_path, scripts, style};
use super::policy::PageType;
use super::settings::Settings;
use super::shown::Shown;
use crate::channel::compress::weight;
use crate::channel::{Job, address};
use crate::load::{Recording, recordings};
use crate::model::{
    Contact, ContactId, Held, Kind, Page, PageId, Picture, Section, SectionId, Site, State,
};
use crate::theme::view::{
    AgendaView, AlternateView, CardView, ContactView, ImageView, LinkView, ProgrammeView,
};
use crate::theme::{Templates, Value, value};

pub(super) use super::frame::names;

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
    /// What pages have around them, by language.
    pub(super) frames: BTreeMap<String, Frame>,
    /// How each language writes days and counts.
    dates: BTreeMap<String, Dates>,
    /// The scripts of the theme.
    pub(super) scripts: Vec<Script>,
    /// What browsers may do with pages of each sort.
    pub(super) policies: [Value; 4],
    /// Editions with their base addresses, that of the originals first.
    pub(super) originals: Vec<(&'a str, String)>,
    /// The pages of each month, newest first, by language; nothing where the theme shows none.
    pub(super) archive: BTreeMap<String, Months>,
    /// What cards share.
    shared: Shared<'a>,
    /// What lists show of each page of the site, made when a list first shows it; all lists share these.
    cards: Vec<OnceLock<Value>>,
}

/// Parts of cards that many of them have, each made once; days when they are first shown.
#[derive(Default)]
struct Shared<'a> {
    /// By section of the site.
    sections: Vec<Value>,
    /// By language and topic as written.
    topics: BTreeMap<(&'a str, &'a str), Value>,
    /// By language.
    days: BTreeMap<(&'a str, Date), OnceLock<Value>>,
}

impl<'a> Web<'a> {
    /// Looks up what all pages of an edition share.
    ///
    /// # Errors
    /// What the template engine says of the parts that pages share.
    pub(super) fn new(
        job: Job<'a>,
        settings: Settings,
        templates: Templates,
    ) -> Result<Web<'a>, String> {
        let style = style(job.theme, settings.minify);
        let mut web = Web {
            site: job.site,
            job,
            settings,
            templates,
            shown: Shown::new(job),
            recordings: recordings(job.site),
            style_weight: weight(style.1.as_bytes()),
            style,
            frames: BTreeMap::new(),
            dates: dates(job),
            scripts: scripts(job.theme),
            policies: PageType::ALL.map(|of| Value::safe_string(&of.policy())),
            originals: address::originals(job.site)
                .into_iter()
                .map(|(name, base)| (name, base.to_string()))
                .collect(),
            archive: BTreeMap::new(),
            shared: Shared::default(),
            cards: Vec::new(),
        };
        if job.theme.files.contains_key("web/archive.html") {
            web.archive = archive::months(job.site, &web.shown.pages);
        }
        for language in &web.shown.languages {
            let frame = web.new_frame(language)?;
            web.frames.insert(language.clone(), frame);
        }
        web.shared = web.shared();
        web.cards = job.site.pages.iter().map(|_| OnceLock::new()).collect();
        Ok(web)
    }

    /// How a language writes days and counts.
    pub(super) fn dates(&self, language: &str) -> &Dates {
        static NONE: OnceLock<Dates> = OnceLock::new();
        let found = self.dates.get(language);
        found.unwrap_or_else(|| NONE.get_or_init(Dates::default))
    }

    /// Whether the page of this edition is the original.
    pub(super) fn is_original(&self, page: &Page) -> bool {
        let mut originals = self.originals.iter();
        let found = originals.find(|(name, _)| page.is_in(name, "web"));
        found.is_none_or(|(name, _)| *name == self.job.edition.name)
    }

    /// The whole address of a page's original, which may lie in another edition.
    pub(super) fn canonical(&self, page: &Page) -> String {
        let path = address::page(self.site, page);
        let mut originals = self.originals.iter();
        let found = originals.find(|(name, _)| page.is_in(name, "web"));
        match found {
            Some((name, base)) if *name != self.job.edition.name => format!("{base}{path}"),
            _ => self.absolute(&path),
        }
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
                shared.days.entry((language, day)).or_default();
            }
            for topic in &page.meta.topics {
                let place = shared.topics.entry((language, topic.as_str()));
                place.or_insert_with(|| self.topic_link(language, topic));
            }
        }
        shared
    }

    /// What the edition is called in a language; in the main one where it has no other name.
    pub(super) fn title(&self, language: &str) -> &str {
        let titles = &mut self.settings.titles.iter();
        let own = titles.find(|(of, _)| of == language);
        let main = self.settings.title.as_ref();
        own.map_or(main.unwrap_or(&self.site.config.title), |(_, title)| title)
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
            |frame| frame.words.clone(),
        )
    }

    pub(super) fn section_link(&self, section: &Section) -> LinkView {
        let title = if section.path.is_empty() {
            self.title(&section.language)
        } else {
            &section.meta.title
        };
        LinkView {
            title: title.to_owned(),
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

    /// What lists show of a page, which may be another than the site knows.
    pub(super) fn card_of(&self, page: &Page) -> Value {
        if std::ptr::eq(page, self.site.page(page.id)) {
            self.card(page.id)
        } else {
            value(&self.new_card(page))
        }
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
            let new = || value(&self.dates(language).day(day));
            let shared = self.shared.days.get(&(language, day));
            Some(shared.map_or_else(new, |known| known.get_or_init(new).clone()))
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
                .map(|event| self.dates(language).moment(event.starts)),
            unapproved: page.unapproved,
            held: page.held.map(Held::name).unwrap_or_default().to_owned(),
            held_until: match page.held {
                Some(Held::Until(start)) => Some(self.dates(language).moment(start)),
                _ => None,
            },
            expired: page.state == State::Expired,
            sensitive: meta.sensitive,
        }
    }

    /// `1.234 bài`, `1 article`.
    pub(super) fn count(&self, count: usize, language: &str) -> String {
        let word = if count == 1 {
            "article_one"
        } else {
            "articles"
        };
        let number = self.dates(language).count(count);
        format!("{number} {}", self.word(language, word))
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
            starts: self.dates(language).moment(event.starts),
            ends: event.ends.map(|ends| self.dates(language).moment(ends)),
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
                    name: self.language_name(language).to_owned(),
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
        let mut out = self.alternates(&paths);
        for alternate in &mut out {
            if let Some(id) = page.translations.get(&alternate.language) {
                alternate.canonical = self.canonical(self.site.page(*id));
            }
        }
        out
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

/// How the languages of an edition write days and counts.
fn dates(job: Job<'_>) -> BTreeMap<String, Dates> {
    let languages = job.site.config.languages.iter();
    languages
        .map(|language| (language.clone(), Dates::new(job.theme.words(language))))
        .collect()
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
