//! What can be written on the command line, and what is refused.

use std::path::Path;

use chrono::TimeDelta;
use clap::CommandFactory;

use super::look::{ConfigCommand, Format, StatusFormat, View};
use super::remedy::RemedyCommand;
use super::runbook::Form;
use super::*;
use crate::domain::when::When;

fn read(line: &str) -> Result<Args, clap::Error> {
    Args::read(words(line))
}

fn command(line: &str) -> Command {
    read(line).unwrap_or_else(|error| panic!("{line}: {error}")).command_or_watch()
}

/// Splits a line as a shell would, as far as our examples need it.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
    for c in line.chars() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (None, '"' | '\'') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, ' ') => words.extend(word.take()),
            _ => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

#[test]
fn the_arguments_agree_with_each_other() {
    Args::command().debug_assert();
}

fn examples(command: &clap::Command, found: &mut Vec<String>) {
    let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    assert!(help.lines().all(|line| line.chars().count() <= 80), "wraps on 80 columns: {help}");
    let lines = help.lines().filter(|line| line.starts_with("  midwatch"));
    found.extend(lines.map(|line| line.split("  #").next().unwrap_or(line).trim().to_owned()));
    command.get_subcommands().for_each(|command| examples(command, found));
}

#[test]
fn every_example_in_the_help_is_right() {
    let mut found = Vec::new();
    examples(&Args::command(), &mut found);
    assert!(found.len() > 25, "{found:?}");
    for line in found {
        assert!(read(&line).is_ok(), "{line}: {}", read(&line).unwrap_err());
    }
}

#[test]
fn every_command_that_is_shown_says_what_it_does() {
    for command in Args::command().get_subcommands() {
        assert!(command.get_about().is_some(), "{}", command.get_name());
        for argument in command.get_arguments() {
            assert!(argument.get_help().is_some(), "{} {}", command.get_name(), argument.get_id());
        }
    }
    let shown = Args::command().render_long_help().to_string();
    assert!(!shown.contains("screenshot"));
    for later in ["handover", "drill"] {
        assert!(!shown.contains(&format!("\n  {later} ")), "{later} is not offered yet");
    }
}

#[test]
fn the_screen_is_the_default_and_globals_go_anywhere() {
    assert_eq!(command("midwatch"), Command::Watch);
    for line in [
        "midwatch --theme mono --read-only --config c.toml status",
        "midwatch status --theme mono --read-only --config c.toml",
    ] {
        let args = read(line).unwrap();
        let decided = args.global.command_line();
        assert_eq!((decided.theme.as_deref(), decided.read_only), (Some("mono"), true));
        assert_eq!(decided.config.as_deref(), Some(Path::new("c.toml")));
    }
    assert_eq!(read("midwatch --config= status").unwrap().global.command_line().config, None);
    assert_eq!(read("midwatch --log-level debug").unwrap().global.log_level, Some(LogLevel::Debug));
    assert!(read("midwatch --log-level loud").is_err());
}

#[test]
fn commands_that_look() {
    let Command::Status(status) = command("midwatch status --format line --wait 3s") else { panic!() };
    assert_eq!((status.format, status.wait.wait), (StatusFormat::Line, TimeDelta::seconds(3)));
    let Command::Status(status) = command("midwatch status") else { panic!() };
    assert_eq!(status.wait.wait, TimeDelta::seconds(10));
    let Command::Incidents(incidents) = command("midwatch incidents service=checkout text --format json") else {
        panic!()
    };
    assert_eq!((incidents.filter_text().as_str(), incidents.format), ("service=checkout text", Format::Json));
    let Command::Demo(demo) = command("midwatch demo --at 2026-11-20T03:12:00Z") else { panic!() };
    assert!(demo.at.is_some());
    assert!(read("midwatch demo --at 2026-11-20T03:12:00Z --speed 2").is_err());
    let Command::Config(config) = command("midwatch config init --force") else { panic!() };
    assert_eq!(config.command, ConfigCommand::Init { force: true });
    let Command::Screenshot(shot) = command("midwatch screenshot --size 80x24 --view mutes --out m.svg --theme mono")
    else {
        panic!()
    };
    assert_eq!((shot.size.columns, shot.view), (80, View::Mutes));
}

