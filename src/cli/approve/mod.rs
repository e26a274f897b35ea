//! `loa approve`: records in pages who approved them, or lists what is approved.
//!
//! Everything is looked at before anything is written: the pages and their facts must be without errors,
//! and what would be written is read again in memory and must then count as approved.

mod list;

use std::collections::BTreeSet;
use std::path::Path;

use clap::ArgMatches;
use jiff::civil::Date;

use super::Outcome;
use super::console::Console;
use super::files::{self, Change, Found};
use super::options::Options;
use crate::diag::{Diagnostic, Message, Span};
use crate::load::{
    Approvable, Entry, Parsed, Tree, TreeFile, apply, approvable, approval_place, entry_around,
    parse_date, record,
};
use crate::model::{ApprovalState, Page};
use crate::pipeline::{self, examine};
use crate::text::nfc;

pub(super) fn run(matches: &ArgMatches, options: &Options, console: &Console) -> Outcome {
    let Some((root, tree, parsed)) = files::examined(options, console) else {
        return Outcome::Refused;
    };
    if matches.get_flag("list") {
        list::run(&parsed.site, options, console);
        return Outcome::Clean;
    }
    let signature = match Signature::read(matches, options.today) {
        Ok(signature) => signature,
        Err(message) => return refuse(console, &message),
    };
    let wanted = matches.get_many::<String>("file").into_iter().flatten();
    let run = Run {
        root: &root,
        tree: &tree,
        parsed: &parsed,
        options,
        console,
    };
    run.approve(wanted, &signature)
}

fn refuse(console: &Console, message: &Message) -> Outcome {
    console.complain(message);
    Outcome::Refused
}

/// Who approves, in what post, on what day.
struct Signature {
    by: String,
    role: String,
    on: Date,
}

impl Signature {
    fn read(matches: &ArgMatches, today: Date) -> Result<Signature, Message> {
        let text = |name: &'static str| {
            let written = matches.get_one::<String>(name).map_or("", String::as_str);
            let plain: String = nfc(written)
                .chars()
                .map(|c| if c.is_control() { ' ' } else { c })
                .collect();
            let words: Vec<&str> = plain.split_whitespace().collect();
            if words.is_empty() {
                let option = format!("--{name}");
                return Err(Message::new("cli-approve-nobody").with("option", option));
            }
            Ok(words.join(" "))
        };
        let (by, role) = (text("by")?, text("role")?);
        let on = match matches.get_one::<String>("on") {
            None => today,
            Some(written) => parse_date(written)
                .ok_or_else(|| Message::new("cli-bad-date").with("date", written.as_str()))?,
        };
        if on > today {
            return Err(Message::new("cli-approve-ahead").with("date", on.to_string()));
        }
        Ok(Signature { by, role, on })
    }
}

/// A site as it was read, and where to speak.
struct Run<'a> {
    root: &'a Path,
    tree: &'a Tree,
    parsed: &'a Parsed,
    options: &'a Options,
    console: &'a Console,
}

