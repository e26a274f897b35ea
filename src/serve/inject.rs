//! The script that reloads a page, put into a page on its way out.

use std::ops::Range;

use super::board::Shown;

/// The address of the script; no edition can be called `.loa`.
pub(super) const SCRIPT: &str = "/.loa/reload.js";
/// Where it listens.
pub(super) const EVENTS: &str = "/.loa/events";

/// A page with the script at its end, and with a content security policy that lets it in.
pub(super) fn inject(page: &[u8], shown: &Shown, missing: bool) -> Vec<u8> {
    let page = String::from_utf8_lossy(page);
    let mut out = match policy(&page) {
        None => page.into_owned(),
        Some(place) => format!(
            "{}{}{}",
            &page[..place.start],
            opened(&page[place.clone()]),
            &page[place.end..]
        ),
    };
    // Whatever a page leaves open, a script behind everything else is read.
    out.push_str(&format!(
        "<script src=\"{SCRIPT}\" data-run=\"{}\" data-version=\"{}\"{}></script>\n",
        shown.run,
        shown.version,
        if missing { " data-missing" } else { "" }
    ));
    out.into_bytes()
}

/// Where a page writes its content security policy: the value of `content`.
fn policy(page: &str) -> Option<Range<usize>> {
    let lower = page.to_ascii_lowercase();
    let mut from = 0;
    while let Some(at) = lower[from..].find("<meta") {
        let start = from + at;
        let end = start + tag_length(&lower[start..]);
        let tag = &lower[start..end];
        if tag.contains("content-security-policy") {
            return value(tag).map(|place| start + place.start..start + place.end);
        }
        from = end;
    }
    None
}

/// How long the tag at the beginning of a text is; a `>` inside quotes does not end it.
fn tag_length(text: &str) -> usize {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (None, '>') => return at,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            _ => {}
        }
    }
    text.len()
}

/// The quoted value of `content` in a tag.
fn value(tag: &str) -> Option<Range<usize>> {
    let name = tag
        .match_indices("content=")
        .find(|(at, _)| tag[..*at].ends_with([' ', '\n', '\t', '"', '\'']))?;
    let from = name.0 + "content=".len();
    let quote = tag[from..]
        .chars()
        .next()
        .filter(|c| matches!(c, '"' | '\''))?;
    let end = tag[from + 1..].find(quote)?;
    Some(from + 1..from + 1 + end)
}

/// The same policy, with this program's own script and its events allowed.
fn opened(policy: &str) -> String {
    let mut directives: Vec<Vec<&str>> = policy
        .split(';')
        .map(|directive| directive.split_whitespace().collect::<Vec<&str>>())
        .filter(|words| !words.is_empty())
        .collect();
    let named = |directives: &[Vec<&str>], name: &str| {
        directives
            .iter()
            .position(|words| words[0].eq_ignore_ascii_case(name))
    };
    for name in ["script-src", "connect-src"] {
        let own = named(&directives, name).map(|place| directives.remove(place));
        let default = || named(&directives, "default-src").map(|place| directives[place].clone());
        let Some(words) = own.or_else(default) else {
            continue;
        };
        // `'none'` means something only where it stands alone.
        let sources = words[1..]
            .iter()
            .copied()
            .filter(|word| !word.eq_ignore_ascii_case("'none'") && *word != "'self'");
        let open: Vec<&str> = [name]
            .into_iter()
            .chain(sources)
            .chain(["'self'"])
            .collect();
        directives.push(open);
    }
    let joined: Vec<String> = directives.iter().map(|words| words.join(" ")).collect();
    joined.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn injected(page: &str) -> String {
        let shown = Shown {
            run: 7,
            version: 3,
            ..Shown::default()
        };
        String::from_utf8(inject(page.as_bytes(), &shown, true)).unwrap()
    }

    const TAG: &str = "<script src=\"/.loa/reload.js\" data-run=\"7\" data-version=\"3\" data-missing></script>\n";

    #[test]
    fn the_script_is_the_last_thing_of_a_page() {
        assert_eq!(injected("<p>Chữ"), format!("<p>Chữ{TAG}"));
    }

    #[test]
    fn a_policy_lets_the_script_in_and_nothing_else() {
        let cases = [
            (
                "default-src 'none'; style-src 'self'",
                "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'",
            ),
            (
                "script-src 'none';connect-src https://a.vn;",
                "script-src 'self'; connect-src https://a.vn 'self'",
            ),
            (
                "default-src 'self' https://a.vn; connect-src 'self'",
                "default-src 'self' https://a.vn; script-src https://a.vn 'self'; connect-src 'self'",
            ),
            ("frame-ancestors 'none'", "frame-ancestors 'none'"),
        ];
        for (before, after) in cases {
            for (open, close) in [
                (
                    "<meta http-equiv=\"Content-Security-Policy\" content=\"",
                    "\">",
                ),
                (
                    "<title>content=</title><meta http-equiv=content-security-policy content=\"",
                    "\">",
                ),
                (
                    "<meta content=\"",
                    "\" http-equiv='Content-Security-Policy'>",
                ),
            ] {
                assert_eq!(
                    injected(&format!("{open}{before}{close}")),
                    format!("{open}{after}{close}{TAG}")
                );
            }
        }
    }

    #[test]
    fn words_about_policies_are_left_alone() {
        let page = "<p>Content-Security-Policy content=\"x\"";
        assert_eq!(injected(page), format!("{page}{TAG}"));
    }
}
