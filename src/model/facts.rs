//! The fact registry: what is looked up instead of retyped.

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use super::{print_run::PrintRun, site::CommuneId};
use crate::diag::Span;

/// A contact by its place in [`Facts::contacts`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ContactId(pub usize);

/// A legal document by its place in [`Facts::documents`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DocumentId(pub usize);

/// Everything under `content/_facts/`.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Contacts in the order written.
    pub contacts: Vec<Contact>,
    /// Legal documents in the order written.
    pub documents: Vec<LegalDocument>,
    /// Communes in the order written.
    pub communes: Vec<Commune>,
    /// Names that no longer exist.
    pub former_names: Vec<FormerName>,
    /// Written form and spoken form.
    pub lexicon: Vec<(String, String)>,
    /// What was printed and handed out, in the order written.
    pub print_runs: Vec<PrintRun>,
}

impl Facts {
    /// The contact of a reference.
    #[must_use]
    pub fn contact(&self, id: ContactId) -> &Contact {
        &self.contacts[id.0]
    }

    /// The document of a reference.
    #[must_use]
    pub fn document(&self, id: DocumentId) -> &LegalDocument {
        &self.documents[id.0]
    }

    /// The commune of a name.
    #[must_use]
    pub fn commune(&self, id: CommuneId) -> &Commune {
        &self.communes[id.0]
    }

    /// The own values of a commune for a contact.
    #[must_use]
    pub fn own(&self, commune: CommuneId, id: ContactId) -> Option<&OwnContact> {
        self.commune(commune).own(&self.contact(id).key)
    }

    /// Whether a commune's own number takes the place of the general one.
    #[must_use]
    pub fn has_own_number(&self, commune: CommuneId, id: ContactId) -> bool {
        self.own(commune, id).is_some_and(|own| {
            // An entry without a number of either kind is about an address or hours: the own one counts.
            own.phone.is_some() || self.contact(id).phone.is_none()
        })
    }

    /// A contact with a commune's own values in place of the general ones, its name in a language.
    ///
    /// The only place that decides which value wins: the commune's own, then the general one of the
    /// registry, be it the province's or a national number. Source, date of the check and last day
    /// are those of the number that wins.
    #[must_use]
    pub fn contact_for(
        &self,
        id: ContactId,
        commune: Option<CommuneId>,
        language: &str,
    ) -> Contact {
        let mut contact = self.contact(id).clone();
        let translated = contact.names.iter().find(|(of, _)| of == language);
        let translated = translated.map(|(_, name)| name.clone());
        if let Some(name) = &translated {
            contact.name.clone_from(name);
        }
        let Some(commune) = commune.map(|id| self.commune(id)) else {
            return contact;
        };
        if let Some(own) = commune.own(&contact.key) {
            if own.phone.is_some() || contact.phone.is_none() {
                contact.source.clone_from(&own.source);
                (contact.checked_on, contact.valid_until) = (own.checked_on, own.valid_until);
                contact.span = own.span;
            }
            contact.phone = own.phone.clone().or(contact.phone);
            contact.address = own.address.clone().or(contact.address);
            contact.hours = own.hours.clone().or(contact.hours);
            contact.url = own.url.clone().or(contact.url);
        }
        if contact.per_commune {
            contact.name = match translated {
                Some(name) => format!("{name}, {}", commune.full_name()),
                None => commune.specific(&contact.name),
            };
        }
        contact
    }
}

/// Whom to call or visit.
#[derive(Debug, Clone)]
pub struct Contact {
    /// What references name.
    pub key: String,
    /// Who answers.
    pub name: String,
    /// Who answers, in other languages.
    pub names: Vec<(String, String)>,
    /// The telephone number.
    pub phone: Option<Phone>,
    /// Whether every commune has its own.
    pub per_commune: bool,
    /// Whether it is for danger to life.
    pub emergency: bool,
    /// When somebody answers.
    pub hours: Option<String>,
    /// Street address.
    pub address: Option<String>,
    /// Web address.
    pub url: Option<String>,
    /// Last day on which the value holds.
    pub valid_until: Option<Date>,
    /// Key of the contact that follows.
    pub replaced_by: Option<String>,
    /// Where the value was read.
    pub source: String,
    /// When it was last checked.
    pub checked_on: Option<Date>,
    /// Where it is written.
    pub span: Span,
}

/// A telephone number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phone {
    /// As written, groups parted by single spaces.
    pub display: String,
    /// Digits only, with a leading `+` when written so.
    pub dial: String,
}

