//! A stand-in for an Alertmanager that counts its silences and can hold an answer back, so that midwatch can be killed
//! between what it asked for and what it hears. It can also stand before a real one.

mod silences;
mod wire;

use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};

use serde_json::{Value, json};

pub use self::silences::Silence;
use self::silences::Silences;
use self::wire::Asked;
use crate::support::wait;

/// What becomes of requests that change something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// They are carried out and answered.
    Answers,
    /// They are carried out, and the answer waits until this mode ends.
    HoldsAnswer,
    /// They are read and never carried out.
    Swallows,
    /// Nobody is there for any request.
    Away,
}

struct State {
    alerts: Vec<String>,
    silences: Silences,
    mode: Mode,
    /// How many requests wait for this mode to end.
    held: usize,
    ended: bool,
}

struct Shared {
    state: Mutex<State>,
    told: Condvar,
    /// A real one behind this one, by its address.
    behind: Option<String>,
}

/// The stand-in. It ends when it is dropped.
pub struct StandIn {
    shared: Arc<Shared>,
    port: u16,
}

impl StandIn {
    /// With so many alerts, `Kill0`, `Kill1` and so on, that fire for ever.
    pub fn start(alerts: usize) -> Self {
        Self::open((0..alerts).map(|at| format!("Kill{at}")).collect(), None)
    }

    /// Hands everything on to a real one.
    pub fn before(address: &str) -> Self {
        Self::open(Vec::new(), Some(address.to_owned()))
    }

    fn open(alerts: Vec<String>, behind: Option<String>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port on loopback");
        let port = listener.local_addr().expect("an address").port();
        let state = State { alerts, silences: Silences::default(), mode: Mode::Answers, held: 0, ended: false };
        let shared = Arc::new(Shared { state: Mutex::new(state), told: Condvar::new(), behind });
        let serving = Arc::clone(&shared);
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if serving.state().ended {
                    return;
                }
                let shared = Arc::clone(&serving);
                std::thread::spawn(move || shared.serve(stream));
            }
        });
        Self { shared, port }
    }

    /// Its URL.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// From now on it behaves so; whoever waits for the end of the mode before goes on.
    pub fn behave(&self, mode: Mode) {
        let mut state = self.shared.state();
        (state.mode, state.held) = (mode, 0);
        self.shared.told.notify_all();
    }

    /// Waits until a request is held.
    pub fn wait_held(&self) {
        let state = self.shared.state();
        let waited = self.shared.told.wait_timeout_while(state, wait::DEADLINE, |state| state.held == 0);
        assert!(!waited.expect("nobody panics").1.timed_out(), "no request came that could be held");
    }

    /// Every silence that was ever made here.
    pub fn silences(&self) -> Vec<Silence> {
        self.shared.state().silences.all().to_vec()
    }
}

impl Drop for StandIn {
    fn drop(&mut self) {
        self.shared.state().ended = true;
        self.behave(Mode::Away);
        // Its ear is woken once more, and sees that it is over.
        let _ = TcpStream::connect(("127.0.0.1", self.port));
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn serve(&self, mut stream: TcpStream) {
        while let Some(asked) = wire::read(&mut stream) {
            let mode = self.state().mode;
            let changes = asked.method != "GET";
            if mode == Mode::Away {
                return;
            }
            if mode == Mode::Swallows && changes {
                return self.hold(mode);
            }
            let (status, body) = self.answer(&asked);
            if mode == Mode::HoldsAnswer && changes {
                self.hold(mode);
            }
            if wire::answer(&mut stream, status, &body).is_err() {
                return;
            }
        }
    }

    /// Waits until this mode ends.
    fn hold(&self, mode: Mode) {
        let mut state = self.state();
        state.held += 1;
        self.told.notify_all();
        let waited = self.told.wait_while(state, |state| state.mode == mode && !state.ended);
        drop(waited);
    }

    fn answer(&self, asked: &Asked) -> (u16, String) {
        if let Some(address) = &self.behind {
            return wire::hand_on(address, asked);
        }
        let mut state = self.state();
        let body = match (asked.method.as_str(), asked.path.as_str()) {
            ("GET", "/api/v2/alerts") => {
                Value::from(state.alerts.iter().map(|name| alert(name, &state.silences)).collect::<Vec<_>>())
            }
            ("GET", "/api/v2/silences") => state.silences.told(),
            ("POST", "/api/v2/silences") => json!({ "silenceID": state.silences.make(&asked.body) }),
            ("GET", "/api/v2/status") => {
                json!({ "cluster": { "status": "disabled" }, "versionInfo": { "version": "0.27.0" } })
            }
            (method, path) => match (method, path.strip_prefix("/api/v2/silence/")) {
                ("GET", Some(id)) => match state.silences.find(id) {
                    Some(silence) => silence.told(),
                    None => return (404, "\"silence not found\"".to_owned()),
                },
                ("DELETE", Some(id)) => {
                    state.silences.end(id);
                    return (200, String::new());
                }
                _ => return (404, "\"nothing is here\"".to_owned()),
            },
        };
        (200, body.to_string())
    }
}

fn alert(name: &str, silences: &Silences) -> Value {
    let labels = json!({ "alertname": name, "service": "shop", "severity": "critical" });
    let by = silences.of(&labels);
    let state = if by.is_empty() { "active" } else { "suppressed" };
    json!({
        "labels": labels,
        "annotations": {},
        "startsAt": "2026-11-21T03:00:00Z",
        "endsAt": "2036-11-21T03:00:00Z",
        "updatedAt": "2026-11-21T03:00:00Z",
        "fingerprint": name,
        "receivers": [],
        "status": { "state": state, "silencedBy": by, "inhibitedBy": [] },
    })
}
