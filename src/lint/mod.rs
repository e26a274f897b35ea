//! Checks of a whole site: one small file each, all in one list.
//!
//! A lint looks at the parsed site and says what it found. To add one: a file in `rules/`, a line in
//! [`LINTS`], an explanation for its code.

mod rules;

use rayon::prelude::*;

use crate::diag::{Code, Diagnostic};
use crate::model::Site;

/// A check of a whole site.
pub trait Lint: Sync {
    /// What it reports.
    fn code(&self) -> Code;

    /// Looks at a site.
    fn check(&self, site: &Site, out: &mut Vec<Diagnostic>);
}

/// Every lint, in the order of the documentation.
pub const LINTS: &[&dyn Lint] = &[&rules::CommuneWithoutPhone, &rules::NotApproved];

/// Runs all lints.
#[must_use]
pub fn lint(site: &Site) -> Vec<Diagnostic> {
    let found: Vec<Vec<Diagnostic>> = LINTS
        .par_iter()
        .map(|lint| {
            let mut out = Vec::new();
            lint.check(site, &mut out);
            out
        })
        .collect();
    found.into_iter().flatten().collect()
}
