//! `loa serve`: every edition in the browser, built again whenever a file is saved.

use std::io;
use std::process::{Command, Stdio};

use clap::ArgMatches;

use super::Outcome;
use super::console::Console;
use super::options::Options;
use crate::diag::Message;
use crate::serve::{self, PORT, Report, Setup};

pub(super) fn run(matches: &ArgMatches, options: &Options, console: &Console) -> Outcome {
    let root = match options.site() {
        Ok(root) => root,
        Err(message) => {
            console.complain(&message);
            return Outcome::Refused;
        }
    };
    let port = matches.get_one::<u16>("port").copied();
    let (listener, base) = match open(port) {
        Ok(open) => open,
        Err(error) => {
            console.complain(&refused(port.unwrap_or(PORT), &error));
            return Outcome::Refused;
        }
    };
    if options.json {
        Console::data(&format!("{}\n", serde_json::json!({ "url": base })));
    } else {
        Console::data(&format!("{base}\n"));
    }
    console.news(&console.say(&Message::new("cli-serving").with("address", base.as_str())));
    if matches.get_flag("open") && browse(&base).is_err() {
        console.complain(&Message::new("cli-no-browser").with("address", base.as_str()));
    }
    let (day, language, quiet) = (options.day(), options.language, options.quiet);
    let setup = Setup {
        root,
        day: Box::new(day),
        language,
        // Made where it is used: catalogues do not travel between threads.
        report: Box::new(move |report| tell(report, &Console::new(language, quiet))),
    };
    match serve::serve(setup, listener) {
        Ok(()) => Outcome::Clean,
        Err(error) => {
            console.complain(&refused(port.unwrap_or(PORT), &error));
            Outcome::Refused
        }
    }
}

fn open(port: Option<u16>) -> io::Result<(std::net::TcpListener, String)> {
    let listener = serve::bind(port)?;
    let base = serve::address(&listener)?;
    Ok((listener, base))
}

fn refused(port: u16, error: &io::Error) -> Message {
    let port = usize::from(port).to_string();
    if error.kind() == io::ErrorKind::AddrInUse {
        return Message::new("cli-port-in-use").with("port", port);
    }
    Message::new("cli-no-network")
        .with("port", port)
        .with("said", error.to_string())
}

/// One line for each build.
fn tell(report: &Report, console: &Console) {
    match report {
        Report::Built {
            time,
            pages,
            errors,
            warnings,
        } => {
            let message = Message::new("cli-rebuilt")
                .with("seconds", format!("{:.3}", time.as_secs_f64()))
                .with("pages", *pages)
                .with("errors", *errors)
                .with("warnings", *warnings);
            console.news(&console.say(&message));
        }
        Report::Refused(fatal) => console.fatal(fatal),
        Report::Blind(said) => {
            console.complain(&Message::new("cli-blind").with("said", said.as_str()));
        }
    }
}

/// Asks the system to open an address in its browser.
fn browse(address: &str) -> io::Result<()> {
    let (program, before): (&str, &[&str]) = if cfg!(windows) {
        ("rundll32", &["url.dll,FileProtocolHandler"])
    } else if cfg!(target_os = "macos") {
        ("open", &[])
    } else {
        ("xdg-open", &[])
    };
    Command::new(program)
        .args(before)
        .arg(address)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map(drop)
}
