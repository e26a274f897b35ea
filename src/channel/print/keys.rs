//! What leaflets are made from, as digests.

use std::collections::BTreeMap;
use std::ops::Range;

use super::format::Format;
use super::order::{Job, Order};
use super::readers;
use crate::channel::known::by_commune;
use crate::model::{ContactId, Digest, Digester, Page};

/// What all leaflets of an edition share.
pub(super) struct Keys<'a> {
    order: Order<'a>,
    edition: Digest,
    /// By language: what is printed of each contact, in all communes.
    contacts: BTreeMap<String, Vec<Digest>>,
}

impl<'a> Keys<'a> {
    pub(super) fn new(order: &Order<'a>) -> Keys<'a> {
        let (site, communes) = (order.site, readers(order.site));
        let mut edition = Digester::default();
        edition.digest(order.base).number(communes.len());
        for commune in communes.iter().flatten() {
            let commune = site.facts.commune(*commune);
            edition.text(&commune.full_name()).text(&commune.slug);
        }
        let languages = site.config.languages.iter();
        let of = |language: &String| (language.clone(), by_commune(site, &communes, language));
        Keys {
            order: *order,
            edition: edition.finish(),
            contacts: languages.map(of).collect(),
        }
    }

    /// The leaflets of a page in a format, for some readers.
    pub(super) fn page(&self, page: &Page, format: &Format, own: &Range<usize>) -> Digest {
        let order = &self.order;
        let site = order.site;
        let mut key = Digester::default();
        key.text(format.name).digest(self.edition);
        key.number(own.start).number(own.end);
        key.text(&(order.permalink)(page).unwrap_or_default());
        key.digest(order.known.page(page.id));
        let contact = |id: ContactId, key: &mut Digester| {
            let values = self.contacts.get(&page.language);
            key.digest(values.map(|all| all[id.0]).unwrap_or_default());
        };
        order.known.uses(site, &page.body, &mut key, contact);
        // A page that names no contact has those for emergencies.
        for id in (0..site.facts.contacts.len()).map(ContactId) {
            if site.facts.contact(id).emergency {
                contact(id, key.number(id.0));
            }
        }
        key.finish()
    }

    /// What the lists show of the pages.
    pub(super) fn lists(&self, jobs: &[Job<'_>]) -> Digest {
        let mut key = Digester::default();
        key.digest(self.edition);
        for (page, format) in jobs {
            key.text(format.name).digest(self.order.known.card(page.id));
        }
        key.finish()
    }

    /// What the leaflets of a page share besides the text of its plate: pictures, the code to scan, the press.
    pub(super) fn content(
        &self,
        page: &Page,
        format: &Format,
        images: impl Iterator<Item = Digest>,
    ) -> Digester {
        let mut key = Digester::default();
        key.text("leaflet")
            .text(format.name)
            .digest(self.order.base);
        key.text(&(self.order.permalink)(page).unwrap_or_default());
        for image in images {
            key.digest(image);
        }
        key
    }
}

/// Contacts as bytes, for a later run.
pub(super) fn note(contacts: &[ContactId]) -> Vec<u8> {
    let numbers = contacts.iter().map(|id| id.0 as u64);
    numbers.flat_map(u64::to_le_bytes).collect()
}

/// The contacts of such bytes.
pub(super) fn of_note(note: &[u8]) -> Vec<ContactId> {
    let numbers = note
        .as_chunks()
        .0
        .iter()
        .map(|bytes| u64::from_le_bytes(*bytes));
    numbers
        .filter_map(|number| usize::try_from(number).ok())
        .map(ContactId)
        .collect()
}
