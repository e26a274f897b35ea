//! Who is shown where in an edition: worked out once, so that no page has to look for it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use super::cited::cited;
use crate::channel::Job;
use crate::model::{DocumentId, PageId, Section, Site};
use crate::text::{slug, sort_key};

/// The topics of a language by slug: the name and its pages, newest first.
pub(super) type Topics = BTreeMap<String, (String, Vec<PageId>)>;

/// What an edition shows.
pub(super) struct Shown {
    /// Languages that have something to show, the main one first.
    pub(super) languages: Vec<String>,
    /// Pages, newest first.
    pub(super) pages: Vec<PageId>,
    /// Topics by language.
    pub(super) topics: BTreeMap<String, Topics>,
    /// Legal documents that pages cite, with those pages, by language.
    pub(super) cited: BTreeMap<String, BTreeMap<DocumentId, Vec<PageId>>>,
    /// Of every page of the site, whether it is shown.
    has: Vec<bool>,
    /// Of every section, the pages in it and below it, newest first.
    below: Vec<Vec<PageId>>,
    /// Of every page, the older and the newer one of its section.
    beside: Vec<(Option<PageId>, Option<PageId>)>,
    /// The slug of every topic that is written somewhere.
    slugs: HashMap<String, String>,
}

impl Shown {
    pub(super) fn new(job: Job<'_>) -> Shown {
        let site = job.site;
        let edition = job.edition.name.as_str();
        let mut pages: Vec<PageId> = site.pages_of(edition, "web").map(|page| page.id).collect();
        pages.sort_by_key(|id| (Reverse(site.page(*id).meta.date), *id));
        let mut shown = vec![false; site.pages.len()];
        for id in &pages {
            shown[id.0] = true;
        }
        let has = |language: &&String| {
            **language == site.config.language
                || pages.iter().any(|id| site.page(*id).language == **language)
        };
        let languages: Vec<String> = site.config.languages.iter().filter(has).cloned().collect();
        let slugs = slugs(site, &pages);
        Shown {
            topics: topics(site, &pages, &slugs),
            cited: cited(site, &pages, &languages, edition),
            below: below(site, &pages),
            beside: beside(site, &shown),
            languages,
            pages,
            has: shown,
            slugs,
        }
    }

    pub(super) fn has(&self, id: PageId) -> bool {
        self.has[id.0]
    }

    /// Shown pages in a section and below it, newest first.
    pub(super) fn below(&self, section: &Section) -> &[PageId] {
        &self.below[section.id.0]
    }

    /// The older and the newer article of the same section.
    pub(super) fn beside(&self, id: PageId) -> (Option<PageId>, Option<PageId>) {
        self.beside[id.0]
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

fn beside(site: &Site, shown: &[bool]) -> Vec<(Option<PageId>, Option<PageId>)> {
    let mut out = vec![(None, None); site.pages.len()];
    for section in &site.sections {
        let own = section.pages.iter().copied().filter(|id| shown[id.0]);
        let own: Vec<PageId> = own.collect();
        for (place, id) in own.iter().enumerate() {
            let newer = place.checked_sub(1).map(|place| own[place]);
            out[id.0] = (own.get(place + 1).copied(), newer);
        }
    }
    out
}
