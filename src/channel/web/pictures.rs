//! Photographs as readers need them: no larger than they are shown, turned as the camera noted, and without
//! what else the camera noted.
//!
//! A picture is named after the file that it was made from, so pages need not wait until it is made. Drawings
//! and animations are handed on as they are.

use super::pages::artifact;
use super::views::Web;
use crate::channel::notes::without_notes;
use crate::channel::raster::{MOST, Sort, full, is_too_large, read, resized, scaled, webp};
use crate::channel::{Out, Want, address, findings};
use crate::diag::Span;
use crate::model::{Asset, AssetId, Block, BlockKind, Digest, Inline, InlineKind, Use, Used};

/// Widths that pictures are made in, in pixels; never more than they have.
const WIDTHS: [u32; 4] = [400, 800, 1200, 1600];
/// The width for what knows no newer format, and for the cards of other sites.
const PLAIN: u32 = 1200;
/// Changes when the same file is to become other pictures.
const VERSION: &str = "2";

/// The pictures that a file becomes.
pub(super) struct Plan {
    /// Paths of the same picture in several widths.
    pub(super) webp: Vec<(u32, String)>,
    /// The path and the size of the one for everybody.
    pub(super) plain: (String, (u32, u32)),
}

/// What a file becomes; nothing if it is handed on as it is.
pub(super) fn plan(web: &Web<'_>, asset: &Asset) -> Option<Plan> {
    // A preview must not wait for pictures.
    if matches!(web.job.want, Want::Quick) || asset.size.is_some_and(is_too_large) {
        return None;
    }
    let (sort, (width, height)) = (Sort::of(&asset.path)?, asset.size?);
    let digest = Digest::of(format!("{VERSION} {:?}", asset.blob.digest()).as_bytes());
    let digest = format!("{digest:?}");
    let mark: String = digest
        .chars()
        .filter(char::is_ascii_hexdigit)
        .take(10)
        .collect();
    let stem = asset
        .path
        .rsplit_once('.')
        .map_or(asset.path.as_str(), |(stem, _)| stem);
    let name = |width: u32, ending: &str| format!("{stem}.{width}.{mark}.{ending}");
    let widest = width.min(WIDTHS[WIDTHS.len() - 1]);
    // Two of nearly the same width help nobody.
    let mut widths: Vec<u32> = WIDTHS
        .into_iter()
        .filter(|one| one * 9 < widest * 8)
        .collect();
    widths.push(widest);
    let plain = width.min(PLAIN);
    Some(Plan {
        webp: widths
            .into_iter()
            .map(|width| (width, name(width, "webp")))
            .collect(),
        plain: (name(plain, sort.ending()), scaled((width, height), plain)),
    })
}

/// The addresses of a picture in all widths, for `srcset`; empty where it is handed on as it is.
pub(super) fn srcset(web: &Web<'_>, plan: Option<&Plan>) -> String {
    let sources = plan.into_iter().flat_map(|plan| &plan.webp);
    let sources =
        sources.map(|(width, path)| format!("{} {width}w", web.url(&address::file(path))));
    sources.collect::<Vec<_>>().join(", ")
}

/// The path of the picture for everybody, and its size.
pub(super) fn plain(asset: &Asset, plan: Option<&Plan>) -> (String, Option<(u32, u32)>) {
    match plan {
        Some(plan) => (plan.plain.0.clone(), Some(plan.plain.1)),
        None => (asset.path.clone(), asset.size),
    }
}

/// Whether a file is looked at as a picture: to be made smaller, or to be told that it is too large.
pub(super) fn is_looked_at(web: &Web<'_>, id: AssetId) -> bool {
    let asset = web.site.asset(id);
    let quick = matches!(web.job.want, Want::Quick);
    !quick && asset.size.is_some() && Sort::of(&asset.path).is_some()
}

/// Makes the pictures of a file.
pub(super) fn make(web: &Web<'_>, id: AssetId, out: &mut Out<'_>) {
    let asset = web.site.asset(id);
    let Some(plan) = plan(web, asset) else {
        out.diags.push(findings::picture_too_large(
            place(web, id),
            &asset.path,
            MOST / 1_000_000,
        ));
        return;
    };
    let picture = read(asset.blob.bytes());
    if let Err(said) = &picture {
        out.diags.push(findings::picture_unreadable(
            place(web, id),
            &asset.path,
            said,
        ));
    }
    let sort = Sort::of(&asset.path).unwrap_or(Sort::Photograph);
    let from = || vec![asset.span];
    // A browser may show a damaged file in part.
    let whole = || without_notes(asset.blob.bytes()).into_owned();
    let size = asset.size.unwrap_or((1, 1));
    for (width, path) in &plan.webp {
        let made = picture
            .as_ref()
            .ok()
            .and_then(|one| webp(&resized(one, scaled(size, *width)), sort));
        out.file(artifact(
            path,
            "image/webp",
            made.unwrap_or_else(whole),
            from(),
        ));
    }
    let (path, size) = &plan.plain;
    let made = picture
        .as_ref()
        .ok()
        .and_then(|one| full(&resized(one, *size), sort));
    out.file(artifact(
        path,
        sort.media(),
        made.unwrap_or_else(whole),
        from(),
    ));
}

/// Where a picture is first shown.
fn place(web: &Web<'_>, id: AssetId) -> Span {
    for page in web.shown.pages.iter().map(|id| web.site.page(*id)) {
        if page
            .meta
            .image
            .as_ref()
            .is_some_and(|picture| picture.asset == id)
        {
            return Span {
                end: page.span.start,
                ..page.span
            };
        }
        let used = |one: &Use| one.what == Used::Picture(id);
        if page.body.outline.uses.iter().any(used)
            && let Some(span) = in_blocks(&page.doc().blocks, id)
        {
            return span;
        }
    }
    web.site.asset(id).span
}

fn in_blocks(blocks: &[Block], id: AssetId) -> Option<Span> {
    blocks.iter().find_map(|block| match &block.kind {
        BlockKind::Paragraph(inlines) | BlockKind::Heading { inlines, .. } => in_words(inlines, id),
        BlockKind::Quote(inner)
        | BlockKind::Alert { blocks: inner, .. }
        | BlockKind::Only { blocks: inner, .. } => in_blocks(inner, id),
        BlockKind::List { items, .. } => items.iter().find_map(|item| in_blocks(&item.blocks, id)),
        BlockKind::Table(table) => table.cells().find_map(|cell| in_words(cell, id)),
        _ => None,
    })
}

fn in_words(inlines: &[Inline], id: AssetId) -> Option<Span> {
    inlines.iter().find_map(|inline| match &inline.kind {
        InlineKind::Image(image) if image.asset == id => Some(inline.span),
        InlineKind::Emphasis(inner)
        | InlineKind::Strong(inner)
        | InlineKind::Strike(inner)
        | InlineKind::Link { inlines: inner, .. } => in_words(inner, id),
        _ => None,
    })
}
