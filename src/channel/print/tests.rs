//! What a leaflet must be, from Markdown to PDF.

use std::sync::atomic::AtomicBool;

use super::format::Format;
use super::testing::{self, page, parse, render, theme};
use super::words::Words;
use super::{Want, body, settings};
use crate::model::Held;

/// The Typst source of a body, without the import.
fn source(markdown: &str) -> String {
    let page = page(markdown);
    let parsed = parse(
        "channel: print, theme: leaflet",
        &[("content/goi-ai.md", &page)],
    );
    assert!(parsed.diags.is_empty(), "{:?}", parsed.diags);
    let theme = theme();
    let words = Words::of(&theme.strings, "vi", "vi");
    let written = body::write(
        &parsed.site,
        &parsed.site.pages[0],
        &parsed.site.config.editions[0],
        Format::named("a5").unwrap(),
        words,
        &[],
    );
    written.text.lines().skip(1).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_body_is_calls_and_literals() {
    let markdown = "\
::: contacts 113
:::

## Gọi ai

Bị cướp, gọi [[113]] **ngay**.

- Cháy: [[cong-an-xa|gọi trực ban]].
- Còn lại: xem [luật](https://vbpl.vn/).

> [!WARNING]
> Đừng đuổi theo.

::: except print
Dài dòng.
:::

## Chỉ có trên mạng

::: only web
Căn cứ.
:::

::: recap
Gọi [[113]].
:::
";
    let expected = r#"#let body(facts) = {
  heading(level: 2, {text("Gọi ai")})
  par({text("Bị cướp, gọi "); call(facts.at("113")); text(" "); strong({text("ngay")}); text(".")})
  list(tight: true, list.item({{text("Cháy: "); call(facts.at("cong-an-xa"), words: {text("gọi trực ban")}); text(".")}}), list.item({{text("Còn lại: xem luật ("); address("vbpl.vn"); text(").")}}))
  alert("warning", "Lưu ý", {par({text("Đừng đuổi theo.")})})
  []
}
#let places(facts) = (:)"#;
    assert_eq!(source(markdown), expected);
}

#[test]
fn headings_leave_no_gap_and_tables_have_a_head() {
    let markdown = "#### Sâu\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n1. một\n\n2. hai\n";
    let expected = r#"#let body(facts) = {
  heading(level: 2, {text("Sâu")})
  table(columns: 2, align: (left, right, ), table.header({text("a")}, {text("b")}), {text("1")}, {text("2")})
  enum(start: 1, tight: false, enum.item({par({text("một")})}), enum.item({par({text("hai")})}))
  []
}
#let places(facts) = (:)"#;
    assert_eq!(source(markdown), expected);
}

