//! The laboratory: a server on loopback that speaks any source's protocol, well or badly, and changes while it runs.

mod answer;
mod bomb;
mod certificates;

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

pub use self::answer::PLEA;
use self::certificates::Certificates;
use super::fault::Fault;

/// What no error, log or stranger may see.
pub const CANARY: &str = "hunter2-in-the-mine";

/// What a good answer is about.
#[derive(Debug, Clone, Copy)]
pub struct World {
    /// What the server takes for now.
    pub now: DateTime<Utc>,
    /// When what it tells of began.
    pub since: DateTime<Utc>,
    /// Whether there is a second alert.
    pub newer: bool,
    /// How many bytes of a long text are in it.
    pub bulk: usize,
}

/// The good answer to a path, as JSON.
pub type Good = fn(&str, World) -> Option<String>;

/// One request as it came.
#[derive(Debug, Clone)]
pub struct Seen {
    /// When it was read.
    pub at: Instant,
    /// `GET`, `POST` …
    pub method: String,
    /// With the query.
    pub target: String,
}

/// What the tasks of a laboratory share.
struct Shared {
    good: Good,
    began: DateTime<Utc>,
    /// Where a redirect leads.
    elsewhere: String,
    certificates: Option<Certificates>,
    seen: Mutex<Vec<Seen>>,
    sent: AtomicU64,
    late: AtomicU64,
    held: AtomicBool,
    /// How many questions of what the adapter is there for were answered well.
    answered: watch::Sender<u64>,
}

/// The server. It ends when it is dropped.
pub struct Lab {
    address: SocketAddr,
    secure: bool,
    /// How often it was set, and to what.
    fault: watch::Sender<(usize, Fault)>,
    /// Which of these is in force.
    in_force: watch::Receiver<usize>,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
    folder: tempfile::TempDir,
}

impl Drop for Lab {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Lab {
    /// A server that answers well, and can be put into this fault.
    pub async fn start(good: Good, fault: Fault) -> Self {
        Self::leading(good, fault, "http://127.0.0.1:9/elsewhere").await
    }

    /// The same; its redirects lead to an address.
    pub async fn leading(good: Good, fault: Fault, elsewhere: &str) -> Self {
        let ip: IpAddr = if fault == Fault::Six { Ipv6Addr::LOCALHOST.into() } else { Ipv4Addr::LOCALHOST.into() };
        let listener = TcpListener::bind((ip, 0)).await.expect("loopback can be listened on");
        let address = listener.local_addr().expect("a listener has an address");
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::write(folder.path().join("token"), CANARY).expect("a secret can be written");
        let secure =
            matches!(fault, Fault::Expired | Fault::WrongName | Fault::Stranger | Fault::TlsHang | Fault::NoTls);
        let shared = Arc::new(Shared {
            good,
            began: Utc::now() - TimeDelta::minutes(10),
            elsewhere: elsewhere.to_owned(),
            certificates: secure.then(|| Certificates::write(&folder.path().join("ca.pem"))),
            seen: Mutex::default(),
            sent: AtomicU64::new(0),
            late: AtomicU64::new(0),
            held: AtomicBool::new(false),
            answered: watch::Sender::new(0),
        });
        let (sender, changes) = watch::channel((0, Fault::None));
        let (tells, in_force) = watch::channel(0);
        let task = tokio::spawn(run(listener, address, (changes, tells), Arc::clone(&shared)));
        Self { address, secure, fault: sender, in_force, shared, task, folder }
    }

    /// Misbehaves from now on, on new connections; those that are open end. In force when this returns: who connects a
    /// moment before the listener goes is reset, not refused.
    pub async fn set(&self, fault: Fault) {
        self.fault.send_modify(|(count, set)| (*count, *set) = (*count + 1, fault));
        let (wanted, _) = *self.fault.borrow();
        self.in_force.clone().wait_for(|count| *count >= wanted).await.expect("the server runs");
    }

    /// Its base address, with a secret in it that nobody may see.
    pub fn url(&self) -> String {
        format!("{}/?token={CANARY}", self.bare())
    }

    /// The same without the secret.
    pub fn bare(&self) -> String {
        let scheme = if self.secure { "https" } else { "http" };
        format!("{scheme}://{}", self.address)
    }

    /// Where it listens, as it may be shown.
    pub fn address(&self) -> String {
        self.address.to_string()
    }

    /// The file with the authority to trust, if it speaks TLS.
    pub fn ca(&self) -> Option<PathBuf> {
        self.secure.then(|| self.folder.path().join("ca.pem"))
    }

    /// The file with the secret that it is shown.
    pub fn token(&self) -> PathBuf {
        self.folder.path().join("token")
    }

    /// Every request so far.
    pub fn seen(&self) -> Vec<Seen> {
        self.shared.seen.lock().expect("nobody panics with it").clone()
    }

    /// How many bytes of bodies went out so far.
    pub fn sent(&self) -> u64 {
        self.shared.sent.load(Ordering::Relaxed)
    }

    /// How many late answers went out so far.
    pub fn late(&self) -> u64 {
        self.shared.late.load(Ordering::Relaxed)
    }
}

/// Listens; begins anew with every change.
async fn run(
    listener: TcpListener,
    address: SocketAddr,
    (mut changes, tells): (watch::Receiver<(usize, Fault)>, watch::Sender<usize>),
    shared: Arc<Shared>,
) {
    let mut listener = Some(listener);
    loop {
        let (count, fault) = *changes.borrow_and_update();
        if fault == Fault::Refused {
            listener = None;
        } else if listener.is_none() {
            listener = TcpListener::bind(address).await.ok();
        }
        tells.send_replace(count);
        // Its tasks end when it is dropped: with the next change.
        let mut connections = JoinSet::new();
        loop {
            let accepted = async {
                match &listener {
                    Some(listener) => listener.accept().await.ok(),
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                // What was set before somebody connected holds for whoever connects.
                biased;
                news = changes.changed() => match news {
                    Ok(()) => break,
                    Err(_) => return,
                },
                accepted = accepted => {
                    if let Some((stream, _)) = accepted {
                        connections.spawn(connection(stream, fault, Arc::clone(&shared)));
                    }
                }
            }
        }
    }
}

/// One connection, as the fault wants it.
async fn connection(stream: TcpStream, fault: Fault, shared: Arc<Shared>) {
    if fault == Fault::Reset {
        // What is closed with something unsent or unread is reset.
        let _ = stream.set_zero_linger();
    }
    match &shared.certificates {
        _ if fault == Fault::TlsHang => std::future::pending().await,
        _ if fault == Fault::NoTls => answer::refuse(stream).await,
        None => answer::serve(stream, fault, &shared).await,
        Some(certificates) => {
            if let Ok(stream) = certificates.acceptor(fault).accept(stream).await {
                answer::serve(stream, fault, &shared).await;
            }
        }
    }
}
