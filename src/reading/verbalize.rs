//! Numbers to words. Everything here takes a known class; nothing looks at the text around it.

use super::accent::Accent;

const DIGITS: [&str; 10] = [
    "không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín",
];

/// More digits than this are read one by one: nobody follows a longer number by ear.
const LONGEST_CARDINAL: usize = 18;

/// A whole number in words: 3009 is "ba nghìn không trăm linh chín" in the North.
#[must_use]
pub fn cardinal(n: u64, accent: Accent) -> String {
    let mut out = String::new();
    push_cardinal(&mut out, n, accent);
    out
}

fn push_cardinal(out: &mut String, n: u64, accent: Accent) {
    const BILLION: u64 = 1_000_000_000;
    if n >= BILLION {
        push_cardinal(out, n / BILLION, accent);
        out.push_str(" tỷ");
        if !n.is_multiple_of(BILLION) {
            push_below_billion(out, n % BILLION, true, accent);
        }
    } else {
        push_below_billion(out, n, false, accent);
    }
}

fn push_below_billion(out: &mut String, n: u64, inner: bool, accent: Accent) {
    let scales = [(1_000_000, " triệu"), (1_000, accent.thousand()), (1, "")];
    let mut inner = inner;
    let mut rest = n;
    for (size, name) in scales {
        let group = rest / size;
        rest %= size;
        if group > 0 || (size == 1 && !inner) {
            push_group(out, group, inner, accent);
            if !name.is_empty() {
                push_word(out, name.trim_start());
            }
            inner = true;
        }
    }
}

/// A group of three digits; `inner` groups name their empty hundred.
fn push_group(out: &mut String, n: u64, inner: bool, accent: Accent) {
    let (hundreds, tens, ones) = (n / 100, n / 10 % 10, n % 10);
    if hundreds > 0 || inner {
        push_word(out, digit(hundreds));
        push_word(out, "trăm");
    }
    match (tens, ones) {
        (0, 0) if hundreds > 0 || inner => return,
        (0, _) => {
            if hundreds > 0 || inner {
                push_word(out, accent.odd());
            }
            push_word(out, digit(ones));
            return;
        }
        (1, _) => push_word(out, "mười"),
        _ => {
            push_word(out, digit(tens));
            push_word(out, "mươi");
        }
    }
    match (tens, ones) {
        (_, 0) => {}
        (_, 5) => push_word(out, "lăm"),
        (1, _) => push_word(out, digit(ones)),
        (_, 1) => push_word(out, "mốt"),
        (_, 4) => push_word(out, "tư"),
        _ => push_word(out, digit(ones)),
    }
}

fn digit(n: u64) -> &'static str {
    DIGITS
        .get(usize::try_from(n).unwrap_or(0))
        .copied()
        .unwrap_or("không")
}

/// Adds one word and the space before it.
pub(super) fn push_word(out: &mut String, word: &str) {
    if !out.is_empty() && !out.ends_with(' ') && !word.is_empty() {
        out.push(' ');
    }
    out.push_str(word);
}

/// Digits one by one: `"113"` is "một một ba". Other characters are passed over.
#[must_use]
pub fn digits(digits: &str) -> String {
    let mut out = String::new();
    for byte in digits.bytes().filter(u8::is_ascii_digit) {
        push_word(&mut out, digit(u64::from(byte - b'0')));
    }
    out
}

/// A run of digits as a count: leading zeros are silent, a run too long is read digit by digit.
pub(super) fn count(run: &str, accent: Accent) -> String {
    let bare = run.trim_start_matches('0');
    if bare.is_empty() {
        return if run.len() > 2 {
            digits(run)
        } else {
            DIGITS[0].to_owned()
        };
    }
    match bare.parse() {
        Ok(n) if bare.len() <= LONGEST_CARDINAL => cardinal(n, accent),
        _ => digits(run),
    }
}

