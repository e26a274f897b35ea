//! Who is shown where in an edition: worked out once, so that no page has to look for it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use super::cited::cited;
use super::related::related;
use crate::channel::Job;
use crate::model::{DocumentId, PageId, Section, Site, State};
use crate::text::{slug, sort_key};

/// The topics of a language by slug: the name and its pages, newest first.
pub(super) type Topics = BTreeMap<String, (String, Vec<PageId>)>;

/// What an edition shows.
pub(super) struct Shown {
    /// Languages that have something to show, the main one first.
    pub(super) languages: Vec<String>,
    /// Pages with their text, newest first.
    pub(super) pages: Vec<PageId>,
    /// Pages of which only the address is left.
    pub(super) withdrawn: Vec<PageId>,
    /// Topics by language.
    pub(super) topics: BTreeMap<String, Topics>,
    /// Legal documents that pages cite, with those pages, by language.
    pub(super) cited: BTreeMap<String, BTreeMap<DocumentId, Vec<PageId>>>,
    /// Of every page of the site, whether it has an address.
    has: Vec<bool>,
    /// Of every page of the site, whether it has its text and stands in lists.
    listed: Vec<bool>,
    /// Of every section, whether a withdrawn page in it or below it leads to it.
    led_to: Vec<bool>,
    /// Of every section, the pages in it and below it, newest first.
    below: Vec<Vec<PageId>>,
    /// Of every page, the older and the newer one of its section.
    beside: Vec<(Option<PageId>, Option<PageId>)>,
    /// Of every page, articles on the same topics.
    related: Vec<Vec<PageId>>,
    /// The slug of every topic that is written somewhere.
    slugs: HashMap<String, String>,
}

impl Shown {
    pub(super) fn new(job: Job<'_>) -> Shown {
        let site = job.site;
        let edition = job.edition.name.as_str();
        let (withdrawn, mut pages): (Vec<PageId>, Vec<PageId>) = site
            .pages_of(edition, "web")
            .map(|page| page.id)
            .partition(|id| site.page(*id).state == State::Withdrawn);
        pages.sort_by_key(|id| (Reverse(site.page(*id).meta.date), *id));
        let mut listed = vec![false; site.pages.len()];
        for id in &pages {
            listed[id.0] = true;
        }
        let mut shown = listed.clone();
        for id in &withdrawn {
            shown[id.0] = true;
        }
        let has = |language: &&String| {
            let mut all = pages.iter().chain(&withdrawn);
            **language == site.config.language
                || all.any(|id| site.page(*id).language == **language)
        };
        let languages: Vec<String> = site.config.languages.iter().filter(has).cloned().collect();
        let slugs = slugs(site, &pages);
        let topics = topics(site, &pages, &slugs);
        let beside = beside(site, &listed);
        Shown {
            related: related(site, &pages, topics.values(), &beside),
            topics,
            cited: cited(site, &pages, &languages, edition),
            led_to: below(site, &withdrawn)
                .iter()
                .map(|pages| !pages.is_empty())
                .collect(),
            below: below(site, &pages),
            beside,
            languages,
            pages,
            withdrawn,
            listed,
            has: shown,
            slugs,
        }
    }

    /// Whether a page has an address.
    pub(super) fn has(&self, id: PageId) -> bool {
        self.has[id.0]
    }

    /// Whether a page has its text and stands in lists.
    pub(super) fn is_listed(&self, id: PageId) -> bool {
        self.listed[id.0]
    }

    /// Whether a section has a list of its own: a page that was withdrawn still leads to it.
    pub(super) fn is_made(&self, section: &Section) -> bool {
        !self.below(section).is_empty() || self.led_to[section.id.0]
    }

    /// Shown pages in a section and below it, newest first.
    pub(super) fn below(&self, section: &Section) -> &[PageId] {
        &self.below[section.id.0]
    }

    /// The older and the newer article of the same section.
    pub(super) fn beside(&self, id: PageId) -> (Option<PageId>, Option<PageId>) {
        self.beside[id.0]
    }

    /// Articles on the same topics as a page.
    pub(super) fn related(&self, id: PageId) -> &[PageId] {
        &self.related[id.0]
    }

    /// The address segment of a topic.
    pub(super) fn slug<'a>(&'a self, topic: &'a str) -> &'a str {
        self.slugs.get(topic).map_or(topic, String::as_str)
    }

    /// Topics in alphabetical order: slug, name, pages.
    pub(super) fn sorted_topics(&self, language: &str) -> Vec<(&str, &str, &[PageId])> {
        let topics = self.topics.get(language).into_iter().flatten();
        let mut out: Vec<(&str, &str, &[PageId])> = topics
            .map(|(slug, (name, pages))| (slug.as_str(), name.as_str(), pages.as_slice()))
            .collect();
        out.sort_by_cached_key(|(_, name, _)| sort_key(name));
        out
    }
}

fn slugs(site: &Site, pages: &[PageId]) -> HashMap<String, String> {
    let mut out: HashMap<String, String> = HashMap::new();
    for topic in pages.iter().flat_map(|id| &site.page(*id).meta.topics) {
        if !out.contains_key(topic) {
            out.insert(topic.clone(), slug(topic));
        }
    }
    out
}

fn topics(
    site: &Site,
    pages: &[PageId],
    slugs: &HashMap<String, String>,
) -> BTreeMap<String, Topics> {
    let mut out: BTreeMap<String, Topics> = BTreeMap::new();
    for id in pages {
        let page = site.page(*id);
        for topic in &page.meta.topics {
            if !out.contains_key(&page.language) {
                out.insert(page.language.clone(), Topics::new());
            }
            let of_language = out.get_mut(&page.language);
            let (Some(of_language), Some(slug)) = (of_language, slugs.get(topic)) else {
                continue;
            };
            if !of_language.contains_key(slug) {
                of_language.insert(slug.clone(), (topic.clone(), Vec::new()));
            }
            if let Some((_, list)) = of_language.get_mut(slug)
                && list.last() != Some(id)
            {
                list.push(*id);
            }
        }
    }
    out
}

fn below(site: &Site, pages: &[PageId]) -> Vec<Vec<PageId>> {
    let mut out = vec![Vec::new(); site.sections.len()];
    for id in pages {
        let mut around = Some(site.page(*id).section);
        while let Some(section) = around {
            out[section.0].push(*id);
            around = site.section(section).parent;
        }
    }
    out
}

fn beside(site: &Site, listed: &[bool]) -> Vec<(Option<PageId>, Option<PageId>)> {
    let mut out = vec![(None, None); site.pages.len()];
    for section in &site.sections {
        let own = section.pages.iter().copied().filter(|id| listed[id.0]);
        let own: Vec<PageId> = own.collect();
        for (place, id) in own.iter().enumerate() {
            let newer = place.checked_sub(1).map(|place| own[place]);
            out[id.0] = (own.get(place + 1).copied(), newer);
        }
    }
    out
}
