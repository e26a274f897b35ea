//! The records that templates receive: the only serializable shapes they see.
//!
//! Addresses beginning with `/` are paths on the edition's host, its sub-folder included;
//! `canonical` and everything in feeds are whole addresses. `html` fields are loa's own markup and
//! are passed as safe strings; every other string is escaped by the template engine. A view that many
//! pages show, such as a card, is made into a [`Value`] once and shared.

use super::Value;
use serde::Serialize;

/// `site`: the same for every page of one edition and language.
#[derive(Debug, Clone, Serialize)]
pub struct SiteView {
    /// Name of the site.
    pub title: String,
    /// The language of the name; empty where it is that of the page.
    pub title_language: String,
    /// Name of the edition.
    pub edition: String,
    /// Language of the page: `vi`, `en`.
    pub language: String,
    /// Address of the front page in this language.
    pub home: String,
    /// Address of the feed of this language.
    pub feed: String,
    /// The same as JSON.
    pub feed_json: String,
    /// Address of the podcast of this language; empty when nothing can be heard.
    pub podcast: String,
    /// Address of the list of topics; empty when there are none.
    pub topics: String,
    /// Address of the search; empty when there is none.
    pub search: String,
    /// The same as a whole address.
    pub search_url: String,
    /// Address of what tells browsers of it; empty when there is none.
    pub search_description: String,
    /// Address of the list of legal documents; empty when none is cited.
    pub documents: String,
    /// Address of the dated archive; empty when the theme has none.
    pub archive: String,
    /// Address of the accessibility statement; empty when the theme has none.
    pub accessibility: String,
    /// Where the quick exit leads.
    pub exit_url: String,
    /// The script of the quick exit, if the theme has one.
    pub exit_script: Option<ScriptView>,
    /// Whole base address of the edition, ending in `/`.
    pub base_url: String,
    /// Address of the style sheet.
    pub style: String,
    /// Address of the icon; empty when the theme has none.
    pub icon: String,
    /// The day of the build.
    pub today: DateView,
    /// Sections directly under the front page.
    pub menu: Vec<LinkView>,
    /// Emergency contacts.
    pub emergency: Vec<ContactView>,
}

/// A script of the theme.
#[derive(Debug, Clone, Serialize)]
pub struct ScriptView {
    /// Its address.
    pub url: String,
    /// What browsers compare it with before they run it.
    pub integrity: String,
}

/// `page`: what the head of a document and its frame need.
#[derive(Debug, Clone, Default, Serialize)]
pub struct HeadView {
    /// Title.
    pub title: String,
    /// Description in one or two sentences.
    pub description: String,
    /// Path of the page.
    pub url: String,
    /// Whole address of the page's original, which may lie in another edition; empty where there is none, as
    /// on the 404 page.
    pub canonical: String,
    /// `website` or `article`.
    pub og_type: String,
    /// The share picture as a whole address with its words; templates leave it out of sensitive pages.
    pub image: Option<ImageView>,
    /// The same page in all its languages, itself included; empty when there is only one.
    pub alternates: Vec<AlternateView>,
    /// Feed of this section or topic; empty when there is none.
    pub feed: String,
    /// JSON-LD objects, safe to print inside a script element.
    pub json_ld: Vec<Value>,
    /// Whether search engines should leave it alone.
    pub noindex: bool,
    /// Whether a reader may be in danger: `no-referrer`, quick exit, no share picture.
    pub sensitive: bool,
    /// Whether it has a script of its own host, as the search has.
    pub scripted: bool,
    /// The way from the front page, this page last.
    pub breadcrumbs: Vec<LinkView>,
    /// The address of the menu entry that this page is under.
    pub section: String,
}

/// A link.
#[derive(Debug, Clone, Serialize)]
pub struct LinkView {
    /// Its words.
    pub title: String,
    /// Where to.
    pub url: String,
}

/// The same page in a language.
#[derive(Debug, Clone, Serialize)]
pub struct AlternateView {
    /// `vi`, `en`.
    pub language: String,
    /// The language's own name: Tiếng Việt, English.
    pub name: String,
    /// Path.
    pub url: String,
    /// Whole address.
    pub canonical: String,
}

/// `languages`: another language of the site.
#[derive(Debug, Clone, Serialize)]
pub struct LanguageView {
    /// `vi`, `en`.
    pub language: String,
    /// The language's own name: Tiếng Việt, English.
    pub name: String,
    /// The page in that language; its front page where it is not translated.
    pub url: String,
    /// Whether the page is there in that language.
    pub translated: bool,
    /// That it is not, in that language's words.
    pub note: String,
    /// Where the link leads then, in that language's words.
    pub go: String,
}

