//! loa.

pub mod cli;
pub mod diag;
pub mod load;
pub mod model;
pub mod text;
pub mod theme;
pub mod channel;
pub mod lint;
pub mod output;
pub mod pipeline;
pub mod reading;
