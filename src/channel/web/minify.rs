//! The last pure step of a page: smaller, but only when nothing of it is lost.
//!
//! minify-html recurses on the nesting of elements and drops some spaces between inline elements,
//! so a page goes through it only within a depth, and its result counts only when it has the same
//! words and the same elements as before. The only file that names the library.

use std::panic::{AssertUnwindSafe, catch_unwind};

use html5gum::{Token, Tokenizer};
use minify_html::Cfg;

/// Pages nested deeper than this are left as they are.
const DEEPEST: usize = 256;

/// The page made smaller; `None` when that would damage it.
pub(super) fn minify(page: &[u8]) -> Option<Vec<u8>> {
    let before = outline(page)?;
    let cfg = Cfg {
        keep_closing_tags: true,
        keep_html_and_head_opening_tags: true,
        ..Cfg::new()
    };
    let small = catch_unwind(AssertUnwindSafe(|| minify_html::minify(page, &cfg))).ok()?;
    (outline(&small)? == before).then_some(small)
}

/// The visible words and the elements with their addresses; `None` beyond the depth.
fn outline(page: &[u8]) -> Option<(Vec<String>, Vec<String>)> {
    const VOID: &[&[u8]] = &[
        b"meta", b"link", b"br", b"hr", b"img", b"input", b"wbr", b"source", b"col", b"area",
        b"base",
    ];
    let (mut words, mut elements) = (Vec::new(), Vec::new());
    let mut word = String::new();
    let mut depth = 0usize;
    for Ok(token) in Tokenizer::new(page) {
        match token {
            Token::String(text) => {
                let text = String::from_utf8_lossy(&text);
                push_words(&text, &mut word, &mut words);
            }
            Token::StartTag(tag) => {
                if !tag.self_closing && !VOID.contains(&&tag.name[..]) {
                    depth += 1;
                }
                if depth > DEEPEST {
                    return None;
                }
                let mut element = String::from_utf8_lossy(&tag.name).into_owned();
                for key in [&b"id"[..], b"href", b"src"] {
                    if let Some(value) = tag.attributes.get(key) {
                        element.push(' ');
                        element.push_str(&String::from_utf8_lossy(value));
                    }
                }
                elements.push(element);
                flush(&tag.name, &mut word, &mut words);
            }
            Token::EndTag(tag) => {
                depth = depth.saturating_sub(1);
                flush(&tag.name, &mut word, &mut words);
            }
            _ => {}
        }
    }
    flush(b"html", &mut word, &mut words);
    Some((words, elements))
}

fn push_words(text: &str, word: &mut String, words: &mut Vec<String>) {
    for c in text.chars() {
        if c.is_whitespace() {
            if !word.is_empty() {
                words.push(std::mem::take(word));
            }
        } else {
            word.push(c);
        }
    }
}

