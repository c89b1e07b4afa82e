//! Every view, and one incident's page, at every size.

use midwatch::app::View;

use super::{SIZES, keep};
use crate::stage::watch::Watch;

fn at_every_size(name: &str, watch: impl Fn() -> Watch, keys: &str) {
    for (width, height) in SIZES {
        let mut watch = watch().sized(width, height);
        watch.keys(keys);
        keep(&format!("{name}-{width}x{height}"), &watch.frame());
    }
}

#[test]
fn watch() {
    at_every_size("watch", Watch::new, "");
}

#[test]
fn incidents() {
    at_every_size("incidents", || Watch::new().view(View::Incidents), "");
}

#[test]
fn incident() {
    at_every_size("incident", Watch::new, "<Enter>");
}

#[test]
fn signals() {
    at_every_size("signals", || Watch::new().view(View::Signals), "");
}

#[test]
fn logs() {
    at_every_size("logs", || Watch::new().view(View::Logs), "");
}

#[test]
fn mutes() {
    at_every_size("mutes", || Watch::new().view(View::Mutes), "");
}

#[test]
fn journal() {
    at_every_size("journal", || Watch::new().view(View::Journal), "");
}

#[test]
fn sources() {
    at_every_size("sources", || Watch::new().view(View::Sources), "");
}

#[test]
fn checklists_where_none_is_offered() {
    at_every_size("checklists", || Watch::new().view(View::Checklists), "");
}

#[test]
fn remedies() {
    at_every_size("remedies", || Watch::new().view(View::Remedies), "");
}