#[test]
fn a_silence_has_one_end_and_a_reason() {
    let Command::Silence(silence) = command("midwatch silence x --for 2h --comment why --yes") else { panic!() };
    assert_eq!((silence.ends(), silence.yes), (Some(When::Span(TimeDelta::hours(2))), true));
    for wrong in [
        "midwatch silence x --comment why",
        "midwatch silence x --for 2h",
        "midwatch silence x --for 2h --until 09:00 --comment why",
        "midwatch silence x --for 2h --comment ' '",
        "midwatch silence x --until 2h --comment why",
    ] {
        assert!(read(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn a_snooze_is_for_a_time_or_until_one() {
    let ends = |line: &str| match command(line) {
        Command::Snooze(snooze) => snooze.ends().unwrap(),
        other => panic!("{other:?}"),
    };
    assert_eq!(ends("midwatch snooze x 30m"), When::Span(TimeDelta::minutes(30)));
    assert!(matches!(ends("midwatch snooze x until 09:00"), When::Clock(_)));
    assert!(matches!(ends("midwatch snooze x until 2026-11-20 09:00"), When::Local(_)));
    for wrong in
        ["midwatch snooze x", "midwatch snooze x until", "midwatch snooze x until 30m", "midwatch snooze x soon"]
    {
        assert_eq!(super::super::exit::after(&read(wrong).unwrap_err()), super::super::exit::USAGE, "{wrong}");
    }
}

#[test]
fn the_rest_of_the_actions() {
    let Command::Ack(ack) = command("midwatch ack 4f2a --for 30m --comment 'on it'") else { panic!() };
    assert_eq!((ack.target.incident.as_str(), ack.lasts), ("4f2a", Some(TimeDelta::minutes(30))));
    let Command::Comment(comment) = command("midwatch comment 4f2a failed over") else { panic!() };
    assert_eq!(comment.text(), "failed over");
    assert!(read("midwatch comment 4f2a").is_err());
    assert!(read("midwatch ack").is_err());
    let help = read("midwatch ack --help").unwrap_err();
    assert_eq!(super::super::exit::after(&help), super::super::exit::OK);
}

#[test]
fn runbooks_and_remedies() {
    let Command::Runbook(runbook) = command("midwatch runbook CheckoutErrorsHigh --format md") else { panic!() };
    assert_eq!((runbook.what.as_deref(), runbook.format), (Some("CheckoutErrorsHigh"), Some(Form::Md)));
    assert!(read("midwatch runbook").is_err(), "which one?");
    assert!(read("midwatch runbook --list").is_ok());
    let line =
        "midwatch remedy run restart --for 4f2a --set instance=a=b --secret key=file:/k --yes restart --watch 5m";
    let Command::Remedy(remedy) = command(line) else { panic!() };
    let RemedyCommand::Run(run) = remedy.command else { panic!() };
    assert_eq!(
        (run.id.as_str(), run.incident.as_deref(), run.yes.as_deref()),
        ("restart", Some("4f2a"), Some("restart"))
    );
    assert_eq!(run.values, [("instance".to_owned(), "a=b".to_owned())]);
    assert_eq!((run.watch, run.wait_approval), (TimeDelta::minutes(5), TimeDelta::minutes(15)));
    for wrong in [
        "midwatch remedy",
        "midwatch remedy run",
        "midwatch remedy run restart --try",
        "midwatch remedy run restart --watch 5m",
        "midwatch remedy run restart --secret key=hunter2",
        "midwatch remedy run restart --yes",
    ] {
        assert!(read(wrong).is_err(), "{wrong}");
    }
}
