//! `loa serve`: the real program on a free port, asked over plain HTTP while files are saved.

use std::fs;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::preview::Server;
use crate::support::{paths, read_all, run, write};

const SETTINGS: &str = "title: Thử <b>
approval: required
editions:
  bao: {channel: web, theme: newspaper, base_url: \"https://bao.example/an-ninh/\"}
  loa: {channel: speech, theme: loudspeaker}
  to-roi: {channel: print, theme: leaflet, formats: [a5]}
";

fn page(title: &str, more: &str, body: &str) -> String {
    format!("---\ntitle: {title}\nsummary: Tóm tắt.\ndate: 2026-08-19\n{more}---\n{body}\n")
}

fn site() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        &[
            ("loa.yaml", SETTINGS),
            (
                "content/tin/a.md",
                &page("Một", "", "Gọi [[113]].\n\n![Ảnh](anh.svg)"),
            ),
            (
                "content/tin/b.md",
                &page("Hai", "kind: guidance\n", "Nội dung."),
            ),
            (
                "content/tin/anh.svg",
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>",
            ),
            (
                "content/_facts/contacts.yaml",
                "- {key: \"113\", name: Công an, phone: \"113\", source: thử, checked_on: 2026-08-01}\n",
            ),
        ],
    );
    folder
}

#[test]
fn every_edition_is_there_and_nothing_is_written() {
    let site = site();
    let before = read_all(site.path());
    let server = Server::start(site.path());
    let start = server.get("/").text();
    for words in [
        "Thử &lt;b&gt;",
        "<a href=\"/bao/\">bao</a>",
        "<a href=\"/loa/\">",
        "<a href=\"/to-roi/\">",
        "2 scripts",
        "1 leaflets",
        "pages not approved: 2",
        "<code>not-approved</code> 2",
    ] {
        assert!(start.contains(words), "{words} in {start}");
    }
    let article = server.get("/bao/tin/a/");
    assert_eq!(article.code, 200);
    let html = article.text();
    assert!(html.contains("/bao/assets/style."), "{html}");
    assert!(!html.contains("bao.example"), "{html}");
    assert!(
        html.contains("script-src 'self'; connect-src 'self'"),
        "{html}"
    );
    assert!(html.contains("BẢN THẢO – CHƯA DUYỆT"), "{html}");
    assert_eq!(read_all(site.path()), before, "nothing is written");
}

#[test]
fn files_have_their_types_and_leaflets_are_set_when_asked_for() {
    let site = site();
    let server = Server::start(site.path());
    for (path, code, media) in [
        ("/bao/", 200, "text/html; charset=utf-8"),
        ("/bao/atom.xml", 200, "application/atom+xml; charset=utf-8"),
        ("/bao/tin/anh.svg", 200, "image/svg+xml"),
        ("/loa/a.html", 200, "text/html; charset=utf-8"),
        ("/loa/a.txt", 200, "text/plain; charset=utf-8"),
        ("/to-roi/", 200, "text/html; charset=utf-8"),
        ("/to-roi/b-a5.pdf", 200, "application/pdf"),
        ("/to-roi/a-a5.pdf", 404, "text/html; charset=utf-8"),
        ("/bao/khong-co/", 404, "text/html; charset=utf-8"),
        ("/khac/", 404, "text/html; charset=utf-8"),
    ] {
        let answer = server.get(path);
        assert_eq!(answer.code, code, "{path}");
        assert!(
            answer.head.contains(&format!("content-type: {media}")),
            "{path}: {}",
            answer.head
        );
        assert!(answer.head.contains("cache-control: no-store"), "{path}");
        assert!(!answer.head.contains("access-control"), "{path}");
    }
    let pdf = server.get("/to-roi/b-a5.pdf");
    assert!(pdf.body.starts_with(b"%PDF") && pdf.head.contains("content-disposition: inline"));
    let text = server
        .get_with("/loa/a.txt", "Accept: text/html,*/*\r\n")
        .text();
    assert!(
        text.contains("<pre>") && text.contains("/.loa/reload.js"),
        "{text}"
    );
    assert!(
        server
            .get("/bao/khong-co/")
            .text()
            .contains("Không tìm thấy trang này")
    );
    let whole = server.get("/bao/tin/anh.svg").body;
    let part = server.get_with("/bao/tin/anh.svg", "Range: bytes=1-3\r\n");
    assert_eq!((part.code, part.body.as_slice()), (206, &whole[1..4]));
    let told = format!("content-range: bytes 1-3/{}", whole.len());
    assert!(part.head.contains(&told), "{}", part.head);
    let beyond = server.get_with("/bao/tin/anh.svg", "Range: bytes=9999-\r\n");
    assert_eq!(beyond.code, 416);
    let folder = server.get("/bao/tin/a");
    assert_eq!(folder.code, 307);
    assert!(
        folder.head.contains("location: /bao/tin/a/"),
        "{}",
        folder.head
    );
}

