//! What checks of words depend on, as digests: by these a run knows what an earlier one found already.
//!
//! A key that leaves something out shows findings that no longer hold, so each names rather too much.

use jiff::civil::Date;

use super::prose;
use crate::diag::{FileId, Sources};
use crate::load::Memo;
use crate::model::{Digest, Digester, Digests, Facts, Outline, Page, Section, Site, State, Used};

/// Words with a file of their own: those of a page, or of a section's own page.
#[derive(Debug, Clone, Copy)]
pub(super) enum Written<'s> {
    Page(&'s Page),
    Section(&'s Section),
}

impl<'s> Written<'s> {
    /// All of a site, in the order of their findings.
    pub(super) fn all(site: &'s Site) -> Vec<Written<'s>> {
        let own = |section: &&Section| section.span != site.config.span;
        let pages = site.pages.iter().map(Written::Page);
        let sections = site.sections.iter().filter(own).map(Written::Section);
        pages.chain(sections).collect()
    }

    pub(super) fn file(self) -> FileId {
        match self {
            Written::Page(page) => page.file,
            Written::Section(section) => section.span.file,
        }
    }
}

/// What the checks of all words depend on.
#[derive(Debug)]
pub(super) struct Known<'s> {
    site: &'s Site,
    sources: &'s Sources,
    common: Digest,
}

impl<'s> Known<'s> {
    pub(super) fn new(site: &'s Site, sources: &'s Sources) -> Known<'s> {
        let mut key = Digester::default();
        key.digest(Digests::of(&site.config, &site.facts).facts)
            .texts(prose::audiences(site).into_iter());
        sides(&site.facts, site.today, &mut key);
        Known {
            site,
            sources,
            common: key.finish(),
        }
    }

    /// All that the findings in a page depend on besides its file. `None` where the file shares its path
    /// with another, which two normal forms of one name make possible, or has no record.
    pub(super) fn key(&self, written: Written<'_>, memo: &Memo) -> Option<Digest> {
        let file = written.file();
        let path = self.sources.path(file);
        let mut near = [file.0.checked_sub(1), file.0.checked_add(1)]
            .into_iter()
            .flatten()
            .map(FileId);
        if near.any(|near| {
            self.sources
                .find(near)
                .is_some_and(|near| near.path == path)
        }) {
            return None;
        }
        let mut key = Digester::default();
        key.digest(self.common).digest(memo.basis(path)?);
        match written {
            Written::Page(page) => {
                key.number(1)
                    .text(&page.language)
                    // Its text is gone.
                    .flag(page.state == State::Withdrawn)
                    // Whether the picture that the head names is there.
                    .flag(page.meta.image.is_some());
                self.uses(&page.body.outline, &mut key);
            }
            Written::Section(section) => {
                key.number(2).text(&section.language);
                self.uses(&section.body.outline, &mut key);
            }
        }
        Some(key.finish())
    }

    /// Adds what a body refers to. The registry is known as a whole.
    fn uses(&self, outline: &Outline, to: &mut Digester) {
        let (site, facts) = (self.site, &self.site.facts);
        to.number(outline.uses.len());
        for one in &outline.uses {
            match one.what {
                Used::Page(id) => {
                    let page = site.page(id);
                    to.number(1).text(&page.source).text(&page.meta.title);
                }
                Used::Programme(id) => {
                    to.number(2).text(&site.page(id).source);
                }
                Used::Section(id) => {
                    let section = site.section(id);
                    to.number(3).text(&section.path).text(&section.language);
                }
                Used::Asset(id) | Used::Picture(id) => {
                    to.number(4).text(&site.asset(id).source);
                }
                Used::Contact(id) => {
                    to.number(5).text(&facts.contact(id).key);
                }
                Used::Document(id) => {
                    to.number(6).text(&facts.document(id).number);
                }
            }
        }
    }
}

/// On which side of each date of the registry a day lies: nothing else of the day matters to words.
fn sides(facts: &Facts, today: Date, to: &mut Digester) {
    let own = facts.communes.iter().flat_map(|one| &one.contacts);
    let until = facts.contacts.iter().map(|contact| contact.valid_until);
    let until = until.chain(own.map(|own| own.valid_until));
    let from = facts.documents.iter().map(|document| document.effective);
    let since = facts.former_names.iter().map(|name| name.since);
    for date in until.chain(from).chain(since) {
        to.number(date.map_or(3, |date| match date.cmp(&today) {
            std::cmp::Ordering::Less => 0,
            std::cmp::Ordering::Equal => 1,
            std::cmp::Ordering::Greater => 2,
        }));
    }
}
