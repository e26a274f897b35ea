//! How tightly a leaflet is set: as large as the paper allows, never below what can be read.

use typst::layout::Abs;
use typst_layout::{Page, PagedDocument};

use super::bounds::{self, Fault};
use super::format::{Format, Panel, Rungs};
use super::picture::Refused;
use crate::channel::literal::dictionary;
use crate::model::AssetId;

/// Height of capitals; that of most sans serifs, near enough to count lines.
const CAPITALS_EM: f64 = 0.7;

/// One way to set a leaflet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Setting {
    /// Size of the body.
    size_pt: f64,
    /// Size of telephone numbers.
    number_pt: f64,
    /// Between lines, in ems.
    leading_em: f64,
    /// Between paragraphs, in ems.
    spacing_em: f64,
    /// How many sides it may fill.
    sides: usize,
    /// Whether what is left of the last side goes between the text and its foot.
    spread: bool,
}

impl Setting {
    /// The record that the template receives.
    pub(super) fn record(&self) -> String {
        dictionary([
            ("size", format!("{}pt", self.size_pt)),
            ("number", format!("{}pt", self.number_pt)),
            ("leading", format!("{}em", self.leading_em)),
            ("spacing", format!("{}em", self.spacing_em)),
            ("sides", self.sides.to_string()),
            ("spread", self.spread.to_string()),
        ])
    }
}

/// A place between loose and tight: a rung of the format's ladder and a size of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    rung: usize,
    numbers: usize,
}

impl Place {
    /// The place as bytes, for a later run.
    pub(super) fn note(self) -> Vec<u8> {
        // Both count a few sizes of type.
        [self.rung, self.numbers]
            .map(|number| u8::try_from(number).unwrap_or(u8::MAX))
            .into()
    }

    /// The tighter of two places.
    pub(super) fn tighter(self, other: Place) -> Place {
        let key = |place: Place| (place.rung, std::cmp::Reverse(place.numbers));
        if key(other) > key(self) { other } else { self }
    }

    /// The place of such bytes in a format.
    pub(super) fn of_note(note: &[u8], format: &Format) -> Option<Place> {
        let [rung, numbers] = note else { return None };
        let (rung, numbers) = (usize::from(*rung), usize::from(*numbers));
        (numbers < format.numbers_pt.len()).then_some(Place { rung, numbers })
    }
}

/// A leaflet that is set.
pub(super) struct Fitted {
    pub(super) document: PagedDocument,
    pub(super) source: String,
    pub(super) place: Place,
}

/// Why a leaflet could not be set.
#[derive(Debug)]
pub(super) enum Unfit {
    /// So many lines more than the sheet holds.
    Overflow(usize),
    /// These words are wider than their panel, even in the smallest letters.
    Wide(String),
    /// No font of the theme has this letter.
    Missing(char),
    /// This picture cannot be printed.
    Picture(AssetId, Refused),
    /// The typesetter's own words.
    Failed(String),
}

/// The settings of a format from loose to tight: first few sides, then more.
fn ladder(format: &Format) -> Vec<Setting> {
    let at = |sides: usize, leading_em: f64, spacing_em: f64| {
        move |size_pt: &f64| Setting {
            size_pt: *size_pt,
            number_pt: format.numbers_pt[0],
            leading_em,
            spacing_em,
            sides,
            spread: true,
        }
    };
    let of = |rungs: &Rungs| {
        let sizes = rungs.sizes_pt.iter();
        sizes.map(at(rungs.sides, 0.72, 1.1)).collect::<Vec<_>>()
    };
    let tight = [format.smallest_pt];
    let tightest = tight.iter().map(at(format.sides.len(), 0.6, 0.75));
    format.rungs.iter().flat_map(of).chain(tightest).collect()
}

/// Tries settings for one leaflet; `typeset` lays out the source that `source` writes for a setting.
pub(super) struct Fitter<'a> {
    format: &'static Format,
    ladder: Vec<Setting>,
    source: &'a dyn Fn(&Setting) -> String,
    typeset: &'a dyn Fn(String) -> Result<PagedDocument, String>,
}

