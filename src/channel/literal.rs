//! Typst literals: the only way in which words of a site enter Typst source.

use std::fmt::Write as _;

/// A string literal. Nothing in it can end it, so no text is ever read as Typst.
pub(super) fn string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() => {
                let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A string literal, or `none` where there are no words.
pub(super) fn optional(text: Option<&str>) -> String {
    text.map_or_else(|| "none".to_owned(), string)
}

/// An array of expressions.
pub(super) fn array(items: impl IntoIterator<Item = String>) -> String {
    let mut out = String::from("(");
    for item in items {
        out.push_str(&item);
        // A list of one needs its comma: without it the brackets only group.
        out.push_str(", ");
    }
    out.push(')');
    out
}

/// A dictionary of expressions by name.
pub(super) fn dictionary<'a>(entries: impl IntoIterator<Item = (&'a str, String)>) -> String {
    let mut out = String::from("(");
    for (key, value) in entries {
        let _ = write!(out, "{}: {value}, ", string(key));
    }
    if out.len() == 1 {
        // Without an entry, a colon tells a dictionary from an array.
        out.push(':');
    }
    out.push(')');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_a_string_early() {
        assert_eq!(
            string(r#"a "b" \ #c $d$ *e*"#),
            r#""a \"b\" \\ #c $d$ *e*""#
        );
        assert_eq!(string("một\nhai\u{0}"), r#""một\u{a}hai\u{0}""#);
    }

    #[test]
    fn short_collections_keep_their_type() {
        assert_eq!(array([]), "()");
        assert_eq!(array(["1".to_owned()]), "(1, )");
        assert_eq!(dictionary([]), "(:)");
        assert_eq!(dictionary([("a b", "1".to_owned())]), "(\"a b\": 1, )");
    }
}
