//! A service hangs, its alert fires; the runbook says what to do, the remedy does it, and the alert says that it worked.

use super::hung::{HANGS, Hung};
use super::setting::SIZE;
use crate::support::home::Home;
use crate::support::lab::Lab;
use crate::support::pty::Terminal;
use crate::support::wait;

const RUNBOOK: &str = "# Checkout hangs

`{{labels.instance}}` is there and answers nothing.

- [ ] Is it one instance?

## Mitigation

```remedy restart-checkout
```

## Verification

It listens, and the alert resolves.
";

/// The scene, and a home whose runbook is for it. The lab is there as long as the scene is.
fn set() -> Option<(Lab, Hung, Home)> {
    let (lab, scene) = Hung::set("cooldown = \"10m\"")?;
    let runbook = format!("[[runbook]]\nmatch = {{ alertname = \"{HANGS}\" }}\npath = \"runbooks/hangs.md\"\n");
    let home = Home::with_config(&format!("{}{runbook}", scene.config));
    home.write("config/midwatch/runbooks/hangs.md", RUNBOOK);
    Some((lab, scene, home))
}

#[test]
fn the_runbook_is_opened_its_step_run_and_the_alert_resolves() {
    let Some((_lab, scene, home)) = set() else { return };
    let hung = scene.service.process();
    let instance = scene.service.backend.api.address();
    let mut screen = Terminal::open(&home, &[], SIZE);
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
        let rows = home.journal();
        let told = rows.iter().any(|row| row.to_string().contains("s after restart-checkout"));
        if told { Ok(rows) } else { Err(format!("{rows:?}")) }
    });
    let of = |action: &str| story.iter().filter(|row| row.to_string().contains(action)).count();
    assert_eq!(of("\"remedy.run\""), 2, "intent and outcome: {story:?}");
    assert_eq!(home.run(&["journal", "--verify"]).status, 0);
    assert!(scene.am.api.active_silences().is_empty(), "a remedy silences nothing");
}

#[test]
fn a_command_restarts_it_and_the_cool_down_holds() {
    let Some((_lab, scene, home)) = set() else { return };
    let hung = scene.service.process();

    let looked = home.run(&["remedy", "run", "restart-checkout", "--for", HANGS, "--dry-run"]);
    assert_eq!(looked.status, 0, "{looked:?}");
    assert!(looked.out.contains("restart.sh") && looked.out.contains("PATH"), "{looked:?}");
    let unasked = home.run(&["remedy", "run", "restart-checkout", "--for", HANGS]);
    assert_eq!(unasked.status, 1, "nobody agreed: {unasked:?}");
    assert_eq!(scene.service.process(), hung, "until somebody agrees nothing runs");

    let ran = home.run(&["remedy", "run", "restart-checkout", "--for", HANGS, "--yes", "restart-checkout"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(ran.out.contains("restarting") && ran.out.contains("it listens"), "{ran:?}");
    let restarted = scene.service.process();
    assert_ne!(restarted, hung);
    scene.service.wait_ready();

    let again = home.run(&["remedy", "run", "restart-checkout", "--for", HANGS, "--yes", "restart-checkout"]);
    assert_eq!(again.status, 1, "{again:?}");
    assert_eq!(scene.service.process(), restarted, "it cools down");
    wait::until("the alert has resolved", || {
        let (exit, status) = home.status();
        if exit == 0 { Ok(()) } else { Err(status.to_string()) }
    });
}
