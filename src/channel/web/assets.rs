//! The files that an edition carries besides its pages.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::pages::artifact;
use super::views::Web;
use crate::channel::Out;
use crate::model::{Artifact, AssetId, Body, Used};

/// The style sheet and the theme's own files.
pub(super) fn of_theme(web: &Web<'_>, out: &mut Out<'_>) {
    out.file(artifact(
        &web.style.0,
        "text/css",
        web.style.1.clone().into_bytes(),
        Vec::new(),
    ));
    if let Some((path, bytes)) = super::search::script(web) {
        out.file(artifact(&path, "text/javascript", bytes, Vec::new()));
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
    let edition = web.job.edition.name.as_str();
    let mut used: BTreeSet<AssetId> = web
        .shown
        .pages
        .par_iter()
        .fold(BTreeSet::new, |mut used, id| {
            let page = web.site.page(*id);
            used.extend(page.meta.image.as_ref().map(|picture| picture.asset));
            used_by(&page.body, edition, &mut used);
            used.extend(super::podcast::files(web, *id));
            used
        })
        .reduce(BTreeSet::new, |mut all, some| {
            all.extend(some);
            all
        });
    for section in &web.site.sections {
        if web.shown.languages.contains(&section.language) {
            used_by(&section.body, edition, &mut used);
        }
    }
    used
}

/// Hands those files over.
pub(super) fn of_pages(web: &Web<'_>, out: &mut Out<'_>) {
    for id in used(web) {
        let asset = web.site.asset(id);
        out.file(Artifact {
            path: asset.path.clone(),
            media: media_type(&asset.path),
            bytes: asset.bytes(),
            from: vec![asset.span],
        });
    }
}

fn used_by(body: &Body, edition: &str, out: &mut BTreeSet<AssetId>) {
    let shown = body.outline.uses.iter();
    for one in shown.filter(|one| !one.recap && one.shown(edition, "web")) {
        if let Used::Asset(asset) = one.what {
            out.insert(asset);
        }
    }
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
