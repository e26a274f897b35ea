//! What follows what in the registry: every successor must exist, and no chain may end in itself.

use std::collections::HashMap;

use super::findings;
use crate::diag::{Diagnostic, Span};

/// An entry that names its successor.
#[derive(Debug)]
pub(super) struct Link {
    /// The entry's place in its list.
    pub(super) from: usize,
    /// The name of the successor.
    pub(super) to: String,
    /// Where it is written.
    pub(super) span: Span,
}

/// A circle is named in full up to so many entries.
const NAMED: usize = 8;

/// Reports successors that do not exist, and circles; `links` are in the order of their entries.
///
/// `normal` gives the form in which names are compared, `unknown` the finding for a missing one.
pub(super) fn check(
    names: &[&str],
    links: &[Link],
    normal: impl Fn(&str) -> String,
    diags: &mut Vec<Diagnostic>,
    mut unknown: impl FnMut(&Link) -> Diagnostic,
) {
    if links.is_empty() {
        return;
    }
    let mut places: HashMap<String, usize> = HashMap::with_capacity(names.len());
    for (place, name) in names.iter().enumerate() {
        places.entry(normal(name)).or_insert(place);
    }
    let mut edges: Vec<(usize, usize, Span)> = Vec::with_capacity(links.len());
    for link in links {
        match places.get(&normal(&link.to)) {
            Some(to) => edges.push((link.from, *to, link.span)),
            None => diags.push(unknown(link)),
        }
    }
    circles(names, &edges, diags);
}

/// Walks every chain once, without recursion: a chain may be as long as the registry.
fn circles(names: &[&str], edges: &[(usize, usize, Span)], diags: &mut Vec<Diagnostic>) {
    let own = |place: usize| {
        let first = edges.partition_point(|(from, ..)| *from < place);
        let count = edges[first..].partition_point(|(from, ..)| *from == place);
        first..first + count
    };
    let mut done = vec![false; names.len()];
    // Where an entry stands in the chain that is being walked.
    let mut depth: Vec<Option<usize>> = vec![None; names.len()];
    for start in 0..names.len() {
        let mut chain: Vec<(usize, std::ops::Range<usize>)> = Vec::new();
        if !done[start] {
            depth[start] = Some(0);
            chain.push((start, own(start)));
        }
        while let Some((place, left)) = chain.last_mut() {
            let Some(edge) = left.next() else {
                (done[*place], depth[*place]) = (true, None);
                chain.pop();
                continue;
            };
            let (_, to, span) = edges[edge];
            if let Some(first) = depth[to] {
                let circle = chain[first..].iter().map(|(place, _)| names[*place]);
                diags.push(findings::successor_circle(span, &named(circle, names[to])));
            } else if !done[to] {
                depth[to] = Some(chain.len());
                chain.push((to, own(to)));
            }
        }
    }
}

/// `a → b → a`; the middle of a long circle is left out.
fn named<'a>(circle: impl ExactSizeIterator<Item = &'a str>, first: &'a str) -> String {
    let long = circle.len() > NAMED;
    let mut words: Vec<&str> = circle.take(NAMED).collect();
    if long {
        words.push("…");
    }
    words.push(first);
    words.join(" → ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{FileId, Message};

    /// The circles of a small graph, as written in their findings.
    fn found(names: &[&str], links: &[(usize, &str)]) -> Vec<String> {
        let span = Span::start_of(FileId(0));
        let links: Vec<Link> = links
            .iter()
            .map(|(from, to)| Link {
                from: *from,
                to: (*to).to_owned(),
                span,
            })
            .collect();
        let mut diags = Vec::new();
        check(names, &links, str::to_owned, &mut diags, |link| {
            findings::unknown_successor(link.span, &link.to, None)
        });
        let said = |message: &Message| match &message.args[0].1 {
            crate::diag::Arg::Text(text) => text.clone(),
            other => format!("{other:?}"),
        };
        diags.iter().map(|diag| said(&diag.message)).collect()
    }

    #[test]
    fn circles_are_named_and_chains_are_fine() {
        assert_eq!(found(&["a", "b"], &[(0, "b")]), [""; 0]);
        assert_eq!(found(&["a"], &[(0, "a")]), ["a → a"]);
        assert_eq!(
            found(&["a", "b", "c"], &[(0, "b"), (1, "c"), (2, "b")]),
            ["b → c → b"]
        );
        assert_eq!(found(&["a"], &[(0, "x")]), ["x"]);
        let two_ways = [(0, "b"), (0, "c"), (1, "d"), (2, "d")];
        assert_eq!(found(&["a", "b", "c", "d"], &two_ways), [""; 0]);
    }

    #[test]
    fn a_circle_as_long_as_the_registry_is_walked_and_cut() {
        let names: Vec<String> = (0..20_000).map(|n| n.to_string()).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let links: Vec<(usize, &str)> = (0..names.len())
            .map(|n| (n, names[(n + 1) % names.len()]))
            .collect();
        assert_eq!(
            found(&names, &links),
            ["0 → 1 → 2 → 3 → 4 → 5 → 6 → 7 → … → 0"]
        );
    }
}