impl Run<'_> {
    fn approve<'a>(
        &self,
        wanted: impl Iterator<Item = &'a String>,
        signature: &Signature,
    ) -> Outcome {
        let Some(paths) = self.paths(wanted) else {
            return Outcome::Refused;
        };
        let pages: Vec<(&Page, Approvable)> = paths
            .iter()
            .filter_map(|path| self.page(path))
            .map(|page| (page, approvable(&self.parsed.site, page)))
            .collect();
        let errors = self.errors(&paths, &pages);
        if !errors.is_empty() {
            self.console
                .findings(&errors, &self.parsed.sources, self.options);
            let message = Message::new("cli-approve-errors").with("count", errors.len());
            self.console.complain(&message);
            return Outcome::Findings;
        }
        // A page that is none has no error only where it is no Markdown of the site.
        if let Some(path) = paths.iter().find(|path| self.page(path).is_none()) {
            let message = Message::new("cli-approve-no-page").with("path", path.as_str());
            return refuse(self.console, &message);
        }
        let mut changes = Vec::new();
        for (page, approvable) in &pages {
            match self.change(page, approvable, signature) {
                Some(change) => changes.push(change),
                None => return self.unfit(&page.source),
            }
        }
        if let Some(path) = self.unproved(&changes, signature) {
            return self.unfit(path);
        }
        self.write(&changes)
    }

    /// The files meant, each once; what is wrong with them is said.
    fn paths<'a>(&self, wanted: impl Iterator<Item = &'a String>) -> Option<Vec<String>> {
        let mut out: Vec<String> = Vec::new();
        let mut sound = true;
        for written in wanted {
            match files::find(self.root, self.tree, written) {
                Found::File(path) if out.contains(&path) => {}
                Found::File(path) => out.push(path),
                Found::Section(path) => {
                    sound = false;
                    let message = Message::new("cli-approve-section").with("path", path);
                    self.console.complain(&message);
                }
                Found::Nothing(near) => {
                    sound = false;
                    let message =
                        Message::new("cli-approve-unknown").with("path", written.as_str());
                    self.console.complain(&message);
                    if let Some(near) = near {
                        let hint = Message::new("hint-did-you-mean").with("word", near);
                        self.console.complain(&hint);
                    }
                }
            }
        }
        sound.then_some(out)
    }

    fn page(&self, path: &str) -> Option<&Page> {
        let pages = &self.parsed.site.pages;
        pages.iter().find(|page| page.source == path)
    }

    /// Errors in the files and in the facts that they use. A mistake in the old approval goes with it.
    fn errors(&self, paths: &[String], pages: &[(&Page, Approvable)]) -> Vec<Diagnostic> {
        let sources = &self.parsed.sources;
        let old: Vec<Span> = pages
            .iter()
            .filter_map(|(page, _)| approval_place(page.file, sources.text(page.file)))
            .collect();
        let places: BTreeSet<Span> = pages
            .iter()
            .flat_map(|(_, approvable)| approvable.facts.iter().copied())
            .collect();
        let facts: Vec<Span> = places
            .into_iter()
            .map(|fact| entry_around(fact, sources.text(fact.file)))
            .collect();
        let touched = |span: &Span| {
            let inside = |fact: &Span| {
                fact.file == span.file && fact.start <= span.start && span.start < fact.end
            };
            let path = sources.path(span.file);
            paths.iter().any(|of| of == path) || facts.iter().any(inside)
        };
        let about = |diag: &&Diagnostic| {
            let inside = |old: &Span| {
                old.file == diag.span.file
                    && old.start <= diag.span.start
                    && diag.span.end <= old.end
            };
            let related = || diag.related.iter().any(|(span, _)| touched(span));
            diag.is_error() && (touched(&diag.span) || related()) && !old.iter().any(inside)
        };
        self.parsed.diags.iter().filter(about).cloned().collect()
    }

    fn change(
        &self,
        page: &Page,
        approvable: &Approvable,
        signature: &Signature,
    ) -> Option<Change> {
        let file = self
            .tree
            .files
            .iter()
            .find(|file| file.path == page.source)?;
        let entry = Entry {
            by: &signature.by,
            role: &signature.role,
            on: signature.on,
            digest: &approvable.digest,
        };
        let edits = record(file.bytes(), &entry)?;
        Some(Change {
            path: page.source.clone(),
            old: file.bytes().into(),
            new: apply(file.bytes(), &edits).into(),
        })
    }

    /// The first file that would not count as approved by this person after the changes.
    fn unproved<'a>(&self, changes: &'a [Change], signature: &Signature) -> Option<&'a str> {
        let mut tree = self.tree.clone();
        for change in changes {
            for file in tree
                .files
                .iter_mut()
                .filter(|file| file.path == change.path)
            {
                *file = TreeFile::new(file.path.clone(), change.new.to_vec());
            }
        }
        let after = examine(&tree, &pipeline::Options::on(self.options.today));
        let holds = |path: &str| {
            let page = after.site.pages.iter().find(|page| page.source == path)?;
            let recorded = page.meta.approval.as_ref()?;
            let broken = |diag: &Diagnostic| diag.is_error() && diag.span.file == page.file;
            (page.approval == ApprovalState::Approved
                && (&recorded.by, &recorded.role, recorded.on)
                    == (&signature.by, &signature.role, signature.on)
                && !after.diags.iter().any(broken))
            .then_some(())
        };
        let mut paths = changes.iter().map(|change| change.path.as_str());
        paths.find(|path| holds(path).is_none())
    }

    fn unfit(&self, path: &str) -> Outcome {
        refuse(
            self.console,
            &Message::new("cli-approve-unfit").with("path", path),
        )
    }

    fn write(&self, changes: &[Change]) -> Outcome {
        match files::write(self.root, changes) {
            Err(files::Failed::Changed(path)) => refuse(
                self.console,
                &Message::new("cli-approve-changed").with("path", path),
            ),
            Err(files::Failed::System(fatal)) => {
                self.console.fatal(&fatal);
                Outcome::Refused
            }
            Ok(()) => {
                let paths: String = changes
                    .iter()
                    .map(|change| format!("{}\n", change.path))
                    .collect();
                Console::data(&paths);
                let done = Message::new("cli-approve-done").with("count", changes.len());
                self.console.news(&self.console.say(&done));
                Outcome::Clean
            }
        }
    }
}
