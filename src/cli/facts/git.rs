//! The registry as git knows it from an earlier time.
//!
//! The program `git` is run and only ever reads: no hook, no filter and no pager takes part.

use std::io::ErrorKind;
use std::path::Path;
use std::process::{Command, Output};

use jiff::civil::Date;

use crate::diag::Message;
use crate::load::{Tree, TreeFile, parse_date};

/// What can be known of an earlier time.
pub(super) enum Before {
    /// The files of the registry.
    Registry(Tree),
    /// Nothing: there is no history, only a day.
    Unknown(Date),
}

/// The registry at a revision, or as it stood before a day.
pub(super) fn before(root: &Path, since: &str) -> Result<Before, Message> {
    let day = parse_date(since);
    let inside = match git(root, &["rev-parse", "--is-inside-work-tree"]) {
        Ok(output) => output.status.success(),
        Err(message) => {
            return match day {
                Some(day) => Ok(Before::Unknown(day)),
                None => Err(message),
            };
        }
    };
    if !inside {
        return day.map(Before::Unknown).ok_or_else(|| {
            Message::new("changes-no-repository")
                .with("path", root.display().to_string())
                .with("since", since)
        });
    }
    let found = if let Some(day) = day {
        let before = format!("--before={day}T00:00:00+0700");
        git(root, &["rev-list", "-1", &before, "HEAD"])?
    } else {
        let commit = format!("{since}^{{commit}}");
        let quiet = ["rev-parse", "--verify", "--quiet", "--end-of-options"];
        git(root, &[&quiet[..], &[commit.as_str()]].concat())?
    };
    let revision =
        words(&found).ok_or_else(|| Message::new("changes-no-revision").with("since", since))?;
    registry(root, &revision).map(Before::Registry)
}

/// The files of the registry in a commit; the settings do not matter.
fn registry(root: &Path, revision: &str) -> Result<Tree, Message> {
    let failed = |path: &str| Message::new("changes-git-failed").with("path", path);
    let folder = "content/_facts/";
    let listed = git(
        root,
        &["ls-tree", "-z", "--name-only", revision, "--", folder],
    )?;
    if !listed.status.success() {
        return Err(failed(folder));
    }
    let names = String::from_utf8_lossy(&listed.stdout).into_owned();
    let mut tree = Tree::of(&[("loa.yaml", "title: loa\neditions: {}\n")]);
    for path in names.split('\0').filter(|name| name.ends_with(".yaml")) {
        let blob = git(root, &["cat-file", "blob", &format!("{revision}:./{path}")])?;
        if !blob.status.success() {
            return Err(failed(path));
        }
        tree.files.push(TreeFile::new(path.to_owned(), blob.stdout));
    }
    tree.files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(tree)
}

fn git(root: &Path, args: &[&str]) -> Result<Output, Message> {
    let run = Command::new("git")
        .arg("-C")
        .arg(root)
        .args(args)
        .env("GIT_OPTIONAL_LOCKS", "0")
        .output();
    run.map_err(|error| match error.kind() {
        ErrorKind::NotFound | ErrorKind::PermissionDenied => Message::new("changes-no-git"),
        _ => Message::new("changes-git-failed").with("path", error.to_string()),
    })
}

/// What a successful run printed, if anything.
fn words(output: &Output) -> Option<String> {
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    (output.status.success() && !text.is_empty()).then_some(text)
}
