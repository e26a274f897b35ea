//! What the scripts of a page, and the lists of them, are made from.

use std::ops::Range;

use super::{LANGUAGE, Programme};
use crate::channel::known;
use crate::model::{Digest, Digester, Page};

/// What all pieces of an edition share.
pub(super) struct Keys {
    edition: Digest,
    /// What is read out of each contact, in all communes.
    contacts: Vec<Digest>,
}

impl Keys {
    pub(super) fn new(programme: &Programme<'_>) -> Keys {
        let (job, communes) = (programme.job, &programme.communes);
        let mut edition = Digester::default();
        edition.digest(job.known.edition(job, &programme.settings));
        edition.flag(programme.lists);
        if let Some(registry) = job.known.registry() {
            edition.digest(registry.lexicon);
        }
        for commune in communes.iter().flatten() {
            let commune = job.site.facts.commune(*commune);
            edition.text(&commune.full_name()).text(&commune.slug);
            edition.text(&commune.code);
            edition.text(&format!("{:?}", commune.schedule));
        }
        Keys {
            edition: edition.finish(),
            contacts: known::by_commune(job.site, communes, LANGUAGE),
        }
    }

    /// The scripts of a page for some communes.
    pub(super) fn of(&self, programme: &Programme<'_>, page: &Page, own: &Range<usize>) -> Digest {
        let job = programme.job;
        let mut key = Digester::default();
        key.digest(self.edition).number(own.start).number(own.end);
        key.digest(job.known.page(page.id));
        // An approval that lies ahead is told in other words than one that is void.
        let approved = page.meta.approval.as_ref();
        key.flag(approved.is_some_and(|approval| approval.on <= job.site.today));
        job.known.uses(job.site, &page.body, &mut key, |id, key| {
            let contact = job.site.facts.contact(id);
            key.digest(self.contacts[id.0]).flag(contact.per_commune);
        });
        key.finish()
    }

    /// The lists: of every page what they tell of it.
    pub(super) fn of_lists(&self, programme: &Programme<'_>) -> Digest {
        let known = programme.job.known;
        let mut key = Digester::default();
        key.text("lists").digest(self.edition);
        if programme.plans() {
            key.text(&programme.job.site.today.to_string());
        }
        if let Some(registry) = known.registry() {
            key.digest(registry.facts);
        }
        for (page, summary) in programme.pages.iter().zip(&programme.summaries) {
            key.digest(known.page(page.id))
                .flag(summary.get().is_some());
            if let Some(summary) = summary.get() {
                summary.digest(&mut key);
            }
        }
        key.finish()
    }
}
