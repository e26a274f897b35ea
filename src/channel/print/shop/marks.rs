//! Marks around a sheet: where to cut and where to fold.

use typst::layout::{Abs, Frame, FrameItem, Point, Sides};
use typst::syntax::Span;
use typst::visualize::{Color, FixedStroke, Geometry};
use typst_layout::{Page, PagedDocument};

use super::frames::with_pages;
use crate::channel::print::format::Format;
use crate::model::Printer;

/// How long a mark is.
pub(super) const LENGTH_MM: f64 = 5.0;
/// A mark keeps away from the cut edge, so that nothing of it is left on the sheet.
pub(super) const AWAY_MM: f64 = 2.0;

/// How far a sheet with this bleed and marks reaches beyond its cut edge.
pub(super) fn reach_mm(bleed_mm: f64) -> f64 {
    bleed_mm.max(AWAY_MM) + LENGTH_MM
}

/// A document with marks beyond the bleed; the paper is as much larger.
pub(super) fn marked(
    document: &PagedDocument,
    printer: &Printer,
    format: &Format,
) -> PagedDocument {
    let reach = reach_mm(printer.bleed_mm);
    let from = printer.bleed_mm.max(AWAY_MM);
    let pages = document.pages().iter().enumerate();
    with_pages(
        document,
        pages.map(|(side, page)| {
            let mut frame = page.frame.clone();
            let size = frame.size();
            let (width, height) = (size.x.to_mm(), size.y.to_mm());
            if printer.crop_marks {
                for x in [0.0, width] {
                    vertical(&mut frame, x, -reach, -from, false);
                    vertical(&mut frame, x, height + from, height + reach, false);
                }
                for y in [0.0, height] {
                    horizontal(&mut frame, y, -reach, -from);
                    horizontal(&mut frame, y, width + from, width + reach);
                }
            }
            if printer.fold_marks {
                for x in format.folds_mm(side) {
                    vertical(&mut frame, x, -reach, -from, true);
                    vertical(&mut frame, x, height + from, height + reach, true);
                }
            }
            Page {
                frame,
                bleed: Sides::splat(Abs::mm(reach)),
                ..page.clone()
            }
        }),
    )
}

/// A line down, in millimetres from the corner of the frame.
pub(super) fn vertical(frame: &mut Frame, x: f64, from: f64, to: f64, dashed: bool) {
    line(frame, (x, from), (0.0, to - from), dashed);
}

/// A line across.
pub(super) fn horizontal(frame: &mut Frame, y: f64, from: f64, to: f64) {
    line(frame, (from, y), (to - from, 0.0), false);
}

fn line(frame: &mut Frame, from: (f64, f64), by: (f64, f64), dashed: bool) {
    let point = |(x, y): (f64, f64)| Point::new(Abs::mm(x), Abs::mm(y));
    let mut stroke = FixedStroke::from_pair(Color::BLACK, Abs::pt(0.25));
    if dashed {
        stroke.dash = Some(typst::visualize::DashPattern {
            array: vec![Abs::mm(1.0), Abs::mm(0.7)],
            phase: Abs::zero(),
        });
    }
    let shape = Geometry::Line(point(by)).stroked(stroke);
    frame.push(point(from), FrameItem::Shape(shape, Span::detached()));
}
