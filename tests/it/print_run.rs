//! `loa print-run` on a real disk: what is added to the log, what is refused, and that it is then recalled.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::support::{Ran, read_all, run, write};

const LOG: &str = "content/_facts/print-runs.yaml";

fn site() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        &[
            (
                "loa.yaml",
                "title: Thử\ncommunes: all\neditions:\n  to-roi: {channel: print, theme: leaflet, formats: [a5, a4]}\n",
            ),
            (
                "content/_facts/contacts.yaml",
                "- {key: \"113\", name: Công an, phone: \"113\", source: sổ, checked_on: 2026-08-01}\n\
                 - {key: cax, name: Công an xã, phone: 02733 000 111, per_commune: true, source: sổ, checked_on: 2026-08-01}\n",
            ),
            (
                "content/_facts/communes.yaml",
                "communes:\n- {code: \"1\", name: Một, kind: xa}\n- {code: \"2\", name: Hai, kind: xa}\n",
            ),
            (
                "content/tin/a.md",
                "---\ntitle: A\nsummary: A.\ndate: 2026-08-19\nkind: guidance\n---\nGọi [[cax]].\n",
            ),
            (
                "content/b.md",
                "---\ntitle: B\nsummary: B.\ndate: 2026-08-19\n---\nGọi [[113]].\n",
            ),
        ],
    );
    folder
}

fn loa(folder: &Path, args: &[&str]) -> Ran {
    let common = ["--today", "2026-08-20", "--lang", "en"];
    run(folder, &[args, &common].concat())
}

fn print_run(folder: &Path, args: &[&str]) -> Ran {
    loa(folder, &[&["print-run"], args].concat())
}

fn log(folder: &Path) -> String {
    fs::read_to_string(folder.join(LOG)).unwrap()
}

#[test]
fn a_run_is_added_to_a_log_and_then_recalled() {
    let site = site();
    let args = [
        "a",
        "--size",
        "a5",
        "--copies",
        "1.500",
        "--commune",
        "hai",
        "--printer",
        "Nhà in \"Một\"",
        "--for",
        "Ấp 3",
        "--on",
        "19/08/2026",
    ];
    let dry = print_run(site.path(), &[args.as_slice(), &["--dry-run"]].concat());
    assert_eq!(
        (dry.code, site.path().join(LOG).exists()),
        (0, false),
        "{dry:?}"
    );
    let ran = print_run(site.path(), &args);
    assert_eq!((ran.code, &ran.out), (0, &dry.out), "{ran:?}");
    assert!(
        ran.out.starts_with(
            "- {article: tin/a, edition: to-roi, format: a5, communes: [hai], copies: 1500, printer: \"Nhà in \\\"Một\\\"\", \
             for: \"Ấp 3\", printed_on: 2026-08-19, facts: [cax], digest: "
        ),
        "{}",
        ran.out
    );
    let text = log(site.path());
    assert!(text.starts_with("# ") && text.ends_with(&ran.out), "{text}");
    let recalled = loa(site.path(), &["facts", "impact", "cax", "--format", "json"]);
    assert!(recalled.out.contains("\"copies\": 1500"), "{recalled:?}");
    assert!(recalled.out.contains("\"for\": \"Ấp 3\""), "{recalled:?}");
    assert_eq!(loa(site.path(), &["check"]).code, 0);
}

#[test]
fn notes_layout_and_line_ends_of_a_log_stay() {
    for (before, indent) in [
        (
            "\u{feff}# sổ in\r\n- {article: tin/a, edition: to-roi, format: a5, copies: 1, printed_on: 2026-08-19} # một\r\n# hết",
            "",
        ),
        (
            "# sổ\n  - article: tin/a\n    edition: to-roi\n    format: a5\n    copies: 1\n    printed_on: 2026-08-19\n\n# hết\n",
            "  ",
        ),
        ("# chưa in gì\n", ""),
        ("", ""),
    ] {
        let site = site();
        fs::write(site.path().join(LOG), before).unwrap();
        let ran = print_run(
            site.path(),
            &["content/tin/a.md", "--size", "a4", "--copies", "20"],
        );
        assert_eq!(ran.code, 0, "{before:?}: {ran:?}");
        let after = log(site.path());
        let end = if before.contains('\r') { "\r\n" } else { "\n" };
        let gap = if before.is_empty() || before.ends_with('\n') {
            ""
        } else {
            end
        };
        let line = ran.out.trim_end();
        assert_eq!(after, format!("{before}{gap}{indent}{line}{end}"));
        assert!(
            line.contains("communes: all, copies: 20, printed_on: 2026-08-20"),
            "{line}"
        );
    }
}

#[test]
fn what_cannot_be_right_is_refused_and_nothing_is_written() {
    let site = site();
    let before = read_all(site.path());
    let cases: &[(&[&str], &str)] = &[
        (
            &["c", "--copies", "1", "--size", "a5"],
            "there is no article `c`",
        ),
        (
            &["tin/aa.md", "--copies", "1", "--size", "a5"],
            "did you mean `content/tin/a.md`",
        ),
        (
            &["a", "--copies", "0", "--size", "a5"],
            "`0` is no number of sheets",
        ),
        (
            &["a", "--copies", "nhiều", "--size", "a5"],
            "`nhiều` is no number",
        ),
        (&["a", "--copies", "1"], "printed as a5, a4"),
        (
            &["a", "--copies", "1", "--size", "a6"],
            "not printed as `a6`; there are: a5, a4",
        ),
        (&["b", "--copies", "1"], "has no leaflet in that edition"),
        (
            &["a", "--copies", "1", "--size", "a5", "--edition", "to-ro"],
            "did you mean `to-roi`",
        ),
        (
            &["a", "--copies", "1", "--size", "a5", "--commune", "haii"],
            "did you mean `hai`",
        ),
        (
            &["a", "--copies", "1", "--size", "a5", "--on", "hôm qua"],
            "hôm qua",
        ),
        (
            &["a", "--copies", "1", "--size", "a5", "--on", "2026-08-21"],
            "2026-08-21 is still to come",
        ),
    ];
    for (args, said) in cases {
        let ran = print_run(site.path(), args);
        assert_eq!(ran.code, 2, "{args:?}: {ran:?}");
        assert!(ran.err.contains(said), "{args:?}: {}", ran.err);
        assert!(read_all(site.path()) == before);
    }
}

#[test]
fn a_log_that_is_broken_or_laid_out_otherwise_is_left_alone() {
    let cases = [
        (
            "[{article: tin/a, edition: to-roi, format: a5, copies: 1, printed_on: 2026-08-19}]\n",
            2,
            "begins with `- `",
        ),
        (
            "- {article: tin/a, edition: to-roi, format: a5, copies: 0, printed_on: 2026-08-19}\n",
            1,
            "1 errors in the article or in the log",
        ),
        ("- {article: [\n", 1, "invalid-yaml"),
    ];
    for (before, code, said) in cases {
        let site = site();
        fs::write(site.path().join(LOG), before).unwrap();
        let ran = print_run(site.path(), &["a", "--size", "a5", "--copies", "20"]);
        assert_eq!(ran.code, code, "{before:?}: {ran:?}");
        assert!(ran.err.contains(said), "{before:?}: {}", ran.err);
        assert_eq!(log(site.path()), before);
    }
}
