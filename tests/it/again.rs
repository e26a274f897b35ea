//! A build over an earlier one gives what a build into an empty folder gives: to the last byte, in every
//! channel, after any edits, whatever became of what the earlier one left.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, SystemTime};

use jiff::civil::date;
use loa::load::{Memo, Tree, TreeFile};
use loa::pipeline::{Options, Written, examine, write, write_with};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::support::{cases, read_all, write_bytes};

/// The files of a site by path.
type Files = BTreeMap<String, String>;

/// Alternatives of one file or one part of a page; the first is where a site begins.
const SETTINGS: [&str; 4] = [
    "title: Thử\nlanguages: [vi, en]\ncommunes: all\neditions:\n  bao: {channel: web, theme: newspaper, base_url: \"https://bao.example/\", per_page: 2, share_cards: true}\n  \
     dai: {channel: web, theme: rieng, base_url: \"https://dai.example/a/\", minify: full}\n  loa: {channel: speech, theme: loudspeaker}\n  \
     to-roi: {channel: print, theme: leaflet, formats: [a5]}\n  gui: {channel: pack, theme: newsroom, lead_tag: (LOA), dates: dash}\n",
    "title: Thử khác\nlanguages: [vi, en]\ncommunes: [my-tho]\ncanonical: dai\neditions:\n  bao: {channel: web, theme: newspaper, base_url: \"https://bao.example/\", per_page: 2}\n  \
     dai: {channel: web, theme: broadcaster, base_url: \"https://moi.example/\", contact: cax, exit_url: \"https://di.example/\", share_cards: true, compress: [gzip, brotli], titles: {en: Another}}\n  loa: {channel: speech, theme: loudspeaker, rate: 200, voices: 2, chunk: 80, formats: [html, ssml, json, docx, pls]}\n  gui: {channel: pack, theme: newsroom, byline: start, forbidden_tags: [ul, h2]}\n",
    "title: Thử\nlanguages: [vi, en]\napproval: required\ncommunes: all\nimprint: {licensee: Công an}\nprinters: {shop: {bleed: 3mm, marks: [crop], variants: layers, gang: a3}}\n\
     editions:\n  bao: {channel: web, theme: newspaper, base_url: \"https://bao.example/\", title: Báo, share_cards: true, compress: gzip}\n  \
     loa: {channel: speech, theme: loudspeaker, formats: [txt], accent: north}\n  to-roi: {channel: print, theme: leaflet, formats: [fold3, card], colour: black, printer: shop}\n",
    "title: [hỏng\n",
];
const CONTACTS: [&str; 4] = [
    "- {key: \"113\", name: Công an, names: {en: Police}, phone: \"113\", emergency: true, source: sổ, checked_on: 2026-08-01}\n\
     - {key: cax, name: Công an xã, phone: \"113\", per_commune: true, source: sổ, checked_on: 2026-08-01}\n",
    "# dời chỗ\n- {key: cax, name: Công an xã, phone: \"113\", per_commune: true, source: sổ, checked_on: 2026-08-01}\n\
     - {key: \"113\", name: Công an, names: {en: Police}, phone: \"113\", emergency: true, source: sổ, checked_on: 2026-08-01}\n",
    "- {key: \"113\", name: Cảnh sát, phone: \"113\", emergency: true, hours: 24/24, source: sổ, checked_on: 2026-08-01}\n\
     - {key: cax, name: Công an xã, phone: 0273 3872 000, per_commune: true, source: sổ, checked_on: 2026-08-02}\n",
    "- {key: \"113\", name: Công an, phone: \"113\", emergency: true, source: sổ, checked_on: 2026-08-01, valid_until: 2026-08-20}\n\
     - {key: cax, name: Công an xã, phone: \"113\", per_commune: true, source: sổ, checked_on: 2026-08-01}\n",
];
const COMMUNES: [&str; 3] = [
    "communes:\n- {code: \"1\", name: Cái Bè, kind: xa, slug: cai-be}\n- {code: \"2\", name: Mỹ Tho, kind: phuong, slug: my-tho, \
     contacts: {cax: {phone: 0273 3872 222, source: sổ, checked_on: 2026-08-01}}}\n",
    "communes:\n- {code: \"1\", name: Cái Bè, kind: xa, slug: cai-be, contacts: {cax: {phone: 0273 3872 111, source: sổ, checked_on: 2026-08-01}}}\n\
     - {code: \"2\", name: Mỹ Tho, kind: phuong, slug: my-tho, contacts: {cax: {phone: 0273 3872 222, source: sổ, checked_on: 2026-08-01}}}\n",
    "communes:\n- {code: \"2\", name: Mỹ Tho, kind: phuong, slug: my-tho, \
     schedule: {sessions: [{at: \"05:00\", minutes: 2}], weekdays: [wed, thu], rate: 150}}\n- {code: \"3\", name: Gò Công, kind: xa, slug: go-cong}\n",
];
const DOCUMENTS: [&str; 2] = [
    "- {number: 06/2014/NĐ-CP, kind: Nghị định, issuer: Chính phủ, title: Phong trào, status: in-force, source: công báo, checked_on: 2026-08-01}\n",
    "- {number: 06/2014/NĐ-CP, kind: Nghị định, issuer: Chính phủ, title: Về phong trào, status: in-force, source: công báo, checked_on: 2026-08-02}\n",
];
const LEXICON: [&str; 2] = ["ABC: a bê xê\n", "ABC: a bờ cờ\n"];
const TEMPLATES: [&str; 3] = [
    "",
    "<header>{{ site.title }} {{ site.today.iso }}</header>\n",
    "<header>{{ site.title }}</header>\n",
];
const CARD_COLOURS: [&str; 2] = [
    "",
    "#let paper = white\n#let ink = black\n#let accent = navy\n#let quiet = gray\n#let on-accent = white\n",
];
const STYLES: [&str; 2] = ["p { color: black; }\n", "p { color: navy; }\n"];
const PICTURES: [&str; 2] = [
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 3\"></svg>",
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 3 4\"><rect width=\"3\" height=\"4\"/></svg>",
];
/// Pictures of pixels by their widths.
const PIXELS: [&str; 3] = ["3", "2", "900"];
const SOUNDS: [&str; 3] = ["", "a sound", "a longer sound"];
const CAPTIONS: [&str; 3] = [
    "",
    "WEBVTT\n\n00:00:00.000 --> 00:00:09.000\nMột.\n",
    "WEBVTT\n\nNOTE loa 00\n\n00:00:00.000 --> 00:00:08.000\nHai.\n",
];
const SECTIONS: [&str; 3] = [
    "---\ntitle: Tin\n---\nXem [[06/2014/NĐ-CP]].\n",
    "---\ntitle: Tin tức\nsummary: Tin mới.\naliases: [/tin-cu/]\n---\nGọi [[cax]] ![cờ](../co.svg)\n",
    "",
];
pub(crate) const TITLES: [&str; 3] = ["Bài", "Bài khác", "Gọi ai"];
/// Further lines of a head.
const HEADS: [&str; 15] = [
    "kind: guidance\n",
    "",
    "topics: [An ninh, Trộm]\nauthor: Ban biên tập\n",
    "topics: [an ninh]\nupdated: 2026-08-19\n",
    "sensitive: true\nkind: guidance\nimage: {src: co.svg, alt: Cờ, credit: Loa}\n",
    "publish_at: 2026-08-20\n",
    "expires_at: 2026-08-19\n",
    "withdrawn: {on: 2026-08-20, reason: Sai số.}\n",
    "draft: true\n",
    "kind: guidance\nprint: {formats: [poster, a5-large]}\nimage: {src: co.svg, alt: Cờ}\nsource: Sổ\n",
    "editions: [bao, loa]\n",
    "kind: programme\nprogramme: {starts: 2026-08-19T19:00, place: Sân, items: [{at: \"19:00\", what: Khai mạc}]}\n",
    "topics: [An ninh]\nvideo: https://phim.example/1\n",
    "kind: programme\ntopics: [Trộm]\nprogramme: {starts: 2026-08-20T19:00, ends: 2026-08-21T19:00, place: Sân}\n",
    "aliases: [/cu/]\nspeech: {say: {ABC: a}, slot_minutes: 5}\napproval: {by: A, role: B, on: 2026-08-19, \
     digest: 0000000000000000000000000000000000000000000000000000000000000000}\n",
];
/// All but the last are sound wherever they stand.
pub(crate) const BODIES: [&str; 10] = [
    "Gọi [[113]] ngay.\n",
    "Theo [[06/2014/NĐ-CP#Điều 9]].\n\n::: contacts cax\n:::\n",
    "Xem [[a]] và [[b#muc]].\n\n::: only web\nRiêng [[cax]].\n:::\n",
    "Gọi [[cax]] ở ABC.\n\n::: recap\nNhớ [[cax|số này]].\n:::\n",
    "![cờ](co.svg)\n\n![ảnh](ROOTanh.png)\n\nNgày 19/8, lúc 7g30.\n",
    "Lên [tin](ROOTtin/_index.md), đọc [[a#muc|bài a]].\n\n- một\n- hai\n",
    "Chú thích[^1].\n\n[^1]: Theo [[06/2014/NĐ-CP]].\n",
    "### Nhỏ\n\n> Trích [[cax]].\n",
    "1. Gọi [[cax]].\n\n::: only flap poster\nNhớ [[113]].\n:::\n\n::: only card\n::: contacts 113\n:::\n:::\n",
    "Xem [[khong-co]].\n",
];
pub(crate) const PATHS: [&str; 7] = [
    "content/a.md",
    "content/b.md",
    "content/c.md",
    "content/a.en.md",
    "content/tin/d.md",
    "content/tin/xa/e.md",
    "content/tin/f.md",
];

