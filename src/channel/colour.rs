//! Colours of pictures as every screen understands them. The only file that names the library for it.

use image::DynamicImage;
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

/// Bytes that are turned at once: whole pixels of either layout.
const PART: usize = 3 * 4 * 4096;

/// The same picture in sRGB, which is what a picture without a profile is taken for. One whose profile cannot be
/// read stays as it is.
///
/// Telephones take photographs in wider colours; without their profile these would look washed out.
pub(crate) fn in_srgb(picture: DynamicImage, profile: &[u8]) -> DynamicImage {
    let Ok(profile) = ColorProfile::new_from_slice(profile) else {
        return picture;
    };
    if profile.color_space != DataColorSpace::Rgb {
        return picture;
    }
    match picture {
        DynamicImage::ImageRgb8(mut pixels) => {
            turn(&profile, Layout::Rgb, &mut pixels);
            pixels.into()
        }
        DynamicImage::ImageRgba8(mut pixels) => {
            turn(&profile, Layout::Rgba, &mut pixels);
            pixels.into()
        }
        other => other,
    }
}

/// Whole numbers, so that every machine comes to the same.
fn turn(profile: &ColorProfile, layout: Layout, pixels: &mut [u8]) {
    let options = TransformOptions {
        prefer_fixed_point: true,
        ..TransformOptions::default()
    };
    let srgb = ColorProfile::new_srgb();
    let Ok(transform) = profile.create_transform_8bit(layout, &srgb, layout, options) else {
        return;
    };
    let mut before = Vec::with_capacity(PART);
    for part in pixels.chunks_mut(PART) {
        before.clear();
        before.extend_from_slice(part);
        if transform.transform(&before, part).is_err() {
            part.copy_from_slice(&before);
        }
    }
}

#[cfg(test)]
mod tests {
    use image::{Rgb, RgbImage, RgbaImage};

    use super::*;

    #[test]
    fn a_wide_red_is_no_duller_than_it_was() {
        let wide = ColorProfile::new_display_p3().encode().unwrap();
        let picture = RgbImage::from_pixel(50, 3, Rgb([200, 60, 50]));
        let turned = in_srgb(picture.into(), &wide).into_rgb8();
        // By hand: linear P3 through XYZ to linear sRGB.
        let [red, green, blue] = turned.get_pixel(49, 2).0;
        assert!((217..=218).contains(&red) && green == 42 && blue == 39);
        let clear = RgbaImage::from_pixel(2, 2, image::Rgba([200, 60, 50, 9]));
        let turned = in_srgb(clear.into(), &wide).into_rgba8();
        assert_eq!(turned.get_pixel(0, 0).0[3], 9);
    }

    #[test]
    fn what_is_srgb_or_cannot_be_read_stays() {
        let picture = RgbImage::from_fn(256, 2, |x, y| {
            let x = u8::try_from(x).unwrap();
            Rgb([x, 255 - x, u8::try_from(y).unwrap()])
        });
        let same = ColorProfile::new_srgb().encode().unwrap();
        let grey = ColorProfile::new_gray_with_gamma(2.2).encode().unwrap();
        for profile in [same, grey, b"no profile".to_vec(), Vec::new()] {
            let turned = in_srgb(picture.clone().into(), &profile).into_rgb8();
            let far = turned.iter().zip(picture.iter());
            let far = far.map(|(one, next)| one.abs_diff(*next)).max();
            assert!(far <= Some(1), "{far:?}");
        }
    }
}
