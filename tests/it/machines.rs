//! What programs read of a web edition: feeds, sitemaps, JSON-LD; and sites that strain them.

use jiff::civil::date;
use loa::load::{Tree, TreeFile};
use loa::pipeline::{Built, build};
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;

const SETTINGS: &str = "title: Thử & tin
languages: [vi, en]
editions:
  bao: {channel: web, theme: newspaper, base_url: \"https://bao.example/xa/\"}
";

fn site(files: &[(&str, &str)]) -> Built {
    let mut all = vec![("loa.yaml", SETTINGS)];
    all.extend_from_slice(files);
    built(&Tree::of(&all))
}

fn built(tree: &Tree) -> Built {
    let built = build(tree, date(2026, 8, 21));
    assert!(!built.has_errors(), "{:?}", built.diags);
    built
}

fn text(built: &Built, path: &str) -> String {
    let file = &built.plan.editions[0].files.get(path);
    let file = file.unwrap_or_else(|| panic!("{path} is not there"));
    String::from_utf8(file.bytes.to_vec()).unwrap()
}

/// The names of all elements, if the text is well-formed XML.
fn elements(text: &str) -> Vec<String> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let (mut out, mut depth) = (Vec::new(), 0_usize);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) => {
                depth += 1;
                out.push(String::from_utf8(tag.name().as_ref().to_vec()).unwrap());
            }
            Event::Empty(tag) => out.push(String::from_utf8(tag.name().as_ref().to_vec()).unwrap()),
            Event::End(_) => depth -= 1,
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0);
    out
}

const FILES: [(&str, &str); 7] = [
    ("content/tin/_index.md", "---\ntitle: Tin\n---\n"),
    (
        "content/tin/a.md",
        "---\ntitle: Một & hai\nsummary: Tóm tắt.\ndate: 2026-08-20\nauthor: Ban biên tập\ntopics: [Ấp]\nimage: {src: co.svg, alt: Cờ}\n---\n\
         ## Mục\n\nXem [[b]], [mục](#muc) và ![cờ](co.svg)[^1].\n\n[^1]: Chú thích \"lạ\".\n",
    ),
    (
        "content/tin/b.md",
        "---\ntitle: Hết hạn\nsummary: Tóm.\ndate: 2026-08-20\nexpires_at: 2026-08-20\n---\nKhông có mục nào.\n",
    ),
    (
        "content/tin/c.md",
        "---\ntitle: Cũ\nsummary: Tóm.\ndate: 2026-08-18\n---\nCũ.\n",
    ),
    (
        "content/tin/hoi.md",
        "---\ntitle: Ngày hội\nsummary: Hội.\ndate: 2026-08-01\nkind: programme\nprogramme: {starts: 2026-08-19T19:00, ends: 2026-08-19T21:00, place: Sân}\n---\n\
         Mời bà con.\n",
    ),
    (
        "content/tin/co.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 3\"></svg>",
    ),
    (
        "content/hi.en.md",
        "---\ntitle: Hello\nsummary: There.\ndate: 2026-08-21\n---\nText.\n",
    ),
];

#[test]
fn feeds_have_whole_texts_whole_addresses_and_say_what_has_expired() {
    let built = site(&FILES);
    let atom = text(&built, "atom.xml");
    elements(&atom);
    assert!(
        atom.contains("<title>[Hết hiệu lực] Hết hạn</title>")
            && atom.contains("<category term=\"expired\""),
        "{atom}"
    );
    assert!(
        atom.contains("<content type=\"html\">&lt;h2 id=&quot;muc&quot;&gt;Mục&lt;"),
        "{atom}"
    );
    let feed: Value = serde_json::from_str(&text(&built, "tin/feed.json")).unwrap();
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(feed["feed_url"], "https://bao.example/xa/tin/feed.json");
    let known = [
        "id",
        "url",
        "title",
        "summary",
        "content_html",
        "language",
        "date_published",
        "date_modified",
        "authors",
        "tags",
        "image",
        "_loa",
    ];
    let items = feed["items"].as_array().unwrap();
    assert_eq!(items.len(), 4);
    for item in items {
        assert!(
            item.as_object()
                .unwrap()
                .keys()
                .all(|key| known.contains(&key.as_str())),
            "{item}"
        );
        let html = item["content_html"].as_str().unwrap();
        assert!(!html.contains("=\"/") && !html.contains("=\"#"), "{html}");
    }
    let first = items
        .iter()
        .find(|item| item["title"] == "Một & hai")
        .unwrap();
    let html = first["content_html"].as_str().unwrap();
    for part in [
        "href=\"https://bao.example/xa/tin/b/\"",
        "href=\"https://bao.example/xa/tin/a/#muc\"",
        "src=\"https://bao.example/xa/tin/co.svg\"",
        "Chú thích &quot;lạ&quot;",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
    assert_eq!(first["image"], "https://bao.example/xa/tin/co.svg");
    let expired = items
        .iter()
        .find(|item| item["url"] == "https://bao.example/xa/tin/b/")
        .unwrap();
    assert_eq!(expired["_loa"]["expired"], true);
    // Of topics there may be thousands.
    assert!(!text(&built, "chu-de/ap/atom.xml").contains("<content"));
}

#[test]
fn news_is_what_came_in_the_last_days_and_still_holds() {
    let built = site(&FILES);
    let news = text(&built, "news-sitemap.xml");
    let names = elements(&news);
    assert_eq!(names.iter().filter(|name| *name == "news:news").count(), 2);
    assert!(
        news.contains("<news:title>Một &amp; hai</news:title>")
            && news.contains("<news:language>en</news:language>")
    );
    assert!(
        news.contains("<news:publication_date>2026-08-20T00:00:00+07:00</news:publication_date>")
    );
    assert!(
        text(&built, "robots.txt").contains("Sitemap: https://bao.example/xa/news-sitemap.xml\n")
    );
    let search = text(&built, "en/opensearch.xml");
    elements(&search);
    assert!(
        search.contains("template=\"https://bao.example/xa/en/search/?q={searchTerms}\""),
        "{search}"
    );
    assert!(text(&built, "en/index.html").contains("href=\"/xa/en/opensearch.xml\""));
}

/// What schema.org knows, as far as loa writes it: the properties of each type, and of what type their values are.
fn vocabulary(sort: &str) -> &'static [(&'static str, &'static str)] {
    match sort {
        "NewsArticle" => &[
            ("author", "Organization"),
            ("dateModified", "date"),
            ("datePublished", "date"),
            ("description", "text"),
            ("headline", "text"),
            ("image", "url"),
            ("inLanguage", "text"),
            ("mainEntityOfPage", "url"),
            ("publisher", "Organization"),
        ],
        "Event" => &[
            ("description", "text"),
            ("endDate", "moment"),
            ("image", "url"),
            ("location", "Place"),
            ("name", "text"),
            ("organizer", "Organization"),
            ("startDate", "moment"),
            ("url", "url"),
        ],
        "Place" => &[("address", "text"), ("name", "text")],
        "Organization" => &[("name", "text")],
        "BreadcrumbList" => &[("itemListElement", "ListItem")],
        "ListItem" => &[("item", "url"), ("name", "text"), ("position", "number")],
        _ => panic!("schema.org/{sort}"),
    }
}

