//! Facts that no longer hold, and facts that want a new check.
//!
//! Nothing is looked up while everything holds: who uses what is only asked once something does not.

use std::collections::{BTreeMap, HashMap};

use super::findings::{self, Why};
use super::lines;
use super::runs;
use super::state::{State, age, state_of};
use super::usage::{Carrier, Fact, Holder, Scope, Usage};
use crate::diag::{Diagnostic, Message, Span};
use crate::model::{CommuneId, ContactId, DocumentId, Facts, Site, Used};

/// So many files of other articles are named at each place; the place's own are named in full.
const OTHERS: usize = 10;
/// So many files are named at an entry of the registry.
const ALL: usize = 30;
/// So many communes are named, and as many places in the registry.
const NAMED: usize = 5;

/// Everything that a site's facts give cause for on its day.
#[must_use]
pub fn check(site: &Site) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    runs::check(site, &mut out);
    let worn: Vec<(Fact, State)> = facts(site)
        .map(|fact| (fact, state_of(site, fact)))
        .filter(|(fact, state)| match (fact, state) {
            (_, State::Ok) => false,
            // Whether a cited act still holds is for another check.
            (Fact::Document(_), State::Replaced | State::Expired) => is_old(site, *fact),
            _ => true,
        })
        .collect();
    if worn.is_empty() {
        return out;
    }
    let usage = Usage::new(site);
    let mut own: BTreeMap<ContactId, Vec<CommuneId>> = BTreeMap::new();
    let successors = successors(site);
    for (fact, state) in worn {
        match (fact, state) {
            (Fact::Contact(id), State::Expired | State::Replaced) => {
                contact(&usage, id, state, successors[id.0], &mut out);
            }
            (Fact::Own(commune, id), State::Expired) => own.entry(id).or_default().push(commune),
            _ => stale(&usage, fact, &mut out),
        }
    }
    for (id, communes) in own {
        own_values(&usage, id, &communes, &mut out);
    }
    out
}

/// Whether nothing is to be said of a fact that a page refers to.
#[must_use]
pub fn is_sound(site: &Site, used: Used) -> bool {
    let sound = |fact: Fact| state_of(site, fact) == State::Ok;
    match used {
        Used::Document(id) => sound(Fact::Document(id)),
        Used::Contact(id) => {
            let communes = (0..site.facts.communes.len()).map(CommuneId);
            let own = communes.filter(|commune| site.facts.own(*commune, id).is_some());
            let mut own = own.map(|commune| Fact::Own(commune, id));
            sound(Fact::Contact(id)) && own.all(sound)
        }
        _ => true,
    }
}

/// Every fact that can wear out, in registry order.
fn facts(site: &Site) -> impl Iterator<Item = Fact> {
    let facts = &site.facts;
    let contacts = (0..facts.contacts.len()).map(|at| Fact::Contact(ContactId(at)));
    let documents = (0..facts.documents.len()).map(|at| Fact::Document(DocumentId(at)));
    contacts.chain(own_facts(facts)).chain(documents)
}

/// The own values of all communes, of contacts that exist.
pub fn own_facts(facts: &Facts) -> impl Iterator<Item = Fact> + '_ {
    let mut ids: HashMap<&str, ContactId> = HashMap::with_capacity(facts.contacts.len());
    for (at, contact) in facts.contacts.iter().enumerate() {
        ids.entry(contact.key.as_str()).or_insert(ContactId(at));
    }
    let communes = facts.communes.iter().enumerate();
    communes.flat_map(move |(at, commune)| {
        let own = commune.contacts.iter();
        let known: Vec<Fact> = own
            .filter_map(|own| ids.get(own.key.as_str()))
            .map(|id| Fact::Own(CommuneId(at), *id))
            .collect();
        known
    })
}

fn is_old(site: &Site, fact: Fact) -> bool {
    age(site, fact).is_some_and(|age| age > site.config.stale_after)
}

