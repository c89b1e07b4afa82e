//! Start to the first frame that shows what a real Alertmanager says, against the time of a plain request.

use super::ms;
use crate::args::Args;
use crate::asked;
use crate::figures::{Figures, Table, sides};
use crate::support::lab::Lab;
use crate::watched::{Config, open};

/// How many alerts it has.
const ALERTS: usize = 100;

/// Measures.
pub fn measure(args: &Args, table: &mut Table) {
    let work = "start to first frame with live data, a real Alertmanager with 100 alerts";
    let Some(lab) = Lab::open(&["prometheus-alertmanager"]) else {
        return table.row(work, "no Alertmanager here", "its answer time + 30 ms", None);
    };
    let backend = lab.alertmanager();
    let address = backend.api.address();
    asked::post_alerts(&address, ALERTS);
    let config = Config::with("").alertmanager(&backend.api.url(), "5s");
    let round = |_| {
        let home = config.home();
        let began = std::time::Instant::now();
        let shown = open(&args.midwatch, &home).wait_for("Alert0000") - began;
        (ms(shown), ms(asked::get(&address, "/api/v2/alerts").0))
    };
    let pairs: Vec<(f64, f64)> = (0..args.rounds).map(round).collect();
    let more: Figures = pairs.iter().map(|(ours, answer)| ours - answer).collect();
    let (ours, answer) = sides(&pairs);
    let measured = format!("{}; plain GET {}; {} more", ours.told(" ms"), answer.told(" ms"), more.told(" ms"));
    table.row(work, &measured, "its answer time + 30 ms", Some(more.median() <= 30.0));
}
