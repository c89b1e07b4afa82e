//! The smallest HTTP client that can ask a back end on loopback what is true there.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::Value;

const PATIENCE: Duration = Duration::from_secs(10);

/// An address on loopback.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Api {
    port: u16,
}

impl Api {
    /// What listens on a port.
    pub fn new(port: u16) -> Self {
        Self { port }
    }

    /// As a URL.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// As `host:port`.
    pub fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Asks; the body of an answer with status 200.
    pub fn ask(&self, method: &str, path: &str) -> Result<String, String> {
        let at = |error: std::io::Error| format!("{method} {}{path}: {error}", self.url());
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).map_err(at)?;
        stream.set_read_timeout(Some(PATIENCE)).map_err(at)?;
        // HTTP/1.0, so that the answer ends with the connection.
        write!(stream, "{method} {path} HTTP/1.0\r\nHost: {}\r\nContent-Length: 0\r\n\r\n", self.address())
            .map_err(at)?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).map_err(at)?;
        let (head, body) = answer.split_once("\r\n\r\n").ok_or_else(|| format!("no answer: {answer:?}"))?;
        let ok = head.split(' ').nth(1) == Some("200");
        if ok { Ok(body.to_owned()) } else { Err(format!("{method} {path}: {answer}")) }
    }

    /// Asks for JSON.
    pub fn json(&self, path: &str) -> Result<Value, String> {
        serde_json::from_str(&self.ask("GET", path)?).map_err(|error| format!("{path}: {error}"))
    }

    /// The silences of an Alertmanager that are in force.
    pub fn active_silences(&self) -> Vec<Value> {
        self.silences().into_iter().filter(|silence| silence["status"]["state"] == "active").collect()
    }

    /// All silences of an Alertmanager.
    pub fn silences(&self) -> Vec<Value> {
        let all = self.json("/api/v2/silences").unwrap_or_else(|error| panic!("{error}"));
        all.as_array().expect("a list of silences").clone()
    }

    /// The names of the alerts that an Alertmanager knows.
    pub fn alert_names(&self) -> Result<Vec<String>, String> {
        let all = self.json("/api/v2/alerts")?;
        let name = |alert: &Value| alert["labels"]["alertname"].as_str().unwrap_or_default().to_owned();
        Ok(all.as_array().expect("a list of alerts").iter().map(name).collect())
    }
}
