//! The order in which a tree of files becomes a site.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rayon::prelude::*;

use super::front_matter::{self, Head, Names, empty_meta};
use super::index::{From, Index, PageInfo, PendingAnchor};
use super::markdown::{self, Context};
use super::snapshot::{Tree, TreeFile, is_text, text_of};
use super::{config, facts, findings, path, yaml};
use crate::diag::{Diagnostic, FileId, SourceFile, Sources, Span};
use crate::model::{
    ApprovalPolicy, Asset, AssetId, Config, Doc, Facts, LinkTarget, Meta, Node, NodeKind, Page, PageId, Picture, Section,
    SectionId, Site, State, headings,
};
use crate::text::{slug, sort_key};

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
    let mut sources = Sources::default();
    let mut diags = Vec::new();
    let texts = texts(tree, &mut sources, &mut diags);
    for (path, why) in &tree.skipped {
        let file = sources.add(SourceFile::new(path.clone(), String::new()));
        diags.push(findings::skipped(Span::start_of(file), *why));
    }
    let facts = read_facts(&texts, &sources, &mut diags);
    let config = read_config(&texts, &mut sources, &facts, &mut diags);
    let audiences: Vec<String> =
        channels.iter().map(|name| (*name).to_owned()).chain(config.editions.iter().map(|edition| edition.name.clone())).collect();
    let drafts = heads(&texts, &sources, &config, &audiences, &mut diags);
    let mut builder = Builder { config, today, audiences, index: Index::default(), diags };
    let assets = builder.assets(tree, &mut sources);
    let sections = builder.sections(&drafts);
    let pages = builder.pages(drafts, &sections, &sources);
    builder.index.add_facts(&facts);
    let site = builder.bodies(sections, pages, assets, facts, &sources);
    Parsed { site, sources, diags: builder.diags }
}

/// A text file: its path and its name among the sources.
type Text = (String, FileId);

fn texts(tree: &Tree, sources: &mut Sources, diags: &mut Vec<Diagnostic>) -> Vec<Text> {
    let wanted = |file: &&TreeFile| is_text(&file.path) && !file.path.starts_with("themes/");
    let files: Vec<&TreeFile> = tree.files.iter().filter(wanted).collect();
    let texts: Vec<Result<String, String>> = files.par_iter().map(|file| text_of(&file.bytes)).collect();
    let mut out: Vec<Text> = Vec::with_capacity(files.len());
    for (file, text) in files.into_iter().zip(texts) {
        let (text, sound) = match text {
            Ok(text) => (text, true),
            Err(before) => (before, false),
        };
        let end = text.len();
        let id = sources.add(SourceFile::new(file.path.clone(), text));
        if !sound {
            diags.push(findings::invalid_utf8(Span::new(id, end, end)));
        } else if let Some((_, first)) = out.iter().find(|(path, _)| *path == file.path) {
            // One name in two normal forms: two files on the disk, one address.
            diags.push(findings::same_address(Span::start_of(id), &file.path, Span::start_of(*first)));
        } else {
            out.push((file.path.clone(), id));
        }
    }
    out
}

fn read_yaml(path: &str, texts: &[Text], sources: &Sources, diags: &mut Vec<Diagnostic>) -> Option<Node> {
    let (_, file) = texts.iter().find(|(name, _)| name == path)?;
    match yaml::parse(*file, sources.text(*file), 0) {
        Ok(node) => Some(node),
        Err(found) => {
            diags.extend(found);
            None
        }
    }
}

fn read_facts(texts: &[Text], sources: &Sources, diags: &mut Vec<Diagnostic>) -> Facts {
    type Reader = fn(&Node, &mut Facts, &mut Vec<Diagnostic>);
    let readers: [(&str, Reader); 4] = [
        ("contacts.yaml", facts::contacts),
        ("legal-documents.yaml", facts::documents),
        ("communes.yaml", facts::communes),
        ("lexicon.yaml", facts::lexicon),
    ];
    let mut registry = Facts::default();
    for (name, read) in readers {
        if let Some(node) = read_yaml(&format!("content/_facts/{name}"), texts, sources, diags) {
            read(&node, &mut registry, diags);
        }
    }
    facts::check_own_contacts(&registry, diags);
    registry
}

