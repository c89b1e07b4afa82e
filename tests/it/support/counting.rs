//! An Alertmanager of the test's own on loopback: it fires what it is told to, and counts how often it is asked.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use super::wait;

/// What it knows.
#[derive(Debug, Default)]
struct Told {
    alerts: Mutex<Vec<String>>,
    asked: AtomicUsize,
}

/// The server. Its thread ends with the test's process.
#[derive(Debug)]
pub struct Counting {
    port: u16,
    told: Arc<Told>,
}

impl Counting {
    /// Starts it; nothing fires.
    pub fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port on loopback");
        let port = listener.local_addr().expect("an address").port();
        let told = Arc::new(Told::default());
        let shared = Arc::clone(&told);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let told = Arc::clone(&shared);
                // A client that goes away is none of ours.
                std::thread::spawn(move || drop(answer(stream, &told)));
            }
        });
        Self { port, told }
    }

    /// One more alert fires.
    pub fn fire(&self, name: &str) {
        self.told.alerts.lock().expect("nobody panics").push(name.to_owned());
    }

    /// How often it was asked for alerts.
    pub fn asked(&self) -> usize {
        self.told.asked.load(Ordering::SeqCst)
    }

    /// Waits until it was asked so many times more.
    pub fn wait_asked(&self, more: usize) {
        let before = self.asked();
        wait::until(&format!("{more} polls"), || {
            let now = self.asked() - before;
            if now >= more { Ok(()) } else { Err(format!("{now}")) }
        });
    }

    /// A configuration that watches it and nothing else.
    pub fn config(&self, every: &str) -> String {
        format!(
            "operator = {{ name = \"ana\" }}\n[[source]]\nname = \"am\"\nkind = \"alertmanager\"\nurl = \
             \"http://127.0.0.1:{}\"\nevery = \"{every}\"\n",
            self.port
        )
    }
}

fn answer(mut stream: TcpStream, told: &Told) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    loop {
        let mut request = String::new();
        if reader.read_line(&mut request)? == 0 {
            return Ok(());
        }
        let mut line = String::new();
        while reader.read_line(&mut line)? > 2 {
            line.clear();
        }
        let body = if request.contains("/alerts") {
            told.asked.fetch_add(1, Ordering::SeqCst);
            alerts(&told.alerts.lock().expect("nobody panics"))
        } else if request.contains("/silences") {
            "[]".to_owned()
        } else {
            include_str!("../../fixtures/alertmanager/0.25/status.json").to_owned()
        };
        let length = body.len();
        let head = format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n");
        stream.write_all(format!("{head}{body}").as_bytes())?;
    }
}

fn alerts(names: &[String]) -> String {
    let one = |(number, name): (usize, &String)| {
        format!(
            "{{\"annotations\":{{}},\"endsAt\":\"2099-01-01T00:00:00Z\",\"fingerprint\":\"{number:016x}\",\"receivers\":\
             [{{\"name\":\"r\"}}],\"startsAt\":\"2026-11-20T00:00:00Z\",\"status\":{{\"inhibitedBy\":[],\"silencedBy\":[],\
             \"state\":\"active\"}},\"updatedAt\":\"2026-11-20T00:00:00Z\",\"generatorURL\":\"\",\"labels\":\
             {{\"alertname\":\"{name}\",\"service\":\"s{number}\",\"severity\":\"critical\"}}}}"
        )
    };
    let all: Vec<String> = names.iter().enumerate().map(one).collect();
    format!("[{}]", all.join(","))
}
