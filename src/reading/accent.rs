//! The three accents a script is written for: only the wording of numbers differs.

/// The accent whose number words a script uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Accent {
    /// linh, nghìn
    North,
    /// lẻ, nghìn
    Central,
    /// lẻ, ngàn
    #[default]
    South,
}

impl Accent {
    /// The accent of a setting's name: `north`, `central` or `south`.
    #[must_use]
    pub fn parse(name: &str) -> Option<Accent> {
        match name {
            "north" => Some(Accent::North),
            "central" => Some(Accent::Central),
            "south" => Some(Accent::South),
            _ => None,
        }
    }

    /// The word for an empty ten: "một trăm linh hai".
    pub(super) fn odd(self) -> &'static str {
        match self {
            Accent::North => "linh",
            Accent::Central | Accent::South => "lẻ",
        }
    }

    /// The word for a thousand.
    pub(super) fn thousand(self) -> &'static str {
        match self {
            Accent::North | Accent::Central => "nghìn",
            Accent::South => "ngàn",
        }
    }
}
