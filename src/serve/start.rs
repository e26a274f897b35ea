//! The start page: every edition with its counts, what was found, and which pages want somebody's eye.

use jiff::ToSpan;
use jiff::civil::Date;

use super::board::Shown;
use crate::channel::markup::escaped;
use crate::channel::{Tally, address};
use crate::diag::{Catalogue, Message, Span};
use crate::facts::{self, Fact};
use crate::model::{ContactId, DocumentId, Edition, Held, Page, Site, State};

/// What ends within so many days is due.
const SOON: i64 = 30;
/// A list shows no more than these.
const MOST: usize = 30;

/// What the start page tells of a build.
#[derive(Debug, Default)]
pub(super) struct Overview {
    title: String,
    editions: Vec<Row>,
    lists: Vec<List>,
}

#[derive(Debug)]
struct Row {
    name: String,
    channel: String,
    tally: Tally,
}

/// Pages or facts that have something in common.
#[derive(Debug)]
struct List {
    /// What: a catalogue entry with a `count`.
    what: &'static str,
    total: usize,
    /// The first of them.
    items: Vec<Item>,
}

#[derive(Debug)]
struct Item {
    title: String,
    /// Where to look at it; empty when no edition shows it.
    href: String,
    /// The day that matters, if any.
    day: Option<Date>,
}

impl Overview {
    pub(super) fn of(site: &Site, tallies: &[(String, Tally)]) -> Overview {
        let editions = site.config.editions.iter().map(|edition| Row {
            name: edition.name.clone(),
            channel: edition.channel.clone(),
            tally: tallies
                .iter()
                .find(|(name, _)| *name == edition.name)
                .map(|(_, tally)| *tally)
                .unwrap_or_default(),
        });
        let due = due_soon(site);
        let lists = vec![
            pages(site, "serve-drafts", |page| {
                (page.held == Some(Held::Draft)).then_some(None)
            }),
            pages(site, "serve-scheduled", |page| match page.held {
                Some(Held::Until(start)) => Some(Some(start.date())),
                _ => None,
            }),
            pages(site, "serve-unapproved", |page| {
                (page.unapproved && page.held.is_none()).then_some(None)
            }),
            pages(site, "serve-expired", |page| {
                (page.state == State::Expired)
                    .then(|| page.meta.expires_at.map(jiff::civil::DateTime::date))
            }),
            ending(site, &due),
            wanting(site, &due),
        ];
        Overview {
            title: site.config.title.clone(),
            editions: editions.collect(),
            lists: lists.into_iter().filter(|list| list.total > 0).collect(),
        }
    }
}

/// What changes by itself before long.
fn due_soon(site: &Site) -> Vec<facts::Item> {
    let last = site.today.saturating_add(SOON.days());
    let mut due = facts::due(site);
    due.retain(|one| one.on <= last);
    due
}

/// Pages that soon end or lose their text, each with the first day on which that holds.
fn ending(site: &Site, due: &[facts::Item]) -> List {
    let item = |one: &facts::Item| {
        let page = site.pages.iter().find(|page| page.file == one.span.file)?;
        Some(Item {
            title: page.meta.title.clone(),
            href: href(site, page),
            day: Some(one.on),
        })
    };
    let ends = |one: &&facts::Item| matches!(one.due, facts::Due::Ends | facts::Due::Withdrawn);
    let ends: Vec<&facts::Item> = due.iter().filter(ends).collect();
    List {
        what: "serve-due",
        total: ends.len(),
        items: ends.into_iter().take(MOST).filter_map(item).collect(),
    }
}

