//! The registered acts, found by what their numbers mean rather than by how they are written.

use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;

use super::citation::{self, Citation};
use crate::model::{DocumentId, DocumentStatus, Facts, LegalDocument};
use crate::text::fold;

/// An act of the registry with its number taken apart.
#[derive(Debug)]
struct Act {
    id: DocumentId,
    year: Option<String>,
    issued: Option<String>,
    kind: Option<&'static str>,
    tail: String,
}

/// The acts of a site.
#[derive(Debug)]
pub(super) struct Register<'a> {
    facts: &'a Facts,
    today: Date,
    by_number: BTreeMap<String, Vec<Act>>,
    by_name: BTreeMap<String, DocumentId>,
}

/// What the registry knows of a typed number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Match {
    /// This act.
    One(DocumentId),
    /// One of several: the typed number does not say which.
    Several,
    /// Nothing.
    None,
}

impl<'a> Register<'a> {
    pub(super) fn new(facts: &'a Facts, today: Date) -> Register<'a> {
        let mut by_number: BTreeMap<String, Vec<Act>> = BTreeMap::new();
        let mut by_name = BTreeMap::new();
        for (place, document) in facts.documents.iter().enumerate() {
            let id = DocumentId(place);
            by_name.entry(fold(&document.number)).or_insert(id);
            let (number, year, tail) = parts(&document.number);
            by_number.entry(number).or_default().push(Act {
                id,
                year,
                issued: document.issued.map(|day| day.year().to_string()),
                kind: citation::kind_of(&document.kind),
                tail,
            });
        }
        Register {
            facts,
            today,
            by_number,
            by_name,
        }
    }

    /// The act that a typed number means.
    pub(super) fn find(&self, typed: &Citation) -> Match {
        let acts = self.by_number.get(&typed.number);
        let mut fitting = acts.into_iter().flatten().filter(|act| fits(act, typed));
        match (fitting.next(), fitting.next()) {
            (None, _) => Match::None,
            (Some(one), None) => Match::One(one.id),
            (Some(one), Some(_)) if typed.tail.is_some() => Match::One(one.id),
            _ => Match::Several,
        }
    }

    /// A registered act that a slip of the hand could have meant: another year, or another issuer.
    pub(super) fn near(&self, typed: &Citation) -> Option<&'a str> {
        let kind = typed.tail.as_deref().map(first_letters);
        let acts = self.by_number.get(&typed.number)?;
        let near = acts.iter().find(|act| match &kind {
            Some(kind) => first_letters(&act.tail) == *kind,
            None => act.kind == typed.kind,
        })?;
        Some(&self.facts.document(near.id).number)
    }

    /// Whether an act was replaced or repealed on the day of the build. An act of which parts hold is none,
    /// nor one whose successors do not hold yet.
    pub(super) fn is_superseded(&self, id: DocumentId) -> bool {
        let document = self.facts.document(id);
        let followed = document.replaced_by.iter().any(|number| {
            let next = self
                .by_name
                .get(&fold(number))
                .map(|id| self.facts.document(*id));
            next.and_then(|next| next.effective)
                .is_none_or(|day| day <= self.today)
        });
        document.status == DocumentStatus::Expired || followed
    }

    /// The acts at the end of every chain of successors: number, and kind where the registry has it.
    pub(super) fn successors(&self, id: DocumentId) -> Vec<(String, Option<&'a LegalDocument>)> {
        let mut out: Vec<(String, Option<&LegalDocument>)> = Vec::new();
        let mut seen = HashSet::from([id]);
        let mut open: Vec<&str> = self.numbers(id);
        while let Some(number) = open.pop() {
            let next = self.by_name.get(&fold(number)).copied();
            match next {
                Some(next) if seen.contains(&next) => {}
                Some(next) if !self.facts.document(next).replaced_by.is_empty() => {
                    seen.insert(next);
                    open.extend(self.numbers(next));
                }
                // An act that was repealed without a successor is nothing to cite.
                Some(next) if self.facts.document(next).status == DocumentStatus::Expired => {}
                _ => {
                    let document = next.map(|next| self.facts.document(next));
                    let number = document.map_or(number, |document| &document.number);
                    if !out.iter().any(|(known, _)| known == number) {
                        out.push((number.to_owned(), document));
                    }
                }
            }
        }
        out
    }

    /// Numbers of the direct successors, last first.
    fn numbers(&self, id: DocumentId) -> Vec<&'a str> {
        let document = self.facts.document(id);
        document
            .replaced_by
            .iter()
            .rev()
            .map(String::as_str)
            .collect()
    }
}

/// Whether an act is what was typed, as far as it was typed.
fn fits(act: &Act, typed: &Citation) -> bool {
    let year = match (&typed.year, &act.year) {
        (None, None) => true,
        (None, Some(_)) => typed.tail.is_none(),
        (Some(year), Some(own)) => year == own,
        (Some(year), None) => act.issued.as_ref() == Some(year),
    };
    let kind = match &typed.tail {
        Some(tail) => joined(&fold(tail), &act.tail),
        None => typed.kind.is_some() && act.kind == typed.kind,
    };
    year && kind
}

/// Whether two sets of letters are the same, or one leaves out the last issuers of the other.
fn joined(one: &str, other: &str) -> bool {
    let begins = |long: &str, short: &str| {
        long.strip_prefix(short).is_some_and(|rest| {
            rest.is_empty() || (short.contains('-') && rest.starts_with(['-', '/']))
        })
    };
    begins(one, other) || begins(other, one)
}

fn first_letters(tail: &str) -> String {
    let folded = fold(tail);
    folded
        .split(['-', '/'])
        .next()
        .unwrap_or_default()
        .to_owned()
}

/// Number without zeros, year and folded letters of a registered number.
fn parts(number: &str) -> (String, Option<String>, String) {
    let folded = fold(number).replace(['–', ' '], "");
    let end = folded
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(folded.len());
    let (digits, rest) = folded.split_at(end);
    let rest = rest.trim_start_matches(['/', '-']);
    let bare = digits.trim_start_matches('0').to_owned();
    let year = rest
        .get(..4)
        .filter(|year| year.bytes().all(|byte| byte.is_ascii_digit()));
    let whole = year.filter(|_| matches!(rest.as_bytes().get(4), None | Some(b'/')));
    match whole {
        Some(year) => (
            bare,
            Some(year.to_owned()),
            rest[4..].trim_start_matches('/').to_owned(),
        ),
        None => (bare, None, rest.to_owned()),
    }
}
