//! Folders as sections, one for each language that has pages there.

use std::collections::{BTreeMap, BTreeSet};

use super::front_matter::empty_meta;
use super::heads::Draft;
use super::index::Index;
use crate::model::{Config, Doc, LinkTarget, Section, SectionId};
use crate::text::{slug, sort_key};

/// One section for each folder and each language that has pages there, with all around it.
pub(super) fn sections(config: &Config, drafts: &[Draft], index: &mut Index) -> Vec<Section> {
    let mut wanted: BTreeSet<(&str, &str)> = BTreeSet::new();
    for language in &config.languages {
        wanted.insert(("", language));
    }
    let mut last = None;
    for draft in drafts {
        let mut folder = draft.folder.as_str();
        if last == Some((folder, draft.language.as_str())) {
            continue;
        }
        last = Some((folder, draft.language.as_str()));
        while !folder.is_empty() {
            wanted.insert((folder, &draft.language));
            folder = folder.rsplit_once('/').map_or("", |(around, _)| around);
        }
    }
    let pages = drafts.iter().filter(|draft| draft.is_section());
    let pages: BTreeMap<(&str, &str), &Draft> = pages
        .filter(|draft| !draft.head.draft)
        .rev()
        .map(|draft| ((draft.folder.as_str(), draft.language.as_str()), draft))
        .collect();
    let mut out: Vec<Section> = Vec::new();
    for (folder, language) in wanted {
        let id = SectionId(out.len());
        index
            .sections
            .insert((folder.to_owned(), language.to_owned()), id);
        let own = pages.get(&(folder, language));
        let meta = own.map_or_else(|| empty_meta(config.span), |draft| draft.head.meta.clone());
        let span = own.map_or(config.span, |draft| draft.head.span);
        let section = Section {
            id,
            segments: segments(folder),
            path: folder.to_owned(),
            language: language.to_owned(),
            meta,
            doc: Doc::default(),
            parent: None,
            children: Vec::new(),
            pages: Vec::new(),
            translations: BTreeMap::new(),
            span,
        };
        let address = format!(
            "{}{}",
            config.language_prefix(&section.language),
            section.segments.join("/")
        );
        index.addresses.insert(
            address.trim_end_matches('/').to_owned(),
            LinkTarget::Section(id),
        );
        out.push(section);
    }
    relate(config, index, &mut out);
    out
}

/// Titles for folders without a page of their own, parents, children and translations.
fn relate(config: &Config, index: &Index, sections: &mut [Section]) {
    for place in 0..sections.len() {
        let (folder, language) = (
            sections[place].path.clone(),
            sections[place].language.clone(),
        );
        if sections[place].meta.title.is_empty() {
            let name = folder.rsplit('/').next().unwrap_or_default();
            sections[place].meta.title = if name.is_empty() {
                config.title.clone()
            } else {
                titled(name)
            };
        }
        if let Some(around) =
            (!folder.is_empty()).then(|| folder.rsplit_once('/').map_or("", |(around, _)| around))
        {
            let parent = index.sections.get(&(around.to_owned(), language)).copied();
            sections[place].parent = parent;
            if let Some(parent) = parent {
                sections[parent.0].children.push(SectionId(place));
            }
        }
        for other in &config.languages {
            if let Some(id) = index.sections.get(&(folder.clone(), other.clone())) {
                sections[place].translations.insert(other.clone(), *id);
            }
        }
    }
    for place in 0..sections.len() {
        let mut children = std::mem::take(&mut sections[place].children);
        children.sort_by_cached_key(|id| {
            (
                sections[id.0].meta.weight,
                sort_key(&sections[id.0].meta.title),
            )
        });
        sections[place].children = children;
    }
}

/// A folder as address segments: folded, never empty.
pub(super) fn segments(folder: &str) -> Vec<String> {
    let one = |name: &str| {
        let folded = slug(name);
        if folded.is_empty() {
            "muc".to_owned()
        } else {
            folded
        }
    };
    folder
        .split('/')
        .filter(|name| !name.is_empty())
        .map(one)
        .collect()
}

/// A folder name as a title: `to-giac` → `To giac`.
fn titled(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
