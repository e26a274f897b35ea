//! Scripts in other hands: SSML as its specification wants it, documents that open in an office, bulletins as data.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::process::Command;

use jiff::civil::date;
use loa::load::Tree;
use loa::pipeline::build;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use serde_json::Value;

/// A page with everything that a script can meet.
const PAGE: &str = "---\ntitle: \"Gặp kẻ gian & gọi <ai>\"\nsummary: Ngày 19/8, UBND xã họp.\ndate: 2026-08-19\n\
priority: emergency\nspeech: {repeat: 3, voices: 2}\n---\n## Mục 1\n\n1. Gọi [[cax]].\n2. Chờ 5 phút; nói \"có trộm\".\n\n\
| Giờ | Việc |\n| --- | --- |\n| 7h30 | A & B < C |\n\n> [!WARNING]\n> Cẩn thận, 50% lừa đảo!\n\n---\n\n\
Đọc `a < b`. *Nhấn*, **mạnh**, ~~bỏ~~.\n\n::: contacts cax\n:::\n\n::: recap\nNhớ gọi [[cax]].\n:::\n";

const SETTINGS: &str = "title: Thử\ncommunes: all\neditions:\n  \
loa: {channel: speech, theme: loudspeaker, formats: [txt, ssml, json, docx], chunk: 300}\n";

/// The files of a site with that page, by path.
fn made(page: &str) -> BTreeMap<String, Vec<u8>> {
    let tree = Tree::of(&[
        ("loa.yaml", SETTINGS),
        ("content/a.md", page),
        (
            "content/b.md",
            "---\ntitle: B\nsummary: Bê.\ndate: 2026-08-19\n---\nMột giọng.\n",
        ),
        (
            "content/_facts/contacts.yaml",
            "- {key: cax, name: Công an xã, phone: \"113\", per_commune: true, source: sổ, checked_on: 2026-08-01}\n",
        ),
        (
            "content/_facts/communes.yaml",
            "communes:\n- {code: \"1\", name: Cái Bè, kind: xa, slug: cai-be}\n- {code: \"2\", name: Mỹ Tho, kind: phuong, slug: my-tho, \
             contacts: {cax: {phone: 0273 3872 222, source: sổ, checked_on: 2026-08-01}}}\n",
        ),
    ]);
    let built = build(&tree, date(2026, 8, 19));
    assert!(!built.has_errors(), "{:?}", built.diags);
    let edition = built.plan.editions.into_iter().next().unwrap();
    let files = edition.files.into_iter();
    files
        .map(|(path, file)| (path, file.bytes.to_vec()))
        .collect()
}

/// What may stand in an element, of those that loa writes: SSML 1.1, section 3. `#text` is text other than blanks.
fn may_hold(parent: &str, child: &str) -> bool {
    match parent {
        "" => child == "speak",
        "speak" | "voice" => ["p", "s", "break", "mark", "voice", "#text"].contains(&child),
        "p" => ["s", "break", "mark", "voice", "#text"].contains(&child),
        "s" => ["break", "mark", "voice", "#text"].contains(&child),
        // `break` and `mark` are empty; `say-as` and anything else have no place in a script.
        _ => false,
    }
}

/// What is wrong with the attributes of an element.
fn attributes(element: &BytesStart<'_>) -> Result<(), String> {
    for attribute in element.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        let (name, value) = (
            String::from_utf8_lossy(attribute.key.as_ref()).into_owned(),
            String::from_utf8_lossy(&attribute.value).into_owned(),
        );
        let element = String::from_utf8_lossy(element.name().as_ref()).into_owned();
        let sound = match (element.as_str(), name.as_str()) {
            ("speak", "version") => value == "1.1",
            ("speak", "xmlns") => value == "http://www.w3.org/2001/10/synthesis",
            ("speak", "xml:lang") | ("voice", "languages") => value == "vi-VN",
            ("voice", "gender") => ["male", "female"].contains(&value.as_str()),
            ("break", "time") => value
                .strip_suffix('s')
                .is_some_and(|time| time.parse::<u32>().is_ok()),
            ("mark", "name") => !value.is_empty() && !value.contains(' '),
            _ => false,
        };
        if !sound {
            return Err(format!("<{element} {name}=\"{value}\">"));
        }
    }
    Ok(())
}

/// Walks a document against the content model; the text in it.
fn walk(document: &str) -> Result<String, String> {
    let mut reader = Reader::from_str(document);
    let (mut open, mut text) = (vec![String::new()], String::new());
    let mut sentences = 0;
    loop {
        let event = reader.read_event().map_err(|error| error.to_string())?;
        let parent = open.last().cloned().unwrap();
        match event {
            Event::Eof if open.len() == 1 && sentences > 0 => return Ok(text),
            Event::Eof => return Err("it ends too early, or says nothing".to_owned()),
            Event::Start(element) | Event::Empty(element)
                if {
                    let name = String::from_utf8_lossy(element.name().as_ref()).into_owned();
                    !may_hold(&parent, &name)
                } =>
            {
                return Err(format!("<{parent}> holds {element:?}"));
            }
            Event::Start(element) => {
                attributes(&element)?;
                sentences += usize::from(element.name().as_ref() == b"s");
                open.push(String::from_utf8_lossy(element.name().as_ref()).into_owned());
            }
            Event::Empty(element) => attributes(&element)?,
            Event::End(_) => {
                open.pop();
            }
            Event::Text(words) => {
                let words = words.decode().map_err(|error| error.to_string())?;
                if !words.trim().is_empty() {
                    if !may_hold(&parent, "#text") {
                        return Err(format!("<{parent}> holds words"));
                    }
                    text.push_str(&words);
                    text.push('\n');
                }
            }
            Event::GeneralRef(_) => return Err("a sign that is not said".to_owned()),
            _ => {}
        }
    }
}

