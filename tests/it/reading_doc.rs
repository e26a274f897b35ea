//! `docs/cach-doc.md` shows how the program reads: written from the program and its tables, and compared.

use std::fmt::Write;
use std::fs;

use loa::reading::{Accent, Reader};

use crate::support::root;

const HEAD: &str = "# Máy đọc thế nào

Bảng này do `LOA_BLESS=1 cargo test --test it reading_doc` ghi ra từ chính chương trình; đừng sửa tay.
Cách đọc ghi theo tiếng miền Nam (`lẻ`, `ngàn`). Miền Bắc đọc `linh`, `nghìn`; miền Trung đọc `lẻ`, `nghìn`.

Đọc không đúng ý thì ghi cách đọc riêng: cho một bài ở `speech: {say: {\"chữ viết\": \"lời đọc\"}}`, cho mọi bài ở
`content/_facts/lexicon.yaml`. Cách đọc của bài thắng cách đọc chung, cách đọc chung thắng bảng này. Muốn biết vì sao một
chỗ được đọc như vậy: `loa speak --json TỆP`.
";

/// What the guide shows, class by class.
const EXAMPLES: &[(&str, &[&str])] = &[
    (
        "Số",
        &[
            "3.009 lượt",
            "08 căn nhà",
            "Đề án 06",
            "4,6 lần",
            "0,35 điểm",
            "phiên bản 1.4.2",
            "-3 độ C",
            "1 tỷ 200 triệu",
        ],
    ),
    (
        "Ngày, tháng, năm",
        &[
            "tối 20/7",
            "ngày 08/6/2026",
            "từ 03–07/10/2026",
            "tháng 4/2018",
            "quý III/2026",
            "năm học 2026-2027",
            "giai đoạn 2026–2030",
            "lễ 30/4 - 1/5",
            "đường 3/2",
            "thứ 7 (15/8)",
        ],
    ),
    (
        "Giờ",
        &["7g30", "19h-21h", "từ 9-11 giờ", "14:20", "24/24", "24/7"],
    ),
    (
        "Phần, tổng, tỷ lệ, tỷ số",
        &[
            "2/5 số hộ",
            "chiếm 3/4",
            "45/45 hộ",
            "đạt 16/20 chỉ tiêu",
            "tỷ lệ 1/5000",
            "thắng 4–2",
            "huyết áp 120/80",
        ],
    ),
    (
        "Điện thoại",
        &[
            "gọi 113, 114 hoặc 115",
            "gọi 115 hộ dân",
            "ĐT: 0273.3872.222",
            "hotline 1900 9068",
            "+84 277 3851 010",
            "0963.xxx.113",
        ],
    ),
    (
        "Tiền",
        &[
            "75.000 đồng",
            "1,5 tỷ đồng",
            "500.000đ/người",
            "10-20 triệu đồng",
            "380k",
            "2tr5",
            "700 USD",
        ],
    ),
    (
        "Đơn vị",
        &[
            "40 km/h",
            "90 m²",
            "2,7 ha",
            "25 µg/m³",
            "80 mg/100 ml",
            "0,6%/tháng",
            "độ mặn 4‰",
            "cao 1m65",
        ],
    ),
    (
        "Văn bản",
        &[
            "Nghị định số 06/2014/NĐ-CP",
            "Quyết định số 749/QĐ-TTg ngày 03/6/2020 của Thủ tướng Chính phủ",
            "Chỉ thị số 08-CT/TU",
            "Luật số 30/2018/QH14",
            "QCVN 06:2022/BXD",
            "điểm đ khoản 1 Điều 9",
            "Khoản 4a Điều 45",
        ],
    ),
    (
        "Chữ số La Mã",
        &["thế kỷ XXI", "Quốc hội khóa XVI", "phần iv", "II. NỘI DUNG"],
    ),
    (
        "Địa chỉ, biển số",
        &[
            "số 7/21C ấp Bình",
            "Km 12+500, QL.1A",
            "ĐT.867",
            "biển số 63A-123.45",
            "CCCD số 087012345678",
        ],
    ),
    (
        "Chữ tắt theo chữ bên cạnh",
        &[
            "TP. Mỹ Tho",
            "truy bắt TP truy nã",
            "BCH Đoàn xã",
            "BCH Quân sự xã",
            "TT. Cái Bè",
            "TT Y tế huyện",
            "ĐT 0909 111 222",
        ],
    ),
    (
        "Ký hiệu, địa chỉ mạng",
        &[
            "nam/nữ",
            "và/hoặc",
            "> 18 tuổi",
            "an ninh & trật tự",
            "#AnToànGiaoThông",
            "bocongan.gov.vn",
            "congan_xa@dongthap.gov.vn",
        ],
    ),
];

#[test]
fn the_guide_to_reading_is_the_programs_own() {
    let path = root().join("docs/cach-doc.md");
    let wanted = guide();
    if std::env::var_os("LOA_BLESS").is_some() {
        fs::write(&path, &wanted).unwrap();
    }
    assert!(
        fs::read_to_string(&path).is_ok_and(|now| now == wanted),
        "docs/cach-doc.md is not what the program says; LOA_BLESS=1 rewrites it"
    );
}

fn guide() -> String {
    let reader = Reader::new(Accent::South, Vec::new());
    let mut out = HEAD.to_owned();
    for (class, examples) in EXAMPLES {
        let _ = write!(out, "\n## {class}\n\n| viết | đọc |\n| --- | --- |\n");
        for written in *examples {
            let _ = writeln!(out, "| {written} | {} |", reader.read(written).text);
        }
    }
    out.push_str("\n## Đơn vị đo và tiền\n\n| viết | đọc |\n| --- | --- |\n");
    for row in rows(include_str!("../../src/reading/data/units.tsv")) {
        let _ = writeln!(out, "| {} | {} |", row[0], row[1]);
    }
    out.push_str("\n## Chữ tắt\n\nMột chữ có nhiều nghĩa thì cột cuối cho biết khi nào đọc theo nghĩa ấy.\n\n");
    out.push_str("| viết | đọc | khi |\n| --- | --- | --- |\n");
    let mut short = rows(include_str!("../../src/reading/data/abbreviations.tsv"));
    short.sort_by_key(|row| row[0].to_lowercase());
    for row in short {
        let when = row.get(2).map_or_else(String::new, |cell| condition(cell));
        let _ = writeln!(out, "| {} | {} | {when} |", row[0], row[1]);
    }
    out
}

fn rows(table: &'static str) -> Vec<Vec<&'static str>> {
    let lines = table.lines();
    let rows = lines.filter(|line| !line.is_empty() && !line.starts_with("# "));
    rows.map(|line| line.split('\t').collect()).collect()
}

/// A condition of the table in plain words.
fn condition(cell: &str) -> String {
    let parts = cell.split(';').map(|part| {
        let (name, words) = part.split_once('=').unwrap_or((part, ""));
        let words = words.replace(',', ", ");
        match name {
            "name" => "trước tên riêng".to_owned(),
            "number" => "trước số".to_owned(),
            "road" => "trước số đường ba chữ số".to_owned(),
            "head" => "ở đầu dòng".to_owned(),
            "dot" => "có dấu chấm".to_owned(),
            "next" => format!("trước: {words}"),
            "before" => format!("sau: {words}"),
            _ => format!("trong câu có: {words}"),
        }
    });
    parts.collect::<Vec<_>>().join("; ")
}
