//! The two message catalogues, and messages as values that wait for a language.

use std::borrow::Cow;
use std::fmt;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use serde::{Deserialize, Serialize};
use unic_langid::LanguageIdentifier;

/// A language that loa speaks to its users.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// Vietnamese, the default.
    #[default]
    Vietnamese,
    /// English.
    English,
}

impl Language {
    /// Both languages.
    pub const ALL: [Language; 2] = [Language::Vietnamese, Language::English];

    /// The language of a tag such as `vi`.
    #[must_use]
    pub fn parse(tag: &str) -> Option<Language> {
        match tag {
            "vi" => Some(Language::Vietnamese),
            "en" => Some(Language::English),
            _ => None,
        }
    }

    /// Its tag: `vi`, `en`.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Language::Vietnamese => "vi",
            Language::English => "en",
        }
    }

    /// The catalogue's files, one for each part of the program.
    fn texts(self) -> &'static [&'static str] {
        macro_rules! files {
            ($folder:literal) => {
                &[
                    include_str!(concat!("messages/", $folder, "/main.ftl")),
                    include_str!(concat!("messages/", $folder, "/checks.ftl")),
                    include_str!(concat!("messages/", $folder, "/facts.ftl")),
                    include_str!(concat!("messages/", $folder, "/approval.ftl")),
                    include_str!(concat!("messages/", $folder, "/audio.ftl")),
                    include_str!(concat!("messages/", $folder, "/serve.ftl")),
                    include_str!(concat!("messages/", $folder, "/build.ftl")),
                ]
            };
        }
        match self {
            Language::Vietnamese => files!("vi"),
            Language::English => files!("en"),
        }
    }
}

/// A value put into a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Arg {
    /// Words, shown as they are.
    Text(String),
    /// A count.
    Number(usize),
    /// A message of its own, such as the name of a kind of file.
    Message(Message),
    /// Several messages, each on a line of its own below the text around.
    Lines(Vec<Message>),
}

impl From<&str> for Arg {
    fn from(text: &str) -> Arg {
        Arg::Text(text.to_owned())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Arg {
        Arg::Text(text)
    }
}

impl From<usize> for Arg {
    fn from(number: usize) -> Arg {
        Arg::Number(number)
    }
}

impl From<Vec<Message>> for Arg {
    fn from(lines: Vec<Message>) -> Arg {
        Arg::Lines(lines)
    }
}

impl From<Message> for Arg {
    fn from(message: Message) -> Arg {
        Arg::Message(message)
    }
}

/// A catalogue entry and what goes into it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// The entry's name; owned when it was remembered from an earlier run.
    pub id: Cow<'static, str>,
    /// Its arguments, by name.
    pub args: Vec<(Cow<'static, str>, Arg)>,
}

impl Message {
    /// The entry without arguments.
    #[must_use]
    pub fn new(id: &'static str) -> Message {
        Message {
            id: Cow::Borrowed(id),
            args: Vec::new(),
        }
    }

    /// Adds an argument.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Message {
        self.args.push((Cow::Borrowed(name), value.into()));
        self
    }
}

/// The messages of one language.
pub struct Catalogue {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl fmt::Debug for Catalogue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Catalogue")
            .field("language", &self.language)
            .finish_non_exhaustive()
    }
}

impl Catalogue {
    /// Reads the catalogue of a language, which is part of the program.
    ///
    /// ```
    /// use loa::diag::{Catalogue, Language, Message};
    /// let vi = Catalogue::new(Language::Vietnamese);
    /// assert_eq!(vi.say(&Message::new("hint-label")), "gợi ý");
    /// ```
    ///
    /// # Panics
    /// Never: a test parses both catalogues.
    #[must_use]
    pub fn new(language: Language) -> Catalogue {
        let tag: LanguageIdentifier = language.tag().parse().expect("both tags are well formed");
        let mut bundle = FluentBundle::new(vec![tag]);
        bundle.set_use_isolating(false);
        for text in language.texts() {
            // Entries that do not parse are left out here and found by the test below.
            let resource =
                FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(good, _)| good);
            bundle.add_resource_overriding(resource);
        }
        Catalogue { language, bundle }
    }

    /// The language.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// The message in words; an entry that is missing shows its name.
    #[must_use]
    pub fn say(&self, message: &Message) -> String {
        let Some(pattern) = self
            .bundle
            .get_message(&message.id)
            .and_then(|entry| entry.value())
        else {
            return message.id.to_string();
        };
        let mut args = FluentArgs::new();
        for (name, value) in &message.args {
            match value {
                Arg::Text(text) => args.set(name.as_ref(), text.as_str()),
                Arg::Number(number) => args.set(name.as_ref(), *number),
                Arg::Message(inner) => args.set(name.as_ref(), FluentValue::from(self.say(inner))),
                Arg::Lines(lines) => {
                    let said = lines.iter().map(|line| format!("\n    {}", self.say(line)));
                    args.set(name.as_ref(), FluentValue::from(said.collect::<String>()));
                }
            }
        }
        self.bundle
            .format_pattern(pattern, Some(&args), &mut Vec::new())
            .into_owned()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;
    use crate::diag::CODES;

    /// Every entry with the arguments it uses.
    fn entries(language: Language) -> BTreeMap<String, BTreeSet<String>> {
        let mut out: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut current = String::new();
        for line in language.texts().iter().flat_map(|text| text.lines()) {
            if let Some((id, _)) = line
                .split_once(" =")
                .filter(|_| line.starts_with(|c: char| c.is_ascii_lowercase()))
            {
                current = id.to_owned();
                assert!(
                    out.insert(current.clone(), BTreeSet::new()).is_none(),
                    "{id} stands twice in {language:?}"
                );
            }
            for piece in line.split("{ $").skip(1) {
                let name = piece
                    .split([' ', '}'])
                    .next()
                    .unwrap_or_default()
                    .to_owned();
                out.get_mut(&current).unwrap().insert(name);
            }
        }
        out
    }

    #[test]
    fn both_catalogues_parse_and_hold_the_same_entries_with_the_same_arguments() {
        for language in Language::ALL {
            for text in language.texts() {
                let broken = FluentResource::try_new((*text).to_owned())
                    .err()
                    .map(|(_, errors)| errors);
                assert_eq!(broken, None, "{language:?}");
            }
        }
        assert_eq!(entries(Language::Vietnamese), entries(Language::English));
    }

    #[test]
    fn every_code_has_a_message() {
        let all = entries(Language::English);
        let missing: Vec<_> = CODES
            .iter()
            .filter(|code| !all.contains_key(code.name))
            .collect();
        assert_eq!(missing, [].iter().collect::<Vec<_>>());
    }

    #[test]
    fn messages_nest() {
        let inner = Message::new("what-contact");
        let message = Message::new("unknown-key")
            .with("key", "fone")
            .with("what", inner);
        let said = Catalogue::new(Language::English).say(&message);
        assert!(said.contains("fone") && said.contains("contact"), "{said}");
    }
}