fn read_config(texts: &[Text], sources: &mut Sources, facts: &Facts, diags: &mut Vec<Diagnostic>) -> Config {
    let node = read_yaml("loa.yaml", texts, sources, diags);
    let node = node.unwrap_or_else(|| {
        let known = texts.iter().find(|(name, _)| name == "loa.yaml").map(|(_, file)| *file);
        let file = known.unwrap_or_else(|| sources.add(SourceFile::new("loa.yaml".into(), String::new())));
        if known.is_none() {
            diags.push(findings::missing_config(Span::start_of(file)));
        }
        Node { span: Span::start_of(file), kind: NodeKind::List(Vec::new()) }
    });
    let unreadable = matches!(&node.kind, NodeKind::List(items) if items.is_empty());
    let mut found = Vec::new();
    let config = config::read(&node, facts, &mut found);
    if !unreadable {
        diags.extend(found);
    }
    config
}

/// A Markdown file of which only the head was read.
struct Draft {
    file: FileId,
    source: String,
    /// Folder below `content/`.
    folder: String,
    stem: String,
    language: String,
    head: Head,
}

impl Draft {
    fn is_section(&self) -> bool {
        self.stem == "_index"
    }
}

fn heads(
    texts: &[Text],
    sources: &Sources,
    config: &Config,
    audiences: &[String],
    diags: &mut Vec<Diagnostic>,
) -> Vec<Draft> {
    let names = Names { editions: audiences };
    let pages: Vec<&Text> = texts.iter().filter(|(path, _)| is_page(path)).collect();
    let read: Vec<(Draft, Vec<Diagnostic>)> = pages
        .par_iter()
        .map(|(path, file)| {
            let mut found = Vec::new();
            let (folder, name) = path.rsplit_once('/').unwrap_or(("content", path));
            let folder = folder.strip_prefix("content").unwrap_or(folder).trim_start_matches('/').to_owned();
            let (stem, language) = split_name(name, config);
            let head = front_matter::read(*file, sources.text(*file), stem == "_index", names, &mut found);
            (Draft { file: *file, source: path.clone(), folder, stem, language, head }, found)
        })
        .collect();
    let mut out = Vec::with_capacity(read.len());
    for (draft, found) in read {
        diags.extend(found);
        out.push(draft);
    }
    out
}

/// Markdown below `content/` whose name and folders do not begin with `_`, or `_index.md`.
fn is_page(path: &str) -> bool {
    let Some(rest) = path.strip_prefix("content/").filter(|rest| rest.ends_with(".md")) else { return false };
    let (folders, name) = rest.rsplit_once('/').unwrap_or(("", rest));
    let index = name == "_index.md" || (name.starts_with("_index.") && name.matches('.').count() == 2);
    !folders.split('/').any(|folder| folder.starts_with('_')) && (index || !name.starts_with('_'))
}

/// `to-giac.en.md` → (`to-giac`, `en`), for the languages of the site.
fn split_name(name: &str, config: &Config) -> (String, String) {
    let stem = name.strip_suffix(".md").unwrap_or(name);
    match stem.rsplit_once('.') {
        Some((stem, language)) if config.languages.iter().any(|known| known == language) => {
            (stem.to_owned(), language.to_owned())
        }
        _ => (stem.to_owned(), config.language.clone()),
    }
}

struct Builder {
    config: Config,
    today: Date,
    audiences: Vec<String>,
    index: Index,
    diags: Vec<Diagnostic>,
}

