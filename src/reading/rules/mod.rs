//! The rules, one file for each class, in the order that breaks ties between finds of one length.

mod abbreviation;
mod cardinal;
mod date;
pub(super) mod docnum;
mod initial;
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
pub(super) const FOR_NUMBERS: &[(&str, Rule)] = &[
    ("list-mark", list_mark::tag),
    ("net-address", url::tag),
    ("document", docnum::tag),
    ("plate", plate::tag),
    ("phone", phone::tag),
    ("time", time::tag),
    ("date", date::tag),
    ("ratio", ratio::tag),
    ("measure", measure::tag),
    ("number", cardinal::tag),
];

/// Rules for places where a word begins.
pub(super) const FOR_WORDS: &[(&str, Rule)] = &[
    ("definition", letters::definition),
    ("abbreviation", abbreviation::tag),
    ("list-mark", list_mark::tag),
    ("initial", initial::tag),
    ("rate", measure::rate),
    ("net-address", url::tag),
    ("roman", roman::tag),
    ("letters", letters::tag),
];

/// Rules for all other signs.
pub(super) const FOR_MARKS: &[(&str, Rule)] = &[
    ("list-mark", list_mark::tag),
    ("phone", phone::tag),
    ("net-address", url::ending),
    ("file-ending", url::file_ending),
    ("signed-number", measure::signed),
    ("slash", slash::tag),
    ("symbol", symbol::tag),
];