#[test]
fn words_are_looked_for_in_an_index_that_is_made_when_asked_for() {
    let site = site();
    let server = Server::start(site.path());
    assert!(server.get("/bao/tim-kiem/").text().contains("integrity="));
    let list = |server: &Server| -> serde_json::Value {
        let answer = server.get("/bao/tim-kiem/index.json");
        assert_eq!(answer.code, 200);
        serde_json::from_slice(&answer.body).unwrap()
    };
    let before = list(&server);
    assert_eq!(before["articles"], 2);
    let part = before["parts"][0].as_str().unwrap().to_owned();
    let part = server.get(&format!("/bao/tim-kiem/{part}.txt"));
    assert!(part.text().contains("Hai"), "{}", part.text());
    assert_eq!(server.get("/bao/tim-kiem/khong-co.txt").code, 404);
    server.save("content/tin/c.md", &page("Ba", "", "Chữ mới."));
    server.built();
    assert_eq!(list(&server)["articles"], 3);
}

#[test]
fn only_this_machine_may_look_and_only_at_the_site() {
    let site = site();
    let server = Server::start(site.path());
    let port = server.address.rsplit(':').next().unwrap();
    let ask = |method: &str, path: &str, host: &str| {
        server.ask(&format!(
            "{method} {path} HTTP/1.1\r\n{host}Connection: close\r\n\r\n"
        ))
    };
    let local = format!("Host: localhost:{port}\r\n");
    assert_eq!(ask("GET", "/bao/", &local).code, 200);
    for host in [
        "Host: evil.example\r\n".to_owned(),
        format!("Host: evil.example:{port}\r\n"),
        "Host: 127.0.0.1\r\n".to_owned(),
    ] {
        for path in ["/", "/bao/", "/.loa/events?page=/"] {
            let answer = ask("GET", path, &host);
            assert_eq!(answer.code, 403, "{host} {path}");
            assert!(!answer.text().contains("Thử"));
        }
    }
    for path in [
        "/../loa.yaml",
        "/bao/../../loa.yaml",
        "/bao/%2e%2e/%2e%2e/loa.yaml",
        "/bao/..%2f..%2floa.yaml",
        "/loa.yaml",
        "/content/tin/a.md",
        "//etc/passwd",
        "/to-roi/../../loa.yaml",
    ] {
        assert_eq!(ask("GET", path, &local).code, 404, "{path}");
    }
    for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
        assert_eq!(ask(method, "/bao/", &local).code, 405, "{method}");
    }
    let head = ask("HEAD", "/bao/", &local);
    assert!(head.code == 200 && head.body.is_empty());
}

#[test]
fn a_save_reloads_the_pages_that_change_and_no_other() {
    let site = site();
    let server = Server::start(site.path());
    let mut a = server.open("/bao/tin/a/");
    let mut sheet = server.open("/loa/a.html");
    let mut missing = server.open("/bao/tin/moi/");
    server.save(
        "content/tin/b.md",
        &page("Hai", "kind: guidance\n", "Chữ khác."),
    );
    let line = server.built();
    assert!(line.contains("0 errors"), "{line}");
    assert!(server.get("/bao/tin/b/").text().contains("Chữ khác"));
    assert!(a.is_silent() && sheet.is_silent() && missing.is_silent());
    // A picture that a page uses.
    server.save(
        "content/tin/anh.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><g/></svg>",
    );
    assert_eq!(a.next().0, "reload");
    assert!(sheet.is_silent());
    // Written beside and renamed, as many editors do.
    let mut a = server.open("/bao/tin/a/");
    let beside = site.path().join("content/tin/.a.md.tmp");
    fs::write(&beside, page("Một", "", "Gọi [[113]] ngay.")).unwrap();
    fs::rename(&beside, site.path().join("content/tin/a.md")).unwrap();
    assert_eq!(a.next().0, "reload");
    assert_eq!(sheet.next().0, "reload");
    // A page that was not there.
    server.save("content/tin/moi.md", &page("Mới", "", "Chữ."));
    assert_eq!(missing.next().0, "reload");
    server.builds();
    // The same bytes, and what is not part of the site.
    server.save("content/tin/moi.md", &page("Mới", "", "Chữ."));
    server.save("content/tin/.moi.md.swp", "x");
    server.save("content/tin/moi.md~", "x");
    server.save("public/bao/index.html", "x");
    assert_eq!(server.builds(), 0);
}

