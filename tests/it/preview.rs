//! `loa serve` as a test uses it: the real program on a free port, and a client that speaks plain HTTP.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use crate::support::{loa, write};

/// Longer than anything here takes; a test that waits so long has failed.
const PATIENCE: Duration = Duration::from_mins(1);
/// Long enough for a build of these small sites, to see that there is none.
const MOMENT: Duration = Duration::from_millis(700);

/// The program at work; it ends when the test does.
pub(crate) struct Server {
    pub(crate) child: Child,
    pub(crate) address: String,
    site: PathBuf,
    news: Receiver<String>,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) code: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl Server {
    pub(crate) fn start(site: &Path) -> Server {
        let args = [
            "serve",
            "--port",
            "0",
            "--lang",
            "en",
            "--today",
            "2026-08-19",
        ];
        let mut child = loa(site, &args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let (send, news) = channel();
        let err = BufReader::new(child.stderr.take().unwrap());
        std::thread::spawn(move || {
            for line in err.lines().map_while(Result::ok) {
                let _ = send.send(line);
            }
        });
        let address = line.trim().strip_prefix("http://").unwrap();
        let server = Server {
            child,
            address: address.trim_end_matches('/').to_owned(),
            site: site.to_owned(),
            news,
        };
        server.built();
        server
    }

    /// Waits for the line that tells of the next build.
    pub(crate) fn built(&self) -> String {
        loop {
            let line = self.news.recv_timeout(PATIENCE).unwrap();
            if line.starts_with("built in") {
                return line;
            }
        }
    }

    /// How many builds are told of before there is silence.
    pub(crate) fn builds(&self) -> usize {
        let mut count = 0;
        while let Ok(line) = self.news.recv_timeout(MOMENT) {
            count += usize::from(line.starts_with("built in"));
        }
        count
    }

    pub(crate) fn ask(&self, request: &str) -> Answer {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut all = Vec::new();
        stream.read_to_end(&mut all).unwrap();
        let end = all.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
        let head = String::from_utf8(all[..end].to_vec()).unwrap();
        Answer {
            code: head[9..12].parse().unwrap(),
            head: head.to_lowercase(),
            body: all[end + 4..].to_vec(),
        }
    }

    pub(crate) fn get_with(&self, path: &str, more: &str) -> Answer {
        let host = &self.address;
        self.ask(&format!(
            "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{more}\r\n"
        ))
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.get_with(path, "")
    }

    /// Opens a page as a browser does: its script asks to be told of changes.
    pub(crate) fn open(&self, path: &str) -> Tab {
        let answer = self.get(path);
        let html = answer.text();
        let value = |name: &str| {
            let from = html.rfind(&format!("data-{name}=\"")).unwrap() + name.len() + 7;
            html[from..].split('"').next().unwrap().to_owned()
        };
        let missing = if answer.code == 404 { "&missing=" } else { "" };
        let uses: String = html
            .split("src=")
            .skip(1)
            .filter_map(|rest| rest.trim_start_matches('"').split([' ', '"', '>']).next())
            .map(|path| format!("&uses={path}"))
            .collect();
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let request = format!(
            "GET /.loa/events?page={path}&run={}&version={}{missing}{uses} HTTP/1.1\r\nHost: {}\r\n\r\n",
            value("run"),
            value("version"),
            self.address
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut tab = Tab {
            lines: BufReader::new(stream),
        };
        assert_eq!(tab.next().0, "findings");
        tab
    }

    pub(crate) fn save(&self, path: &str, text: &str) {
        write(&self.site, &[(path, text)]);
    }
}

/// An open page.
pub(crate) struct Tab {
    lines: BufReader<TcpStream>,
}

impl Tab {
    /// The next thing it is told: what and the data.
    pub(crate) fn next(&mut self) -> (String, String) {
        let mut event = String::new();
        loop {
            let mut line = String::new();
            assert!(
                self.lines.read_line(&mut line).unwrap() > 0,
                "the line was cut"
            );
            if let Some(name) = line.strip_prefix("event: ") {
                name.trim().clone_into(&mut event);
            } else if let Some(data) = line.strip_prefix("data:") {
                return (event, data.trim().to_owned());
            }
        }
    }

    /// Whether it is told nothing for a moment.
    pub(crate) fn is_silent(&mut self) -> bool {
        self.lines.get_ref().set_read_timeout(Some(MOMENT)).unwrap();
        let mut line = String::new();
        while self.lines.read_line(&mut line).is_ok_and(|read| read > 0) {}
        let silent = !line.contains("event:");
        self.lines
            .get_ref()
            .set_read_timeout(Some(PATIENCE))
            .unwrap();
        silent
    }
}
