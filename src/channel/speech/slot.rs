//! Scripts that are longer than the time they have, and what to leave out of them.

use super::files::Lengths;
use super::line::Sort;
use super::{LANGUAGE, Programme};
use crate::channel::findings;
use crate::diag::{Diagnostic, Span};
use crate::model::Page;

/// What has to be left out for a script to fit.
struct Cut {
    /// In seconds.
    seconds: usize,
    /// Where it is written, from the top.
    spans: Vec<Span>,
    /// Whether that is enough.
    enough: bool,
}

impl Programme<'_> {
    /// How many minutes a page has with a commune: its own slot, and no more than the longest session.
    fn limit(&self, page: &Page, place: usize) -> Option<usize> {
        let commune = self.communes[place].map(|id| self.job.site.facts.commune(id));
        let schedule = commune.and_then(|commune| commune.schedule.as_ref());
        let sessions = schedule.into_iter().flat_map(|one| &one.sessions);
        let session = sessions.map(|session| session.minutes).max();
        let own = page.meta.speech.slot_minutes;
        own.into_iter()
            .chain(session)
            .min()
            .map(|minutes| minutes as usize)
    }

    /// Whether a script is longer than its slot, told once for the commune where it is worst.
    pub(super) fn overrun(&self, page: &Page, lengths: &Lengths) -> Option<Diagnostic> {
        let over = |place: usize| {
            let limit = self.limit(page, place)?;
            let over = lengths.seconds[place].checked_sub(limit * 60)?;
            (over > 0).then_some((over, limit, place))
        };
        let places = 0..self.communes.len();
        // Of equals the first commune.
        let (over, limit, place) =
            places
                .filter_map(over)
                .max_by(|one, other| match one.0.cmp(&other.0) {
                    std::cmp::Ordering::Equal => other.2.cmp(&one.2),
                    order => order,
                })?;
        let rate = self.frames[place].rate(&self.settings);
        let cut = cut(lengths, over, rate);
        let lines = cut.spans.iter().map(|span| {
            let source = self.job.sources.get(span.file);
            source.position(span.start).0.to_string()
        });
        let lines: Vec<String> = lines.collect();
        let commune = self.frames[place].commune.as_str();
        let name = match commune {
            "" => self.job.theme.word(LANGUAGE, "head_everywhere"),
            name => name,
        };
        Some(findings::slot_overrun(
            page.span,
            (lengths.seconds[place].div_ceil(60), limit),
            name,
            (&lines, cut.seconds, cut.enough),
        ))
    }
}

/// Which blocks to leave out: the last ones first, as news has its main thing first; never what warns or says
/// whom to call. A heading goes when nothing is left below it.
fn cut(lengths: &Lengths, over: usize, rate: u32) -> Cut {
    let blocks = &lengths.stretches;
    let mut gone = vec![false; blocks.len()];
    let mut seconds = 0;
    for place in (0..blocks.len()).rev() {
        if seconds >= over {
            break;
        }
        if blocks[place].0.sort != Sort::Plain || blocks[place].1.seconds(rate) == 0 {
            continue;
        }
        gone[place] = true;
        seconds += blocks[place].1.seconds(rate);
        if let Some(heading) = empty_heading(lengths, &gone, place) {
            gone[heading] = true;
            seconds += blocks[heading].1.seconds(rate);
        }
    }
    let spans = blocks.iter().zip(&gone).filter(|(_, gone)| **gone);
    Cut {
        seconds,
        spans: spans.map(|((stretch, _), _)| stretch.span).collect(),
        enough: seconds >= over,
    }
}

/// The heading above a block, if all that stood below it is gone.
fn empty_heading(lengths: &Lengths, gone: &[bool], place: usize) -> Option<usize> {
    let blocks = &lengths.stretches;
    let is_heading = |at: &usize| blocks[*at].0.sort == Sort::Heading;
    let heading = (0..place).rev().find(is_heading)?;
    let below = (heading + 1..blocks.len()).take_while(|at| !is_heading(at));
    below
        .into_iter()
        .all(|at| gone[at] || blocks[at].0.lines.is_empty())
        .then_some(heading)
}