impl Builder {
    /// Files beside pages. Their names become addresses, so they must be safe.
    fn assets(&mut self, tree: &Tree, sources: &mut Sources) -> Vec<Asset> {
        let mut out: Vec<Asset> = Vec::new();
        let hidden = |path: &str| path.split('/').any(|part| part.starts_with('_'));
        let beside = tree.files.iter().filter(|file| file.path.starts_with("content/") && !is_text(&file.path));
        for file in beside.filter(|file| !hidden(&file.path)) {
            let span = Span::start_of(sources.add(SourceFile::new(file.path.clone(), String::new())));
            let (folder, name) = file.path.rsplit_once('/').unwrap_or(("content", &file.path));
            if !path::is_safe_name(name) {
                self.diags.push(findings::unsafe_path(span, name));
                continue;
            }
            let id = AssetId(out.len());
            if let Some(first) = self.index.assets.get(&file.path) {
                self.diags.push(findings::same_address(span, &file.path, out[first.0].span));
                continue;
            }
            let mut segments = segments(folder.strip_prefix("content").unwrap_or(folder));
            segments.push(name.to_owned());
            let size = imagesize::blob_size(&file.bytes).ok();
            let pixels = |length: usize| u32::try_from(length).unwrap_or(0);
            self.index.assets.insert(file.path.clone(), id);
            out.push(Asset {
                id,
                source: file.path.clone(),
                path: segments.join("/"),
                bytes: file.bytes.clone(),
                size: size.map(|size| (pixels(size.width), pixels(size.height))).or_else(|| svg_size(&file.path, &file.bytes)),
                span,
            });
        }
        out
    }

    /// One section for each folder and each language that has pages there, with all around it.
    fn sections(&mut self, drafts: &[Draft]) -> Vec<Section> {
        let mut wanted: BTreeSet<(String, String)> = BTreeSet::new();
        for language in &self.config.languages {
            wanted.insert((String::new(), language.clone()));
        }
        for draft in drafts {
            let mut folder = draft.folder.as_str();
            while !folder.is_empty() {
                wanted.insert((folder.to_owned(), draft.language.clone()));
                folder = folder.rsplit_once('/').map_or("", |(around, _)| around);
            }
        }
        let mut out: Vec<Section> = Vec::new();
        for (folder, language) in wanted {
            let id = SectionId(out.len());
            self.index.sections.insert((folder.clone(), language.clone()), id);
            let own = drafts.iter().find(|d| d.is_section() && d.folder == folder && d.language == language && !d.head.draft);
            let meta = own.map_or_else(empty_meta, |draft| draft.head.meta.clone());
            let span = own.map_or(self.config.span, |draft| draft.head.span);
            let section = Section {
                id,
                segments: segments(&folder),
                path: folder,
                language,
                meta,
                doc: Doc::default(),
                parent: None,
                children: Vec::new(),
                pages: Vec::new(),
                translations: BTreeMap::new(),
                span,
            };
            let address = format!("{}{}", self.config.language_prefix(&section.language), section.segments.join("/"));
            self.index.addresses.insert(address.trim_end_matches('/').to_owned(), LinkTarget::Section(id));
            out.push(section);
        }
        self.relate(&mut out);
        out
    }

    /// Titles for folders without a page of their own, parents, children and translations.
    fn relate(&self, sections: &mut [Section]) {
        for place in 0..sections.len() {
            let (folder, language) = (sections[place].path.clone(), sections[place].language.clone());
            if sections[place].meta.title.is_empty() {
                let name = folder.rsplit('/').next().unwrap_or_default();
                sections[place].meta.title = if name.is_empty() { self.config.title.clone() } else { titled(name) };
            }
            if let Some(around) = (!folder.is_empty()).then(|| folder.rsplit_once('/').map_or("", |(around, _)| around)) {
                let parent = self.index.sections.get(&(around.to_owned(), language)).copied();
                sections[place].parent = parent;
                if let Some(parent) = parent {
                    sections[parent.0].children.push(SectionId(place));
                }
            }
            for other in &self.config.languages {
                if let Some(id) = self.index.sections.get(&(folder.clone(), other.clone())) {
                    sections[place].translations.insert(other.clone(), *id);
                }
            }
        }
        for place in 0..sections.len() {
            let mut children = std::mem::take(&mut sections[place].children);
            children.sort_by_cached_key(|id| (sections[id.0].meta.weight, sort_key(&sections[id.0].meta.title)));
            sections[place].children = children;
        }
    }

