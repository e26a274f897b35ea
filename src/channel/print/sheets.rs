//! What every sheet must be, measured on the pages that the typesetter gives, format by format.

use typst::layout::{Abs, Frame, FrameItem, Point};
use typst::text::TextItem;

use super::format::{FORMATS, Format};
use super::testing::{address, all, documents, page, parse};

const ALL: &str =
    "channel: print, theme: leaflet, formats: [a5, a4, a5-large, a4-large, fold3, poster, card]";

/// An article with something of most kinds, one that is nearly empty, and one that fills its sheets.
fn articles() -> Vec<(String, String)> {
    let some = "::: contacts cong-an-xa 113\n:::\n\n## Gọi ai\n\n- Cháy: gọi [[113]].\n- Việc khác: báo [[cong-an-xa]].\n\n\
        ## Nói gì\n\n1. Ở đâu.\n2. Chuyện gì.\n3. Ai làm.\n\n> [!WARNING]\n> Đừng đuổi theo.\n\n\
        | Việc | Nơi |\n|---|---|\n| Mất giấy tờ | Công an xã |\n\n::: only flap\n## Nhớ\n\nBa điều.\n:::\n";
    let full = format!(
        "{some}\n{}",
        "Bà con thấy việc lạ thì báo ngay, đừng chờ tới sáng hôm sau.\n\n".repeat(7)
    );
    [
        ("it", "Gọi [[113]] ngay.\n"),
        ("co", some),
        ("day", full.as_str()),
    ]
    .map(|(name, body)| (format!("content/{name}.md"), page(body)))
    .into()
}

/// Each text with the place of its base line, worked out apart from [`super::bounds`].
fn texts<'a>(frame: &'a Frame, at: Point, out: &mut Vec<(Point, &'a TextItem)>) {
    for (offset, item) in frame.items() {
        match item {
            FrameItem::Text(text) => out.push((at + *offset, text)),
            // The stamp of a draft, across the whole sheet.
            FrameItem::Group(group) if !group.transform.kx.is_zero() => {}
            FrameItem::Group(group) => {
                assert!(group.transform.sx.is_one() && group.transform.kx.is_zero());
                let moved = Point::new(group.transform.tx, group.transform.ty);
                texts(&group.frame, at + *offset + moved, out);
            }
            _ => {}
        }
    }
}

fn is_number(text: &TextItem) -> bool {
    let letters = text.text.chars().filter(|letter| !letter.is_whitespace());
    letters.clone().count() >= 3 && letters.clone().all(|letter| letter.is_ascii_digit())
}

/// The ink of every text lies inside one panel, clear of edges and folds; nothing is smaller than the format allows.
fn check(format: &Format, side: usize, found: &[(Point, &TextItem)]) {
    let margin = Abs::mm(3.0);
    for (at, text) in found {
        let ink = text.bbox();
        if !ink.min.x.to_raw().is_finite() {
            continue;
        }
        let (a, b) = (*at + ink.min, *at + ink.max);
        let (from, to) = (a.min(b), a.max(b));
        let said = &text.text;
        assert!(
            from.y >= margin && to.y <= Abs::mm(format.height_mm) - margin,
            "{}: `{said}` from {from:?} to {to:?}",
            format.name
        );
        let inside = format.sides[side].iter().any(|panel| {
            from.x >= Abs::mm(panel.x_mm) + margin
                && to.x <= Abs::mm(panel.x_mm + panel.width_mm) - margin
        });
        assert!(inside, "{}: `{said}` from {from:?} to {to:?}", format.name);
        let smallest = Abs::pt(format.smallest_pt * 0.7);
        assert!(
            text.size >= smallest,
            "{}: `{said}` in {:?}",
            format.name,
            text.size
        );
        for letter in &text.glyphs {
            assert_ne!(letter.id, 0, "{}: `{said}`", format.name);
        }
    }
    for (place, (at, upper)) in found.iter().enumerate() {
        for (other, lower) in &found[place + 1..] {
            // The inner part of the letters, from the base line to the height of small ones.
            let apart = (at.y - other.y).abs();
            let wide = (at.x + upper.width()).min(other.x + lower.width()) - at.x.max(other.x);
            let least = upper.size.min(lower.size) * 0.5;
            assert!(
                wide <= Abs::pt(0.5) || apart >= least,
                "{}: `{}` stands over `{}`",
                format.name,
                upper.text,
                lower.text
            );
        }
    }
}

