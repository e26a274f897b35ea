//! The tables of `data/` in the shape the rules ask them, and a site's own lexicon.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Lists of words that decide what stands behind or before them, one line of `cues.tsv` each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cue {
    Date,
    BareDate,
    Street,
    House,
    Phone,
    MaybePhone,
    Ident,
    Document,
    Roman,
    NameZero,
    Version,
    Score,
    Ratio,
    Minus,
    Clock,
    Counted,
    Rate,
    Law,
    SchoolYear,
    Prize,
    Plate,
    WholeOf,
    DayPart,
    Person,
    Members,
}

const CUES: [(&str, Cue); 25] = [
    ("date", Cue::Date),
    ("bare_date", Cue::BareDate),
    ("street", Cue::Street),
    ("house", Cue::House),
    ("phone", Cue::Phone),
    ("maybe_phone", Cue::MaybePhone),
    ("ident", Cue::Ident),
    ("document", Cue::Document),
    ("roman", Cue::Roman),
    ("name_zero", Cue::NameZero),
    ("version", Cue::Version),
    ("score", Cue::Score),
    ("ratio", Cue::Ratio),
    ("minus", Cue::Minus),
    ("clock", Cue::Clock),
    ("counted", Cue::Counted),
    ("rate", Cue::Rate),
    ("law", Cue::Law),
    ("school_year", Cue::SchoolYear),
    ("prize", Cue::Prize),
    ("plate", Cue::Plate),
    ("whole_of", Cue::WholeOf),
    ("day_part", Cue::DayPart),
    ("person", Cue::Person),
    ("members", Cue::Members),
];

impl Cue {
    /// Whether this list is among some.
    pub(super) fn is_in(self, lists: u32) -> bool {
        lists & (1 << self as u32) != 0
    }
}

/// What a unit measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum UnitKind {
    Measure,
    Money,
    Percent,
    Scale,
}

/// A row of `units.tsv`.
#[derive(Debug)]
pub(super) struct Unit {
    pub(super) written: &'static str,
    pub(super) spoken: &'static str,
    pub(super) kind: UnitKind,
}

/// A row of `abbreviations.tsv`.
#[derive(Debug)]
pub(super) struct Abbreviation {
    pub(super) written: &'static str,
    pub(super) spoken: &'static str,
    /// All of these must hold.
    pub(super) when: Vec<Condition>,
}

