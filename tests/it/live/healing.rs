//! A service hangs, and what is declared to heal it says so, counts down, and does it; or is stopped by a key.

use std::time::Duration;

use serde_json::Value;

use super::setting::{self, SIZE};
use crate::support::home::Home;
use crate::support::lab::{Backend, Lab, Prometheus, rules};
use crate::support::pty::Terminal;
use crate::support::service::Service;
use crate::support::wait;

/// The alert: Prometheus gets no answer from the service.
const HANGS: &str = "CheckoutHangs";

/// What the banner says while a remedy is announced.
const COUNTS: &str = "any key stops it";

/// Prometheus, Alertmanager, the service, and midwatch's configuration for them.
struct Scene {
    service: Service,
    _am: Backend,
    _prometheus: Prometheus,
    config: String,
}

impl Scene {
    fn set(lab: &Lab) -> Self {
        let service = Service::start(lab);
        let am = lab.alertmanager();
        let labels = [("service", "checkout"), ("severity", "critical")];
        let hangs = rules(&[(HANGS, "up{job=\"node\"} == 0", &labels)]);
        let prometheus = lab.prometheus(&hangs, &[&am], Some(&service.backend));
        let remedy = format!(
            "[[remedy]]\n\
             id = \"restart-checkout\"\n\
             title = \"Restart checkout\"\n\
             match = {{ alertname = \"{HANGS}\" }}\n\
             script = {{ path = \"{}\", interpreter = [\"sh\"], args = [\"{{instance}}\"] }}\n\
             verify = [\"sh\", \"{}\"]\n\
             timeout = \"20s\"\n\
             auto = {{ after = \"1s\", notice = \"5s\" }}\n\
             [remedy.params.instance]\n\
             from = \"label:instance\"\n\
             pattern = \"[0-9.:]{{1,32}}\"\n",
            service.restart.display(),
            service.ready.display(),
        );
        let config = setting::alertmanager(&[&am], &remedy);
        service.wait_ready();
        service.hang();
        am.wait_for_alert(HANGS);
        Self { service, _am: am, _prometheus: prometheus, config }
    }
}

fn journal(home: &Home) -> Vec<Value> {
    let told = home.run(&["journal", "--format", "json"]);
    let all: Value = serde_json::from_str(&told.out).unwrap_or_else(|error| panic!("{error}: {told:?}"));
    all["rows"].as_array().cloned().unwrap_or_else(|| panic!("{all}"))
}

fn count(rows: &[Value], words: &str) -> usize {
    rows.iter().filter(|row| row.to_string().contains(words)).count()
}

/// Waits until the journal holds a row with these words; all rows.
fn told(home: &Home, words: &str) -> Vec<Value> {
    wait::until("the journal tells it", || {
        let rows = journal(home);
        if count(&rows, words) > 0 { Ok(rows) } else { Err(format!("no {words} in {rows:?}")) }
    })
}

#[test]
fn a_key_stops_what_is_announced_and_else_it_heals_by_itself() {
    let Some(lab) = Lab::open(&["prometheus", "prometheus-alertmanager", "prometheus-node-exporter"]) else { return };
    let scene = Scene::set(&lab);
    let hung = scene.service.process();

    let home = Home::with_config(&scene.config);
    let mut screen = Terminal::open(&home, &[], SIZE);
    screen.wait_for(COUNTS);
    screen.press("q");
    screen.wait_for("stopped: restart-checkout");
    screen.wait_gone(COUNTS);
    let rows = told(&home, "\"remedy.held\"");
    assert_eq!(count(&rows, "ana stopped it before it ran"), 1, "{rows:?}");
    assert_eq!(screen.try_exit(), None, "the key meant nothing else");
    screen.press("q");
    screen.wait_exit(Duration::from_secs(10));
    let again = Terminal::open(&home, &[], SIZE);
    again.wait_row(HANGS, "unacked");
    // It would be announced at the first answer of the source; others look meanwhile, and it still fires.
    for _ in 0..5 {
        assert_eq!(home.status().0, 2);
        assert!(!again.text().contains(COUNTS), "{}", again.text());
    }
    assert_eq!(scene.service.process(), hung, "nothing was run");
    assert_eq!(count(&journal(&home), "\"remedy.run\""), 0);
    assert_eq!(count(&journal(&home), "\"remedy.announced\""), 1, "not even announced again");
    drop(again);

    let home = Home::with_config(&scene.config);
    let screen = Terminal::open(&home, &[], SIZE);
    screen.wait_for("restart-checkout runs in");
    screen.wait_for(COUNTS);
    screen.wait_for("resolved");
    scene.service.wait_ready();
    assert_ne!(scene.service.process(), hung);
    let rows = told(&home, "\"remedy.worked\"");
    assert_eq!(count(&rows, "\"remedy.announced\""), 1, "{rows:?}");
    assert_eq!(count(&rows, "\"remedy.run\""), 2, "intent and outcome, once: {rows:?}");
    assert_eq!(count(&rows, "s after restart-checkout"), 1, "{rows:?}");
    let at = |action: &str| rows.iter().position(|row| row.to_string().contains(action)).unwrap();
    assert_ne!(at("\"remedy.announced\""), at("\"remedy.run\""));
    assert_eq!(home.run(&["journal", "--verify"]).status, 0);
}
