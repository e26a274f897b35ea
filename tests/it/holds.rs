//! What holds for any bytes at all: the tests of properties, the inputs kept in `fuzz/found/` and the targets in
//! `fuzz/fuzz_targets/` ask the same questions.

use jiff::civil::date;
use loa::diag::{Catalogue, Diagnostic, Language, Sources, human, json};
use loa::load::{Tree, TreeFile};
use loa::pipeline::{Options, build, examine};
use loa::reading::{Accent, Reader};

/// One edition of each channel that does not typeset.
pub(crate) const SETTINGS: &str = "title: Thử
editions:
  bao: {channel: web, theme: newspaper, base_url: \"https://bao.example/\"}
  loa: {channel: speech, theme: loudspeaker, voices: 2}
";

const CONTACTS: &str =
    "- {key: \"113\", name: Công an, phone: \"113\", source: sổ, checked_on: 2026-08-01}\n";
const DOCUMENTS: &str = "- {number: 06/2014/NĐ-CP, kind: Nghị định, issuer: Chính phủ, title: Phong trào, status: in-force, \
                         source: công báo, checked_on: 2026-08-01}\n";

/// A page with a body.
pub(crate) fn page(body: &str) -> String {
    format!("---\ntitle: Bài\nsummary: Tóm tắt.\ndate: 2026-08-19\n---\n{body}")
}

/// A small site around some bytes of one file, which takes the place of a file of the same path.
fn site(path: &str, bytes: &[u8]) -> Tree {
    let other = page("## Mục\n\nChữ.\n");
    let mut tree = Tree::of(&[
        ("loa.yaml", SETTINGS),
        ("content/_facts/contacts.yaml", CONTACTS),
        ("content/_facts/legal-documents.yaml", DOCUMENTS),
        ("content/b.md", &other),
        ("content/co.svg", "<svg viewBox=\"0 0 4 3\"></svg>"),
    ]);
    tree.files.retain(|file| file.path != path);
    tree.files.push(TreeFile::new(path.into(), bytes.to_vec()));
    tree
}

/// Reads and checks a site, and makes nothing of it.
fn examined(tree: &Tree) {
    let found = examine(tree, &Options::on(date(2026, 8, 19)));
    places_exist(&found.diags, &found.sources);
}

/// A page's body is read or reported, and what is said of it can be said.
pub(crate) fn markdown(body: &[u8]) {
    let bytes = [page("").as_bytes(), body].concat();
    let built = build(&site("content/a.md", &bytes), date(2026, 8, 19));
    places_exist(&built.diags, &built.sources);
    for edition in &built.plan.editions {
        let scripts = edition
            .files
            .values()
            .filter(|file| edition.name == "loa" && file.path.ends_with("a.txt"));
        for script in scripts {
            let script = String::from_utf8_lossy(&script.bytes);
            assert_eq!(unspeakable(&script), Vec::<String>::new());
        }
    }
}

/// A page's head is read or reported.
pub(crate) fn front_matter(head: &[u8]) {
    let bytes = [b"---\n", head, b"\n---\nCh\xe1\xbb\xaf.\n"].concat();
    examined(&site("content/a.md", &bytes));
}

/// A site's settings are read or reported.
pub(crate) fn settings(bytes: &[u8]) {
    examined(&site("loa.yaml", bytes));
}

/// A text is read: what is said has letters, blanks and pause marks, nothing stays that only a page can hold, and
/// every piece lies in the text, in order.
pub(crate) fn reading(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for accent in [Accent::North, Accent::South] {
        let reader = Reader::new(accent, Vec::new());
        let (spoken, pieces) = reader.explain(&text);
        assert_eq!(spoken, reader.read(&text));
        sayable(&spoken.text);
        let mut last = 0;
        for piece in &pieces {
            inside(&text, piece.start, piece.end);
            assert!(last <= piece.start, "{piece:?} begins before {last}");
            last = piece.start;
            assert!(!piece.words.contains('\n'), "{piece:?}");
        }
        for doubt in &spoken.doubts {
            inside(&text, doubt.start, doubt.end);
        }
    }
}

fn inside(text: &str, start: usize, end: usize) {
    let sound = start <= end && text.is_char_boundary(start) && text.is_char_boundary(end);
    assert!(sound, "{start}..{end} of {text:?}");
}

/// Letters, single blanks and pause marks; no group of Latin letters without a vowel.
fn sayable(spoken: &str) {
    for c in spoken.chars() {
        let fits = c == ' ' || ",.;:?!".contains(c) || (c.is_alphabetic() && !c.is_numeric());
        assert!(fits, "{c:?} is left in {spoken:?}");
    }
    assert!(
        !spoken.contains("  ") && spoken.trim() == spoken,
        "{spoken:?}"
    );
    for word in spoken.split(|c: char| !c.is_alphabetic()) {
        let latin = word.chars().all(|c| c.is_ascii_alphabetic() || c == 'đ');
        let mute = !word.contains(|c: char| "aeiouyAEIOUY".contains(c));
        assert!(
            !(latin && mute && word.len() > 1),
            "{word:?} is left in {spoken:?}"
        );
    }
}

/// Every place of findings exists, and can be shown in both languages and both forms.
pub(crate) fn places_exist(diags: &[Diagnostic], sources: &Sources) {
    for diag in diags {
        let spans = std::iter::once(diag.span).chain(diag.related.iter().map(|(span, _)| *span));
        for span in spans {
            let file = sources.get(span.file);
            let (line, column) = file.position(span.start);
            assert!(
                file.text().is_char_boundary(span.start as usize)
                    && file.text().is_char_boundary(span.end as usize),
                "{diag:?}"
            );
            let width = file
                .text()
                .split('\n')
                .nth(line - 1)
                .unwrap_or_else(|| panic!("no such line: {diag:?}"))
                .chars()
                .count();
            assert!(column <= width + 1, "{diag:?}: column {column} of {width}");
        }
        for catalogue in Language::ALL.map(Catalogue::new) {
            assert!(human(diag, sources, &catalogue).contains(diag.code.name));
            assert_eq!(json(diag, sources, &catalogue).lines().count(), 1);
        }
    }
}

/// What is no line for a voice: digits, brackets and symbols below the head, cues left out.
pub(crate) fn unspeakable(script: &str) -> Vec<String> {
    let (_, spoken) = script
        .split_once("\n---\n")
        .expect("a line between head and words");
    let wrong = |line: &&str| {
        let cue = line.starts_with('[') && line.ends_with(']');
        let fits = |c: char| {
            c.is_alphabetic()
                || c == ' '
                || matches!(
                    c,
                    '.' | ',' | ';' | ':' | '?' | '!' | '…' | '-' | '–' | '’' | '\u{300}'
                        ..='\u{36f}'
                )
        };
        !cue && !line.chars().all(fits)
    };
    spoken.lines().filter(wrong).map(str::to_owned).collect()
}