fn page(path: usize, title: usize, day: usize, head: usize, body: usize) -> String {
    // There is no such section in English.
    let english = PATHS[path].ends_with(".en.md");
    let body = if english && body == 5 { 0 } else { body };
    let up = "../".repeat(PATHS[path].matches('/').count() - 1);
    let date = match day {
        3 => "2026-07-31".to_owned(),
        day => format!("2026-08-{:02}", 10 + day),
    };
    let text = format!(
        "---\ntitle: {}\nsummary: Tóm tắt.\ndate: {date}\n{}---\n## Mục\n\nChữ.\n\n{}",
        TITLES[title], HEADS[head], BODIES[body]
    );
    text.replace("ROOT", &up)
}

fn pixels(width: &str) -> Vec<u8> {
    let picture = image::RgbImage::new(width.parse().unwrap(), 2);
    let mut out = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut out, image::ImageFormat::Png).unwrap();
    out.into_inner()
}

/// The files that have alternatives of their own.
const WHOLE: [(&str, &[&str]); 16] = [
    ("loa.yaml", &SETTINGS),
    ("content/_facts/contacts.yaml", &CONTACTS),
    ("content/_facts/communes.yaml", &COMMUNES),
    ("content/_facts/legal-documents.yaml", &DOCUMENTS),
    ("content/_facts/lexicon.yaml", &LEXICON),
    ("themes/rieng/web/parts/header.html", &TEMPLATES),
    ("themes/rieng/web/60-rieng.css", &STYLES),
    ("themes/rieng/share/colours.typ", &CARD_COLOURS),
    ("content/co.svg", &PICTURES),
    ("content/anh.png", &PIXELS),
    ("content/tin/co.svg", &PICTURES),
    ("content/tin/xa/co.svg", &PICTURES),
    ("content/tin/_index.md", &SECTIONS),
    ("content/a.mp3", &SOUNDS),
    ("content/tin/d.wav", &SOUNDS),
    ("content/a.vtt", &CAPTIONS),
];

