//! The lists of an edition's leaflets, to open by double click: one for all, one for each commune.

use std::fmt::Write as _;

use rayon::prelude::*;

use super::format::Format;
use super::order::{Job, Named, Order};
use super::words::Words;
use super::{Print, path, picture_path, readers};
use crate::channel::differences::{Difference, Differences};
use crate::channel::markup::escaped;
use crate::diag::Span;
use crate::model::{Artifact, CommuneId, ContactId, Digester, PageId};
use crate::text::sort_key;

/// Pictures are shown at most so many pixels wide.
pub(super) const PICTURE: f64 = 176.0;

const STYLE: &str = "\
:root{color-scheme:light dark;--ink:#1b1b1b;--paper:#fff;--line:#d5d0ca;--accent:#a3161f}\
@media(prefers-color-scheme:dark){:root{--ink:#ececec;--paper:#171717;--line:#444;--accent:#ff9b94}}\
*{box-sizing:border-box}\
body{margin:0 auto;max-width:60rem;padding:1.5rem 1rem 4rem;background:var(--paper);color:var(--ink);\
font:1.0625rem/1.6 system-ui,\"Segoe UI\",Roboto,\"Noto Sans\",sans-serif}\
h1{margin:0;font-size:1.9rem;line-height:1.25;border-bottom:.25rem solid var(--accent);padding-bottom:.5rem}\
p{margin:.75rem 0 1.5rem}\
ul{margin:1rem 0;padding:0;list-style:none}\
.sheets{display:grid;grid-template-columns:repeat(auto-fill,minmax(11rem,1fr));gap:1.5rem 1.25rem}\
.sheets a{display:block;border:0;padding:0;text-align:left}\
.sheets a:hover,.sheets a:focus-visible{background:none;color:var(--accent);text-decoration:underline}\
.sheets img{display:block;width:100%;height:auto;margin-bottom:.5rem;border:1px solid var(--line);background:#fff}\
.sheets strong,.sheets small,.sheets b{display:block;line-height:1.35}\
.sheets small,.sheets b{font-size:.9rem;color:var(--ink);margin-top:.2rem}\
.communes li{display:flex;gap:1rem;justify-content:space-between;align-items:baseline;padding:.35rem 0;border-bottom:1px solid var(--line)}\
.communes a:first-child{border:0;padding:.1rem 0;text-align:left}\
.communes a:first-child::first-letter{text-transform:uppercase}\
@media(min-width:40rem){.communes{columns:2;column-gap:3rem}.communes li{break-inside:avoid}}\
h1::first-letter{text-transform:uppercase}\
nav a{margin-right:.5rem}\
h2{margin:2rem 0 0;font-size:1.3rem}\
table{border-collapse:collapse;width:100%}\
th,td{padding:.35rem 1rem .35rem 0;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}\
a{display:inline-block;min-width:3rem;padding:.1rem .6rem;border:1px solid;border-radius:.25rem;text-align:center;\
color:var(--accent);text-decoration:none}\
a:hover,a:focus-visible{background:var(--accent);color:var(--paper)}";

impl Print<'_> {
    /// Hands over all lists.
    pub(super) fn lists(&self, jobs: &[Job<'_>], named: &Named, differences: &Differences) {
        let order = &self.order;
        let site = order.site;
        let named: Vec<(PageId, Vec<ContactId>)> = named
            .iter()
            .map(|(id, contacts)| (*id, contacts.iter().copied().collect()))
            .collect();
        let pages = named.iter().map(|(id, all)| (*id, all.as_slice()));
        let table = differences.table(site, pages);
        let key = self.keys.as_ref().map(|keys| {
            let mut key = Digester::default();
            key.text("lists").digest(keys.lists(jobs));
            key.text(&format!("{table:?}"));
            key.finish()
        });
        if key.is_some_and(|key| self.out.recall(key).is_some()) {
            return;
        }
        let has = |language: &&String| jobs.iter().any(|(page, _)| page.language == **language);
        let languages = site.config.languages.iter().filter(has);
        let lists: Vec<List<'_>> = languages
            .clone()
            .map(|language| List {
                order,
                jobs: jobs
                    .iter()
                    .filter(|(page, _)| page.language == *language)
                    .copied()
                    .collect(),
                language,
                languages: languages.clone().map(String::as_str).collect(),
                words: Words::of(&order.theme.strings, language, &site.config.language),
            })
            .collect();
        let mut made: Vec<Artifact> = lists.iter().map(|list| list.all(&table)).collect();
        let communes = site.chosen_communes();
        for list in &lists {
            let one = |id: &CommuneId| list.commune(*id);
            made.par_extend(communes.par_iter().map(one));
        }
        let paths = made.iter().map(|file| file.path.clone()).collect();
        for artifact in made {
            self.out.take(artifact);
        }
        if let Some(key) = key {
            self.out.keep(key, paths, Vec::new());
        }
    }
}

/// The lists in one language.
struct List<'a> {
    order: &'a Order<'a>,
    jobs: Vec<Job<'a>>,
    language: &'a str,
    /// Those that have lists.
    languages: Vec<&'a str>,
    words: Words<'a>,
}

