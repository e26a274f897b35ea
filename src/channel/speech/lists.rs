//! Lists to find scripts in.

use rayon::prelude::*;

use super::files::{Summary, file};
use super::settings::LEXICON;
use super::{Programme, plan, script, ssml};
use crate::channel::Out;
use crate::model::{CommuneId, Held, Page};
use crate::text::sort_key;
use crate::theme::script_view::{
    CommuneLinkView, CommuneView, DifferenceView, FileLinkView, ScriptLinkView,
};
use crate::theme::{Context, value};

impl<'a> Programme<'a> {
    /// The folder of a commune, with `/`; nothing when scripts are made for all.
    pub(super) fn folder(&self, place: usize) -> String {
        self.communes[place]
            .map(|id| format!("{}/", self.job.site.facts.commune(id).slug))
            .unwrap_or_default()
    }

    /// The list of each commune's scripts, and of communes.
    pub(super) fn write_lists(&self, out: &Out<'_>) -> Result<(), String> {
        let places = (0..self.communes.len()).into_par_iter();
        places.try_for_each(|place| {
            self.commune(place, out)?;
            self.write_plan(place, out)
        })?;
        if self.communes.iter().any(Option::is_some) {
            self.index(out)?;
        }
        if self.settings.makes(LEXICON) {
            let from = self.job.edition.span;
            let (path, text) = ("lexicon.pls".to_owned(), ssml::lexicon(self.job));
            out.file(file(path, "application/pls+xml", text, from));
        }
        Ok(())
    }

    /// Pages whose scripts were made.
    pub(super) fn made(&self) -> impl Iterator<Item = (&'a Page, &Summary)> {
        let all = self.pages.iter().zip(&self.summaries);
        all.filter_map(|(page, summary)| Some((*page, summary.get()?)))
    }

    fn commune(&self, place: usize, out: &Out<'_>) -> Result<(), String> {
        let folder = self.folder(place);
        let links = self
            .made()
            .map(|(page, summary)| self.link(page, summary.seconds(place)));
        let view = CommuneView {
            name: self.frames[place].commune.clone(),
            back: if folder.is_empty() {
                String::new()
            } else {
                "../index.html".to_owned()
            },
            plan: if self.schedule(place).is_some() {
                format!("{}index.html", plan::FOLDER)
            } else {
                String::new()
            },
            scripts: links.collect(),
        };
        let mut context = Context::new();
        context.insert_value("t", self.words.clone());
        context.insert_value("commune", value(&view));
        let html = self.templates.file("commune.html", &context, 0)?;
        let from = self.communes[place].map_or(self.job.edition.span, |id| {
            self.job.site.facts.commune(id).span
        });
        out.file(file(format!("{folder}index.html"), "text/html", html, from));
        Ok(())
    }

    /// The file that a list leads to: the sheet, else the text, else whatever is made.
    pub(super) fn first_file(&self, page: &Page) -> String {
        let mut formats = ["html", "txt"].into_iter();
        let read = formats.find(|format| self.settings.makes(format));
        let ending = read.or_else(|| self.settings.endings().next());
        format!("{}.{}", page.slug, ending.unwrap_or("html"))
    }

    fn link(&self, page: &Page, seconds: usize) -> ScriptLinkView {
        let text_file = self.text_file(page);
        let others = self
            .settings
            .endings()
            .filter(|ending| !["html", "txt"].contains(ending));
        ScriptLinkView {
            title: page.meta.title.clone(),
            sheet: self.first_file(page),
            text_file,
            files: others
                .map(|ending| FileLinkView {
                    name: ending.to_owned(),
                    url: format!("{}.{ending}", page.slug),
                })
                .collect(),
            duration: script::duration(seconds, &self.settings, self.job),
            unapproved: page.unapproved,
            held: page.held.map(Held::name).unwrap_or_default().to_owned(),
        }
    }

    fn index(&self, out: &Out<'_>) -> Result<(), String> {
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
        let asked = self
            .made()
            .map(|(page, summary)| (page.id, summary.asked.as_slice()));
        let differences: Vec<DifferenceView> = self
            .differences
            .table(self.job.site, asked)
            .into_iter()
            .map(|line| DifferenceView {
                article: line.article.to_owned(),
                contact: line.contact.to_owned(),
                communes: line.communes.join(", "),
                more: line.more,
            })
            .collect();
        let mut context = Context::new();
        context.insert_value("t", self.words.clone());
        context.insert_value("title", value(&self.job.site.config.title));
        context.insert_value("communes", value(&links));
        context.insert_value("differences", value(&differences));
        let html = self.templates.file("index.html", &context, 0)?;
        let path = "index.html".to_owned();
        out.file(file(path, "text/html", html, self.job.edition.span));
        Ok(())
    }
}
