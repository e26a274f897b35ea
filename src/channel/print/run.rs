//! The leaflets of one page in one format: a model for the first commune, then those of the others.

use std::ops::Range;

use typst_layout::{Page as Side, PagedDocument};

use super::crew::Crew;
use super::fit::{Fitted, Fitter, Place, Setting, Unfit};
use super::picture::Refused;
use super::presswork::Files;
use super::sheet::Sheet;
use super::{Print, advice, body, findings, keys, path, picture_path, trouble};
use crate::channel::Want;
use crate::channel::literal::string;
use crate::channel::typeset::{self, Plate};
use crate::diag::{Diagnostic, Span};
use crate::model::{Artifact, AssetId, CommuneId, Digest, Digester, Page};

/// So many leaflets of a page are set between two moments at which the typesetter forgets.
const BATCH: usize = 24;

/// Pictures are so many pixels wide: twice the width at which lists show them.
const PIXELS: f64 = 2.0 * super::index::PICTURE;

/// One page in one format, for all communes.
pub(super) struct Run<'a> {
    pub(super) print: &'a Print<'a>,
    pub(super) page: &'a Page,
    pub(super) sheet: Sheet<'a>,
    pub(super) plate: Plate,
    pub(super) from: Vec<Span>,
    pub(super) readers: Vec<Option<CommuneId>>,
    /// The places of those whose leaflets are wanted.
    pub(super) own: Range<usize>,
    /// What all leaflets are made from, where something is remembered.
    pub(super) content: Option<Digester>,
    /// The leaflet of the first commune.
    pub(super) model: Option<Result<Sheeted, Unfit>>,
}

/// A leaflet with the source that gave it.
pub(super) struct Sheeted {
    pub(super) source: String,
    pub(super) place: Place,
    /// Nothing where the files of an earlier run still stand.
    files: Option<Files>,
    /// The front of a leaflet that the others follow, where it was set in this run.
    front: Option<Side>,
}

