//! Which commit a folder of sources is: as it was given, as `cargo package` noted it, or as git says.
//!
//! What lives here: functions from a folder and variables to words such as `abc1234 2026-11-21` or
//! `abc1234-dirty 2026-11-21`; no time of the build, so that two builds of one commit say the same. What must not:
//! talking to cargo; that is `build.rs`.

use std::path::{Path, PathBuf};
use std::process::Command;

/// What `cargo package` leaves in an archive.
pub const ARCHIVE: &str = ".cargo_vcs_info.json";

/// As many digits of a commit as are told; git's own number would depend on how much else a clone holds.
const DIGITS: usize = 7;

/// The commit as whoever builds says it, with the day of `SOURCE_DATE_EPOCH` where that is set.
pub fn given(commit: Option<&str>, epoch: Option<&str>) -> Option<String> {
    let commit = commit?.trim();
    let (hash, dirty) = commit.strip_suffix("-dirty").map_or((commit, false), |hash| (hash, true));
    told(hash, dirty, epoch.and_then(|epoch| epoch.trim().parse().ok()))
}

/// The commit that `cargo package` made an archive of. It does not note the day.
pub fn of_archive(folder: &Path, epoch: Option<&str>) -> Option<String> {
    let text = std::fs::read_to_string(folder.join(ARCHIVE)).ok()?;
    let (_, behind) = text.split_once("\"sha1\"")?;
    let hash = behind.split('"').nth(1)?;
    let dirty = text
        .split_once("\"dirty\"")
        .is_some_and(|(_, behind)| behind.trim_start_matches([':', ' ']).starts_with("true"));
    told(hash, dirty, epoch.and_then(|epoch| epoch.trim().parse().ok()))
}

/// The commit that git has checked out in a folder, if the folder is the whole checkout; `-dirty` if something of
/// what the program is made of is not as it was committed.
pub fn of_git(folder: &Path, made_of: &[&str]) -> Option<String> {
    let top = git(folder, &["rev-parse", "--show-toplevel"])?;
    // An archive that was unpacked inside of somebody else's checkout is not their commit.
    if Path::new(&top).canonicalize().ok()? != folder.canonicalize().ok()? {
        return None;
    }
    let last = git(folder, &["log", "-1", "--no-show-signature", "--format=%H %ct"])?;
    let (hash, seconds) = last.split_once(' ')?;
    let mut changes = vec!["status", "--porcelain", "--"];
    changes.extend(made_of.iter().filter(|name| folder.join(name).exists()));
    // What git cannot tell is not taken for unchanged.
    let dirty = git(folder, &changes).is_none_or(|changed| !changed.is_empty());
    told(hash, dirty, seconds.parse().ok())
}

/// What changes when another commit is checked out: to be looked at before the next build.
pub fn watched(folder: &Path) -> Vec<PathBuf> {
    let branch = git(folder, &["symbolic-ref", "--quiet", "HEAD"]);
    let names = ["HEAD", "logs/HEAD", "packed-refs"].into_iter().map(str::to_owned).chain(branch);
    let paths = names.filter_map(|name| git(folder, &["rev-parse", "--git-path", &name]));
    paths.map(|path| folder.join(path)).filter(|path| path.exists()).collect()
}

fn told(hash: &str, dirty: bool, seconds: Option<i64>) -> Option<String> {
    let is_hash = hash.len() >= DIGITS && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    let short = hash.get(..DIGITS).filter(|_| is_hash)?.to_ascii_lowercase();
    let dirty = if dirty { "-dirty" } else { "" };
    let day = seconds.map(|seconds| format!(" {}", day(seconds))).unwrap_or_default();
    Some(format!("{short}{dirty}{day}"))
}

/// The day of a moment in UTC, as 2026-11-21. (Days to a date of the civil calendar: Hinnant, "chrono-Compatible
/// Low-Level Date Algorithms".)
fn day(seconds: i64) -> String {
    let shifted = seconds.div_euclid(86_400) + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

/// What git says on one line or several; `None` where it is not there or fails.
fn git(folder: &Path, arguments: &[&str]) -> Option<String> {
    let mut command = Command::new("git");
    // Whoever calls cargo from a hook has these set for another checkout.
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        command.env_remove(name);
    }
    // Looking must not write git's index, which others may wait for.
    let output = command.env("GIT_OPTIONAL_LOCKS", "0").arg("-C").arg(folder).args(arguments).output().ok()?;
    let text = output.status.success().then(|| String::from_utf8(output.stdout).ok()).flatten()?;
    Some(text.trim().to_owned())
}
