//! The print channel as the pipeline sees it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::print::{self, PrintTheme};
use super::{Channel, Job, Rendered, Tally, Want, address};
use crate::diag::{Checked, Diagnostic};
use crate::model::Edition;
use crate::theme::{Theme, template_failed};

/// The print channel.
#[derive(Debug)]
pub(super) struct Print;

impl Channel for Print {
    fn name(&self) -> &'static str {
        "print"
    }

    fn is_slow(&self) -> bool {
        true
    }

    fn check(&self, edition: &Edition, diags: &mut Vec<Diagnostic>) {
        let _ = print::settings(edition, diags);
    }

    fn render(&self, job: Job<'_>) -> Checked<Rendered> {
        let settings = print::settings(job.edition, &mut Vec::new());
        let theme = match theme(job.theme) {
            Ok(theme) => theme,
            Err(said) => {
                return Checked {
                    value: Rendered::default(),
                    diags: vec![template_failed(job.edition.span, &said)],
                };
            }
        };
        let permalink = |page: &crate::model::Page| address::permalink(job.site, page);
        let made = print::render(
            job.site,
            job.edition,
            &settings,
            &theme,
            &permalink,
            job.want,
        );
        let leaflets = match job.want {
            Want::Quick => print::planned(job.site, job.edition, &settings),
            _ => made
                .value
                .iter()
                .filter(|artifact| artifact.media == "application/pdf")
                .count(),
        };
        let tally = Tally {
            leaflets,
            ..Tally::default()
        };
        Checked {
            value: Rendered {
                artifacts: made.value,
                tally,
            },
            diags: made.diags,
        }
    }
}

/// The parts of a theme that leaflets are made with.
fn theme(theme: &Theme) -> Result<PrintTheme, String> {
    let template = theme.text("print/leaflet.typ").ok_or("print/leaflet.typ")?;
    let fonts: Vec<Arc<[u8]>> = theme
        .files
        .iter()
        .filter(|(path, _)| {
            path.starts_with("fonts/") && (path.ends_with(".ttf") || path.ends_with(".otf"))
        })
        .map(|(_, bytes)| Arc::clone(bytes))
        .collect();
    let strings: BTreeMap<String, BTreeMap<String, String>> = theme.words.clone();
    Ok(PrintTheme {
        template,
        fonts,
        strings,
    })
}
