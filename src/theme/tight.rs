//! Templates and style sheets without the white space that only their writers need.
//!
//! A template is made smaller once, when it is read, so that pages need no minifier. Only white space
//! goes: between a tag that begins or ends a block and its neighbours all of it, elsewhere all but
//! one character. Template code, attributes, and what stands in `pre`, `textarea`, `script` and
//! `style` stay as they are.

/// Elements that words never flow around: white space beside their tags is not shown.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "base",
    "blockquote",
    "body",
    "br",
    "caption",
    "col",
    "colgroup",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "legend",
    "li",
    "link",
    "main",
    "meta",
    "nav",
    "ol",
    "p",
    "search",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "ul",
];

/// Elements whose text is kept as it is.
const KEPT: &[&str] = &["pre", "textarea", "script", "style"];

/// A piece of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece<'a> {
    /// White space between words or tags.
    Space(&'a str),
    /// A tag of an element that ends a line of words.
    Block(&'a str),
    /// Words, other tags, template code, and what is kept.
    Other(&'a str),
}

/// A template of HTML made tight.
pub(super) fn html(template: &str) -> String {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    // A part may be included in the middle of a line: its ends are beside nothing.
    let mut before = Piece::Other("");
    while !rest.is_empty() {
        let (piece, behind) = next(rest);
        match piece {
            Piece::Space(space) => {
                let (after, _) = next(behind);
                let beside_block =
                    matches!(before, Piece::Block(_)) || matches!(after, Piece::Block(_));
                if !beside_block {
                    out.push(if space.contains('\n') { '\n' } else { ' ' });
                }
            }
            Piece::Block(text) | Piece::Other(text) => out.push_str(text),
        }
        (before, rest) = (piece, behind);
    }
    out
}

/// The piece that a text begins with, and what follows it.
fn next(text: &str) -> (Piece<'_>, &str) {
    let space = text.len() - text.trim_start_matches([' ', '\n', '\t', '\r']).len();
    if space > 0 {
        let (space, behind) = text.split_at(space);
        return (Piece::Space(space), behind);
    }
    if let Some(end) = code(text) {
        let (code, behind) = text.split_at(end);
        return (Piece::Other(code), behind);
    }
    if text.starts_with("<!--") {
        let end = text.find("-->").map_or(text.len(), |at| at + 3);
        let (comment, behind) = text.split_at(end);
        return (Piece::Other(comment), behind);
    }
    if let Some(end) = tag(text) {
        return element(text, end);
    }
    let stop = |c: char| c.is_ascii_whitespace() || c == '<' || c == '{';
    let first = text.chars().next().map_or(0, char::len_utf8);
    let end = text[first..].find(stop).map_or(text.len(), |at| first + at);
    let (words, behind) = text.split_at(end);
    (Piece::Other(words), behind)
}

/// The end of the template code that a text begins with.
fn code(text: &str) -> Option<usize> {
    let close = match text.get(..2)? {
        "{{" => "}}",
        "{%" => "%}",
        "{#" => "#}",
        _ => return None,
    };
    let mut at = 2;
    let mut quote = None;
    for (place, c) in text[2..].char_indices() {
        at = 2 + place;
        match (quote, c) {
            (Some(open), c) if open == c => quote = None,
            (None, '"' | '\'' | '`') if close != "#}" => quote = Some(c),
            (None, _) if text[at..].starts_with(close) => return Some(at + 2),
            _ => {}
        }
    }
    Some(text.len().max(at))
}

/// The end of the tag that a text begins with; template code in it may hold any sign.
fn tag(text: &str) -> Option<usize> {
    let mut letters = text.chars();
    if letters.next() != Some('<')
        || !letters
            .next()
            .is_some_and(|c| matches!(c, '/' | '!' | 'a'..='z' | 'A'..='Z' | '{'))
    {
        return None;
    }
    let mut at = 1;
    let mut quote = None;
    while let Some(c) = text[at..].chars().next() {
        if let Some(length) = code(&text[at..]) {
            at += length;
            continue;
        }
        at += c.len_utf8();
        match (quote, c) {
            (Some(open), c) if open == c => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '>') => return Some(at),
            _ => {}
        }
    }
    Some(text.len())
}

/// The tag that ends at `end`, with its text and its end where that is kept.
fn element(text: &str, end: usize) -> (Piece<'_>, &str) {
    let name: String = text[1..end]
        .trim_start_matches('/')
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    let name = name.to_ascii_lowercase();
    let opens = !text.starts_with("</");
    if opens && KEPT.contains(&name.as_str()) {
        let close = format!("</{name}");
        let body = text[end..].find(&close).map_or(text.len(), |at| end + at);
        let whole = body + tag(&text[body..]).unwrap_or(0);
        let (kept, behind) = text.split_at(whole);
        let kept = if matches!(name.as_str(), "script" | "style") {
            Piece::Block(kept)
        } else {
            Piece::Other(kept)
        };
        return (kept, behind);
    }
    let (tag, behind) = text.split_at(end);
    if BLOCKS.contains(&name.as_str()) || tag.starts_with("<!") {
        (Piece::Block(tag), behind)
    } else {
        (Piece::Other(tag), behind)
    }
}

/// A style sheet without comments and without white space that separates nothing.
pub(crate) fn css(sheet: &str) -> String {
    let mut out = String::with_capacity(sheet.len());
    let mut rest = sheet;
    let mut space = false;
    while let Some(c) = rest.chars().next() {
        if rest.starts_with("/*") {
            rest = rest[2..].split_once("*/").map_or("", |(_, behind)| behind);
            space = true;
            continue;
        }
        if c.is_ascii_whitespace() {
            rest = &rest[1..];
            space = true;
            continue;
        }
        let joins = matches!(c, '{' | '}' | ';' | ',')
            || out.ends_with(['{', '}', ';', ',', ':'])
            || out.is_empty();
        if std::mem::take(&mut space) && !joins {
            out.push(' ');
        }
        if c == '}' && out.ends_with(';') {
            out.pop();
        }
        let length = match c {
            '"' | '\'' => string(rest, c),
            _ => c.len_utf8(),
        };
        out.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    out
}

/// The length of the string that a text begins with.
fn string(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_goes_only_where_nobody_sees_it() {
        for (template, tight) in [
            (
                "<ul>\n  <li>a</li>\n  <li>b</li>\n</ul>\n",
                "<ul><li>a</li><li>b</li></ul>",
            ),
            (
                "<p>\n  a  <b>b</b>\n <i>c</i> </p>",
                "<p>a <b>b</b>\n<i>c</i></p>",
            ),
            (
                "<div><span>a</span> <span>b</span></div>",
                "<div><span>a</span> <span>b</span></div>",
            ),
            ("{{ a }}  {{ b }}\n<p>", "{{ a }} {{ b }}<p>"),
            (
                "<p>{% if a  >  b %}  x{% endif %}\n</p>",
                "<p>{% if a  >  b %} x{% endif %}</p>",
            ),
            (
                "<a href=\"{{ x }}\"{% if a > b %} rel=\"p  q\"{% endif %}>a</a>  b",
                "<a href=\"{{ x }}\"{% if a > b %} rel=\"p  q\"{% endif %}>a</a> b",
            ),
            ("<pre>a\n  b</pre>  c", "<pre>a\n  b</pre> c"),
            ("<style>\na  b\n</style>\n<p>", "<style>\na  b\n</style><p>"),
            (
                "<{{ level }}>  a\n</{{ level }}>",
                "<{{ level }}> a\n</{{ level }}>",
            ),
            ("{# a  > b #}\n<p>a < b</p>", "{# a  > b #}<p>a < b</p>"),
            ("{{ f(x=\"}}\") }}  a", "{{ f(x=\"}}\") }} a"),
            ("<!doctype html>\n<html>", "<!doctype html><html>"),
        ] {
            assert_eq!(html(template), tight);
            assert_eq!(html(tight), tight, "tight stays tight");
        }
    }

    #[test]
    fn style_sheets_keep_what_separates() {
        let sheet = "/* a */\n:root { --x: 1px ;\n color : red; }\n@media (min-width: 40em) {\n a > b , a :hover { margin: 0 auto; width: calc(1px + 2px); content: \"a  ; b\" }\n}\n";
        assert_eq!(
            css(sheet),
            ":root{--x:1px;color :red}@media (min-width:40em){a > b,a :hover{margin:0 auto;width:calc(1px + 2px);content:\"a  ; b\"}}"
        );
    }
}
