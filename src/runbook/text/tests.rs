//! Texts from files, from a server on loopback, and from what was kept of it.

use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

use chrono::TimeDelta;
use tempfile::TempDir;

use super::*;
use crate::source::http::test_server::{Canned, TestServer, nobody};

fn now() -> Moment {
    "2026-11-21T03:12:00Z".parse().unwrap()
}

fn later(minutes: i64) -> Moment {
    now() + TimeDelta::minutes(minutes)
}

struct Wiki {
    server: TestServer,
    folder: TempDir,
}

impl Wiki {
    async fn new() -> Self {
        Self { server: TestServer::start().await, folder: tempfile::tempdir().unwrap() }
    }

    fn cache(&self) -> PathBuf {
        self.folder.path().join("state/runbooks")
    }

    async fn get(&self, path: &str, at: Moment, afresh: bool) -> Result<Text, String> {
        let url = format!("{}{path}", self.server.url());
        read(&Found::Web(url), &self.cache(), at, afresh).await
    }

    fn kept(&self) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(self.cache()).into_iter().flatten();
        entries.map(|entry| entry.unwrap().path()).collect()
    }
}

async fn file(path: &Path) -> Result<Text, String> {
    read(&Found::File(path.to_owned()), Path::new("/nowhere"), now(), false).await
}

#[tokio::test]
async fn a_file_is_read_with_its_date() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.md");
    std::fs::write(&path, b"# Disk \xff\n").unwrap();
    std::fs::File::options().write(true).open(&path).unwrap().set_modified(later(-5).into()).unwrap();
    let text = file(&path).await.unwrap();
    assert_eq!(text, Text { text: "# Disk \u{fffd}\n".to_owned(), dated: Some(later(-5)), kept: None });
}

#[tokio::test]
async fn what_is_no_runbook_of_a_bearable_size_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.md");
    std::fs::write(&path, vec![b'x'; LARGEST]).unwrap();
    assert_eq!(file(&path).await.unwrap().text.len(), LARGEST);
    std::fs::write(&path, vec![b'x'; LARGEST + 1]).unwrap();
    assert!(file(&path).await.unwrap_err().contains("larger than 1 MiB"));
    assert!(file(folder.path()).await.unwrap_err().contains("no regular file"));
    assert!(file(Path::new("/dev/zero")).await.unwrap_err().contains("no regular file"));
    let error = file(&folder.path().join("none\u{1b}[2J.md")).await.unwrap_err();
    assert!(error.contains("there is no file") && error.ends_with("none.md"), "{error:?}");
}

#[tokio::test]
async fn an_answer_does_for_ten_minutes_and_is_asked_for_afresh() {
    let wiki = Wiki::new().await;
    wiki.server.queue("/disk.md", Canned::text("first"));
    wiki.server.queue("/disk.md", Canned::of("text/markdown", "second"));
    wiki.server.queue("/disk.md", Canned::of("application/octet-stream", "third"));
    for (minutes, afresh, expected, dated) in [
        (0, false, "first", 0),
        (9, false, "first", 0),
        (9, true, "second", 9),
        (18, false, "second", 9),
        (19, false, "third", 19),
    ] {
        let text = wiki.get("/disk.md", later(minutes), afresh).await.unwrap();
        assert_eq!(text, Text { text: expected.to_owned(), dated: Some(later(dated)), kept: None }, "{minutes}");
    }
    assert_eq!(wiki.server.seen().len(), 3);
    assert_eq!(wiki.server.seen()[0].method, "GET");
    assert!(!wiki.server.seen()[0].headers.contains_key("authorization"));
}

#[tokio::test]
async fn while_the_wiki_is_down_the_kept_answer_is_shown_with_its_age_and_why() {
    let wiki = Wiki::new().await;
    wiki.server.queue("/disk.md", Canned::text("# Disk"));
    wiki.get("/disk.md?v=hunter2", now(), false).await.unwrap();
    for (canned, why) in [
        (Canned::text("").status(503), "503 Service Unavailable"),
        (Canned::closed(), "the connection"),
        (Canned::html("<html>sign in"), "answers with a web page, not Markdown"),
    ] {
        wiki.server.queue("/disk.md", canned);
        let text = wiki.get("/disk.md?v=hunter2", later(60), false).await.unwrap();
        assert_eq!((text.text.as_str(), text.dated), ("# Disk", Some(now())));
        let kept = text.kept.unwrap();
        assert!(kept.contains(why) && !kept.contains("hunter2"), "{kept}");
    }
    let gone = Found::Web(format!("{}/disk.md", nobody().await));
    let error = read(&gone, &wiki.cache(), now(), false).await.unwrap_err();
    assert!(error.contains("connection refused") && error.contains("[[runbook_root]]"), "{error}");
}

