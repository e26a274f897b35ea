//! The command line: one file per command.
//!
//! Data goes to stdout, everything else to stderr. Exit code 0: clean; 1: findings with errors;
//! 2: no site here, wrong usage, or the operating system refused something.

mod approve;
mod args;
mod audio;
mod build;
mod check;
mod console;
mod due;
mod explain;
mod facts;
mod files;
mod init;
mod manifest;
mod new;
mod options;
mod past;
mod print_run;
mod profile;
mod serve;
mod speak;

use std::ffi::OsString;
use std::process::ExitCode;

use console::Console;
use options::Options;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Nothing to complain of.
    Clean,
    /// Findings with errors.
    Findings,
    /// Could not be done at all.
    Refused,
}

/// Runs the program and says how it ended.
#[must_use]
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args: Vec<OsString> = args.into_iter().collect();
    let matches = match args::command(args::language(&args)).try_get_matches_from(&args) {
        Ok(matches) => matches,
        Err(error) => {
            // Help and version are answers; everything else is wrong usage.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let Some((name, own)) = matches.subcommand() else {
        return ExitCode::from(2);
    };
    let options = match Options::resolve(own) {
        Ok(options) => options,
        Err((language, message)) => {
            Console::new(language, false).complain(&message);
            return ExitCode::from(2);
        }
    };
    let console = Console::new(options.language, options.quiet);
    if let Some(jobs) = options.jobs {
        // Fails only when a pool exists already, which is then as good.
        let _ = rayon::ThreadPoolBuilder::new()
            .num_threads(jobs)
            .build_global();
    }
    let outcome = match name {
        "approve" => approve::run(own, &options, &console),
        "audio" => audio::run(own, &options, &console),
        "build" => build::run(&options, &console),
        "check" => check::run(own, &options, &console),
        "due" => due::run(own, &options, &console),
        "explain" => explain::run(own, &console),
        "facts" => facts::run(own, &options, &console),
        "init" => init::run(own, &console),
        "manifest" => manifest::run(own, &options, &console),
        "new" => new::run(own, &options, &console),
        "print-run" => print_run::run(own, &options, &console),
        "serve" => serve::run(own, &options, &console),
        "speak" => speak::run(own, &options, &console),
        _ => Outcome::Refused,
    };
    match outcome {
        Outcome::Clean => ExitCode::SUCCESS,
        Outcome::Findings => ExitCode::from(1),
        Outcome::Refused => ExitCode::from(2),
    }
}
