//! Pictures of pixels: read as they are to be looked at, made smaller, written without anything but the pixels.
//! The only file that names the libraries for it.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, ImageResult, Limits};

use super::colour::in_srgb;

/// Larger ones are left alone, in pixels: what a camera makes is smaller, and a machine must hold it whole.
pub(crate) const MOST: u64 = 50_000_000;
/// What reading one may take, in bytes.
const MEMORY: u64 = 512 << 20;
/// Of 100, for photographs.
const QUALITY: u8 = 78;

/// How a file is written in full.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    /// As JPEG: small, not to the last detail.
    Photograph,
    /// As PNG: every pixel, and what is clear.
    Graphic,
}

impl Sort {
    /// By the ending of a file; nothing for what is no picture of pixels, or moves.
    pub(crate) fn of(path: &str) -> Option<Sort> {
        let (_, ending) = path.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "jpg" | "jpeg" => Some(Sort::Photograph),
            "png" | "webp" => Some(Sort::Graphic),
            _ => None,
        }
    }

    /// The media type of such files.
    pub(crate) fn media(self) -> &'static str {
        match self {
            Sort::Photograph => "image/jpeg",
            Sort::Graphic => "image/png",
        }
    }

    /// How names of such files end.
    pub(crate) fn ending(self) -> &'static str {
        match self {
            Sort::Photograph => "jpg",
            Sort::Graphic => "png",
        }
    }
}

/// A picture as it is to be looked at.
pub(crate) fn read(bytes: &[u8]) -> Result<DynamicImage, String> {
    let mut reader = ImageReader::new(Cursor::new(bytes));
    let format = image::guess_format(bytes).map_err(|error| error.to_string())?;
    if !matches!(
        format,
        ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP
    ) {
        return Err(format!("{format:?}"));
    }
    if format == ImageFormat::Jpeg && is_cut_off(bytes) {
        return Err("the end is missing".to_owned());
    }
    reader.set_format(format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let decoder = reader.into_decoder().map_err(|error| error.to_string())?;
    decoded(decoder).map_err(|error| error.to_string())
}

/// The pixels of a file: upright, and in the colours of every screen.
pub(crate) fn decoded(mut decoder: impl ImageDecoder) -> ImageResult<DynamicImage> {
    let turned = decoder.orientation()?;
    let profile = decoder.icc_profile()?;
    let mut picture = DynamicImage::from_decoder(decoder)?;
    picture.apply_orientation(turned);
    let has_alpha = picture.color().has_alpha();
    let picture = if has_alpha {
        picture.into_rgba8().into()
    } else {
        picture.into_rgb8().into()
    };
    Ok(match profile {
        Some(profile) => in_srgb(picture, &profile),
        None => picture,
    })
}

/// Whether a photograph ends before its own end: it would be shown in part, and the rest grey.
fn is_cut_off(jpeg: &[u8]) -> bool {
    const SCAN: [u8; 2] = [0xff, 0xda];
    const END: [u8; 2] = [0xff, 0xd9];
    let scan = jpeg.windows(2).rposition(|at| at == SCAN).unwrap_or(0);
    !jpeg[scan..].windows(2).any(|at| at == END)
}

/// The same in a size, unless that would be larger.
pub(crate) fn resized(picture: &DynamicImage, (width, height): (u32, u32)) -> DynamicImage {
    if picture.width() <= width {
        return picture.clone();
    }
    // Averaging first is quick, and shows no difference where much is thrown away.
    if picture.width() > 3 * width {
        let rough = picture.thumbnail_exact(2 * width, 2 * height);
        return rough.resize_exact(width, height, FilterType::CatmullRom);
    }
    picture.resize_exact(width, height, FilterType::CatmullRom)
}

/// As WebP.
pub(crate) fn webp(picture: &DynamicImage, sort: Sort) -> Option<Vec<u8>> {
    let (width, height) = (picture.width(), picture.height());
    let encoder = match picture {
        DynamicImage::ImageRgba8(pixels) => webp::Encoder::from_rgba(pixels, width, height),
        DynamicImage::ImageRgb8(pixels) => webp::Encoder::from_rgb(pixels, width, height),
        _ => return None,
    };
    let lossless = sort == Sort::Graphic;
    let made = encoder.encode_simple(lossless, QUALITY.into()).ok()?;
    Some(made.to_vec())
}

/// As what every program knows.
pub(crate) fn full(picture: &DynamicImage, sort: Sort) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let made = match sort {
        Sort::Photograph => {
            let encoder = JpegEncoder::new_with_quality(&mut out, QUALITY);
            picture.to_rgb8().write_with_encoder(encoder)
        }
        Sort::Graphic => picture.write_with_encoder(PngEncoder::new(&mut out)),
    };
    made.ok().map(|()| out)
}

/// The size of a picture in another width.
pub(crate) fn scaled((width, height): (u32, u32), to: u32) -> (u32, u32) {
    let tall = u64::from(height) * u64::from(to) / u64::from(width.max(1));
    (to, u32::try_from(tall).unwrap_or(u32::MAX).max(1))
}

/// Whether a picture has too many pixels to be opened.
pub(crate) fn is_too_large((width, height): (u32, u32)) -> bool {
    u64::from(width) * u64::from(height) > MOST
}
