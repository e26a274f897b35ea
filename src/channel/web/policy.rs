//! What browsers may do with pages: the one table of content security policies, and the files that tell
//! a host which headers to send.
//!
//! A page names its own policy in a `meta` element, so that it holds on any host. What `meta` cannot
//! say, and what must hold for files that are no pages, goes into `_headers` and `_nginx.conf`, which
//! are written from the same table: a header that forbids more than a page needs would break the page.

use std::fmt::Write as _;

use super::pages::artifact;
use super::views::Web;
use percent_encoding::percent_decode_str;

use crate::channel::Out;
use crate::channel::compress::Encoding;
use crate::theme::view::HeadView;

/// Sorts of page that need different policies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PageType {
    /// Text, pictures and sound: no script at all.
    Plain,
    /// A reader may be in danger: the script of the quick exit.
    Sensitive,
    /// A script that fetches files of its own host and a form that stays on it: the search.
    Scripted,
    /// An old address: nothing but a link.
    Moved,
}

/// What a policy allows besides what all share.
struct Policy {
    of: PageType,
    /// Where scripts may come from; nowhere when empty.
    scripts: &'static str,
    /// Where forms may lead; nowhere when empty.
    forms: &'static str,
    /// Further directives.
    more: &'static str,
}

/// Every sort of page, once. A page that needs more gets a line of its own here and nowhere else.
const POLICIES: [Policy; 4] = [
    Policy {
        of: PageType::Plain,
        scripts: "",
        forms: "",
        more: "; media-src 'self'",
    },
    Policy {
        of: PageType::Sensitive,
        scripts: "'self'",
        forms: "",
        more: "; media-src 'self'",
    },
    Policy {
        of: PageType::Scripted,
        scripts: "'self'",
        forms: "'self'",
        more: "; media-src 'self'; connect-src 'self'",
    },
    Policy {
        of: PageType::Moved,
        scripts: "",
        forms: "",
        more: "",
    },
];

/// What all pages share.
const SHARED: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:";
/// What no page and no other file may do.
const NEVER: &str = "base-uri 'none'";

impl PageType {
    /// All of them, in their order.
    pub(super) const ALL: [PageType; 4] = [
        PageType::Plain,
        PageType::Sensitive,
        PageType::Scripted,
        PageType::Moved,
    ];

    /// The sort of a page by its head.
    pub(super) fn of(head: &HeadView) -> PageType {
        match (head.scripted, head.sensitive) {
            (true, _) => PageType::Scripted,
            (false, true) => PageType::Sensitive,
            (false, false) => PageType::Plain,
        }
    }

    /// The policy of such a page.
    pub(super) fn policy(self) -> String {
        let found = POLICIES.iter().find(|policy| policy.of == self);
        let (scripts, forms, more) = found.map_or(("", "", ""), |policy| {
            (policy.scripts, policy.forms, policy.more)
        });
        let scripts = if scripts.is_empty() {
            String::new()
        } else {
            format!("; script-src {scripts}")
        };
        let forms = if forms.is_empty() { "'none'" } else { forms };
        format!("{SHARED}{scripts}{more}; {NEVER}; form-action {forms}")
    }
}

/// The policy in a header: what holds for every file, whichever sort of page it is.
fn in_headers() -> String {
    let all = |of: fn(&Policy) -> &'static str| {
        let mut sources: Vec<&str> = POLICIES
            .iter()
            .flat_map(|policy| of(policy).split_whitespace())
            .collect();
        sources.sort_unstable();
        sources.dedup();
        if sources.is_empty() {
            "'none'".to_owned()
        } else {
            sources.join(" ")
        }
    };
    let (scripts, forms) = (all(|policy| policy.scripts), all(|policy| policy.forms));
    format!(
        "script-src {scripts}; object-src 'none'; {NEVER}; form-action {forms}; frame-ancestors 'none'"
    )
}

