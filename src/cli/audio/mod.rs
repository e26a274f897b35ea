//! `loa audio`: bulletins as sound, through a speech engine.
//!
//! What is made for everybody lies beside its article, where web editions find it; what is made for communes lies in
//! `audio/`. Paragraphs that were spoken before are taken from `audio/.cache/`.

mod captions;
mod engine;
mod sound;

use std::fs;
use std::path::{Path, PathBuf};

use clap::ArgMatches;
use rayon::prelude::*;

use super::Outcome;
use super::console::Console;
use super::options::Options;
use crate::channel::speech::{self, Bulletin, Engine, Segment, Voice};
use crate::channel::{Job, Known, Shard, Want};
use crate::diag::{Diagnostic, Fatal, Message, Sources, Trace};
use crate::load::{Parsed, Tree, approvable, parse, snapshot};
use crate::model::{CommuneId, Edition, Page, PageId, Site};
use crate::text::{nearest, sha256};
use crate::theme::Theme;
use captions::Captions;
use engine::{Failed, Words, beside};
use sound::Sound;

/// A rest after each paragraph, in milliseconds.
const BREATH: usize = 400;

/// Beyond so many parts in a hundred, the estimate of durations wants another pace.
const NEAR: usize = 15;

/// What is wanted.
struct Order<'a> {
    root: PathBuf,
    edition: &'a Edition,
    engine: Engine,
    articles: Vec<&'a str>,
    communes: Vec<Option<CommuneId>>,
    drafts: bool,
    wav: bool,
}

/// Milliseconds that were planned, and that it took.
#[derive(Default)]
struct Times {
    planned: usize,
    heard: usize,
}

pub(super) fn run(matches: &ArgMatches, options: &Options, console: &Console) -> Outcome {
    let root = match options.site() {
        Ok(root) => root,
        Err(message) => return refuse(console, &message),
    };
    console.progress("cli-progress-reading");
    let tree = match snapshot(&root) {
        Ok(tree) => tree,
        Err(fatal) => {
            console.settle();
            console.fatal(&fatal);
            return Outcome::Refused;
        }
    };
    let Parsed {
        site,
        sources,
        mut diags,
        ..
    } = parse(&tree, options.today, &crate::channel::names());
    console.settle();
    for edition in &site.config.editions {
        if let Ok(channel) = crate::channel::of(edition) {
            channel.check(edition, &mut diags);
        }
    }
    if diags.iter().any(Diagnostic::is_error) {
        console.findings(&diags, &sources, options);
        return Outcome::Findings;
    }
    match order(matches, root, &site) {
        Ok(order) => {
            let made = make(&order, &site, &sources, &tree, console);
            console.settle();
            made.unwrap_or_else(|failed| match failed {
                Failed::Engine(message) => refuse(console, &message),
                Failed::System(fatal) => {
                    console.fatal(&fatal);
                    Outcome::Refused
                }
            })
        }
        Err(message) => refuse(console, &message),
    }
}

fn refuse(console: &Console, message: &Message) -> Outcome {
    console.complain(message);
    Outcome::Refused
}

/// Settles what is wanted, before anything is made.
fn order<'a>(matches: &'a ArgMatches, root: PathBuf, site: &'a Site) -> Result<Order<'a>, Message> {
    let many = |name: &str| -> Vec<&'a str> {
        let words = matches.get_many::<String>(name).into_iter().flatten();
        words.map(String::as_str).collect()
    };
    let spoken = site.config.editions.iter();
    let spoken: Vec<&Edition> = spoken.filter(|one| one.channel == "speech").collect();
    let wanted = matches.get_one::<String>("edition");
    let edition = match wanted {
        Some(name) => spoken.iter().find(|one| one.name == *name),
        None => spoken.first(),
    };
    let Some(edition) = edition else {
        let names: Vec<&str> = spoken.iter().map(|one| one.name.as_str()).collect();
        return Err(Message::new("audio-no-edition").with("names", names.join(", ")));
    };
    let engine = speech::engine(edition)
        .ok_or_else(|| Message::new("audio-no-engine").with("edition", edition.name.as_str()))?;
    let mut communes = Vec::new();
    for name in many("commune") {
        let all = site.facts.communes.iter().enumerate();
        let before = communes.len();
        let chosen = all.filter(|(_, one)| name == "all" || one.slug == name || one.code == name);
        communes.extend(chosen.map(|(at, _)| Some(CommuneId(at))));
        if communes.len() == before {
            let slugs = site.facts.communes.iter().map(|one| one.slug.as_str());
            let near = nearest(name, slugs).unwrap_or("all");
            let message = Message::new("audio-no-commune").with("name", name);
            return Err(message.with("near", near));
        }
    }
    if communes.is_empty() {
        communes.push(None);
    }
    let articles = many("article");
    for name in &articles {
        if !site.pages.iter().any(|page| is_called(page, name)) {
            let slugs = site.pages.iter().map(|page| page.slug.as_str());
            let near = nearest(name, slugs).unwrap_or("–");
            let message = Message::new("audio-no-article").with("name", *name);
            return Err(message.with("near", near));
        }
    }
    Ok(Order {
        root,
        edition,
        engine,
        articles,
        communes,
        drafts: matches.get_flag("drafts"),
        wav: matches.get_flag("wav"),
    })
}

