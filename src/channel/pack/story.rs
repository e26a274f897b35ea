//! An article as an outlet prints it: its words in the outlet's manner, and as text, as HTML and for Word.

use super::settings::{Byline, Settings};
use crate::channel::markup::escape;
use crate::channel::passages::{Passage, Reader, Sort, agenda};
use crate::channel::word::{Keep, Sheet, TITLE, Words};
use crate::channel::{Job, address};
use crate::model::{Kind, Page};

/// An article in the manner of an outlet.
pub(super) struct Story<'a> {
    settings: &'a Settings,
    /// What must stand before everything.
    pub(super) stamp: Option<String>,
    pub(super) title: String,
    pub(super) lead: String,
    pub(super) passages: Vec<Passage>,
    pub(super) byline: Option<String>,
    pub(super) source: Option<String>,
    /// Its address on the web.
    pub(super) address: Option<String>,
}

impl<'a> Story<'a> {
    pub(super) fn new(job: Job<'a>, settings: &'a Settings, page: &Page) -> Story<'a> {
        let reader = Reader {
            site: job.site,
            edition: &job.edition.name,
            language: &page.language,
        };
        let word = |name: &'static str| job.theme.word(&page.language, name);
        let meta = &page.meta;
        let style = |text: &str| {
            if settings.dashes {
                dashed(text)
            } else {
                text.to_owned()
            }
        };
        let mut passages = Vec::new();
        if let (Some(event), Kind::Programme) = (&meta.programme, meta.kind) {
            let starts = event.starts.strftime("%H:%M, ngày %-d/%-m/%Y");
            let lines = [
                format!("{}: {starts}", word("starts")),
                format!("{}: {}", word("place"), event.place),
            ];
            let lines = lines.into_iter().chain(agenda(page));
            passages.extend(lines.map(|text| Passage {
                sort: Sort::Item(0, "–".to_owned()),
                text,
            }));
        }
        // Pictures go with their captions into a folder of their own.
        let own = reader.passages(page.doc()).into_iter();
        passages.extend(own.filter(|one| one.sort != Sort::Caption));
        for passage in &mut passages {
            passage.text = style(&passage.text);
        }
        let tag = if settings.lead_tag.is_empty() {
            String::new()
        } else {
            format!("{} ", settings.lead_tag)
        };
        Story {
            settings,
            stamp: page.unapproved.then(|| word("draft").to_owned()),
            title: style(&meta.title),
            lead: format!("{tag}{}", style(&meta.summary)),
            passages,
            byline: meta
                .author
                .clone()
                .filter(|_| settings.byline != Byline::None),
            source: meta
                .source
                .as_ref()
                .map(|source| format!("{}: {source}", word("source"))),
            address: address::permalink(job.site, &address::originals(job.site), page),
        }
    }

    /// How many words the lead and the text have.
    pub(super) fn words(&self) -> usize {
        let texts = self.passages.iter().map(|passage| passage.text.as_str());
        let texts = std::iter::once(self.lead.as_str()).chain(texts);
        texts.map(|text| text.split_whitespace().count()).sum()
    }

    fn byline(&self, at: Byline) -> Option<&str> {
        self.byline
            .as_deref()
            .filter(|_| self.settings.byline == at)
    }

    /// As plain text, without the title and what stands around it.
    pub(super) fn body(&self) -> String {
        let mut out = String::new();
        for passage in &self.passages {
            match &passage.sort {
                Sort::Item(depth, mark) => {
                    out.push_str(&"  ".repeat(*depth));
                    out.push_str(mark);
                    out.push(' ');
                }
                Sort::Heading(_) => out.push('\n'),
                _ => {}
            }
            out.push_str(&passage.text);
            out.push_str(match passage.sort {
                Sort::Item(..) | Sort::Row => "\n",
                _ => "\n\n",
            });
        }
        out.trim().to_owned()
    }

    /// As plain text.
    pub(super) fn text(&self) -> String {
        let parts = [
            self.stamp.as_deref(),
            Some(self.title.as_str()),
            self.byline(Byline::Start),
            Some(self.lead.as_str()),
        ];
        let mut out: Vec<String> = parts.into_iter().flatten().map(str::to_owned).collect();
        out.push(self.body());
        out.extend(self.byline(Byline::End).map(str::to_owned));
        out.extend(self.source.clone());
        out.extend(self.address.clone());
        out.retain(|part| !part.is_empty());
        format!("{}\n", out.join("\n\n"))
    }

    /// As HTML to be pasted: no class, no style, no picture, only elements that the outlet keeps.
    pub(super) fn html(&self) -> String {
        let mut out = Fragment {
            settings: self.settings,
            out: String::new(),
            open: None,
        };
        if let Some(stamp) = &self.stamp {
            out.strong(stamp);
        }
        if let Some(byline) = self.byline(Byline::Start) {
            out.element("p", byline);
        }
        out.strong(&self.lead);
        for passage in &self.passages {
            out.passage(passage);
        }
        out.close();
        if let Some(byline) = self.byline(Byline::End) {
            out.strong(byline);
        }
        if let Some(source) = &self.source {
            out.element("p", source);
        }
        out.out
    }

    /// As a document.
    ///
    /// # Errors
    /// What the library says.
    pub(super) fn word(&self) -> Result<Vec<u8>, String> {
        let mut sheet = Sheet::new();
        let mut add = |words: Words<'_>, keep| sheet.add(&[words], keep);
        if let Some(stamp) = &self.stamp {
            add(Words::new(stamp).bold(), Keep::Free);
        }
        add(Words::new(&self.title).bold().size(TITLE), Keep::Next);
        if let Some(byline) = self.byline(Byline::Start) {
            add(Words::new(byline).italic(), Keep::Free);
        }
        add(Words::new(&self.lead).bold(), Keep::Free);
        for passage in &self.passages {
            let text = passage.text.as_str();
            match &passage.sort {
                Sort::Heading(_) => add(Words::new(text).bold(), Keep::Next),
                Sort::Item(_, mark) => add(Words::new(format!("{mark} {text}")), Keep::Free),
                _ => add(Words::new(text), Keep::Free),
            }
        }
        if let Some(byline) = self.byline(Byline::End) {
            add(Words::new(byline).bold(), Keep::Free);
        }
        if let Some(source) = &self.source {
            add(Words::new(source).italic(), Keep::Free);
        }
        sheet.pack()
    }
}

