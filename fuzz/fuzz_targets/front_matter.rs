//! A page's head: read or reported, at a place that exists.

#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/it/holds.rs"]
#[allow(dead_code, reason = "each target needs a part of it")]
mod holds;

fuzz_target!(|data: &[u8]| holds::front_matter(data));
