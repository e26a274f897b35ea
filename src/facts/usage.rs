//! Which pages show which fact, and which files carry it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::walk::{Named, Reader};
use crate::channel::{self, Channel, Emergency, Output, Product};
use crate::diag::Span;
use crate::model::{
    Body, CommuneId, ContactId, DocumentId, Edition, PageId, SectionId, Site, State, Used,
};

/// A fact that may change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fact {
    /// The general value of a contact.
    Contact(ContactId),
    /// A commune's own value of a contact.
    Own(CommuneId, ContactId),
    /// A legal document.
    Document(DocumentId),
    /// A commune: its name and what is made for it.
    Commune(CommuneId),
}

/// Which part of a contact is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Whatever shows the contact.
    Any,
    /// Only what shows this very number, and not a commune's own in its place.
    Number,
}

/// What holds a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Holder {
    /// An article.
    Page(PageId),
    /// A section's own page.
    Section(SectionId),
    /// The register of legal documents of an edition, by its place among the editions.
    Register(usize),
}

/// One place that shows a fact in one edition.
#[derive(Debug, Clone)]
struct Use {
    edition: usize,
    holder: Holder,
    /// The files of the holder, shared by all facts in it.
    outputs: Arc<[Output]>,
    /// Where the text names it; empty where it is shown without being named.
    spans: Vec<Span>,
}

/// Files that carry a fact.
#[derive(Debug, Clone)]
pub struct Carrier {
    /// The edition, by its place in `loa.yaml`.
    pub edition: usize,
    /// What the files are.
    pub product: Product,
    /// Whose text they hold.
    pub holder: Holder,
    /// The files.
    pub output: Output,
    /// The communes whose files they are; empty when one file is for everybody.
    pub communes: Vec<CommuneId>,
    /// Where the text names the fact.
    pub spans: Vec<Span>,
}

impl Carrier {
    /// The path of every file, under the folder of all editions.
    #[must_use]
    pub fn paths(&self, site: &Site) -> Vec<String> {
        let edition = &site.config.editions[self.edition].name;
        let path = |commune| format!("{edition}/{}", self.output.path(site, commune));
        if self.output.is_per_commune() {
            self.communes.iter().map(|id| path(Some(*id))).collect()
        } else {
            vec![path(None)]
        }
    }

    /// How many files they are.
    #[must_use]
    pub fn count(&self) -> usize {
        if self.output.is_per_commune() {
            self.communes.len()
        } else {
            1
        }
    }
}

/// An edition whose channel is known.
struct Made<'a> {
    place: usize,
    edition: &'a Edition,
    channel: &'static dyn Channel,
}

/// What a site shows today, by fact.
pub struct Usage<'a> {
    site: &'a Site,
    made: Vec<Made<'a>>,
    named: BTreeMap<Named, Vec<Use>>,
    communes: Vec<CommuneId>,
    /// The pages of editions that show the contacts for danger to life everywhere.
    urgent: BTreeSet<Holder>,
}

impl std::fmt::Debug for Usage<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Usage")
            .field("named", &self.named)
            .finish_non_exhaustive()
    }
}

impl<'a> Usage<'a> {
    /// Looks at every page of every edition once.
    #[must_use]
    pub fn new(site: &'a Site) -> Usage<'a> {
        let editions = site.config.editions.iter().enumerate();
        let made: Vec<Made<'a>> = editions
            .filter_map(|(place, edition)| {
                let channel = channel::of(edition).ok()?;
                Some(Made {
                    place,
                    edition,
                    channel,
                })
            })
            .collect();
        let mut named: BTreeMap<Named, Vec<Use>> = BTreeMap::new();
        for made in &made {
            for (fact, found) in uses(site, made) {
                named.entry(fact).or_default().push(found);
            }
        }
        let urgent = made
            .iter()
            .filter(|made| made.channel.carries().emergency == Emergency::Everywhere)
            .flat_map(|made| site.pages_of(&made.edition.name, &made.edition.channel))
            .map(|page| Holder::Page(page.id))
            .collect();
        Usage {
            site,
            made,
            named,
            communes: site.chosen_communes(),
            urgent,
        }
    }

    /// The site.
    #[must_use]
    pub fn site(&self) -> &'a Site {
        self.site
    }

