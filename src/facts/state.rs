//! Whether a fact still holds, and how long ago somebody looked.

use jiff::civil::Date;

use super::{Change, Fact};
use crate::model::{CommuneId, ContactId, DocumentId, Facts, Site};
use crate::text::{fold, nearest};

/// How a fact stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It holds and was checked not long ago.
    Ok,
    /// It wants a new check.
    Stale,
    /// Its last day is over.
    Expired,
    /// Another one took its place.
    Replaced,
}

impl State {
    /// The word in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            State::Ok => "ok",
            State::Stale => "stale",
            State::Expired => "expired",
            State::Replaced => "replaced",
        }
    }
}

/// Days from one day to another.
pub(super) fn days(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

/// When a fact was last checked, and its last day if it has one.
fn dates(facts: &Facts, fact: Fact) -> (Option<Date>, Option<Date>) {
    match fact {
        Fact::Contact(id) => {
            let contact = facts.contact(id);
            (contact.checked_on, contact.valid_until)
        }
        Fact::Own(commune, id) => facts
            .own(commune, id)
            .map_or((None, None), |own| (own.checked_on, own.valid_until)),
        Fact::Document(id) => (facts.document(id).checked_on, None),
        Fact::Commune(_) => (None, None),
    }
}

/// How many days ago a fact was checked.
#[must_use]
pub fn age(site: &Site, fact: Fact) -> Option<i64> {
    let (checked, _) = dates(&site.facts, fact);
    checked.map(|checked| days(checked, site.today))
}

/// How a fact stands on the day of the site.
#[must_use]
pub fn state_of(site: &Site, fact: Fact) -> State {
    let (_, until) = dates(&site.facts, fact);
    let replaced = match fact {
        Fact::Contact(id) => site.facts.contact(id).replaced_by.is_some(),
        Fact::Document(id) => !site.facts.document(id).replaced_by.is_empty(),
        Fact::Own(..) | Fact::Commune(_) => false,
    };
    if replaced {
        State::Replaced
    } else if until.is_some_and(|until| until < site.today) {
        State::Expired
    } else if age(site, fact).is_some_and(|age| age > site.config.stale_after) {
        State::Stale
    } else {
        State::Ok
    }
}

/// The facts of a word: a contact by key, a document by number or the beginning of it, a commune by slug or code.
///
/// # Errors
/// The names that are close to the word, when it names nothing.
pub fn find(facts: &Facts, word: &str) -> Result<Vec<Fact>, Vec<String>> {
    if let Some(at) = facts.contacts.iter().position(|c| c.key == word) {
        return Ok(vec![Fact::Contact(ContactId(at))]);
    }
    let wanted = fold(word);
    let numbers: Vec<String> = facts.documents.iter().map(|d| fold(&d.number)).collect();
    if let Some(at) = numbers.iter().position(|number| *number == wanted) {
        return Ok(vec![Fact::Document(DocumentId(at))]);
    }
    let own = |c: &crate::model::Commune| c.slug == word || c.code == word;
    if let Some(at) = facts.communes.iter().position(own) {
        return Ok(vec![Fact::Commune(CommuneId(at))]);
    }
    // `06/2014` for `06/2014/NĐ-CP`.
    let begins = |number: &&String| {
        let rest = number.strip_prefix(&wanted);
        !wanted.is_empty() && rest.is_some_and(|rest| rest.starts_with('/'))
    };
    let short: Vec<Fact> = (0..)
        .zip(&numbers)
        .filter(|(_, number)| begins(number))
        .map(|(at, _)| Fact::Document(DocumentId(at)))
        .collect();
    if !short.is_empty() {
        return Ok(short);
    }
    let contact = nearest(word, facts.contacts.iter().map(|c| c.key.as_str()));
    let number = nearest(word, facts.documents.iter().map(|d| d.number.as_str()));
    let commune = nearest(word, facts.communes.iter().map(|c| c.slug.as_str()));
    let near = [contact, number, commune].into_iter().flatten();
    Err(near.map(str::to_owned).collect())
}

/// The present fact of a change; `None` for what is gone, and for names and words, which are looked up nowhere.
#[must_use]
pub fn fact_of(facts: &Facts, change: &Change) -> Option<Fact> {
    let contact = || {
        let at = facts.contacts.iter().position(|c| c.key == change.key);
        at.map(ContactId)
    };
    let commune = |code: &str| {
        let at = facts.communes.iter().position(|c| c.code == code);
        at.map(CommuneId)
    };
    match change.kind {
        "contact" => contact().map(Fact::Contact),
        "own" => {
            let commune = commune(change.commune.as_deref()?)?;
            let id = contact()?;
            facts.own(commune, id).map(|_| Fact::Own(commune, id))
        }
        "document" => {
            let at = facts.documents.iter().position(|d| d.number == change.key);
            at.map(|at| Fact::Document(DocumentId(at)))
        }
        "commune" => commune(&change.key).map(Fact::Commune),
        _ => None,
    }
}
