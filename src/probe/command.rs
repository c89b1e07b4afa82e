//! A process: exit 0 is good, and the first number of its output must be as expected, if something is.

use std::collections::BTreeMap;
use std::time::Duration;

use chrono::TimeDelta;
use tokio::sync::{mpsc, watch};

use super::evidence::Finding;
use super::{Ground, number, words};
use crate::domain::checklist::Expect;
use crate::domain::checklist::probe::{Held, LINES};
use crate::domain::remediation::output::{Output, OutputLine, Stream};
use crate::domain::remediation::plan::{EnvValue, ProcessCall, command_line};
use crate::remedy::exec::{self, Ended, Finished, Limits};
use crate::remedy::plan::{Machine, program};

/// The longest that a command may take.
const LONGEST: Duration = Duration::from_mins(5);
/// How long after TERM it is killed.
const GRACE: Duration = Duration::from_secs(1);
/// How long a look for a program may take: it may lie on a share that is gone.
const LOOKED: Duration = Duration::from_secs(5);

pub(super) async fn ask(
    ground: &Ground,
    argv: &[String],
    timeout: TimeDelta,
    unit: &str,
    expect: Option<Expect>,
    allowed: Result<(), String>,
) -> Finding {
    let from = command_line(argv);
    let finding = match allowed {
        Err(words) => Finding::unknown(format!("not started: {words}")),
        Ok(()) => match run(ground, argv, timeout).await {
            Ok(finished) => judged(&finished, unit, expect),
            Err(words) => Finding::unknown(words),
        },
    };
    finding.from(from)
}

async fn run(ground: &Ground, argv: &[String], timeout: TimeDelta) -> Result<Finished, String> {
    let call = planned(ground, argv).await?;
    let limits = Limits { timeout: timeout.to_std().unwrap_or_default().min(LONGEST), grace: GRACE };
    let (heard, mut ears) = mpsc::channel(16);
    // Kept until the end: nobody asks for an end before it, but by dropping this.
    let none = BTreeMap::new();
    let (_stop, cancel) = watch::channel(false);
    let hearing = async { while ears.recv().await.is_some() {} };
    let (finished, ()) = tokio::join!(exec::run(&call, &none, limits, heard, cancel), hearing);
    Ok(finished)
}

/// The program is found before anything is started; it is never looked for in the folder where midwatch runs.
async fn planned(ground: &Ground, argv: &[String]) -> Result<ProcessCall, String> {
    let mut argv = argv.to_vec();
    let Some(name) = argv.first().cloned() else { return Err("there is no program; say which one".to_owned()) };
    let machine = Machine { environment: None, path: ground.path.clone() };
    let looked = tokio::task::spawn_blocking(move || program(&name, &machine));
    let found = match tokio::time::timeout(LOOKED, looked).await {
        Ok(Ok(found)) => found?,
        _ => return Err("the program was not found in time; is a folder of PATH on a share that is gone?".to_owned()),
    };
    if let Some(first) = argv.first_mut() {
        *first = found;
    }
    let env = ground.env.iter().map(|(name, value)| (name.clone(), EnvValue::Plain(value.clone()))).collect();
    Ok(ProcessCall { argv, script: None, env, cwd: "/".into() })
}

fn judged(finished: &Finished, unit: &str, expect: Option<Expect>) -> Finding {
    let finding = match (&finished.ended, expect) {
        (Ended::Exit(0), None) => Finding::new(Held::Good, "exit 0"),
        (Ended::Exit(0), Some(expect)) => match first_number(&finished.output) {
            Some(value) => {
                Finding::new(words::held(expect, value), words::both(value, expect, unit)).value(value, unit)
            }
            None => Finding::unknown(format!("its output holds no number · {}", words::expected(expect, unit))),
        },
        (Ended::Exit(code), _) => Finding::new(Held::Bad, format!("exit {code} · expected exit 0")),
        (Ended::Signal(name), _) => Finding::new(Held::Bad, format!("it ended of {name} · expected exit 0")),
        (Ended::TimedOut, _) => {
            let after = finished.took.as_secs_f64();
            Finding::unknown(format!("it did not end within its time and was killed after {after:.1} s"))
        }
        (Ended::Cancelled, _) => Finding::unknown("it was stopped before it ended"),
        (Ended::NotStarted(why), _) => Finding::unknown(format!("not started: {why}")),
    };
    let (output, left_out) = lines(&finished.output);
    let notes = finished.notes.iter().cloned().chain(left_out);
    finding.lines(notes).lines(output)
}

/// The first number of what it said, complaints left out.
fn first_number(output: &Output) -> Option<f64> {
    let all = output.first().iter().chain(output.last());
    all.filter(|line| line.stream == Stream::Out).find_map(|line| number::first(&line.text()))
}

/// The first lines and the last ones, and a word about those between.
fn lines(output: &Output) -> (Vec<String>, Option<String>) {
    const ROOM: usize = LINES - 6;
    let all: Vec<String> = output.first().iter().chain(output.last()).map(OutputLine::text).collect();
    if all.len() <= ROOM && output.left_out() == 0 {
        return (all, None);
    }
    let tail = all.len().saturating_sub(ROOM / 2).max(ROOM / 2);
    let shown: Vec<String> = all.iter().take(ROOM / 2).chain(all.iter().skip(tail)).cloned().collect();
    (shown, Some("only the first and the last of its lines are kept".to_owned()))
}
