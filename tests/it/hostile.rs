//! Everything from outside means harm: what the program writes is still text and its own sequences, nothing else.

mod commands;
mod kept;
mod screen;
mod server;

use serde_json::json;

use crate::support::home::Home;
use crate::support::hostile::{TEXTS, all};
use crate::support::recogniser::foreign;

/// A checklist whose probe says what the hostile log says, and whose texts are as wide as can be.
const LIST: &str = r#"
id = "hostile"
title = "磁盘 Đĩa 👩‍🚒"
[[item]]
id = "said"
text = "What a program says ที่นี่"
help = "Good: nothing acts.\n漢字"
probe = { command = ["cat", "@LOG@"] }
"#;

/// Alerts, one for each hostile text and one with all of them, as the two wires send them.
fn alerts() -> (Vec<u8>, Vec<u8>) {
    let everything = all();
    let texts = TEXTS.iter().copied().chain([everything.as_str()]);
    let labels = |text: &str, at: usize| {
        json!({ "alertname": format!("MARK {at} {text}"), "service": text, "instance": text, "severity": "critical",
            "env": text, format!("name {text}"): text })
    };
    let notes = |text: &str| json!({ "summary": text, "description": text, "runbook_url": format!("https://wiki.example/{text}"), text: text });
    let (mut alertmanager, mut prometheus) = (Vec::new(), Vec::new());
    for (at, text) in texts.enumerate() {
        alertmanager.push(json!({
            "labels": labels(text, at), "annotations": notes(text), "startsAt": "2026-01-01T00:00:00Z",
            "endsAt": "2036-01-01T00:00:00Z", "updatedAt": "2026-01-01T00:00:00Z", "fingerprint": text,
            "generatorURL": format!("https://prom.example/{text}"), "receivers": [{ "name": text }],
            "status": { "state": "active", "silencedBy": [], "inhibitedBy": [text] },
        }));
        prometheus.push(json!({
            "labels": labels(text, at), "annotations": notes(text), "state": "firing", "activeAt": "2026-01-01T00:00:00Z",
            "value": text,
        }));
    }
    let prometheus = json!({ "status": "success", "data": { "alerts": prometheus }, "warnings": TEXTS.as_slice() });
    (broken(&json!(alertmanager).to_string()), broken(&prometheus.to_string()))
}

/// JSON that is read, with bytes that are no UTF-8 and surrogates that have lost each other in its texts.
fn broken(json: &str) -> Vec<u8> {
    json.replace("MARK", "MARK \u{1}\u{2}")
        .replace('\u{1}', r"\u001b[5n")
        .into_bytes()
        .into_iter()
        .map(|byte| if byte == 2 { 0x9b } else { byte })
        .collect()
}

fn silences() -> Vec<u8> {
    let silence = |(at, text): (usize, &str)| {
        json!({ "id": format!("{at}-{text}"), "status": { "state": "active" }, "comment": text, "createdBy": text,
            "startsAt": "2026-01-01T00:00:00Z", "endsAt": "2036-01-01T00:00:00Z",
            "matchers": [{ "name": format!("x{text}"), "value": text, "isRegex": false, "isEqual": true }] })
    };
    json!(TEXTS.iter().copied().enumerate().map(silence).collect::<Vec<_>>()).to_string().into_bytes()
}

fn status() -> Vec<u8> {
    let status = json!({ "cluster": { "status": all(), "name": all(), "peers": [] }, "versionInfo": { "version": all() },
        "uptime": "2026-01-01T00:00:00Z", "config": { "original": all() } });
    status.to_string().into_bytes()
}

/// A log of hostile lines, one of them far too long, and bytes that are no text.
fn log() -> Vec<u8> {
    let mut lines: Vec<u8> = TEXTS.iter().flat_map(|text| format!("ERROR MARK {text}\n").into_bytes()).collect();
    lines.extend(format!("{{\"level\":\"error\",\"msg\":{},\"k\\u001b\":\"\\ud800\"}}\n", json!(all())).into_bytes());
    lines.extend(b"ERROR MARK \x9b31m\xff\xfe\x80\x1b]0;x\x07 \x00 end\n");
    lines.extend("ERROR 長\u{1b}[1m".repeat(20_000).into_bytes());
    lines.extend(b"\nlast line\n");
    lines
}