/// Every element but an inline one ends a word: two words in one line must keep the space between them.
fn flush(name: &[u8], word: &mut String, words: &mut Vec<String>) {
    const INLINE: &[&[u8]] = &[
        b"a", b"abbr", b"b", b"code", b"em", b"i", b"mark", b"q", b"s", b"small", b"span",
        b"strong", b"sub", b"sup", b"time", b"u", b"del",
    ];
    if !INLINE.contains(&name) && !word.is_empty() {
        words.push(std::mem::take(word));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_between_inline_elements_are_not_lost() {
        assert!(
            minify(
                "<!doctype html><html lang=vi><body><p><b>Tác giả</b> <i>Ngày</i></p></body></html>".as_bytes()
            )
            .is_some()
        );
        let glued = "<!doctype html><html lang=vi><body><div><span>Tác giả</span> <span>Ngày</span></div></body></html>";
        assert_eq!(minify(glued.as_bytes()), None);
    }

    #[test]
    fn deep_pages_are_left_alone() {
        assert_eq!(minify("<div>".repeat(20_000).as_bytes()), None);
    }

    /// The sample site, a page of every state, and one edition of each built-in theme for the web.
    fn site(minify: &str) -> crate::load::Tree {
        let mut tree =
            crate::load::snapshot(std::path::Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
        // Pages of the sample ask for editions by these names.
        let editions = [
            ("bao-ap-bac", "newspaper"),
            ("phat-thanh-truyen-hinh", "broadcaster"),
            ("loa-truyen-thanh", "base"),
            ("to-roi", "base"),
        ];
        let edition = |(name, theme): (&str, &str)| {
            format!(
                "  {name}: {{channel: web, theme: {theme}, base_url: \"https://{name}.example/\", minify: {minify}, per_page: 3}}\n"
            )
        };
        let settings = format!(
            "title: Thử\nlanguages: [vi, en]\napproval: required\neditions:\n{}",
            editions.map(edition).concat()
        );
        let expired = "---\ntitle: Cũ & <mới>\nsummary: Hết hạn.\ndate: 2026-08-01\nexpires_at: 2026-08-02\nsensitive: true\n\
                    aliases: [cu/bai, cu.html]\nauthor: Ai đó\nsource: Sổ tay\npriority: emergency\nkind: notice\n---\n\
                    A `b` **c** *d*  \ne\n\n    khối   mã\n\n- [x] f\n- g\n";
        let withdrawn = "---\ntitle: Rút <lại>\nsummary: Sai.\ndate: 2026-08-01\nwithdrawn: {on: 2026-08-02, reason: Nhầm & sai.}\n---\nA.\n";
        let draft =
            "---\ntitle: Nháp\nsummary: Chưa xong.\ndate: 2026-08-01\ndraft: true\n---\nB.\n";
        let ahead = "---\ntitle: Hẹn\nsummary: Sắp đăng.\ndate: 2026-08-01\npublish_at: 2026-09-01T08:00\n---\nC.\n";
        tree.files
            .retain(|file| file.path != "loa.yaml" && !file.path.starts_with("themes/"));
        for (path, text) in [
            ("loa.yaml", settings.as_str()),
            ("content/cu.md", expired),
            ("content/rut.md", withdrawn),
            ("content/nhap.md", draft),
            ("content/hen.md", ahead),
        ] {
            let bytes = text.as_bytes().to_vec();
            let file = crate::load::TreeFile::new(path.to_owned(), bytes);
            tree.files.push(file);
        }
        tree.files.sort_by(|a, b| a.path.cmp(&b.path));
        tree
    }

    #[test]
    fn tight_templates_show_the_same_words_and_elements_on_every_kind_of_page() {
        let options = crate::pipeline::Options {
            show_drafts: true,
            ..crate::pipeline::Options::on(jiff::civil::date(2026, 8, 19))
        };
        let [plain, tight] = ["false", "true"].map(|minify| {
            let built = crate::pipeline::build_with(&site(minify), &options);
            let errors: Vec<_> = built.diags.iter().filter(|diag| diag.is_error()).collect();
            assert!(errors.is_empty(), "{errors:?}");
            built.plan
        });
        let (mut pages, mut saved) = (0, 0);
        for (plain, tight) in plain.editions.iter().zip(&tight.editions) {
            for (path, before) in plain
                .files
                .iter()
                .filter(|(_, file)| file.media == "text/html")
            {
                let after = &tight.files[path];
                let shown = |bytes: &[u8]| {
                    let (words, elements) = outline(bytes).unwrap();
                    // The name of the style sheet changes with its content.
                    let elements = elements
                        .into_iter()
                        .filter(|element| !element.contains("assets/style."));
                    (words, elements.collect::<Vec<_>>())
                };
                assert_eq!(
                    shown(&before.bytes),
                    shown(&after.bytes),
                    "{}/{path}",
                    plain.name
                );
                assert!(after.bytes.len() < before.bytes.len());
                pages += 1;
                saved += before.bytes.len() - after.bytes.len();
            }
            for kind in [
                "404.html",
                "index.html",
                "chu-de/index.html",
                "van-ban/index.html",
                "cu/bai/index.html",
                "cu.html",
                "cu/index.html",
                "rut/index.html",
                "nhap/index.html",
                "hen/index.html",
            ] {
                assert!(plain.files.contains_key(kind), "{}/{kind}", plain.name);
            }
        }
        assert!(
            pages > 90 && saved > pages * 50,
            "{pages} pages, {saved} bytes saved"
        );
    }
}
