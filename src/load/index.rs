//! What links and references can lead to, and how they are found.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};

use super::findings;
use super::path::join;
use crate::diag::{Diagnostic, Span};
use crate::model::{AssetId, ContactId, DocumentId, Facts, LinkTarget, PageId, SectionId, Target};
use crate::text::{fold, nearest, slug};

/// Everything that has a name or an address.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// What each page is like.
    pub(super) info: Vec<PageInfo>,
    /// The names of pages: put in order when the first is looked up, which an unchanged site never does.
    pub(super) names: OnceLock<Names>,
    /// What each section is like.
    pub(super) folders: Vec<Folder>,
    /// Sections by source folder and language.
    pub(super) sections: BTreeMap<(String, String), SectionId>,
    /// Files by source path.
    pub(super) assets: BTreeMap<String, AssetId>,
    /// Documents by folded number, with the number as people write it.
    pub(super) documents: BTreeMap<String, (DocumentId, String)>,
    /// Contacts by key.
    pub(super) contacts: BTreeMap<String, ContactId>,
}

/// What the index must know of a page.
#[derive(Debug)]
pub(super) struct PageInfo {
    pub(super) language: String,
    pub(super) source: String,
    pub(super) stem: String,
    pub(super) slug: String,
    pub(super) section: SectionId,
    pub(super) draft: bool,
    pub(super) has_programme: bool,
}

/// What the index must know of a section.
#[derive(Debug)]
pub(super) struct Folder {
    /// What goes before an address in its language.
    pub(super) prefix: String,
    /// Its address without the prefix.
    pub(super) path: String,
}

impl Folder {
    fn name(&self, page: &str) -> String {
        if self.path.is_empty() {
            page.to_owned()
        } else {
            format!("{}/{page}", self.path)
        }
    }
}

/// What pages answer to.
#[derive(Debug)]
pub(super) struct Names {
    /// Pages by every name they answer to: file stem, slug, and both behind their section.
    pages: BTreeMap<String, Vec<PageId>>,
    /// Pages by source path.
    sources: BTreeMap<String, PageId>,
    /// Pages and sections by address, without slashes at the ends.
    addresses: BTreeMap<String, LinkTarget>,
}

impl Names {
    fn of(index: &Index) -> Names {
        let mut names = Names {
            pages: BTreeMap::new(),
            sources: BTreeMap::new(),
            addresses: BTreeMap::new(),
        };
        for (place, folder) in index.folders.iter().enumerate() {
            let address = format!("{}{}", folder.prefix, folder.path);
            let address = address.trim_end_matches('/').to_owned();
            let target = LinkTarget::Section(SectionId(place));
            names.addresses.insert(address, target);
        }
        for (place, page) in index.info.iter().enumerate() {
            let id = PageId(place);
            let folder = &index.folders[page.section.0];
            let full_name = folder.name(&page.slug);
            let address = format!("{}{full_name}", folder.prefix);
            let mut own = vec![page.slug.clone(), full_name];
            if page.stem != page.slug {
                own.extend([page.stem.clone(), folder.name(&page.stem)]);
            }
            own.sort_unstable();
            own.dedup();
            for name in own {
                names.pages.entry(name).or_default().push(id);
            }
            names.sources.insert(page.source.clone(), id);
            // Two pages with one address: the first keeps it here, and the plan names both.
            names
                .addresses
                .entry(address)
                .or_insert(LinkTarget::Page(id, None));
        }
        names
    }
}

/// The page that a link stands in.
#[derive(Debug, Clone, Copy)]
pub(super) struct From<'a> {
    /// Its folder from the site's root.
    pub(super) folder: &'a str,
    pub(super) language: &'a str,
    pub(super) draft: bool,
}

/// A heading that a link names, to be checked once all bodies are read.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct PendingAnchor {
    /// `None` for the page itself.
    pub(super) page: Option<PageId>,
    pub(super) anchor: String,
    pub(super) span: Span,
}

impl Index {
    pub(super) fn names(&self) -> &Names {
        self.names.get_or_init(|| Names::of(self))
    }

    /// Section path and slug: an unambiguous name.
    fn full_name(&self, id: PageId) -> String {
        let page = &self.info[id.0];
        self.folders[page.section.0].name(&page.slug)
    }

    /// Adds the names of the registry.
    pub(super) fn add_facts(&mut self, facts: &Facts) {
        for (place, contact) in facts.contacts.iter().enumerate() {
            self.contacts
                .entry(contact.key.clone())
                .or_insert(ContactId(place));
        }
        for (place, document) in facts.documents.iter().enumerate() {
            let named = (DocumentId(place), document.number.clone());
            self.documents
                .entry(fold(&document.number))
                .or_insert(named);
        }
    }

