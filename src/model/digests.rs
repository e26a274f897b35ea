//! Digests of settings and of the registry: by them outputs know whether what they were made from is still the same.
//!
//! Places do not count, so that a line added above an entry changes nothing.

use super::config::{Config, Edition};
use super::digest::{Digest, Digester};
use super::facts::Facts;
use super::node::{Node, NodeKind};
use crate::diag::{FileId, Span};

/// One digest for each thing that an output can depend on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digests {
    /// `loa.yaml` without its editions.
    pub config: Digest,
    /// Each edition, in the order of `loa.yaml`.
    pub editions: Vec<Digest>,
    /// The whole registry.
    pub facts: Digest,
    /// Each contact, by its place in the registry.
    pub contacts: Vec<Digest>,
    /// Each legal document.
    pub documents: Vec<Digest>,
    /// Each commune with its own contact values.
    pub communes: Vec<Digest>,
    /// Written and spoken forms.
    pub lexicon: Digest,
}

const NOWHERE: Span = Span {
    file: FileId(0),
    start: 0,
    end: 0,
};

/// What a value shows of itself: all its fields, texts in quotation marks.
fn shown(value: &impl std::fmt::Debug) -> Digest {
    Digest::of(format!("{value:?}").as_bytes())
}

impl Digests {
    /// The digests of a site's settings and registry.
    #[must_use]
    pub fn of(config: &Config, facts: &Facts) -> Digests {
        let bare = Config {
            editions: Vec::new(),
            span: NOWHERE,
            ..config.clone()
        };
        let contact = |contact: &super::Contact| {
            let mut contact = contact.clone();
            contact.span = NOWHERE;
            shown(&contact)
        };
        let document = |document: &super::LegalDocument| {
            let mut document = document.clone();
            document.span = NOWHERE;
            shown(&document)
        };
        let commune = |commune: &super::Commune| {
            let mut commune = commune.clone();
            commune.span = NOWHERE;
            for own in &mut commune.contacts {
                own.span = NOWHERE;
            }
            shown(&commune)
        };
        let mut former = facts.former_names.clone();
        for name in &mut former {
            name.span = NOWHERE;
        }
        let contacts: Vec<Digest> = facts.contacts.iter().map(contact).collect();
        let documents: Vec<Digest> = facts.documents.iter().map(document).collect();
        let communes: Vec<Digest> = facts.communes.iter().map(commune).collect();
        let lexicon = shown(&facts.lexicon);
        let mut all = Digester::default();
        all.digest(lexicon).digest(shown(&former));
        for list in [&contacts, &documents, &communes] {
            all.number(list.len());
            for digest in list {
                all.digest(*digest);
            }
        }
        Digests {
            config: shown(&bare),
            editions: config.editions.iter().map(edition).collect(),
            facts: all.finish(),
            contacts,
            documents,
            communes,
            lexicon,
        }
    }
}

fn edition(edition: &Edition) -> Digest {
    let mut digester = Digester::default();
    digester
        .text(&edition.name)
        .text(&edition.channel)
        .text(&edition.theme);
    node(&edition.settings, &mut digester);
    digester.finish()
}

/// Settings are nested no deeper than YAML may be.
fn node(node: &Node, to: &mut Digester) {
    match &node.kind {
        NodeKind::Null => {
            to.number(0);
        }
        NodeKind::Scalar(text) => {
            to.number(1).text(text);
        }
        NodeKind::List(items) => {
            to.number(2).number(items.len());
            for item in items {
                self::node(item, to);
            }
        }
        NodeKind::Map(entries) => {
            to.number(3).number(entries.len());
            for (key, value) in entries {
                to.text(&key.text);
                self::node(value, to);
            }
        }
    }
}
