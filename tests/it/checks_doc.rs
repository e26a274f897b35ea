//! `docs/checks.md` says of every code what the program itself says: written from it, and compared.

use std::fs;

use loa::diag::{CODES, Language, explanation};

use crate::support::root;

const HEAD: &str = "# All findings

Written from the program by `LOA_BLESS=1 cargo test --test it checks_doc`; do not edit. `loa explain CODE` says more.

An error stops the build before anything is written. A warning is shown, and the build goes on; a site can set the level of a warning, or allow
it in one place (`site-files.md`, part “Checks”).
";

const VIETNAMESE: &str = "
## Bằng tiếng Việt

Lỗi thì không ghi gì cả. Cảnh báo thì vẫn dựng; tắt cả mã hay cho phép ở một chỗ: xem `huong-dan.md`, mục 13.
";

#[test]
fn the_list_of_findings_is_the_programs_own() {
    let path = root().join("docs/checks.md");
    let mut wanted = HEAD.to_owned();
    wanted.push_str(&table(
        Language::English,
        ["code", "level", "when", "cure"],
        ["**What.**", "**Fix.**"],
        ["error", "warning"],
    ));
    wanted.push_str(VIETNAMESE);
    wanted.push_str(&table(
        Language::Vietnamese,
        ["mã", "mức", "là gì", "cách sửa"],
        ["**Là gì.**", "**Cách sửa.**"],
        ["lỗi", "cảnh báo"],
    ));
    if std::env::var_os("LOA_BLESS").is_some() {
        fs::write(&path, &wanted).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == wanted,
        "docs/checks.md is not what the program says; LOA_BLESS=1 rewrites it"
    );
}

fn table(language: Language, head: [&str; 4], parts: [&str; 2], levels: [&str; 2]) -> String {
    let mut out = format!("\n| {} |\n| --- | --- | --- | --- |\n", head.join(" | "));
    for code in CODES {
        let level = levels[usize::from(code.severity.name() == "warning")];
        let text = explanation(*code, language);
        let [what, cure] = parts.map(|part| first_sentence(part, text));
        out.push_str(&format!(
            "| `{}` | {level} | {what} | {cure} |\n",
            code.name
        ));
    }
    out
}

/// The first sentence of a part, fit for a cell.
fn first_sentence(part: &str, text: &str) -> String {
    let (_, rest) = text
        .split_once(part)
        .expect("a test demands all four parts");
    let line = rest.trim_start().lines().next().unwrap_or_default();
    let mut code = false;
    let mut end = line.len();
    for (at, c) in line.char_indices() {
        code ^= c == '`';
        let last = line[at + c.len_utf8()..].starts_with(' ');
        if !code && last && matches!(c, '.' | '!' | '?') {
            end = at + 1;
            break;
        }
    }
    line[..end].replace('|', "\\|")
}
