//! One page read again while the rest of the site stays as it was: for a preview, which does not let
//! whoever writes wait for all the rest.
//!
//! Only what a page says may be another: its title, its lead, its words. Whatever moves a page, lists it
//! elsewhere or could break another one is not read here at all, and the whole site is read instead.

use std::sync::Arc;

use super::approval::{approvable, worth};
use super::bodies::Bodies;
use super::heads;
use super::memo::{BodyRecord, HeadRecord};
use crate::diag::{Diagnostic, FileId, SourceFile, Sources, Span, TextSource, may_allow};
use crate::model::{
    Blob, Body, Content, Meta, Outline, Page, PageId, Picture, Site, State, Use, Used,
};

/// All that a page is read with.
#[derive(Debug)]
pub struct Reread {
    bodies: Arc<Bodies>,
    /// The headings that pages name, with those pages.
    anchors: Vec<(PageId, Arc<BodyRecord>)>,
}

/// A page as it is now, in a site that does not know it yet.
#[derive(Debug)]
pub struct Fresh {
    /// The page.
    pub page: Page,
    /// The texts of the site with the page's new one.
    pub sources: Sources,
    /// What was found in it.
    pub diags: Vec<Diagnostic>,
}

impl Reread {
    pub(super) fn new(bodies: Arc<Bodies>, anchors: Vec<(PageId, Arc<BodyRecord>)>) -> Reread {
        Reread { bodies, anchors }
    }

    /// Reads a page again, of which `blob` is the new file. Nothing when other pages may change with it.
    #[must_use]
    pub fn page(&self, site: &Site, old: &Page, blob: &Arc<Blob>) -> Option<Fresh> {
        let Content::Text(text) = blob.content() else {
            return None;
        };
        if old.state == State::Withdrawn || old.state == State::Scheduled {
            return None;
        }
        let from: Arc<dyn TextSource> = Arc::<Blob>::clone(blob);
        let file = SourceFile::later(old.source.clone(), from, may_allow(text));
        let sources = self.bodies.sources.with(old.file, file);
        let place = self.bodies.places.get(old.id.0)?;
        let info = self.bodies.index.info.get(old.id.0)?;
        let head = heads::reread(
            old.file,
            &info.stem,
            &sources,
            &self.bodies.audiences,
            &site.config,
        );
        let mut diags = head.found.clone();
        let meta = self.meta(old, &head, &mut diags)?;
        let (record, doc) = self.bodies.parse_in(place, &sources, head.body);
        if !self.keeps(site, old, &record) {
            return None;
        }
        diags.extend(record.found);
        let mut page = Page {
            meta,
            head: head.digest,
            body: Body {
                digest: blob.digest(),
                outline: record.outline,
                doc: doc.into(),
            },
            span: head.span,
            ..old.clone()
        };
        self::approve(site, &mut page);
        Some(Fresh {
            page,
            sources,
            diags,
        })
    }

    /// The new head, if it is the old one but for words.
    fn meta(
        &self,
        old: &Page,
        head: &HeadRecord,
        diags: &mut Vec<Diagnostic>,
    ) -> Option<Arc<Meta>> {
        let mut meta = Meta::clone(&head.meta);
        if let Some(raw) = &head.image {
            let folder = old.source.rsplit_once('/').map_or("", |(folder, _)| folder);
            let asset = self.bodies.index.asset(&raw.src, raw.span, folder, diags)?;
            meta.image = Some(Box::new(Picture {
                asset,
                alt: raw.alt.clone(),
                credit: raw.credit.clone(),
            }));
        }
        let same = head.readable
            && !head.blank
            && head.draft == old.draft
            && head.slug == old.slug
            && unworded(&meta) == unworded(&old.meta);
        same.then(|| Arc::new(meta))
    }

    /// Whether the page can be told apart from the old one by nobody but its readers: files that it shows
    /// are made for it, headings that others name are still there, and it says nothing of itself.
    fn keeps(&self, site: &Site, old: &Page, new: &BodyRecord) -> bool {
        let own =
            |one: &Use| matches!(one.what, Used::Page(id) | Used::Programme(id) if id == old.id);
        let outline = &new.outline;
        if outline.uses.iter().any(own) || files(outline) != files(&old.body.outline) {
            return false;
        }
        let has = |of: &Outline, anchor: &str| of.anchors().any(|known| known == anchor);
        let others = self.anchors.iter().filter(|(asking, _)| *asking != old.id);
        let mut named = others.flat_map(|(_, record)| &record.pending);
        let kept = named.all(|one| one.page != Some(old.id) || has(outline, &one.anchor));
        let mut names = new.pending.iter().filter(|one| !one.anchor.is_empty());
        kept && names.all(|one| match one.page {
            Some(id) if id != old.id => has(&site.page(id).body.outline, &one.anchor),
            _ => has(outline, &one.anchor),
        })
    }
}

/// All of a head but its words and their places, to be compared.
fn unworded(meta: &Meta) -> String {
    let mut meta = meta.clone();
    for text in [&mut meta.title, &mut meta.summary] {
        text.clear();
    }
    (meta.author, meta.source) = (None, None);
    (meta.updated, meta.approval) = (None, None);
    let nowhere = Span::start_of(FileId(0));
    meta.spans_mut().for_each(|span| *span = nowhere);
    if let Some(imprint) = &mut meta.print.imprint {
        imprint.digest_span = None;
    }
    format!("{meta:?}")
}

/// What is made into files or pages for a body.
fn files(outline: &Outline) -> Vec<&Use> {
    let made = |one: &&Use| {
        matches!(
            one.what,
            Used::Asset(_) | Used::Picture(_) | Used::Programme(_)
        )
    };
    outline.uses.iter().filter(made).collect()
}

/// Settles what the page's approval is worth now.
fn approve(site: &Site, page: &mut Page) {
    let recorded = page.meta.approval.is_some();
    let digest = recorded.then(|| approvable(site, page).digest);
    page.approval = worth(page, site.config.approval, site.today, digest.as_deref());
    page.unapproved = page.approval.is_stamped();
}