/// What must stand around an abbreviation.
#[derive(Debug)]
pub(super) enum Condition {
    /// A capitalized word follows.
    NextName,
    /// A number follows.
    NextNumber,
    /// The number of a road follows: three digits and no more.
    NextRoad,
    /// One of these words follows.
    Next(Vec<&'static str>),
    /// One of these words stands directly before.
    Before(Vec<&'static str>),
    /// A number stands directly before.
    Counted,
    /// The line begins here.
    Head,
    /// A dot stands behind the abbreviation and belongs to it.
    Dot,
    /// One of these words follows somewhere in the same clause.
    Later(Vec<&'static str>),
}

/// All built-in tables.
pub(super) struct Tables {
    cues: HashMap<&'static str, u32>,
    units: HashMap<&'static str, Vec<Unit>>,
    abbreviations: HashMap<&'static str, Vec<Abbreviation>>,
    kinds: HashMap<&'static str, &'static str>,
    issuers: HashMap<&'static str, &'static str>,
    letters: HashMap<char, (&'static str, &'static str)>,
    symbols: HashMap<char, &'static str>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(Tables::load);

/// The rows of a table: cells between tabs; empty lines and comments are skipped.
fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with("# "))
        .map(|line| line.split('\t').collect())
}

/// The first token of a written form: what the index of a table is made of.
fn head(written: &str) -> &str {
    let Some(first) = written.chars().next() else {
        return "";
    };
    if !super::scan::is_letter(first) {
        return &written[..first.len_utf8()];
    }
    let end = written
        .find(|c| !super::scan::is_letter(c))
        .unwrap_or(written.len());
    &written[..end]
}

impl Tables {
    /// The tables, read once.
    pub(super) fn get() -> &'static Tables {
        &TABLES
    }

    fn load() -> Tables {
        let mut cues: HashMap<&'static str, u32> = HashMap::new();
        for row in rows(include_str!("data/cues.tsv")) {
            let [name, phrases] = row[..] else { continue };
            let bit = CUES
                .iter()
                .find(|(known, _)| *known == name)
                .map_or(0, |(_, cue)| 1 << *cue as u32);
            for phrase in phrases.split(',').map(str::trim) {
                *cues.entry(phrase).or_default() |= bit;
            }
        }
        let mut letters = HashMap::new();
        for row in rows(include_str!("data/letters.tsv")) {
            if let ([letter, name, acronym], Some(c)) = (&row[..], row[0].chars().next())
                && !letter.is_empty()
            {
                letters.insert(c, (*name, *acronym));
            }
        }
        let symbols = rows(include_str!("data/symbols.tsv"))
            .filter_map(|row| {
                Some((
                    row.first()?.chars().next()?,
                    row.get(1).copied().unwrap_or(""),
                ))
            })
            .collect();
        let (kinds, issuers) = load_documents();
        Tables {
            cues,
            units: load_units(),
            abbreviations: load_abbreviations(),
            kinds,
            issuers,
            letters,
            symbols,
        }
    }

    /// Whether the words end in a phrase of the list.
    pub(super) fn has_cue(&self, words: &[String], cue: Cue) -> bool {
        cue.is_in(self.cues(words))
    }

    /// All lists of which a phrase ends the words, as bits.
    pub(super) fn cues(&self, words: &[String]) -> u32 {
        let phrase = words.join(" ");
        let (mut from, mut lists) = (phrase.len() + 1, 0);
        for word in words.iter().rev() {
            from -= word.len() + 1;
            lists |= self.cues.get(&phrase[from..]).copied().unwrap_or(0);
        }
        lists
    }

    /// Whether the phrase is in the list.
    pub(super) fn is_cue(&self, phrase: &str, cue: Cue) -> bool {
        self.cues.get(phrase).is_some_and(|lists| cue.is_in(*lists))
    }

    /// The units whose first token is `head`, longest first.
    pub(super) fn units(&self, head: &str) -> &[Unit] {
        self.units.get(head).map_or(&[], Vec::as_slice)
    }

    /// The abbreviations whose first token is `head`, longest first.
    pub(super) fn abbreviations(&self, head: &str) -> &[Abbreviation] {
        self.abbreviations.get(head).map_or(&[], Vec::as_slice)
    }

    /// What a short form means anywhere, if it means one thing only.
    pub(super) fn plain_abbreviation(&self, code: &str) -> Option<&'static str> {
        let mut rows = self
            .abbreviations(head(code))
            .iter()
            .filter(|row| row.written == code);
        let row = rows.next()?;
        (row.when.is_empty() && rows.next().is_none()).then_some(row.spoken)
    }

    /// The noun of a document code: NĐ is "Nghị định".
    pub(super) fn kind(&self, code: &str) -> Option<&'static str> {
        self.kinds.get(code).copied()
    }

    /// The issuer of a document code: CP is "Chính phủ".
    pub(super) fn issuer(&self, code: &str) -> Option<&'static str> {
        self.issuers.get(code).copied()
    }

    /// The name of a letter; in acronyms of other languages some have another one.
    pub(super) fn letter(&self, c: char, acronym: bool) -> Option<&'static str> {
        let lower = c.to_lowercase().next()?;
        self.letters
            .get(&lower)
            .map(|names| if acronym { names.1 } else { names.0 })
    }

    /// What a sign is called; empty when it is silent.
    pub(super) fn symbol(&self, c: char) -> Option<&'static str> {
        self.symbols.get(&c).copied()
    }
}

