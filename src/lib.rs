//! One approved article becomes newspaper pages, broadcaster pages, loudspeaker scripts and leaflets.
//!
//! The modules below stand in the order in which a site passes through them. [`load`] takes every
//! byte of a site into memory and makes a typed, resolved [`model::Site`] of it; [`lint`] looks it
//! over; each [`channel`] turns it into files with a [`theme`], piece by piece; [`output`] takes
//! them as they are made and lets whole editions take the place of the old ones. [`pipeline`] is the
//! only module that knows this order, and [`cli`] the only one that talks to people. [`serve`] shows the
//! same site in a browser while it is written. [`reading`] turns written
//! Vietnamese into the words an announcer says. What is wrong anywhere is a [`diag::Diagnostic`]:
//! no stage stops at the first mistake, and nothing is written when there is an error.
//!
//! Only `load::snapshot`, [`output`], [`serve`] and [`cli`] touch the operating system, so that a whole
//! site can be built from a few strings:
//!
//! ```
//! use loa::{load::Tree, pipeline::build};
//!
//! let tree = Tree::of(&[
//!     ("loa.yaml", "title: Thử\neditions: {bao: {channel: web, theme: newspaper, base_url: \"https://bao.example/\"}}\n"),
//!     ("content/mot.md", "---\ntitle: Một\nsummary: Bài một.\ndate: 2026-08-18\n---\nXem [[hai]].\n"),
//!     ("content/hai.md", "---\ntitle: Hai\nsummary: Bài hai.\ndate: 2026-08-19\n---\nXem [[mot]].\n"),
//! ]);
//! let built = build(&tree, jiff::civil::date(2026, 8, 19));
//! assert!(!built.has_errors());
//! let page = &built.plan.editions[0].files["mot/index.html"];
//! assert!(String::from_utf8_lossy(&page.bytes).contains("/hai/"));
//! ```

pub mod diag;
pub mod text;
pub mod model;
pub mod load;
pub mod reading;
pub mod lint;
pub mod theme;
pub mod channel;
pub mod facts;
pub mod output;
pub mod pipeline;
pub mod serve;
pub mod cli;
