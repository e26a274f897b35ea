//! `loa audio` with stand-ins for a speech engine: what they do wrong is told, and nothing is lost.
#![cfg(unix)]

use std::fs;
use std::path::Path;

use crate::support::{run, write};

const PAGE: &str =
    "---\ntitle: Bài A\nsummary: Tóm tắt.\ndate: 2026-08-19\n---\nMột đoạn.\n\nHai đoạn.\n";

/// A site whose engine is a shell script that gets text, target and voice; every call leaves a line in `calls`.
fn site(script: &str, more: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let settings = format!(
        "title: Thử\ncommunes: all\neditions:\n  loa:\n    channel: speech\n    theme: loudspeaker\n    engine:\n      \
         command: [sh, engine.sh, \"{{text}}\", \"{{out}}\", \"{{voice}}\"]\n      male: nam\n      female: nu\n      timeout: 1\n{more}"
    );
    let script = format!("echo \"$3 $(cat \"$1\")\" >> calls\n{script}\n");
    write(
        folder.path(),
        &[
            ("loa.yaml", &settings),
            ("content/tin/a.md", PAGE),
            (
                "content/_facts/communes.yaml",
                "communes:\n- {code: \"1\", name: Cái Bè, kind: xa, slug: cai-be}\n",
            ),
            ("engine.sh", &script),
        ],
    );
    fs::write(folder.path().join("tone.wav"), tone()).unwrap();
    folder
}

/// A tenth of a second at 8000 samples.
fn tone() -> Vec<u8> {
    let samples: Vec<u8> = (0..800_u16)
        .flat_map(|at| (at % 64 * 100).to_le_bytes())
        .collect();
    let mut out = b"RIFF".to_vec();
    let length = u32::try_from(samples.len()).unwrap();
    out.extend((36 + length).to_le_bytes());
    out.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    out.extend(8_000_u32.to_le_bytes());
    out.extend(16_000_u32.to_le_bytes());
    out.extend(b"\x02\0\x10\0data");
    out.extend(length.to_le_bytes());
    out.extend(samples);
    out
}

/// Runs it in English; its exit code and what it said.
fn audio(folder: &Path, more: &[&str]) -> (i32, String) {
    let args = [
        &["audio", "--wav", "--lang", "en", "--today", "2026-08-19"],
        more,
    ]
    .concat();
    let ran = run(folder, &args);
    (ran.code, ran.err)
}

fn calls(folder: &Path) -> usize {
    fs::read_to_string(folder.join("calls")).map_or(0, |text| text.lines().count())
}

#[test]
fn a_bulletin_is_spoken_paragraph_by_paragraph_and_only_once() {
    let site = site("cp tone.wav \"$2\"", "    voices: 2\n");
    let root = site.path();
    let (code, said) = audio(root, &["a"]);
    assert_eq!(code, 0, "{said}");
    // Greeting, headline, summary, two paragraphs, thanks.
    assert_eq!(calls(root), 6);
    let called = fs::read_to_string(root.join("calls")).unwrap();
    assert!(
        called.contains("nam Kính thưa bà con.") && called.contains("nu Mời bà con"),
        "{called}"
    );
    let captions = fs::read_to_string(root.join("content/tin/a.vtt")).unwrap();
    assert!(captions.starts_with("WEBVTT\n\nNOTE loa "), "{captions}");
    assert!(
        captions.contains("\n00:00:00.000 --> 00:00:00.100\nKính thưa bà con.\n"),
        "{captions}"
    );
    // Six paragraphs with their breath, and a pause of two seconds.
    let length = fs::metadata(root.join("content/tin/a.wav")).unwrap().len() - 44;
    assert_eq!(length, 16_000 / 10 * (6 * 5 + 20));
    assert!(said.contains("`pace:"), "{said}");
    // A second run asks for nothing; a commune for its own greeting and thanks.
    let before = fs::read(root.join("content/tin/a.wav")).unwrap();
    audio(root, &[]);
    assert_eq!(
        (
            calls(root),
            fs::read(root.join("content/tin/a.wav")).unwrap()
        ),
        (6, before)
    );
    let (code, said) = audio(root, &["--commune", "all"]);
    assert_eq!((code, calls(root)), (0, 8), "{said}");
    assert!(root.join("audio/loa/cai-be/a.wav").is_file());
    let left: Vec<_> = fs::read_dir(root.join("content/tin")).unwrap().collect();
    assert_eq!(left.len(), 3, "{left:?}");
}