impl<'a> Fitter<'a> {
    pub(super) fn new(
        format: &'static Format,
        source: &'a dyn Fn(&Setting) -> String,
        typeset: &'a dyn Fn(String) -> Result<PagedDocument, String>,
    ) -> Fitter<'a> {
        Fitter {
            format,
            ladder: ladder(format),
            source,
            typeset,
        }
    }

    /// The loosest setting that fits, with the largest numbers that it then leaves room for.
    pub(super) fn loosest(&self) -> Result<Fitted, Unfit> {
        // Settings only get tighter, so the ones that fit are a tail of the ladder.
        let (mut low, mut high) = (0, self.ladder.len());
        let mut best = None;
        while low < high {
            let rung = usize::midpoint(low, high);
            match self.try_at(Place { rung, numbers: 0 })? {
                Some(fitted) => {
                    best = Some(fitted);
                    high = rung;
                }
                None => low = rung + 1,
            }
        }
        let Some(mut best) = best else {
            return Err(self.overflow());
        };
        let (mut low, mut high) = (1, self.format.numbers_pt.len());
        while low < high {
            let numbers = usize::midpoint(low, high);
            match self.try_at(Place {
                numbers,
                ..best.place
            })? {
                Some(fitted) => {
                    best = fitted;
                    low = numbers + 1;
                }
                None => high = numbers,
            }
        }
        Ok(best)
    }

    /// The first setting that fits from a place on: smaller numbers first, then tighter text.
    pub(super) fn from(&self, place: Place) -> Result<Fitted, Unfit> {
        for rung in place.rung..self.ladder.len() {
            for numbers in (0..=place.numbers).rev() {
                if let Some(fitted) = self.try_at(Place { rung, numbers })? {
                    return Ok(fitted);
                }
            }
        }
        Err(self.overflow())
    }

    /// The setting with which the search begins: what is written for it is all that differs between leaflets of a format.
    pub(super) fn loosest_setting(format: &Format) -> Setting {
        ladder(format)[0]
    }

    /// The source of a leaflet that was set at a place before.
    pub(super) fn source_at(&self, place: Place) -> String {
        (self.source)(&self.setting(place))
    }

    fn setting(&self, place: Place) -> Setting {
        Setting {
            number_pt: self.format.numbers_pt[place.numbers],
            ..self.ladder[place.rung]
        }
    }

    fn try_at(&self, place: Place) -> Result<Option<Fitted>, Unfit> {
        let setting = self.setting(place);
        let source = (self.source)(&setting);
        let document = (self.typeset)(source.clone()).map_err(Unfit::Failed)?;
        let fault = bounds::faults(&document, self.format);
        if let Some(Fault::Missing(letter)) = fault {
            return Err(Unfit::Missing(letter));
        }
        let fits = document.pages().len() <= setting.sides && fault.is_none();
        Ok(fits.then_some(Fitted {
            document,
            source,
            place,
        }))
    }

    /// Whether it fits at the tightest setting.
    pub(super) fn fits(&self) -> bool {
        let rung = self.ladder.len() - 1;
        let tightest = self.try_at(Place { rung, numbers: 0 });
        tightest.is_ok_and(|fitted| fitted.is_some())
    }

    /// Measures at the tightest setting how much must go.
    pub(super) fn overflow(&self) -> Unfit {
        let Some(tightest) = self.ladder.last() else {
            return Unfit::Overflow(1);
        };
        let setting = Setting {
            spread: false,
            ..*tightest
        };
        match (self.typeset)((self.source)(&setting)) {
            Ok(document) => match bounds::faults(&document, self.format) {
                Some(Fault::Missing(letter)) => Unfit::Missing(letter),
                Some(Fault::Wide(words)) => Unfit::Wide(words),
                low => {
                    let low = match low {
                        Some(Fault::Low(low)) => low,
                        _ => Abs::zero(),
                    };
                    Unfit::Overflow(lines_beyond(&document, self.format, &setting, low))
                }
            },
            Err(said) => Unfit::Failed(said),
        }
    }
}

/// The lines of text that must go: what stands on sides that the sheet does not have, less what its last side has left;
/// or what stands below its panel.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a leaflet has few lines"
)]
fn lines_beyond(document: &PagedDocument, format: &Format, setting: &Setting, low: Abs) -> usize {
    let top = Abs::mm(format.top_mm);
    let bottom = Abs::mm(format.height_mm - format.bottom_mm);
    let panels = format.sides.last().copied().unwrap_or_default();
    let filled = |page: &Page| -> Abs {
        let last = |panel: &Panel| last_line(page, panel, top, bottom) - top;
        panels.iter().map(last).sum()
    };
    let pages = document.pages();
    let beyond: Abs = pages.iter().skip(format.sides.len()).map(filled).sum();
    #[expect(clippy::cast_precision_loss, reason = "a side has few panels")]
    let room = (bottom - top) * panels.len() as f64;
    let left = pages
        .get(format.sides.len() - 1)
        .map_or(Abs::zero(), |page| room - filled(page));
    let missing = if beyond > Abs::zero() {
        beyond - left
    } else {
        Abs::zero()
    };
    // Typst measures leading from the base of a line to the top of the capitals of the next.
    let pitch = Abs::pt(setting.size_pt * (CAPITALS_EM + setting.leading_em));
    (missing.max(low) / pitch).ceil().max(1.0) as usize
}

/// The base of the last line of text on a panel; running head and foot are not part of the text.
fn last_line(page: &Page, panel: &Panel, top: Abs, bottom: Abs) -> Abs {
    let (left, right) = (Abs::mm(panel.x_mm), Abs::mm(panel.x_mm + panel.width_mm));
    let mut last = top;
    bounds::pieces(&page.frame, &mut |piece| {
        if let Some(text) = piece.text {
            let base = piece.to.y - text.size * bounds::BELOW_EM;
            let is_here = piece.from.x >= left && piece.from.x < right;
            if is_here && base > top && base < bottom {
                last = last.max(base);
            }
        }
    });
    last
}
