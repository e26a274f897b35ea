//! Carriers of a fact as lines for people.

use super::usage::{Carrier, Fact, Usage};
use crate::diag::Message;
use crate::model::Site;

/// The files of a carrier on one line: many communes are one `*` and a count.
#[must_use]
pub fn line(site: &Site, carrier: &Carrier) -> Message {
    let edition = &site.config.editions[carrier.edition].name;
    let path = |commune| format!("{edition}/{}", carrier.output.path(site, commune));
    match carrier.communes.as_slice() {
        [] => Message::new("carrier-one").with("path", path(None)),
        [only] => Message::new("carrier-one").with("path", path(Some(*only))),
        many => Message::new("carrier-many")
            .with("path", format!("{edition}/{}", carrier.output.pattern()))
            .with("count", many.len()),
    }
}

/// The editions that show a fact on every page, one line each.
#[must_use]
pub fn everywhere(usage: &Usage<'_>, fact: Fact) -> Vec<Message> {
    let editions = usage.everywhere(fact).into_iter();
    let name = |place: usize| usage.site().config.editions[place].name.as_str();
    editions
        .map(|place| Message::new("carrier-everywhere").with("edition", name(place)))
        .collect()
}
