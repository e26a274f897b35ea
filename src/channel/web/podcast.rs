//! Recordings: the player of an article, and the feed of all that can be heard.

use jiff::civil::Date;
use serde::Serialize;

use super::assets::media_type;
use super::pages::{artifact, failed};
use super::views::Web;
use crate::channel::{Out, address};
use crate::load::Recording;
use crate::model::{AssetId, Digester, Page, PageId};
use crate::theme::value;
use crate::theme::view::{HeadView, ListenView};

#[derive(Serialize)]
struct PodcastView {
    title: String,
    description: String,
    url: String,
    page: String,
}

#[derive(Serialize)]
struct EpisodeView {
    title: String,
    summary: String,
    canonical: String,
    published: String,
    sound: String,
    media: &'static str,
    bytes: usize,
    /// In seconds; nothing where it is not known.
    seconds: Option<usize>,
    captions: String,
}

/// The recording of a page, unless it says something else than the page.
fn recording<'a>(web: &'a Web<'_>, page: PageId) -> Option<&'a Recording> {
    let recording = web.recordings.get(&page)?;
    (!recording.outdated).then_some(recording)
}

/// The files that are heard and read with a page.
pub(super) fn files(web: &Web<'_>, page: PageId) -> impl Iterator<Item = AssetId> {
    let recording = recording(web, page).into_iter();
    recording.flat_map(|one| std::iter::once(one.sound).chain(one.captions))
}

/// The player of an article.
pub(super) fn player(web: &Web<'_>, page: &Page) -> Option<ListenView> {
    let recording = recording(web, page.id)?;
    let sound = web.site.asset(recording.sound);
    let captions = recording
        .captions
        .map(|id| web.url(&web.site.asset(id).path));
    Some(ListenView {
        url: web.url(&sound.path),
        media: media_type(&sound.path).to_owned(),
        captions: captions.unwrap_or_default(),
        lines: recording.lines.clone(),
    })
}

/// Where the feed of a language is.
pub(super) fn path(web: &Web<'_>, language: &str) -> String {
    format!("{}podcast.xml", web.site.config.language_prefix(language))
}

/// The pages of a language that can be heard, newest first; what is not approved goes into no feed.
pub(super) fn heard(web: &Web<'_>, language: &str) -> Vec<PageId> {
    if web.recordings.is_empty() {
        return Vec::new();
    }
    let pages = web.shown.pages.iter().map(|id| web.site.page(*id));
    pages
        .filter(|page| page.language == language && !page.unapproved)
        .filter(|page| recording(web, page.id).is_some())
        .map(|page| page.id)
        .collect()
}

/// Adds what is heard of a page.
pub(super) fn key(web: &Web<'_>, page: PageId, key: &mut Digester) {
    let Some(recording) = web.recordings.get(&page) else {
        key.flag(false);
        return;
    };
    key.flag(true).flag(recording.outdated);
    for id in std::iter::once(recording.sound).chain(recording.captions) {
        let asset = web.site.asset(id);
        key.text(&asset.path).digest(asset.blob.digest());
    }
}

/// The feed of a language.
pub(super) fn feed(web: &Web<'_>, language: &str, out: &mut Out<'_>) {
    let pages = heard(web, language);
    let episodes: Vec<EpisodeView> = pages.iter().filter_map(|id| episode(web, *id)).collect();
    let prefix = web.site.config.language_prefix(language);
    let roots = web.site.sections.iter();
    let root = roots
        .clone()
        .find(|one| one.path.is_empty() && one.language == language);
    let path = path(web, language);
    let view = PodcastView {
        title: web.title(language).to_owned(),
        description: root
            .map(|root| root.meta.summary.clone())
            .filter(|summary| !summary.is_empty())
            .unwrap_or_else(|| web.title(language).to_owned()),
        url: web.absolute(&path),
        page: web.absolute(&prefix),
    };
    let mut context = web.context(language, &HeadView::default());
    context.insert_value("podcast", value(&view));
    context.insert_value("episodes", value(&episodes));
    match web.templates.file("podcast.xml", &context, 0) {
        Ok(text) => out.file(artifact(&path, "application/rss+xml", text, Vec::new())),
        Err(said) => failed(web, &said, out),
    }
}

fn episode(web: &Web<'_>, id: PageId) -> Option<EpisodeView> {
    let (page, recording) = (web.site.page(id), recording(web, id)?);
    let sound = web.site.asset(recording.sound);
    let captions = recording
        .captions
        .map(|id| web.absolute(&web.site.asset(id).path));
    Some(EpisodeView {
        title: web.stamped_title(page),
        summary: page.meta.summary.clone(),
        canonical: web.absolute(&address::page(web.site, page)),
        published: page.meta.date.map(rfc2822).unwrap_or_default(),
        sound: web.absolute(&sound.path),
        media: media_type(&sound.path),
        bytes: sound.bytes().len(),
        seconds: recording.seconds,
        captions: captions.unwrap_or_default(),
    })
}

/// `Wed, 19 Aug 2026 00:00:00 +0700`: the first moment of a day in Việt Nam.
fn rfc2822(day: Date) -> String {
    format!("{} 00:00:00 +0700", day.strftime("%a, %d %b %Y"))
}
