//! What printers get, read back from laid-out pages and from files.

use std::collections::{BTreeMap, BTreeSet};

use typst::layout::{FrameItem, Transform};
use typst::visualize::Paint;
use typst_layout::{Page, PagedDocument};

use super::frames::mapped;
use super::{Shop, common, overlay};
use crate::channel::print::format::Format;
use crate::channel::print::outputs;
use crate::channel::print::testing::{self, page, parse};
use crate::channel::typeset::{Plate, Press, set};
use crate::diag::Diagnostic;
use crate::load::Parsed;
use crate::model::{Artifact, Ink, Printer};

/// A sheet of A5 with these words on a dark bar, below it other words and a frame.
fn sheet(bar: &str, below: &str) -> PagedDocument {
    let theme = testing::theme();
    let template = "#let sheet(bar, below) = {
  set page(width: 148mm, height: 210mm, margin: 10mm)
  set text(font: \"Be Vietnam Pro\")
  block(width: 100%, height: 20mm, fill: rgb(\"#a3161f\"), text(fill: white, bar))
  block(width: 100%, height: 50mm, stroke: (left: 5pt + rgb(\"#a3161f\")), text(fill: rgb(\"#a3161f\"), below))
}";
    let press = Press::new(
        &BTreeMap::from([("sheet.typ".to_owned(), template.to_owned())]),
        &theme.fonts,
        &[],
    );
    let main = format!("#import \"/sheet.typ\": sheet\n#sheet(\"{bar}\", \"{below}\")");
    set(&press, &Plate::new(String::new()), main).unwrap()
}

fn shop(printer: &Printer) -> Shop<'_> {
    Shop {
        printer,
        format: Format::named("a5").unwrap(),
    }
}

/// The words on a page with their colours, and the colours of areas.
fn seen(page: &Page) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    let hex = |paint: &Paint| match paint {
        Paint::Solid(color) => color.to_hex().to_string(),
        _ => "no colour".to_owned(),
    };
    mapped(&page.frame, Transform::identity(), &mut |_, item| {
        match item {
            FrameItem::Text(text) => {
                out.insert(format!("{} {}", text.text, hex(&text.fill)));
            }
            FrameItem::Shape(shape, _) => {
                out.extend(
                    shape
                        .fill
                        .as_ref()
                        .map(|fill| format!("area {}", hex(fill))),
                );
            }
            _ => {}
        }
        None
    });
    out
}

fn of(words: &[&str]) -> BTreeSet<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

#[test]
fn saving_lightens_large_dark_areas_and_keeps_what_stands_on_them() {
    let document = sheet("Gọi", "113");
    let with = |ink| {
        let printer = Printer {
            ink,
            ..Printer::named("thử")
        };
        seen(&shop(&printer).inked(&document).pages()[0])
    };
    let full = with(Ink::Full);
    assert!(
        full.is_superset(&of(&["Gọi #ffffff", "113 #a3161f", "area #a3161f"])),
        "{full:?}"
    );
    let saving = with(Ink::Saving);
    // The mark on the left is dark, but not large.
    let expected = of(&["Gọi #000000", "113 #a3161f", "area #a3161f", "area #f4e3e4"]);
    assert!(
        saving == expected || saving == &expected - &of(&["area #a3161f"]),
        "{saving:?}"
    );
    let black = with(Ink::Black);
    assert!(
        black.is_superset(&of(&["Gọi #000000", "113 #000000"])),
        "{black:?}"
    );
    let grey = |word: &String| {
        word.strip_prefix("area #")
            .is_none_or(|hex| hex[..2] == hex[2..4] && hex[2..4] == hex[4..])
    };
    assert!(black.iter().all(grey), "{black:?}");
}

#[test]
fn two_plates_are_the_whole_sheet_and_what_differs_is_black() {
    let sheets = [
        sheet("Chung", "113"),
        sheet("Chung", "0273 3 872 222"),
        sheet("Chung", "114"),
    ];
    let printer = Printer {
        layers: true,
        ..Printer::named("thử")
    };
    let inked: Vec<PagedDocument> = sheets.iter().map(|one| shop(&printer).inked(one)).collect();
    let same = common(&inked);
    let colour = seen(&overlay(&inked[0], &same, false).pages()[0]);
    assert!(
        colour.contains("Chung #000000") && !colour.iter().any(|word| word.starts_with("11")),
        "{colour:?}"
    );
    for (sheet, number) in inked.iter().zip(["113", "0273 3 872 222", "114"]) {
        let own = seen(&overlay(sheet, &same, true).pages()[0]);
        assert_eq!(own, of(&[&format!("{number} #000000")]));
        let without_colour = |all: &BTreeSet<String>| -> BTreeSet<String> {
            all.iter()
                .map(|word| word.rsplit_once(' ').unwrap().0.to_owned())
                .collect()
        };
        let whole = without_colour(&seen(&sheet.pages()[0]));
        assert_eq!(&without_colour(&colour) | &without_colour(&own), whole);
    }
    let alone = common(&inked[..1]);
    assert!(seen(&overlay(&inked[0], &alone, true).pages()[0]).is_empty());
}

/// The four numbers of the first box of a name, in millimetres.
fn box_mm(pdf: &[u8], name: &str) -> Vec<f64> {
    let text = String::from_utf8_lossy(pdf);
    let at = text
        .find(name)
        .unwrap_or_else(|| panic!("{name} is missing"));
    let rest = text[at + name.len()..].split_once('[').unwrap().1;
    let numbers = rest.split_once(']').unwrap().0.split_whitespace();
    numbers
        .map(|number| number.parse::<f64>().unwrap() / 72.0 * 25.4)
        .map(|mm| (mm * 100.0).round() / 100.0)
        .collect()
}

/// The files of a site with one guidance page, printed by a printer with these settings.
fn printed(settings: &str) -> (Parsed, Vec<Artifact>) {
    let page = page("Gọi [[cong-an-xa]].\n");
    let config = format!(
        "title: Thử\ncommunes: all\nprinters: {{shop: {settings}}}\n\
         editions: {{to-roi: {{channel: print, theme: leaflet, printer: shop}}}}\n"
    );
    let parsed = testing::parse_with(&config, &[("content/goi-ai.md", &page)]);
    assert!(
        !parsed.diags.iter().any(Diagnostic::is_error),
        "{:?}",
        parsed.diags
    );
    let done = testing::all(&parsed, &|_| None);
    assert!(done.diags.is_empty(), "{:?}", done.diags);
    (parsed, done.value)
}

fn bytes<'a>(files: &'a [Artifact], path: &str) -> &'a [u8] {
    let found = files.iter().find(|one| one.path == path);
    &found.unwrap_or_else(|| panic!("{path} is missing")).bytes
}

#[test]
fn a_shop_gets_trim_and_bleed() {
    let (_, files) = printed("{bleed: 3mm, marks: [crop, fold]}");
    let pdf = bytes(&files, "my-tho/goi-ai-a5.pdf");
    assert_eq!(box_mm(pdf, "/MediaBox"), [0.0, 0.0, 164.0, 226.0]);
    assert_eq!(box_mm(pdf, "/TrimBox"), [8.0, 8.0, 156.0, 218.0]);
    assert_eq!(box_mm(pdf, "/BleedBox"), [5.0, 5.0, 159.0, 221.0]);
    let (_, files) = printed("{bleed: 1.5mm}");
    let pdf = bytes(&files, "my-tho/goi-ai-a5.pdf");
    assert_eq!(box_mm(pdf, "/MediaBox"), [0.0, 0.0, 151.0, 213.0]);
    assert_eq!(box_mm(pdf, "/TrimBox"), [1.5, 1.5, 149.5, 211.5]);
    assert_eq!(box_mm(pdf, "/BleedBox"), [0.0, 0.0, 151.0, 213.0]);
}

#[test]
fn plates_and_several_on_one_paper_are_files_besides_that_are_foretold() {
    let (parsed, files) = printed("{variants: layers, gang: a4}");
    let paths = files.iter().map(|one| one.path.as_str());
    let paths: Vec<&str> = paths.filter(|path| path.ends_with(".pdf")).collect();
    assert_eq!(
        paths,
        [
            "cai-be/goi-ai-a5-2up.pdf",
            "cai-be/goi-ai-a5-overlay.pdf",
            "cai-be/goi-ai-a5.pdf",
            "my-tho/goi-ai-a5-2up.pdf",
            "my-tho/goi-ai-a5-overlay.pdf",
            "my-tho/goi-ai-a5.pdf",
            "plates/goi-ai-a5-common.pdf",
        ]
    );
    let site = &parsed.site;
    let foretold = outputs(site, &site.config.editions[0], &site.pages[0]);
    let chosen = site.chosen_communes();
    let all = chosen.iter().flat_map(|id| {
        let paths = foretold.iter().map(|one| one.path(site, Some(*id)));
        paths.collect::<Vec<_>>()
    });
    assert_eq!(all.collect::<BTreeSet<String>>(), of(&paths));
    let two = bytes(&files, "cai-be/goi-ai-a5-2up.pdf");
    assert_eq!(box_mm(two, "/MediaBox"), [0.0, 0.0, 297.0, 210.0]);
    assert!(!String::from_utf8_lossy(two).contains("/TrimBox"));
    let parsed = parse("channel: print, theme: leaflet", &[]);
    let config = &parsed.site.config;
    assert_eq!(config.printer(&config.editions[0]), Printer::office());
}
