//! What all pages of a language have around them: made once, and filled into pages as it is.

use super::podcast;
use super::policy::PageType;
use super::settings::Minify;
use super::views::Web;
use crate::channel::findings;
use crate::diag::Diagnostic;
use crate::load::not_among;
use crate::model::{ContactId, Page, Site};
use crate::text::{integrity, sha256};
use crate::theme::view::{ContactView, HeadView, LanguageView, LinkView, ScriptView, SiteView};
use crate::theme::{Context, Theme, Value, extended, tight_css, value};

/// Parts that say the same on every page of a language, with the names by which templates get them.
const FIXED: [(&str, &str); 2] = [
    ("parts/emergency.html", "emergency_html"),
    ("parts/footer.html", "footer_html"),
];

/// A script of the theme.
#[derive(Debug, Clone)]
pub(super) struct Script {
    name: String,
    /// Where it lies in the edition: under a name that changes with its content.
    pub(super) path: String,
    pub(super) text: String,
    pub(super) integrity: String,
}

/// What templates know of a language.
pub(super) struct Frame {
    site: Value,
    pub(super) words: Value,
    /// The other languages, for pages that are in this one only.
    languages: Value,
}

impl Web<'_> {
    /// What the pages of a language share.
    ///
    /// # Errors
    /// What the template engine says.
    pub(super) fn new_frame(&self, language: &str) -> Result<Frame, String> {
        let words = value(self.job.theme.words(language));
        let site = value(&self.frame(language));
        let mut context = Context::new();
        context.insert_value("site", site.clone());
        context.insert_value("t", words.clone());
        let mut fixed: Vec<(&'static str, Value)> = Vec::new();
        for (template, name) in FIXED {
            if self
                .job
                .theme
                .files
                .contains_key(&format!("web/{template}"))
            {
                let html = self.templates.render(template, &context)?;
                fixed.push((name, Value::safe_string(&html)));
            }
        }
        Ok(Frame {
            site: extended(site, fixed),
            words,
            languages: value(&self.languages(language, &HeadView::default())),
        })
    }

    /// The context that every template gets.
    pub(super) fn context(&self, language: &str, head: &HeadView) -> Context {
        let mut context = Context::new();
        if let Some(frame) = self.frames.get(language) {
            context.insert_value("site", frame.site.clone());
            context.insert_value("t", frame.words.clone());
            context.insert_value(
                "languages",
                if head.alternates.is_empty() {
                    frame.languages.clone()
                } else {
                    value(&self.languages(language, head))
                },
            );
        }
        let policy = &self.policies[PageType::of(head) as usize];
        context.insert_value("policy", policy.clone());
        context.insert_value("page", value(head));
        context
    }

    /// The other languages of the site: this page in them, or their front pages.
    fn languages(&self, language: &str, head: &HeadView) -> Vec<LanguageView> {
        let others = self.shown.languages.iter().filter(|one| *one != language);
        let view = |other: &String| {
            let mut same = head.alternates.iter();
            let same = same.find(|alternate| alternate.language == *other);
            let home = || self.url(&self.site.config.language_prefix(other));
            LanguageView {
                language: other.clone(),
                name: self.language_name(other).to_owned(),
                translated: same.is_some(),
                url: same.map_or_else(home, |same| same.url.clone()),
                note: self.word(other, "not_translated").to_owned(),
                go: self.word(other, "home_go").to_owned(),
            }
        };
        others.map(view).collect()
    }

    /// What a language calls itself.
    pub(super) fn language_name<'b>(&'b self, language: &'b str) -> &'b str {
        let known = self.job.theme.words.contains_key(language);
        if known {
            self.word(language, "language_name")
        } else {
            language
        }
    }

    pub(super) fn frame(&self, language: &str) -> SiteView {
        let prefix = self.site.config.language_prefix(language);
        let listed = |there: bool, path: String| {
            if there {
                self.url(&path)
            } else {
                String::new()
            }
        };
        let icon = self.job.theme.files.contains_key("web/static/icon.svg");
        SiteView {
            title: self.title(language).to_owned(),
            title_language: self.title_language(language),
            edition: self.job.edition.name.clone(),
            language: language.to_owned(),
            home: self.url(&prefix),
            feed: self.url(&format!("{prefix}atom.xml")),
            feed_json: listed(super::feeds::has_texts(self), format!("{prefix}feed.json")),
            topics: listed(
                self.shown.topics.contains_key(language),
                format!("{prefix}{}/", names(language).topics),
            ),
            podcast: listed(
                !podcast::heard(self, language).is_empty(),
                podcast::path(self, language),
            ),
            search_url: self.absolute(&super::search::path(self, language)),
            search_description: listed(
                super::search::is_on(self),
                super::search::description(self, language),
            ),
            search: listed(
                super::search::is_on(self),
                super::search::path(self, language),
            ),
            documents: listed(
                self.shown.cited.contains_key(language),
                self.documents_path(language),
            ),
            base_url: self.settings.base.to_string(),
            style: self.url(&self.style.0),
            archive: listed(
                self.archive.contains_key(language),
                format!("{prefix}{}/", names(language).archive),
            ),
            accessibility: listed(
                self.has_accessibility(),
                format!("{prefix}{}/", names(language).accessibility),
            ),
            exit_url: self
                .settings
                .exit_url
                .clone()
                .unwrap_or_else(|| self.word(language, "exit_url").to_owned()),
            exit_script: self.script("exit"),
            icon: listed(icon, "assets/icon.svg".to_owned()),
            today: self.dates(language).day(self.site.today),
            menu: self.menu(language),
            emergency: self.emergency(language),
        }
    }

    /// The language of the title, if it is not that of the page.
    fn title_language(&self, language: &str) -> String {
        let main = &self.site.config.language;
        let own = self.settings.titles.iter().any(|(of, _)| of == language);
        if own || language == main {
            String::new()
        } else {
            main.clone()
        }
    }

    fn emergency(&self, language: &str) -> Vec<ContactView> {
        let contacts = (0..self.site.facts.contacts.len()).map(ContactId);
        let urgent = contacts.filter(|id| {
            let contact = self.site.facts.contact(*id);
            contact.emergency && contact.phone.is_some()
        });
        urgent.map(|id| self.contact(id, language)).collect()
    }

    fn menu(&self, language: &str) -> Vec<LinkView> {
        let root = self
            .site
            .sections
            .iter()
            .find(|section| section.path.is_empty() && section.language == language);
        let children = root
            .map(|root| root.children.as_slice())
            .unwrap_or_default();
        children
            .iter()
            .map(|id| self.site.section(*id))
            .filter(|section| !self.shown.below(section).is_empty())
            .map(|s| self.section_link(s))
            .collect()
    }

    /// Files whose names change with their content.
    pub(super) fn lasting(&self) -> Vec<&str> {
        let scripts = self.shown_scripts().map(|script| script.path.as_str());
        std::iter::once(self.style.0.as_str())
            .chain(scripts)
            .collect()
    }

    /// A script of the theme by its name.
    pub(super) fn named_script(&self, name: &str) -> Option<&Script> {
        self.scripts.iter().find(|script| script.name == name)
    }

    /// The scripts that pages have.
    pub(super) fn shown_scripts(&self) -> impl Iterator<Item = &Script> {
        let search = super::search::is_on(self);
        let scripts = self.scripts.iter();
        scripts.filter(move |script| search || script.name != super::search::SCRIPT)
    }

    /// A script of the theme for templates.
    fn script(&self, name: &str) -> Option<ScriptView> {
        let script = self.named_script(name)?;
        Some(ScriptView {
            url: self.url(&script.path),
            integrity: script.integrity.clone(),
        })
    }

    /// Whom the readers of a guidance page can call at once: whom the page names, the emergency ones
    /// first; where it names nobody, the police, or whoever else the registry has for emergencies.
    pub(super) fn call(&self, page: &Page) -> Option<ContactView> {
        let edition = self.job.edition.name.as_str();
        let named = super::cited::shown_contacts(&page.body, edition);
        let named = named.filter(|id| self.site.facts.contact(*id).phone.is_some());
        let first = named.min_by_key(|id| !self.site.facts.contact(*id).emergency);
        let language = page.language.as_str();
        first.map(|id| self.contact(id, language)).or_else(|| {
            self.emergency(language)
                .into_iter()
                .min_by_key(|one| one.key != "113")
        })
    }

    /// Says what the settings name that the site does not have.
    pub(super) fn check(&self) -> Vec<Diagnostic> {
        let languages: Vec<&str> = self
            .site
            .config
            .languages
            .iter()
            .map(String::as_str)
            .collect();
        let titles = self.settings.titles.iter();
        let unknown = titles.filter(|(language, _)| !languages.contains(&language.as_str()));
        let place = self.job.edition.place_of("titles");
        let mut out: Vec<Diagnostic> = unknown
            .map(|(language, _)| not_among(place, language, &languages))
            .collect();
        out.extend(self.check_contact());
        out
    }

    fn check_contact(&self) -> Option<Diagnostic> {
        let wanted = self.settings.contact.as_ref()?;
        if self.site_contact().is_some() {
            return None;
        }
        let contacts = self.site.facts.contacts.iter();
        let keys: Vec<&str> = contacts.map(|contact| contact.key.as_str()).collect();
        let place = self.job.edition.place_of("contact");
        Some(findings::unknown_contact(place, wanted, &keys))
    }

    /// Whom readers can turn to about the site itself.
    pub(super) fn site_contact(&self) -> Option<ContactId> {
        let wanted = self.settings.contact.as_ref()?;
        let mut contacts = self.site.facts.contacts.iter();
        contacts.position(|one| one.key == *wanted).map(ContactId)
    }
}

