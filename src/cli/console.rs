//! What people and programs see: findings, tables, complaints.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, IsTerminal, Write};

use super::options::Options;
use crate::diag::{
    Catalogue, Diagnostic, Fatal, Language, Message, Severity, Sources, human, json,
};

/// Of one warning people see no more than this many.
const MOST: usize = 50;

/// Bytes that are written at once.
const BUFFER: usize = 64 * 1024;

/// The two output streams, in one language.
#[derive(Debug)]
pub(super) struct Console {
    catalogue: Catalogue,
    quiet: bool,
    terminal: bool,
}

impl Console {
    pub(super) fn new(language: Language, quiet: bool) -> Console {
        Console {
            catalogue: Catalogue::new(language),
            quiet,
            terminal: io::stderr().is_terminal(),
        }
    }

    pub(super) fn language(&self) -> Language {
        self.catalogue.language()
    }

    pub(super) fn say(&self, message: &Message) -> String {
        self.catalogue.say(message)
    }

    /// Data for whoever asked. A reader that went away is no error.
    pub(super) fn data(text: &str) {
        let _ = io::stdout().lock().write_all(text.as_bytes());
    }

    /// Something went wrong that is no finding.
    pub(super) fn complain(&self, message: &Message) {
        Self::line(&format!("loa: {}", self.say(message)));
    }

    pub(super) fn fatal(&self, fatal: &Fatal) {
        Self::line(&format!("loa: {}", fatal.say(&self.catalogue)));
    }

    /// News, unless asked to be quiet.
    pub(super) fn news(&self, text: &str) {
        if !self.quiet {
            Self::line(text);
        }
    }

    /// What is going on, on a terminal only; overwritten by what comes next.
    pub(super) fn progress(&self, id: &'static str) {
        if self.terminal && !self.quiet {
            let _ = write!(
                io::stderr().lock(),
                "\r\x1b[K{}…",
                self.say(&Message::new(id))
            );
        }
    }

    /// How much is done, on a terminal only: a bar, and what comes next.
    pub(super) fn share(&self, done: usize, of: usize, next: &str) {
        const WIDTH: usize = 24;
        if self.terminal && !self.quiet {
            let full = done * WIDTH / of.max(1);
            let bar = format!("{}{}", "█".repeat(full), "░".repeat(WIDTH - full));
            let _ = write!(io::stderr().lock(), "\r\x1b[K{bar} {done}/{of} {next}");
        }
    }

    /// Clears the progress line.
    pub(super) fn settle(&self) {
        if self.terminal && !self.quiet {
            let _ = write!(io::stderr().lock(), "\r\x1b[K");
        }
    }

    /// Shows findings: JSON on stdout, one object a line; for people on stderr.
    pub(super) fn findings(&self, diags: &[Diagnostic], sources: &Sources, options: &Options) {
        // A reader that went away is no error. One lock and one buffer: a large site has a hundred thousand.
        let _ = if options.json {
            self.objects(diags, sources, io::stdout().lock())
        } else {
            self.listed(diags, sources, io::stderr().lock())
        };
    }

    /// Every finding as an object on a line of its own.
    fn objects(&self, diags: &[Diagnostic], sources: &Sources, out: impl Write) -> io::Result<()> {
        let mut out = BufWriter::with_capacity(BUFFER, out);
        for diag in diags {
            out.write_all(json(diag, sources, &self.catalogue).as_bytes())?;
            out.write_all(b"\n")?;
        }
        out.flush()
    }

    /// Findings for people: of a warning that is everywhere the first ones, then how many there are more.
    fn listed(&self, diags: &[Diagnostic], sources: &Sources, out: impl Write) -> io::Result<()> {
        let mut out = BufWriter::with_capacity(BUFFER, out);
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for diag in diags {
            let count = seen.entry(diag.code.name).or_default();
            *count += usize::from(diag.severity == Severity::Warning);
            if *count <= MOST || diag.severity == Severity::Error {
                out.write_all(human(diag, sources, &self.catalogue).as_bytes())?;
                out.write_all(b"\n")?;
            }
        }
        for (code, count) in seen.into_iter().filter(|(_, count)| *count > MOST) {
            let more = Message::new("more-findings")
                .with("count", (count - MOST).to_string())
                .with("code", code);
            writeln!(out, "{}", self.say(&more))?;
        }
        out.flush()
    }

    /// How many errors and warnings, as two lines of news.
    pub(super) fn count(diags: &[Diagnostic]) -> (usize, usize) {
        let errors = diags
            .iter()
            .filter(|diag| diag.severity == Severity::Error)
            .count();
        (errors, diags.len() - errors)
    }

    fn line(text: &str) {
        let _ = writeln!(io::stderr().lock(), "{text}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{SourceFile, Span, code};

    /// What people and programs see of warnings with errors among them.
    fn shown(warnings: usize) -> (String, String) {
        let mut sources = Sources::default();
        let file = sources.add(SourceFile::new("content/a.md".into(), "Một\n".into()));
        let span = Span::start_of(file);
        let mut diags = vec![Diagnostic::new(code::FORMER_NAME, span).with("name", "x"); warnings];
        diags.extend(vec![Diagnostic::new(code::RAW_HTML, span); 201]);
        let console = Console::new(Language::English, false);
        let (mut people, mut programs) = (Vec::new(), Vec::new());
        console.listed(&diags, &sources, &mut people).unwrap();
        console.objects(&diags, &sources, &mut programs).unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (text(people), text(programs))
    }

    #[test]
    fn people_see_fifty_of_a_warning_and_programs_see_all() {
        let (people, programs) = shown(1_200);
        assert_eq!(people.matches("warning[former-name]").count(), 50);
        assert_eq!(people.matches("error[raw-html]").count(), 201);
        assert!(
            people.ends_with("… and 1150 more `former-name` (all of them with --format json)\n"),
            "{people}"
        );
        assert_eq!(programs.lines().count(), 1_401);
        let (people, _) = shown(50);
        assert_eq!(people.matches("warning[former-name]").count(), 50);
        assert!(!people.contains("more"), "{people}");
    }
}
