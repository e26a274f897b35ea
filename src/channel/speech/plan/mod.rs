//! The broadcast plan of a commune: which bulletin in which session.
//!
//! Bulletins for an emergency stand first in every session. What has priority is read once a day, before the
//! ordinary ones, which take turns: those that were heard least, then the newest. Where time is left, what was heard
//! earlier that day is heard again. A session is never overfull; what is to be read several times is read less often
//! before another one of its class has to be left out.

mod files;

pub(super) use files::FOLDER;

use std::cmp::Reverse;
use std::collections::BTreeSet;

use jiff::civil::{Date, DateTime, Weekday};

use crate::model::{Priority, Schedule};

/// How many ordinary bulletins that do not fit any more are looked at before a session is left as it is.
const LOOKAHEAD: usize = 40;

/// What can be read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bulletin {
    /// One reading.
    pub(super) seconds: usize,
    pub(super) repeat: u32,
    pub(super) priority: Priority,
    /// The first day.
    pub(super) from: Date,
    /// The last day.
    pub(super) until: Option<Date>,
}

/// A bulletin in a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Item {
    /// Its place among all bulletins.
    pub(super) bulletin: usize,
    pub(super) at: DateTime,
    pub(super) repeats: u32,
    /// All readings.
    pub(super) seconds: usize,
}

/// One session of one day.
#[derive(Debug)]
pub(super) struct Sitting {
    pub(super) at: DateTime,
    pub(super) minutes: u32,
    pub(super) items: Vec<Item>,
}

impl Sitting {
    /// When it is over.
    pub(super) fn ends(&self) -> DateTime {
        later(self.at, self.minutes as usize * 60)
    }

    /// Seconds that are spoken for.
    pub(super) fn used(&self) -> usize {
        self.items.iter().map(|item| item.seconds).sum()
    }
}

/// A plan for some days.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) sittings: Vec<Sitting>,
    /// Bulletins of these days that found no place, by their places.
    pub(super) left: Vec<usize>,
}

/// Plans so many days, beginning with `first`.
pub(super) fn plan(schedule: &Schedule, bulletins: &[Bulletin], first: Date, days: u32) -> Plan {
    let mut sessions = schedule.sessions.clone();
    sessions.sort_by_key(|session| (session.at, session.minutes));
    let mut desk = Desk::new(bulletins);
    let mut out = Plan::default();
    let mut day = first;
    for _ in 0..days {
        if is_on_air(schedule, day) {
            desk.turn_to(day);
            for session in &sessions {
                let at = day.to_datetime(session.at);
                out.sittings.push(desk.fill(at, session.minutes));
            }
        }
        let Ok(next) = day.tomorrow() else { break };
        day = next;
    }
    let last = day;
    let here = |one: &Bulletin| one.from < last && one.until.is_none_or(|until| until >= first);
    out.left = (0..bulletins.len())
        .filter(|at| here(&bulletins[*at]) && desk.heard[*at].0 == 0)
        .collect();
    out
}

/// Whether there are sessions on a day; without weekdays there are on every one.
fn is_on_air(schedule: &Schedule, day: Date) -> bool {
    let name = match day.weekday() {
        Weekday::Monday => "mon",
        Weekday::Tuesday => "tue",
        Weekday::Wednesday => "wed",
        Weekday::Thursday => "thu",
        Weekday::Friday => "fri",
        Weekday::Saturday => "sat",
        Weekday::Sunday => "sun",
    };
    schedule.weekdays.is_empty() || schedule.weekdays.iter().any(|day| day == name)
}

/// How often a bulletin was heard, the newest first among equals.
type Turn = (u32, Reverse<Date>, usize);

/// Who comes next.
struct Desk<'a> {
    bulletins: &'a [Bulletin],
    day: Date,
    /// How often each was heard, and in which session last.
    heard: Vec<(u32, Option<DateTime>)>,
    /// Those whose first day has not come, the last one first.
    waiting: Vec<usize>,
    urgent: BTreeSet<Turn>,
    preferred: BTreeSet<Turn>,
    ordinary: BTreeSet<Turn>,
}

