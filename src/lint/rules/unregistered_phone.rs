//! Telephone numbers typed into the text that the registry lacks.

use crate::diag::{Code, Diagnostic, Message, code};
use crate::lint::phonebook::{Holder, Phonebook};
use crate::lint::{Lint, Prose, WordCheck};
use crate::model::Site;

/// Says of each typed number that it is not in the registry, and what to write instead.
pub(in crate::lint) struct UnregisteredPhone;

impl Lint for UnregisteredPhone {
    fn code(&self) -> Code {
        code::UNREGISTERED_PHONE
    }

    fn words<'s>(&self, site: &'s Site) -> Option<WordCheck<'s>> {
        let book = Phonebook::new(site);
        Some(Box::new(move |prose: &Prose<'_>, out| {
            for (span, typed) in prose.phones.iter().filter(|(_, typed)| !book.has(typed)) {
                let hint = match book.near(typed) {
                    Some(holder) => near(holder),
                    None => Message::new("hint-unregistered-phone"),
                };
                let finding = Diagnostic::new(code::UNREGISTERED_PHONE, *span)
                    .with("phone", typed.written.as_str())
                    .hint(hint);
                out.push(finding);
            }
        }))
    }
}

fn near(holder: &Holder<'_>) -> Message {
    let key = format!("[[{}]]", holder.contact.key);
    match &holder.commune {
        Some(commune) => {
            Message::new("hint-near-phone-of-commune").with("commune", commune.as_str())
        }
        None => Message::new("hint-near-phone"),
    }
    .with("key", key)
    .with("phone", holder.display)
}

#[cfg(test)]
mod tests {
    use super::super::said;
    use super::*;

    const FACTS: &[(&str, &str)] = &[(
        "content/_facts/contacts.yaml",
        "- {key: truc-ban, name: Trực ban, phone: \"+84 273 3872 222\", source: x, checked_on: 2026-08-01}\n",
    )];

    #[test]
    fn fires_for_a_number_that_nobody_registered() {
        let [vi, en] = said(
            &UnregisteredPhone,
            FACTS,
            "Gọi **0273 3872 223** hoặc 0912.345.678.",
        );
        assert_eq!(
            vi,
            [
                "6:7 [0273 3872 223] số điện thoại `0273 3872 223` không có trong sổ liên hệ; có lẽ bạn muốn viết `[[truc-ban]]` (+84 273 3872 222)",
                "6:28 [0912.345.678] số điện thoại `0912.345.678` không có trong sổ liên hệ; thêm số này vào `content/_facts/contacts.yaml`, rồi trong bài viết `[[khóa]]`",
            ]
        );
        assert_eq!(
            en,
            [
                "6:7 [0273 3872 223] the telephone number `0273 3872 223` is not in the registry; did you mean `[[truc-ban]]` (+84 273 3872 222)?",
                "6:28 [0912.345.678] the telephone number `0912.345.678` is not in the registry; add it to `content/_facts/contacts.yaml` and write `[[key]]` here",
            ]
        );
    }

    #[test]
    fn fires_for_a_link_that_dials_once() {
        let [vi, _] = said(&UnregisteredPhone, FACTS, "[0912 345 678](tel:0912345678)");
        assert_eq!(vi.len(), 1, "{vi:?}");
    }

    #[test]
    fn fires_for_another_number_in_the_words_of_a_reference() {
        let [vi, _] = said(&UnregisteredPhone, FACTS, "Gọi [[truc-ban|0912 345 678]].");
        assert_eq!(vi.len(), 1, "{vi:?}");
    }

    #[test]
    fn silent_for_what_the_registry_has_and_for_what_is_no_number() {
        let text = "(0273) 3.872.222 là trực ban, ĐT 3872222. Năm 2026 có 1.500.000 đồng, CCCD 082090001234. \
                    Xem https://a.vn/0912345678, [[truc-ban|gọi 0273 3872 222]].\n\n```\n0912345678\n```";
        assert_eq!(said(&UnregisteredPhone, FACTS, text), [[""; 0], [""; 0]]);
    }
}
