//! Sounds that say something else than their articles do now.

use crate::diag::{Code, Diagnostic, Message, Sources, code};
use crate::lint::Lint;
use crate::load::recordings;
use crate::model::Site;

/// Names each page whose sound was made of another text than it has now.
pub(in crate::lint) struct OutdatedAudio;

impl Lint for OutdatedAudio {
    fn code(&self) -> Code {
        code::OUTDATED_AUDIO
    }

    fn check(&self, site: &Site, _: &Sources, out: &mut Vec<Diagnostic>) {
        for (id, recording) in recordings(site) {
            if recording.outdated {
                let page = site.page(id);
                let sound = &site.asset(recording.sound).source;
                let finding = Diagnostic::new(code::OUTDATED_AUDIO, page.span);
                let hint = Message::new("hint-outdated-audio").with("article", page.slug.as_str());
                out.push(finding.with("sound", sound.as_str()).hint(hint));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::found;
    use super::*;

    fn codes(digest: &str) -> Vec<&'static str> {
        let captions = format!("WEBVTT\n\nNOTE loa {digest}\n");
        found(
            &OutdatedAudio,
            &[
                ("loa.yaml", "title: Thử\neditions: {}\n"),
                (
                    "content/a.md",
                    "---\ntitle: A\nsummary: B.\ndate: 2026-08-19\n---\nC.\n",
                ),
                ("content/a.mp3", "x"),
                ("content/a.vtt", &captions),
            ],
        )
    }

    #[test]
    fn fires_where_the_text_is_another_and_is_silent_where_it_is_the_same() {
        assert_eq!(codes("ab"), ["outdated-audio"]);
        let page = "---\ntitle: A\nsummary: B.\ndate: 2026-08-19\n---\nC.\n";
        let files = [
            ("loa.yaml", "title: Thử\neditions: {}\n"),
            ("content/a.md", page),
        ];
        let tree = crate::load::Tree::of(&files);
        let site = crate::load::parse(&tree, jiff::civil::date(2026, 8, 19), &[]).site;
        let digest = crate::load::approvable(&site, &site.pages[0]).digest;
        assert_eq!(codes(&digest), [""; 0]);
    }
}
