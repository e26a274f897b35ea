//! `loa speak`: text in, spoken words out, line by line.

use std::io::{self, Read};
use std::path::Path;

use clap::ArgMatches;
use serde_json::{Map, Value, json};

use super::Outcome;
use super::console::Console;
use super::options::Options;
use crate::diag::Fatal;
use crate::load::{parse, snapshot, text_of};
use crate::reading::{Accent, Piece, Reader};

pub(super) fn run(matches: &ArgMatches, options: &Options, console: &Console) -> Outcome {
    let mut files: Vec<&str> = matches
        .get_many::<String>("file")
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    if files.is_empty() {
        files.push("-");
    }
    let mut text = String::new();
    for file in files {
        match contents(file) {
            Ok(more) => {
                text.push_str(&more);
                // A last line without its end stays a line of its own.
                if !text.is_empty() && !text.ends_with('\n') {
                    text.push('\n');
                }
            }
            Err(fatal) => {
                console.fatal(&fatal);
                return Outcome::Refused;
            }
        }
    }
    let accent = matches
        .get_one::<String>("accent")
        .and_then(|name| Accent::parse(name))
        .unwrap_or_default();
    let reader = Reader::new(accent, lexicon(options));
    Console::data(&if matches.get_flag("json") {
        told(&reader, &text)
    } else if matches.get_flag("ssml") {
        ssml(&reader, &text)
    } else {
        spoken(&reader, &text)
    });
    Outcome::Clean
}

fn contents(file: &str) -> Result<String, Fatal> {
    let bytes = if file == "-" {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        std::fs::read(file)
    };
    let bytes = bytes.map_err(|error| Fatal::new("fatal-read", Path::new(file), error))?;
    Ok(text_of(&bytes).unwrap_or_else(|_| String::from_utf8_lossy(&bytes).into_owned()))
}

/// One spoken line for each line.
fn spoken(reader: &Reader, text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for line in text.lines() {
        out.push_str(&reader.read(line).text);
        out.push('\n');
    }
    out
}

/// One JSON object for each line: what was written and is spoken, and every piece of it.
fn told(reader: &Reader, text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 8);
    for (at, line) in text.lines().enumerate() {
        let (spoken, pieces) = reader.explain(line);
        let tokens: Vec<Value> = pieces.iter().map(|piece| token(line, piece)).collect();
        let object = json!({
            "line": at + 1,
            "written": line,
            "spoken": spoken.text,
            "tokens": tokens,
        });
        out.push_str(&object.to_string());
        out.push('\n');
    }
    out
}

/// What a program is told of a piece; `because`, `other` and `guessed` only where there is something to tell.
fn token(line: &str, piece: &Piece) -> Value {
    let mut object = Map::new();
    let mut put = |name: &str, value: Value| object.insert(name.to_owned(), value);
    put("text", json!(line.get(piece.start..piece.end)));
    put("class", json!(piece.class));
    put("rule", json!(piece.rule));
    if !piece.because.is_empty() {
        put("because", json!(piece.because));
    }
    put("words", json!(piece.words));
    put("span", json!([piece.start, piece.end]));
    if piece.guessed {
        put("guessed", json!(true));
    }
    if let Some(other) = &piece.other {
        put("other", json!(other));
    }
    Value::Object(object)
}

/// An SSML 1.1 document: a paragraph for each line, in it its sentences.
fn ssml(reader: &Reader, text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2 + 200);
    out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.push_str(
        "<speak version=\"1.1\" xmlns=\"http://www.w3.org/2001/10/synthesis\" xml:lang=\"vi-VN\">\n",
    );
    for line in text.lines() {
        let spoken = reader.read(line).text;
        out.push_str("<p>");
        // Spoken text has letters, blanks and pause marks only: nothing in it needs escaping.
        for sentence in spoken.split_inclusive(['.', '!', '?']) {
            out.push_str("<s>");
            out.push_str(sentence.trim());
            out.push_str("</s>");
        }
        out.push_str("</p>\n");
    }
    out.push_str("</speak>\n");
    out
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