fn start() -> Files {
    let mut files: Files = WHOLE
        .iter()
        .map(|(path, texts)| ((*path).to_owned(), texts[0].to_owned()))
        .collect();
    let theme = "title: Riêng\nextends: newspaper\nchannels: [web]\n";
    files.insert("themes/rieng/theme.yaml".into(), theme.into());
    for (at, path) in PATHS.iter().enumerate() {
        files.insert((*path).to_owned(), page(at, at % 3, at, at % 4, at % 4));
    }
    files
}

/// One change, on the side of the site or of what was written.
#[derive(Debug, Clone)]
pub(crate) enum Edit {
    Page(usize, usize, usize, usize, usize),
    Whole(usize, usize),
    Move(usize, usize),
    Remove(usize),
    /// A file of an edition gets other bytes; which one, and which bytes.
    Touch(usize, usize),
    /// A file of an edition vanishes.
    Lose(usize),
    /// A file that loa does not know appears or changes.
    Foreign(usize),
    /// The list of files, or a cache, vanishes or is damaged.
    Damage(usize, bool),
    Day(i8),
    Nothing,
}

pub(crate) fn edit() -> impl Strategy<Value = Edit> {
    let (path, one) = (0..PATHS.len(), 0..1_000_usize);
    let page = (
        path.clone(),
        0..TITLES.len(),
        0..4_usize,
        0..HEADS.len(),
        0..BODIES.len() * 4,
    );
    prop_oneof![
        8 => page.prop_map(|(path, title, day, head, body)| {
            // The last body is wrong: that should not happen often.
            let sound = BODIES.len() - 1;
            Edit::Page(path, title, day, head, if body == sound { sound } else { body % sound })
        }),
        6 => (0..WHOLE.len(), one.clone()).prop_map(|(file, which)| Edit::Whole(file, which)),
        1 => (path.clone(), path.clone()).prop_map(|(from, to)| Edit::Move(from, to)),
        1 => path.prop_map(Edit::Remove),
        1 => (one.clone(), 0..3_usize).prop_map(|(file, bytes)| Edit::Touch(file, bytes)),
        1 => one.clone().prop_map(Edit::Lose),
        1 => one.prop_map(Edit::Foreign),
        1 => (0..3_usize, any::<bool>()).prop_map(|(file, whole)| Edit::Damage(file, whole)),
        2 => (0..4_i8).prop_map(Edit::Day),
        1 => Just(Edit::Nothing),
    ]
}