#[test]
fn nothing_is_cut_and_nothing_stands_over_something_else() {
    let articles = articles();
    let files: Vec<(&str, &str)> = articles
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    let parsed = parse(ALL, &files);
    assert!(parsed.diags.is_empty(), "{:?}", parsed.diags);
    let documents = documents(&parsed);
    assert_eq!(documents.len(), articles.len() * FORMATS.len());
    for (format, _, document) in &documents {
        assert!(document.pages().len() <= format.sides.len());
        let mut largest = Abs::zero();
        for (side, page) in document.pages().iter().enumerate() {
            assert!((page.frame.width() - Abs::mm(format.width_mm)).abs() < Abs::pt(0.01));
            assert!((page.frame.height() - Abs::mm(format.height_mm)).abs() < Abs::pt(0.01));
            let mut found = Vec::new();
            texts(&page.frame, Point::zero(), &mut found);
            assert!(!found.is_empty(), "{} side {side}", format.name);
            check(format, side, &found);
            let numbers = found.iter().filter(|(_, text)| is_number(text));
            largest = numbers.map(|(_, text)| text.size).fold(largest, Abs::max);
        }
        assert!(
            largest >= Abs::pt(format.numbers_pt[0]),
            "{}: {largest:?}",
            format.name
        );
    }
}

/// The words on each panel of a side, from left to right.
fn words(format: &Format, side: usize, frame: &Frame) -> Vec<String> {
    let mut found = Vec::new();
    texts(frame, Point::zero(), &mut found);
    let on = |panel: &super::format::Panel| {
        let (from, to) = (Abs::mm(panel.x_mm), Abs::mm(panel.x_mm + panel.width_mm));
        let here = found.iter().filter(|(at, _)| at.x >= from && at.x < to);
        here.map(|(_, text)| text.text.as_str())
            .collect::<Vec<_>>()
            .join(" ")
    };
    format.sides[side].iter().map(on).collect()
}

#[test]
fn an_article_fills_cover_flap_and_back_of_a_folded_sheet() {
    let body = page(
        "Bên trong.\n\n::: only cover\nTrên bìa.\n:::\n\n::: only flap\nTrên mép gấp.\n:::\n\n::: only back\nMặt lưng, gọi [[cong-an-xa]].\n:::\n",
    );
    let edition = "channel: print, theme: leaflet, formats: [a5, fold3]";
    let parsed = parse(edition, &[("content/goi-ai.md", &body)]);
    assert!(parsed.diags.is_empty(), "{:?}", parsed.diags);
    let documents = documents(&parsed);
    let (a5, fold3) = (&documents[0], &documents[1]);
    let pages = fold3.2.pages();
    assert_eq!(pages.len(), 2);
    let outside = words(fold3.0, 0, &pages[0].frame);
    assert!(
        outside[0].contains("Trên mép gấp.") && !outside[0].contains("người nhà"),
        "{outside:?}"
    );
    assert!(
        outside[1].contains("Mặt lưng, gọi") && outside[1].contains("loa.example/"),
        "{outside:?}"
    );
    assert!(
        outside[2].contains("Gọi ai") && outside[2].contains("Trên bìa."),
        "{outside:?}"
    );
    assert!(!outside[2].contains("Gọi đúng nơi."), "{outside:?}");
    assert!(words(fold3.0, 1, &pages[1].frame)[0].contains("Bên trong."));
    let whole = words(a5.0, 0, &a5.2.pages()[0].frame).concat();
    assert!(
        whole.contains("Bên trong.") && !whole.contains("Trên bìa."),
        "{whole}"
    );
}

