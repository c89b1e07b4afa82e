//! Told at a pace, in bounded portions, to somebody who may be slow or gone.

use tokio::sync::mpsc;

use super::*;
use crate::domain::remediation::output::{Output, Paint, Stream};

fn line(text: &str) -> OutputLine {
    OutputLine { stream: Stream::Out, at_ms: 0, pieces: vec![(Paint::default(), text.into())] }
}

fn lines(from: usize, to: usize) -> Taken {
    Taken::Lines((from..to).map(|number| line(&number.to_string())).collect())
}

/// What somebody sees who took everything that was told.
#[derive(Default)]
struct Screen {
    output: Output,
    portions: Vec<usize>,
}

impl Screen {
    fn take(&mut self, from: &mut mpsc::Receiver<Heard>) {
        while let Ok(heard) = from.try_recv() {
            if let Heard::Said { back, lines, left_out } = heard {
                self.portions.push(lines.len());
                self.output.take(back, left_out, lines);
            }
        }
    }

    fn rows(&self) -> Vec<String> {
        let row = |row| self.output.row(row).map_or_else(|| format!("…{}", self.output.left_out()), OutputLine::text);
        (0..self.output.len()).map(row).collect()
    }
}

#[tokio::test(start_paused = true)]
async fn an_unfinished_line_is_taken_back_when_more_of_it_is_there() {
    let (sender, mut receiver) = mpsc::channel(8);
    let (mut teller, mut screen) = (Teller::new(sender), Screen::default());
    teller.add(&Taken::Lines(vec![line("a")]));
    teller.tell(Instant::now(), vec![line("10%")]);
    teller.tell(Instant::now(), vec![line("10%")]);
    screen.take(&mut receiver);
    assert_eq!((screen.rows(), screen.portions.len()), (vec!["a".to_owned(), "10%".to_owned()], 1), "told once");
    teller.tell(Instant::now(), vec![line("50%"), line("warning")]);
    teller.add(&Taken::Lines(vec![line("warning: b")]));
    teller.tell(Instant::now(), vec![line("90%")]);
    screen.take(&mut receiver);
    assert_eq!(screen.rows(), ["a", "warning: b", "90%"]);
    teller.add(&Taken::Lines(vec![line("100%")]));
    teller.last_word().await;
    screen.take(&mut receiver);
    assert_eq!(screen.rows(), ["a", "warning: b", "100%"]);
}

#[tokio::test(start_paused = true)]
async fn of_a_flood_the_beginning_and_the_end_are_told() {
    let (sender, mut receiver) = mpsc::channel(8);
    let (mut teller, mut screen) = (Teller::new(sender), Screen::default());
    teller.add(&lines(0, 4_000));
    teller.add(&Taken::LeftOut(1_000_000));
    teller.add(&lines(1_004_000, 1_006_000));
    teller.tell(Instant::now(), vec![line("open")]);
    screen.take(&mut receiver);
    assert!(screen.portions.iter().all(|lines| *lines <= AT_ONCE), "{:?}", screen.portions);
    let rows = screen.rows();
    assert_eq!((rows[0].as_str(), rows[199].as_str()), ("0", "199"));
    let kept = AT_ONCE - OPEN - FIRST;
    assert_eq!(rows[200], format!("…{}", 1_006_000 - 200 - kept));
    assert_eq!(rows[rows.len() - 2..], ["1005999", "open"]);
    teller.add(&lines(0, 1));
    teller.tell(Instant::now(), Vec::new());
    screen.take(&mut receiver);
    assert_eq!(screen.rows().last().unwrap(), "0");
}

#[tokio::test(start_paused = true)]
async fn somebody_slow_is_told_later_and_nothing_is_lost_uncounted() {
    let (sender, mut receiver) = mpsc::channel(1);
    let (mut teller, mut screen) = (Teller::new(sender), Screen::default());
    teller.event(Heard::Began(7, 1));
    for round in 0..50 {
        teller.add(&lines(round * 100, (round + 1) * 100));
        teller.tell(Instant::now(), vec![line("open")]);
        assert!(teller.due().is_some(), "there was no room: it is tried again");
    }
    teller.event(Heard::Stopping);
    assert_eq!(receiver.recv().await, Some(Heard::Began(7, 1)));
    teller.tell(Instant::now(), vec![line("open")]);
    assert_eq!(receiver.recv().await, Some(Heard::Stopping));
    let last = tokio::spawn(teller.last_word());
    while let Some(heard) = receiver.recv().await {
        let (sender, mut one) = mpsc::channel(1);
        sender.try_send(heard).unwrap();
        screen.take(&mut one);
    }
    last.await.unwrap();
    assert_eq!(
        screen.output.first().len() + screen.output.last().len() + usize::try_from(screen.output.left_out()).unwrap(),
        5_000
    );
    assert_eq!(screen.rows().last().unwrap(), "4999");
}

#[tokio::test(start_paused = true)]
async fn nobody_is_waited_for() {
    let (sender, receiver) = mpsc::channel(1);
    let mut slow = Teller::new(sender);
    slow.event(Heard::Stopping);
    slow.add(&lines(0, 3));
    let begun = Instant::now();
    slow.last_word().await;
    assert_eq!(begun.elapsed(), LAST_WORD);
    drop(receiver);
    let (sender, receiver) = mpsc::channel(1);
    drop(receiver);
    let mut gone = Teller::new(sender);
    gone.event(Heard::Stopping);
    gone.add(&lines(0, 3));
    gone.tell(Instant::now(), Vec::new());
    assert_eq!(gone.due(), None);
    gone.last_word().await;
    assert_eq!(begun.elapsed(), LAST_WORD);
}

#[tokio::test(start_paused = true)]
async fn at_most_ten_times_a_second() {
    let (sender, _receiver) = mpsc::channel(8);
    let mut teller = Teller::new(sender);
    let begun = Instant::now();
    teller.wake(begun);
    assert_eq!(teller.due(), Some(begun), "the first word at once");
    teller.tell(begun, Vec::new());
    assert_eq!(teller.due(), None);
    teller.wake(begun);
    teller.wake(begun + PACE * 5);
    assert_eq!(teller.due(), Some(begun + PACE));
}
