//! Who else can change what a file says.

use std::os::unix::fs::{PermissionsExt as _, symlink};

use super::*;

fn mode(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

fn private() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    mode(folder.path(), 0o755);
    folder
}

fn written(folder: &Path, name: &str) -> PathBuf {
    let file = folder.join(name);
    std::fs::write(&file, "[[remedy]]").unwrap();
    mode(&file, 0o644);
    file
}

#[test]
fn a_file_of_ones_own_is_trusted() {
    let folder = private();
    assert_eq!(check(&written(folder.path(), "config.toml")), Ok(()));
}

#[test]
fn a_file_that_others_can_write_is_not_and_it_is_told_who_and_what_to_do() {
    let folder = private();
    let file = written(folder.path(), "it's.toml");
    mode(&file, 0o664);
    let why = check(&file).unwrap_err();
    assert!(why.contains("can be written by the group ") && why.contains("(mode 0664)"), "{why}");
    let quoted = format!("'{}'", file.display().to_string().replace('\'', r"'\''"));
    assert!(why.contains(&format!(": chmod go-w {quoted}, or accept its content: midwatch remedy accept {quoted}")));
    mode(&file, 0o646);
    let why = check(&file).unwrap_err();
    assert!(why.contains("can be written by everybody (mode 0646)"), "{why}");
}

#[test]
fn nor_is_one_in_a_folder_that_others_can_write() {
    let folder = private();
    let open = folder.path().join("open");
    let below = open.join("below");
    std::fs::create_dir_all(&below).unwrap();
    let file = written(&below, "config.toml");
    mode(&open, 0o777);
    let why = check(&file).unwrap_err();
    assert!(why.contains(&format!("the folder {} can be written by everybody (mode 0777)", open.display())), "{why}");
    assert!(why.contains(&format!("chmod go-w {}, ", open.display())), "{why}");
    mode(&open, 0o1777);
    assert_eq!(check(&file), Ok(()), "sticky: nobody else can move what is in it");
    mode(&open, 0o775);
    assert!(check(&file).unwrap_err().contains("the group"));
}

#[test]
fn a_link_is_followed_and_the_way_to_it_counts_too() {
    let folder = private();
    let file = written(folder.path(), "real.toml");
    let open = folder.path().join("open");
    std::fs::create_dir(&open).unwrap();
    let link = open.join("config.toml");
    symlink(&file, &link).unwrap();
    assert_eq!(check(&link), Ok(()));
    mode(&open, 0o777);
    let why = check(&link).unwrap_err();
    assert!(why.contains("open can be written by everybody"), "who writes there turns the link: {why}");
    let middle = folder.path().join("first.toml");
    symlink("open/config.toml", &middle).unwrap();
    assert!(check(&middle).unwrap_err().contains("open can be written by everybody"), "a link in the middle");
    let through = folder.path().join("through");
    symlink("open", &through).unwrap();
    assert!(check(&through.join("config.toml")).is_err(), "a linked folder");
    mode(&open, 0o755);
    assert_eq!((check(&middle), check(&through.join("config.toml"))), (Ok(()), Ok(())));
    mode(&file, 0o666);
    assert!(check(&link).unwrap_err().contains("real.toml can be written by everybody"));
}

#[test]
fn only_regular_files() {
    let folder = private();
    assert!(check(folder.path()).unwrap_err().contains("no regular file"));
    let missing = check(&folder.path().join("nowhere.toml")).unwrap_err();
    assert!(missing.contains("cannot look at") && missing.contains("nowhere.toml"), "{missing}");
    assert!(check(Path::new("/dev/null")).unwrap_err().contains("no regular file"));
}

#[test]
fn owned_by_root_or_by_this_user() {
    let seen = |owner, mode| Seen { mode, owner, group: 50 };
    assert_eq!(seen(0, 0o100_644).wrong(true, 1000), None);
    assert_eq!(seen(1000, 0o100_600).wrong(true, 1000), None);
    assert_eq!(seen(1001, 0o100_644).wrong(true, 1000), Some(Wrong::Owner));
    assert_eq!(seen(1001, 0o041_777).wrong(false, 1000), Some(Wrong::Owner), "the owner of a sticky folder moves all");
    assert_eq!(seen(1000, 0o100_644).wrong(true, 0), Some(Wrong::Owner), "root does not run what others write");
    assert_eq!(
        seen(0, 0o101_666).wrong(true, 1000),
        Some(Wrong::Writable { group: true, everybody: true }),
        "sticky means nothing on a file"
    );
    let why = told("/etc/x", &Wrong::Owner, &seen(4_000_000_000, 0o644), Path::new("/etc/x"), Path::new("/etc/x"));
    assert!(
        why.starts_with("/etc/x belongs to the user 4000000000, who can change what it says: take it over"),
        "{why}"
    );
}

#[test]
fn a_hash_is_sha_256() {
    assert_eq!(hash(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}
