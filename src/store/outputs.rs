//! What runs said: kept as JSON within a bound, and made harmless again when it is read.

use sqlx::SqliteConnection;

use super::json::json;
use super::{Store, StoreError};
use crate::domain::harmless;
use crate::domain::remediation::output::{Output, OutputLine};
use crate::domain::remediation::run::RunId;

/// The longest text that is kept of one run, in bytes.
const MOST: usize = 1 << 20;

/// What an output's JSON holds beside its lines, at most.
const FRAME: usize = 100;

/// What stands around one of the last lines beside the line itself, at most: what it counts for.
const AROUND: usize = 48;

/// The colours that every terminal has.
const COLOURS: u8 = 16;

impl Store {
    /// What a run said; `None` if it has not ended, or ended so long ago that this is forgotten.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn output_of(&self, id: RunId) -> Result<Option<Output>, StoreError> {
        let read = async {
            let found: Option<String> = sqlx::query_scalar("SELECT output FROM outputs WHERE run = $1")
                .bind(id.to_string())
                .fetch_optional(&self.inner.readers)
                .await?;
            found.as_deref().map(read).transpose()
        };
        self.within("read what a run said", read).await
    }
}

pub(super) async fn put(
    connection: &mut SqliteConnection,
    run: RunId,
    ended: i64,
    output: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT INTO outputs (run, ended, output) VALUES ($1, $2, $3)")
        .bind(run.to_string())
        .bind(ended)
        .bind(output)
        .execute(connection)
        .await
        .map(drop)
}

/// An output as it is kept. What is too long loses lines from its middle, and says how many.
pub(super) fn text_of(output: &Output) -> Result<String, sqlx::Error> {
    let told = json(output)?;
    if told.len() <= MOST { Ok(told) } else { json(&shortened(output)?) }
}

/// The first lines within a quarter of the bound, and of the rest as many of the last as fit.
fn shortened(output: &Output) -> Result<Output, sqlx::Error> {
    let lines: Vec<&OutputLine> = output.first().iter().chain(output.last()).collect();
    let mut room = MOST - FRAME;
    let mut taken = |line: &OutputLine, floor: usize| -> Result<bool, sqlx::Error> {
        let left = room.checked_sub(json(line)?.len() + AROUND).filter(|left| *left >= floor);
        room = left.unwrap_or(room);
        Ok(left.is_some())
    };
    let mut first = 0;
    for line in output.first() {
        if !taken(line, MOST / 4 * 3)? {
            break;
        }
        first += 1;
    }
    let mut last = lines.len();
    for line in lines.iter().skip(first).rev() {
        if !taken(line, 0)? {
            break;
        }
        last -= 1;
    }
    let gone = u64::try_from(last - first).unwrap_or(u64::MAX).saturating_add(output.left_out());
    let kept = |from: usize, to: usize| lines.iter().take(to).skip(from).map(|line| (*line).clone());
    let mut made = Output::default();
    made.take(0, 0, kept(0, first));
    made.take(0, gone, kept(last, lines.len()));
    Ok(made)
}

/// Others can write the file too: every line is made harmless again.
fn read(text: &str) -> Result<Output, sqlx::Error> {
    let told: Output = serde_json::from_str(text).map_err(|error| sqlx::Error::Decode(error.into()))?;
    let mut made = Output::default();
    made.take(0, 0, told.first().iter().map(cleaned));
    made.take(0, told.left_out(), told.last().map(cleaned));
    Ok(made)
}

fn cleaned(line: &OutputLine) -> OutputLine {
    let piece = |(paint, text): &(_, Box<str>)| {
        let mut paint: crate::domain::remediation::output::Paint = *paint;
        paint.colour = paint.colour.filter(|colour| *colour < COLOURS);
        (paint, harmless::line(text, usize::MAX).into())
    };
    OutputLine { stream: line.stream, at_ms: line.at_ms, pieces: line.pieces.iter().map(piece).collect() }
}

/// Reads a text as what a run said.
#[cfg(any(test, fuzzing))]
pub(super) fn taken_apart(text: &str) -> Option<Output> {
    read(text).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::remediation::output::{FIRST, LAST, Paint, Stream};

    fn line(number: usize, width: usize) -> OutputLine {
        let text = format!("{number} {}", "x".repeat(width));
        OutputLine { stream: Stream::Out, at_ms: 7, pieces: vec![(Paint::default(), text.into())] }
    }

    fn said(lines: impl IntoIterator<Item = OutputLine>) -> Output {
        let mut output = Output::default();
        output.take(0, 0, lines);
        output
    }

    fn number(line: &OutputLine) -> usize {
        line.text().split(' ').next().unwrap().parse().unwrap()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))]

        /// Whatever its length, what is kept is within the bound, in order, and says how much is missing.
        #[test]
        fn what_is_kept_is_bounded_and_counts_what_is_gone(
            lines in 0..FIRST + LAST + 300,
            width in prop_oneof![3 => 0..900_usize, 1 => 0..40_000_usize],
        ) {
            let lines = lines.min(6_000_000 / (width + 1));
            let output = said((0..lines).map(|at| line(at, width)));
            let text = text_of(&output).unwrap();
            prop_assert!(text.len() <= MOST, "{}", text.len());
            let kept = read(&text).unwrap();
            if json(&output).unwrap().len() <= MOST {
                prop_assert_eq!(&kept, &output);
            }
            let shown: Vec<usize> = kept.first().iter().chain(kept.last()).map(number).collect();
            prop_assert_eq!(shown.len() as u64 + kept.left_out(), lines as u64);
            prop_assert!(shown.is_sorted());
            if lines > 0 {
                prop_assert_eq!((shown[0], shown[shown.len() - 1]), (0, lines - 1));
            }
        }
    }

    #[test]
    fn a_line_that_is_longer_than_everything_is_counted_as_missing() {
        let kept = read(&text_of(&said([line(0, 0), line(1, MOST), line(2, 0)])).unwrap()).unwrap();
        assert_eq!(kept.left_out(), 1);
        assert_eq!(kept.first().iter().chain(kept.last()).map(number).collect::<Vec<_>>(), [0, 2]);
    }

    #[test]
    fn what_somebody_else_wrote_is_made_harmless() {
        let hostile = r#"{"first":[{"stream":"out","at_ms":1,"pieces":[[{"colour":200,"bold":true,"dim":false,"underlined":false},"a\u001b[2Jb\u202ec"]]}],"last":[],"left_out":0}"#;
        let output = read(hostile).unwrap();
        let (paint, text) = &output.first()[0].pieces[0];
        assert_eq!((&**text, paint.colour, paint.bold), ("ab·c", None, true));
        assert!(read("{}").is_err());
    }
}
