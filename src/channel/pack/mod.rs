//! The pack channel: each article as one file for the desk of an outlet, in the outlet's own manner.

mod fragment;
mod ninjs;
mod pictures;
mod settings;
mod story;

use serde::Serialize;
use url::Url;

use super::{
    Carries, Channel, Emergency, Job, Making, Out, Output, Product, Shard, Want, address, archive,
    findings,
};
use crate::diag::{Diagnostic, Event, EventKind, Span};
use crate::model::{Artifact, Digest, Digester, Edition, Page, Site, State};
use crate::theme::{Context, Templates, template_failed, value};
use pictures::Shot;
use settings::Settings;
use story::Story;

/// The pack channel.
#[derive(Debug)]
pub struct Pack;

impl Channel for Pack {
    fn name(&self) -> &'static str {
        "pack"
    }

    fn check(&self, edition: &Edition, diags: &mut Vec<Diagnostic>) {
        let _ = Settings::read(edition, diags);
    }

    fn carries(&self) -> Carries {
        Carries {
            product: Product::Pack,
            recap: false,
            footnotes: true,
            // What is struck out would be printed as if it held.
            struck: false,
            emergency: Emergency::Never,
        }
    }

    fn outputs(&self, site: &Site, edition: &Edition, page: &Page) -> Vec<Output> {
        let sent = is_sent(page) && page.is_in(&edition.name, self.name());
        sent.then(|| Output::single(path(site, page)))
            .into_iter()
            .collect()
    }

    fn prepare<'a>(&self, job: Job<'a>) -> Result<Box<dyn Making + 'a>, Vec<Diagnostic>> {
        let templates = Templates::new(job.theme, "pack/");
        let templates = templates.map_err(|said| vec![template_failed(job.edition.span, &said)])?;
        let pages = job.site.pages_of(&job.edition.name, "pack");
        let pages: Vec<&Page> = pages.filter(|page| is_sent(page)).collect();
        let mut pieces: Vec<Piece<'a>> = pages.iter().copied().map(Piece::Article).collect();
        pieces.push(Piece::List);
        Ok(Box::new(Packs {
            settings: Settings::read(job.edition, &mut Vec::new()),
            templates: templates.traced(job.trace, &job.edition.name),
            pieces: dealt(pieces, job),
            pages,
            originals: address::originals(job.site),
            job,
        }))
    }
}

/// Whether an article is offered to others: what no longer holds is not.
fn is_sent(page: &Page) -> bool {
    page.state == State::Current
}

fn path(site: &Site, page: &Page) -> String {
    let folder = address::page(site, page);
    format!("{}.zip", folder.trim_end_matches('/'))
}

/// A pack edition.
struct Packs<'a> {
    job: Job<'a>,
    settings: Settings,
    templates: Templates,
    pages: Vec<&'a Page>,
    /// Web editions with their addresses, that of the originals first.
    originals: Vec<(&'a str, Url)>,
    pieces: Vec<Piece<'a>>,
}

#[derive(Clone, Copy)]
enum Piece<'a> {
    Article(&'a Page),
    List,
}

impl Piece<'_> {
    fn name(self, job: Job<'_>) -> String {
        match self {
            Piece::Article(page) => job.sources.path(page.file).to_owned(),
            Piece::List => "list of packs".to_owned(),
        }
    }

    fn size(self, job: Job<'_>) -> usize {
        match self {
            // Pictures take longer than words.
            Piece::Article(page) => job.size(page) / 256,
            Piece::List => 4,
        }
    }
}

/// The pieces of the wanted part.
fn dealt<'a>(mut pieces: Vec<Piece<'a>>, job: Job<'a>) -> Vec<Piece<'a>> {
    if job.shard != Shard::WHOLE {
        let work: Vec<_> = pieces
            .iter()
            .map(|piece| (piece.name(job), piece.size(job)))
            .collect();
        let mut own = job.shard.deal(&job.edition.name, &work, 1).into_iter();
        pieces.retain(|_| own.next().is_some_and(|places| !places.is_empty()));
    }
    pieces
}

/// A line of the list.
#[derive(Serialize)]
struct PackView {
    title: String,
    url: String,
    language: String,
    draft: bool,
}

