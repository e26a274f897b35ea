//! The list of an edition's leaflets, to open by double click.

use std::fmt::Write as _;

use super::format::Format;
use super::words::Words;
use super::{path, readers};
use crate::channel::differences::Difference;
use crate::channel::markup::escaped;
use crate::model::{Artifact, CommuneId, Edition, Page, Site};
use crate::text::sort_key;

const STYLE: &str = "\
:root{color-scheme:light dark;--ink:#1b1b1b;--paper:#fff;--line:#d5d0ca;--accent:#a3161f}\
@media(prefers-color-scheme:dark){:root{--ink:#ececec;--paper:#171717;--line:#444;--accent:#ff9b94}}\
*{box-sizing:border-box}\
body{margin:0 auto;max-width:60rem;padding:1.5rem 1rem 4rem;background:var(--paper);color:var(--ink);\
font:1.0625rem/1.6 system-ui,\"Segoe UI\",Roboto,\"Noto Sans\",sans-serif}\
h1{margin:0;font-size:1.9rem;line-height:1.25;border-bottom:.25rem solid var(--accent);padding-bottom:.5rem}\
p{margin:.75rem 0 1.5rem}\
details{border-bottom:1px solid var(--line)}\
summary{cursor:pointer;padding:.6rem 0;font-weight:600}\
summary::first-letter{text-transform:uppercase}\
ul{margin:0 0 1rem;padding:0;list-style:none}\
li{display:flex;flex-wrap:wrap;gap:.25rem 1rem;justify-content:space-between;padding:.35rem 0 .35rem 1.2rem}\
h2{margin:2rem 0 0;font-size:1.3rem}\
table{border-collapse:collapse;width:100%}\
th,td{padding:.35rem 1rem .35rem 0;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}\
a{display:inline-block;min-width:3rem;padding:.1rem .6rem;border:1px solid;border-radius:.25rem;text-align:center;\
color:var(--accent);text-decoration:none}\
a:hover,a:focus-visible{background:var(--accent);color:var(--paper)}";

/// Writes the list: communes in alphabetical order, under each its leaflets in page order.
pub(super) fn write(
    site: &Site,
    edition: &Edition,
    jobs: &[(&Page, &'static Format)],
    differences: &[Difference<'_>],
    words: Words<'_>,
) -> Artifact {
    let mut readers = readers(site);
    readers.sort_by_key(|commune| commune.map(|id| sort_key(&site.facts.commune(id).name)));
    let title = format!("{} – {}", words.get("leaflets"), site.config.title);
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"robots\" content=\"noindex\">\n<link rel=\"icon\" href=\"data:,\">\n<title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n\
         <h1>{}</h1>\n<p>{}</p>\n",
        escaped(&site.config.language),
        escaped(&title),
        escaped(&title),
        escaped(words.get("leaflets_note")),
    );
    for commune in readers {
        group(site, jobs, commune, words, &mut out);
    }
    table(differences, words, &mut out);
    out.push_str("</main>\n</body>\n</html>\n");
    Artifact {
        path: "index.html".to_owned(),
        media: "text/html",
        bytes: out.into_bytes().into(),
        from: vec![edition.span],
    }
}

/// The leaflets of one commune.
fn group(
    site: &Site,
    jobs: &[(&Page, &'static Format)],
    commune: Option<CommuneId>,
    words: Words<'_>,
    out: &mut String,
) {
    let name = commune.map(|id| site.facts.commune(id).full_name());
    if let Some(name) = &name {
        let _ = writeln!(out, "<details>\n<summary>{}</summary>", escaped(name));
    }
    out.push_str("<ul>\n");
    for formats in jobs.chunk_by(|a, b| a.0.id == b.0.id) {
        let page = formats[0].0;
        let _ = write!(
            out,
            "<li><span lang=\"{}\">{}</span> <span>",
            escaped(&page.language),
            escaped(&page.meta.title)
        );
        if page.unapproved {
            let _ = write!(out, "<b>{}</b> ", escaped(words.get("draft_unapproved")));
        }
        for (page, format) in formats {
            let href = escaped(&path(site, page, format, commune)).into_owned();
            let _ = write!(
                out,
                "<a href=\"{href}\">{}</a> ",
                format.name.to_uppercase()
            );
        }
        out.push_str("</span></li>\n");
    }
    out.push_str("</ul>\n");
    if name.is_some() {
        out.push_str("</details>\n");
    }
}

/// The table of what differs between communes; nothing when nothing does.
fn table(differences: &[Difference<'_>], words: Words<'_>, out: &mut String) {
    if differences.is_empty() {
        return;
    }
    let word = |key: &str| escaped(words.get(key)).into_owned();
    let _ = writeln!(
        out,
        "<h2>{}</h2>\n<p>{}</p>\n<table>\n<thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th>\
         <th scope=\"col\">{}</th></tr></thead>\n<tbody>",
        word("differences"),
        word("differences_note"),
        word("difference_article"),
        word("difference_contact"),
        word("difference_communes"),
    );
    for line in differences {
        let more = match line.more {
            0 => String::new(),
            more => format!(
                " {}",
                word("difference_more").replace("{count}", &more.to_string())
            ),
        };
        let _ = writeln!(
            out,
            "<tr><td>{}</td><td>{}</td><td>{}{more}</td></tr>",
            escaped(line.article),
            escaped(line.contact),
            escaped(&line.communes.join(", ")),
        );
    }
    out.push_str("</tbody>\n</table>\n");
}
