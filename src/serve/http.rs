//! The only file that names the network: requests of this machine's browsers, answered from memory.

use std::convert::Infallible;
use std::io;
use std::net::TcpListener;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::serve::ListenerExt;
use futures_util::future::{Either, select};
use futures_util::stream;
use percent_encoding::percent_decode_str;
use tokio::sync::watch;
use url::form_urlencoded;

use super::board::{Board, File, Found, Seen, Shown};
use super::inject::{EVENTS, SCRIPT, inject};
use super::leaflets::Leaflet;
use super::pages::{POLICY, STYLE, Words};
use super::range::{Asked, asked};
use crate::channel::address;
use crate::diag::Language;
use crate::text::nfc;

/// A silent line is kept open with a comment after so long.
const ALIVE: Duration = Duration::from_secs(15);
/// A leaflet that is being set when the program ends is waited for no longer than this.
const PATIENCE: Duration = Duration::from_millis(100);

/// The newest [`Shown`], for which anybody can wait.
pub(super) struct Notice {
    sender: watch::Sender<Arc<Shown>>,
}

impl Notice {
    pub(super) fn new(first: Shown) -> Notice {
        Notice {
            sender: watch::Sender::new(Arc::new(first)),
        }
    }

    /// Hangs up the next state.
    pub(super) fn change(&self, next: impl FnOnce(&Shown) -> Shown) {
        self.sender
            .send_modify(|shown| *shown = Arc::new(next(shown)));
    }

    /// What is shown now; before the first build, waits for it.
    async fn first(&self) -> Arc<Shown> {
        let mut receiver = self.sender.subscribe();
        let ready = |shown: &Arc<Shown>| shown.start.is_some();
        match receiver.wait_for(ready).await {
            Ok(shown) => Arc::clone(&shown),
            // The sender lives as long as this value.
            Err(_) => Arc::default(),
        }
    }
}

/// What every answer needs.
#[derive(Clone)]
struct Desk {
    board: Arc<Board>,
    words: Arc<Words>,
    language: Language,
    port: u16,
}

/// Answers until somebody presses Ctrl-C.
pub(super) fn answer(
    listener: TcpListener,
    board: &Arc<Board>,
    language: Language,
) -> io::Result<()> {
    let desk = Desk {
        board: Arc::clone(board),
        words: Arc::new(Words::of(language)),
        language,
        port: listener.local_addr()?.port(),
    };
    listener.set_nonblocking(true)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let done = runtime.block_on(async {
        // Events are short and must not wait to be put together with others.
        let listener = tokio::net::TcpListener::from_std(listener)?.tap_io(|line| {
            let _ = line.set_nodelay(true);
        });
        let app = Router::new().fallback(reply).with_state(desk);
        let serve = pin!(axum::serve(listener, app).into_future());
        let stop = pin!(tokio::signal::ctrl_c());
        match select(serve, stop).await {
            Either::Left((done, _)) => done,
            Either::Right((done, _)) => done,
        }
    });
    runtime.shutdown_timeout(PATIENCE);
    done
}

async fn reply(State(desk): State<Desk>, request: Request) -> Response {
    let mut response = if !is_local(request.headers(), desk.port) {
        plain(
            StatusCode::FORBIDDEN,
            "this address is only for this machine\n",
        )
    } else if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut response = plain(StatusCode::METHOD_NOT_ALLOWED, "only GET and HEAD\n");
        set(&mut response, header::ALLOW, "GET, HEAD");
        response
    } else {
        desk.reply(request.uri(), request.headers()).await
    };
    set(&mut response, header::CACHE_CONTROL, "no-store");
    set(&mut response, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(
        &mut response,
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    );
    response
}

