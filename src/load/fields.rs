//! Typed values out of a settings tree, with a finding for each that does not fit.

use jiff::civil::{Date, DateTime, Time};

use super::findings;
use super::path::is_safe_name;
use crate::diag::{Diagnostic, Span};
use crate::model::{Key, Node, NodeKind};

/// The entries of a map whose keys are names that people give, as of editions; a name that cannot be one of a
/// folder is left out, with a finding.
pub(super) fn named<'n>(
    node: &'n Node,
    what: &'static str,
    diags: &mut Vec<Diagnostic>,
) -> Vec<(&'n Key, &'n Node)> {
    let NodeKind::Map(entries) = &node.kind else {
        diags.push(findings::expected(node.span, what, "expected-map"));
        return Vec::new();
    };
    let mut out = Vec::with_capacity(entries.len());
    for (name, settings) in entries {
        if is_safe_name(&name.text) {
            out.push((name, settings));
        } else {
            diags.push(findings::unsafe_path(name.span, &name.text));
        }
    }
    out
}

/// The entries of one map, read by name.
pub(crate) struct Fields<'a, 'd> {
    node: &'a Node,
    what: &'static str,
    diags: &'d mut Vec<Diagnostic>,
}

impl<'a, 'd> Fields<'a, 'd> {
    /// Opens a map that may hold the `known` keys; `what` is the catalogue's name for it.
    ///
    /// `None`, with a finding, when it is not a map. An empty value is an empty map.
    pub(crate) fn open(
        node: &'a Node,
        what: &'static str,
        known: &[&str],
        diags: &'d mut Vec<Diagnostic>,
    ) -> Option<Fields<'a, 'd>> {
        match &node.kind {
            NodeKind::Map(entries) => {
                for (key, _) in entries
                    .iter()
                    .filter(|(key, _)| !known.contains(&key.text.as_str()))
                {
                    diags.push(findings::unknown_key(key.span, &key.text, what, known));
                }
            }
            NodeKind::Null => {}
            _ => {
                diags.push(findings::expected(node.span, what, "expected-map"));
                return None;
            }
        }
        Some(Fields { node, what, diags })
    }

    /// Where the map stands.
    pub(crate) fn span(&self) -> Span {
        self.node.span
    }

    /// Where findings go.
    pub(crate) fn diags(&mut self) -> &mut Vec<Diagnostic> {
        self.diags
    }