/// Whether somebody means a page: by its address segment, or by the path of its file.
fn is_called(page: &Page, name: &str) -> bool {
    page.slug == name || page.source.ends_with(name.trim_start_matches("./"))
}

/// Makes everything that is wanted, one bulletin after the other.
fn make(
    order: &Order<'_>,
    site: &Site,
    sources: &Sources,
    tree: &Tree,
    console: &Console,
) -> Result<Outcome, Failed> {
    let Ok(theme) = Theme::find(order.edition, tree) else {
        return Err(Failed::Engine(Message::new("audio-no-theme")));
    };
    let (trace, known) = (Trace::default(), Known::default());
    let job = Job {
        site,
        sources,
        edition: order.edition,
        theme: &theme,
        for_print_shop: false,
        want: Want::All,
        shard: Shard::WHOLE,
        trace: &trace,
        known: &known,
    };
    let all = |page: &Page| {
        order.articles.is_empty() || order.articles.iter().any(|name| is_called(page, name))
    };
    let bulletins = speech::bulletins(job, all, order.communes.clone()).map_err(|said| {
        Failed::Engine(
            Message::new("audio-refused")
                .with("engine", "Tera")
                .with("said", said),
        )
    })?;
    let ready = |page: PageId| order.drafts || !site.page(page).unapproved;
    let held = bulletins.iter().filter(|(page, ..)| !ready(*page)).count();
    let wanted: Vec<_> = bulletins.iter().filter(|(page, ..)| ready(*page)).collect();
    let mut times = Times::default();
    for (done, (page, commune, bulletin)) in wanted.iter().enumerate() {
        console.share(done, wanted.len(), &bulletin.title);
        let page = site.page(*page);
        let path = place(order, site, page, *commune);
        let (sound, captions) = spoken(order, bulletin)?;
        let captions = captions.file(&approvable(site, page).digest);
        let path = keep(order, &path, &sound, &captions)?;
        console.settle();
        let planned = bulletin.seconds * 1_000;
        times.planned += planned;
        times.heard += sound.milliseconds();
        let message = Message::new("audio-made")
            .with("path", path.display().to_string())
            .with("heard", sound.milliseconds().div_ceil(1_000))
            .with("planned", bulletin.seconds);
        console.news(&console.say(&message));
    }
    if held > 0 {
        console.news(&console.say(&Message::new("audio-held").with("count", held)));
    }
    pace(order, &times, console);
    Ok(Outcome::Clean)
}

/// Tells which pace would bring engine and estimate together.
fn pace(order: &Order<'_>, times: &Times, console: &Console) {
    let Times { planned, heard } = *times;
    if planned == 0 || heard.abs_diff(planned) * 100 <= planned * NEAR {
        return;
    }
    let better = order.engine.pace as usize * heard / planned;
    let message = Message::new("audio-pace")
        .with("percent", heard * 100 / planned)
        .with("pace", better.clamp(20, 500));
    console.news(&console.say(&message));
}

/// Where the sound of an article belongs, without an ending.
fn place(order: &Order<'_>, site: &Site, page: &Page, commune: Option<CommuneId>) -> PathBuf {
    match commune {
        Some(id) => {
            let folder = order.root.join("audio").join(&order.edition.name);
            folder.join(&site.facts.commune(id).slug).join(&page.slug)
        }
        None => order.root.join(page.source.trim_end_matches(".md")),
    }
}

