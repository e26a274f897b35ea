//! Whether everything on a sheet stands where it should: inside its panel, uncut, in letters that the fonts have.

use typst::layout::{Abs, Frame, FrameItem, Point, Rect, Size, Transform};
use typst::text::TextItem;
use typst_layout::PagedDocument;

use super::format::{Format, SAFE_MM};

/// What is wrong with a sheet that is set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// Something stands below the foot of its panel or over other text, so far.
    Low(Abs),
    /// These words stick out of their panel at the side, or are cut.
    Wide(String),
    /// No font has this letter.
    Missing(char),
}

/// A stretch of text and the box around it, from the top of its capitals to the foot of its letters.
#[derive(Debug)]
pub(super) struct Piece<'a> {
    pub(super) text: Option<&'a TextItem>,
    pub(super) from: Point,
    pub(super) to: Point,
    /// What the box may not stick out of because it would be cut.
    clip: Option<Rect>,
}

/// Letters with marks above and hooks below, in ems from the base line.
const ABOVE_EM: f64 = 0.95;
pub(super) const BELOW_EM: f64 = 0.25;
/// Lengths are sums of rounded ones.
const TOLERANCE: Abs = Abs::raw(0.5);

/// The faults of the sides that a sheet has; those beyond are counted by whoever asks.
pub(super) fn faults(document: &PagedDocument, format: &Format) -> Option<Fault> {
    let mut low = Abs::zero();
    let mut lines: Vec<Line> = Vec::new();
    for (page, side) in document.pages().iter().zip(format.sides) {
        let safe = Abs::mm(SAFE_MM);
        let foot = Abs::mm(format.height_mm) - safe;
        let mut worst = None;
        pieces(&page.frame, &mut |piece| {
            if worst.is_some() {
                return;
            }
            if let Some(text) = piece.text
                && let Some(letter) = missing(text)
            {
                worst = Some(Fault::Missing(letter));
                return;
            }
            let middle = (piece.from.x + piece.to.x) / 2.0;
            let panel = side
                .iter()
                .rfind(|panel| Abs::mm(panel.x_mm) <= middle.max(Abs::zero()));
            let is_inside = panel.is_some_and(|panel| {
                let (left, right) = (Abs::mm(panel.x_mm), Abs::mm(panel.x_mm + panel.width_mm));
                piece.from.x + TOLERANCE >= left + safe && piece.to.x <= right - safe + TOLERANCE
            });
            if !is_inside || piece.is_cut() {
                let words = piece.text.map(|text| text.text.to_string());
                worst = Some(Fault::Wide(words.unwrap_or_default()));
            }
            low = low.max(piece.to.y - foot);
            lines.extend(Line::of(&piece));
        });
        if worst.is_some() {
            return worst;
        }
        low = low.max(overlap(&mut lines));
        lines.clear();
    }
    (low > TOLERANCE).then_some(Fault::Low(low))
}

/// Calls back with every text and picture of a page.
pub(super) fn pieces<'a>(frame: &'a Frame, each: &mut dyn FnMut(Piece<'a>)) {
    walk(frame, Point::zero(), None, each);
}

fn walk<'a>(frame: &'a Frame, at: Point, clip: Option<Rect>, each: &mut dyn FnMut(Piece<'a>)) {
    for (offset, item) in frame.items() {
        let at = at + *offset;
        match item {
            FrameItem::Text(text) => {
                let from = Point::new(at.x, at.y - text.size * ABOVE_EM);
                let to = Point::new(at.x + text.width(), at.y + text.size * BELOW_EM);
                let text = Some(text);
                each(Piece {
                    text,
                    from,
                    to,
                    clip,
                });
            }
            FrameItem::Image(_, size, _) => {
                let to = at + size.to_point();
                each(Piece {
                    text: None,
                    from: at,
                    to,
                    clip,
                });
            }
            // What slants is no part of the text: a draft's stamp across the sheet, behind everything else.
            FrameItem::Group(group) if slants(&group.transform) => {}
            FrameItem::Group(group) => {
                let moved = Point::new(group.transform.tx, group.transform.ty);
                let inner = match &group.clip {
                    Some(_) => Some(cut(clip, at + moved, group.frame.size())),
                    None => clip,
                };
                walk(&group.frame, at + moved, inner, each);
            }
            _ => {}
        }
    }
}

/// Whether a transformation turns things by less than a right angle.
fn slants(transform: &Transform) -> bool {
    !transform.kx.is_zero() && !transform.sx.is_zero()
}

/// What is left of a part when a frame cuts what sticks out of it.
fn cut(clip: Option<Rect>, at: Point, size: Size) -> Rect {
    let own = Rect::new(at, at + size.to_point());
    clip.map_or(own, |outer| {
        Rect::new(own.min.max(outer.min), own.max.min(outer.max))
    })
}

impl Piece<'_> {
    /// Here the ink itself counts: boxes that cut fit closely.
    fn is_cut(&self) -> bool {
        let Some(clip) = self.clip else { return false };
        let (from, to) = match self.text {
            None => (self.from, self.to),
            Some(text) => {
                let base = Point::new(self.from.x, self.to.y - text.size * BELOW_EM);
                let ink = text.bbox();
                (base + ink.min, base + ink.max)
            }
        };
        let (low, high) = (from.min(to), from.max(to));
        low.x + TOLERANCE < clip.min.x
            || low.y + TOLERANCE < clip.min.y
            || high.x > clip.max.x + TOLERANCE
            || high.y > clip.max.y + TOLERANCE
    }
}

/// The band that the letters of a text fill, without the tips of marks.
struct Line {
    from: Point,
    to: Point,
}

/// From the base line to the top of capitals, and to the foot of hooks, in ems.
const CAPITALS_EM: f64 = 0.7;
const HOOKS_EM: f64 = 0.18;

impl Line {
    fn of(piece: &Piece<'_>) -> Option<Line> {
        let text = piece.text.filter(|text| !text.text.trim().is_empty())?;
        let base = piece.to.y - text.size * BELOW_EM;
        // Figures have nothing below their line.
        let hooks = if text.text.chars().any(char::is_alphabetic) {
            HOOKS_EM
        } else {
            0.0
        };
        Some(Line {
            from: Point::new(piece.from.x, base - text.size * CAPITALS_EM),
            to: Point::new(piece.to.x, base + text.size * hooks),
        })
    }
}

/// How far text stands over other text.
fn overlap(lines: &mut [Line]) -> Abs {
    lines.sort_by_key(|line| line.from.y);
    let mut worst = Abs::zero();
    for (place, upper) in lines.iter().enumerate() {
        let below = lines[place + 1..].iter();
        for lower in below.take_while(|lower| lower.from.y < upper.to.y) {
            let wide = upper.to.x.min(lower.to.x) - upper.from.x.max(lower.from.x);
            let high = upper.to.y.min(lower.to.y) - lower.from.y;
            if wide > TOLERANCE && high > TOLERANCE {
                worst = worst.max(high);
            }
        }
    }
    worst
}

/// The first letter for which a font has only an empty box.
fn missing(text: &TextItem) -> Option<char> {
    let glyph = text.glyphs.iter().find(|glyph| glyph.id == 0)?;
    text.text.get(glyph.range())?.chars().next()
}
