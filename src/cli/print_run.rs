//! `loa print-run`: writes down what was printed, so that it can be recalled when a fact changes.

use std::path::Path;

use clap::ArgMatches;
use jiff::civil::Date;

use super::Outcome;
use super::console::Console;
use super::files::{self, Change, Found};
use super::options::Options;
use crate::channel::print;
use crate::diag::{Diagnostic, Message};
use crate::facts::{Usage, carried};
use crate::load::{Parsed, RunEntry, Tree, TreeFile, add_run, approvable, parse_date};
use crate::model::{Edition, Page, PrintRun};
use crate::pipeline::{self, examine};
use crate::text::{fold, nearest, nfc};

/// The log.
const LOG: &str = "content/_facts/print-runs.yaml";

/// What a new log begins with.
const HEAD: &str = "# Các đợt in tờ rơi. Lệnh `loa print-run` ghi thêm vào cuối; thu hồi xong thì ghi `recalled_on`.\n";

pub(super) fn run(matches: &ArgMatches, options: &Options, console: &Console) -> Outcome {
    let Some((root, tree, parsed)) = files::examined(options, console) else {
        return Outcome::Refused;
    };
    let run = Run {
        root: &root,
        tree: &tree,
        parsed: &parsed,
        options,
        console,
    };
    match run.entry(matches) {
        Ok((page, entry)) => run.record(page, &entry, matches.get_flag("dry-run")),
        Err(messages) => {
            for message in messages {
                console.complain(&message);
            }
            Outcome::Refused
        }
    }
}

fn refuse(console: &Console, message: &Message) -> Outcome {
    console.complain(message);
    Outcome::Refused
}

/// A site as it was read, and where to speak.
struct Run<'a> {
    root: &'a Path,
    tree: &'a Tree,
    parsed: &'a Parsed,
    options: &'a Options,
    console: &'a Console,
}

/// What is wrong, with what may be meant.
fn unknown(id: &'static str, word: &str, near: Option<&str>) -> Vec<Message> {
    let mut out = vec![Message::new(id).with("word", word)];
    out.extend(near.map(|near| Message::new("hint-did-you-mean").with("word", near)));
    out
}

