//! Scripts as files: plain text, reading sheets, and lists to find them in.

use std::fmt::Write as _;

use rayon::prelude::*;

use super::script::Script;
use super::settings::Settings;
use crate::channel::Job;
use crate::diag::Span;
use crate::model::{Artifact, CommuneId, Held, Page};
use crate::text::sort_key;
use crate::theme::script_view::{
    CommuneLinkView, CommuneView, HeadLineView, LineView, ScriptLinkView, ScriptView,
};
use crate::theme::{Context, Templates, Value, value};

/// The scripts of an edition: one list per page, each in the order of the communes.
pub(super) struct Output<'a> {
    pub(super) job: Job<'a>,
    pub(super) settings: &'a Settings,
    pub(super) templates: &'a Templates,
    pub(super) communes: &'a [Option<CommuneId>],
    pub(super) scripts: &'a [Vec<Script>],
}

impl Output<'_> {
    /// All files, or what the template engine says.
    pub(super) fn files(&self) -> Result<Vec<Artifact>, String> {
        let words = value(self.job.theme.words(super::LANGUAGE));
        let pages = self.pages();
        let places: Vec<usize> = (0..self.communes.len()).collect();
        let made: Result<Vec<Vec<Artifact>>, String> = places
            .par_iter()
            .map(|place| self.commune(*place, &pages, &words))
            .collect();
        let mut out: Vec<Artifact> = made?.into_iter().flatten().collect();
        if self.communes.iter().any(Option::is_some) {
            out.push(self.index(&words)?);
        }
        Ok(out)
    }

    /// What stands above everything else: why nobody may read this out yet.
    fn stamps(&self, page: &Page) -> Vec<&str> {
        let held = page.held.map(|held| match held {
            Held::Draft => "held_draft",
            Held::Until(_) => "held_scheduled",
        });
        let unapproved = page.unapproved.then_some("draft");
        held.into_iter()
            .chain(unapproved)
            .map(|word| self.job.theme.word(super::LANGUAGE, word))
            .collect()
    }

    fn pages(&self) -> Vec<&Page> {
        let shown = self.job.site.pages_of(&self.job.edition.name, "speech");
        shown
            .filter(|page| {
                page.language == super::LANGUAGE && page.state == crate::model::State::Current
            })
            .collect()
    }

    /// The folder of a commune, with `/`; nothing when scripts are made for all.
    fn folder(&self, place: usize) -> String {
        self.communes[place]
            .map(|id| format!("{}/", self.job.site.facts.commune(id).slug))
            .unwrap_or_default()
    }

    fn commune(
        &self,
        place: usize,
        pages: &[&Page],
        words: &Value,
    ) -> Result<Vec<Artifact>, String> {
        let folder = self.folder(place);
        let mut out = Vec::with_capacity(pages.len() * 2 + 1);
        let mut links = Vec::with_capacity(pages.len());
        for (page, scripts) in pages.iter().zip(self.scripts) {
            let script = &scripts[place];
            if self.settings.makes("txt") {
                let text = text(script, &self.stamps(page));
                out.push(file(
                    format!("{folder}{}.txt", page.slug),
                    "text/plain",
                    text,
                    page.span,
                ));
            }
            if self.settings.makes("html") {
                let mut context = Context::new();
                context.insert_value("t", words.clone());
                context.insert_value("script", value(&self.view(script, page)));
                let html = self.templates.render("sheet.html", &context)?;
                out.push(file(
                    format!("{folder}{}.html", page.slug),
                    "text/html",
                    html,
                    page.span,
                ));
            }
            links.push(self.link(script, page));
        }
        let back = if folder.is_empty() {
            String::new()
        } else {
            "../index.html".to_owned()
        };
        let name = self.communes[place]
            .map(|id| self.job.site.facts.commune(id).full_name())
            .unwrap_or_default();
        let mut context = Context::new();
        context.insert_value("t", words.clone());
        context.insert_value(
            "commune",
            value(&CommuneView {
                name,
                back,
                scripts: links,
            }),
        );
        let html = self.templates.render("commune.html", &context)?;
        let from = self.communes[place].map_or(self.job.edition.span, |id| {
            self.job.site.facts.commune(id).span
        });
        out.push(file(format!("{folder}index.html"), "text/html", html, from));
        Ok(out)
    }

    fn link(&self, script: &Script, page: &Page) -> ScriptLinkView {
        let text_file = if self.settings.makes("txt") {
            format!("{}.txt", page.slug)
        } else {
            String::new()
        };
        let sheet = if self.settings.makes("html") {
            format!("{}.html", page.slug)
        } else {
            text_file.clone()
        };
        ScriptLinkView {
            title: page.meta.title.clone(),
            sheet,
            text_file,
            duration: script.duration.clone(),
            unapproved: page.unapproved,
            held: page.held.map(Held::name).unwrap_or_default().to_owned(),
        }
    }

    fn view(&self, script: &Script, page: &Page) -> ScriptView {
        let lines = script
            .turns()
            .into_iter()
            .map(|(cue, start, voice, text)| LineView {
                cue,
                start,
                voice: voice.to_owned(),
                text: text.to_owned(),
            });
        ScriptView {
            title: page.meta.title.clone(),
            commune: script.commune.clone(),
            unapproved: page.unapproved,
            held: page.held.map(Held::name).unwrap_or_default().to_owned(),
            // The sheet shows the title above its head.
            head: script
                .head
                .iter()
                .skip(1)
                .map(|(name, text)| HeadLineView {
                    name: name.clone(),
                    text: text.clone(),
                })
                .collect(),
            lines: lines.collect(),
            index: "index.html".to_owned(),
            text_file: if self.settings.makes("txt") {
                format!("{}.txt", page.slug)
            } else {
                String::new()
            },
        }
    }

    fn index(&self, words: &Value) -> Result<Artifact, String> {
        let facts = &self.job.site.facts;
        let mut communes: Vec<CommuneId> = self.communes.iter().copied().flatten().collect();
        communes.sort_by_cached_key(|id| (sort_key(&facts.commune(*id).name), *id));
        let links: Vec<CommuneLinkView> = communes
            .into_iter()
            .map(|id| facts.commune(id))
            .map(|commune| CommuneLinkView {
                name: commune.full_name(),
                url: format!("{}/index.html", commune.slug),
            })
            .collect();
        let mut context = Context::new();
        context.insert_value("t", words.clone());
        context.insert_value("title", value(&self.job.site.config.title));
        context.insert_value("communes", value(&links));
        let html = self.templates.render("index.html", &context)?;
        Ok(file(
            "index.html".to_owned(),
            "text/html",
            html,
            self.job.edition.span,
        ))
    }
}

fn file(path: String, media: &'static str, text: String, from: Span) -> Artifact {
    Artifact {
        path,
        media,
        bytes: text.into_bytes().into(),
        from: vec![from],
    }
}

/// The plain text: head, the line, cues in brackets, one sentence a line.
fn text(script: &Script, stamps: &[&str]) -> String {
    let mut out = String::new();
    for stamp in stamps {
        let _ = writeln!(out, "{stamp}");
    }
    for (name, text) in &script.head {
        let _ = writeln!(out, "{name}: {text}");
    }
    out.push_str("---\n");
    for (cue, start, voice, text) in script.turns() {
        if cue {
            let _ = writeln!(out, "\n[{text}]");
            continue;
        }
        if start {
            out.push('\n');
        }
        if !voice.is_empty() {
            let _ = write!(out, "{voice}: ");
        }
        let _ = writeln!(out, "{text}");
    }
    out
}
