//! `midwatch remedy accept`: what a content brings is shown, then it is accepted as it is.

use std::path::{Path, PathBuf};

use super::super::args::remedy::Accept;
use super::super::exit;
use super::super::look::without_sources;
use super::super::output::Output;
use super::super::setup::Setup;
use super::{Ended, allowed};
use crate::domain::harmless;
use crate::domain::remediation::{Origin, Remedy};
use crate::domain::runbook::Found;
use crate::domain::runbook::document::Runs;
use crate::remedy::trust;
use crate::report::remedies::declared::does;
use crate::runbook::{markdown, text};
use crate::runtime::effects::Hands;
use crate::runtime::effects::remedies::{content, steps};

/// The fewest digits of a hash that `--yes` takes.
const FEWEST: usize = 8;

/// Accepts a content for this operator.
pub(super) async fn run(arguments: &Accept, setup: &Setup, output: &mut Output) -> Result<u8, Ended> {
    allowed(setup)?;
    let (hands, troubles) = without_sources(setup).await;
    for trouble in &troubles {
        output.complain(trouble);
    }
    let (what, bytes) = read(&arguments.what, &hands).await?;
    let hash = trust::hash(&bytes);
    for line in brings(&what, &bytes, setup) {
        let _ = writeln!(output.out(), "{}", harmless::line(&line, 4_000));
    }
    let _ = writeln!(output.out(), "sha256 {hash}");
    output.show();
    agree(&hash, arguments.yes.as_deref(), output)?;
    hands.accept(&hash, &what, allowed(setup)).await?;
    output.complain(&format!("accepted for {}; a change of it must be accepted anew", hands.operator.name));
    Ok(exit::OK)
}

/// The content of a file or an address, and its whole name.
async fn read(what: &Path, hands: &Hands) -> Result<(String, Vec<u8>), String> {
    let name = what.display().to_string();
    if name.starts_with("https://") || name.starts_with("http://") {
        let cache = hands.remedies.runbook_cache();
        let read = text::read(&Found::Web(name.clone()), &cache, hands.clock.now(), true).await?;
        return match read.kept {
            None => Ok((name, read.text.into_bytes())),
            Some(words) => {
                Err(format!("{name} does not answer now, so what is kept of it cannot be accepted: {words}"))
            }
        };
    }
    let path = std::path::absolute(what).map_err(|error| format!("{name}: {error}"))?;
    let bytes = content(&path)?;
    Ok((path.display().to_string(), bytes))
}

/// The commands that a content brings, one line for each.
fn brings(what: &str, bytes: &[u8], setup: &Setup) -> Vec<String> {
    let path = PathBuf::from(what);
    let same =
        |at: &PathBuf| *at == path || at.canonicalize().ok().zip(path.canonicalize().ok()).is_some_and(|(a, b)| a == b);
    let from_here = |remedy: &&Remedy| match &remedy.origin {
        Origin::File(at) | Origin::Preset(at) => same(at),
        Origin::Shipped | Origin::Web(_) => false,
    };
    let remedies = setup.settings.remedies.iter().filter(from_here);
    let mut made: Vec<String> =
        remedies.map(|remedy| format!("remedy {}: {}", remedy.id, does(&remedy.kind))).collect();
    let said = String::from_utf8_lossy(bytes);
    let is_runbook = what.starts_with("http") || path.extension().is_some_and(|end| end.eq_ignore_ascii_case("md"));
    if is_runbook {
        let document = markdown::parse(&said);
        for step in steps(&document) {
            let what = match &step.runs {
                Runs::Shell(shell) => shell.clone(),
                Runs::Remedy { id, .. } => format!("remedy {id}"),
            };
            made.push(format!("step {} ({what}):", step.number));
            made.extend(step.text.lines().map(|line| format!("  {line}")));
        }
    }
    if made.is_empty() {
        // A script, or something that the configuration does not name: it is shown as it is.
        made.extend(said.lines().map(str::to_owned));
    }
    made
}

/// Lets the operator agree to a content by the beginning of its hash.
fn agree(hash: &str, yes: Option<&str>, output: &mut Output) -> Result<(), String> {
    let fits = |given: &str| given.len() >= FEWEST && hash.starts_with(&given.to_ascii_lowercase());
    let beginning: String = hash.chars().take(FEWEST).collect();
    match yes {
        Some(given) if fits(given) => Ok(()),
        Some(given) => {
            Err(format!("--yes says '{given}', and the content's hash begins with {beginning}: not accepted"))
        }
        None if !output.may_ask() => {
            Err(format!("not accepted: nobody can be asked here; read it, then add --yes {beginning}"))
        }
        None if output.ask("Accept these commands for running, as they are now?") => Ok(()),
        None => Err("not accepted".to_owned()),
    }
}
