//! A service hangs, its alert fires; the runbook says what to do, the remedy does it, and the alert says that it worked.

use serde_json::Value;

use super::setting::{self, SIZE};
use crate::support::home::Home;
use crate::support::lab::{Backend, Lab, Prometheus, rules};
use crate::support::pty::Terminal;
use crate::support::service::Service;
use crate::support::wait;

/// The alert: Prometheus gets no answer from the service.
const HANGS: &str = "CheckoutHangs";

const RUNBOOK: &str = "# Checkout hangs

`{{labels.instance}}` is there and answers nothing.

- [ ] Is it one instance?

## Mitigation

```remedy restart-checkout
```

## Verification

It listens, and the alert resolves.
";

/// Prometheus, Alertmanager and the service, and midwatch's configuration for them.
struct Scene {
    service: Service,
    am: Backend,
    _prometheus: Prometheus,
    home: Home,
}

impl Scene {
    fn set(lab: &Lab) -> Self {
        let service = Service::start(lab);
        let am = lab.alertmanager();
        let labels = [("service", "checkout"), ("severity", "critical")];
        let hangs = rules(&[(HANGS, "up{job=\"node\"} == 0", &labels)]);
        let prometheus = lab.prometheus(&hangs, &[&am], Some(&service.backend));
        let remedy = format!(
            "[[runbook]]\n\
             match = {{ alertname = \"{HANGS}\" }}\n\
             path = \"runbooks/hangs.md\"\n\
             [[remedy]]\n\
             id = \"restart-checkout\"\n\
             title = \"Restart checkout\"\n\
             match = {{ alertname = \"{HANGS}\" }}\n\
             script = {{ path = \"{}\", interpreter = [\"sh\"], args = [\"{{instance}}\"] }}\n\
             verify = [\"sh\", \"{}\"]\n\
             timeout = \"20s\"\n\
             cooldown = \"10m\"\n\
             [remedy.params.instance]\n\
             from = \"label:instance\"\n\
             pattern = \"[0-9.:]{{1,32}}\"\n",
            service.restart.display(),
            service.ready.display(),
        );
        let home = Home::with_config(&setting::alertmanager(&[&am], &remedy));
        home.write("config/midwatch/runbooks/hangs.md", RUNBOOK);
        service.wait_ready();
        service.hang();
        am.wait_for_alert(HANGS);
        Self { service, am, _prometheus: prometheus, home }
    }

    fn journal(&self) -> Vec<Value> {
        let told = self.home.run(&["journal", "--format", "json"]);
        let all: Value = serde_json::from_str(&told.out).unwrap_or_else(|error| panic!("{error}: {told:?}"));
        all["rows"].as_array().cloned().unwrap_or_else(|| panic!("{all}"))
    }
}

#[test]
fn the_runbook_is_opened_its_step_run_and_the_alert_resolves() {
    let Some(lab) = Lab::open(&["prometheus", "prometheus-alertmanager", "prometheus-node-exporter"]) else { return };
    let scene = Scene::set(&lab);
    let hung = scene.service.process();
    let instance = scene.service.backend.api.address();
    let mut screen = Terminal::open(&scene.home, &[], SIZE);
    screen.wait_row(HANGS, "unacked");

    screen.press("r");
    screen.wait_for("Checkout hangs");
    screen.wait_row(&instance, "is there and answers nothing");
    screen.press("]");
    screen.press("x");
    screen.wait_for("Restart checkout");
    screen.wait_for("restart.sh");
    screen.wait_for("Type restart-checkout");
    screen.press("restart-chekout\r");
    screen.wait_for("nothing");
    assert_eq!(scene.service.process(), hung, "a word that is typed wrong runs nothing");
    screen.press("\u{15}");
    screen.press("restart-checkout\r");

    screen.wait_for(&format!("restarting {instance}, process {hung}"));
    screen.wait_for("it listens");
    screen.wait_for("ok");
    assert_ne!(scene.service.process(), hung);
    scene.service.wait_ready();

    screen.wait_for("resolved");
    let story = wait::until("the story is in the journal", || {
        let rows = scene.journal();
        let told = rows.iter().any(|row| row.to_string().contains("s after restart-checkout"));
        if told { Ok(rows) } else { Err(format!("{rows:?}")) }
    });
    let of = |action: &str| story.iter().filter(|row| row.to_string().contains(action)).count();
    assert_eq!(of("\"remedy.run\""), 2, "intent and outcome: {story:?}");
    assert_eq!(scene.home.run(&["journal", "--verify"]).status, 0);
    assert!(scene.am.api.active_silences().is_empty(), "a remedy silences nothing");
}

#[test]
fn a_command_restarts_it_and_the_cool_down_holds() {
    let Some(lab) = Lab::open(&["prometheus", "prometheus-alertmanager", "prometheus-node-exporter"]) else { return };
    let scene = Scene::set(&lab);
    let hung = scene.service.process();

    let looked = scene.home.run(&["remedy", "run", "restart-checkout", "--for", HANGS, "--dry-run"]);
    assert_eq!(looked.status, 0, "{looked:?}");
    assert!(looked.out.contains("restart.sh") && looked.out.contains("PATH"), "{looked:?}");
    let unasked = scene.home.run(&["remedy", "run", "restart-checkout", "--for", HANGS]);
    assert_eq!(unasked.status, 1, "nobody agreed: {unasked:?}");
    assert_eq!(scene.service.process(), hung, "until somebody agrees nothing runs");

    let ran = scene.home.run(&["remedy", "run", "restart-checkout", "--for", HANGS, "--yes", "restart-checkout"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(ran.out.contains("restarting") && ran.out.contains("it listens"), "{ran:?}");
    let restarted = scene.service.process();
    assert_ne!(restarted, hung);
    scene.service.wait_ready();

    let again = scene.home.run(&["remedy", "run", "restart-checkout", "--for", HANGS, "--yes", "restart-checkout"]);
    assert_eq!(again.status, 1, "{again:?}");
    assert_eq!(scene.service.process(), restarted, "it cools down");
    wait::until("the alert has resolved", || {
        let (exit, status) = scene.home.status();
        if exit == 0 { Ok(()) } else { Err(status.to_string()) }
    });
}
