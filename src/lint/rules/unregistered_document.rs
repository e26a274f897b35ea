//! Numbers of legal acts typed into the text that the registry lacks.

use crate::diag::{Code, Diagnostic, Message, code};
use crate::lint::register::{Match, Register};
use crate::lint::{Lint, Prose, WordCheck};
use crate::model::Site;

/// Says of each typed number that no such act is registered, and what to write instead.
pub(in crate::lint) struct UnregisteredDocument;

impl Lint for UnregisteredDocument {
    fn code(&self) -> Code {
        code::UNREGISTERED_DOCUMENT
    }

    fn words<'s>(&self, site: &'s Site) -> Option<WordCheck<'s>> {
        let register = Register::new(&site.facts, site.today);
        Some(Box::new(move |prose: &Prose<'_>, out| {
            for (span, typed) in &prose.citations {
                if register.find(typed) != Match::None {
                    continue;
                }
                let near = register.near(typed);
                let near = near.map(|near| {
                    Message::new("hint-did-you-mean").with("word", format!("[[{near}]]"))
                });
                let hint = match &typed.tail {
                    Some(_) => Message::new("hint-unregistered-document")
                        .with("reference", format!("[[{}]]", typed.whole())),
                    None => Message::new("hint-unregistered-short"),
                };
                let written = prose.sources.slice(*span);
                let written: Vec<&str> = written.split_whitespace().collect();
                let mut finding = Diagnostic::new(code::UNREGISTERED_DOCUMENT, *span)
                    .with("number", written.join(" "));
                finding.hints.extend(near.into_iter().chain([hint]));
                out.push(finding);
            }
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::super::said;
    use super::*;

    const FACTS: &[(&str, &str)] = &[(
        "content/_facts/legal-documents.yaml",
        "- {number: 06/2014/NĐ-CP, kind: Nghị định, issuer: Chính phủ, title: Vận động quần chúng, status: in-force, source: x, checked_on: 2026-08-01}\n\
         - {number: 30/2023/QH15, kind: Luật, issuer: Quốc hội, title: Luật Lực lượng, status: in-force, source: x, checked_on: 2026-08-01}\n\
         - {number: 2023/QĐ-TTg, kind: Quyết định, issuer: Thủ tướng, title: Số 112, issued: 2025-09-15, status: in-force, source: x, checked_on: 2026-08-01}\n\
         - {number: 01/2017/TTLT-BCA-BQP, kind: Thông tư liên tịch, issuer: Bộ Công an, title: Tin báo, status: unknown, source: x, checked_on: 2026-08-01}\n\
         - {number: 08-CT/TU, kind: Chỉ thị, issuer: Tỉnh ủy, title: Dân vận, status: in-force, source: x, checked_on: 2026-08-01}\n",
    )];

    #[test]
    fn fires_for_acts_that_nobody_registered() {
        let text = "Theo Quyết định số 1254/QĐ-BCĐ, NĐ 38/2006, Nghị định 73 và 06/2015/ND-CP.";
        let [vi, en] = said(&UnregisteredDocument, FACTS, text);
        assert_eq!(
            vi,
            [
                "6:6 [Quyết định số 1254/QĐ-BCĐ] văn bản `Quyết định số 1254/QĐ-BCĐ` không có trong sổ văn bản; thêm văn bản vào `content/_facts/legal-documents.yaml`, rồi trong bài viết `[[1254/QĐ-BCĐ]]`",
                "6:33 [NĐ 38/2006] văn bản `NĐ 38/2006` không có trong sổ văn bản; thêm văn bản với số hiệu đầy đủ vào `content/_facts/legal-documents.yaml`, rồi trong bài viết `[[số hiệu]]`",
                "6:45 [Nghị định 73] văn bản `Nghị định 73` không có trong sổ văn bản; thêm văn bản với số hiệu đầy đủ vào `content/_facts/legal-documents.yaml`, rồi trong bài viết `[[số hiệu]]`",
                "6:61 [06/2015/ND-CP] văn bản `06/2015/ND-CP` không có trong sổ văn bản; có lẽ bạn muốn viết `[[06/2014/NĐ-CP]]`; thêm văn bản vào `content/_facts/legal-documents.yaml`, rồi trong bài viết `[[06/2015/NĐ-CP]]`",
            ]
        );
        assert_eq!(
            en[0],
            "6:6 [Quyết định số 1254/QĐ-BCĐ] the act `Quyết định số 1254/QĐ-BCĐ` is not in the registry; add it to `content/_facts/legal-documents.yaml` and write `[[1254/QĐ-BCĐ]]` here"
        );
        assert_eq!(en.len(), 4);
    }

    #[test]
    fn silent_for_registered_acts_however_they_are_written() {
        let text = "Nghị định 06, NĐ 06/2014, Nghị định số 06 năm 2014, 06 / 2014/ND–CP, Luật 30/2023, 30/2023/QH15, \
                    Quyết định số 2023/QĐ-TTg, Quyết định số 2023 ngày 15/9/2025, 01/2017/TTLT-BCA, 08-CT/TU, \
                    [[06/2014/NĐ-CP|Nghị định 06]], ngày 19/8, 1/2, https://a.vn/99/2020/NĐ-CP.";
        assert_eq!(said(&UnregisteredDocument, FACTS, text), [[""; 0], [""; 0]]);
    }
}
