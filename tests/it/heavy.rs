//! Texts made to hurt: deep, long, repeated. Each is read or reported within seconds.

use std::time::{Duration, Instant};

use jiff::civil::date;
use loa::load::Tree;
use loa::pipeline::{Built, build};

use crate::holds::page;

const SETTINGS: &str = "title: Thử
editions:
  bao: {channel: web, theme: newspaper, base_url: \"https://bao.example/\"}
  loa: {channel: speech, theme: loudspeaker}
";

/// Generous: a slow machine, code that is not optimized. What grows with the square takes minutes.
const LIMIT: Duration = Duration::from_secs(20);

/// Builds a site of one page and says how it ended: the codes of its findings, each once.
fn codes(name: &str, files: &[(&str, &str)]) -> Vec<&'static str> {
    let begun = Instant::now();
    let built: Built = build(&Tree::of(files), date(2026, 8, 19));
    let took = begun.elapsed();
    println!("{name}: {took:.1?}, {} findings", built.diags.len());
    assert!(took < LIMIT, "{name} took {took:?}");
    assert!(built.has_errors() || !built.plan.editions.is_empty());
    let mut codes: Vec<&str> = built.diags.iter().map(|diag| diag.code.name).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

fn body(name: &str, text: &str) -> Vec<&'static str> {
    codes(
        name,
        &[("loa.yaml", SETTINGS), ("content/a.md", &page(text))],
    )
}

fn head(name: &str, text: &str) -> Vec<&'static str> {
    codes(
        name,
        &[
            ("loa.yaml", SETTINGS),
            ("content/a.md", &format!("---\n{text}\n---\nChữ.\n")),
        ],
    )
}

