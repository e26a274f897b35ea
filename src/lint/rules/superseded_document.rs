//! Cited acts that were replaced or repealed.

use std::sync::OnceLock;

use crate::diag::{Code, Diagnostic, Message, code};
use crate::lint::prose::Passage;
use crate::lint::register::{Match, Register};
use crate::lint::{Lint, Prose, WordCheck};
use crate::model::{DocumentId, Site, Target};

/// Says of each cited act that no longer holds what took its place.
pub(in crate::lint) struct SupersededDocument;

impl Lint for SupersededDocument {
    fn code(&self) -> Code {
        code::SUPERSEDED_DOCUMENT
    }

    fn words<'s>(&self, site: &'s Site) -> Option<WordCheck<'s>> {
        let register = Register::new(&site.facts, site.today);
        let past: Vec<bool> = (0..site.facts.documents.len())
            .map(|place| register.is_superseded(DocumentId(place)))
            .collect();
        // What follows an act is looked up once, however often it is cited.
        let hints: Vec<OnceLock<Message>> = past.iter().map(|_| OnceLock::new()).collect();
        Some(Box::new(move |prose: &Prose<'_>, out| {
            let references = prose.passages.iter().flat_map(Passage::targets);
            let referred = references.filter_map(|(span, target)| match target {
                Target::Document(id, _) => Some((span, *id)),
                _ => None,
            });
            let typed =
                prose
                    .citations
                    .iter()
                    .filter_map(|(span, typed)| match register.find(typed) {
                        Match::One(id) => Some((*span, id)),
                        Match::Several | Match::None => None,
                    });
            for (span, id) in referred.chain(typed).filter(|(_, id)| past[id.0]) {
                let hint = hints[id.0].get_or_init(|| hint(&register, id));
                let number = site.facts.document(id).number.as_str();
                let finding = Diagnostic::new(code::SUPERSEDED_DOCUMENT, span);
                out.push(finding.with("number", number).hint(hint.clone()));
            }
        }))
    }
}

fn hint(register: &Register<'_>, id: DocumentId) -> Message {
    let named: Vec<String> = register
        .successors(id)
        .into_iter()
        .map(|(number, document)| match document {
            Some(document) => format!("{} [[{number}]]", document.kind),
            None => format!("[[{number}]]"),
        })
        .collect();
    match named.as_slice() {
        [] => Message::new("hint-repealed-document"),
        _ => Message::new("hint-superseded-document").with("documents", named.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::said;
    use super::*;

    fn act(number: &str, status: &str, more: &str) -> String {
        format!(
            "- {{number: {number}, kind: Nghị định, issuer: Chính phủ, title: Thử, status: {status}{more}, source: x, checked_on: 2026-08-01}}\n"
        )
    }

    fn facts() -> String {
        [
            act(
                "73/2010/NĐ-CP",
                "expired",
                ", replaced_by: [167/2013/NĐ-CP]",
            ),
            act(
                "167/2013/NĐ-CP",
                "expired",
                ", replaced_by: [144/2021/NĐ-CP]",
            ),
            act(
                "144/2021/NĐ-CP",
                "expired",
                ", replaced_by: [282/2025/NĐ-CP, 106/2025/NĐ-CP]",
            ),
            act("282/2025/NĐ-CP", "in-force", ""),
            act("38/2006/NĐ-CP", "expired", ""),
            act("15/2020/NĐ-CP", "partly-expired", ""),
            act("1/2020/NĐ-CP", "amended", ", replaced_by: [2/2020/NĐ-CP]"),
            act("2/2020/NĐ-CP", "expired", ", replaced_by: [1/2020/NĐ-CP]"),
            act("3/2020/NĐ-CP", "in-force", ", replaced_by: [4/2026/NĐ-CP]"),
            act("4/2026/NĐ-CP", "in-force", ", effective: 2026-09-01"),
        ]
        .concat()
    }

    #[test]
    fn fires_with_the_last_successors() {
        let facts = facts();
        let facts = [("content/_facts/legal-documents.yaml", facts.as_str())];
        let text = "Theo [[73/2010/NĐ-CP#khoản 2]], NĐ 38/2006 và Nghị định 1/2020.";
        let [vi, en] = said(&SupersededDocument, &facts, text);
        assert_eq!(
            vi,
            [
                "6:6 [[[73/2010/NĐ-CP#khoản 2]]] văn bản `73/2010/NĐ-CP` đã bị thay thế hoặc hết hiệu lực; nay dẫn: Nghị định [[282/2025/NĐ-CP]], [[106/2025/NĐ-CP]]; đọc lại câu, vì nội dung có thể đã đổi",
                "6:33 [NĐ 38/2006] văn bản `38/2006/NĐ-CP` đã bị thay thế hoặc hết hiệu lực; sổ không ghi văn bản nào thay thế; bỏ câu này, hoặc tìm văn bản đang có hiệu lực và thêm vào sổ",
                "6:47 [Nghị định 1/2020] văn bản `1/2020/NĐ-CP` đã bị thay thế hoặc hết hiệu lực; sổ không ghi văn bản nào thay thế; bỏ câu này, hoặc tìm văn bản đang có hiệu lực và thêm vào sổ",
            ]
        );
        assert_eq!(
            en[0],
            "6:6 [[[73/2010/NĐ-CP#khoản 2]]] the act `73/2010/NĐ-CP` was replaced or repealed; cite now: Nghị định [[282/2025/NĐ-CP]], [[106/2025/NĐ-CP]]; read the sentence again, since the content may differ"
        );
    }

    #[test]
    fn silent_for_acts_that_hold_in_part_or_until_later() {
        let facts = facts();
        let facts = [("content/_facts/legal-documents.yaml", facts.as_str())];
        let text = "Theo [[282/2025/NĐ-CP]], [[15/2020/NĐ-CP]], Nghị định 3/2020 và NĐ 99/2020.";
        assert_eq!(said(&SupersededDocument, &facts, text), [[""; 0], [""; 0]]);
    }
}
