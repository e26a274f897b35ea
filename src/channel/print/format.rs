//! The formats of a leaflet, as data: one table, from which a printer's sheet, a template and the tests read.

use qrcode::EcLevel;

use crate::model::PANELS;

/// One format. Lengths are in millimetres, sizes of letters in points.
#[derive(Debug)]
pub(super) struct Format {
    /// The word in settings and in file names.
    pub(super) name: &'static str,
    /// The template of the theme that sets it, `print/NAME.typ`.
    pub(super) template: &'static str,
    /// The words by which an article can mean it, as in `::: only a5`.
    pub(super) called: &'static [&'static str],
    /// The finished sheet, unfolded.
    pub(super) width_mm: f64,
    pub(super) height_mm: f64,
    /// From the sides of the sheet to the text; beside a fold the margins of two panels meet.
    pub(super) side_mm: f64,
    /// Holds the running head.
    pub(super) top_mm: f64,
    pub(super) bottom_mm: f64,
    /// What lies between folds and edges, side by side; one list for each side of the sheet.
    pub(super) sides: &'static [&'static [Panel]],
    /// Panels that an article can fill by `::: only PANEL`.
    pub(super) places: &'static [&'static str],
    /// How much of an article stands on it.
    pub(super) keeps: Keeps,
    /// Width of the page's own picture; 0 where there is no room for it.
    pub(super) picture_mm: f64,
    /// Smallest side of the QR code, with its quiet zone: a tenth of the distance from which it is read.
    pub(super) qr_mm: f64,
    /// How much of the code may be lost.
    pub(super) qr_level: EcLevel,
    /// Text is never smaller than this.
    pub(super) smallest_pt: f64,
    /// Sizes of telephone numbers, from the smallest that is allowed.
    pub(super) numbers_pt: &'static [f64],
    /// What is tried, from loose to tight.
    pub(super) rungs: &'static [Rungs],
}

/// A part of a side: all of it, or what lies between two folds.
#[derive(Debug)]
pub(super) struct Panel {
    /// From the left edge of the sheet.
    pub(super) x_mm: f64,
    pub(super) width_mm: f64,
}

/// How much of an article stands on a sheet where the article itself does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keeps {
    /// All of it.
    All,
    /// Agenda, numbered steps and warnings: what can be read in passing.
    Essentials,
    /// Headline and telephone numbers.
    Numbers,
}

/// Sizes of the body for a number of sides.
#[derive(Debug)]
pub(super) struct Rungs {
    /// How many sides may be filled.
    pub(super) sides: usize,
    pub(super) sizes_pt: &'static [f64],
}

/// Nothing stands nearer to an edge or a fold than this: printers cannot reach it, and knives stray.
pub(super) const SAFE_MM: f64 = 3.0;

const SHEET_PT: &[f64] = &[24.0, 27.0, 30.0, 34.0, 38.0, 42.0, 48.0, 54.0, 60.0];
const POSTER_PT: &[f64] = &[60.0, 66.0, 72.0, 84.0, 96.0, 112.0, 128.0, 144.0, 160.0];
/// A card is held in the hand, at half the distance of a sheet on a wall or table.
const CARD_PT: &[f64] = &[18.0, 20.0, 22.0, 24.0, 27.0, 30.0, 34.0, 38.0, 42.0];

const A5_SIDE: &[Panel] = &[whole(148.0)];
const A4_SIDE: &[Panel] = &[whole(210.0)];
const A3_SIDE: &[Panel] = &[whole(297.0)];
const CARD_SIDE: &[Panel] = &[whole(90.0)];
/// A roll fold: the flap is folded in first and must be narrower.
const OUTSIDE: &[Panel] = &[panel(0.0, 97.0), panel(97.0, 100.0), panel(197.0, 100.0)];
const INSIDE: &[Panel] = &[panel(0.0, 100.0), panel(100.0, 100.0), panel(200.0, 97.0)];

const fn whole(width_mm: f64) -> Panel {
    panel(0.0, width_mm)
}

const fn panel(x_mm: f64, width_mm: f64) -> Panel {
    Panel { x_mm, width_mm }
}

const A5: Format = Format {
    name: "a5",
    template: "a5",
    called: &["a5"],
    width_mm: 148.0,
    height_mm: 210.0,
    side_mm: 12.0,
    top_mm: 21.0,
    bottom_mm: 13.0,
    sides: &[A5_SIDE, A5_SIDE],
    places: &[],
    keeps: Keeps::All,
    picture_mm: 0.0,
    qr_mm: 24.0,
    qr_level: EcLevel::M,
    smallest_pt: 12.0,
    numbers_pt: SHEET_PT,
    rungs: &[
        Rungs {
            sides: 1,
            sizes_pt: &[17.0, 16.5, 16.0, 15.5, 15.0, 14.5, 14.0, 13.5, 13.0],
        },
        Rungs {
            sides: 2,
            sizes_pt: &[
                17.0, 16.5, 16.0, 15.5, 15.0, 14.5, 14.0, 13.5, 13.0, 12.5, 12.0,
            ],
        },
    ],
};

const A4: Format = Format {
    name: "a4",
    template: "a4",
    called: &["a4"],
    width_mm: 210.0,
    height_mm: 297.0,
    side_mm: 19.0,
    top_mm: 27.0,
    bottom_mm: 16.0,
    sides: &[A4_SIDE, A4_SIDE],
    qr_mm: 30.0,
    rungs: &[
        Rungs {
            sides: 1,
            sizes_pt: &[22.0, 21.0, 20.0, 19.0, 18.0, 17.0, 16.0, 15.0, 14.0],
        },
        Rungs {
            sides: 2,
            sizes_pt: &[
                24.0, 23.0, 22.0, 21.0, 20.0, 19.0, 18.0, 17.0, 16.0, 15.0, 14.0, 13.0, 12.0,
            ],
        },
    ],
    ..A5
};

