//! Whether an approval holds: the digest that it records against the digest of what the page says now.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::rendition::{Rendition, rendition};
use super::snapshot::text_of;
use crate::diag::Span;
use crate::model::{ApprovalPolicy, ApprovalState, Asset, AssetId, Page, PageId, Site, State};
use crate::text::{Digest, sha256};

/// What `loa approve` needs to know of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approvable {
    /// The SHA-256 that an approval of the page as it is now must record.
    pub digest: String,
    /// Where the facts that the page uses are written.
    pub facts: Vec<Span>,
}

/// What an approval of a page is bound to.
#[must_use]
pub fn approvable(site: &Site, page: &Page) -> Approvable {
    let Rendition {
        text,
        assets,
        facts,
    } = rendition(site, page);
    let mut digest = Digest::default();
    digest.add(&text);
    let files = files(site, assets.iter().copied().collect());
    Approvable {
        digest: finish(digest, &assets, &files),
        facts,
    }
}

/// Gives every page what its approval is worth. Only pages with an approval are rendered for it.
pub(super) fn settle(site: &mut Site) {
    let with: Vec<&Page> = site
        .pages
        .iter()
        .filter(|page| page.meta.approval.is_some())
        .collect();
    let read: Vec<(PageId, Digest, Vec<AssetId>)> = with
        .into_par_iter()
        .map(|page| {
            let rendition = rendition(site, page);
            let mut digest = Digest::default();
            digest.add(&rendition.text);
            (page.id, digest, rendition.assets)
        })
        .collect();
    let wanted: BTreeSet<AssetId> = read
        .iter()
        .flat_map(|(_, _, assets)| assets.iter().copied())
        .collect();
    let files = files(site, wanted);
    let digests: BTreeMap<PageId, String> = read
        .into_iter()
        .map(|(id, digest, assets)| (id, finish(digest, &assets, &files)))
        .collect();
    let (policy, today) = (site.config.approval, site.today);
    for page in &mut site.pages {
        page.approval = match (&page.meta.approval, policy) {
            (Some(recorded), _) => {
                let same = digests
                    .get(&page.id)
                    .is_some_and(|digest| recorded.digest.eq_ignore_ascii_case(digest));
                if same && recorded.on <= today {
                    ApprovalState::Approved
                } else {
                    ApprovalState::Void
                }
            }
            (None, ApprovalPolicy::Required) => ApprovalState::Missing,
            (None, ApprovalPolicy::Optional) => ApprovalState::NotNeeded,
        };
        // Of a withdrawn page nothing is left that could be approved.
        page.unapproved = page.approval.is_stamped() && page.state != State::Withdrawn;
    }
}

/// The digests of pictures and files, each taken once however many pages show it.
fn files(site: &Site, wanted: BTreeSet<AssetId>) -> BTreeMap<AssetId, String> {
    let wanted: Vec<AssetId> = wanted.into_iter().collect();
    let digests: Vec<String> = wanted.par_iter().map(|id| file(site.asset(*id))).collect();
    wanted.into_iter().zip(digests).collect()
}

/// Line ends of a drawing or a text change when it is copied between systems, and nobody sees them.
fn file(asset: &Asset) -> String {
    match text_of(&asset.bytes) {
        Ok(text) => sha256(text.as_bytes()),
        Err(_) => sha256(&asset.bytes),
    }
}

fn finish(mut digest: Digest, assets: &[AssetId], files: &BTreeMap<AssetId, String>) -> String {
    for (number, asset) in (1..).zip(assets) {
        let file = files.get(asset).map_or("", String::as_str);
        digest.add(&format!("file {number}: {file}\n"));
    }
    digest.finish()
}
