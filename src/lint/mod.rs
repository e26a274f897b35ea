//! Checks of a whole site: one small file each, all in one list.
//!
//! A lint looks at the parsed site, or at the words of one page after another, and says what it found.
//! Pages are walked once, in parallel, and all lints of words read the same [`Prose`]; a page that is
//! known from an earlier run is not walked at all. To add one: a file
//! in `rules/`, a line in [`LINTS`], an explanation for its code.

mod allow;
mod asked;
mod citation;
mod known;
mod names;
mod phone;
mod phonebook;
mod prose;
mod register;
mod rules;
mod sentence;
mod words;

use std::sync::OnceLock;

use rayon::prelude::*;

use crate::diag::{Code, Diagnostic, FileId, Sources};
use crate::load::Memo;
use crate::model::{Digest, Page, Site};
use known::{Known, Written};
use prose::Sought;

pub use allow::settle;
pub use prose::Prose;

/// A check of the words of one page, with what it looked up in the site.
pub type WordCheck<'s> = Box<dyn Fn(&Prose<'_>, &mut Vec<Diagnostic>) + Send + Sync + 's>;

/// A check of a site, or of the words of its pages.
pub trait Lint: Sync {
    /// What it reports.
    fn code(&self) -> Code;

    /// Looks at a site as a whole and the texts that its spans point into.
    fn check(&self, _site: &Site, _sources: &Sources, _out: &mut Vec<Diagnostic>) {}

    /// The check of a page's words, if this lint has one: made once, then called for every page whose
    /// findings are not known from an earlier run. What it finds may depend on the page, on what the page
    /// refers to, on the registry, and on which dates of the registry have passed: see `known.rs`.
    fn words<'s>(&self, _site: &'s Site) -> Option<WordCheck<'s>> {
        None
    }
}

/// Every lint, in the order of the documentation.
pub const LINTS: &[&dyn Lint] = &[
    &rules::LongSentence,
    &rules::ExpiredPhone,
    &rules::SupersededDocument,
    &rules::FormerNames,
    &rules::CommuneWithoutPhone,
    &rules::UnregisteredPhone,
    &rules::UnregisteredDocument,
    &rules::AmbiguousReading,
    &rules::UnknownAbbreviation,
    &rules::MixedToneMarks,
    &rules::NotApproved,
    &rules::ApprovalVoid,
    &rules::OutdatedAudio,
];

/// Runs all lints.
#[must_use]
pub fn lint(site: &Site, sources: &Sources) -> Vec<Diagnostic> {
    all(site, sources, None)
}

/// The same, without looking again at the words of pages whose findings `memo` knows; afterwards it knows
/// all of them. It must be the memo with which the site was read.
///
/// What comes of it does not depend on the memo, only the time it takes.
pub fn lint_with(site: &Site, sources: &Sources, memo: &mut Memo) -> Vec<Diagnostic> {
    all(site, sources, Some(memo))
}

/// Looks at the words of single pages, with what was looked up in the site once.
pub struct Reader<'s>(Look<'s>);

impl<'s> Reader<'s> {
    /// For pages of a site.
    #[must_use]
    pub fn new(site: &'s Site, sources: &'s Sources) -> Reader<'s> {
        let reader = Reader(Look::new(LINTS, site, sources));
        reader.0.made();
        reader
    }

    /// What is found in a page, which need not be the one that the site knows; `sources` are its own.
    #[must_use]
    pub fn page(&self, page: &Page, sources: &Sources) -> Vec<Diagnostic> {
        let mut out = self.0.at(Written::Page(page), sources);
        out.extend(allow::check(page.file, sources));
        out
    }
}

impl std::fmt::Debug for Reader<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader").finish_non_exhaustive()
    }
}

fn all(site: &Site, sources: &Sources, memo: Option<&mut Memo>) -> Vec<Diagnostic> {
    let mut out = run(LINTS, site, sources, memo);
    let files: Vec<FileId> = sources.files().collect();
    let wrong = files
        .into_par_iter()
        .flat_map_iter(|file| allow::check(file, sources));
    out.par_extend(wrong);
    out
}

fn run(
    lints: &[&dyn Lint],
    site: &Site,
    sources: &Sources,
    memo: Option<&mut Memo>,
) -> Vec<Diagnostic> {
    let of_site = lints.par_iter().map(|lint| {
        let mut out = Vec::new();
        lint.check(site, sources, &mut out);
        out
    });
    let mut found: Vec<Vec<Diagnostic>> = of_site.collect();
    let written = Written::all(site);
    let look = Look::new(lints, site, sources);
    match memo {
        None => found.par_extend(written.par_iter().map(|one| look.at(*one, sources))),
        Some(memo) => found.extend(recall(&written, &look, memo)),
    }
    found.into_iter().flatten().collect()
}

