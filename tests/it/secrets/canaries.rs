//! One watch with a secret in every place where one can stand; then everything that midwatch said and wrote is searched.

use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::time::Duration;

use super::canary::{CANARIES, Search, planted};
use super::server;
use crate::support::home::Home;
use crate::support::pty::Terminal;

const ANNOTATION: &str =
    "https://ana:canary-user-77ffee6655@hooks.example/services/x?channel=1&access_token=canary-link-1020304050#top";

fn config(port: u16) -> String {
    format!(
        r#"
log_level = "trace"
[[source]]
name = "good"
kind = "alertmanager"
url = "http://127.0.0.1:{port}/good"
every = "1s"
auth = {{ bearer = {{ env = "MW_BEARER" }} }}
[[source]]
name = "plain"
kind = "prometheus"
url = "http://127.0.0.1:{port}/plain"
every = "1s"
auth = {{ basic = {{ username = "ana", password = {{ file = "../../basic" }} }} }}
[[source]]
name = "json"
kind = "prometheus"
url = "http://127.0.0.1:{port}/json"
every = "1s"
auth = {{ header = {{ name = "X-Api-Key", value = {{ command = ["cat", "../header"] }} }} }}
[[source]]
name = "moved"
kind = "alertmanager"
url = "http://127.0.0.1:{port}/moved"
every = "1s"
headers = {{ X-Token = {{ file = "../../moved" }} }}
[[source]]
name = "proxied"
kind = "alertmanager"
url = "https://am.invalid"
every = "1s"
[[source]]
name = "keyed"
kind = "alertmanager"
url = "https://127.0.0.1:{port}"
every = "1s"
tls = {{ cert = "../../key.pem", key = "../../key.pem" }}

[[remedy]]
id = "leak"
command = ["leak"]
dry_run = ["leak", "dry"]
verify = ["leak", "verify"]
confirm = "none"
cooldown = "0s"
env = ["PATH", {{ TOKEN = {{ file = "../../remedy" }} }}]
[[remedy]]
id = "told"
command = ["leak", "http://ana:{argument}@h/x"]
require = [{{ command = ["leak", "http://h/?token={argument}"] }}]
confirm = "none"
[[remedy]]
id = "hook"
confirm = "none"
cooldown = "0s"
http = {{ url = "http://127.0.0.1:{port}/hook?token={query}&x=1", auth = {{ bearer = {{ file = "../../hook" }} }}, body = {{ api_key = "{query}", deep = ["http://h/?sig={query}"] }} }}
"#,
        query = planted("query of a remedy"),
        argument = planted("argument of a remedy")
    )
}

/// Says everything that it knows, and ends badly when it is to verify.
const LEAKS: &str = "#!/bin/sh\nenv\necho \"with $TOKEN\" >&2\n[ \"$1\" = verify ] && exit 3\nexit 0\n";

const CHECKLIST: &str = r#"
id = "own"
title = "Own"
[[item]]
id = "query"
text = "Ask"
help = "x"
probe = { query = "up", source = "plain", expect = "> 0" }
[[item]]
id = "http"
text = "Look"
help = "x"
probe = { http = "http://localhost:PORT/plain?x=1" }
"#;

fn home(port: u16) -> (Home, Vec<PathBuf>) {
    let proxy = format!("http://ana:{}@127.0.0.1:{port}", planted("password of a proxy"));
    let home = Home::with_config(&config(port));
    let path = format!("{}:{}", home.path("bin").display(), std::env::var("PATH").unwrap_or_default());
    let home = home
        .with("MW_BEARER", planted("bearer in a variable"))
        .with("HTTPS_PROXY", &proxy)
        .with("RUST_BACKTRACE", "1")
        .with("PATH", &path);
    home.script("bin/leak", LEAKS);
    let pem = format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", planted("key of a certificate"));
    let mut files = vec![home.path("config/midwatch/config.toml")];
    for (name, text) in [
        ("basic", planted("basic in a file")),
        ("header", planted("header by a command")),
        ("moved", planted("header in a file")),
        ("remedy", planted("variable of a remedy")),
        ("hook", planted("bearer of a remedy")),
        ("key.pem", &pem),
    ] {
        files.push(home.write(name, &format!("{text}\n")));
    }
    for file in &files {
        std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o600)).expect("a file can be closed");
    }
    home.write("config/midwatch/checklists/own.toml", &CHECKLIST.replace("PORT", &port.to_string()));
    (home, files)
}

