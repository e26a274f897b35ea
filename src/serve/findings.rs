//! Findings as a preview shows them: the errors in full, the warnings as numbers.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::{Catalogue, Diagnostic, Fatal, Message, Severity, Sources, json};

/// A browser is not sent more errors than these; nobody mends more at once.
const MOST: usize = 100;

/// What the newest build found.
#[derive(Clone, Default)]
pub(super) struct Findings {
    /// While pages were made.
    pub(super) pages: Group,
    /// While leaflets were set, which takes longer: what was found the last time that this came to an end.
    pub(super) leaflets: Group,
    /// The errors for a browser, ready to be sent.
    pub(super) notice: Arc<str>,
}

/// Findings of one part of a build.
#[derive(Clone, Default)]
pub(super) struct Group {
    pub(super) errors: usize,
    pub(super) warnings: usize,
    /// Codes with how often each was found, errors first.
    pub(super) codes: BTreeMap<(bool, &'static str), usize>,
    /// The first errors as JSON objects.
    shown: Vec<String>,
}

impl Group {
    pub(super) fn of(diags: &[Diagnostic], sources: &Sources, catalogue: &Catalogue) -> Group {
        let mut group = Group::default();
        for diag in diags {
            let warning = diag.severity != Severity::Error;
            *group.codes.entry((warning, diag.code.name)).or_default() += 1;
            if warning {
                group.warnings += 1;
                continue;
            }
            group.errors += 1;
            if group.shown.len() < MOST {
                group.shown.push(json(diag, sources, catalogue));
            }
        }
        group
    }

    /// What the system refused, as the only error.
    pub(super) fn refused(fatal: &Fatal, catalogue: &Catalogue) -> Group {
        let record = serde_json::json!({ "message": fatal.say(catalogue) });
        Group {
            errors: 1,
            shown: vec![record.to_string()],
            ..Group::default()
        }
    }
}

impl Findings {
    pub(super) fn errors(&self) -> usize {
        self.pages.errors + self.leaflets.errors
    }

    pub(super) fn warnings(&self) -> usize {
        self.pages.warnings + self.leaflets.warnings
    }

    /// Writes what browsers are told.
    pub(super) fn announce(&mut self, catalogue: &Catalogue) {
        let say = |id: &'static str, count: usize| {
            serde_json::Value::from(catalogue.say(&Message::new(id).with("count", count)))
        };
        let groups = [&self.pages, &self.leaflets];
        let shown: Vec<&str> = groups
            .into_iter()
            .flat_map(|group| &group.shown)
            .map(String::as_str)
            .collect();
        let more = self.errors() - shown.len();
        let more = if more > 0 {
            say("serve-more", more)
        } else {
            "".into()
        };
        self.notice = format!(
            "{{\"lang\":\"{}\",\"title\":{},\"note\":{},\"close\":{},\"hint\":{},\"more\":{more},\"items\":[{}]}}",
            catalogue.language().tag(),
            say("serve-errors", self.errors()),
            say("serve-last-good", self.errors()),
            say("serve-close", 0),
            say("hint-label", 0),
            shown.join(",")
        )
        .into();
    }
}
