//! Themes: one folder with templates, styles, words and fonts for one or more channels.
//!
//! A theme is looked for under the site's `themes/`, then among those built into the program. It
//! may extend another and override single files. Templates are trusted; articles are not.

mod findings;
pub mod script_view;
mod templates;
mod tight;
pub mod view;

use std::collections::BTreeMap;

use rust_embed::RustEmbed;

use crate::diag::{Diagnostic, FileId};
use crate::load::{Fields, Tree, parse_yaml, scalar, text_of};
use crate::model::{Bytes, Digest, Digester, Edition};

pub use findings::template_failed;
pub use templates::Templates;
pub use templates::{Context, Value};
pub(crate) use templates::{extended, joined, value};
pub(crate) use tight::css as tight_css;

/// How many themes may extend one another.
const LONGEST_CHAIN: usize = 4;

#[derive(RustEmbed)]
#[folder = "themes/"]
struct BuiltIn;

/// The fonts that come with the program, for pictures that set words.
pub(crate) fn built_in_fonts() -> Vec<Bytes> {
    let paths = BuiltIn::iter().filter(|path| path.starts_with("leaflet/fonts/"));
    let mut paths: Vec<_> = paths.filter(|path| path.ends_with(".ttf")).collect();
    paths.sort();
    let fonts = paths.iter().filter_map(|path| BuiltIn::get(path));
    fonts
        .map(|font| Bytes::from(font.data.into_owned()))
        .collect()
}

/// A theme with everything it inherits.
#[derive(Debug, Clone)]
pub struct Theme {
    /// Its name.
    pub name: String,
    /// Its files by path inside the theme's folder; the theme's own replace those it extends.
    pub files: BTreeMap<String, Bytes>,
    /// Style sheets in the order in which they count: those of the extended theme first.
    pub styles: Vec<String>,
    /// Interface words by language, then by name.
    pub words: BTreeMap<String, BTreeMap<String, String>>,
}

impl Theme {
    /// The theme of an edition.
    ///
    /// # Errors
    /// When it does not exist, does not serve the channel, or its `theme.yaml` cannot be read.
    pub fn find(edition: &Edition, tree: &Tree) -> Result<Theme, Vec<Diagnostic>> {
        let mut theme = Theme {
            name: edition.theme.clone(),
            files: BTreeMap::new(),
            styles: Vec::new(),
            words: BTreeMap::new(),
        };
        let mut chain = Vec::new();
        let mut next = Some(edition.theme.clone());
        while let Some(name) = next.take() {
            if chain.len() == LONGEST_CHAIN {
                return Err(vec![findings::chain_too_long(
                    edition.place_of("theme"),
                    &edition.theme,
                )]);
            }
            let files = read_folder(&name, tree);
            if !files.contains_key("theme.yaml") {
                return Err(vec![findings::unknown_theme(
                    edition.place_of("theme"),
                    &name,
                    &names(tree),
                )]);
            }
            let about = about(&name, &files, edition)?;
            if chain.is_empty() && !about.channels.contains(&edition.channel) {
                return Err(vec![findings::wrong_channel(
                    edition.place_of("theme"),
                    &name,
                    &edition.channel,
                    &about.channels,
                )]);
            }
            next = about.extends;
            chain.push(files);
        }
        for files in chain.into_iter().rev() {
            theme.add(files);
        }
        theme.fill_words();
        Ok(theme)
    }

    /// Words that a language of a web theme lacks are those of the built-in theme, else English ones.
    fn fill_words(&mut self) {
        if !self.files.keys().any(|path| path.starts_with("web/")) {
            return;
        }
        let common = built_in_words();
        for (language, words) in &common {
            let own = self.words.entry(language.clone()).or_default();
            for (name, text) in words {
                own.entry(name.clone()).or_insert_with(|| text.clone());
            }
        }
        let english = self.words.get("en").cloned().unwrap_or_default();
        for (language, words) in &mut self.words {
            let name = words.entry("language_name".to_owned());
            name.or_insert_with(|| language.clone());
            for (name, text) in &english {
                words.entry(name.clone()).or_insert_with(|| text.clone());
            }
        }
    }

    /// The text of a file.
    #[must_use]
    pub fn text(&self, path: &str) -> Option<String> {
        self.files.get(path).and_then(|bytes| text_of(bytes).ok())
    }

    /// A digest of everything in it.
    #[must_use]
    pub fn digest(&self) -> Digest {
        let mut digest = Digester::default();
        digest.text(&self.name);
        for (path, bytes) in &self.files {
            digest.text(path).digest(Digest::of(bytes));
        }
        digest.texts(self.styles.iter().map(String::as_str));
        for (language, words) in &self.words {
            digest.text(language).number(words.len());
            for (name, text) in words {
                digest.text(name).text(text);
            }
        }
        digest.finish()
    }