/// What is said of an engine, with what was there before left as it was.
fn fails(script: &str) -> String {
    let site = site(script, "");
    let old = site.path().join("content/tin/a.wav");
    fs::write(&old, "old").unwrap();
    let (code, said) = audio(site.path(), &[]);
    assert_eq!(code, 2, "{said}");
    assert_eq!(fs::read(&old).unwrap(), b"old");
    let cache = fs::read_dir(site.path().join("audio/.cache")).unwrap();
    assert_eq!(cache.count(), 0);
    said
}

#[test]
fn an_engine_that_does_not_do_its_work_is_told_of() {
    assert!(fails("sleep 20").contains("was not done after 1 seconds"));
    assert!(fails("echo kaputt >&2; exit 3").contains("exit status: 3): kaputt"));
    // A program in trouble says where it was before it says what is wrong.
    assert!(
        fails("printf 'Traceback:\n  line 7\nno such voice\n\n' >&2; exit 1")
            .contains("no such voice")
    );
    assert!(fails("kill -9 $$").contains("failed (signal: 9"));
    assert!(fails("true").contains("without writing any sound"));
    assert!(fails("echo no sound > \"$2\"").contains("no WAV file"));
    assert!(fails("head -c 44 tone.wav > \"$2\"").contains("no WAV file"));
}

#[test]
fn an_engine_that_is_not_there_is_asked_for() {
    let site = site("true", "");
    let settings = fs::read_to_string(site.path().join("loa.yaml")).unwrap();
    let with = |engine: &str| {
        let head = settings.split("    engine:").next().unwrap();
        fs::write(site.path().join("loa.yaml"), format!("{head}{engine}")).unwrap();
        audio(site.path(), &[])
    };
    let (code, said) = with("    engine: {command: [khong-co-may-nay, \"{out}\"]}\n");
    assert!(
        code == 2 && said.contains("no program `khong-co-may-nay`"),
        "{said}"
    );
    let (code, said) = with("");
    assert!(
        code == 2 && said.contains("names no speech engine"),
        "{said}"
    );
    let (code, said) = with("    engine: espeak\n");
    assert!(code == 1 && said.contains("espeak-ng"), "{said}");
    let (_, said) = with("    engine: {use: piper}\n");
    assert!(said.contains("Piper"), "{said}");
    let (code, said) = with("    engine: {command: [sh, \"-c\", \"exit 1\", \"{voice}\"]}\n");
    assert!(code == 2 && said.contains("needs a voice"), "{said}");
}

#[test]
fn what_is_not_approved_is_not_spoken_unasked() {
    let site = site("cp tone.wav \"$2\"", "approval: required\n");
    let (code, said) = audio(site.path(), &[]);
    assert!(
        code == 0 && said.contains("1 bulletins are not approved"),
        "{said}"
    );
    assert_eq!(calls(site.path()), 0);
    audio(site.path(), &["--drafts"]);
    let captions = fs::read_to_string(site.path().join("content/tin/a.vtt")).unwrap();
    assert!(
        captions.contains("100\nBản thảo, chưa duyệt.\n"),
        "{captions}"
    );
}

#[test]
fn a_name_that_nobody_has_is_asked_back() {
    let site = site("true", "");
    let (code, said) = audio(site.path(), &["b"]);
    assert!(
        code == 2 && said.contains("no article `b`; the nearest is `a`"),
        "{said}"
    );
    let (code, said) = audio(site.path(), &["--commune", "cai-bef"]);
    assert!(
        code == 2 && said.contains("the nearest is `cai-be`"),
        "{said}"
    );
    let (code, said) = audio(site.path(), &["--edition", "bao"]);
    assert!(code == 2 && said.contains("there are: loa"), "{said}");
}

/// A device that is always full takes no byte.
#[test]
fn a_full_disk_is_told_of() {
    if !Path::new("/dev/full").exists() {
        println!("skipped: there is no /dev/full");
        return;
    }
    let site = site("cp tone.wav \"$2\"", "");
    let root = site.path();
    fs::create_dir_all(root.join("content/tin")).unwrap();
    std::os::unix::fs::symlink("/dev/full", root.join("content/tin/a.wav.part")).unwrap();
    fs::write(root.join("content/tin/a.wav"), "old").unwrap();
    let (code, said) = audio(root, &[]);
    assert!(code == 2 && said.contains("cannot write"), "{code} {said}");
    assert_eq!(fs::read(root.join("content/tin/a.wav")).unwrap(), b"old");
}
