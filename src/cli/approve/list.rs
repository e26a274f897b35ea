//! `loa approve --list`: every page and what its approval is worth.

use serde_json::json;

use crate::cli::console::Console;
use crate::cli::options::Options;
use crate::diag::Message;
use crate::model::{ApprovalState, Page, Site, State};

/// The states in the order in which they are counted: name in JSON, entry of the catalogue.
const STATES: [(ApprovalState, &str, &str); 4] = [
    (ApprovalState::Approved, "approved", "cli-state-approved"),
    (ApprovalState::Missing, "pending", "cli-state-pending"),
    (ApprovalState::Void, "void", "cli-state-void"),
    (
        ApprovalState::NotNeeded,
        "not-needed",
        "cli-state-not-needed",
    ),
];

/// Prints the list for people or for programs, in the order of the paths.
pub(super) fn run(site: &Site, options: &Options, console: &Console) {
    let mut pages: Vec<&Page> = site.pages.iter().collect();
    pages.sort_by(|a, b| a.source.cmp(&b.source));
    if options.json {
        let lines: String = pages.iter().map(|page| object(page)).collect();
        Console::data(&lines);
    } else {
        Console::data(&table(&pages, console));
    }
    let counts = STATES.map(|(state, _, word)| {
        let count = pages.iter().filter(|page| page.approval == state).count();
        format!("{}: {count}", console.say(&Message::new(word)))
    });
    console.news(&counts.join(", "));
}

/// What else there is to know of a page.
fn marks(page: &Page) -> Vec<&'static str> {
    let mut out = Vec::new();
    if page.draft {
        out.push("cli-mark-draft");
    }
    if page.state == State::Withdrawn {
        out.push("cli-mark-withdrawn");
    }
    out
}

fn object(page: &Page) -> String {
    let state = STATES.iter().find(|(state, ..)| *state == page.approval);
    let approval = page.meta.approval.as_ref();
    let value = json!({
        "file": page.source,
        "state": state.map(|(_, name, _)| name),
        "by": approval.map(|approval| &approval.by),
        "role": approval.map(|approval| &approval.role),
        "on": approval.map(|approval| approval.on.to_string()),
        "digest": approval.map(|approval| &approval.digest),
        "draft": page.draft,
        "withdrawn": page.state == State::Withdrawn,
    });
    format!("{value}\n")
}

fn table(pages: &[&Page], console: &Console) -> String {
    let say = |id: &'static str| console.say(&Message::new(id));
    let heads = [
        "cli-approve-file",
        "cli-approve-state",
        "cli-approve-by",
        "cli-approve-role",
        "cli-approve-on",
    ];
    let mut rows: Vec<[String; 5]> = vec![heads.map(say)];
    for page in pages {
        let state = STATES.iter().find(|(state, ..)| *state == page.approval);
        let state = state.map_or("", |(_, _, word)| *word);
        let words: Vec<String> = std::iter::once(state).chain(marks(page)).map(say).collect();
        let approval = page.meta.approval.as_ref();
        let cell = |text: Option<String>| text.unwrap_or_else(|| "–".to_owned());
        rows.push([
            page.source.clone(),
            words.join(", "),
            cell(approval.map(|approval| approval.by.clone())),
            cell(approval.map(|approval| approval.role.clone())),
            cell(approval.map(|approval| approval.on.to_string())),
        ]);
    }
    let width = |column: usize| {
        let cells = rows.iter().map(|row| row[column].chars().count());
        cells.max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..5).map(width).collect();
    rows.iter()
        .map(|row| {
            let cells: Vec<String> = row
                .iter()
                .zip(&widths)
                .map(|(cell, width)| format!("{cell:<width$}"))
                .collect();
            format!("{}\n", cells.join("  ").trim_end())
        })
        .collect()
}
