//! Addresses of pages and sections: the same in every web edition, and in QR codes.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use url::Url;

use crate::load::scalar;
use crate::model::{Edition, NodeKind, Page, Section, Site};

/// What may stand in an address as it is.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~')
    .remove(b'/');

/// The path of a file as it stands in an address.
///
/// ```
/// assert_eq!(loa::channel::address::file("tin/tệp 50%.pdf"), "tin/t%E1%BB%87p%2050%25.pdf");
/// ```
#[must_use]
pub fn file(path: &str) -> String {
    utf8_percent_encode(path, PLAIN).to_string()
}

/// Path of a page's folder under an edition: `to-giac/goi-ai/`, `en/to-giac/goi-ai/`.
#[must_use]
pub fn page(site: &Site, page: &Page) -> String {
    format!(
        "{}{}/",
        section(site, site.section(page.section)),
        page.slug
    )
}

/// Path of a section's folder under an edition; empty for the front page of the main language.
#[must_use]
pub fn section(site: &Site, section: &Section) -> String {
    let mut path = site.config.language_prefix(&section.language);
    for segment in &section.segments {
        path.push_str(segment);
        path.push('/');
    }
    path
}

/// The base address of a web edition: `http` or `https`, ending in `/`.
#[must_use]
pub fn base_url(edition: &Edition) -> Option<Url> {
    let (_, node) = edition
        .settings
        .entries()
        .iter()
        .find(|(key, _)| key.text == "base_url")?;
    let mut url = Url::parse(scalar(node)?).ok()?;
    if !matches!(url.scheme(), "http" | "https")
        || url.query().is_some()
        || url.fragment().is_some()
        || !url.has_host()
    {
        return None;
    }
    if !url.path().ends_with('/') {
        let path = format!("{}/", url.path());
        url.set_path(&path);
    }
    Some(url)
}

/// An edition that is looked at under another base address than it is published under.
///
/// One without a usable base address is left alone, and so is what is wrong with it.
#[must_use]
pub fn rebased(edition: &Edition, base: &str) -> Edition {
    let mut edition = edition.clone();
    if base_url(&edition).is_some()
        && let NodeKind::Map(entries) = &mut edition.settings.kind
        && let Some((_, node)) = entries.iter_mut().find(|(key, _)| key.text == "base_url")
    {
        node.kind = NodeKind::Scalar(format!("{base}{}/", file(&edition.name)));
    }
    edition
}

/// Editions with addresses, the one of the originals first: `canonical` of `loa.yaml`, else the first.
#[must_use]
pub fn originals(site: &Site) -> Vec<(&str, Url)> {
    let named = site.config.canonical.as_deref();
    let mut editions: Vec<&Edition> = site.config.editions.iter().collect();
    editions.sort_by_key(|edition| named != Some(edition.name.as_str()));
    let web = editions
        .into_iter()
        .filter(|edition| edition.channel == "web");
    web.filter_map(|edition| Some((edition.name.as_str(), base_url(edition)?)))
        .collect()
}

/// The whole address of a page's original: in the edition of the originals, or in the first that shows it.
#[must_use]
pub fn permalink(site: &Site, originals: &[(&str, Url)], wanted: &Page) -> Option<String> {
    let (_, base) = originals
        .iter()
        .find(|(name, _)| wanted.is_in(name, "web"))?;
    Some(format!("{base}{}", page(site, wanted)))
}
