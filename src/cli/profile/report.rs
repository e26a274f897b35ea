//! A profile in words: stages, editions, articles, templates, what was written, where threads waited.

use std::collections::BTreeMap;

use super::{Log, Span};
use crate::cli::console::Console;
use crate::diag::{EventKind, Message};
use crate::output::Committed;

/// So many articles and templates are named.
const NAMED: usize = 10;

/// What the typesetter's threads are called.
const TYPESETTER: &str = "typesetter";

/// The time of everything with one name, and how often it came.
#[derive(Debug, Default, Clone, Copy)]
struct Sum {
    long: u64,
    count: usize,
}

impl Sum {
    fn add(&mut self, long: u64) {
        self.long += long;
        self.count += 1;
    }
}

/// All lines of a report of a build that took so long.
pub(super) fn lines(
    log: &Log,
    whole: u64,
    done: Option<Committed>,
    console: &Console,
) -> Vec<String> {
    let say = |id: &'static str| console.say(&Message::new(id));
    let stage = |name: &str| console.say(&Message::new("profile-stage").with("stage", name));
    let mut out = vec![say("profile-head")];
    let mut section = |title: &'static str, rows: Vec<(String, Sum)>, total: u64| {
        if !rows.is_empty() {
            out.push(format!("{}:", say(title)));
            out.extend(rows.iter().map(|(name, sum)| row(name, *sum, total)));
        }
    };
    let stages = sums(log, |span| {
        (span.event.kind == EventKind::Stage).then(|| span.event.name.clone())
    });
    let stages = stages.into_iter().map(|(name, sum)| (stage(&name), sum));
    section("profile-stages", slowest(stages, usize::MAX), whole);
    let editions = editions(log);
    let busy = editions.values().map(|sum| sum.long).sum();
    section("profile-editions", slowest(editions, usize::MAX), busy);
    let articles = sums(log, |span| {
        (span.event.kind == EventKind::Article).then(|| span.event.name.clone())
    });
    section("profile-articles", slowest(articles, NAMED), busy);
    let templates = sums(log, |span| {
        let event = &span.event;
        let name = || format!("{} ({})", event.name, event.edition);
        (event.kind == EventKind::Template).then(name)
    });
    section("profile-templates", slowest(templates, NAMED), busy);
    let files = Message::new("profile-files")
        .with("count", log.files.count)
        .with("made", bytes(log.files.bytes as u64))
        .with("written", bytes(done.map_or(0, |done| done.bytes)))
        .with("seconds", seconds(log.files.long));
    out.push(console.say(&files));
    out.extend(waits(log).into_iter().map(|wait| console.say(&wait)));
    out
}

/// The time of spans by a name; those without one are left out.
fn sums(log: &Log, name: impl Fn(&Span) -> Option<String>) -> BTreeMap<String, Sum> {
    let mut out: BTreeMap<String, Sum> = BTreeMap::new();
    for span in &log.spans {
        if let Some(name) = name(span) {
            out.entry(name).or_default().add(span.long());
        }
    }
    out
}

/// How long threads worked for each edition, and on how many pieces.
fn editions(log: &Log) -> BTreeMap<String, Sum> {
    let mut out = sums(log, |span| {
        let piece = [EventKind::Piece, EventKind::Article].contains(&span.event.kind);
        piece.then(|| span.event.edition.clone())
    });
    // A thread that waits for the typesetter's threads does not work.
    for span in &log.spans {
        if let Some(sum) = out.get_mut(&span.event.edition)
            && span.event.kind == EventKind::Wait
        {
            sum.long = sum.long.saturating_sub(span.long());
        }
    }
    out
}

/// Those that took longest, the longest first.
fn slowest(sums: impl IntoIterator<Item = (String, Sum)>, most: usize) -> Vec<(String, Sum)> {
    let mut out: Vec<(String, Sum)> = sums.into_iter().collect();
    out.sort_by(|(a, one), (b, other)| (other.long, a).cmp(&(one.long, b)));
    out.truncate(most);
    out
}

/// Where threads had nothing to do.
fn waits(log: &Log) -> Vec<Message> {
    let mut out = Vec::new();
    let waits = log
        .spans
        .iter()
        .filter(|span| span.event.kind == EventKind::Wait);
    let typesetter: u64 = waits.map(Span::long).sum();
    if typesetter > 0 {
        out.push(Message::new("profile-wait-typesetter").with("seconds", seconds(typesetter)));
    }
    for stage in log.spans.iter().filter(|span| is_shared(span)) {
        // The stage itself stands on the thread that called for it.
        let inside = |span: &&Span| {
            let piece = [EventKind::Piece, EventKind::Article].contains(&span.event.kind);
            piece
                && span.began >= stage.began
                && span.ended <= stage.ended
                // The typesetter has threads of its own, for which others wait.
                && !log.threads[span.thread].starts_with(TYPESETTER)
        };
        let mut ends: BTreeMap<usize, u64> = BTreeMap::new();
        for span in log.spans.iter().filter(inside) {
            let end = ends.entry(span.thread).or_default();
            *end = (*end).max(span.ended);
        }
        let waited: u64 = ends.values().map(|end| stage.ended - end).sum();
        let last = log
            .spans
            .iter()
            .filter(inside)
            .max_by_key(|span| (span.ended, span.began));
        if let Some(last) = last {
            let message = Message::new("profile-wait-last")
                .with("stage", stage.event.name.as_str())
                .with("threads", ends.len())
                .with("seconds", seconds(waited))
                .with("piece", last.event.name.as_str())
                .with("edition", last.event.edition.as_str());
            out.push(message);
        }
    }
    out
}

/// Whether all threads work in a stage.
fn is_shared(span: &Span) -> bool {
    span.event.kind == EventKind::Stage && ["pieces", "lists"].contains(&span.event.name.as_str())
}

fn row(name: &str, sum: Sum, total: u64) -> String {
    let share = sum.long * 100 / total.max(1);
    format!(
        "{:>9} s {share:>3} % {:>7}×  {name}",
        seconds(sum.long),
        sum.count
    )
}

/// Nanoseconds as seconds with three places.
fn seconds(nanoseconds: u64) -> String {
    let milliseconds = nanoseconds.div_ceil(1_000_000);
    format!("{}.{:03}", milliseconds / 1_000, milliseconds % 1_000)
}

/// Bytes as people read them.
fn bytes(bytes: u64) -> String {
    match bytes {
        0..10_000 => format!("{bytes} B"),
        10_000..10_000_000 => format!("{} kB", bytes / 1_000),
        _ => format!("{} MB", bytes / 1_000_000),
    }
}