    fn pages(&mut self, drafts: Vec<Draft>, sections: &[Section], sources: &Sources) -> Vec<(Page, Draft)> {
        let mut out: Vec<(Page, Draft)> = Vec::new();
        for draft in drafts {
            if draft.is_section() {
                continue;
            }
            let id = PageId(out.len());
            let slug = draft.head.meta.slug.clone().unwrap_or_else(|| slug(&draft.stem));
            if slug.is_empty() || !path::is_safe_name(&slug) {
                let span = draft.head.slug_span.unwrap_or(Span::start_of(draft.file));
                self.diags.push(findings::unsafe_path(span, &draft.stem));
                continue;
            }
            let key = (draft.folder.clone(), draft.language.clone());
            let Some(section) = self.index.sections.get(&key).copied() else { continue };
            let page = self.page(id, &draft, slug, section, sources);
            self.enter(&page, &draft, &sections[section.0], &out);
            out.push((page, draft));
        }
        let languages: BTreeMap<(String, String), Vec<(String, PageId)>> =
            out.iter().filter(|(_, draft)| !draft.head.draft).fold(BTreeMap::new(), |mut map, (page, draft)| {
                let key = (draft.folder.clone(), draft.stem.clone());
                map.entry(key).or_insert_with(Vec::new).push((page.language.clone(), page.id));
                map
            });
        for (page, draft) in &mut out {
            if let Some(all) = languages.get(&(draft.folder.clone(), draft.stem.clone())) {
                page.translations = all.iter().cloned().collect();
            }
        }
        out
    }

