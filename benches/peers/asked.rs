//! Plain requests on loopback, as little as can be: what the rest is compared with.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// A GET of everything; how long until the last byte, and how many bytes.
pub fn get(address: &str, path: &str) -> (Duration, usize) {
    let began = Instant::now();
    let answer = ask(address, &format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"));
    assert!(answer.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&answer[..answer.len().min(300)]));
    (began.elapsed(), answer.len())
}

/// Tells an Alertmanager of firing alerts, in batches.
pub fn post_alerts(address: &str, count: usize) {
    const BATCH: usize = 1_000;
    for first in (0..count).step_by(BATCH) {
        let body = format!("[{}]", (first..count.min(first + BATCH)).map(told).collect::<Vec<_>>().join(","));
        let request = format!(
            "POST /api/v2/alerts HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let answer = ask(address, &request);
        assert!(answer.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&answer));
    }
}

/// An alert as its sender tells it.
fn told(number: usize) -> String {
    let severity = ["critical", "warning", "info"][number % 3];
    format!(
        r#"{{"startsAt":"2026-11-20T03:{:02}:44Z","endsAt":"2099-11-21T03:16:44Z","generatorURL":"https://prom.example/graph?g0.expr=x","annotations":{{"runbook_url":"https://wiki.example/checkout","summary":"5xx share over 1 %: customers cannot pay"}},"labels":{{"alertname":"Alert{number:06}","instance":"i-{number}","region":"eu-1","service":"checkout","severity":"{severity}"}}}}"#,
        number % 60
    )
}

fn ask(address: &str, request: &str) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).expect("somebody listens");
    stream.set_read_timeout(Some(Duration::from_mins(2))).expect("a time can be set");
    stream.write_all(request.as_bytes()).expect("a request can be sent");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("an answer");
    answer
}
