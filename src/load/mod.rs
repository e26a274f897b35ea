//! From files to a typed, resolved [`Site`](crate::model::Site).
//!
//! [`snapshot()`] is the only function that touches the disk; [`parse()`] is pure and never fails: a
//! bad page is a page with findings. Heads are read first, so that every reference of a body can be
//! resolved while it is read.

mod approval;
mod assets;
mod bodies;
mod codec;
mod config;
mod directive;
mod directive_block;
mod facts;
mod fields;
mod findings;
mod front_matter;
mod heads;
mod index;
mod look;
mod markdown;
mod memo;
mod meta_parts;
mod names;
mod path;
mod plain_yaml;
mod preview;
mod print_runs;
mod printers;
mod record;
mod recording;
mod refresh;
mod rendered;
mod rendition;
mod reread;
mod run_entry;
mod sections;
mod site;
mod snapshot;
mod stamp;
mod successors;
mod tree;
mod yaml;

pub(crate) use codec::{pack, unpack};
pub(crate) use fields::{Fields, scalar};
pub(crate) use yaml::parse as parse_yaml;

pub use approval::{Approvable, approvable};
pub use fields::parse_date;
pub use findings::not_among;
pub use front_matter::PAGE_KEYS;
pub use heads::sources;
pub use look::Folder;
pub use markdown::DEEPEST;
pub use memo::Memo;
pub use path::is_safe_name;
pub use preview::show_held;
pub use record::{Edit, Entry, apply, approval_place, entry_around, record};
pub use recording::{Recording, recordings};
pub use refresh::refresh;
pub use reread::{Fresh, Reread};
pub use run_entry::{RunEntry, add_run};
pub use site::{Parsed, parse, parse_with};
pub use snapshot::{
    LARGEST_TEXT, Skipped, Tree, TreeFile, is_hidden, snapshot, snapshot_after, text_of,
};
pub use stamp::{Stamp, Stamps};
