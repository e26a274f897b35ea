//! What differs between communes: whose own value of a contact is not the general one.

use std::collections::BTreeMap;

use crate::model::{Contact, ContactId, Page, PageId, Site};

/// So many communes are named before the rest is counted.
const NAMED: usize = 10;

/// The chosen communes with a value of their own, by contact.
#[derive(Debug, Default)]
pub(super) struct Differences {
    own: BTreeMap<ContactId, Own>,
}

/// Who has a value of its own of one contact.
#[derive(Debug)]
struct Own {
    name: String,
    /// Full names of the first communes, in registry order.
    communes: Vec<String>,
    /// How many more there are.
    more: usize,
}

/// One line of the table: an article, a contact in it, and whose value differs.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Difference<'a> {
    pub(super) article: &'a str,
    pub(super) contact: &'a str,
    /// Full names, the first of them only.
    pub(super) communes: &'a [String],
    /// How many more there are.
    pub(super) more: usize,
}

impl Differences {
    /// Compares the general value of each contact with that of each chosen commune.
    pub(super) fn new(site: &Site, same: impl Fn(&Contact, &Contact) -> bool) -> Differences {
        let language = site.config.language.as_str();
        let chosen = site.chosen_communes();
        let mut own = BTreeMap::new();
        for id in (0..site.facts.contacts.len()).map(ContactId) {
            let general = site.facts.contact(id);
            let differs = chosen.iter().filter(|commune| {
                let has = &site.facts.commune(**commune).contacts;
                has.iter().any(|own| own.key == general.key)
                    && !same(
                        general,
                        &site.facts.contact_for(id, Some(**commune), language),
                    )
            });
            let mut communes: Vec<String> = differs
                .map(|id| site.facts.commune(*id).full_name())
                .collect();
            if !communes.is_empty() {
                let more = communes.len().saturating_sub(NAMED);
                communes.truncate(NAMED);
                let name = site.facts.contact_for(id, None, language).name;
                own.insert(
                    id,
                    Own {
                        name,
                        communes,
                        more,
                    },
                );
            }
        }
        Differences { own }
    }

    /// Whether some commune has a value of its own.
    pub(super) fn of(&self, contact: ContactId) -> bool {
        self.own.contains_key(&contact)
    }

    /// The table for articles with the contacts that they name.
    pub(super) fn table<'a>(
        &'a self,
        site: &'a Site,
        articles: impl Iterator<Item = (PageId, &'a [ContactId])>,
    ) -> Vec<Difference<'a>> {
        let mut out = Vec::new();
        for (page, contacts) in articles {
            let page: &Page = site.page(page);
            let own = contacts.iter().filter_map(|id| self.own.get(id));
            out.extend(own.map(|own| Difference {
                article: &page.meta.title,
                contact: &own.name,
                communes: &own.communes,
                more: own.more,
            }));
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_in_the_table() {
        let communes: String = (0..12)
            .map(|n| {
                let phone = if n == 0 { "113".to_owned() } else { format!("0273 300 01{n:02}") };
                format!("- {{code: \"{n}\", name: Ấp {n}, kind: xa, contacts: {{a: {{phone: \"{phone}\", source: x, checked_on: 2026-08-01}}}}}}\n")
            })
            .collect();
        let parsed = crate::load::parse(
            &crate::load::Tree::of(&[
                ("loa.yaml", "title: T\ncommunes: all\neditions: {}\n"),
                (
                    "content/_facts/contacts.yaml",
                    "- {key: a, name: A, phone: \"113\", source: x, checked_on: 2026-08-01}\n- {key: b, name: B, phone: \"114\", source: x, checked_on: 2026-08-01}\n",
                ),
                (
                    "content/_facts/communes.yaml",
                    &format!("communes:\n{communes}"),
                ),
                (
                    "content/m.md",
                    "---\ntitle: M\nsummary: M.\ndate: 2026-08-19\n---\n[[a]] [[b]]\n",
                ),
            ]),
            jiff::civil::date(2026, 8, 19),
            &["speech"],
        );
        assert!(parsed.diags.is_empty(), "{:?}", parsed.diags);
        let differences = Differences::new(&parsed.site, |a, b| a.phone == b.phone);
        assert!(differences.of(ContactId(0)) && !differences.of(ContactId(1)));
        let both = [ContactId(0), ContactId(1)];
        let table = differences.table(&parsed.site, [(PageId(0), &both[..])].into_iter());
        assert_eq!(table.len(), 1);
        assert_eq!((table[0].article, table[0].contact), ("M", "A"));
        assert_eq!(
            (table[0].communes.len(), table[0].communes[0].as_str()),
            (10, "xã Ấp 1"),
            "the first has the general number"
        );
        assert_eq!(table[0].more, 1);
    }
}
