//! Days, times and counts in words. The words and their order are the theme's, so that a language is
//! added in one file.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime, Weekday};

use crate::theme::view::{DateView, MomentView};

/// How a language writes days, times and counts.
#[derive(Debug, Default)]
pub(super) struct Dates {
    weekdays: Vec<String>,
    months: Vec<String>,
    date: String,
    long: String,
    time: String,
    whole_hour: String,
    moment: String,
    thousands: String,
}

impl Dates {
    /// Reads them off the words of a theme.
    pub(super) fn new(words: &BTreeMap<String, String>) -> Dates {
        let word = |name: &str| words.get(name).cloned().unwrap_or_default();
        let list = |name: &str| {
            let text = word(name);
            text.split(',').map(|one| one.trim().to_owned()).collect()
        };
        Dates {
            weekdays: list("weekdays"),
            months: list("months"),
            date: word("date_format"),
            long: word("date_long_format"),
            time: word("time_format"),
            whole_hour: word("time_whole_format"),
            moment: word("moment_format"),
            thousands: word("thousands"),
        }
    }

    /// A day for templates.
    pub(super) fn day(&self, date: Date) -> DateView {
        let weekday = usize::try_from(date.weekday().since(Weekday::Monday)).unwrap_or(0);
        let month = usize::try_from(date.month() - 1).unwrap_or(0);
        let number = date.month().to_string();
        let text = filled(
            &self.date,
            &[
                ("day2", &format!("{:02}", date.day())),
                ("day", &date.day().to_string()),
                ("month", self.months.get(month).unwrap_or(&number)),
                ("year", &date.year().to_string()),
            ],
        );
        let weekday = self.weekdays.get(weekday).map_or("", String::as_str);
        let long = filled(&self.long, &[("weekday", weekday), ("date", &text)]);
        DateView {
            iso: date.to_string(),
            text,
            long,
        }
    }

    /// A month: `8/2026`, `August 2026`.
    pub(super) fn month(&self, first: Date, pattern: &str) -> String {
        let month = usize::try_from(first.month() - 1).unwrap_or(0);
        let number = first.month().to_string();
        filled(
            pattern,
            &[
                ("month", self.months.get(month).unwrap_or(&number)),
                ("year", &first.year().to_string()),
            ],
        )
    }

    /// A moment for templates; times are those of Việt Nam.
    pub(super) fn moment(&self, at: DateTime) -> MomentView {
        let day = self.day(at.date());
        let (hour, minute) = (at.hour(), at.minute());
        let pattern = if minute == 0 {
            &self.whole_hour
        } else {
            &self.time
        };
        let time = filled(
            pattern,
            &[
                ("hour", &hour.to_string()),
                ("minute", &format!("{minute:02}")),
            ],
        );
        MomentView {
            text: filled(&self.moment, &[("time", &time), ("date", &day.long)]),
            iso: format!("{}T{hour:02}:{minute:02}+07:00", day.iso),
        }
    }

    /// A count with its thousands apart.
    pub(super) fn count(&self, count: usize) -> String {
        let digits = count.to_string();
        let mut out = String::with_capacity(digits.len() + 4);
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                out.push_str(&self.thousands);
            }
            out.push(digit);
        }
        out
    }
}

/// A pattern with its `{names}` replaced.
fn filled(pattern: &str, values: &[(&str, &str)]) -> String {
    let mut out = pattern.to_owned();
    for (name, value) in values {
        out = out.replace(&format!("{{{name}}}"), value);
    }
    out
}

/// RFC 3339 for feeds: the first moment of a day in Việt Nam.
pub(super) fn rfc3339(date: Date) -> String {
    format!("{date}T00:00:00+07:00")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::built_in_words;
    use jiff::civil::date;

    fn dates(language: &str) -> Dates {
        Dates::new(&built_in_words()[language])
    }

    #[test]
    fn days_are_written_as_in_official_documents() {
        let long = |y, m, d| dates("vi").day(date(y, m, d)).long;
        assert_eq!(long(2026, 8, 19), "Thứ Tư, 19/8/2026");
        assert_eq!(long(2026, 2, 1), "Chủ nhật, 01/02/2026");
        assert_eq!(
            dates("en").day(date(2026, 8, 19)).long,
            "Wednesday, 19 August 2026"
        );
    }

    #[test]
    fn times_and_counts_follow_the_language() {
        let moment = |language: &str, minute| {
            dates(language)
                .moment(date(2026, 8, 19).at(7, minute, 0, 0))
                .text
        };
        assert_eq!(moment("vi", 0), "7 giờ, Thứ Tư, 19/8/2026");
        assert_eq!(moment("vi", 5), "7 giờ 05, Thứ Tư, 19/8/2026");
        assert_eq!(moment("en", 0), "7:00, Wednesday, 19 August 2026");
        for (count, vi, en) in [
            (7, "7", "7"),
            (999, "999", "999"),
            (1_000, "1.000", "1,000"),
            (1_234_567, "1.234.567", "1,234,567"),
        ] {
            assert_eq!(dates("vi").count(count), vi);
            assert_eq!(dates("en").count(count), en);
        }
    }

    #[test]
    fn a_language_without_words_still_has_its_days() {
        let none = Dates::new(&BTreeMap::new());
        assert_eq!(none.day(date(2026, 8, 19)).iso, "2026-08-19");
    }
}
