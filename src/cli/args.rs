//! The arguments as typed. The only file that names the argument parser besides the resolved options.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Arg, ArgAction, Command};

use crate::diag::{Catalogue, Language, Message};

/// The language asked for anywhere on the command line: help is shown in it too.
pub(super) fn language(args: &[OsString]) -> Language {
    let words: Vec<&str> = args.iter().filter_map(|arg| arg.to_str()).collect();
    let after = words
        .iter()
        .position(|word| *word == "--lang")
        .and_then(|at| words.get(at + 1))
        .copied();
    let joined = words.iter().find_map(|word| word.strip_prefix("--lang="));
    after
        .or(joined)
        .and_then(Language::parse)
        .unwrap_or_default()
}

/// The whole command line.
pub(super) fn command(language: Language) -> Command {
    let catalogue = Catalogue::new(language);
    let say = |id: &'static str| catalogue.say(&Message::new(id));
    let common = |command: Command| command.args(common(&say));
    Command::new("loa")
        .version(env!("CARGO_PKG_VERSION"))
        .about(say("help-loa"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .subcommand(common(build(&say)))
        .subcommand(
            common(Command::new("check").about(say("help-check")))
                .arg(
                    Arg::new("deny")
                        .long("deny")
                        .value_name("WHAT")
                        .value_parser(["warnings"])
                        .help(say("help-deny")),
                )
                .arg(
                    Arg::new("release")
                        .long("release")
                        .action(ArgAction::SetTrue)
                        .help(say("help-release")),
                )
                .arg(purpose(&say)),
        )
        .subcommand(common(approve(&say)))
        .subcommand(common(audio(&say)))
        .subcommand(
            common(Command::new("explain").about(say("help-explain")))
                .arg(Arg::new("code").value_name("CODE").help(say("help-code"))),
        )
        .subcommand(
            common(Command::new("init").about(say("help-init"))).arg(
                Arg::new("dir")
                    .value_name("DIR")
                    .default_value(".")
                    .help(say("help-init-dir")),
            ),
        )
        .subcommand(manifest(&say))
        .subcommand(common(new(&say)))
        .subcommand(common(print_run(&say)))
        .subcommand(common(serve(&say)))
        .subcommand(common(speak(&say)))
        .subcommand(facts(&say))
        .subcommand(common(due(&say)))
}

fn build(say: &dyn Fn(&'static str) -> String) -> Command {
    Command::new("build")
        .about(say("help-build"))
        .arg(purpose(say))
        .arg(
            Arg::new("shard")
                .long("shard")
                .value_name("K/N")
                .help(say("help-shard")),
        )
        .arg(
            Arg::new("profile")
                .long("profile")
                .value_name("FILE")
                .num_args(0..=1)
                .require_equals(true)
                .default_missing_value("")
                .help(say("help-profile")),
        )
}

fn manifest(say: &dyn Fn(&'static str) -> String) -> Command {
    let folders = Arg::new("dirs")
        .value_name("DIR")
        .num_args(0..)
        .value_parser(clap::value_parser!(PathBuf))
        .help(say("help-manifest-dirs"));
    let merge = Command::new("merge")
        .about(say("help-manifest-merge"))
        .arg(folders);
    Command::new("manifest")
        .about(say("help-manifest"))
        .args(common(say).into_iter().map(|arg| arg.global(true)))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .subcommand(merge)
}

/// For whom a site is built.
fn purpose(say: &dyn Fn(&'static str) -> String) -> Arg {
    Arg::new("for")
        .long("for")
        .value_name("WHOM")
        .value_parser(["print-shop"])
        .help(say("help-for"))
}

fn facts(say: &dyn Fn(&'static str) -> String) -> Command {
    let key = Arg::new("key")
        .value_name("KEY")
        .required(true)
        .help(say("help-facts-key"));
    // The common options may stand before or after `impact`.
    let common = common(say).into_iter().map(|arg| arg.global(true));
    Command::new("facts")
        .about(say("help-facts"))
        .args(common)
        .arg(
            Arg::new("changed-since")
                .long("changed-since")
                .value_name("REV_OR_DATE")
                .help(say("help-facts-changed")),
        )
        .disable_help_subcommand(true)
        .args_conflicts_with_subcommands(false)
        .subcommand(
            Command::new("impact")
                .about(say("help-facts-impact"))
                .arg(key),
        )
}

fn due(say: &dyn Fn(&'static str) -> String) -> Command {
    Command::new("due").about(say("help-due")).arg(
        Arg::new("within")
            .long("within")
            .value_name("DAYS")
            .value_parser(clap::value_parser!(u16))
            .help(say("help-due-within")),
    )
}

fn approve(say: &dyn Fn(&'static str) -> String) -> Command {
    let option = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name)
            .long(name)
            .value_name(value)
            .help(say(help))
            .conflicts_with("list")
    };
    Command::new("approve")
        .about(say("help-approve"))
        .arg(
            Arg::new("file")
                .value_name("FILE")
                .num_args(1..)
                .required_unless_present("list")
                .conflicts_with("list")
                .help(say("help-approve-file")),
        )
        .arg(option("by", "NAME", "help-approve-by").required_unless_present("list"))
        .arg(option("role", "ROLE", "help-approve-role").required_unless_present("list"))
        .arg(option("on", "DATE", "help-approve-on"))
        .arg(
            Arg::new("list")
                .long("list")
                .action(ArgAction::SetTrue)
                .help(say("help-approve-list")),
        )
}

fn print_run(say: &dyn Fn(&'static str) -> String) -> Command {
    let option =
        |name: &'static str, long: &'static str, value: &'static str, help: &'static str| {
            Arg::new(name).long(long).value_name(value).help(say(help))
        };
    Command::new("print-run")
        .about(say("help-print-run"))
        .arg(
            Arg::new("article")
                .value_name("ARTICLE")
                .required(true)
                .help(say("help-print-run-article")),
        )
        .arg(option("copies", "copies", "N", "help-print-run-copies").required(true))
        .arg(option(
            "edition",
            "edition",
            "NAME",
            "help-print-run-edition",
        ))
        .arg(option("size", "size", "FORMAT", "help-print-run-size"))
        .arg(
            option("commune", "commune", "NAME", "help-print-run-commune")
                .action(ArgAction::Append),
        )
        .arg(option(
            "printer",
            "printer",
            "NAME",
            "help-print-run-printer",
        ))
        .arg(option("recipient", "for", "WHOM", "help-print-run-for"))
        .arg(option("on", "on", "DATE", "help-print-run-on"))
        .arg(
            Arg::new("dry-run")
                .long("dry-run")
                .action(ArgAction::SetTrue)
                .help(say("help-print-run-dry")),
        )
}

fn audio(say: &dyn Fn(&'static str) -> String) -> Command {
    let flag = |name: &'static str, help: &'static str| {
        Arg::new(name)
            .long(name)
            .action(ArgAction::SetTrue)
            .help(say(help))
    };
    Command::new("audio")
        .about(say("help-audio"))
        .arg(
            Arg::new("article")
                .value_name("ARTICLE")
                .num_args(0..)
                .help(say("help-audio-article")),
        )
        .arg(
            Arg::new("edition")
                .long("edition")
                .value_name("NAME")
                .help(say("help-audio-edition")),
        )
        .arg(
            Arg::new("commune")
                .long("commune")
                .value_name("NAME")
                .action(ArgAction::Append)
                .help(say("help-audio-commune")),
        )
        .arg(flag("drafts", "help-audio-drafts"))
        .arg(flag("wav", "help-audio-wav"))
}

fn new(say: &dyn Fn(&'static str) -> String) -> Command {
    Command::new("new")
        .about(say("help-new"))
        .arg(
            Arg::new("path")
                .value_name("PATH")
                .required(true)
                .help(say("help-new-path")),
        )
        .arg(
            Arg::new("title")
                .long("title")
                .value_name("TITLE")
                .help(say("help-new-title")),
        )
        .arg(
            Arg::new("kind")
                .long("kind")
                .value_name("KIND")
                .value_parser(crate::model::Kind::NAMES)
                .default_value("article")
                .help(say("help-new-kind")),
        )
}

fn serve(say: &dyn Fn(&'static str) -> String) -> Command {
    Command::new("serve")
        .about(say("help-serve"))
        .arg(
            Arg::new("port")
                .long("port")
                .value_name("N")
                .value_parser(clap::value_parser!(u16))
                .help(say("help-port")),
        )
        .arg(
            Arg::new("open")
                .long("open")
                .action(ArgAction::SetTrue)
                .help(say("help-open")),
        )
}

fn speak(say: &dyn Fn(&'static str) -> String) -> Command {
    Command::new("speak")
        .about(say("help-speak"))
        .arg(
            Arg::new("file")
                .value_name("FILE")
                .num_args(0..)
                .help(say("help-speak-file")),
        )
        .arg(
            Arg::new("json")
                .long("json")
                .action(ArgAction::SetTrue)
                .help(say("help-speak-json")),
        )
        .arg(
            Arg::new("ssml")
                .long("ssml")
                .action(ArgAction::SetTrue)
                .conflicts_with("json")
                .help(say("help-speak-ssml")),
        )
        .arg(
            Arg::new("accent")
                .long("accent")
                .value_name("ACCENT")
                .value_parser(["north", "central", "south"])
                .default_value("south")
                .help(say("help-speak-accent")),
        )
}

fn common(say: &dyn Fn(&'static str) -> String) -> Vec<Arg> {
    let option = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(say(help))
    };
    vec![
        option("root", "DIR", "help-root"),
        option("out", "DIR", "help-out"),
        option("today", "DATE", "help-today"),
        option("lang", "LANG", "help-lang").value_parser(["vi", "en"]),
        option("format", "FORMAT", "help-format").value_parser(["human", "json"]),
        option("jobs", "N", "help-jobs").value_parser(clap::value_parser!(u16).range(1..=1024)),
        Arg::new("quiet")
            .long("quiet")
            .short('q')
            .action(ArgAction::SetTrue)
            .help(say("help-quiet")),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_well_formed_in_both_languages() {
        for language in Language::ALL {
            command(language).debug_assert();
        }
    }
}
