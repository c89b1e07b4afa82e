//! A server that repeats everything that it is shown: in alerts, in errors, in redirects.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

use serde_json::json;

/// Listens until the test's process ends; its port.
pub(super) fn start(annotation: &'static str) -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port on loopback");
    let port = listener.local_addr().expect("an address").port();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || answer(stream, annotation));
        }
    });
    port
}

fn answer(mut stream: TcpStream, annotation: &str) -> Option<()> {
    stream.set_read_timeout(Some(Duration::from_secs(5))).ok()?;
    let (mut head, mut room) = (Vec::new(), [0; 4096]);
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        let count = stream.read(&mut room).ok().filter(|count| *count > 0)?;
        head.extend_from_slice(&room[..count]);
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let path = head.split(' ').nth(1)?.to_owned();
    let shown: Vec<&str> = head.lines().skip(1).filter(|line| !line.is_empty()).collect();
    let echo = shown.join(" | ");
    let (status, more, body) = reply(&path, &echo, annotation);
    let text = format!(
        "HTTP/1.1 {status}\r\n{more}Content-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(text.as_bytes()).ok()
}

fn reply(path: &str, echo: &str, annotation: &str) -> (&'static str, String, String) {
    let path = path.split('?').next().unwrap_or_default();
    if path.starts_with("/plain") {
        return ("401 Unauthorized", String::new(), format!("you showed {echo}"));
    }
    if path.starts_with("/json") {
        let body = json!({"status": "error", "errorType": "internal", "error": format!("you showed {echo}")});
        return ("500 Internal Server Error", String::new(), body.to_string());
    }
    if path.starts_with("/moved") {
        let value =
            |name: &str| echo.split(" | ").find_map(|line| line.strip_prefix(name)).unwrap_or_default().to_owned();
        let to = format!("https://sso.example/{}/login?token=1&back={}", value("x-token: "), value("x-token: "));
        return ("302 Found", format!("Location: {to}\r\n"), String::new());
    }
    if path.starts_with("/hook") {
        return ("502 Bad Gateway", String::new(), format!("you showed {echo}"));
    }
    match path.trim_start_matches("/good") {
        "/api/v2/status" => {
            let page = include_str!("../../fixtures/alertmanager/0.28/status.json");
            ("200 OK", String::new(), page.to_owned())
        }
        "/api/v2/alerts" => ("200 OK", String::new(), alerts(echo, annotation)),
        "/api/v2/silences" => ("200 OK", String::new(), "[]".to_owned()),
        // A proxy that is asked for a tunnel, and whatever else is asked.
        _ => ("407 Proxy Authentication Required", String::new(), format!("you showed {echo}")),
    }
}

fn alerts(echo: &str, annotation: &str) -> String {
    json!([{
        "labels": {"alertname": "Leaky", "severity": "critical", "service": "shop"},
        "annotations": {"summary": "It leaks", "description": echo, "hook": annotation, "runbook_url": annotation},
        "startsAt": "2026-11-21T00:00:00Z",
        "updatedAt": "2026-11-21T00:00:00Z",
        "endsAt": "2099-01-01T00:00:00Z",
        "generatorURL": annotation,
        "fingerprint": "00000000000000aa",
        "receivers": [{"name": "x"}],
        "status": {"state": "active", "silencedBy": [], "inhibitedBy": [], "mutedBy": []},
    }])
    .to_string()
}
