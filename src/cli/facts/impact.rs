//! `loa facts impact`: what must be built, read and printed again, and what must be recalled.

use serde_json::{Value, json};

use super::{Asked, record, table};
use crate::channel::Product;
use crate::cli::console::Console;
use crate::diag::Message;
use crate::facts::{Carrier, Fact, Scope, everywhere, find, line, recall};
use crate::model::{CommuneChoice, PrintRun};

/// Tells the impact of one fact; false when there is no such fact.
pub(super) fn run(asked: &Asked<'_>, word: &str) -> bool {
    let fact = match find(&asked.usage.site().facts, word) {
        Ok(found) => match found.as_slice() {
            [fact] => *fact,
            several => {
                let names: Vec<String> = several
                    .iter()
                    .map(|fact| record::key(asked, *fact))
                    .collect();
                let message = Message::new("facts-several").with("key", word);
                let message = message.with("words", names.join(", "));
                asked.console.complain(&message);
                return false;
            }
        },
        Err(near) => {
            let message = Message::new("facts-unknown").with("key", word);
            asked.console.complain(&message);
            if !near.is_empty() {
                let hint = Message::new("hint-did-you-mean").with("word", near.join("`, `"));
                asked.console.complain(&hint);
            }
            return false;
        }
    };
    if asked.options.json {
        let mut value = record::fact(asked, fact);
        add(asked, fact, Scope::Any, &mut value);
        Asked::json(&value);
        return true;
    }
    let head = format!(
        "{} ({}, {}): {}\n",
        record::key(asked, fact),
        asked.say(table::kind(fact)),
        asked.say(table::state(asked, fact)),
        table::value(asked, fact)
    );
    Console::data(&(head + &told(asked, fact, Scope::Any, "  ")));
    true
}

/// Adds the impact of a fact to its record, by what must be done.
pub(super) fn add(asked: &Asked<'_>, fact: Fact, scope: Scope, value: &mut Value) {
    let carriers = asked.usage.carriers(fact, scope);
    let of = |product: Product| -> Vec<Carrier> {
        let own = carriers.iter().filter(|carrier| carrier.product == product);
        own.cloned().collect()
    };
    value["rebuild"] = record::used(asked, &of(Product::Page));
    value["reread"] = record::used(asked, &of(Product::Script));
    value["reprint"] = record::used(asked, &of(Product::Leaflet));
    value["resend"] = record::used(asked, &of(Product::Pack));
    value["everywhere"] = record::everywhere(asked, fact);
    value["recall"] = record::runs(asked, &recall(asked.usage, fact));
}

/// The impact of a fact for people.
pub(super) fn told(asked: &Asked<'_>, fact: Fact, scope: Scope, indent: &str) -> String {
    let site = asked.usage.site();
    let carriers = asked.usage.carriers(fact, scope);
    let mut out = String::new();
    let parts = [
        ("impact-rebuild", Product::Page),
        ("impact-reread", Product::Script),
        ("impact-reprint", Product::Leaflet),
        ("impact-resend", Product::Pack),
    ];
    for (id, product) in parts {
        let standing = everywhere(asked.usage, fact);
        let standing = standing.iter().filter(|_| product == Product::Page);
        let own = carriers.iter().filter(|carrier| carrier.product == product);
        let lines: Vec<String> = standing
            .cloned()
            .chain(own.map(|carrier| line(site, carrier)))
            .map(|message| asked.console.say(&message))
            .collect();
        block(&asked.say(id), &lines, indent, &mut out);
    }
    out.push_str(&recalled(asked, &recall(asked.usage, fact), indent));
    if out.is_empty() {
        out = format!("{indent}{}\n", asked.say("impact-none"));
    }
    out
}

/// The print runs to recall, for people.
pub(super) fn recalled(asked: &Asked<'_>, runs: &[&PrintRun], indent: &str) -> String {
    let lines: Vec<String> = runs.iter().map(|run| told_run(asked, run)).collect();
    let mut out = String::new();
    block(&asked.say("impact-recall"), &lines, indent, &mut out);
    out
}

fn block(head: &str, lines: &[String], indent: &str, out: &mut String) {
    if lines.is_empty() {
        return;
    }
    out.push_str(&format!("{indent}{head}:\n"));
    for line in lines {
        out.push_str(&format!("{indent}  {line}\n"));
    }
}

fn told_run(asked: &Asked<'_>, run: &PrintRun) -> String {
    let facts = &asked.usage.site().facts;
    let whom = match &run.communes {
        CommuneChoice::None => asked.say("impact-everybody"),
        CommuneChoice::All => asked.say("what-all-communes"),
        CommuneChoice::Some(chosen) => {
            let names: Vec<String> = chosen
                .iter()
                .map(|id| facts.commune(*id).full_name())
                .collect();
            names.join(", ")
        }
    };
    let printed = run
        .printed_on
        .map_or_else(String::new, |day| day.to_string());
    let message = Message::new("impact-run")
        .with("printed", printed)
        .with("edition", run.edition.as_str())
        .with("format", run.format.as_str())
        .with("article", run.article.as_str())
        .with("copies", run.copies as usize)
        .with("whom", whom);
    let mut line = asked.console.say(&message);
    if let Some(printer) = &run.printer {
        let by = Message::new("impact-run-printer").with("printer", printer.as_str());
        line.push_str(&format!(", {}", asked.console.say(&by)));
    }
    line
}

/// The impact of a fact that is gone from the registry: only paper still carries it.
pub(super) fn of_removed(asked: &Asked<'_>, runs: &[&PrintRun]) -> Value {
    json!({"rebuild": [], "reread": [], "reprint": [], "everywhere": [], "recall": record::runs(asked, runs)})
}
