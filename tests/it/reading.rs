//! What holds for the reading of any text at all: it ends, in time that grows with the text; what comes out can be
//! said by anyone; what is in words already stays as it is.

use std::time::Instant;

use loa::reading::{Accent, Reader};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// Pieces that rules look for, to be put together in ways nobody has thought of.
const PIECES: &[&str] = &[
    "1", "20", "0", "31", "2026", "115", "1900", "0918", "000", "/", "-", "–", "−", ".", ",", ":",
    " ", " ", " ", "h", "g", "đ", "k", "tr", "p", "s", "m2", "km/h", "%", "‰", "°C", "NĐ", "QĐ",
    "CP", "TP", "TT", "X.", "P.", "Q.", "ngày", "tháng", "năm", "quý", "số", "điểm", "khoản",
    "Điều", "mã", "lớp", "thắng", "từ", "đến", "và", "XIV", "ix", "MCM", "(", ")", "+", "&", "@",
    "#", "*", "_", "vn", "https://", ".apk", "\"", "xxx", "K1", "63B1", "QCVN", "UBND", "XMCD",
    "ạ", "\u{301}", "\u{323}", "²", "½", "١", "😀", "\u{200b}", "\u{a0}", "\t", "…", "...", "=>",
];

fn any_text() -> impl Strategy<Value = String> {
    let pieces =
        prop::collection::vec(prop::sample::select(PIECES), 0..24).prop_map(|all| all.concat());
    prop_oneof![pieces, "\\PC{0,40}", any::<String>()]
}

fn readers() -> [Reader; 2] {
    let pairs = [
        ("TP", "thành phẩm"),
        ("2/", "hai"),
        ("ngày 1", "mùng một"),
        ("%", "phần"),
        ("(", ""),
    ];
    let pairs = pairs.map(|(written, spoken)| (written.to_owned(), spoken.to_owned()));
    [
        Reader::new(Accent::North, Vec::new()),
        Reader::new(Accent::South, pairs.clone()).with(pairs),
    ]
}

/// The same texts in every run; what fails is told, not stored.
fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        rng_seed: RngSeed::Fixed(11),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config(1_200))]

    #[test]
    fn what_is_said_has_letters_blanks_and_pauses(text in any_text()) {
        for reader in readers() {
            let spoken = reader.read(&text).text;
            for c in spoken.chars() {
                let sayable = c == ' ' || ",.;:?!".contains(c) || (c.is_alphabetic() && !c.is_numeric());
                prop_assert!(sayable, "{c:?} is left in {spoken:?}");
            }
            prop_assert!(!spoken.contains("  ") && spoken.trim() == spoken, "{spoken:?}");
        }
    }

    #[test]
    fn words_stay_as_they_are(text in any_text()) {
        let [reader, _] = readers();
        let once = reader.read(&text).text;
        let twice = reader.read(&once).text;
        let again = reader.read(&twice).text;
        prop_assert_eq!(&again, &twice, "of {}", once);
    }

    #[test]
    fn pieces_and_doubts_lie_in_the_text_in_order(text in any_text()) {
        for reader in readers() {
            let (spoken, pieces) = reader.explain(&text);
            prop_assert_eq!(&spoken, &reader.read(&text));
            let mut last = 0;
            for piece in &pieces {
                prop_assert!(last <= piece.start && piece.start <= piece.end && piece.end <= text.len(), "{piece:?}");
                last = piece.start;
            }
            for doubt in spoken.doubts {
                prop_assert!(doubt.start <= doubt.end && doubt.end <= text.len(), "{doubt:?}");
            }
        }
    }

}

proptest! {
    #![proptest_config(config(150))]

    /// A text forty times as long takes about forty times as long, and no sixteen hundred.
    #[test]
    fn time_grows_with_the_text(unit in prop::collection::vec(prop::sample::select(PIECES), 1..6)) {
        let unit = unit.concat();
        let [reader, _] = readers();
        let took = |times: usize| {
            let text = unit.repeat(times);
            let one = || {
                let start = Instant::now();
                let _ = reader.read(&text);
                start.elapsed().as_secs_f64()
            };
            // Of three, the one that the machine disturbed least.
            one().min(one()).min(one())
        };
        let (short, long) = (took(50), took(2_000));
        prop_assert!(long < 0.2 + short * 200.0, "{unit:?}: {short} s, then {long} s");
    }
}
