//! Short forms that no table has: a listener hears letters.

use std::collections::BTreeSet;

use super::aloud::{self, Aloud};
use crate::diag::{Code, Diagnostic, Message, code};
use crate::lint::{Lint, Prose, WordCheck};
use crate::model::Site;
use crate::reading::{Doubt, knows};
use crate::text::{is_word, next_byte};

/// Shows how a script says a short form that nobody told it of.
pub(in crate::lint) struct UnknownAbbreviation;

impl Lint for UnknownAbbreviation {
    fn code(&self) -> Code {
        code::UNKNOWN_ABBREVIATION
    }

    fn words<'s>(&self, site: &'s Site) -> Option<WordCheck<'s>> {
        let reader = aloud::reader(site);
        Some(Box::new(move |prose: &Prose<'_>, out| {
            let Some(page) = prose.page.filter(|_| prose.is_vietnamese()) else {
                return;
            };
            let aloud = Aloud::new(&reader, page);
            let mut told = BTreeSet::new();
            for passage in prose.passages.iter().filter(|passage| passage.heard) {
                for (at, word) in short_forms(&passage.text) {
                    if knows(word) || told.contains(word) {
                        continue;
                    }
                    let (start, spoken) = aloud.near(&passage.text, at);
                    let mut doubts = spoken.doubts.into_iter();
                    let here = |doubt: &Doubt| doubt.spelled && start + doubt.start == at;
                    let Some(doubt) = doubts.find(here) else {
                        continue;
                    };
                    told.insert(word);
                    let span = passage.span(at..at + word.len(), prose.sources);
                    let hint = Message::new("hint-unknown-abbreviation").with("written", word);
                    out.push(
                        Diagnostic::new(code::UNKNOWN_ABBREVIATION, span)
                            .with("written", word)
                            .with("spoken", doubt.spoken)
                            .hint(hint),
                    );
                }
            }
        }))
    }
}

/// Words of two capitals or more, none of them with a tone: what stands in capitals with tones is a word. One at least
/// is a capital of ASCII, which is quickly found.
fn short_forms(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let capital =
        |c: char| c.is_ascii_uppercase() || matches!(c, 'Đ' | 'Ư' | 'Ơ' | 'Ô' | 'Â' | 'Ê');
    let outside = |c: char| !is_word(c);
    let mut from = 0;
    std::iter::from_fn(move || {
        while let Some(at) = next_byte(text, from, |byte| byte.is_ascii_uppercase()) {
            let before = &text[from..at];
            let begin = before.trim_end_matches(is_word).len();
            let start = from + begin;
            let length = text[at..].find(outside).unwrap_or(text.len() - at);
            from = at + length;
            let word = &text[start..from];
            if word.chars().all(capital) && word.chars().nth(1).is_some() {
                return Some((start, word));
            }
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::super::said;
    use super::*;

    #[test]
    fn fires_once_for_a_short_form_that_nobody_knows() {
        let [vi, en] = said(
            &UnknownAbbreviation,
            &[],
            "Nhờ XYZQ giúp, UBND xã đã mời XYZQ họp ở KẾ SÁCH.",
        );
        assert_eq!(
            vi,
            [
                "6:5 [XYZQ] máy không biết chữ tắt “XYZQ”, nên sẽ đọc từng chữ cái: “ích i dét quy”; \
                 viết đủ chữ, hoặc ghi cách đọc ở đầu bài: speech: {say: {\"XYZQ\": \"…\"}}"
            ]
        );
        assert_eq!(
            en,
            [
                "6:5 [XYZQ] nobody told how to read “XYZQ”, so it is spelt: “ích i dét quy”; \
                 write it out, or say in the head of the page how it is read: speech: {say: {\"XYZQ\": \"…\"}}"
            ]
        );
    }

    #[test]
    fn silent_where_somebody_knows() {
        let lexicon = [("content/_facts/lexicon.yaml", "XYZQ: xây dựng\n")];
        let all: [(&[(&str, &str)], &str); 4] = [
            (&lexicon, "Nhờ XYZQ giúp."),
            (
                &[],
                "UBND, HĐND, VNeID, mã QR, NĐ 168, xe 63B1-234.56, giống ST25.",
            ),
            (&[], "CÔNG AN XÃ THÔNG BÁO TUYỂN QUÂN NĂM SAU"),
            (&[], "Ban xây dựng quê hương (XDQH), gọi A, B, C."),
        ];
        for (facts, text) in all {
            let [vi, _] = said(&UnknownAbbreviation, facts, text);
            assert_eq!(vi, Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn short_forms_are_whole_words() {
        let found = |text| short_forms(text).map(|(_, word)| word).collect::<Vec<_>>();
        assert_eq!(
            found("ĐT, UBND-HĐND; abCD EFg H1 HÀ ẤP X IJ"),
            ["ĐT", "UBND", "HĐND", "IJ"]
        );
        assert_eq!(found(""), Vec::<&str>::new());
    }
}