/// The last contact of each chain of successors that still holds.
fn successors(site: &Site) -> Vec<Option<ContactId>> {
    let contacts = &site.facts.contacts;
    let mut ids: HashMap<&str, usize> = HashMap::with_capacity(contacts.len());
    for (at, contact) in contacts.iter().enumerate() {
        ids.entry(contact.key.as_str()).or_insert(at);
    }
    let next = |at: usize| {
        let key = contacts[at].replaced_by.as_deref()?;
        ids.get(key).copied()
    };
    let mut last: Vec<Option<Option<ContactId>>> = vec![None; contacts.len()];
    for start in 0..contacts.len() {
        let mut chain = Vec::new();
        let mut at = start;
        let end = loop {
            if let Some(known) = last[at] {
                break known;
            }
            // A circle has no end; it is reported when the registry is read.
            last[at] = Some(None);
            chain.push(at);
            let Some(after) = next(at) else {
                let state = state_of(site, Fact::Contact(ContactId(at)));
                let holds = matches!(state, State::Ok | State::Stale);
                break holds.then_some(ContactId(at));
            };
            at = after;
        };
        for place in chain {
            last[place] = Some(end);
        }
    }
    last.into_iter().map(Option::flatten).collect()
}

/// A contact whose general value no longer holds: one error at each place of an article that shows it,
/// or one at its entry when nothing names it and it is shown all the same.
fn contact(
    usage: &Usage<'_>,
    id: ContactId,
    state: State,
    successor: Option<ContactId>,
    out: &mut Vec<Diagnostic>,
) {
    let site = usage.site();
    let fact = Fact::Contact(id);
    let contact = site.facts.contact(id);
    let why = match (&contact.replaced_by, contact.valid_until) {
        (Some(by), _) => Why::Replaced(by),
        (None, Some(day)) => Why::Until(day),
        (None, None) => return,
    };
    let scope = if state == State::Replaced {
        Scope::Any
    } else {
        Scope::Number
    };
    let shown = Shown::new(usage, fact, scope);
    let hint = match successor {
        Some(id) => {
            let word = format!("[[{}]]", site.facts.contact(id).key);
            Message::new("hint-successor").with("word", word)
        }
        None => Message::new("hint-expired-check"),
    };
    let finding = |span: Span| findings::expired(span, &contact.key, why).hint(hint.clone());
    for (span, holder) in shown.places() {
        let finding = finding(span).related(contact.span, Message::new("note-registered-here"));
        out.push(finding.hint(shown.at(holder)));
    }
    if shown.is_only_standing() {
        out.push(finding(contact.span).hint(shown.all()));
    }
}

/// Own values of communes that no longer hold, all communes of a contact together.
fn own_values(usage: &Usage<'_>, id: ContactId, communes: &[CommuneId], out: &mut Vec<Diagnostic>) {
    let facts = &usage.site().facts;
    let key = &facts.contact(id).key;
    let shown = Shown::of_communes(usage, id, communes);
    let mut names: Vec<String> = communes
        .iter()
        .take(NAMED)
        .map(|commune| facts.commune(*commune).full_name())
        .collect();
    if communes.len() > NAMED {
        names.push(format!("… (+{})", communes.len() - NAMED));
    }
    let names = names.join(", ");
    let finding = |span: Span| {
        let finding = findings::expired(span, key, Why::Own(&names));
        finding.hint(Message::new("hint-expired-check"))
    };
    let own = communes.iter().filter_map(|commune| {
        let own = facts.own(*commune, id)?;
        Some((own.span, facts.commune(*commune).full_name()))
    });
    let places: Vec<(Span, String)> = own.take(NAMED).collect();
    for (span, holder) in shown.places() {
        let mut finding = finding(span);
        for (own, name) in &places {
            let note = Message::new("note-own-here").with("commune", name.as_str());
            finding = finding.related(*own, note);
        }
        out.push(finding.hint(shown.at(holder)));
    }
    if let Some((own, _)) = places.first().filter(|_| shown.is_only_standing()) {
        out.push(finding(*own).hint(shown.all()));
    }
}