impl Phone {
    /// Reads a number of 3 to 15 digits with spaces, dots, hyphens or brackets between the groups.
    ///
    /// ```
    /// use loa::model::Phone;
    /// let phone = Phone::parse("(0273) 3.872-222").unwrap();
    /// assert_eq!((phone.display.as_str(), phone.dial.as_str()), ("0273 3 872 222", "02733872222"));
    /// assert_eq!(Phone::parse("mười"), None);
    /// ```
    #[must_use]
    pub fn parse(written: &str) -> Option<Phone> {
        let trimmed = written.trim();
        let (plus, rest) = trimmed
            .strip_prefix('+')
            .map_or(("", trimmed), |rest| ("+", rest));
        let groups: Vec<&str> = rest
            .split([' ', '.', '-', '(', ')', '\u{a0}'])
            .filter(|group| !group.is_empty())
            .collect();
        let digits = groups.concat();
        let sound =
            (3..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        sound.then(|| Phone {
            display: format!("{plus}{}", groups.join(" ")),
            dial: format!("{plus}{digits}"),
        })
    }
}

/// A legal document.
#[derive(Debug, Clone)]
pub struct LegalDocument {
    /// Number and sign, such as `06/2014/NĐ-CP`.
    pub number: String,
    /// Nghị định, Luật, …
    pub kind: String,
    /// Who issued it.
    pub issuer: String,
    /// When it was signed.
    pub issued: Option<Date>,
    /// When it took effect.
    pub effective: Option<Date>,
    /// What it is about.
    pub title: String,
    /// Whether it holds.
    pub status: DocumentStatus,
    /// Numbers of the acts that changed it.
    pub amended_by: Vec<String>,
    /// Numbers of the acts that replaced it.
    pub replaced_by: Vec<String>,
    /// How sure the registry is.
    pub confidence: Option<String>,
    /// Where it was read.
    pub source: String,
    /// When it was last checked.
    pub checked_on: Option<Date>,
    /// Where it is written.
    pub span: Span,
}

impl LegalDocument {
    /// Kind and number: `Nghị định 06/2014/NĐ-CP`. A law whose title begins with its kind goes by the title.
    #[must_use]
    pub fn name(&self, language: &str) -> String {
        if language != "vi" {
            return format!("{} {}", english(&self.kind), self.number);
        }
        format!("{} {}", self.called(), self.number)
    }

    /// Whether the title begins with the kind, as a law's does.
    #[must_use]
    pub fn goes_by_title(&self) -> bool {
        let title = self.title.to_lowercase();
        title.starts_with(&self.kind.to_lowercase())
    }

    /// What stands before the number: the kind, or the title of what goes by it.
    #[must_use]
    pub fn called(&self) -> &str {
        if self.goes_by_title() {
            &self.title
        } else {
            &self.kind
        }
    }

    /// The name with a pinpoint: `khoản 2 Điều 9 Nghị định 06/2014/NĐ-CP`.
    #[must_use]
    pub fn cited(&self, pinpoint: Option<&str>, language: &str) -> String {
        match pinpoint {
            None => self.name(language),
            Some(pinpoint) if language == "vi" => format!("{pinpoint} {}", self.name(language)),
            Some(pinpoint) => {
                let words: Vec<&str> = pinpoint.split_whitespace().map(english).collect();
                format!("{} of {}", words.join(" "), self.name(language))
            }
        }
    }
}

/// The English word for a kind of document or a part of one; others stay.
fn english(word: &str) -> &str {
    const WORDS: [(&str, &str); 17] = [
        ("Hiến pháp", "Constitution"),
        ("Bộ luật", "Code"),
        ("Luật", "Law"),
        ("Pháp lệnh", "Ordinance"),
        ("Nghị quyết", "Resolution"),
        ("Nghị quyết liên tịch", "Joint Resolution"),
        ("Nghị định", "Decree"),
        ("Quyết định", "Decision"),
        ("Chỉ thị", "Directive"),
        ("Thông tư", "Circular"),
        ("Thông tư liên tịch", "Joint Circular"),
        ("Hướng dẫn", "Guidance"),
        ("điểm", "Point"),
        ("khoản", "Clause"),
        ("điều", "Article"),
        ("mục", "Section"),
        ("chương", "Chapter"),
    ];
    let folded = word.to_lowercase();
    WORDS
        .iter()
        .find(|(vietnamese, _)| vietnamese.to_lowercase() == folded)
        .map_or(word, |(_, english)| english)
}

/// Whether a legal document holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentStatus {
    /// As issued.
    InForce,
    /// With changes.
    Amended,
    /// Partly repealed.
    PartlyExpired,
    /// Repealed or replaced.
    Expired,
    /// Not known.
    Unknown,
}

