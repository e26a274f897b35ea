//! Arguments in, exit code out.

use std::process::ExitCode;

/// Typesetting is mostly small allocations on several threads; this allocator serves them quicker
/// than those of most systems.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    loa::cli::run(std::env::args_os())
}
