//! The dated archive: all articles by month, for themes that have a page for it.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::pages::page;
use super::structured;
use super::views::{Web, names};
use crate::channel::Out;
use crate::model::{Digester, PageId, Site};
use crate::theme::value;
use crate::theme::view::{DayView, HeadView, LinkView, MonthView, PagerView, YearView};

/// The pages of months, newest first, by the first day of the month.
pub(super) type Months = BTreeMap<Date, Vec<PageId>>;

/// Lines on one page of a month.
const LINES: usize = 200;

/// The months of each language that has any.
pub(super) fn months(site: &Site, newest_first: &[PageId]) -> BTreeMap<String, Months> {
    let mut out: BTreeMap<String, Months> = BTreeMap::new();
    for id in newest_first {
        let page = site.page(*id);
        let Some(day) = page.meta.date else { continue };
        if !out.contains_key(&page.language) {
            out.insert(page.language.clone(), Months::new());
        }
        if let Some(months) = out.get_mut(&page.language) {
            months.entry(day.first_of_month()).or_default().push(*id);
        }
    }
    out
}

/// Adds how many articles each month has.
pub(super) fn key(web: &Web<'_>, language: &str, key: &mut Digester) {
    for (month, pages) in web.archive.get(language).into_iter().flatten() {
        key.text(&month.to_string()).number(pages.len());
    }
}

/// The folder of all months.
fn folder(web: &Web<'_>, language: &str) -> String {
    let prefix = web.site.config.language_prefix(language);
    format!("{prefix}{}/", names(language).archive)
}

fn month_folder(web: &Web<'_>, language: &str, month: Date) -> String {
    let folder = folder(web, language);
    format!("{folder}{}/{:02}/", month.year(), month.month())
}

fn month_name(web: &Web<'_>, language: &str, month: Date) -> String {
    let pattern = web.word(language, "month_format");
    web.dates(language).month(month, pattern)
}

fn way(web: &Web<'_>, language: &str) -> Vec<LinkView> {
    let archive = LinkView {
        title: web.word(language, "archive").to_owned(),
        url: web.url(&folder(web, language)),
    };
    vec![super::lists::home(web, language), archive]
}

/// The list of months.
pub(super) fn index(web: &Web<'_>, language: &str, out: &mut Out<'_>) {
    let Some(months) = web.archive.get(language) else {
        return;
    };
    let mut years: Vec<YearView> = Vec::new();
    for (month, pages) in months.iter().rev() {
        if years.last().is_none_or(|year| year.year != month.year()) {
            years.push(YearView {
                year: month.year(),
                months: Vec::new(),
            });
        }
        let view = MonthView {
            title: month_name(web, language, *month),
            url: web.url(&month_folder(web, language, *month)),
            count: web.count(pages.len(), language),
        };
        if let Some(year) = years.last_mut() {
            year.months.push(view);
        }
    }
    let path = folder(web, language);
    let all = web.archive.keys();
    let paths: Vec<(String, String)> = all.map(|one| (one.clone(), folder(web, one))).collect();
    let breadcrumbs = way(web, language);
    let title = web.word(language, "archive").to_owned();
    let head = HeadView {
        description: web.word(language, "archive_note").to_owned(),
        ..super::lists::head(web, title, &path, &paths, breadcrumbs)
    };
    let mut context = web.context(language, &head);
    context.insert_value("years", value(&years));
    let file = format!("{path}index.html");
    page(web, &file, "archive.html", &context, Vec::new(), out);
}

/// The pages of one month.
pub(super) fn month(web: &Web<'_>, language: &str, month: Date, out: &mut Out<'_>) {
    let months = web.archive.get(language);
    let Some(pages) = months.and_then(|months| months.get(&month)) else {
        return;
    };
    let first = month_folder(web, language, month);
    let total = pages.len().div_ceil(LINES);
    let path = |number: usize| match number {
        0 => None,
        1 => Some(first.clone()),
        _ if number > total => None,
        _ => Some(format!("{first}{}/{number}/", names(language).page)),
    };
    for (number, part) in (1..).zip(pages.chunks(LINES)) {
        let Some(own) = path(number) else { continue };
        let url = |number| path(number).map(|path| web.url(&path)).unwrap_or_default();
        let pager = PagerView {
            number,
            total,
            previous: url(number - 1),
            next: url(number + 1),
        };
        let mut breadcrumbs = way(web, language);
        breadcrumbs.push(LinkView {
            title: month_name(web, language, month),
            url: web.url(&first),
        });
        let mut title = month_name(web, language, month);
        if number > 1 {
            title = format!("{title} – {} {number}", web.word(language, "page"));
        }
        let head = HeadView {
            title,
            url: web.url(&own),
            canonical: web.absolute(&own),
            og_type: "website".to_owned(),
            json_ld: structured::list(web, &breadcrumbs),
            breadcrumbs,
            ..HeadView::default()
        };
        let mut context = web.context(language, &head);
        context.insert_value("title", value(&month_name(web, language, month)));
        context.insert_value("days", value(&days(web, language, part)));
        context.insert_value("pager", value(&pager));
        let from = part.first().map(|id| web.site.page(*id).span);
        let file = format!("{own}index.html");
        page(
            web,
            &file,
            "month.html",
            &context,
            from.into_iter().collect(),
            out,
        );
    }
}

/// Pages of a month by day.
fn days(web: &Web<'_>, language: &str, pages: &[PageId]) -> Vec<DayView> {
    let day = |id: &PageId| web.site.page(*id).meta.date;
    let groups = pages.chunk_by(|a, b| day(a) == day(b));
    let view = |group: &[PageId]| {
        let date = group.first().and_then(day)?;
        Some(DayView {
            day: web.dates(language).day(date),
            cards: web.cards(group),
        })
    };
    groups.filter_map(view).collect()
}
