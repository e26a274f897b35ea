//! Paths that people write, made safe: nothing leaves its folder, on any system.

/// Names that Windows keeps for devices.
const RESERVED: &[&str] = &["con", "prn", "aux", "nul"];

/// Whether a word can be one folder or file name on every system.
#[must_use]
pub fn is_safe_name(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    let device = |word: &str| stem.eq_ignore_ascii_case(word);
    let port = stem.len() == 4
        && stem.ends_with(|c: char| c.is_ascii_digit())
        && ["com", "lpt"]
            .iter()
            .any(|port| stem[..3].eq_ignore_ascii_case(port));
    let bad = |c: char| {
        c.is_control() || matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|')
    };
    !name.is_empty()
        && name.len() <= 200
        && !name.starts_with('.')
        && !name.ends_with(['.', ' '])
        && !name.starts_with(' ')
        && !name.contains(bad)
        && !RESERVED.iter().copied().any(device)
        && !port
}

/// The folder and file names of a relative address; `None` when it is not safe.
///
/// A leading and a trailing `/` do not count.
pub(super) fn safe_segments(path: &str) -> Option<Vec<String>> {
    let trimmed = path.strip_prefix('/').unwrap_or(path);
    let trimmed = trimmed.strip_suffix('/').unwrap_or(trimmed);
    let segments: Vec<String> = trimmed.split('/').map(str::to_owned).collect();
    segments
        .iter()
        .all(|segment| is_safe_name(segment))
        .then_some(segments)
}

/// Follows a relative path from a folder; `None` when it leaves the root or is absolute.
pub(super) fn join(folder: &str, relative: &str) -> Option<String> {
    if relative.starts_with('/')
        || relative.contains(['\\', ':', '\0'])
        || relative.chars().any(char::is_control)
    {
        return None;
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leaves_its_folder() {
        for bad in [
            "../x",
            "a/../../x",
            "/a//b",
            "c:/x",
            "a\\b",
            "con",
            "a/NUL.txt",
            ".git",
            "a.",
            "x\0",
            "",
            "a/ ",
            "lpt1",
        ] {
            assert_eq!(safe_segments(bad), None, "{bad:?}");
        }
        assert_eq!(safe_segments("/tin/cũ.html").unwrap(), ["tin", "cũ.html"]);
        assert_eq!(
            join("content/a", "../b/x.jpg").as_deref(),
            Some("content/b/x.jpg")
        );
        assert_eq!(join("content", "../../x"), None);
        assert_eq!(join("content", "/etc/passwd"), None);
    }
}
