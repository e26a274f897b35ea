//! Printers: where sheets are printed, and what they want of a file.

/// A printer, or a print shop.
#[derive(Debug, Clone, PartialEq)]
pub struct Printer {
    /// Its name in `loa.yaml`.
    pub name: String,
    /// Ink beyond the cut edge, in millimetres.
    pub bleed_mm: f64,
    /// Whether the sheet shows where to cut.
    pub crop_marks: bool,
    /// Whether the sheet shows where to fold.
    pub fold_marks: bool,
    /// With what is printed.
    pub ink: Ink,
    /// Whether what differs between communes comes as a black sheet of its own.
    pub layers: bool,
    /// The paper on which small sheets are put side by side.
    pub gang: Option<Paper>,
}

/// With what is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// All colours as they were designed.
    Full,
    /// Large dark areas are light ones.
    Saving,
    /// The same in black only.
    Black,
}

/// A paper to print on, in millimetres, upright.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Paper {
    /// Its word.
    pub name: &'static str,
    /// Width.
    pub width_mm: f64,
    /// Height.
    pub height_mm: f64,
}

impl Printer {
    /// The name of the printer of an edition that names none.
    pub const OFFICE: &'static str = "office";

    /// A printer as every office has one: both sides, no ink near the edge, dear toner.
    #[must_use]
    pub fn office() -> Printer {
        Printer {
            ink: Ink::Saving,
            ..Printer::named(Printer::OFFICE)
        }
    }

    /// A printer of which nothing else is known.
    #[must_use]
    pub fn named(name: &str) -> Printer {
        Printer {
            name: name.to_owned(),
            bleed_mm: 0.0,
            crop_marks: false,
            fold_marks: false,
            ink: Ink::Full,
            layers: false,
            gang: None,
        }
    }
}

impl Ink {
    /// The words of `loa.yaml`.
    pub const NAMES: [&'static str; 3] = ["full", "saving", "black"];

    /// The ink of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Ink> {
        match word {
            "full" => Some(Ink::Full),
            "saving" => Some(Ink::Saving),
            "black" => Some(Ink::Black),
            _ => None,
        }
    }
}

impl Paper {
    /// Every paper.
    pub const ALL: [Paper; 3] = [
        Paper::new("a4", 210.0, 297.0),
        Paper::new("a3", 297.0, 420.0),
        Paper::new("sra3", 320.0, 450.0),
    ];

    /// The words of `loa.yaml`.
    pub const NAMES: [&'static str; 3] = ["a4", "a3", "sra3"];

    const fn new(name: &'static str, width_mm: f64, height_mm: f64) -> Paper {
        Paper {
            name,
            width_mm,
            height_mm,
        }
    }

    /// The paper of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Paper> {
        Paper::ALL.into_iter().find(|paper| paper.name == word)
    }
}
