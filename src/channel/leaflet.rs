//! The print channel as the pipeline sees it.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::print::{self, PrintTheme, Tray};
use super::{
    Carries, Channel, Emergency, Job, Making, Out, Outcome, Output, Product, Want, address,
};
use crate::diag::{Diagnostic, Event, EventKind};
use crate::model::{Artifact, Bytes, Digest, Edition, Page, Site};
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

    fn carries(&self) -> Carries {
        Carries {
            product: Product::Leaflet,
            recap: false,
            footnotes: true,
            struck: true,
            emergency: Emergency::WhenNoneNamed,
        }
    }

    fn outputs(&self, site: &Site, edition: &Edition, page: &Page) -> Vec<Output> {
        print::outputs(site, edition, page)
    }

    fn check_for_print_shop(&self, site: &Site, edition: &Edition, diags: &mut Vec<Diagnostic>) {
        print::check_imprints(site, edition, diags);
    }

    fn prepare<'a>(&self, job: Job<'a>) -> Result<Box<dyn Making + 'a>, Vec<Diagnostic>> {
        let settings = print::settings(job.edition, &mut Vec::new());
        let theme =
            theme(job.theme).map_err(|said| vec![template_failed(job.edition.span, &said)])?;
        Ok(Box::new(Leaflets {
            job,
            settings,
            theme,
        }))
    }
}

/// A print edition.
struct Leaflets<'a> {
    job: Job<'a>,
    settings: print::Settings,
    theme: PrintTheme,
}

impl Making for Leaflets<'_> {
    /// All leaflets are one piece: the typesetter has threads of its own. It goes before all others.
    fn pieces(&self) -> Vec<usize> {
        vec![usize::MAX]
    }

    fn event(&self, _: usize) -> Event {
        Event::new(EventKind::Piece, "leaflets", self.edition())
    }

    fn edition(&self) -> &str {
        &self.job.edition.name
    }

    fn make(&self, _: usize, out: &mut Out<'_>) {
        let job = self.job;
        let originals = address::originals(job.site);
        let permalink = |page: &crate::model::Page| address::permalink(job.site, &originals, page);
        let tray = Counted {
            leaflets: AtomicUsize::new(0),
            out,
        };
        let order = print::Order {
            site: job.site,
            edition: job.edition,
            settings: &self.settings,
            theme: &self.theme,
            permalink: &permalink,
            for_print_shop: job.for_print_shop,
            want: job.want,
            shard: job.shard,
            trace: job.trace,
            known: job.known,
            base: if out.remembers() {
                job.known.edition(job, &self.settings)
            } else {
                Digest::default()
            },
        };
        let printed = print::render(order, &tray);
        let leaflets = tray.leaflets.into_inner();
        out.diags.extend(printed.diags);
        out.outcome.differing.extend(printed.differing);
        out.outcome.tally.leaflets = match job.want {
            Want::Quick => printed.planned,
            _ => leaflets,
        };
    }
}

/// Hands files on and counts the leaflets among them.
struct Counted<'a, 'b> {
    leaflets: AtomicUsize,
    out: &'a Out<'b>,
}

impl Tray for Counted<'_, '_> {
    fn take(&self, artifact: Artifact) {
        if print::is_leaflet(&artifact.path) {
            self.leaflets.fetch_add(1, Ordering::Relaxed);
        }
        self.out.file(artifact);
    }

    fn remembers(&self) -> bool {
        self.out.remembers()
    }

    fn recall(&self, key: Digest) -> Option<Vec<u8>> {
        let outcome = self.out.recall(key)?;
        self.leaflets
            .fetch_add(outcome.tally.leaflets, Ordering::Relaxed);
        Some(outcome.note)
    }

    fn bytes(&self, path: &str) -> Option<Bytes> {
        self.out.bytes(path)
    }

    fn keep(&self, key: Digest, files: Vec<String>, note: Vec<u8>) {
        let mut outcome = Outcome {
            note,
            ..Outcome::default()
        };
        outcome.tally.leaflets = files.iter().filter(|path| print::is_leaflet(path)).count();
        self.out.keep(key, files, outcome);
    }
}

/// The parts of a theme that leaflets are made with.
fn theme(theme: &Theme) -> Result<PrintTheme, String> {
    let templates: BTreeMap<String, String> = theme
        .files
        .keys()
        .filter(|path| path.ends_with(".typ"))
        .filter_map(|path| Some((path.strip_prefix("print/")?.to_owned(), theme.text(path)?)))
        .collect();
    if !templates.contains_key("common.typ") {
        return Err("print/common.typ".to_owned());
    }
    let fonts: Vec<crate::model::Bytes> = theme
        .files
        .iter()
        .filter(|(path, _)| {
            path.starts_with("fonts/") && (path.ends_with(".ttf") || path.ends_with(".otf"))
        })
        .map(|(_, bytes)| bytes.clone())
        .collect();
    let strings: BTreeMap<String, BTreeMap<String, String>> = theme.words.clone();
    Ok(PrintTheme {
        templates,
        fonts,
        strings,
    })
}
