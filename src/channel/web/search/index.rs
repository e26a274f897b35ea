//! Which words stand in which articles: built in memory, cut into small files in the order of the alphabet.
//!
//! A reader's machine fetches one short list of all files, then only those that hold the words of the
//! query. Besides words there are pairs of words that stand side by side: most Vietnamese words are two
//! syllables, so `tội phạm` tells more than `tội` and `phạm`, and `06/2014` is a pair of numbers.

use std::collections::HashMap;

use rayon::prelude::*;

use crate::text::{Term, whole_numbers, written};

/// Letters that numbers are written in; six bits each.
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/// A file of words is full at so many bytes.
const FULL: usize = 10 << 10;
/// Articles whose words are counted together.
const TOGETHER: usize = 64;

/// How much a word says about an article, by where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    /// Once in the text.
    Once,
    /// Several times in the text.
    Often,
    /// In a heading or in the summary.
    Head,
    /// In the title.
    Title,
}

/// A text of an article.
pub(super) type Part = (Weight, String);

/// A file of words: the first one, and all lines.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct File {
    pub(super) first: String,
    pub(super) text: String,
}

/// The files of all words; `parts` gives the texts of an article.
pub(super) fn files(articles: usize, parts: impl Fn(usize) -> Vec<Part> + Sync) -> Vec<File> {
    let places: Vec<usize> = (0..articles).collect();
    let heaps: Vec<Heap> = places
        .par_chunks(TOGETHER)
        .map(|places| {
            let mut heap = Heap::default();
            for place in places {
                heap.add(*place, &parts(*place));
            }
            heap
        })
        .collect();
    write(&Lexicon::new(&heaps), heaps)
}

/// The words of some articles. Words are numbered here; every list is in the order in which things were found.
#[derive(Default)]
struct Heap {
    terms: Vec<Term>,
    /// By the word as written.
    numbers: HashMap<String, u32>,
    /// Word, article, weight.
    single: Vec<(u32, u32, u8)>,
    /// Two words, article, weight.
    pairs: Vec<(u32, u32, u32, u8)>,
}

impl Heap {
    fn number(&mut self, word: &str) -> u32 {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let number = u32::try_from(self.terms.len()).unwrap_or(u32::MAX);
        self.terms.push(Term::new(word));
        self.numbers.insert(word.to_owned(), number);
        number
    }

    fn add(&mut self, article: usize, parts: &[Part]) {
        let article = u32::try_from(article).unwrap_or(u32::MAX);
        let (single, pairs) = (self.single.len(), self.pairs.len());
        for (weight, text) in parts {
            let mut before = None;
            for word in written(text) {
                let word = self.number(word);
                self.single.push((word, article, *weight as u8));
                if let Some(before) = before {
                    self.pairs.push((before, word, article, *weight as u8));
                }
                before = Some(word);
            }
            for number in whole_numbers(text) {
                let word = self.number(&number);
                self.single.push((word, article, *weight as u8));
            }
        }
        heaviest(
            &mut self.single,
            single,
            |one| (one.0, one.1),
            |one| &mut one.2,
        );
        heaviest(
            &mut self.pairs,
            pairs,
            |one| (one.0, one.1),
            |one| &mut one.3,
        );
    }
}

/// Leaves one of everything that is the same behind a place: the heaviest, and heavier if there were several.
fn heaviest<T: Ord + Copy>(
    all: &mut Vec<T>,
    from: usize,
    same: impl Fn(&T) -> (u32, u32),
    weight: impl Fn(&mut T) -> &mut u8,
) {
    all[from..].sort_unstable();
    let mut end = from;
    for at in from..all.len() {
        let mut one = all[at];
        if end > from && same(&all[end - 1]) == same(&one) {
            let heavier = (*weight(&mut one)).max(Weight::Often as u8);
            *weight(&mut all[end - 1]) = heavier;
        } else {
            all[end] = one;
            end += 1;
        }
    }
    all.truncate(end);
}

/// All words of all articles, in the order of the alphabet.
struct Lexicon {
    /// Folded words, and the numbers of their forms from where to where.
    plain: Vec<String>,
    /// Form and the number of its folded word.
    forms: Vec<(u32, String)>,
    /// By heap and by its number of a word: the number of the form.
    of_heap: Vec<Vec<u32>>,
}

impl Lexicon {
    fn new(heaps: &[Heap]) -> Lexicon {
        let mut all: Vec<&Term> = heaps.iter().flat_map(|heap| &heap.terms).collect();
        all.sort_unstable();
        all.dedup();
        let mut plain: Vec<String> = Vec::new();
        let mut forms = Vec::with_capacity(all.len());
        for term in &all {
            if plain.last() != Some(&term.plain) {
                plain.push(term.plain.clone());
            }
            let number = u32::try_from(plain.len() - 1).unwrap_or(u32::MAX);
            forms.push((number, term.form.clone()));
        }
        let of_heap = heaps.par_iter().map(|heap| {
            let place = |term: &Term| all.binary_search(&term).ok();
            let number = |term| place(term).and_then(|at| u32::try_from(at).ok());
            heap.terms
                .iter()
                .map(|term| number(term).unwrap_or(u32::MAX))
                .collect()
        });
        Lexicon {
            of_heap: of_heap.collect(),
            plain,
            forms,
        }
    }