fn runbook() -> String {
    let parts = TEXTS.map(|text| format!("## {text}\n\n{text} [{text}](https://x.example/{text}) `{text}`\n\n- [ ] {text}\n\n```sh\n{text}\n```\n\n| {text} | b |\n|--|--|\n| c | {text} |\n\n> {text}\n"));
    format!("---\nalerts: [MARK]\ntitle: {}\n---\n# MARK {}\n\n{}", TEXTS[0], TEXTS[1], parts.concat())
}

/// A home in which every source, file and program means harm.
fn home() -> Home {
    let (alerts, rules) = alerts();
    let answers = || {
        vec![
            ("/api/v2/alerts", 200, alerts.clone()),
            ("/api/v2/silences", 200, silences()),
            ("/api/v2/status", 200, status()),
            ("/api/v1/alerts", 200, rules.clone()),
            (
                "/api/v1/",
                200,
                json!({ "status": "error", "errorType": all(), "error": all() }).to_string().into_bytes(),
            ),
        ]
    };
    let good = server::start(answers());
    let bad = server::start(vec![("/", 503, [all().as_bytes(), b"\x9b2J\xff"].concat())]);
    let lying = server::start(vec![("/", 200, [b"[{\"labels\":\"", all().as_bytes()].concat())]);
    let home = Home::new();
    let log_file = home.path("app.log");
    std::fs::write(&log_file, log()).expect("a log");
    let says = home.path("says");
    std::fs::write(&says, [all().as_bytes(), b"\n\x9b2J\xff\r\n50%\r100%\n"].concat()).expect("a file");
    home.write("config/midwatch/runbooks/hostile.md", &runbook());
    home.write("config/midwatch/checklists/hostile.toml", &LIST.replace("@LOG@", &says.display().to_string()));
    let file = home.path("config/midwatch/runbooks/hostile.md");
    let entry = |text: &str| {
        let named =
            json!({ "MESSAGE": format!("MARK {text}"), "PRIORITY": "3", "SYSLOG_IDENTIFIER": text, "_COMM": text });
        let bytes = json!({ "MESSAGE": text.as_bytes(), "_SYSTEMD_UNIT": text, "_TRANSPORT": "stdout" });
        format!("{named}\n{bytes}\n")
    };
    let journal = home.write("journal.json", &TEXTS.map(entry).concat());
    home.script("bin/journalctl", &format!("#!/bin/sh\ncat '{}'\nexec sleep 20\n", journal.display()));
    let path = format!("{}:{}", home.path("bin").display(), std::env::var("PATH").unwrap_or_default());
    let config = format!(
        "operator = {{ name = \"ana\" }}\ntimezone = \"UTC\"\nstore = {{ url = \"sqlite:{store}\" }}\n\
         [[source]]\nname = \"am\"\nkind = \"alertmanager\"\nurl = \"{good}\"\nevery = \"1s\"\n\
         [[source]]\nname = \"prom\"\nkind = \"prometheus\"\nurl = \"{good}\"\nevery = \"1s\"\n\
         [[source]]\nname = \"bad\"\nkind = \"alertmanager\"\nurl = \"{bad}\"\nevery = \"1s\"\n\
         [[source]]\nname = \"lying\"\nkind = \"alertmanager\"\nurl = \"{lying}\"\nevery = \"1s\"\n\
         [[source]]\nname = \"log\"\nkind = \"file\"\npaths = [\"{log}\"]\nevery = \"1s\"\n\
         [[source]]\nname = \"journal\"\nkind = \"journald\"\nevery = \"1s\"\n\
         [[runbook]]\nmatch = {{ severity = \"critical\" }}\npath = \"{file}\"\n\
         [[remedy]]\nid = \"says\"\ntitle = \"Says\"\ncommand = [\"cat\", \"{says}\"]\ncooldown = \"0s\"\n",
        store = home.path("team.db").display(),
        log = log_file.display(),
        file = file.display(),
        says = says.display(),
    );
    home.write("config/midwatch/config.toml", &config);
    home.with("PATH", &path)
}

/// Runs a command; nothing that it wrote acts on a terminal.
fn clean(home: &Home, arguments: &[&str]) -> String {
    let ran = home.run(arguments);
    for (end, text) in [("stdout", &ran.out), ("stderr", &ran.err)] {
        assert_eq!(foreign(text), None, "midwatch {arguments:?} on {end}");
    }
    ran.out
}
