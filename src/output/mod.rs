//! From finished files to folders on the disk: sinks, plan, commit, manifest.
//!
//! Channels hand over files as they make them. [`Memory`] and [`Ledger`] touch no disk; [`Staging`]
//! writes beside the old editions, and [`Sealed`] lets the new ones take their place. [`merge()`] makes one
//! build of several shards.

pub mod cache;
mod claim;
mod commit;
mod findings;
mod folders;
mod listing;
mod made;
mod manifest;
mod memory;
mod merge;
mod pair;
mod part;
mod patch;
mod plan;
mod staging;
mod timed;
mod tree;

pub use claim::Claim;
pub use commit::{Committed, Sealed};
pub use made::Run;
pub use manifest::{Entry, Manifest};
pub use memory::{Ledger, Memory, Recent, Shelf};
pub use merge::{Merged, Unmerged, merge};
pub use part::ShardStamp;
pub use plan::{EditionName, Plan, PlannedEdition, plan};
pub use staging::Staging;
pub use timed::Timed;