/// Facts that want somebody's eye: those that no longer hold or were not checked for long, without a
/// day, and those of which that will soon be true.
fn wanting(site: &Site, due: &[facts::Item]) -> List {
    let (contacts, documents) = (&site.facts.contacts, &site.facts.documents);
    let named = contacts
        .iter()
        .zip((0..).map(|place| Fact::Contact(ContactId(place))))
        .map(|(contact, fact)| (fact, contact.span, contact.name.clone()));
    let language = &site.config.language;
    let numbered = documents
        .iter()
        .zip((0..).map(|place| Fact::Document(DocumentId(place))))
        .map(|(document, fact)| (fact, document.span, document.name(language)));
    let all: Vec<(Fact, Span, String)> = named.chain(numbered).collect();
    let late = all.iter().filter(|(fact, ..)| {
        let state = facts::state_of(site, *fact);
        matches!(state, facts::State::Stale | facts::State::Expired)
    });
    let soon = due
        .iter()
        .filter(|one| matches!(one.due, facts::Due::Expires | facts::Due::Stale))
        .map(|one| {
            let known = all.iter().find(|(_, span, _)| *span == one.span);
            let title = known.map_or(&one.what, |(.., title)| title);
            (title, Some(one.on))
        });
    let items = late.map(|(.., title)| (title, None)).chain(soon);
    let items: Vec<Item> = items
        .map(|(title, day)| Item {
            title: title.clone(),
            href: String::new(),
            day,
        })
        .collect();
    List {
        what: "serve-facts",
        total: items.len(),
        items: items.into_iter().take(MOST).collect(),
    }
}

/// The pages for which `wanted` says yes, with the day that it names.
fn pages(site: &Site, what: &'static str, wanted: impl Fn(&Page) -> Option<Option<Date>>) -> List {
    let found = || {
        site.pages
            .iter()
            .filter_map(|page| Some((page, wanted(page)?)))
    };
    let items = found().take(MOST).map(|(page, day)| Item {
        title: page.meta.title.clone(),
        href: href(site, page),
        day,
    });
    List {
        what,
        total: found().count(),
        items: items.collect(),
    }
}

/// Where to look at a page: in the first web edition that shows it, else at the list of the first other one.
fn href(site: &Site, page: &Page) -> String {
    let shows = |edition: &&Edition| page.is_in(&edition.name, &edition.channel);
    let mut editions = site.config.editions.iter().filter(shows);
    let web = editions
        .clone()
        .find(|edition| address::base_url(edition).is_some());
    match (web, editions.next()) {
        (Some(edition), _) => format!(
            "/{}/{}",
            address::file(&edition.name),
            address::page(site, page)
        ),
        (None, Some(edition)) => format!("/{}/", address::file(&edition.name)),
        (None, None) => String::new(),
    }
}

/// The start page in HTML.
pub(super) fn page(shown: &Shown, catalogue: &Catalogue) -> String {
    let overview = &shown.overview;
    let say = |id: &'static str| coded(&escaped(&catalogue.say(&Message::new(id))));
    let count = |id: &'static str, count: usize| {
        escaped(&catalogue.say(&Message::new(id).with("count", count))).into_owned()
    };
    let title = if overview.title.is_empty() {
        "loa".to_owned()
    } else {
        escaped(&overview.title).into_owned()
    };
    let mut out = super::pages::head(catalogue.language().tag(), &title);
    out.push_str(&format!(
        "<h1>{title}</h1>\n<p class=\"note\">{}</p>\n<ul class=\"editions\">\n",
        say("serve-note")
    ));
    for row in &overview.editions {
        out.push_str(&edition(row, catalogue));
    }
    out.push_str(&format!("</ul>\n<h2>{}</h2>\n", say("serve-findings")));
    let findings = &shown.findings;
    let class = if findings.errors() > 0 {
        " class=\"bad\""
    } else {
        ""
    };
    out.push_str(&format!(
        "<p{class}>{}, {}</p>\n",
        count("serve-errors", findings.errors()),
        count("cli-warnings", findings.warnings())
    ));
    let mut codes = findings.pages.codes.clone();
    for (code, number) in &findings.leaflets.codes {
        *codes.entry(*code).or_default() += number;
    }
    if !codes.is_empty() {
        out.push_str("<ul class=\"codes\">\n");
        for ((_, code), number) in &codes {
            out.push_str(&format!("<li><code>{code}</code> {number}</li>\n"));
        }
        out.push_str(&format!(
            "</ul>\n<p class=\"note\">{}</p>\n",
            say("serve-explain")
        ));
    }
    for list in &overview.lists {
        out.push_str(&details(list, catalogue));
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

/// What messages put between grave accents, as code.
fn coded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (place, piece) in text.split('`').enumerate() {
        match place % 2 {
            0 => out.push_str(piece),
            _ => out.push_str(&format!("<code>{piece}</code>")),
        }
    }
    out
}

