//! This machine: nothing of it can be read, a part cannot, or looking never ends.

use std::path::{Path, PathBuf};

use chrono::Utc;
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use midwatch::source::Source;
use midwatch::source::host::Host;
use midwatch::source::host::client::Probe;
use midwatch::source::host::wire::{Machine, Use};
use midwatch::source::options::{HostOptions, HostRules, KindOptions};

use super::{Case, TIMEOUT};
use crate::faults::adapters::options;
use crate::faults::fault::Again;

/// All of them.
pub fn cases() -> Vec<Case> {
    vec![
        case(
            ("Nothing of this machine can be read", "Is `/proc` mounted, and may this user read it?"),
            "nothing of this machine could be read",
            Again::Rarely,
            |here| say(here, "nothing"),
        ),
        case(
            (
                "A part of this machine cannot be read",
                "Read the note; what is not read is shown as not known, never as 0.",
            ),
            "file systems could not be listed",
            Again::AsAlways,
            |here| say(here, "part"),
        ),
        case(
            (
                "A look at this machine never ends",
                "A dead network file system, most often: `ignore_mounts` leaves it out.",
            ),
            "no full answer within",
            Again::Soon,
            |here| say(here, "hangs"),
        ),
    ]
}

fn case((title, todo): (&'static str, &'static str), says: &'static str, again: Again, spoil: fn(&Path)) -> Case {
    Case {
        who: "host",
        title,
        todo,
        make,
        spoil,
        mend: |here| say(here, "good"),
        says,
        again,
        known: |board| {
            board.signals().iter().any(|track| track.latest().is_some_and(|reading| reading.value.is_some()))
        },
        learns: |_| true,
    }
}

fn say(here: &Path, mode: &str) {
    std::fs::write(here.join("mode"), mode).expect("a file can be written");
}

fn make(here: &Path) -> Box<dyn Source> {
    say(here, "good");
    let own = HostOptions { host: "here".to_owned(), rules: HostRules::default(), ignore_mounts: Vec::new() };
    let source = options(KindOptions::Host(own.clone()), TIMEOUT);
    Box::new(Host::with_probe(&own, &source, Box::new(Told(here.join("mode")))))
}

/// A machine that is as a file says.
struct Told(PathBuf);

impl Probe for Told {
    fn look(&mut self) -> BoxFuture<'_, Machine> {
        let mode = std::fs::read_to_string(&self.0).expect("a file of the test");
        async move {
            let memory = Some(Use { used: 1 << 30, total: 4 << 30 });
            let unread = Machine::unread(Utc::now());
            match mode.as_str() {
                "hangs" => std::future::pending().await,
                "nothing" => unread,
                "part" => {
                    let notes = vec!["file systems could not be listed".to_owned()];
                    Machine { cpu: Some(10.0), cores: Some(2), memory, notes, ..unread }
                }
                _ => Machine { cpu: Some(10.0), cores: Some(2), memory, disks: Some(Vec::new()), ..unread },
            }
        }
        .boxed()
    }
}
