//! What people and programs see: findings, tables, complaints.

use std::io::{self, IsTerminal, Write};

use super::options::Options;
use crate::diag::{
    Catalogue, Diagnostic, Fatal, Language, Message, Severity, Sources, human, json,
};

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

    /// Clears the progress line.
    pub(super) fn settle(&self) {
        if self.terminal && !self.quiet {
            let _ = write!(io::stderr().lock(), "\r\x1b[K");
        }
    }

    /// Shows findings: JSON on stdout, one object a line; for people on stderr.
    pub(super) fn findings(&self, diags: &[Diagnostic], sources: &Sources, options: &Options) {
        let mut text = String::new();
        for diag in diags {
            if options.json {
                text.push_str(&json(diag, sources, &self.catalogue));
            } else {
                text.push_str(&human(diag, sources, &self.catalogue));
            }
            text.push('\n');
        }
        if options.json {
            Self::data(&text);
        } else {
            let _ = io::stderr().lock().write_all(text.as_bytes());
        }
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
