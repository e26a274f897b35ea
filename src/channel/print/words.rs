//! The interface words of a theme in one language, and days and times written with them.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime, Time};

/// The words of one language; what it lacks is taken from the site's main language.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words<'a> {
    own: Option<&'a BTreeMap<String, String>>,
    main: Option<&'a BTreeMap<String, String>>,
}

impl<'a> Words<'a> {
    pub(super) fn of(
        strings: &'a BTreeMap<String, BTreeMap<String, String>>,
        language: &str,
        main: &str,
    ) -> Words<'a> {
        Words {
            own: strings.get(language),
            main: strings.get(main),
        }
    }

    /// The words of a key; the key itself when the theme has none, so that the gap is seen.
    pub(super) fn get<'k>(&self, key: &'k str) -> &'k str
    where
        'a: 'k,
    {
        let found = self
            .own
            .and_then(|map| map.get(key))
            .or_else(|| self.main.and_then(|map| map.get(key)));
        found.map_or(key, String::as_str)
    }

    /// All words by key.
    pub(super) fn all(&self) -> BTreeMap<&'a str, &'a str> {
        let maps = self.main.into_iter().chain(self.own);
        maps.flatten()
            .map(|(key, text)| (key.as_str(), text.as_str()))
            .collect()
    }

    /// The words of a key with values in place of their names in braces.
    fn filled(&self, key: &str, values: &[(&str, String)]) -> String {
        let pattern = self.get(key).to_owned();
        values.iter().fold(pattern, |text, (name, value)| {
            text.replace(&format!("{{{name}}}"), value)
        })
    }

    /// `19/8/2026`, `19 August 2026`.
    pub(super) fn date(&self, date: Date) -> String {
        let month_name = self.get(&format!("month_{}", date.month())).to_owned();
        let values = [
            ("day", date.day().to_string()),
            ("month", date.month().to_string()),
            ("month_name", month_name),
            ("year", date.year().to_string()),
        ];
        self.filled("date", &values)
    }

    /// `7 giờ 30`, `7:30`.
    pub(super) fn time(&self, time: Time) -> String {
        let key = if time.minute() == 0 {
            "time_full"
        } else {
            "time"
        };
        self.filled(
            key,
            &[
                ("hour", time.hour().to_string()),
                ("minute", format!("{:02}", time.minute())),
            ],
        )
    }

    /// `7 giờ 30, thứ Tư, 19/8/2026`.
    pub(super) fn moment(&self, at: DateTime) -> String {
        let weekday = self
            .get(&format!(
                "weekday_{}",
                at.date().weekday().to_monday_one_offset()
            ))
            .to_owned();
        let values = [
            ("time", self.time(at.time())),
            ("weekday", weekday),
            ("date", self.date(at.date())),
        ];
        self.filled("moment", &values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_times_follow_the_words() {
        let pairs = [
            ("date", "{day}/{month}/{year}"),
            ("time", "{hour} giờ {minute}"),
            ("time_full", "{hour} giờ"),
            ("moment", "{time}, {weekday}, {date}"),
            ("weekday_3", "thứ Tư"),
        ];
        let map = pairs
            .iter()
            .map(|(key, text)| ((*key).to_owned(), (*text).to_owned()))
            .collect();
        let strings = BTreeMap::from([("vi".to_owned(), map)]);
        let words = Words::of(&strings, "en", "vi");
        assert_eq!(
            words.moment(jiff::civil::date(2026, 8, 19).at(7, 5, 0, 0)),
            "7 giờ 05, thứ Tư, 19/8/2026"
        );
        assert_eq!(words.time(jiff::civil::time(8, 0, 0, 0)), "8 giờ");
        assert_eq!(words.get("no_such"), "no_such");
    }
}
