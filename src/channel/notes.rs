//! Files of pictures without what a camera or a program noted in them: the place, the day, the owner of the
//! telephone. Who reports something must not be found by a photograph.
//!
//! The pixels stay as they are, and so do colours and which side is up.

use std::borrow::Cow;

/// The same file without notes. What is no JPEG, PNG or WebP, or damaged, stays as it is from there on.
pub(crate) fn without_notes(file: &[u8]) -> Cow<'_, [u8]> {
    if file.starts_with(&[0xff, 0xd8]) {
        jpeg(file).into()
    } else if file.starts_with(PNG) {
        png(file).into()
    } else if file.len() >= 12 && file.starts_with(b"RIFF") && file[8..].starts_with(b"WEBP") {
        webp(file).into()
    } else {
        file.into()
    }
}

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Segments of colours stay, and of `Exif` which side is up.
fn jpeg(file: &[u8]) -> Vec<u8> {
    let mut out = file[..2].to_vec();
    let mut rest = &file[2..];
    while let [0xff, marker, high, low, ..] = *rest {
        let length = 2 + usize::from(u16::from_be_bytes([high, low]));
        // Some telephones put a second picture or a film behind the end.
        if marker == END || length > rest.len() {
            break;
        }
        let (segment, behind) = rest.split_at(length);
        let is_colour = segment[4..].starts_with(b"ICC_PROFILE\0");
        match marker {
            0xe1 => out.extend(exif(&segment[4..])),
            0xe2 if !is_colour => {}
            // Of applications only JFIF and Adobe's say how to read the pixels; the last are remarks.
            0xe3..=0xed | 0xef | 0xfe => {}
            _ => out.extend_from_slice(segment),
        }
        rest = behind;
        if marker == PIXELS {
            let (pixels, behind) = rest.split_at(pixels(rest));
            out.extend_from_slice(pixels);
            rest = behind;
        }
    }
    if rest.starts_with(&[0xff, END]) {
        rest = &rest[..2];
    }
    out.extend_from_slice(rest);
    out
}

const PIXELS: u8 = 0xda;
const END: u8 = 0xd9;

/// How many bytes of pixels there are before the next marker; marks within them are of another sort.
fn pixels(rest: &[u8]) -> usize {
    let marks = rest.windows(2);
    let found = marks
        .into_iter()
        .position(|at| at[0] == 0xff && !matches!(at[1], 0 | 0xd0..=0xd7 | 0xff));
    found.unwrap_or(rest.len())
}

/// A segment that says which side is up and nothing else.
fn exif(segment: &[u8]) -> Vec<u8> {
    let Some(side) = side_up(segment).filter(|side| *side != 1) else {
        return Vec::new();
    };
    let mut out = b"\xff\xe1\0\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    out.extend([side, 0, 0, 0, 0, 0, 0]);
    out
}

/// Which side is up, 1 to 8.
fn side_up(segment: &[u8]) -> Option<u8> {
    let tiff = segment.strip_prefix(b"Exif\0\0")?;
    let big = tiff.starts_with(b"MM");
    let short = |at: usize| {
        let bytes = [*tiff.get(at)?, *tiff.get(at + 1)?];
        Some(if big {
            u16::from_be_bytes(bytes)
        } else {
            u16::from_le_bytes(bytes)
        })
    };
    let long = |at: usize| {
        let (one, next) = (short(at)?, short(at + 2)?);
        let (high, low) = if big { (one, next) } else { (next, one) };
        Some((usize::from(high) << 16) | usize::from(low))
    };
    let first = long(4)?;
    let count = usize::from(short(first)?);
    let entry = |place: usize| first + 2 + 12 * place;
    let found = (0..count).find(|place| short(entry(*place)) == Some(0x0112))?;
    let side = short(entry(found) + 8)?;
    u8::try_from(side)
        .ok()
        .filter(|side| (1..=8).contains(side))
}

/// Chunks without texts, times and `eXIf`.
fn png(file: &[u8]) -> Vec<u8> {
    let mut out = PNG.to_vec();
    let mut rest = &file[PNG.len()..];
    while let Some((length, kind)) = head(rest, u32::from_be_bytes, 0, 4) {
        let length = length.saturating_add(12);
        if length > rest.len() {
            break;
        }
        let (chunk, behind) = rest.split_at(length);
        if !matches!(kind, b"eXIf" | b"tEXt" | b"zTXt" | b"iTXt" | b"tIME") {
            out.extend_from_slice(chunk);
        }
        rest = behind;
        // What stands behind the end is no part of the picture.
        if kind == b"IEND" {
            return out;
        }
    }
    out.extend_from_slice(rest);
    out
}

/// Chunks without `EXIF` and `XMP `; the head no longer says that they are there.
fn webp(file: &[u8]) -> Vec<u8> {
    const NOTED: u8 = 0b0000_1100;
    let mut out = file[..12].to_vec();
    let mut rest = &file[12..];
    while let Some((length, kind)) = head(rest, u32::from_le_bytes, 4, 0) {
        let length = length.saturating_add(8 + length % 2);
        if length > rest.len() {
            break;
        }
        let (chunk, behind) = rest.split_at(length);
        if !matches!(kind, b"EXIF" | b"XMP ") {
            let start = out.len();
            out.extend_from_slice(chunk);
            if kind == b"VP8X"
                && let Some(flags) = out.get_mut(start + 8)
            {
                *flags &= !NOTED;
            }
        }
        rest = behind;
    }
    out.extend_from_slice(rest);
    if let Ok(size) = u32::try_from(out.len() - 8) {
        out[4..8].copy_from_slice(&size.to_le_bytes());
    }
    out
}

