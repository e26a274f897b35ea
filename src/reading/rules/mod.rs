//! The rules, one file for each class, in the order that breaks ties between finds of one length.

mod abbreviation;
mod cardinal;
mod date;
pub(super) mod docnum;
mod letters;
mod list_mark;
mod measure;
mod number;
mod phone;
mod plate;
mod ratio;
mod roman;
mod slash;
mod symbol;
mod time;
mod url;

use super::tag::Rule;

/// Rules for places where a number begins.
pub(super) const FOR_NUMBERS: &[Rule] = &[
    list_mark::tag,
    url::tag,
    docnum::tag,
    plate::tag,
    phone::tag,
    time::tag,
    date::tag,
    ratio::tag,
    measure::tag,
    cardinal::tag,
];

/// Rules for places where a word begins.
pub(super) const FOR_WORDS: &[Rule] = &[
    abbreviation::tag,
    list_mark::tag,
    url::tag,
    roman::tag,
    letters::tag,
];

/// Rules for all other signs.
pub(super) const FOR_MARKS: &[Rule] = &[
    list_mark::tag,
    phone::tag,
    url::file_ending,
    measure::signed,
    slash::tag,
    symbol::tag,
];
