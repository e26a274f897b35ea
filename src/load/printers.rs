//! `printers` in `loa.yaml`: what each of them wants of a file.

use super::fields::{Fields, named, scalar};
use super::findings;
use crate::diag::Diagnostic;
use crate::model::{Edition, Ink, Node, Paper, Printer};

const KEYS: &[&str] = &["bleed", "marks", "ink", "variants", "gang"];
const MARKS: &[&str] = &["crop", "fold"];
const VARIANTS: &[&str] = &["whole", "layers"];

/// What shops ask for is three millimetres; more than this is a mistake.
const MOST_BLEED_MM: f64 = 20.0;

/// Reads the printers; one that is not described is as every office has it.
pub(super) fn printers(node: &Node, diags: &mut Vec<Diagnostic>) -> Vec<Printer> {
    let named = named(node, "printers", diags).into_iter();
    named
        .filter_map(|(name, settings)| printer(&name.text, settings, diags))
        .collect()
}

fn printer(name: &str, node: &Node, diags: &mut Vec<Diagnostic>) -> Option<Printer> {
    let mut fields = Fields::open(node, "what-printer", KEYS, diags)?;
    let plain = match name {
        Printer::OFFICE => Printer::office(),
        _ => Printer::named(name),
    };
    let mut printer = Printer {
        bleed_mm: bleed(&mut fields),
        ..plain
    };
    for (mark, span) in fields.texts("marks").unwrap_or_default() {
        match mark.as_str() {
            "crop" => printer.crop_marks = true,
            "fold" => printer.fold_marks = true,
            _ => fields.diags().push(findings::not_among(span, &mark, MARKS)),
        }
    }
    printer.ink = fields
        .word("ink", &Ink::NAMES, Ink::parse)
        .unwrap_or(printer.ink);
    let layers = |word: &str| VARIANTS.contains(&word).then_some(word == "layers");
    printer.layers = fields.word("variants", VARIANTS, layers).unwrap_or(false);
    printer.gang = fields.word("gang", &Paper::NAMES, Paper::parse);
    Some(printer)
}

fn bleed(fields: &mut Fields<'_, '_>) -> f64 {
    let Some(node) = fields.get("bleed") else {
        return 0.0;
    };
    let written = scalar(node).map(str::trim).unwrap_or_default();
    let number = written.strip_suffix("mm").unwrap_or(written).trim_end();
    // A comma is how decimals are written here.
    let number = number.replace(',', ".").parse::<f64>().ok();
    let number = number.filter(|mm| (0.0..=MOST_BLEED_MM).contains(mm));
    if number.is_none() {
        let finding = findings::expected(node.span, "bleed", "expected-bleed");
        fields.diags().push(finding);
    }
    number.unwrap_or(0.0)
}

/// Checks that editions name printers that there are.
pub(super) fn check(editions: &[Edition], printers: &[Printer], diags: &mut Vec<Diagnostic>) {
    let mut names: Vec<&str> = printers.iter().map(|one| one.name.as_str()).collect();
    if !names.contains(&Printer::OFFICE) {
        names.push(Printer::OFFICE);
    }
    for edition in editions {
        let entries = edition.settings.entries().iter();
        let written = entries.filter(|(key, _)| key.text == "printer");
        for (_, node) in written {
            let word = scalar(node).unwrap_or_default();
            if !names.contains(&word) {
                diags.push(findings::not_among(node.span, word, &names));
            }
        }
    }
}
