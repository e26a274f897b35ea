//! Both ways of placing tone marks in one article.

use crate::diag::{Code, Diagnostic, Message, Span, code};
use crate::lint::{Lint, Prose, WordCheck};
use crate::model::Site;
use crate::text::{TonePlacement, placed};

/// At most this many words of each way are named.
const NAMED: usize = 5;

/// Says once for each article which words are written in one way and which in the other.
pub(in crate::lint) struct MixedToneMarks;

impl Lint for MixedToneMarks {
    fn code(&self) -> Code {
        code::MIXED_TONE_MARKS
    }

    fn words<'s>(&self, _: &'s Site) -> Option<WordCheck<'s>> {
        Some(Box::new(|prose: &Prose<'_>, out| {
            if prose.is_vietnamese() {
                out.extend(mixed(prose));
            }
        }))
    }
}

/// The words of one way.
#[derive(Debug, Default)]
struct Way {
    count: usize,
    first: Option<Span>,
    named: Vec<String>,
}

impl Way {
    fn add(&mut self, word: &str, span: impl FnOnce() -> Span) {
        self.count += 1;
        if self.first.is_none() {
            self.first = Some(span());
        }
        if self.named.len() < NAMED {
            let small = word.to_lowercase();
            if !self.named.contains(&small) {
                self.named.push(small);
            }
        }
    }
}

fn mixed(prose: &Prose<'_>) -> Option<Diagnostic> {
    // Most articles keep to one way.
    let marked = prose.words.marked.as_slice();
    let usual = marked.first()?.placement;
    if marked.iter().all(|word| word.placement == usual) {
        return None;
    }
    let (mut first, mut second) = (Way::default(), Way::default());
    for word in marked {
        let passage = &prose.passages[word.passage];
        let span = || passage.span(word.range.clone(), prose.sources);
        let way = match word.placement {
            TonePlacement::First => &mut first,
            TonePlacement::Second => &mut second,
        };
        way.add(&passage.text[word.range.clone()], span);
    }
    let (at_first, at_second) = (first.first?, second.first?);
    // The rarer way is the slip; of two alike, the one that begins later.
    let late = first.count == second.count && at_first.start > at_second.start;
    let (rare, span, wanted) = if first.count < second.count || late {
        (&first, at_first, TonePlacement::Second)
    } else {
        (&second, at_second, TonePlacement::First)
    };
    let changes: Vec<String> = rare
        .named
        .iter()
        .map(|word| format!("{word} → {}", placed(word, wanted)))
        .collect();
    let hint = Message::new("hint-mixed-tone-marks").with("changes", changes.join(", "));
    let finding = Diagnostic::new(code::MIXED_TONE_MARKS, span)
        .with("first", first.named.join(", "))
        .with("second", second.named.join(", "))
        .hint(hint);
    Some(finding)
}

#[cfg(test)]
mod tests {
    use super::super::said;
    use super::*;

    #[test]
    fn fires_once_at_the_first_word_of_the_rarer_way() {
        let text = "Ủy ban và cấp uỷ cùng lo cho xã hòa bình.\n\nCấp Uỷ nhắc lại; ủy ban khỏe.";
        let [vi, en] = said(&MixedToneMarks, &[], text);
        assert_eq!(
            vi,
            [
                "6:15 [uỷ] bài dùng cả hai cách đặt dấu thanh: ủy, hòa, khỏe và uỷ; viết cho cùng một cách: uỷ → ủy"
            ]
        );
        assert_eq!(
            en,
            [
                "6:15 [uỷ] the article uses both ways of placing tone marks: ủy, hòa, khỏe and uỷ; write them all one way: uỷ → ủy"
            ]
        );
    }

    #[test]
    fn silent_where_one_way_is_kept() {
        let text =
            "Ủy ban, hòa bình, quý, toán, hoàn, thuyền, khuỷu, `hoà`.".replace("`hoà`", "~~hoà~~");
        assert_eq!(said(&MixedToneMarks, &[], &text), [[""; 0], [""; 0]]);
        let text = "Uỷ ban, hoà bình, quý, khoẻ.";
        assert_eq!(said(&MixedToneMarks, &[], text), [[""; 0], [""; 0]]);
    }
}
