//! A server on loopback that answers as an Alertmanager does, with answers that were prepared: where a real one would
//! be the slowest part, or where alerts must change at a known moment.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// What is answered; it may be changed at any time.
#[derive(Debug, Clone)]
pub struct Answers {
    port: u16,
    alerts: Arc<Mutex<Arc<str>>>,
    silences: Arc<AtomicUsize>,
    given: Arc<AtomicUsize>,
}

impl Answers {
    /// Begins to answer with these alerts; for as long as the process lives.
    pub fn serve(alerts: String) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port on loopback");
        let port = listener.local_addr().expect("an address").port();
        let served =
            Self { port, alerts: Arc::new(Mutex::new(alerts.into())), silences: Arc::default(), given: Arc::default() };
        let answers = served.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let answers = answers.clone();
                // A client that leaves ends its own connection.
                std::thread::spawn(move || drop(answers.talk(stream)));
            }
        });
        served
    }

    /// From now on.
    pub fn change(&self, alerts: String) {
        *self.alerts.lock().expect("nobody panics with it") = alerts.into();
    }

    /// How often the alerts were told.
    pub fn given(&self) -> usize {
        self.given.load(Ordering::Relaxed)
    }

    /// Where.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Answers one connection until the other side closes it.
    fn talk(&self, stream: TcpStream) -> std::io::Result<()> {
        stream.set_nodelay(true)?;
        let mut out = stream.try_clone()?;
        let mut asked = BufReader::new(stream);
        loop {
            let mut first = String::new();
            if asked.read_line(&mut first)? == 0 {
                return Ok(());
            }
            let mut body = vec![0; content_length(&mut asked)?];
            asked.read_exact(&mut body)?;
            if first.starts_with("POST") {
                let number = self.silences.fetch_add(1, Ordering::Relaxed);
                write_answer(&mut out, &format!(r#"{{"silenceID":"00000000-0000-4000-8000-{number:012}"}}"#))?;
                continue;
            }
            let alerts = Arc::clone(&self.alerts.lock().expect("nobody panics with it"));
            let body: &str = match first.split(' ').nth(1).unwrap_or_default() {
                path if path.starts_with("/api/v2/alerts") => {
                    self.given.fetch_add(1, Ordering::Relaxed);
                    &alerts
                }
                path if path.starts_with("/api/v2/status") => STATUS,
                _ => "[]",
            };
            write_answer(&mut out, body)?;
        }
    }
}

/// Reads the head of a request to its end; how long the body is.
fn content_length(asked: &mut impl BufRead) -> std::io::Result<usize> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        asked.read_line(&mut line)?;
        if line.trim().is_empty() {
            return Ok(length);
        }
        if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
    }
}

const STATUS: &str = r#"{"cluster":{"peers":[],"status":"disabled"},"config":{"original":""},"uptime":"2026-11-20T03:16:44.000Z","versionInfo":{"branch":"","buildDate":"","buildUser":"","goVersion":"","revision":"","version":"0.25.0"}}"#;

fn write_answer(out: &mut TcpStream, body: &str) -> std::io::Result<()> {
    write!(out, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n", body.len())?;
    out.write_all(body.as_bytes())
}

/// An alert as JSON. Each is an incident of its own; with another `version` it says something else.
pub fn alert(number: usize, version: usize) -> String {
    let severity = ["critical", "warning", "info"][number % 3];
    let minute = number % 60;
    format!(
        r#"{{"annotations":{{"runbook_url":"https://wiki.example/checkout","summary":"5xx share over 1 % since version {version}: customers cannot pay"}},"endsAt":"2099-11-21T03:16:44.000Z","fingerprint":"{number:016x}","receivers":[{{"name":"team"}}],"startsAt":"2026-11-20T03:{minute:02}:44.000Z","status":{{"inhibitedBy":[],"silencedBy":[],"state":"active"}},"updatedAt":"2026-11-20T03:59:44.000Z","generatorURL":"https://prom.example/graph?g0.expr=x","labels":{{"alertname":"Alert{number:06}","instance":"i-{number}","region":"eu-1","service":"checkout","severity":"{severity}"}}}}"#
    )
}

/// So many alerts as an answer.
pub fn alerts(count: usize) -> String {
    list((0..count).map(|number| alert(number, 0)))
}

/// Alerts as an answer.
pub fn list(alerts: impl Iterator<Item = String>) -> String {
    format!("[{}]", alerts.collect::<Vec<_>>().join(","))
}