/// Whether a request names this machine. A page elsewhere can make its own name lead here, but not change
/// the name that the browser sends.
fn is_local(headers: &HeaderMap, port: u16) -> bool {
    let mut hosts = headers.get_all(header::HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else {
        return false;
    };
    let Ok(host) = host.to_str() else {
        return false;
    };
    ["127.0.0.1", "localhost", "[::1]"].iter().any(|name| {
        host.eq_ignore_ascii_case(&format!("{name}:{port}"))
            || port == 80 && host.eq_ignore_ascii_case(name)
    })
}

impl Desk {
    async fn reply(&self, uri: &Uri, headers: &HeaderMap) -> Response {
        let query = uri.query().unwrap_or_default();
        match uri.path() {
            SCRIPT => return text("text/javascript", include_str!("reload.js")),
            STYLE => return text("text/css", include_str!("pages.css")),
            EVENTS => return self.events(query),
            _ => {}
        }
        let shown = self.board.notice().first().await;
        let path = decoded(uri.path());
        let wants_page = headers
            .get(header::ACCEPT)
            .and_then(|accept| accept.to_str().ok())
            .is_some_and(|accept| accept.contains("text/html"));
        match shown.find(&path) {
            Found::File(file) if file.media == "text/plain" && wants_page && query != "plain" => {
                let text = String::from_utf8_lossy(&file.bytes);
                own(
                    StatusCode::OK,
                    &self.words.text(&path, &text),
                    &shown,
                    false,
                )
            }
            Found::File(file) => answer_with(file, &shown, headers),
            Found::Folder => {
                let to = format!("/{}/", address::file(&path));
                let mut response = StatusCode::TEMPORARY_REDIRECT.into_response();
                set(&mut response, header::LOCATION, &to);
                response
            }
            Found::Slow(edition, path) => self.slow(&shown, edition, path).await,
            Found::Missing(Some(page)) => {
                let mut response = html(inject(&page.bytes, &shown, true), StatusCode::NOT_FOUND);
                set(&mut response, header::VARY, "accept");
                response
            }
            Found::Missing(None) => own(StatusCode::NOT_FOUND, &self.words.missing(), &shown, true),
        }
    }

    /// A leaflet, set now.
    async fn slow(&self, shown: &Arc<Shown>, edition: &str, path: &str) -> Response {
        let missing = || own(StatusCode::NOT_FOUND, &self.words.missing(), shown, true);
        let Some(leaflets) = shown.leaflets.clone() else {
            return missing();
        };
        let (edition, path, language) = (edition.to_owned(), path.to_owned(), self.language);
        let set_now = move || leaflets.get(&edition, &path, language);
        match tokio::task::spawn_blocking(set_now).await {
            Ok(Leaflet::Set(media, bytes)) => {
                let mut response = bytes_of(media, bytes.to_vec());
                set(&mut response, header::CONTENT_DISPOSITION, "inline");
                response
            }
            Ok(Leaflet::Failed(said)) => {
                let page = self.words.unset(&said);
                own(StatusCode::INTERNAL_SERVER_ERROR, &page, shown, false)
            }
            Ok(Leaflet::Missing) | Err(_) => missing(),
        }
    }

    /// Tells one page, for as long as it is open, when to load itself again and what was found.
    fn events(&self, query: &str) -> Response {
        let line = Line {
            receiver: self.board.notice().sender.subscribe(),
            seen: seen(query),
            told: None,
            done: false,
        };
        let events = stream::unfold(line, |mut line| async move {
            let event = line.next().await?;
            Some((Ok::<Event, Infallible>(event), line))
        });
        Sse::new(events)
            .keep_alive(KeepAlive::new().interval(ALIVE))
            .into_response()
    }
}

/// A line to one page.
struct Line {
    receiver: watch::Receiver<Arc<Shown>>,
    seen: Seen,
    /// What it was last told of findings.
    told: Option<Arc<str>>,
    done: bool,
}

impl Line {
    async fn next(&mut self) -> Option<Event> {
        while !self.done {
            let shown = Arc::clone(&self.receiver.borrow_and_update());
            if shown.start.is_some() {
                if shown.is_stale(&self.seen) {
                    self.done = true;
                    return Some(Event::default().event("reload").data("now"));
                }
                let notice = &shown.findings.notice;
                if self.told.as_ref() != Some(notice) {
                    self.told = Some(Arc::clone(notice));
                    return Some(Event::default().event("findings").data(&**notice));
                }
            }
            self.receiver.changed().await.ok()?;
        }
        None
    }
}

fn seen(query: &str) -> Seen {
    let mut seen = Seen::default();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        match &*name {
            "page" => seen.page = decoded(&value),
            "uses" => seen.uses.push(decoded(&value)),
            "run" => seen.run = value.parse().unwrap_or(0),
            "version" => seen.version = value.parse().unwrap_or(0),
            "missing" => seen.missing = true,
            _ => {}
        }
    }
    seen
}

