//! One query, asked once and answered whole: every series with its labels.

use super::client::Client;
use super::wire::Outcome;
use super::{map, whole};
use crate::domain::Labels;
use crate::source::http::Http;
use crate::source::options::{KindOptions, SourceOptions};
use crate::source::{ErrorKind, SourceError};

/// The most bytes of an answer.
const LARGEST: usize = 8 << 20;

/// One series of an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Its labels; none for a plain number.
    pub labels: Labels,
    /// Its number, which is finite; in words, why there is none.
    pub value: Result<f64, String>,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Answered {
    /// Every series.
    pub series: Vec<Series>,
    /// What the server says beside them.
    pub notes: Vec<String>,
    /// Whether it says that a part is missing.
    pub partial: bool,
}

/// Asks a Prometheus once.
///
/// # Errors
/// Where it cannot be asked, refuses the query, or answers no numbers; or where the source is of another kind.
pub async fn ask_once(source: &SourceOptions, query: &str) -> Result<Answered, SourceError> {
    let KindOptions::Prometheus(own) = &source.kind else {
        let what = format!("source '{}' is of kind {} and answers no queries", source.name, source.kind.word());
        return Err(SourceError::new(ErrorKind::Missing, what));
    };
    let client = Client::new(Http::new(&source.name, &own.http, source.timeout)?.with_largest(LARGEST));
    let answer = client.instant(query).await.map_err(whole)?;
    let (outcome, notes): (Outcome<'_>, _) = answer.read().map_err(whole)?;
    let none = |number: map::Number| number.value.ok_or_else(|| number.problem.unwrap_or_default());
    let series = match &outcome {
        Outcome::Scalar(sample) => {
            vec![Series { labels: Labels::default(), value: none(map::from_sample(sample)) }]
        }
        Outcome::Vector(all) | Outcome::Matrix(all) => {
            let one = |wire| Series { labels: wire_labels(wire), value: none(map::from_series(wire)) };
            all.iter().map(one).collect()
        }
        Outcome::String(_) => {
            return Err(SourceError::new(ErrorKind::Refused, "the query answers a text, not a number"));
        }
    };
    // What begins so is about the query itself; anything else is about what could not be reached.
    let partial = notes.iter().any(|note| !note.starts_with("PromQL "));
    Ok(Answered { series, notes, partial })
}

fn wire_labels(wire: &super::wire::Series<'_>) -> Labels {
    wire.metric.labels()
}
