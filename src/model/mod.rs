//! What a site is, after reading: plain data with public fields.
//!
//! A [`Site`] never changes after it was parsed. Pages, sections and communes are named by their
//! place in its lists. Channels read these types and nothing else.

mod bytes;
mod config;
mod digest;
mod digests;
mod doc;
mod excerpt;
mod facts;
mod lazy;
mod meta;
mod node;
mod outline;
mod print_run;
mod printer;
mod site;

pub use bytes::Bytes;
pub use config::{ApprovalPolicy, CommuneChoice, Config, Edition, Level};
pub use digest::{Digest, Digester};
pub use digests::Digests;
pub use doc::{
    Alert, Align, Block, BlockKind, Definition, Doc, Filter, Footnote, Image, Inline, InlineKind,
    LinkTarget, ListItem, PANELS, Row, SHEETS, Table, Target, headings, plain_text,
};
pub use excerpt::Excerpt;
pub use facts::{
    Commune, CommuneKind, Contact, ContactId, DocumentId, DocumentStatus, Facts, FormerName,
    LegalDocument, OwnContact, Phone, Schedule, Session,
};
pub use lazy::{Blob, Content, DocReader, FileReader, LazyDoc};
pub use meta::{
    AgendaItem, Approval, ApprovalState, Imprint, Kind, Meta, Picture, PrintMeta, Priority,
    Programme, SpeechMeta, Withdrawn,
};
pub use node::{Key, Node, NodeKind};
pub use outline::{Body, Outline, Use, Used};
pub use print_run::PrintRun;
pub use printer::{Ink, Paper, Printer};
pub use site::{
    Artifact, Asset, AssetId, CommuneId, Held, Page, PageId, Section, SectionId, Site, State,
};
