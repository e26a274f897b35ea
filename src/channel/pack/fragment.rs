//! A story as HTML to be pasted: no class, no style, no picture, only elements that the outlet keeps.

use super::settings::{Byline, Settings};
use super::story::Story;
use crate::channel::marks::{Mark, Meaning};
use crate::channel::markup::escape;
use crate::channel::passages::{Passage, Sort};

/// The story as a fragment, which is XML too.
pub(super) fn html(story: &Story<'_>) -> String {
    let mut out = Fragment {
        story,
        settings: story.settings,
        out: String::new(),
        open: None,
    };
    if let Some(stamp) = &story.stamp {
        out.strong(stamp);
    }
    if let Some(byline) = story.byline(Byline::Start) {
        out.element("p", byline);
    }
    out.strong(&story.lead);
    for passage in &story.passages {
        out.passage(passage);
    }
    out.close();
    if let Some(byline) = story.byline(Byline::End) {
        out.strong(byline);
    }
    if let Some(source) = &story.source {
        out.element("p", source);
    }
    out.out
}

/// HTML that grows; what is open ends where something else begins.
struct Fragment<'a> {
    story: &'a Story<'a>,
    settings: &'a Settings,
    out: String,
    open: Option<&'static str>,
}

impl Fragment<'_> {
    fn element(&mut self, tag: &str, text: &str) {
        self.out.push_str(&format!("<{tag}>"));
        escape(text, &mut self.out);
        self.out.push_str(&format!("</{tag}>\n"));
    }

    /// A paragraph in bold.
    fn strong(&mut self, text: &str) {
        if !self.settings.allows("strong") {
            return self.element("p", text);
        }
        self.out.push_str("<p><strong>");
        escape(text, &mut self.out);
        self.out.push_str("</strong></p>\n");
    }

    /// An element with words before those of a passage.
    fn marked(&mut self, tag: &str, before: &str, passage: &Passage) {
        self.out.push_str(&format!("<{tag}>"));
        escape(before, &mut self.out);
        self.words(&passage.text, 0..passage.text.len(), &passage.marks);
        self.out.push_str(&format!("</{tag}>\n"));
    }

    /// A part of a text with what is marked in it. Marks lie within one another, outer ones first.
    fn words(&mut self, text: &str, part: std::ops::Range<usize>, marks: &[Mark]) {
        let mut open: Vec<(usize, &'static str)> = Vec::new();
        let mut at = part.start;
        for mark in marks {
            while let Some((end, tag)) = open.pop_if(|(end, _)| *end <= mark.start) {
                escape(&text[at..end], &mut self.out);
                self.out.push_str(&format!("</{tag}>"));
                at = end;
            }
            let Some(tag) = self.tag(&mark.what) else {
                continue;
            };
            // Twice the same within itself is no more.
            if open.iter().any(|(_, around)| *around == tag) {
                continue;
            }
            escape(&text[at..mark.start], &mut self.out);
            at = mark.start;
            self.out.push_str(&format!("<{tag}"));
            if let Some(url) = self.story.link(&mark.what) {
                self.out.push_str(" href=\"");
                escape(url, &mut self.out);
                self.out.push('"');
            }
            self.out.push('>');
            open.push((mark.end, tag));
        }
        while let Some((end, tag)) = open.pop() {
            escape(&text[at..end], &mut self.out);
            self.out.push_str(&format!("</{tag}>"));
            at = end;
        }
        escape(&text[at..part.end], &mut self.out);
    }

    /// The element for a part of a text, if the outlet keeps it.
    fn tag(&self, what: &Meaning) -> Option<&'static str> {
        let tag = match what {
            Meaning::Strong => "strong",
            Meaning::Emphasis => "em",
            Meaning::Link(_) => self.story.link(what).map(|_| "a")?,
            Meaning::Cell => return None,
        };
        self.settings.allows(tag).then_some(tag)
    }

    fn close(&mut self) {
        if let Some(tag) = self.open.take() {
            self.out.push_str(&format!("</{tag}>\n"));
        }
    }

    /// Makes a list or a table stand open; a list goes on counting where it was left.
    fn within(&mut self, tag: &'static str, mark: &str) {
        if self.open == Some(tag) {
            return;
        }
        self.close();
        let number = mark.strip_suffix('.').filter(|number| *number != "1");
        match number.filter(|_| tag == "ol") {
            Some(number) => self.out.push_str(&format!("<ol start=\"{number}\">\n")),
            None => self.out.push_str(&format!("<{tag}>\n")),
        }
        self.open = Some(tag);
    }

    fn passage(&mut self, passage: &Passage) {
        match &passage.sort {
            Sort::Heading(level) => {
                self.close();
                let tag = if *level > 2 { "h3" } else { "h2" };
                if self.settings.allows(tag) {
                    self.element(tag, &passage.text);
                } else {
                    self.strong(&passage.text);
                }
            }
            Sort::Item(0, mark) => {
                let tag = if mark.ends_with('.') { "ol" } else { "ul" };
                if self.settings.allows(tag) {
                    // A list that begins anew is another list.
                    if mark == "1." {
                        self.close();
                    }
                    self.within(tag, mark);
                    self.marked("li", "", passage);
                } else {
                    self.close();
                    self.marked("p", &format!("{mark} "), passage);
                }
            }
            Sort::Row(is_head) if self.settings.allows("table") => {
                if *is_head {
                    self.close();
                }
                self.row(passage, if *is_head { "th" } else { "td" });
            }
            Sort::Item(_, mark) => {
                self.close();
                self.marked("p", &format!("{mark} "), passage);
            }
            Sort::Paragraph | Sort::Row(_) | Sort::Caption => {
                self.close();
                self.marked("p", "", passage);
            }
        }
    }

    fn row(&mut self, passage: &Passage, tag: &str) {
        self.within("table", "");
        self.out.push_str("<tr>");
        let marks = &passage.marks;
        let is_cell = |place: &usize| marks[*place].what == Meaning::Cell;
        let cells: Vec<usize> = (0..marks.len()).filter(is_cell).collect();
        for (cell, place) in cells.iter().zip(1..) {
            let next = cells.get(place).copied().unwrap_or(marks.len());
            let Mark { start, end, .. } = marks[*cell];
            self.out.push_str(&format!("<{tag}>"));
            self.words(&passage.text, start..end, &marks[cell + 1..next]);
            self.out.push_str(&format!("</{tag}>"));
        }
        self.out.push_str("</tr>\n");
    }
}
