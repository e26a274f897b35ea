//! Pages taken apart and put together again.

use typst::layout::{Frame, FrameItem, Transform};
use typst::model::Document as _;
use typst_layout::{Page, PagedDocument};

/// A document with other pages.
pub(super) fn with_pages(
    document: &PagedDocument,
    pages: impl IntoIterator<Item = Page>,
) -> PagedDocument {
    PagedDocument::new(pages.into_iter().collect(), document.info().clone())
}

/// A frame in which each item that is no group is another one, or none. `each` is told where an item lies.
pub(super) fn mapped(
    frame: &Frame,
    at: Transform,
    each: &mut dyn FnMut(Transform, &FrameItem) -> Option<FrameItem>,
) -> Frame {
    let mut out = Frame::new(frame.size(), frame.kind());
    if frame.has_baseline() {
        out.set_baseline(frame.baseline());
    }
    for (place, item) in frame.items() {
        let here = at.pre_concat(Transform::translate(place.x, place.y));
        let item = match item {
            FrameItem::Group(group) => {
                let mut group = group.clone();
                group.frame = mapped(&group.frame, here.pre_concat(group.transform), each);
                Some(FrameItem::Group(group))
            }
            single => each(here, single),
        };
        if let Some(item) = item {
            out.push(*place, item);
        }
    }
    out
}