    fn page(&mut self, id: PageId, draft: &Draft, slug: String, section: SectionId, sources: &Sources) -> Page {
        let mut meta: Meta = draft.head.meta.clone();
        let folder = draft.source.rsplit_once('/').map_or("content", |(folder, _)| folder);
        if let Some(raw) = &draft.head.image {
            let asset = self.index.asset(&raw.src, raw.span, folder, &mut self.diags);
            meta.image = asset.map(|asset| Picture { asset, alt: raw.alt.clone(), credit: raw.credit.clone() });
        }
        let now = self.today.at(23, 59, 59, 0);
        let state = if draft.head.draft || meta.publish_at.is_some_and(|start| start > now) {
            State::Scheduled
        } else if meta.expires_at.is_some_and(|end| end <= self.today.at(0, 0, 0, 0)) {
            State::Expired
        } else {
            State::Current
        };
        if sources.text(draft.file)[draft.head.body..].trim().is_empty() && meta.programme.is_none() {
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
    fn enter(&mut self, page: &Page, draft: &Draft, section: &Section, others: &[(Page, Draft)]) {
        let folder = section.segments.join("/");
        let behind = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
        let full_name = behind(&page.slug);
        let names: BTreeSet<String> =
            [page.slug.clone(), draft.stem.clone(), full_name.clone(), behind(&draft.stem)].into_iter().collect();
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
        match self.index.addresses.get(&address) {
            Some(LinkTarget::Page(other, _)) => {
                let first = others[other.0].1.head.slug_span.unwrap_or(Span::start_of(others[other.0].0.file));
                let here = draft.head.slug_span.unwrap_or(Span::start_of(page.file));
                self.diags.push(findings::same_address(here, &format!("/{address}/"), first));
            }
            Some(LinkTarget::Section(_)) => {
                self.diags.push(findings::same_address(Span::start_of(page.file), &format!("/{address}/"), section.span));
            }
            _ => {
                self.index.addresses.insert(address, LinkTarget::Page(page.id, None));
            }
        }
    }

    /// Reads all bodies, checks the headings that links name, and puts the site together.
    fn bodies(
        &mut self,
        mut sections: Vec<Section>,
        pages: Vec<(Page, Draft)>,
        assets: Vec<Asset>,
        facts: Facts,
        sources: &Sources,
    ) -> Site {
        let this = &*self;
        let read: Vec<(markdown::Body, Vec<Diagnostic>)> =
            pages.par_iter().map(|(page, draft)| this.body(page.file, Some(page), draft.head.draft, draft.head.body, sources)).collect();
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
            section.pages.sort_by_key(|id| (std::cmp::Reverse(out[id.0].meta.date), *id));
        }
        Site { config: self.config.clone(), facts, sections, pages: out, assets, today: self.today }
    }

    fn body(
        &self,
        file: FileId,
        page: Option<&Page>,
        draft: bool,
        start: usize,
        sources: &Sources,
    ) -> (markdown::Body, Vec<Diagnostic>) {
        let folder = sources.path(file).rsplit_once('/').map_or("content", |(folder, _)| folder);
        let language = page.map_or(self.config.language.as_str(), |page| page.language.as_str());
        let mut found = Vec::new();
        let context = Context {
            file,
            text: sources.text(file),
            index: &self.index,
            from: From { folder, language, draft },
            page: page.map(|page| page.id),
            audiences: &self.audiences,
        };
        let body = markdown::parse(context, start, &mut found);
        (body, found)
    }

    fn section_body(&self, section: &Section, start: usize, sources: &Sources) -> (markdown::Body, Vec<Diagnostic>) {
        let file = section.span.file;
        let folder = sources.path(file).rsplit_once('/').map_or("content", |(folder, _)| folder);
        let mut found = Vec::new();
        let from = From { folder, language: &section.language, draft: false };
        let text = sources.text(file);
        let context = Context { file, text, index: &self.index, from, page: None, audiences: &self.audiences };
        let body = markdown::parse(context, start, &mut found);
        (body, found)
    }

    fn anchors(&mut self, pending: &[(PageId, PendingAnchor)], pages: &[Page]) {
        for (asking, anchor) in pending {
            let page = &pages[anchor.page.unwrap_or(*asking).0];
            let known: Vec<&str> = headings(&page.doc.blocks).into_iter().map(|(_, id, _)| id).collect();
            if !anchor.anchor.is_empty() && !known.contains(&anchor.anchor.as_str()) {
                self.diags.push(findings::broken_anchor(anchor.span, &anchor.anchor, &known));
            }
        }
    }
}

/// A folder as address segments: folded, never empty.
fn segments(folder: &str) -> Vec<String> {
    let one = |name: &str| {
        let folded = slug(name);
        if folded.is_empty() { "muc".to_owned() } else { folded }
    };
    folder.split('/').filter(|name| !name.is_empty()).map(one).collect()
}

/// A folder name as a title: `to-giac` → `To giac`.
fn titled(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The size of a drawing, from its `viewBox` or its width and height.
fn svg_size(path: &str, bytes: &[u8]) -> Option<(u32, u32)> {
    let text = std::str::from_utf8(bytes).ok().filter(|_| path.to_ascii_lowercase().ends_with(".svg"))?;
    let tag = &text[text.find("<svg")?..];
    let tag = &tag[..tag.find('>')?];
    let values = tag.split_once("viewBox=\"")?.1.split('"').next()?;
    let mut numbers = values.split([' ', ',']).filter_map(|number| number.parse::<f64>().ok()).skip(2);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "rounded and kept within the range")]
    let mut pixels = || numbers.next().map(|number| number.round().clamp(1.0, 100_000.0) as u32);
    Some((pixels()?, pixels()?))
}
