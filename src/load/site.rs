//! The order in which a tree of files becomes a site.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use super::bodies::{Bodies, Place};
use super::heads::{Draft, Text, heads, heads_key, read_config, read_facts, texts};
use super::index::{Index, PageInfo};
use super::memo::{BodyRecord, HeadRecord, Memo};
use super::rendered::Renditions;
use super::reread::Reread;
use super::snapshot::Tree;
use super::{approval, assets, findings, path, print_runs, sections};
use crate::diag::{Diagnostic, SourceFile, Sources, Span};
use crate::model::{
    ApprovalState, Body, Config, Held, Meta, Page, PageId, Picture, Section, SectionId, Site, State,
};

/// A site, the texts its spans point into, and what was found while reading it.
#[derive(Debug)]
pub struct Parsed {
    /// The site; best effort where there are errors.
    pub site: Site,
    /// The texts.
    pub sources: Sources,
    /// The findings.
    pub diags: Vec<Diagnostic>,
    /// For reading single pages again.
    pub reread: Reread,
}

/// Reads a site from its files, for one day. `channels` are the names that `only` and `except` may use.
///
/// ```
/// use loa::load::{Tree, parse};
/// let tree = Tree::of(&[
///     ("loa.yaml", "title: Thử\neditions: {bao: {channel: web, theme: newspaper}}\n"),
///     ("content/chao.md", "---\ntitle: Chào\nsummary: Lời chào.\ndate: 2026-08-19\n---\nXin chào.\n"),
/// ]);
/// let parsed = parse(&tree, jiff::civil::date(2026, 8, 19), &["web"]);
/// assert!(parsed.diags.is_empty());
/// assert_eq!(parsed.site.pages[0].slug, "chao");
/// ```
#[must_use]
pub fn parse(tree: &Tree, today: Date, channels: &[&str]) -> Parsed {
    read(tree, today, channels, None).0
}

/// The same, without reading or parsing what `memo` knows; afterwards `memo` knows this site.
///
/// What comes of it does not depend on the memo, only the time it takes.
pub fn parse_with(tree: &Tree, today: Date, channels: &[&str], memo: &mut Memo) -> Parsed {
    let (parsed, learned) = read(tree, today, channels, Some(memo));
    *memo = learned;
    parsed
}

fn read(tree: &Tree, today: Date, channels: &[&str], memo: Option<&Memo>) -> (Parsed, Memo) {
    let mut sources = Sources::default();
    let mut diags = Vec::new();
    let mut texts = texts(tree, memo, &mut sources, &mut diags);
    skipped(tree, &mut sources, &mut diags);
    let mut facts = read_facts(&texts, &sources, &mut diags);
    let config = read_config(&texts, &mut sources, &facts, &mut diags);
    let audiences = audiences(channels, &config);
    let heads_key = heads_key(&config, &audiences);
    let known = memo.is_some_and(|memo| memo.heads == heads_key);
    let drafts = heads(&texts, known, &sources, &config, &audiences);
    let mut index = Index::default();
    let assets = assets::assets(tree, memo, &mut sources, &mut index, &mut diags);
    let sections = sections::sections(&config, &drafts, &mut index);
    for draft in &drafts {
        diags.extend(draft.head.found.iter().cloned());
        texts[draft.text].record.head = Some(Arc::clone(&draft.head));
    }
    let (own, drafts): (Vec<Draft>, Vec<Draft>) = drafts.into_iter().partition(Draft::is_section);
    let mut builder = Builder {
        config,
        today,
        index,
        diags,
    };
    let (pages, places) = builder.pages(drafts, &sections);
    builder.index.add_facts(&facts);
    let language = builder.config.language.clone();
    print_runs::resolve(&mut facts, &builder.index, &language, &mut builder.diags);
    let bodies_key = Bodies::key(&builder.index, heads_key);
    let same = memo.is_some_and(|memo| memo.bodies == bodies_key);
    forget(&mut texts, |body| known && (same || body.stands_alone()));
    let own = own_places(own, &sections, &builder.index);
    let of_pages: Vec<usize> = places.iter().map(|place| place.text).collect();
    let places = places.into_iter().chain(own).collect();
    let bodies = Bodies {
        sources: sources.clone(),
        index: builder.index,
        audiences,
        places,
    };
    let mut site = Site {
        config: builder.config,
        facts,
        sections,
        pages,
        assets,
        today,
    };
    let mut diags = builder.diags;
    let reread = fill(&mut site, bodies, &mut texts, &mut diags);
    let known = Renditions::new(&mut texts, &of_pages, heads_key, bodies_key);
    finish(&mut site, known);
    let learned = Memo {
        heads: heads_key,
        bodies: bodies_key,
        ..Memo::of(texts, &site.assets)
    };
    let learned = learned.following(memo);
    let parsed = Parsed {
        site,
        sources,
        diags,
        reread,
    };
    (parsed, learned)
}

