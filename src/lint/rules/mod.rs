//! One file per check.

mod approval_void;
mod commune_without_phone;
mod not_approved;

pub(super) use approval_void::ApprovalVoid;
pub(super) use commune_without_phone::CommuneWithoutPhone;
pub(super) use not_approved::NotApproved;

#[cfg(test)]
pub(super) fn found(lint: &dyn super::Lint, files: &[(&str, &str)]) -> Vec<&'static str> {
    let parsed = crate::load::parse(
        &crate::load::Tree::of(files),
        jiff::civil::date(2026, 8, 19),
        &["web", "speech"],
    );
    assert_eq!(
        parsed.diags,
        [],
        "the site of the case has mistakes of its own"
    );
    let mut out = Vec::new();
    lint.check(&parsed.site, &parsed.sources, &mut out);
    out.iter().map(|diag| diag.code.name).collect()
}
