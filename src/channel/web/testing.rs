//! A web edition made from texts, for tests.

use jiff::civil::date;

use super::settings::Settings;
use super::views::Web;
use crate::channel::{Job, Known, Shard, Want};
use crate::diag::Trace;
use crate::load::{Tree, parse};
use crate::theme::{Templates, Theme};

/// A page that has nothing but its head; `more` are further lines of it.
pub(super) fn page(name: &str, day: usize, more: &str) -> (String, String) {
    (
        format!("content/{name}.md"),
        format!(
            "---\ntitle: {name}\nsummary: Tóm tắt.\ndate: 2026-08-{day:02}\n{more}\n---\nChữ.\n"
        ),
    )
}

/// Shows the first edition of a site of such pages; `more` are further lines of `loa.yaml`.
pub(super) fn with_web(files: &[(String, String)], more: &str, look: impl FnOnce(&Web<'_>)) {
    let settings = format!(
        "title: Thử\nlanguages: [vi, en]\n{more}editions:\n  bao: {{channel: web, theme: newspaper, base_url: \"https://bao.example/\"}}\n  \
         dai: {{channel: web, theme: broadcaster, base_url: \"https://dai.example/a/b/\"}}\n"
    );
    let mut all = vec![("loa.yaml", settings.as_str())];
    all.extend(
        files
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str())),
    );
    let tree = Tree::of(&all);
    let parsed = parse(&tree, date(2026, 8, 24), &["web"]);
    let edition = &parsed.site.config.editions[0];
    let theme = Theme::find(edition, &tree).unwrap();
    let job = Job {
        site: &parsed.site,
        sources: &parsed.sources,
        edition,
        theme: &theme,
        for_print_shop: false,
        want: Want::All,
        shard: Shard::WHOLE,
        trace: &Trace::default(),
        known: &Known::default(),
    };
    let settings = Settings::read(edition, &mut Vec::new()).unwrap();
    let templates = Templates::tight(&theme, "web/").unwrap();
    look(&Web::new(job, settings, templates).unwrap());
}
