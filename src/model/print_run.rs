//! Print runs: what is out in the world on paper and cannot be built again.

use jiff::civil::Date;

use super::{config::CommuneChoice, site::PageId};
use crate::diag::Span;

/// One batch of printed leaflets.
#[derive(Debug, Clone)]
pub struct PrintRun {
    /// The article as written.
    pub article: String,
    /// The article, where it still exists.
    pub page: Option<PageId>,
    /// The print edition.
    pub edition: String,
    /// Where it is written.
    pub edition_span: Span,
    /// The size of the sheet.
    pub format: String,
    /// Where it is written.
    pub format_span: Span,
    /// For whom sheets were printed; none when they name no commune.
    pub communes: CommuneChoice,
    /// How many sheets in all.
    pub copies: u32,
    /// Who printed them.
    pub printer: Option<String>,
    /// For whom.
    pub recipient: Option<String>,
    /// When.
    pub printed_on: Option<Date>,
    /// Keys of contacts and numbers of documents on the sheet; `None` when nobody wrote them down.
    pub facts: Option<Vec<(String, Span)>>,
    /// SHA-256 of the approved text, in hexadecimal.
    pub digest: Option<String>,
    /// When the sheets were taken back.
    pub recalled_on: Option<Date>,
    /// Anything else.
    pub note: Option<String>,
    /// Where it is written.
    pub span: Span,
}
