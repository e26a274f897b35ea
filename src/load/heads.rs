//! The first half of reading: texts, settings, the registry, and the heads of pages.

use std::collections::HashMap;

use rayon::prelude::*;

use super::front_matter::{self, Head, Names};
use super::snapshot::{Tree, TreeFile, is_text, text_from};
use super::{config, facts, findings, yaml};
use crate::diag::{Diagnostic, FileId, SourceFile, Sources, Span};
use crate::model::{Config, Facts, Node, NodeKind};

/// A text file: its path and its name among the sources.
pub(super) type Text = (String, FileId);

/// The texts of a tree, whose bytes it gives up.
pub(super) fn texts(
    tree: &mut Tree,
    sources: &mut Sources,
    diags: &mut Vec<Diagnostic>,
) -> Vec<Text> {
    let wanted = |file: &&mut TreeFile| is_text(&file.path) && !file.path.starts_with("themes/");
    let files: Vec<&mut TreeFile> = tree.files.iter_mut().filter(wanted).collect();
    let texts: Vec<(&str, Result<String, String>)> = files
        .into_par_iter()
        .map(|file| {
            let bytes = std::mem::take(&mut file.bytes);
            (file.path.as_str(), text_from(bytes.into_vec()))
        })
        .collect();
    let mut out: Vec<Text> = Vec::with_capacity(texts.len());
    let mut first: HashMap<&str, FileId> = HashMap::with_capacity(texts.len());
    for (path, text) in texts {
        let (text, sound) = match text {
            Ok(text) => (text, true),
            Err(before) => (before, false),
        };
        let end = text.len();
        let id = sources.add(SourceFile::new(path.to_owned(), text));
        if !sound {
            diags.push(findings::invalid_utf8(Span::new(id, end, end)));
        } else if let Some(first) = first.get(path) {
            // One name in two normal forms: two files on the disk, one address.
            diags.push(findings::same_address(
                Span::start_of(id),
                path,
                Span::start_of(*first),
            ));
        } else {
            first.insert(path, id);
            out.push((path.to_owned(), id));
        }
    }
    out
}

fn read_yaml(
    path: &str,
    texts: &[Text],
    sources: &Sources,
    diags: &mut Vec<Diagnostic>,
) -> Option<Node> {
    let (_, file) = texts.iter().find(|(name, _)| name == path)?;
    match yaml::parse(*file, sources.text(*file), 0) {
        Ok(node) => Some(node),
        Err(found) => {
            diags.extend(found);
            None
        }
    }
}

pub(super) fn read_facts(texts: &[Text], sources: &Sources, diags: &mut Vec<Diagnostic>) -> Facts {
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

pub(super) fn read_config(
    texts: &[Text],
    sources: &mut Sources,
    facts: &Facts,
    diags: &mut Vec<Diagnostic>,
) -> Config {
    let node = read_yaml("loa.yaml", texts, sources, diags);
    let node = node.unwrap_or_else(|| {
        let known = texts
            .iter()
            .find(|(name, _)| name == "loa.yaml")
            .map(|(_, file)| *file);
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
    pub(super) file: FileId,
    pub(super) source: String,
    /// Folder below `content/`.
    pub(super) folder: String,
    pub(super) stem: String,
    pub(super) language: String,
    pub(super) head: Head,
}

impl Draft {
    pub(super) fn is_section(&self) -> bool {
        self.stem == "_index"
    }
}

pub(super) fn heads(
    texts: &[Text],
    sources: &Sources,
    config: &Config,
    audiences: &[String],
    diags: &mut Vec<Diagnostic>,
) -> Vec<Draft> {
    let names = Names {
        editions: audiences,
    };
    let pages: Vec<&Text> = texts.iter().filter(|(path, _)| is_page(path)).collect();
    let read: Vec<(Draft, Vec<Diagnostic>)> = pages
        .par_iter()
        .map(|(path, file)| {
            let mut found = Vec::new();
            let (folder, name) = path.rsplit_once('/').unwrap_or(("content", path));
            let folder = folder
                .strip_prefix("content")
                .unwrap_or(folder)
                .trim_start_matches('/')
                .to_owned();
            let (stem, language) = split_name(name, config);
            if let Some(language) = stray_language(&stem) {
                found.push(findings::unknown_language(
                    Span::start_of(*file),
                    language,
                    &config.languages,
                ));
            }
            let head = front_matter::read(
                *file,
                sources.text(*file),
                stem == "_index",
                names,
                &mut found,
            );
            (
                Draft {
                    file: *file,
                    source: path.clone(),
                    folder,
                    stem,
                    language,
                    head,
                },
                found,
            )
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
