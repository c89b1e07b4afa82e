//! A simulated production on loopback, so that the real adapters run against it.
//!
//! What lives here: the story of one outage (which alert fires when, what every series reads, what the log
//! says, all pure functions of a seed and a moment), and two small HTTP servers and a log file that tell it
//! in the wire formats of Prometheus, of Alertmanager and of a JSON-lines log. What must not: anything that
//! the adapters, the board or the screen would treat differently because it is a demo.

pub mod alertmanager;
pub mod clock;
pub mod config;
mod desk;
pub mod http;
pub mod inhibition;
pub mod logs;
pub mod mends;
pub mod ops;
pub mod posted;
pub mod prometheus;
pub mod queries;
pub mod range;
pub mod rounds;
pub mod rules;
pub mod seed;
pub mod series;
pub mod silences;
pub mod story;

#[cfg(test)]
mod tests;

use std::net::{Ipv4Addr, SocketAddr};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::task::AbortHandle;

pub use clock::DemoClock;
pub use config::config_toml;

use crate::domain::Moment;
use story::Story;

/// The name of a posed world's folder.
const POSED: &str = "midwatch-demo";
/// How long a posed world waits for another one to end, and how often it looks.
const PATIENCE: Duration = Duration::from_secs(15);
const AGAIN: Duration = Duration::from_millis(50);

/// How the simulated production is started.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DemoOptions {
    /// Its clock.
    pub clock: DemoClock,
    /// What the noise of its series and the order of its log lines are made from.
    pub seed: u64,
    /// Whether it is posed for a picture: its folder has a name that does not change, and a restart stays in its
    /// middle.
    pub posed: bool,
}

impl Default for DemoOptions {
    fn default() -> Self {
        Self { clock: DemoClock::Running { speed: 1.0 }, seed: 1, posed: false }
    }
}

/// Why the simulated production could not be started.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// No port on loopback.
    #[error("the demo cannot listen on 127.0.0.1: {0}; free a port or allow loopback connections")]
    Listen(#[source] std::io::Error),
    /// No private folder, or no log file in it.
    #[error("the demo cannot write its log under {folder}: {cause}; make room there or set TMPDIR to another folder")]
    Folder {
        /// Where.
        folder: PathBuf,
        /// Why.
        #[source]
        cause: std::io::Error,
    },
    /// A clock that cannot be.
    #[error("the demo's clock cannot be set: {0}")]
    Clock(&'static str),
}

/// A running simulated production. Dropping it stops its servers and removes its folder.
#[derive(Debug)]
pub struct DemoWorld {
    /// Base address of what speaks Prometheus' API.
    pub prometheus_url: String,
    /// Base address of what speaks Alertmanager's API.
    pub alertmanager_url: String,
    /// Base address of the deployment service.
    pub ops_url: String,
    /// The log, one JSON object a line.
    pub log_file: PathBuf,
    story: Arc<Story>,
    folder: TempDir,
    tasks: Vec<AbortHandle>,
}

impl DemoWorld {
    /// What time it is in this world.
    #[must_use]
    pub fn now(&self) -> Moment {
        self.story.clock.now()
    }

    /// Whether its clock stands.
    #[must_use]
    pub fn is_fixed(&self) -> bool {
        self.story.clock.is_fixed()
    }

    /// The services that have signals, in the order of the configuration.
    pub fn services(&self) -> impl Iterator<Item = &'static str> {
        series::SERVICES.iter().map(|service| service.name)
    }

    /// A private folder (0700) that goes when the world goes: a place for a store that must not outlive it.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The configuration that points midwatch at it; its text is [`config_toml`].
    #[must_use]
    pub fn config_file(&self) -> PathBuf {
        self.folder().join("config.toml")
    }
}

impl Drop for DemoWorld {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}

/// Starts a simulated production. It lives as long as what is returned, in the runtime it is started in.
///
/// # Errors
/// Where no port or no folder can be had, or the clock cannot be.
pub async fn start(options: DemoOptions) -> Result<DemoWorld, DemoError> {
    let clock = clock::StoryClock::new(options.clock, chrono::Utc::now()).map_err(DemoError::Clock)?;
    let story = Arc::new(Story { clock, seed: options.seed, mends: mends::Mends::default() });
    let in_folder = |cause| DemoError::Folder { folder: std::env::temp_dir(), cause };
    let folder = private_folder(options.posed).await.map_err(in_folder)?;
    desk::write(folder.path(), story.clock.now(), options.posed).map_err(in_folder)?;
    rounds::write(folder.path()).map_err(in_folder)?;
    let log_file = folder.path().join("production.jsonl");
    let writer = logs::LogFile::create(&log_file, Arc::clone(&story)).await.map_err(in_folder)?;

    let (prometheus, prometheus_url) = listen().await.map_err(DemoError::Listen)?;
    let (alertmanager, alertmanager_url) = listen().await.map_err(DemoError::Listen)?;
    let (ops, ops_url) = listen().await.map_err(DemoError::Listen)?;
    let metrics = prometheus::PrometheusSite { story: Arc::clone(&story) };
    // Where time stands, so does everything that is shown: a port differs from run to run.
    let links = if clock.is_fixed() { "http://prometheus.example:9090".to_owned() } else { prometheus_url.clone() };
    let alerts = alertmanager::AlertmanagerSite::new(Arc::clone(&story), links);
    let mut tasks = vec![
        tokio::spawn(http::serve(prometheus, Arc::new(metrics))).abort_handle(),
        tokio::spawn(http::serve(alertmanager, Arc::new(alerts))).abort_handle(),
        tokio::spawn(http::serve(ops, Arc::new(ops::OpsSite::new(Arc::clone(&story))))).abort_handle(),
    ];
    if !story.clock.is_fixed() {
        tasks.push(tokio::spawn(writer.follow()).abort_handle());
        tasks.push(tokio::spawn(mends::watch(folder.path().join("mends"), Arc::clone(&story))).abort_handle());
    }
    let world = DemoWorld { prometheus_url, alertmanager_url, ops_url, log_file, story, folder, tasks };
    // Remedies are trusted by the file that they come from, so there is one, as in real life.
    desk::file(&world.config_file(), &config_toml(&world)).map_err(in_folder)?;
    Ok(world)
}

/// A folder that is this world's alone. There is one posed world at a time: the others wait for the name.
async fn private_folder(posed: bool) -> std::io::Result<TempDir> {
    let private = std::fs::Permissions::from_mode(0o700);
    if !posed {
        return tempfile::Builder::new().prefix("midwatch-demo-").permissions(private).tempdir();
    }
    let path = std::env::temp_dir().join(POSED);
    let until = tokio::time::Instant::now() + PATIENCE;
    loop {
        let made = tempfile::Builder::new().prefix(POSED).rand_bytes(0).permissions(private.clone()).tempdir();
        let taken = made.as_ref().is_err_and(|error| error.kind() == std::io::ErrorKind::AlreadyExists);
        if !taken {
            return made;
        }
        if tokio::time::Instant::now() >= until {
            let words = format!("{} is there already; remove it if no other picture is being made", path.display());
            return Err(std::io::Error::new(std::io::ErrorKind::AlreadyExists, words));
        }
        tokio::time::sleep(AGAIN).await;
    }
}

async fn listen() -> std::io::Result<(TcpListener, String)> {
    let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await?;
    let url = format!("http://{}", listener.local_addr()?);
    Ok((listener, url))
}
