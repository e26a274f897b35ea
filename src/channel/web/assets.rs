//! The files that an edition carries besides its pages.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::pages::artifact;
use super::pictures;
use super::views::Web;
use crate::channel::notes::without_notes;
use crate::channel::raster::Sort;
use crate::channel::{Out, findings};
use crate::model::{Artifact, AssetId, Body, Used};

/// The style sheet and the theme's own files.
pub(super) fn of_theme(web: &Web<'_>, out: &mut Out<'_>) {
    out.file(artifact(
        &web.style.0,
        "text/css",
        web.style.1.clone().into_bytes(),
        Vec::new(),
    ));
    for script in web.shown_scripts() {
        let text = script.text.clone().into_bytes();
        out.file(artifact(
            &script.path,
            media_type(&script.path),
            text,
            Vec::new(),
        ));
    }
    for (path, bytes) in &web.job.theme.files {
        if let Some(name) = path.strip_prefix("web/static/") {
            let path = format!("assets/{name}");
            out.file(Artifact {
                media: media_type(&path),
                path,
                bytes: bytes.clone(),
                from: Vec::new(),
            });
        }
    }
}

/// The pictures and files that shown pages use.
pub(super) fn used(web: &Web<'_>) -> BTreeSet<AssetId> {
    let mut used: BTreeSet<AssetId> = web
        .shown
        .pages
        .par_iter()
        .fold(BTreeSet::new, |mut used, id| {
            let page = web.site.page(*id);
            let picture = page.meta.image.as_ref().map(|picture| picture.asset);
            used.extend(picture.filter(|id| !is_made(web, *id)));
            used_by(web, &page.body, &mut used);
            used.extend(super::podcast::files(web, *id));
            used
        })
        .reduce(BTreeSet::new, |mut all, some| {
            all.extend(some);
            all
        });
    for section in &web.site.sections {
        if web.shown.languages.contains(&section.language) {
            used_by(web, &section.body, &mut used);
        }
    }
    used
}

/// Hands those files over.
pub(super) fn of_pages(web: &Web<'_>, out: &mut Out<'_>) {
    for id in used(web) {
        let asset = web.site.asset(id);
        if media_type(&asset.path) == "image/svg+xml"
            && let Some(found) = runs(asset.blob.bytes())
        {
            let finding = findings::unsafe_drawing(asset.span, &asset.path, found);
            out.diags.push(finding);
        }
        out.file(Artifact {
            path: asset.path.clone(),
            media: media_type(&asset.path),
            bytes: if Sort::of(&asset.path).is_some() {
                without_notes(asset.blob.bytes()).into_owned().into()
            } else {
                asset.bytes()
            },
            from: vec![asset.span],
        });
    }
}

/// What in a drawing a browser could run when somebody opens the drawing by itself.
fn runs(drawing: &[u8]) -> Option<&'static str> {
    const FOUND: [&str; 6] = [
        "<script",
        "<foreignobject",
        "javascript:",
        "<!entity",
        "<handler",
        "<iframe",
    ];
    let text = String::from_utf8_lossy(drawing).to_ascii_lowercase();
    let found = FOUND.into_iter().find(|one| text.contains(one));
    found.or_else(|| handles_events(&text).then_some("on…="))
}

/// Whether an attribute is named `on…`.
fn handles_events(text: &str) -> bool {
    let ends = text.match_indices('=').map(|(at, _)| text[..at].trim_end());
    let mut names = ends.map(|before| {
        let name = before
            .rsplit(|letter: char| !letter.is_ascii_alphabetic())
            .next();
        (name.unwrap_or_default(), before)
    });
    names.any(|(name, before)| {
        let around = before[..before.len() - name.len()].chars().next_back();
        let begins = around.is_some_and(|letter| letter.is_whitespace() || "/\"'".contains(letter));
        begins && name.len() > 2 && name.starts_with("on")
    })
}

fn used_by(web: &Web<'_>, body: &Body, out: &mut BTreeSet<AssetId>) {
    let shown = body.outline.uses.iter();
    let edition = &web.job.edition.name;
    for one in shown.filter(|one| !one.recap && one.shown(edition, "web")) {
        match one.what {
            Used::Asset(asset) => _ = out.insert(asset),
            Used::Picture(asset) if !is_made(web, asset) => _ = out.insert(asset),
            _ => {}
        }
    }
}

/// Whether other pictures are made of a file, which then takes its place.
fn is_made(web: &Web<'_>, id: AssetId) -> bool {
    pictures::plan(web, web.site.asset(id)).is_some()
}

/// The pictures that shown pages have and that are looked at one by one.
pub(super) fn looked_at(web: &Web<'_>) -> BTreeSet<AssetId> {
    let edition = &web.job.edition.name;
    let mut out = BTreeSet::new();
    let mut add = |body: &Body| {
        let shown = body.outline.uses.iter();
        for one in shown.filter(|one| !one.recap && one.shown(edition, "web")) {
            if let Used::Picture(asset) = one.what {
                out.insert(asset);
            }
        }
    };
    for page in web.shown.pages.iter().map(|id| web.site.page(*id)) {
        add(&page.body);
    }
    for section in &web.site.sections {
        if web.shown.languages.contains(&section.language) {
            add(&section.body);
        }
    }
    let pages = web.shown.pages.iter().map(|id| web.site.page(*id));
    out.extend(pages.filter_map(|page| page.meta.image.as_ref().map(|picture| picture.asset)));
    out.retain(|id| pictures::is_looked_at(web, *id));
    out
}

/// The media type of a file by its ending.
pub(super) fn media_type(path: &str) -> &'static str {
    let ending = path
        .rsplit('.')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    match ending.as_str() {
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "gif" => "image/gif",
        "ico" => "image/x-icon",
        "pdf" => "application/pdf",
        "css" => "text/css",
        "js" => "text/javascript",
        "txt" => "text/plain",
        "mp3" => "audio/mpeg",
        "m4a" => "audio/mp4",
        "ogg" => "audio/ogg",
        "wav" => "audio/wav",
        "vtt" => "text/vtt",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _ => "application/octet-stream",
    }
}
