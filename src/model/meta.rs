//! Front matter, typed.

use jiff::civil::{Date, DateTime, Time};
use serde::{Deserialize, Serialize};

use super::site::AssetId;
use crate::diag::Span;

/// The head of a page. What few pages have is kept apart.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Meta {
    /// Headline.
    pub title: String,
    /// The lead: the newspaper's sapo, the feed's text, the script's lead.
    pub summary: String,
    /// Day of publication; a section without one has none.
    pub date: Option<Date>,
    /// Day of the last change.
    pub updated: Option<Date>,
    /// Not shown before.
    pub publish_at: Option<DateTime>,
    /// Shown under a banner after.
    pub expires_at: Option<DateTime>,
    /// From when on its text is gone, and why.
    pub withdrawn: Option<Box<Withdrawn>>,
    /// What sort of page it is.
    pub kind: Kind,
    /// Topics, as written.
    pub topics: Vec<String>,
    /// Byline.
    pub author: Option<String>,
    /// Credit.
    pub source: Option<String>,
    /// Old addresses, as path segments, with their places.
    pub aliases: Vec<(Vec<String>, Span)>,
    /// Fixed address segment.
    pub slug: Option<String>,
    /// Only in these editions; all when `None`.
    pub editions: Option<Vec<String>>,
    /// The page's picture.
    pub image: Option<Box<Picture>>,
    /// The address of a video on another site.
    pub video: Option<Box<str>>,
    /// Whether a reader may be in danger.
    pub sensitive: bool,
    /// The agenda of an event.
    pub programme: Option<Box<Programme>>,
    /// Loudspeaker bulletin class.
    pub priority: Priority,
    /// Script settings.
    pub speech: SpeechMeta,
    /// Leaflet settings.
    pub print: PrintMeta,
    /// Who approved it.
    pub approval: Option<Box<Approval>>,
    /// Place of a section in menus; smaller comes first.
    pub weight: i64,
    /// Where the title is written; the front matter where there is none.
    pub title_span: Span,
    /// Where the summary is written; the front matter where there is none.
    pub summary_span: Span,
}

/// A page that was taken back: its address stays, its text does not.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Withdrawn {
    /// The first day without the text.
    pub on: Date,
    /// Why, in words for readers.
    pub reason: String,
    /// Where it is written.
    pub span: Span,
}

impl Meta {
    /// All its places, for moving them to another file. Taken apart so that no new field is forgotten.
    pub fn spans_mut(&mut self) -> impl Iterator<Item = &mut Span> {
        let Meta {
            aliases,
            programme,
            print:
                PrintMeta {
                    formats,
                    imprint_span,
                    headline: _,
                    imprint: _,
                },
            approval,
            withdrawn,
            title_span,
            summary_span,
            title: _,
            summary: _,
            date: _,
            updated: _,
            publish_at: _,
            expires_at: _,
            kind: _,
            topics: _,
            author: _,
            source: _,
            slug: _,
            editions: _,
            image: _,
            video: _,
            sensitive: _,
            priority: _,
            speech:
                SpeechMeta {
                    voices: _,
                    repeat: _,
                    slot_minutes: _,
                    say: _,
                },
            weight: _,
        } = self;
        [title_span, summary_span]
            .into_iter()
            .chain(aliases.iter_mut().map(|(_, span)| span))
            .chain(programme.iter_mut().map(|programme| &mut programme.span))
            .chain(withdrawn.iter_mut().map(|withdrawn| &mut withdrawn.span))
            .chain(formats.iter_mut().flatten().map(|(_, span)| span))
            .chain(imprint_span.iter_mut())
            .chain(approval.iter_mut().map(|approval| &mut approval.span))
    }
}

/// Sorts of page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Kind {
    /// News and background.
    #[default]
    Article,
    /// How-to for citizens.
    Guidance,
    /// An event with an agenda.
    Programme,
    /// Short, with a priority.
    Notice,
}

impl Kind {
    /// The words of front matter.
    pub const NAMES: [&'static str; 4] = ["article", "guidance", "programme", "notice"];

    /// The kind of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Kind> {
        match word {
            "article" => Some(Kind::Article),
            "guidance" => Some(Kind::Guidance),
            "programme" => Some(Kind::Programme),
            "notice" => Some(Kind::Notice),
            _ => None,
        }
    }

    /// The word of a kind.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }
}

/// Loudspeaker bulletin classes of Circular 39/2020.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Priority {
    /// The commune chooses when.
    #[default]
    Ordinary,
    /// Inside the programme.
    Priority,
    /// At once.
    Emergency,
}

impl Priority {
    /// The words of front matter.
    pub const NAMES: [&'static str; 3] = ["ordinary", "priority", "emergency"];

    /// The class of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Priority> {
        match word {
            "ordinary" => Some(Priority::Ordinary),
            "priority" => Some(Priority::Priority),
            "emergency" => Some(Priority::Emergency),
            _ => None,
        }
    }

