//! Showing what is not published yet, to whoever is writing it.

use std::cmp::Reverse;

use super::site::{shown_as, without_text};
use crate::model::{Site, State};

/// Makes drafts and scheduled pages part of a site that is only looked at. They keep
/// [`Page::held`](crate::model::Page::held), so that every channel can stamp them. The last step of reading, or no step at all.
pub fn show_held(site: &mut Site) {
    let today = site.today;
    let mut sections = Vec::new();
    for page in site
        .pages
        .iter_mut()
        .filter(|page| page.held.is_some() && page.state == State::Scheduled)
    {
        page.state = shown_as(&page.meta, today);
        page.unapproved &= page.state != State::Withdrawn;
        without_text(page);
        site.sections[page.section.0].pages.push(page.id);
        sections.push(page.section);
    }
    sections.sort_unstable();
    sections.dedup();
    for id in sections {
        let pages = &site.pages;
        site.sections[id.0]
            .pages
            .sort_by_key(|id| (Reverse(pages[id.0].meta.date), *id));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::{Tree, parse};
    use crate::model::{Held, Page};

    #[test]
    fn held_pages_are_shown_and_keep_their_reason() {
        let page =
            |more: &str| format!("---\ntitle: T\nsummary: S.\ndate: 2026-08-01\n{more}---\nChữ.\n");
        let tree = Tree::of(&[
            ("loa.yaml", "title: Thử\neditions: {}\n"),
            (
                "content/a.md",
                &page("draft: true\npublish_at: 2026-09-01\n"),
            ),
            ("content/b.md", &page("publish_at: 2026-09-01\n")),
            (
                "content/c.md",
                &page("draft: true\nexpires_at: 2026-08-02\n"),
            ),
            ("content/d.md", &page("")),
            (
                "content/e.md",
                &page("draft: true\nwithdrawn: {on: 2026-08-02, reason: Nhầm.}\n"),
            ),
        ]);
        let mut site = parse(&tree, jiff::civil::date(2026, 8, 19), &[]).site;
        let shown = |site: &Site| site.pages_of("bao", "web").count();
        assert_eq!((shown(&site), site.sections[0].pages.len()), (1, 1));
        show_held(&mut site);
        assert_eq!((shown(&site), site.sections[0].pages.len()), (5, 5));
        let states: Vec<(State, Option<Held>)> = site
            .pages
            .iter()
            .map(|page: &Page| (page.state, page.held))
            .collect();
        let start = jiff::civil::date(2026, 9, 1).at(0, 0, 0, 0);
        assert_eq!(
            states,
            [
                (State::Current, Some(Held::Draft)),
                (State::Current, Some(Held::Until(start))),
                (State::Expired, Some(Held::Draft)),
                (State::Current, None),
                (State::Withdrawn, Some(Held::Draft)),
            ]
        );
        assert!(site.pages[4].meta.summary.is_empty());
    }
}
