//! A small Alertmanager of the test's own: it tells what it is told to tell, slowly, badly, or not at all, and counts.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use crate::support::wait;

/// How it answers, and what it was asked.
#[derive(Debug)]
pub struct State {
    /// What `GET /api/v2/alerts` says.
    pub alerts: Arc<str>,
    /// How long each answer takes.
    pub delay: Duration,
    /// The status of each answer.
    pub status: u16,
    /// The `Date` of each answer.
    pub date: Option<String>,
    /// The only token that is let in.
    pub token: Option<String>,
    /// How many questions came for alerts.
    pub asked: usize,
    /// How many were not let in.
    pub refused: usize,
    /// The silences that were posted.
    pub posted: Vec<serde_json::Value>,
}

/// It, on a port of its own.
#[derive(Debug)]
pub struct Fake {
    port: u16,
    state: Arc<Mutex<State>>,
}

/// An alert as an Alertmanager tells it.
pub fn alert(name: &str, severity: &str, starts: &str, more: &str) -> String {
    format!(
        "{{\"labels\":{{\"alertname\":\"{name}\",\"service\":\"checkout\",\"severity\":\"{severity}\"}},\
         \"annotations\":{{\"summary\":\"{more}\"}},\"startsAt\":\"{starts}\",\"endsAt\":\"2100-01-01T00:00:00Z\",\
         \"updatedAt\":\"{starts}\",\"fingerprint\":\"{name}\",\"receivers\":[{{\"name\":\"x\"}}],\
         \"status\":{{\"state\":\"active\",\"silencedBy\":[],\"inhibitedBy\":[]}}}}"
    )
}

/// A list of them that began long ago.
pub fn firing(names: &[&str]) -> String {
    let all: Vec<String> = names.iter().map(|name| alert(name, "critical", "2026-01-01T00:00:00Z", "")).collect();
    format!("[{}]", all.join(","))
}

impl Fake {
    /// Begins to answer.
    pub fn telling(alerts: &str) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let state = State {
            alerts: alerts.into(),
            delay: Duration::ZERO,
            status: 200,
            date: None,
            token: None,
            asked: 0,
            refused: 0,
            posted: Vec::new(),
        };
        let state = Arc::new(Mutex::new(state));
        let shared = Arc::clone(&state);
        // It ends with the process of the tests: nobody asks it any more.
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let state = Arc::clone(&shared);
                std::thread::spawn(move || answer(stream, &state));
            }
        });
        Self { port, state }
    }

    /// Where it is.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// How it answers, to look at and to change.
    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("nothing panics in it")
    }

    /// Tells other alerts from now on.
    pub fn tells(&self, alerts: &str) {
        self.state().alerts = alerts.into();
    }

    /// How many silences were posted.
    pub fn posts(&self) -> usize {
        self.state().posted.len()
    }

    /// Waits until it was asked so many times more.
    pub fn wait_asked(&self, more: usize) {
        let before = self.state().asked;
        wait::until("it is asked again", || {
            let asked = self.state().asked - before;
            if asked >= more { Ok(()) } else { Err(format!("{asked} of {more}")) }
        });
    }
}

/// One connection, one answer. Whoever asks may be gone by then.
fn answer(mut stream: TcpStream, state: &Mutex<State>) -> Option<()> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let (mut first, mut length, mut authorization) = (String::new(), 0, None);
    reader.read_line(&mut first).ok()?;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.split_once(':') else { break };
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.trim().parse().ok()?,
            "authorization" => authorization = Some(value.trim().to_owned()),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let mut state = state.lock().ok()?;
    let (status, date, delay, text) = said(&mut state, &first, authorization.as_deref(), &body);
    drop(state);
    if !delay.is_zero() {
        // Late, unless whoever asked has left before.
        stream.set_read_timeout(Some(delay)).ok()?;
        let _ = reader.read(&mut [0]);
    }
    let date = date.map(|date| format!("Date: {date}\r\n")).unwrap_or_default();
    let head = format!(
        "HTTP/1.1 {status} X\r\nContent-Type: application/json\r\n{date}Content-Length: {}\r\nConnection: close\r\n\r\n",
        text.len()
    );
    stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(text.as_bytes())).ok()
}

type Said = (u16, Option<String>, Duration, Arc<str>);

fn said(state: &mut State, first: &str, authorization: Option<&str>, body: &[u8]) -> Said {
    let mut words = first.split(' ');
    let (method, path) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    let (date, delay) = (state.date.clone(), state.delay);
    let expected = state.token.as_ref().map(|token| format!("Bearer {token}"));
    if expected.is_some_and(|expected| authorization != Some(expected.as_str())) {
        state.refused += 1;
        return (401, date, delay, "{}".into());
    }
    let text: Arc<str> = match (method, path) {
        ("GET", "/api/v2/alerts") => {
            state.asked += 1;
            Arc::clone(&state.alerts)
        }
        ("POST", "/api/v2/silences") if state.status == 200 => {
            state.posted.push(serde_json::from_slice(body).expect("a silence is JSON"));
            format!("{{\"silenceID\":\"silence-{}\"}}", state.posted.len()).into()
        }
        ("GET", "/api/v2/silences") => "[]".into(),
        _ => include_str!("../../fixtures/alertmanager/0.28/status.json").into(),
    };
    (state.status, date, delay, text)
}
