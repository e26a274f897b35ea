//! The formats of a leaflet, as data.

/// One format. Lengths are in millimetres, sizes of letters in points.
#[derive(Debug, PartialEq)]
pub(super) struct Format {
    /// The word in settings and in file names.
    pub(super) name: &'static str,
    pub(super) width_mm: f64,
    pub(super) height_mm: f64,
    pub(super) side_mm: f64,
    /// Holds the running head.
    pub(super) top_mm: f64,
    pub(super) bottom_mm: f64,
    /// Smallest side of the QR code, with its quiet zone.
    pub(super) qr_mm: f64,
    /// Sizes of the body that are tried on the front alone, from loose to tight.
    pub(super) front_pt: &'static [f64],
    /// Sizes of the body that are tried on both sides, from loose to tight.
    pub(super) both_pt: &'static [f64],
}

/// A sheet has a front and a back.
pub(super) const SIDES: usize = 2;

/// Text is never smaller than this.
pub(super) const SMALLEST_PT: f64 = 12.0;

/// Every format, in the order of the documentation.
pub(super) const FORMATS: &[Format] = &[
    Format {
        name: "a5",
        width_mm: 148.0,
        height_mm: 210.0,
        side_mm: 12.0,
        top_mm: 21.0,
        bottom_mm: 13.0,
        qr_mm: 24.0,
        front_pt: &[17.0, 16.5, 16.0, 15.5, 15.0, 14.5, 14.0, 13.5, 13.0],
        both_pt: &[
            17.0,
            16.5,
            16.0,
            15.5,
            15.0,
            14.5,
            14.0,
            13.5,
            13.0,
            12.5,
            SMALLEST_PT,
        ],
    },
    Format {
        name: "a4",
        width_mm: 210.0,
        height_mm: 297.0,
        side_mm: 19.0,
        top_mm: 27.0,
        bottom_mm: 16.0,
        qr_mm: 30.0,
        front_pt: &[22.0, 21.0, 20.0, 19.0, 18.0, 17.0, 16.0, 15.0, 14.0],
        both_pt: &[
            24.0,
            23.0,
            22.0,
            21.0,
            20.0,
            19.0,
            18.0,
            17.0,
            16.0,
            15.0,
            14.0,
            13.0,
            SMALLEST_PT,
        ],
    },
];

impl Format {
    /// The format of a word.
    pub(super) fn named(name: &str) -> Option<&'static Format> {
        FORMATS.iter().find(|format| format.name == name)
    }

    /// Where a side is folded, from its left edge.
    #[expect(clippy::unused_self, reason = "no format of this version is folded")]
    pub(super) fn folds_mm(&self, _side: usize) -> Vec<f64> {
        Vec::new()
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
}
