//! Calendar files for programmes.

use crate::channel::calendar::{self, Entry};
use crate::model::{Meta, Programme};

/// The calendar file of an event at a whole address, under a title that says whether it is a draft.
pub(super) fn file(title: &str, meta: &Meta, programme: &Programme, address: &str) -> String {
    let lines: Vec<String> = programme
        .items
        .iter()
        .map(|item| {
            format!(
                "{:02}:{:02} {}",
                item.at.hour(),
                item.at.minute(),
                item.what
            )
        })
        .collect();
    calendar::file([Entry {
        uid: address.to_owned(),
        title: title.to_owned(),
        description: format!("{}\n{}", meta.summary, lines.join("\n")),
        place: programme.place.clone(),
        address: address.to_owned(),
        stamp: meta
            .updated
            .or(meta.date)
            .map_or_else(|| programme.starts, |date| date.at(0, 0, 0, 0)),
        starts: programme.starts,
        ends: programme.ends.unwrap_or(programme.starts),
    }])
}
