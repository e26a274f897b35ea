//! Who carries which fact: what must be built, read or printed again when one changes.
//!
//! [`Usage`] looks a site over once and knows for every contact, document and commune the pages that
//! show it and the files that carry it. [`check`] finds what no longer holds, [`compare`] what
//! changed between two registries, [`due()`] what will change by itself.

mod changes;
mod due;
mod expiry;
mod findings;
mod lines;
mod runs;
mod state;
mod usage;
mod walk;

pub use changes::{Change, Changed, compare};
pub use due::{Due, Item, due};
pub use expiry::{check, is_sound, own_facts};
pub use lines::{everywhere, line};
pub use runs::{carried, recall, recall_of_removed};
pub use state::{State, age, fact_of, find, state_of};
pub use usage::{Carrier, Fact, Holder, Scope, Usage};
