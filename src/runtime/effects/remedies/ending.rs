//! What came of a process, as an ending, and as an outcome of the journal. Rules over values; nothing waits here.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::domain::duration;
use crate::domain::journal::Outcome;
use crate::domain::remediation::Exit;
use crate::domain::remediation::output::{OutputLine, Stream};
use crate::domain::remediation::run::Ending;
use crate::remedy::exec::{Ended, Finished};

/// How a run ended whose process ended so. `why` says who stopped it, if somebody did.
pub(super) fn of(ended: &Ended, exits: &BTreeMap<i32, Exit>, why: Option<String>) -> Ending {
    match ended {
        Ended::Exit(code) => match exits.get(code) {
            Some(exit) if exit.ok => Ending::Ok,
            Some(exit) => Ending::Failed(joined(&format!("exit {code}"), &exit.words)),
            None if *code == 0 => Ending::Ok,
            None => Ending::Failed(format!("exit {code}")),
        },
        Ended::Signal(name) => Ending::Signalled(name.clone()),
        Ended::TimedOut => Ending::TimedOut,
        Ended::Cancelled => Ending::Cancelled(why.unwrap_or_default()),
        Ended::NotStarted(words) => Ending::Failed(format!("it did not start: {words}")),
    }
}

/// What is said of a good end beside "ok": "nothing to do".
pub(super) fn remark<'a>(ended: &Ended, exits: &'a BTreeMap<i32, Exit>) -> &'a str {
    match ended {
        Ended::Exit(code) => exits.get(code).map_or("", |exit| &exit.words),
        _ => "",
    }
}

/// Why a process that must end with 0 did not do so, with the last line that it said; `None` if it did.
pub(super) fn objection(finished: &Finished) -> Option<String> {
    let words = match &finished.ended {
        Ended::Exit(0) => return None,
        Ended::Exit(code) => format!("exit {code}"),
        Ended::Signal(name) => format!("it died of {name}"),
        Ended::TimedOut => format!("it had not ended after {}", took(finished.took)),
        Ended::Cancelled => "it was stopped".to_owned(),
        Ended::NotStarted(words) => format!("it did not start: {words}"),
    };
    Some(joined(&words, &last_line(finished)))
}

/// The last line that is not blank: of what it complained, else of what it said. The two come by ways of their own, so
/// which of them came last is chance.
fn last_line(finished: &Finished) -> String {
    let last = |complaints: bool| {
        let output = &finished.output;
        let lines = output.last().rev().chain(output.first().iter().rev());
        let mut texts = lines.filter(|line| !complaints || line.stream == Stream::Error).map(OutputLine::text);
        texts.find(|text| !text.trim().is_empty()).map(|text| text.trim().to_owned())
    };
    last(true).or_else(|| last(false)).unwrap_or_default()
}

fn joined(first: &str, second: &str) -> String {
    if second.is_empty() { first.to_owned() } else { format!("{first}, {second}") }
}

/// The journal's word for an ending. What ran and could not be verified may or may not have taken effect.
pub(super) fn outcome(ending: &Ending) -> Outcome {
    match ending {
        Ending::Ok => Outcome::Done,
        Ending::Unverified(_) | Ending::Unknown(_) => Outcome::Unknown(ending.words()),
        Ending::Failed(_) | Ending::TimedOut | Ending::Cancelled(_) | Ending::Signalled(_) => {
            Outcome::Failed(ending.words())
        }
    }
}

/// `4.1 s` below a minute, `3m20s` from there on.
pub(super) fn took(span: Duration) -> String {
    if span < Duration::from_mins(1) {
        return format!("{:.1} s", span.as_secs_f64());
    }
    let seconds = i64::try_from(span.as_secs()).unwrap_or(i64::MAX / 1_000);
    duration::text(chrono::TimeDelta::try_seconds(seconds).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::remediation::output::{Output, OutputLine};

    #[test]
    fn codes_mean_what_the_remedy_says_and_zero_is_well_unless_it_says_otherwise() {
        let exit = |ok, words: &str| Exit { ok, words: words.to_owned() };
        let exits =
            [(0, exit(false, "it must change something")), (2, exit(true, "nothing to do")), (5, exit(false, ""))];
        let exits: BTreeMap<i32, Exit> = exits.into();
        let of = |code| of(&Ended::Exit(code), &exits, None);
        assert_eq!(of(0), Ending::Failed("exit 0, it must change something".to_owned()));
        assert_eq!(of(2), Ending::Ok);
        assert_eq!(remark(&Ended::Exit(2), &exits), "nothing to do");
        assert_eq!(of(5), Ending::Failed("exit 5".to_owned()));
        assert_eq!(of(3), Ending::Failed("exit 3".to_owned()));
        assert_eq!(super::of(&Ended::Exit(0), &BTreeMap::new(), None), Ending::Ok);
    }

    #[test]
    fn only_what_is_known_to_have_failed_failed() {
        assert_eq!(outcome(&Ending::Ok), Outcome::Done);
        assert_eq!(outcome(&Ending::TimedOut), Outcome::Failed("killed at its deadline".to_owned()));
        assert_eq!(outcome(&Ending::Unverified("x".to_owned())).word(), "unknown");
        assert_eq!(outcome(&Ending::Unknown("x".to_owned())).word(), "unknown");
        assert_eq!(outcome(&Ending::Signalled("KILL".to_owned())).word(), "failed");
    }

    #[test]
    fn an_objection_holds_the_last_words() {
        let mut output = Output::default();
        output.take(0, 0, ["inactive", "  "].map(|line| OutputLine::note(0, line)));
        let finished = Finished { ended: Ended::Exit(3), took: Duration::ZERO, output, notes: Vec::new() };
        assert_eq!(objection(&finished).as_deref(), Some("exit 3, inactive"));
        assert_eq!(objection(&Finished { ended: Ended::Exit(0), ..finished }), None);
        assert_eq!(
            (took(Duration::from_millis(4_130)), took(Duration::from_secs(200))),
            ("4.1 s".to_owned(), "3m20s".to_owned())
        );
    }
}
