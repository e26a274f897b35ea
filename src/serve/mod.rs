//! `loa serve`: the same calls as a build, answered from memory on this machine only.
//!
//! `watch` says what was saved, `worker` reads it, a `round` builds it, `board` holds what can be looked at now, and
//! `http` answers. Nothing is written to disk, nothing is read from a path that a request names, and
//! the last good build stays up until a better one is done. There is no build logic here: that is
//! [`crate::pipeline`].

mod board;
mod findings;
mod http;
mod inject;
mod leaflets;
mod pages;
mod range;
mod round;
mod start;
mod watch;
mod worker;

use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::civil::Date;

use crate::diag::{Fatal, Language};
use board::Board;

/// The first port that is tried when none is asked for.
pub const PORT: u16 = 1790;
/// So many ports are tried when none is asked for.
const PORTS: u16 = 50;

/// What is served, and in which words.
pub struct Setup {
    /// The site's folder.
    pub root: PathBuf,
    /// The day for which the site is built; asked again for every build.
    pub day: Box<dyn Fn() -> Date + Send>,
    /// The language of the start page and of findings.
    pub language: Language,
    /// Is told of every build.
    pub report: Box<dyn Fn(&Report) + Send>,
}

impl std::fmt::Debug for Setup {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Setup")
            .field("root", &self.root)
            .field("language", &self.language)
            .finish_non_exhaustive()
    }
}

/// What is told of a build.
#[derive(Debug)]
pub enum Report {
    /// It came to an end.
    Built {
        /// How long it took.
        time: Duration,
        /// Pages that differ from those shown before.
        pages: usize,
        /// Errors found; with any, what was shown before stays.
        errors: usize,
        /// Warnings found.
        warnings: usize,
    },
    /// The system refused to read the site.
    Refused(Fatal),
    /// Saves cannot be noticed; the reason.
    Blind(String),
}

/// Takes a port of this machine, which nobody else can reach: the one asked for, or the first free one.
///
/// # Errors
/// When the port is in use, or none is free.
pub fn bind(port: Option<u16>) -> io::Result<TcpListener> {
    let take = |port: u16| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    if let Some(port) = port {
        return take(port);
    }
    let mut ports = PORT..PORT + PORTS;
    loop {
        match (ports.next(), ports.is_empty()) {
            (Some(port), false) => {
                if let Ok(listener) = take(port) {
                    return Ok(listener);
                }
            }
            (port, _) => return take(port.unwrap_or(0)),
        }
    }
}

/// The address that a listener answers under, ending in `/`.
///
/// # Errors
/// When the system does not know it.
pub fn address(listener: &TcpListener) -> io::Result<String> {
    Ok(format!("http://{}/", listener.local_addr()?))
}

/// Serves a site until somebody presses Ctrl-C.
///
/// # Errors
/// When the system refuses the network.
pub fn serve(setup: Setup, listener: TcpListener) -> io::Result<()> {
    let base = address(&listener)?;
    let board = Arc::new(Board::new());
    let language = setup.language;
    let shown = Arc::clone(&board);
    std::thread::Builder::new()
        .name("build".to_owned())
        .spawn(move || worker::work(setup, base, shown))?;
    http::answer(listener, &board, language)
}
