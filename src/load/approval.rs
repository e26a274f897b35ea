//! Whether an approval holds: the digest that it records against the digest of what the page says now.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rayon::prelude::*;

use super::rendered::Renditions;
use super::rendition::{Rendition, rendition};
use super::snapshot::text_of;
use crate::diag::Span;
use crate::model::{ApprovalPolicy, ApprovalState, Asset, AssetId, Page, Site, State};
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

/// Gives every page what its approval is worth. Only pages with an approval are rendered for it, and of
/// these only those that `known` does not know.
pub(super) fn settle(site: &mut Site, known: Renditions<'_>) {
    let digests = known.digests(site);
    let (policy, today) = (site.config.approval, site.today);
    for page in &mut site.pages {
        let digest = digests.get(&page.id).map(String::as_str);
        page.approval = worth(page, policy, today, digest);
        // Of a withdrawn page nothing is left that could be approved.
        page.unapproved = page.approval.is_stamped() && page.state != State::Withdrawn;
    }
}

/// What the approval of a page is worth, of which `digest` is the SHA-256 of what it says now.
pub(super) fn worth(
    page: &Page,
    policy: ApprovalPolicy,
    today: Date,
    digest: Option<&str>,
) -> ApprovalState {
    match (&page.meta.approval, policy) {
        (Some(recorded), _) => {
            let same = digest.is_some_and(|digest| recorded.digest.eq_ignore_ascii_case(digest));
            if same && recorded.on <= today {
                ApprovalState::Approved
            } else {
                ApprovalState::Void
            }
        }
        (None, ApprovalPolicy::Required) => ApprovalState::Missing,
        (None, ApprovalPolicy::Optional) => ApprovalState::NotNeeded,
    }
}

/// The SHA-256 of each page as it is now.
pub(super) fn rendered(site: &Site, pages: &[&Page]) -> Vec<String> {
    let read: Vec<(Digest, Vec<AssetId>)> = pages
        .par_iter()
        .map(|page| {
            let rendition = rendition(site, page);
            let mut digest = Digest::default();
            digest.add(&rendition.text);
            (digest, rendition.assets)
        })
        .collect();
    let wanted: BTreeSet<AssetId> = read
        .iter()
        .flat_map(|(_, assets)| assets)
        .copied()
        .collect();
    let files = files(site, wanted);
    let whole = read.into_iter();
    whole
        .map(|(digest, assets)| finish(digest, &assets, &files))
        .collect()
}

/// The digests of pictures and files, each taken once however many pages show it.
fn files(site: &Site, wanted: BTreeSet<AssetId>) -> BTreeMap<AssetId, String> {
    let wanted: Vec<AssetId> = wanted.into_iter().collect();
    let digests: Vec<String> = wanted.par_iter().map(|id| file(site.asset(*id))).collect();
    wanted.into_iter().zip(digests).collect()
}

/// Line ends of a drawing or a text change when it is copied between systems, and nobody sees them.
fn file(asset: &Asset) -> String {
    let bytes = asset.bytes();
    match text_of(&bytes) {
        Ok(text) => sha256(text.as_bytes()),
        Err(_) => sha256(&bytes),
    }
}