/// A run of digits as a name: leading zeros are spoken, the rest is a number.
pub(super) fn name(run: &str, accent: Accent) -> String {
    let bare = run.trim_start_matches('0');
    let mut out = digits(&run[..run.len() - bare.len()]);
    if !bare.is_empty() {
        push_word(&mut out, &count(bare, accent));
    }
    out
}

/// The part behind the decimal mark.
pub(super) fn fraction_part(run: &str, accent: Accent) -> String {
    if run.starts_with('0') || run.len() > 3 {
        digits(run)
    } else {
        count(run, accent)
    }
}

/// A month's number: the fourth is "tư".
pub(super) fn month(n: u64, accent: Accent) -> String {
    if n == 4 {
        "tư".to_owned()
    } else {
        cardinal(n, accent)
    }
}

/// A position in a row: first and fourth have words of their own.
pub(super) fn ordinal(n: u64, accent: Accent) -> String {
    match n {
        1 => "nhất".to_owned(),
        4 => "tư".to_owned(),
        _ => cardinal(n, accent),
    }
}

/// A telephone number, a pause wherever the page has a gap.
#[must_use]
pub fn phone(written: &str) -> String {
    let mut out = String::new();
    if written.trim_start().starts_with('+') {
        out.push_str("cộng");
    }
    let groups: Vec<&str> = written
        .split(|c: char| !c.is_ascii_digit())
        .filter(|g| !g.is_empty())
        .collect();
    for (at, group) in groups.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        for part in phone_parts(group, groups.len() == 1) {
            if out.ends_with(|c: char| c.is_alphabetic()) && out != "cộng" {
                out.push(',');
            }
            push_word(&mut out, &digits(part));
        }
    }
    out
}

/// An unbroken mobile number is cut 4-3-3, as people dictate it.
fn phone_parts(group: &str, alone: bool) -> Vec<&str> {
    if alone && group.len() == 10 {
        vec![&group[..4], &group[4..7], &group[7..]]
    } else if alone && group.len() == 11 && group.starts_with("84") {
        vec![&group[..2], &group[2..5], &group[5..8], &group[8..]]
    } else {
        vec![group]
    }
}

/// A day of the year without the word "ngày".
pub(super) fn date(day: u64, month_of: u64, year: Option<u64>, accent: Accent) -> String {
    let mut out = cardinal(day, accent);
    push_word(&mut out, "tháng");
    push_word(&mut out, &month(month_of, accent));
    if let Some(year) = year {
        push_word(&mut out, "năm");
        push_word(&mut out, &cardinal(year, accent));
    }
    out
}

/// Hours and minutes; full hours name no minutes.
pub(super) fn time(hour: u64, minute: u64, accent: Accent) -> String {
    let mut out = cardinal(hour, accent);
    push_word(&mut out, "giờ");
    if minute > 0 {
        push_word(&mut out, &cardinal(minute, accent));
        push_word(&mut out, "phút");
    }
    out
}

/// The value of a well-formed Roman numeral of I, V, X, L and C, below 400.
pub(super) fn roman(written: &str) -> Option<u64> {
    if written.len() > 12 || written.contains(['D', 'M', 'd', 'm']) {
        return None;
    }
    numeral(written)
}

/// The value of a well-formed Roman numeral below 4000.
pub(super) fn numeral(written: &str) -> Option<u64> {
    let mut total = 0;
    let mut last = u64::MAX;
    for c in written.chars() {
        let value = match c.to_ascii_uppercase() {
            'I' => 1,
            'V' => 5,
            'X' => 10,
            'L' => 50,
            'C' => 100,
            'D' => 500,
            'M' => 1000,
            _ => return None,
        };
        if value > last {
            total += value - 2 * last;
        } else {
            total += value;
        }
        last = value;
    }
    (written.len() <= 16 && to_roman(total) == written.to_ascii_uppercase()).then_some(total)
}

fn to_roman(mut n: u64) -> String {
    const STEPS: [(u64, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut out = String::new();
    for (value, sign) in STEPS {
        while n >= value && out.len() < 20 {
            out.push_str(sign);
            n -= value;
        }
    }
    out
}
