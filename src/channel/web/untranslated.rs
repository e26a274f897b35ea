//! What a language does not have yet: originals to be read instead.

use serde::Serialize;

use super::views::Web;
use crate::model::{Digester, PageId, Section};
use crate::theme::Value;

/// Originals that are named one by one.
const NAMED: usize = 10;

/// Originals that are not translated.
#[derive(Serialize)]
pub(super) struct Untranslated {
    /// The language they are in.
    language: String,
    /// What it calls itself.
    name: String,
    /// All of them and those that are translated.
    url: String,
    /// The cards of the newest.
    cards: Vec<Value>,
}

/// The newest originals of a section that its own language does not have.
fn pages(web: &Web<'_>, section: &Section) -> Vec<PageId> {
    let main = &web.site.config.language;
    if section.language == *main {
        return Vec::new();
    }
    let Some(original) = section.translations.get(main) else {
        return Vec::new();
    };
    let originals = web.shown.below(web.site.section(*original)).iter();
    let there = |id: &PageId| {
        let mut translations = web.site.page(*id).translations.iter();
        translations.any(|(of, id)| *of == section.language && web.shown.is_listed(*id))
    };
    originals
        .copied()
        .filter(|id| !there(id))
        .take(NAMED)
        .collect()
}

/// Those originals for templates; nothing where all is translated.
pub(super) fn below(web: &Web<'_>, section: &Section) -> Option<Untranslated> {
    let pages = pages(web, section);
    let main = &web.site.config.language;
    let original = web.site.section(*section.translations.get(main)?);
    (!pages.is_empty()).then(|| Untranslated {
        language: main.clone(),
        name: web.language_name(main).to_owned(),
        url: web.section_link(original).url,
        cards: web.cards(&pages),
    })
}

/// Adds what they show.
pub(super) fn key(web: &Web<'_>, section: &Section, key: &mut Digester) {
    key.digest(web.job.known.list(&pages(web, section)));
}