/// A bulletin as sound: its paragraphs, spoken at once on all threads, with their rests.
fn spoken(order: &Order<'_>, bulletin: &Bulletin) -> Result<(Sound, Captions), Failed> {
    let rate = bulletin.rate * order.engine.pace / 100;
    let sounds: Vec<Option<(Sound, String)>> = bulletin
        .segments
        .par_iter()
        .map(|segment| match segment {
            Segment::Cue { .. } => Ok(None),
            Segment::Speech { voice, sentences } => {
                let text = sentences.join(" ");
                let words = Words {
                    text: &text,
                    voice: order.engine.voice(*voice == Some(Voice::Female)),
                    rate,
                };
                let sound = paragraph(order, &words)?;
                Ok(Some((sound, text)))
            }
        })
        .collect::<Result<_, Failed>>()?;
    let (mut whole, mut captions) = (Sound::default(), Captions::default());
    for (segment, sound) in bulletin.segments.iter().zip(sounds) {
        if let Segment::Cue {
            cue: "pause",
            seconds,
        } = segment
        {
            whole.rest(seconds * 1_000);
        }
        if let Some((sound, text)) = sound {
            let from = whole.milliseconds();
            whole.add(&sound);
            captions.add(from, whole.milliseconds(), text);
            whole.rest(BREATH);
        }
    }
    Ok((whole, captions))
}

/// A paragraph as sound; what the same engine was asked before is not asked again.
fn paragraph(order: &Order<'_>, words: &Words<'_>) -> Result<Sound, Failed> {
    let cache = order.root.join("audio").join(".cache");
    fs::create_dir_all(&cache).map_err(|error| write_failed(&cache, error))?;
    let asked = format!(
        "{:?}\n{}\n{}\n{}",
        order.engine.command, words.voice, words.rate, words.text
    );
    let known = cache.join(format!("{}.wav", sha256(asked.as_bytes())));
    if let Ok(sound) = Sound::read(&known) {
        return Ok(sound);
    }
    let part = beside(&known, &format!("{}.part", std::process::id()));
    let spoken = engine::speak(&order.engine, words, &part, &part).and_then(|()| {
        let name = order.engine.command.first().cloned().unwrap_or_default();
        Sound::read(&part).map_err(|said| {
            let message = Message::new("audio-garbled").with("engine", name);
            Failed::Engine(message.with("said", said))
        })
    });
    let kept = spoken.and_then(|sound| {
        fs::rename(&part, &known).map_err(|error| write_failed(&known, error))?;
        Ok(sound)
    });
    if kept.is_err() {
        // Half a file is of no use to anybody.
        let _ = fs::remove_file(&part);
    }
    kept
}

/// Puts a sound and its transcript in their places, as MP3 where that can be made; the path of the sound.
fn keep(order: &Order<'_>, path: &Path, sound: &Sound, captions: &str) -> Result<PathBuf, Failed> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| write_failed(folder, error))?;
    }
    let parts = [
        beside(path, "wav.part"),
        beside(path, "mp3.part"),
        beside(path, "vtt.part"),
    ];
    let [wav, mp3, vtt] = &parts;
    let done = (|| {
        sound.write(wav).map_err(|error| write_failed(wav, error))?;
        fs::write(vtt, captions).map_err(|error| write_failed(vtt, error))?;
        let smaller = !order.wav && engine::encode(wav, mp3);
        let (from, ending, other) = if smaller {
            (mp3, "mp3", "wav")
        } else {
            (wav, "wav", "mp3")
        };
        let to = beside(path, ending);
        fs::rename(from, &to).map_err(|error| write_failed(&to, error))?;
        let to_captions = beside(path, "vtt");
        fs::rename(vtt, &to_captions).map_err(|error| write_failed(&to_captions, error))?;
        // One article has one sound: an old one in the other form would be played instead.
        let _ = fs::remove_file(beside(path, other));
        Ok(to)
    })();
    for part in &parts {
        let _ = fs::remove_file(part);
    }
    done
}

fn write_failed(path: &Path, error: std::io::Error) -> Failed {
    Failed::System(Fatal::new("fatal-write", path, error))
}
