//! A written number: thousands marks, decimal marks, leading zeros.

use crate::reading::accent::Accent;
use crate::reading::context::Context;
use crate::reading::scan::Kind;
use crate::reading::verbalize;

/// A number as written.
#[derive(Debug, Clone)]
pub(in crate::reading) struct Number {
    /// The token after the last one.
    pub(in crate::reading) end: usize,
    /// The digits before the decimal mark, without thousands marks.
    pub(in crate::reading) whole: String,
    /// The digits behind the decimal mark.
    pub(in crate::reading) part: Option<String>,
    /// Whether the decimal mark was a dot, which is a guess.
    pub(in crate::reading) dotted: bool,
    /// Whether thousands marks stood in it.
    pub(in crate::reading) grouped: bool,
}

impl Number {
    /// As a quantity; "phẩy" before the decimals.
    pub(in crate::reading) fn count(&self, accent: Accent) -> String {
        let mut out = verbalize::count(&self.whole, accent);
        if let Some(part) = &self.part {
            out.push_str(" phẩy ");
            out.push_str(&verbalize::fraction_part(part, accent));
        }
        out
    }

    /// "1,250": the digits if the comma were a thousands mark of the English kind.
    pub(in crate::reading) fn foreign(&self) -> Option<String> {
        let part = self.part.as_deref()?;
        let can = part.len() == 3
            && !self.dotted
            && !self.grouped
            && !self.whole.starts_with('0')
            && self.whole.len() <= 3;
        can.then(|| format!("{}{part}", self.whole))
    }

    /// The value of a plain whole number.
    pub(in crate::reading) fn value(&self) -> Option<u64> {
        if self.part.is_some() {
            None
        } else {
            self.whole.parse().ok()
        }
    }
}

/// The number that begins at a token.
pub(in crate::reading) fn number(context: &Context<'_>, at: usize) -> Option<Number> {
    if !context.is_number(at) {
        return None;
    }
    let first = context.str(at);
    let mut out = Number {
        end: at + 1,
        whole: first.to_owned(),
        part: None,
        dotted: false,
        grouped: false,
    };
    for mark in [".", " ", ",", "'"] {
        let groups = groups(context, at, mark);
        // One comma and three digits is a decimal; two are thousands in the foreign way.
        if first.len() <= 3 && groups >= if mark == "," { 2 } else { 1 } && !first.starts_with('0')
        {
            for group in 0..groups {
                out.whole.push_str(context.str(at + 2 + 2 * group));
            }
            out.end = at + 1 + 2 * groups;
            out.grouped = true;
            break;
        }
    }
    decimal(context, &mut out);
    Some(out)
}

/// How many groups of exactly three digits follow, each behind the mark.
fn groups(context: &Context<'_>, at: usize, mark: &str) -> usize {
    let mut count = 0;
    loop {
        let sign = at + 1 + 2 * count;
        let joined = match mark {
            " " => {
                context.kind(sign) == Some(Kind::Space) && context.str(sign).chars().count() == 1
            }
            _ => context.str(sign) == mark,
        };
        if !joined || context.number(sign + 1).len() != 3 || count >= 6 {
            return count;
        }
        count += 1;
    }
}

fn decimal(context: &Context<'_>, out: &mut Number) {
    let mark = context.str(out.end);
    let digits = context.number(out.end + 1);
    if digits.is_empty() {
        return;
    }
    let more = context.str(out.end + 2) == mark && context.is_number(out.end + 3);
    let decimal = match mark {
        "," => !more,
        "." => !out.grouped && !more && digits.len() != 3,
        _ => false,
    };
    if decimal {
        out.dotted = mark == ".";
        out.part = Some(digits.to_owned());
        out.end += 2;
    }
}
