//! The records that script templates receive.

use super::Value;
use serde::Serialize;

/// `script`: a reading sheet.
#[derive(Debug, Clone, Serialize)]
pub struct ScriptView {
    /// Headline.
    pub title: String,
    /// The commune's full name; empty when made for all.
    pub commune: String,
    /// Whether it carries the draft stamp.
    pub unapproved: bool,
    /// Why it is not published yet: `draft`, `scheduled`; empty when it is. Only `loa serve` shows such scripts.
    pub held: String,
    /// Head lines in order.
    pub head: Vec<HeadLineView>,
    /// The [`LineView`]s in order: cues and sentences.
    pub lines: Vec<Value>,
    /// Relative address of the list of scripts.
    pub index: String,
    /// Relative address of the plain text; empty when it is not made.
    pub text_file: String,
}

/// A line of the head.
#[derive(Debug, Clone, Serialize)]
pub struct HeadLineView {
    /// What it is.
    pub name: String,
    /// What it says.
    pub text: String,
}

/// A cue or a sentence.
#[derive(Debug, Clone, Serialize)]
pub struct LineView {
    /// Whether it is a cue, which is not read.
    pub cue: bool,
    /// Whether a paragraph begins here.
    pub start: bool,
    /// Whose turn it is, where two voices alternate; else empty.
    pub voice: String,
    /// The words.
    pub text: String,
    /// The same from pause to pause; empty for a cue.
    pub parts: Vec<String>,
}

/// `commune`: the scripts of one commune.
#[derive(Debug, Clone, Serialize)]
pub struct CommuneView {
    /// Full name; empty when made for all.
    pub name: String,
    /// Relative address of the list of communes; empty when there is none.
    pub back: String,
    /// Relative address of the broadcast plan; empty when there is none.
    pub plan: String,
    /// Its scripts.
    pub scripts: Vec<ScriptLinkView>,
}

/// `plan`: what is broadcast when, in one commune.
#[derive(Debug, Clone, Serialize)]
pub struct PlanView {
    /// Full name of the commune.
    pub commune: String,
    /// The first day, as `23/11/2026`.
    pub from: String,
    /// The last day.
    pub until: String,
    /// Days with sessions, in order.
    pub days: Vec<PlanDayView>,
    /// Bulletins that found no place.
    pub left: Vec<LeftView>,
    /// How many more there are.
    pub more: usize,
}

/// A day of a plan.
#[derive(Debug, Clone, Serialize)]
pub struct PlanDayView {
    /// The day with its weekday.
    pub day: String,
    /// Its sessions, in order.
    pub sessions: Vec<PlanSessionView>,
}

/// A session of a plan.
#[derive(Debug, Clone, Serialize)]
pub struct PlanSessionView {
    /// When it begins, as `05:00`.
    pub at: String,
    /// When it ends.
    pub ends: String,
    /// How long it is.
    pub minutes: u32,
    /// How much of it is planned, as `3 phút 10 giây`; empty when nothing is.
    pub used: String,
    /// Its bulletins, in order.
    pub items: Vec<PlanItemView>,
}

/// A bulletin in a session.
#[derive(Debug, Clone, Serialize)]
pub struct PlanItemView {
    /// When it begins, as `05:03:10`.
    pub at: String,
    /// Headline.
    pub title: String,
    /// Relative address of its sheet.
    pub sheet: String,
    /// How often it is read.
    pub repeats: u32,
    /// All readings, as `3 phút 10 giây`.
    pub duration: String,
    /// Its class: `ordinary`, `priority`, `emergency`.
    pub priority: String,
    /// The class in words.
    pub class: String,
    /// The first and the last day on which it may be read, in words; either may be empty.
    pub valid_from: String,
    /// The last day.
    pub valid_until: String,
    /// Who approved it, in words.
    pub approval: String,
    /// Why nobody may read it out yet, in words; empty when nothing keeps it back.
    pub stamp: String,
}

/// A bulletin that found no place in a plan.
#[derive(Debug, Clone, Serialize)]
pub struct LeftView {
    /// Headline.
    pub title: String,
    /// Relative address of its sheet.
    pub sheet: String,
    /// One reading, as `3 phút 10 giây`.
    pub duration: String,
    /// Whether it is longer than every session.
    pub too_long: bool,
}

/// A script in a list.
#[derive(Debug, Clone, Serialize)]
pub struct ScriptLinkView {
    /// Headline.
    pub title: String,
    /// Relative address of the sheet to print, or of the text where no sheet is made.
    pub sheet: String,
    /// Relative address of the plain text; empty when it is not made.
    pub text_file: String,
    /// Its other files.
    pub files: Vec<FileLinkView>,
    /// How long it is, in words.
    pub duration: String,
    /// Whether it carries the draft stamp.
    pub unapproved: bool,
    /// Why it is not published yet: `draft`, `scheduled`; empty when it is. Only `loa serve` shows such scripts.
    pub held: String,
}

/// A further file of a script.
#[derive(Debug, Clone, Serialize)]
pub struct FileLinkView {
    /// Its ending, such as `docx`.
    pub name: String,
    /// Relative address.
    pub url: String,
}

/// A commune in the list of all.
#[derive(Debug, Clone, Serialize)]
pub struct CommuneLinkView {
    /// Full name.
    pub name: String,
    /// Relative address.
    pub url: String,
}

/// A line of the table of what differs between communes.
#[derive(Debug, Clone, Serialize)]
pub struct DifferenceView {
    /// Headline of the article.
    pub article: String,
    /// The contact in it.
    pub contact: String,
    /// Full names of communes with a number of their own, the first of them only.
    pub communes: String,
    /// How many more there are.
    pub more: usize,
}
