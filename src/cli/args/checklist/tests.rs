//! What can be written after `midwatch checklist`.

use super::*;
use crate::cli::args::{Args, Command};

fn read(line: &str) -> Result<ChecklistCommand, clap::Error> {
    let args = Args::read(["midwatch", "checklist"].into_iter().chain(line.split(' ')))?;
    match args.command_or_watch() {
        Command::Checklist(checklist) => Ok(checklist.command),
        other => panic!("{other:?}"),
    }
}

#[test]
fn looking_walking_and_looking_back() {
    assert_eq!(read("list").unwrap(), ChecklistCommand::List(List { format: Form::Text }));
    let ChecklistCommand::Walk(walk) = read("walk daily --probes-only --format json").unwrap() else { panic!() };
    assert_eq!((walk.id.as_str(), walk.probes_only, walk.format), ("daily", true, Form::Json));
    let ChecklistCommand::History(history) = read("history --compare 5be1 77aa").unwrap() else { panic!() };
    assert_eq!(history.compare, Some(vec!["5be1".to_owned(), "77aa".to_owned()]));
    let ChecklistCommand::Export(export) = read("export daily").unwrap() else { panic!() };
    assert_eq!((export.format, export.concerns), (Form::Md, None), "a document to keep is Markdown");
}

#[test]
fn what_makes_no_sense_is_refused() {
    for wrong in [
        "walk daily --format json",
        "history daily --compare 5be1 77aa",
        "history --compare 5be1",
        "history --limit 0",
        "export daily --format json --concerns yaml",
        "import a.md --id Daily",
        "import a.md --id -daily",
        "import a.md --id dä",
    ] {
        let error = read(wrong).unwrap_err();
        assert_eq!(crate::cli::exit::after(&error), crate::cli::exit::USAGE, "{wrong}");
    }
}
