//! Runs of text as Typst source.

use super::body::Body;
use crate::channel::literal::string;
use crate::model::{ContactId, Inline, InlineKind, LinkTarget, Target, plain_text};

impl Body<'_> {
    /// One code block that joins the runs, such as `{text("Gọi "); call(facts.at("113"))}`.
    pub(super) fn inlines(&mut self, inlines: &[Inline]) -> String {
        let mut pieces = Pieces::default();
        self.push(inlines, &mut pieces);
        pieces.finish()
    }

    fn push(&mut self, inlines: &[Inline], to: &mut Pieces) {
        for inline in inlines {
            match &inline.kind {
                InlineKind::Text(text) => to.words(text),
                InlineKind::SoftBreak => to.words(" "),
                InlineKind::HardBreak => to.code("linebreak()"),
                InlineKind::Emphasis(inner) => to.code(&format!("emph({})", self.inlines(inner))),
                InlineKind::Strong(inner) => to.code(&format!("strong({})", self.inlines(inner))),
                InlineKind::Strike(inner) => to.code(&format!("strike({})", self.inlines(inner))),
                InlineKind::Code(text) => to.code(&format!("raw({})", string(text))),
                InlineKind::Link { target, inlines } => self.link(target, inlines, to),
                InlineKind::Image(image) => {
                    let path = self.image(image.asset);
                    to.code(&format!("thumb({}, {})", string(&path), string(&image.alt)));
                }
                InlineKind::Reference { target, words } => {
                    self.reference(target, words.as_deref(), to);
                }
                InlineKind::FootnoteMark(index) if self.has_notes => {
                    to.code(&format!("mark({})", index + 1));
                }
                InlineKind::FootnoteMark(_) => {}
            }
        }
    }

    /// Paper has no links: the words stay, and an address of the web is printed after them.
    fn link(&mut self, target: &LinkTarget, inlines: &[Inline], to: &mut Pieces) {
        self.push(inlines, to);
        let LinkTarget::Web(url) = target else { return };
        let shown = shown_address(url);
        if !plain_text(inlines).contains(shown) {
            to.words(" (");
            to.code(&format!("address({})", string(shown)));
            to.words(")");
        }
    }

    fn reference(&mut self, target: &Target, words: Option<&[Inline]>, to: &mut Pieces) {
        match (target, words) {
            (Target::Contact(id), words) => self.call(*id, words, to),
            (_, Some(words)) => self.push(words, to),
            (Target::Page(id, _), None) => {
                let title = &self.site.page(*id).meta.title;
                to.words(&format!("“{title}”"));
            }
            (Target::Document(id, pinpoint), None) => {
                to.words(
                    &self
                        .site
                        .facts
                        .document(*id)
                        .cited(pinpoint.as_deref(), &self.page.language),
                );
            }
        }
    }

    /// Name and number differ by commune, so the body only names the contact.
    fn call(&mut self, id: ContactId, words: Option<&[Inline]>, to: &mut Pieces) {
        self.mentioned.push(id);
        let key = string(&self.site.facts.contact(id).key);
        match words {
            Some(words) => {
                let words = self.inlines(words);
                to.code(&format!("call(facts.at({key}), words: {words})"));
            }
            None => to.code(&format!("call(facts.at({key}))")),
        }
    }
}

/// An address as people write it.
pub(super) fn shown_address(url: &str) -> &str {
    let bare = ["https://", "http://", "mailto:", "tel:"]
        .iter()
        .find_map(|scheme| url.strip_prefix(scheme));
    bare.unwrap_or(url).trim_end_matches('/')
}

/// Expressions in the making; words that meet are one literal.
#[derive(Default)]
struct Pieces {
    done: Vec<String>,
    words: String,
}

impl Pieces {
    fn words(&mut self, text: &str) {
        self.words.push_str(text);
    }

    fn code(&mut self, expression: &str) {
        self.close();
        self.done.push(expression.to_owned());
    }

    fn close(&mut self) {
        if !self.words.is_empty() {
            let words = std::mem::take(&mut self.words);
            self.done.push(format!("text({})", string(&words)));
        }
    }

    fn finish(mut self) -> String {
        self.close();
        // An empty code block is no content at all.
        if self.done.is_empty() {
            "[]".to_owned()
        } else {
            format!("{{{}}}", self.done.join("; "))
        }
    }
}
