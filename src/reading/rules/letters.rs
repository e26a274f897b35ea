//! Letters said by name: initials, list letters, unknown groups of capitals.

use crate::reading::context::{Context, all_capitals, capitalized};
use crate::reading::scan::Kind;
use crate::reading::tables::{Cue, Tables};
use crate::reading::tag::{Class, Found, has_vowel};
use crate::reading::verbalize::{self, push_word};

/// The names of a group's letters.
pub(super) fn spell(tables: &Tables, group: &str, acronym: bool) -> String {
    let mut out = String::new();
    for c in group.chars() {
        if let Some(name) = tables.letter(c, acronym) {
            push_word(&mut out, name);
        } else {
            push_word(&mut out, &c.to_lowercase().collect::<String>());
        }
    }
    out
}

/// A single letter, initials with dots, a group that cannot be said as a word.
pub(super) fn tag(context: &Context<'_>, at: usize) -> Option<Found> {
    let word = context.str(at);
    let mut chars = word.chars();
    let first = chars.next()?;
    let Some(_) = chars.next() else {
        return single(context, at, first);
    };
    if let Some(spoken) = put_together(context, at, word) {
        return Some(Found::doubtful(Class::Abbreviation, at + 1, spoken));
    }
    if !has_vowel(word) && !bare_numeral(word) {
        let class = Class::Letters;
        // A spoken group stays a guess unless it stands with digits, as names of goods do.
        let spoken = spell(context.tables, word, true);
        let whole = !context.is_number(at + 1);
        return Some(Found::new(class, at + 1, spoken).guessed(whole));
    }
    if super::initial::mixed(word) {
        let spoken = spell(context.tables, word, true);
        return Some(Found::doubtful(Class::Letters, at + 1, spoken));
    }
    if !all_capitals(word) {
        return camel(context, at, word);
    }
    // II, VII, XIV can be nothing else; VI and XI are words too.
    if let Some(value) = verbalize::roman(word)
        && bare_numeral(word)
        && !syllable(word)
    {
        return Some(Found::doubtful(
            Class::Roman,
            at + 1,
            verbalize::cardinal(value, context.accent),
        ));
    }
    let numbered = (context.is_number(at + 1) || at > 0 && context.is_number(at - 1))
        && word.chars().count() <= 3
        || context.str(at + 1) == " " && context.is_number(at + 2) && word.len() == 2;
    if readable(word) && (!numbered || heading(context, at))
        || heading(context, at) && syllable(word)
    {
        return None;
    }
    Some(Found::doubtful(
        Class::Letters,
        at + 1,
        spell(context.tables, word, true),
    ))
}

/// II, XIV: capitals that are a numeral without a word that takes one.
fn bare_numeral(word: &str) -> bool {
    word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X')) && verbalize::roman(word).is_some()
}

/// "PCTPCNC", "SGTVT": two known short forms, or a body and its known field, in one.
fn put_together(context: &Context<'_>, at: usize, word: &str) -> Option<String> {
    const SHORTEST: usize = 3;
    // Nothing that people write in capitals is longer; a run of thousands would cost its square.
    const LONGEST: usize = 16;
    let letters = word.chars().take(LONGEST + 1).count();
    if !(SHORTEST + 1..=LONGEST).contains(&letters)
        || !all_capitals(word)
        || context.is_number(at + 1)
        || heading(context, at)
        || syllable(word)
    {
        return None;
    }
    let tables = context.tables;
    let two = || {
        (SHORTEST..=letters.checked_sub(SHORTEST)?)
            .rev()
            .find_map(|cut| {
                let cut = word.char_indices().nth(cut)?.0;
                let first = tables.plain_abbreviation(&word[..cut])?;
                let second = tables.plain_abbreviation(&word[cut..])?;
                Some(format!("{first} {second}"))
            })
    };
    two()
        .or_else(|| with_field(tables, word))
        .or_else(|| super::docnum::body(tables, word).filter(|_| letters > SHORTEST + 1))
}

