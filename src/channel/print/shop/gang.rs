//! Several of a sheet side by side on a larger paper.

use typst::layout::{Abs, Axes, Frame, FrameItem, GroupItem, Point, Sides, Size, Transform};
use typst::visualize::Curve;
use typst_layout::{Page, PagedDocument};

use super::frames::{mapped, with_pages};
use super::marks::{AWAY_MM, LENGTH_MM, horizontal, reach_mm, vertical};
use crate::model::{Paper, Printer};

/// How sheets lie on a paper. All are the same, so that the back fits the front however the paper is turned.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::channel::print) struct Gang {
    columns: usize,
    rows: usize,
    /// The paper as it lies.
    paper_mm: (f64, f64),
    /// One sheet.
    size_mm: (f64, f64),
    bleed_mm: f64,
}

impl Gang {
    /// The way in which most find room; none where that is only one.
    pub(super) fn new(size_mm: (f64, f64), paper: Paper, printer: &Printer) -> Option<Gang> {
        let bleed_mm = printer.bleed_mm;
        // Without marks of its own a sheet is cut along the middle of the paper.
        let around = if printer.crop_marks {
            reach_mm(bleed_mm)
        } else {
            bleed_mm
        };
        let gap = 2.0 * bleed_mm;
        let upright = (paper.width_mm, paper.height_mm);
        let across = (paper.height_mm, paper.width_mm);
        let lain = |paper_mm: (f64, f64)| Gang {
            columns: fitting(paper_mm.0 - 2.0 * around, size_mm.0, gap),
            rows: fitting(paper_mm.1 - 2.0 * around, size_mm.1, gap),
            paper_mm,
            size_mm,
            bleed_mm,
        };
        let (one, other) = (lain(upright), lain(across));
        let best = if other.count() > one.count() {
            other
        } else {
            one
        };
        (best.count() > 1).then_some(best)
    }

    /// How many sheets there are on a paper.
    pub(in crate::channel::print) fn count(&self) -> usize {
        self.columns * self.rows
    }

    /// The corners of the sheets, from the upper left one.
    fn places(&self) -> Vec<(f64, f64)> {
        let (xs, ys) = (self.line(true), self.line(false));
        let place = |y: &f64| xs.iter().map(|x| (*x, *y)).collect::<Vec<_>>();
        ys.iter().flat_map(place).collect()
    }

    /// Where sheets begin on one side of the paper; what is left of it lies on both ends.
    #[expect(clippy::cast_precision_loss, reason = "a paper holds few sheets")]
    fn line(&self, across: bool) -> Vec<f64> {
        let (count, size, paper) = if across {
            (self.columns, self.size_mm.0, self.paper_mm.0)
        } else {
            (self.rows, self.size_mm.1, self.paper_mm.1)
        };
        let step = size + 2.0 * self.bleed_mm;
        let whole = step * count as f64 - 2.0 * self.bleed_mm;
        let first = (paper - whole) / 2.0;
        (0..count)
            .map(|place| first + step * place as f64)
            .collect()
    }

    /// A paper for each side of a sheet.
    pub(in crate::channel::print) fn papers(&self, document: &PagedDocument) -> PagedDocument {
        let pages = document.pages().iter();
        with_pages(document, pages.map(|page| self.paper(page)))
    }

    fn paper(&self, page: &Page) -> Page {
        let (width, height) = self.paper_mm;
        let mut frame = Frame::hard(Size::new(Abs::mm(width), Abs::mm(height)));
        // Repeated parts of a structure are none; links would lie in each other's way.
        let sheet = mapped(&page.frame, Transform::identity(), &mut |_, item| {
            let shown = !matches!(item, FrameItem::Tag(_) | FrameItem::Link(..));
            shown.then(|| item.clone())
        });
        let bleed = Abs::mm(self.bleed_mm);
        let around = Axes::splat(bleed * 2.0);
        for (x, y) in self.places() {
            let mut cell = Frame::hard(sheet.size() + around);
            cell.push_frame(Point::splat(bleed), sheet.clone());
            let mut group = GroupItem::new(cell);
            group.clip = Some(Curve::rect(sheet.size() + around));
            let corner = Point::new(Abs::mm(x), Abs::mm(y)) - Point::splat(bleed);
            frame.push(corner, FrameItem::Group(group));
        }
        self.marks(&mut frame);
        Page {
            frame,
            bleed: Sides::splat(Abs::zero()),
            ..page.clone()
        }
    }

