//! midwatch: the terminal for whoever has the middle watch.

use std::process::ExitCode;

/// What thousands of alerts need for a moment is given back, and threads do not each keep their own: with the C
/// library's, 10,000 alerts hold a quarter more, and with musl's every allocation waits for every other.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    if let Err(error) = color_eyre::install() {
        tracing::warn!(%error, "panics will be told without colours");
    }
    ExitCode::from(midwatch::cli::run(std::env::args_os()))
}
