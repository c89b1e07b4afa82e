//! Requests: a value is a part of a path, of a query, of a header or of a text, and never more.

use proptest::prelude::*;

use super::*;
use crate::domain::remediation::kind::{Body, Dialect, Http, Poll};
use crate::domain::remediation::plan::HttpCall;

fn to(url: &str) -> Http {
    Http {
        dialect: Dialect::Webhook,
        method: "POST".into(),
        url: t(url),
        headers: Vec::new(),
        body: None,
        expect: Vec::new(),
        poll: None,
    }
}

fn plan(http: Http, value: &str) -> Result<HttpCall, String> {
    // A request needs no program of the machine.
    let remedy = remedy(Kind::Http(Box::new(http)), anything());
    let plan = super::super::remedy(&remedy, &wish(&[("x", value)]), &Machine::default())?;
    match plan.run {
        Call::Http(call) => Ok(*call),
        Call::Process(process) => panic!("{process:?}"),
    }
}

#[test]
fn values_are_encoded_in_path_and_query() {
    let made = plan(to("https://ci.example:8443/job/{x}/build?why={x}&n=1"), "a b/ü?&#%+").unwrap();
    assert_eq!(
        made.url,
        "https://ci.example:8443/job/a%20b%2F%C3%BC%3F%26%23%25%2B/build?why=a%20b%2F%C3%BC%3F%26%23%25%2B&n=1"
    );
}

#[test]
fn a_placeholder_stands_in_path_and_query_alone() {
    for wrong in [
        "{x}",
        "{x}://host/",
        "http{x}://host/",
        "https://{x}/",
        "https://{x}.example/",
        "https://host{x}/",
        "https://host:{x}/",
        "https://{x}@host/",
        "https://u:{x}@host/",
        "https:/{x}",
        "https:///{x}",
        "https://host\\{x}/",
        "https://host/#{x}",
    ] {
        let told = plan(to(wrong), "a").unwrap_err();
        assert!(told.contains("placeholder"), "{wrong}: {told}");
    }
    for wrong in ["ftp://host/{x}", "file:///etc/passwd", "https://user:pw@host/", "/relative", "https://ho st/"] {
        assert!(plan(to(wrong), "a").is_err(), "{wrong}");
    }
    for wrong in [".", ".."] {
        assert!(plan(to("https://host/a/{x}/b"), wrong).unwrap_err().contains("climbs"), "{wrong}");
        assert!(plan(to("https://host/a?b={x}"), wrong).is_ok());
    }
    assert!(plan(to("https://host/a/.{x}/b"), ".").is_err());
}

#[test]
fn headers_bodies_and_the_address_to_follow_are_filled() {
    let mut http = to("https://host/run");
    http.headers = vec![("X-Instance".into(), t("<{x}>"))];
    let object = vec![("a".into(), Body::Text(t("{{{x}}}"))), ("n".into(), Body::Plain("3".into()))];
    http.body = Some(Body::List(vec![Body::Object(object)]));
    http.poll = Some(Poll {
        url: Some(t("https://host/runs/{x}?a={{b}}")),
        every: TimeDelta::seconds(2),
        pointer: "/state".into(),
        done: vec!["ok".into()],
        failed: Vec::new(),
    });
    let made = plan(http, "a\"} b").unwrap();
    assert_eq!(made.headers, [("X-Instance".to_owned(), "<a\"} b>".to_owned())]);
    let Some(Body::List(parts)) = &made.body else { panic!("{made:?}") };
    let Body::Object(fields) = &parts[0] else { panic!("{parts:?}") };
    let Body::Text(text) = &fields[0].1 else { panic!("{fields:?}") };
    assert_eq!(text.plain().as_deref(), Some("{a\"} b}"));
    assert_eq!(fields[1].1, Body::Plain("3".into()));
    let followed = made.poll.unwrap().url.unwrap();
    assert_eq!(followed.plain().unwrap(), "https://host/runs/a%22%7D%20b?a=%7Bb%7D");
}

#[test]
fn a_header_is_one_line_and_its_name_a_token() {
    let with = |name: &str, value: &str| Http { headers: vec![(name.into(), t(value))], ..to("https://host/") };
    assert!(plan(with("X-A", "a\r\nX-B: c"), "a").is_err());
    for wrong in ["", "X A", "X:A", "X\r\nA", "Ä"] {
        assert!(plan(with(wrong, "a"), "a").is_err(), "{wrong:?}");
    }
    assert!(plan(Http { method: "TRACE".into(), ..to("https://host/") }, "a").unwrap_err().contains("no method"));
}

#[test]
fn a_secret_stands_nowhere_in_it() {
    let house = House::new();
    let secret = || vec![Param { label: None, ..param("pin", ParamKind::Secret) }];
    let header = Http { headers: vec![("Authorization".into(), t("{pin}"))], ..to("https://host/") };
    let body = Http { body: Some(Body::Text(t("{pin}"))), ..to("https://host/") };
    for http in [to("https://host/{pin}"), header, body] {
        let told = house.refusal(&remedy(Kind::Http(Box::new(http)), secret()), &with_secret("pin", "hunter2"));
        assert!(told.contains("is a secret") && !told.contains("hunter2"), "{told}");
    }
}

proptest! {
    #[test]
    fn a_value_changes_neither_scheme_nor_host_nor_the_number_of_parts(value in super::hostile::value()) {
        let mut http = to("https://ci.example:8443/job/{x}/build/a{x}?why={x}&n=1");
        http.headers = vec![("X-A".into(), t("{x}"))];
        if let Ok(made) = plan(http, &value) {
            let url = url::Url::parse(&made.url).unwrap();
            prop_assert_eq!((url.scheme(), url.host_str(), url.port()), ("https", Some("ci.example"), Some(8443)));
            prop_assert_eq!((url.username(), url.password(), url.fragment()), ("", None, None));
            let segments: Vec<&str> = url.path_segments().unwrap().collect();
            prop_assert_eq!(segments.len(), 4);
            let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
            prop_assert_eq!(pairs, vec![("why".to_owned(), value.clone()), ("n".to_owned(), "1".to_owned())]);
            prop_assert_eq!(made.headers, vec![("X-A".to_owned(), value)]);
        }
    }
}
