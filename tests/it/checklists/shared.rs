//! Two operators, each at a terminal of their own, on one walk.

use super::{RELEASE, SIZE, WALK, item, quiet, walked};
use crate::support::pty::Terminal;
use crate::support::wait;

#[test]
fn two_terminals_share_a_walk_and_each_says_what_the_other_did() {
    let shared = tempfile::tempdir().expect("a temporary folder");
    let store = format!("store = {{ url = \"sqlite:{}\" }}", shared.path().join("team.db").display());
    let [ana, bo] = ["ana", "bo"].map(|name| quiet(name, &store, "release", RELEASE));
    let mut anas = Terminal::open(&ana, WALK, SIZE);
    anas.wait_for("Good: nobody merges.");
    walked(&bo);
    let mut bos = Terminal::open(&bo, WALK, SIZE);
    bos.wait_for("ana began it");
    bos.wait_for("Good: nobody merges.");

    // What one says the other sees, with the name.
    anas.press(" ");
    anas.wait_for("Good: below 1 %.");
    bos.wait_for("ana: done");
    bos.wait_row("done", "ana");
    bos.press("j=");
    bos.wait_for("what you read");
    bos.press("0.4\r");
    bos.wait_for("Good: they know when.");
    anas.wait_for("bo: done");
    anas.wait_row("Error rate", "0.4 %");

    // Both say something at once: neither is lost. Who completes it is told to the other.
    bos.press(" ");
    anas.press("cfrom 0.2 this morning\r");
    bos.wait_for("▶ Completion");
    anas.wait_row("Support is told", "✓");
    bos.wait_row("Error rate", "0.4 %");
    wait::until("the note is kept", || {
        let told = item(&walked(&bo), "errors");
        if told["note"] == "from 0.2 this morning" { Ok(()) } else { Err(told.to_string()) }
    });
    bos.press("C");
    bos.wait_for("signed off");
    bos.press("\r");
    bos.wait_for("Release train is completed: 3 done");
    anas.wait_for("bo completed Release train");
    anas.wait_gone("Good: ");

    let walk = walked(&ana);
    let by = ["frozen", "errors", "told"].map(|id| item(&walk, id)["by"].clone());
    assert_eq!(by, ["ana", "bo", "bo"]);
    assert_eq!(
        (&item(&walk, "errors")["value"], &item(&walk, "errors")["note"]),
        (&0.4.into(), &"from 0.2 this morning".into())
    );
    assert_eq!((&walk["walk"]["by"], &walk["walk"]["ended_by"]), (&"ana".into(), &"bo".into()), "{walk}");
    for screen in [&mut anas, &mut bos] {
        screen.press("q");
    }
}
