//! Real back ends on loopback: Debian's Prometheus, Alertmanager and node exporter, with temporary folders.
//!
//! `tests/run` brings the programs into target/lab; those on the PATH do as well.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;

use nix::sys::signal::Signal;
use tempfile::TempDir;

use super::api::Api;
use super::process::Running;
use super::wait;

/// Where `tests/run` unpacks packages.
const LAB: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/target/lab");
/// Where Debian's Alertmanager looks for its templates.
const TEMPLATES: &str = "/usr/share/prometheus/alertmanager";
/// How often a program may find its port taken by somebody else.
const TRIES: usize = 5;

/// A place to start back ends in.
#[derive(Debug)]
pub struct Lab {
    folder: TempDir,
}

impl Lab {
    /// Opens a lab that has these programs; without them the test is left out, and with `CI` set it fails.
    pub fn open(programs: &[&str]) -> Option<Self> {
        let gone: Vec<&str> = programs.iter().copied().filter(|name| find(name).is_none()).collect();
        if gone.is_empty() {
            return Some(Self { folder: tempfile::tempdir().expect("a temporary folder") });
        }
        let gone = gone.join(", ");
        assert!(std::env::var_os("CI").is_none(), "missing: {gone}; tests/run brings them");
        eprintln!("left out: {gone} missing here; tests/run brings them");
        None
    }

    /// With Prometheus and Alertmanager.
    pub fn with_alerting() -> Option<Self> {
        Self::open(&["prometheus", "prometheus-alertmanager"])
    }

    /// Writes a file that ends with the lab.
    pub fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).expect("a file can be written");
        path
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Starts an Alertmanager of its own.
    pub fn alertmanager(&self) -> Backend {
        self.peer("am", None)
    }

    /// Starts an Alertmanager that gossips, with another one if there is one.
    pub fn cluster_peer(&self, name: &str, other: Option<&Backend>) -> Backend {
        let listens = format!("127.0.0.1:{}", free_port());
        self.peer(name, Some((listens, other.and_then(|other| other.gossip.clone()))))
    }

    fn peer(&self, name: &str, cluster: Option<(String, Option<String>)>) -> Backend {
        let config = self.write(&format!("{name}.yml"), "route: { receiver: nobody }\nreceivers: [{ name: nobody }]\n");
        let mut arguments = vec![
            format!("--config.file={}", config.display()),
            format!("--storage.path={}", self.path(name).display()),
            format!("--cluster.listen-address={}", cluster.as_ref().map_or("", |(listens, _)| listens)),
        ];
        arguments.extend(cluster.iter().filter_map(|(_, peer)| Some(format!("--cluster.peer={}", peer.as_ref()?))));
        if cluster.is_some() {
            arguments.push("--cluster.settle-timeout=2s".to_owned());
        }
        let mut backend = self.start(name, "prometheus-alertmanager", &arguments);
        backend.gossip = cluster.map(|(listens, _)| listens);
        backend
    }

    /// Starts a node exporter.
    pub fn node_exporter(&self) -> Backend {
        let collectors = ["--collector.disable-defaults", "--collector.meminfo"].map(str::to_owned);
        self.start("node", "prometheus-node-exporter", &collectors)
    }

    /// Starts a Prometheus with rules, that sends its alerts to `alertmanagers` and scrapes `node`.
    pub fn prometheus(&self, rules: &str, alertmanagers: &[&Backend], node: Option<&Backend>) -> Prometheus {
        let targets: Vec<String> = alertmanagers.iter().map(|peer| format!("\"{}\"", peer.api.address())).collect();
        let scraped = node.map_or(String::new(), |node| format!("\"{}\"", node.api.address()));
        let rule_file = self.write("rules.yml", rules);
        let config = format!(
            "global: {{ scrape_interval: 1s, evaluation_interval: 1s }}\n\
             rule_files: [\"{}\"]\n\
             alerting: {{ alertmanagers: [{{ static_configs: [{{ targets: [{}] }}] }}] }}\n\
             scrape_configs: [{{ job_name: node, static_configs: [{{ targets: [{scraped}] }}] }}]\n",
            rule_file.display(),
            targets.join(", "),
        );
        let config = self.write("prometheus.yml", &config);
        let arguments = vec![
            format!("--config.file={}", config.display()),
            format!("--storage.tsdb.path={}", self.path("tsdb").display()),
            "--rules.alert.resend-delay=3s".to_owned(),
        ];
        Prometheus { backend: self.start("prometheus", "prometheus", &arguments), rule_file }
    }

    fn start(&self, name: &str, program: &'static str, arguments: &[String]) -> Backend {
        let log = self.path(&format!("{name}.log"));
        for _ in 0..TRIES {
            let started = Backend::start(program, arguments.to_vec(), Api::new(free_port()), &log);
            match started {
                Ok(backend) => return backend,
                Err(words) => eprintln!("{program} is started again: {words}"),
            }
        }
        panic!("{program} does not start");
    }
}

/// A running back end.
#[derive(Debug)]
pub struct Backend {
    /// Where it answers.
    pub api: Api,
    program: &'static str,
    arguments: Vec<String>,
    log: PathBuf,
    running: Running,
    gossip: Option<String>,
}

