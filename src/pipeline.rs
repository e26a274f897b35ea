//! The order of the stages: the only file that knows it.
//!
//! Reading never fails; every stage adds its findings. Whether anything is written is for the
//! caller, who has them all. [`build()`] goes from one end to the other; a preview stops between
//! [`prepare`] and [`Prepared::make`], so that it can make one edition after the other.

use jiff::civil::Date;
use rayon::prelude::*;

use crate::channel::{self, Job, Rendered, Tally, Want, address};
use crate::diag::{Checked, Diagnostic, Sources, Span, sort};
use crate::lint::{lint, settle};
use crate::load::{Tree, parse, show_held};
use crate::model::{Artifact, Edition, Site};
use crate::output::{Plan, plan};
use crate::theme::Theme;

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
    let prepared = prepare(tree, &Options::on(today));
    // A leaflet of a page with mistakes would only add mistakes that are none.
    let sound = !prepared.has_errors();
    let made = prepared.make(&|edition| sound || edition.channel != "print", Want::All);
    let diags = prepared.findings(&made.diags);
    Built {
        plan: made.plan,
        tallies: made.tallies,
        sources: prepared.sources,
        diags,
    }
}

/// How a site is made. What is published is made with [`Options::on`] and nothing else.
#[derive(Debug, Clone)]
pub struct Options {
    /// The day.
    pub today: Date,
    /// An address such as `http://127.0.0.1:1790/` under which each web edition is looked at in a
    /// folder of its own, instead of its `base_url`. Leaflets keep the addresses that will be printed.
    pub serve_base: Option<String>,
    /// Whether drafts and scheduled pages are shown, stamped.
    pub show_drafts: bool,
}

impl Options {
    /// What is published on a day.
    #[must_use]
    pub fn on(today: Date) -> Options {
        Options {
            today,
            serve_base: None,
            show_drafts: false,
        }
    }
}

/// A site that was read, checked and dressed: all that its editions are made from.
#[derive(Debug)]
pub struct Prepared {
    /// The site; best effort where there are errors.
    pub site: Site,
    /// The texts that findings point into.
    pub sources: Sources,
    diags: Vec<Diagnostic>,
    editions: Vec<(Edition, Option<Theme>)>,
}

/// Some editions, made.
#[derive(Debug)]
pub struct Made {
    /// Their files.
    pub plan: Plan,
    /// What each came to.
    pub tallies: Vec<(String, Tally)>,
    /// What was found while making them, for [`Prepared::findings`].
    pub diags: Vec<Diagnostic>,
}

/// Reads a site, checks it and finds its themes.
#[must_use]
pub fn prepare(tree: &Tree, options: &Options) -> Prepared {
    let parsed = parse(tree, options.today, &channel::names());
    let (mut site, sources, mut diags) = (parsed.site, parsed.sources, parsed.diags);
    if options.show_drafts {
        show_held(&mut site);
    }
    diags.extend(lint(&site, &sources));
    let mut editions = themes(&site, tree, &mut diags);
    if let Some(base) = &options.serve_base {
        for (edition, _) in &mut editions {
            *edition = address::rebased(edition, base);
        }
    }
    Prepared {
        site,
        sources,
        diags,
        editions,
    }
}

impl Prepared {
    /// Whether anything found so far stops a build.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diags.iter().any(Diagnostic::is_error)
    }

    /// Makes the editions that are asked for, in parallel.
    #[must_use]
    pub fn make(&self, wanted: &dyn Fn(&Edition) -> bool, want: Want<'_>) -> Made {
        let chosen: Vec<&(Edition, Option<Theme>)> = self
            .editions
            .iter()
            .filter(|(edition, _)| wanted(edition))
            .collect();
        let rendered: Vec<Checked<Rendered>> = chosen
            .par_iter()
            .map(|(edition, theme)| self.render(edition, theme.as_ref(), want))
            .collect();
        let mut diags = Vec::new();
        let mut tallies = Vec::new();
        let mut editions: Vec<(String, Span, Vec<Artifact>)> = Vec::new();
        for ((edition, _), checked) in chosen.into_iter().zip(rendered) {
            diags.extend(checked.diags);
            tallies.push((edition.name.clone(), checked.value.tally));
            editions.push((edition.name.clone(), edition.span, checked.value.artifacts));
        }
        let planned = plan(editions);
        diags.extend(planned.diags);
        Made {
            plan: planned.value,
            tallies,
            diags,
        }
    }

    /// Everything that was found, with what was found while making editions, as it is shown:
    /// in order, each with the severity that the site wants.
    #[must_use]
    pub fn findings(&self, made: &[Diagnostic]) -> Vec<Diagnostic> {
        self.findings_of(self.diags.iter().chain(made).cloned().collect())
    }

    /// Single findings as they are shown.
    #[must_use]
    pub fn findings_of(&self, mut diags: Vec<Diagnostic>) -> Vec<Diagnostic> {
        settle(&mut diags, &self.site.config, &self.sources);
        sort(&mut diags, &self.sources);
        diags
    }

    fn render(
        &self,
        edition: &Edition,
        theme: Option<&Theme>,
        want: Want<'_>,
    ) -> Checked<Rendered> {
        match (channel::of(edition), theme) {
            (Ok(channel), Some(theme)) => channel.render(Job {
                site: &self.site,
                sources: &self.sources,
                edition,
                theme,
                want,
            }),
            _ => Checked {
                value: Rendered::default(),
                diags: Vec::new(),
            },
        }
    }
}

/// Each edition with its theme, if both can be had.
fn themes(site: &Site, tree: &Tree, diags: &mut Vec<Diagnostic>) -> Vec<(Edition, Option<Theme>)> {
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
        out.push((edition.clone(), theme));
    }
    out
}
