//! The speech channel: scripts that a person reads over a commune's loudspeakers.

mod compose;
mod files;
mod script;
mod sentences;
mod settings;

use rayon::prelude::*;

use super::{Carries, Channel, Emergency, Job, Output, Product, Rendered, Tally};
use crate::diag::{Checked, Diagnostic};
use crate::model::{Artifact, CommuneId, Edition, Page, Site, State};
use crate::reading::Reader;
use crate::theme::{Templates, template_failed};
use script::Script;
use settings::Settings;

/// The speech channel.
#[derive(Debug)]
pub struct Speech;

/// The language that the reading rules know.
const LANGUAGE: &str = "vi";

impl Channel for Speech {
    fn name(&self) -> &'static str {
        "speech"
    }

    fn check(&self, edition: &Edition, diags: &mut Vec<Diagnostic>) {
        let _ = Settings::read(edition, diags);
    }

    fn carries(&self) -> Carries {
        Carries {
            product: Product::Script,
            recap: true,
            footnotes: false,
            struck: false,
            emergency: Emergency::Never,
        }
    }

    fn outputs(&self, site: &Site, edition: &Edition, page: &Page) -> Vec<Output> {
        if !is_spoken(page) || !page.is_in(&edition.name, self.name()) {
            return Vec::new();
        }
        let settings = Settings::read(edition, &mut Vec::new());
        let made = settings::FORMATS.iter().filter(|name| settings.makes(name));
        made.map(|format| output(site, page, format)).collect()
    }

    fn render(&self, job: Job<'_>) -> Checked<Rendered> {
        let settings = Settings::read(job.edition, &mut Vec::new());
        let templates = match Templates::new(job.theme, "speech/") {
            Ok(templates) => templates,
            Err(said) => {
                return Checked {
                    value: Rendered::default(),
                    diags: vec![template_failed(job.edition.span, &said)],
                };
            }
        };
        let pages: Vec<&Page> = job
            .site
            .pages_of(&job.edition.name, "speech")
            .filter(|page| is_spoken(page))
            .collect();
        let communes = communes(job);
        let made: Vec<Checked<Vec<Script>>> = pages
            .par_iter()
            .map(|page| scripts(job, &settings, page, &communes))
            .collect();
        let mut diags = Vec::new();
        let mut by_page = Vec::with_capacity(made.len());
        for one in made {
            diags.extend(one.diags);
            by_page.push(one.value);
        }
        let output = files::Output {
            job,
            settings: &settings,
            templates: &templates,
            communes: &communes,
            scripts: &by_page,
        };
        let mut artifacts: Vec<Artifact> = Vec::new();
        match output.files() {
            Ok(files) => artifacts = files,
            Err(said) => diags.push(template_failed(job.edition.span, &said)),
        }
        let all = || by_page.iter().flatten();
        let tally = Tally {
            scripts: all().count(),
            seconds: all().map(|script| script.seconds).sum(),
            ..Tally::default()
        };
        Checked {
            value: Rendered { artifacts, tally },
            diags,
        }
    }
}

/// Whether a page is read out at all today.
fn is_spoken(page: &Page) -> bool {
    page.language == LANGUAGE && page.state == State::Current
}

/// The files of a page in one format.
fn output(site: &Site, page: &Page, format: &str) -> Output {
    Output::for_communes(site, String::new(), format!("{}.{format}", page.slug))
}

/// For whom scripts are made: each chosen commune, or once for all.
fn communes(job: Job<'_>) -> Vec<Option<CommuneId>> {
    let chosen = job.site.chosen_communes();
    if chosen.is_empty() {
        vec![None]
    } else {
        chosen.into_iter().map(Some).collect()
    }
}

/// The scripts of a page, one for each commune. What does not name the commune is read once.
fn scripts(
    job: Job<'_>,
    settings: &Settings,
    page: &Page,
    communes: &[Option<CommuneId>],
) -> Checked<Vec<Script>> {
    let lexicon = job
        .site
        .facts
        .lexicon
        .iter()
        .chain(&page.meta.speech.say)
        .cloned();
    let reader = Reader::new(settings.accent, lexicon);
    let mut diags = Vec::new();
    let first = communes.first().copied().flatten();
    let shared = compose::body(job, settings, page, &reader, first, Some(&mut diags));
    let mut out = Vec::with_capacity(communes.len());
    for commune in communes {
        let body = if *commune == first || !shared.names_commune {
            shared.clone()
        } else {
            compose::body(job, settings, page, &reader, *commune, None)
        };
        out.push(Script::new(job, settings, page, &reader, *commune, body));
    }
    if let Some(finding) = out.first().and_then(|script| script.overrun(page)) {
        diags.push(finding);
    }
    Checked { value: out, diags }
}