/// The names of channels and editions.
fn audiences(channels: &[&str], config: &Config) -> Vec<String> {
    let channels = channels.iter().map(|name| (*name).to_owned());
    let editions = config.editions.iter().map(|edition| edition.name.clone());
    channels.chain(editions).collect()
}

fn skipped(tree: &Tree, sources: &mut Sources, diags: &mut Vec<Diagnostic>) {
    for (path, why) in &tree.skipped {
        let file = sources.add(SourceFile::new(path.clone(), String::new()));
        diags.push(findings::skipped(Span::start_of(file), *why));
    }
}

/// What needs all bodies: first what approvals are worth, then the text of withdrawn pages goes.
fn finish(site: &mut Site, known: Renditions<'_>) {
    approval::settle(site, known);
    site.pages.iter_mut().for_each(without_text);
}

/// Leaves of what is known of bodies what still holds.
fn forget(texts: &mut [Text], holds: impl Fn(&BodyRecord) -> bool) {
    for text in texts {
        let body = text.record.body.take();
        text.record.body = body.filter(|body| holds(body));
    }
}

struct Builder {
    config: Config,
    today: Date,
    index: Index,
    diags: Vec<Diagnostic>,
}

impl Builder {
    /// Pages with their heads, entered into the index, and where their bodies stand.
    fn pages(&mut self, drafts: Vec<Draft>, sections: &[Section]) -> (Vec<Page>, Vec<Place>) {
        let mut placed: Vec<(Draft, SectionId)> = Vec::with_capacity(drafts.len());
        for draft in drafts {
            let head = &draft.head;
            if head.slug.is_empty() || !path::is_safe_name(&head.slug) {
                let span = head.slug_span.unwrap_or(Span::start_of(draft.file));
                self.diags.push(findings::unsafe_path(span, &draft.stem));
                continue;
            }
            let same = |(last, _): &&(Draft, SectionId)| {
                last.folder == draft.folder && last.language == draft.language
            };
            let found = match placed.last().filter(same) {
                Some((_, section)) => Some(*section),
                None => self.section(&draft),
            };
            if let Some(section) = found {
                placed.push((draft, section));
            }
        }
        let made: Vec<(Page, Place, PageInfo, Vec<Diagnostic>)> = placed
            .into_par_iter()
            .enumerate()
            .map(|(at, (draft, section))| self.page(PageId(at), draft, section))
            .collect();
        let mut pages: Vec<Page> = Vec::with_capacity(made.len());
        let mut places = Vec::with_capacity(made.len());
        for (page, place, info, found) in made {
            pages.push(page);
            places.push(place);
            self.index.info.push(info);
            self.diags.extend(found);
        }
        translate(&mut pages, &self.index.info, sections);
        (pages, places)
    }

    fn section(&self, draft: &Draft) -> Option<SectionId> {
        let key = (draft.folder.clone(), draft.language.clone());
        self.index.sections.get(&key).copied()
    }

    fn page(
        &self,
        id: PageId,
        draft: Draft,
        section: SectionId,
    ) -> (Page, Place, PageInfo, Vec<Diagnostic>) {
        let head: &HeadRecord = &draft.head;
        let mut found = Vec::new();
        let meta = self.meta(&draft, &mut found);
        if head.blank && head.readable && meta.programme.is_none() {
            found.push(findings::empty_page(head.span));
        }
        let place = Place {
            text: draft.text,
            file: draft.file,
            start: head.body,
            language: draft.language.clone(),
            draft: head.draft,
            page: Some(id),
        };
        let info = PageInfo {
            language: draft.language.clone(),
            source: draft.source.clone(),
            stem: draft.stem,
            slug: head.slug.clone(),
            section,
            draft: head.draft,
            has_programme: meta.programme.is_some(),
        };
        let held = self.held(head.draft, &meta);
        let page = Page {
            id,
            file: draft.file,
            source: draft.source,
            language: draft.language,
            section,
            slug: head.slug.clone(),
            draft: head.draft,
            approval: ApprovalState::default(),
            unapproved: false,
            state: if held.is_some() {
                State::Scheduled
            } else {
                shown_as(&meta, self.today)
            },
            held,
            meta,
            head: head.digest,
            body: Body::default(),
            translations: BTreeMap::new(),
            span: head.span,
        };
        (page, place, info, found)
    }

    /// The head of a page, with its picture found.
    fn meta(&self, draft: &Draft, found: &mut Vec<Diagnostic>) -> Arc<Meta> {
        let mut meta: Arc<Meta> = Arc::clone(&draft.head.meta);
        if let Some(raw) = &draft.head.image {
            let folder = draft
                .source
                .rsplit_once('/')
                .map_or("content", |(folder, _)| folder);
            let asset = self.index.asset(&raw.src, raw.span, folder, found);
            Arc::make_mut(&mut meta).image = asset.map(|asset| {
                Box::new(Picture {
                    asset,
                    alt: raw.alt.clone(),
                    credit: raw.credit.clone(),
                })
            });
        }
        meta
    }