/// The findings in each page: those that are known, and what a look at the others tells.
fn recall<'s>(written: &[Written<'s>], look: &Look<'s>, memo: &mut Memo) -> Vec<Vec<Diagnostic>> {
    struct Seen {
        key: Option<Digest>,
        fresh: bool,
        found: Vec<Diagnostic>,
    }
    let (sources, known) = (look.sources, Known::new(look.site, look.sources));
    let recalled = &*memo;
    let see = |one: &Written<'s>| {
        let file = one.file();
        let key = known.key(*one, recalled);
        let old = key.and_then(|key| recalled.findings(sources.path(file), file, key));
        Seen {
            key,
            fresh: old.is_none(),
            found: old.unwrap_or_else(|| look.at(*one, sources)),
        }
    };
    let seen: Vec<Seen> = written.par_iter().map(see).collect();
    let keep = |(one, seen): (&Written<'s>, Seen)| {
        if let Some(key) = seen.key.filter(|_| seen.fresh) {
            let file = one.file();
            memo.keep_findings(sources.path(file), file, key, &seen.found);
        }
        seen.found
    };
    written.iter().zip(seen).map(keep).collect()
}

/// All checks of words, with what they look up; made when the first page wants them.
struct Look<'s> {
    site: &'s Site,
    sources: &'s Sources,
    lints: Vec<&'s dyn Lint>,
    made: OnceLock<(Sought<'s>, Vec<WordCheck<'s>>)>,
}

impl<'s> Look<'s> {
    fn new(lints: &[&'s dyn Lint], site: &'s Site, sources: &'s Sources) -> Look<'s> {
        Look {
            site,
            sources,
            lints: lints.to_vec(),
            made: OnceLock::new(),
        }
    }

    fn made(&self) -> &(Sought<'s>, Vec<WordCheck<'s>>) {
        self.made.get_or_init(|| {
            let lints = self.lints.iter();
            let checks = lints.filter_map(|lint| lint.words(self.site)).collect();
            (Sought::of(self.site), checks)
        })
    }

    /// What is found in the words of a page.
    fn at(&self, written: Written<'_>, sources: &Sources) -> Vec<Diagnostic> {
        let (sought, checks) = self.made();
        let prose = match written {
            Written::Page(page) => Prose::of_page(page, sources, sought),
            Written::Section(section) => Prose::of_section(section, sources, sought),
        };
        let mut out = Vec::new();
        for check in checks {
            check(&prose, &mut out);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::load::{Tree, parse};

    const FORMER: &str = "former_names: [{name: tỉnh Tiền Giang, now: tỉnh Đồng Tháp, source: x}, \
                          {name: Công an huyện, now: Công an xã, source: x}]\n";
    const ACTS: &str = "[{number: 1/2020/NĐ-CP, kind: Nghị định, issuer: x, title: x, status: expired, \
                        source: x, checked_on: 2026-08-01}]\n";

    /// How often each code is found in a page with this body.
    fn counted(body: &str) -> BTreeMap<&'static str, usize> {
        let page = format!("---\ntitle: A\nsummary: B.\ndate: 2026-08-19\n---\n{body}\n");
        let tree = Tree::of(&[
            ("loa.yaml", "title: Thử\neditions: {}\n"),
            ("content/_facts/communes.yaml", FORMER),
            ("content/_facts/legal-documents.yaml", ACTS),
            ("content/a.md", &page),
        ]);
        let parsed = parse(&tree, jiff::civil::date(2026, 8, 19), &["web"]);
        let mut out = BTreeMap::new();
        for diag in lint(&parsed.site, &parsed.sources) {
            *out.entry(diag.code.name).or_default() += 1;
        }
        out
    }

    #[test]
    fn twice_the_text_has_twice_the_findings() {
        let text =
            "Gọi 0912 345 678 theo NĐ 1/2020, NĐ 2/2020; CA huyện ở tỉnh Tiền Giang, TP. Mỹ Tho. ";
        for paragraph in [
            text.to_owned(),
            format!("\n\n{text}\n\n"),
            format!("- {text}\n"),
        ] {
            let (once, twice) = (
                counted(&paragraph.repeat(40)),
                counted(&paragraph.repeat(80)),
            );
            assert_eq!(once["former-name"], 80);
            let doubled: BTreeMap<_, _> = once
                .iter()
                .map(|(code, count)| (*code, 2 * count))
                .collect();
            assert_eq!(twice, doubled);
        }
    }

    /// Each of these would take hours if the work grew with the square of the text.
    #[test]
    fn long_runs_of_one_thing_are_no_trouble() {
        for run in [
            "1 ",
            "1.",
            "11",
            "113-",
            "06/2014/NĐ-CP ",
            "NĐ ",
            "Nghị định ",
            "Công an ",
            "các ",
            "UBND ",
            "TP.",
            "ủy uỷ ",
            "0912 345 678 ",
            "số ",
            "@a1 ",
            "( ",
            "+8",
            "…",
            "v.v. ",
            "thị\u{a0}",
            "1a",
            "năm 1",
        ] {
            let text = run.repeat(200_000 / run.len());
            let found = counted(&text);
            assert!(found.values().sum::<usize>() <= text.len(), "{run}");
        }
    }
}
