//! Pages of the preview's own: a text to read, a leaflet that could not be set, nothing there.

use crate::channel::markup::escaped;
use crate::diag::{Catalogue, Language, Message};

/// The style sheet of these pages.
pub(super) const STYLE: &str = "/.loa/pages.css";
/// They hold nothing but text.
pub(super) const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; \
     img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// What these pages say, in one language.
#[derive(Debug, Clone)]
pub(super) struct Words {
    language: &'static str,
    home: String,
    plain: String,
    missing: String,
    unset: String,
}

impl Words {
    pub(super) fn of(language: Language) -> Words {
        let catalogue = Catalogue::new(language);
        let say = |id: &'static str| escaped(&catalogue.say(&Message::new(id))).into_owned();
        Words {
            language: language.tag(),
            home: say("serve-home"),
            plain: say("serve-plain"),
            missing: say("serve-missing"),
            unset: say("serve-unset"),
        }
    }

    /// A plain text as a page that is easy to read.
    pub(super) fn text(&self, path: &str, text: &str) -> String {
        let name = path.rsplit('/').next().unwrap_or(path);
        let mut out = head(self.language, &escaped(name));
        out.push_str(&format!(
            "<p class=\"note\"><a href=\"./\">{}</a> · <a href=\"?plain\">{}</a></p>\n<pre>{}</pre>\n</main>\n</body>\n</html>\n",
            self.home,
            self.plain,
            escaped(text)
        ));
        out
    }

    /// There is nothing at this address.
    pub(super) fn missing(&self) -> String {
        let mut out = head(self.language, &self.missing);
        out.push_str(&format!(
            "<h1>{}</h1>\n<p><a href=\"/\">{}</a></p>\n</main>\n</body>\n</html>\n",
            self.missing, self.home
        ));
        out
    }

    /// Why a leaflet could not be set.
    pub(super) fn unset(&self, said: &str) -> String {
        let mut out = head(self.language, &self.unset);
        out.push_str(&format!(
            "<h1>{}</h1>\n<pre>{}</pre>\n<p><a href=\"/\">{}</a></p>\n</main>\n</body>\n</html>\n",
            self.unset,
            escaped(said),
            self.home
        ));
        out
    }
}

/// The beginning of a page, down into its main part. The title is HTML.
pub(super) fn head(language: &str, title: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<link rel=\"icon\" href=\"data:,\">\n\
         <link rel=\"stylesheet\" href=\"{STYLE}\">\n</head>\n<body>\n<main>\n"
    )
}
