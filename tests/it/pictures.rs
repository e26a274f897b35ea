//! Pictures of articles: in the widths that readers need, turned as the camera noted, without its notes; and
//! what becomes of files that nobody can read.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage, RgbaImage};
use jiff::civil::date;
use loa::diag::{Catalogue, Language, human};
use loa::load::{Tree, TreeFile};
use loa::pipeline::{Built, build};

const SETTINGS: &str = "title: Thử
editions:
  bao: {channel: web, theme: newspaper, search: false, minify: false, base_url: \"https://bao.example/xa/\"}
";

fn site(body: &str, files: Vec<(&str, Vec<u8>)>) -> Built {
    let page = format!("---\ntitle: A\nsummary: B.\ndate: 2026-08-19\n{body}");
    let mut tree = Tree::of(&[("loa.yaml", SETTINGS), ("content/a.md", &page)]);
    for (path, bytes) in files {
        tree.files.push(TreeFile::new(path.to_owned(), bytes));
    }
    tree.files.sort_by(|one, next| one.path.cmp(&next.path));
    build(&tree, date(2026, 8, 19))
}

fn paths(built: &Built) -> Vec<&str> {
    let files = built.plan.editions[0].files.keys();
    let files = files.map(String::as_str);
    files.filter(|path| path.starts_with("hinh")).collect()
}

fn bytes<'a>(built: &'a Built, path: &str) -> &'a [u8] {
    &built.plan.editions[0].files[path].bytes
}

fn page(built: &Built) -> String {
    String::from_utf8(bytes(built, "a/index.html").to_vec()).unwrap()
}

fn said(built: &Built) -> String {
    let catalogue = Catalogue::new(Language::English);
    let lines = built.diags.iter();
    lines
        .map(|diag| human(diag, &built.sources, &catalogue))
        .collect()
}

fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    picture.write_to(&mut out, format).unwrap();
    out.into_inner()
}

/// A photograph as a camera keeps it: red on the left, blue on the right.
fn photograph(width: u32, height: u32) -> Vec<u8> {
    let pixel = |x: u32, y: u32| {
        let noise = u8::try_from((x * 7 + y * 13) % 40).unwrap();
        if x < width / 2 {
            Rgb([200 + noise, noise, noise])
        } else {
            Rgb([noise, noise, 200 + noise])
        }
    };
    encoded(
        &RgbImage::from_fn(width, height, pixel).into(),
        ImageFormat::Jpeg,
    )
}

/// The same with what a camera notes: that it was held on its side, and a secret.
fn with_notes(jpeg: &[u8]) -> Vec<u8> {
    let mut notes =
        b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0".to_vec();
    notes.extend(b"O NHA BA SAU");
    let mut out = jpeg[..2].to_vec();
    out.extend([0xff, 0xe1]);
    out.extend(u16::try_from(notes.len() + 2).unwrap().to_be_bytes());
    out.extend(notes);
    out.extend(&jpeg[2..]);
    out
}

fn size_of(bytes: &[u8]) -> (u32, u32) {
    let picture = image::load_from_memory(bytes).unwrap();
    (picture.width(), picture.height())
}

#[test]
fn a_photograph_is_turned_made_smaller_and_says_nothing_else() {
    let photograph = with_notes(&photograph(1_800, 900));
    let built = site(
        "---\n![Ảnh](hinh.jpg \"Ở chợ\")\n",
        vec![("content/hinh.jpg", photograph)],
    );
    assert_eq!(said(&built), "");
    let paths = paths(&built);
    let widths: Vec<&str> = paths
        .iter()
        .map(|path| path.split('.').nth(1).unwrap())
        .collect();
    assert_eq!(widths, ["400", "900", "900"], "{paths:?}");
    for path in &paths {
        let bytes = bytes(&built, path);
        let width: u32 = path.split('.').nth(1).unwrap().parse().unwrap();
        assert_eq!(size_of(bytes), (width, width * 2), "{path}");
        let secret = bytes.windows(11).any(|part| part == b"O NHA BA SA");
        assert!(
            !secret && !bytes.windows(4).any(|part| part == b"Exif"),
            "{path}"
        );
        // What was on the left is now above.
        let picture = image::load_from_memory(bytes).unwrap().into_rgb8();
        let (above, below) = (
            picture.get_pixel(200, 100),
            picture.get_pixel(200, width * 2 - 100),
        );
        assert!(
            above[0] > 150 && below[2] > 150,
            "{path}: {above:?} {below:?}"
        );
    }
    let page = page(&built);
    assert!(
        page.contains(" width=\"900\" height=\"1800\" loading=\"lazy\""),
        "{page}"
    );
    assert!(
        page.contains("/xa/hinh.400.") && page.contains(".webp 400w, /xa/hinh.900."),
        "{page}"
    );
    assert!(page.contains("<figcaption>Ở chợ</figcaption>"));
}

#[test]
fn a_source_that_is_linked_says_nothing_else_either() {
    let photograph = with_notes(&photograph(300, 200));
    let built = site(
        "---\n[tệp](hinh.jpg)\n",
        vec![("content/hinh.jpg", photograph)],
    );
    assert_eq!(said(&built), "");
    let source = bytes(&built, "hinh.jpg");
    assert!(!source.windows(11).any(|part| part == b"O NHA BA SA"));
    // Still lying on its side, and still noted.
    assert_eq!(size_of(source), (300, 200));
    assert!(source.windows(4).any(|part| part == b"Exif"));
}

