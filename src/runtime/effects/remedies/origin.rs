//! Whether commands may run, by where they come from: a file that only the operator can write, or a content that they
//! accepted. What was read at the start counts, not what a file says now: a file that was changed and put back in
//! between is found out.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::super::Hands;
use super::machine::looked;
use crate::config::Settings;
use crate::domain::checklist::{Declared, Item, Probe};
use crate::domain::remediation::{Kind, Origin, Remedy};
use crate::remedy::trust;

/// A file with commands has no more bytes than this.
const LONGEST: u64 = 8 << 20;

/// What the files said that remedies and commands of checklists were read from.
#[derive(Debug, Default)]
pub(super) struct Read {
    files: BTreeMap<PathBuf, Seen>,
}

/// What a file is like.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Seen {
    /// The hash of its content; in words, why it cannot be read.
    hash: Result<String, String>,
    /// Who else can write it, in words.
    trusted: Result<(), String>,
}

impl Read {
    /// Looks at the files that remedies come from, and at those of checklists with commands.
    pub(super) fn at_the_start(settings: &Settings) -> Self {
        let of_remedies = settings.remedies.iter().filter_map(|remedy| match &remedy.origin {
            Origin::File(path) | Origin::Preset(path) => Some(path),
            Origin::Shipped | Origin::Web(_) => None,
        });
        let of_lists = settings.checklists.iter().filter_map(|list| match &list.origin {
            Declared::File(path) => list.items().any(has_command).then_some(path),
            Declared::Shipped => None,
        });
        let mut files = BTreeMap::new();
        for path in of_remedies.chain(of_lists) {
            if !files.contains_key(path) {
                files.insert(path.clone(), see(path));
            }
        }
        Self { files }
    }

    /// The files that commands come from.
    pub(super) fn files(&self) -> impl Iterator<Item = &Path> {
        self.files.keys().map(PathBuf::as_path)
    }
}

fn has_command(item: &Item) -> bool {
    matches!(item.probe, Some(Probe::Command { .. }))
}

fn see(path: &Path) -> Seen {
    Seen { hash: content(path).map(|bytes| trust::hash(&bytes)), trusted: trust::check(path) }
}

/// The bytes of a file with commands.
///
/// # Errors
/// In words, why it cannot be read.
pub fn content(path: &Path) -> Result<Vec<u8>, String> {
    let wrong = |error: std::io::Error| format!("{} cannot be read: {error}", path.display());
    let mut bytes = Vec::new();
    File::open(path).and_then(|file| file.take(LONGEST + 1).read_to_end(&mut bytes)).map_err(wrong)?;
    if bytes.len() as u64 > LONGEST {
        return Err(format!("{} has over {} MiB and is not run", path.display(), LONGEST >> 20));
    }
    Ok(bytes)
}

/// What stands in the way of a remedy because of where it comes from; empty if nothing does.
pub(super) async fn hurdles(hands: &Hands, remedy: &Remedy) -> Vec<String> {
    let mut found: Vec<String> = of_origin(hands, &remedy.origin).await.into_iter().collect();
    for path in files_of(&remedy.kind) {
        found.extend(of_file(hands, path, None, false).await);
    }
    found.dedup();
    found
}

/// What stands in the way of the commands of a checklist's file.
pub(in super::super) async fn of_list(hands: &Hands, path: &Path) -> Option<String> {
    of_file(hands, path, hands.remedies.read.files.get(path), false).await
}

/// What stands in the way of an origin's commands.
pub(super) async fn of_origin(hands: &Hands, origin: &Origin) -> Option<String> {
    match origin {
        Origin::Shipped => None,
        Origin::File(path) => of_file(hands, path, hands.remedies.read.files.get(path), false).await,
        Origin::Preset(path) => of_file(hands, path, hands.remedies.read.files.get(path), true).await,
        // A step's content is asked for where the step is known; an address alone is nothing to go by.
        Origin::Web(url) => Some(format!("commands of {url} run only as steps of a runbook that was accepted")),
    }
}

/// The files that a kind runs beside its program.
fn files_of(kind: &Kind) -> Vec<&Path> {
    match kind {
        Kind::Script { path, .. } => vec![path],
        Kind::Ansible { playbook, inventory, .. } => {
            std::iter::once(playbook).chain(inventory).map(PathBuf::as_path).collect()
        }
        Kind::Command(_) | Kind::Ssh { .. } | Kind::Http(_) | Kind::Systemd { .. } | Kind::Kubectl { .. } => Vec::new(),
    }
}

/// What stands in the way of a file's commands. `before` is what it was like when it was read; `strange` says that it
/// is somebody else's, so that being the only writer is not enough.
async fn of_file(hands: &Hands, path: &Path, before: Option<&Seen>, strange: bool) -> Option<String> {
    let place = path.to_owned();
    let now = match looked(&format!("a look at {}", path.display()), move || see(&place)).await {
        Ok(now) => now,
        Err(words) => return Some(words),
    };
    let hash = match &now.hash {
        Ok(hash) => hash,
        Err(words) => return Some(words.clone()),
    };
    let own = now.trusted.is_ok() && before.is_none_or(|before| before.trusted.is_ok());
    if own && !strange {
        return None;
    }
    let name = path.display();
    if before.is_some_and(|before| before.hash != now.hash) {
        return Some(format!("{name} has changed since midwatch read it: start midwatch again"));
    }
    if now.trusted.is_ok() && !strange {
        // Others could write it before; it says the same now, when they cannot.
        return None;
    }
    if is_accepted(hands, hash).await {
        return None;
    }
    let advice = format!("'midwatch remedy accept {name}' shows what it brings, and accepts it as it is now");
    Some(match &now.trusted {
        // What to do about it is part of what it says.
        Err(words) if !strange => words.clone(),
        _ => format!("the commands of {name} were not accepted by {} yet: {advice}", hands.operator.name),
    })
}

/// Whether this operator accepted a content.
pub(super) async fn is_accepted(hands: &Hands, hash: &str) -> bool {
    let Some(store) = hands.store.get() else { return false };
    store.is_accepted(hash, &hands.operator).await.unwrap_or_else(|error| {
        tracing::warn!(%error, "what was accepted could not be read");
        false
    })
}