impl Backend {
    fn start(program: &'static str, arguments: Vec<String>, api: Api, log: &Path) -> Result<Self, String> {
        let mut running = Running::start(command(program, &arguments, &api), log);
        let probe = if program == "prometheus-node-exporter" { "/metrics" } else { "/-/ready" };
        let up = wait::until(&format!("{program} is ready"), || {
            if running.has_ended() { Ok(false) } else { api.ask("GET", probe).map(|_| true) }
        });
        if up && !running.has_ended() {
            Ok(Self { api, program, arguments, log: log.to_owned(), running, gossip: None })
        } else {
            Err(running.last_words())
        }
    }

    /// Its process.
    pub fn process(&self) -> u32 {
        self.running.id()
    }

    /// The program and the arguments it was started with.
    pub fn command_line(&self) -> Vec<String> {
        let command = command(self.program, &self.arguments, &self.api);
        let words = std::iter::once(command.get_program()).chain(command.get_args());
        words.map(|word| word.to_str().expect("plain words").to_owned()).collect()
    }

    /// Loses it, as a machine is lost.
    pub fn kill(&mut self) {
        self.running.kill();
    }

    /// Starts it again where it was, with the data it had.
    pub fn start_again(&mut self) {
        self.running.kill();
        let (api, log) = (self.api.clone(), self.log.clone());
        let again = Self::start(self.program, self.arguments.clone(), api, &log);
        self.running = again.unwrap_or_else(|words| panic!("{} does not start again: {words}", self.program)).running;
    }

    /// Waits until an Alertmanager is told of an alert.
    pub fn wait_for_alert(&self, name: &str) {
        wait::until(&format!("{name} at {}", self.api.url()), || {
            let names = self.api.alert_names()?;
            if names.iter().any(|known| known == name) { Ok(()) } else { Err(format!("{names:?}")) }
        });
    }
}

/// A running Prometheus.
#[derive(Debug)]
pub struct Prometheus {
    /// The back end.
    pub backend: Backend,
    rule_file: PathBuf,
}

impl Prometheus {
    /// Gives it other rules.
    pub fn reload(&self, rules: &str) {
        std::fs::write(&self.rule_file, rules).expect("a file can be written");
        self.backend.running.signal(Signal::SIGHUP);
    }

    /// Waits until it has scraped something that answers this query.
    pub fn wait_for_series(&self, query: &str) {
        wait::until(&format!("{query} at {}", self.backend.api.url()), || {
            let told = self.backend.api.json(&format!("/api/v1/query?query={query}"))?;
            let found = told["data"]["result"].as_array().is_some_and(|series| !series.is_empty());
            if found { Ok(()) } else { Err(told.to_string()) }
        });
    }
}

/// An alert's name, its expression and its labels.
pub type Rule<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)]);

/// A rule file.
pub fn rules(of: &[Rule<'_>]) -> String {
    let one = |(alert, expression, labels): &Rule<'_>| {
        let labels: Vec<String> = labels.iter().map(|(name, value)| format!("{name}: \"{value}\"")).collect();
        format!("      - {{ alert: {alert}, expr: '{expression}', for: 2s, labels: {{ {} }} }}\n", labels.join(", "))
    };
    let all: String = of.iter().map(one).collect();
    format!("groups:\n  - name: lab\n    rules:\n{}", if all.is_empty() { "      []\n" } else { &all })
}

fn command(program: &str, arguments: &[String], api: &Api) -> Command {
    let mut command = Command::new(find(program).expect("the lab was opened with this program"));
    command.args(arguments).arg(format!("--web.listen-address={}", api.address())).env_clear();
    // The copy that tests/run makes reads its templates from the folder it is started in.
    let templates = PathBuf::from(format!("{LAB}{TEMPLATES}"));
    if program == "prometheus-alertmanager" && templates.is_dir() {
        command.current_dir(templates);
    }
    command
}

/// A program, in the lab or on the PATH. An Alertmanager without its templates does not count.
pub fn find(program: &str) -> Option<PathBuf> {
    let fixed = program != "prometheus-alertmanager" || Path::new(TEMPLATES).join("default.tmpl").exists();
    let unpacked = ["bin", "usr/bin", "usr/sbin"].map(|folder| PathBuf::from(LAB).join(folder));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = unpacked.into_iter().chain(std::env::split_paths(&path)).chain([PathBuf::from("/usr/sbin")]);
    let portable = PathBuf::from(LAB).join("bin");
    folders
        .filter(|folder| fixed || *folder == portable)
        .map(|folder| folder.join(program))
        .find(|program| program.is_file())
}

/// A program of the lab, with its libraries.
pub fn program(name: &str) -> Command {
    let mut command = Command::new(find(name).expect("the lab was opened with this program"));
    command.env("LD_LIBRARY_PATH", libraries());
    command
}

/// Where the libraries of unpacked programs are, for `LD_LIBRARY_PATH`; empty where nothing was unpacked.
pub fn libraries() -> String {
    let folders = ["lib", "usr/lib"].map(|folder| Path::new(LAB).join(folder));
    let inside = folders.iter().filter_map(|folder| folder.read_dir().ok()).flatten().flatten();
    let found = inside.map(|entry| entry.path()).filter(|path| path.to_string_lossy().contains("-linux-gnu"));
    found.map(|path| path.display().to_string()).collect::<Vec<_>>().join(":")
}

/// A port on loopback that nobody has now.
pub fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port on loopback");
    listener.local_addr().expect("an address").port()
}