    /// Editions that show a fact on every page, by their place in `loa.yaml`.
    #[must_use]
    pub fn everywhere(&self, fact: Fact) -> Vec<usize> {
        let Fact::Contact(id) = fact else {
            return Vec::new();
        };
        let contact = self.site.facts.contact(id);
        if !contact.emergency || contact.phone.is_none() {
            return Vec::new();
        }
        let all = |made: &&Made<'_>| made.channel.carries().emergency == Emergency::Everywhere;
        self.made
            .iter()
            .filter(all)
            .map(|made| made.place)
            .collect()
    }

    /// Every file that carries a fact, by product, edition and page; what is on every page is left to [`Usage::everywhere`].
    #[must_use]
    pub fn carriers(&self, fact: Fact, scope: Scope) -> Vec<Carrier> {
        let named = match fact {
            Fact::Contact(id) | Fact::Own(_, id) => Named::Contact(id),
            Fact::Document(id) => Named::Document(id),
            Fact::Commune(id) => return self.of_commune(id),
        };
        let mut out = Vec::new();
        for found in self.named.get(&named).into_iter().flatten() {
            self.files(found, fact, scope, &mut out);
        }
        if let Fact::Document(_) = fact {
            self.registers(&mut out);
        }
        out.sort_by_key(|carrier| (carrier.product, carrier.edition, carrier.holder));
        out
    }

    /// How many articles and sections show a fact.
    #[must_use]
    pub fn count(&self, fact: Fact) -> usize {
        let carriers = self.carriers(fact, Scope::Number);
        let mut holders: BTreeSet<Holder> = carriers.iter().map(|carrier| carrier.holder).collect();
        holders.retain(|holder| !matches!(holder, Holder::Register(_)));
        if self.everywhere(fact).is_empty() {
            return holders.len();
        }
        holders.retain(|holder| !self.urgent.contains(holder));
        holders.len() + self.urgent.len()
    }

    /// Whether anything at all shows a fact.
    #[must_use]
    pub fn is_used(&self, fact: Fact) -> bool {
        !self.everywhere(fact).is_empty() || self.count(fact) > 0
    }

    fn files(&self, found: &Use, fact: Fact, scope: Scope, out: &mut Vec<Carrier>) {
        let Some(made) = self.made.iter().find(|made| made.place == found.edition) else {
            return;
        };
        for output in found.outputs.iter() {
            let communes = if output.is_per_commune() {
                self.readers(fact, scope)
            } else {
                Vec::new()
            };
            // What is made for everybody shows general values.
            let shown = match fact {
                Fact::Own(..) => !communes.is_empty(),
                _ => !output.is_per_commune() || !communes.is_empty(),
            };
            if shown {
                out.push(Carrier {
                    edition: found.edition,
                    product: made.channel.carries().product,
                    holder: found.holder,
                    output: output.clone(),
                    communes,
                    spans: found.spans.clone(),
                });
            }
        }
    }

    /// The communes whose files show a value of a fact.
    fn readers(&self, fact: Fact, scope: Scope) -> Vec<CommuneId> {
        let facts = &self.site.facts;
        let chosen = self.communes.iter().copied();
        match (fact, scope) {
            (Fact::Contact(id), Scope::Number) => chosen
                .filter(|commune| !facts.has_own_number(*commune, id))
                .collect(),
            (Fact::Own(commune, _), _) => chosen.filter(|id| *id == commune).collect(),
            _ => self.communes.clone(),
        }
    }

