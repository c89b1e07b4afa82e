//! An incident that an operator declares: seen by everybody until it is declared over.

use super::{RELEASE, SIZE, WALK, item, quiet, walked};
use crate::support::home::Home;
use crate::support::pty::Terminal;
use crate::support::wait;

const TITLE: &str = "Nobody can log in";

/// Waits until `midwatch status` tells of it, or does not.
fn wait_for(home: &Home, title: &str, open: bool) {
    wait::until(&format!("{title} in the status: {open}"), || {
        let (_, status) = home.status();
        let all = status["incidents"].as_array().expect("incidents").clone();
        let is = all.iter().any(|incident| incident["title"] == title && incident["state"] != "resolved");
        if is == open { Ok(()) } else { Err(status.to_string()) }
    });
}

#[test]
fn it_is_in_the_status_until_its_title_is_typed() {
    let home = quiet("ana", "", "release", RELEASE);
    let mut screen = Terminal::open(&home, &[], SIZE);
    screen.wait_for("sources live");
    assert_eq!(home.status().0, 0);
    screen.press("I");
    screen.wait_for("what is wrong");
    screen.press("C Nobody can log in\r");
    screen.wait_row(TITLE, "unacked");
    screen.wait_for("ana declared Nobody can log in");
    wait_for(&home, TITLE, true);
    let (exit, status) = home.status();
    let incident = home.incident(TITLE).expect("it is told");
    assert_eq!((exit, &status["verdict"], &incident["severity"]), (2, &"critical".into(), &"critical".into()));

    let wrong = home.run(&["resolve", TITLE, "--yes", "nobody can log in"]);
    assert_eq!((wrong.status, wrong.out.as_str()), (1, ""), "{wrong:?}");
    assert!(wrong.err.contains("is not its title"), "{wrong:?}");
    wait_for(&home, TITLE, true);
    let right = home.run(&["resolve", TITLE, "--yes", TITLE, "--comment", "the directory was full"]);
    assert_eq!(right.status, 0, "{right:?}");
    screen.wait_row(TITLE, "resolved");
    wait_for(&home, TITLE, false);
    assert_eq!(home.status().0, 0);
    let did: Vec<_> = home.journal().into_iter().map(|row| row["what"].clone()).collect();
    for action in ["incident.declared", "comment", "incident.over"] {
        assert!(did.contains(&action.into()), "{action}: {did:?}");
    }
}

#[test]
fn an_item_that_failed_offers_it_and_remembers_what_came_of_it() {
    let home = quiet("ana", "", "release", RELEASE);
    let mut screen = Terminal::open(&home, WALK, SIZE);
    screen.wait_for("Good: nobody merges.");
    screen.press("F");
    screen.wait_for("what is wrong");
    screen.press("three merged since noon\r");
    screen.wait_for("declare an incident");
    screen.press("j\r");
    screen.wait_for("H The branch is frozen");
    screen.press("\r");
    screen.wait_for("Good: below 1 %.");
    wait_for(&home, "The branch is frozen", true);
    let told = home.incident("The branch is frozen").expect("it is told");
    assert_eq!(told["severity"], "high");
    let failed = wait::until("what came of it is kept", || {
        let told = item(&walked(&home), "frozen");
        if told["followed"][0].is_string() { Ok(told) } else { Err(told.to_string()) }
    });
    assert_eq!((&failed["outcome"], &failed["note"]), (&"failed".into(), &"three merged since noon".into()));
    assert!(failed["followed"][0].as_str().expect("words").contains("declared"), "{failed}");
    // It is on the Watch as any other; there it is declared over.
    screen.press("1");
    screen.wait_row("The branch is", "unacked");
    screen.wait_for("ana found failing Release tra");
    screen.press("gD");
    screen.wait_for("Declare The branch is frozen over?");
    screen.press("y");
    screen.wait_row("The branch is", "resolved");
    wait_for(&home, "The branch is frozen", false);
}