fn stale(usage: &Usage<'_>, fact: Fact, out: &mut Vec<Diagnostic>) {
    let site = usage.site();
    let Some(days) = age(site, fact).filter(|days| *days > site.config.stale_after) else {
        return;
    };
    let facts = &site.facts;
    let (span, name) = match fact {
        Fact::Contact(id) => (facts.contact(id).span, facts.contact(id).key.clone()),
        Fact::Document(id) => (facts.document(id).span, facts.document(id).number.clone()),
        Fact::Own(commune, id) => match facts.own(commune, id) {
            Some(own) => (
                own.span,
                format!("{}, {}", own.key, facts.commune(commune).full_name()),
            ),
            None => return,
        },
        Fact::Commune(_) => return,
    };
    let uses = usage.count(fact);
    if uses > 0 || !usage.everywhere(fact).is_empty() {
        out.push(findings::stale(span, &name, days, uses));
    }
}

/// What shows a fact, with its files as lines.
struct Shown {
    key: String,
    standing: Vec<Message>,
    /// By holder, so that the lines of one article stand together.
    lines: Vec<(Holder, Message)>,
    places: Vec<(Span, Holder)>,
}

impl Shown {
    fn new(usage: &Usage<'_>, fact: Fact, scope: Scope) -> Shown {
        let carriers = usage.carriers(fact, scope);
        let Fact::Contact(id) = fact else {
            return Shown::of(usage, String::new(), Vec::new(), carriers);
        };
        let key = usage.site().facts.contact(id).key.clone();
        Shown::of(usage, key, lines::everywhere(usage, fact), carriers)
    }

    /// The own values of several communes at once.
    fn of_communes(usage: &Usage<'_>, id: ContactId, communes: &[CommuneId]) -> Shown {
        let key = usage.site().facts.contact(id).key.clone();
        let mut carriers = usage.carriers(Fact::Contact(id), Scope::Any);
        for carrier in &mut carriers {
            // Both lists are in registry order.
            carrier
                .communes
                .retain(|commune| communes.binary_search(commune).is_ok());
        }
        carriers.retain(|carrier| !carrier.communes.is_empty());
        Shown::of(usage, key, Vec::new(), carriers)
    }

    fn of(
        usage: &Usage<'_>,
        key: String,
        standing: Vec<Message>,
        mut carriers: Vec<Carrier>,
    ) -> Shown {
        carriers.sort_by_key(|carrier| (carrier.holder, carrier.product, carrier.edition));
        let lines = carriers
            .iter()
            .map(|carrier| (carrier.holder, lines::line(usage.site(), carrier)))
            .collect();
        let mut places: Vec<(Span, Holder)> = carriers
            .iter()
            .flat_map(|carrier| carrier.spans.iter().map(|span| (*span, carrier.holder)))
            .collect();
        places.sort();
        places.dedup();
        Shown {
            key,
            standing,
            lines,
            places,
        }
    }

    fn places(&self) -> impl Iterator<Item = (Span, Holder)> {
        self.places.iter().copied()
    }

    /// Whether it is shown although no text names it.
    fn is_only_standing(&self) -> bool {
        self.places.is_empty() && !(self.standing.is_empty() && self.lines.is_empty())
    }

    /// The files of one article in full, then those of others.
    fn at(&self, holder: Holder) -> Message {
        let first = self.lines.partition_point(|(of, _)| *of < holder);
        let own = self.lines[first..].partition_point(|(of, _)| *of == holder);
        let (before, rest) = self.lines.split_at(first);
        let (own, after) = rest.split_at(own);
        let others = before.len() + after.len();
        let shown = before.iter().chain(after).take(OTHERS);
        let lines = own.iter().chain(shown).map(|(_, line)| line.clone());
        let lines = self.standing.iter().cloned().chain(lines).collect();
        self.hint(lines, others.saturating_sub(OTHERS))
    }

    /// All files, as far as a screen goes.
    fn all(&self) -> Message {
        let shown = self.lines.iter().take(ALL).map(|(_, line)| line.clone());
        let lines = self.standing.iter().cloned().chain(shown).collect();
        self.hint(lines, self.lines.len().saturating_sub(ALL))
    }

    fn hint(&self, mut lines: Vec<Message>, more: usize) -> Message {
        if more > 0 {
            let more = Message::new("carrier-more").with("count", more);
            lines.push(more.with("key", self.key.as_str()));
        }
        Message::new("hint-carriers").with("lines", lines)
    }
}