/// The headers of every file.
fn headers() -> Vec<(&'static str, String)> {
    let policy = in_headers();
    let fixed = [
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "same-origin"),
        (
            "Permissions-Policy",
            "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        ),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ];
    let fixed = fixed.map(|(name, value)| (name, value.to_owned()));
    std::iter::once(("Content-Security-Policy", policy))
        .chain(fixed)
        .collect()
}

/// Files whose name changes with their content: a browser never has to ask for them again.
const FOREVER: &str = "public, max-age=31536000, immutable";

/// Both files.
pub(super) fn files(web: &Web<'_>, out: &mut Out<'_>) {
    let base = web.settings.base.path();
    let nginx = nginx(base, &web.lasting(), &web.settings.compress);
    for (name, text) in [
        ("_headers", netlify(base, &web.lasting())),
        ("_nginx.conf", nginx),
    ] {
        out.file(artifact(name, "text/plain", text.into_bytes(), Vec::new()));
    }
}

/// For hosts that read `_headers` at the root of what is published.
fn netlify(base: &str, lasting: &[&str]) -> String {
    let mut out = format!("{base}*\n");
    for (name, value) in headers() {
        let _ = writeln!(out, "  {name}: {value}");
    }
    for path in lasting {
        let _ = write!(out, "{base}{path}\n  Cache-Control: {FOREVER}\n");
    }
    out
}

/// For an nginx `server` block, by `include`.
fn nginx(base: &str, lasting: &[&str], twins: &[Encoding]) -> String {
    // nginx compares addresses as they are read, not as they are sent.
    let decoded = percent_decode_str(base).decode_utf8_lossy();
    let base = decoded.as_ref();
    // In a folder of somebody else's site these lines may speak for that folder only.
    let block = if base == "/" {
        "the server block".to_owned()
    } else {
        format!("the block: location {base} {{ … }}")
    };
    let mut out = format!(
        "# include this file in {block}\n# a location with add_header lines of its own needs these again\n"
    );
    for (name, value) in headers() {
        let _ = writeln!(out, "add_header {name} \"{value}\" always;");
    }
    for line in twins.iter().flat_map(|twin| handing_out(*twin)) {
        let _ = writeln!(out, "{line}");
    }
    for path in lasting {
        let _ = writeln!(out, "location = \"{base}{path}\" {{ expires max; }}");
    }
    for (ending, media) in UNKNOWN {
        let _ = writeln!(
            out,
            "location ~ \\.{ending}$ {{ types {{ }} default_type {media}; }}"
        );
    }
    let _ = writeln!(out, "location = \"{base}_headers\" {{ return 404; }}");
    let _ = writeln!(out, "location = \"{base}_nginx.conf\" {{ return 404; }}");
    if base == "/" {
        out.push_str("error_page 404 /404.html;\n");
    }
    out
}

/// Sorts of file that nginx does not know by itself, and that programs of readers take by their name only.
const UNKNOWN: [(&str, &str); 2] = [("ics", "text/calendar"), ("vtt", "text/vtt")];

/// What makes nginx hand out compressed twins.
fn handing_out(twin: Encoding) -> &'static [&'static str] {
    match twin {
        Encoding::Gzip => &["gzip_static on;", "gzip_vary on;"],
        // A directive of a module that is not there would keep nginx from starting.
        Encoding::Brotli => &[
            "# with the module brotli_static (Debian: libnginx-mod-http-brotli-static) remove the # before the next line",
            "# brotli_static on;",
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_that_need_a_script_may_run_one() {
        assert!(!PageType::Plain.policy().contains("script-src"));
        assert!(!PageType::Moved.policy().contains("script-src"));
        assert!(PageType::Sensitive.policy().contains("script-src 'self';"));
        for policy in POLICIES {
            let text = policy.of.policy();
            assert!(text.starts_with("default-src 'none';"), "{text}");
            assert!(!text.contains("unsafe-inline") && !text.contains("http"));
            assert!(text.contains(NEVER) && text.contains("; form-action '"));
        }
    }

    #[test]
    fn a_header_forbids_no_script_that_a_page_needs() {
        let header = in_headers();
        for policy in POLICIES {
            let (scripts, rest) = header.split_once("; object-src").unwrap();
            for source in policy.scripts.split_whitespace() {
                assert!(scripts.contains(source), "{scripts} lacks {source}");
            }
            for source in policy.forms.split_whitespace() {
                assert!(rest.contains(&format!("form-action {source}")), "{rest}");
            }
        }
    }

    #[test]
    fn rules_stand_below_the_folder_of_the_edition() {
        let text = netlify("/a/b/", &["assets/style.0123456789.css"]);
        assert!(text.starts_with("/a/b/*\n  Content-Security-Policy: script-src 'self'; "));
        assert!(text.contains("\n/a/b/assets/style.0123456789.css\n  Cache-Control: "));
        let text = nginx("/a/b/", &["assets/style.0123456789.css"], &[]);
        assert!(text.contains("location = \"/a/b/assets/style.0123456789.css\" { expires max; }"));
        assert!(text.contains("\nadd_header X-Content-Type-Options \"nosniff\" always;\n"));
        assert!(text.contains("\nlocation ~ \\.ics$ { types { } default_type text/calendar; }\n"));
    }

    #[test]
    fn compressed_twins_are_handed_out_where_there_are_any() {
        assert!(!nginx("/", &[], &[]).contains("_static"));
        let text = nginx("/", &[], &[Encoding::Gzip, Encoding::Brotli]);
        assert!(text.contains("\ngzip_static on;\ngzip_vary on;\n"));
        assert!(text.contains("\n# brotli_static on;\n"));
    }
}