/// Every format, in the order of the documentation.
pub(super) const FORMATS: &[Format] = &[
    A5,
    A4,
    Format {
        name: "a5-large",
        called: &["a5", "a5-large"],
        smallest_pt: 14.0,
        rungs: &[Rungs {
            sides: 2,
            sizes_pt: &[
                21.0, 20.0, 19.0, 18.0, 17.0, 16.5, 16.0, 15.5, 15.0, 14.5, 14.0,
            ],
        }],
        ..A5
    },
    Format {
        name: "a4-large",
        called: &["a4", "a4-large"],
        smallest_pt: 14.0,
        rungs: &[Rungs {
            sides: 2,
            sizes_pt: &[
                30.0, 28.0, 26.0, 25.0, 24.0, 23.0, 22.0, 21.0, 20.0, 19.0, 18.0, 17.0, 16.0, 15.0,
                14.0,
            ],
        }],
        ..A4
    },
    Format {
        name: "fold3",
        template: "fold3",
        called: &["fold3"],
        width_mm: 297.0,
        height_mm: 210.0,
        side_mm: 8.0,
        top_mm: 10.0,
        bottom_mm: 10.0,
        sides: &[OUTSIDE, INSIDE],
        places: PANELS,
        picture_mm: 81.0,
        qr_mm: 30.0,
        rungs: &[Rungs {
            sides: 2,
            sizes_pt: &[
                18.0, 17.0, 16.5, 16.0, 15.5, 15.0, 14.5, 14.0, 13.5, 13.0, 12.5, 12.0,
            ],
        }],
        ..A5
    },
    Format {
        name: "poster",
        template: "poster",
        called: &["poster"],
        width_mm: 297.0,
        height_mm: 420.0,
        side_mm: 20.0,
        top_mm: 16.0,
        bottom_mm: 16.0,
        sides: &[A3_SIDE],
        keeps: Keeps::Essentials,
        picture_mm: 120.0,
        qr_mm: 50.0,
        // It hangs outdoors, and a corner may be torn.
        qr_level: EcLevel::Q,
        smallest_pt: 20.0,
        numbers_pt: POSTER_PT,
        rungs: &[Rungs {
            sides: 1,
            sizes_pt: &[
                32.0, 31.0, 30.0, 29.0, 28.0, 27.0, 26.0, 25.0, 24.0, 22.0, 20.0,
            ],
        }],
        ..A5
    },
    Format {
        name: "card",
        template: "card",
        called: &["card"],
        width_mm: 90.0,
        height_mm: 54.0,
        side_mm: 4.5,
        top_mm: 4.0,
        bottom_mm: 4.0,
        sides: &[CARD_SIDE, CARD_SIDE],
        keeps: Keeps::Numbers,
        qr_mm: 22.0,
        smallest_pt: 9.5,
        numbers_pt: CARD_PT,
        rungs: &[Rungs {
            sides: 2,
            sizes_pt: &[13.0, 12.0, 11.0, 10.5, 10.0, 9.5],
        }],
        ..A5
    },
];

impl Format {
    /// The format of a word.
    pub(super) fn named(name: &str) -> Option<&'static Format> {
        FORMATS.iter().find(|format| format.name == name)
    }

    /// Where a side is folded, from its left edge.
    pub(super) fn folds_mm(&self, side: usize) -> Vec<f64> {
        let panels = self.sides.get(side).copied().unwrap_or_default();
        panels.iter().skip(1).map(|panel| panel.x_mm).collect()
    }

    /// The format with its size, for lists.
    pub(super) fn label(&self) -> String {
        format!(
            "{} · {} × {} mm",
            self.name.to_uppercase(),
            self.width_mm,
            self.height_mm
        )
    }

    /// All words, for findings.
    pub(super) fn names() -> Vec<&'static str> {
        FORMATS.iter().map(|format| format.name).collect()
    }

    /// The words by which an article can mean this sheet or a part of it.
    pub(super) fn audience(&self) -> impl Iterator<Item = &'static str> {
        self.called.iter().chain(self.places).copied()
    }
}

/// Each is one record of the table.
impl PartialEq for Format {
    fn eq(&self, other: &Format) -> bool {
        self.name == other.name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panels_lie_side_by_side_from_edge_to_edge() {
        for format in FORMATS {
            for side in format.sides {
                let mut edge = 0.0;
                for panel in *side {
                    assert!((panel.x_mm - edge).abs() < 1e-9, "{}", format.name);
                    edge += panel.width_mm;
                }
                assert!((edge - format.width_mm).abs() < 1e-9, "{}", format.name);
            }
            assert!(
                format
                    .rungs
                    .iter()
                    .all(|rungs| rungs.sides <= format.sides.len())
            );
            let last = format.rungs.last().unwrap();
            assert!((last.sizes_pt.last().unwrap() - format.smallest_pt).abs() < 1e-9);
        }
    }

    #[test]
    fn words_for_sheets_and_panels_are_known_to_the_reader_of_articles() {
        for format in FORMATS {
            for word in format.audience() {
                let known =
                    crate::model::SHEETS.contains(&word) || crate::model::PANELS.contains(&word);
                assert!(known, "{word}");
            }
        }
    }
}
