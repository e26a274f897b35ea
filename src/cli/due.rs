//! `loa due`: what goes live or ends next.

use clap::ArgMatches;
use jiff::ToSpan;
use serde_json::{Value, json};

use super::Outcome;
use super::console::Console;
use super::facts::{read, verdict};
use super::options::Options;
use crate::diag::Message;
use crate::facts::{Due, Item, due};
use crate::load::Parsed;

pub(super) fn run(matches: &ArgMatches, options: &Options, console: &Console) -> Outcome {
    let parsed = match read(options, console) {
        Ok((_, parsed)) => parsed,
        Err(outcome) => return outcome,
    };
    let mut items = due(&parsed.site);
    if let Some(days) = matches.get_one::<u16>("within") {
        let last = options.today.checked_add(i64::from(*days).days());
        items.retain(|item| last.as_ref().is_ok_and(|last| item.on <= *last));
    }
    if options.json {
        Console::data(&in_json(&parsed, &items));
    } else {
        table(&parsed, &items, console);
    }
    verdict(&parsed, console)
}

/// The next day stands alone on the first line, so that a script need not read JSON to find it.
fn in_json(parsed: &Parsed, items: &[Item]) -> String {
    let next = items.first().map(|item| item.on.to_string());
    let lines: Vec<String> = items
        .iter()
        .map(|item| {
            let file = parsed.sources.get(item.span.file);
            let (line, _) = file.position(item.span.start);
            let value: Value = json!({
                "on": item.on.to_string(), "due": item.due.name(), "what": item.what,
                "file": file.path, "line": line,
            });
            value.to_string()
        })
        .collect();
    let next = json!(next);
    format!(
        "{{\"next\": {next},\n\"items\": [{}]}}\n",
        lines.join(",\n")
    )
}

fn table(parsed: &Parsed, items: &[Item], console: &Console) {
    if items.is_empty() {
        console.news(&console.say(&Message::new("due-none")));
    }
    let mut out = String::new();
    for item in items {
        let id = match item.due {
            Due::Live => "due-live",
            Due::Ends => "due-ends",
            Due::Withdrawn => "due-withdrawn",
            Due::Expires => "due-expires",
            Due::Stale => "due-stale",
        };
        let said = console.say(&Message::new(id));
        let file = parsed.sources.get(item.span.file);
        let (line, _) = file.position(item.span.start);
        let place = if file.path == item.what {
            String::new()
        } else {
            format!(" ({}:{line})", file.path)
        };
        out.push_str(&format!("{}  {}: {said}{place}\n", item.on, item.what));
    }
    Console::data(&out);
}
