//! A part of a build: several runs, each on its own machine, make all files between them.
//!
//! Who makes what follows from the site alone, so no run needs to know of another. Jobs stand in the
//! order of a digest of what they are, which an added page hardly changes, and that row is cut
//! into stretches of equal weight. A stretch may begin and end between two communes of one page.

use std::ops::Range;

use crate::text::sha256_bytes;

/// One of several runs that share a build.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    /// Counted from 1.
    number: usize,
    of: usize,
}

/// What is dealt out: its name within its edition, and the weight of each of its places.
pub(super) type Work = (String, usize);

impl Shard {
    /// The whole build in one run.
    pub const WHOLE: Shard = Shard { number: 1, of: 1 };

    /// So many runs may share a build.
    pub const MOST: usize = 4096;

    /// A shard by its number, from 1, and how many there are.
    #[must_use]
    pub fn new(number: usize, of: usize) -> Option<Shard> {
        let fits = (1..=of).contains(&number) && of <= Shard::MOST;
        fits.then_some(Shard { number, of })
    }

    /// A shard as it is typed.
    ///
    /// ```
    /// use loa::channel::Shard;
    /// assert_eq!(Shard::parse("2/3"), Shard::new(2, 3));
    /// assert!(["0/3", "4/3", "3", "a/b", "+1/3", "1/4097"].iter().all(|text| Shard::parse(text).is_none()));
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Shard> {
        let number = |text: &str| {
            let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            digits.then(|| text.parse::<usize>().ok())?
        };
        let (own, of) = text.split_once('/')?;
        Shard::new(number(own)?, number(of)?)
    }

    /// Its number, from 1.
    #[must_use]
    pub fn number(self) -> usize {
        self.number
    }

    /// How many there are.
    #[must_use]
    pub fn of(self) -> usize {
        self.of
    }

    /// Whether this one makes what cannot be divided, such as the lists of an edition.
    pub(super) fn has(self, edition: &str, name: &str) -> bool {
        let turn = digest(edition, name) % self.of as u64;
        self.of == 1 || turn + 1 == self.number as u64
    }

    /// Which places of each job this one makes, when every job has so many.
    pub(super) fn deal(self, edition: &str, jobs: &[Work], places: usize) -> Vec<Range<usize>> {
        if self.of == 1 {
            return jobs.iter().map(|_| 0..places).collect();
        }
        let mut row: Vec<(u64, usize)> = (0..jobs.len())
            .map(|at| (digest(edition, &jobs[at].0), at))
            .collect();
        row.sort_unstable();
        let weight = |at: usize| jobs[at].1.max(1) as u128;
        let total: u128 = (0..jobs.len()).map(weight).sum::<u128>() * places as u128;
        let (number, of) = (self.number as u128, self.of as u128);
        // A place is made by the shard in whose stretch it begins.
        let begin = ((number - 1) * total).div_ceil(of);
        let end = (number * total).div_ceil(of);
        let mut out: Vec<Range<usize>> = jobs.iter().map(|_| 0..0).collect();
        let mut at_weight = 0;
        for (_, at) in row {
            let one = weight(at);
            let first = |border: u128| {
                let before = border.saturating_sub(at_weight).div_ceil(one);
                usize::try_from(before).map_or(places, |before| before.min(places))
            };
            out[at] = first(begin)..first(end);
            at_weight += one * places as u128;
        }
        out
    }
}

fn digest(edition: &str, name: &str) -> u64 {
    let bytes = sha256_bytes(format!("{edition}\0{name}").as_bytes());
    bytes[..8]
        .iter()
        .fold(0, |out, byte| out << 8 | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_dealt_once_and_evenly() {
        let jobs: Vec<Work> = (0..40).map(|at| (format!("bai-{at}"), at % 7)).collect();
        for of in [1, 2, 3, 7, 64, 4096] {
            let mut times = vec![[0; 102]; jobs.len()];
            let mut most = 0;
            for number in 1..=of {
                let own = Shard::new(number, of).unwrap().deal("loa", &jobs, 102);
                let mut weight = 0;
                for (at, places) in own.into_iter().enumerate() {
                    weight += places.len() * jobs[at].1.max(1);
                    places.for_each(|place| times[at][place] += 1);
                }
                most = most.max(weight);
            }
            assert!(times.iter().flatten().all(|times| *times == 1), "{of}");
            let all: usize = jobs.iter().map(|job| job.1.max(1) * 102).sum();
            assert!(most <= all / of + 7, "{most} of {all} in {of}");
        }
    }

    #[test]
    fn what_cannot_be_divided_has_one_maker_and_a_new_page_moves_little() {
        for of in [1, 2, 3, 7] {
            let makers = (1..=of).filter(|number| Shard::new(*number, of).unwrap().has("a", "b"));
            assert_eq!(makers.count(), 1);
        }
        let jobs =
            |count: usize| -> Vec<Work> { (0..count).map(|at| (at.to_string(), 1)).collect() };
        let own = |count| Shard::new(1, 2).unwrap().deal("bao", &jobs(count), 1);
        let moved = own(1_000)
            .iter()
            .zip(&own(1_001))
            .filter(|(a, b)| a != b)
            .count();
        assert!(moved <= 1, "{moved}");
    }
}