/// A day.
#[derive(Debug, Clone, Serialize)]
pub struct DateView {
    /// `2026-08-19`.
    pub iso: String,
    /// `19/8/2026`, or `19 August 2026`.
    pub text: String,
    /// With the day of the week.
    pub long: String,
}

/// A day and a time.
#[derive(Debug, Clone, Serialize)]
pub struct MomentView {
    /// `2026-08-19T07:30+07:00`.
    pub iso: String,
    /// `7 giờ 30, thứ Tư, 19/8/2026`.
    pub text: String,
}

/// A picture.
#[derive(Debug, Clone, Serialize)]
pub struct ImageView {
    /// Address.
    pub src: String,
    /// The same in several widths, for `srcset`; empty where there is only one.
    pub webp: String,
    /// Alternative text.
    pub alt: String,
    /// Whose it is; empty when unknown.
    pub credit: String,
    /// In pixels; 0 when unknown.
    pub width: u32,
    /// In pixels; 0 when unknown.
    pub height: u32,
}

/// An article in a list.
#[derive(Debug, Clone, Serialize)]
pub struct CardView {
    /// Headline.
    pub title: String,
    /// Lead.
    pub summary: String,
    /// Path.
    pub url: String,
    /// Whole address.
    pub canonical: String,
    /// `article`, `guidance`, `programme`, `notice`.
    pub kind: String,
    /// `ordinary`, `priority`, `emergency`.
    pub priority: String,
    /// Day of publication, a [`DateView`].
    pub date: Option<Value>,
    /// Day of the last change, a [`DateView`].
    pub updated: Option<Value>,
    /// Its section, a [`LinkView`].
    pub section: Value,
    /// Its topics, [`LinkView`]s.
    pub topics: Vec<Value>,
    /// Its picture.
    pub image: Option<ImageView>,
    /// Beginning of an event.
    pub starts: Option<MomentView>,
    /// Whether it carries the draft stamp.
    pub unapproved: bool,
    /// Why it is not published yet: `draft`, `scheduled`; empty when it is. Only `loa serve` shows such pages.
    pub held: String,
    /// From when a scheduled page is published.
    pub held_until: Option<MomentView>,
    /// Whether it no longer holds.
    pub expired: bool,
    /// Whether a reader may be in danger.
    pub sensitive: bool,
}

/// `article`: what the whole of one has besides all that its [`CardView`] has.
#[derive(Debug, Clone, Serialize)]
pub struct ArticleView {
    /// Its body.
    pub html: Value,
    /// Its contents list; empty for short pages.
    pub contents: Vec<ContentsView>,
    /// Byline; empty when there is none.
    pub author: String,
    /// Credit; empty when there is none.
    pub source: String,
    /// The event; its agenda is in the body or below it.
    pub programme: Option<ProgrammeView>,
    /// Its recording, if there is one.
    pub listen: Option<ListenView>,
    /// Whether the body already shows the agenda.
    pub agenda_in_body: bool,
    /// The day it stopped holding.
    pub expired_on: Option<DateView>,
    /// From when on its text is gone, and why; nothing else of it is filled then but title and date.
    pub withdrawn: Option<WithdrawnView>,
    /// Whom to call at once; on guidance pages only.
    pub call: Option<ContactView>,
    /// Its video, which lies elsewhere.
    pub video: Option<VideoView>,
    /// The page that this one translates.
    pub original: Option<AlternateView>,
    /// The [`CardView`]s of articles on the same topics.
    pub related: Vec<Value>,
    /// The [`CardView`] of the article before it in its section, the older one.
    pub previous: Option<Value>,
    /// The [`CardView`] of the article after it in its section, the newer one.
    pub next: Option<Value>,
}

/// The recording of a page.
#[derive(Debug, Clone, Serialize)]
pub struct ListenView {
    /// Address of the sound.
    pub url: String,
    /// Its media type.
    pub media: String,
    /// Address of the transcript with times, a `.vtt` file; empty when there is none.
    pub captions: String,
    /// The transcript, paragraph by paragraph.
    pub lines: Vec<String>,
}

/// A video on another site: a link, so that nobody is asked before the reader wants it.
#[derive(Debug, Clone, Serialize)]
pub struct VideoView {
    /// Its address.
    pub url: String,
    /// The site's name.
    pub host: String,
}

/// A page that was taken back.
#[derive(Debug, Clone, Serialize)]
pub struct WithdrawnView {
    /// The first day without the text.
    pub on: DateView,
    /// Why.
    pub reason: String,
}

