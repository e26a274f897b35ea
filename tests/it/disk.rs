//! What a disk can do to a build: links, no room, two builds at once.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::cli::small_site;
use crate::support::{loa, paths, read_all, run, write};

#[cfg(unix)]
#[test]
fn links_are_skipped_with_a_warning_even_in_a_circle() {
    use std::os::unix::fs::symlink;
    let site = small_site();
    symlink("..", site.path().join("content/vong")).unwrap();
    symlink("/etc/passwd", site.path().join("content/mat-khau.md")).unwrap();
    symlink("khong-co", site.path().join("content/gay")).unwrap();
    let ran = run(site.path(), &["build", "--lang", "en"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    for name in ["vong", "mat-khau.md", "gay"] {
        assert!(
            ran.err
                .contains(&format!("content/{name}:1:1: warning[symlink-skipped]: ")),
            "{}",
            ran.err
        );
    }
    assert!(
        !paths(&site.path().join("public"))
            .iter()
            .any(|path| path.contains("mat-khau"))
    );
}

#[cfg(unix)]
#[test]
fn a_link_in_the_output_is_never_written_through() {
    use std::os::unix::fs::symlink;
    let site = small_site();
    assert_eq!(run(site.path(), &["build"]).code, 0);
    let (outside, page) = (
        site.path().join("ngoai.html"),
        site.path().join("public/bao/tin/a/index.html"),
    );
    fs::write(&outside, "của tôi").unwrap();
    fs::remove_file(&page).unwrap();
    symlink(&outside, &page).unwrap();
    let ran = run(site.path(), &["build"]);
    assert_eq!(fs::read_to_string(&outside).unwrap(), "của tôi");
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(fs::symlink_metadata(&page).unwrap().is_file());
}

/// A folder on a disk of its own, so small that it is soon full; nothing where that is not allowed.
struct TinyDisk(std::path::PathBuf);

impl TinyDisk {
    fn mount(place: &Path) -> Option<TinyDisk> {
        fs::create_dir_all(place).unwrap();
        let mut command = Command::new("mount");
        command
            .args(["-t", "tmpfs", "-o", "size=200k", "tmpfs"])
            .arg(place)
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
            .status()
            .ok()?
            .success()
            .then(|| TinyDisk(place.to_owned()))
    }
}

impl Drop for TinyDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

#[test]
fn a_full_disk_leaves_the_last_build_whole() {
    let site = small_site();
    let public = site.path().join("public");
    let Some(_disk) = TinyDisk::mount(&public) else {
        println!("skipped: no disk can be mounted here");
        return;
    };
    let first = run(site.path(), &["build", "--lang", "en"]);
    assert_eq!(first.code, 0, "{}", first.err);
    let before = read_all(&public.join("bao"));
    for number in 0..30 {
        let text = format!(
            "---\ntitle: Bài {number}\nsummary: S.\ndate: 2026-08-19\n---\n{}\n",
            "Chữ thật dài. ".repeat(800)
        );
        write(
            site.path(),
            &[(&format!("content/tin/n{number}.md"), &text)],
        );
    }
    let ran = run(site.path(), &["build", "--lang", "en"]);
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert!(
        ran.err.contains("the disk is full") && ran.err.contains("public"),
        "{}",
        ran.err
    );
    assert!(read_all(&public.join("bao")) == before);
    for number in 0..30 {
        fs::remove_file(site.path().join(format!("content/tin/n{number}.md"))).unwrap();
    }
    let again = run(site.path(), &["build", "--lang", "en"]);
    assert_eq!(
        again.code, 0,
        "what the failed build left takes no room: {}",
        again.err
    );
    assert!(read_all(&public.join("bao")) == before);
}

#[test]
fn two_builds_at_once_do_not_spoil_each_other() {
    let site = small_site();
    let clean = site.path().join("sach");
    assert_eq!(
        run(
            site.path(),
            &["build", "--today", "2026-08-19", "--out", "sach"]
        )
        .code,
        0
    );
    let mut written = 0;
    for _ in 0..6 {
        let start = || {
            loa(site.path(), &["build", "--today", "2026-08-19"])
                .stderr(Stdio::piped())
                .spawn()
                .unwrap()
        };
        let both = [start(), start()].map(|child| child.wait_with_output().unwrap());
        for one in &both {
            let code = one.status.code().unwrap();
            assert!(
                code == 0 || code == 2,
                "{}",
                String::from_utf8_lossy(&one.stderr)
            );
            written += usize::from(code == 0);
        }
        assert!(read_all(&site.path().join("public/bao")) == read_all(&clean.join("bao")));
        fs::remove_dir_all(site.path().join("public/bao")).unwrap();
    }
    assert!(written >= 6, "of two at least one builds: {written}");
}

/// The page `tin/a` of the small site with another title.
fn edit(site: &Path, title: &str) {
    let page = site.join("content/tin/a.md");
    let text = fs::read_to_string(&page).unwrap();
    let lines = text.lines().map(|line| {
        if line.starts_with("title:") {
            format!("title: {title}\n")
        } else {
            format!("{line}\n")
        }
    });
    fs::write(&page, lines.collect::<String>()).unwrap();
}

#[test]
fn a_clock_that_was_set_back_hides_no_change() {
    let site = small_site();
    let build = || {
        let ran = run(site.path(), &["build", "--lang", "en"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        ran.err
    };
    let page = site.path().join("public/bao/tin/a/index.html");
    build();
    let whole = fs::read(&page).unwrap();
    let long_ago =
        std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
    let date = |path: &Path| {
        let file = fs::File::options().write(true).open(path).unwrap();
        file.set_modified(long_ago).unwrap();
    };
    // What somebody writes into the output by such a clock is put right.
    fs::write(&page, vec![b'x'; whole.len()]).unwrap();
    date(&page);
    assert!(build().contains("1 files new or changed"));
    assert_eq!(fs::read(&page).unwrap(), whole);
    // And an article that is saved by it is built.
    edit(site.path(), "Đồng hồ chậm");
    date(&site.path().join("content/tin/a.md"));
    build();
    assert!(fs::read_to_string(&page).unwrap().contains("Đồng hồ chậm"));
}

#[test]
fn what_is_remembered_can_be_lost_damaged_or_older() {
    let site = small_site();
    let cache = site.path().join("public/.loa/cache");
    let build = || {
        let ran = run(site.path(), &["build", "--lang", "en"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        ran.err
    };
    build();
    let files = ["made", "read"].map(|name| cache.join(name));
    let old = files.clone().map(|path| fs::read(path).unwrap());
    edit(site.path(), "Bốn");
    build();
    let whole = read_all(&site.path().join("public/bao"));
    for round in 0..4 {
        for (path, old) in files.iter().zip(&old) {
            match round {
                0 => fs::write(path, old).unwrap(),
                1 => fs::write(path, &old[..old.len() / 2]).unwrap(),
                2 => fs::write(path, b"").unwrap(),
                _ => fs::remove_file(path).unwrap(),
            }
        }
        assert!(build().contains("0 files new or changed"), "round {round}");
        assert!(
            read_all(&site.path().join("public/bao")) == whole,
            "round {round}"
        );
    }
    fs::remove_dir_all(&cache).unwrap();
    assert!(build().contains("0 files new or changed"));
}

#[test]
fn one_article_changed_writes_a_few_files_and_leaves_the_rest_alone() {
    let site = small_site();
    for number in 0..30 {
        let text = format!(
            "---\ntitle: Bài {number}\nsummary: S.\ndate: 2026-08-{:02}\n---\nChữ.\n",
            1 + number % 18
        );
        write(
            site.path(),
            &[(&format!("content/tin/n{number}.md"), &text)],
        );
    }
    let times = || {
        let bao = site.path().join("public/bao");
        let time = |path: String| {
            let time = fs::metadata(bao.join(&path)).unwrap().modified().unwrap();
            (path, time)
        };
        paths(&bao).into_iter().map(time).collect::<Vec<_>>()
    };
    let build = || {
        assert_eq!(
            run(site.path(), &["build", "--today", "2026-08-19"]).code,
            0
        );
    };
    build();
    for title in ["Bốn", "Năm", "Sáu"] {
        let before = times();
        edit(site.path(), title);
        build();
        let after = times();
        let changed: Vec<&String> = before
            .iter()
            .zip(&after)
            .filter(|(before, after)| before != after)
            .map(|(_, (path, _))| path)
            .collect();
        assert!((2..16).contains(&changed.len()), "{changed:?}");
        assert!(
            changed.iter().any(|path| *path == "tin/a/index.html"),
            "{changed:?}"
        );
    }
}