    /// Where to cut: at both ends of every edge, as long as there is room; on the paper's own edge there is nothing to cut.
    fn marks(&self, frame: &mut Frame) {
        let (width, height) = self.paper_mm;
        let edges = |starts: Vec<f64>, size: f64| {
            let mut edges: Vec<f64> = starts.iter().flat_map(|at| [*at, at + size]).collect();
            edges.dedup_by(|a, b| (*a - *b).abs() < 0.01);
            edges
        };
        let (xs, ys) = (
            edges(self.line(true), self.size_mm.0),
            edges(self.line(false), self.size_mm.1),
        );
        let inside = |at: f64, paper: f64| at > 1.0 && at < paper - 1.0;
        let stretch = |edge: Option<&f64>| mark(edge.copied().unwrap_or(0.0), self.bleed_mm);
        for x in xs.iter().filter(|x| inside(**x, width)) {
            let (from, to) = stretch(ys.first());
            vertical(frame, *x, from, to, false);
            vertical(frame, *x, height - to, height - from, false);
        }
        for y in ys.iter().filter(|y| inside(**y, height)) {
            let (from, to) = stretch(xs.first());
            horizontal(frame, *y, from, to);
            horizontal(frame, *y, width - to, width - from);
        }
    }
}

/// A mark from the edge of the paper inwards, beside sheets that begin there; where these leave no room it is a
/// short stroke on the line that is cut.
fn mark(edge: f64, bleed_mm: f64) -> (f64, f64) {
    let to = edge - bleed_mm.max(AWAY_MM);
    if to >= 1.0 {
        ((to - LENGTH_MM).max(0.0), to)
    } else {
        (0.0, AWAY_MM * 2.0)
    }
}

/// How many sheets find room in a row.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a paper holds few sheets"
)]
fn fitting(room: f64, size: f64, gap: f64) -> usize {
    // Sizes are written in whole and half millimetres.
    ((room + gap + 0.01) / (size + gap)).floor().max(0.0) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_are_laid_as_most_find_room_and_evenly() {
        let office = Printer::office();
        let [a4, a3, sra3] = Paper::ALL;
        let two = Gang::new((148.0, 210.0), a4, &office).unwrap();
        assert_eq!(
            (two.columns, two.rows, two.paper_mm),
            (2, 1, (297.0, 210.0))
        );
        assert_eq!(two.places(), [(0.5, 0.0), (148.5, 0.0)]);
        let cards = Gang::new((90.0, 54.0), a4, &office).unwrap();
        assert_eq!((cards.columns, cards.rows), (2, 5));
        assert_eq!(Gang::new((210.0, 297.0), a4, &office), None);
        assert_eq!(Gang::new((210.0, 297.0), a3, &office).unwrap().count(), 2);
        let shop = Printer {
            bleed_mm: 3.0,
            crop_marks: true,
            ..office
        };
        assert_eq!(Gang::new((148.0, 210.0), a4, &shop), None);
        assert_eq!(Gang::new((148.0, 210.0), sra3, &shop).unwrap().count(), 4);
        let cards = Gang::new((90.0, 54.0), a4, &shop).unwrap();
        assert_eq!((cards.columns, cards.rows), (2, 4));
        for (x, y) in cards.places() {
            let mirrored = (210.0 - x - 90.0, 297.0 - y - 54.0);
            let close = |(a, b): &(f64, f64)| (a - mirrored.0).abs() < 0.01 && (b - y).abs() < 0.01;
            assert!(
                cards.places().iter().any(close),
                "the back lies on the front"
            );
            assert!(x >= 3.0 && y >= 3.0 && mirrored.1 >= 3.0);
        }
    }
}