impl List<'_> {
    /// The list of the edition: what there is, and for whom.
    fn all(&self, differences: &[Difference<'_>]) -> Artifact {
        let site = self.order.site;
        let title = format!("{} – {}", self.words.get("leaflets"), site.config.title);
        let mut out = self.head(&title);
        let _ = writeln!(out, "<p>{}</p>", self.word("leaflets_note"));
        self.others("", "index.html", &mut out);
        let mut communes = site.chosen_communes();
        communes.sort_by_key(|id| sort_key(&site.facts.commune(*id).name));
        let sample = readers(site).first().copied().flatten();
        if let Some(sample) = sample {
            let name = site.facts.commune(sample).full_name();
            let note = self
                .word("leaflets_sample")
                .replace("{commune}", &escaped(&name));
            let _ = writeln!(
                out,
                "<h2>{}</h2>\n<p>{note}</p>",
                self.word("leaflets_sheets")
            );
        } else {
            self.bundle(None, "", &mut out);
        }
        self.sheets(sample, "", &mut out);
        if !communes.is_empty() {
            let _ = write!(
                out,
                "<h2>{}</h2>\n<ul class=\"communes\">\n",
                self.word("leaflets_communes")
            );
            for id in communes {
                let commune = site.facts.commune(id);
                let up = "../".repeat(self.prefix().matches('/').count());
                let _ = writeln!(
                    out,
                    "<li><a href=\"{}/index.html\">{}</a> <a href=\"{up}{}\">ZIP</a></li>",
                    escaped(&commune.slug),
                    escaped(&commune.full_name()),
                    escaped(&self.order.bundle(Some(id))),
                );
            }
            out.push_str("</ul>\n");
        }
        table(differences, self.words, &mut out);
        self.file("index.html", out, self.order.edition.span)
    }

    /// The list of a commune.
    fn commune(&self, id: CommuneId) -> Artifact {
        let commune = self.order.site.facts.commune(id);
        let name = commune.full_name();
        let mut out = self.head(&format!("{name} – {}", self.words.get("leaflets")));
        let _ = writeln!(
            out,
            "<nav><a href=\"../index.html\">{}</a></nav>",
            self.word("leaflets_back")
        );
        let file = format!("{}/index.html", commune.slug);
        self.others("../", &file, &mut out);
        self.bundle(Some(id), "../", &mut out);
        self.sheets(Some(id), "../", &mut out);
        self.file(&file, out, commune.span)
    }

    fn head(&self, title: &str) -> String {
        let title = escaped(title);
        format!(
            "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"robots\" content=\"noindex\">\n<link rel=\"icon\" href=\"data:,\">\n\
             <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n",
            escaped(self.language),
        )
    }

    fn file(&self, path: &str, mut html: String, from: Span) -> Artifact {
        html.push_str("</main>\n</body>\n</html>\n");
        Artifact {
            path: format!("{}{path}", self.prefix()),
            media: "text/html",
            bytes: html.into_bytes().into(),
            from: vec![from],
        }
    }

    fn prefix(&self) -> String {
        let config = &self.order.site.config;
        config.language_prefix(self.language)
    }

    fn word(&self, key: &str) -> String {
        escaped(self.words.get(key)).into_owned()
    }

    /// The same list in the other languages; `up` leads out of the commune's folder.
    fn others(&self, up: &str, file: &str, out: &mut String) {
        let config = &self.order.site.config;
        let others = self.languages.iter().filter(|one| **one != self.language);
        let root = "../".repeat(self.prefix().matches('/').count());
        for language in others {
            let words = Words::of(&self.order.theme.strings, language, &config.language);
            let _ = writeln!(
                out,
                "<p><a href=\"{up}{root}{}{}\" lang=\"{language}\">{}</a></p>",
                config.language_prefix(language),
                escaped(file),
                escaped(words.get("leaflets")),
            );
        }
    }

    /// The way to the file with all leaflets.
    fn bundle(&self, commune: Option<CommuneId>, up: &str, out: &mut String) {
        let root = "../".repeat(self.prefix().matches('/').count());
        let _ = writeln!(
            out,
            "<p><a href=\"{up}{root}{}\">{}</a></p>",
            escaped(&self.order.bundle(commune)),
            self.word("leaflets_zip"),
        );
    }

    /// The leaflets for a commune with their pictures; `up` leads out of its folder.
    fn sheets(&self, commune: Option<CommuneId>, up: &str, out: &mut String) {
        let site = self.order.site;
        let prefix = self.prefix();
        let below = |path: &str| {
            let path = path.strip_prefix(&prefix).unwrap_or(path);
            escaped(path).into_owned()
        };
        out.push_str("<ul class=\"sheets\">\n");
        for (page, format) in &self.jobs {
            let _ = write!(
                out,
                "<li><a href=\"{up}{}\"><img src=\"{up}{}\" alt=\"\" width=\"{PICTURE}\" height=\"{}\" \
                 loading=\"lazy\"><strong>{}</strong></a><small>{}</small>",
                below(&path(site, page, format, commune)),
                below(&picture_path(site, page, format)),
                height(format),
                escaped(&page.meta.title),
                escaped(&format.label()),
            );
            for extra in self.order.extras(page, format, commune, self.words) {
                let _ = write!(
                    out,
                    "<small><a href=\"{up}{}\">{}</a></small>",
                    below(&extra.path),
                    escaped(&extra.label)
                );
            }
            if page.unapproved {
                let _ = write!(out, "<b>{}</b>", self.word("draft_unapproved"));
            }
            out.push_str("</li>\n");
        }
        out.push_str("</ul>\n");
    }
}

/// The height of a picture as it is shown.
fn height(format: &Format) -> f64 {
    (PICTURE * format.height_mm / format.width_mm).round()
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
