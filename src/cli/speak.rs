//! `loa speak`: text in, spoken words out, line by line.

use std::io::Read;
use std::path::Path;

use clap::ArgMatches;

use super::Outcome;
use super::console::Console;
use super::options::Options;
use crate::diag::Fatal;
use crate::load::{parse, snapshot, text_of};
use crate::reading::{Accent, Reader};

pub(super) fn run(matches: &ArgMatches, options: &Options, console: &Console) -> Outcome {
    let bytes = if let Some(file) = matches
        .get_one::<String>("file")
        .filter(|file| *file != "-")
    {
        std::fs::read(file).map_err(|error| Fatal::new("fatal-read", Path::new(file), error))
    } else {
        let mut bytes = Vec::new();
        let read = std::io::stdin().lock().read_to_end(&mut bytes);
        read.map(|_| bytes)
            .map_err(|error| Fatal::new("fatal-read", Path::new("-"), error))
    };
    let bytes = match bytes {
        Ok(bytes) => bytes,
        Err(fatal) => {
            console.fatal(&fatal);
            return Outcome::Refused;
        }
    };
    let text = text_of(&bytes).unwrap_or_else(|_| String::from_utf8_lossy(&bytes).into_owned());
    let accent = matches
        .get_one::<String>("accent")
        .and_then(|name| Accent::parse(name))
        .unwrap_or_default();
    let reader = Reader::new(accent, lexicon(options));
    let mut out = String::with_capacity(text.len() * 2);
    for line in text.lines() {
        out.push_str(&reader.read(line).text);
        out.push('\n');
    }
    Console::data(&out);
    Outcome::Clean
}

/// The lexicon of the site around, if there is one.
fn lexicon(options: &Options) -> Vec<(String, String)> {
    let Ok(site) = options.site() else {
        return Vec::new();
    };
    let Ok(mut tree) = snapshot(&site) else {
        return Vec::new();
    };
    tree.files
        .retain(|file| file.path.starts_with("content/_facts/") || file.path == "loa.yaml");
    parse(&tree, options.today, &crate::channel::names())
        .site
        .facts
        .lexicon
}
