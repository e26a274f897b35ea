//! One file per check.

mod aloud;
mod ambiguous_reading;
mod approval_void;
mod commune_without_phone;
mod expired_phone;
mod former_name;
mod long_sentence;
mod mixed_tone_marks;
mod not_approved;
mod outdated_audio;
mod superseded_document;
mod unknown_abbreviation;
mod unregistered_document;
mod unregistered_phone;

pub(super) use ambiguous_reading::AmbiguousReading;
pub(super) use approval_void::ApprovalVoid;
pub(super) use commune_without_phone::CommuneWithoutPhone;
pub(super) use expired_phone::ExpiredPhone;
pub(super) use former_name::FormerNames;
pub(super) use long_sentence::LongSentence;
pub(super) use mixed_tone_marks::MixedToneMarks;
pub(super) use not_approved::NotApproved;
pub(super) use outdated_audio::OutdatedAudio;
pub(super) use superseded_document::SupersededDocument;
pub(super) use unknown_abbreviation::UnknownAbbreviation;
pub(super) use unregistered_document::UnregisteredDocument;
pub(super) use unregistered_phone::UnregisteredPhone;

/// What a lint finds in a site made of these files, code by code.
#[cfg(test)]
pub(super) fn found(lint: &dyn super::Lint, files: &[(&str, &str)]) -> Vec<&'static str> {
    let (diags, _) = run(lint, files);
    diags.iter().map(|diag| diag.code.name).collect()
}

/// What a lint of words finds in one page, in both languages: message and hints of each finding, one a line.
/// A body that begins with `---` has front matter of its own.
#[cfg(test)]
pub(super) fn said(lint: &dyn super::Lint, facts: &[(&str, &str)], body: &str) -> [Vec<String>; 2] {
    use crate::diag::{Catalogue, Language};
    let front = "---\ntitle: Chào\nsummary: Lời chào.\ndate: 2026-08-19\n---\n";
    let page = if body.starts_with("---\n") {
        body.to_owned()
    } else {
        format!("{front}{body}\n")
    };
    let mut files = vec![
        ("loa.yaml", "title: Thử\neditions: {}\n"),
        ("content/a.md", page.as_str()),
    ];
    files.extend(facts.iter().copied());
    let (diags, sources) = run(lint, &files);
    Language::ALL.map(|language| {
        let catalogue = Catalogue::new(language);
        let one = |diag: &crate::diag::Diagnostic| {
            let (line, column) = sources.get(diag.span.file).position(diag.span.start);
            let words = sources.slice(diag.span);
            let message = catalogue.say(&diag.message);
            let hints: Vec<String> = diag.hints.iter().map(|hint| catalogue.say(hint)).collect();
            format!("{line}:{column} [{words}] {message}; {}", hints.join("; "))
        };
        diags.iter().map(one).collect()
    })
}

#[cfg(test)]
fn run(
    lint: &dyn super::Lint,
    files: &[(&str, &str)],
) -> (Vec<crate::diag::Diagnostic>, crate::diag::Sources) {
    let tree = crate::load::Tree::of(files);
    let parsed = crate::load::parse(&tree, jiff::civil::date(2026, 8, 19), &["web", "speech"]);
    // A registry may be wrong on purpose: lints must bear what reading complains of.
    let own: Vec<_> = parsed
        .diags
        .iter()
        .filter(|diag| {
            let path = parsed.sources.path(diag.span.file);
            !path.starts_with("content/_facts/")
        })
        .collect();
    assert!(own.is_empty(), "the case has mistakes of its own: {own:?}");
    let found = super::run(&[lint], &parsed.site, &parsed.sources, None);
    (found, parsed.sources)
}
