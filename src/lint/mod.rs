//! Checks of a whole site: one small file each, all in one list.
//!
//! A lint looks at the parsed site and says what it found. To add one: a file in `rules/`, a line in
//! [`LINTS`], an explanation for its code.

mod allow;
mod rules;

use rayon::prelude::*;

use crate::diag::{Code, Diagnostic, Sources};
use crate::model::Site;

pub use allow::settle;

/// A check of a whole site.
pub trait Lint: Sync {
    /// What it reports.
    fn code(&self) -> Code;

    /// Looks at a site and the texts that its spans point into.
    fn check(&self, site: &Site, sources: &Sources, out: &mut Vec<Diagnostic>);
}

/// Every lint, in the order of the documentation.
pub const LINTS: &[&dyn Lint] = &[
    &rules::CommuneWithoutPhone,
    &rules::NotApproved,
    &rules::ApprovalVoid,
];

/// Runs all lints.
#[must_use]
pub fn lint(site: &Site, sources: &Sources) -> Vec<Diagnostic> {
    let found: Vec<Vec<Diagnostic>> = LINTS
        .par_iter()
        .map(|lint| {
            let mut out = Vec::new();
            lint.check(site, sources, &mut out);
            out
        })
        .collect();
    let mut out: Vec<Diagnostic> = found.into_iter().flatten().collect();
    allow::check(sources, &mut out);
    out
}
