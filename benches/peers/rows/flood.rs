//! 100,000 firing alerts: linear in their number, and keys are answered while they come.
//!
//! The answer is a prepared one: a real Alertmanager needs many seconds for it, and that would hide what is measured.

use std::time::{Duration, Instant};

use super::ms;
use crate::args::Args;
use crate::figures::{Figures, Table, ratios, sides};
use crate::support::answers::{Answers, alerts};
use crate::watched::{Config, open, run};

const MANY: usize = 100_000;
const FEW: usize = 10_000;
/// Time between two keys.
const PACE: Duration = Duration::from_millis(50);
/// An answer that takes longer is none.
const LONGEST: Duration = Duration::from_secs(20);

/// Measures.
pub fn measure(args: &Args, table: &mut Table) {
    let (many, few) = (Answers::serve(alerts(MANY)), Answers::serve(alerts(FEW)));
    let status = |answers: &Answers| {
        let home = Config::with("").alertmanager(&answers.url(), "60s").home();
        let (took, printed) = run(&args.midwatch, &["status", "--format", "json", "--wait", "60s"], home.environment());
        assert!(printed.len() > FEW * 100, "only {} bytes told by status", printed.len());
        ms(took)
    };
    let pairs: Vec<(f64, f64)> = (0..args.rounds.min(5)).map(|_| (status(&many), status(&few))).collect();
    let ratio = ratios(&pairs);
    let (long, short) = sides(&pairs);
    let measured = format!("{}; 10,000: {}; ratio {}", long.told(" ms"), short.told(" ms"), ratio.told(""));
    table.row(
        "100,000 alerts (prepared answer): `status --format json`",
        &measured,
        "linear: ≤ 12 × 10,000",
        Some(ratio.median() <= 12.0),
    );
    let answered: Figures = (0..args.rounds.min(3)).flat_map(|_| keys_while_loading(args, &many)).collect();
    table.row(
        "100,000 alerts: keys while they come and are shown, each 50 ms",
        &format!("p50 {:.1} ms, p99 {:.1} ms, longest {:.1} ms", answered.at(0.5), answered.at(0.99), answered.at(1.0)),
        "≤ 50 ms each",
        Some(answered.at(1.0) <= 50.0),
    );
}

/// The views of alerts and of sources are asked for in turn, from the first frame until a second after the alerts
/// are there: each key changes the whole screen, so each has an answer. Between them `j` goes down the list.
fn keys_while_loading(args: &Args, answers: &Answers) -> Vec<f64> {
    let home = Config::with("").alertmanager(&answers.url(), "60s").home();
    let mut screen = open(&args.midwatch, &home);
    screen.first_frame();
    let began = Instant::now();
    let mut there: Option<Instant> = None;
    let mut all = Vec::new();
    while there.is_none_or(|at| at.elapsed() < Duration::from_secs(2)) {
        assert!(began.elapsed() < Duration::from_mins(2), "100,000 alerts are not shown:\n{}", screen.text());
        for key in ["0", "1", "j"] {
            let pressed = Instant::now();
            // Down has an answer only where there are rows.
            if key == "j" && there.is_none() {
                continue;
            }
            all.push(ms(screen.answer(key, LONGEST).unwrap_or(LONGEST)));
            std::thread::sleep(PACE.saturating_sub(pressed.elapsed()));
        }
        if there.is_none() && screen.text().contains("Alert0") {
            there = Some(Instant::now());
        }
    }
    all
}