    /// The value of a key; empty values count as absent.
    pub(crate) fn get(&self, key: &str) -> Option<&'a Node> {
        let found = self
            .node
            .entries()
            .iter()
            .find(|(name, _)| name.text == key);
        found
            .map(|(_, node)| node)
            .filter(|node| node.kind != NodeKind::Null)
    }

    /// Reports a key that must be there.
    pub(crate) fn missing(&mut self, key: &'static str) {
        let at = Span {
            end: self.node.span.start,
            ..self.node.span
        };
        self.diags.push(findings::missing_key(at, key, self.what));
    }

    /// Words.
    pub(crate) fn text(&mut self, key: &'static str) -> Option<String> {
        let node = self.get(key)?;
        match &node.kind {
            NodeKind::Scalar(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
            NodeKind::Scalar(_) => None,
            _ => self.wrong(node, key, "expected-text"),
        }
    }

    /// Words that must be there.
    pub(crate) fn need_text(&mut self, key: &'static str) -> String {
        let reported = self.diags.len();
        let text = self.text(key);
        if text.is_none() && self.diags.len() == reported {
            self.missing(key);
        }
        text.unwrap_or_default()
    }

    /// `true` or `false`; false when absent.
    pub(crate) fn flag(&mut self, key: &'static str) -> bool {
        let Some(node) = self.get(key) else {
            return false;
        };
        match &node.kind {
            NodeKind::Scalar(text) if text == "true" => true,
            NodeKind::Scalar(text) if text == "false" => false,
            _ => self.wrong(node, key, "expected-flag").unwrap_or(false),
        }
    }

    /// A whole number of a range.
    pub(crate) fn number(
        &mut self,
        key: &'static str,
        range: std::ops::RangeInclusive<i64>,
    ) -> Option<i64> {
        let node = self.get(key)?;
        let number = scalar(node)
            .and_then(|text| text.parse().ok())
            .filter(|number| range.contains(number));
        if number.is_none() {
            let hint = format!("{}–{}", range.start(), range.end());
            self.diags
                .push(findings::expected_number(node.span, key, &hint));
        }
        number
    }

    /// A whole number of a range that fits 32 bits.
    pub(crate) fn count(
        &mut self,
        key: &'static str,
        range: std::ops::RangeInclusive<i64>,
    ) -> Option<u32> {
        self.number(key, range)
            .and_then(|number| u32::try_from(number).ok())
    }

    /// A day.
    pub(crate) fn date(&mut self, key: &'static str) -> Option<Date> {
        self.parsed(key, "expected-date", parse_date)
    }

    /// A day and a time; a day alone is its first moment.
    pub(crate) fn date_time(&mut self, key: &'static str) -> Option<DateTime> {
        self.parsed(key, "expected-date-time", parse_date_time)
    }

    /// A time of day.
    pub(crate) fn time(&mut self, key: &'static str) -> Option<Time> {
        self.parsed(key, "expected-time", parse_time)
    }

    /// One of a few words.
    pub(crate) fn word<T>(
        &mut self,
        key: &'static str,
        names: &[&str],
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let node = self.get(key)?;
        let Some(word) = scalar(node) else {
            return self.wrong(node, key, "expected-text");
        };
        let value = parse(word);
        if value.is_none() {
            self.diags.push(findings::not_among(node.span, word, names));
        }
        value
    }

    /// A list of words; a single word is a list of one.
    pub(crate) fn texts(&mut self, key: &'static str) -> Option<Vec<(String, Span)>> {
        let node = self.get(key)?;
        match &node.kind {
            NodeKind::Scalar(text) => Some(vec![(text.trim().to_owned(), node.span)]),
            NodeKind::List(items) => {
                let mut out = Vec::with_capacity(items.len());
                for item in items {
                    match scalar(item) {
                        Some(text) => out.push((text.trim().to_owned(), item.span)),
                        None => {
                            self.diags
                                .push(findings::expected(item.span, key, "expected-text"));
                        }
                    }
                }
                Some(out)
            }
            _ => self.wrong(node, key, "expected-texts"),
        }
    }

    /// A list.
    pub(crate) fn list(&mut self, key: &'static str) -> &'a [Node] {
        match self.get(key).map(|node| (node, &node.kind)) {
            None => &[],
            Some((_, NodeKind::List(items))) => items,
            Some((node, _)) => self.wrong(node, key, "expected-list").unwrap_or(&[]),
        }
    }

    /// Pairs of words: the entries of a map.
    pub(crate) fn pairs(&mut self, key: &'static str) -> Vec<(String, String)> {
        let Some(node) = self.get(key) else {
            return Vec::new();
        };
        pairs(node, key, self.diags)
    }

    fn parsed<T>(
        &mut self,
        key: &'static str,
        expected: &'static str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let node = self.get(key)?;
        scalar(node)
            .and_then(parse)
            .or_else(|| self.wrong(node, key, expected))
    }

    fn wrong<T>(&mut self, node: &Node, key: &'static str, expected: &'static str) -> Option<T> {
        self.diags
            .push(findings::expected(node.span, key, expected));
        None
    }
}

/// The words of a scalar.
pub(crate) fn scalar(node: &Node) -> Option<&str> {
    match &node.kind {
        NodeKind::Scalar(text) => Some(text),
        _ => None,
    }
}

/// The entries of a map of words.
pub(crate) fn pairs(
    node: &Node,
    what: &'static str,
    diags: &mut Vec<Diagnostic>,
) -> Vec<(String, String)> {
    let NodeKind::Map(entries) = &node.kind else {
        if node.kind != NodeKind::Null {
            diags.push(findings::expected(node.span, what, "expected-map"));
        }
        return Vec::new();
    };
    let mut out = Vec::with_capacity(entries.len());
    for (key, value) in entries {
        match scalar(value) {
            Some(text) => out.push((key.text.clone(), text.trim().to_owned())),
            None => diags.push(findings::expected(value.span, what, "expected-text")),
        }
    }
    out
}

/// Reads `2026-08-19` or `19/08/2026`.
///
/// ```
/// let iso = loa::load::parse_date("2026-08-19");
/// assert!(iso.is_some() && iso == loa::load::parse_date("19/8/2026"));
/// assert_eq!(loa::load::parse_date("31/02/2026"), None);
/// ```
#[must_use]
pub fn parse_date(text: &str) -> Option<Date> {
    let number = |text: &str| {
        text.bytes()
            .all(|byte| byte.is_ascii_digit())
            .then(|| text.parse::<i16>().ok())
            .flatten()
    };
    let (year, month, day) = if let Some((year, rest)) = text.split_once('-') {
        let (month, day) = rest.split_once('-')?;
        (year, month, day)
    } else {
        let (day, rest) = text.split_once('/')?;
        let (month, year) = rest.split_once('/')?;
        (year, month, day)
    };
    if year.len() != 4 {
        return None;
    }
    Date::new(
        number(year)?,
        i8::try_from(number(month)?).ok()?,
        i8::try_from(number(day)?).ok()?,
    )
    .ok()
}

fn parse_date_time(text: &str) -> Option<DateTime> {
    if let Some(date) = parse_date(text) {
        return Some(date.at(0, 0, 0, 0));
    }
    let (date, time) = text.split_once(['T', ' '])?;
    Some(parse_date(date)?.to_datetime(parse_time(time.trim())?))
}

fn parse_time(text: &str) -> Option<Time> {
    let mut parts = text.split(':');
    let mut number = || {
        parts
            .next()
            .filter(|part| (1..=2).contains(&part.len()))
            .and_then(|part| part.parse::<i8>().ok())
    };
    let (hour, minute) = (number()?, number()?);
    let second = if text.matches(':').count() == 2 {
        number()?
    } else {
        0
    };
    Time::new(hour, minute, second, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_times_as_people_write_them() {
        let moment = parse_date_time("19/08/2026 07:30").unwrap();
        assert_eq!(moment, parse_date_time("2026-08-19T7:30:00").unwrap());
        assert_eq!(
            parse_date_time("2026-08-19").unwrap().to_string(),
            "2026-08-19T00:00:00"
        );
        for wrong in [
            "2026-13-01",
            "19/8",
            "19-08-2026",
            "2026/08/19",
            "26-08-19",
            "hôm nay",
            "2026-08-19 25:00",
            "--",
        ] {
            assert_eq!(parse_date_time(wrong), None, "{wrong}");
        }
    }
}
