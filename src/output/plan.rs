//! What will be written where, and whether two sources want one path.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::findings;
use crate::diag::{Checked, Diagnostic, Span};
use crate::load::is_safe_name;
use crate::model::Artifact;

/// All files of a build, by edition.
#[derive(Debug, Default)]
pub struct Plan {
    /// Editions in the order of `loa.yaml`.
    pub editions: Vec<PlannedEdition>,
}

/// The files of one edition.
#[derive(Debug)]
pub struct PlannedEdition {
    /// Its folder.
    pub name: String,
    /// Its files by path.
    pub files: BTreeMap<String, Artifact>,
}

/// An edition as sinks know it: its folder, and where in `loa.yaml` it is written.
pub type EditionName = (String, Span);

/// Puts the files of each edition in order; `editions` are name, where the edition is written, files.
///
/// Paths that differ only in case collide too: on some systems they are one file.
#[must_use]
pub fn plan(editions: Vec<(String, Span, Vec<Artifact>)>) -> Checked<Plan> {
    let ordered = arrange(editions);
    let editions = ordered.value.into_iter();
    Checked {
        value: Plan {
            editions: editions
                .map(|(name, files)| PlannedEdition { name, files })
                .collect(),
        },
        diags: ordered.diags,
    }
}

/// Something with a path and sources: a file, or what is known of one that is not in memory.
pub(super) trait Placed {
    fn path(&self) -> &str;
    fn from(&self) -> &[Span];
}

impl Placed for Artifact {
    fn path(&self) -> &str {
        &self.path
    }

    fn from(&self) -> &[Span] {
        &self.from
    }
}

/// Editions by name, the files of each by path.
pub(super) type Arranged<T> = Vec<(String, BTreeMap<String, T>)>;

/// Puts files in order and finds those that stand in one another's way.
pub(super) fn arrange<T: Placed>(editions: Vec<(String, Span, Vec<T>)>) -> Checked<Arranged<T>> {
    let mut found = Found::default();
    let order = |(name, span, files): (String, Span, Vec<T>)| {
        let files = order(&name, span, files, &mut found);
        (name, files)
    };
    Checked {
        value: editions.into_iter().map(order).collect(),
        diags: found.diags,
    }
}

/// Findings; two sources that collide in many files, as for every commune, are named once.
#[derive(Default)]
struct Found {
    diags: Vec<Diagnostic>,
    pairs: BTreeSet<(Span, Span)>,
}

impl Found {
    /// `settings` is where the edition is written: what can be changed there comes second.
    fn collision(&mut self, here: Span, path: &str, other: Span, settings: Span) {
        let generated = here.file == settings.file && other.file != settings.file;
        let (here, other) = if generated {
            (other, here)
        } else {
            (here, other)
        };
        if self.pairs.insert((here, other)) {
            self.diags.push(findings::collision(here, path, other));
        }
    }
}

fn order<T: Placed>(
    edition: &str,
    span: Span,
    mut files: Vec<T>,
    found: &mut Found,
) -> BTreeMap<String, T> {
    let place = |file: &T| file.from().first().copied().unwrap_or(span);
    // Ties in a fixed order, so that the same finding comes out of every run.
    files.sort_by(|a, b| (a.path(), place(a)).cmp(&(b.path(), place(b))));
    let mut seen: HashMap<String, Span> = HashMap::with_capacity(files.len());
    let mut out = Vec::with_capacity(files.len());
    for file in files {
        let here = place(&file);
        let path = file.path();
        if !is_safe(path) {
            let path = format!("{edition}/{path}");
            found.diags.push(findings::unsafe_path(here, &path));
            continue;
        }
        match seen.entry(path.to_lowercase()) {
            Entry::Occupied(other) => {
                found.collision(here, &format!("{edition}/{path}"), *other.get(), span);
            }
            Entry::Vacant(free) => {
                free.insert(here);
                out.push((path.to_owned(), file));
            }
        }
    }
    // A file cannot be where a folder must be.
    if out
        .iter()
        .any(|(path, _)| around(&path.to_lowercase()).any(|folder| seen.contains_key(folder)))
    {
        let seen: BTreeMap<String, Span> = seen.into_iter().collect();
        for (path, here) in &seen {
            for other in around(path).filter_map(|folder| seen.get(folder)) {
                found.collision(*here, &format!("{edition}/{path}"), *other, span);
            }
        }
    }
    out.into_iter().collect()
}

/// The folders around a path, outermost first.
fn around(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

/// Whether a path can be a file on every system.
pub(super) fn is_safe(path: &str) -> bool {
    path.split('/').all(is_safe_name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::FileId;

    fn codes(paths: &[&str]) -> Vec<String> {
        let span = |place: usize| Span::new(FileId(0), place, place);
        let artifact = |(place, path): (usize, &&str)| Artifact {
            path: (*path).to_owned(),
            media: "text/plain",
            bytes: Vec::new().into(),
            from: vec![span(place + 1)],
        };
        let artifacts = paths.iter().enumerate().map(artifact).collect();
        let checked = plan(vec![("bao".to_owned(), span(0), artifacts)]);
        checked
            .diags
            .iter()
            .map(|diag| diag.code.name.to_owned())
            .collect()
    }

    #[test]
    fn one_path_has_one_source() {
        assert_eq!(codes(&["a/index.html", "b/index.html"]), [""; 0]);
        assert_eq!(
            codes(&["a/index.html", "A/index.html"]),
            ["output-collision"]
        );
        assert_eq!(codes(&["a", "a/index.html"]), ["output-collision"]);
        assert_eq!(codes(&["../a", "/b", "c//d", "con/x"]), ["unsafe-path"; 4]);
    }
}
