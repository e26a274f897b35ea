//! Articles on the same topics.

use rayon::prelude::*;

use super::shown::Topics;
use crate::model::{PageId, Site, State};

/// How many articles stand below another one.
const SHOWN: usize = 4;

/// How far from an article others are looked for in the list of a topic, to either side. A bound, so that
/// the work grows with the number of articles and not with its square.
const REACH: usize = 4;

/// Of every page of the site, what to read next: articles that share most topics, then those nearest in
/// time. What the page links to as the one before and the one after it is not among them.
pub(super) fn related<'a>(
    site: &Site,
    pages: &[PageId],
    topics: impl Iterator<Item = &'a Topics>,
    beside: &[(Option<PageId>, Option<PageId>)],
) -> Vec<Vec<PageId>> {
    let mut rank = vec![0; site.pages.len()];
    for (place, id) in pages.iter().enumerate() {
        rank[id.0] = place;
    }
    let mut near: Vec<Vec<PageId>> = vec![Vec::new(); site.pages.len()];
    for (_, list) in topics.flat_map(Topics::values) {
        for (place, id) in list.iter().enumerate() {
            let from = place.saturating_sub(REACH);
            let around = list[from..].iter().take(place - from + REACH + 1);
            near[id.0].extend(around.filter(|other| *other != id));
        }
    }
    near.par_iter_mut()
        .enumerate()
        .map(|(place, near)| best(site, PageId(place), near, &rank, beside[place]))
        .collect()
}

/// The best of the pages near one; a page is there once for each topic that both have.
fn best(
    site: &Site,
    page: PageId,
    near: &mut [PageId],
    rank: &[usize],
    (older, newer): (Option<PageId>, Option<PageId>),
) -> Vec<PageId> {
    near.sort_unstable();
    let groups = near.chunk_by(|a, b| a == b);
    let mut scored: Vec<(usize, usize, PageId)> = groups
        .filter_map(|same| Some((same.len(), *same.first()?)))
        .filter(|(_, id)| Some(*id) != older && Some(*id) != newer)
        .filter(|(_, id)| site.page(*id).state != State::Expired)
        .map(|(shared, id)| {
            let apart = rank[id.0].abs_diff(rank[page.0]);
            (usize::MAX - shared, apart, id)
        })
        .collect();
    scored.sort_unstable();
    scored
        .into_iter()
        .take(SHOWN)
        .map(|(_, _, id)| id)
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::channel::web::testing::{page, with_web};

    #[test]
    fn articles_with_more_topics_in_common_come_first() {
        let files = [
            page("a", 20, "topics: [Lửa, Nước]"),
            page("b", 19, "topics: [Lửa]"),
            page("c", 1, "topics: [Lửa, Nước]"),
            page("x/d", 18, "topics: [lửa]\nexpires_at: 2026-08-18"),
            page("e", 17, "topics: [Khác]"),
            page("f", 16, ""),
        ];
        with_web(&files, "", |web| {
            let id = |slug: &str| {
                web.site
                    .pages
                    .iter()
                    .find(|page| page.slug == slug)
                    .unwrap()
                    .id
            };
            let names = |slug: &str| -> Vec<String> {
                let ids = web.shown.related(id(slug)).iter();
                ids.map(|id| web.site.page(*id).slug.clone()).collect()
            };
            // b is beside a; d no longer holds.
            assert_eq!(names("a"), ["c"]);
            assert_eq!(names("c"), ["a", "b"]);
            assert_eq!(names("d"), ["b", "a", "c"]);
            assert!(names("e").is_empty() && names("f").is_empty());
        });
    }

    #[test]
    fn a_topic_of_many_articles_costs_no_more_for_each() {
        let files: Vec<(String, String)> = (0..600)
            .map(|n| page(&format!("n{n:03}"), 1 + n % 28, "topics: [Một]"))
            .collect();
        with_web(&files, "", |web| {
            for page in &web.site.pages {
                assert!(web.shown.related(page.id).len() <= super::SHOWN);
            }
            let first = web.shown.pages[300];
            assert_eq!(web.shown.related(first).len(), super::SHOWN);
        });
    }
}
