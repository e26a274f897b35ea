//! Compressed twins of files, for hosts that hand them out instead of compressing at each request. The only
//! file that names the libraries for it.

use std::io::Write as _;

use brotli::enc::BrotliEncoderParams;
use brotli::enc::backward_references::BrotliEncoderMode;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::model::Artifact;

/// A way to compress that browsers understand, as settings name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Encoding {
    /// What every browser takes.
    Gzip,
    /// A fifth smaller, and taken by every browser since 2017, over HTTPS.
    Brotli,
}

/// Of 11. The last step makes files a thirtieth smaller and takes four times as long; a new theme is new files.
const QUALITY: i32 = 10;

/// Endings of files that are text: all others are compressed already.
const TEXT: [&str; 14] = [
    "css",
    "csv",
    "htm",
    "html",
    "ics",
    "js",
    "json",
    "md",
    "mjs",
    "svg",
    "txt",
    "vtt",
    "webmanifest",
    "xml",
];

impl Encoding {
    /// All of them, as they are named in settings.
    pub(crate) const ALL: [(&'static str, Encoding); 2] =
        [("gzip", Encoding::Gzip), ("brotli", Encoding::Brotli)];

    /// What is added to the name of a file.
    fn ending(self) -> &'static str {
        match self {
            Encoding::Gzip => "gz",
            Encoding::Brotli => "br",
        }
    }

    fn media(self) -> &'static str {
        match self {
            Encoding::Gzip => "application/gzip",
            Encoding::Brotli => "application/x-brotli",
        }
    }

    fn compressed(self, bytes: &[u8]) -> Option<Vec<u8>> {
        match self {
            Encoding::Gzip => gzip(bytes, Compression::best()),
            Encoding::Brotli => brotli(bytes),
        }
    }
}

/// The twin of a file; nothing where it would be no smaller, or is for the host and not for readers.
pub(crate) fn twin(of: &Artifact, encoding: Encoding) -> Option<Artifact> {
    let name = of.path.rsplit('/').next().unwrap_or(&of.path);
    let (stem, ending) = name.rsplit_once('.')?;
    let ending = ending.to_ascii_lowercase();
    if stem.starts_with('_') || !TEXT.contains(&ending.as_str()) {
        return None;
    }
    let bytes = encoding.compressed(&of.bytes)?;
    (bytes.len() < of.bytes.len()).then(|| Artifact {
        path: format!("{}.{}", of.path, encoding.ending()),
        media: encoding.media(),
        bytes: bytes.into(),
        from: of.from.clone(),
    })
}

/// The size of something after the compression that hosts do at each request.
pub(crate) fn weight(bytes: &[u8]) -> usize {
    gzip(bytes, Compression::default()).map_or(bytes.len(), |packed| packed.len())
}

/// Writing into memory does not fail. The head has no time in it.
fn gzip(bytes: &[u8], level: Compression) -> Option<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), level);
    encoder.write_all(bytes).ok()?;
    encoder.finish().ok()
}

fn brotli(mut bytes: &[u8]) -> Option<Vec<u8>> {
    let settings = BrotliEncoderParams {
        quality: QUALITY,
        mode: BrotliEncoderMode::BROTLI_MODE_TEXT,
        size_hint: bytes.len(),
        ..BrotliEncoderParams::default()
    };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut bytes, &mut out, &settings).ok()?;
    Some(out)
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    fn file(path: &str, text: &str) -> Artifact {
        Artifact {
            path: path.to_owned(),
            media: "text/plain",
            bytes: text.as_bytes().to_vec().into(),
            from: Vec::new(),
        }
    }

    #[test]
    fn a_twin_unpacks_to_the_same_bytes() {
        let text = "Bà con thấy việc lạ thì gọi ngay cho công an xã. ".repeat(40);
        let of = file("a/index.html", &text);
        let packed = twin(&of, Encoding::Gzip).unwrap();
        assert_eq!(packed.path, "a/index.html.gz");
        let mut out = String::new();
        flate2::read::GzDecoder::new(&*packed.bytes)
            .read_to_string(&mut out)
            .unwrap();
        assert_eq!(out, text);
        assert_eq!(packed.bytes, twin(&of, Encoding::Gzip).unwrap().bytes);
        let smaller = twin(&of, Encoding::Brotli).unwrap();
        assert_eq!(smaller.path, "a/index.html.br");
        let mut out = Vec::new();
        brotli::BrotliDecompress(&mut &*smaller.bytes, &mut out).unwrap();
        assert_eq!(out, text.as_bytes());
        assert!(smaller.bytes.len() < packed.bytes.len());
    }

    #[test]
    fn only_text_that_becomes_smaller_has_a_twin() {
        let long = "chữ ".repeat(100);
        for path in ["anh.webp", "tieng.mp3", "_headers", "_nginx.conf", "so.pdf"] {
            assert!(
                twin(&file(path, &long), Encoding::Brotli).is_none(),
                "{path}"
            );
        }
        for path in ["robots.txt", "a/feed.json", "a/ANH.SVG", "lich.ics"] {
            assert!(twin(&file(path, &long), Encoding::Gzip).is_some(), "{path}");
        }
        for (_, encoding) in Encoding::ALL {
            assert!(twin(&file("a.txt", "ab"), encoding).is_none());
        }
    }
}
