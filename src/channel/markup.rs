//! Words as HTML, for what is written without a template.

use std::borrow::Cow;

use memchr::{memchr2, memchr3};

/// Adds words as HTML text or attribute value.
pub(crate) fn escape(text: &str, out: &mut String) {
    let bytes = text.as_bytes();
    // Some texts have many quotation marks and no brackets, or the other way round: each sort is looked for
    // again only from where it was found last.
    let brackets = |from: usize| memchr3(b'&', b'<', b'>', &bytes[from..]).map(|at| from + at);
    let quotes = |from: usize| memchr2(b'"', b'\'', &bytes[from..]).map(|at| from + at);
    let (mut bracket, mut quote) = (brackets(0), quotes(0));
    let mut plain = 0;
    while let Some(at) = bracket.into_iter().chain(quote).min() {
        out.push_str(&text[plain..at]);
        out.push_str(match bytes[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#39;",
        });
        plain = at + 1;
        if bracket == Some(at) {
            bracket = brackets(plain);
        } else {
            quote = quotes(plain);
        }
    }
    out.push_str(&text[plain..]);
}

/// Words as HTML text or attribute value.
pub(crate) fn escaped(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>', '"', '\'']) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len() + 8);
    escape(text, &mut out);
    out.into()
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn signs_are_found_wherever_they_stand() {
        for before in 0..70 {
            let (words, end) = ("x".repeat(before), "ế".repeat(40));
            let text = format!("{words}<a b=\"c\">{end}&'");
            let wanted = format!("{words}&lt;a b=&quot;c&quot;&gt;{end}&amp;&#39;");
            assert_eq!(escaped(&text), wanted);
        }
    }
}