fn load_documents() -> (
    HashMap<&'static str, &'static str>,
    HashMap<&'static str, &'static str>,
) {
    let (mut kinds, mut issuers) = (HashMap::new(), HashMap::new());
    for row in rows(include_str!("data/documents.tsv")) {
        let [what, code, spoken] = row[..] else {
            continue;
        };
        if what == "kind" {
            kinds.insert(code, spoken)
        } else {
            issuers.insert(code, spoken)
        };
    }
    (kinds, issuers)
}

/// Adds an item to a sorted list, behind its equals: the order of a table decides among them.
fn insert_by<T, K: Ord>(list: &mut Vec<T>, item: T, key: impl Fn(&T) -> K) {
    let at = list.partition_point(|old| key(old) <= key(&item));
    list.insert(at, item);
}

fn load_units() -> HashMap<&'static str, Vec<Unit>> {
    let mut units: HashMap<&'static str, Vec<Unit>> = HashMap::new();
    for row in rows(include_str!("data/units.tsv")) {
        let [written, spoken, kind] = row[..] else {
            continue;
        };
        let kind = match kind {
            "money" => UnitKind::Money,
            "percent" => UnitKind::Percent,
            "scale" => UnitKind::Scale,
            _ => UnitKind::Measure,
        };
        let list = units.entry(head(written)).or_default();
        insert_by(
            list,
            Unit {
                written,
                spoken,
                kind,
            },
            |unit| Reverse(unit.written.len()),
        );
    }
    units
}

fn load_abbreviations() -> HashMap<&'static str, Vec<Abbreviation>> {
    let mut out: HashMap<&'static str, Vec<Abbreviation>> = HashMap::new();
    for row in rows(include_str!("data/abbreviations.tsv")) {
        let (Some(&written), Some(&spoken)) = (row.first(), row.get(1)) else {
            continue;
        };
        let when = row.get(2).map_or_else(Vec::new, |cell| {
            cell.split(';').filter_map(condition).collect()
        });
        let list = out.entry(head(written)).or_default();
        insert_by(
            list,
            Abbreviation {
                written,
                spoken,
                when,
            },
            |row| (Reverse(row.written.len()), row.when.is_empty()),
        );
    }
    out
}

fn condition(cell: &'static str) -> Option<Condition> {
    let (name, words) = cell.trim().split_once('=').unwrap_or((cell.trim(), ""));
    let words = || words.split(',').map(str::trim).collect();
    match name {
        "name" => Some(Condition::NextName),
        "number" => Some(Condition::NextNumber),
        "road" => Some(Condition::NextRoad),
        "next" => Some(Condition::Next(words())),
        "before" => Some(Condition::Before(words())),
        "counted" => Some(Condition::Counted),
        "head" => Some(Condition::Head),
        "dot" => Some(Condition::Dot),
        "later" => Some(Condition::Later(words())),
        _ => None,
    }
}

/// A site's written and spoken pairs.
#[derive(Debug, Clone, Default)]
pub(super) struct Lexicon {
    pairs: HashMap<String, Vec<(String, String)>>,
}

impl Lexicon {
    /// Pairs by their first token; the first pair for a written form wins.
    pub(super) fn new(pairs: impl IntoIterator<Item = (String, String)>) -> Lexicon {
        let mut out: HashMap<String, Vec<(String, String)>> = HashMap::new();
        for (written, spoken) in pairs {
            let written = written.trim().to_owned();
            let first = super::scan::tokens(&written)
                .first()
                .map(|token| written[..token.end].to_owned());
            if let Some(first) = first {
                insert_by(out.entry(first).or_default(), (written, spoken), |pair| {
                    Reverse(pair.0.len())
                });
            }
        }
        Lexicon { pairs: out }
    }

    /// Whether there is any pair at all.
    pub(super) fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    /// The pairs that begin with this token, longest first.
    pub(super) fn starting(&self, head: &str) -> &[(String, String)] {
        self.pairs.get(head).map_or(&[], Vec::as_slice)
    }
}
