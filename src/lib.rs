//! loa.

pub mod channel;
pub mod cli;
pub mod diag;
pub mod lint;
pub mod load;
pub mod model;
pub mod output;
pub mod pipeline;
pub mod reading;
pub mod text;
pub mod theme;
