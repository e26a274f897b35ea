//! `loa init`: an empty folder becomes a site that builds.

use std::fs;
use std::path::Path;

use clap::ArgMatches;

use super::Outcome;
use super::console::Console;
use crate::diag::{Fatal, Message};

/// The starter site.
const FILES: &[(&str, &str)] = &[
    ("loa.yaml", include_str!("starter/loa.yaml")),
    (
        "content/_index.md",
        include_str!("starter/content/_index.md"),
    ),
    (
        "content/_facts/contacts.yaml",
        include_str!("starter/content/_facts/contacts.yaml"),
    ),
    (
        "content/_facts/legal-documents.yaml",
        include_str!("starter/content/_facts/legal-documents.yaml"),
    ),
    (
        "content/_facts/communes.yaml",
        include_str!("starter/content/_facts/communes.yaml"),
    ),
    (
        "content/_facts/lexicon.yaml",
        include_str!("starter/content/_facts/lexicon.yaml"),
    ),
    (
        "content/huong-dan/_index.md",
        include_str!("starter/content/huong-dan/_index.md"),
    ),
    (
        "content/huong-dan/goi-ai-khi-can.md",
        include_str!("starter/content/huong-dan/goi-ai-khi-can.md"),
    ),
    (".gitignore", "/public/*\n/audio/\n"),
];

pub(super) fn run(matches: &ArgMatches, console: &Console) -> Outcome {
    let folder = Path::new(matches.get_one::<String>("dir").map_or(".", String::as_str));
    let shown = folder.display().to_string();
    match is_empty(folder) {
        Ok(true) => {}
        Ok(false) => {
            console.complain(&Message::new("cli-init-not-empty").with("path", shown));
            return Outcome::Refused;
        }
        Err(fatal) => {
            console.fatal(&fatal);
            return Outcome::Refused;
        }
    }
    for (path, text) in FILES {
        if let Err(fatal) = write(&folder.join(path), text) {
            console.fatal(&fatal);
            return Outcome::Refused;
        }
    }
    console.news(&console.say(&Message::new("cli-init-done").with("path", shown)));
    Outcome::Clean
}

/// Whether a folder is new or holds only hidden files, such as those of a version control system.
fn is_empty(folder: &Path) -> Result<bool, Fatal> {
    if !folder.exists() {
        return Ok(true);
    }
    let entries = fs::read_dir(folder).map_err(|error| Fatal::new("fatal-read", folder, error))?;
    Ok(entries
        .flatten()
        .all(|entry| entry.file_name().to_string_lossy().starts_with('.')))
}

/// Writes a new file with its folders; never over an old one.
pub(super) fn write(path: &Path, text: &str) -> Result<(), Fatal> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| Fatal::new("fatal-create", folder, error))?;
    }
    if path.exists() {
        return Ok(());
    }
    fs::write(path, text).map_err(|error| Fatal::new("fatal-write", path, error))
}
