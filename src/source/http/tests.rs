//! Requests against a server on loopback: bounds, errors, compression.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::time::Instant;

use super::test_server::{Canned, TestServer, nobody};
use super::*;
use crate::source::options::{Auth, HeaderValueFrom, SecretRef};

pub(super) const SOON: Duration = Duration::from_secs(10);

pub(super) fn options(urls: &[String]) -> HttpOptions {
    HttpOptions { urls: urls.to_vec(), ..HttpOptions::default() }
}

pub(super) fn client(options: &HttpOptions, timeout: Duration) -> Http {
    Http::new(&SourceName::new("am-eu"), options, timeout).unwrap()
}

async fn failing(canned: Canned, timeout: Duration) -> SourceError {
    let server = TestServer::start().await;
    server.everything(canned);
    let http = client(&options(&[server.url()]), timeout).with_largest(1 << 20);
    http.get("/x", &[]).await.and_then(|reply| reply.success(|_| None)).unwrap_err()
}

#[tokio::test]
async fn a_compressed_answer_is_read() {
    let server = TestServer::start().await;
    server.everything(Canned::gzip(*include_bytes!("../../../tests/fixtures/http/hello.json.gz")));
    let reply = client(&options(&[server.url()]), SOON).get("/x", &[("q", "a b")]).await.unwrap();
    assert_eq!(reply.text(), r#"{"hello":"watch"}"#);
    let seen = &server.seen()[0];
    assert_eq!((seen.method.as_str(), seen.target.as_str()), ("GET", "/x?q=a+b"));
    assert!(seen.headers["accept-encoding"].contains("gzip"));
    assert!(seen.headers["user-agent"].starts_with("midwatch/"));
}

#[tokio::test]
async fn what_is_too_large_is_refused_plain_endless_or_compressed() {
    let bomb = include_bytes!("../../../tests/fixtures/http/zeros-4MiB.gz");
    assert!(bomb.len() < 1 << 16);
    for canned in [Canned::json(vec![b' '; 2 << 20]), Canned::endless(vec![b'x'; 1 << 16]), Canned::gzip(*bomb)] {
        let error = failing(canned, SOON).await;
        assert_eq!(error.kind, ErrorKind::TooLarge, "{error}");
        assert!(error.what.ends_with("/x: the answer is larger than 1 MiB"), "{error}");
    }
}

#[tokio::test]
async fn an_endless_error_is_read_only_at_its_beginning() {
    let error = failing(Canned::endless("no way. ").status(503), SOON).await;
    assert_eq!(error.kind, ErrorKind::Server);
    assert!(error.what.contains("503 Service Unavailable: no way. no way."), "{error}");
}

#[tokio::test]
async fn what_breaks_off_is_a_broken_connection_and_what_is_garbled_is_malformed() {
    assert_eq!(failing(Canned::closed(), SOON).await.kind, ErrorKind::Connect);
    let cut = failing(Canned::cut_off("[{"), SOON).await;
    assert_eq!(cut.kind, ErrorKind::Connect, "{cut}");
    assert!(cut.what.contains("the connection broke off"), "{cut}");
    let garbled = failing(Canned::gzip("this is no gzip at all, not in the least"), SOON).await;
    assert_eq!(garbled.kind, ErrorKind::Malformed, "{garbled}");
}

#[tokio::test]
async fn silence_is_a_timeout_within_the_time_of_the_poll() {
    let began = Instant::now();
    let error = failing(Canned::silence(), Duration::from_millis(200)).await;
    assert_eq!(error.kind, ErrorKind::Timeout);
    assert!(began.elapsed() < Duration::from_secs(2));
    assert!(error.advice.contains("timeout of source 'am-eu'"), "{error}");
}

#[tokio::test]
async fn nobody_there_and_no_such_name() {
    let refused = client(&options(&[nobody().await]), SOON).get("/x", &[]).await.unwrap_err();
    assert_eq!(refused.kind, ErrorKind::Connect);
    assert!(refused.what.ends_with("/x: cannot connect: connection refused"), "{refused}");
    let nameless = options(&["http://no-such-host.invalid:9093".to_owned()]);
    let error = client(&nameless, SOON).get("/x", &[]).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Dns, "{error}");
}

