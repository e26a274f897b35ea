//! A speech engine as a program that is run once for each paragraph.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use crate::channel::speech::Engine;
use crate::diag::{Fatal, Message};

/// How often it is looked whether a program is done.
const LOOK: Duration = Duration::from_millis(10);

/// What a program said when it failed is shown up to here, in characters.
const SAID: usize = 200;

/// Syllables of a minute when nothing else is asked for.
const USUAL: u32 = 180;

/// Why nothing can be heard.
#[derive(Debug)]
pub(super) enum Failed {
    /// What the engine did or did not do.
    Engine(Message),
    /// The operating system refused.
    System(Fatal),
}

/// A paragraph to be spoken.
#[derive(Debug)]
pub(super) struct Words<'a> {
    pub(super) text: &'a str,
    pub(super) voice: &'a str,
    /// What the engine is told.
    pub(super) rate: u32,
}

/// Has words spoken into a WAV file at `out`; `scratch` is a name for files that are needed meanwhile.
pub(super) fn speak(
    engine: &Engine,
    words: &Words<'_>,
    scratch: &Path,
    out: &Path,
) -> Result<(), Failed> {
    let system = |path: &Path| {
        let path = path.to_owned();
        move |error: io::Error| Failed::System(Fatal::new("fatal-write", &path, error))
    };
    let (text, said) = (beside(scratch, "txt"), beside(scratch, "err"));
    fs::write(&text, words.text).map_err(system(&text))?;
    let fill = |word: &String| {
        word.replace("{text}", &text.display().to_string())
            .replace("{out}", &out.display().to_string())
            .replace("{voice}", words.voice)
            .replace("{rate}", &words.rate.to_string())
            .replace("{length}", &length(words.rate))
    };
    let command: Vec<String> = engine.command.iter().map(fill).collect();
    let piped = !engine.command.iter().any(|word| word.contains("{text}"));
    let input = if piped {
        Stdio::from(File::open(&text).map_err(system(&text))?)
    } else {
        Stdio::null()
    };
    let errors = File::create(&said).map_err(system(&said))?;
    let limit = Duration::from_secs(u64::from(engine.timeout));
    let ended = run(&command, input, errors, limit);
    let told = fs::read(&said).unwrap_or_default();
    let mute = words.voice.is_empty() && engine.command.iter().any(|word| word.contains("{voice}"));
    // What cannot be removed is in nobody's way.
    let _ = (fs::remove_file(&text), fs::remove_file(&said));
    let name = command.first().cloned().unwrap_or_default();
    let message = |id: &'static str| Message::new(id).with("engine", name.as_str());
    match ended {
        Ended::Missing => Err(Failed::Engine(message(missing(&name)))),
        Ended::Refused(error) => Err(Failed::Engine(
            message("audio-refused").with("said", error.to_string()),
        )),
        Ended::Hung => Err(Failed::Engine(
            message("audio-hangs").with("seconds", engine.timeout as usize),
        )),
        Ended::With(status) if !status.success() && mute => {
            Err(Failed::Engine(message("audio-no-voice")))
        }
        Ended::With(status) if !status.success() => Err(Failed::Engine(
            message("audio-crashed")
                .with("status", status.to_string())
                .with("said", last_line(&told)),
        )),
        Ended::With(_) if fs::metadata(out).map_or(0, |file| file.len()) == 0 => {
            Err(Failed::Engine(message("audio-silent")))
        }
        Ended::With(_) => Ok(()),
    }
}

/// How a program ended.
enum Ended {
    With(ExitStatus),
    Hung,
    Missing,
    Refused(io::Error),
}

/// Runs a program, but not for ever.
#[expect(
    clippy::disallowed_methods,
    reason = "a program that hangs is only known by the time it takes"
)]
fn run(command: &[String], input: Stdio, errors: File, limit: Duration) -> Ended {
    let Some((program, words)) = command.split_first() else {
        return Ended::Missing;
    };
    let child = Command::new(program)
        .args(words)
        // Piper is a Python program: without this it takes its words for those of the system's old code page.
        .env("PYTHONUTF8", "1")
        .stdin(input)
        .stdout(Stdio::null())
        .stderr(errors)
        .spawn();
    let mut child: Child = match child {
        Ok(child) => child,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ended::Missing,
        Err(error) => return Ended::Refused(error),
    };
    let begun = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ended::With(status),
            Ok(None) if begun.elapsed() < limit => std::thread::sleep(LOOK),
            Ok(None) => {
                // One that is gone by now is as good.
                let _ = child.kill();
                let _ = child.wait();
                return Ended::Hung;
            }
            Err(error) => return Ended::Refused(error),
        }
    }
}

/// What to say of a program that is not there: how to install those that loa knows.
fn missing(program: &str) -> &'static str {
    let name = Path::new(program).file_stem().unwrap_or_default();
    match name.to_str() {
        Some("espeak-ng") => "audio-missing-espeak",
        Some("piper") => "audio-missing-piper",
        _ => "audio-missing",
    }
}

/// The pace as engines want it that stretch their sounds: 1 is the pace that loa takes for usual, 2 is half as fast.
fn length(rate: u32) -> String {
    format!("{:.2}", f64::from(USUAL) / f64::from(rate.max(1)))
}

/// What a program said last: usage and the trail of calls come before the reason.
fn last_line(said: &[u8]) -> String {
    let text = String::from_utf8_lossy(said);
    let line = text
        .lines()
        .rev()
        .map(str::trim)
        .find(|line| !line.is_empty());
    line.unwrap_or("–").chars().take(SAID).collect()
}

/// A path with another ending.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{ending}"));
    PathBuf::from(name)
}

/// Programs that make MP3 files, with their arguments; `{wav}` and `{mp3}` are paths.
const ENCODERS: [&[&str]; 2] = [
    &[
        "ffmpeg",
        "-nostdin",
        "-y",
        "-loglevel",
        "error",
        "-i",
        "{wav}",
        "-codec:a",
        "libmp3lame",
        "-b:a",
        "64k",
        "-f",
        "mp3",
        "{mp3}",
    ],
    &["lame", "--quiet", "-b", "64", "{wav}", "{mp3}"],
];

/// So many seconds an encoder may take.
const ENCODING: Duration = Duration::from_mins(10);

/// Makes an MP3 file of a WAV file; whether there was a program that could.
pub(super) fn encode(wav: &Path, mp3: &Path) -> bool {
    ENCODERS.iter().any(|words| {
        let fill = |word: &&str| {
            word.replace("{wav}", &wav.display().to_string())
                .replace("{mp3}", &mp3.display().to_string())
        };
        let command: Vec<String> = words.iter().map(fill).collect();
        let said = beside(mp3, "err");
        let Ok(errors) = File::create(&said) else {
            return false;
        };
        let ended = run(&command, Stdio::null(), errors, ENCODING);
        let _ = fs::remove_file(&said);
        let made = fs::metadata(mp3).map_or(0, |file| file.len()) > 0;
        matches!(ended, Ended::With(status) if status.success()) && made
    })
}
