//! The contact box: whom to call, for one commune.

use jiff::civil::Date;

use super::body::BodySource;
use crate::channel::literal::{array, dictionary, optional, string};
use crate::model::{CommuneId, Contact, ContactId, Site};

/// The contact box of a leaflet: those that the page names, else the bare numbers for emergencies.
pub(super) fn of_page(
    site: &Site,
    body: &BodySource,
    commune: Option<CommuneId>,
    language: &str,
) -> String {
    let with_notes = !body.contacts.is_empty();
    entries(site, &shown(site, body), commune, language, with_notes)
}

/// The day since which no number of the box was checked.
pub(super) fn checked_on(
    site: &Site,
    body: &BodySource,
    commune: Option<CommuneId>,
) -> Option<Date> {
    let ids = shown(site, body).into_iter();
    let days = ids.map(|id| site.facts.contact_for(id, commune, "").checked_on);
    days.flatten().min()
}

/// The contacts of the box.
pub(super) fn shown(site: &Site, body: &BodySource) -> Vec<ContactId> {
    if !body.contacts.is_empty() {
        return body.contacts.clone();
    }
    let all = (0..site.facts.contacts.len()).map(ContactId);
    all.filter(|id| site.facts.contact(*id).emergency).collect()
}

/// What the body looks up: the contacts that the text names, by key.
pub(super) fn facts(
    site: &Site,
    mentioned: &[ContactId],
    commune: Option<CommuneId>,
    language: &str,
) -> String {
    let contacts: Vec<Contact> = mentioned
        .iter()
        .map(|id| site.facts.contact_for(*id, commune, language))
        .collect();
    dictionary(contacts.iter().map(|contact| {
        let number = optional(contact.phone.as_ref().map(|phone| phone.display.as_str()));
        (
            contact.key.as_str(),
            dictionary([("name", string(&contact.name)), ("number", number)]),
        )
    }))
}

/// The entries of the box: a number that several share is printed once.
fn entries(
    site: &Site,
    ids: &[ContactId],
    commune: Option<CommuneId>,
    language: &str,
    with_notes: bool,
) -> String {
    let mut groups: Vec<Vec<Contact>> = Vec::new();
    for contact in ids
        .iter()
        .map(|id| site.facts.contact_for(*id, commune, language))
    {
        let dial = |contact: &Contact| contact.phone.as_ref().map(|phone| phone.dial.clone());
        let same = groups
            .iter_mut()
            .find(|group| dial(&group[0]).is_some() && dial(&group[0]) == dial(&contact));
        match same {
            Some(group) => group.push(contact),
            None => groups.push(vec![contact]),
        }
    }
    array(groups.iter().map(|group| {
        let number = group[0].phone.as_ref().map(|phone| phone.display.as_str());
        let names = array(group.iter().map(|contact| string(&contact.name)));
        let mut notes: Vec<&str> = Vec::new();
        for contact in group.iter().filter(|_| with_notes) {
            for note in [&contact.hours, &contact.address, &contact.url]
                .into_iter()
                .flatten()
            {
                if !notes.contains(&note.as_str()) {
                    notes.push(note);
                }
            }
        }
        let notes = array(notes.into_iter().map(string));
        dictionary([
            ("number", optional(number)),
            ("names", names),
            ("notes", notes),
        ])
    }))
}
