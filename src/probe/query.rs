//! A query of metrics: every series of the answer must be as expected.

use super::Ground;
use super::evidence::Finding;
use super::words;
use crate::domain::checklist::Expect;
use crate::domain::checklist::probe::{Held, LINES};
use crate::domain::{Labels, SourceName, quantity};
use crate::source::options::{KindOptions, SourceOptions};
use crate::source::prometheus::{Answered, Series, ask_once};

/// How many notes of the server are told.
const NOTES: usize = 5;

pub(super) async fn ask(
    ground: &Ground,
    source: Option<&SourceName>,
    query: &str,
    unit: &str,
    expect: Expect,
) -> Finding {
    let source = match find(&ground.sources, source) {
        Ok(source) => source,
        Err(words) => return Finding::unknown(words),
    };
    let name = source.name.to_string();
    let finding = match tokio::time::timeout(source.timeout, ask_once(source, query)).await {
        Ok(Ok(answered)) => judged(&answered, unit, expect),
        Ok(Err(error)) => Finding::unknown(error.to_string()),
        Err(_) => {
            let after = source.timeout.as_secs_f64();
            Finding::unknown(format!("'{name}' did not answer in {after:.1} s; timeout of the source sets how long"))
        }
    };
    finding.from(name)
}

/// The source that is asked.
fn find<'a>(sources: &'a [SourceOptions], name: Option<&SourceName>) -> Result<&'a SourceOptions, String> {
    let answers = |source: &SourceOptions| matches!(source.kind, KindOptions::Prometheus(_));
    let Some(name) = name else {
        let first = sources.iter().find(|source| answers(source) && !source.off);
        return first.ok_or_else(|| "no source answers queries; add one of kind \"prometheus\"".to_owned());
    };
    let source = sources.iter().find(|source| source.name == *name);
    let source = source.ok_or_else(|| format!("there is no source '{name}'; correct the source of the probe"))?;
    match (answers(source), source.off) {
        (false, _) => Err(format!("source '{name}' is of kind {} and answers no queries", source.kind.word())),
        (true, true) => Err(format!("source '{name}' is off")),
        (true, false) => Ok(source),
    }
}

/// How an answer stands.
pub(super) fn judged(answered: &Answered, unit: &str, expect: Expect) -> Finding {
    let mut rows: Vec<Row<'_>> = answered.series.iter().map(|series| Row::new(series, expect)).collect();
    rows.sort_by(|one, other| one.rank.cmp(&other.rank).then(one.distance.total_cmp(&other.distance)));
    let notes: Vec<String> =
        answered.notes.iter().take(NOTES).map(|note| format!("told by the server: {note}")).collect();
    let room = LINES.saturating_sub(notes.len()).max(1);
    let mut finding = verdict(&rows, answered.partial, unit, expect);
    let more = rows.len().saturating_sub(room);
    let shown = if more > 0 { room - 1 } else { room };
    finding.lines.extend(rows.iter().take(shown).map(|row| row.line(unit)));
    if more > 0 {
        finding.lines.push(format!("… and {} more series", more + 1));
    }
    finding.lines(notes)
}

fn verdict(rows: &[Row<'_>], partial: bool, unit: &str, expect: Expect) -> Finding {
    let Some(worst) = rows.first() else {
        let words = "no series answers; check the query, or end it with 'or vector(0)' where nothing is good";
        return Finding::unknown(words);
    };
    let (bad, unread) = (count(rows, Rank::Bad), count(rows, Rank::Unread));
    let all = rows.len();
    let Some(value) = worst.value() else {
        let why = worst.series.value.as_ref().err().map_or("", String::as_str);
        let words = if all == 1 { why.to_owned() } else { format!("{unread} of {all} series have no number: {why}") };
        return Finding::unknown(words);
    };
    let both = words::both(value, expect, unit);
    let (held, words) = match (bad, all) {
        (1, 1) => (Held::Bad, both),
        (1.., _) => {
            let (are, labels) = (if bad == 1 { "is" } else { "are" }, &worst.series.labels);
            (Held::Bad, format!("{bad} of {all} series {are} not: {both} · {labels}"))
        }
        (0, 1) => (Held::Good, both),
        (0, _) => (Held::Good, format!("all {all} series, the nearest {both}")),
    };
    if held == Held::Good && partial {
        return Finding::unknown(format!("only a part answered: {words}")).value(value, unit);
    }
    Finding::new(held, words).value(value, unit)
}

fn count(rows: &[Row<'_>], rank: Rank) -> usize {
    rows.iter().filter(|row| row.rank == rank).count()
}

/// How a series stands, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Bad,
    Unread,
    Good,
}

/// One series, and where it stands among the others.
struct Row<'a> {
    series: &'a Series,
    rank: Rank,
    /// Of those that are not as expected the farthest from the bound comes first, of the others the nearest.
    distance: f64,
}

impl<'a> Row<'a> {
    fn new(series: &'a Series, expect: Expect) -> Self {
        let Ok(value) = series.value else { return Self { series, rank: Rank::Unread, distance: 0.0 } };
        let distance = (value - expect.bound).abs();
        if expect.holds(value) {
            Self { series, rank: Rank::Good, distance }
        } else {
            Self { series, rank: Rank::Bad, distance: -distance }
        }
    }

    fn value(&self) -> Option<f64> {
        self.series.value.as_ref().ok().copied()
    }

    fn line(&self, unit: &str) -> String {
        let value = self
            .series
            .value
            .as_ref()
            .map_or_else(|_| quantity::NONE.to_owned(), |value| quantity::text(Some(*value), unit));
        let labels: &Labels = &self.series.labels;
        if labels.is_empty() { value } else { format!("{labels}  {value}") }
    }
}
