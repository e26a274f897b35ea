//! The bleed box of each page: the typesetter writes only the trim box, and shops look for both.

use std::fmt::Write as _;

/// A PDF file in which each page that has a trim box has a bleed box around it, so many millimetres away.
/// A file that is not laid out as the typesetter does it stays as it is.
pub(in crate::channel::print) fn with_bleed(pdf: Vec<u8>, bleed_mm: f64) -> Vec<u8> {
    written(&pdf, bleed_mm / 25.4 * 72.0).unwrap_or(pdf)
}

fn written(pdf: &[u8], bleed: f64) -> Option<Vec<u8>> {
    let tail = &pdf[pdf.len().saturating_sub(64)..];
    let start: usize = after(tail, b"startxref")?;
    let table = Table::read(pdf, start)?;
    let mut out = Vec::with_capacity(pdf.len() + 256);
    let mut inserted: Vec<(usize, usize)> = Vec::new();
    let mut from = 0;
    for (object, end) in table.objects() {
        let Some((at, numbers)) = trim_box(&pdf[object..end]) else {
            continue;
        };
        let [left, bottom, right, top] = numbers;
        let mut text = String::new();
        let (left, bottom) = (left - bleed, bottom - bleed);
        let (right, top) = (right + bleed, top + bleed);
        write!(text, "/BleedBox[{left:.3} {bottom:.3} {right:.3} {top:.3}]").ok()?;
        out.extend_from_slice(&pdf[from..object + at]);
        out.extend_from_slice(text.as_bytes());
        inserted.push((object + at, text.len()));
        from = object + at;
    }
    out.extend_from_slice(&pdf[from..start]);
    let moved = |old: usize| {
        let before = inserted.iter().filter(|(at, _)| *at < old);
        old + before.map(|(_, length)| length).sum::<usize>()
    };
    table.write(pdf, &moved, &mut out);
    // The number behind it is that of the table.
    let behind = &pdf[table.end..];
    let at = find(behind, b"startxref")?;
    out.extend_from_slice(&behind[..at]);
    out.extend_from_slice(format!("startxref\n{}\n%%EOF", moved(start)).as_bytes());
    Some(out)
}

/// The table of a file's objects.
struct Table {
    /// Where its entries begin, and where they end.
    begin: usize,
    end: usize,
    /// Of each entry its offset; nothing for free ones.
    offsets: Vec<Option<usize>>,
    /// Where the table itself begins.
    start: usize,
}

/// An entry has so many bytes.
const ENTRY: usize = 20;

impl Table {
    fn read(pdf: &[u8], start: usize) -> Option<Table> {
        let head = pdf.get(start..)?.strip_prefix(b"xref\n0 ")?;
        let line = head.iter().position(|byte| *byte == b'\n')?;
        let count: usize = std::str::from_utf8(&head[..line])
            .ok()?
            .trim()
            .parse()
            .ok()?;
        let begin = pdf.len() - head.len() + line + 1;
        let end = begin + count * ENTRY;
        let entry = |entry: &[u8]| {
            let used = entry.get(17) == Some(&b'n');
            let offset = std::str::from_utf8(&entry[..10]).ok()?.parse().ok()?;
            used.then_some(offset)
        };
        let offsets = pdf.get(begin..end)?.chunks(ENTRY).map(entry).collect();
        Some(Table {
            begin,
            end,
            offsets,
            start,
        })
    }

    /// Where each object begins and ends, in the order of the file.
    fn objects(&self) -> Vec<(usize, usize)> {
        let mut begins: Vec<usize> = self.offsets.iter().copied().flatten().collect();
        begins.sort_unstable();
        let ends = begins.iter().skip(1).copied().chain([self.start]);
        begins.iter().copied().zip(ends).collect()
    }

    fn write(&self, pdf: &[u8], moved: &dyn Fn(usize) -> usize, out: &mut Vec<u8>) {
        out.extend_from_slice(&pdf[self.start..self.begin]);
        for (entry, offset) in pdf[self.begin..self.end].chunks(ENTRY).zip(&self.offsets) {
            match offset {
                Some(offset) => {
                    out.extend_from_slice(format!("{:010}", moved(*offset)).as_bytes());
                    out.extend_from_slice(&entry[10..]);
                }
                None => out.extend_from_slice(entry),
            }
        }
    }
}

/// Where the trim box of a page stands in its object, and its four numbers.
fn trim_box(object: &[u8]) -> Option<(usize, [f64; 4])> {
    const NAME: &[u8] = b"/TrimBox";
    // A page has no stream of its own.
    if find(object, b"stream").is_some() {
        return None;
    }
    let at = find(object, NAME)?;
    let numbers = object[at + NAME.len()..].trim_ascii_start();
    let numbers = numbers.strip_prefix(b"[")?;
    let end = numbers.iter().position(|byte| *byte == b']')?;
    let words = std::str::from_utf8(&numbers[..end]).ok()?;
    let numbers: Vec<f64> = words
        .split_whitespace()
        .filter_map(|word| word.parse().ok())
        .collect();
    Some((at, numbers.try_into().ok()?))
}

fn find(bytes: &[u8], words: &[u8]) -> Option<usize> {
    bytes.windows(words.len()).position(|one| one == words)
}

/// The number behind some words.
fn after(bytes: &[u8], words: &[u8]) -> Option<usize> {
    let at = find(bytes, words)? + words.len();
    let rest = std::str::from_utf8(&bytes[at..]).ok()?;
    rest.split_whitespace().next()?.parse().ok()
}
