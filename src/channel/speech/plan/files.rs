//! A plan as a page, a log sheet, a calendar and a table.

use jiff::civil::{Date, DateTime};

use super::{Bulletin, Item, Plan, Sitting, plan};
use crate::channel::Out;
use crate::channel::calendar::{self, Entry};
use crate::channel::speech::files::file;
use crate::channel::speech::{LANGUAGE, Programme, first_day, script};
use crate::diag::Span;
use crate::model::{Page, Schedule};
use crate::theme::script_view::{LeftView, PlanDayView, PlanItemView, PlanSessionView, PlanView};
use crate::theme::{Context, value};

/// The folder of a plan in that of its commune, and what its files are called.
pub(in crate::channel::speech) const FOLDER: &str = "lich-phat/";
const NAME: &str = "lich-phat";
const LOG: &str = "so-nhat-ky.html";

/// So many bulletins without a place are named before the rest is counted.
const NAMED: usize = 30;

/// What files of one plan share.
struct Desk<'a, 'b> {
    programme: &'b Programme<'a>,
    pages: &'b [(&'a Page, Bulletin)],
    plan: &'b Plan,
}

impl<'a> Programme<'a> {
    /// Whether any plan is made.
    pub(in crate::channel::speech) fn plans(&self) -> bool {
        (0..self.communes.len()).any(|place| self.schedule(place).is_some())
    }

    /// The sessions of a commune for which a plan is made.
    pub(in crate::channel::speech) fn schedule(&self, place: usize) -> Option<&'a Schedule> {
        let site = self.job.site;
        let schedule = site.facts.commune(self.communes[place]?).schedule.as_ref();
        schedule.filter(|one| self.settings.plan > 0 && !one.sessions.is_empty())
    }

    /// The plan of a commune with sessions.
    pub(in crate::channel::speech) fn write_plan(
        &self,
        place: usize,
        out: &Out<'_>,
    ) -> Result<(), String> {
        let (Some(schedule), Some(id)) = (self.schedule(place), self.communes[place]) else {
            return Ok(());
        };
        let (site, days) = (self.job.site, self.settings.plan);
        let pages: Vec<(&Page, Bulletin)> = self
            .made()
            .map(|(page, summary)| (page, bulletin(page, summary.seconds(place), site.today)))
            .collect();
        let bulletins: Vec<Bulletin> = pages.iter().map(|(_, one)| *one).collect();
        let plan = plan(schedule, &bulletins, site.today, days);
        let desk = Desk {
            programme: self,
            pages: &pages,
            plan: &plan,
        };
        let commune = site.facts.commune(id);
        let name = commune.full_name();
        let folder = format!("{}{FOLDER}", self.folder(place));
        let from = commune.span;
        let mut context = Context::new();
        context.insert_value("t", self.words.clone());
        let longest = schedule.sessions.iter().map(|one| one.minutes).max();
        context.insert_value("plan", value(&desk.view(&name, longest.unwrap_or(0))));
        for (template, file_name) in [("plan.html", "index.html"), ("log.html", LOG)] {
            let html = self.templates.file(template, &context, 16 << 10)?;
            out.file(file(
                format!("{folder}{file_name}"),
                "text/html",
                html,
                from,
            ));
        }
        let write = |ending: &str, media, text: String, from: Span| {
            out.file(file(format!("{folder}{NAME}.{ending}"), media, text, from));
        };
        let key = format!("{}.{}@loa", commune.code, self.job.edition.name);
        write("ics", "text/calendar", desk.calendar(&name, &key), from);
        write("csv", "text/csv", desk.table(), from);
        Ok(())
    }
}

fn bulletin(page: &Page, seconds: usize, today: Date) -> Bulletin {
    // What has a script today may be read today, whatever day stands above it.
    let from = page.meta.publish_at.and_then(|_| first_day(page));
    Bulletin {
        seconds,
        repeat: script::repeat(page),
        priority: page.meta.priority,
        from: from.unwrap_or_else(|| page.meta.date.unwrap_or(today).min(today)),
        until: page.meta.expires_at.map(DateTime::date),
    }
}

impl Desk<'_, '_> {
    fn word(&self, name: &'static str) -> &str {
        self.programme.job.theme.word(LANGUAGE, name)
    }

    fn view(&self, commune: &str, longest: u32) -> PlanView {
        let today = self.programme.job.site.today;
        let span = jiff::Span::new().days(i64::from(self.programme.settings.plan) - 1);
        let mut days: Vec<PlanDayView> = Vec::new();
        for sitting in &self.plan.sittings {
            let day = self.weekday(sitting.at.date());
            let session = self.session(sitting);
            match days.last_mut() {
                Some(last) if last.day == day => last.sessions.push(session),
                _ => days.push(PlanDayView {
                    day,
                    sessions: vec![session],
                }),
            }
        }
        let left = self.plan.left.iter().map(|at| {
            let (page, bulletin) = &self.pages[*at];
            LeftView {
                title: page.meta.title.clone(),
                sheet: self.sheet(page),
                duration: self.duration(bulletin.seconds),
                too_long: bulletin.seconds > longest as usize * 60,
            }
        });
        PlanView {
            commune: commune.to_owned(),
            from: short(today),
            until: short(today.checked_add(span).unwrap_or(today)),
            days,
            left: left.take(NAMED).collect(),
            more: self.plan.left.len().saturating_sub(NAMED),
        }
    }

