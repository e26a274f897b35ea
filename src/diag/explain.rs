//! What a code means, why it matters, an example and the cure: `loa explain`.
//!
//! One text per language; a code's part begins at its heading `## code` and ends at the next.

use super::{Code, Language};

/// The explanation of a code in Markdown, without its heading.
#[must_use]
pub fn explanation(code: Code, language: Language) -> &'static str {
    let text = match language {
        Language::Vietnamese => include_str!("explain/vi.md"),
        Language::English => include_str!("explain/en.md"),
    };
    text.split("\n## ")
        .find_map(|part| {
            part.strip_prefix(code.name)
                .and_then(|rest| rest.strip_prefix('\n'))
        })
        .map_or("", str::trim)
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
