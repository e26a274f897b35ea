//! Two plates for the sheets of many communes: what is the same on all of them in colour, what differs in black.
//!
//! Nobody says what differs: it is what does not lie on every sheet in the same place. So the two together are
//! always the whole sheet, whatever a template does.

use std::collections::BTreeSet;

use typst::layout::{Frame, FrameItem, Transform};
use typst_layout::{Page, PagedDocument};

use super::frames::{mapped, with_pages};
use super::ink::black;
use crate::model::{Digest, Digester};

/// What lies in the same place on all sheets, side by side.
pub(in crate::channel::print) type Common = Vec<BTreeSet<Digest>>;

/// What is the same on all of these sheets.
pub(in crate::channel::print) fn common<'a>(
    sheets: impl IntoIterator<Item = &'a PagedDocument>,
) -> Common {
    let mut common: Option<Common> = None;
    for sheet in sheets {
        let own: Common = sheet.pages().iter().map(|page| all(&page.frame)).collect();
        common = Some(match common {
            None => own,
            Some(mut common) => {
                common.truncate(own.len());
                let sides = common.iter_mut().zip(&own);
                sides.for_each(|(side, own)| side.retain(|one| own.contains(one)));
                common
            }
        });
    }
    common.unwrap_or_default()
}

/// A sheet without what differs, or with nothing else and in black.
pub(in crate::channel::print) fn overlay(
    sheet: &PagedDocument,
    common: &Common,
    differs: bool,
) -> PagedDocument {
    let nothing = BTreeSet::new();
    let pages = sheet.pages().iter().enumerate();
    with_pages(
        sheet,
        pages.map(|(side, page)| {
            let common = common.get(side).unwrap_or(&nothing);
            let frame = mapped(&page.frame, Transform::identity(), &mut |at, item| {
                let shown = !matches!(item, FrameItem::Tag(_) | FrameItem::Link(..));
                let same = common.contains(&digest(at, item));
                (shown && same != differs).then(|| item.clone())
            });
            let page = Page {
                frame,
                ..page.clone()
            };
            if differs { black(&page) } else { page }
        }),
    )
}

fn all(frame: &Frame) -> BTreeSet<Digest> {
    let mut out = BTreeSet::new();
    mapped(frame, Transform::identity(), &mut |at, item| {
        out.insert(digest(at, item));
        None
    });
    out
}

/// What is seen of an item, and where; not where it is written.
fn digest(at: Transform, item: &FrameItem) -> Digest {
    let mut key = Digester::default();
    let places = [at.sx, at.ky, at.kx, at.sy].map(typst::layout::Ratio::get);
    key.text(&format!("{places:?} {:?} {:?}", at.tx, at.ty));
    match item {
        FrameItem::Text(text) => {
            let glyphs = text.glyphs.iter();
            let glyphs: Vec<_> = glyphs
                .map(|one| (one.id, one.x_advance, one.x_offset))
                .collect();
            key.text(&text.text);
            key.text(&format!("{:?} {:?} {glyphs:?}", text.size, text.fill));
            key.text(&format!("{:?}", text.font));
        }
        FrameItem::Shape(shape, _) => {
            key.text(&format!("{shape:?}"));
        }
        FrameItem::Image(image, size, _) => {
            key.text(&format!("{image:?} {size:?}"));
        }
        FrameItem::Group(_) | FrameItem::Link(..) | FrameItem::Tag(_) => {}
    }
    key.finish()
}
