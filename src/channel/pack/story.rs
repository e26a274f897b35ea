//! An article as an outlet prints it: its words in the outlet's manner, as text and for Word.

use url::Url;

use super::settings::{Byline, Settings};
use crate::channel::marks::{Mark, Meaning};
use crate::channel::passages::{Passage, Reader, Sort, agenda};
use crate::channel::word::{Keep, Sheet, TITLE, Words};
use crate::channel::{Job, address};
use crate::model::{Kind, LinkTarget, Page, State};

/// An article in the manner of an outlet.
pub(super) struct Story<'a> {
    pub(super) settings: &'a Settings,
    /// What must stand before everything.
    pub(super) stamp: Option<String>,
    pub(super) title: String,
    pub(super) lead: String,
    pub(super) passages: Vec<Passage>,
    pub(super) byline: Option<String>,
    pub(super) source: Option<String>,
    /// Its address on the web.
    pub(super) address: Option<String>,
    /// Where links in the text lead that lead out of the article, in the order of their marks.
    links: Vec<(LinkTarget, String)>,
}

impl<'a> Story<'a> {
    pub(super) fn new(
        job: Job<'a>,
        originals: &[(&str, Url)],
        settings: &'a Settings,
        page: &Page,
    ) -> Story<'a> {
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
                marks: Vec::new(),
            }));
        }
        // Pictures go with their captions into a folder of their own.
        let own = reader.marked(page.doc()).into_iter();
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
            byline: meta
                .author
                .clone()
                .filter(|_| settings.byline != Byline::None),
            source: meta
                .source
                .as_ref()
                .map(|source| format!("{}: {source}", word("source"))),
            address: address::permalink(job.site, originals, page),
            links: links(job, originals, &passages),
            passages,
        }
    }

    /// Where a part of the text leads.
    pub(super) fn link(&self, what: &Meaning) -> Option<&str> {
        let Meaning::Link(target) = what else {
            return None;
        };
        let mut links = self.links.iter();
        let found = links.find(|(one, _)| one == target);
        found.map(|(_, url)| url.as_str())
    }

    /// How many words the lead and the text have.
    pub(super) fn words(&self) -> usize {
        let texts = self.passages.iter().map(|passage| passage.text.as_str());
        let texts = std::iter::once(self.lead.as_str()).chain(texts);
        texts.map(|text| text.split_whitespace().count()).sum()
    }

    pub(super) fn byline(&self, at: Byline) -> Option<&str> {
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
                Sort::Item(..) | Sort::Row(_) => "\n",
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
            let mut words = self.runs(passage);
            match &passage.sort {
                Sort::Heading(_) => {
                    words = vec![Words::new(passage.text.as_str()).bold()];
                }
                Sort::Item(_, mark) if passage.marks.is_empty() => {
                    words = vec![Words::new(format!("{mark} {}", passage.text))];
                }
                Sort::Item(_, mark) => words.insert(0, Words::new(format!("{mark} "))),
                _ => {}
            }
            let keep = match passage.sort {
                Sort::Heading(_) => Keep::Next,
                _ => Keep::Free,
            };
            sheet.add(&words, keep);
        }
        let mut add = |words: Words<'_>, keep| sheet.add(&[words], keep);
        if let Some(byline) = self.byline(Byline::End) {
            add(Words::new(byline).bold(), Keep::Free);
        }
        if let Some(source) = &self.source {
            add(Words::new(source).italic(), Keep::Free);
        }
        sheet.pack()
    }
}

impl Story<'_> {
    /// The words of a passage for Word, each run of one look.
    fn runs<'b>(&'b self, passage: &'b Passage) -> Vec<Words<'b>> {
        let seen = passage.marks.iter();
        let seen = seen.filter(|mark| mark.what != Meaning::Cell);
        let ends = seen.flat_map(|mark| [mark.start, mark.end]);
        let mut ends: Vec<usize> = ends.chain([0, passage.text.len()]).collect();
        ends.sort_unstable();
        ends.dedup();
        let run = |part: &[usize]| {
            let (start, end) = (part[0], part[1]);
            let around = |mark: &&Mark| mark.start <= start && end <= mark.end;
            let marks = passage.marks.iter().filter(around);
            marks.fold(
                Words::new(&passage.text[start..end]),
                |words, mark| match &mark.what {
                    Meaning::Strong => words.bold(),
                    Meaning::Emphasis => words.italic(),
                    Meaning::Cell => words,
                    link @ Meaning::Link(_) => match self.link(link) {
                        Some(url) => words.link(url),
                        None => words,
                    },
                },
            )
        };
        ends.windows(2).map(run).collect()
    }
}

/// Where links lead that mean something outside of the article: on the web, or by telephone.
fn links(
    job: Job<'_>,
    originals: &[(&str, Url)],
    passages: &[Passage],
) -> Vec<(LinkTarget, String)> {
    let marks = passages.iter().flat_map(|passage| &passage.marks);
    let mut out: Vec<(LinkTarget, String)> = Vec::new();
    for mark in marks {
        let Meaning::Link(target) = &mark.what else {
            continue;
        };
        let url = match target {
            LinkTarget::Web(url) => Some(url.clone()),
            LinkTarget::Page(id, anchor) => {
                let page = job.site.page(*id);
                let there = page.state == State::Current && page.held.is_none();
                let url = there.then(|| address::permalink(job.site, originals, page));
                let anchor = anchor.as_ref().map(|anchor| format!("#{anchor}"));
                url.flatten()
                    .map(|url| format!("{url}{}", anchor.unwrap_or_default()))
            }
            LinkTarget::Section(_) | LinkTarget::Asset(_) | LinkTarget::Anchor(_) => None,
        };
        if let Some(url) = url
            && out.iter().all(|(one, _)| one != target)
        {
            out.push((target.clone(), url));
        }
    }
    out
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
