//! Pages that changed after somebody approved them.

use crate::diag::{Code, Diagnostic, Message, Sources, code};
use crate::lint::Lint;
use crate::model::{Approval, ApprovalState, Page, Site, State};

/// Names each page whose approval is for another text than the one that it has now.
pub(in crate::lint) struct ApprovalVoid;

impl Lint for ApprovalVoid {
    fn code(&self) -> Code {
        code::APPROVAL_VOID
    }

    fn check(&self, site: &Site, _: &Sources, out: &mut Vec<Diagnostic>) {
        let void = |page: &&Page| {
            page.approval == ApprovalState::Void
                && matches!(page.state, State::Current | State::Expired)
        };
        for page in site.pages.iter().filter(void) {
            if let Some(approval) = &page.meta.approval {
                out.push(finding(site, page, approval));
            }
        }
    }
}

fn finding(site: &Site, page: &Page, approval: &Approval) -> Diagnostic {
    let finding = Diagnostic::new(code::APPROVAL_VOID, approval.span)
        .with("by", approval.by.as_str())
        .with("role", approval.role.as_str())
        .with("on", approval.on.strftime("%d/%m/%Y").to_string());
    // Of two reasons the day is told: it is what a writer can see and mend at once.
    if approval.on > site.today {
        finding
            .saying("approval-ahead")
            .hint(Message::new("hint-approval-ahead"))
    } else {
        finding.hint(Message::new("hint-approval-void").with("path", page.source.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::*;

    const SETTINGS: &str = "title: Thử\neditions: {}\n";

    fn page(on: &str, digest: &str, more: &str) -> String {
        format!(
            "---\ntitle: Chào\nsummary: Lời chào.\ndate: 2026-08-19\n{more}\
             approval: {{by: A, role: B, on: {on}, digest: {digest}}}\n---\nXin chào.\n"
        )
    }

    fn codes(page: &str) -> Vec<&'static str> {
        found(
            &ApprovalVoid,
            &[("loa.yaml", SETTINGS), ("content/a.md", page)],
        )
    }

    /// The digest of the page above.
    fn digest() -> String {
        let page = page("2026-08-19", &"0".repeat(64), "");
        let tree = crate::load::Tree::of(&[("loa.yaml", SETTINGS), ("content/a.md", &page)]);
        let site = crate::load::parse(&tree, jiff::civil::date(2026, 8, 19), &[]).site;
        crate::load::approvable(&site, &site.pages[0]).digest
    }

    #[test]
    fn fires_where_the_digest_is_another_or_the_day_lies_ahead() {
        assert_eq!(
            codes(&page("2026-08-19", &"0".repeat(64), "")),
            ["approval-void"]
        );
        assert_eq!(codes(&page("2026-08-20", &digest(), "")), ["approval-void"]);
    }

    #[test]
    fn silent_where_it_holds_and_where_nothing_is_made() {
        assert_eq!(codes(&page("2026-08-19", &digest(), "")), [""; 0]);
        assert_eq!(
            codes(&page("2026-08-19", &digest().to_uppercase(), "")),
            [""; 0]
        );
        let draft = page("2026-08-19", &"0".repeat(64), "draft: true\n");
        assert_eq!(codes(&draft), [""; 0]);
    }
}
