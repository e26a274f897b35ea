//! Communes for which the province's or the national number stands in.

use std::collections::HashMap;

use crate::diag::{Code, Diagnostic, Message, Sources, code};
use crate::lint::Lint;
use crate::model::Site;

/// Says once for each contact how many of the chosen communes have no number of their own.
pub(in crate::lint) struct CommuneWithoutPhone;

impl Lint for CommuneWithoutPhone {
    fn code(&self) -> Code {
        code::COMMUNE_WITHOUT_PHONE
    }

    fn check(&self, site: &Site, _: &Sources, out: &mut Vec<Diagnostic>) {
        let communes = site.chosen_communes();
        // One look at each own value: a registry may have thousands of contacts and of communes.
        let mut with: HashMap<&str, usize> = HashMap::new();
        for commune in &communes {
            let own = site.facts.commune(*commune).contacts.iter();
            for own in own.filter(|own| own.phone.is_some()) {
                *with.entry(own.key.as_str()).or_default() += 1;
            }
        }
        for contact in site
            .facts
            .contacts
            .iter()
            .filter(|contact| contact.per_commune)
        {
            let has = with.get(contact.key.as_str()).copied().unwrap_or(0);
            let without = communes.len().saturating_sub(has);
            if without > 0 {
                let says = if contact.phone.is_some() {
                    "commune-without-phone"
                } else {
                    "commune-without-any-phone"
                };
                let finding = Diagnostic::new(self.code(), contact.span)
                    .saying(says)
                    .with("contact", contact.name.as_str())
                    .with("count", without)
                    .hint(Message::new("hint-commune-without-phone"));
                out.push(finding);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::*;

    const SETTINGS: &str = "title: Thử\ncommunes: all\neditions: {}\n";
    const CONTACTS: &str = "- {key: cong-an-xa, name: Công an xã, phone: \"113\", per_commune: true, source: x, checked_on: 2026-08-01}\n";

    fn with_communes(communes: &str) -> Vec<&'static str> {
        let communes = format!("communes:\n{communes}");
        found(
            &CommuneWithoutPhone,
            &[
                ("loa.yaml", SETTINGS),
                ("content/_facts/contacts.yaml", CONTACTS),
                ("content/_facts/communes.yaml", &communes),
            ],
        )
    }

    #[test]
    fn one_warning_for_all_communes_without_a_number() {
        let bare = "- {code: \"1\", name: Một, kind: xa}\n- {code: \"2\", name: Hai, kind: xa}\n";
        assert_eq!(with_communes(bare), ["commune-without-phone"]);
    }

    #[test]
    fn a_contact_without_any_number_is_told_apart() {
        let bare = "- {code: \"1\", name: Một, kind: xa}\n";
        let communes = format!("communes:\n{bare}");
        let contacts = CONTACTS.replace(", phone: \"113\"", "");
        let files = [
            ("loa.yaml", SETTINGS),
            ("content/_facts/contacts.yaml", contacts.as_str()),
            ("content/_facts/communes.yaml", communes.as_str()),
        ];
        let parsed = crate::load::parse(
            &crate::load::Tree::of(&files),
            jiff::civil::date(2026, 8, 19),
            &["web"],
        );
        let mut out = Vec::new();
        CommuneWithoutPhone.check(&parsed.site, &parsed.sources, &mut out);
        assert_eq!(out[0].message.id, "commune-without-any-phone");
    }

    #[test]
    fn silent_when_every_commune_has_its_own() {
        let own = "- {code: \"1\", name: Một, kind: xa, contacts: {cong-an-xa: {phone: 0273 3000 111, source: x, checked_on: 2026-08-01}}}\n";
        assert_eq!(with_communes(own), [""; 0]);
    }
}