/// HTML that grows; what is open ends where something else begins.
struct Fragment<'a> {
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

    fn close(&mut self) {
        if let Some(tag) = self.open.take() {
            self.out.push_str(&format!("</{tag}>\n"));
        }
    }

    /// Makes a list or a table stand open.
    fn within(&mut self, tag: &'static str) {
        if self.open != Some(tag) {
            self.close();
            self.out.push_str(&format!("<{tag}>\n"));
            self.open = Some(tag);
        }
    }

    fn passage(&mut self, passage: &Passage) {
        let text = passage.text.as_str();
        match &passage.sort {
            Sort::Heading(level) => {
                self.close();
                let tag = if *level > 2 { "h3" } else { "h2" };
                if self.settings.allows(tag) {
                    self.element(tag, text);
                } else {
                    self.strong(text);
                }
            }
            Sort::Item(0, mark) => {
                let tag = if mark.ends_with('.') { "ol" } else { "ul" };
                if self.settings.allows(tag) {
                    // A list that begins anew is another list.
                    if mark == "1." {
                        self.close();
                    }
                    self.within(tag);
                    self.element("li", text);
                } else {
                    self.close();
                    self.element("p", &format!("{mark} {text}"));
                }
            }
            Sort::Row if self.settings.allows("table") => {
                self.within("table");
                self.out.push_str("<tr>");
                for cell in text.split(" | ") {
                    self.out.push_str("<td>");
                    escape(cell, &mut self.out);
                    self.out.push_str("</td>");
                }
                self.out.push_str("</tr>\n");
            }
            Sort::Item(_, mark) => {
                self.close();
                self.element("p", &format!("{mark} {text}"));
            }
            Sort::Paragraph | Sort::Row | Sort::Caption => {
                self.close();
                self.element("p", text);
            }
        }
    }
}

/// Days as some papers write them: `ngày 15/5` as `ngày 15-5`. Only behind that word, for other numbers with a
/// slash are no days.
fn dashed(text: &str) -> String {
    const BEFORE: [&str; 2] = ["ngày ", "Ngày "];
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((at, word)) = BEFORE
        .iter()
        .filter_map(|word| rest.find(word).map(|at| (at, word)))
        .min()
    {
        let (before, after) = rest.split_at(at + word.len());
        out.push_str(before);
        let end = after
            .find(|letter: char| !letter.is_ascii_digit() && letter != '/')
            .unwrap_or(after.len());
        let (number, behind) = after.split_at(end);
        let parts: Vec<&str> = number.split('/').collect();
        let is_day = matches!(parts.len(), 2 | 3)
            && parts.iter().all(|part| !part.is_empty())
            && parts[..2].iter().all(|part| part.len() <= 2);
        if is_day {
            out.push_str(&parts.join("-"));
        } else {
            out.push_str(number);
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::dashed;

    #[test]
    fn only_days_get_dashes() {
        let text = "Ngày 15/5, từ ngày 1/6/2026 đến hết ngày 30/6; 1/2 số hộ; Nghị định 06/2014/NĐ-CP; ngày 5; ngày /x";
        let wanted = "Ngày 15-5, từ ngày 1-6-2026 đến hết ngày 30-6; 1/2 số hộ; Nghị định 06/2014/NĐ-CP; ngày 5; ngày /x";
        assert_eq!(dashed(text), wanted);
    }
}
