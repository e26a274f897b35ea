//! `loa speak`: text in, spoken words out, line by line.

mod lines;

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, ErrorKind, Write};
use std::path::Path;

use clap::ArgMatches;
use serde_json::{Map, Value, json};

use super::Outcome;
use super::console::Console;
use super::options::Options;
use crate::diag::Fatal;
use crate::load::{parse, snapshot};
use crate::reading::{Accent, Piece, Reader};
use lines::Lines;

/// Something to read, and its name.
type Input<'a> = (&'a str, Box<dyn BufRead>);

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
    let accent = matches
        .get_one::<String>("accent")
        .and_then(|name| Accent::parse(name))
        .unwrap_or_default();
    let reader = Reader::new(accent, lexicon(options));
    // All are opened before anything is said: of a wrong name nothing should be half done.
    let inputs: Result<Vec<Input<'_>>, Fatal> = files.into_iter().map(open).collect();
    let done = inputs.and_then(|inputs| {
        let mut out = BufWriter::new(io::stdout().lock());
        if matches.get_flag("json") {
            told(&reader, inputs, &mut out)
        } else if matches.get_flag("ssml") {
            ssml(&reader, inputs, &mut out)
        } else {
            spoken(&reader, inputs, &mut out)
        }
    });
    match done {
        Ok(()) => Outcome::Clean,
        Err(fatal) => {
            console.fatal(&fatal);
            Outcome::Refused
        }
    }
}

fn open(file: &str) -> Result<Input<'_>, Fatal> {
    if file == "-" {
        return Ok((file, Box::new(BufReader::new(io::stdin()))));
    }
    let opened = File::open(file).map_err(|error| unread(file, error))?;
    Ok((file, Box::new(BufReader::new(opened))))
}

fn unread(file: &str, error: io::Error) -> Fatal {
    Fatal::new("fatal-read", Path::new(file), error)
}

/// What writing came to; whether anybody still listens. A reader that went away is no error.
fn heard(written: io::Result<()>) -> Result<bool, Fatal> {
    match written {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(Fatal::new("fatal-write", Path::new("stdout"), error)),
    }
}

/// One spoken line for each line.
fn spoken(reader: &Reader, inputs: Vec<Input<'_>>, out: &mut dyn Write) -> Result<(), Fatal> {
    for (name, input) in inputs {
        let mut lines = Lines::in_parts(input);
        let mut begun = false;
        while let Some(parts) = lines.next().map_err(|error| unread(name, error))? {
            for part in parts {
                let said = reader.read(&part.text).text;
                let gap = if begun && !said.is_empty() { " " } else { "" };
                let end = if part.ends { "\n" } else { "" };
                if !heard(write!(out, "{gap}{said}{end}"))? {
                    return Ok(());
                }
                begun = !part.ends && (begun || !said.is_empty());
            }
        }
    }
    heard(out.flush()).map(|_| ())
}

/// One JSON object for each line: what was written and is spoken, and every piece of it.
fn told(reader: &Reader, inputs: Vec<Input<'_>>, out: &mut dyn Write) -> Result<(), Fatal> {
    let mut number = 0;
    for (name, input) in inputs {
        let mut lines = Lines::whole(input);
        while let Some(parts) = lines.next().map_err(|error| unread(name, error))? {
            for part in parts {
                number += 1;
                let line = part.text.as_str();
                let (spoken, pieces) = reader.explain(line);
                let tokens: Vec<Value> = pieces.iter().map(|piece| token(line, piece)).collect();
                let object = json!({
                    "line": number,
                    "written": line,
                    "spoken": spoken.text,
                    "tokens": tokens,
                });
                if !heard(writeln!(out, "{object}"))? {
                    return Ok(());
                }
            }
        }
    }
    heard(out.flush()).map(|_| ())
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
fn ssml(reader: &Reader, inputs: Vec<Input<'_>>, out: &mut dyn Write) -> Result<(), Fatal> {
    const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
        <speak version=\"1.1\" xmlns=\"http://www.w3.org/2001/10/synthesis\" xml:lang=\"vi-VN\">";
    if !heard(writeln!(out, "{HEAD}"))? {
        return Ok(());
    }
    for (name, input) in inputs {
        let mut lines = Lines::in_parts(input);
        let mut begun = false;
        while let Some(parts) = lines.next().map_err(|error| unread(name, error))? {
            for part in parts {
                let said = reader.read(&part.text).text;
                let mut text = String::from(if begun { "" } else { "<p>" });
                // Spoken text has letters, blanks and pause marks only: nothing in it needs escaping.
                for sentence in said.split_inclusive(['.', '!', '?']) {
                    text.push_str("<s>");
                    text.push_str(sentence.trim());
                    text.push_str("</s>");
                }
                text.push_str(if part.ends { "</p>\n" } else { "" });
                if !heard(out.write_all(text.as_bytes()))? {
                    return Ok(());
                }
                begun = !part.ends;
            }
        }
    }
    heard(writeln!(out, "</speak>").and_then(|()| out.flush())).map(|_| ())
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