impl DocumentStatus {
    /// The words of the registry.
    pub const NAMES: [&'static str; 5] = [
        "in-force",
        "amended",
        "partly-expired",
        "expired",
        "unknown",
    ];

    /// The status of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<DocumentStatus> {
        match word {
            "in-force" => Some(DocumentStatus::InForce),
            "amended" => Some(DocumentStatus::Amended),
            "partly-expired" => Some(DocumentStatus::PartlyExpired),
            "expired" => Some(DocumentStatus::Expired),
            "unknown" => Some(DocumentStatus::Unknown),
            _ => None,
        }
    }

    /// The word of a status.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }
}

/// A commune-level unit.
#[derive(Debug, Clone)]
pub struct Commune {
    /// The official code.
    pub code: String,
    /// The name without the kind.
    pub name: String,
    /// Xã, phường or đặc khu.
    pub kind: CommuneKind,
    /// Its folder.
    pub slug: String,
    /// Its own contact values, in the order of their keys.
    pub contacts: Vec<OwnContact>,
    /// When its loudspeakers speak.
    pub schedule: Option<Schedule>,
    /// Where it is written.
    pub span: Span,
}

impl Commune {
    /// Its own values of a contact.
    #[must_use]
    pub fn own(&self, key: &str) -> Option<&OwnContact> {
        let found = self
            .contacts
            .binary_search_by(|own| own.key.as_str().cmp(key));
        found.ok().map(|at| &self.contacts[at])
    }

    /// `xã Cái Bè`, `phường Mỹ Tho`.
    #[must_use]
    pub fn full_name(&self) -> String {
        format!("{} {}", self.kind.word(), self.name)
    }

    /// A per-commune name for this commune: `Trực ban Công an xã` → `Trực ban Công an phường Mỹ Tho`.
    ///
    /// The last `xã` gives way to the commune's full name; a name without one gets it appended.
    #[must_use]
    pub fn specific(&self, name: &str) -> String {
        let full = self.full_name();
        match name
            .strip_suffix("xã, phường")
            .or_else(|| name.strip_suffix("xã"))
        {
            Some(stem) => format!("{stem}{full}"),
            None => format!("{name} {full}"),
        }
    }
}

/// A commune's own values of a contact.
#[derive(Debug, Clone)]
pub struct OwnContact {
    /// The contact's key.
    pub key: String,
    /// Its own number.
    pub phone: Option<Phone>,
    /// Its own address.
    pub address: Option<String>,
    /// Its own hours.
    pub hours: Option<String>,
    /// Its own web address.
    pub url: Option<String>,
    /// Last day on which the value holds.
    pub valid_until: Option<Date>,
    /// Where the value was read.
    pub source: String,
    /// When it was last checked.
    pub checked_on: Option<Date>,
    /// Where it is written.
    pub span: Span,
}

/// The kinds of commune-level unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommuneKind {
    /// Xã.
    Xa,
    /// Phường.
    Phuong,
    /// Đặc khu.
    DacKhu,
}

impl CommuneKind {
    /// The kind of a registry word.
    #[must_use]
    pub fn parse(word: &str) -> Option<CommuneKind> {
        match word {
            "xa" => Some(CommuneKind::Xa),
            "phuong" => Some(CommuneKind::Phuong),
            "dac-khu" => Some(CommuneKind::DacKhu),
            _ => None,
        }
    }

    /// The word before a name.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            CommuneKind::Xa => "xã",
            CommuneKind::Phuong => "phường",
            CommuneKind::DacKhu => "đặc khu",
        }
    }
}

/// When a commune's loudspeakers speak.
#[derive(Debug, Clone, Default)]
pub struct Schedule {
    /// Sessions of a day.
    pub sessions: Vec<Session>,
    /// Weekdays, as `mon` … `sun`.
    pub weekdays: Vec<String>,
    /// Syllables a minute.
    pub rate: Option<u32>,
}

/// One session.
#[derive(Debug, Clone, Copy)]
pub struct Session {
    /// When it begins.
    pub at: Time,
    /// How long it may last.
    pub minutes: u32,
}

/// A name that no longer exists.
#[derive(Debug, Clone)]
pub struct FormerName {
    /// The old name.
    pub name: String,
    /// What it is called now.
    pub now: String,
    /// Since when.
    pub since: Option<Date>,
    /// Where it was read.
    pub source: String,
    /// Where it is written.
    pub span: Span,
}