#[test]
fn what_looks_like_typst_stays_text() {
    let written = source(r#"Giá "5" \# #panic() *sao $x$ `#a"b\c`"#);
    assert!(
        written.contains(r##"text("Giá \"5\" # #panic() *sao $x$ "); raw("#a\"b\\c")"##),
        "{written}"
    );
    let (_, done) = render(r#"#panic("x") $ \] } ) "); panic("y") // /* `#a"b\c`"#);
    assert!(done.diags.is_empty(), "{:?}", done.diags);
    assert_eq!(done.value.len(), 8);
}

#[test]
fn every_commune_gets_its_leaflet_and_the_edition_a_list() {
    let (_, done) = render("Gọi [[cong-an-xa]].\n");
    assert!(done.diags.is_empty(), "{:?}", done.diags);
    let paths: Vec<&str> = done
        .value
        .iter()
        .map(|artifact| artifact.path.as_str())
        .collect();
    assert_eq!(
        paths,
        [
            "index.html",
            "cai-be/cai-be.zip",
            "cai-be/goi-ai-a5.pdf",
            "cai-be/index.html",
            "my-tho/goi-ai-a5.pdf",
            "my-tho/index.html",
            "my-tho/my-tho.zip",
            "pictures/goi-ai-a5.png",
        ]
    );
    assert!(done.value[2].bytes.starts_with(b"%PDF-1.7"));
    assert_ne!(done.value[2].bytes, done.value[4].bytes);
    assert_eq!(&done.value[7].bytes[1..4], b"PNG");
    let list = String::from_utf8(done.value[0].bytes.to_vec()).unwrap();
    assert!(
        list.contains("<a href=\"my-tho/my-tho.zip\">ZIP</a>"),
        "{list}"
    );
    assert!(list.contains("A5 · 148 × 210 mm"), "{list}");
    let own = String::from_utf8(done.value[5].bytes.to_vec()).unwrap();
    assert!(
        own.contains("<a href=\"../my-tho/goi-ai-a5.pdf\"><img src=\"../pictures/goi-ai-a5.png\""),
        "{own}"
    );
    assert!(
        list.contains("<td>Gọi ai</td><td>Trực ban Công an xã</td><td>phường Mỹ Tho</td>"),
        "{list}"
    );
    let (_, done) = render("Gọi [[113]].\n");
    let list = String::from_utf8(done.value[0].bytes.to_vec()).unwrap();
    assert!(!list.contains("<table>"), "nothing differs: {list}");
}

/// How many lines too many a leaflet with so many one-line paragraphs is said to have.
fn lines_too_many(paragraphs: usize) -> Option<usize> {
    let (_, done) =
        render(&"Một dòng chữ khá dài để đầy trang giấy rất nhanh.\n\n".repeat(paragraphs));
    let diag = done.diags.first()?;
    assert_eq!(diag.code.name, "leaflet-overflow");
    assert!(
        done.value
            .iter()
            .all(|artifact| artifact.path.ends_with("index.html"))
    );
    diag.message
        .args
        .iter()
        .find_map(|(name, value)| match value {
            crate::diag::Arg::Number(lines) if *name == "lines" => Some(*lines),
            _ => None,
        })
}

#[test]
fn text_that_does_not_fit_is_an_error_with_the_lines_too_many() {
    let lines = lines_too_many(60).unwrap();
    assert_eq!(lines_too_many(60 - lines), None, "{lines} fewer should fit");
    assert!(
        lines_too_many(60 - lines / 2).is_some(),
        "half of {lines} fewer should not"
    );
}

/// A page with every kind of block, a picture and an imprint.
const ALL_KINDS: &str = "---
title: Mọi thứ
summary: Thử hết các kiểu.
date: 2026-08-17
kind: programme
programme: {starts: \"2026-08-19T07:00\", ends: \"2026-08-19T10:30\", place: Nhà văn hóa, items: [{at: \"07:00\", what: Đón khách, who: Ban tổ chức}]}
print: {headline: Mọi kiểu khối, imprint: {licensee: Công an tỉnh, licence_number: 12/GP, licensed_on: 2026-08-01, copies: 500 tờ}}
---
::: contacts cong-an-xa
:::

| Việc | Số |
|---|--:|
| Cháy | **114** |

- [x] xong
- [ ] chưa
  1. con

Thuật ngữ
: Nghĩa *thứ nhất*.

> Trích lời.

![Hình vẽ](hinh.svg \"Chú thích hình\")

Chữ ~~cũ~~ `mã` và hình ![nhỏ](hinh.svg) ở giữa.[^1]

---

    khối mã

[^1]: Chú thích cuối trang.
";

#[test]
fn every_kind_of_block_can_be_set_and_tagged() {
    let picture = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 20 10\"><path d=\"M0 0h20v10z\"/></svg>";
    let files = [
        ("content/moi-thu.md", ALL_KINDS),
        ("content/hinh.svg", picture),
    ];
    let parsed = parse("channel: print, theme: leaflet, formats: [a5, a4]", &files);
    assert!(parsed.diags.is_empty(), "{:?}", parsed.diags);
    let done = testing::all(&parsed, &|_| None);
    assert!(done.diags.is_empty(), "{:?}", done.diags);
    assert_eq!(
        done.value
            .iter()
            .filter(|artifact| artifact.media == "application/pdf")
            .count(),
        4
    );
}

#[test]
fn only_a_print_shop_gets_approved_sheets_without_the_stamp() {
    let page = page("Gọi [[113]].");
    let stamped = |for_print_shop: bool, unapproved: bool, held: Option<Held>| {
        let mut parsed = parse(
            "channel: print, theme: leaflet",
            &[("content/goi-ai.md", &page)],
        );
        parsed.site.pages[0].unapproved = unapproved;
        parsed.site.pages[0].held = held;
        let done = testing::all_for(&parsed, &|_| None, for_print_shop);
        assert!(done.diags.is_empty(), "{:?}", done.diags);
        let sheets = done
            .value
            .iter()
            .filter(|made| made.media == "application/pdf");
        // The stamp also stands in the description of the file, which is not compressed.
        let stamp = "BẢN THẢO".as_bytes();
        let marks: Vec<bool> = sheets
            .map(|sheet| sheet.bytes.windows(stamp.len()).any(|words| words == stamp))
            .collect();
        assert_eq!(marks.len(), 2);
        marks[0] && marks[1]
    };
    assert!(stamped(false, false, None));
    assert!(stamped(true, true, None));
    assert!(!stamped(true, false, None));
    assert!(stamped(true, false, Some(Held::Draft)));
}

#[test]
fn the_list_does_not_depend_on_whether_leaflets_are_set() {
    let page = page("Gọi [[cong-an-xa]].");
    let parsed = parse(
        "channel: print, theme: leaflet",
        &[("content/goi-ai.md", &page)],
    );
    let all = testing::all(&parsed, &|_| None).value;
    let (go, stop) = (AtomicBool::new(false), AtomicBool::new(true));
    let some = |want| testing::some(&parsed, &|_| None, false, want).value;
    let list = some(Want::Quick);
    assert_eq!(list.len(), 3);
    assert_eq!(
        (&list[0].path, &list[0].bytes),
        (&all[0].path, &all[0].bytes)
    );
    let text = String::from_utf8_lossy(&list[0].bytes);
    assert!(text.contains("<table>"), "{text}");

    for path in [
        "my-tho/goi-ai-a5.pdf",
        "pictures/goi-ai-a5.png",
        "my-tho/my-tho.zip",
    ] {
        let wanted = all.iter().find(|made| made.path == path).unwrap();
        let one = some(Want::One(path));
        let found = one.iter().find(|made| made.path == path).unwrap();
        assert_eq!(found.bytes, wanted.bytes);
        assert!(one.iter().all(|made| !made.path.ends_with("index.html")));
    }
    assert!(some(Want::One("khong-co.pdf")).is_empty());
    assert_eq!(some(Want::Sample(&go)).len(), 1);
    assert!(some(Want::Sample(&stop)).is_empty());
}

#[test]
fn unknown_formats_of_a_page_are_findings() {
    let page =
        "---\ntitle: A\nsummary: B.\ndate: 2026-08-17\nprint: {formats: [a5, a6]}\n---\nChữ.\n";
    let parsed = parse("channel: print, theme: leaflet", &[("content/a.md", page)]);
    let mut diags = Vec::new();
    let formats = settings::formats_of(
        &parsed.site.pages[0],
        &super::Settings::default(),
        &mut diags,
    );
    assert_eq!(
        formats.iter().map(|format| format.name).collect::<Vec<_>>(),
        ["a5"]
    );
    assert_eq!(
        diags.iter().map(|diag| diag.code.name).collect::<Vec<_>>(),
        ["invalid-value"]
    );
}

#[test]
fn the_same_bytes_on_one_thread_and_on_two() {
    let bytes = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        let (_, done) = pool.install(|| render("## Việc cần làm\n\n1. Gọi [[113]].\n2. Chờ.\n"));
        done.value
            .into_iter()
            .map(|artifact| (artifact.path, artifact.bytes))
            .collect::<Vec<_>>()
    };
    let once = bytes(1);
    assert!(once.len() == 8 && once == bytes(1) && once == bytes(2));
}
