//! Typed telephone numbers that no longer hold: references to them are checked with the registry.

use crate::diag::{Code, Diagnostic, Message, code};
use crate::lint::phonebook::Phonebook;
use crate::lint::{Lint, Prose, WordCheck};
use crate::model::Site;

/// Says of each typed number whose contact has expired who answers now.
pub(in crate::lint) struct ExpiredPhone;

impl Lint for ExpiredPhone {
    fn code(&self) -> Code {
        code::EXPIRED_FACT
    }

    fn words<'s>(&self, site: &'s Site) -> Option<WordCheck<'s>> {
        let book = Phonebook::new(site);
        Some(Box::new(move |prose: &Prose<'_>, out| {
            for (span, typed) in &prose.phones {
                let Some(holder) = book.expired(typed) else {
                    continue;
                };
                let hint = match book.successor(holder.contact) {
                    Some(next) => Message::new("hint-phone-followed-by")
                        .with("key", format!("[[{}]]", next.key))
                        .with("name", next.name.as_str()),
                    None => {
                        Message::new("hint-phone-expired").with("key", holder.contact.key.as_str())
                    }
                };
                let finding = Diagnostic::new(code::EXPIRED_FACT, *span)
                    .saying("expired-phone")
                    .with("phone", typed.written.as_str())
                    .with("key", holder.contact.key.as_str())
                    .hint(hint);
                out.push(finding);
            }
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::super::said;
    use super::*;

    const FACTS: &[(&str, &str)] = &[(
        "content/_facts/contacts.yaml",
        "- {key: cu, name: Số cũ, phone: \"0273 3872 111\", replaced_by: giua, source: x, checked_on: 2026-08-01}\n\
         - {key: giua, name: Số giữa, phone: \"0273 3872 222\", replaced_by: moi, source: x, checked_on: 2026-08-01}\n\
         - {key: moi, name: Số mới, phone: \"0273 3872 333\", source: x, checked_on: 2026-08-01}\n\
         - {key: het, name: Số hết, phone: \"0273 3872 444\", valid_until: 2026-08-18, source: x, checked_on: 2026-08-01}\n\
         - {key: vong, name: Vòng, phone: \"0273 3872 555\", replaced_by: vong, source: x, checked_on: 2026-08-01}\n\
         - {key: chung, name: Chung, phone: \"0273 3872 666\", valid_until: 2026-08-18, source: x, checked_on: 2026-08-01}\n\
         - {key: con, name: Còn, phone: \"0273 3872 666\", valid_until: 2026-08-19, source: x, checked_on: 2026-08-01}\n",
    )];

    #[test]
    fn fires_with_the_last_of_the_successors() {
        let text = "Gọi 0273.3872.111, 0273 3872444 hoặc 0273 3872 555.";
        let [vi, en] = said(&ExpiredPhone, FACTS, text);
        assert_eq!(
            vi,
            [
                "6:5 [0273.3872.111] số điện thoại `0273.3872.111` (`cu` trong sổ liên hệ) không còn hiệu lực; nay viết `[[moi]]` (Số mới)",
                "6:20 [0273 3872444] số điện thoại `0273 3872444` (`het` trong sổ liên hệ) không còn hiệu lực; hỏi lại số mới, sửa mục `het` trong sổ liên hệ, rồi viết `[[het]]`",
                "6:38 [0273 3872 555] số điện thoại `0273 3872 555` (`vong` trong sổ liên hệ) không còn hiệu lực; hỏi lại số mới, sửa mục `vong` trong sổ liên hệ, rồi viết `[[vong]]`",
            ]
        );
        assert_eq!(
            en[0],
            "6:5 [0273.3872.111] the telephone number `0273.3872.111` (`cu` in the registry) no longer holds; write `[[moi]]` (Số mới) now"
        );
    }

    #[test]
    fn silent_where_somebody_still_holds_the_number() {
        let text = "Gọi 0273 3872 333, 0273 3872 666 hoặc 0912 345 678.";
        assert_eq!(said(&ExpiredPhone, FACTS, text), [[""; 0], [""; 0]]);
    }
}