/// Every command that tells something.
const COMMANDS: [&[&str]; 26] = [
    &["status"],
    &["status", "--format", "json"],
    &["status", "--format", "line"],
    &["incidents", "--format", "json"],
    &["incidents"],
    &["check"],
    &["check", "--format", "json"],
    &["config", "show"],
    &["keys"],
    &["runbook", "Leaky"],
    &["remedy", "list"],
    &["remedy", "list", "--format", "json"],
    &["remedy", "show", "leak"],
    &["remedy", "show", "hook"],
    &["remedy", "show", "told"],
    &["remedy", "run", "told", "--dry-run"],
    &["remedy", "run", "leak", "--dry-run"],
    &["remedy", "run", "leak", "--yes", "leak"],
    &["remedy", "run", "hook", "--dry-run"],
    &["remedy", "run", "hook", "--yes", "hook"],
    &["remedy", "runs", "--format", "json"],
    &["checklist", "walk", "own", "--probes-only"],
    &["checklist", "walk", "own", "--probes-only", "--format", "json"],
    &["checklist", "export", "own"],
    &["comment", "Leaky", "seen"],
    &["screenshot", "--view", "watch", "--out", "shot.svg"],
];

#[test]
fn no_output_and_no_file_holds_a_secret() {
    let port = server::start(ANNOTATION);
    let (home, files) = home(port);
    let mut search = Search::new();
    for command in COMMANDS {
        let ran = home.run(&[&["--log-level", "trace"], command].concat());
        search.look(&format!("{command:?} out"), ran.out.as_bytes());
        search.look(&format!("{command:?} err"), ran.err.as_bytes());
        assert!(ran.status != 70 && ran.status != 64 && ran.status != 78, "{command:?}: {ran:?}");
    }
    on_the_screen(&home, &mut search);
    for command in [&["journal"][..], &["journal", "--format", "json"], &["journal", "--verify"]] {
        let ran = home.run(command);
        search.look(&format!("{command:?}"), format!("{}{}", ran.out, ran.err).as_bytes());
    }
    let before = search.looked;
    search.files(home.folder(), &files);
    assert!(search.looked > before + 4, "store, log and picture are there");
    // Every secret was really shown to somebody who said it back, or the search would prove nothing.
    let status = home.run(&["status", "--format", "json"]).out;
    assert!(status.contains("Bearer …") && status.contains("access_token=…"), "{status}");
    assert!(status.contains("Basic …") && status.contains("https://sso.example/…/login"), "{status}");
    assert_eq!(search.found(), Vec::<&String>::new(), "{} outputs, {} bytes", search.looked, search.bytes);
}

/// The screen, every view of it; and what the list of processes says meanwhile.
fn on_the_screen(home: &Home, search: &mut Search) {
    let mut screen = Terminal::open(home, &["--log-level", "trace"], (160, 50));
    screen.wait_for("It leaks");
    for key in ["2", "3", "4", "5", "6", "7", "8", "9", "1", "\r"] {
        screen.press(key);
        screen.wait_settled(Duration::from_millis(150));
        search.look(&format!("the screen after {key:?}"), screen.text().as_bytes());
    }
    for process in family(screen.process()) {
        let about = |name: &str| std::fs::read(format!("/proc/{process}/{name}")).unwrap_or_default();
        search.look(&format!("the command line of {process}"), &about("cmdline"));
    }
    screen.signal(nix::sys::signal::Signal::SIGTERM);
    screen.wait_exit(Duration::from_secs(20));
    screen.after_exit();
    search.look("the bytes of the screen", screen.raw_since(0).as_bytes());
}

/// A process and those that it started.
fn family(process: u32) -> Vec<u32> {
    let mut found = vec![process];
    let children = std::fs::read_to_string(format!("/proc/{process}/task/{process}/children")).unwrap_or_default();
    for child in children.split_whitespace().filter_map(|child| child.parse().ok()) {
        found.extend(family(child));
    }
    found
}

#[test]
fn an_address_with_a_password_is_refused_without_repeating_it() {
    for (name, secret) in CANARIES {
        let secret = secret.replace(' ', "%20").replace('&', "%26");
        for line in [
            format!("url = 'http://ana:{secret}@h'"),
            format!("url = 'http://h/?token={secret}'"),
            format!("url = 'http://h'\nproxy = 'socks5://ana:{secret}@h:1'"),
            format!("url = 'http://h'\nauth = {{ bearer = '{secret}' }}"),
            format!("url = 'http://h'\nheaders = {{ X-Anything = 'Bearer {secret}' }}"),
        ] {
            let home = Home::with_config(&format!("[[source]]\nname = 'x'\nkind = 'prometheus'\n{line}\n"));
            let ran = home.run(&["status"]);
            assert_eq!(ran.status, 78, "{name}: {line}: {ran:?}");
            let mut search = Search::new();
            search.look(&line, format!("{}{}", ran.out, ran.err).as_bytes());
            assert!(!ran.err.contains(&secret) && search.found().is_empty(), "{ran:?}");
        }
        // One secret shows it for all; the places differ, the reader does not.
        if name.starts_with("header") {
            break;
        }
    }
}
