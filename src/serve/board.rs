//! What can be looked at now: the files of every edition in memory, and what changed when.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use super::findings::Findings;
use super::http::Notice;
use super::leaflets::Leaflets;
use super::start::Overview;
use crate::model::Bytes;
use crate::output::{Plan, PlannedEdition};

/// Where [`Shown`] hangs for everybody to see. Whoever looks keeps what they saw.
pub(super) struct Board {
    notice: Notice,
}

/// One state of the whole preview.
#[derive(Clone, Default)]
pub(super) struct Shown {
    /// Tells this run of the program from others, whose versions mean nothing here.
    pub(super) run: u64,
    /// Counts states; 0 before the first build.
    pub(super) version: u64,
    /// The last good files of each edition.
    pub(super) editions: BTreeMap<String, Arc<Edition>>,
    /// Files by edition and path that were made before everything else is made again, in the place of the old ones,
    /// each with how often the site had changed by then.
    pub(super) fresh: BTreeMap<String, BTreeMap<String, (u64, File)>>,
    /// What the start page tells of the newest build.
    pub(super) overview: Arc<Overview>,
    /// The start page.
    pub(super) start: Option<File>,
    /// What the newest build found.
    pub(super) findings: Findings,
    /// Files that are made when they are asked for.
    pub(super) leaflets: Option<Arc<Leaflets>>,
}

/// The files of one edition by path.
#[derive(Default, Clone)]
pub(super) struct Edition {
    pub(super) files: BTreeMap<String, File>,
    /// Folders with more files than these, made when they are asked for.
    pub(super) late: Vec<String>,
}

/// A file in memory.
#[derive(Debug, Clone)]
pub(super) struct File {
    pub(super) media: &'static str,
    pub(super) bytes: Bytes,
    /// The version of [`Shown`] that brought these bytes.
    pub(super) since: u64,
}

