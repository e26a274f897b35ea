//! A page's body: read or reported, and its script is words only.

#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/it/holds.rs"]
#[allow(dead_code, reason = "each target needs a part of it")]
mod holds;

fuzz_target!(|data: &[u8]| holds::markdown(data));