/// A known short form behind "PC", "QL", … or before "CS", "VN", …, which mean one thing there.
fn with_field(tables: &Tables, word: &str) -> Option<String> {
    const BEFORE: [(&str, &str); 9] = [
        ("PC", "phòng chống"),
        ("QL", "quản lý"),
        ("BV", "bảo vệ"),
        ("KD", "kinh doanh"),
        ("CH", "chỉ huy"),
        ("XL", "xử lý"),
        ("XD", "xây dựng"),
        ("GD", "giáo dục"),
        ("HĐ", "hội đồng"),
    ];
    const BEHIND: [(&str, &str); 4] = [
        ("CS", "cơ sở"),
        ("VN", "Việt Nam"),
        ("TW", "Trung ương"),
        ("CĐ", "cộng đồng"),
    ];
    let known = |code: &str| {
        let long = code.chars().count() >= 3;
        tables.plain_abbreviation(code).filter(|_| long)
    };
    let before = BEFORE
        .iter()
        .find_map(|(code, words)| Some(format!("{words} {}", known(word.strip_prefix(code)?)?)));
    before.or_else(|| {
        BEHIND
            .iter()
            .find_map(|(code, words)| Some(format!("{} {words}", known(word.strip_suffix(code)?)?)))
    })
}

/// A short form that the words before it define.
pub(super) fn definition(context: &Context<'_>, at: usize) -> Option<Found> {
    let spoken = defined(context, at, context.str(at))?;
    Some(Found::new(Class::Abbreviation, at + 1, spoken).because("words-before"))
}

/// "xe máy chuyên dùng (XMCD)": a short form in brackets behind the words whose first letters it
/// is made of, said as those words.
fn defined(context: &Context<'_>, at: usize, word: &str) -> Option<String> {
    let letters: Vec<char> = word.chars().collect();
    if at < 3
        || letters.len() < 2
        || !all_capitals(word)
        || context.str(at - 1) != "("
        || !context.str(at + 1).starts_with([')', ','])
    {
        return None;
    }
    let mut words = Vec::with_capacity(letters.len());
    for i in (0..at - 1).rev().take(4 * letters.len()) {
        match context.kind(i) {
            Some(Kind::Word) => words.push(context.str(i)),
            Some(Kind::Space) => {}
            Some(Kind::Mark) if matches!(context.str(i), "," | "-" | "–" | "”" | "\"") => {}
            _ => break,
        }
        if words.len() == letters.len() {
            break;
        }
    }
    words.reverse();
    let initials = words.iter().filter_map(|word| word.chars().next());
    let same = initials.flat_map(char::to_uppercase).eq(letters);
    same.then(|| words.join(" "))
}

/// Capitals that run into a word, as in "VTCNow": the capitals are spelt when none is a vowel.
fn camel(context: &Context<'_>, at: usize, word: &str) -> Option<Found> {
    let capitals = word.chars().take_while(|c| c.is_uppercase()).count();
    if capitals < 3 {
        return None;
    }
    let cut = word
        .char_indices()
        .nth(capitals - 1)
        .map_or(word.len(), |(at, _)| at);
    if has_vowel(&word[..cut]) {
        return None;
    }
    let spoken = format!(
        "{} {}",
        spell(context.tables, &word[..cut], true),
        &word[cut..]
    );
    Some(Found::doubtful(Class::Letters, at + 1, spoken))
}

fn single(context: &Context<'_>, at: usize, letter: char) -> Option<Found> {
    let name = context.tables.letter(letter, false)?;
    // "10 x 20 m"
    let next = context.skip_space(at + 1);
    let sided = matches!(context.str(next), "dài" | "rộng" | "cao" | "ngang" | "sâu");
    if letter == 'x' && context.last.is_some() && (sided || context.is_number(next)) {
        return Some(Found::new(Class::Symbol, at + 1, "nhân"));
    }
    if !matches!(letter, 'đ' | 'Đ')
        && is_vowel(letter.to_lowercase().next()?)
        && !initials_follow(context, at)
    {
        return None;
    }
    let acronym = context
        .words_before(at)
        .last()
        .is_some_and(|word| word == "vitamin");
    let name = if acronym {
        context.tables.letter(letter, true)?
    } else {
        name
    };
    let mut spoken = name.to_owned();
    let mut end = at + 1;
    // P.T.K.
    while initials_follow_at(context, end) {
        let c = context.str(end + 1).chars().next()?;
        push_word(
            &mut spoken,
            context.tables.letter(c, false).unwrap_or_default(),
        );
        end += 2;
    }
    if letter.is_uppercase() && context.str(end) == "." && initial_dot(context, at, end) {
        end += 1;
    }
    Some(Found::new(Class::Letters, end, spoken))
}