/// A line of a contents list.
#[derive(Debug, Clone, Serialize)]
pub struct ContentsView {
    /// 2 or 3.
    pub level: u8,
    /// Anchor.
    pub id: String,
    /// Its words.
    pub title: String,
}

/// An event.
#[derive(Debug, Clone, Serialize)]
pub struct ProgrammeView {
    /// Its page's title.
    pub title: String,
    /// When it begins.
    pub starts: MomentView,
    /// When it ends.
    pub ends: Option<MomentView>,
    /// Where it is.
    pub place: String,
    /// Address of the calendar file.
    pub calendar: String,
    /// The agenda.
    pub items: Vec<AgendaView>,
}

/// A line of an agenda.
#[derive(Debug, Clone, Serialize)]
pub struct AgendaView {
    /// `07:30`.
    pub at: String,
    /// In minutes; 0 when unknown.
    pub minutes: u32,
    /// What happens.
    pub what: String,
    /// Who does it; empty when unknown.
    pub who: String,
}

/// Whom to call or visit.
#[derive(Debug, Clone, Serialize)]
pub struct ContactView {
    /// Key.
    pub key: String,
    /// Who answers.
    pub name: String,
    /// Number in groups; empty when there is none.
    pub phone: String,
    /// `tel:` address; empty when there is none.
    pub tel: String,
    /// When somebody answers; empty when unknown.
    pub hours: String,
    /// Street address; empty when unknown.
    pub address: String,
    /// Web address; empty when there is none.
    pub url: String,
    /// Whether it is for danger to life.
    pub emergency: bool,
}

/// A legal document in the list of those cited.
#[derive(Debug, Clone, Serialize)]
pub struct DocumentView {
    /// Anchor.
    pub id: String,
    /// Number and sign.
    pub number: String,
    /// Kind.
    pub kind: String,
    /// Who issued it.
    pub issuer: String,
    /// What it is about.
    pub title: String,
    /// `in-force`, `amended`, `partly-expired`, `expired`, `unknown`.
    pub status: String,
    /// When it was signed.
    pub issued: Option<DateView>,
    /// When it took effect.
    pub effective: Option<DateView>,
    /// Acts that changed it.
    pub amended_by: Vec<String>,
    /// Acts that replaced it.
    pub replaced_by: Vec<String>,
    /// When the registry last checked it.
    pub checked_on: Option<DateView>,
    /// Articles that cite it.
    pub cited_in: Vec<LinkView>,
}

/// `section` or `topic`: the head of a list.
#[derive(Debug, Clone, Serialize)]
pub struct ListView {
    /// Title.
    pub title: String,
    /// Summary; empty when there is none.
    pub summary: String,
    /// Path of its first page.
    pub url: String,
    /// The text of a section's own page; empty when there is none.
    pub html: Value,
    /// Sections in it.
    pub children: Vec<LinkView>,
    /// How many articles it has, in words.
    pub count: String,
}

/// `pager`: where a list page stands among its pages.
#[derive(Debug, Clone, Serialize)]
pub struct PagerView {
    /// From 1.
    pub number: usize,
    /// How many.
    pub total: usize,
    /// The page before; empty on the first.
    pub previous: String,
    /// The page after; empty on the last.
    pub next: String,
}

/// A part of the front page.
#[derive(Debug, Clone, Serialize)]
pub struct BlockView {
    /// The section's title.
    pub title: String,
    /// The section's summary; empty when there is none.
    pub summary: String,
    /// Its path.
    pub url: String,
    /// The [`CardView`]s of its newest articles.
    pub cards: Vec<Value>,
}

/// A year of the archive.
#[derive(Debug, Clone, Serialize)]
pub struct YearView {
    /// The year.
    pub year: i16,
    /// Its months, the last one first.
    pub months: Vec<MonthView>,
}

/// A month of the archive.
#[derive(Debug, Clone, Serialize)]
pub struct MonthView {
    /// Its name.
    pub title: String,
    /// Its address.
    pub url: String,
    /// How many articles it has, in words.
    pub count: String,
}

/// A day of the archive.
#[derive(Debug, Clone, Serialize)]
pub struct DayView {
    /// The day.
    pub day: DateView,
    /// The [`CardView`]s of its articles.
    pub cards: Vec<Value>,
}

/// A bulletin that can be heard.
#[derive(Debug, Clone, Serialize)]
pub struct BulletinView {
    /// The [`CardView`] of its article.
    pub card: Value,
    /// Its recording.
    pub listen: ListenView,
}
