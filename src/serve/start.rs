//! The start page: every edition with its counts, what was found, and which pages want somebody's eye.

use jiff::ToSpan;
use jiff::civil::Date;

use super::board::Shown;
use crate::channel::markup::escaped;
use crate::channel::{Tally, address};
use crate::diag::{Catalogue, Message};
use crate::model::{Edition, Held, Page, Site, State};

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
            pages(site, "serve-due", |page| {
                let end = page.meta.expires_at?.date();
                (page.state == State::Current && end <= soon(site)).then_some(Some(end))
            }),
            facts(site),
        ];
        Overview {
            title: site.config.title.clone(),
            editions: editions.collect(),
            lists: lists.into_iter().filter(|list| list.total > 0).collect(),
        }
    }
}

fn soon(site: &Site) -> Date {
    site.today.saturating_add(SOON.days())
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

/// Facts that nobody has checked for long, or that soon end.
fn facts(site: &Site) -> List {
    let oldest = soon(site).saturating_sub(site.config.stale_after.days());
    let contacts = site.facts.contacts.iter().filter_map(|contact| {
        let ends = contact.valid_until.filter(|end| *end <= soon(site));
        let checked = contact.checked_on.filter(|day| *day <= oldest);
        Some((contact.name.clone(), ends.or(checked)?))
    });
    let documents = site.facts.documents.iter().filter_map(|document| {
        let checked = document.checked_on.filter(|day| *day <= oldest)?;
        Some((document.name(&site.config.language), checked))
    });
    let all: Vec<(String, Date)> = contacts.chain(documents).collect();
    List {
        what: "serve-facts",
        total: all.len(),
        items: all
            .into_iter()
            .take(MOST)
            .map(|(title, day)| Item {
                title,
                href: String::new(),
                day: Some(day),
            })
            .collect(),
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
