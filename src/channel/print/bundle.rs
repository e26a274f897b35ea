//! All leaflets of a commune in one file, to take along on a stick.

use std::fmt::Write as _;

use rayon::prelude::*;

use super::order::Job;
use super::{Print, path, readers};
use crate::channel::{Want, archive};
use crate::diag::Span;
use crate::model::{Artifact, CommuneId, Digest, Digester};

/// The list inside.
const LIST: &str = "DANH-SACH.txt";

/// Bundles the leaflets of every commune of the wanted part; these have been handed over.
pub(super) fn all(print: &Print<'_>, jobs: &[Job<'_>]) {
    let order = &print.order;
    let readers = readers(order.site);
    let readers = &readers[order.places()];
    let wanted = |commune: &&Option<CommuneId>| match order.want {
        Want::All => true,
        Want::Quick | Want::Sample(_) => false,
        Want::One(wanted) => order.bundle(**commune) == wanted,
    };
    let wanted: Vec<&Option<CommuneId>> = readers.iter().filter(wanted).collect();
    wanted
        .par_iter()
        .for_each(|commune| one(print, jobs, **commune));
}

fn one(print: &Print<'_>, jobs: &[Job<'_>], commune: Option<CommuneId>) {
    let order = &print.order;
    let name = order.bundle(commune);
    let key = key(print, jobs, &name);
    if key.is_some_and(|key| print.out.recall(key).is_some()) {
        return;
    }
    // Where no bytes are kept the file stands for its name.
    let bytes = packed(print, jobs, commune).unwrap_or_default();
    let place = |id: CommuneId| order.site.facts.commune(id).span;
    let pages = jobs.iter().map(|(page, _)| page.span);
    let mut from: Vec<Span> = pages.collect();
    from.dedup();
    from.push(commune.map_or(order.edition.span, place));
    print.out.take(Artifact {
        path: name.clone(),
        media: "application/zip",
        bytes: bytes.into(),
        from,
    });
    if let Some(key) = key {
        print.out.keep(key, vec![name], Vec::new());
    }
}

/// All that the leaflets of a commune are made from.
fn key(print: &Print<'_>, jobs: &[Job<'_>], name: &str) -> Option<Digest> {
    let keys = print.keys.as_ref()?;
    let own = print.order.places();
    let mut key = Digester::default();
    key.text("bundle").text(name);
    for (page, format) in jobs {
        key.digest(keys.page(page, format, &own));
    }
    Some(key.finish())
}

/// The leaflets with a list of them.
fn packed(print: &Print<'_>, jobs: &[Job<'_>], commune: Option<CommuneId>) -> Option<Vec<u8>> {
    let site = print.order.site;
    let words = super::Words::of(&print.order.theme.strings, &site.config.language, "vi");
    let mut files: Vec<(String, Vec<u8>)> = vec![(LIST.to_owned(), list(print, jobs, commune))];
    for (page, format) in jobs {
        let path = path(site, page, format, commune);
        let name = inside(site, page, format);
        let stem = name.trim_end_matches(".pdf").to_owned();
        files.push((name, print.out.bytes(&path)?.to_vec()));
        let own = path.trim_end_matches(".pdf");
        for extra in print.order.extras(page, format, commune, words) {
            // What all communes share lies outside their folders.
            if let Some(end) = extra.path.strip_prefix(own) {
                let bytes = print.out.bytes(&extra.path)?;
                files.push((format!("{stem}{end}"), bytes.to_vec()));
            }
        }
    }
    files.sort_by(|a, b| a.0.cmp(&b.0));
    let files: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
        .collect();
    archive::packed(&files).ok()
}

/// The name of a leaflet inside.
fn inside(site: &crate::model::Site, page: &crate::model::Page, format: &super::Format) -> String {
    let language = site.config.language_prefix(&page.language);
    format!("{language}{}-{}.pdf", page.slug, format.name)
}

/// What is inside, as a text for any editor on Windows.
fn list(print: &Print<'_>, jobs: &[Job<'_>], commune: Option<CommuneId>) -> Vec<u8> {
    let order = &print.order;
    let site = order.site;
    let words = super::Words::of(&order.theme.strings, &site.config.language, "vi");
    let name = commune.map(|id| site.facts.commune(id).full_name());
    let mut out = format!(
        "\u{feff}{} – {}\r\n",
        words.get("leaflets"),
        site.config.title
    );
    if let Some(name) = name {
        let _ = write!(out, "{name}\r\n");
    }
    out.push_str("\r\n");
    for (page, format) in jobs {
        let _ = write!(
            out,
            "{}\r\n    {}, {}\r\n",
            inside(site, page, format),
            page.meta.title,
            format.label()
        );
        if page.unapproved {
            let _ = write!(out, "    {}\r\n", words.get("draft_unapproved"));
        }
    }
    out.into_bytes()
}