impl<'a> Desk<'a> {
    fn new(bulletins: &'a [Bulletin]) -> Desk<'a> {
        let mut waiting: Vec<usize> = (0..bulletins.len()).collect();
        waiting.sort_by_key(|at| Reverse((bulletins[*at].from, *at)));
        Desk {
            bulletins,
            day: Date::MIN,
            heard: vec![(0, None); bulletins.len()],
            waiting,
            urgent: BTreeSet::new(),
            preferred: BTreeSet::new(),
            ordinary: BTreeSet::new(),
        }
    }

    /// Takes in what may be read from this day on.
    fn turn_to(&mut self, day: Date) {
        self.day = day;
        while let Some(place) = self.waiting.pop_if(|at| self.bulletins[*at].from <= day) {
            let Bulletin { priority, from, .. } = self.bulletins[place];
            self.queue(priority).insert((0, Reverse(from), place));
        }
    }

    fn queue(&mut self, priority: Priority) -> &mut BTreeSet<Turn> {
        match priority {
            Priority::Emergency => &mut self.urgent,
            Priority::Priority => &mut self.preferred,
            Priority::Ordinary => &mut self.ordinary,
        }
    }

    /// One session.
    fn fill(&mut self, at: DateTime, minutes: u32) -> Sitting {
        let mut room = minutes as usize * 60;
        let mut items: Vec<(usize, u32)> = Vec::new();
        for priority in [Priority::Emergency, Priority::Priority, Priority::Ordinary] {
            let begin = items.len();
            self.read_once(priority, (at, false), &mut room, &mut items);
            // Only then again: nothing is left out so that something else is heard twice.
            for (bulletin, repeats) in &mut items[begin..] {
                let one = self.bulletins[*bulletin];
                while *repeats < one.repeat && one.seconds <= room {
                    room -= one.seconds;
                    *repeats += 1;
                }
            }
        }
        for priority in [Priority::Priority, Priority::Ordinary] {
            self.read_once(priority, (at, true), &mut room, &mut items);
        }
        // By class again; within one, in the order in which they were taken.
        items.sort_by_key(|(bulletin, _)| Reverse(self.bulletins[*bulletin].priority as u8));
        let mut sitting = Sitting {
            at,
            minutes,
            items: Vec::with_capacity(items.len()),
        };
        for (bulletin, repeats) in items {
            let item = Item {
                bulletin,
                at: later(at, sitting.used()),
                repeats,
                seconds: self.bulletins[bulletin].seconds * repeats as usize,
            };
            sitting.items.push(item);
        }
        sitting
    }

    /// Takes from one queue what fits; what was heard on that day only when it may be heard `again`.
    fn read_once(
        &mut self,
        priority: Priority,
        (at, again): (DateTime, bool),
        room: &mut usize,
        items: &mut Vec<(usize, u32)>,
    ) {
        let mut back = Vec::new();
        let mut misses = 0;
        while let Some(turn) = self.queue(priority).pop_first() {
            let (count, from, place) = turn;
            let one = self.bulletins[place];
            if one.until.is_some_and(|until| until < self.day) {
                continue;
            }
            let last = self.heard[place].1;
            let today = last.is_some_and(|last| last.date() == self.day);
            // Of a day, only an emergency is heard in every session.
            let waits = today && !again && priority != Priority::Emergency;
            if waits || last == Some(at) || one.seconds > *room {
                back.push(turn);
                misses += 1;
                if priority == Priority::Ordinary && misses >= LOOKAHEAD {
                    break;
                }
                continue;
            }
            *room -= one.seconds;
            items.push((place, 1));
            self.heard[place] = (count + 1, Some(at));
            back.push((count + 1, from, place));
        }
        self.queue(priority).extend(back);
    }
}

/// So many seconds later.
fn later(at: DateTime, seconds: usize) -> DateTime {
    let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
    let shift = jiff::Span::new().try_seconds(seconds);
    shift
        .and_then(|shift| at.checked_add(shift))
        .unwrap_or(DateTime::MAX)
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};
    use proptest::prelude::*;