/// The path of an address as files are called: no `/` in front, no percent signs, normal form C.
fn decoded(path: &str) -> String {
    let path = path.strip_prefix('/').unwrap_or(path);
    nfc(&percent_decode_str(path).decode_utf8_lossy()).into_owned()
}

fn answer_with(file: &File, shown: &Shown, headers: &HeaderMap) -> Response {
    if file.media == "text/html" {
        return html(inject(&file.bytes, shown, false), StatusCode::OK);
    }
    let range = headers.get(header::RANGE);
    let size = file.bytes.len();
    let mut response = match asked(range.and_then(|range| range.to_str().ok()), size) {
        Asked::Whole => bytes_of(file.media, file.bytes.to_vec()),
        Asked::Part(part) => {
            let told = format!("bytes {}-{}/{size}", part.start, part.end - 1);
            let mut response = bytes_of(file.media, file.bytes[part].to_vec());
            *response.status_mut() = StatusCode::PARTIAL_CONTENT;
            set(&mut response, header::CONTENT_RANGE, &told);
            response
        }
        Asked::Beyond => {
            let mut response = plain(StatusCode::RANGE_NOT_SATISFIABLE, "");
            set(
                &mut response,
                header::CONTENT_RANGE,
                &format!("bytes */{size}"),
            );
            response
        }
    };
    set(&mut response, header::ACCEPT_RANGES, "bytes");
    set(&mut response, header::VARY, "accept");
    response
}

/// A page of the preview's own.
fn own(status: StatusCode, page: &str, shown: &Shown, missing: bool) -> Response {
    let mut response = html(inject(page.as_bytes(), shown, missing), status);
    set(&mut response, header::CONTENT_SECURITY_POLICY, POLICY);
    set(&mut response, header::VARY, "accept");
    response
}

fn html(page: Vec<u8>, status: StatusCode) -> Response {
    let mut response = bytes_of("text/html", page);
    *response.status_mut() = status;
    response
}

fn text(media: &str, text: &'static str) -> Response {
    bytes_of(media, text.as_bytes().to_vec())
}

fn plain(status: StatusCode, text: &str) -> Response {
    let mut response = bytes_of("text/plain", text.as_bytes().to_vec());
    *response.status_mut() = status;
    response
}

fn bytes_of(media: &str, bytes: Vec<u8>) -> Response {
    let is_text = media.starts_with("text/") || media.ends_with("xml") || media.ends_with("json");
    let media = if is_text {
        format!("{media}; charset=utf-8")
    } else {
        media.to_owned()
    };
    let mut response = Response::new(Body::from(bytes));
    set(&mut response, header::CONTENT_TYPE, &media);
    response
}

fn set(response: &mut Response, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_by_name_and_port_is_answered() {
        let local = |hosts: &[&str]| {
            let mut headers = HeaderMap::new();
            for host in hosts {
                headers.append(header::HOST, HeaderValue::from_str(host).unwrap());
            }
            is_local(&headers, 1790)
        };
        for host in [
            "127.0.0.1:1790",
            "localhost:1790",
            "LOCALHOST:1790",
            "[::1]:1790",
        ] {
            assert!(local(&[host]), "{host}");
        }
        for host in [
            "",
            "127.0.0.1",
            "127.0.0.1:1791",
            "evil.example:1790",
            "127.0.0.1.evil.example:1790",
            "localhost:1790.evil.example",
            "user@localhost:1790",
        ] {
            assert!(!local(&[host]), "{host}");
        }
        assert!(!local(&[]));
        assert!(!local(&["127.0.0.1:1790", "evil.example"]));
    }

    #[test]
    fn a_page_says_what_it_has_seen() {
        let seen =
            seen("page=%2Fbao%2Fb%25C3%25A0i%2F&run=7&version=3&missing=&uses=%2Fbao%2Fa.css");
        assert_eq!(seen.page, "bao/bài/");
        assert_eq!((seen.run, seen.version, seen.missing), (7, 3, true));
        assert_eq!(seen.uses, ["bao/a.css"]);
    }
}
