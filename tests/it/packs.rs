//! Packs for outlets: what is in one, in whose manner, and whether a newsroom's system could read it.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use jiff::civil::date;
use loa::diag::{Catalogue, Language, human};
use loa::load::{Tree, TreeFile};
use loa::pipeline::{Built, build};
use serde_json::Value;

const PAGE: &str = "---\ntitle: \"Ngày hội & bà con\"\nsummary: Ngày 19/8, xã họp.\ndate: 2026-08-19\nupdated: 2026-08-20\n\
author: Ban biên tập\nsource: Công an xã\ntopics: [Ngày hội]\nexpires_at: 2026-12-01\nimage: {src: anh.png, alt: Sân xã, credit: An}\n---\n\
Gọi [[cax]].\nTrước **ngày 15/5**, theo [[06/2014/NĐ-CP]].\n\n## Việc \\<chung>\n\n- một\n- hai\n\n1. trước\n2. sau\n\n\
| Giờ | Việc |\n| --- | --- |\n| 7h | Họp |\n\n![Cờ](anh2.png \"Cờ hội\")\n\n::: only web\nRiêng trên mạng.\n:::\n\n::: recap\nNhắc lại.\n:::\n";

/// Words with everything that can be around them.
const MARKED: &str = "---\ntitle: Lời\nsummary: Tóm tắt.\ndate: 2026-08-19\n---\n\
Gọi **ngay _công  an_** theo [trang *này*](https://x.example/?a=1&b=\"2\"), [bài kia](b.md#muc), [[b]] và [mục dưới](#duoi).\n\n\
Bỏ ~~số 0123~~ đi.\n\n## Mục **dưới** {#duoi}\n\n1. một\n   - nhỏ\n2. **hai** | ba\n\n| A | B | C |\n| --- | --- | --- |\n| x |  | **[y](https://y.example/)** \\| z |\n";

fn site(settings: &str, page: &str) -> Built {
    let config = format!(
        "title: Thử\nlanguages: [vi]\neditions:\n  gui: {{channel: pack, theme: newsroom{settings}}}\n  \
         bao: {{channel: web, theme: newspaper, search: false, base_url: \"https://bao.example/\"}}\n"
    );
    let mut tree = Tree::of(&[
        ("loa.yaml", &config),
        ("content/tin/a.md", page),
        (
            "content/tin/b.md",
            "---\ntitle: Bài kia\nsummary: Tóm.\ndate: 2026-08-19\neditions: [bao]\n---\n## Mục\n\nChữ.\n",
        ),
        (
            "content/_facts/contacts.yaml",
            "- {key: cax, name: Công an xã, phone: 0273 3872 456, url: \"https://cax.example/\", address: Ấp 1, source: sổ, checked_on: 2026-08-01}\n",
        ),
        (
            "content/_facts/legal-documents.yaml",
            "- {number: 06/2014/NĐ-CP, kind: Nghị định, issuer: Chính phủ, title: Phong trào, status: in-force, source: công báo, checked_on: 2026-08-01}\n",
        ),
    ]);
    for (path, width) in [("content/tin/anh.png", 3_000), ("content/tin/anh2.png", 30)] {
        let mut bytes = Cursor::new(Vec::new());
        image::RgbImage::new(width, 20)
            .write_to(&mut bytes, image::ImageFormat::Png)
            .unwrap();
        tree.files
            .push(TreeFile::new(path.to_owned(), bytes.into_inner()));
    }
    tree.files.sort_by(|one, next| one.path.cmp(&next.path));
    build(&tree, date(2026, 8, 21))
}

fn unpacked(built: &Built) -> BTreeMap<String, Vec<u8>> {
    let bytes = built.plan.editions[0].files["tin/a.zip"].bytes.to_vec();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = BTreeMap::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        out.insert(file.name().to_owned(), bytes);
    }
    out
}

fn text(files: &BTreeMap<String, Vec<u8>>, name: &str) -> String {
    String::from_utf8(files[name].clone()).unwrap()
}

fn said(built: &Built) -> String {
    let catalogue = Catalogue::new(Language::English);
    let lines = built.diags.iter();
    lines
        .map(|diag| human(diag, &built.sources, &catalogue))
        .collect()
}

