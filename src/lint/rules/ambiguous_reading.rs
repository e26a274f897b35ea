//! Numbers that a listener could be told in two ways, where the words around decide nothing.

use super::aloud::{self, Aloud};
use crate::diag::{Code, Diagnostic, Message, code};
use crate::lint::prose::Passage;
use crate::lint::{Lint, Prose, WordCheck};
use crate::model::Site;
use crate::reading::Doubt;

/// Shows the reading that a script takes and the one that it could be.
pub(in crate::lint) struct AmbiguousReading;

impl Lint for AmbiguousReading {
    fn code(&self) -> Code {
        code::AMBIGUOUS_READING
    }

    fn words<'s>(&self, site: &'s Site) -> Option<WordCheck<'s>> {
        let reader = aloud::reader(site);
        Some(Box::new(move |prose: &Prose<'_>, out| {
            let Some(page) = prose.page.filter(|_| prose.is_vietnamese()) else {
                return;
            };
            let aloud = Aloud::new(&reader, page);
            for passage in prose.passages.iter().filter(|passage| passage.heard) {
                for at in suspects(&passage.text) {
                    let (start, spoken) = aloud.near(&passage.text, at);
                    let here = at - start;
                    // Of the others in the window too little was seen.
                    let mut doubts = spoken.doubts.into_iter();
                    let doubt = doubts.find(|doubt| (doubt.start..doubt.end).contains(&here));
                    out.extend(doubt.and_then(|doubt| finding(passage, start, doubt, prose)));
                }
            }
        }))
    }
}

/// What is said of a piece with two readings; `start` is where the text begins that was read.
fn finding(
    passage: &Passage<'_>,
    start: usize,
    doubt: Doubt,
    prose: &Prose<'_>,
) -> Option<Diagnostic> {
    let other = doubt.other?;
    let span = passage.span(start + doubt.start..start + doubt.end, prose.sources);
    let hint = Message::new("hint-ambiguous-reading")
        .with("written", doubt.written.clone())
        .with("other", other.clone());
    Some(
        Diagnostic::new(code::AMBIGUOUS_READING, span)
            .with("written", doubt.written)
            .with("spoken", doubt.spoken)
            .with("other", other)
            .hint(hint),
    )
}

/// The signs that may stand in a number with two readings: a slash between what could be a day and a month, a comma
/// in front of three digits. Nothing else is read in two ways.
fn suspects(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let digits_behind = move |at: usize| {
        let behind = bytes[at + 1..].iter();
        behind.take_while(|byte| byte.is_ascii_digit()).count()
    };
    let may_be_two = move |at: &usize| {
        let at = *at;
        let count = digits_behind(at);
        let next = bytes.get(at + 1 + count);
        at > 0
            && is_digit(at - 1)
            && match bytes[at] {
                // Further signs make it a date or the number of a document.
                b'/' => {
                    (1..=2).contains(&count)
                        && !matches!(next, Some(b'/' | b'-'))
                        && !is_day(&text[..at])
                }
                _ => count == 3,
            }
    };
    memchr::memchr2_iter(b'/', b',', bytes).filter(may_be_two)
}

/// Whether the number that a text ends in is called a day.
fn is_day(text: &str) -> bool {
    let before = text.trim_end_matches(|c: char| c.is_ascii_digit());
    before.ends_with("ngày ") || before.ends_with("Ngày ")
}

#[cfg(test)]
mod tests {
    use super::super::{found, said};
    use super::*;

    #[test]
    fn fires_where_a_day_could_be_a_share() {
        let [vi, en] = said(&AmbiguousReading, &[], "Kết quả 2/5.");
        assert_eq!(
            vi,
            [
                "6:9 [2/5] “2/5” sẽ đọc là “hai phần năm”, cũng có thể là “ngày hai tháng năm”; \
                 nếu đọc sai, viết rõ bằng chữ, hoặc ghi ở đầu bài: speech: {say: {\"2/5\": \"ngày hai tháng năm\"}}"
            ]
        );
        assert_eq!(
            en,
            [
                "6:9 [2/5] “2/5” will be read as “hai phần năm”; it could also be “ngày hai tháng năm”; \
                 if that is wrong, write it in words, or in the head of the page: speech: {say: {\"2/5\": \"ngày hai tháng năm\"}}"
            ]
        );
    }

    #[test]
    fn fires_for_a_thousands_mark_of_the_english_kind() {
        let [vi, _] = said(&AmbiguousReading, &[], "Có 1,250 hộ, góp 500,000 đồng.");
        assert_eq!(vi.len(), 2, "{vi:?}");
        assert!(vi[0].contains("một ngàn hai trăm năm mươi"), "{vi:?}");
        assert!(vi[1].contains("sẽ đọc là “năm trăm ngàn đồng”"), "{vi:?}");
    }

    #[test]
    fn silent_where_the_words_around_decide() {
        for text in [
            "Họp ngày 2/5, tối 3/4, từ 1/6 đến 5/6.",
            "Có 2/5 số hộ, chiếm 3/4, đạt 8/10 điểm, 12/12 ấp.",
            "Số 2/5 đường Lê Lợi, hẻm 3/4, tỷ lệ 1/500, trực 24/7.",
            "Nghị định 06/2014/NĐ-CP, tháng 3/2026, xe 12,5 tấn, 2,345 km.",
        ] {
            assert_eq!(
                said(&AmbiguousReading, &[], text)[0],
                Vec::<String>::new(),
                "{text}"
            );
        }
    }

    #[test]
    fn silent_where_the_page_or_the_site_says_how_and_where_nobody_listens() {
        let page = "---\ntitle: Chào\nsummary: Lời chào.\ndate: 2026-08-19\n\
                    speech: {say: {\"2/5\": ngày hai tháng năm}}\n---\nKết quả 2/5.\n";
        assert_eq!(said(&AmbiguousReading, &[], page)[0].len(), 0);
        let lexicon = [("content/_facts/lexicon.yaml", "\"2/5\": hai phần năm\n")];
        assert_eq!(
            said(&AmbiguousReading, &lexicon, "Kết quả 2/5.")[0].len(),
            0
        );
        let unheard = "---\ntitle: Chào\nsummary: Lời chào.\ndate: 2026-08-19\neditions: [w]\n---\nKết quả 2/5.\n";
        let site = "title: Thử\neditions: {w: {channel: web, theme: newspaper}}\n";
        let files = [("loa.yaml", site), ("content/a.md", unheard)];
        assert_eq!(found(&AmbiguousReading, &files), Vec::<&str>::new());
    }
}