    use super::*;
    use crate::model::Session;

    fn schedule(minutes: &[u32]) -> Schedule {
        let session = |(at, minutes): (usize, &u32)| Session {
            at: time(5 + i8::try_from(at).unwrap() * 6, 0, 0, 0),
            minutes: *minutes,
        };
        Schedule {
            sessions: minutes.iter().enumerate().map(session).collect(),
            weekdays: vec!["mon".to_owned(), "wed".to_owned()],
            rate: None,
        }
    }

    fn bulletin(priority: Priority, seconds: usize, repeat: u32) -> Bulletin {
        Bulletin {
            seconds,
            repeat,
            priority,
            from: date(2026, 8, 1),
            until: None,
        }
    }

    /// Sessions as lists of places, `2x3` read three times.
    fn shown(plan: &Plan) -> Vec<String> {
        let item = |item: &Item| match item.repeats {
            1 => item.bulletin.to_string(),
            times => format!("{}x{times}", item.bulletin),
        };
        let line = |one: &Sitting| one.items.iter().map(item).collect::<Vec<_>>().join(" ");
        plan.sittings.iter().map(line).collect()
    }

    /// A Monday.
    const DAY: Date = date(2026, 8, 17);

    #[test]
    fn emergencies_come_first_and_in_every_session_and_the_others_take_turns() {
        let bulletins = [
            bulletin(Priority::Ordinary, 100, 1),
            bulletin(Priority::Ordinary, 100, 1),
            bulletin(Priority::Priority, 100, 2),
            bulletin(Priority::Emergency, 50, 3),
            bulletin(Priority::Ordinary, 1_000, 1),
        ];
        let plan = plan(&schedule(&[5, 5]), &bulletins, DAY, 7);
        assert_eq!(shown(&plan), ["3x3 2", "3x3 0", "3x3 2", "3x3 1"]);
        assert_eq!(plan.left, [4]);
        assert_eq!(plan.sittings[0].items[1].at, DAY.at(5, 2, 30, 0));
    }

    #[test]
    fn a_bulletin_is_read_on_its_days_only() {
        let mut one = bulletin(Priority::Ordinary, 60, 1);
        one.from = date(2026, 8, 19);
        one.until = Some(date(2026, 8, 24));
        let plan = plan(&schedule(&[5]), &[one], DAY, 14);
        assert_eq!(shown(&plan), ["", "0", "0", ""]);
    }

    proptest! {
        #[test]
        fn no_session_is_overfull_and_nothing_is_read_out_of_time(
            list in prop::collection::vec((0..3_usize, 1..900_usize, 1..4_u32, 0..20_i8, 0..30_i8), 0..60),
            minutes in prop::collection::vec(1..40_u32, 0..4),
        ) {
            let sorts = [Priority::Ordinary, Priority::Priority, Priority::Emergency];
            let bulletins: Vec<Bulletin> = list.iter().map(|(sort, seconds, repeat, from, length)| {
                let from = date(2026, 8, 10 + from);
                let length = jiff::Span::new().days(i64::from(*length));
                Bulletin { from, until: Some(from.checked_add(length).unwrap()), ..bulletin(sorts[*sort], *seconds, *repeat) }
            }).collect();
            let plan = plan(&schedule(&minutes), &bulletins, DAY, 14);
            for one in &plan.sittings {
                prop_assert!(one.used() <= one.minutes as usize * 60);
                let ranks: Vec<Priority> = one.items.iter().map(|item| bulletins[item.bulletin].priority).collect();
                let rank = |priority: &Priority| Reverse(sorts.iter().position(|sort| sort == priority));
                prop_assert!(ranks.is_sorted_by_key(rank));
                for item in &one.items {
                    let bulletin = bulletins[item.bulletin];
                    prop_assert!(bulletin.from <= one.at.date() && bulletin.until.unwrap() >= one.at.date());
                    prop_assert!((1..=bulletin.repeat).contains(&item.repeats));
                }
            }
        }
    }
}
