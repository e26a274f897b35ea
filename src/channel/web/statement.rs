//! The accessibility statement of a language: the theme's words, and a contact of the registry.

use super::pages::page;
use super::views::{Web, names};
use crate::channel::Out;
use crate::model::Site;
use crate::theme::value;
use crate::theme::view::{ContactView, HeadView, LinkView};

/// The template, and whether there is such a page at all.
const TEMPLATE: &str = "accessibility.html";

impl Web<'_> {
    /// Whether the theme has such a page.
    pub(super) fn has_accessibility(&self) -> bool {
        let path = format!("web/{TEMPLATE}");
        self.job.theme.files.contains_key(&path)
    }
}

/// Its folder in a language.
pub(super) fn path(site: &Site, language: &str) -> String {
    let prefix = site.config.language_prefix(language);
    format!("{prefix}{}/", names(language).accessibility)
}

/// Makes it.
pub(super) fn statement(web: &Web<'_>, language: &str, out: &mut Out<'_>) {
    let path_of = |language: &String| (language.clone(), path(web.site, language));
    let paths: Vec<(String, String)> = web.shown.languages.iter().map(path_of).collect();
    let path = path(web.site, language);
    let title = web.word(language, "accessibility").to_owned();
    let breadcrumbs = vec![
        super::lists::home(web, language),
        LinkView {
            title: title.clone(),
            url: web.url(&path),
        },
    ];
    let head = HeadView {
        description: web.word(language, "accessibility_note").to_owned(),
        ..super::lists::head(web, title, &path, &paths, breadcrumbs)
    };
    let contacts: Vec<ContactView> = web
        .site_contact()
        .map(|id| web.contact(id, language))
        .into_iter()
        .collect();
    let mut context = web.context(language, &head);
    context.insert_value("contacts", value(&contacts));
    let file = format!("{path}index.html");
    page(web, &file, TEMPLATE, &context, Vec::new(), out);
}
