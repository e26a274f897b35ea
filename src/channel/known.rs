//! What pieces are made from, as digests: by these a run knows what an earlier one made already.
//!
//! A key that leaves something out shows an old page as if it were new, so each names rather too much:
//! what is named needlessly only costs the time to make something again.

use rayon::prelude::*;

use super::{Job, address};
use crate::model::{
    Body, CommuneId, ContactId, Digest, Digester, Digests, Page, PageId, Section, SectionId, Site,
    Used,
};

/// Digests of a site. The default knows nothing, for runs that remember nothing.
#[derive(Debug, Default)]
pub struct Known {
    program: Digest,
    registry: Option<Digests>,
    /// By page: what lists of pages show of it.
    cards: Vec<Digest>,
    /// By page: all of it but what it refers to.
    pages: Vec<Digest>,
    /// By section: what links to it show.
    links: Vec<Digest>,
    /// By section: all of it but what it refers to.
    sections: Vec<Digest>,
}

impl Known {
    /// The digests of a site for a program.
    #[must_use]
    pub fn new(site: &Site, program: Digest) -> Known {
        let mut known = Known {
            program,
            registry: Some(Digests::of(&site.config, &site.facts)),
            links: site.sections.iter().map(|one| link(site, one)).collect(),
            ..Known::default()
        };
        let section = |section: &Section| {
            let mut key = Digester::default();
            key.digest(known.links[section.id.0])
                .digest(section.body.digest)
                .text(&format!("{:?}", section.meta));
            for (language, id) in &section.translations {
                key.text(language).digest(known.links[id.0]);
            }
            key.finish()
        };
        known.sections = site.sections.iter().map(section).collect();
        let pages = site.pages.par_iter();
        let cards = pages.clone().map(|one| card(site, one, &known.links));
        known.cards = cards.collect();
        let whole = |one: &Page| {
            let mut key = Digester::default();
            key.digest(known.cards[one.id.0]).digest(one.body.digest);
            key.finish()
        };
        known.pages = pages.map(whole).collect();
        known
    }

    /// What all pieces of an edition depend on; `settings` are the channel's own.
    pub(super) fn edition(&self, job: Job<'_>, settings: &dyn std::fmt::Debug) -> Digest {
        let mut key = Digester::default();
        key.digest(self.program)
            .text(&job.edition.channel)
            .text(&job.edition.name)
            .text(&format!("{settings:?}"))
            .digest(job.theme.digest())
            .flag(job.for_print_shop);
        if let Some(registry) = &self.registry {
            key.digest(registry.config);
        }
        key.finish()
    }

    /// A page: its file, where it lies and how it stands today.
    pub(super) fn page(&self, id: PageId) -> Digest {
        self.pages[id.0]
    }

    /// What a list shows of a page: all but its body.
    pub(super) fn card(&self, id: PageId) -> Digest {
        self.cards[id.0]
    }

    /// Pages as a list shows them, in their order.
    pub(super) fn cards(&self, pages: &[PageId]) -> Digest {
        let mut key = Digester::default();
        key.number(pages.len());
        for id in pages {
            key.digest(self.card(*id));
        }
        key.finish()
    }

    /// Whole pages, in their order.
    pub(super) fn list(&self, pages: &[PageId]) -> Digest {
        let mut key = Digester::default();
        key.number(pages.len());
        for id in pages {
            key.digest(self.page(*id));
        }
        key.finish()
    }

    /// A section with its own page.
    pub(super) fn section(&self, id: SectionId) -> Digest {
        self.sections[id.0]
    }

    /// All sections.
    pub(super) fn all_sections(&self) -> Digest {
        let mut key = Digester::default();
        for digest in &self.sections {
            key.digest(*digest);
        }
        key.finish()
    }

    /// The registry, entry by entry. Asked for only where something is remembered.
    pub(super) fn registry(&self) -> Option<&Digests> {
        self.registry.as_ref()
    }

    /// Adds everything that a body refers to; `contact` adds what is shown of a contact.
    pub(super) fn uses(
        &self,
        site: &Site,
        body: &Body,
        to: &mut Digester,
        contact: impl Fn(ContactId, &mut Digester),
    ) {
        to.number(body.outline.uses.len());
        for one in &body.outline.uses {
            match one.what {
                Used::Page(id) => to.number(1).digest(self.page(id)),
                Used::Programme(id) => to.number(2).digest(self.page(id)),
                Used::Section(id) => to.number(3).digest(self.links[id.0]),
                Used::Asset(id) | Used::Picture(id) => {
                    let asset = site.asset(id);
                    let (width, height) = asset.size.unwrap_or_default();
                    to.number(4).text(&asset.path);
                    // Pictures are named after what is in them.
                    to.digest(asset.blob.digest());
                    to.number(width as usize).number(height as usize)
                }
                Used::Contact(id) => {
                    contact(id, to.number(5).number(id.0));
                    &mut *to
                }
                Used::Document(id) => {
                    let documents = self.registry.as_ref().map(|all| all.documents[id.0]);
                    to.number(6)
                        .number(id.0)
                        .digest(documents.unwrap_or_default())
                }
            };
        }
    }
}

/// What differs between communes of the values of each contact: one digest for all chosen communes.
pub(super) fn by_commune(
    site: &Site,
    communes: &[Option<CommuneId>],
    language: &str,
) -> Vec<Digest> {
    let contacts = (0..site.facts.contacts.len()).map(ContactId);
    let digest = |id: ContactId| {
        let mut key = Digester::default();
        for commune in communes {
            let mut contact = site.facts.contact_for(id, *commune, language);
            contact.span = site.facts.contact(id).span;
            key.text(&format!("{:?} {:?}", contact.name, contact.phone))
                .text(&format!(
                    "{:?} {:?} {:?}",
                    contact.hours, contact.address, contact.url
                ))
                .text(&format!("{:?}", contact.checked_on))
                .flag(contact.emergency);
        }
        key.finish()
    };
    contacts.map(digest).collect()
}

/// What links to a section show, and the way to it.
fn link(site: &Site, section: &Section) -> Digest {
    let mut key = Digester::default();
    let mut next = Some(section);
    while let Some(section) = next {
        key.text(&address::section(site, section))
            .text(&section.meta.title)
            .text(&section.language);
        next = section.parent.map(|id| site.section(id));
    }
    key.finish()
}

fn card(site: &Site, page: &Page, links: &[Digest]) -> Digest {
    let mut key = Digester::default();
    key.text(&page.source)
        .digest(page.head)
        .text(&page.slug)
        .text(&page.language)
        .digest(links[page.section.0])
        .number(page.state as usize)
        .number(page.approval as usize)
        .flag(page.unapproved)
        .flag(page.draft);
    if let Some(held) = page.held {
        key.text(&format!("{held:?}"));
    }
    if let Some(picture) = &page.meta.image {
        let asset = site.asset(picture.asset);
        let (width, height) = asset.size.unwrap_or_default();
        key.text(&asset.path).digest(asset.blob.digest());
        key.number(width as usize).number(height as usize);
    }
    for (language, id) in &page.translations {
        let other = site.page(*id);
        key.text(language).text(&other.slug);
        key.digest(links[other.section.0])
            .number(other.state as usize);
        key.text(&format!("{:?}", other.meta.editions));
    }
    key.finish()
}
