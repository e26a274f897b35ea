//! The normalizer: whatever is written, what is said can be said.

#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/it/holds.rs"]
#[allow(dead_code, reason = "each target needs a part of it")]
mod holds;

fuzz_target!(|data: &[u8]| holds::reading(data));
