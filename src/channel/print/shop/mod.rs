//! What a printer wants of sheets that are laid out: ink, marks, several on one paper, a plate for what differs.
//!
//! All of it is done to finished pages, so that templates know nothing of printers.

mod boxes;
mod frames;
mod gang;
mod ink;
mod marks;
mod plates;
#[cfg(test)]
mod tests;

use typst_layout::PagedDocument;

use super::format::Format;
use crate::model::{Ink, Printer};

pub(super) use boxes::with_bleed;
pub(super) use gang::Gang;
pub(super) use plates::{common, overlay};

/// What a printer wants of sheets in one format.
pub(super) struct Shop<'a> {
    pub(super) printer: &'a Printer,
    pub(super) format: &'static Format,
}

impl Shop<'_> {
    /// Whether sheets go out as they were laid out.
    pub(super) fn is_plain(&self) -> bool {
        let printer = self.printer;
        printer.ink == Ink::Full && printer.bleed_mm == 0.0 && !self.has_marks()
    }

    fn has_marks(&self) -> bool {
        let folds = (0..2).any(|side| !self.format.folds_mm(side).is_empty());
        self.printer.crop_marks || self.printer.fold_marks && folds
    }

    /// A sheet with this printer's ink.
    pub(super) fn inked(&self, document: &PagedDocument) -> PagedDocument {
        let ink = match self.printer.ink {
            // Black on a dark area could not be read.
            Ink::Full if self.printer.layers => Ink::Saving,
            ink => ink,
        };
        ink::inked(document, ink)
    }

    /// A sheet with its marks around it.
    pub(super) fn marked(&self, document: &PagedDocument) -> PagedDocument {
        if self.has_marks() {
            marks::marked(document, self.printer, self.format)
        } else {
            document.clone()
        }
    }

    /// Several of a sheet side by side, where the printer wants that and they find room.
    pub(super) fn gang(&self) -> Option<Gang> {
        let paper = self.printer.gang?;
        let size = (self.format.width_mm, self.format.height_mm);
        Gang::new(size, paper, self.printer)
    }
}