#[test]
fn an_article_is_loaded_once_and_what_names_it_follows() {
    let site = site();
    let server = Server::start(site.path());
    let mut list = server.open("/bao/tin/");
    for number in 0..6 {
        let mut article = server.open("/bao/tin/a/");
        server.save(
            "content/tin/a.md",
            &page(&format!("Lần {number}"), "", "Gọi [[113]]."),
        );
        assert_eq!(article.next().0, "reload");
        let told = format!("Lần {number}");
        assert!(server.get("/bao/tin/a/").text().contains(&told));
        let mut again = server.open("/bao/tin/a/");
        if number % 2 == 0 {
            // Saves that follow at once are no different.
            assert!(again.is_silent(), "the same page is not loaded twice");
            assert_eq!(list.next().0, "reload");
            assert!(server.get("/bao/tin/").text().contains(&told));
            list = server.open("/bao/tin/");
        }
    }
    server.builds();
    for path in ["/bao/tin/", "/bao/atom.xml", "/loa/a.html"] {
        assert!(server.get(path).text().contains("Lần 5"), "{path}");
    }
}

#[test]
fn while_there_are_errors_the_last_good_build_stays() {
    let site = site();
    let server = Server::start(site.path());
    let good = server.get("/bao/tin/a/").text();
    let mut tab = server.open("/bao/tin/b/");
    server.save(
        "content/tin/a.md",
        &page("Khác", "drfat: true\n", "<b>x</b>\n\n[x](khong-co.md)"),
    );
    let (event, data) = tab.next();
    assert_eq!(event, "findings");
    for words in [
        "\"file\":\"content/tin/a.md\",\"line\":5,\"column\":1",
        "\"code\":\"unknown-key\"",
        "\"code\":\"raw-html\"",
        "\"code\":\"broken-link\"",
        "\"title\":\"3 errors\"",
        "`draft`",
    ] {
        assert!(data.contains(words), "{words} in {data}");
    }
    assert!(server.built().contains("3 errors"));
    let same = |a: &str, b: &str| a.split("<script").next() == b.split("<script").next();
    assert!(same(&server.get("/bao/tin/a/").text(), &good));
    // A broken theme and broken settings are errors like others.
    server.save("themes/newspaper/theme.yaml", "extends: base\n");
    server.save("themes/newspaper/web/article.html", "{% if %}");
    server.builds();
    server.save("loa.yaml", "title: [");
    assert!(server.built().contains("errors"));
    assert!(same(&server.get("/bao/tin/a/").text(), &good));
    assert!(server.get("/").text().contains("class=\"bad\""));
    fs::remove_dir_all(site.path().join("themes")).unwrap();
    server.save("loa.yaml", SETTINGS);
    server.save("content/tin/a.md", &page("Lành", "", "Chữ."));
    let data = loop {
        let (event, data) = tab.next();
        assert!(event == "findings" || event == "reload");
        if event == "reload" || data.contains("\"items\":[]") {
            break data;
        }
    };
    assert!(data == "now" || data.contains("\"title\":\"0 errors\""));
    server.builds();
    assert!(server.get("/bao/tin/a/").text().contains("Lành"));
}

