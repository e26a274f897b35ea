//! What to leave out of a sheet so that the rest fits: tried, not guessed.

use super::fit::Fitter;
use super::parts::Parts;
use super::run::Run;
use super::trouble;
use crate::channel::typeset;
use crate::diag::Span;
use crate::model::{Block, BlockKind, CommuneId};

/// So many single blocks are tried.
const TRIES: usize = 6;
/// So many letters make a line, at least.
const LINE: usize = 18;
/// A picture is as high as a text of so many letters.
const PICTURE: usize = 400;

/// A block to leave out, with its first words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spare {
    pub(super) span: Span,
    pub(super) words: String,
}

/// Blocks without which a leaflet that has so many lines too many fits: one, if there is such a one, or the last
/// few. Nothing when no block helps.
pub(super) fn spare(run: &Run<'_>, commune: Option<CommuneId>, lines: usize) -> Vec<Spare> {
    let parts = Parts::of(run.page, run.print.order.edition, run.sheet.format);
    // Headings go with what stands under them.
    let droppable: Vec<usize> = (0..parts.body.len())
        .filter(|place| !matches!(parts.body[*place].kind, BlockKind::Heading { .. }))
        .collect();
    let fits = |without: &[usize]| is_fit(run, commune, without);
    let chosen = one(&parts.body, &droppable, lines, &fits).or_else(|| last(&droppable, &fits));
    let spare = |place: &usize| {
        let block = parts.body[*place];
        Spare {
            span: block.span,
            words: trouble::beginning(&trouble::words_of(block)),
        }
    };
    chosen.unwrap_or_default().iter().map(spare).collect()
}

/// The smallest block that is enough; of the text, later ones rather than earlier ones.
fn one(
    blocks: &[&Block],
    droppable: &[usize],
    lines: usize,
    fits: &dyn Fn(&[usize]) -> bool,
) -> Option<Vec<usize>> {
    let size = |place: &usize| {
        let words = trouble::words_of(blocks[*place]).chars().count();
        if words == 0 { PICTURE } else { words }
    };
    let mut large: Vec<(usize, usize)> = droppable
        .iter()
        .rev()
        .map(|place| (size(place), *place))
        .filter(|(size, _)| *size >= lines * LINE)
        .collect();
    large.sort_by_key(|(size, _)| *size);
    let mut tried = large.iter().take(TRIES).map(|(_, place)| vec![*place]);
    tried.find(|place| fits(place))
}

/// The fewest blocks from the end that are enough.
fn last(droppable: &[usize], fits: &dyn Fn(&[usize]) -> bool) -> Option<Vec<usize>> {
    if !fits(droppable) {
        return None;
    }
    let (mut few, mut many) = (0, droppable.len());
    while few + 1 < many {
        let middle = usize::midpoint(few, many);
        if fits(&droppable[droppable.len() - middle..]) {
            many = middle;
        } else {
            few = middle;
        }
    }
    Some(droppable[droppable.len() - many..].to_vec())
}

fn is_fit(run: &Run<'_>, commune: Option<CommuneId>, without: &[usize]) -> bool {
    let (sheet, plate, _) = run.print.sheet(run.page, run.sheet.format, without);
    let source = |setting: &super::fit::Setting| sheet.source(commune, setting);
    let typeset = |source: String| typeset::set(run.print.press(), &plate, source);
    Fitter::new(sheet.format, &source, &typeset).fits()
}
