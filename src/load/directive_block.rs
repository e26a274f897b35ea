//! Directives with a meaning: audiences, contact cards, agendas, recaps.

use super::directive::Directive;
use super::findings;
use super::markdown::Context;
use crate::diag::Diagnostic;
use crate::model::{Block, BlockKind, Filter, PANELS, SHEETS, Target};

/// Directive names.
const DIRECTIVES: &[&str] = &["only", "except", "contacts", "programme", "recap"];

/// The block of a directive; `None`, with findings, when it is not one.
pub(super) fn read(
    context: Context<'_>,
    directive: &Directive,
    blocks: Vec<Block>,
    diags: &mut Vec<Diagnostic>,
) -> Option<BlockKind> {
    let name = directive.name.as_str();
    match name {
        "only" | "except" => audience(context, directive, diags).map(|filter| BlockKind::Only {
            filter: Box::new(filter),
            blocks,
        }),
        "recap" => Some(BlockKind::Recap(blocks)),
        "contacts" | "programme" if !blocks.is_empty() => {
            diags.push(findings::bad_directive(
                directive.span,
                name,
                "directive-no-body",
            ));
            None
        }
        "contacts" => contacts(context, directive, diags),
        "programme" => programme(context, directive, diags),
        _ => {
            diags.push(findings::unknown_directive(
                directive.span,
                name,
                DIRECTIVES,
            ));
            None
        }
    }
}

fn audience(
    context: Context<'_>,
    directive: &Directive,
    diags: &mut Vec<Diagnostic>,
) -> Option<Filter> {
    if directive.words.is_empty() {
        diags.push(findings::bad_directive(
            directive.span,
            &directive.name,
            "directive-needs-audience",
        ));
        return None;
    }
    let only = directive.name == "only";
    let panels = if only { PANELS } else { &[] };
    let editions = context.audiences.iter().map(String::as_str);
    let known: Vec<&str> = editions
        .chain(SHEETS.iter().copied())
        .chain(panels.iter().copied())
        .collect();
    for (word, span) in &directive.words {
        if !known.contains(&word.as_str()) {
            diags.push(findings::unknown_audience(*span, word, &known));
        }
    }
    let names = directive
        .words
        .iter()
        .map(|(word, _)| word.clone())
        .collect();
    Some(Filter { only, names })
}

fn contacts(
    context: Context<'_>,
    directive: &Directive,
    diags: &mut Vec<Diagnostic>,
) -> Option<BlockKind> {
    if directive.words.is_empty() {
        diags.push(findings::bad_directive(
            directive.span,
            &directive.name,
            "directive-needs-contacts",
        ));
        return None;
    }
    let index = context.index;
    let mut out = Vec::new();
    for (word, span) in &directive.words {
        if let Some(id) = index.contacts.get(word) {
            out.push(*id);
        } else {
            let known: Vec<&str> = index.contacts.keys().map(String::as_str).collect();
            let near = crate::text::nearest(word, known).map(str::to_owned);
            diags.push(findings::unknown_reference(*span, word, near.as_slice()));
        }
    }
    Some(BlockKind::Contacts(out))
}

fn programme(
    context: Context<'_>,
    directive: &Directive,
    diags: &mut Vec<Diagnostic>,
) -> Option<BlockKind> {
    let index = context.index;
    let (page, span) = match directive.words.first() {
        None => (context.page, directive.span),
        Some((word, span)) => match index.reference(word, *span, context.from, diags)? {
            Target::Page(page, _) => (Some(page), *span),
            _ => (None, *span),
        },
    };
    let page = page.filter(|page| index.info[page.0].has_programme);
    if page.is_none() {
        diags.push(findings::bad_directive(
            span,
            &directive.name,
            "directive-no-programme",
        ));
    }
    page.map(BlockKind::Programme)
}
