//! A service is worked on: its alerts are silenced at a real Alertmanager with the reason and the way back, the header
//! says so, and ending it lets them be heard again.

use serde_json::Value;

use super::setting::{self, ALERT, SIZE, firing};
use crate::support::home::{Home, Ran};
use crate::support::lab::Lab;
use crate::support::pty::Terminal;
use crate::support::wait;

const REASON: &str = "new database";
const BACK: &str = "restore the snapshot";

fn comment(silence: &Value) -> &str {
    silence["comment"].as_str().expect("a silence has a comment")
}

fn matchers(silence: &Value) -> Vec<(&str, &str)> {
    let all = silence["matchers"].as_array().expect("a silence has matchers");
    all.iter().map(|one| (one["name"].as_str().unwrap(), one["value"].as_str().unwrap())).collect()
}

fn plans(home: &Home, more: &[&str]) -> Ran {
    let fixed = ["silence", "--service", "checkout", "--comment", REASON, "--yes"];
    home.run(&[&fixed, more].concat())
}

#[test]
fn w_begins_it_the_header_shows_it_and_w_ends_it() {
    let Some(lab) = Lab::with_alerting() else { return };
    let am = lab.alertmanager();
    let _prometheus = lab.prometheus(&firing(), &[&am], None);
    let home = Home::with_config(&setting::alertmanager(&[&am], ""));
    let mut screen = Terminal::open(&home, &[], SIZE);
    screen.wait_row(ALERT, "unacked");

    screen.press("W");
    screen.wait_for("matches 1 now");
    screen.press("\r");
    screen.wait_for("say why");
    screen.press(REASON);
    screen.wait_row("because", REASON);
    screen.press("\t");
    screen.press(BACK);
    screen.wait_row("to go back", BACK);
    screen.press("\r");
    screen.wait_for("Begin maintenance of checkout?");
    assert!(am.api.silences().is_empty(), "nothing before the answer");
    screen.press("y");
    screen.wait_for("maintenance of checkout until");
    let silence =
        wait::until("the silence is in force", || am.api.active_silences().pop().ok_or_else(|| "none".to_owned()));
    assert_eq!(comment(&silence), format!("maintenance of checkout: {REASON} · to go back: {BACK}"));
    assert_eq!(matchers(&silence), [("service", "checkout")]);
    let (_, status) = wait::until("status is quiet", || {
        let (exit, status) = home.status();
        if exit == 0 { Ok((exit, status)) } else { Err(status.to_string()) }
    });
    assert_eq!(status["version"], 1, "{status}");
    screen.press("6");
    screen.wait_for("maintenance of checkout: new database");
    screen.press("8");
    screen.wait_row("planned work on", "new database");
    screen.press("1");

    screen.press("W");
    screen.wait_for("End the maintenance of checkout now?");
    screen.press("y");
    screen.wait_for("the maintenance of checkout has ended");
    wait::until("no silence is in force", || {
        let active = am.api.active_silences();
        if active.is_empty() { Ok(()) } else { Err(format!("{active:?}")) }
    });
    screen.wait_gone("maintenance of checkout until");
    screen.wait_row(ALERT, "unacked");
    let journal = home.run(&["journal", "--format", "json"]);
    assert!(journal.out.contains("\"maintenance\"") && journal.out.contains("\"maintenance.end\""), "{}", journal.out);
    assert_eq!(home.run(&["journal", "--verify"]).status, 0);
}

#[test]
fn a_command_plans_it_and_one_without_a_way_back_is_refused() {
    let Some(lab) = Lab::with_alerting() else { return };
    let am = lab.alertmanager();
    let _prometheus = lab.prometheus(&firing(), &[&am], None);
    am.wait_for_alert(ALERT);
    let home = Home::with_config(&setting::alertmanager(&[&am], ""));

    let refused = plans(&home, &["--for", "1h"]);
    assert_eq!(refused.status, 64, "{refused:?}");
    assert!(refused.err.contains("--rollback"), "{refused:?}");
    let endless = plans(&home, &["--rollback", BACK]);
    assert_ne!(endless.status, 0, "{endless:?}");
    assert!(am.api.silences().is_empty(), "nothing was made");

    let later = plans(&home, &["--from", "2h", "--for", "30m", "--rollback", BACK]);
    assert_eq!(later.status, 0, "{later:?}");
    let silences = am.api.silences();
    let [pending] = silences.as_slice() else { panic!("one silence: {silences:?}") };
    assert_eq!(
        (&pending["status"]["state"], matchers(pending)),
        (&Value::from("pending"), vec![("service", "checkout")])
    );
    let moment = |name: &str| pending[name].as_str().unwrap().parse::<chrono::DateTime<chrono::Utc>>().unwrap();
    assert_eq!((moment("endsAt") - moment("startsAt")).num_minutes(), 30, "the span counts from the begin");

    let screen = Terminal::open(&home, &[], SIZE);
    screen.wait_row(ALERT, "unacked");
    assert!(!screen.text().contains("maintenance of checkout until"), "it has not begun");
    let now = plans(&home, &["--from", "now", "--for", "1h", "--rollback", BACK]);
    assert_eq!(now.status, 0, "{now:?}");
    screen.wait_for("maintenance of checkout until");
    let active = am.api.active_silences();
    assert_eq!(active.len(), 1, "{active:?}");
    assert_eq!(comment(&active[0]), format!("maintenance of checkout: {REASON} · to go back: {BACK}"));
}
