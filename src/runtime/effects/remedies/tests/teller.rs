//! Telling never waits, and what waits is bounded.

use tokio::sync::mpsc;

use crate::app::Msg;
use crate::domain::remediation::RunId;
use crate::domain::remediation::output::{LAST, OutputLine};
use crate::domain::remediation::run::{Phase, RunNews};
use crate::runtime::effects::remedies::teller::Teller;

fn said(back: usize, words: &[&str]) -> RunNews {
    let lines = words.iter().map(|words| OutputLine::note(0, words)).collect();
    RunNews::Output { run: RunId(7), back, lines, left_out: 0 }
}

#[tokio::test]
async fn output_that_nobody_reads_runs_together_and_stays_bounded() {
    let (told, mut heard) = mpsc::channel(1);
    let (teller, handing) = Teller::start(told);
    // Nothing is handed on before this test waits.
    teller.tell(said(0, &["10 %"]));
    teller.tell(said(1, &["20 %"]));
    teller.tell(said(3, &["30 %", "more"]));
    for _ in 0..3 * LAST {
        teller.tell(said(0, &["flood"]));
    }
    teller.tell(RunNews::Phase(RunId(7), Phase::Verifying));
    drop(teller);
    let Some(Msg::Run(first)) = heard.recv().await else { panic!("nothing was told") };
    let RunNews::Output { back, lines, left_out, .. } = *first else { panic!("{first:?}") };
    // Of the three lines that were taken back last, one was still here.
    assert_eq!((back, lines.len(), left_out), (2, LAST, 2 * LAST as u64 + 2));
    let Some(Msg::Run(second)) = heard.recv().await else { panic!("the phase is not lost") };
    assert_eq!(*second, RunNews::Phase(RunId(7), Phase::Verifying));
    assert_eq!(heard.recv().await, None);
    handing.await.unwrap();
}