    /// What `[[written]]` names.
    pub(super) fn reference(
        &self,
        written: &str,
        span: Span,
        from: From<'_>,
        diags: &mut Vec<Diagnostic>,
    ) -> Option<Target> {
        let (name, fragment) = match written.split_once('#') {
            Some((name, fragment)) => (
                name.trim(),
                Some(fragment.trim()).filter(|fragment| !fragment.is_empty()),
            ),
            None => (written.trim(), None),
        };
        if let Some(pages) = self.names().pages.get(name) {
            return self
                .choose(name, pages, span, from, diags)
                .map(|id| Target::Page(id, fragment.map(slug)));
        }
        if let Some((id, _)) = self.documents.get(&fold(name)) {
            return Some(Target::Document(*id, fragment.map(str::to_owned)));
        }
        if let Some(id) = self.contacts.get(name) {
            return Some(Target::Contact(*id));
        }
        diags.push(findings::unknown_reference(span, name, &self.near(name)));
        None
    }

    /// Every name that a page answers to.
    pub(super) fn page_names(&self) -> impl Iterator<Item = &str> {
        self.names().pages.keys().map(String::as_str)
    }

    /// The article of a name outside of articles: a path below `content/`, or a name as in `[[…]]`.
    pub(super) fn article(&self, written: &str, language: &str) -> Option<PageId> {
        let path = written.strip_prefix("content/").unwrap_or(written);
        if let Some(id) = self.names().sources.get(&format!("content/{path}.md")) {
            return Some(*id);
        }
        let pages = self.names().pages.get(path)?;
        let own = |id: &&PageId| self.info[id.0].language == language;
        let mut same = pages.iter().filter(own);
        match (same.next(), same.next(), pages.as_slice()) {
            (Some(id), None, _) | (None, None, [id]) => Some(*id),
            _ => None,
        }
    }

    /// One page of those with a name: in the language of the page that asks, else in any.
    fn choose(
        &self,
        name: &str,
        pages: &[PageId],
        span: Span,
        from: From<'_>,
        diags: &mut Vec<Diagnostic>,
    ) -> Option<PageId> {
        let same: Vec<PageId> = pages
            .iter()
            .copied()
            .filter(|id| self.info[id.0].language == from.language)
            .collect();
        let among = if same.is_empty() { pages } else { &same };
        if among.len() > 1 {
            let choices: Vec<String> = among.iter().map(|id| self.full_name(*id)).collect();
            diags.push(findings::ambiguous_reference(span, name, &choices));
            return None;
        }
        let id = *among.first()?;
        self.shown(id, name, span, from, diags)
    }

    fn shown(
        &self,
        id: PageId,
        name: &str,
        span: Span,
        from: From<'_>,
        diags: &mut Vec<Diagnostic>,
    ) -> Option<PageId> {
        if self.info[id.0].draft && !from.draft {
            diags.push(findings::draft_reference(span, name));
            return None;
        }
        Some(id)
    }

    fn near(&self, name: &str) -> Vec<String> {
        let pages = nearest(name, self.names().pages.keys().map(String::as_str));
        let contacts = nearest(name, self.contacts.keys().map(String::as_str));
        let folded = fold(name);
        let documents = nearest(&folded, self.documents.keys().map(String::as_str));
        let document = documents
            .and_then(|number| self.documents.get(number))
            .map(|(_, number)| number.clone());
        let mut out: Vec<String> = pages
            .into_iter()
            .chain(contacts)
            .map(str::to_owned)
            .chain(document)
            .collect();
        out.truncate(3);
        out
    }

    /// Where the address of a Markdown link leads.
    pub(super) fn link(
        &self,
        written: &str,
        span: Span,
        from: From<'_>,
        pending: &mut Vec<PendingAnchor>,
        diags: &mut Vec<Diagnostic>,
    ) -> Option<LinkTarget> {
        match scheme(written) {
            Scheme::Web => return Some(LinkTarget::Web(written.to_owned())),
            Scheme::Unsafe => {
                diags.push(findings::unsafe_url(span, written));
                return None;
            }
            Scheme::None => {}
        }
        let (path, anchor) = written
            .split_once('#')
            .map_or((written, ""), |(path, anchor)| (path, anchor));
        let decoded =
            percent_decode_str(path.split('?').next().unwrap_or_default()).decode_utf8_lossy();
        let anchor = percent_decode_str(anchor).decode_utf8_lossy().into_owned();
        if decoded.is_empty() {
            pending.push(PendingAnchor {
                page: None,
                anchor: anchor.clone(),
                span,
            });
            return Some(LinkTarget::Anchor(anchor));
        }
        let target = self.find(&decoded, from);
        match target {
            None => {
                let near = self.near_address(&decoded);
                diags.push(findings::broken_link(span, written, near.as_deref()));
                None
            }
            Some(LinkTarget::Page(id, _)) => {
                let id = self.shown(id, written, span, from, diags)?;
                if !anchor.is_empty() {
                    pending.push(PendingAnchor {
                        page: Some(id),
                        anchor: anchor.clone(),
                        span,
                    });
                }
                Some(LinkTarget::Page(
                    id,
                    Some(anchor).filter(|anchor| !anchor.is_empty()),
                ))
            }
            found => found,
        }
    }

