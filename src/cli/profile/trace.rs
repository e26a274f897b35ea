//! A profile as Chrome trace events, which `chrome://tracing` and Perfetto open.

use std::fmt::Write as _;

use serde_json::json;

use super::{Log, Span};
use crate::diag::EventKind;

/// All events of a log, one a line, in the order in which they began.
pub(super) fn json(log: &Log) -> String {
    let mut lines: Vec<String> = log
        .threads
        .iter()
        .enumerate()
        .map(|(number, name)| {
            let args = json!({ "name": name });
            json!({"ph": "M", "name": "thread_name", "pid": 1, "tid": number, "args": args})
                .to_string()
        })
        .collect();
    let mut spans: Vec<&Span> = log.spans.iter().collect();
    // What stands around comes first.
    spans.sort_by_key(|span| (span.began, std::cmp::Reverse(span.ended)));
    lines.extend(spans.into_iter().map(line));
    format!(
        "{{\"displayTimeUnit\":\"ms\",\"traceEvents\":[\n{}\n]}}\n",
        lines.join(",\n")
    )
}

fn line(span: &Span) -> String {
    let event = &span.event;
    let text = |text: &str| json!(text).to_string();
    let mut args = String::new();
    if !event.edition.is_empty() {
        let _ = write!(args, "\"edition\":{}", text(&event.edition));
    }
    if event.kind == EventKind::File {
        let _ = write!(args, ",\"bytes\":{}", event.bytes);
    }
    format!(
        "{{\"ph\":\"X\",\"name\":{},\"cat\":{},\"pid\":1,\"tid\":{},\"ts\":{},\"dur\":{},\"args\":{{{args}}}}}",
        text(&event.name),
        text(category(event.kind)),
        span.thread,
        microseconds(span.began),
        microseconds(span.long()),
    )
}

/// Nanoseconds as the microseconds that the format asks for, with nothing lost.
fn microseconds(nanoseconds: u64) -> String {
    format!("{}.{:03}", nanoseconds / 1_000, nanoseconds % 1_000)
}

fn category(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Stage => "stage",
        EventKind::Piece => "piece",
        EventKind::Article => "article",
        EventKind::Template => "template",
        EventKind::File => "file",
        EventKind::Wait => "wait",
    }
}
