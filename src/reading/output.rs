//! The spoken line as it grows: words with single spaces, pauses never doubled.

/// A spoken line under construction.
#[derive(Debug, Default)]
pub(super) struct Output {
    text: String,
    pause: Option<char>,
    /// Whether the sentence so far has a comma: then dots of omission end a list.
    pub(super) listing: bool,
}

fn strength(pause: char) -> usize {
    ",;:.!?".find(pause).unwrap_or(0)
}

impl Output {
    /// With room for the reading of `len` bytes.
    pub(super) fn with_capacity(len: usize) -> Output {
        Output {
            text: String::with_capacity(len + len / 4),
            pause: None,
            listing: false,
        }
    }

    /// A word of letters only.
    pub(super) fn word(&mut self, word: &str) {
        if word.is_empty() {
            return;
        }
        if let Some(pause) = self.pause.take()
            && !self.text.is_empty()
        {
            self.text.push(pause);
        }
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        self.text.push_str(word);
    }

    /// Whether the next word begins a sentence.
    pub(super) fn at_start(&self) -> bool {
        self.text.is_empty() || matches!(self.pause, Some('.' | '!' | '?'))
    }

    /// A pause; of several in a row the strongest stays.
    pub(super) fn pause(&mut self, mark: char) {
        self.listing = match mark {
            ',' | ';' => true,
            ':' => self.listing,
            _ => false,
        };
        match self.pause {
            Some(old) if strength(old) >= strength(mark) => {}
            _ => self.pause = Some(mark),
        }
    }

    /// Words and pauses of a reading; what is neither is dropped.
    pub(super) fn say(&mut self, spoken: &str) {
        let mut start = None;
        for (at, c) in spoken.char_indices() {
            if super::scan::is_letter(c) {
                start.get_or_insert(at);
                continue;
            }
            if let Some(from) = start.take() {
                self.word(&spoken[from..at]);
            }
            if ",;:.!?".contains(c) {
                self.pause(c);
            }
        }
        if let Some(from) = start {
            self.word(&spoken[from..]);
        }
    }

    /// The finished line.
    pub(super) fn finish(mut self) -> String {
        if let Some(pause) = self.pause
            && pause != ','
            && !self.text.is_empty()
        {
            self.text.push(pause);
        }
        self.text
    }
}
