//! Pictures, made as small as paper can show: a photograph of a telephone would weigh more than all leaflets.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageReader};

use super::format::Format;
use crate::channel::notes::without_notes;
use crate::channel::raster;
use crate::model::{Asset, Bytes};

/// What a printer can show of a photograph.
const DOTS_PER_MM: f64 = 7.0;
/// No picture is larger on any side.
const MOST_PIXELS: u32 = 1_400;
/// What weighs less than this and is no larger is left alone.
const LIGHT: usize = 60_000;
/// Larger ones would take more memory than a build should: 24 megapixels are what good cameras give.
const MOST_MEGAPIXELS: u64 = 40;
const JPEG_QUALITY: u8 = 78;

/// Why a picture cannot be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refused {
    /// It has so many pixels.
    TooLarge(u32, u32),
    /// It is damaged, or no picture at all.
    Unreadable,
}

/// The picture for a format.
pub(super) fn prepared(asset: &Asset, format: &Format) -> Result<Bytes, Refused> {
    if asset.path.to_ascii_lowercase().ends_with(".svg") {
        return Ok(asset.bytes());
    }
    let (width, height) = asset.size.ok_or(Refused::Unreadable)?;
    if u64::from(width) * u64::from(height) > MOST_MEGAPIXELS * 1_000_000 {
        return Err(Refused::TooLarge(width, height));
    }
    let bytes = asset.bytes();
    let picture = decoded(&bytes).ok_or(Refused::Unreadable)?;
    let most = most_pixels(format);
    if width.max(height) <= most && bytes.len() <= LIGHT {
        return Ok(without_notes(&bytes).into_owned().into());
    }
    let picture = if picture.width().max(picture.height()) > most {
        picture.resize(most, most, FilterType::Triangle)
    } else {
        picture
    };
    encoded(&picture).map(Into::into).ok_or(Refused::Unreadable)
}

/// The longest side that is worth its weight on a format.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "paper is some hundred millimetres wide"
)]
fn most_pixels(format: &Format) -> u32 {
    let panels = format.sides.iter().flat_map(|side| side.iter());
    let narrowest = panels.map(|panel| panel.width_mm).fold(f64::MAX, f64::min);
    let text_mm = (narrowest - 2.0 * format.side_mm).max(1.0);
    ((text_mm * DOTS_PER_MM) as u32).min(MOST_PIXELS)
}

/// The upright picture, in colours that need no profile.
fn decoded(bytes: &[u8]) -> Option<DynamicImage> {
    let reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .ok()?;
    raster::decoded(reader.into_decoder().ok()?).ok()
}

/// Photographs as JPEG; what shows the paper through as PNG.
fn encoded(picture: &DynamicImage) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let is_open =
        picture.color().has_alpha() && picture.to_rgba8().pixels().any(|pixel| pixel.0[3] < 255);
    if is_open {
        let mut to = Cursor::new(&mut out);
        picture.write_to(&mut to, image::ImageFormat::Png).ok()?;
    } else {
        let encoder = JpegEncoder::new_with_quality(&mut out, JPEG_QUALITY);
        picture.to_rgb8().write_with_encoder(encoder).ok()?;
    }
    Some(out)
}
