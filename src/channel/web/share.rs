//! Share cards: the picture that stands beside a link in chats and feeds.

use std::collections::BTreeMap;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::pages::{artifact, failed};
use super::views::Web;
use crate::channel::literal::{dictionary, optional, string};
use crate::channel::typeset::{self, Plate, Press};
use crate::channel::{Out, address};
use crate::model::{Contact, Digester, Page, Used};
use crate::theme::{Theme, built_in_fonts, view::ImageView};

/// In pixels, as Facebook and Zalo want it.
const WIDTH: u32 = 1200;
const HEIGHT: u32 = 630;

/// The typesetter forgets what it has not used for a while after so many cards.
const BATCH: usize = 64;

/// What all cards of an edition share.
#[derive(Default)]
pub(super) struct Cards {
    /// Made ready for the first card.
    press: OnceLock<Press>,
    made: AtomicUsize,
}

/// Whether a page has a card: whom a picture in somebody's chat could betray has none.
pub(super) fn has(web: &Web<'_>, page: &Page) -> bool {
    web.settings.share_cards && !page.meta.sensitive && web.shown.is_listed(page.id)
}

fn path(web: &Web<'_>, page: &Page) -> String {
    format!("{}share-card.png", address::page(web.site, page))
}

/// The picture of a page for its head: its card, else the picture of the article.
pub(super) fn picture(web: &Web<'_>, page: &Page) -> Option<ImageView> {
    if has(web, page) {
        let mut alt = format!("{} – {}", page.meta.title, web.title(&page.language));
        if let Some((name, number)) = call(web, page) {
            alt.push_str(&format!(". {name}: {number}"));
        }
        return Some(ImageView {
            src: web.absolute(&path(web, page)),
            webp: String::new(),
            alt,
            credit: String::new(),
            width: WIDTH,
            height: HEIGHT,
        });
    }
    page.meta.image.as_ref().map(|picture| {
        let mut image = web.image(picture);
        image.src = web.whole(&image.src);
        image
    })
}

/// Makes the card of a page.
pub(super) fn card(web: &Web<'_>, cards: &Cards, page: &Page, out: &mut Out<'_>) {
    let press = cards.press.get_or_init(|| press(web.job.theme));
    let plate = Plate::new(String::new());
    let document = typeset::set(press, &plate, source(web, page));
    let bytes = document.and_then(|document| {
        let page = document.pages().first().ok_or("share/card.typ")?;
        typeset::picture(page, f64::from(WIDTH))
    });
    if (cards.made.fetch_add(1, Ordering::Relaxed) + 1).is_multiple_of(BATCH) {
        typeset::forget();
    }
    match bytes {
        Ok(bytes) => out.file(artifact(
            &path(web, page),
            "image/png",
            bytes,
            vec![page.span],
        )),
        Err(said) => failed(web, &said, out),
    }
}

/// All that a card shows.
pub(super) fn key(web: &Web<'_>, page: &Page, key: &mut Digester) {
    key.text(&path(web, page)).text(&source(web, page));
}

fn press(theme: &Theme) -> Press {
    let part = |name: &str| theme.text(name).unwrap_or_default();
    let template = part("share/colours.typ") + &part("share/card.typ");
    let is_font = |path: &str| path.ends_with(".ttf") || path.ends_with(".otf");
    let own = theme.files.iter();
    let own = own.filter(|(path, _)| path.starts_with("fonts/") && is_font(path));
    let mut fonts: Vec<_> = own.map(|(_, bytes)| bytes.clone()).collect();
    if fonts.is_empty() {
        fonts = built_in_fonts();
    }
    Press::new(
        &BTreeMap::from([("share-card.typ".to_owned(), template)]),
        &fonts,
        &[],
    )
}

fn source(web: &Web<'_>, page: &Page) -> String {
    let date = page.meta.date.map(|day| web.dates(&page.language).day(day));
    let stamp = page.unapproved.then(|| web.word(&page.language, "draft"));
    let call = call(web, page)
        .map(|(name, number)| dictionary([("name", string(&name)), ("number", string(&number))]));
    let record = dictionary([
        ("lang", string(&page.language)),
        ("site", string(web.title(&page.language))),
        ("title", string(&page.meta.title)),
        (
            "date",
            string(&date.map(|date| date.long).unwrap_or_default()),
        ),
        ("stamp", optional(stamp)),
        ("call", call.unwrap_or_else(|| "none".to_owned())),
    ]);
    format!("#import \"/share-card.typ\": card\n#card({record})\n")
}

/// Whom to call: the first contact with a number that the page shows.
fn call(web: &Web<'_>, page: &Page) -> Option<(String, String)> {
    let edition = web.job.edition.name.as_str();
    let uses = page.body.outline.uses.iter();
    let mut shown = uses.filter(|one| !one.recap && one.shown(edition, "web"));
    shown.find_map(|one| {
        let Used::Contact(id) = one.what else {
            return None;
        };
        let contact: Contact = web.site.facts.contact_for(id, None, &page.language);
        let phone = contact.phone?;
        Some((contact.name, phone.display))
    })
}
