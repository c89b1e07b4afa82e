//! Giving the terminal to another program and taking it back: `$PAGER`, `$EDITOR`.
//!
//! Programs are started as argv, never through a shell; text goes through a private file, not through arguments.

use std::io::{self, Write};
use std::process::ExitStatus;

use tokio::process::Command;

/// Shows a text in the operator's pager.
///
/// # Errors
/// In words, which program could not be started and what to do.
pub async fn page(text: &str) -> Result<(), String> {
    let file = private_file("midwatch", text).map_err(|error| format!("cannot write a temporary file: {error}"))?;
    let program = chosen(&["PAGER"], "less");
    run(&program, file.path()).await.map(drop)
}

/// Lets the operator edit a text; what they saved comes back without comment lines.
///
/// # Errors
/// In words, which program could not be started, or that it ended with an error: then nothing is taken.
pub async fn edit(text: &str) -> Result<String, String> {
    let file =
        private_file("midwatch-comment", text).map_err(|error| format!("cannot write a temporary file: {error}"))?;
    let program = chosen(&["VISUAL", "EDITOR"], "vi");
    let status = run(&program, file.path()).await?;
    if !status.success() {
        return Err(format!("{} ended with {status}; the comment was left out", program.join(" ")));
    }
    let written = read_bounded(file.path()).map_err(|error| format!("cannot read the comment: {error}"))?;
    let lines: Vec<&str> = written.lines().filter(|line| !line.starts_with('#')).collect();
    Ok(lines.join("\n").trim().to_owned())
}

/// Opens a file in the operator's editor.
///
/// # Errors
/// In words, which program could not be started, or that it ended with an error.
pub async fn edit_file(path: &std::path::Path) -> Result<(), String> {
    let program = chosen(&["VISUAL", "EDITOR"], "vi");
    let status = run(&program, path).await?;
    if status.success() { Ok(()) } else { Err(format!("{} ended with {status}", program.join(" "))) }
}

/// The most bytes of an edited text that are read.
const MOST: u64 = 64 * 1024;

fn read_bounded(path: &std::path::Path) -> io::Result<String> {
    use std::io::Read as _;
    let mut text = Vec::new();
    std::fs::File::open(path)?.take(MOST).read_to_end(&mut text)?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}

/// The program an environment variable names, with its arguments split at spaces.
fn chosen(variables: &[&str], otherwise: &str) -> Vec<String> {
    let named = variables.iter().find_map(|name| std::env::var(name).ok().filter(|value| !value.trim().is_empty()));
    named.unwrap_or_else(|| otherwise.to_owned()).split_whitespace().map(str::to_owned).collect()
}

async fn run(program: &[String], file: &std::path::Path) -> Result<ExitStatus, String> {
    let (name, arguments) = program.split_first().ok_or("no program is named")?;
    // In our own process group: it must be able to read the terminal.
    let mut child = Command::new(name)
        .args(arguments)
        .arg(file)
        .kill_on_drop(true)
        .spawn()
        .map_err(|error| format!("cannot start '{name}': {error}; set $PAGER or $EDITOR"))?;
    child.wait().await.map_err(|error| format!("'{name}': {error}"))
}

fn private_file(name: &str, text: &str) -> io::Result<tempfile::NamedTempFile> {
    let mut file = tempfile::Builder::new().prefix(name).suffix(".txt").tempfile()?;
    file.write_all(text.as_bytes())?;
    file.flush()?;
    Ok(file)
}