    /// Why a page is not published on the day.
    fn held(&self, draft: bool, meta: &Meta) -> Option<Held> {
        let now = self.today.at(23, 59, 59, 0);
        let ahead = meta.publish_at.filter(|start| *start > now);
        draft.then_some(Held::Draft).or(ahead.map(Held::Until))
    }
}

/// How a page that is published stands on a day.
pub(super) fn shown_as(meta: &Meta, today: Date) -> State {
    let withdrawn = meta.withdrawn.as_ref();
    if withdrawn.is_some_and(|withdrawn| withdrawn.on <= today) {
        State::Withdrawn
    } else if meta.expires_at.is_some_and(|end| end.date() < today) {
        State::Expired
    } else {
        State::Current
    }
}

/// Tells pages of each other's languages: those of one folder and one file stem.
fn translate(pages: &mut [Page], info: &[PageInfo], sections: &[Section]) {
    let shown = info.iter().enumerate().filter(|(_, page)| !page.draft);
    let named: HashMap<(SectionId, &str), PageId> = shown
        .map(|(place, page)| ((page.section, page.stem.as_str()), PageId(place)))
        .collect();
    pages.par_iter_mut().for_each(|page| {
        let stem = info[page.id.0].stem.as_str();
        let folders = &sections[page.section.0].translations;
        let other = |(language, section): (&String, &SectionId)| {
            let id = named.get(&(*section, stem))?;
            Some((language.clone(), *id))
        };
        let all: BTreeMap<String, PageId> = folders.iter().filter_map(other).collect();
        if all.len() > 1 {
            page.translations = all;
        }
    });
}

/// Where the bodies of sections' own pages stand.
fn own_places(own: Vec<Draft>, sections: &[Section], index: &Index) -> Vec<Place> {
    let shown = |draft: &Draft| {
        let key = (draft.folder.clone(), draft.language.clone());
        let section = index.sections.get(&key).map(|id| &sections[id.0]);
        section.is_some_and(|section| section.span == draft.head.span)
    };
    own.into_iter()
        .filter(shown)
        .map(|draft| Place {
            text: draft.text,
            file: draft.file,
            start: draft.head.body,
            language: draft.language,
            draft: false,
            page: None,
        })
        .collect()
}

/// Gives pages and sections their bodies, and checks the headings that links name.
fn fill(
    site: &mut Site,
    bodies: Bodies,
    texts: &mut [Text],
    diags: &mut Vec<Diagnostic>,
) -> Reread {
    let (bodies, read) = bodies.read(texts);
    // A body that is not shown any more would be out of date when it comes back.
    forget(texts, |_| false);
    let mut pending = Vec::new();
    for (place, (body, record)) in bodies.places.iter().zip(read) {
        diags.extend(record.found.iter().cloned());
        if let Some(page) = place.page {
            site.pages[page.0].body = body;
            if !record.pending.is_empty() {
                pending.push((page, Arc::clone(&record)));
            }
        } else {
            let of = |section: &&mut Section| section.span.file == place.file;
            if let Some(section) = site.sections.iter_mut().find(of) {
                section.body = body;
            }
        }
        texts[place.text].record.body = Some(record);
    }
    anchors(&pending, &site.pages, diags);
    for page in site
        .pages
        .iter()
        .filter(|page| page.state != State::Scheduled)
    {
        site.sections[page.section.0].pages.push(page.id);
    }
    for section in &mut site.sections {
        section
            .pages
            .sort_by_key(|id| (std::cmp::Reverse(site.pages[id.0].meta.date), *id));
    }
    Reread::new(bodies, pending)
}

fn anchors(pending: &[(PageId, Arc<BodyRecord>)], pages: &[Page], diags: &mut Vec<Diagnostic>) {
    for (asking, record) in pending {
        for anchor in record
            .pending
            .iter()
            .filter(|pending| !pending.anchor.is_empty())
        {
            let page = &pages[anchor.page.unwrap_or(*asking).0];
            let outline = &page.body.outline;
            if !outline.anchors().any(|known| known == anchor.anchor) {
                let known: Vec<&str> = outline.anchors().collect();
                diags.push(findings::broken_anchor(anchor.span, &anchor.anchor, &known));
            }
        }
    }
}

/// Takes the text out of a page that was withdrawn, so that no channel can show it. Its mistakes were reported.
pub(super) fn without_text(page: &mut Page) {
    if page.state != State::Withdrawn {
        return;
    }
    let meta = Arc::make_mut(&mut page.meta);
    meta.summary.clear();
    meta.topics.clear();
    (meta.image, meta.programme) = (None, None);
    (meta.author, meta.source) = (None, None);
    page.body = Body {
        digest: page.body.digest,
        ..Body::default()
    };
}