    /// The word of a class.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }
}

/// A picture with its words.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Picture {
    /// The file.
    pub asset: AssetId,
    /// Alternative text.
    pub alt: String,
    /// Whose it is.
    pub credit: Option<String>,
}

/// An event.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Programme {
    /// When it begins.
    pub starts: DateTime,
    /// When it ends.
    pub ends: Option<DateTime>,
    /// Where it is.
    pub place: String,
    /// The agenda.
    pub items: Vec<AgendaItem>,
    /// Where it is written.
    pub span: Span,
}

/// A line of an agenda.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AgendaItem {
    /// When it begins.
    pub at: Time,
    /// How long it lasts.
    pub minutes: Option<u32>,
    /// What happens.
    pub what: String,
    /// Who does it.
    pub who: Option<String>,
}

/// Script settings of a page.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct SpeechMeta {
    /// One or two voices.
    pub voices: Option<u32>,
    /// How often it is read.
    pub repeat: Option<u32>,
    /// Longest duration in minutes.
    pub slot_minutes: Option<u32>,
    /// Written form and spoken form, for this page.
    pub say: Vec<(String, String)>,
}

/// Leaflet settings of a page.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct PrintMeta {
    /// Formats instead of the edition's; an empty list means no leaflet.
    pub formats: Option<Vec<(String, Span)>>,
    /// Headline instead of the title.
    pub headline: Option<String>,
    /// The legal lines of a printed matter.
    pub imprint: Option<Box<Imprint>>,
    /// Where they are written, or else where print settings are.
    pub imprint_span: Option<Span>,
}

/// The legal lines of a printed matter.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Imprint {
    /// Who holds the licence.
    pub licensee: Option<String>,
    /// Its number.
    pub licence_number: Option<String>,
    /// Who gave it.
    pub licensed_by: Option<String>,
    /// When.
    pub licensed_on: Option<Date>,
    /// Print run.
    pub copies: Option<String>,
    /// Printer's name and address.
    pub printer: Option<String>,
    /// When copies were deposited.
    pub deposited: Option<String>,
    /// SHA-256 of the text that was licensed, in hexadecimal.
    pub digest: Option<String>,
    /// Where it is written.
    pub digest_span: Option<Span>,
}

/// What a page's approval is worth on the day of the build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ApprovalState {
    /// The site asks for none, and none is recorded.
    #[default]
    NotNeeded,
    /// The site asks for one, and none is recorded.
    Missing,
    /// One is recorded, but not for what the page says now, or not yet for today.
    Void,
    /// One is recorded, and it holds.
    Approved,
}

impl ApprovalState {
    /// Whether everything made of the page carries the draft stamp: loa never shows as approved what
    /// is not, and never changes an approved text silently.
    #[must_use]
    pub fn is_stamped(self) -> bool {
        matches!(self, ApprovalState::Missing | ApprovalState::Void)
    }
}

impl Imprint {
    /// The lines with those of the site where this has none. The text that was licensed is a page's own.
    #[must_use]
    pub fn or(&self, site: &Imprint) -> Imprint {
        let text = |own: &Option<String>, other: &Option<String>| own.clone().or(other.clone());
        Imprint {
            licensee: text(&self.licensee, &site.licensee),
            licence_number: text(&self.licence_number, &site.licence_number),
            licensed_by: text(&self.licensed_by, &site.licensed_by),
            licensed_on: self.licensed_on.or(site.licensed_on),
            copies: text(&self.copies, &site.copies),
            printer: text(&self.printer, &site.printer),
            deposited: text(&self.deposited, &site.deposited),
            digest: self.digest.clone(),
            digest_span: self.digest_span,
        }
    }

    /// The keys that a print shop needs and that are not written, in the order of the documentation.
    #[must_use]
    pub fn missing(&self) -> Vec<&'static str> {
        let written = [
            ("licensee", self.licensee.is_some()),
            ("licence_number", self.licence_number.is_some()),
            ("licensed_by", self.licensed_by.is_some()),
            ("licensed_on", self.licensed_on.is_some()),
            ("copies", self.copies.is_some()),
            ("printer", self.printer.is_some()),
            ("deposited", self.deposited.is_some()),
            ("digest", self.digest.is_some()),
        ];
        let missing = written.into_iter().filter(|(_, there)| !there);
        missing.map(|(key, _)| key).collect()
    }
}

/// An approval as recorded in front matter.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Approval {
    /// Who.
    pub by: String,
    /// In what post.
    pub role: String,
    /// When.
    pub on: Date,
    /// SHA-256 of what was approved, in hexadecimal.
    pub digest: String,
    /// Where it is written.
    pub span: Span,
}
