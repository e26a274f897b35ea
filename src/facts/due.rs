//! What will change by itself, so that a scheduled job knows when to build.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};

use super::Fact;
use super::expiry::own_facts;
use super::state::{State, state_of};
use super::usage::Usage;
use crate::diag::Span;
use crate::model::{ContactId, DocumentId, Site};

/// What happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Due {
    /// A page appears.
    Live,
    /// A page stops holding.
    Ends,
    /// A page loses its text.
    Withdrawn,
    /// A contact stops holding.
    Expires,
    /// A fact that is used wants a new check.
    Stale,
}

impl Due {
    /// The word in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Due::Live => "live",
            Due::Ends => "ends",
            Due::Withdrawn => "withdrawn",
            Due::Expires => "expires",
            Due::Stale => "stale",
        }
    }
}

/// Something that happens on a day.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Item {
    /// The first day on which a build differs.
    pub on: Date,
    /// What happens.
    pub due: Due,
    /// Path of a page, or name of a fact.
    pub what: String,
    /// Where the day is decided.
    pub span: Span,
}

/// Everything after the day of the site, the nearest first.
#[must_use]
pub fn due(site: &Site) -> Vec<Item> {
    let mut out = Vec::new();
    pages(site, &mut out);
    facts(site, &mut out);
    out.retain(|item| item.on > site.today);
    out.sort();
    out
}

fn pages(site: &Site, out: &mut Vec<Item>) {
    for page in site.pages.iter().filter(|page| !page.draft) {
        let mut add = |on: Option<Date>, due| {
            out.extend(on.map(|on| Item {
                on,
                due,
                what: page.source.clone(),
                span: page.span,
            }));
        };
        let meta = &page.meta;
        let withdrawn = meta.withdrawn.as_ref().map(|withdrawn| withdrawn.on);
        // Nothing else happens to a page once its text is gone.
        let before = |on: &Date| withdrawn.is_none_or(|gone| *on < gone);
        add(meta.publish_at.map(DateTime::date), Due::Live);
        let ends = meta.expires_at.and_then(|at| after(at.date(), 0));
        add(ends.filter(before), Due::Ends);
        add(withdrawn, Due::Withdrawn);
    }
}

fn facts(site: &Site, out: &mut Vec<Item>) {
    let usage = Usage::new(site);
    let facts = &site.facts;
    for (at, contact) in facts.contacts.iter().enumerate() {
        let fact = Fact::Contact(ContactId(at));
        let dates = (contact.valid_until, contact.checked_on);
        fact_due(&usage, fact, &contact.key, dates, contact.span, out);
    }
    for fact in own_facts(facts) {
        let Fact::Own(commune, id) = fact else {
            continue;
        };
        let Some(own) = facts.own(commune, id) else {
            continue;
        };
        let what = format!("{}, {}", own.key, facts.commune(commune).full_name());
        let dates = (own.valid_until, own.checked_on);
        fact_due(&usage, fact, &what, dates, own.span, out);
    }
    for (at, document) in facts.documents.iter().enumerate() {
        let fact = Fact::Document(DocumentId(at));
        let dates = (None, document.checked_on);
        fact_due(&usage, fact, &document.number, dates, document.span, out);
    }
}

fn fact_due(
    usage: &Usage<'_>,
    fact: Fact,
    what: &str,
    (until, checked): (Option<Date>, Option<Date>),
    span: Span,
    out: &mut Vec<Item>,
) {
    let site = usage.site();
    let replaced = matches!(fact, Fact::Contact(_)) && state_of(site, fact) == State::Replaced;
    if replaced {
        return;
    }
    let expires = until.and_then(|until| after(until, 0));
    let stale = checked
        .and_then(|checked| after(checked, site.config.stale_after))
        .filter(|on| *on > site.today && expires.is_none_or(|end| *on < end))
        .filter(|_| usage.is_used(fact));
    for (on, due) in [(expires, Due::Expires), (stale, Due::Stale)] {
        out.extend(on.map(|on| Item {
            on,
            due,
            what: what.to_owned(),
            span,
        }));
    }
}

/// The first day after so many more days.
fn after(day: Date, days: i64) -> Option<Date> {
    day.checked_add((days + 1).days()).ok()
}
