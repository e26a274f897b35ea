//! `loa explain`: what a code means and how to mend it.

use clap::ArgMatches;

use super::Outcome;
use super::console::Console;
use crate::diag::{CODES, Message, explanation};
use crate::text::nearest;

pub(super) fn run(matches: &ArgMatches, console: &Console) -> Outcome {
    let Some(wanted) = matches.get_one::<String>("code") else {
        let lines: String = CODES
            .iter()
            .map(|code| format!("{} ({})\n", code.name, code.severity.name()))
            .collect();
        Console::data(&lines);
        return Outcome::Clean;
    };
    if let Some(code) = CODES.iter().find(|code| code.name == wanted) {
        let text = explanation(*code, console.language());
        Console::data(&format!(
            "{} ({})\n\n{text}\n",
            code.name,
            code.severity.name()
        ));
        Outcome::Clean
    } else {
        console.complain(&Message::new("cli-unknown-code").with("code", wanted.as_str()));
        if let Some(near) = nearest(wanted, CODES.iter().map(|code| code.name)) {
            console.complain(&Message::new("hint-did-you-mean").with("word", near));
        }
        Outcome::Refused
    }
}
