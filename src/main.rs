//! midwatch: the terminal for whoever has the middle watch.

use std::process::ExitCode;

fn main() -> ExitCode {
    if let Err(error) = color_eyre::install() {
        tracing::warn!(%error, "panics will be told without colours");
    }
    ExitCode::from(midwatch::cli::run(std::env::args_os()))
}
