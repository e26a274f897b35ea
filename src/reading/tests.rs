//! Cases beside the code and the properties that hold for any input.

use std::time::Instant;

use super::{Accent, Reader, cardinal, digits, document, phone, pinpoint, syllables};

/// All case files: written, North, Central, South; `=` is as in the North.
const CASES: &[(&str, &str)] = &[
    ("number", include_str!("cases/number.tsv")),
    ("date", include_str!("cases/date.tsv")),
    ("time", include_str!("cases/time.tsv")),
    ("phone", include_str!("cases/phone.tsv")),
    ("document", include_str!("cases/document.tsv")),
    ("measure", include_str!("cases/measure.tsv")),
    ("slash", include_str!("cases/slash.tsv")),
    ("abbreviation", include_str!("cases/abbreviation.tsv")),
    ("letters", include_str!("cases/letters.tsv")),
    ("layout", include_str!("cases/layout.tsv")),
    ("prose", include_str!("cases/prose.tsv")),
];

fn say(accent: Accent, text: &str) -> String {
    Reader::new(accent, Vec::new()).read(text).text
}

#[test]
fn cases() {
    let mut wrong = Vec::new();
    for (file, table) in CASES {
        for line in table
            .lines()
            .filter(|line| !line.is_empty() && !line.starts_with("# "))
        {
            let cells: Vec<&str> = line.split('\t').collect();
            let north = cells[1];
            for (at, accent) in [Accent::North, Accent::Central, Accent::South]
                .into_iter()
                .enumerate()
            {
                let expected = match cells.get(at + 1) {
                    None | Some(&"=") => north,
                    Some(cell) => cell,
                };
                let got = say(accent, cells[0]);
                if got != expected {
                    wrong.push(format!(
                        "{file} {accent:?}: {}\n  got  {got}\n  want {expected}",
                        cells[0]
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Letters of any script, single blanks, pause marks.
fn check_speakable(input: &str) {
    let spoken = say(Accent::South, input);
    for c in spoken.chars() {
        let fine = c == ' ' || ",.;:?!".contains(c) || (c.is_alphabetic() && !c.is_numeric());
        assert!(fine, "{c:?} of {input:?} left in {spoken:?}");
    }
    assert!(!spoken.contains("  "), "double blank in {spoken:?}");
}

/// Inputs that broke other readers, or that look as if they could.
const NASTY: &[&str] = &[
    "",
    " ",
    "\n\n",
    "/",
    "//",
    "-",
    "--",
    "- ",
    "+",
    "a/",
    "/a",
    "1/",
    "/1",
    "1-",
    "-1",
    "1:",
    "1.",
    "1,",
    "1/2/",
    "1/2/3/4/5",
    "1.2.3.4.5.6",
    "...",
    "…",
    "(((",
    ")))",
    "[1]",
    "{2}",
    "\"x\"",
    "'",
    "`code`",
    "**",
    "##",
    "#1",
    "1#",
    "$",
    "$$",
    "$5",
    "5$",
    "%",
    "5%%",
    "°",
    "°C",
    "½ 3½ ¾",
    "m² m³ 10² x₂",
    "١٢٣ ४५ ๙ ９９",
    "① ⑳ Ⅻ ⅻ ㎡ ℃",
    "😀👍🏽🇻🇳",
    "\u{0}\u{1}\u{7f}\u{85}",
    "a\u{300}\u{323}e\u{302}\u{301}",
    "\u{301}",
    "\u{feff}x\u{200b}y",
    "Ⓐ🄰ª º",
    "0/0",
    "00/00/0000",
    "31/2",
    "99/99/9999",
    "24:00",
    "25:61",
    "99h99",
    "0h",
    "1e10",
    "0x1F",
    "+",
    "+84",
    "(",
    "(0",
    "(0277)",
    "1900",
    "vn.vn",
    "a@b",
    "a@b.c",
    "http://",
    "https://x",
    "www.",
    "/NĐ-CP",
    "1/NĐ-CP",
    "1/2020/",
    "1/2020/-",
    "-/-",
    "–",
    "1–",
    "–1",
    "A.B.C.",
    "P.",
    "TP.",
    "KT.",
    "H5N1",
    "CO2",
    "3/4/5A",
    "<b>",
    "\\",
    "一二三",
    "中文",
    "русский",
    "ابجد",
    "ᵃᵇ",
    "ʰ",
    "ﬁ",
    "²³",
    "10⁻³",
    "४.५",
    "1'000",
    "ⅷ",
    "𝟏𝟐",
    "٪",
];

#[test]
fn nothing_unspeakable_remains() {
    let ascii: String = (' '..='~').collect();
    for input in NASTY.iter().copied().chain([ascii.as_str()]) {
        check_speakable(input);
        check_speakable(&format!("ngày {input} và 3{input}5 {input}"));
        check_speakable(&format!("{input}{input}"));
    }
    check_speakable(&"7".repeat(10_000));
    check_speakable(&"7.".repeat(10_000));
    check_speakable(&"1/".repeat(10_000));
}

/// A small fixed generator, so that a failure can be repeated.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }
}

#[test]
fn any_input_is_read() {
    let pieces = [
        "1", "20", "0", "2026", "115", "1900", "/", "-", "–", ".", ",", ":", " ", " ", "h", "g",
        "đ", "m2", "km/h", "%", "NĐ", "QĐ", "CP", "TP", "P", "ngày", "số", "điểm", "khoản", "XIV",
        "(", ")", "+", "&", "\n", "vn", "@", "#", "*", "ạ", "😀", "\u{301}", "²", "K1", "và", "từ",
        "tháng", "https://", "\"",
    ];
    let mut random = Random(7);
    for _ in 0..1_500 {
        let text: String = (0..random.below(14))
            .map(|_| pieces[random.below(pieces.len())])
            .collect();
        check_speakable(&text);
        let any: String = (0..random.below(10))
            .filter_map(|_| char::from_u32(u32::try_from(random.below(0x11_0000)).unwrap()))
            .collect();
        check_speakable(&any);
        let reader = Reader::new(
            Accent::North,
            vec![("20/".to_owned(), "hai mươi".to_owned())],
        );
        for doubt in reader.read(&text).doubts {
            assert!(
                doubt.start <= doubt.end && doubt.end <= text.len(),
                "{text:?}: {doubt:?}"
            );
        }
    }
}

#[test]
fn time_grows_with_length() {
    let units = [
        "1/",
        "1-1, ",
        "X.ngày",
        "a.",
        "1.000.",
        "111.",
        "1/1/a/",
        "ngày 3/4 - ",
        "XIV ",
        "0918 ",
        "a@",
        "H.",
        "- ",
        "(1",
        "\u{301}e",
        "UBND xã ",
    ];
    for unit in units {
        let time = |times: usize| {
            let text = unit.repeat(times);
            let start = Instant::now();
            let _ = say(Accent::South, &text);
            start.elapsed().as_secs_f64()
        };
        time(500);
        let (short, long) = (time(500), time(10_000));
        assert!(
            long < 0.05 + short * 200.0,
            "{unit:?}: {short} s, then {long} s"
        );
    }
}

#[test]
fn lexicon_wins() {
    let pairs = [
        ("TP", "thành phẩm"),
        ("Cty TP", "công ty thực phẩm"),
        ("3/2", "ba hai"),
    ];
    let reader = Reader::new(
        Accent::South,
        pairs.map(|(a, b)| (a.to_owned(), b.to_owned())),
    );
    assert_eq!(
        reader.read("TP và Cty TP, chợ 3/2").text,
        "thành phẩm và công ty thực phẩm, chợ ba hai"
    );
}

#[test]
fn guesses_are_reported_where_they_stand() {
    let text = "Ông A\u{301}nh ở XBQK nhé";
    let spoken = Reader::new(Accent::South, Vec::new()).read(text);
    assert_eq!(spoken.doubts.len(), 1);
    let doubt = &spoken.doubts[0];
    assert_eq!(&text[doubt.start..doubt.end], "XBQK");
    assert_eq!(doubt.written, "XBQK");
    assert_eq!(doubt.spoken, "ích bê quy ca");
}

#[test]
fn small_functions() {
    assert_eq!(digits("113"), "một một ba");
    assert_eq!(
        phone("0273 3872 222"),
        "không hai bảy ba, ba tám bảy hai, hai hai hai"
    );
    assert_eq!(
        document("Nghị định", "06/2014/NĐ-CP", "Chính phủ", Accent::North),
        "Nghị định số không sáu năm hai nghìn không trăm mười bốn của Chính phủ"
    );
    assert_eq!(
        pinpoint("điểm e khoản 2 Điều 9", Accent::South),
        "điểm e khoản hai Điều chín"
    );
    assert_eq!(cardinal(u64::MAX, Accent::North).split(' ').count(), 36);
    assert_eq!(syllables("một, hai . ba!"), 3);
    assert_eq!(Accent::parse("central"), Some(Accent::Central));
    assert_eq!(Accent::parse("West"), None);
}

/// Words to numbers again, for the plain cardinals.
#[test]
fn cardinals_are_distinct() {
    let mut seen: Vec<String> = (0..20_000).map(|n| cardinal(n, Accent::North)).collect();
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 20_000);
}