#[test]
fn a_pack_has_the_article_in_the_manner_of_the_outlet() {
    let built = site(", lead_tag: (ABO), dates: dash", PAGE);
    assert_eq!(said(&built), "");
    let files = unpacked(&built);
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "bai.docx",
            "bai.html",
            "bai.txt",
            "hinh/1.png",
            "hinh/2.png",
            "hinh/chu-thich.txt",
            "ninjs.json"
        ]
    );
    assert_eq!(
        text(&files, "bai.html"),
        "<p><strong>(ABO) Ngày 19-8, xã họp.</strong></p>\n\
         <p>Gọi Công an xã <a href=\"tel:02733872456\">0273 3872 456</a>. Trước <strong>ngày 15-5</strong>, theo Nghị định 06/2014/NĐ-CP.</p>\n\
         <h2>Việc &lt;chung&gt;</h2>\n<ul>\n<li>một</li>\n<li>hai</li>\n</ul>\n<ol>\n<li>trước</li>\n<li>sau</li>\n</ol>\n\
         <table>\n<tr><th>Giờ</th><th>Việc</th></tr>\n<tr><td>7h</td><td>Họp</td></tr>\n</table>\n\
         <p>Riêng trên mạng.</p>\n<p><strong>Ban biên tập</strong></p>\n<p>Nguồn: Công an xã</p>\n"
    );
    let plain = text(&files, "bai.txt");
    assert!(
        plain.starts_with("Ngày hội & bà con\n\n(ABO) Ngày 19-8, xã họp.\n\nGọi "),
        "{plain}"
    );
    assert!(
        plain.contains("\n– một\n– hai\n") && plain.ends_with("https://bao.example/tin/a/\n"),
        "{plain}"
    );
    assert_eq!(
        text(&files, "hinh/chu-thich.txt"),
        "hinh/1.png: Sân xã Ảnh: An\nhinh/2.png: Cờ hội\n"
    );
    assert_eq!(imagesize(&files["hinh/1.png"]), (2_400, 16));
    assert_eq!(imagesize(&files["hinh/2.png"]), (30, 20));
    let again = site(", lead_tag: (ABO), dates: dash", PAGE);
    let bytes = |built: &Built| built.plan.editions[0].files["tin/a.zip"].bytes.to_vec();
    assert_eq!(bytes(&built), bytes(&again));
    let list =
        String::from_utf8(built.plan.editions[0].files["index.html"].bytes.to_vec()).unwrap();
    assert!(
        list.contains("<a href=\"tin&#x2F;a.zip\" download>")
            || list.contains("<a href=\"tin/a.zip\" download>"),
        "{list}"
    );
    let mut word = zip::ZipArchive::new(Cursor::new(files["bai.docx"].clone())).unwrap();
    let mut document = String::new();
    word.by_name("word/document.xml")
        .unwrap()
        .read_to_string(&mut document)
        .unwrap();
    assert!(
        document.contains("Ngày hội &amp; bà con") && document.contains("– một"),
        "{document}"
    );
}

fn imagesize(bytes: &[u8]) -> (u32, u32) {
    let picture = image::load_from_memory(bytes).unwrap();
    (picture.width(), picture.height())
}

/// The fragment as a parser of XML reads it: each element closed, no attribute but these.
fn parsed(fragment: &str) -> Vec<String> {
    let whole = format!("<div xmlns=\"http://www.w3.org/1999/xhtml\">{fragment}</div>");
    let mut reader = quick_xml::Reader::from_str(&whole);
    let mut seen = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Start(tag) => {
                let name = String::from_utf8(tag.name().as_ref().to_vec()).unwrap();
                for attribute in tag.attributes() {
                    let key = attribute.unwrap().key.as_ref().to_vec();
                    let key = String::from_utf8(key).unwrap();
                    assert!(["xmlns", "href", "start"].contains(&key.as_str()), "{key}");
                }
                seen.push(name);
            }
            quick_xml::events::Event::Eof => return seen,
            _ => {}
        }
    }
}

