//! The single pass: at each token the rules are asked, the longest find is spoken.

use super::accent::Accent;
use super::context::{Context, all_capitals};
use super::output::Output;
use super::scan::{self, Kind};
use super::tables::{Lexicon, Tables};
use super::{Doubt, Spoken, rules};

/// The semiotic class of a find.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Lexicon,
    ListMark,
    Docnum,
    Date,
    Time,
    Phone,
    Plate,
    Money,
    Percent,
    Measure,
    Ratio,
    Address,
    Cardinal,
    Roman,
    Rate,
    Url,
    Abbreviation,
    Letters,
    Symbol,
}

impl Class {
    /// The name that programs see.
    pub(super) fn name(self) -> &'static str {
        match self {
            Class::Lexicon => "lexicon",
            Class::ListMark => "list-mark",
            Class::Docnum => "document",
            Class::Date => "date",
            Class::Time => "time",
            Class::Phone => "phone",
            Class::Plate => "plate",
            Class::Money => "money",
            Class::Percent => "percent",
            Class::Measure => "measure",
            Class::Ratio => "ratio",
            Class::Address => "address",
            Class::Cardinal => "number",
            Class::Roman => "roman",
            Class::Rate => "rate",
            Class::Url => "net-address",
            Class::Abbreviation => "abbreviation",
            Class::Letters => "letters",
            Class::Symbol => "symbol",
        }
    }

    /// Whether the find holds a number that another one may be joined to.
    fn is_number(self) -> bool {
        matches!(
            self,
            Class::Date
                | Class::Time
                | Class::Phone
                | Class::Plate
                | Class::Money
                | Class::Percent
                | Class::Measure
                | Class::Ratio
                | Class::Address
                | Class::Cardinal
                | Class::Docnum
        )
    }
}

/// What a rule made of the tokens from its place up to `end`.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) class: Class,
    /// The token after the last one.
    pub(super) end: usize,
    pub(super) spoken: String,
    /// Whether an editor should listen.
    pub(super) doubt: bool,
    /// Another reading that is as plausible.
    pub(super) other: Option<String>,
    /// Which rule made the find, and what decided it where a rule has several grounds.
    pub(super) rule: &'static str,
    pub(super) because: &'static str,
}

impl Found {
    /// A sure find.
    pub(super) fn new(class: Class, end: usize, spoken: impl Into<String>) -> Found {
        Found {
            class,
            end,
            spoken: spoken.into(),
            doubt: false,
            other: None,
            rule: "",
            because: "",
        }
    }

    /// The same find with its ground.
    pub(super) fn because(self, because: &'static str) -> Found {
        Found { because, ..self }
    }

    /// The same find beside another reading, if there is one.
    pub(super) fn or(self, other: Option<String>) -> Found {
        Found {
            doubt: self.doubt || other.is_some(),
            other,
            ..self
        }
    }

    /// A guess.
    pub(super) fn doubtful(class: Class, end: usize, spoken: impl Into<String>) -> Found {
        Found::new(class, end, spoken).guessed(true)
    }

    /// The same find, a guess if so.
    pub(super) fn guessed(self, doubt: bool) -> Found {
        Found { doubt, ..self }
    }
}

/// A rule: the reading of what begins at a token, if it is of the rule's class.
pub(super) type Rule = fn(&Context<'_>, usize) -> Option<Found>;

/// Who is told what was made of each piece of the text.
pub(super) trait Trace {
    /// The piece from `start` to `end` of the input; without a find it stands as it was written.
    fn piece(&mut self, start: usize, end: usize, found: Option<&Found>);
}

/// Nobody is told.
impl Trace for () {
    fn piece(&mut self, _: usize, _: usize, _: Option<&Found>) {}
}

/// Reads one piece of text; of the lexicons the first counts before the second.
pub(super) fn read(
    input: &str,
    accent: Accent,
    lexicons: [&Lexicon; 2],
    trace: &mut impl Trace,
) -> Spoken {
    let plain = scan::plain(input);
    let text: &str = &plain.text;
    let tokens = scan::tokens(text);
    let mut context = Context {
        text,
        tokens: &tokens,
        tables: Tables::get(),
        accent,
        last: None,
        number: None,
        known: super::context::Known::default(),
    };
    let mut output = Output::with_capacity(text.len());
    let mut doubts = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        if token.kind == Kind::Space {
            at += 1;
            continue;
        }
        let found = from_lexicons(&context, lexicons, at).or_else(|| {
            if token.kind == Kind::Word && is_plain(&context, at) {
                None
            } else {
                longest(&context, at)
            }
        });
        let Some(found) = found else {
            trace.piece(plain.origin(token.start), plain.origin(token.end), None);
            plain_token(&context, at, &mut output);
            at += 1;
            continue;
        };
        let (start, end) = (token.start, tokens[found.end - 1].end);
        let (from, to) = (plain.origin(start), plain.origin(end));
        trace.piece(from, to, Some(&found));
        if found.doubt {
            doubts.push(Doubt {
                start: from,
                end: to,
                written: input.get(from..to).unwrap_or(&text[start..end]).to_owned(),
                spoken: found.spoken.clone(),
                other: found.other.clone(),
                spelled: found.class == Class::Letters,
            });
        }
        if found.class == Class::Symbol && found.spoken == "vân vân" && !output.listing {
            output.pause('.');
        } else {
            output.say(&found.spoken);
        }
        if found.class.is_number() {
            context.number = Some((found.class, at, found.end));
        }
        context.last = Some((found.class, found.end));
        at = found.end;
    }
    Spoken {
        text: output.finish(),
        doubts,
    }
}

