//! What is to be printed of an edition, and what can be told of it before anything is set.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::atomic::Ordering;

use rayon::prelude::*;

use super::body::{self, BodySource};
use super::format::Format;
use super::words::Words;
use super::{PrintTheme, Settings, path, picture_path, readers, settings};
use crate::channel::differences::Differences;
use crate::channel::{Known, Shard, Want};
use crate::diag::{Diagnostic, Trace};
use crate::model::{CommuneId, ContactId, Digest, Edition, Page, PageId, Site};

/// What is to be printed.
#[derive(Clone, Copy)]
pub(in crate::channel) struct Order<'a> {
    /// The site.
    pub site: &'a Site,
    /// The edition.
    pub edition: &'a Edition,
    /// Its settings.
    pub settings: &'a Settings,
    /// Its theme.
    pub theme: &'a PrintTheme,
    /// Gives the whole address that the QR code of a page leads to.
    pub permalink: &'a (dyn Fn(&Page) -> Option<String> + Sync),
    /// Whether leaflets go to a print shop.
    pub for_print_shop: bool,
    /// Which of its files.
    pub want: Want<'a>,
    /// Which part of it.
    pub shard: Shard,
    /// Where times are taken down.
    pub trace: &'a Trace,
    /// What the site is known by.
    pub known: &'a Known,
    /// The digest of what all leaflets share: settings and theme.
    pub base: Digest,
}

/// The contacts that each article names, whatever the format.
pub(super) type Named = BTreeMap<PageId, BTreeSet<ContactId>>;

/// A page in a format.
pub(super) type Job<'a> = (&'a Page, &'static Format);

/// A page in a format, and the readers, by their places, whose leaflets are wanted.
pub(super) type Own<'a> = (&'a Page, &'static Format, Range<usize>);

impl<'a> Order<'a> {
    /// Every page of the edition in every format that it is printed in.
    pub(super) fn jobs(&self, diags: &mut Vec<Diagnostic>) -> Vec<Job<'a>> {
        let mut jobs: Vec<Job<'_>> = Vec::new();
        let pages = self
            .site
            .pages_of(&self.edition.name, &self.edition.channel);
        for page in pages {
            jobs.extend(
                settings::formats_of(page, self.settings, diags)
                    .into_iter()
                    .map(|format| (page, format)),
            );
        }
        jobs
    }

    /// Those of the wanted part: some communes with all their leaflets, so that these can be bundled.
    pub(super) fn own(&self, jobs: &[Job<'a>]) -> Vec<Own<'a>> {
        let places = self.places();
        let jobs = jobs.iter().filter(|_| !places.is_empty());
        jobs.map(|(page, format)| (*page, *format, places.clone()))
            .collect()
    }

    /// The places of the readers in the wanted part.
    pub(super) fn places(&self) -> Range<usize> {
        let work = [("leaflets".to_owned(), 1)];
        let places = readers(self.site).len();
        let mut own = self.shard.deal(&self.edition.name, &work, places);
        own.pop().unwrap_or_default()
    }

    /// Whether one of the leaflets of a page and format lies at this path.
    pub(super) fn is_of(&self, (page, format): Job<'_>, wanted: &str) -> bool {
        let site = self.site;
        let asked = |commune: Option<CommuneId>| {
            let words = Words::of(&self.theme.strings, "vi", "vi");
            let mut extras = self.extras(page, format, commune, words).into_iter();
            path(site, page, format, commune) == wanted
                || self.bundle(commune) == wanted
                || extras.any(|extra| extra.path == wanted)
        };
        picture_path(site, page, format) == wanted || readers(site).into_iter().any(asked)
    }

    /// Whether nobody waits for the rest any more.
    pub(super) fn is_stopped(&self) -> bool {
        matches!(self.want, Want::Sample(stop) if stop.load(Ordering::Relaxed))
    }

    /// Whether this leaflet is wanted besides the one of the first commune.
    pub(super) fn wants(
        &self,
        page: &Page,
        format: &'static Format,
        commune: Option<CommuneId>,
    ) -> bool {
        match self.want {
            Want::All => true,
            Want::Quick | Want::Sample(_) => false,
            Want::One(wanted) => {
                let words = Words::of(&self.theme.strings, "vi", "vi");
                let mut extras = self.extras(page, format, commune, words).into_iter();
                path(self.site, page, format, commune) == wanted
                    || self.bundle(commune) == wanted
                    || extras.any(|extra| extra.path == wanted)
            }
        }
    }

    /// The path of the file that holds all leaflets of a commune.
    pub(super) fn bundle(&self, commune: Option<CommuneId>) -> String {
        match commune.map(|id| &self.site.facts.commune(id).slug) {
            Some(slug) => format!("{slug}/{slug}.zip"),
            None => format!("{}.zip", self.edition.name),
        }
    }

    pub(super) fn words(&self, page: &'a Page) -> Words<'a> {
        let (strings, language) = (&self.theme.strings, &self.site.config.language);
        Words::of(strings, &page.language, language)
    }

    /// The body of a page in a format, but for the blocks at these places.
    pub(super) fn body(
        &self,
        page: &Page,
        format: &'static Format,
        without: &[usize],
    ) -> BodySource {
        let words = self.words(page);
        body::write(self.site, page, self.edition, format, words, without)
    }

    /// The contacts that articles name, told without setting anything.
    pub(super) fn named(&self, jobs: &[Job<'a>]) -> Named {
        let one = |(page, format): &Job<'a>| (page.id, self.body(page, format, &[]).contacts);
        let all: Vec<_> = jobs.par_iter().map(one).collect();
        let mut named = Named::new();
        for (page, contacts) in all {
            named.entry(page).or_default().extend(contacts);
        }
        named
    }

    /// What a leaflet prints of a contact, and who has a value of its own for it.
    pub(super) fn differences(&self) -> Differences {
        Differences::new(self.site, |a, b| {
            (&a.phone, &a.address, &a.hours, &a.url) == (&b.phone, &b.address, &b.hours, &b.url)
        })
    }
}

/// The articles in which a fact differs between communes.
pub(super) fn differing(site: &Site, named: &Named, differences: &Differences) -> Vec<String> {
    let differs = |contacts: &BTreeSet<ContactId>| contacts.iter().any(|id| differences.of(*id));
    let differing = named.iter().filter(|(_, contacts)| differs(contacts));
    differing
        .map(|(id, _)| site.page(*id).source.clone())
        .collect()
}
