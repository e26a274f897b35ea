//! The digests of renditions, remembered: a page with an approval that still is what it was is neither
//! parsed nor rendered again.
//!
//! What a rendition holds is told in `rendition.rs`; whoever adds something there names it here, too.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::approval::rendered;
use super::heads::Text;
use super::memo::Rendered;
use crate::model::{Digest, Digester, Digests, Page, PageId, SectionId, Site, Used};

/// What is known of the texts of a site, and what they were read with.
pub(super) struct Renditions<'t> {
    texts: &'t mut [Text],
    places: &'t [usize],
    heads: Digest,
    bodies: Digest,
}

impl<'t> Renditions<'t> {
    /// `places` are those of the pages' texts; `heads` and `bodies` are what these were read with.
    pub(super) fn new(
        texts: &'t mut [Text],
        places: &'t [usize],
        heads: Digest,
        bodies: Digest,
    ) -> Renditions<'t> {
        Renditions {
            texts,
            places,
            heads,
            bodies,
        }
    }

    /// The digest that an approval of each page that has one must record.
    pub(super) fn digests(self, site: &Site) -> BTreeMap<PageId, String> {
        let with = site.pages.iter();
        let with: Vec<&Page> = with.filter(|page| page.meta.approval.is_some()).collect();
        if with.is_empty() {
            return BTreeMap::new();
        }
        let registry = Digests::of(&site.config, &site.facts);
        let mut out = BTreeMap::new();
        let mut unknown = Vec::new();
        for page in with {
            let record = &self.texts[self.places[page.id.0]].record;
            let key = key(site, page, record.basis(self.heads, self.bodies), &registry);
            match record.rendered.as_ref().filter(|known| known.key == key) {
                Some(known) => {
                    out.insert(page.id, known.digest.clone());
                }
                None => unknown.push((page, key)),
            }
        }
        let pages: Vec<&Page> = unknown.iter().map(|(page, _)| *page).collect();
        for ((page, key), digest) in unknown.iter().zip(rendered(site, &pages)) {
            let record = &mut self.texts[self.places[page.id.0]].record;
            out.insert(page.id, digest.clone());
            record.rendered = Some(Arc::new(Rendered { key: *key, digest }));
        }
        out
    }
}

/// All that a rendition depends on besides the page's file. `basis` is what head and body were read with.
fn key(site: &Site, page: &Page, basis: Digest, registry: &Digests) -> Digest {
    let mut key = Digester::default();
    key.digest(basis).text(&page.language);
    if let Some(picture) = &page.meta.image {
        let asset = site.asset(picture.asset);
        key.text(&asset.source).digest(asset.blob.digest());
    }
    key.number(page.body.outline.uses.len());
    for one in &page.body.outline.uses {
        match one.what {
            Used::Page(id) => {
                let other = site.page(id);
                key.number(1).text(&other.meta.title).text(&other.slug);
                section(site, other.section, &mut key);
            }
            // The agenda stands in the head of its page, and that in the page's file.
            Used::Programme(id) => {
                let other = site.page(id);
                key.number(2).text(&other.source).digest(other.body.digest);
            }
            Used::Section(id) => section(site, id, key.number(3)),
            // Files are numbered: it matters which are the same one.
            Used::Asset(id) | Used::Picture(id) => {
                let asset = site.asset(id);
                let digest = asset.blob.digest();
                key.number(4).text(&asset.source).digest(digest);
            }
            Used::Contact(id) => {
                key.number(5).digest(registry.contacts[id.0]);
            }
            Used::Document(id) => {
                key.number(6).digest(registry.documents[id.0]);
            }
        }
    }
    key.finish()
}

/// The way to a section; the main language of the site is a part of what heads are read with.
fn section(site: &Site, id: SectionId, to: &mut Digester) {
    let section = site.section(id);
    to.text(&section.language)
        .texts(section.segments.iter().map(String::as_str));
}
