//! A file's age and size: the file, or the newest one of a folder.

use std::fs::{self, Metadata};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use chrono::TimeDelta;

use super::evidence::Finding;
use crate::domain::checklist::probe::Held;
use crate::domain::{Moment, quantity};

/// How long a look may take: the file may lie on a share that is gone.
const PATIENCE: Duration = Duration::from_secs(10);
/// The most names of a folder that are looked at.
const MOST: usize = 20_000;
/// A file that is younger than nothing by more than this says that a clock is wrong.
const SKEW: TimeDelta = TimeDelta::minutes(2);

pub(super) async fn ask(path: &Path, younger: Option<TimeDelta>, at_least: Option<u64>, now: Moment) -> Finding {
    let from = path.to_string_lossy().into_owned();
    let wanted = path.to_owned();
    let looked = tokio::task::spawn_blocking(move || look(&wanted));
    let finding = match tokio::time::timeout(PATIENCE, looked).await {
        Ok(Ok(Ok(seen))) => judged(&seen, younger, at_least, now),
        Ok(Ok(Err(finding))) => finding,
        Ok(Err(_)) => Finding::unknown("looking at it broke off; the log of midwatch says more"),
        Err(_) => {
            let after = PATIENCE.as_secs();
            Finding::unknown(format!("looking at it took over {after} s; is it on a share that is gone?"))
        }
    };
    finding.from(from)
}

/// The file that was found.
#[derive(Debug)]
struct Seen {
    path: PathBuf,
    /// Whether it was the newest of a folder.
    of_folder: bool,
    changed: Option<Moment>,
    bytes: u64,
}

fn look(path: &Path) -> Result<Seen, Finding> {
    let told = fs::metadata(path).map_err(|error| why_not(&error))?;
    if told.is_file() {
        return Ok(seen(path.to_owned(), &told, false));
    }
    if !told.is_dir() {
        return Err(Finding::unknown("it is neither a file nor a folder; correct the path"));
    }
    let mut newest: Option<Seen> = None;
    for (at, entry) in fs::read_dir(path).map_err(|error| why_not(&error))?.enumerate() {
        if at >= MOST {
            return Err(Finding::unknown(format!("the folder holds more than {MOST} names; name the file")));
        }
        let path = entry.map_err(|error| why_not(&error))?.path();
        let told = match fs::metadata(&path) {
            Ok(told) if told.is_file() => told,
            // Gone since, or a link to nothing: no file.
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(why_not(&error)),
            _ => continue,
        };
        let candidate = seen(path, &told, true);
        if newest.as_ref().is_none_or(|newest| newest.changed < candidate.changed) {
            newest = Some(candidate);
        }
    }
    newest.ok_or_else(|| Finding::new(Held::Bad, "there is no file in this folder"))
}

fn seen(path: PathBuf, told: &Metadata, of_folder: bool) -> Seen {
    let since = told.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok());
    let changed = since
        .and_then(|since| TimeDelta::from_std(since).ok())
        .and_then(|since| Moment::UNIX_EPOCH.checked_add_signed(since));
    Seen { path, of_folder, changed, bytes: told.len() }
}

fn why_not(error: &io::Error) -> Finding {
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => Finding::new(Held::Bad, "there is no such file"),
        ErrorKind::PermissionDenied => {
            Finding::unknown("this user may not look at it; give the permission, or look as another user")
        }
        _ => Finding::unknown(format!("it cannot be looked at: {error}")),
    }
}

fn judged(seen: &Seen, younger: Option<TimeDelta>, at_least: Option<u64>, now: Moment) -> Finding {
    let age = seen.changed.map(|changed| now - changed);
    let young = younger.map(|most| match age {
        Some(age) if age < -SKEW => Held::Unknown,
        Some(age) if age < most => Held::Good,
        Some(_) => Held::Bad,
        None => Held::Unknown,
    });
    let large = at_least.map(|least| if seen.bytes >= least { Held::Good } else { Held::Bad });
    let all = [young, large];
    let held = [Held::Bad, Held::Unknown].into_iter().find(|held| all.contains(&Some(*held))).unwrap_or(Held::Good);
    let old = match age {
        None => "of an unknown age".to_owned(),
        Some(age) if age < -SKEW => format!("dated {} ahead of this machine's clock", span(-age)),
        Some(age) => format!("{} old", span(age.max(TimeDelta::zero()))),
    };
    let size = quantity::text(Some(float(seen.bytes)), "B");
    let younger_words = younger.map(|most| format!("younger than {}", span(most)));
    let least_words = at_least.map(|least| format!("at least {}", quantity::text(Some(float(least)), "B")));
    let expected: Vec<String> = [younger_words, least_words].into_iter().flatten().collect();
    let name = if seen.of_folder { format!("{} is ", name_of(&seen.path)) } else { String::new() };
    let words = format!("{name}{old}, {size} · expected {}", expected.join(", "));
    let line =
        seen.changed.map(|at| format!("{} · {} UTC · {size}", seen.path.display(), at.format("%Y-%m-%d %H:%M:%S")));
    let finding = Finding::new(held, words).lines(line);
    match (younger, age) {
        (Some(_), Some(age)) => finding.value(seconds(age), "s"),
        (Some(_), None) => finding,
        (None, _) => finding.value(float(seen.bytes), "B"),
    }
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn span(span: TimeDelta) -> String {
    quantity::text(Some(seconds(span)), "s")
}

#[expect(clippy::cast_precision_loss, reason = "2^53 s are longer than any file lies")]
fn seconds(span: TimeDelta) -> f64 {
    span.num_seconds() as f64
}

#[expect(clippy::cast_precision_loss, reason = "of so many bytes the last ones do not count")]
fn float(bytes: u64) -> f64 {
    bytes as f64
}
