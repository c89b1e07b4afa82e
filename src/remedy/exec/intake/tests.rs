//! What comes faster than it is read: counted, and its end kept.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;

fn intake() -> Intake {
    Intake::new(Stream::Out, Arc::new(Needles::default()))
}

/// The lines that were read, and how many were left out.
fn sum(taken: &[Taken]) -> (Vec<String>, u64) {
    let mut lines = Vec::new();
    let mut left_out = 0;
    for taken in taken {
        match taken {
            Taken::Lines(read) => lines.extend(read.iter().map(OutputLine::text)),
            Taken::LeftOut(count) => left_out += count,
        }
    }
    (lines, left_out)
}

#[test]
fn what_is_slow_is_read_at_once() {
    let (mut intake, mut taken) = (intake(), Vec::new());
    intake.feed(0, b"one\ntwo", &mut taken);
    assert_eq!(sum(&taken).0, ["one"]);
    assert_eq!(intake.open(0).unwrap().text(), "two");
    intake.end(0, &mut taken);
    assert_eq!(sum(&taken), (vec!["one".to_owned(), "two".to_owned()], 0));
}

#[test]
fn of_a_flood_the_end_is_read_and_the_rest_counted() {
    let (mut intake, mut taken) = (intake(), Vec::new());
    let mut flood = String::new();
    (0..1_000_000).for_each(|number| writeln!(flood, "{number}").unwrap());
    for chunk in flood.as_bytes().chunks(50_000) {
        intake.feed(0, chunk, &mut taken);
    }
    assert!(intake.tail.as_ref().unwrap().len() <= 2 * KEEP + 50_000);
    intake.end(0, &mut taken);
    let (lines, left_out) = sum(&taken);
    assert_eq!(lines.len() as u64 + left_out, 1_000_000);
    assert!((LAST + LINES..10_000).contains(&lines.len()), "{}", lines.len());
    assert_eq!(lines[200], "200");
    let end: Vec<String> = (1_000_000 - LAST..1_000_000).map(|number| number.to_string()).collect();
    assert_eq!(lines[lines.len() - LAST..], end);
}

#[test]
fn a_tick_lets_more_be_read() {
    let (mut intake, mut taken) = (intake(), Vec::new());
    let many = b"x\n".repeat(LINES * 4);
    intake.feed(0, &many, &mut taken);
    intake.tick(0, &mut taken);
    taken.clear();
    intake.feed(0, b"read\n", &mut taken);
    assert_eq!(sum(&taken).0, ["read"]);
}

#[test]
fn a_line_without_end_takes_no_room() {
    let (mut intake, mut taken) = (intake(), Vec::new());
    intake.feed(0, &b"x\n".repeat(LINES * 4), &mut taken);
    for _ in 0..200 {
        intake.feed(0, &b"y".repeat(64 * 1024), &mut taken);
    }
    assert!(intake.tail.is_none(), "it is read, and skipped past its bound");
    taken.clear();
    intake.feed(0, b"\nlast", &mut taken);
    intake.end(0, &mut taken);
    let (lines, left_out) = sum(&taken);
    assert_eq!((lines.len(), left_out), (2, 0));
    assert!(lines[0].ends_with("y…") && lines[1] == "last");
}

#[test]
fn paint_ends_where_lines_are_left_out() {
    let (mut intake, mut taken) = (intake(), Vec::new());
    intake.feed(0, b"\x1b[31mred\n", &mut taken);
    intake.feed(0, &b"still red\n".repeat(200_000), &mut taken);
    intake.end(0, &mut taken);
    let Some(Taken::Lines(last)) = taken.last() else { panic!("no lines") };
    assert_eq!(last[0].pieces[0].0.colour, None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    /// Whatever comes how fast: every line is read or counted, in order, and the last one is the last.
    #[test]
    fn every_line_is_read_or_counted(chunks in prop::collection::vec((0_usize..6_000, 1_usize..60, any::<bool>()), 1..7)) {
        let (mut intake, mut taken) = (intake(), Vec::new());
        let mut all = 0;
        for (lines, width, ticks) in chunks {
            let mut said = String::new();
            (all..all + lines).for_each(|line| writeln!(said, "{line:0width$}").unwrap());
            all += lines;
            intake.feed(0, said.as_bytes(), &mut taken);
            if ticks {
                intake.tick(0, &mut taken);
            }
        }
        intake.end(0, &mut taken);
        let (lines, left_out) = sum(&taken);
        prop_assert_eq!(lines.len() as u64 + left_out, all as u64);
        let numbers: Vec<usize> = lines.iter().map(|line| line.parse().unwrap()).collect();
        prop_assert!(numbers.is_sorted_by(|one, next| one < next));
        prop_assert_eq!(numbers.last().copied(), all.checked_sub(1));
    }
}
