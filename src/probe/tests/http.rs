//! Requests.

use super::*;
use crate::source::http::test_server::{Canned, TestServer, nobody};

async fn get(url: String, status: Option<u16>, contains: Option<&str>) -> Evidence {
    let contains = contains.map(str::to_owned);
    asked(&ground(vec![]), Probe::Http { url, status, contains }).await
}

async fn answered(canned: Canned, status: Option<u16>, contains: Option<&str>) -> Evidence {
    let server = TestServer::start().await;
    server.everything(canned);
    get(format!("{}/health?token=hunter2", server.url()), status, contains).await
}

#[tokio::test]
async fn status_and_text_decide() {
    let ok = || Canned::text("status: ok\nuptime 3 d");
    let fine = answered(ok(), None, None).await;
    assert_eq!((fine.held, fine.words.as_str()), (Held::Good, "200 OK · expected 200 to 299"));
    assert_eq!(fine.lines, ["status: ok", "uptime 3 d"]);
    assert!(fine.from.ends_with("/health"), "the query may hold a secret: {}", fine.from);
    assert_eq!(answered(ok(), Some(200), Some("ok")).await.held, Held::Good);
    let other = answered(ok(), Some(204), None).await;
    assert_eq!((other.held, other.words.as_str()), (Held::Bad, "200 OK · expected 204"));
    let missing = answered(ok(), None, Some("ready")).await;
    assert_eq!((missing.held, missing.words.as_str()), (Held::Bad, "200 OK · it does not contain 'ready'"));
    let wanted = answered(Canned::text("gone").status(410), Some(410), Some("gone")).await;
    assert_eq!(wanted.held, Held::Good, "{}", wanted.words);
}

#[tokio::test]
async fn a_redirect_and_a_login_page_are_not_what_was_asked_for() {
    let moved = Canned::text("").status(302).header("Location", "https://sso.example/login?next=hunter2");
    let moved = answered(moved, None, None).await;
    assert_eq!(moved.held, Held::Bad);
    assert!(moved.words.contains("to https://sso.example/login; redirects are not followed"), "{}", moved.words);
    assert!(!format!("{moved:?}").contains("hunter2"));
    let page = answered(Canned::html("<html><title>Sign in</title>"), None, Some("\"ok\"")).await;
    assert_eq!(page.held, Held::Bad);
    assert!(page.words.contains("is it a login page?"), "{}", page.words);
}

#[tokio::test]
async fn nobody_and_half_an_answer_are_bad_and_what_is_not_read_is_not_known() {
    let gone = get(nobody().await, None, None).await;
    assert_eq!(gone.held, Held::Bad);
    assert!(gone.words.contains("cannot connect: connection refused"), "{}", gone.words);
    assert_eq!(answered(Canned::closed(), None, None).await.held, Held::Bad);
    assert_eq!(answered(Canned::cut_off("begin"), None, Some("end")).await.held, Held::Bad);
    let endless = answered(Canned::endless(vec![b'x'; 1 << 16]), None, Some("ok")).await;
    assert_eq!(endless.held, Held::Unknown);
    assert!(endless.words.contains("is not in its first 1 MiB"), "{}", endless.words);
    assert_eq!(answered(Canned::endless("ok \u{1b}[2J"), None, Some("ok")).await.held, Held::Good);
}

#[tokio::test]
async fn what_is_no_address_is_not_known() {
    for url in ["hunter2", "ftp://h/x", "http://"] {
        let evidence = get(url.to_owned(), None, None).await;
        assert_eq!(evidence.held, Held::Unknown, "{url}: {}", evidence.words);
    }
}

#[tokio::test(start_paused = true)]
async fn silence_is_bad_after_a_while() {
    let evidence = answered(Canned::silence(), None, None).await;
    assert_eq!(evidence.held, Held::Bad);
    assert!(evidence.words.contains("in time"), "{}", evidence.words);
}