/// The length and the kind of a chunk.
fn head(
    rest: &[u8],
    number: fn([u8; 4]) -> u32,
    length: usize,
    kind: usize,
) -> Option<(usize, &[u8])> {
    let kind = rest.get(kind..kind + 4)?;
    let length: [u8; 4] = rest.get(length..length + 4)?.try_into().ok()?;
    Some((usize::try_from(number(length)).ok()?, kind))
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use image::{DynamicImage, ImageFormat, RgbImage};

    use super::*;

    fn made(format: ImageFormat) -> Vec<u8> {
        let picture: DynamicImage = RgbImage::from_fn(9, 4, |x, y| {
            image::Rgb([
                u8::try_from(x * 20).unwrap(),
                u8::try_from(y * 40).unwrap(),
                7,
            ])
        })
        .into();
        let mut out = Cursor::new(Vec::new());
        picture.write_to(&mut out, format).unwrap();
        out.into_inner()
    }

    fn holds(file: &[u8], secret: &[u8]) -> bool {
        file.windows(secret.len()).any(|part| part == secret)
    }

    fn pixels(file: &[u8]) -> RgbImage {
        image::load_from_memory(file).unwrap().into_rgb8()
    }

    /// Notes of which side is up, in either order of bytes, with a secret behind them.
    fn noted(side: u8, big: bool) -> Vec<u8> {
        let mut out = b"Exif\0\0".to_vec();
        let entry: &[u8] = if big {
            &[0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, side, 0, 0, 0, 0, 0, 0]
        } else {
            &[1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, side, 0, 0, 0, 0, 0, 0, 0]
        };
        out.extend_from_slice(if big {
            b"MM\0*\0\0\0\x08"
        } else {
            b"II*\0\x08\0\0\0"
        });
        out.extend_from_slice(entry);
        out.extend_from_slice(b"NHA BA SAU");
        out
    }

    fn with_segments(jpeg: &[u8], segments: &[(u8, &[u8])]) -> Vec<u8> {
        let mut out = jpeg[..2].to_vec();
        for (marker, data) in segments {
            out.extend([0xff, *marker]);
            out.extend(u16::try_from(data.len() + 2).unwrap().to_be_bytes());
            out.extend_from_slice(data);
        }
        out.extend_from_slice(&jpeg[2..]);
        out
    }

    #[test]
    fn a_photograph_keeps_its_pixels_its_colours_and_which_side_is_up() {
        let plain = made(ImageFormat::Jpeg);
        for (side, big) in [(6, true), (8, false), (1, true)] {
            let mut full = with_segments(
                &plain,
                &[
                    (0xe1, &noted(side, big)),
                    (0xe1, b"http://ns.adobe.com/xap/1.0/\0NHA BA SAU"),
                    (0xe2, b"ICC_PROFILE\0\x01\x01colours"),
                    (0xe2, b"MPF\0NHA BA SAU"),
                    (0xed, b"Photoshop 3.0\0NHA BA SAU"),
                    (0xfe, b"NHA BA SAU"),
                ],
            );
            full.extend(with_segments(&plain, &[(0xe1, &noted(side, big))]));
            let stripped = without_notes(&full);
            assert!(!holds(&stripped, b"NHA BA SAU"));
            assert!(holds(&stripped, b"ICC_PROFILE"));
            assert_eq!(pixels(&stripped), pixels(&plain));
            assert_eq!(holds(&stripped, b"Exif"), side != 1);
            if side != 1 {
                let at = stripped
                    .windows(4)
                    .position(|part| part == b"Exif")
                    .unwrap();
                assert_eq!(side_up(&stripped[at..]), Some(side));
            }
            assert_eq!(without_notes(&stripped), stripped);
        }
        assert_eq!(without_notes(&plain), plain);
    }

    #[test]
    fn graphics_keep_their_pixels() {
        let plain = made(ImageFormat::Png);
        let mut full = plain[..33].to_vec();
        full.extend_from_slice(b"\0\0\0\x0atEXtNHA BA SAUcrc.");
        full.extend_from_slice(&plain[33..]);
        full.extend_from_slice(b"NHA BA SAU");
        assert_eq!(without_notes(&full), plain);
        assert_eq!(without_notes(&full[..50])[..33], plain[..33]);

        let plain = made(ImageFormat::WebP);
        let mut full = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\x0c\0\0\0\x08\0\0\x03\0\0".to_vec();
        full.extend_from_slice(&plain[12..]);
        full.extend_from_slice(b"EXIF\x0b\0\0\0NHA BA SAU!\0XMP \x0a\0\0\0NHA BA SAU");
        let stripped = without_notes(&full);
        assert!(!holds(&stripped, b"NHA BA SAU") && stripped[20] == 0);
        assert_eq!(
            stripped[4..8],
            u32::try_from(stripped.len() - 8).unwrap().to_le_bytes()
        );
        assert_eq!(pixels(&stripped), pixels(&plain));
    }

    #[test]
    fn nothing_else_is_touched_and_no_damage_is_fatal() {
        assert_eq!(*without_notes(b"GIF89a..."), *b"GIF89a...");
        for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
            let file = made(format);
            for end in 0..file.len() {
                let _ = without_notes(&file[..end]);
            }
        }
        for end in 0..noted(6, true).len() {
            let _ = side_up(&noted(6, true)[..end]);
        }
    }
}