#[test]
fn a_poster_keeps_what_is_read_in_passing_and_a_card_the_numbers() {
    let body = "Một đoạn dài.\n\n## Gọi ai\n\n- Gạch đầu dòng, gọi [[cong-an-xa]].\n\n## Nói gì\n\n1. Ở đâu.\n\n> [!WARNING]\n> Đừng đuổi theo.\n";
    let told =
        format!("{body}\n::: only poster card\nChỉ câu này.\n\n::: contacts 113\n:::\n:::\n");
    let (free, told) = (page(body), page(&told));
    let edition = "channel: print, theme: leaflet, formats: [poster, card]";
    let parsed = parse(edition, &[("content/a.md", &free), ("content/b.md", &told)]);
    assert!(parsed.diags.is_empty(), "{:?}", parsed.diags);
    let said: Vec<String> = documents(&parsed)
        .iter()
        .map(|(format, _, document)| {
            let sides = document.pages().iter().enumerate();
            let sides = sides.flat_map(|(side, page)| words(format, side, &page.frame));
            sides.collect::<Vec<_>>().join(" ")
        })
        .collect();
    let [poster, card, told_poster, told_card] = said.as_slice() else {
        panic!("{said:?}");
    };
    let has = |text: &str, words: &[&str]| words.iter().all(|word| text.contains(word));
    assert!(
        has(poster, &["Nói gì", "Ở đâu.", "Đừng đuổi theo.", "Trực ban"]),
        "{poster}"
    );
    assert!(
        !poster.contains("đoạn dài") && !poster.contains("Gạch"),
        "{poster}"
    );
    assert!(
        has(card, &["Gọi ai", "Trực ban"]) && !card.contains("Ở đâu"),
        "{card}"
    );
    assert!(
        has(told_poster, &["Chỉ câu này.", "Công an"]) && !told_poster.contains("Trực ban"),
        "{told_poster}"
    );
    assert!(
        has(told_card, &["Chỉ câu này.", "113"]) && !told_card.contains("Trực ban"),
        "{told_card}"
    );
}

#[test]
fn five_thousand_words_are_too_much_and_the_message_says_by_how_much() {
    let body = page(&"Bà con thấy việc lạ thì báo ngay cho công an xã của mình.\n\n".repeat(400));
    let edition = "channel: print, theme: leaflet, formats: [a5, fold3]";
    let parsed = parse(edition, &[("content/dai.md", &body)]);
    let done = all(&parsed, &address);
    let codes: Vec<&str> = done.diags.iter().map(|diag| diag.code.name).collect();
    assert_eq!(codes, ["leaflet-overflow", "leaflet-overflow"]);
    assert!(
        done.diags
            .iter()
            .all(|diag| diag.related.len() == 2 && diag.span == diag.related[0].0)
    );
}

#[test]
fn black_only_sheets_have_no_other_colour() {
    let body = page("Gọi [[113]].\n\n> [!WARNING]\n> Đừng đuổi theo.\n");
    let edition = format!("{ALL}, colour: black");
    let parsed = parse(&edition, &[("content/a.md", &body)]);
    assert!(parsed.diags.is_empty(), "{:?}", parsed.diags);
    for (format, _, document) in documents(&parsed) {
        for page in document.pages() {
            let mut found = Vec::new();
            texts(&page.frame, Point::zero(), &mut found);
            for (_, text) in found {
                let typst::visualize::Paint::Solid(colour) = &text.fill else {
                    panic!("{}", format.name);
                };
                let [red, green, blue, _] = colour.to_vec4_u8();
                assert!(
                    red == green && green == blue,
                    "{}: `{}`",
                    format.name,
                    text.text
                );
            }
        }
    }
}
