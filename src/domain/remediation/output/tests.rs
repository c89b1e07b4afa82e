//! What is kept of a run's output, and that what is missing is told where it is missing.

use proptest::prelude::*;

use super::*;

fn line(number: u64) -> OutputLine {
    OutputLine { stream: Stream::Out, at_ms: number, pieces: vec![(Paint::default(), number.to_string().into())] }
}

fn shown(output: &Output) -> Vec<String> {
    let row = |row| output.row(row).map_or_else(|| format!("… {} …", output.left_out()), OutputLine::text);
    (0..output.len()).map(row).collect()
}

#[test]
fn the_first_and_the_last_lines_are_kept_and_the_gap_is_a_row() {
    let mut output = Output::default();
    output.take(0, 0, (0..5_000).map(line));
    assert_eq!(output.left_out(), 5_000 - 200 - 2_000);
    let shown = shown(&output);
    assert_eq!(shown.len(), 200 + 1 + 2_000);
    assert_eq!(&shown[199..202], ["199", "… 2800 …", "3000"]);
    assert_eq!(shown.last().unwrap(), "4999");
    assert!(output.row(output.len()).is_none());
}

#[test]
fn a_progress_line_is_written_anew() {
    let mut output = Output::default();
    output.take(0, 0, [line(1), line(2)]);
    output.take(1, 0, [line(3)]);
    assert_eq!(shown(&output), ["1", "3"]);
    output.take(0, 0, (10..300).map(line));
    output.take(1, 0, [line(7)]);
    assert_eq!(shown(&output).last().unwrap(), "7");
    output.take(9, 0, []);
    assert_eq!(output.len(), 292 - 9);
}

#[test]
fn lines_missing_among_the_last_ones_are_told_where_they_are_missing() {
    let mut output = Output::default();
    output.take(0, 3, [line(1)]);
    output.take(0, 40, [line(2)]);
    assert_eq!(shown(&output), ["… 3 …", "1", "40 lines left out: they came faster than anybody reads", "2"]);
    assert_eq!(output.last().nth(1).unwrap().stream, Stream::Note);
    output.take(0, 0, (0..2_000).map(line));
    assert_eq!(output.left_out(), 3 + 1 + 40 + 1, "the note counts for what it stood for");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    /// Whatever comes in whatever order, nothing is lost without being counted, and the bound holds.
    #[test]
    fn every_line_is_kept_or_counted(steps in prop::collection::vec((0_u64..900, 0_u64..900), 0..10)) {
        let mut output = Output::default();
        let mut all = 0;
        for (left_out, lines) in steps {
            output.take(0, left_out, (0..lines).map(line));
            all += left_out + lines;
        }
        let notes: u64 = output.last.iter().filter(|kept| kept.line.stream == Stream::Note).map(|kept| kept.counts).sum();
        let lines = output.first().len() + output.last().filter(|line| line.stream != Stream::Note).count();
        prop_assert_eq!(output.left_out() + notes + u64::try_from(lines).unwrap(), all);
        prop_assert!(output.first().len() <= FIRST && output.last().len() <= LAST);
        let read: Output = serde_json::from_str(&serde_json::to_string(&output).unwrap()).unwrap();
        prop_assert_eq!(read, output);
    }
}
