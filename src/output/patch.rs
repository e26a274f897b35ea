//! The list of files after a small change: the last one with some of its entries replaced, which spares the writing of
//! thousands that are the same.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Serialize;

use super::listing::entry;
use super::made::Memory;
use super::plan::Arranged;
use super::staging::Record;
use crate::diag::Sources;

/// With more of them the list is written anew.
const MOST: usize = 64;

/// The list as it would be written, made of the old one, which `old` reads; `None` where too much changed, or where
/// something about that list is not as it was left.
pub(super) fn patched(
    old: impl FnOnce() -> Option<String>,
    memory: &Memory,
    editions: &Arranged<Record>,
    sources: &Sources,
) -> Option<Vec<u8>> {
    let changed = memory.changed(editions)?;
    if changed.len() > MOST {
        return None;
    }
    let old = old()?;
    let mut places: Vec<(Range<usize>, String)> = Vec::with_capacity(changed.len());
    for (path, before, record) in &changed {
        let before = block(path, before)?;
        let at = old.find(&before)?;
        places.push((at..at + before.len(), block(path, entry(record, sources))?));
    }
    places.sort_by_key(|(place, _)| place.start);
    let mut out = Vec::with_capacity(old.len() + 64);
    let mut from = 0;
    for (place, now) in &places {
        out.extend_from_slice(old.get(from..place.start)?.as_bytes());
        out.extend_from_slice(now.as_bytes());
        from = place.end;
    }
    out.extend_from_slice(&old.as_bytes()[from..]);
    Some(out)
}

#[derive(Serialize)]
struct One<'a, E> {
    version: u32,
    files: BTreeMap<&'a str, E>,
}

/// An entry with its path as it stands in a list.
fn block<E: Serialize>(path: &str, entry: E) -> Option<String> {
    let one = One {
        version: 1,
        files: BTreeMap::from([(path, entry)]),
    };
    let text = serde_json::to_string_pretty(&one).ok()?;
    let inner = text.strip_prefix("{\n  \"version\": 1,\n  \"files\": {\n")?;
    Some(inner.strip_suffix("\n  }\n}")?.to_owned())
}
