//! A small site, a small theme and the typesetter, for the tests of this folder.

use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock};

use typst_layout::PagedDocument;

use super::PrintTheme;
use super::format::Format;
use crate::channel::{Known, Shard, Want};
use crate::diag::{Checked, Trace};
use crate::load::{Parsed, Tree};
use crate::model::{Artifact, Digest};

const CONTACTS: &str = r#"
- {key: "113", name: Công an, phone: "113", emergency: true, source: thử, checked_on: 2026-08-01}
- {key: cong-an-xa, name: Trực ban Công an xã, phone: "113", per_commune: true, source: thử, checked_on: 2026-08-01}
"#;
const COMMUNES: &str = r#"
communes:
- {code: "1", name: Cái Bè, kind: xa, slug: cai-be}
- {code: "2", name: Mỹ Tho, kind: phuong, slug: my-tho,
   contacts: {cong-an-xa: {phone: "0273 3 872 222", source: thử, checked_on: 2026-08-01}}}
"#;

/// A site with two communes, one edition, and these further files.
pub(super) fn parse(edition: &str, files: &[(&str, &str)]) -> Parsed {
    let config = format!("title: Thử\ncommunes: all\neditions: {{to-roi: {{{edition}}}}}\n");
    parse_with(&config, files)
}

/// The same with these settings.
pub(super) fn parse_with(config: &str, files: &[(&str, &str)]) -> Parsed {
    let mut all = vec![
        ("loa.yaml", config),
        ("content/_facts/contacts.yaml", CONTACTS),
        ("content/_facts/communes.yaml", COMMUNES),
    ];
    all.extend(files);
    crate::load::parse(
        &Tree::of(&all),
        jiff::civil::date(2026, 8, 19),
        &["web", "speech", "print"],
    )
}

/// A guidance page with this body.
pub(super) fn page(body: &str) -> String {
    format!(
        "---\ntitle: Gọi ai\nsummary: Gọi đúng nơi.\ndate: 2026-08-17\nkind: guidance\n---\n{body}"
    )
}

/// The theme that comes with the program.
pub(super) fn theme() -> PrintTheme {
    let fonts: [&[u8]; 2] = [
        include_bytes!("../../../themes/leaflet/fonts/BeVietnamPro-Regular.ttf"),
        include_bytes!("../../../themes/leaflet/fonts/BeVietnamPro-Bold.ttf"),
    ];
    let strings = include_str!("../../../themes/leaflet/strings/vi.yaml");
    let pairs = strings.lines().filter_map(|line| line.split_once(": "));
    let vi: BTreeMap<String, String> = pairs
        .map(|(key, text)| (key.to_owned(), text.trim_matches('"').to_owned()))
        .collect();
    PrintTheme {
        templates: templates(),
        fonts: fonts.into_iter().map(crate::model::Bytes::from).collect(),
        strings: BTreeMap::from([("vi".to_owned(), vi)]),
    }
}

/// Its Typst files.
fn templates() -> BTreeMap<String, String> {
    macro_rules! files {
        ($($name:literal)*) => {
            [$(($name, include_str!(concat!("../../../themes/leaflet/print/", $name)))),*]
        };
    }
    let files =
        files!("common.typ" "sheet.typ" "a5.typ" "a4.typ" "fold3.typ" "poster.typ" "card.typ");
    let owned = |(name, text): (&str, &str)| (name.to_owned(), text.to_owned());
    files.into_iter().map(owned).collect()
}

/// All leaflets of an edition, the list first.
pub(super) fn all(
    parsed: &Parsed,
    permalink: &(dyn Fn(&crate::model::Page) -> Option<String> + Sync),
) -> Checked<Vec<Artifact>> {
    all_for(parsed, permalink, false)
}

/// The same, for a print shop or not.
pub(super) fn all_for(
    parsed: &Parsed,
    permalink: &(dyn Fn(&crate::model::Page) -> Option<String> + Sync),
    for_print_shop: bool,
) -> Checked<Vec<Artifact>> {
    some(parsed, permalink, for_print_shop, Want::All)
}

/// Those that are wanted.
pub(super) fn some(
    parsed: &Parsed,
    permalink: &(dyn Fn(&crate::model::Page) -> Option<String> + Sync),
    for_print_shop: bool,
    want: Want<'_>,
) -> Checked<Vec<Artifact>> {
    let edition = &parsed.site.config.editions[0];
    let settings = super::settings(edition, &mut Vec::new());
    let made = Mutex::new(Vec::new());
    let (theme, trace, known) = (theme(), Trace::default(), Known::default());
    let order = super::Order {
        site: &parsed.site,
        edition,
        settings: &settings,
        theme: &theme,
        permalink,
        for_print_shop,
        want,
        shard: Shard::WHOLE,
        trace: &trace,
        known: &known,
        base: Digest::default(),
    };
    let printed = super::render(order, &Kept(&made));
    let mut value = made.into_inner().unwrap();
    value.sort_by_key(|artifact| (artifact.path != "index.html", artifact.path.clone()));
    Checked {
        value,
        diags: printed.diags,
    }
}

/// Keeps all files.
struct Kept<'a>(&'a Mutex<Vec<Artifact>>);

impl super::Tray for Kept<'_> {
    fn take(&self, artifact: Artifact) {
        self.0.lock().unwrap().push(artifact);
    }

    fn bytes(&self, path: &str) -> Option<crate::model::Bytes> {
        let files = self.0.lock().unwrap();
        let found = files.iter().find(|artifact| artifact.path == path);
        found.map(|artifact| artifact.bytes.clone())
    }
}

/// The leaflets of a site with one guidance page.
pub(super) fn render(body: &str) -> (Parsed, Checked<Vec<Artifact>>) {
    let page = page(body);
    let parsed = parse(
        "channel: print, theme: leaflet",
        &[("content/goi-ai.md", &page)],
    );
    let done = all(&parsed, &address);
    (parsed, done)
}

/// The source and the set pages of the first commune's leaflet of each page and format.
pub(super) fn documents(parsed: &Parsed) -> Vec<(&'static Format, String, PagedDocument)> {
    let edition = &parsed.site.config.editions[0];
    let settings = super::settings(edition, &mut Vec::new());
    let (theme, trace, known) = (theme(), Trace::default(), Known::default());
    let order = super::Order {
        site: &parsed.site,
        edition,
        settings: &settings,
        theme: &theme,
        permalink: &address,
        for_print_shop: false,
        want: Want::All,
        shard: Shard::WHOLE,
        trace: &trace,
        known: &known,
        base: Digest::default(),
    };
    let made = Mutex::new(Vec::new());
    let print = super::Print {
        order,
        printer: crate::model::Printer::named("thử"),
        press: OnceLock::new(),
        out: &Kept(&made),
        keys: None,
    };
    let jobs = order.jobs(&mut Vec::new());
    let set = |(page, format): super::Job<'_>| {
        let run = print.model(page, format, &(0..1));
        let source = match &run.model {
            Some(Ok(model)) => model.source.clone(),
            _ => panic!("{} does not fit {}", page.source, format.name),
        };
        let document = run.typeset(source.clone()).unwrap();
        (format, source, document)
    };
    jobs.into_iter().map(set).collect()
}

/// The address to which a page's code leads.
#[expect(
    clippy::unnecessary_wraps,
    reason = "an order takes addresses that may be missing"
)]
pub(super) fn address(page: &crate::model::Page) -> Option<String> {
    Some(format!("https://loa.example/{}/", page.slug))
}
