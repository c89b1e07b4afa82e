//! Where secrets come from, and that none gets out.

use std::io::Write as _;

use secrecy::ExposeSecret as _;

use super::*;

fn command(argv: &[&str]) -> SecretRef {
    SecretRef::Command(argv.iter().map(|part| (*part).to_owned()).collect())
}

async fn shown(place: &SecretRef) -> String {
    read(place).await.unwrap().expose_secret().to_owned()
}

#[tokio::test]
async fn from_the_three_places() {
    assert_eq!(shown(&SecretRef::Env("CARGO_PKG_NAME".to_owned())).await, "midwatch");
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(b"s3cret \n").unwrap();
    assert_eq!(shown(&SecretRef::File(file.path().to_owned())).await, "s3cret ");
    assert_eq!(shown(&command(&["printf", "a b\n\n"])).await, "a b\n");
}

#[tokio::test]
async fn no_shell_reads_the_arguments() {
    assert_eq!(shown(&command(&["echo", "$HOME;id"])).await, "$HOME;id");
}

#[tokio::test]
async fn what_fails_names_the_place_and_not_what_was_printed() {
    let missing = read(&SecretRef::Env("MIDWATCH_NOT_SET_ANYWHERE".to_owned())).await.unwrap_err();
    assert!(missing.to_string().contains("MIDWATCH_NOT_SET_ANYWHERE"), "{missing}");
    let failing = read(&command(&["sh", "-c", "echo hunter2; echo hunter2 >&2; exit 3"])).await.unwrap_err();
    assert_eq!(failing.kind, ErrorKind::Unauthorized);
    assert!(failing.to_string().contains("exit status: 3"), "{failing}");
    assert!(!failing.to_string().contains("hunter2"), "{failing}");
    assert!(read(&command(&["midwatch-no-such-program"])).await.unwrap_err().to_string().contains("PATH"));
    assert!(read(&command(&[])).await.is_err());
}

#[tokio::test]
async fn a_program_that_never_stops_printing_is_cut_off() {
    let endless = read(&command(&["yes"])).await.unwrap_err();
    assert!(endless.to_string().contains("more than a secret"), "{endless}");
}

#[tokio::test(start_paused = true)]
async fn a_program_that_hangs_is_stopped_at_the_deadline() {
    let begun = Instant::now();
    let hanging = read(&command(&["sleep", "1000"])).await.unwrap_err();
    assert!(hanging.to_string().contains("was stopped after 10 s"), "{hanging}");
    assert!(begun.elapsed() < Duration::from_secs(11));
}

#[tokio::test(start_paused = true)]
async fn a_rotated_secret_is_taken_up_after_a_while_or_when_the_old_one_is_refused() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let place = SecretRef::File(file.path().to_owned());
    let secrets = Secrets::default();
    let write = |text: &str| std::fs::write(file.path(), text).unwrap();
    let seen = async || {
        let found = secrets.get(&place).await.unwrap();
        (found.secret.expose_secret().to_owned(), found.fresh)
    };
    write("one");
    assert_eq!(seen().await, ("one".to_owned(), true));
    write("two");
    assert_eq!(seen().await, ("one".to_owned(), false));
    secrets.forget().await;
    assert_eq!(seen().await, ("two".to_owned(), true));
    write("three");
    tokio::time::advance(REMEMBERED).await;
    assert_eq!(seen().await, ("three".to_owned(), true));
}

#[test]
fn debug_does_not_show_it() {
    let found = Found { secret: SecretString::from("hunter2"), fresh: true };
    assert!(!format!("{found:?}").contains("hunter2"));
}