#[test]
fn a_folder_that_goes_and_comes_back_is_noticed() {
    let site = site();
    let server = Server::start(site.path());
    let aside = site.path().join("aside");
    fs::rename(site.path().join("content"), &aside).unwrap();
    server.built();
    assert_eq!(server.get("/bao/tin/a/").code, 404);
    fs::rename(&aside, site.path().join("content")).unwrap();
    server.built();
    server.builds();
    assert_eq!(server.get("/bao/tin/a/").code, 200);
    fs::remove_dir_all(site.path().join("content")).unwrap();
    server.builds();
    for number in 0..5 {
        server.save(
            &format!("content/moi/sau/n{number}.md"),
            &page("Mới", "", "Chữ."),
        );
    }
    server.builds();
    assert_eq!(server.get("/bao/moi/sau/n4/").code, 200);
    let mut tab = server.open("/bao/moi/sau/n4/");
    server.save("content/moi/sau/n4.md", &page("Sau", "", "Chữ."));
    assert_eq!(tab.next().0, "reload");
}

#[test]
fn many_saves_are_few_builds() {
    let site = site();
    let server = Server::start(site.path());
    for number in 0..30 {
        server.save(
            &format!("content/tin/n{number}.md"),
            &page("Mới", "", "Chữ."),
        );
    }
    assert!(server.builds() <= 2, "30 files saved at once");
    let begun = Instant::now();
    for number in 0..200 {
        let text = page("Bão", "", &format!("Lần {number}."));
        server.save(&format!("content/tin/n{}.md", number % 3), &text);
    }
    let seconds = usize::try_from(begun.elapsed().as_secs()).unwrap();
    let builds = server.builds();
    assert!(
        builds <= 4 + 2 * seconds,
        "{builds} builds for 200 saves in {seconds} s"
    );
    assert!(server.get("/bao/tin/n1/").text().contains("Lần 199."));
}

#[test]
fn drafts_are_looked_at_and_never_published() {
    let site = site();
    write(
        site.path(),
        &[
            (
                "content/tin/nhap.md",
                &page("Nháp", "draft: true\n", "Chữ."),
            ),
            (
                "content/tin/hen.md",
                &page("Hẹn", "publish_at: 2026-09-01\n", "Chữ."),
            ),
        ],
    );
    let server = Server::start(site.path());
    let draft = server.get("/bao/tin/nhap/").text();
    assert!(draft.contains("BẢN NHÁP – CHƯA ĐĂNG"), "{draft}");
    let scheduled = server.get("/bao/tin/hen/").text();
    assert!(scheduled.contains("HẸN ĐĂNG TỪ"), "{scheduled}");
    assert!(
        server
            .get("/loa/nhap.txt")
            .text()
            .starts_with("BẢN NHÁP – CHƯA ĐĂNG\n")
    );
    assert!(server.get("/loa/hen.html").text().contains("HẸN ĐĂNG"));
    let start = server.get("/").text();
    assert!(
        start.contains("drafts: 1") && start.contains("scheduled pages: 1"),
        "{start}"
    );
    let ran = run(site.path(), &["build", "--today", "2026-08-19"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let public = paths(&site.path().join("public"));
    assert!(public.iter().any(|path| path == "bao/tin/a/index.html"));
    for (path, bytes) in read_all(&site.path().join("public")) {
        assert!(!path.contains("nhap") && !path.contains("hen"), "{path}");
        if path.ends_with(".html") || path.ends_with(".xml") {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            assert!(
                !text.contains(".loa/") && !text.contains("BẢN NHÁP"),
                "{path}"
            );
        }
    }
}

#[test]
fn a_port_in_use_is_told_and_the_next_one_is_taken() {
    let site = site();
    let server = Server::start(site.path());
    let port = server.address.rsplit(':').next().unwrap();
    let ran = run(site.path(), &["serve", "--port", port, "--lang", "en"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains(&format!("port {port} is in use")),
        "{}",
        ran.err
    );
    assert_eq!(ran.out, "");
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_at_once() {
    let site = site();
    let mut server = Server::start(site.path());
    let _tab = server.open("/bao/");
    let id = server.child.id().to_string();
    let sent = std::process::Command::new("kill")
        .args(["-INT", &id])
        .status()
        .unwrap();
    assert!(sent.success());
    let begun = Instant::now();
    let status = server.child.wait().unwrap();
    assert_eq!(status.code(), Some(0));
    assert!(begun.elapsed() < Duration::from_secs(5));
}