#[tokio::test]
async fn secrets_of_the_address_are_sent_and_never_told() {
    let server = TestServer::start().await;
    let url = server.url().replace("http://", "http://ana:hunter2@") + "/p?token=hunter2";
    let http = client(&options(&[url]), SOON);
    let error = http.get("/x", &[]).await.unwrap().failure(|_| None).to_string();
    assert!(error.contains("/p/x: 404 Not Found: no such page"), "{error}");
    assert!(!error.contains("hunter2") && !format!("{http:?}").contains("hunter2"), "{error}");
    assert_eq!(server.seen()[0].target, "/p/x?token=hunter2");
    assert!(server.seen()[0].headers["authorization"].starts_with("Basic "));
    let gone = options(&[nobody().await.replace("http://", "http://ana:hunter2@") + "/?token=hunter2"]);
    let error = client(&gone, SOON).get("/x", &[("q", "hunter2")]).await.unwrap_err();
    assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_says_where_it_leads() {
    let server = TestServer::start().await;
    server.queue("/x", Canned::text("").status(302).header("Location", "/login?next=hunter2"));
    let reply = client(&options(&[server.url()]), SOON).get("/x", &[]).await.unwrap();
    let error = reply.success(|_| None).unwrap_err();
    assert!(error.what.contains(&format!("leads to {}/login, and", server.url())), "{error}");
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn three_ways_to_say_who_one_is_and_headers_beside() {
    let name = || SecretRef::Env("CARGO_PKG_NAME".to_owned());
    let basic = Auth::Basic { username: "ana".to_owned(), password: name() };
    let header = Auth::Header { name: "X-Token".to_owned(), value: name() };
    for (auth, header, expected) in [
        (basic, "authorization", "Basic YW5hOm1pZHdhdGNo"),
        (Auth::Bearer(name()), "authorization", "Bearer midwatch"),
        (header, "x-token", "midwatch"),
    ] {
        let server = TestServer::start().await;
        server.everything(Canned::json("{}"));
        let tenant = HeaderValueFrom::Plain("team-a".to_owned());
        let headers = BTreeMap::from([("X-Scope-OrgID".to_owned(), tenant)]);
        let http = client(&HttpOptions { auth, headers, ..options(&[server.url()]) }, SOON);
        http.get("/x", &[]).await.unwrap();
        let seen = &server.seen()[0];
        assert_eq!(seen.headers[header], expected);
        assert_eq!(seen.headers["x-scope-orgid"], "team-a");
    }
}

#[tokio::test]
async fn a_rotated_secret_is_taken_up_when_the_old_one_is_refused() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(b"old\n").unwrap();
    let server = TestServer::start().await;
    server.everything(Canned::json("{}"));
    let auth = Auth::Bearer(SecretRef::File(file.path().to_owned()));
    let http = client(&HttpOptions { auth, ..options(&[server.url()]) }, SOON);
    http.get("/x", &[]).await.unwrap();
    std::fs::write(file.path(), "new\n").unwrap();
    server.queue("/x", Canned::text("").status(401));
    assert!(http.get("/x", &[]).await.unwrap().is_success());
    // Read just now and still refused: asked no second time.
    http.access.forget().await;
    server.queue("/x", Canned::text("").status(401));
    assert_eq!(http.get("/x", &[]).await.unwrap().status, 401);
    let shown: Vec<_> = server.seen().iter().map(|seen| seen.headers["authorization"].clone()).collect();
    assert_eq!(shown, ["Bearer old", "Bearer old", "Bearer new", "Bearer new"]);
}

#[tokio::test]
async fn a_secret_that_cannot_be_sent_or_read_sends_nothing() {
    let server = TestServer::start().await;
    let two_lines = SecretRef::Command(vec!["printf".to_owned(), "hunter2\nX: y".to_owned()]);
    for auth in [Auth::Bearer(two_lines), Auth::Bearer(SecretRef::Env("MIDWATCH_UNSET".to_owned()))] {
        let http = client(&HttpOptions { auth, ..options(&[server.url()]) }, SOON);
        let error = http.get("/x", &[]).await.unwrap_err();
        assert_eq!(error.kind, ErrorKind::Unauthorized);
        assert!(!error.to_string().contains("hunter2"), "{error}");
    }
    assert!(server.seen().is_empty());
}

#[test]
fn options_that_cannot_be_used_name_themselves() {
    let wrong = |options: &HttpOptions| Http::new(&SourceName::new("am-eu"), options, SOON).unwrap_err().to_string();
    assert!(wrong(&HttpOptions::default()).contains("has no url"));
    let good = options(&["http://h".to_owned()]);
    let mut header = good.clone();
    header.headers.insert("a b".to_owned(), HeaderValueFrom::Plain(String::new()));
    assert!(wrong(&header).contains("'a b' cannot be the name of a header"));
    let proxy = HttpOptions { proxy: Some("http://ana:hunter2@[".to_owned()), ..good };
    let error = wrong(&proxy);
    assert!(error.contains("the proxy of source 'am-eu' is no address") && !error.contains("hunter2"), "{error}");
}

#[tokio::test]
async fn a_date_to_come_back_at_is_read_by_the_clock_that_wrote_it() {
    let server = TestServer::start().await;
    let dated = Canned::text("").status(503).header("Date", "Sat, 21 Nov 2026 03:00:00 GMT");
    server.everything(dated.header("Retry-After", "Sat, 21 Nov 2026 03:00:07 GMT"));
    let http = client(&options(&[server.url()]), SOON);
    let reply = http.get("/x", &[]).await.unwrap();
    assert_eq!(reply.retry_after, Some(Duration::from_secs(7)));
}

#[tokio::test]
async fn a_read_is_sent_again_where_a_kept_connection_was_closed_and_a_write_is_not() {
    let server = TestServer::start().await;
    let http = client(&options(&[server.url()]), SOON);
    let asked = || server.seen().len();
    // Nothing was answered before: the first connection is a new one, and its end is a failure.
    server.queue("/x", Canned::closed());
    http.get("/x", &[]).await.unwrap_err();
    assert_eq!(asked(), 1);
    http.get("/y", &[]).await.unwrap();
    server.queue("/x", Canned::closed());
    server.always("/x", Canned::json("{}"));
    assert!(http.get("/x", &[]).await.unwrap().is_success());
    assert_eq!(asked(), 4);
    server.queue("/x", Canned::closed());
    assert_eq!(http.write_json("/x", b"{}").await.unwrap_err().kind, ErrorKind::Uncertain);
    assert_eq!(asked(), 5, "a write is sent once");
    // One that closes every connection is not stormed.
    server.everything(Canned::closed());
    for _ in 0..4 {
        http.get("/x", &[]).await.unwrap_err();
    }
    assert!(asked() <= 5 + 4 + AGAIN, "{}", asked());
}
