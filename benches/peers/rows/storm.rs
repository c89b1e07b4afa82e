//! 10,000 firing alerts in a real Alertmanager: `status`, a plain request and amtool, in turn.

use super::ms;
use crate::args::Args;
use crate::asked;
use crate::figures::{Table, ratios, sides};
use crate::programs;
use crate::support::home::Home;
use crate::support::lab::Lab;
use crate::watched::{Config, run};

const ALERTS: usize = 10_000;

/// Measures.
pub fn measure(args: &Args, table: &mut Table) {
    let work = "10,000 firing alerts in a real Alertmanager: `status --format json`";
    let (Some(lab), Some(amtool)) = (Lab::open(&["prometheus-alertmanager"]), programs::find("amtool")) else {
        return table.row(work, "no Alertmanager or no amtool here", "≤ 1.1 × a plain GET", None);
    };
    let backend = lab.alertmanager();
    asked::post_alerts(&backend.api.address(), ALERTS);
    let url = format!("--alertmanager.url={}", backend.api.url());
    let config = Config::with("").alertmanager(&backend.api.url(), "5s");
    let (mut plain, mut tool) = (Vec::new(), Vec::new());
    let mut size = 0;
    for _ in 0..args.rounds {
        let home = config.home();
        let (ours, printed) = run(&args.midwatch, &["status", "--format", "json", "--wait", "60s"], home.environment());
        let told = String::from_utf8_lossy(&printed).matches("Alert00").count();
        assert!(told >= ALERTS, "{told} alerts told by status");
        let (answer, bytes) = asked::get(&backend.api.address(), "/api/v2/alerts");
        let home = Home::new();
        let (theirs, _) = run(&amtool, &["alert", "query", "-o", "json", &url], home.environment());
        plain.push((ms(ours), ms(answer)));
        tool.push((ms(ours), ms(theirs)));
        size = bytes;
    }
    let (ours, answer) = sides(&plain);
    let ratio = ratios(&plain);
    let measured =
        format!("{}; plain GET of {size} bytes {}; ratio {}", ours.told(" ms"), answer.told(" ms"), ratio.told(""));
    table.row(work, &measured, "≤ 1.1 × a plain GET", Some(ratio.median() <= 1.1));
    let ratio = ratios(&tool);
    let measured = format!("amtool {}; ratio {}", sides(&tool).1.told(" ms"), ratio.told(""));
    table.row(
        "the same against `amtool alert query -o json`",
        &measured,
        "≤ 0.9 × amtool",
        Some(ratio.median() <= 0.9),
    );
}
