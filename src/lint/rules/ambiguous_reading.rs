//! Numbers that a listener could be told in two ways, where the words around decide nothing.

use crate::diag::{Code, Diagnostic, Message, code};
use crate::lint::prose::Passage;
use crate::lint::{Lint, Prose, WordCheck};
use crate::model::{Page, Site};
use crate::reading::{Accent, Reader};

/// Both readings are shown in the wording of the South; the other accents read the same things.
const ACCENT: Accent = Accent::South;

/// Shows the reading that a script takes and the one that it could be.
pub(in crate::lint) struct AmbiguousReading;

impl Lint for AmbiguousReading {
    fn code(&self) -> Code {
        code::AMBIGUOUS_READING
    }

    fn words<'s>(&self, site: &'s Site) -> Option<WordCheck<'s>> {
        let reader = Reader::new(ACCENT, site.facts.lexicon.iter().cloned());
        Some(Box::new(move |prose: &Prose<'_>, out| {
            let Some(page) = prose.page.filter(|_| prose.is_vietnamese()) else {
                return;
            };
            let suspects: Vec<&Passage<'_>> = prose
                .passages
                .iter()
                .filter(|passage| passage.heard && may_be_two(&passage.text))
                .collect();
            if suspects.is_empty() {
                return;
            }
            let own = own_reader(&reader, page);
            let reader = own.as_ref().unwrap_or(&reader);
            for passage in suspects {
                for doubt in reader.read(&passage.text).doubts {
                    let Some(other) = doubt.other else { continue };
                    let span = passage.span(doubt.start..doubt.end, prose.sources);
                    let finding = Diagnostic::new(code::AMBIGUOUS_READING, span)
                        .with("written", doubt.written.clone())
                        .with("spoken", doubt.spoken)
                        .with("other", other.clone())
                        .hint(
                            Message::new("hint-ambiguous-reading")
                                .with("written", doubt.written)
                                .with("other", other),
                        );
                    out.push(finding);
                }
            }
        }))
    }
}

fn own_reader(reader: &Reader, page: &Page) -> Option<Reader> {
    let own = &page.meta.speech.say;
    (!own.is_empty()).then(|| reader.with(own.iter().cloned()))
}

/// Whether there is a digit, a slash or comma, and a digit: nothing else is read in two ways.
fn may_be_two(text: &str) -> bool {
    text.as_bytes().windows(3).any(|three| {
        matches!(three[1], b'/' | b',') && three[0].is_ascii_digit() && three[2].is_ascii_digit()
    })
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