impl Run<'_> {
    /// What is to be written down, from what was typed and what the site says today.
    fn entry(&self, matches: &ArgMatches) -> Result<(&Page, RunEntry), Vec<Message>> {
        let site = &self.parsed.site;
        let text = |name: &str| matches.get_one::<String>(name).map(String::as_str);
        let page = self.page(text("article").unwrap_or_default())?;
        let edition = self.edition(text("edition"))?;
        let format = format(&print::formats(edition, page), text("size"))?;
        let usage = Usage::new(site);
        let entry = RunEntry {
            article: article(&page.source),
            edition: edition.name.clone(),
            format: format.to_owned(),
            communes: self.communes(matches)?,
            copies: copies(text("copies").unwrap_or_default())?,
            printer: text("printer").and_then(plain),
            recipient: text("recipient").and_then(plain),
            printed_on: self.day(text("on"))?,
            facts: carried(&usage, page.id, &edition.name),
            digest: approvable(site, page).digest,
        };
        Ok((page, entry))
    }

    /// The article by its path or its name.
    fn page(&self, written: &str) -> Result<&Page, Vec<Message>> {
        let pages = &self.parsed.site.pages;
        let near = match files::find(self.root, self.tree, written) {
            Found::File(path) => {
                let found = pages.iter().find(|page| page.source == path);
                return found.ok_or_else(|| {
                    vec![Message::new("cli-approve-no-page").with("path", path.as_str())]
                });
            }
            Found::Section(path) => return Err(unknown("cli-print-run-section", &path, None)),
            Found::Nothing(near) => near,
        };
        let wanted = fold(written);
        let mut named = pages.iter().filter(|page| {
            let own = article(&page.source);
            own == written || own.rsplit('/').next() == Some(wanted.as_str()) || page.slug == wanted
        });
        match (named.next(), named.next()) {
            (Some(page), None) => Ok(page),
            (Some(_), Some(_)) => Err(unknown("cli-print-run-ambiguous", written, None)),
            _ => Err(unknown("cli-print-run-unknown", written, near.as_deref())),
        }
    }

    fn edition(&self, written: Option<&str>) -> Result<&Edition, Vec<Message>> {
        let all = self.parsed.site.config.editions.iter();
        let print: Vec<&Edition> = all.filter(|one| one.channel == "print").collect();
        let names = || print.iter().map(|edition| edition.name.as_str());
        match (written, print.as_slice()) {
            (None, [only]) => Ok(only),
            (None, _) => {
                let names: Vec<&str> = names().collect();
                let message = Message::new("cli-print-run-which-edition");
                Err(vec![message.with("words", names.join(", "))])
            }
            (Some(word), _) => {
                let found = print.iter().find(|edition| edition.name == word).copied();
                let near = || nearest(word, names());
                found.ok_or_else(|| unknown("cli-print-run-edition", word, near()))
            }
        }
    }

    /// Those that were named; all where the site has any.
    fn communes(&self, matches: &ArgMatches) -> Result<Vec<String>, Vec<Message>> {
        let site = &self.parsed.site;
        let wanted: Vec<&String> = matches.get_many("commune").into_iter().flatten().collect();
        let all = || vec!["all".to_owned()];
        if wanted.is_empty() {
            return Ok(if site.has_communes() {
                all()
            } else {
                Vec::new()
            });
        }
        if wanted.iter().any(|word| *word == "all") {
            return Ok(all());
        }
        let mut out: Vec<String> = Vec::new();
        for word in wanted {
            let communes = &site.facts.communes;
            let found = communes
                .iter()
                .find(|commune| commune.slug == **word || commune.code == **word);
            let Some(commune) = found else {
                let slugs = communes.iter().map(|commune| commune.slug.as_str());
                return Err(unknown("cli-print-run-commune", word, nearest(word, slugs)));
            };
            if !out.contains(&commune.slug) {
                out.push(commune.slug.clone());
            }
        }
        Ok(out)
    }

    fn day(&self, written: Option<&str>) -> Result<Date, Vec<Message>> {
        let Some(written) = written else {
            return Ok(self.options.today);
        };
        let bad = || vec![Message::new("cli-bad-date").with("date", written)];
        let day = parse_date(written).ok_or_else(bad)?;
        if day > self.options.today {
            let message = Message::new("cli-print-run-ahead").with("date", day.to_string());
            return Err(vec![message]);
        }
        Ok(day)
    }

    /// Writes the entry at the end of the log, unless the log would then say something else.
    fn record(&self, page: &Page, entry: &RunEntry, dry: bool) -> Outcome {
        let about = |diag: &&Diagnostic| {
            let path = self.parsed.sources.path(diag.span.file);
            diag.is_error() && (path == LOG || path == page.source)
        };
        let errors: Vec<Diagnostic> = self.parsed.diags.iter().filter(about).cloned().collect();
        if !errors.is_empty() {
            self.console
                .findings(&errors, &self.parsed.sources, self.options);
            let message = Message::new("cli-print-run-errors").with("count", errors.len());
            self.console.complain(&message);
            return Outcome::Findings;
        }
        let old = self.tree.files.iter().find(|file| file.path == LOG);
        let before = old.map_or(HEAD.as_bytes(), TreeFile::bytes);
        let line = entry.line();
        let after = add_run(before, &line).filter(|after| self.holds(after, entry));
        let Some(after) = after else {
            return refuse(self.console, &Message::new("cli-print-run-unfit"));
        };
        if page.unapproved {
            self.console.complain(&Message::new("cli-print-run-draft"));
        }
        if dry {
            Console::data(&format!("- {line}\n"));
            self.console
                .news(&self.console.say(&Message::new("cli-print-run-dry")));
            return Outcome::Clean;
        }
        let written = match old {
            None => files::create(self.root, LOG, &after),
            Some(file) => {
                let change = Change {
                    path: LOG.to_owned(),
                    old: file.bytes().into(),
                    new: after.into(),
                };
                files::write(self.root, &[change])
            }
        };
        match written {
            Err(files::Failed::Changed(path)) => {
                let message = Message::new("cli-approve-changed").with("path", path);
                refuse(self.console, &message)
            }
            Err(files::Failed::System(fatal)) => {
                self.console.fatal(&fatal);
                Outcome::Refused
            }
            Ok(()) => {
                Console::data(&format!("- {line}\n"));
                let done = Message::new("cli-print-run-done").with("path", LOG);
                self.console.news(&self.console.say(&done));
                Outcome::Clean
            }
        }
    }

    /// Whether the log, read again, has one run more, and that is this one.
    fn holds(&self, log: &[u8], entry: &RunEntry) -> bool {
        let mut tree = self.tree.clone();
        tree.files.retain(|file| file.path != LOG);
        tree.files.push(TreeFile::new(LOG.to_owned(), log.to_vec()));
        tree.files.sort_by(|a, b| a.path.cmp(&b.path));
        let after = examine(&tree, &pipeline::Options::on(self.options.today));
        let about =
            |diag: &Diagnostic| diag.is_error() && after.sources.path(diag.span.file) == LOG;
        let runs = &after.site.facts.print_runs;
        runs.len() == self.parsed.site.facts.print_runs.len() + 1
            && runs.last().is_some_and(|last| same(last, entry))
            && !after.diags.iter().any(about)
    }
}

fn same(run: &PrintRun, entry: &RunEntry) -> bool {
    let facts = run.facts.iter().flatten().map(|(key, _)| key);
    run.article == entry.article
        && run.edition == entry.edition
        && run.format == entry.format
        && run.copies == entry.copies
        && run.printer == entry.printer
        && run.recipient == entry.recipient
        && run.printed_on == Some(entry.printed_on)
        && facts.eq(&entry.facts)
        && run.digest.as_ref() == Some(&entry.digest)
}

/// The way to an article as the log names it.
fn article(source: &str) -> String {
    let path = source.strip_prefix("content/").unwrap_or(source);
    path.trim_end_matches(".md").to_owned()
}

fn format<'a>(made: &[&'a str], written: Option<&str>) -> Result<&'a str, Vec<Message>> {
    let words = made.join(", ");
    match (written, made) {
        (_, []) => Err(vec![Message::new("cli-print-run-no-leaflet")]),
        (None, [only]) => Ok(only),
        (None, _) => {
            let message = Message::new("cli-print-run-which-format");
            Err(vec![message.with("words", words)])
        }
        (Some(word), _) => {
            let found = made.iter().find(|name| **name == word).copied();
            let message = Message::new("cli-print-run-format").with("word", word);
            found.ok_or_else(|| vec![message.with("words", words)])
        }
    }
}

fn copies(written: &str) -> Result<u32, Vec<Message>> {
    // Thousands are written with points here.
    let digits = written.replace(['.', ' '], "");
    let count = digits.parse().ok();
    count
        .filter(|count| (1..=100_000_000).contains(count))
        .ok_or_else(|| unknown("cli-print-run-copies", written, None))
}

/// Words on one line.
fn plain(written: &str) -> Option<String> {
    let text = nfc(written);
    let clean = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let clean: String = clean.collect();
    let words: Vec<&str> = clean.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}
