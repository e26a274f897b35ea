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
pub(super) fn minify(page: &str) -> Option<String> {
    let before = outline(page)?;
    let cfg = Cfg {
        keep_closing_tags: true,
        keep_html_and_head_opening_tags: true,
        ..Cfg::new()
    };
    let small = catch_unwind(AssertUnwindSafe(|| {
        minify_html::minify(page.as_bytes(), &cfg)
    }))
    .ok()?;
    let small = String::from_utf8(small).ok()?;
    (outline(&small)? == before).then_some(small)
}

/// The visible words and the elements with their addresses; `None` beyond the depth.
fn outline(page: &str) -> Option<(Vec<String>, Vec<String>)> {
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
                "<!doctype html><html lang=vi><body><p><b>Tác giả</b> <i>Ngày</i></p></body></html>"
            )
            .is_some()
        );
        let glued = "<!doctype html><html lang=vi><body><div><span>Tác giả</span> <span>Ngày</span></div></body></html>";
        assert_eq!(minify(glued), None);
    }

    #[test]
    fn deep_pages_are_left_alone() {
        assert_eq!(minify(&"<div>".repeat(20_000)), None);
    }
}
