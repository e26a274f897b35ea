//! Print runs: what may have to be recalled when a fact changes.

use super::findings;
use super::usage::{Fact, Holder, Scope, Usage};
use crate::channel;
use crate::diag::Diagnostic;
use crate::load::not_among;
use crate::model::{CommuneChoice, CommuneId, ContactId, DocumentId, PageId, PrintRun, Site};
use crate::text::{fold, nearest};

/// Checks what only channels and editions know: formats, and editions of runs that do not list their facts.
pub(super) fn check(site: &Site, out: &mut Vec<Diagnostic>) {
    let formats = channel::print::format_names();
    let editions = site.config.editions.iter();
    let printed: Vec<&str> = editions
        .filter(|edition| edition.channel == "print")
        .map(|edition| edition.name.as_str())
        .collect();
    for run in &site.facts.print_runs {
        if !run.format.is_empty() && !formats.contains(&run.format.as_str()) {
            out.push(not_among(run.format_span, &run.format, &formats));
        }
        let told = run.facts.is_some() || run.recalled_on.is_some() || run.edition.is_empty();
        if !told && !printed.contains(&run.edition.as_str()) {
            let near = nearest(&run.edition, printed.iter().copied());
            out.push(findings::unknown_edition(
                run.edition_span,
                &run.edition,
                near,
            ));
        }
    }
}

/// What stands on the leaflets of an article in an edition today, as a log names it: keys of contacts, numbers of
/// documents.
#[must_use]
pub fn carried(usage: &Usage<'_>, page: PageId, edition: &str) -> Vec<String> {
    let site = usage.site();
    let shows = |fact: Fact| {
        let carriers = usage.carriers(fact, Scope::Any);
        carriers.iter().any(|carrier| {
            let name = &site.config.editions[carrier.edition].name;
            carrier.holder == Holder::Page(page) && name == edition
        })
    };
    let contacts = (0..site.facts.contacts.len()).map(ContactId);
    let contacts = contacts.filter(|id| shows(Fact::Contact(*id)));
    let documents = (0..site.facts.documents.len()).map(DocumentId);
    let documents = documents.filter(|id| shows(Fact::Document(*id)));
    let keys = contacts.map(|id| site.facts.contact(id).key.clone());
    let numbers = documents.map(|id| site.facts.document(id).number.clone());
    keys.chain(numbers).collect()
}

/// The print runs still out in the world whose sheets carry a fact, the latest first.
#[must_use]
pub fn recall<'a>(usage: &Usage<'a>, fact: Fact) -> Vec<&'a PrintRun> {
    let site = usage.site();
    let key = match fact {
        Fact::Contact(id) | Fact::Own(_, id) => site.facts.contact(id).key.as_str(),
        Fact::Document(id) => site.facts.document(id).number.as_str(),
        Fact::Commune(_) => "",
    };
    let shown = usage.carriers(fact, Scope::Any);
    let today = |run: &PrintRun| {
        run.page.is_some_and(|page| {
            shown.iter().any(|carrier| {
                let edition = &site.config.editions[carrier.edition].name;
                carrier.holder == Holder::Page(page) && *edition == run.edition
            })
        })
    };
    let mut out: Vec<&PrintRun> = outstanding(site)
        .filter(|run| match fact {
            Fact::Own(commune, _) | Fact::Commune(commune) => reaches(run, commune),
            Fact::Contact(_) | Fact::Document(_) => true,
        })
        .filter(|run| match (&run.facts, fact) {
            (_, Fact::Commune(_)) => true,
            (Some(keys), _) => names(keys, key),
            (None, _) => today(run),
        })
        .collect();
    out.sort_by_key(|run| std::cmp::Reverse(run.printed_on));
    out
}

/// The print runs still out in the world that list a fact which the registry no longer has.
#[must_use]
pub fn recall_of_removed<'a>(site: &'a Site, key: &str) -> Vec<&'a PrintRun> {
    let named = |run: &&PrintRun| run.facts.as_ref().is_some_and(|keys| names(keys, key));
    outstanding(site).filter(named).collect()
}

fn outstanding(site: &Site) -> impl Iterator<Item = &PrintRun> {
    let runs = site.facts.print_runs.iter();
    runs.filter(|run| run.recalled_on.is_none())
}

fn names(keys: &[(String, crate::diag::Span)], key: &str) -> bool {
    let key = fold(key);
    keys.iter().any(|(own, _)| fold(own) == key)
}

fn reaches(run: &PrintRun, commune: CommuneId) -> bool {
    match &run.communes {
        CommuneChoice::None => false,
        CommuneChoice::All => true,
        CommuneChoice::Some(chosen) => chosen.contains(&commune),
    }
}
