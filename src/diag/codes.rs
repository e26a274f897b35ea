//! The codes: names that never change meaning, each with its severity.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Whether a finding stops the build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Severity {
    /// Stops the build before anything is written.
    Error,
    /// Is shown; the build goes on.
    Warning,
}

impl Severity {
    /// The word in the output, the same in both languages.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

/// One kind of finding. Read as "allow X".
#[derive(Clone, Copy)]
pub struct Code {
    /// The stable name.
    pub name: &'static str,
    /// What it does to a build, unless the site sets it otherwise.
    pub severity: Severity,
    /// What it means, why it matters, an example and the cure, in Vietnamese and in English.
    pub(super) explained: [&'static str; 2],
}

/// Two codes are the same when their names are.
impl PartialEq for Code {
    fn eq(&self, other: &Code) -> bool {
        self.name == other.name
    }
}

impl Eq for Code {}

impl std::fmt::Debug for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name)
    }
}

/// A name that this version does not know cannot be read.
impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Code, D::Error> {
        let name = <&str>::deserialize(deserializer)?;
        Code::named(name).ok_or_else(|| de::Error::custom("no such code"))
    }
}

impl Code {
    /// The code of a name.
    ///
    /// ```
    /// use loa::diag::{Code, code};
    /// assert_eq!(Code::named("raw-html"), Some(code::RAW_HTML));
    /// assert_eq!(Code::named("no-such-code"), None);
    /// ```
    #[must_use]
    pub fn named(name: &str) -> Option<Code> {
        CODES.iter().copied().find(|code| code.name == name)
    }
}

macro_rules! codes {
    ($($constant:ident $name:literal $severity:ident;)*) => {
        /// One constant per code.
        pub mod code {
            use super::{Code, Severity};
            $(
                #[doc = concat!("`", $name, "`")]
                pub const $constant: Code = Code {
                    name: $name,
                    severity: Severity::$severity,
                    explained: [
                        include_str!(concat!("explain/vi/", $name, ".md")),
                        include_str!(concat!("explain/en/", $name, ".md")),
                    ],
                };
            )*
        }

        /// Every code, in the order of the documentation.
        pub const CODES: &[Code] = &[$(code::$constant),*];
    };
}

codes! {
    INVALID_YAML "invalid-yaml" Error;
    UNKNOWN_KEY "unknown-key" Error;
    MISSING_KEY "missing-key" Error;
    INVALID_VALUE "invalid-value" Error;
    DUPLICATE_KEY "duplicate-key" Error;
    INVALID_UTF8 "invalid-utf8" Error;
    UNSAFE_PATH "unsafe-path" Error;
    SYMLINK_SKIPPED "symlink-skipped" Warning;
    FILE_TOO_LARGE "file-too-large" Error;
    RAW_HTML "raw-html" Error;
    UNSAFE_URL "unsafe-url" Error;
    UNKNOWN_DIRECTIVE "unknown-directive" Error;
    UNCLOSED_DIRECTIVE "unclosed-directive" Error;
    NESTING_TOO_DEEP "nesting-too-deep" Error;
    UNKNOWN_REFERENCE "unknown-reference" Error;
    AMBIGUOUS_REFERENCE "ambiguous-reference" Error;
    BROKEN_LINK "broken-link" Error;
    BROKEN_ANCHOR "broken-anchor" Error;
    OUTPUT_COLLISION "output-collision" Error;
    MISSING_ALT "missing-alt" Error;
    EMPTY_PAGE "empty-page" Warning;
    LONG_SENTENCE "long-sentence" Warning;
    AMBIGUOUS_READING "ambiguous-reading" Warning;
    UNKNOWN_ABBREVIATION "unknown-abbreviation" Warning;
    SLOT_OVERRUN "slot-overrun" Warning;
    LEAFLET_OVERFLOW "leaflet-overflow" Error;
    LEAFLET_TOO_WIDE "leaflet-too-wide" Error;
    LEAFLET_PICTURE "leaflet-picture" Error;
    MISSING_GLYPH "missing-glyph" Error;
    LEAFLET_FAILED "leaflet-failed" Error;
    FORMAT_NOT_MADE "format-not-made" Warning;
    EXPIRED_FACT "expired-fact" Error;
    SUPERSEDED_DOCUMENT "superseded-document" Warning;
    FORMER_NAME "former-name" Warning;
    STALE_FACT "stale-fact" Warning;
    COMMUNE_WITHOUT_PHONE "commune-without-phone" Warning;
    UNREGISTERED_PHONE "unregistered-phone" Warning;
    UNREGISTERED_DOCUMENT "unregistered-document" Warning;
    MIXED_TONE_MARKS "mixed-tone-marks" Warning;
    IMPRINT_MISSING "imprint-missing" Error;
    LICENCE_VOID "licence-void" Error;
    NOT_APPROVED "not-approved" Warning;
    APPROVAL_VOID "approval-void" Warning;
    OUTDATED_AUDIO "outdated-audio" Warning;
    PAGE_TOO_HEAVY "page-too-heavy" Warning;
    PICTURE_UNREADABLE "picture-unreadable" Warning;
    PICTURE_TOO_LARGE "picture-too-large" Warning;
    UNSAFE_DRAWING "unsafe-drawing" Error;
    TOO_LONG_FOR_OUTLET "too-long-for-outlet" Warning;
    MINIFY_SKIPPED "minify-skipped" Warning;
    THEME_ERROR "theme-error" Error;
}