impl Making for Packs<'_> {
    fn pieces(&self) -> Vec<usize> {
        self.pieces
            .iter()
            .map(|piece| piece.size(self.job))
            .collect()
    }

    fn event(&self, piece: usize) -> Event {
        let piece = self.pieces[piece];
        let kind = match piece {
            Piece::Article(_) => EventKind::Article,
            Piece::List => EventKind::Piece,
        };
        Event::new(kind, piece.name(self.job), self.edition())
    }

    fn edition(&self) -> &str {
        &self.job.edition.name
    }

    fn key(&self, piece: usize) -> Option<Digest> {
        let known = self.job.known;
        let mut key = Digester::default();
        key.digest(known.edition(self.job, &self.settings));
        key.text(&self.pieces[piece].name(self.job));
        match self.pieces[piece] {
            Piece::Article(page) => {
                key.digest(known.page(page.id));
                let address = address::permalink(self.job.site, &self.originals, page);
                key.text(&address.unwrap_or_default());
                for (name, base) in &self.originals {
                    key.text(name).text(base.as_str());
                }
                known.uses(self.job.site, &page.body, &mut key, |id, key| {
                    let contact = known.registry().map(|all| all.contacts[id.0]);
                    key.digest(contact.unwrap_or_default());
                });
            }
            Piece::List => {
                for page in &self.pages {
                    key.digest(known.card(page.id));
                }
            }
        }
        Some(key.finish())
    }

    fn make(&self, piece: usize, out: &mut Out<'_>) {
        match self.pieces[piece] {
            Piece::Article(page) => self.article(page, out),
            Piece::List => self.list(out),
        }
    }
}

impl Packs<'_> {
    fn article(&self, page: &Page, out: &mut Out<'_>) {
        let story = Story::new(self.job, &self.originals, &self.settings, page);
        self.measure(page, &story, out);
        // A preview does not wait for pictures.
        let shots = match self.job.want {
            Want::Quick => Vec::new(),
            _ => pictures::shots(self.job, page, out),
        };
        let word = match story.word() {
            Ok(bytes) => bytes,
            Err(said) => {
                return out
                    .diags
                    .push(template_failed(self.job.edition.span, &said));
            }
        };
        let (html, text) = (fragment::html(&story), story.text());
        let item = ninjs::file(self.job, &story, page, &shots);
        let captions = self.captions(page, &shots);
        let mut files: Vec<(&str, &[u8])> = vec![
            ("bai.html", html.as_bytes()),
            ("bai.txt", text.as_bytes()),
            ("bai.docx", &word),
            ("ninjs.json", item.as_bytes()),
        ];
        if !shots.is_empty() {
            files.push(("hinh/chu-thich.txt", captions.as_bytes()));
        }
        files.extend(
            shots
                .iter()
                .map(|shot| (shot.name.as_str(), shot.bytes.as_slice())),
        );
        match archive::packed(&files) {
            Ok(bytes) => out.file(Artifact {
                path: path(self.job.site, page),
                media: "application/zip",
                bytes: bytes.into(),
                from: vec![page.span],
            }),
            Err(said) => out
                .diags
                .push(template_failed(self.job.edition.span, &said)),
        }
    }

    /// The pictures with what stands below them.
    fn captions(&self, page: &Page, shots: &[Shot]) -> String {
        let photo = self.job.theme.word(&page.language, "photo");
        let line = |shot: &Shot| {
            let credit = if shot.credit.is_empty() {
                String::new()
            } else {
                format!(" {photo}: {}", shot.credit)
            };
            format!("{}: {}{credit}\n", shot.name, shot.caption)
        };
        shots.iter().map(line).collect()
    }

    /// Tells what is longer than the outlet takes.
    fn measure(&self, page: &Page, story: &Story<'_>, out: &mut Out<'_>) {
        let letters = |text: &str| text.chars().count();
        let at = |span: Span| Span {
            end: span.start,
            ..span
        };
        let limits = [
            (
                "outlet-title",
                page.meta.title_span,
                letters(&story.title),
                self.settings.max_title,
            ),
            (
                "outlet-lead",
                page.meta.summary_span,
                letters(&story.lead),
                self.settings.max_lead,
            ),
            (
                "too-long-for-outlet",
                at(page.span),
                story.words(),
                self.settings.max_words,
            ),
        ];
        for (what, span, length, limit) in limits {
            if let Some(limit) = limit.filter(|limit| length > *limit as usize) {
                let outlet = &self.settings.outlet;
                let finding = findings::too_long_for_outlet(span, what, outlet, length, limit);
                out.diags.push(finding);
            }
        }
    }

    fn list(&self, out: &mut Out<'_>) {
        let language = &self.job.site.config.language;
        let packs: Vec<PackView> = self
            .pages
            .iter()
            .map(|page| PackView {
                title: page.meta.title.clone(),
                url: path(self.job.site, page),
                language: page.language.clone(),
                draft: page.unapproved,
            })
            .collect();
        let mut context = Context::new();
        context.insert_value("t", value(self.job.theme.words(language)));
        context.insert_value("language", value(language));
        context.insert_value("outlet", value(&self.settings.outlet));
        context.insert_value("packs", value(&packs));
        match self.templates.file("index.html", &context, 0) {
            Ok(bytes) => out.file(Artifact {
                path: "index.html".to_owned(),
                media: "text/html",
                bytes: bytes.into(),
                from: Vec::new(),
            }),
            Err(said) => out
                .diags
                .push(template_failed(self.job.edition.span, &said)),
        }
    }
}
