//! The template engine, set up for one theme and one channel. The only file that names it besides the views.

use serde::Serialize;
use tera::Tera;
pub use tera::{Context, Value};

use super::Theme;
use crate::diag::{Event, EventKind, Trace};

/// The templates of a theme for one channel.
#[derive(Debug)]
pub struct Templates {
    engine: Tera,
    trace: Trace,
    edition: String,
}

impl Templates {
    /// Reads the templates below `folder` of a theme, such as `web/`; a name is the rest of the path.
    ///
    /// # Errors
    /// What the template engine says, with all unknown names at once.
    pub fn new(theme: &Theme, folder: &str) -> Result<Templates, String> {
        Templates::read(theme, folder, str::to_owned)
    }

    /// The same, with pages made smaller: white space that nobody sees is left out of them.
    ///
    /// # Errors
    /// What the template engine says, with all unknown names at once.
    pub fn tight(theme: &Theme, folder: &str) -> Result<Templates, String> {
        Templates::read(theme, folder, super::tight::html)
    }

    fn read(
        theme: &Theme,
        folder: &str,
        html: impl Fn(&str) -> String,
    ) -> Result<Templates, String> {
        let mut engine = Tera::default();
        engine.autoescape_on(vec![".html", ".xml"]);
        let texts: Vec<(String, String)> = theme
            .files
            .keys()
            .filter_map(|path| {
                let name = path.strip_prefix(folder)?;
                let template = [".html", ".xml", ".txt"]
                    .iter()
                    .any(|ending| name.ends_with(ending));
                if !template || name.starts_with("static/") {
                    return None;
                }
                let text = theme.text(path)?;
                let text = if name.ends_with(".html") {
                    html(&text)
                } else {
                    text
                };
                Some((name.to_owned(), text))
            })
            .collect();
        engine
            .add_raw_templates(texts)
            .map_err(|error| report(&error))?;
        Ok(Templates {
            engine,
            trace: Trace::default(),
            edition: String::new(),
        })
    }

    /// The same, with the times of an edition taken down.
    #[must_use]
    pub fn traced(mut self, trace: &Trace, edition: &str) -> Templates {
        self.trace = trace.clone();
        edition.clone_into(&mut self.edition);
        self
    }

    /// Renders one template as the bytes of a file; UTF-8, but nobody has to look at every byte again.
    ///
    /// # Errors
    /// What the template engine says.
    pub fn file(&self, name: &str, context: &Context, size: usize) -> Result<Vec<u8>, String> {
        let mut out = Vec::with_capacity(size);
        self.trace
            .time(self.event(name), || {
                self.engine.render_to(name, context, &mut out)
            })
            .map_err(|error| report(&error))?;
        Ok(out)
    }

    /// Renders one template as a part of another text.
    ///
    /// # Errors
    /// What the template engine says.
    pub fn render(&self, name: &str, context: &Context) -> Result<String, String> {
        self.trace
            .time(self.event(name), || self.engine.render(name, context))
            .map_err(|error| report(&error))
    }

    fn event<'a>(&'a self, name: &'a str) -> impl FnOnce() -> Event + 'a {
        move || Event::new(EventKind::Template, name, self.edition.as_str())
    }
}

/// A view as a template value, built once and shared.
pub(crate) fn value<T: Serialize>(view: &T) -> Value {
    Value::try_from_serializable(view).unwrap_or_else(|_| Value::none())
}

/// A record with the fields of another one added.
pub(crate) fn joined(record: Value, more: Value) -> Value {
    let mut map = record.into_map().unwrap_or_default();
    map.extend(more.into_map().unwrap_or_default());
    Value::from(map)
}

/// A record with single fields added.
pub(crate) fn extended(record: Value, fields: Vec<(&'static str, Value)>) -> Value {
    let mut map = record.into_map().unwrap_or_default();
    map.extend(fields.into_iter().map(|(name, value)| (name.into(), value)));
    Value::from(map)
}

fn report(error: &tera::Error) -> String {
    let mut out = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        out.push_str(": ");
        out.push_str(&error.to_string());
        cause = error.source();
    }
    out
}
