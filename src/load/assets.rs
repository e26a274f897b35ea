//! Files beside pages.

use std::io::Cursor;
use std::sync::Arc;

use super::index::Index;
use super::memo::Memo;
use super::sections::segments;
use super::snapshot::{Tree, is_text};
use super::{findings, path};
use crate::diag::{Diagnostic, SourceFile, Sources, Span};
use crate::model::{Asset, AssetId};

/// Files beside pages. Their names become addresses, so they must be safe.
pub(super) fn assets(
    tree: &Tree,
    memo: Option<&Memo>,
    sources: &mut Sources,
    index: &mut Index,
    diags: &mut Vec<Diagnostic>,
) -> Vec<Asset> {
    let mut out: Vec<Asset> = Vec::new();
    let hidden = |path: &str| path.split('/').any(|part| part.starts_with('_'));
    let beside = tree
        .files
        .iter()
        .filter(|file| file.path.starts_with("content/") && !is_text(&file.path));
    for file in beside.filter(|file| !hidden(&file.path)) {
        let span = Span::start_of(sources.add(SourceFile::new(file.path.clone(), String::new())));
        let (folder, name) = file
            .path
            .rsplit_once('/')
            .unwrap_or(("content", &file.path));
        if !path::is_safe_name(name) {
            diags.push(findings::unsafe_path(span, name));
            continue;
        }
        let id = AssetId(out.len());
        if let Some(first) = index.assets.get(&file.path) {
            diags.push(findings::same_address(span, &file.path, out[first.0].span));
            continue;
        }
        let mut segments = segments(folder.strip_prefix("content").unwrap_or(folder));
        segments.push(name.to_owned());
        let known = memo.and_then(|memo| memo.asset(&file.path, file.blob.digest()));
        index.assets.insert(file.path.clone(), id);
        out.push(Asset {
            id,
            source: file.path.clone(),
            path: segments.join("/"),
            blob: Arc::clone(&file.blob),
            size: known.map_or_else(|| size(&file.path, file.bytes()), |known| known.size),
            span,
        });
    }
    out
}

fn size(path: &str, bytes: &[u8]) -> Option<(u32, u32)> {
    let pixels = |length: usize| u32::try_from(length).unwrap_or(0);
    let stored = imagesize::blob_size(bytes).ok();
    let stored = stored.map(|size| (pixels(size.width), pixels(size.height)));
    let shown = stored.map(|(width, height)| {
        if lies_on_its_side(bytes) {
            (height, width)
        } else {
            (width, height)
        }
    });
    shown.or_else(|| svg_size(path, bytes))
}

/// Whether a photograph is to be turned by a quarter before it is shown, as the camera noted.
fn lies_on_its_side(bytes: &[u8]) -> bool {
    // Only photographs have such notes, and those begin so.
    if !bytes.starts_with(&[0xff, 0xd8]) {
        return false;
    }
    let notes = exif::Reader::new().read_from_container(&mut Cursor::new(bytes));
    let turned = notes.ok().and_then(|notes| {
        let field = notes.get_field(exif::Tag::Orientation, exif::In::PRIMARY)?;
        field.value.get_uint(0)
    });
    turned.is_some_and(|turned| (5..=8).contains(&turned))
}

/// The size of a drawing, from its `viewBox` or its width and height.
fn svg_size(path: &str, bytes: &[u8]) -> Option<(u32, u32)> {
    let text = std::str::from_utf8(bytes)
        .ok()
        .filter(|_| path.to_ascii_lowercase().ends_with(".svg"))?;
    let tag = &text[text.find("<svg")?..];
    let tag = &tag[..tag.find('>')?];
    let values = tag.split_once("viewBox=\"")?.1.split('"').next()?;
    let mut numbers = values
        .split([' ', ','])
        .filter_map(|number| number.parse::<f64>().ok())
        .skip(2);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "rounded and kept within the range"
    )]
    let mut pixels = || {
        numbers
            .next()
            .map(|number| number.round().clamp(1.0, 100_000.0) as u32)
    };
    Some((pixels()?, pixels()?))
}
