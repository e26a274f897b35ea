//! What is heard when, as `WebVTT`: the transcript of a sound, and the text that it was made from.

/// Paragraphs with the milliseconds in which they are heard.
#[derive(Debug, Default)]
pub(super) struct Captions(Vec<(usize, usize, String)>);

impl Captions {
    pub(super) fn add(&mut self, from: usize, until: usize, text: String) {
        self.0.push((from, until, text));
    }

    /// The file; `digest` is that of the article as it was spoken.
    pub(super) fn file(&self, digest: &str) -> String {
        let mut out = format!("WEBVTT\n\nNOTE loa {digest}\n");
        for (from, until, text) in &self.0 {
            out.push_str(&format!(
                "\n{} --> {}\n{text}\n",
                moment(*from),
                moment(*until)
            ));
        }
        out
    }
}

/// `00:01:02.345`.
fn moment(milliseconds: usize) -> String {
    let (seconds, rest) = (milliseconds / 1_000, milliseconds % 1_000);
    format!(
        "{:02}:{:02}:{:02}.{rest:03}",
        seconds / 3_600,
        seconds / 60 % 60,
        seconds % 60
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_have_their_times() {
        let mut captions = Captions::default();
        captions.add(500, 3_723_004, "Kính thưa bà con.".to_owned());
        assert_eq!(
            captions.file("ab"),
            "WEBVTT\n\nNOTE loa ab\n\n00:00:00.500 --> 01:02:03.004\nKính thưa bà con.\n"
        );
    }
}