/// A site, where it is written, and what is remembered of it.
pub(crate) struct Bench {
    pub(crate) files: Files,
    pub(crate) day: i8,
    out: tempfile::TempDir,
    memo: Memo,
    /// What somebody else put there.
    foreign: BTreeMap<String, Vec<u8>>,
}

impl Bench {
    pub(crate) fn new() -> Bench {
        Bench {
            files: start(),
            day: 0,
            out: tempfile::tempdir().unwrap(),
            memo: Memo::default(),
            foreign: BTreeMap::new(),
        }
    }

    pub(crate) fn options(&self) -> Options {
        Options::on(date(2026, 8, 19 + self.day))
    }

    pub(crate) fn tree(&self) -> Tree {
        let files: Vec<(&str, &str)> = self
            .files
            .iter()
            .filter(|(path, text)| !text.is_empty() && !path.ends_with(".png"))
            .map(|(path, text)| (path.as_str(), text.as_str()))
            .collect();
        let mut tree = Tree::of(&files);
        let pictures = self.files.iter().filter(|(path, _)| path.ends_with(".png"));
        let pictures = pictures.map(|(path, width)| TreeFile::new(path.clone(), pixels(width)));
        tree.files.extend(pictures);
        tree.files.sort_by(|one, next| one.path.cmp(&next.path));
        tree
    }

    pub(crate) fn apply(&mut self, edit: &Edit) {
        let out = self.out.path().to_owned();
        match *edit {
            Edit::Page(path, title, day, head, body) => {
                // Others refer to the first two, so they are no drafts.
                let head = if path < 2 && head == 8 { 0 } else { head };
                self.files
                    .insert(PATHS[path].into(), page(path, title, day, head, body));
            }
            Edit::Whole(file, which) => {
                let (path, texts) = WHOLE[file];
                self.files
                    .insert(path.into(), texts[which % texts.len()].into());
            }
            Edit::Move(from, to) => {
                if from > 1
                    && let Some(text) = self.files.remove(PATHS[from])
                {
                    self.files.insert(PATHS[to].into(), text);
                }
            }
            Edit::Remove(path) => {
                if path > 1 {
                    self.files.remove(PATHS[path]);
                }
            }
            Edit::Touch(file, bytes) => {
                if let Some(path) = self.pick(file) {
                    let old = fs::read(out.join(&path)).unwrap();
                    let same_length = vec![b'x'; old.len()];
                    let new = [b"khac".to_vec(), same_length, old][bytes].clone();
                    fs::write(out.join(path), new).unwrap();
                }
            }
            Edit::Lose(file) => {
                if let Some(path) = self.pick(file) {
                    fs::remove_file(out.join(path)).unwrap();
                }
            }
            Edit::Foreign(which) => {
                let path = ["bao/CNAME", "bao/tin/ghi-chu.txt", "loa/cai-be/x"][which % 3];
                let parent = out.join(path);
                if parent.parent().unwrap().is_dir() {
                    let bytes = which.to_string().into_bytes();
                    write_bytes(&out, path, &bytes);
                    self.foreign.insert(path.into(), bytes);
                }
            }
            Edit::Damage(which, whole) => {
                let path = ["manifest.json", "cache/made", "cache/read", "cache/seen"][which];
                let path = out.join(".loa").join(path);
                if let Ok(mut bytes) = fs::read(&path) {
                    if whole {
                        fs::remove_file(&path).unwrap();
                    } else {
                        bytes.truncate(bytes.len() / 2);
                        fs::write(&path, bytes).unwrap();
                    }
                }
            }
            Edit::Day(day) => self.day = day,
            Edit::Nothing => {}
        }
    }

