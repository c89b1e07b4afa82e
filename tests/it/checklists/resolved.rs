//! `midwatch resolve`: only what was declared is declared over, and only by its title.

use crate::support::home::Home;

/// A file whose lines are alerts of nobody: nothing was declared here.
#[test]
fn what_was_not_there_is_not_declared_over() {
    let home = Home::new();
    let ran = home.run(&["resolve", "Nobody can log in", "--yes", "Nobody can log in", "--wait", "1s"]);
    assert_eq!((ran.status, ran.out.as_str()), (1, ""), "{ran:?}");
    assert!(ran.err.contains("no incident is called 'Nobody can log in'"), "{ran:?}");
    assert_eq!(home.journal().len(), 0);
}
