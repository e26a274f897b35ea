//! The registered telephone numbers by value, and who holds them.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::phone::{Typed, value};
use crate::model::{Contact, Site};

/// Who holds a number.
#[derive(Debug, Clone)]
pub(super) struct Holder<'a> {
    pub(super) contact: &'a Contact,
    /// The commune whose own value it is.
    pub(super) commune: Option<String>,
    pub(super) display: &'a str,
    /// Whether it no longer holds.
    pub(super) expired: bool,
}

/// The numbers of a site.
#[derive(Debug)]
pub(super) struct Phonebook<'a> {
    by_value: BTreeMap<String, Vec<Holder<'a>>>,
    /// Last digits of numbers with an area code.
    local: BTreeSet<String>,
    /// Contacts by key.
    by_key: HashMap<&'a str, &'a Contact>,
}

impl<'a> Phonebook<'a> {
    pub(super) fn new(site: &'a Site) -> Phonebook<'a> {
        let mut by_value: BTreeMap<String, Vec<Holder<'a>>> = BTreeMap::new();
        let facts = &site.facts;
        let keyed = facts.contacts.iter().rev();
        let by_key: HashMap<&str, &Contact> = keyed.map(|one| (one.key.as_str(), one)).collect();
        for contact in &facts.contacts {
            if let Some(phone) = &contact.phone {
                let past = contact.valid_until.is_some_and(|day| day < site.today);
                by_value
                    .entry(value(&phone.dial))
                    .or_default()
                    .push(Holder {
                        contact,
                        commune: None,
                        display: &phone.display,
                        expired: past || contact.replaced_by.is_some(),
                    });
            }
        }
        for commune in &facts.communes {
            for own in &commune.contacts {
                let contact = by_key.get(own.key.as_str()).copied();
                if let Some((phone, contact)) = own.phone.as_ref().zip(contact) {
                    by_value
                        .entry(value(&phone.dial))
                        .or_default()
                        .push(Holder {
                            contact,
                            commune: Some(commune.full_name()),
                            display: &phone.display,
                            expired: own.valid_until.is_some_and(|day| day < site.today),
                        });
                }
            }
        }
        let areas = by_value
            .keys()
            .filter(|value| value.len() > 9 && value.starts_with("02"));
        let local = areas
            .flat_map(|value| [7, 8].map(|digits| value[value.len() - digits..].to_owned()))
            .collect();
        Phonebook {
            by_value,
            local,
            by_key,
        }
    }

    /// Whether the registry has a number.
    pub(super) fn has(&self, typed: &Typed) -> bool {
        self.by_value.contains_key(&typed.value)
            || (typed.local && self.local.contains(&typed.value))
    }

    /// The holder of a number that nobody holds any longer.
    pub(super) fn expired(&self, typed: &Typed) -> Option<&Holder<'a>> {
        let holders = self.by_value.get(&typed.value)?;
        let all = holders.iter().all(|holder| holder.expired);
        holders.first().filter(|_| all)
    }

    /// Who answers instead of a contact: the end of its chain of successors, if there is one.
    pub(super) fn successor(&self, contact: &'a Contact) -> Option<&'a Contact> {
        let mut seen = HashSet::from([contact.key.as_str()]);
        let mut last = contact;
        while let Some(key) = last
            .replaced_by
            .as_deref()
            .filter(|key| !seen.contains(key))
        {
            let Some(next) = self.by_key.get(key) else {
                break;
            };
            seen.insert(key);
            last = next;
        }
        (last.key != contact.key).then_some(last)
    }

    /// The holder of a number that differs by one digit, or by two that changed places.
    pub(super) fn near(&self, typed: &Typed) -> Option<&Holder<'a>> {
        // Short numbers are all alike.
        if typed.value.len() < 8 {
            return None;
        }
        let found = self
            .by_value
            .iter()
            .find(|(value, _)| is_slip(value, &typed.value));
        found.and_then(|(_, holders)| holders.first())
    }
}

/// Whether one digit is wrong, missing or too many, or two neighbours changed places.
fn is_slip(one: &str, other: &str) -> bool {
    let (long, short) = if one.len() >= other.len() {
        (one, other)
    } else {
        (other, one)
    };
    let (long, short) = (long.as_bytes(), short.as_bytes());
    let same = long.iter().zip(short).take_while(|(a, b)| a == b).count();
    let (left, right) = (&long[same..], &short[same..]);
    match long.len() - short.len() {
        0 => {
            let swapped = left.len() > 1 && left[0] == right[1] && left[1] == right[0];
            left.get(1..) == right.get(1..) || (swapped && left[2..] == right[2..])
        }
        1 => left[1..] == *right,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_slip;

    #[test]
    fn one_slip_is_near_and_two_are_not() {
        for (one, other, near) in [
            ("02733872222", "02733872223", true),
            ("02733872222", "02733827222", true),
            ("02733872222", "0273387222", true),
            ("02733872222", "02733872111", false),
            ("02733872222", "0273387", false),
        ] {
            assert_eq!(is_slip(one, other), near, "{one} {other}");
            assert_eq!(is_slip(other, one), near, "{other} {one}");
        }
    }
}
