//! The options as resolved: languages, folders, the day.

use std::path::{Path, PathBuf};

use clap::ArgMatches;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::channel::Shard;
use crate::diag::{Language, Message};
use crate::load::parse_date;
use crate::pipeline;

/// Việt Nam is seven hours ahead of UTC all year.
const HOURS_AHEAD: i64 = 7;

/// Options that every command has.
#[derive(Debug, Clone)]
pub(super) struct Options {
    /// The folder given with `--root`.
    root: Option<PathBuf>,
    /// The folder given with `--out`.
    out: Option<PathBuf>,
    pub(super) today: Date,
    /// The day given with `--today`.
    given: Option<Date>,
    pub(super) language: Language,
    pub(super) json: bool,
    pub(super) jobs: Option<usize>,
    pub(super) quiet: bool,
    /// Whether leaflets go to a print shop.
    pub(super) for_print_shop: bool,
    /// The part of the build that is made here.
    pub(super) shard: Option<Shard>,
    /// Where the times of a build are written; an empty path is the usual place.
    pub(super) profile: Option<PathBuf>,
}

impl Options {
    /// Resolves the arguments; the language is needed to say what is wrong with them.
    pub(super) fn resolve(matches: &ArgMatches) -> Result<Options, (Language, Message)> {
        let text = |name: &str| matches.get_one::<String>(name);
        let language = text("lang")
            .and_then(|tag| Language::parse(tag))
            .unwrap_or_default();
        let given = match text("today") {
            None => None,
            Some(written) => Some(parse_date(written).ok_or_else(|| {
                (
                    language,
                    Message::new("cli-bad-date").with("date", written.as_str()),
                )
            })?),
        };
        // Only some commands have these.
        let only = |name: &str| matches.try_get_one::<String>(name).ok().flatten();
        let shard = match only("shard") {
            None => None,
            Some(written) => Some(Shard::parse(written).ok_or_else(|| {
                let message = Message::new("cli-bad-shard").with("shard", written.as_str());
                (language, message.with("most", Shard::MOST))
            })?),
        };
        Ok(Options {
            root: text("root").map(PathBuf::from),
            out: text("out").map(PathBuf::from),
            today: given.unwrap_or_else(today),
            given,
            language,
            json: text("format").is_some_and(|format| format == "json"),
            jobs: matches
                .get_one::<u16>("jobs")
                .map(|jobs| usize::from(*jobs)),
            quiet: matches.get_flag("quiet"),
            for_print_shop: only("for").is_some(),
            shard,
            profile: only("profile").map(PathBuf::from),
        })
    }

    /// The site's folder: the one given, or the nearest above the working folder that holds `loa.yaml`.
    pub(super) fn site(&self) -> Result<PathBuf, Message> {
        let missing =
            |path: &Path| Message::new("cli-no-site").with("path", path.display().to_string());
        if let Some(root) = &self.root {
            return if root.join("loa.yaml").is_file() {
                Ok(root.clone())
            } else {
                Err(missing(root))
            };
        }
        let here = std::env::current_dir().map_err(|_| missing(Path::new(".")))?;
        let found = here
            .ancestors()
            .find(|folder| folder.join("loa.yaml").is_file());
        found.map(Path::to_owned).ok_or_else(|| missing(&here))
    }

    /// What a build is for.
    pub(super) fn build(&self) -> pipeline::Options {
        pipeline::Options {
            for_print_shop: self.for_print_shop,
            shard: self.shard,
            ..pipeline::Options::on(self.today)
        }
    }

    /// The day whenever it is asked for: the one given, or the one it is by then.
    pub(super) fn day(&self) -> impl Fn() -> Date + Send + 'static {
        let given = self.given;
        move || given.unwrap_or_else(today)
    }

    /// Where editions are written.
    pub(super) fn out(&self, site: &Path) -> PathBuf {
        self.out.clone().unwrap_or_else(|| site.join("public"))
    }
}

fn today() -> Date {
    let shifted = Timestamp::now().as_second() + HOURS_AHEAD * 3_600;
    let moment = Timestamp::from_second(shifted).unwrap_or(Timestamp::UNIX_EPOCH);
    parse_date(&moment.to_string()[..10]).unwrap_or(jiff::civil::date(2026, 1, 1))
}
