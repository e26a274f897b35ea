//! `print-runs.yaml`: the log of what was printed, which is the list of what may have to be recalled.
//!
//! A log tells of the past: its article may be gone and its edition renamed. What is written must still
//! say which facts stand on the sheets, so a run without `facts` needs an article that exists.

use std::collections::HashSet;

use super::config::Communes;
use super::facts::{Near, head, items, need_date};
use super::fields::{Fields, scalar};
use super::findings;
use super::index::Index;
use crate::diag::{Diagnostic, Span};
use crate::model::{CommuneChoice, Facts, Node, PrintRun};
use crate::text::fold;

const KEYS: &[&str] = &[
    "article",
    "edition",
    "format",
    "communes",
    "copies",
    "printer",
    "for",
    "printed_on",
    "facts",
    "digest",
    "recalled_on",
    "note",
];

/// Adds `print-runs.yaml`; the communes must have been read.
pub(super) fn print_runs(root: &Node, facts: &mut Facts, diags: &mut Vec<Diagnostic>) {
    let communes = Communes::of(facts);
    let mut runs = Vec::new();
    for node in items(root, diags) {
        runs.extend(print_run(node, &communes, diags));
    }
    facts.print_runs = runs;
}

fn print_run(
    node: &Node,
    communes: &Communes<'_>,
    diags: &mut Vec<Diagnostic>,
) -> Option<PrintRun> {
    let mut fields = Fields::open(node, "what-print-run", KEYS, diags)?;
    let article = fields.need_text("article");
    let edition = fields.need_text("edition");
    let format = fields.need_text("format");
    if fields.get("copies").is_none() {
        fields.missing("copies");
    }
    let span_of =
        |key: &str, fields: &Fields<'_, '_>| fields.get(key).map_or(node.span, |n| n.span);
    let run = PrintRun {
        article: article.trim_end_matches(".md").to_owned(),
        page: None,
        edition_span: span_of("edition", &fields),
        edition,
        format_span: span_of("format", &fields),
        format,
        communes: chosen(&mut fields, communes),
        copies: fields.count("copies", 1..=100_000_000).unwrap_or(0),
        printer: fields.text("printer"),
        recipient: fields.text("for"),
        printed_on: need_date(&mut fields, "printed_on"),
        facts: fields.texts("facts"),
        digest: digest(&mut fields),
        recalled_on: fields.date("recalled_on"),
        note: fields.text("note"),
        span: head(node, "article"),
    };
    if let (Some(printed), Some(recalled)) = (run.printed_on, run.recalled_on)
        && recalled < printed
    {
        let at = span_of("recalled_on", &fields);
        let finding = findings::invalid_order(at, "recalled_on", "printed_on");
        fields.diags().push(finding);
    }
    (!article.is_empty()).then_some(run)
}

fn chosen(fields: &mut Fields<'_, '_>, communes: &Communes<'_>) -> CommuneChoice {
    match fields.get("communes") {
        None => CommuneChoice::None,
        Some(node) if scalar(node) == Some("all") => CommuneChoice::All,
        Some(_) => {
            let wanted = fields.texts("communes").unwrap_or_default();
            CommuneChoice::Some(communes.choose(&wanted, fields.diags()))
        }
    }
}

fn digest(fields: &mut Fields<'_, '_>) -> Option<String> {
    let node = fields.get("digest")?;
    let written = fields.text("digest")?;
    let sound = written.len() == 64 && written.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !sound {
        let finding = findings::expected(node.span, "digest", "expected-run-digest");
        fields.diags().push(finding);
    }
    sound.then_some(written)
}

/// Finds the articles of the log, and checks that the facts of what is still out in the world are known.
pub(super) fn resolve(
    facts: &mut Facts,
    index: &Index,
    language: &str,
    diags: &mut Vec<Diagnostic>,
) {
    if facts.print_runs.is_empty() {
        return;
    }
    let keys: Vec<&str> = facts
        .contacts
        .iter()
        .map(|contact| contact.key.as_str())
        .chain(facts.documents.iter().map(|d| d.number.as_str()))
        .collect();
    let known: HashSet<String> = keys.iter().map(|key| fold(key)).collect();
    let mut near_fact = Near::new(&keys);
    let mut unknown: Vec<Diagnostic> = Vec::new();
    for run in facts.print_runs.iter().filter(|r| r.recalled_on.is_none()) {
        for (key, span) in run.facts.iter().flatten() {
            if !known.contains(&fold(key)) {
                let near = near_fact.of(key);
                unknown.push(findings::unknown_fact(*span, key, near));
            }
        }
    }
    diags.extend(unknown);
    let names: Vec<&str> = index.page_names().collect();
    let mut near_page = Near::new(&names);
    for run in &mut facts.print_runs {
        run.page = index.article(&run.article, language);
        if run.page.is_none() && run.facts.is_none() && run.recalled_on.is_none() {
            let near = near_page.of(&run.article);
            diags.push(findings::unknown_article(run.span, &run.article, near));
        }
    }
}

/// The files that the registry is made of.
pub(super) const REGISTRY: &[&str] = &[
    "contacts.yaml",
    "legal-documents.yaml",
    "communes.yaml",
    "lexicon.yaml",
    "print-runs.yaml",
];

/// A settings file in the registry's folder that nobody reads: its facts would be missing without a word.
/// Names that begin with `_` are notes.
pub(super) fn strangers<'a>(
    files: impl Iterator<Item = (&'a str, Span)>,
    diags: &mut Vec<Diagnostic>,
) {
    for (path, span) in files {
        let Some(name) = path.strip_prefix("content/_facts/") else {
            continue;
        };
        let yaml = name.ends_with(".yaml") || name.ends_with(".yml");
        if yaml && !name.starts_with('_') && !REGISTRY.contains(&name) {
            diags.push(findings::unknown_registry_file(span, name, REGISTRY));
        }
    }
}
