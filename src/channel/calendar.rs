//! Calendar files. The only file that names the calendar library.

use icalendar::{Calendar, Component, Event, EventLike, Property};
use jiff::civil::DateTime;

/// An entry of a calendar; what is empty is left out.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// What it is known by for ever.
    pub(super) uid: String,
    pub(super) title: String,
    pub(super) description: String,
    pub(super) place: String,
    /// A whole address.
    pub(super) address: String,
    /// When it was written.
    pub(super) stamp: DateTime,
    pub(super) starts: DateTime,
    pub(super) ends: DateTime,
}

/// The calendar of some entries.
///
/// Times are written in UTC: Việt Nam is seven hours ahead all year.
pub(super) fn file(entries: impl IntoIterator<Item = Entry>) -> String {
    let mut calendar = Calendar::empty();
    calendar
        .append_property(("VERSION", "2.0"))
        .append_property(("PRODID", "-//loa//loa//VI"));
    for entry in entries {
        let mut event = Event::new();
        event
            .uid(&entry.uid)
            .summary(&entry.title)
            .description(&entry.description)
            .location(&entry.place);
        if !entry.address.is_empty() {
            event.url(&entry.address);
        }
        event
            .append_property(Property::new("DTSTAMP", utc(entry.stamp)))
            .append_property(Property::new("DTSTART", utc(entry.starts)))
            .append_property(Property::new("DTEND", utc(entry.ends)));
        calendar.push(event.done());
    }
    calendar.to_string()
}

fn utc(at: DateTime) -> String {
    let shifted = at.checked_sub(jiff::Span::new().hours(7)).unwrap_or(at);
    shifted.strftime("%Y%m%dT%H%M%SZ").to_string()
}