    /// The registers of editions that cite a document, one for each language.
    fn registers(&self, out: &mut Vec<Carrier>) {
        let mut wanted: BTreeSet<(usize, &str)> = BTreeSet::new();
        for carrier in out.iter() {
            let language = match carrier.holder {
                Holder::Page(id) => &self.site.page(id).language,
                Holder::Section(id) => &self.site.section(id).language,
                Holder::Register(_) => continue,
            };
            wanted.insert((carrier.edition, language));
        }
        for (edition, language) in wanted {
            let Some(made) = self.made.iter().find(|made| made.place == edition) else {
                continue;
            };
            let register = made.channel.register(self.site, language);
            out.extend(register.map(|output| Carrier {
                edition,
                product: made.channel.carries().product,
                holder: Holder::Register(edition),
                output,
                communes: Vec::new(),
                spans: Vec::new(),
            }));
        }
    }

    /// Everything that is made for one commune.
    fn of_commune(&self, commune: CommuneId) -> Vec<Carrier> {
        let mut out = Vec::new();
        if !self.communes.contains(&commune) {
            return out;
        }
        for made in &self.made {
            for page in &self.site.pages {
                let outputs = made.channel.outputs(self.site, made.edition, page);
                let own = outputs.into_iter().filter(Output::is_per_commune);
                out.extend(own.map(|output| Carrier {
                    edition: made.place,
                    product: made.channel.carries().product,
                    holder: Holder::Page(page.id),
                    output,
                    communes: vec![commune],
                    spans: Vec::new(),
                }));
            }
        }
        out.sort_by_key(|carrier| (carrier.product, carrier.edition, carrier.holder));
        out
    }
}

/// What an edition shows of every fact, in the order of its pages.
fn uses(site: &Site, made: &Made<'_>) -> Vec<(Named, Use)> {
    let carries = made.channel.carries();
    let urgent: Vec<ContactId> = (0..site.facts.contacts.len())
        .map(ContactId)
        .filter(|id| site.facts.contact(*id).emergency)
        .collect();
    let one = |body: &Body, holder: Holder, outputs: Vec<Output>| -> Vec<(Named, Use)> {
        if outputs.is_empty() {
            return Vec::new();
        }
        let mut places: BTreeMap<Named, Vec<Span>> = BTreeMap::new();
        let own = [made.edition.name.as_str(), made.channel.name()];
        let called: Vec<&str> = own
            .into_iter()
            .chain(outputs[0].names().iter().copied())
            .collect();
        let reader = Reader {
            called: &called,
            carries,
        };
        let outputs: Arc<[Output]> = outputs.into();
        // The tree is wanted only for the places of what is there.
        if names_facts(body) {
            for (fact, span) in reader.named(body.doc.get()) {
                places.entry(fact).or_default().push(span);
            }
        }
        let calls = places.keys().any(|fact| matches!(fact, Named::Contact(_)));
        if carries.emergency == Emergency::WhenNoneNamed && !calls {
            places.extend(urgent.iter().map(|id| (Named::Contact(*id), Vec::new())));
        }
        let edition = made.place;
        let found = |(fact, spans)| {
            let found = Use {
                edition,
                holder,
                outputs: Arc::clone(&outputs),
                spans,
            };
            (fact, found)
        };
        places.into_iter().map(found).collect()
    };
    let pages: Vec<Vec<(Named, Use)>> = site
        .pages
        .par_iter()
        .filter(|page| page.state != State::Withdrawn)
        .map(|page| {
            let outputs = made.channel.outputs(site, made.edition, page);
            let alike = outputs.chunk_by(|a, b| a.names() == b.names());
            let found = alike.map(|alike| one(&page.body, Holder::Page(page.id), alike.to_vec()));
            found.flatten().collect()
        })
        .collect();
    let sections = site.sections.iter().map(|section| {
        let outputs = made.channel.section_outputs(site, section);
        one(&section.body, Holder::Section(section.id), outputs)
    });
    pages.into_iter().chain(sections).flatten().collect()
}

/// Whether a body refers to an entry of the registry, for whatever reader.
fn names_facts(body: &Body) -> bool {
    let mut uses = body.outline.uses.iter();
    uses.any(|one| matches!(one.what, Used::Contact(_) | Used::Document(_)))
}
