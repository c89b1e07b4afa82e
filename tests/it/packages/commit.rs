//! Which commit the program says it is built of: with git, from an archive, given, and with none.

use std::path::Path;
use std::process::Command;

#[path = "../../../build/commit.rs"]
mod source;

use source::{ARCHIVE, given, of_archive, of_git, watched};

const HASH: &str = "abc1234def5678900000000000000000000000ff";
/// 2026-11-21, 23:30 in UTC; the next day where it was committed.
const COMMITTED: &str = "2026-11-22T01:30:00+02:00";

fn git(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(["-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false"]);
    command.args(arguments).env("GIT_COMMITTER_DATE", COMMITTED).env("GIT_AUTHOR_DATE", COMMITTED);
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        command.env_remove(name);
    }
    let ran = command.output().expect("git runs");
    assert!(ran.status.success(), "{arguments:?}: {ran:?}");
    String::from_utf8(ran.stdout).expect("git writes UTF-8").trim().to_owned()
}

fn checkout() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("src")).unwrap();
    std::fs::write(folder.path().join("src/lib.rs"), "").unwrap();
    git(folder.path(), &["init", "-q"]);
    git(folder.path(), &["add", "-A"]);
    git(folder.path(), &["commit", "-qm", "one"]);
    folder
}

#[test]
fn a_checkout_says_its_commit_and_whether_it_was_changed() {
    let folder = checkout();
    let path = folder.path();
    let short = git(path, &["rev-parse", "HEAD"])[..7].to_owned();
    let told = || of_git(path, &["src", "gone"]);
    assert_eq!(told(), Some(format!("{short} 2026-11-21")), "the day in UTC");
    std::fs::write(path.join("README.md"), "what no program is made of").unwrap();
    assert_eq!(told(), Some(format!("{short} 2026-11-21")));
    std::fs::write(path.join("src/new.rs"), "").unwrap();
    assert_eq!(told(), Some(format!("{short}-dirty 2026-11-21")));
    assert!(watched(path).iter().any(|path| path.ends_with("HEAD")), "{:?}", watched(path));
    assert!(watched(path).iter().all(|path| path.exists()));
}

#[test]
fn another_commit_changes_a_file_that_is_watched() {
    let folder = checkout();
    let read = |paths: &[std::path::PathBuf]| paths.iter().map(|path| std::fs::read(path).unwrap()).collect::<Vec<_>>();
    let paths = watched(folder.path());
    let before = read(&paths);
    std::fs::write(folder.path().join("src/lib.rs"), "// more").unwrap();
    git(folder.path(), &["commit", "-qam", "two"]);
    assert_ne!(before, read(&paths));
}

#[test]
fn without_git_there_is_no_commit() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(of_git(folder.path(), &["src"]), None);
    assert_eq!(watched(folder.path()), [""; 0].map(std::path::PathBuf::from));
    // Nor is that of somebody else's checkout around it.
    let outer = checkout();
    assert_eq!(of_git(&outer.path().join("src"), &["lib.rs"]), None);
}

#[test]
fn an_archive_says_what_it_was_made_of() {
    let folder = tempfile::tempdir().unwrap();
    let write = |dirty: &str| {
        let text = format!("{{\n  \"git\": {{\n    \"sha1\": \"{HASH}\"{dirty}\n  }},\n  \"path_in_vcs\": \"\"\n}}");
        std::fs::write(folder.path().join(ARCHIVE), text).unwrap();
    };
    assert_eq!(of_archive(folder.path(), None), None);
    write("");
    assert_eq!(of_archive(folder.path(), None).as_deref(), Some("abc1234"));
    assert_eq!(of_archive(folder.path(), Some("1795303800")).as_deref(), Some("abc1234 2026-11-21"));
    write(",\n    \"dirty\": true");
    assert_eq!(of_archive(folder.path(), None).as_deref(), Some("abc1234-dirty"));
}

#[test]
fn what_is_given_counts_if_it_is_a_commit() {
    assert_eq!(given(Some(HASH), Some("0")).as_deref(), Some("abc1234 1970-01-01"));
    assert_eq!(given(Some("ABC1234-dirty"), None).as_deref(), Some("abc1234-dirty"));
    assert_eq!(given(Some("951782400"), Some("951782400")).as_deref(), Some("9517824 2000-02-29"));
    for wrong in ["", "abc", "v1.2.3-x", "abc123é0"] {
        assert_eq!(given(Some(wrong), None), None, "{wrong}");
    }
    assert_eq!(given(None, Some("0")), None);
}
