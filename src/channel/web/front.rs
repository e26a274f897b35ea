//! The front page of a language.

use super::pages::page;
use super::podcast;
use super::untranslated;
use super::views::Web;
use crate::channel::Out;
use crate::model::{Kind, Page, PageId, Programme, Section, State};
use crate::theme::view::{BlockView, BulletinView, HeadView};
use crate::theme::{Value, value};

/// The lead story is looked for among so many of the newest articles.
const PICTURED: usize = 12;
/// Articles under the lead story.
const LATEST: usize = 10;
/// Articles of one kind.
const OF_KIND: usize = 6;
/// Bulletins with their players.
const BULLETINS: usize = 4;

/// Makes it.
pub(super) fn front(web: &Web<'_>, language: &str, out: &mut Out<'_>) {
    let prefix = web.site.config.language_prefix(language);
    let newest = || {
        let pages = web.shown.pages.iter().map(|id| web.site.page(*id));
        pages.filter(|page| page.language == language)
    };
    let lead = lead(newest);
    let others = || newest().filter(|page| lead != Some(page.id));
    let cards = |pages: &mut dyn Iterator<Item = &Page>, most: usize| {
        let pages = pages.take(most).map(|page| web.card(page.id));
        value(&pages.collect::<Vec<_>>())
    };
    // Notices and guidance stand in boxes of their own.
    let apart = |page: &&Page| matches!(page.meta.kind, Kind::Notice | Kind::Guidance);
    let latest = &mut others().filter(|page| !apart(page));
    let notices = &mut newest().filter(|page| page.meta.kind == Kind::Notice);
    let guidance = &mut others().filter(|page| page.meta.kind == Kind::Guidance);
    let (today, ahead) = programmes(web, newest());
    let roots = web.site.sections.iter();
    let root = { roots }.find(|one| one.path.is_empty() && one.language == language);
    let head = head(web, language, &prefix, root);
    let elsewhere = root.map(|root| untranslated::below(web, root));
    let mut context = web.context(language, &head);
    context.insert_value("lead", value(&lead.map(|id| web.card(id))));
    context.insert_value("latest", cards(latest, LATEST));
    context.insert_value("notices", cards(notices, OF_KIND));
    context.insert_value("guidance", cards(guidance, OF_KIND));
    context.insert_value("today_programmes", value(&web.cards(&today)));
    context.insert_value("programmes", value(&web.cards(&ahead)));
    context.insert_value("bulletins", value(&bulletins(web, language)));
    context.insert_value("blocks", value(&blocks(web, root, lead)));
    context.insert_value("untranslated", value(&elsewhere));
    let from = root.map(|root| root.span).into_iter().collect();
    let file = format!("{prefix}index.html");
    page(web, &file, "index.html", &context, from, out);
}

/// A front page wants a picture: the newest story that has one, unless that is an old one.
fn lead<'a, Newest: Iterator<Item = &'a Page>>(newest: impl Fn() -> Newest) -> Option<PageId> {
    let leads = |page: &&Page| {
        page.meta.kind != Kind::Notice && !page.meta.sensitive && page.state != State::Expired
    };
    let pictured = newest()
        .take(PICTURED)
        .find(|page| leads(page) && page.meta.image.is_some());
    pictured
        .or_else(|| newest().find(leads))
        .or_else(|| newest().next())
        .map(|page| page.id)
}

/// Events of the day, and those to come; both in the order in which they begin.
fn programmes<'a>(
    web: &Web<'_>,
    pages: impl Iterator<Item = &'a Page>,
) -> (Vec<PageId>, Vec<PageId>) {
    let last = |event: &Programme| event.ends.unwrap_or(event.starts).date();
    let events = pages.filter(|page| page.meta.kind == Kind::Programme);
    let mut coming: Vec<(&Programme, PageId)> = events
        .filter_map(|page| Some((page.meta.programme.as_deref()?, page.id)))
        .filter(|(event, _)| last(event) >= web.site.today)
        .collect();
    coming.sort_by_key(|(event, id)| (event.starts, *id));
    let begun = coming.partition_point(|(event, _)| event.starts.date() <= web.site.today);
    let ids = |events: &[(&Programme, PageId)]| {
        let events = events.iter().take(OF_KIND);
        events.map(|(_, id)| *id).collect()
    };
    (ids(&coming[..begun]), ids(&coming[begun..]))
}

/// What can be heard, newest first.
fn bulletins(web: &Web<'_>, language: &str) -> Vec<BulletinView> {
    let heard = podcast::heard(web, language).into_iter().take(BULLETINS);
    let bulletin = |id: PageId| {
        Some(BulletinView {
            listen: podcast::player(web, web.site.page(id))?,
            card: web.card(id),
        })
    };
    heard.filter_map(bulletin).collect()
}

fn head(web: &Web<'_>, language: &str, prefix: &str, root: Option<&Section>) -> HeadView {
    let paths: Vec<(String, String)> = web
        .shown
        .languages
        .iter()
        .map(|language| (language.clone(), web.site.config.language_prefix(language)))
        .collect();
    let description = root
        .map(|root| root.meta.summary.clone())
        .unwrap_or_default();
    HeadView {
        title: web.title(language).to_owned(),
        description,
        url: web.url(prefix),
        canonical: web.absolute(prefix),
        og_type: "website".to_owned(),
        alternates: web.alternates(&paths),
        feed: web.url(&format!("{prefix}atom.xml")),
        ..HeadView::default()
    }
}

/// The sections under the front page with their newest articles.
fn blocks(web: &Web<'_>, root: Option<&Section>, lead: Option<PageId>) -> Vec<BlockView> {
    let blocks = root
        .map(|root| root.children.as_slice())
        .unwrap_or_default()
        .iter()
        .map(|id| {
            let section = web.site.section(*id);
            let link = web.section_link(section);
            let newest = web.shown.below(section).iter();
            let newest = newest.filter(|id| lead != Some(**id)).take(5);
            let cards: Vec<Value> = newest.map(|id| web.card(*id)).collect();
            BlockView {
                title: link.title,
                summary: section.meta.summary.clone(),
                url: link.url,
                cards,
            }
        });
    blocks.filter(|block| !block.cards.is_empty()).collect()
}
