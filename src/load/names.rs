//! What pages answer to: file stem, slug, both behind their section, source path, address.
//!
//! Looking a name up needs no list of names: pages put in order by slug, stem and source are enough.
//! The lists are made for hints alone, when the first name is missed.

use std::collections::BTreeMap;

use super::index::{Folder, PageInfo};
use crate::model::{LinkTarget, PageId, SectionId};

/// Pages in three orders.
#[derive(Debug)]
pub(super) struct Order {
    by_slug: Vec<PageId>,
    by_stem: Vec<PageId>,
    by_source: Vec<PageId>,
    sections: BTreeMap<String, SectionId>,
}

fn sorted<'a>(pages: &'a [PageInfo], key: impl Fn(&'a PageInfo) -> &'a str) -> Vec<PageId> {
    let mut out: Vec<PageId> = (0..pages.len()).map(PageId).collect();
    // Mostly they are in order already, which is quickly seen.
    out.sort_by(|a, b| key(&pages[a.0]).cmp(key(&pages[b.0])));
    out
}

/// The pages with a key, in path order.
fn equal<'a>(
    order: &'a [PageId],
    pages: &[PageInfo],
    key: impl Fn(&PageInfo) -> &str,
    wanted: &str,
) -> &'a [PageId] {
    let start = order.partition_point(|id| key(&pages[id.0]) < wanted);
    let length = order[start..].partition_point(|id| key(&pages[id.0]) == wanted);
    &order[start..start + length]
}

impl Order {
    pub(super) fn of(pages: &[PageInfo], folders: &[Folder]) -> Order {
        let address = |(place, folder): (usize, &Folder)| {
            let address = format!("{}{}", folder.prefix, folder.path);
            (address.trim_end_matches('/').to_owned(), SectionId(place))
        };
        Order {
            by_slug: sorted(pages, |page| &page.slug),
            by_stem: sorted(pages, |page| &page.stem),
            by_source: sorted(pages, |page| &page.source),
            sections: folders.iter().enumerate().map(address).collect(),
        }
    }

    /// The pages that answer to a name, in path order.
    pub(super) fn named(&self, name: &str, pages: &[PageInfo], folders: &[Folder]) -> Vec<PageId> {
        let (folder, last) = match name.rsplit_once('/') {
            Some(("", _)) => return Vec::new(),
            Some((folder, last)) => (Some(folder), last),
            None => (None, name),
        };
        let slugs = equal(&self.by_slug, pages, |page| &page.slug, last);
        let stems = equal(&self.by_stem, pages, |page| &page.stem, last);
        let mut out: Vec<PageId> = slugs
            .iter()
            .chain(stems)
            .copied()
            .filter(|id| folder.is_none_or(|folder| folders[pages[id.0].section.0].path == folder))
            .collect();
        out.sort_unstable();
        out.dedup();
        out
    }

    /// The page of a source path.
    pub(super) fn source(&self, path: &str, pages: &[PageInfo]) -> Option<PageId> {
        equal(&self.by_source, pages, |page| &page.source, path)
            .last()
            .copied()
    }

    /// What stands at an address without slashes at its ends.
    ///
    /// Two pages with one address: the first has it here, and the plan names both.
    pub(super) fn address(
        &self,
        address: &str,
        pages: &[PageInfo],
        folders: &[Folder],
    ) -> Option<LinkTarget> {
        if let Some(section) = self.sections.get(address) {
            return Some(LinkTarget::Section(*section));
        }
        let slug = address.rsplit('/').next().unwrap_or_default();
        equal(&self.by_slug, pages, |page| &page.slug, slug)
            .iter()
            .find(|id| folders[pages[id.0].section.0].address(slug) == address)
            .map(|id| LinkTarget::Page(*id, None))
    }
}

/// All names and addresses, for hints.
#[derive(Debug)]
pub(super) struct Names {
    pub(super) pages: Vec<String>,
    pub(super) addresses: Vec<String>,
}

impl Names {
    pub(super) fn of(pages: &[PageInfo], folders: &[Folder], order: &Order) -> Names {
        let mut names: Vec<String> = Vec::new();
        let mut addresses: Vec<String> = order.sections.keys().cloned().collect();
        for page in pages {
            let folder = &folders[page.section.0];
            for name in [&page.slug, &page.stem] {
                names.extend([name.clone(), folder.name(name)]);
            }
            addresses.push(folder.address(&page.slug));
        }
        for list in [&mut names, &mut addresses] {
            list.sort_unstable();
            list.dedup();
        }
        Names {
            pages: names,
            addresses,
        }
    }
}