fn initials_follow(context: &Context<'_>, at: usize) -> bool {
    initials_follow_at(context, at + 1)
}

fn initials_follow_at(context: &Context<'_>, at: usize) -> bool {
    let next = context.str(at + 1);
    context.str(at) == "."
        && context.is_word(at + 1)
        && next.chars().nth(1).is_none()
        && capitalized(next)
}

/// Whether the dot belongs to an initial and does not end the sentence.
fn initial_dot(context: &Context<'_>, at: usize, dot: usize) -> bool {
    let next = context.skip_space(dot + 1);
    if next >= context.tokens.len() || context.kind(next) == Some(Kind::Newline) {
        return false;
    }
    dot > at + 1
        || !context.is_word(next)
        || !capitalized(context.str(next))
        || context.cue(at, Cue::Person)
}

/// Whether words in capitals stand around: a heading, where capitals tell nothing.
fn heading(context: &Context<'_>, at: usize) -> bool {
    let caps = |i: usize| {
        let word = context.str(i);
        context.is_word(i)
            && all_capitals(word)
            && word.chars().nth(1).is_some()
            && !word.is_ascii()
    };
    (at >= 2 && caps(at - 2)) || caps(at + 2)
}

/// Whether a group of capitals can be said as a word: a Vietnamese syllable, or vowels and
/// consonants in turn.
fn readable(word: &str) -> bool {
    if syllable(word) {
        return true;
    }
    let lower = word.to_lowercase();
    let (mut run, mut vowels, mut last) = (0, 0, None);
    for c in lower.chars() {
        let vowel = is_vowel(c);
        if last == Some(vowel) {
            run += 1;
        } else {
            run = 1;
            vowels += usize::from(vowel);
        }
        if run > 2 {
            return false;
        }
        last = Some(vowel);
    }
    lower.chars().count() >= 4 && vowels >= 2
}

fn is_vowel(c: char) -> bool {
    "aeiouy".contains(c) || (!c.is_ascii() && c != 'đ')
}

const ONSETS: [&str; 28] = [
    "ngh", "ng", "nh", "kh", "gh", "gi", "ph", "th", "tr", "ch", "qu", "b", "c", "d", "đ", "g",
    "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", "",
];

const CODAS: [&str; 9] = ["ch", "nh", "ng", "c", "m", "n", "p", "t", ""];

/// Whether the spelling is that of one Vietnamese syllable with at most three vowels.
fn syllable(word: &str) -> bool {
    let lower = word.to_lowercase();
    ONSETS
        .iter()
        .filter_map(|onset| lower.strip_prefix(onset))
        .any(|rhyme| {
            CODAS
                .iter()
                .filter_map(|coda| rhyme.strip_suffix(coda))
                .any(|core| {
                    let count = core.chars().count();
                    (1..=3).contains(&count) && core.chars().all(is_vowel) && plausible(core)
                })
        })
}

/// Plain letters must form a vowel group that exists; marked vowels only occur in such.
fn plausible(core: &str) -> bool {
    const GROUPS: [&str; 26] = [
        "a", "e", "i", "o", "u", "y", "ai", "ao", "au", "ay", "eo", "ia", "iu", "oa", "oe", "oi",
        "ua", "ui", "uy", "oai", "oay", "oeo", "uya", "uyu", "uu", "oo",
    ];
    !core.is_ascii() || GROUPS.contains(&core)
}