#[test]
fn colours_of_a_telephone_do_not_look_washed_out() {
    let mut photograph = Vec::new();
    let mut encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut photograph, 95);
    let wide = moxcms::ColorProfile::new_display_p3().encode().unwrap();
    image::ImageEncoder::set_icc_profile(&mut encoder, wide).unwrap();
    let flag = RgbImage::from_pixel(900, 600, Rgb([200, 60, 50]));
    flag.write_with_encoder(encoder).unwrap();
    let built = site(
        "---\n![Cờ](hinh.jpg)\n",
        vec![("content/hinh.jpg", photograph)],
    );
    assert_eq!(said(&built), "");
    for path in paths(&built) {
        let picture = image::load_from_memory(bytes(&built, path))
            .unwrap()
            .into_rgb8();
        let far = [218, 42, 39].iter().zip(picture.get_pixel(200, 200).0);
        let far = far.map(|(wanted, is): (&u8, u8)| wanted.abs_diff(is)).max();
        assert!(far <= Some(6), "{path}: {:?}", picture.get_pixel(200, 200));
    }
}

#[test]
fn small_pictures_are_never_enlarged_and_keep_what_is_clear() {
    let drawing = RgbaImage::from_fn(90, 60, |x, _| {
        image::Rgba([0, 0, 0, if x < 45 { 0 } else { 255 }])
    });
    let bytes_of = encoded(&drawing.into(), ImageFormat::Png);
    let built = site(
        "image: {src: hinh.png, alt: Cờ}\n---\n![Cờ](hinh.png), [tệp](hinh.png).\n",
        vec![("content/hinh.png", bytes_of.clone())],
    );
    assert_eq!(said(&built), "");
    let paths = paths(&built);
    assert_eq!(
        paths.len(),
        3,
        "one of each sort, and the file that is linked: {paths:?}"
    );
    for path in &paths {
        let picture = image::load_from_memory(bytes(&built, path))
            .unwrap()
            .into_rgba8();
        assert_eq!((picture.width(), picture.height()), (90, 60), "{path}");
        assert_eq!(picture.get_pixel(10, 30)[3], 0, "{path}");
    }
    assert_eq!(bytes(&built, "hinh.png"), bytes_of);
    let page = page(&built);
    let shown = page.matches("<source type=\"image/webp\"").count();
    assert_eq!(
        shown, 2,
        "in the head of the article and in its text: {page}"
    );
    assert!(page.contains("<meta property=\"og:image\" content=\"https://bao.example/xa/hinh.90."));
    assert!(
        page.contains("\"image\":\"https://bao.example/xa/hinh.90."),
        "{page}"
    );
}

#[test]
fn a_wide_photograph_comes_in_all_widths_and_the_plain_one_is_of_middle_size() {
    let built = site(
        "---\n![Ảnh](hinh.jpeg)\n",
        vec![("content/hinh.jpeg", photograph(2_400, 300))],
    );
    let widths: Vec<&str> = paths(&built)
        .iter()
        .map(|path| path.split('.').nth(1).unwrap())
        .collect();
    assert_eq!(widths, ["1200", "1200", "1600", "400", "800"]);
    assert!(page(&built).contains(" width=\"1200\" height=\"150\""));
}

#[test]
fn a_damaged_picture_is_told_where_it_is_shown_and_handed_on() {
    let mut damaged = photograph(900, 600);
    damaged.truncate(700);
    let built = site(
        "---\nChữ.\n\n![Ảnh](hinh.jpg)\n",
        vec![("content/hinh.jpg", damaged.clone())],
    );
    let said = said(&built);
    assert!(
        said.starts_with("content/a.md:8:1: warning[picture-unreadable]"),
        "{said}"
    );
    assert!(!paths(&built).is_empty());
    for path in paths(&built) {
        assert_eq!(bytes(&built, path), damaged, "{path}");
    }
}

#[test]
fn a_picture_that_is_too_large_is_not_opened() {
    // Only the head of a file; whoever opened it would fail.
    let mut head = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    head.extend([
        0, 0, 0x2e, 0xe0, 0, 0, 0x23, 0x28, 8, 2, 0, 0, 0, 0, 0, 0, 0,
    ]);
    let built = site("---\n![Ảnh](hinh.png)\n", vec![("content/hinh.png", head)]);
    let said = said(&built);
    assert!(
        said.starts_with("content/a.md:6:1: warning[picture-too-large]"),
        "{said}"
    );
    assert_eq!(paths(&built), ["hinh.png"]);
    assert!(
        page(&built)
            .contains("<img src=\"/xa/hinh.png\" alt=\"Ảnh\" width=\"12000\" height=\"9000\"")
    );
}

#[test]
fn drawings_stay_as_they_are_unless_they_could_run_something() {
    let svg = |inner: &str| {
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 3\">{inner}</svg>")
            .into_bytes()
    };
    let found = |inner: &str| {
        let built = site(
            "---\n![Cờ](hinh.svg)\n",
            vec![("content/hinh.svg", svg(inner))],
        );
        assert_eq!(paths(&built), ["hinh.svg"]);
        said(&built)
    };
    assert_eq!(
        found("<title>con đường = one</title><path d=\"M0\" font=\"x\"/>"),
        ""
    );
    for bad in [
        "<ScRipt>a()</sCript>",
        "<g\nonclick = 'a()'/>",
        "<a href=\"JavaScript:a()\"/>",
        "<foreignObject/>",
    ] {
        assert!(
            found(bad).starts_with("content/hinh.svg:1:1: error[unsafe-drawing]"),
            "{bad}"
        );
    }
}
