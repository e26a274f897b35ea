//! The order in which a tree of files becomes a site.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::civil::Date;

use super::bodies::{Bodies, Place};
use super::heads::{Draft, Text, heads, heads_key, read_config, read_facts, texts};
use super::index::{Index, PageInfo};
use super::memo::{BodyRecord, HeadRecord, Memo};
use super::snapshot::Tree;
use super::{assets, findings, path, sections};
use crate::diag::{Diagnostic, SourceFile, Sources, Span};
use crate::model::{
    ApprovalPolicy, Body, Config, Meta, Page, PageId, Picture, Section, SectionId, Site, State,
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
    for (path, why) in &tree.skipped {
        let file = sources.add(SourceFile::new(path.clone(), String::new()));
        diags.push(findings::skipped(Span::start_of(file), *why));
    }
    let facts = read_facts(&texts, &sources, &mut diags);
    let config = read_config(&texts, &mut sources, &facts, &mut diags);
    let audiences: Vec<String> = channels
        .iter()
        .map(|name| (*name).to_owned())
        .chain(config.editions.iter().map(|edition| edition.name.clone()))
        .collect();
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
    let bodies_key = Bodies::key(&builder.index, heads_key);
    let known = memo.is_some_and(|memo| memo.bodies == bodies_key);
    let own = own_places(own, &sections, &builder.index);
    let bodies = Bodies {
        sources: sources.clone(),
        index: builder.index,
        audiences,
        places: places.into_iter().chain(own).collect(),
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
    fill(&mut site, bodies, &mut texts, known, &mut diags);
    let learned = Memo {
        stamps: tree.stamps.clone(),
        heads: heads_key,
        bodies: bodies_key,
        ..Memo::of(texts, &site.assets)
    };
    let parsed = Parsed {
        site,
        sources,
        diags,
    };
    (parsed, learned)
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
        let mut pages: Vec<Page> = Vec::with_capacity(drafts.len());
        let mut places = Vec::with_capacity(drafts.len());
        for draft in drafts {
            let head = Arc::clone(&draft.head);
            if head.slug.is_empty() || !path::is_safe_name(&head.slug) {
                let span = head.slug_span.unwrap_or(Span::start_of(draft.file));
                self.diags.push(findings::unsafe_path(span, &draft.stem));
                continue;
            }
            let key = (draft.folder, draft.language);
            let Some(section) = self.index.sections.get(&key).copied() else {
                continue;
            };
            let id = PageId(pages.len());
            let page = self.page(id, draft.source, key.1, section, &head);
            places.push(Place {
                text: draft.text,
                file: draft.file,
                start: head.body,
                language: page.language.clone(),
                draft: head.draft,
                page: Some(id),
            });
            self.index.info.push(PageInfo {
                language: page.language.clone(),
                prefix: self.config.language_prefix(&page.language),
                source: page.source.clone(),
                stem: draft.stem,
                slug: page.slug.clone(),
                section: sections[section.0].segments.join("/"),
                draft: head.draft,
                has_programme: page.meta.programme.is_some(),
            });
            pages.push(page);
        }
        translate(&mut pages, &self.index.info, sections);
        (pages, places)
    }

    fn page(
        &mut self,
        id: PageId,
        source: String,
        language: String,
        section: SectionId,
        head: &HeadRecord,
    ) -> Page {
        let mut meta: Arc<Meta> = Arc::clone(&head.meta);
        let folder = source
            .rsplit_once('/')
            .map_or("content", |(folder, _)| folder);
        if let Some(raw) = &head.image {
            let asset = self
                .index
                .asset(&raw.src, raw.span, folder, &mut self.diags);
            Arc::make_mut(&mut meta).image = asset.map(|asset| Picture {
                asset,
                alt: raw.alt.clone(),
                credit: raw.credit.clone(),
            });
        }
        let now = self.today.at(23, 59, 59, 0);
        let state = if head.draft || meta.publish_at.is_some_and(|start| start > now) {
            State::Scheduled
        } else if meta.expires_at.is_some_and(|end| end.date() < self.today) {
            State::Expired
        } else {
            State::Current
        };
        if head.blank && head.readable && meta.programme.is_none() {
            self.diags.push(findings::empty_page(head.span));
        }
        Page {
            id,
            file: head.span.file,
            source,
            language,
            section,
            slug: head.slug.clone(),
            unapproved: self.config.approval == ApprovalPolicy::Required,
            meta,
            body: Body::default(),
            translations: BTreeMap::new(),
            state,
            span: head.span,
        }
    }
}

/// Tells pages of each other's languages: those of one folder and one file stem.
fn translate(pages: &mut [Page], info: &[PageInfo], sections: &[Section]) {
    let mut groups: HashMap<(&str, &str), BTreeMap<String, PageId>> = HashMap::new();
    let key = |page: &Page| {
        (
            sections[page.section.0].path.as_str(),
            info[page.id.0].stem.as_str(),
        )
    };
    for page in pages.iter().filter(|page| !info[page.id.0].draft) {
        let group = groups.entry(key(page)).or_default();
        group.insert(page.language.clone(), page.id);
    }
    for page in pages {
        if let Some(group) = groups.get(&key(page)) {
            page.translations.clone_from(group);
        }
    }
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
    known: bool,
    diags: &mut Vec<Diagnostic>,
) {
    for text in texts.iter_mut().filter(|_| !known) {
        text.record.body = None;
    }
    let (bodies, read) = bodies.read(texts);
    for text in texts.iter_mut() {
        // A body that is not shown any more would be out of date when it comes back.
        text.record.body = None;
    }
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
}

fn anchors(pending: &[(PageId, Arc<BodyRecord>)], pages: &[Page], diags: &mut Vec<Diagnostic>) {
    for (asking, record) in pending {
        for anchor in record
            .pending
            .iter()
            .filter(|pending| !pending.anchor.is_empty())
        {
            let page = &pages[anchor.page.unwrap_or(*asking).0];
            let known = &page.body.outline.headings;
            if !known.contains(&anchor.anchor) {
                let known: Vec<&str> = known.iter().map(String::as_str).collect();
                diags.push(findings::broken_anchor(anchor.span, &anchor.anchor, &known));
            }
        }
    }
}
