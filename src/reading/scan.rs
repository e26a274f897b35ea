//! Cuts text into tokens: words, runs of ASCII digits, spaces and single marks.

use std::borrow::Cow;

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters.
    Word,
    /// ASCII digits.
    Number,
    /// Blanks inside a line.
    Space,
    /// A line break.
    Newline,
    /// One character of any other kind.
    Mark,
}

/// A piece of the text, by byte offsets.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// A letter that can stand in a script as it is.
pub(super) fn is_letter(c: char) -> bool {
    match c {
        '\0'..='\x7f' => return c.is_ascii_alphabetic(),
        // All that Vietnamese is written with.
        '\u{c0}'..='\u{d6}'
        | '\u{d8}'..='\u{f6}'
        | '\u{f8}'..='\u{24f}'
        | '\u{1e00}'..='\u{1eff}' => {
            return true;
        }
        _ => {}
    }
    // Circled and squared letters count as alphabetic but are pictures; ª and º are raised signs.
    c.is_alphabetic()
        && !c.is_numeric()
        && !matches!(c, 'ª' | 'º' | '\u{24B6}'..='\u{24E9}' | '\u{1F100}'..='\u{1F1FF}')
        && !is_mark_letter(c)
}

/// Signs that Unicode calls alphabetic though they only modify a letter.
fn is_mark_letter(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}' | '\u{02B0}'..='\u{02FF}')
}

fn kind_of(c: char) -> Kind {
    match c {
        '0'..='9' => Kind::Number,
        '\n' | '\r' => Kind::Newline,
        _ if is_letter(c) => Kind::Word,
        _ if c.is_whitespace() || c.is_control() => Kind::Space,
        _ => Kind::Mark,
    }
}

/// The tokens of a text, in order and without gaps.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(text.len() / 3 + 1);
    for (start, c) in text.char_indices() {
        let kind = kind_of(c);
        let end = start + c.len_utf8();
        match out.last_mut() {
            Some(last) if last.kind == kind && kind != Kind::Mark => last.end = end,
            _ => out.push(Token { kind, start, end }),
        }
    }
    out
}

/// Text in the few forms the rules know, with the way back to the input's offsets.
pub(super) struct Plain<'a> {
    pub(super) text: Cow<'a, str>,
    /// For each byte of `text` and its end, the offset in the input; empty when nothing changed.
    origin: Vec<usize>,
}

impl Plain<'_> {
    /// The input offset of an offset in `text`.
    pub(super) fn origin(&self, at: usize) -> usize {
        self.origin.get(at).copied().unwrap_or(at)
    }
}

/// Writes digits of other scripts, raised digits, fractions and decomposed letters in plain forms.
pub(super) fn plain(input: &str) -> Plain<'_> {
    if input.chars().all(is_common) {
        return Plain {
            text: Cow::Borrowed(input),
            origin: Vec::new(),
        };
    }
    let mut text = String::with_capacity(input.len());
    let mut origin = Vec::with_capacity(input.len() + 1);
    let mut raised = false;
    let mut previous = 0;
    for (at, c) in input.char_indices() {
        let was_raised = std::mem::take(&mut raised);
        if let Some(mark) = vietnamese_mark(c) {
            if let Some((cut, letter)) = compose(&text, mark) {
                let from = origin.get(cut).copied().unwrap_or(at);
                text.truncate(cut);
                origin.truncate(cut);
                text.push(letter);
                origin.resize(text.len(), from);
            }
            continue;
        }
        // A raised zero before C is a sign of degrees that somebody could not find.
        let degrees = c == '⁰' && !was_raised && input[at + c.len_utf8()..].starts_with(['C', 'F']);
        if degrees {
            text.push('°');
        } else if let Some(value) = raised_digit(c) {
            if !was_raised && text.ends_with(|p: char| p.is_ascii_digit()) {
                text.push_str(" mũ ");
            }
            raised = true;
            text.push(char::from(b'0' + value));
        } else if c == '−' {
            push_minus(&mut text, &input[at + c.len_utf8()..]);
        } else {
            push_plain(&mut text, c);
        }
        origin.resize(text.len(), at);
        previous = at + c.len_utf8();
    }
    origin.push(previous.max(input.len()));
    Plain {
        text: Cow::Owned(text),
        origin,
    }
}

fn is_common(c: char) -> bool {
    c != 'İ'
        && matches!(c,
        '\t' | '\n' | '\r' | ' '..='~' | '\u{A0}'..='\u{A7}' | '\u{A9}' | '\u{AB}' | '\u{AC}'
        | '\u{B0}' | '\u{B1}' | '\u{B6}' | '\u{B7}' | '\u{BB}' | '\u{BF}'..='\u{24F}'
        | '\u{1E00}'..='\u{1EFF}' | '\u{2010}'..='\u{2027}')
}

/// The minus sign proper: a range or a subtraction between numbers, otherwise a word of its own.
fn push_minus(text: &mut String, rest: &str) {
    let between = text.trim_end().ends_with(|c: char| c.is_ascii_digit());
    if !between && rest.starts_with(|c: char| c.is_ascii_digit()) {
        text.push_str("âm ");
    } else {
        text.push('-');
    }
}