fn edition(row: &Row, catalogue: &Catalogue) -> String {
    let number = |id: &'static str, number: usize| {
        (number > 0).then(|| format!("{number} {}", catalogue.say(&Message::new(id))))
    };
    let channel = match row.channel.as_str() {
        "web" => Some("serve-web"),
        "speech" => Some("serve-speech"),
        "print" => Some("serve-print"),
        "pack" => Some("serve-pack"),
        _ => None,
    };
    let channel = channel.map_or(row.channel.clone(), |id| catalogue.say(&Message::new(id)));
    let counts: Vec<String> = [
        Some(channel),
        number("cli-pages", row.tally.pages),
        number("cli-scripts", row.tally.scripts),
        number("cli-minutes", row.tally.seconds.div_ceil(60)),
        number("cli-leaflets", row.tally.leaflets),
    ]
    .into_iter()
    .flatten()
    .collect();
    format!(
        "<li><a href=\"/{}/\">{}</a> <span>{}</span></li>\n",
        address::file(&row.name),
        escaped(&row.name),
        escaped(&counts.join(" · "))
    )
}

fn details(list: &List, catalogue: &Catalogue) -> String {
    let count = |id: &'static str, count: usize| {
        escaped(&catalogue.say(&Message::new(id).with("count", count))).into_owned()
    };
    let mut out = format!(
        "<details>\n<summary>{}</summary>\n<ul>\n",
        count(list.what, list.total)
    );
    for item in &list.items {
        let title = escaped(&item.title);
        let title = if item.href.is_empty() {
            title.into_owned()
        } else {
            format!("<a href=\"{}\">{title}</a>", escaped(&item.href))
        };
        let day = item
            .day
            .map(|day| {
                format!(
                    " <time datetime=\"{day}\">{:02}/{:02}/{}</time>",
                    day.day(),
                    day.month(),
                    day.year()
                )
            })
            .unwrap_or_default();
        out.push_str(&format!("<li>{title}{day}</li>\n"));
    }
    let more = list.total - list.items.len();
    if more > 0 {
        out.push_str(&format!("<li>{}</li>\n", count("serve-more", more)));
    }
    out.push_str("</ul>\n</details>\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::{Tree, parse};

    #[test]
    fn what_is_due_is_told_with_the_first_day_on_which_it_holds() {
        let page = |more: &str| {
            format!("---\ntitle: T\nsummary: S.\ndate: 2026-08-01\n{more}\n---\n[[b]]\n")
        };
        let contact = |key: &str, more: &str| {
            format!("- {{key: {key}, name: Số {key}, phone: \"113\", source: sổ, {more}}}\n")
        };
        let contacts = [
            contact("a", "checked_on: 2026-08-01, valid_until: 2026-09-01"),
            contact("b", "checked_on: 2025-09-01"),
            contact("c", "checked_on: 2020-01-01"),
            contact("d", "checked_on: 2026-08-01"),
        ];
        let tree = Tree::of(&[
            (
                "loa.yaml",
                "title: Thử\neditions: {bao: {channel: web, theme: newspaper, base_url: \"https://bao.example/\"}}\n",
            ),
            ("content/_facts/contacts.yaml", &contacts.concat()),
            ("content/x.md", &page("expires_at: 2026-08-31")),
            (
                "content/y.md",
                &page("withdrawn: {on: 2026-08-25, reason: Nhầm.}"),
            ),
            ("content/z.md", &page("expires_at: 2026-12-31")),
        ]);
        let site = parse(&tree, jiff::civil::date(2026, 8, 19), &["web"]).site;
        let overview = Overview::of(&site, &[]);
        let lists: Vec<String> = overview
            .lists
            .iter()
            .flat_map(|list| {
                let day = |item: &Item| item.day.map(|day| day.to_string()).unwrap_or_default();
                let line = move |item: &Item| format!("{} {} {}", list.what, item.title, day(item));
                list.items.iter().map(line)
            })
            .collect();
        assert_eq!(
            lists,
            [
                "serve-due T 2026-08-25",
                "serve-due T 2026-09-01",
                "serve-facts Số c ",
                "serve-facts Số a 2026-09-02",
                "serve-facts Số b 2026-09-02",
            ]
        );
    }
}