impl Run<'_> {
    /// The first commune decides how tightly all are set, whoever makes its leaflet; the others only
    /// go tighter where they must.
    pub(super) fn all(&self, crew: &Crew) -> Vec<Diagnostic> {
        let Some(first) = self.readers.first() else {
            return Vec::new();
        };
        let model = match &self.model {
            Some(Ok(model)) => model,
            Some(Err(why)) => return vec![self.finding(&self.all_like(*first, why), why)],
            None => return Vec::new(),
        };
        if self.own.contains(&0) {
            self.hand_over(*first, model, None);
        }
        let others: Vec<Option<CommuneId>> = self.readers
            [self.own.start.max(1).min(self.own.end)..self.own.end]
            .iter()
            .filter(|one| self.print.order.wants(self.page, self.sheet.format, **one))
            .copied()
            .collect();
        let mut unfit = Vec::new();
        for batch in others.chunks(BATCH) {
            let set = |commune: &Option<CommuneId>| {
                self.print.timed(self.page, || {
                    let leaflet = self.leaflet(*commune, Some(model))?;
                    self.hand_over(*commune, &leaflet, Some(model));
                    Ok(())
                })
            };
            for (commune, done) in batch.iter().zip(crew.map(batch, set)) {
                unfit.extend(done.err().map(|why| (*commune, why)));
            }
            comemo::evict(1);
        }
        let mut found = self.findings(unfit);
        found.extend(self.plates(crew, model));
        found
    }

    /// One finding for what is wrong in the same way in several communes.
    fn findings(&self, unfit: Vec<(Option<CommuneId>, Unfit)>) -> Vec<Diagnostic> {
        let (too_long, other): (Vec<_>, Vec<_>) = unfit
            .into_iter()
            .partition(|(_, why)| matches!(why, Unfit::Overflow(_)));
        let lines = |why: &Unfit| match why {
            Unfit::Overflow(lines) => *lines,
            _ => 0,
        };
        let worst = too_long.iter().max_by_key(|(_, why)| lines(why));
        let mut found: Vec<Diagnostic> = worst
            .map(|(commune, why)| {
                let others = too_long.iter().map(|(commune, _)| *commune);
                let others = others.filter(|other| other != commune);
                let all: Vec<_> = [*commune].into_iter().chain(others).collect();
                self.finding(&all, why)
            })
            .into_iter()
            .collect();
        let other = other
            .iter()
            .map(|(commune, why)| self.finding(&[*commune], why));
        found.extend(other);
        found.dedup();
        found
    }

    /// Those for whom the sheet is wrong in the same way as for the first one.
    fn all_like(&self, first: Option<CommuneId>, why: &Unfit) -> Vec<Option<CommuneId>> {
        let wants_all = matches!(self.print.order.want, Want::All);
        if !wants_all || !matches!(why, Unfit::Overflow(_)) {
            return vec![first];
        }
        let others = self.readers[1..].iter().copied();
        let does_not_fit = |commune: &Option<CommuneId>| {
            let source = |setting: &Setting| self.sheet.source(*commune, setting);
            let typeset = |source: String| self.typeset(source);
            !Fitter::new(self.sheet.format, &source, &typeset).fits()
        };
        [first]
            .into_iter()
            .chain(others.filter(does_not_fit))
            .collect()
    }

    pub(super) fn leaflet(
        &self,
        commune: Option<CommuneId>,
        model: Option<&Sheeted>,
    ) -> Result<Sheeted, Unfit> {
        let source = |setting: &Setting| self.sheet.source(commune, setting);
        let typeset = |source: String| self.typeset(source);
        let fitter = Fitter::new(self.sheet.format, &source, &typeset);
        let known = self
            .key(commune, model)
            .and_then(|key| self.print.out.recall(key));
        if let Some(place) = known
            .as_deref()
            .and_then(|note| Place::of_note(note, self.sheet.format))
        {
            return Ok(Sheeted {
                source: fitter.source_at(place),
                place,
                files: None,
                front: None,
            });
        }
        let fitted: Fitted = match model {
            None => fitter.loosest()?,
            Some(model) => fitter.from(model.place)?,
        };
        let files = match model.filter(|model| model.source == fitted.source) {
            Some(model) => self.shared(model)?,
            None => self.files(&fitted.document, commune)?,
        };
        Ok(Sheeted {
            source: fitted.source,
            place: fitted.place,
            files: Some(files),
            front: fitted.document.pages().first().cloned(),
        })
    }

    /// Hands over a picture of the first leaflet, for the lists.
    pub(super) fn picture(&self, model: &Sheeted) -> Result<(), Unfit> {
        let order = &self.print.order;
        let path = picture_path(order.site, self.page, self.sheet.format);
        let wanted = match order.want {
            Want::All => self.own.contains(&0),
            Want::Quick | Want::Sample(_) => false,
            Want::One(wanted) => wanted == path,
        };
        let key = self.content.clone().map(|mut key| {
            key.text("picture").text(&path).text(&model.source);
            key.finish()
        });
        if !wanted || key.is_some_and(|key| self.print.out.recall(key).is_some()) {
            return Ok(());
        }
        let front = if model.front.is_some() {
            model.front.clone()
        } else {
            let document = self.typeset(model.source.clone());
            document.map_err(Unfit::Failed)?.pages().first().cloned()
        };
        let Some(front) = front else { return Ok(()) };
        let bytes = typeset::picture(&front, PIXELS).map_err(Unfit::Failed)?;
        self.print.out.take(Artifact {
            path: path.clone(),
            media: "image/png",
            bytes: bytes.into(),
            from: self.from.clone(),
        });
        if let Some(key) = key {
            self.print.out.keep(key, vec![path], Vec::new());
        }
        Ok(())
    }

    /// The files of the first commune, which others share where nothing on them differs.
    fn shared(&self, model: &Sheeted) -> Result<Files, Unfit> {
        if let Some(files) = &model.files {
            return Ok(files.clone());
        }
        let document = self.typeset(model.source.clone()).map_err(Unfit::Failed)?;
        self.files(&document, self.readers[0])
    }

    pub(super) fn typeset(&self, source: String) -> Result<PagedDocument, String> {
        typeset::set(self.print.press(), &self.plate, source)
    }

    pub(super) fn path(&self, commune: Option<CommuneId>) -> String {
        path(self.print.order.site, self.page, self.sheet.format, commune)
    }

    /// Hands a leaflet over unless its file still stands, and remembers it.
    fn hand_over(&self, commune: Option<CommuneId>, leaflet: &Sheeted, model: Option<&Sheeted>) {
        let Some(files) = &leaflet.files else { return };
        let paths = self.hand_over_files(commune, files);
        if let Some(key) = self.key(commune, model) {
            self.print.out.keep(key, paths, leaflet.place.note());
        }
    }

    /// All that a leaflet is made from: the text for its commune, and from which setting on it is fitted.
    fn key(&self, commune: Option<CommuneId>, model: Option<&Sheeted>) -> Option<Digest> {
        // A model that another shard hands over is no file here.
        if model.is_none() && !self.own.contains(&0) {
            return None;
        }
        let mut key = self.content.clone()?;
        let source = |setting: &Setting| self.sheet.source(commune, setting);
        let setting = Fitter::loosest_setting(self.sheet.format);
        key.text(&self.path(commune)).text(&source(&setting));
        if let Some(model) = model {
            let first = self.sheet.source(self.readers[0], &setting);
            let shared = (first == source(&setting)).then(|| self.path(self.readers[0]));
            key.text(&String::from_utf8_lossy(&model.place.note()));
            key.text(&shared.unwrap_or_default());
        }
        Some(key.finish())
    }

    /// Remembers that all wanted leaflets of the page were made.
    pub(super) fn keep(&self) {
        let print = self.print;
        let order = &print.order;
        if let (Some(keys), Want::All) = (&print.keys, order.want) {
            let paths = self.readers[self.own.clone()].iter();
            let picture = picture_path(order.site, self.page, self.sheet.format);
            let picture = self.own.contains(&0).then_some(picture);
            let words = order.words(self.page);
            let mut paths: Vec<String> = paths
                .flat_map(|commune| {
                    let extras = order.extras(self.page, self.sheet.format, *commune, words);
                    let extras = extras.into_iter().map(|extra| extra.path);
                    extras.chain([self.path(*commune)]).collect::<Vec<_>>()
                })
                .chain(picture)
                .collect();
            paths.sort();
            paths.dedup();
            let note = keys::note(self.sheet.contacts());
            let key = keys.page(self.page, self.sheet.format, &self.own);
            print.out.keep(key, paths, note);
        }
    }

    /// What to say of a leaflet that is not made; the first of the communes is the worst case.
    pub(super) fn finding(&self, communes: &[Option<CommuneId>], why: &Unfit) -> Diagnostic {
        let (site, page, format) = (self.print.order.site, self.page, self.sheet.format);
        let commune = communes.first().copied().flatten();
        let head = Span {
            end: page.span.start,
            ..page.span
        };
        match why {
            Unfit::Overflow(lines) => {
                let names: Vec<String> = communes
                    .iter()
                    .flatten()
                    .map(|id| site.facts.commune(*id).full_name())
                    .collect();
                let spare = advice::spare(self, commune, *lines);
                findings::overflow(head, format, (&names, &site.config.title), *lines, &spare)
            }
            Unfit::Wide(words) => {
                let longest = words
                    .split_whitespace()
                    .max_by_key(|word| word.chars().count());
                let word = longest.unwrap_or_default();
                let span = trouble::of_words(site, page, commune, word);
                findings::too_wide(span, format, word)
            }
            Unfit::Missing(letter) => {
                let span = trouble::of_words(site, page, commune, &letter.to_string());
                findings::missing_glyph(span, *letter)
            }
            Unfit::Picture(asset, why) => self.bad_picture(*asset, *why),
            Unfit::Failed(said) => match self.unreadable() {
                Some(asset) => self.bad_picture(asset, Refused::Unreadable),
                None => findings::failed(head, format, said),
            },
        }
    }

    fn bad_picture(&self, asset: AssetId, why: Refused) -> Diagnostic {
        let head = Span {
            end: self.page.span.start,
            ..self.page.span
        };
        let span = trouble::of_picture(self.page, asset).unwrap_or(head);
        let name = &self.print.order.site.asset(asset).source;
        findings::bad_picture(span, name, why)
    }

    /// The picture at which the typesetter fails, if it is one.
    fn unreadable(&self) -> Option<AssetId> {
        let images = self.sheet.images().iter().enumerate();
        let mut images = images.map(|(index, id)| (index, *id));
        let bad = images.find(|(index, id)| {
            let path = body::image_path(*index, self.print.order.site.asset(*id));
            self.typeset(format!("#image({}, alt: \"\")\n", string(&path)))
                .is_err()
        });
        bad.map(|(_, id)| id)
    }
}