#[test]
fn emphasis_and_links_inside_sentences_stay() {
    let built = site("", MARKED);
    let files = unpacked(&built);
    let html = text(&files, "bai.html");
    assert_eq!(
        html,
        "<p><strong>Tóm tắt.</strong></p>\n\
         <p>Gọi <strong>ngay <em>công an</em></strong> theo <a href=\"https://x.example/?a=1&amp;b=&quot;2&quot;\">trang <em>này</em></a>, \
         <a href=\"https://bao.example/tin/b/#muc\">bài kia</a>, <a href=\"https://bao.example/tin/b/\">Bài kia</a> và mục dưới.</p>\n\
         <p>Bỏ đi.</p>\n<h2>Mục dưới</h2>\n<ol>\n<li>một</li>\n</ol>\n<p>– nhỏ</p>\n<ol start=\"2\">\n<li><strong>hai</strong> | ba</li>\n</ol>\n\
         <table>\n<tr><th>A</th><th>B</th><th>C</th></tr>\n<tr><td>x</td><td></td><td><strong><a href=\"https://y.example/\">y</a></strong> | z</td></tr>\n</table>\n"
    );
    assert!(parsed(&html).contains(&"em".to_owned()));
    let item: Value = serde_json::from_slice(&files["ninjs.json"]).unwrap();
    assert_eq!(item["bodies"][1]["value"], html);
    let mut word = zip::ZipArchive::new(Cursor::new(files["bai.docx"].clone())).unwrap();
    let mut document = String::new();
    word.by_name("word/document.xml")
        .unwrap()
        .read_to_string(&mut document)
        .unwrap();
    for part in [
        "HYPERLINK \"https://bao.example/tin/b/\"",
        "HYPERLINK \"https://x.example/?a=1&amp;b=%222%22\"",
        "<w:b /><w:bCs /><w:i /><w:iCs /></w:rPr><w:t xml:space=\"preserve\">công an</w:t>",
        "<w:fldChar w:fldCharType=\"separate\"",
    ] {
        assert!(document.contains(part), "{part} in {document}");
    }
    assert!(!document.contains("0123"), "{document}");
    let plain = text(
        &unpacked(&site(", forbidden_tags: [em, a, strong]", MARKED)),
        "bai.html",
    );
    assert!(
        plain.contains("<p>Gọi ngay công an theo trang này, bài kia,"),
        "{plain}"
    );
}

#[test]
fn what_an_outlet_does_not_take_is_left_out_or_told() {
    let built = site(
        ", byline: start, forbidden_tags: [ul, h2, table, strong], max_title: 20, max_lead: 20, max_words: 20, outlet: Báo",
        &PAGE.replace(
            "title: \"Ngày hội & bà con\"",
            "title: Ngày hội của bà con trong xã",
        ),
    );
    let html = text(&unpacked(&built), "bai.html");
    assert!(
        html.starts_with("<p>Ban biên tập</p>\n<p>Ngày 19/8, xã họp.</p>\n"),
        "{html}"
    );
    assert!(
        html.contains("<p>Việc &lt;chung&gt;</p>\n<p>– một</p>")
            && html.contains("<ol>")
            && !html.contains("<table>"),
        "{html}"
    );
    let codes: Vec<String> = said(&built)
        .lines()
        .filter(|line| line.contains("too-long-for-outlet"))
        .map(str::to_owned)
        .collect();
    assert_eq!(
        codes,
        [
            "content/tin/a.md:1:1: warning[too-long-for-outlet]: the article has 33 words; Báo takes 20",
            "content/tin/a.md:2:8: warning[too-long-for-outlet]: the title has 28 letters; Báo takes 20",
        ]
    );
    let wrong = site(", dates: dots, forbidden_tags: [div]", PAGE);
    let said = said(&wrong);
    assert_eq!(said.matches("error[invalid-value]").count(), 2, "{said}");
}

/// The properties of ninjs 3.2, as far as loa writes them: of an item, and what may stand in each.
fn properties(of: &str) -> &'static [&'static str] {
    match of {
        "item" => &[
            "uri",
            "standard",
            "type",
            "representationType",
            "profile",
            "language",
            "pubStatus",
            "urgency",
            "title",
            "headlines",
            "descriptions",
            "bodies",
            "firstCreated",
            "versionCreated",
            "expires",
            "by",
            "edNote",
            "subjects",
            "infoSources",
            "places",
            "organisations",
            "associations",
            "renditions",
        ],
        "associations" => &[
            "uri",
            "name",
            "rel",
            "type",
            "language",
            "descriptions",
            "renditions",
            "by",
        ],
        "standard" => &["name", "version", "schema"],
        "headlines" | "descriptions" => &["role", "contentType", "value"],
        "bodies" => &["role", "contentType", "charCount", "wordCount", "value"],
        "subjects" | "places" => &["name", "rel", "uri", "literal"],
        "infoSources" => &["name", "role", "uri", "literal", "contactInfo"],
        "organisations" => &["name", "rel", "uri", "literal", "contactInfo"],
        "contactInfo" => &["type", "role", "lang", "name", "value", "address"],
        "address" => &["lines", "locality", "area", "postalCode", "country"],
        "renditions" => &[
            "name",
            "href",
            "contentType",
            "title",
            "width",
            "height",
            "sizeInBytes",
        ],
        _ => &[],
    }
}