fn finish(mut digest: Digest, assets: &[AssetId], files: &BTreeMap<AssetId, String>) -> String {
    for (number, asset) in (1..).zip(assets) {
        let file = files.get(asset).map_or("", String::as_str);
        digest.add(&format!("file {number}: {file}\n"));
    }
    digest.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::{Tree, parse};

    const FILES: [(&str, &str); 7] = [
        ("loa.yaml", "title: Thử\neditions: {}\n"),
        (
            "content/_facts/contacts.yaml",
            "- {key: cax, name: Công an xã, phone: 02733 000 111, per_commune: true, source: sổ, checked_on: 2026-08-01}\n\
             - {key: khac, name: Nơi khác, phone: \"1022\", source: sổ, checked_on: 2026-08-01}\n",
        ),
        (
            "content/_facts/legal-documents.yaml",
            "- {number: 06/2014/NĐ-CP, kind: Nghị định, issuer: Chính phủ, title: Về A, status: in-force, source: công báo, checked_on: 2026-08-01, confidence: high}\n",
        ),
        (
            "content/_facts/communes.yaml",
            "communes:\n- {code: \"1\", name: Một, kind: xa, contacts: {cax: {phone: 0273 3000 222, source: x, checked_on: 2026-08-01}}}\n",
        ),
        (
            "content/a.md",
            "---\ntitle: \"Bài A\"\nsummary: Tóm tắt.\ndate: 2026-08-19\nimage: {src: anh.svg, alt: Ảnh}\ntopics: [x]\n---\n\
             Mở đầu, *gọi* [[cax]]\nhoặc theo [[06/2014/NĐ-CP]].\n\n- một\n- hai ~~ba~~\n\n::: only web speech\nXem [[b]].\n:::\n",
        ),
        (
            "content/b.md",
            "---\ntitle: Bài B\nsummary: B.\ndate: 2026-08-19\n---\nB.\n",
        ),
        ("content/anh.svg", "<svg viewBox=\"0 0 4 3\">\n</svg>"),
    ];

    /// The digest of the first page after a change to one file.
    fn digest(path: &str, old: &str, new: &str) -> String {
        let texts: Vec<(&str, String)> = FILES
            .iter()
            .map(|(of, text)| {
                assert!(*of != path || text.contains(old), "{old}");
                let changed = if *of == path {
                    text.replace(old, new)
                } else {
                    (*text).to_owned()
                };
                (*of, changed)
            })
            .collect();
        let files: Vec<(&str, &str)> = texts
            .iter()
            .map(|(path, text)| (*path, text.as_str()))
            .collect();
        let parsed = parse(
            &Tree::of(&files),
            jiff::civil::date(2026, 8, 19),
            &["web", "speech"],
        );
        assert!(parsed.diags.is_empty(), "{new}: {:?}", parsed.diags);
        approvable(&parsed.site, &parsed.site.pages[0]).digest
    }

    #[test]
    fn what_the_public_reads_or_hears_voids() {
        let before = digest("content/a.md", "", "");
        for (path, old, new) in [
            ("content/a.md", "Bài A", "Bài Á"),
            ("content/a.md", "Tóm tắt", "Tóm tát"),
            ("content/a.md", "Mở đầu", "Mở dầu"),
            ("content/a.md", "Mở đầu, ", "Mở đầu,"),
            ("content/a.md", "alt: Ảnh", "alt: Ành"),
            ("content/a.md", "~~ba~~", "ba"),
            ("content/a.md", "- một\n- hai", "1. một\n2. hai"),
            ("content/a.md", "- một\n- hai", "- một hai"),
            ("content/a.md", "Mở đầu", "## Mở đầu"),
            ("content/a.md", "only web speech", "only web"),
            ("content/a.md", "only web", "except web"),
            ("content/a.md", "[[b]]", "[[b|bài kia]]"),
            ("content/a.md", "[[b]]", "[Bài B](https://b.example/)"),
            ("content/a.md", "[[cax]]", "[[khac]]"),
            ("content/a.md", "CP]]", "CP#Điều 9]]"),
            ("content/a.md", "topics", "speech: {say: {x: y}}\ntopics"),
            ("content/a.md", "topics", "author: Ai\ntopics"),
            ("content/b.md", "Bài B", "Bài khác"),
            ("content/anh.svg", "4 3", "3 4"),
            ("content/_facts/contacts.yaml", "000 111", "000 112"),
            (
                "content/_facts/contacts.yaml",
                "Công an xã",
                "Công an phường",
            ),
            (
                "content/_facts/contacts.yaml",
                "xã, phone",
                "xã, hours: 24/24, phone",
            ),
            ("content/_facts/contacts.yaml", "per_commune: true, ", ""),
            ("content/_facts/legal-documents.yaml", "Về A", "Về B"),
            ("content/_facts/legal-documents.yaml", "in-force", "expired"),
        ] {
            assert_ne!(digest(path, old, new), before, "{path}: {new}");
        }
    }

    #[test]
    fn what_nobody_reads_or_hears_does_not() {
        let before = digest("content/a.md", "", "");
        for (path, old, new) in [
            (
                "content/a.md",
                "title: \"Bài A\"\nsummary: Tóm tắt.",
                "# ghi\nsummary: 'Tóm tắt.'\ntitle:   Bài A",
            ),
            ("content/a.md", "\n", "\r\n"),
            ("content/a.md", "ắ", "a\u{306}\u{301}"),
            ("content/a.md", "---\ntitle", "\u{feff}---\ntitle"),
            (
                "content/a.md",
                "đầu, *gọi* [[cax]]\nhoặc theo",
                "đầu,\n__gọi__ [[cax]] hoặc\ntheo",
            ),
            ("content/a.md", "- một\n- hai", "* một\n\n* hai"),
            ("content/a.md", "web speech", "speech web"),
            ("content/a.md", "2026-08-19", "20/08/2026"),
            (
                "content/a.md",
                "topics: [x]",
                "topics: [y]\npriority: emergency\ndraft: true",
            ),
            ("content/b.md", "summary: B.", "summary: C."),
            ("content/anh.svg", "\n", "\r\n"),
            ("loa.yaml", "title: Thử", "title: Khác\napproval: required"),
            ("content/_facts/contacts.yaml", "2026-08-01", "2026-08-19"),
            ("content/_facts/contacts.yaml", "sổ", "công văn"),
            (
                "content/_facts/contacts.yaml",
                "02733 000 111",
                "(02733) 000.111",
            ),
            ("content/_facts/contacts.yaml", "1022", "1023"),
            (
                "content/_facts/legal-documents.yaml",
                "công báo, checked_on: 2026-08-01, confidence: high",
                "x, checked_on: 2026-08-02, confidence: low",
            ),
            ("content/_facts/communes.yaml", "3000 222", "3000 333"),
        ] {
            assert_eq!(digest(path, old, new), before, "{path}: {new}");
        }
    }
}
