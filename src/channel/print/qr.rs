//! The QR code of an address, as a picture.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};

/// The white border that readers need, in modules.
const QUIET: usize = 4;
/// A module smaller than this is lost on an office printer.
const SMALLEST_MODULE_MM: f64 = 0.5;

/// A QR code.
#[derive(Debug)]
pub(super) struct Qr {
    /// The picture, with its quiet zone.
    pub(super) svg: String,
    /// Modules along one side, quiet zone included.
    modules: usize,
}

impl Qr {
    /// The code of an address; `None` when it is too long for one.
    pub(super) fn of(address: &str, level: EcLevel) -> Option<Qr> {
        let code = QrCode::with_error_correction_level(address, level).ok()?;
        let width = code.width();
        let modules = width + 2 * QUIET;
        let mut dark = String::new();
        for (y, row) in code.to_colors().chunks(width).enumerate() {
            let mut x = 0;
            while let Some(start) = (x..width).find(|x| row[*x] == Color::Dark) {
                let end = (start..width)
                    .find(|x| row[*x] == Color::Light)
                    .unwrap_or(width);
                let length = end - start;
                let _ = write!(
                    dark,
                    "M{} {}h{length}v1h-{length}z",
                    start + QUIET,
                    y + QUIET
                );
                x = end;
            }
        }
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{modules}\" height=\"{modules}\" \
             viewBox=\"0 0 {modules} {modules}\"><path fill=\"#fff\" d=\"M0 0h{modules}v{modules}h-{modules}z\"/>\
             <path d=\"{dark}\"/></svg>"
        );
        Some(Qr { svg, modules })
    }

    /// The side on paper: at least `least_mm`, and more when the modules would be too fine.
    #[expect(
        clippy::cast_precision_loss,
        reason = "a QR code has at most 185 modules"
    )]
    pub(super) fn side_mm(&self, least_mm: f64) -> f64 {
        least_mm.max(self.modules as f64 * SMALLEST_MODULE_MM)
    }
}

#[cfg(test)]
mod tests {
    use super::{EcLevel, Qr};

    #[test]
    fn the_border_is_white_and_long_addresses_grow() {
        let short = Qr::of("https://a.vn/b/", EcLevel::M).unwrap();
        assert_eq!(short.modules, 25 + 8);
        assert!(short.svg.contains("d=\"M4 4h7v1h-7z"), "{}", short.svg);
        assert!((short.side_mm(24.0) - 24.0).abs() < f64::EPSILON);
        let long = Qr::of(&format!("https://a.vn/{}/", "x".repeat(200)), EcLevel::M).unwrap();
        assert!(long.side_mm(24.0) > 30.0);
        assert!(Qr::of(&"x".repeat(9_000), EcLevel::M).is_none());
    }
}