fn push_plain(text: &mut String, c: char) {
    if let Some(digit) = foreign_digit(c) {
        text.push(char::from(b'0' + digit));
        return;
    }
    match c {
        '\u{AD}'
        | '\u{200B}'..='\u{200F}'
        | '\u{2060}'..='\u{2064}'
        | '\u{FEFF}'
        | '\u{FE00}'..='\u{FE0F}' => {}
        '\u{FF01}'..='\u{FF5E}' => {
            // Full-width ASCII stands at a fixed distance from the plain form.
            text.push(
                u32::from(c)
                    .checked_sub(0xFEE0)
                    .and_then(char::from_u32)
                    .unwrap_or(' '),
            );
        }
        '½' => text.push_str(" một phần hai "),
        '¼' => text.push_str(" một phần tư "),
        '¾' => text.push_str(" ba phần tư "),
        '⅓' => text.push_str(" một phần ba "),
        '⅔' => text.push_str(" hai phần ba "),
        '⅕' => text.push_str(" một phần năm "),
        '⅛' => text.push_str(" một phần tám "),
        '①'..='⑳' => push_small(text, u32::from(c) - 0x2460 + 1),
        '❶'..='❿' => push_small(text, u32::from(c) - 0x2776 + 1),
        'Ⅰ'..='Ⅻ' => text.push_str(ROMAN[(u32::from(c) - 0x2160) as usize]),
        'ⅰ'..='ⅻ' => text.push_str(ROMAN[(u32::from(c) - 0x2170) as usize]),
        // In small letters it would be two signs, and the second is no letter.
        'İ' => text.push('I'),
        'º' => text.push('°'),
        '㎡' => text.push_str("m2"),
        '㎥' => text.push_str("m3"),
        '㎞' => text.push_str("km"),
        '㎏' => text.push_str("kg"),
        '℃' => text.push_str("°C"),
        _ => text.push(c),
    }
}

const ROMAN: [&str; 12] = [
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII",
];

fn push_small(text: &mut String, n: u32) {
    text.push(' ');
    text.push_str(&n.to_string());
    text.push(' ');
}

fn raised_digit(c: char) -> Option<u8> {
    let value = match c {
        '¹' => 1,
        '²' => 2,
        '³' => 3,
        '⁰' => 0,
        '⁴'..='⁹' => u32::from(c) - 0x2070,
        '₀'..='₉' => u32::from(c) - 0x2080,
        _ => return None,
    };
    u8::try_from(value).ok()
}

/// The zeros of the decimal digit blocks outside ASCII.
const ZEROS: [u32; 64] = [
    0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6,
    0xE50, 0xED0, 0xF20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50,
    0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10,
    0x104A0, 0x10D30, 0x11066, 0x110F0, 0x11136, 0x111D0, 0x112F0, 0x11450, 0x114D0, 0x11650,
    0x116C0, 0x11730, 0x118E0, 0x11950, 0x11C50, 0x11D50, 0x11DA0, 0x16A60, 0x16AC0, 0x16B50,
    0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6, 0x1E140, 0x1E2F0, 0x1E950,
];

fn foreign_digit(c: char) -> Option<u8> {
    let code = u32::from(c);
    if code < 0x660 {
        return None;
    }
    let block = ZEROS.partition_point(|&zero| zero <= code).checked_sub(1)?;
    let value = code - ZEROS[block];
    (value < 10).then(|| u8::try_from(value).ok()).flatten()
}

/// Vowels with their five tones in the order grave, acute, hook, tilde, dot.
const VOWELS: [&str; 12] = [
    "aàáảãạ",
    "ăằắẳẵặ",
    "âầấẩẫậ",
    "eèéẻẽẹ",
    "êềếểễệ",
    "iìíỉĩị",
    "oòóỏõọ",
    "ôồốổỗộ",
    "ơờớởỡợ",
    "uùúủũụ",
    "ưừứửữự",
    "yỳýỷỹỵ",
];

fn vietnamese_mark(c: char) -> Option<char> {
    matches!(c, '\u{0300}'..='\u{036F}').then_some(c)
}

/// The last letter of `text` with one more mark, and where that letter begins.
fn compose(text: &str, mark: char) -> Option<(usize, char)> {
    let (cut, last) = text.char_indices().next_back()?;
    let lower = last.to_lowercase().next()?;
    let (row, tone) = VOWELS
        .iter()
        .enumerate()
        .find_map(|(row, vowels)| Some((row, vowels.chars().position(|v| v == lower)?)))?;
    let base = VOWELS[row].chars().next()?;
    let (row, tone) = match mark {
        '\u{300}' => (row, 1),
        '\u{301}' => (row, 2),
        '\u{309}' => (row, 3),
        '\u{303}' => (row, 4),
        '\u{323}' => (row, 5),
        '\u{302}' => (shape(base, "aâeêoô")?, tone),
        '\u{306}' => (shape(base, "aă")?, tone),
        '\u{31B}' => (shape(base, "oơuư")?, tone),
        _ => return None,
    };
    let letter = VOWELS[row].chars().nth(tone)?;
    let letter = if last.is_uppercase() {
        letter.to_uppercase().next()?
    } else {
        letter
    };
    Some((cut, letter))
}

/// The row of the vowel that follows `base` in a list of pairs.
fn shape(base: char, pairs: &str) -> Option<usize> {
    let shaped = pairs.chars().skip_while(|&c| c != base).nth(1)?;
    VOWELS.iter().position(|row| row.starts_with(shaped))
}