    /// The address whose last part is closest to that of a path.
    fn near_address(&self, path: &str) -> Option<String> {
        fn last(path: &str) -> &str {
            path.rsplit('/')
                .find(|part| !part.is_empty())
                .unwrap_or_default()
        }
        let wanted = slug(last(path));
        let addresses = &self.names().addresses;
        let name = nearest(&wanted, addresses.keys().map(|address| last(address)))?;
        let address = addresses.keys().find(|address| last(address) == name)?;
        Some(format!("/{address}/"))
    }

    fn find(&self, path: &str, from: From<'_>) -> Option<LinkTarget> {
        if let Some(absolute) = path.strip_prefix('/') {
            let address = absolute
                .trim_end_matches('/')
                .trim_end_matches("index.html")
                .trim_end_matches('/');
            let asset = || {
                self.assets
                    .get(&format!("content/{absolute}"))
                    .copied()
                    .map(LinkTarget::Asset)
            };
            return self.names().addresses.get(address).cloned().or_else(asset);
        }
        let joined = join(from.folder, path)?;
        let page = |name: &str| {
            self.names()
                .sources
                .get(name)
                .copied()
                .map(|id| LinkTarget::Page(id, None))
        };
        let in_language = format!("{joined}.{}.md", from.language);
        page(&joined)
            .or_else(|| page(&in_language))
            .or_else(|| page(&format!("{joined}.md")))
            .or_else(|| self.assets.get(&joined).copied().map(LinkTarget::Asset))
            .or_else(|| self.section(&joined, from.language))
    }

    fn section(&self, source: &str, language: &str) -> Option<LinkTarget> {
        let folder = source.strip_suffix("/_index.md").unwrap_or(source);
        let folder = folder.strip_prefix("content")?.trim_start_matches('/');
        self.sections
            .get(&(folder.to_owned(), language.to_owned()))
            .copied()
            .map(LinkTarget::Section)
    }

    /// The file that a page calls by a relative path.
    pub(super) fn asset(
        &self,
        written: &str,
        span: Span,
        folder: &str,
        diags: &mut Vec<Diagnostic>,
    ) -> Option<AssetId> {
        if scheme(written) != Scheme::None {
            diags.push(findings::foreign_image(span, written));
            return None;
        }
        let decoded = percent_decode_str(written).decode_utf8_lossy();
        let joined = join(folder, &decoded).filter(|path| path.starts_with("content/"));
        let Some(joined) = joined else {
            diags.push(findings::unsafe_path(span, written));
            return None;
        };
        let found = self.assets.get(&joined).copied();
        if found.is_none() {
            let beside = self
                .assets
                .keys()
                .filter_map(|path| path.strip_prefix(folder)?.strip_prefix('/'));
            diags.push(findings::broken_link(
                span,
                written,
                nearest(&decoded, beside),
            ));
        }
        found
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Scheme {
    Web,
    Unsafe,
    None,
}

/// What sort of address this is; whatever could be read as a scheme counts as one.
fn scheme(url: &str) -> Scheme {
    if url.chars().any(char::is_control) || url.starts_with("//") || url.starts_with('\\') {
        return Scheme::Unsafe;
    }
    let head = url.split(['/', '?', '#']).next().unwrap_or_default();
    let Some((scheme, _)) = head.split_once(':') else {
        return Scheme::None;
    };
    match scheme.trim().to_ascii_lowercase().as_str() {
        "http" | "https" | "mailto" | "tel" => Scheme::Web,
        _ => Scheme::Unsafe,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_four_schemes_are_safe() {
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:x",
            " javascript:x",
            "data:text/html,x",
            "vbscript:x",
            "//x.vn",
            "java\nscript:x",
            "file:///x",
        ] {
            assert_eq!(scheme(bad), Scheme::Unsafe, "{bad:?}");
        }
        for web in ["https://a.vn/x:y", "mailto:a@b.vn", "tel:113"] {
            assert_eq!(scheme(web), Scheme::Web, "{web:?}");
        }
        for plain in ["bai.md", "../x/", "/tin/a:b/", "#x"] {
            assert_eq!(scheme(plain), Scheme::None, "{plain:?}");
        }
    }
}