/// Builds one article for both web themes, one of them in a folder of somebody else's site.
fn article(name: &str, more: &str, text: &str) -> Vec<&'static str> {
    let settings = "title: Thử\neditions:
  bao: {channel: web, theme: newspaper, base_url: \"https://bao.example/a/b/\"}
  dai: {channel: web, theme: broadcaster, base_url: \"https://dai.example/\"}\n";
    let head = "summary: Tóm tắt.\ndate: 2026-08-19";
    let page = format!("---\n{more}\n{head}\n---\n{text}\n");
    codes(name, &[("loa.yaml", settings), ("content/tin/a.md", &page)])
}

#[test]
fn odd_articles_are_pages_like_any_other() {
    let words = "Bà con thấy việc lạ thì báo ngay cho công an xã. ".repeat(20_000 / 11);
    let title = "Ngõ hẹp ấp Ẩn ".repeat(22);
    let row = |cell: &str| format!("|{}", format!(" {cell} |").repeat(15));
    let table = [row("Cột"), row("---"), row("Ô")].join("\n");
    for (name, more, text) in [
        ("no headings", "title: Bài", "Chữ."),
        ("twenty thousand words", "title: Bài", words.as_str()),
        ("a table of fifteen columns", "title: Bài", table.as_str()),
        (
            "a long title",
            &*format!("title: {}\nkind: guidance", title.trim()),
            "Chữ.",
        ),
    ] {
        let found = article(name, more, text);
        assert!(found.is_empty(), "{name}: {found:?}");
    }
}

#[test]
fn five_thousand_topics_are_listed() {
    let topics: Vec<String> = (0..5_000).map(|n| format!("Chủ đề {n}")).collect();
    let many = format!("title: Bài\ntopics: [{}]", topics.join(", "));
    // Links to all of them are more than a slow line brings at once.
    assert_eq!(article("topics", &many, "Chữ."), ["page-too-heavy"]);
}

#[test]
fn what_is_too_deep_is_reported() {
    assert_eq!(
        body("quotes", &format!("{}a", ">".repeat(20_000))),
        ["nesting-too-deep"]
    );
    assert_eq!(
        body("quotes apart", &format!("{}a", "> ".repeat(20_000))),
        ["nesting-too-deep"]
    );
    assert_eq!(
        body("lists", &format!("{}a", "1. ".repeat(10_000))),
        ["nesting-too-deep"]
    );
    assert_eq!(
        body(
            "emphasis",
            &format!("{}a{}", "*a ".repeat(10_000), "a*".repeat(10_000))
        ),
        ["long-sentence", "nesting-too-deep"]
    );
    assert_eq!(
        body("directives", &"::: only web\n".repeat(5_000)),
        ["nesting-too-deep", "unclosed-directive"]
    );
    assert_eq!(
        body("closing lines", &":::\n".repeat(5_000)),
        ["unclosed-directive"]
    );
}

#[test]
fn runs_of_marks_are_only_words() {
    assert_eq!(body("stars", &"*".repeat(20_000)), [""; 0]);
    assert_eq!(
        body("stars before a word", &format!("{}a", "*".repeat(20_000))),
        [""; 0]
    );
    assert_eq!(body("brackets", &"[".repeat(50_000)), [""; 0]);
    for (name, piece) in [
        ("pictures", "!["),
        ("pairs", "[]("),
        ("references", "[["),
        ("ticks", "`a``b"),
        ("lower lines", "_a*b"),
    ] {
        let found = body(name, &piece.repeat(20_000));
        assert!(!found.contains(&"leaflet-failed"), "{name}: {found:?}");
    }
}

#[test]
fn long_lines_and_many_lines_take_their_time_and_no_more() {
    assert_eq!(
        body("one line", &"bà con ".repeat(125_000)),
        ["long-sentence"]
    );
    body("one word", &"a".repeat(1_000_000));
    body("digits", &"1".repeat(100_000));
    body("numbers", &"1.500.000 ".repeat(20_000));
    body("paragraphs", &"Bà con nhớ gọi.\n\n".repeat(20_000));
    body(
        "a wide table",
        &format!(
            "{}|\n{}|\n{}",
            "| a ".repeat(500),
            "| --- ".repeat(500),
            "| b |\n".repeat(500)
        ),
    );
    let notes: String = (0..3_000)
        .map(|n| format!("Chữ[^{n}].\n\n[^{n}]: Chú.\n\n"))
        .collect();
    body("footnotes", &notes);
    let pieces: String = (0..500)
        .map(|n| format!("::: only web\n[{n}]\n:::\n[{n}]: https://a.example/{n}\n"))
        .collect();
    body("definitions between directives", &pieces);
}

#[test]
fn many_headings_of_one_name_take_no_square_of_time() {
    let names: String = (0..2_000)
        .map(|n| format!("# Mục {n}\n\n[a](#muc-{n})\n\n"))
        .collect();
    body("links to headings", &names);
    body("headings", &"# Một\n\n".repeat(10_000));
}

#[test]
fn settings_made_to_explode_are_refused() {
    let bomb: String = (1..30)
        .map(|n| format!("k{n}: &a{n} [*a{0}, *a{0}, *a{0}]\n", n - 1))
        .collect();
    assert_eq!(
        head("aliases", &format!("k0: &a0 x\n{bomb}")),
        ["invalid-yaml"]
    );
    assert_eq!(head("lists", &"[".repeat(100_000)), ["invalid-yaml"]);
    assert_eq!(head("maps", &"{a: ".repeat(20_000)), ["invalid-yaml"]);
    assert_eq!(head("sequences", &"- ".repeat(20_000)), ["invalid-yaml"]);
    assert_eq!(
        head(
            "keys",
            &(0..5_000).map(|n| format!("k{n}: 1\n")).collect::<String>()
        ),
        ["missing-key", "unknown-key"]
    );
    assert_eq!(
        head("one key", &"title: a\n".repeat(5_000)),
        ["duplicate-key"]
    );
    assert_eq!(
        head(
            "a long title",
            &format!(
                "title: {}\nsummary: b\ndate: 2026-08-19",
                "a".repeat(1_000_000)
            )
        ),
        [""; 0]
    );
    let deep = format!("title: Thử\neditions: {}", "[".repeat(50_000));
    assert_eq!(codes("loa.yaml", &[("loa.yaml", &deep)]), ["invalid-yaml"]);
}

/// A registry of the size of a country: every entry is looked up, none is looked for.
#[test]
fn a_large_registry_is_read_without_looking_through_it() {
    let lexicon: String = (0..100_000).map(|n| format!("TU{n}: từ {n}\n")).collect();
    let contact = |n: usize| {
        let next = if n.is_multiple_of(2) {
            format!(", emergency: {}, replaced_by: c{}", n < 10, n + 1)
        } else {
            String::new()
        };
        format!(
            "- {{key: c{n}, name: Nơi {n}, phone: \"113\"{next}, source: x, checked_on: 2020-01-01}}\n"
        )
    };
    let contacts: String = (0..20_000).map(contact).collect();
    let commune = |n: usize| {
        let own = format!(
            "c{}: {{phone: \"114\", valid_until: 2020-01-01, source: x, checked_on: 2020-01-01}}",
            2 * n + 1
        );
        format!("- {{code: \"{n}\", name: Xã {n}, kind: xa, contacts: {{{own}}}}}\n")
    };
    let communes: String = (0..10_000).map(commune).collect();
    let wrong: String = (0..10_000).map(|n| format!("- {{code: \"{n}\", name: Xã {n}, kind: xa, contacts: {{nơi-{n}: {{source: x, checked_on: 2020-01-01}}}}}}\n")).collect();
    let chosen = |name: &str| {
        let names: Vec<String> = (0..10_000).map(|n| format!("{name}-{n}")).collect();
        format!("{SETTINGS}communes: [{}]\n", names.join(", "))
    };
    let circle: String = (0..20_000)
        .map(|n| {
            format!(
                "- {{key: c{n}, name: A, replaced_by: c{}, source: x, checked_on: 2020-01-01}}\n",
                (n + 1) % 20_000
            )
        })
        .collect();
    let text = page("Bà con gọi [[c0]], [[c1]] và [[c19999]].");
    let site = |settings: &str, contacts: &str, communes: &str| {
        let communes = format!("communes:\n{communes}");
        codes(
            "registry",
            &[
                ("loa.yaml", settings),
                ("content/_facts/lexicon.yaml", &lexicon),
                ("content/_facts/contacts.yaml", contacts),
                ("content/_facts/communes.yaml", &communes),
                ("content/a.md", &text),
            ],
        )
    };
    let found = site(SETTINGS, &contacts, &communes);
    assert!(
        found.contains(&"expired-fact") && found.contains(&"stale-fact"),
        "{found:?}"
    );
    assert_eq!(
        site(SETTINGS, "", &wrong),
        ["invalid-value", "unknown-reference"]
    );
    let found = site(
        &chosen("xa"),
        &contacts,
        "- {code: \"1\", name: Một, kind: xa}\n",
    );
    assert!(found.contains(&"invalid-value"), "{found:?}");
    assert!(site(SETTINGS, &circle, "").contains(&"invalid-value"));
}
