//! Calendar files for programmes. The only file that names the calendar library.

use icalendar::{Calendar, Component, Event, EventLike, Property};
use jiff::civil::DateTime;

use crate::model::{Meta, Programme};

/// The calendar file of an event at a whole address, under a title that says whether it is a draft.
///
/// Times are written in UTC: Việt Nam is seven hours ahead all year.
pub(super) fn file(title: &str, meta: &Meta, programme: &Programme, address: &str) -> String {
    let stamp = meta
        .updated
        .or(meta.date)
        .map_or_else(|| programme.starts, |date| date.at(0, 0, 0, 0));
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
    let ends = programme.ends.unwrap_or(programme.starts);
    let mut event = Event::new();
    event
        .uid(address)
        .summary(title)
        .description(&format!("{}\n{}", meta.summary, lines.join("\n")))
        .location(&programme.place)
        .url(address)
        .append_property(Property::new("DTSTAMP", utc(stamp)))
        .append_property(Property::new("DTSTART", utc(programme.starts)))
        .append_property(Property::new("DTEND", utc(ends)));
    let mut calendar = Calendar::empty();
    calendar
        .append_property(("VERSION", "2.0"))
        .append_property(("PRODID", "-//loa//loa//VI"))
        .push(event.done());
    calendar.to_string()
}

fn utc(at: DateTime) -> String {
    let shifted = at.checked_sub(jiff::Span::new().hours(7)).unwrap_or(at);
    shifted.strftime("%Y%m%dT%H%M%SZ").to_string()
}