#[test]
fn ssml_keeps_to_its_content_model_and_says_words_only() {
    let files = made(PAGE);
    let mut seen = 0;
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".ssml")) {
        let document = std::str::from_utf8(bytes).unwrap();
        let text = walk(document).unwrap_or_else(|problem| panic!("{path}: {problem}\n{document}"));
        let odd: Vec<char> = text
            .chars()
            .filter(|c| !c.is_alphabetic() && !c.is_whitespace() && !",.;:?!…".contains(*c))
            .collect();
        assert!(odd.is_empty(), "{path} would say {odd:?}");
        seen += 1;
    }
    assert_eq!(seen, 4);
    assert!(walk("<speak version=\"1.1\"><s>a</s><p><p/></p></speak>").is_err());
    assert!(walk("<speak><say-as interpret-as=\"date\">1</say-as></speak>").is_err());
}

/// The sentences of a plain text, below its line.
fn sentences(text: &str) -> Vec<String> {
    let (_, body) = text.split_once("\n---\n").unwrap();
    let read = body
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('['));
    read.map(|line| line.replace("NAM: ", "").replace("NỮ: ", ""))
        .collect()
}

#[test]
fn a_bulletin_holds_what_the_text_holds() {
    let files = made(PAGE);
    for commune in ["cai-be", "my-tho"] {
        let text = String::from_utf8(files[&format!("{commune}/a.txt")].clone()).unwrap();
        let bulletin: Value = serde_json::from_slice(&files[&format!("{commune}/a.json")]).unwrap();
        let said: Vec<String> = bulletin["segments"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|segment| segment["sentences"].as_array())
            .flatten()
            .map(|sentence| sentence.as_str().unwrap().to_owned())
            .collect();
        assert_eq!(said, sentences(&text));
        assert_eq!(bulletin["priority"], "emergency");
        assert_eq!(bulletin["id"], format!("loa/{commune}/a"));
        let chunks: String = bulletin["chunks"]
            .as_array()
            .unwrap()
            .iter()
            .map(|chunk| format!("{} ", chunk["text"].as_str().unwrap()))
            .collect();
        assert_eq!(chunks.trim(), said.join(" "));
    }
    // Another number is another bulletin; the same words are the same one.
    let digest = |files: &BTreeMap<String, Vec<u8>>, path: &str| {
        let bulletin: Value = serde_json::from_slice(&files[path]).unwrap();
        bulletin["digest"].as_str().unwrap().to_owned()
    };
    let changed = made(
        &PAGE
            .replace("Cẩn thận", "Thận trọng")
            .replace("2026-08-19", "2026-08-18"),
    );
    assert_ne!(
        digest(&files, "cai-be/a.json"),
        digest(&changed, "cai-be/a.json")
    );
    assert_ne!(
        digest(&files, "cai-be/a.json"),
        digest(&files, "my-tho/a.json")
    );
    assert_eq!(
        digest(&files, "cai-be/b.json"),
        digest(&changed, "cai-be/b.json")
    );
}

/// The text of a part of a document.
fn part(document: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(document)).unwrap();
    let mut text = String::new();
    archive
        .by_name(name)
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    text
}

/// All words of a Word document, one paragraph a line; panics where it is no well-formed XML.
fn words(document: &[u8]) -> String {
    let xml = part(document, "word/document.xml");
    let mut reader = Reader::from_str(&xml);
    let mut out = String::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return out,
            Event::Text(text) => out.push_str(&text.decode().unwrap()),
            Event::GeneralRef(sign) => out.push_str(match &sign.decode().unwrap()[..] {
                "amp" => "&",
                "lt" => "<",
                "gt" => ">",
                _ => "?",
            }),
            Event::End(end) if end.name().as_ref() == b"w:p" => out.push('\n'),
            _ => {}
        }
    }
}

#[test]
fn a_word_document_holds_the_script_and_is_the_same_every_time() {
    let page = PAGE.replace("gọi <ai>", "gọi <ai> \\x01\\x0b");
    let (files, again) = (made(&page), made(&page));
    let document = &files["my-tho/a.docx"];
    let said = words(document);
    let text = String::from_utf8(files["my-tho/a.txt"].clone()).unwrap();
    for sentence in sentences(&text) {
        assert!(said.contains(&sentence), "{sentence}\n{said}");
    }
    assert!(said.starts_with("Gặp kẻ gian & gọi <ai>"), "{said}");
    assert!(said.contains("Người duyệt"), "{said}");
    assert!(part(document, "[Content_Types].xml").contains("/word/document.xml"));
    for (path, bytes) in &files {
        assert!(again[path] == *bytes, "{path} differs from run to run");
    }
}

#[test]
fn a_word_document_opens_in_an_office() {
    let version = Command::new("soffice").arg("--version").output();
    if !version.is_ok_and(|output| output.status.success()) {
        println!("skipped: soffice is not installed");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.docx"), &made(PAGE)["my-tho/a.docx"]).unwrap();
    let profile = format!(
        "-env:UserInstallation=file://{}/profile",
        folder.path().display()
    );
    let run = Command::new("soffice")
        .args([
            profile.as_str(),
            "--headless",
            "--convert-to",
            "pdf",
            "a.docx",
        ])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(run.status.success(), "{run:?}");
    let pdf = std::fs::read(folder.path().join("a.pdf")).unwrap();
    assert!(pdf.starts_with(b"%PDF") && pdf.len() > 5_000);
}
