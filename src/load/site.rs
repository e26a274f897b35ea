//! The order in which a tree of files becomes a site.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rayon::prelude::*;

use super::heads::{Draft, heads, read_config, read_facts, texts};
use super::index::{From, Index, PageInfo, PendingAnchor};
use super::markdown::{self, Context};
use super::snapshot::Tree;
use super::{assets, findings, front_matter, path, sections};
use crate::diag::{Diagnostic, FileId, SourceFile, Sources, Span};
use crate::model::{
    ApprovalPolicy, Asset, Config, Doc, Facts, LinkTarget, Meta, Page, PageId, Picture, Section,
    SectionId, Site, State, headings,
};
use crate::text::slug;

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
    take(&mut tree.clone(), today, channels)
}

/// Like [`parse()`], but lets go of the bytes of each text as soon as it is among the sources.
#[must_use]
pub fn take(tree: &mut Tree, today: Date, channels: &[&str]) -> Parsed {
    let mut sources = Sources::default();
    let mut diags = Vec::new();
    let texts = texts(tree, &mut sources, &mut diags);
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
    let drafts = heads(&texts, &sources, &config, &audiences, &mut diags);
    let mut index = Index::default();
    let assets = assets::assets(tree, &mut sources, &mut index, &mut diags);
    let sections = sections::sections(&config, &drafts, &mut index);
    let mut builder = Builder {
        config,
        today,
        audiences,
        index,
        diags,
    };
    let pages = builder.pages(drafts, &sections, &sources);
    builder.index.add_facts(&facts);
    let site = builder.bodies(sections, pages, assets, facts, &sources);
    Parsed {
        site,
        sources,
        diags: builder.diags,
    }
}

/// What is still needed of a page's draft to read its body.
struct Rest {
    draft: bool,
    /// Where the body begins.
    body: usize,
}

struct Builder {
    config: Config,
    today: Date,
    audiences: Vec<String>,
    index: Index,
    diags: Vec<Diagnostic>,
}

impl Builder {
    fn pages(
        &mut self,
        drafts: Vec<Draft>,
        sections: &[Section],
        sources: &Sources,
    ) -> Vec<(Page, Rest)> {
        let mut out: Vec<(Page, Draft)> = Vec::with_capacity(drafts.len());
        for draft in drafts {
            if draft.is_section() {
                continue;
            }
            let id = PageId(out.len());
            let slug = draft
                .head
                .meta
                .slug
                .clone()
                .unwrap_or_else(|| slug(&draft.stem));
            if slug.is_empty() || !path::is_safe_name(&slug) {
                let span = draft.head.slug_span.unwrap_or(Span::start_of(draft.file));
                self.diags.push(findings::unsafe_path(span, &draft.stem));
                continue;
            }
            let key = (draft.folder.clone(), draft.language.clone());
            let Some(section) = self.index.sections.get(&key).copied() else {
                continue;
            };
            let mut draft = draft;
            let page = self.page(id, &mut draft, slug, section, sources);
            self.enter(&page, &draft, &sections[section.0]);
            out.push((page, draft));
        }
        let languages: BTreeMap<(String, String), Vec<(String, PageId)>> = out
            .iter()
            .filter(|(_, draft)| !draft.head.draft)
            .fold(BTreeMap::new(), |mut map, (page, draft)| {
                let key = (draft.folder.clone(), draft.stem.clone());
                map.entry(key)
                    .or_insert_with(Vec::new)
                    .push((page.language.clone(), page.id));
                map
            });
        for (page, draft) in &mut out {
            let all = languages.get(&(draft.folder.clone(), draft.stem.clone()));
            if let Some(all) = all.filter(|all| all.len() > 1) {
                page.translations = all.iter().cloned().collect();
            }
        }
        let rest = |(page, draft): (Page, Draft)| {
            let rest = Rest {
                draft: draft.head.draft,
                body: draft.head.body,
            };
            (page, rest)
        };
        out.into_iter().map(rest).collect()
    }

    fn page(
        &mut self,
        id: PageId,
        draft: &mut Draft,
        slug: String,
        section: SectionId,
        sources: &Sources,
    ) -> Page {
        let nothing = front_matter::empty_meta(draft.head.span);
        let mut meta: Meta = std::mem::replace(&mut draft.head.meta, nothing);
        let folder = draft
            .source
            .rsplit_once('/')
            .map_or("content", |(folder, _)| folder);
        if let Some(raw) = &draft.head.image {
            let asset = self
                .index
                .asset(&raw.src, raw.span, folder, &mut self.diags);
            meta.image = asset.map(|asset| Picture {
                asset,
                alt: raw.alt.clone(),
                credit: raw.credit.clone(),
            });
        }
        let now = self.today.at(23, 59, 59, 0);
        let state = if draft.head.draft || meta.publish_at.is_some_and(|start| start > now) {
            State::Scheduled
        } else if meta.expires_at.is_some_and(|end| end.date() < self.today) {
            State::Expired
        } else {
            State::Current
        };
        if sources.text(draft.file)[draft.head.body..]
            .trim()
            .is_empty()
            && draft.head.readable
            && meta.programme.is_none()
        {
            self.diags.push(findings::empty_page(draft.head.span));
        }
        Page {
            id,
            file: draft.file,
            source: draft.source.clone(),
            language: draft.language.clone(),
            section,
            slug,
            unapproved: self.config.approval == ApprovalPolicy::Required,
            meta,
            doc: Doc::default(),
            translations: BTreeMap::new(),
            state,
            span: draft.head.span,
        }
    }

