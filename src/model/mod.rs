//! What a site is, after reading: plain data with public fields.
//!
//! A [`Site`] never changes after it was parsed. Pages, sections and communes are named by their
//! place in its lists. Channels read these types and nothing else.

mod bytes;
mod config;
mod doc;
mod facts;
mod meta;
mod node;
mod site;

pub use bytes::Bytes;
pub use config::{ApprovalPolicy, CommuneChoice, Config, Edition, Level};
pub use doc::{
    Alert, Align, Block, BlockKind, Definition, Doc, Filter, Footnote, Inline, InlineKind,
    LinkTarget, ListItem, Row, Target, headings, plain_text,
};
pub use facts::{
    Commune, CommuneKind, Contact, ContactId, DocumentId, DocumentStatus, Facts, FormerName,
    LegalDocument, OwnContact, Phone, Schedule, Session,
};
pub use meta::{
    AgendaItem, Approval, Imprint, Kind, Meta, Picture, PrintMeta, Priority, Programme, SpeechMeta,
};
pub use node::{Key, Node, NodeKind};
pub use site::{
    Artifact, Asset, AssetId, CommuneId, Page, PageId, Section, SectionId, Site, State,
};
