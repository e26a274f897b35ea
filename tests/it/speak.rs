//! `loa speak`: spoken lines, what they were made of, and a document for a speech engine.

use crate::support::{run, write};

#[test]
fn speaking_turns_text_into_words_line_by_line() {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        &[("a.txt", "Ngày 19/8, gọi 113.\n\nUBND xã.\n")],
    );
    let ran = run(folder.path(), &["speak", "a.txt"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(ran.out.lines().count(), 3);
    assert!(
        !ran.out.contains(|c: char| c.is_ascii_digit()),
        "{}",
        ran.out
    );
    assert_eq!(run(folder.path(), &["speak", "khong-co.txt"]).code, 2);
}

#[test]
fn speaking_tells_why_and_makes_ssml() {
    let folder = tempfile::tempdir().unwrap();
    let files = [
        ("a.txt", "Họp 19/8.\n"),
        ("b.txt", "THTG có 1.004 <hộ> & 2/5"),
        ("loa.yaml", "title: Thử\neditions: {}\n"),
        ("content/_facts/lexicon.yaml", "THTG: đài tỉnh\n"),
    ];
    write(folder.path(), &files);
    let ran = run(
        folder.path(),
        &["speak", "a.txt", "b.txt", "--accent", "north"],
    );
    let wanted = "Họp ngày mười chín tháng tám.\n\
                  đài tỉnh có một nghìn không trăm linh bốn hộ và hai phần năm\n";
    assert_eq!(ran.out, wanted);
    let ran = run(folder.path(), &["speak", "--json", "a.txt", "b.txt"]);
    let lines: Vec<serde_json::Value> = ran
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 2, "{}", ran.out);
    assert_eq!(lines[1]["line"], 2);
    assert_eq!(
        lines[0]["tokens"][1],
        serde_json::json!({
            "text": "19/8", "class": "date", "rule": "date", "because": "day-above-month",
            "words": "ngày mười chín tháng tám", "span": [6, 10],
        })
    );
    let tokens = lines[1]["tokens"].as_array().unwrap();
    let written = lines[1]["written"].as_str().unwrap();
    for token in tokens {
        let [start, end] =
            [0, 1].map(|i| usize::try_from(token["span"][i].as_u64().unwrap()).unwrap());
        assert_eq!(&written[start..end], token["text"], "{token}");
    }
    assert_eq!(tokens[0]["because"], "site");
    let last = tokens.last().unwrap();
    assert_eq!(last["other"], "ngày hai tháng năm");
    assert_eq!(last["guessed"], true);
    let ran = run(folder.path(), &["speak", "--ssml", "a.txt"]);
    let wanted = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
                  <speak version=\"1.1\" xmlns=\"http://www.w3.org/2001/10/synthesis\" xml:lang=\"vi-VN\">\n\
                  <p><s>Họp ngày mười chín tháng tám.</s></p>\n</speak>\n";
    assert_eq!(ran.out, wanted);
    assert_eq!(
        run(folder.path(), &["speak", "--ssml", "--json", "a.txt"]).code,
        2
    );
}

#[test]
fn every_line_gives_one_line_however_long_or_odd() {
    let folder = tempfile::tempdir().unwrap();
    let long = "Gọi 113 khi thấy người lạ. ".repeat(9_000);
    let odd = [
        "0123456789".repeat(1_000),
        "🚓 \u{7} \u{b}\u{c}\u{2028}\u{202e} “ mở mà không đóng".to_owned(),
        "Tie\u{302}\u{301}ng Vie\u{323}\u{302}t Привет 中文".to_owned(),
        "a".repeat(200_000),
        "ế".repeat(100_000),
        "1/2/3/".repeat(30_000),
        String::new(),
    ];
    let text = format!("{long}\n{}\n{long}", odd.join("\n"));
    write(folder.path(), &[("a.txt", &text)]);
    let lines = odd.len() + 2;
    let ran = run(folder.path(), &["speak", "a.txt"]);
    assert_eq!((ran.code, ran.out.lines().count()), (0, lines));
    let first = ran.out.lines().next().unwrap();
    let sentence = "Gọi một một ba khi thấy người lạ.";
    assert_eq!(first, vec![sentence; 9_000].join(" "));
    assert!(ran.out.ends_with(&format!("{first}\n")));
    let ran = run(folder.path(), &["speak", "--json", "a.txt"]);
    assert_eq!((ran.code, ran.out.lines().count()), (0, lines));
    let ran = run(folder.path(), &["speak", "--ssml", "a.txt"]);
    assert_eq!(ran.out.matches("<p>").count(), lines);
    assert_eq!(ran.out.matches("</p>").count(), lines);
}
