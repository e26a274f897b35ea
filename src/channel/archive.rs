//! A few files as one, always the same bytes from the same files. The only file that names the library for it.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// A zip archive of files by path, in their order. Pictures and documents are packed already.
///
/// # Errors
/// What the library says.
pub(crate) fn packed(files: &[(&str, &[u8])]) -> Result<Vec<u8>, String> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    for (path, bytes) in files {
        let text = [".txt", ".html", ".json"]
            .iter()
            .any(|ending| path.ends_with(ending));
        let method = if text {
            CompressionMethod::Deflated
        } else {
            CompressionMethod::Stored
        };
        let begun = archive.start_file(*path, options.compression_method(method));
        begun.map_err(|error| error.to_string())?;
        archive
            .write_all(bytes)
            .map_err(|error| error.to_string())?;
    }
    let done = archive.finish().map_err(|error| error.to_string())?;
    Ok(done.into_inner())
}
