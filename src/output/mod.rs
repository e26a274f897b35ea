//! From files in memory to folders on the disk: plan, commit, manifest.
//!
//! [`plan()`] is pure and finds collisions; [`commit()`] is the only function that writes a site.

pub mod cache;
mod commit;
mod findings;
mod manifest;
mod plan;

pub use commit::{Committed, commit};
pub use manifest::{Entry, Manifest};
pub use plan::{Plan, PlannedEdition, plan};