    /// Gives a page its names and its address.
    fn enter(&mut self, page: &Page, draft: &Draft, section: &Section) {
        let folder = section.segments.join("/");
        let behind = |name: &str| {
            if folder.is_empty() {
                name.to_owned()
            } else {
                format!("{folder}/{name}")
            }
        };
        let full_name = behind(&page.slug);
        let names: BTreeSet<String> = [
            page.slug.clone(),
            draft.stem.clone(),
            full_name.clone(),
            behind(&draft.stem),
        ]
        .into_iter()
        .collect();
        for name in names {
            self.index.pages.entry(name).or_default().push(page.id);
        }
        self.index.info.push(PageInfo {
            language: page.language.clone(),
            full_name: full_name.clone(),
            draft: draft.head.draft,
            has_programme: page.meta.programme.is_some(),
        });
        self.index.sources.insert(page.source.clone(), page.id);
        let address = format!("{}{full_name}", self.config.language_prefix(&page.language));
        // Two pages with one address: the first keeps it here, and the plan names both.
        self.index
            .addresses
            .entry(address)
            .or_insert(LinkTarget::Page(page.id, None));
    }

    /// Reads all bodies, checks the headings that links name, and puts the site together.
    fn bodies(
        &mut self,
        mut sections: Vec<Section>,
        pages: Vec<(Page, Rest)>,
        assets: Vec<Asset>,
        facts: Facts,
        sources: &Sources,
    ) -> Site {
        let this = &*self;
        let read: Vec<(markdown::Body, Vec<Diagnostic>)> = pages
            .par_iter()
            .map(|(page, rest)| this.body(page.file, Some(page), rest.draft, rest.body, sources))
            .collect();
        let own: Vec<(usize, markdown::Body, Vec<Diagnostic>)> = sections
            .par_iter()
            .enumerate()
            .filter(|(_, section)| section.span != this.config.span)
            .map(|(place, section)| {
                let start = section.span.end as usize;
                let (body, found) = this.section_body(section, start, sources);
                (place, body, found)
            })
            .collect();
        for (place, body, found) in own {
            sections[place].doc = body.doc;
            self.diags.extend(found);
        }
        let mut pending: Vec<(PageId, PendingAnchor)> = Vec::new();
        let mut out: Vec<Page> = Vec::with_capacity(pages.len());
        for ((mut page, _), (body, found)) in pages.into_iter().zip(read) {
            self.diags.extend(found);
            pending.extend(body.pending.into_iter().map(|anchor| (page.id, anchor)));
            page.doc = body.doc;
            out.push(page);
        }
        self.anchors(&pending, &out);
        for page in out.iter().filter(|page| page.state != State::Scheduled) {
            sections[page.section.0].pages.push(page.id);
        }
        for section in &mut sections {
            section
                .pages
                .sort_by_key(|id| (std::cmp::Reverse(out[id.0].meta.date), *id));
        }
        Site {
            config: self.config.clone(),
            facts,
            sections,
            pages: out,
            assets,
            today: self.today,
        }
    }

    fn body(
        &self,
        file: FileId,
        page: Option<&Page>,
        draft: bool,
        start: usize,
        sources: &Sources,
    ) -> (markdown::Body, Vec<Diagnostic>) {
        let folder = sources
            .path(file)
            .rsplit_once('/')
            .map_or("content", |(folder, _)| folder);
        let language = page.map_or(self.config.language.as_str(), |page| page.language.as_str());
        let mut found = Vec::new();
        let context = Context {
            file,
            text: sources.text(file),
            index: &self.index,
            from: From {
                folder,
                language,
                draft,
            },
            page: page.map(|page| page.id),
            audiences: &self.audiences,
        };
        let body = markdown::parse(context, start, &mut found);
        (body, found)
    }

    fn section_body(
        &self,
        section: &Section,
        start: usize,
        sources: &Sources,
    ) -> (markdown::Body, Vec<Diagnostic>) {
        let file = section.span.file;
        let folder = sources
            .path(file)
            .rsplit_once('/')
            .map_or("content", |(folder, _)| folder);
        let mut found = Vec::new();
        let from = From {
            folder,
            language: &section.language,
            draft: false,
        };
        let text = sources.text(file);
        let context = Context {
            file,
            text,
            index: &self.index,
            from,
            page: None,
            audiences: &self.audiences,
        };
        let body = markdown::parse(context, start, &mut found);
        (body, found)
    }

    fn anchors(&mut self, pending: &[(PageId, PendingAnchor)], pages: &[Page]) {
        for (asking, anchor) in pending {
            let page = &pages[anchor.page.unwrap_or(*asking).0];
            let known: Vec<&str> = headings(&page.doc.blocks)
                .into_iter()
                .map(|(_, id, _)| id)
                .collect();
            if !anchor.anchor.is_empty() && !known.contains(&anchor.anchor.as_str()) {
                self.diags
                    .push(findings::broken_anchor(anchor.span, &anchor.anchor, &known));
            }
        }
    }
}
