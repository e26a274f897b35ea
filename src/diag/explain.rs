//! What a code means, why it matters, an example and the cure: `loa explain`.
//!
//! One small file per code and language: `explain/vi/CODE.md` and `explain/en/CODE.md`.

use super::{Code, Language};

/// The explanation of a code in Markdown, without a heading.
#[must_use]
pub fn explanation(code: Code, language: Language) -> &'static str {
    let [vietnamese, english] = code.explained;
    match language {
        Language::Vietnamese => vietnamese,
        Language::English => english,
    }
    .trim()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::CODES;

    #[test]
    fn every_code_is_explained_in_both_languages_with_its_four_parts() {
        let parts = [
            (
                Language::Vietnamese,
                ["**Là gì.**", "**Vì sao.**", "**Ví dụ.**", "**Cách sửa.**"],
            ),
            (
                Language::English,
                ["**What.**", "**Why.**", "**Example.**", "**Fix.**"],
            ),
        ];
        for (language, parts) in parts {
            for code in CODES {
                let text = explanation(*code, language);
                for part in parts {
                    assert!(
                        text.contains(part),
                        "{} lacks {part} in {language:?}",
                        code.name
                    );
                }
            }
        }
    }
}