    fn plain_of(&self, form: u32) -> u32 {
        self.forms[form as usize].0
    }
}

fn write(lexicon: &Lexicon, heaps: Vec<Heap>) -> Vec<File> {
    let mut single: Vec<(u32, u32, u8)> = Vec::new();
    let mut pairs: Vec<(u32, u32, u32, u8)> = Vec::new();
    for (heap, forms) in heaps.into_iter().zip(&lexicon.of_heap) {
        let form = |word: u32| forms[word as usize];
        single.extend(heap.single.iter().map(|one| (form(one.0), one.1, one.2)));
        pairs.extend(heap.pairs.iter().map(|one| {
            let plain = |word| lexicon.plain_of(form(word));
            (plain(one.0), plain(one.1), one.2, one.3)
        }));
    }
    single.par_sort_unstable();
    pairs.par_sort_unstable();
    let mut files = Files::default();
    let (mut single, mut pairs) = (single.as_slice(), pairs.as_slice());
    for (word, number) in lexicon.plain.iter().zip(0_u32..) {
        let own = head(&mut single, |one| lexicon.plain_of(one.0) == number);
        let mut line = word.clone();
        for of_form in own.chunk_by(|one, next| one.0 == next.0) {
            line.push('\t');
            line.push_str(&lexicon.forms[of_form[0].0 as usize].1);
            line.push(' ');
            articles(of_form.iter().map(|one| (one.1, one.2)), &mut line);
        }
        files.add(word, &line);
        let own = head(&mut pairs, |one| one.0 == number);
        for of_pair in own.chunk_by(|one, next| one.1 == next.1) {
            let pair = format!("{word} {}", lexicon.plain[of_pair[0].1 as usize]);
            let mut line = format!("{pair}\t");
            articles(of_pair.iter().map(|one| (one.2, one.3)), &mut line);
            files.add(&pair, &line);
        }
    }
    files.done
}

/// Takes those at the beginning that belong together.
fn head<'a, T>(all: &mut &'a [T], own: impl Fn(&T) -> bool) -> &'a [T] {
    let end = all.iter().position(|one| !own(one)).unwrap_or(all.len());
    let (head, rest) = all.split_at(end);
    *all = rest;
    head
}

/// Articles in their order: each as the distance to the one before, times four, and its weight.
fn articles(all: impl Iterator<Item = (u32, u8)>, out: &mut String) {
    let mut next = 0;
    let mut all = all.peekable();
    while let Some((article, mut weight)) = all.next() {
        // A word can be written in several ways in one article: in capitals, or with its tone elsewhere.
        while let Some((_, heavier)) = all.next_if(|(same, _)| *same == article) {
            weight = weight.max(heavier).max(Weight::Often as u8);
        }
        number(((article - next) << 2) | u32::from(weight), out);
        next = article + 1;
    }
}

/// A number in digits of five bits, the least first; the sixth bit says that another one follows.
pub(super) fn number(mut number: u32, out: &mut String) {
    loop {
        let more = u32::from(number > 31) << 5;
        out.push(DIGITS[((number & 31) | more) as usize] as char);
        number >>= 5;
        if number == 0 {
            return;
        }
    }
}

#[derive(Default)]
struct Files {
    done: Vec<File>,
}

impl Files {
    fn add(&mut self, word: &str, line: &str) {
        if self.done.last().is_none_or(|file| file.text.len() > FULL) {
            self.done.push(File {
                first: word.to_owned(),
                text: String::new(),
            });
        }
        if let Some(file) = self.done.last_mut() {
            file.text.push_str(line);
            file.text.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(texts: &[&str]) -> Vec<String> {
        let parts = |place: usize| {
            let parts = texts[place].split('|');
            let weights = [Weight::Once, Weight::Title];
            parts
                .zip(weights)
                .map(|(text, weight)| (weight, text.to_owned()))
                .collect()
        };
        let files = files(texts.len(), parts);
        files
            .iter()
            .flat_map(|file| file.text.lines())
            .map(str::to_owned)
            .collect()
    }

    #[test]
    fn words_come_with_their_forms_and_pairs() {
        let found = lines(&["Tố giác tổ|", "tô hòa hoà|tố giác"]);
        // Each article: how far behind the one before, and the weight. Both stand in titles too, or twice.
        let expected = [
            "giac\tgiac' AD",
            "giac to\tA",
            "hoa\thoa` F",
            "hoa hoa\tE",
            "to\ttô E\ttô' AD\ttô? A",
            "to giac\tAD",
            "to hoa\tE",
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn large_numbers_take_several_digits() {
        let shown = |value| {
            let mut out = String::new();
            number(value, &mut out);
            out
        };
        assert_eq!(
            [shown(0), shown(31), shown(32), shown(1_000)],
            ["A", "f", "gB", "of"]
        );
    }

    #[test]
    fn files_begin_where_they_say() {
        let words: Vec<String> = (0..4_000).map(|number| format!("w{number}")).collect();
        let text = words.join(" ");
        let files = files(3, |_| vec![(Weight::Once, text.clone())]);
        assert!(files.len() > 3);
        for file in &files {
            let first = file.text.split('\t').next().unwrap();
            assert_eq!(first, file.first);
        }
        assert!(files.is_sorted_by(|one, next| one.first < next.first));
    }
}
