//! What can go wrong with the sources of this machine: log files, the journal, the machine itself.

mod files;
mod journal;
mod machine;

use std::path::Path;
use std::time::Duration;

use midwatch::board::{Board, SourceEvent};
use midwatch::domain::Health;
use midwatch::report::exit_code;
use midwatch::source::Source;

use super::fault::Again;
use super::meeting::again;
use super::page::{Part, Row, plain};
use super::watch::Watch;

/// How long one poll may take; a look at this machine takes no network.
const TIMEOUT: Duration = Duration::from_secs(5);

/// One thing that can go wrong here. All functions get the case's own folder.
pub struct Case {
    who: &'static str,
    title: &'static str,
    todo: &'static str,
    /// Makes the adapter over what is well, or for a case that is wrong from the start, over what is wrong.
    make: fn(&Path) -> Box<dyn Source>,
    /// What goes wrong.
    spoil: fn(&Path),
    /// Makes it good again.
    mend: fn(&Path),
    /// Words of the cause where it fails, else of its notes.
    says: &'static str,
    /// When it is asked again.
    again: Again,
    /// What must be known, before, meanwhile and after.
    known: fn(&Board) -> bool,
    /// What must become known although it is as it is.
    learns: fn(&Board) -> bool,
}

/// Every case, met.
pub async fn parts() -> Vec<Part> {
    let cases = files::cases().into_iter().chain(journal::cases()).chain(machine::cases());
    let begun: Vec<_> = cases.map(|case| tokio::spawn(part(case))).collect();
    let mut parts = Vec::with_capacity(begun.len());
    for part in begun {
        parts.push(part.await.expect("a meeting ends well"));
    }
    parts
}

async fn part(case: Case) -> Part {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let here = folder.path();
    let title = case.title;
    let mut watch = Watch::begin((case.make)(here), TIMEOUT);
    while !(case.known)(&watch.board) {
        watch.answer().await;
    }
    (case.spoil)(here);
    let row = if case.again == Again::AsAlways {
        lives(&mut watch, &case, here).await
    } else {
        fails(&mut watch, &case, here).await
    };
    assert!((case.known)(&watch.board), "{title}: what was known is gone");
    (case.mend)(here);
    let at = watch.answer().await;
    assert_eq!(watch.health(at), Health::Live, "{title}");
    Part { title, todo: case.todo, rows: vec![row], write: None }
}

async fn fails(watch: &mut Watch, case: &Case, here: &Path) -> Row {
    let title = case.title;
    let mut failed = watch.failure().await;
    // What is lost now and then is asked for a while as before.
    while !failed.cause.contains(case.says) || again(failed.wait) != case.again {
        let before = failed.cause.clone();
        failed = tokio::time::timeout(super::watch::PATIENCE, watch.failure()).await.unwrap_or_else(|_| {
            panic!("{title}: '{}' is not in {before}, or it is not asked again {:?}", case.says, case.again)
        });
    }
    assert_eq!(watch.health(failed.report.at), Health::Unreachable, "{title}");
    Row {
        who: case.who,
        state: watch.health(failed.report.at).words(),
        says: tidy(&failed.cause, here),
        again: again(failed.wait),
        exit: watch.exit_of(&failed.report),
    }
}

async fn lives(watch: &mut Watch, case: &Case, here: &Path) -> Row {
    let title = case.title;
    let met = async {
        loop {
            let report = watch.next().await;
            assert!(!matches!(report.event, SourceEvent::Failed { .. }), "{title}: {report:?}");
            let notes = watch.status().notes.join("; ");
            if notes.contains(case.says) && (case.learns)(&watch.board) {
                return (report.at, notes);
            }
        }
    };
    let met = tokio::time::timeout(super::watch::PATIENCE, met).await;
    let (at, notes) = met.unwrap_or_else(|_| panic!("{title}: '{}' is not said, or nothing is learned", case.says));
    Row {
        who: case.who,
        state: watch.health(at).words(),
        says: tidy(&notes, here),
        again: Again::AsAlways,
        exit: exit_code(watch.board.summary(at).verdict()),
    }
}

fn tidy(text: &str, here: &Path) -> String {
    plain(&text.replace(&here.display().to_string(), "/var/log/app"), "")
}

/// Whether some log line holds these words.
fn told(board: &Board, words: &str) -> bool {
    board.logs().lines().iter().any(|kept| kept.text.contains(words))
}