#[tokio::test]
async fn what_comes_instead_of_markdown_is_refused_and_not_kept() {
    let wiki = Wiki::new().await;
    for (canned, why) in [
        (Canned::html("<p>x"), "answers with a web page, not Markdown"),
        (Canned::text(" <!DOCTYPE html>"), "answers with a web page, not Markdown"),
        (Canned::of("image/png", &b"\x89PNG\0\0"[..]), "no text"),
        (Canned::text("").status(404), "404 Not Found"),
        (Canned::text("").status(302).header("Location", "file:///etc/passwd"), "redirects are not followed"),
        (Canned::endless(vec![b'x'; 1 << 16]), "larger than 1 MiB"),
    ] {
        wiki.server.queue("/x", canned);
        let error = wiki.get("/x", now(), false).await.unwrap_err();
        assert!(error.contains(why) && error.ends_with(ADVICE_END), "{error}");
    }
    assert_eq!(wiki.kept(), Vec::<PathBuf>::new());
}

const ADVICE_END: &str = "map it with [[runbook_root]]";

#[tokio::test]
async fn an_address_with_a_password_or_another_scheme_is_not_asked() {
    let wiki = Wiki::new().await;
    let with_password = wiki.server.url().replace("http://", "http://ana:hunter2@") + "/x";
    for url in [with_password.as_str(), "file:///etc/passwd", "ftp://h/x", "nonsense"] {
        let error = read(&Found::Web(url.to_owned()), &wiki.cache(), now(), false).await.unwrap_err();
        assert!(!error.contains("hunter2") && !error.contains("root:"), "{error}");
    }
    assert!(wiki.server.seen().is_empty());
}

#[tokio::test]
async fn an_address_is_asked_as_it_is_written() {
    let wiki = Wiki::new().await;
    wiki.server.everything(Canned::text("x"));
    for path in ["/a/b/", "/a?x=1&y=2#part", "/a%20b"] {
        wiki.get(path, now(), true).await.unwrap();
    }
    let asked: Vec<String> = wiki.server.seen().into_iter().map(|seen| seen.target).collect();
    assert_eq!(asked, ["/a/b/", "/a?x=1&y=2", "/a%20b"]);
}

#[tokio::test]
async fn a_mapped_file_goes_before_the_web_and_the_web_before_nothing() {
    let wiki = Wiki::new().await;
    wiki.server.always("/disk", Canned::text("web"));
    let url = format!("{}/disk", wiki.server.url());
    let path = wiki.folder.path().join("disk.md");
    let found = Found::Mapped(path.clone(), url);
    let get = async || read(&found, &wiki.cache(), now(), false).await;
    assert_eq!(get().await.unwrap().text, "web");
    std::fs::write(&path, "file").unwrap();
    assert_eq!(get().await.unwrap().text, "file");
    assert_eq!(wiki.server.seen().len(), 1);
    let neither = Found::Mapped(wiki.folder.path().join("none.md"), format!("{}/none", wiki.server.url()));
    let error = read(&neither, &wiki.cache(), now(), false).await.unwrap_err();
    assert!(error.contains("there is no file") && error.contains("404"), "{error}");
}

#[tokio::test]
async fn kept_answers_are_private_few_and_not_too_old() {
    let wiki = Wiki::new().await;
    wiki.server.everything(Canned::text("x"));
    wiki.get("/old", later(-60 * 24 * 200), false).await.unwrap();
    wiki.get("/new", now(), false).await.unwrap();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&wiki.cache()), 0o700);
    let [only] = &wiki.kept()[..] else { panic!("{:?}", wiki.kept()) };
    assert_eq!(mode(only), 0o600);
    let other = wiki.cache().join("notes.txt");
    std::fs::write(&other, "mine").unwrap();
    for at in 0..210 {
        kept::keep(&wiki.cache(), &format!("http://h/{at}"), "x", later(at)).unwrap();
    }
    assert_eq!(wiki.kept().len(), 201);
    assert!(other.exists(), "what is not ours stays");
    assert!(kept::find(&wiki.cache(), "http://h/209").is_some());
    assert!(kept::find(&wiki.cache(), "http://h/9").is_none());
}

#[tokio::test]
async fn where_nothing_can_be_kept_the_text_is_still_read() {
    let wiki = Wiki::new().await;
    wiki.server.everything(Canned::text("x"));
    let found = Found::Web(format!("{}/x", wiki.server.url()));
    assert_eq!(read(&found, Path::new("/dev/null/cache"), now(), false).await.unwrap().text, "x");
}

#[tokio::test]
async fn a_shipped_one_is_there_without_anything() {
    let read = async |name: &str| read(&Found::Shipped(name.to_owned()), Path::new("/nowhere"), now(), false).await;
    let text = read("memory-leak").await.unwrap();
    assert!(text.text.contains("# ") && text.dated.is_none() && text.kept.is_none());
    assert!(read("../Cargo").await.unwrap_err().contains("no shipped runbook"));
}
