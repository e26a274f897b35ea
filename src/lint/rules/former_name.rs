//! Places and bodies under names that no longer exist.

use jiff::civil::Date;

use crate::diag::{Code, Diagnostic, Message, code};
use crate::lint::names;
use crate::lint::{Lint, Prose, WordCheck};
use crate::model::{FormerName, Site};

/// Says of each former name what it is called now, and since when.
pub(in crate::lint) struct FormerNames;

impl Lint for FormerNames {
    fn code(&self) -> Code {
        code::FORMER_NAME
    }

    fn words<'s>(&self, site: &'s Site) -> Option<WordCheck<'s>> {
        let former = names::former(site);
        Some(Box::new(move |prose: &Prose<'_>, out| {
            for named in &prose.words.named {
                let passage = &prose.passages[named.passage];
                let written = passage.text[named.range.clone()].split_whitespace();
                let written: Vec<&str> = written.collect();
                let span = passage.span(named.range.clone(), prose.sources);
                let finding = Diagnostic::new(code::FORMER_NAME, span)
                    .with("name", written.join(" "))
                    .hint(hint(former[named.name]));
                out.push(finding);
            }
        }))
    }
}

fn hint(former: &FormerName) -> Message {
    match former.since {
        Some(day) => Message::new("hint-former-name-since").with("since", written(day)),
        None => Message::new("hint-former-name"),
    }
    .with("now", former.now.as_str())
}

/// A date in the language of the messages.
fn written(day: Date) -> Message {
    Message::new("written-date")
        .with("day", day.day().to_string())
        .with("month", usize::try_from(day.month()).unwrap_or(1))
        .with("year", day.year().to_string())
}

#[cfg(test)]
mod tests {
    use super::super::said;
    use super::*;

    const FACTS: &[(&str, &str)] = &[(
        "content/_facts/communes.yaml",
        "former_names:\n\
         - {name: tỉnh Tiền Giang, now: tỉnh Đồng Tháp, since: 2025-07-01, source: x}\n\
         - {name: Công an huyện, now: Công an xã, source: x}\n\
         - {name: Đội Dân phòng, now: Tổ bảo vệ an ninh, since: 2026-08-20, source: x}\n\
         - {name: thị trấn, now: xã hoặc phường, since: 2025-07-01, source: x}\n",
    )];

    #[test]
    fn fires_with_the_present_name_and_the_day() {
        let text = "Ở tỉnh\n**Tiền Giang**, CA các huyện đã báo.";
        let [vi, en] = said(&FormerNames, FACTS, text);
        assert_eq!(
            vi,
            [
                "6:3 [tỉnh\n**Tiền Giang] `tỉnh Tiền Giang` là tên không còn dùng; từ 1/7/2025 là: tỉnh Đồng Tháp",
                "7:17 [CA các huyện] `CA các huyện` là tên không còn dùng; nay là: Công an xã",
            ]
        );
        assert_eq!(
            en,
            [
                "6:3 [tỉnh\n**Tiền Giang] `tỉnh Tiền Giang` is a name that no longer exists; since 1 July 2025: tỉnh Đồng Tháp",
                "7:17 [CA các huyện] `CA các huyện` is a name that no longer exists; now: Công an xã",
            ]
        );
    }

    #[test]
    fn fires_in_front_matter_at_the_words() {
        let page = "---\ntitle: \"Thị trấn: nay là gì\"\nsummary: >\n  Lời chào\n  thị trấn.\ndate: 2026-08-19\n---\nChào.\n";
        let [vi, _] = said(&FormerNames, FACTS, page);
        let places: Vec<&str> = vi.iter().filter_map(|one| one.split(']').next()).collect();
        assert_eq!(places, ["2:9 [Thị trấn", "5:3 [thị trấn"]);
    }

    #[test]
    fn silent_before_the_day_in_parts_of_syllables_and_in_what_references_bring() {
        let text =
            "Đội dân phòng ở thị trấnX. ~~tỉnh Tiền Giang~~ nay là tỉnh Đồng Tháp.\n\n    thị trấn";
        assert_eq!(said(&FormerNames, FACTS, text), [[""; 0], [""; 0]]);
    }
}
