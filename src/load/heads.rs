//! The first half of reading: texts, settings, the registry, and the heads of pages.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::front_matter::{self, Names};
use super::memo::{FileRecord, HeadRecord, Memo};
use super::snapshot::{Tree, TreeFile, is_text, text_of};
use super::{config, facts, findings, print_runs, yaml};
use crate::diag::{Diagnostic, FileId, SourceFile, Sources, Span, TextSource, may_allow};
use crate::model::{Blob, Config, Content, Digest, Digester, Facts, Node, NodeKind};
use crate::text::slug;

/// A text file.
#[derive(Debug)]
pub(super) struct Text {
    /// Its name among the sources.
    pub(super) file: FileId,
    /// What is known of it: at first from an earlier run.
    pub(super) record: FileRecord,
}

/// What a text turned out to be.
enum Found {
    Known(FileRecord),
    /// Whether the text may allow findings; or what stands before its first fault.
    Read(Result<bool, String>, Digest),
}

/// The files of a tree that are read as text and are no part of a theme.
fn text_files(tree: &Tree) -> impl Iterator<Item = &TreeFile> {
    let wanted = |file: &&TreeFile| is_text(&file.path) && !file.path.starts_with("themes/");
    tree.files.iter().filter(wanted)
}

/// The texts of a sound site, each under the name that reading the site gives it. None is read before it is wanted,
/// and none is asked what it allows.
#[must_use]
pub fn sources(tree: &Tree) -> Sources {
    let mut out = Sources::default();
    for file in text_files(tree) {
        let text: Arc<dyn TextSource> = Arc::<Blob>::clone(&file.blob);
        out.add(SourceFile::later(file.path.clone(), text, false));
    }
    for (path, _) in &tree.skipped {
        out.add(SourceFile::new(path.clone(), String::new()));
    }
    out
}

pub(super) fn texts(
    tree: &Tree,
    memo: Option<&Memo>,
    sources: &mut Sources,
    diags: &mut Vec<Diagnostic>,
) -> Vec<Text> {
    let files: Vec<&TreeFile> = text_files(tree).collect();
    let find = |file: &TreeFile| memo?.find(&file.path, file.blob.digest()).cloned();
    let found: Vec<Found> = files
        .par_iter()
        .map(|file| match find(file) {
            Some(record) => Found::Known(record),
            None => Found::Read(sound(&file.blob), file.blob.digest()),
        })
        .collect();
    let mut out: Vec<Text> = Vec::with_capacity(files.len());
    let mut seen: HashMap<&str, FileId> = HashMap::with_capacity(files.len());
    for (file, found) in files.into_iter().zip(found) {
        let path = file.path.clone();
        let whole = |path, may_allow| {
            let text: Arc<dyn TextSource> = Arc::<Blob>::clone(&file.blob);
            SourceFile::later(path, text, may_allow)
        };
        let (source, record, unsound) = match found {
            Found::Known(known) => (whole(path, known.may_allow), known, None),
            Found::Read(Ok(may_allow), digest) => {
                let record = FileRecord::new(path.clone(), digest, may_allow);
                (whole(path, may_allow), record, None)
            }
            Found::Read(Err(before), digest) => {
                let record = FileRecord::new(path.clone(), digest, true);
                let end = before.len();
                (SourceFile::new(path, before), record, Some(end))
            }
        };
        let id = sources.add(source);
        if let Some(end) = unsound {
            diags.push(findings::invalid_utf8(Span::new(id, end, end)));
        } else if let Some(first) = seen.get(file.path.as_str()) {
            // One name in two normal forms: two files on the disk, one address.
            diags.push(findings::same_address(
                Span::start_of(id),
                &file.path,
                Span::start_of(*first),
            ));
        } else {
            seen.insert(&file.path, id);
            out.push(Text { file: id, record });
        }
    }
    out
}

/// Whether a text may allow findings, if it is one.
fn sound(blob: &Blob) -> Result<bool, String> {
    match blob.content() {
        Content::Text(text) => Ok(may_allow(text)),
        Content::Bytes(bytes) => text_of(bytes).map(|text| may_allow(&text)),
    }
}

/// The text of a path. Settings and registry are few; pages are never looked up like this.
fn named<'a>(texts: &'a [Text], path: &str) -> Option<&'a Text> {
    texts.iter().find(|text| text.record.path == path)
}

fn read_yaml(
    path: &str,
    texts: &[Text],
    sources: &Sources,
    diags: &mut Vec<Diagnostic>,
) -> Option<Node> {
    let file = named(texts, path)?.file;
    match yaml::parse(file, sources.text(file), 0) {
        Ok(node) => Some(node),
        Err(found) => {
            diags.extend(found);
            None
        }
    }
}