/// What an address leads to.
pub(super) enum Found<'a> {
    /// A file.
    File(&'a File),
    /// The same address with `/` behind it.
    Folder,
    /// A file of this edition that is made when it is asked for: edition, path.
    Slow(&'a str, &'a str),
    /// Nothing; the page that says so, where the edition has one.
    Missing(Option<&'a File>),
}

/// What a browser has on its screen.
#[derive(Debug, Default, Clone)]
pub(super) struct Seen {
    /// The page, as a path without `/` in front.
    pub(super) page: String,
    /// Files that the page uses.
    pub(super) uses: Vec<String>,
    /// The run and version that it was served from.
    pub(super) run: u64,
    /// See `run`.
    pub(super) version: u64,
    /// Whether it shows that there is no such page.
    pub(super) missing: bool,
}

impl Board {
    pub(super) fn new() -> Board {
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        let first = Shown {
            run: now.map_or(0, |time| u64::try_from(time.as_micros()).unwrap_or(0)),
            ..Shown::default()
        };
        Board {
            notice: Notice::new(first),
        }
    }

    pub(super) fn notice(&self) -> &Notice {
        &self.notice
    }

    /// Makes the next state from the one that hangs there.
    pub(super) fn change(&self, change: impl FnOnce(&mut Shown)) {
        self.notice.change(|shown| {
            let mut next = Shown::clone(shown);
            next.version += 1;
            change(&mut next);
            next
        });
    }
}

impl Shown {
    /// Puts the files of an edition, as it is after so many changes, in the place of the old ones; what was shown
    /// early after a later change stays before them. Returns how many pages differ.
    pub(super) fn replace(
        &mut self,
        edition: PlannedEdition,
        late: Vec<String>,
        number: u64,
    ) -> usize {
        let old = self.editions.remove(&edition.name).unwrap_or_default();
        let fresh = self.fresh.remove(&edition.name).unwrap_or_default();
        let (newer, fresh): (BTreeMap<_, _>, BTreeMap<_, _>) =
            fresh.into_iter().partition(|(_, (of, _))| *of > number);
        if !newer.is_empty() {
            self.fresh.insert(edition.name.clone(), newer);
        }
        let mut pages = 0;
        let mut files = BTreeMap::new();
        for (path, artifact) in edition.files {
            let early = fresh.get(&path).map(|(_, file)| file);
            let before = early.or_else(|| old.files.get(&path));
            let same = before.filter(|file| file.bytes == artifact.bytes);
            pages += usize::from(same.is_none() && artifact.media == "text/html");
            let file = File {
                media: artifact.media,
                bytes: artifact.bytes,
                since: same.map_or(self.version, |file| file.since),
            };
            files.insert(path, file);
        }
        let gone = |(path, file): &(&String, &File)| {
            file.media == "text/html" && !files.contains_key(*path)
        };
        pages += old.files.iter().filter(gone).count();
        let new = Edition { files, late };
        self.editions.insert(edition.name, Arc::new(new));
        pages
    }

    /// Shows single files, as they are after so many changes, before the rest of their editions. Returns how many
    /// pages differ.
    pub(super) fn freshen(&mut self, plan: Plan, number: u64) -> usize {
        let mut pages = 0;
        for edition in plan.editions {
            for (path, artifact) in edition.files {
                let before = self.file(&edition.name, &path);
                if before.is_none_or(|file| file.bytes == artifact.bytes) {
                    continue;
                }
                pages += usize::from(artifact.media == "text/html");
                let file = File {
                    media: artifact.media,
                    bytes: artifact.bytes,
                    since: self.version,
                };
                let of_edition = self.fresh.entry(edition.name.clone()).or_default();
                of_edition.insert(path, (number, file));
            }
        }
        pages
    }

    /// Goes back to the last good files where some were shown before the build of all, after so many changes,
    /// turned out to be wrong.
    pub(super) fn withdraw(&mut self, number: u64) {
        for (name, files) in &mut self.fresh {
            let Some(edition) = self.editions.get_mut(name) else {
                continue;
            };
            let wrong = files.extract_if(.., |_, (of, _)| *of <= number);
            let wrong: Vec<String> = wrong.map(|(path, _)| path).collect();
            if wrong.is_empty() {
                continue;
            }
            let edition = Arc::make_mut(edition);
            for path in wrong {
                if let Some(file) = edition.files.get_mut(&path) {
                    file.since = self.version;
                }
            }
        }
    }

    /// A file of an edition.
    fn file(&self, edition: &str, path: &str) -> Option<&File> {
        let fresh = self.fresh.get(edition).and_then(|files| files.get(path));
        let fresh = fresh.map(|(_, file)| file);
        fresh.or_else(|| self.editions.get(edition)?.files.get(path))
    }

    /// Shows another start page, unless it is the same.
    pub(super) fn set_start(&mut self, html: String) {
        let same = self
            .start
            .as_ref()
            .filter(|file| *file.bytes == *html.as_bytes());
        if same.is_none() {
            self.start = Some(File {
                media: "text/html",
                bytes: html.into_bytes().into(),
                since: self.version,
            });
        }
    }

    /// What lies at a path that is decoded and has no `/` in front.
    pub(super) fn find<'a>(&'a self, path: &'a str) -> Found<'a> {
        if path.is_empty() {
            return self
                .start
                .as_ref()
                .map_or(Found::Missing(None), Found::File);
        }
        let (name, rest) = path.split_once('/').unwrap_or((path, ""));
        let Some(edition) = self.editions.get(name) else {
            return Found::Missing(None);
        };
        if name == path {
            return Found::Folder;
        }
        let folder = rest.is_empty() || rest.ends_with('/');
        let index = format!("{}index.html", if folder { rest } else { "" });
        if let Some(file) = self.file(name, if folder { &index } else { rest }) {
            return Found::File(file);
        }
        if !folder && edition.files.contains_key(&format!("{rest}/index.html")) {
            return Found::Folder;
        }
        let late = || edition.late.iter().any(|folder| rest.starts_with(folder));
        if !folder && late() {
            return Found::Slow(name, rest);
        }
        Found::Missing(edition.files.get("404.html"))
    }

    /// Whether what a browser shows is not what it would get now.
    pub(super) fn is_stale(&self, seen: &Seen) -> bool {
        if seen.run != self.run {
            return true;
        }
        let page = match self.find(&seen.page) {
            Found::File(file) => seen.missing || file.since > seen.version,
            Found::Folder => true,
            Found::Slow(..) => self
                .leaflets
                .as_ref()
                .is_some_and(|leaflets| leaflets.since > seen.version),
            Found::Missing(page) => {
                !seen.missing || page.is_some_and(|file| file.since > seen.version)
            }
        };
        let newer = |path: &String| match self.find(path) {
            Found::File(file) => file.since > seen.version,
            _ => false,
        };
        page || seen.uses.iter().any(newer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Artifact;

    fn edition(files: &[(&str, &str)]) -> PlannedEdition {
        let artifact = |(path, text): &(&str, &str)| {
            let artifact = Artifact {
                path: (*path).to_owned(),
                media: if path.ends_with(".html") {
                    "text/html"
                } else {
                    "image/png"
                },
                bytes: text.as_bytes().into(),
                from: Vec::new(),
            };
            ((*path).to_owned(), artifact)
        };
        PlannedEdition {
            name: "bao".to_owned(),
            files: files.iter().map(artifact).collect(),
        }
    }

    fn shown() -> Shown {
        let mut shown = Shown {
            version: 1,
            ..Shown::default()
        };
        let files = [
            ("index.html", "a"),
            ("tin/a/index.html", "b"),
            ("tin/anh.png", "c"),
            ("404.html", "d"),
        ];
        assert_eq!(shown.replace(edition(&files), Vec::new(), 1), 3);
        shown.version = 2;
        let files = [
            ("index.html", "a"),
            ("tin/a/index.html", "B"),
            ("tin/anh.png", "C"),
            ("404.html", "d"),
            ("tin/moi/index.html", "e"),
        ];
        assert_eq!(shown.replace(edition(&files), Vec::new(), 1), 2);
        shown
    }

    #[test]
    fn a_page_is_stale_when_it_or_what_it_uses_changed() {
        let shown = shown();
        let stale = |page: &str, uses: &[&str], version: u64, missing: bool| {
            shown.is_stale(&Seen {
                page: page.to_owned(),
                uses: uses.iter().map(|path| (*path).to_owned()).collect(),
                run: 0,
                version,
                missing,
            })
        };
        assert!(!stale("bao/", &[], 1, false));
        assert!(stale("bao/", &["bao/tin/anh.png"], 1, false));
        assert!(!stale(
            "bao/",
            &["bao/tin/anh.png", "bao/khac.png"],
            2,
            false
        ));
        assert!(stale("bao/tin/a/", &[], 1, false));
        assert!(!stale("bao/tin/a/", &[], 2, false));
        assert!(stale("bao/tin/moi/", &[], 2, true), "the page is there now");
        assert!(stale("bao/tin/cu/", &[], 2, false), "the page is gone");
        assert!(!stale("bao/tin/cu/", &[], 2, true));
        let other_run = Seen {
            page: "bao/".to_owned(),
            run: 7,
            version: 9,
            ..Seen::default()
        };
        assert!(shown.is_stale(&other_run));
    }

    #[test]
    fn what_is_shown_early_is_kept_or_taken_back() {
        let early = |text: &str| Plan {
            editions: vec![edition(&[
                ("tin/a/index.html", text),
                ("tin/cu/index.html", text),
            ])],
        };
        let bytes = |shown: &Shown| match shown.find("bao/tin/a/") {
            Found::File(file) => (
                String::from_utf8_lossy(&file.bytes).into_owned(),
                file.since,
            ),
            _ => Default::default(),
        };
        let mut shown = shown();
        shown.version = 3;
        assert_eq!(shown.freshen(early("B"), 1), 0, "it is there already");
        assert_eq!(
            shown.freshen(early("x"), 1),
            1,
            "what is not there yet is for the build"
        );
        assert_eq!(bytes(&shown), ("x".to_owned(), 3));
        let mut wrong = shown.clone();
        wrong.version = 4;
        wrong.withdraw(0);
        assert_eq!(
            bytes(&wrong),
            ("x".to_owned(), 3),
            "that is of a later change"
        );
        wrong.withdraw(1);
        assert_eq!(bytes(&wrong), ("B".to_owned(), 4));
        shown.version = 4;
        assert_eq!(
            shown.replace(edition(&[("tin/a/index.html", "x")]), Vec::new(), 1),
            3
        );
        assert_eq!(bytes(&shown), ("x".to_owned(), 3), "nobody loads it twice");
    }

    #[test]
    fn an_address_leads_to_what_a_host_would_send() {
        let shown = shown();
        let text = |path: &str| match shown.find(path) {
            Found::File(file) => String::from_utf8_lossy(&file.bytes).into_owned(),
            Found::Folder => "/".to_owned(),
            Found::Slow(..) => "slow".to_owned(),
            Found::Missing(Some(_)) => "404".to_owned(),
            Found::Missing(None) => "none".to_owned(),
        };
        let found: Vec<String> = [
            "bao",
            "bao/",
            "bao/tin/a",
            "bao/tin/a/",
            "bao/tin/anh.png",
            "bao/x",
            "bao/../bao/",
            "khac/",
        ]
        .into_iter()
        .map(text)
        .collect();
        assert_eq!(found, ["/", "a", "/", "B", "C", "404", "404", "none"]);
    }
}