    /// The words of a language; English ones where it has none.
    #[must_use]
    pub fn words(&self, language: &str) -> &BTreeMap<String, String> {
        static NONE: BTreeMap<String, String> = BTreeMap::new();
        self.words
            .get(language)
            .or_else(|| self.words.get("en"))
            .unwrap_or(&NONE)
    }

    /// One interface word; its name where it is missing.
    #[must_use]
    pub fn word<'a>(&'a self, language: &str, name: &'a str) -> &'a str {
        self.words(language).get(name).map_or(name, String::as_str)
    }

    fn add(&mut self, files: BTreeMap<String, Bytes>) {
        for (path, bytes) in files {
            if let Some(language) = path
                .strip_prefix("strings/")
                .and_then(|name| name.strip_suffix(".yaml"))
            {
                let words = self.words.entry(language.to_owned()).or_default();
                for (name, text) in read_words(&bytes) {
                    words.insert(name, text);
                }
                continue;
            }
            if path.ends_with(".css") && !self.styles.contains(&path) {
                self.styles.push(path.clone());
            }
            self.files.insert(path, bytes);
        }
    }
}

/// What `theme.yaml` says.
struct About {
    extends: Option<String>,
    channels: Vec<String>,
}

fn about(
    name: &str,
    files: &BTreeMap<String, Bytes>,
    edition: &Edition,
) -> Result<About, Vec<Diagnostic>> {
    let bytes = files
        .get("theme.yaml")
        .map(|bytes| bytes.to_vec())
        .unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    // A theme's files are not among the sources: what is wrong in them is shown at the edition that asks.
    let moved = |diags: Vec<Diagnostic>| -> Vec<Diagnostic> {
        diags
            .into_iter()
            .map(|diag| findings::broken_settings(edition.place_of("theme"), name, diag))
            .collect()
    };
    let node = parse_yaml(FileId(u32::MAX), &text, 0).map_err(moved)?;
    let mut diags = Vec::new();
    let known = &["title", "extends", "channels"];
    let Some(mut fields) = Fields::open(&node, "what-theme", known, &mut diags) else {
        return Err(moved(diags));
    };
    fields.need_text("title");
    let extends = fields.text("extends");
    let channels = fields
        .texts("channels")
        .unwrap_or_default()
        .into_iter()
        .map(|(channel, _)| channel)
        .collect();
    if diags.is_empty() {
        Ok(About { extends, channels })
    } else {
        Err(moved(diags))
    }
}

fn read_folder(name: &str, tree: &Tree) -> BTreeMap<String, Bytes> {
    let prefix = format!("themes/{name}/");
    let own = tree.files.iter().filter_map(|file| {
        Some((
            file.path.strip_prefix(&prefix)?.to_owned(),
            file.blob.shared(),
        ))
    });
    let own: BTreeMap<String, Bytes> = own.collect();
    if own.contains_key("theme.yaml") {
        own
    } else {
        built_in(name)
    }
}

fn built_in(name: &str) -> BTreeMap<String, Bytes> {
    let prefix = format!("{name}/");
    let mut out = BTreeMap::new();
    for path in BuiltIn::iter() {
        if let (Some(inner), Some(file)) = (path.strip_prefix(&prefix), BuiltIn::get(&path)) {
            out.insert(inner.to_owned(), file.data.into_owned().into());
        }
    }
    out
}

/// The words of the theme that the others extend, by language.
pub(crate) fn built_in_words() -> BTreeMap<String, BTreeMap<String, String>> {
    let files = built_in("base").into_iter();
    let languages = files.filter_map(|(path, bytes)| {
        let language = path.strip_prefix("strings/")?.strip_suffix(".yaml")?;
        Some((
            language.to_owned(),
            read_words(&bytes).into_iter().collect(),
        ))
    });
    languages.collect()
}

/// The names of all themes at hand.
fn names(tree: &Tree) -> Vec<String> {
    let own = tree.files.iter().filter_map(|file| {
        file.path
            .strip_prefix("themes/")?
            .strip_suffix("/theme.yaml")
    });
    let mut out: Vec<String> = own.map(str::to_owned).collect();
    out.extend(
        BuiltIn::iter().filter_map(|path| path.strip_suffix("/theme.yaml").map(str::to_owned)),
    );
    out.sort();
    out.dedup();
    out
}

fn read_words(bytes: &[u8]) -> Vec<(String, String)> {
    let text = String::from_utf8_lossy(bytes);
    let Ok(node) = parse_yaml(FileId(u32::MAX), &text, 0) else {
        return Vec::new();
    };
    let words = node
        .entries()
        .iter()
        .filter_map(|(key, value)| Some((key.text.clone(), scalar(value)?.to_owned())));
    words.collect()
}