pub(super) fn read_facts(texts: &[Text], sources: &Sources, diags: &mut Vec<Diagnostic>) -> Facts {
    type Reader = fn(&Node, &mut Facts, &mut Vec<Diagnostic>);
    let readers: [(&str, Reader); 5] = [
        ("contacts.yaml", facts::contacts),
        ("legal-documents.yaml", facts::documents),
        ("communes.yaml", facts::communes),
        ("lexicon.yaml", facts::lexicon),
        ("print-runs.yaml", print_runs::print_runs),
    ];
    let nodes = readers.par_iter().map(|(name, _)| {
        let mut found = Vec::new();
        let path = format!("content/_facts/{name}");
        (read_yaml(&path, texts, sources, &mut found), found)
    });
    let nodes: Vec<(Option<Node>, Vec<Diagnostic>)> = nodes.collect();
    let mut registry = Facts::default();
    for ((_, read), (node, found)) in readers.iter().zip(nodes) {
        diags.extend(found);
        if let Some(node) = node {
            read(&node, &mut registry, diags);
        }
    }
    facts::check_own_contacts(&registry, diags);
    let files = texts
        .iter()
        .map(|text| (text.record.path.as_str(), Span::start_of(text.file)));
    print_runs::strangers(files, diags);
    registry
}

pub(super) fn read_config(
    texts: &[Text],
    sources: &mut Sources,
    facts: &Facts,
    diags: &mut Vec<Diagnostic>,
) -> Config {
    let node = read_yaml("loa.yaml", texts, sources, diags);
    let node = node.unwrap_or_else(|| {
        let known = named(texts, "loa.yaml").map(|text| text.file);
        let file =
            known.unwrap_or_else(|| sources.add(SourceFile::new("loa.yaml".into(), String::new())));
        if known.is_none() {
            diags.push(findings::missing_config(Span::start_of(file)));
        }
        Node {
            span: Span::start_of(file),
            kind: NodeKind::List(Vec::new()),
        }
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
#[derive(Debug)]
pub(super) struct Draft {
    /// Its place among the texts.
    pub(super) text: usize,
    pub(super) file: FileId,
    pub(super) source: String,
    /// Folder below `content/`.
    pub(super) folder: String,
    pub(super) stem: String,
    pub(super) language: String,
    pub(super) head: Arc<HeadRecord>,
}

impl Draft {
    pub(super) fn is_section(&self) -> bool {
        self.stem == "_index"
    }
}

/// What heads depend on besides their files.
pub(super) fn heads_key(config: &Config, audiences: &[String]) -> Digest {
    Digester::default()
        .text(&config.language)
        .texts(config.languages.iter().map(String::as_str))
        .texts(audiences.iter().map(String::as_str))
        .finish()
}

/// Reads the heads of all pages; those of unchanged files are `known`, if that still holds.
pub(super) fn heads(
    texts: &[Text],
    known: bool,
    sources: &Sources,
    config: &Config,
    audiences: &[String],
) -> Vec<Draft> {
    let names = Names {
        editions: audiences,
    };
    texts
        .par_iter()
        .enumerate()
        .filter(|(_, text)| is_page(&text.record.path))
        .map(|(place, text)| {
            let path = text.record.path.as_str();
            let (folder, name) = path.rsplit_once('/').unwrap_or(("content", path));
            let folder = folder.strip_prefix("content").unwrap_or(folder);
            let (stem, language) = split_name(name, config);
            let head = match text.record.head.as_ref().filter(|_| known) {
                Some(head) => head.named(text.file),
                None => Arc::new(head(text.file, &stem, sources, names, config)),
            };
            Draft {
                text: place,
                file: text.file,
                source: path.to_owned(),
                folder: folder.trim_start_matches('/').to_owned(),
                stem,
                language,
                head,
            }
        })
        .collect()
}

/// Reads the head of one page again.
pub(super) fn reread(
    file: FileId,
    stem: &str,
    sources: &Sources,
    audiences: &[String],
    config: &Config,
) -> HeadRecord {
    let names = Names {
        editions: audiences,
    };
    head(file, stem, sources, names, config)
}

fn head(
    file: FileId,
    stem: &str,
    sources: &Sources,
    names: Names<'_>,
    config: &Config,
) -> HeadRecord {
    let mut found = Vec::new();
    if let Some(language) = stray_language(stem) {
        let start = Span::start_of(file);
        found.push(findings::unknown_language(
            start,
            language,
            &config.languages,
        ));
    }
    let text = sources.text(file);
    let head = front_matter::read(file, text, stem == "_index", names, &mut found);
    let address = head.meta.slug.clone().unwrap_or_else(|| slug(stem));
    let blank = text[head.body..].trim().is_empty();
    let digest = Digest::of(&text.as_bytes()[..head.body]);
    HeadRecord::new(file, head, digest, address, blank, found)
}

/// Markdown below `content/` whose name and folders do not begin with `_`, or `_index.md`.
fn is_page(path: &str) -> bool {
    let Some(rest) = path
        .strip_prefix("content/")
        .filter(|rest| rest.ends_with(".md"))
    else {
        return false;
    };
    let (folders, name) = rest.rsplit_once('/').unwrap_or(("", rest));
    let index =
        name == "_index.md" || (name.starts_with("_index.") && name.matches('.').count() == 2);
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

/// `to-giac.fr` when the site has no `fr`: two small letters behind a dot are meant as a language.
fn stray_language(stem: &str) -> Option<&str> {
    let (_, language) = stem.rsplit_once('.')?;
    (language.len() == 2 && language.bytes().all(|byte| byte.is_ascii_lowercase()))
        .then_some(language)
}