    /// Lets time pass: what the last build left is then too old to have changed without a trace.
    fn wait(&self) {
        let made = self.out.path().join(".loa/cache/made");
        if let Ok(file) = fs::File::options().write(true).open(made) {
            let later = SystemTime::now() + Duration::from_mins(1);
            file.set_modified(later).unwrap();
        }
        // Until the clock of the disk has moved on.
        sleep(Duration::from_millis(6));
    }

    /// A file that loa wrote.
    fn pick(&self, which: usize) -> Option<String> {
        let mut all: Vec<String> = published(self.out.path()).into_keys().collect();
        all.retain(|path| !self.foreign.contains_key(path));
        (!all.is_empty()).then(|| all[which % all.len()].clone())
    }
}

/// Everything that can be published.
fn published(out: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = read_all(out);
    files.retain(|path, _| !path.starts_with(".loa/"));
    files
}

fn told(written: &Written) -> String {
    let files = written
        .committed
        .as_ref()
        .unwrap()
        .map(|done| done.written + done.unchanged);
    format!(
        "{:#?}\n{:#?}\n{:?}\n{files:?}",
        written.diags, written.tallies, written.differing
    )
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: cases(20),
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(19_082_026),
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_build_over_an_earlier_one_is_a_clean_one(
        rounds in prop::collection::vec((prop::collection::vec(edit(), 0..3), any::<bool>()), 1..8),
    ) {
        let mut bench = Bench::new();
        let mut memo = std::mem::take(&mut bench.memo);
        let mut damaged = false;
        let _ = write_with(&bench.tree(), &bench.options(), bench.out.path(), &mut memo);
        for (edits, forgets) in rounds {
            bench.wait();
            for edit in &edits {
                bench.apply(edit);
                damaged |= matches!(edit, Edit::Damage(0, _));
            }
            if forgets {
                memo = Memo::default();
            }
            let (tree, options, out) = (bench.tree(), bench.options(), bench.out.path());
            let clean_out = tempfile::tempdir().unwrap();
            let clean = write(&tree, &options, clean_out.path());
            let before = published(out);
            let again = write_with(&tree, &options, out, &mut memo);
            prop_assert_eq!(told(&again), told(&clean), "after {:?}", edits);
            if clean.committed.as_ref().unwrap().is_none() {
                prop_assert_eq!(published(out), before, "nothing may change after {:?}", edits);
                continue;
            }
            let mut files = published(out);
            for (path, bytes) in &bench.foreign {
                let there = files.remove(path);
                prop_assert_eq!(there.as_ref(), Some(bytes), "{} after {:?}", path, edits);
            }
            // Without its list loa does not know what it wrote before: then older files may be left.
            let clean_files = published(clean_out.path());
            if damaged {
                files.retain(|path, _| clean_files.contains_key(path));
            }
            let paths = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
            prop_assert_eq!(paths(&files), paths(&clean_files), "after {:?}", edits);
            for (path, bytes) in &files {
                prop_assert!(clean_files[path] == *bytes, "{} after {:?}", path, edits);
            }
            let list = |out: &Path| fs::read_to_string(out.join(".loa/manifest.json")).unwrap();
            prop_assert_eq!(list(out), list(clean_out.path()), "after {:?}", edits);
        }
    }
}

/// An error stops a build: were there errors in most sites, nothing would be compared.
#[test]
fn nearly_every_alternative_is_sound() {
    let mut bench = Bench::new();
    let mut seen = 0;
    let mut look = |bench: &mut Bench, edit: &Edit| {
        let before = bench.files.clone();
        bench.apply(edit);
        let found = examine(&bench.tree(), &bench.options());
        let wrong: Vec<String> = found
            .diags
            .iter()
            .filter(|diag| diag.is_error())
            .map(|diag| format!("{}: {diag:?}", found.sources.path(diag.span.file)))
            .collect();
        assert_eq!(wrong, [""; 0], "after {edit:?}");
        bench.files = before;
        seen += 1;
    };
    for path in 0..PATHS.len() {
        for head in 0..HEADS.len() {
            look(&mut bench, &Edit::Page(path, 0, 0, head, 0));
        }
        for body in 0..BODIES.len() - 1 {
            look(&mut bench, &Edit::Page(path, 0, 0, 0, body));
        }
    }
    for (file, (_, texts)) in WHOLE.iter().enumerate() {
        for which in 0..texts.len() - usize::from(file == 0) {
            look(&mut bench, &Edit::Whole(file, which));
        }
    }
    assert!(seen > 150);
}
