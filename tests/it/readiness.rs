//! midwatch's own host is in trouble, or its sources are: what a person sees, and what is not lost.

mod clock;
mod damaged;
mod disk;
mod fake;
mod limits;
mod names;
mod rotated;
mod slow;
mod small_disk;
mod storm;

use std::time::Duration;

use crate::support::pty::Terminal;

/// The size of the screens here.
const SIZE: (u16, u16) = (160, 40);
/// The alert of most tests.
const ALERT: &str = "CheckoutDown";
/// Return.
const ENTER: &str = "\r";
/// How long the screen stands still before a test takes it as done.
const QUIET: Duration = Duration::from_millis(300);

/// A watch of one Alertmanager, named `am`, asked each second.
fn config(url: &str) -> String {
    format!("operator = {{ name = \"ana\" }}\n{}", source("am", url))
}

/// One more of them.
fn source(name: &str, url: &str) -> String {
    format!(
        "[[source]]\nname = \"{name}\"\nkind = \"alertmanager\"\nurl = \"{url}\"\nevery = \"1s\"\ntimeout = \"10s\"\n\
         ack = {{ for = \"60s\", max = \"1h\" }}\n"
    )
}

/// Keys are answered: the help opens and closes again.
fn keys_are_answered(screen: &mut Terminal) {
    screen.press("?");
    screen.wait_for("Keys of this place");
    screen.press("\x1b");
    screen.wait_gone("Keys of this place");
}