    fn session(&self, sitting: &Sitting) -> PlanSessionView {
        let used = sitting.used();
        PlanSessionView {
            at: clock(sitting.at),
            ends: clock(sitting.ends()),
            minutes: sitting.minutes,
            used: if used > 0 {
                self.duration(used)
            } else {
                String::new()
            },
            items: sitting.items.iter().map(|item| self.item(item)).collect(),
        }
    }

    fn item(&self, item: &Item) -> PlanItemView {
        let (page, bulletin) = &self.pages[item.bulletin];
        let (job, words) = (self.programme.job, script::priority(page));
        PlanItemView {
            at: item.at.strftime("%H:%M:%S").to_string(),
            title: page.meta.title.clone(),
            sheet: self.sheet(page),
            repeats: item.repeats,
            duration: self.duration(item.seconds),
            priority: page.meta.priority.name().to_owned(),
            class: self.word(words).to_owned(),
            valid_from: short(bulletin.from),
            valid_until: bulletin.until.map(short).unwrap_or_default(),
            approval: script::approval(job, page),
            stamp: self.programme.stamps(page).join(", "),
        }
    }

    /// The address of a sheet from the folder of the plan.
    fn sheet(&self, page: &Page) -> String {
        format!("../{}", self.programme.first_file(page))
    }

    /// `3 phút 10 giây`.
    fn duration(&self, seconds: usize) -> String {
        let (minutes, rest) = (seconds / 60, seconds % 60);
        let mut parts = Vec::new();
        if minutes > 0 {
            parts.push(format!("{minutes} {}", self.word("minutes")));
        }
        if rest > 0 || minutes == 0 {
            parts.push(format!("{rest} {}", self.word("seconds")));
        }
        parts.join(" ")
    }

    /// `Thứ Hai, 23/11/2026`.
    fn weekday(&self, day: Date) -> String {
        const NAMES: [&str; 7] = [
            "weekday_1",
            "weekday_2",
            "weekday_3",
            "weekday_4",
            "weekday_5",
            "weekday_6",
            "weekday_7",
        ];
        let place = usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or(0);
        format!("{}, {}", self.word(NAMES[place]), short(day))
    }

    /// One entry for each session in which something is read.
    fn calendar(&self, commune: &str, key: &str) -> String {
        let stamp = self.programme.job.site.today.at(0, 0, 0, 0);
        let sittings = self
            .plan
            .sittings
            .iter()
            .filter(|one| !one.items.is_empty());
        let entry = |sitting: &Sitting| {
            let lines = sitting.items.iter().map(|item| {
                let view = self.item(item);
                let stamp = match view.stamp.as_str() {
                    "" => String::new(),
                    stamp => format!(" [{stamp}]"),
                };
                format!(
                    "{} {} ({}, {} {}){stamp}",
                    view.at,
                    view.title,
                    view.duration,
                    view.repeats,
                    self.word("times")
                )
            });
            Entry {
                uid: format!("{}.{key}", sitting.at.strftime("%Y%m%dT%H%M")),
                title: format!("{} {commune}", self.word("session_of")),
                description: lines.collect::<Vec<_>>().join("\n"),
                place: commune.to_owned(),
                address: String::new(),
                stamp,
                starts: sitting.at,
                ends: sitting.ends(),
            }
        };
        calendar::file(sittings.map(entry))
    }

    /// A table for spreadsheets: with a byte order mark and line ends as those on Windows want them.
    fn table(&self) -> String {
        const COLUMNS: [&str; 11] = [
            "plan_day",
            "plan_session",
            "plan_at",
            "plan_title",
            "plan_file",
            "plan_repeats",
            "plan_seconds",
            "head_priority",
            "plan_from",
            "plan_until",
            "head_approval",
        ];
        let mut out = String::from("\u{feff}");
        row(&mut out, COLUMNS.map(|name| self.word(name).to_owned()));
        for sitting in &self.plan.sittings {
            for item in &sitting.items {
                let view = self.item(item);
                let file = view.sheet.trim_start_matches("../").to_owned();
                let approval = match view.stamp.as_str() {
                    "" => view.approval,
                    stamp => stamp.to_owned(),
                };
                let cells = [
                    short(sitting.at.date()),
                    clock(sitting.at),
                    view.at,
                    view.title,
                    file,
                    view.repeats.to_string(),
                    item.seconds.to_string(),
                    view.class,
                    view.valid_from,
                    view.valid_until,
                    approval,
                ];
                row(&mut out, cells);
            }
        }
        out
    }
}

/// A line of a table. A spreadsheet would take a cell that begins with a sign for a formula.
fn row<const N: usize>(out: &mut String, cells: [String; N]) {
    let cells = cells.map(|cell| {
        let guard = if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
            "'"
        } else {
            ""
        };
        format!("\"{guard}{}\"", cell.replace('"', "\"\""))
    });
    out.push_str(&cells.join(","));
    out.push_str("\r\n");
}

fn clock(at: DateTime) -> String {
    at.strftime("%H:%M").to_string()
}

/// Days below ten and the first two months take a zero, as in official documents.
fn short(day: Date) -> String {
    let (number, month, year) = (day.day(), day.month(), day.year());
    let zero = if month < 3 { "0" } else { "" };
    format!("{number:02}/{zero}{month}/{year}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_never_a_formula() {
        let mut out = String::new();
        row(&mut out, ["=1+1".to_owned(), "a \"b\"".to_owned()]);
        assert_eq!(out, "\"'=1+1\",\"a \"\"b\"\"\"\r\n");
    }
}
