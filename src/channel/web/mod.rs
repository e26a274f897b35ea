//! The web channel: pages, feeds, calendars and everything around them.

mod assets;
mod calendar;
mod cited;
mod date;
mod feeds;
mod html;
mod lists;
mod minify;
mod pages;
mod settings;
mod structured;
mod views;
mod weight;

use rayon::prelude::*;

use super::{Carries, Channel, Emergency, Job, Output, Product, Rendered, Tally, address};
use crate::diag::{Checked, Diagnostic};
use crate::model::{Artifact, Edition, Page, Section, Site, State};
use crate::theme::{Templates, template_failed};
use settings::Settings;
use views::Web as Views;

/// The web channel.
#[derive(Debug)]
pub struct Web;

impl Channel for Web {
    fn name(&self) -> &'static str {
        "web"
    }

    fn check(&self, edition: &Edition, diags: &mut Vec<Diagnostic>) {
        let _ = Settings::read(edition, diags);
    }

    fn carries(&self) -> Carries {
        Carries {
            product: Product::Page,
            recap: false,
            footnotes: true,
            struck: true,
            emergency: Emergency::Everywhere,
        }
    }

    fn outputs(&self, site: &Site, edition: &Edition, page: &Page) -> Vec<Output> {
        let shown = page.state != State::Scheduled && page.is_in(&edition.name, self.name());
        let path = format!("{}index.html", address::page(site, page));
        shown.then(|| Output::single(path)).into_iter().collect()
    }

    fn section_outputs(&self, site: &Site, section: &Section) -> Vec<Output> {
        let path = format!("{}index.html", address::section(site, section));
        // The front page shows no text of its own.
        let shown = !section.path.is_empty();
        shown.then(|| Output::single(path)).into_iter().collect()
    }

    fn register(&self, site: &Site, language: &str) -> Option<Output> {
        let folder = views::documents_path(site, language);
        Some(Output::single(format!("{folder}index.html")))
    }

    fn render(&self, job: Job<'_>) -> Checked<Rendered> {
        let mut diags = Vec::new();
        let nothing = |diags| Checked {
            value: Rendered::default(),
            diags,
        };
        let Some(settings) = Settings::read(job.edition, &mut diags) else {
            return nothing(diags);
        };
        let templates = match Templates::new(job.theme, "web/") {
            Ok(templates) => templates,
            Err(said) => return nothing(vec![template_failed(job.edition.span, &said)]),
        };
        let views = Views::new(job, &settings, &templates);
        let mut tasks = pages::tasks(&views);
        tasks.extend(lists::tasks(&views));
        tasks.extend(feeds::tasks(&views));
        let made: Vec<Checked<Vec<Artifact>>> = tasks.par_iter().map(|task| task()).collect();
        let mut artifacts = assets::files(&views);
        for one in made {
            artifacts.extend(one.value);
            diags.extend(one.diags);
        }
        let pages = artifacts
            .iter()
            .filter(|artifact| artifact.media == pages::HTML)
            .count();
        Checked {
            value: Rendered {
                artifacts,
                tally: Tally {
                    pages,
                    ..Tally::default()
                },
            },
            diags,
        }
    }
}