/// The scripts of a theme, each under a name that changes with its content.
pub(super) fn scripts(theme: &Theme) -> Vec<Script> {
    let files = theme.files.keys().filter_map(|path| {
        let name = path.strip_prefix("web/scripts/")?.strip_suffix(".js")?;
        let text = theme.text(path)?;
        let digest = sha256(text.as_bytes());
        Some(Script {
            name: name.to_owned(),
            path: format!("assets/{name}.{}.js", &digest[..10]),
            integrity: integrity(text.as_bytes()),
            text,
        })
    });
    files.collect()
}

/// Path segments that loa itself adds, in the language of the pages.
#[derive(Debug, Clone, Copy)]
pub(super) struct Names {
    pub(super) topics: &'static str,
    pub(super) archive: &'static str,
    pub(super) accessibility: &'static str,
    pub(super) documents: &'static str,
    pub(super) page: &'static str,
    pub(super) search: &'static str,
}

pub(super) fn names(language: &str) -> Names {
    match language {
        "vi" => Names {
            topics: "chu-de",
            archive: "luu-tru",
            accessibility: "tiep-can",
            documents: "van-ban",
            page: "trang",
            search: "tim-kiem",
        },
        _ => Names {
            topics: "topics",
            archive: "archive",
            accessibility: "accessibility",
            documents: "documents",
            page: "page",
            search: "search",
        },
    }
}

/// All style sheets of a theme as one, under a name that changes with its content.
pub(super) fn style(theme: &Theme, minify: Minify) -> (String, String) {
    let mut text = String::new();
    for path in theme.styles.iter().filter(|path| path.starts_with("web/")) {
        text.push_str(theme.text(path).unwrap_or_default().trim());
        text.push('\n');
    }
    if minify != Minify::Off {
        text = tight_css(&text);
    }
    let digest = sha256(text.as_bytes());
    (format!("assets/style.{}.css", &digest[..10]), text)
}

/// The folder of the register of legal documents in a language.
pub(super) fn documents_path(site: &Site, language: &str) -> String {
    format!(
        "{}{}/",
        site.config.language_prefix(language),
        names(language).documents
    )
}
