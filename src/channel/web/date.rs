//! Days and times in words, for both languages.

use jiff::civil::{Date, DateTime, Weekday};

use crate::theme::view::{DateView, MomentView};

const VIETNAMESE: [&str; 7] = [
    "Thứ Hai",
    "Thứ Ba",
    "Thứ Tư",
    "Thứ Năm",
    "Thứ Sáu",
    "Thứ Bảy",
    "Chủ nhật",
];
const ENGLISH: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A day for templates.
pub(super) fn day(date: Date, language: &str) -> DateView {
    let weekday = usize::try_from(date.weekday().since(Weekday::Monday)).unwrap_or(0);
    let (text, long) = if language == "vi" {
        let text = short(date);
        (text.clone(), format!("{}, {text}", VIETNAMESE[weekday]))
    } else {
        let month = usize::try_from(date.month() - 1).unwrap_or(0);
        let text = format!("{} {} {}", date.day(), MONTHS[month], date.year());
        (text.clone(), format!("{}, {text}", ENGLISH[weekday]))
    };
    DateView {
        iso: date.to_string(),
        text,
        long,
    }
}

/// Days below ten and the first two months take a zero, as in official documents.
fn short(date: Date) -> String {
    let (day, month, year) = (date.day(), date.month(), date.year());
    if month <= 2 {
        format!("{day:02}/{month:02}/{year}")
    } else {
        format!("{day:02}/{month}/{year}")
    }
}

/// A moment for templates; times are those of Việt Nam.
pub(super) fn moment(at: DateTime, language: &str) -> MomentView {
    let day = day(at.date(), language);
    let (hour, minute) = (at.hour(), at.minute());
    let text = if language != "vi" {
        format!("{hour}:{minute:02}, {}", day.long)
    } else if minute == 0 {
        format!("{hour} giờ, {}", day.long)
    } else {
        format!("{hour} giờ {minute:02}, {}", day.long)
    };
    MomentView {
        iso: format!("{}T{hour:02}:{minute:02}+07:00", day.iso),
        text,
    }
}

/// RFC 3339 for feeds: the first moment of a day in Việt Nam.
pub(super) fn rfc3339(date: Date) -> String {
    format!("{date}T00:00:00+07:00")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_as_in_official_documents() {
        let long = |y, m, d| day(jiff::civil::date(y, m, d), "vi").long;
        assert_eq!(long(2026, 8, 19), "Thứ Tư, 19/8/2026");
        assert_eq!(long(2026, 2, 1), "Chủ nhật, 01/02/2026");
        assert_eq!(
            day(jiff::civil::date(2026, 8, 19), "en").long,
            "Wednesday, 19 August 2026"
        );
    }
}