fn check(value: &Value, expected: &str) {
    match expected {
        "text" => assert!(
            value.as_str().is_some_and(|text| !text.is_empty()),
            "{value}"
        ),
        "url" => assert!(
            value
                .as_str()
                .is_some_and(|text| text.starts_with("https://bao.example/xa/")),
            "{value}"
        ),
        "date" => assert!(
            value
                .as_str()
                .is_some_and(|text| text.parse::<jiff::civil::Date>().is_ok()),
            "{value}"
        ),
        "moment" => assert!(
            value
                .as_str()
                .is_some_and(|text| text.ends_with("+07:00") && text.len() == 22),
            "{value}"
        ),
        "number" => assert!(value.is_u64(), "{value}"),
        _ => {
            let values = value
                .as_array()
                .cloned()
                .unwrap_or_else(|| vec![value.clone()]);
            for value in values {
                assert_eq!(value["@type"], expected);
                for (name, value) in value.as_object().unwrap() {
                    if !name.starts_with('@') {
                        let known = vocabulary(expected).iter().find(|(known, _)| known == name);
                        let (_, expected) =
                            known.unwrap_or_else(|| panic!("{expected} has no {name}"));
                        check(value, expected);
                    }
                }
            }
        }
    }
}

#[test]
fn json_ld_is_in_the_words_of_schema_org() {
    let built = site(&FILES);
    let mut seen = Vec::new();
    for (path, file) in &built.plan.editions[0].files {
        let page = String::from_utf8_lossy(&file.bytes).into_owned();
        for part in page
            .split("<script type=\"application/ld+json\">")
            .skip(1)
            .filter(|_| path.ends_with(".html"))
        {
            let object: Value =
                serde_json::from_str(part.split("</script>").next().unwrap()).unwrap();
            assert_eq!(object["@context"], "https://schema.org", "{path}");
            let sort = object["@type"].as_str().unwrap().to_owned();
            check(&object, &sort);
            seen.push(sort);
        }
    }
    for sort in ["NewsArticle", "Event", "BreadcrumbList"] {
        assert!(seen.iter().any(|one| one == sort), "no page has a {sort}");
    }
}

#[test]
fn five_thousand_topics_are_no_trouble() {
    let mut tree = Tree::of(&[("loa.yaml", SETTINGS)]);
    for article in 0..500 {
        let topics: Vec<String> = (0..10)
            .map(|topic| format!("Việc {}", article * 10 + topic))
            .collect();
        let text = format!(
            "---\ntitle: Bài {article}\nsummary: Tóm.\ndate: 2026-08-19\ntopics: [{}]\n---\nChữ {article}.\n",
            topics.join(", ")
        );
        tree.files.push(TreeFile::new(
            format!("content/tin/bai-{article}.md"),
            text.into_bytes(),
        ));
    }
    tree.files.sort_by(|one, next| one.path.cmp(&next.path));
    let built = built(&tree);
    let files = &built.plan.editions[0].files;
    let feeds = files
        .keys()
        .filter(|path| path.starts_with("chu-de/") && path.ends_with("/atom.xml"))
        .count();
    assert_eq!(feeds, 5_000);
    let list: Value = serde_json::from_str(&text(&built, "tim-kiem/index.json")).unwrap();
    assert_eq!(
        list["topics"].as_array().unwrap().len(),
        200,
        "only so many can be chosen from"
    );
    let size = text(&built, "tim-kiem/index.json").len();
    assert!(size < 40_000, "{size}");
}