fn check(of: &str, value: &Value) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| check(of, value)),
        Value::Object(map) => {
            for (name, value) in map {
                assert!(properties(of).contains(&name.as_str()), "{name} in {of}");
                assert!(!value.is_null(), "{name} in {of}");
                check(name, value);
            }
        }
        _ => {}
    }
}

#[test]
fn ninjs_has_what_its_schema_knows_and_nothing_else() {
    let built = site("", PAGE);
    let item: Value = serde_json::from_str(&text(&unpacked(&built), "ninjs.json")).unwrap();
    check("item", &item);
    assert_eq!(item["uri"], "https://bao.example/tin/a/");
    assert_eq!(
        [&item["type"], &item["pubStatus"], &item["language"]],
        ["text", "usable", "vi"]
    );
    assert_eq!(item["versionCreated"], "2026-08-20T00:00:00+07:00");
    assert!(
        item["expires"].as_str().unwrap().starts_with("2026-12-01T"),
        "{}",
        item["expires"]
    );
    let contact = &item["organisations"][0];
    assert_eq!(
        [&contact["name"], &contact["contactInfo"][0]["value"]],
        ["Công an xã", "0273 3872 456"]
    );
    // Each way has a value or an address, never both.
    for way in contact["contactInfo"].as_array().unwrap() {
        assert!(
            way["value"].is_string() != way["address"].is_object(),
            "{way}"
        );
    }
    let pictures = item["associations"].as_array().unwrap();
    assert_eq!(pictures.len(), 2);
    assert!(
        pictures
            .iter()
            .all(|one| one["name"].is_string() && one["uri"].is_string())
    );
    assert_eq!(
        [&pictures[0]["by"], &pictures[1]["descriptions"][0]["value"]],
        ["An", "Cờ hội"]
    );
    assert_eq!(
        item["bodies"][1]["value"],
        text(&unpacked(&built), "bai.html")
    );
}

#[test]
fn drafts_are_stamped_and_what_no_longer_holds_is_not_sent() {
    let draft = Tree::of(&[
        (
            "loa.yaml",
            "title: Thử\napproval: required\neditions:\n  gui: {channel: pack, theme: newsroom}\n",
        ),
        (
            "content/a.md",
            "---\ntitle: A\nsummary: B.\ndate: 2026-08-19\n---\nKhông mục, không hình.\n",
        ),
        (
            "content/b.md",
            "---\ntitle: B\nsummary: B.\ndate: 2026-08-19\nexpires_at: 2026-08-20\n---\nHết hạn.\n",
        ),
    ]);
    let built = build(&draft, date(2026, 8, 21));
    let files: Vec<&String> = built.plan.editions[0].files.keys().collect();
    assert_eq!(files, ["a.zip", "index.html"]);
    let bytes = built.plan.editions[0].files["a.zip"].bytes.to_vec();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut read = |name: &str| {
        let mut out = String::new();
        archive
            .by_name(name)
            .unwrap()
            .read_to_string(&mut out)
            .unwrap();
        out
    };
    let stamp = "BẢN THẢO – CHƯA DUYỆT, KHÔNG ĐĂNG";
    assert!(
        read("bai.txt").starts_with(stamp)
            && read("bai.html").starts_with(&format!("<p><strong>{stamp}"))
    );
    let item: Value = serde_json::from_str(&read("ninjs.json")).unwrap();
    check("item", &item);
    assert_eq!([&item["pubStatus"], &item["edNote"]], ["withheld", stamp]);
    assert_eq!(item["uri"], "urn:loa:vi:a");
}
