//! The pictures that go with an article: large, without what cameras note, each with its caption.

use crate::channel::raster::{self, Sort};
use crate::channel::{Job, Out, findings};
use crate::diag::Span;
use crate::model::{Asset, AssetId, Block, BlockKind, Inline, InlineKind, Page};

/// As wide as a paper prints them, in pixels.
const WIDTH: u32 = 2_400;

/// A picture that goes with an article.
pub(super) struct Shot {
    /// Its path in the pack.
    pub(super) name: String,
    pub(super) media: &'static str,
    pub(super) bytes: Vec<u8>,
    pub(super) size: Option<(u32, u32)>,
    pub(super) alt: String,
    pub(super) caption: String,
    pub(super) credit: String,
}

/// A picture where an article shows it.
struct Shown {
    asset: AssetId,
    span: Span,
    alt: String,
    caption: String,
    credit: String,
}

/// The pictures of a page in their order, the one of its head first.
pub(super) fn shots(job: Job<'_>, page: &Page, out: &mut Out<'_>) -> Vec<Shot> {
    let mut shown = Vec::new();
    if let Some(picture) = &page.meta.image {
        shown.push(Shown {
            asset: picture.asset,
            span: Span {
                end: page.span.start,
                ..page.span
            },
            alt: picture.alt.clone(),
            caption: picture.alt.clone(),
            credit: picture.credit.clone().unwrap_or_default(),
        });
    }
    in_blocks(&page.doc().blocks, &job.edition.name, &mut shown);
    let mut done = Vec::new();
    let mut shots: Vec<Shot> = Vec::new();
    for one in shown {
        if done.contains(&one.asset) {
            continue;
        }
        done.push(one.asset);
        let number = shots.len() + 1;
        match shot(job.site.asset(one.asset), number, &one) {
            Ok(shot) => shots.push(shot),
            Err(said) => {
                let path = &job.site.asset(one.asset).path;
                let finding = findings::picture_unreadable(one.span, path, &said);
                out.diags.push(finding);
            }
        }
    }
    shots
}

fn shot(asset: &Asset, number: usize, shown: &Shown) -> Result<Shot, String> {
    let (ending, media, bytes, size) = match Sort::of(&asset.path) {
        Some(_) if asset.size.is_some_and(raster::is_too_large) => {
            return Err(format!("{:?}", asset.size.unwrap_or_default()));
        }
        Some(sort) => {
            let picture = raster::read(asset.blob.bytes())?;
            let own = (picture.width(), picture.height());
            let size = raster::scaled(own, own.0.min(WIDTH));
            let bytes = raster::full(&raster::resized(&picture, size), sort);
            let bytes = bytes.ok_or_else(|| asset.path.clone())?;
            (sort.ending(), sort.media(), bytes, Some(size))
        }
        // A drawing, or what moves.
        None => {
            let ending = asset.path.rsplit('.').next().unwrap_or("bin");
            let media = if ending == "svg" {
                "image/svg+xml"
            } else {
                "application/octet-stream"
            };
            (ending, media, asset.blob.bytes().to_vec(), asset.size)
        }
    };
    Ok(Shot {
        name: format!("hinh/{number}.{ending}"),
        media,
        bytes,
        size,
        alt: shown.alt.clone(),
        caption: shown.caption.clone(),
        credit: shown.credit.clone(),
    })
}

fn in_blocks(blocks: &[Block], edition: &str, out: &mut Vec<Shown>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Paragraph(inlines) | BlockKind::Heading { inlines, .. } => {
                in_words(inlines, out);
            }
            BlockKind::Quote(inner) | BlockKind::Alert { blocks: inner, .. } => {
                in_blocks(inner, edition, out);
            }
            BlockKind::Only { filter, blocks } if filter.admits(edition, "web") => {
                in_blocks(blocks, edition, out);
            }
            BlockKind::List { items, .. } => {
                items
                    .iter()
                    .for_each(|item| in_blocks(&item.blocks, edition, out));
            }
            BlockKind::Table(table) => table.cells().for_each(|cell| in_words(cell, out)),
            _ => {}
        }
    }
}

fn in_words(inlines: &[Inline], out: &mut Vec<Shown>) {
    for inline in inlines {
        match &inline.kind {
            InlineKind::Image(image) => out.push(Shown {
                asset: image.asset,
                span: inline.span,
                alt: image.alt.clone(),
                caption: if image.title.is_empty() {
                    image.alt.clone()
                } else {
                    image.title.clone()
                },
                credit: String::new(),
            }),
            InlineKind::Emphasis(inner)
            | InlineKind::Strong(inner)
            | InlineKind::Link { inlines: inner, .. } => in_words(inner, out),
            _ => {}
        }
    }
}
