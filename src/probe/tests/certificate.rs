//! Certificates of servers on loopback.

use rcgen::{CertificateParams, date_time_ymd};

use super::*;
use crate::source::http::test_server::{TestServer, no_tls, nobody};

/// A server whose certificate is for these names and lasts from 2020 until then, and the authority that signed it.
async fn server(names: &[&str], until: (i32, u8, u8)) -> (TestServer, tempfile::NamedTempFile) {
    let mut params = CertificateParams::new(names.iter().map(ToString::to_string).collect::<Vec<_>>()).unwrap();
    params.not_before = date_time_ymd(2020, 1, 1);
    params.not_after = date_time_ymd(until.0, until.1, until.2);
    let (server, authority) = TestServer::start_certified(params).await;
    let ca = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(ca.path(), authority).unwrap();
    (server, ca)
}

/// Looks at it on that day, and trusts `ca`.
async fn looked(host: &str, port: u16, ca: Option<&tempfile::NamedTempFile>, day: &str) -> Evidence {
    let ground = Ground { ca: ca.map(|ca| ca.path().to_owned()), ..ground(vec![]) };
    let now: Moment = format!("{day}T12:00:00Z").parse().unwrap();
    let probe = Probe::Certificate { host: host.to_owned(), port, days: 21.0 };
    bounded(ask(&ground, &probe, now, Ok(())).await)
}

fn has(evidence: &Evidence, line: &str) -> bool {
    evidence.lines.iter().any(|known| known == line)
}

#[tokio::test]
async fn days_are_counted_and_decide() {
    let (server, ca) = server(&["127.0.0.1", "api.example"], (2090, 1, 1)).await;
    let port = server.address().port();
    let fine = looked("127.0.0.1", port, Some(&ca), "2089-01-01").await;
    assert_eq!((fine.held, fine.unit.as_str()), (Held::Good, "d"), "{}", fine.words);
    assert_eq!(fine.value.map(f64::round), Some(365.0));
    assert_eq!(fine.words, "364 d left, until 2090-01-01 · expected at least 21 d");
    assert_eq!(fine.from, format!("127.0.0.1:{port}"));
    assert!(has(&fine, "trusted here") && has(&fine, "names: 127.0.0.1, api.example"), "{:?}", fine.lines);
    let soon = looked("127.0.0.1", port, Some(&ca), "2089-12-20").await;
    assert_eq!((soon.held, soon.value), (Held::Bad, Some(11.5)));
    assert_eq!(soon.words, "11.5 d left, until 2090-01-01 · expected at least 21 d");
}

#[tokio::test]
async fn an_expired_one_is_read_and_bad() {
    let (server, ca) = server(&["127.0.0.1"], (2021, 1, 1)).await;
    let expired = looked("127.0.0.1", server.address().port(), Some(&ca), "2021-01-03").await;
    assert_eq!((expired.held, expired.value), (Held::Bad, Some(-2.5)));
    assert_eq!(expired.words, "expired 2.5 d ago, on 2021-01-01 · expected at least 21 d");
    assert!(has(&expired, "not trusted here: it has expired"), "{:?}", expired.lines);
}

#[tokio::test]
async fn one_of_another_name_says_nothing_about_this_host() {
    let (server, ca) = server(&["api.example"], (2090, 1, 1)).await;
    let other = looked("127.0.0.1", server.address().port(), Some(&ca), "2030-01-01").await;
    assert_eq!(other.held, Held::Unknown, "{}", other.words);
    assert!(other.words.starts_with("it is for another name; whose it is cannot be told · "), "{}", other.words);
    assert!(has(&other, "names: api.example"));
}

#[tokio::test]
async fn an_unknown_authority_is_told_and_does_not_hide_the_days() {
    let (server, _) = server(&["127.0.0.1"], (2090, 1, 1)).await;
    let stranger = looked("127.0.0.1", server.address().port(), None, "2030-01-01").await;
    assert_eq!(stranger.held, Held::Good);
    assert!(stranger.lines.iter().any(|line| line.starts_with("not trusted here: ")), "{:?}", stranger.lines);
}

#[tokio::test]
async fn one_whose_key_the_server_does_not_hold_says_nothing_about_this_host() {
    for server in TestServer::start_forged().await {
        let forged = looked("127.0.0.1", server.address().port(), None, "2030-01-01").await;
        assert_eq!(forged.held, Held::Unknown, "{}", forged.words);
        let words = "the server did not show that the certificate is its own · ";
        assert!(forged.words.starts_with(words), "{}", forged.words);
    }
    for server in TestServer::start_wary().await {
        let wary = looked("127.0.0.1", server.address().port(), None, "2030-01-01").await;
        assert_eq!(wary.held, Held::Good, "it showed its own, and wants ours: {} {:?}", wary.words, wary.lines);
    }
}

#[tokio::test]
async fn where_none_comes_nothing_is_known() {
    let plain = looked("127.0.0.1", no_tls().await.port(), None, "2030-01-01").await;
    assert_eq!((plain.held, plain.value), (Held::Unknown, None));
    assert!(plain.words.contains("no certificate came"), "{}", plain.words);
    let port = nobody().await.rsplit(':').next().unwrap().parse().unwrap();
    let gone = looked("127.0.0.1", port, None, "2030-01-01").await;
    assert_eq!(gone.held, Held::Unknown);
    assert!(gone.words.contains("cannot connect"), "{}", gone.words);
    let literal = looked("::1", port, None, "2030-01-01").await;
    assert_eq!((literal.held, literal.from.as_str()), (Held::Unknown, format!("[::1]:{port}").as_str()));
    let wrong = looked("a b", 443, None, "2030-01-01").await;
    assert!(wrong.words.contains("'a b' is no name of a host"), "{}", wrong.words);
}

#[tokio::test]
async fn authorities_that_cannot_be_read_are_told() {
    let ca = tempfile::NamedTempFile::new().unwrap();
    let evidence = looked("127.0.0.1", 9, Some(&ca), "2030-01-01").await;
    assert_eq!(evidence.held, Held::Unknown);
    assert!(evidence.words.contains("it holds no certificate"), "{}", evidence.words);
}

#[tokio::test(start_paused = true)]
async fn silence_ends() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let silent = looked("127.0.0.1", listener.local_addr().unwrap().port(), None, "2030-01-01").await;
    assert_eq!((silent.held, silent.words.as_str()), (Held::Unknown, "no certificate came in 10 s"));
}
