//! `loa new`: a new article with its front matter.

use clap::ArgMatches;
use jiff::civil::Date;

use super::console::Console;
use super::options::Options;
use super::{Outcome, init};
use crate::diag::Message;
use crate::text::{nfc, slug};

pub(super) fn run(matches: &ArgMatches, options: &Options, console: &Console) -> Outcome {
    let site = match options.site() {
        Ok(site) => site,
        Err(message) => {
            console.complain(&message);
            return Outcome::Refused;
        }
    };
    let text = |name: &str| matches.get_one::<String>(name).map_or("", String::as_str);
    let written = nfc(text("path")).replace('\\', "/");
    let written = written
        .trim_start_matches("content/")
        .trim_matches('/')
        .trim_end_matches(".md");
    let (folder, name) = written.rsplit_once('/').unwrap_or(("", written));
    let (stem, language) = match name.rsplit_once('.') {
        Some((stem, language)) if language.len() == 2 => (slug(stem), format!(".{language}")),
        _ => (slug(name), String::new()),
    };
    let folders: Vec<String> = folder
        .split('/')
        .map(slug)
        .filter(|part| !part.is_empty())
        .collect();
    if stem.is_empty() || written.contains("..") {
        console.complain(&Message::new("cli-bad-name").with("path", text("path")));
        return Outcome::Refused;
    }
    let relative = [
        vec!["content".to_owned()],
        folders,
        vec![format!("{stem}{language}.md")],
    ]
    .concat()
    .join("/");
    let path = site.join(&relative);
    if path.exists() {
        console.complain(&Message::new("cli-exists").with("path", relative));
        return Outcome::Refused;
    }
    let title = if text("title").is_empty() {
        title_of(name)
    } else {
        nfc(text("title")).into_owned()
    };
    let words = page(&title, text("kind"), options.today, console);
    if let Err(fatal) = init::write(&path, &words) {
        console.fatal(&fatal);
        return Outcome::Refused;
    }
    Console::data(&format!("{relative}\n"));
    console.news(&console.say(&Message::new("cli-new-done").with("path", relative)));
    Outcome::Clean
}

/// A file name as a first title: `Gọi ai khi cần`, or `goi-ai` → `Goi ai`.
fn title_of(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// A draft: it never leaves the machine until `draft` is taken out.
fn page(title: &str, kind: &str, today: Date, console: &Console) -> String {
    let quoted = title.replace('\\', "\\\\").replace('"', "\\\"");
    let say = |id: &'static str| console.say(&Message::new(id));
    let mut out = format!(
        "---\ntitle: \"{quoted}\"\nsummary: \"{}\"\ndate: {today}\nkind: {kind}\ntopics: []\ndraft: true\n",
        say("new-summary")
    );
    if kind == "programme" {
        out.push_str(&format!(
            "programme:\n  starts: {today} 07:30\n  place: \"{}\"\n  items:\n    - {{at: \"07:30\", minutes: 30, what: \"{}\"}}\n",
            say("new-place"),
            say("new-item")
        ));
    }
    out.push_str(&format!("---\n\n{}\n", say("new-body")));
    if kind == "programme" {
        out.push_str("\n::: programme\n:::\n");
    }
    out
}
