//! The order of the stages: the only file that knows it.
//!
//! Reading never fails; every stage adds its findings. Whether anything is written is for the
//! caller, who has them all.

use jiff::civil::Date;
use rayon::prelude::*;

use crate::channel::{self, Job, Rendered, Tally};
use crate::diag::{Checked, Code, Diagnostic, Severity, Sources, Span, code, sort};
use crate::facts;
use crate::lint::{lint, settle};
use crate::load::{Parsed, Tree, parse};
use crate::model::{Artifact, Edition, Site};
use crate::output::{Plan, plan};
use crate::theme::Theme;

/// Findings that nothing can lower or hide once a site is to go to the public.
const RELEASE: [Code; 2] = [code::NOT_APPROVED, code::APPROVAL_VOID];

/// What a build is for.
#[derive(Debug, Clone)]
pub struct Options {
    /// The day for which the site is built.
    pub today: Date,
    /// Whether the result is to go to the public: what is not approved is then an error, whatever `checks`
    /// in `loa.yaml` and comments in a page say.
    pub release: bool,
    /// Whether leaflets go to a print shop: imprints must be complete, and approved sheets carry no stamp.
    pub for_print_shop: bool,
}

impl Options {
    /// An ordinary build of a day.
    #[must_use]
    pub fn on(today: Date) -> Options {
        Options {
            today,
            release: false,
            for_print_shop: false,
        }
    }
}

/// A site made in memory.
#[derive(Debug)]
pub struct Built {
    /// What would be written; complete only when no finding is an error.
    pub plan: Plan,
    /// What each edition came to, in the order of `loa.yaml`.
    pub tallies: Vec<(String, Tally)>,
    /// The texts that findings point into.
    pub sources: Sources,
    /// All findings, in the order in which they are shown.
    pub diags: Vec<Diagnostic>,
}

impl Built {
    /// Whether a finding stops the build.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diags.iter().any(Diagnostic::is_error)
    }
}

/// Reads a site without making anything of it.
#[must_use]
pub fn survey(tree: &Tree, today: Date) -> Parsed {
    parse(tree, today, &channel::names())
}

/// Makes all editions of a site in memory, for one day.
///
/// ```
/// use loa::{load::Tree, pipeline::build};
/// let tree = Tree::of(&[
///     ("loa.yaml", "title: Thử\neditions: {bao: {channel: web, theme: newspaper, base_url: \"https://bao.example/\"}}\n"),
///     ("content/chao.md", "---\ntitle: Chào\nsummary: Lời chào.\ndate: 2026-08-19\n---\nXin chào.\n"),
/// ]);
/// let built = build(&tree, jiff::civil::date(2026, 8, 19));
/// assert!(!built.has_errors());
/// assert!(built.plan.editions[0].files.contains_key("chao/index.html"));
/// ```
#[must_use]
pub fn build(tree: &Tree, today: Date) -> Built {
    build_with(tree, &Options::on(today))
}

/// Reads and checks a site without making anything of it.
#[must_use]
pub fn examine(tree: &Tree, options: &Options) -> Parsed {
    let mut parsed = read(tree, options);
    finish(&mut parsed.diags, &parsed.site, &parsed.sources, options);
    parsed
}

fn read(tree: &Tree, options: &Options) -> Parsed {
    let mut parsed = survey(tree, options.today);
    parsed.diags.extend(lint(&parsed.site, &parsed.sources));
    parsed
}

/// Gives all findings the severity that this build wants, and their order.
fn finish(diags: &mut Vec<Diagnostic>, site: &Site, sources: &Sources, options: &Options) {
    let held = |diag: &Diagnostic| options.release && RELEASE.contains(&diag.code);
    let (mut held, rest): (Vec<_>, Vec<_>) = std::mem::take(diags).into_iter().partition(held);
    *diags = rest;
    settle(diags, &site.config, sources);
    for diag in &mut held {
        diag.severity = Severity::Error;
    }
    diags.append(&mut held);
    sort(diags, sources);
}

/// Makes all editions of a site in memory.
#[must_use]
pub fn build_with(tree: &Tree, options: &Options) -> Built {
    let Parsed {
        site,
        sources,
        mut diags,
    } = read(tree, options);
    let themes = themes(&site, tree, &mut diags);
    diags.extend(facts::check(&site));
    if options.for_print_shop {
        for edition in &site.config.editions {
            if let Ok(channel) = channel::of(edition) {
                channel.check_for_print_shop(&site, edition, &mut diags);
            }
        }
    }
    // A leaflet of a page with mistakes would only add mistakes that are none.
    let sound = !diags.iter().any(Diagnostic::is_error);
    let wanted: Vec<&(&Edition, Option<Theme>)> = themes
        .iter()
        .filter(|(edition, _)| sound || edition.channel != "print")
        .collect();
    let rendered: Vec<Checked<Rendered>> = wanted
        .par_iter()
        .map(|(edition, theme)| render(&site, &sources, edition, theme.as_ref(), options))
        .collect();
    let mut tallies = Vec::new();
    let mut editions: Vec<(String, Span, Vec<Artifact>)> = Vec::new();
    for ((edition, _), checked) in wanted.into_iter().zip(rendered) {
        diags.extend(checked.diags);
        tallies.push((edition.name.clone(), checked.value.tally));
        editions.push((edition.name.clone(), edition.span, checked.value.artifacts));
    }
    let planned = plan(editions);
    diags.extend(planned.diags);
    finish(&mut diags, &site, &sources, options);
    Built {
        plan: planned.value,
        tallies,
        sources,
        diags,
    }
}

/// Each edition with its theme, if both can be had.
fn themes<'a>(
    site: &'a Site,
    tree: &Tree,
    diags: &mut Vec<Diagnostic>,
) -> Vec<(&'a Edition, Option<Theme>)> {
    let mut out = Vec::new();
    for edition in &site.config.editions {
        let theme = match channel::of(edition) {
            Err(finding) => {
                diags.push(finding);
                None
            }
            Ok(channel) => {
                channel.check(edition, diags);
                Theme::find(edition, tree)
                    .map_err(|found| diags.extend(found))
                    .ok()
            }
        };
        out.push((edition, theme));
    }
    out
}

fn render(
    site: &Site,
    sources: &Sources,
    edition: &Edition,
    theme: Option<&Theme>,
    options: &Options,
) -> Checked<Rendered> {
    match (channel::of(edition), theme) {
        (Ok(channel), Some(theme)) => channel.render(Job {
            site,
            sources,
            edition,
            theme,
            for_print_shop: options.for_print_shop,
        }),
        _ => Checked {
            value: Rendered::default(),
            diags: Vec::new(),
        },
    }
}