/// The longest pair that stands here; of equal ones that of the first lexicon.
fn from_lexicons(context: &Context<'_>, lexicons: [&Lexicon; 2], at: usize) -> Option<Found> {
    if lexicons.iter().all(|one| one.is_empty()) || !context.free_before(at) {
        return None;
    }
    let rest = context.rest(at);
    let of = |lexicon: &Lexicon| {
        let mut pairs = lexicon.starting(context.str(at)).iter();
        let stands =
            |written: &str| rest.starts_with(written) && ends_word(&rest[written.len()..], written);
        pairs
            .find(|(written, _)| stands(written))
            .map(|(written, spoken)| (written.len(), spoken.clone()))
    };
    let [own, site] = lexicons.map(of);
    let ((length, spoken), from) = match (own, site) {
        (Some(own), Some(site)) if site.0 > own.0 => (site, "site"),
        (Some(own), _) => (own, "page"),
        (None, site) => (site?, "site"),
    };
    let end = context.token_at(at, context.tokens[at].start + length);
    let found = Found::new(Class::Lexicon, end.max(at + 1), spoken).because(from);
    Some(Found {
        rule: "lexicon",
        ..found
    })
}

/// Whether a word that ends before `rest` is whole.
pub(super) fn ends_word(rest: &str, written: &str) -> bool {
    let open = |c: char| scan::is_letter(c) || c.is_ascii_digit();
    !written.ends_with(open) || !rest.starts_with(open)
}

/// A quick look that spares most words the rules: lower case, a vowel, nothing attached.
fn is_plain(context: &Context<'_>, at: usize) -> bool {
    let word = context.str(at);
    let Some(first) = word.chars().next() else {
        return false;
    };
    if first.is_uppercase() && word.chars().nth(1).is_none_or(|c| !c.is_lowercase()) {
        return false;
    }
    word.chars().nth(1).is_some()
        && word.chars().all(|c| !c.is_uppercase() || c == first)
        && has_vowel(word)
        && !matches!(context.str(at + 1), "/" | "@" | "." | "_" | "&" | ":" | "-")
        && !context.is_number(at + 1)
        && !word.bytes().all(|b| b"ivxlcdm".contains(&b))
        && !matches!(
            word,
            "mục"
                | "loại"
                | "hotline"
                | "Hotline"
                | "ad"
                | "Wifi"
                | "wifi"
                | "Covid"
                | "Cty"
                | "cty"
        )
}

/// Whether a word could be said as it stands.
pub(super) fn has_vowel(word: &str) -> bool {
    word.chars().any(|c| match c {
        'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'A' | 'E' | 'I' | 'O' | 'U' | 'Y' => true,
        'đ' | 'Đ' => false,
        _ => !c.is_ascii(),
    })
}

fn longest(context: &Context<'_>, at: usize) -> Option<Found> {
    let list = match context.kind(at)? {
        Kind::Word => rules::FOR_WORDS,
        Kind::Number => rules::FOR_NUMBERS,
        Kind::Mark => rules::FOR_MARKS,
        Kind::Space | Kind::Newline => return None,
    };
    let mut best: Option<Found> = None;
    for (name, rule) in list {
        if let Some(found) = rule(context, at)
            && found.end > at
            && best.as_ref().is_none_or(|old| found.end > old.end)
        {
            best = Some(Found {
                rule: name,
                ..found
            });
        }
    }
    best
}

/// What no rule claims: words are said as they stand, marks are silent.
fn plain_token(context: &Context<'_>, at: usize, output: &mut Output) {
    match context.kind(at) {
        Some(Kind::Word) => {
            let word = context.str(at);
            if all_capitals(word) && word.chars().nth(1).is_some() {
                let lower = word.to_lowercase();
                let first = if output.at_start() {
                    word.chars().next()
                } else {
                    None
                };
                let rest = first.map_or(0, |c| c.to_lowercase().map(char::len_utf8).sum());
                output.word(
                    &first
                        .into_iter()
                        .chain(lower[rest..].chars())
                        .collect::<String>(),
                );
            } else {
                output.word(word);
            }
        }
        Some(Kind::Newline) => output.pause(','),
        _ => {}
    }
}
