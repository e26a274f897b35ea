//! Pages that nobody has approved yet.

use crate::diag::{Code, Diagnostic, Message, Sources, code};
use crate::lint::Lint;
use crate::model::{ApprovalState, Site, State};

/// Names each page that wants an approval and has none recorded.
pub(in crate::lint) struct NotApproved;

impl Lint for NotApproved {
    fn code(&self) -> Code {
        code::NOT_APPROVED
    }

    fn check(&self, site: &Site, _: &Sources, out: &mut Vec<Diagnostic>) {
        let missing = |page: &&crate::model::Page| {
            page.approval == ApprovalState::Missing
                && matches!(page.state, State::Current | State::Expired)
        };
        for page in site.pages.iter().filter(missing) {
            let at = crate::diag::Span {
                end: page.span.start,
                ..page.span
            };
            out.push(Diagnostic::new(self.code(), at).hint(Message::new("hint-not-approved")));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::*;

    const PAGE: &str = "---\ntitle: Chào\nsummary: Lời chào.\ndate: 2026-08-19\n---\nXin chào.\n";

    #[test]
    fn fires_where_approval_is_required() {
        let site = [
            ("loa.yaml", "title: Thử\napproval: required\neditions: {}\n"),
            ("content/a.md", PAGE),
        ];
        assert_eq!(found(&NotApproved, &site), ["not-approved"]);
    }

    #[test]
    fn silent_where_it_is_not() {
        let site = [
            ("loa.yaml", "title: Thử\neditions: {}\n"),
            ("content/a.md", PAGE),
        ];
        assert_eq!(found(&NotApproved, &site), [""; 0]);
    }
}
