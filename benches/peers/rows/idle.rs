//! Nothing happens: bytes drawn and time on a core, beside htop and lnav at the same time.

use std::time::{Duration, Instant};

use crate::args::Args;
use crate::asked;
use crate::figures::{Figures, Table};
use crate::process;
use crate::programs::{self, Peer};
use crate::screen::Screen;
use crate::support::home::Home;
use crate::support::lab::Lab;
use crate::watched::{Config, open, write_log};

/// Bytes a second and per cent of a core in one round: of midwatch, htop, lnav, and of a midwatch that also watches this
/// machine, whose figures are never the same twice.
type Round = [(f64, f64); 4];

/// Measures.
pub fn measure(args: &Args, table: &mut Table) {
    let work = "idle, a real Alertmanager with 100 alerts, and a log polled each 5 s";
    let Some(lab) = Lab::open(&["prometheus-alertmanager"]) else {
        return table.row(work, "no Alertmanager here", "≤ 30 bytes/s, ≤ 0.2 % of a core", None);
    };
    let backend = lab.alertmanager();
    asked::post_alerts(&backend.api.address(), 100);
    let rounds: Vec<Round> = (0..args.rounds.div_ceil(3)).map(|_| round(args, &backend.api.url())).collect();
    let of = |side: usize, value: fn((f64, f64)) -> f64| -> Figures {
        rounds.iter().map(|round| value(round[side])).collect()
    };
    let (bytes, core) = (of(0, |side| side.0), of(0, |side| side.1));
    let (lnav_bytes, htop_core) = (of(2, |side| side.0), of(1, |side| side.1));
    table.row(
        &format!("{work}: bytes drawn in {} s", args.idle.as_secs()),
        &format!(
            "{}; lnav {}; htop {}",
            bytes.told(" bytes/s"),
            lnav_bytes.told(" bytes/s"),
            of(1, |side| side.0).told(" bytes/s")
        ),
        "≤ 30 bytes/s and no more than lnav",
        Some(bytes.median() <= 30.0 && bytes.median() <= lnav_bytes.median()),
    );
    table.row(
        "the same with this machine's own figures, polled each 5 s",
        &format!("{}, {}", of(3, |side| side.0).told(" bytes/s"), of(3, |side| side.1).told(" %")),
        "",
        None,
    );
    table.row(
        "the same: time on a core",
        &format!("{}; htop {}; lnav {}", core.told(" %"), htop_core.told(" %"), of(2, |side| side.1).told(" %")),
        "≤ 0.2 % and no more than htop",
        Some(core.median() <= 0.2 && core.median() <= htop_core.median()),
    );
}

fn round(args: &Args, url: &str) -> Round {
    let logs = Home::new();
    let log = logs.path("app.log");
    write_log(&log, 27_500);
    let home = Config::with("").alertmanager(url, "5s").log(&log, "5s");
    let homes = [home.home(), home.host("5s").home()];
    let [ours, with_host] = homes.each_ref().map(|home| open(&args.midwatch, home));
    let text = log.display().to_string();
    let peer = |peer: Peer| {
        let program = peer.program()?;
        Some(Screen::open(&program, &peer.arguments(&text), &programs::environment(&logs), logs.folder()))
    };
    let mut screens = [Some(ours), peer(Peer::Htop), peer(Peer::Lnav), Some(with_host)];
    // Each has started, and the first answers are drawn.
    std::thread::sleep(Duration::from_secs(8));
    let before = screens.each_mut().map(|screen| screen.as_mut().map(now));
    std::thread::sleep(args.idle);
    let after = screens.each_mut().map(|screen| screen.as_mut().map(now));
    let mut told = [(f64::NAN, f64::NAN); 4];
    for (side, (before, after)) in before.into_iter().zip(after).enumerate() {
        if let (Some(before), Some(after)) = (before, after) {
            let time = (after.0 - before.0).as_secs_f64();
            let busy = after.2.saturating_sub(before.2).as_secs_f64();
            told[side] = ((after.1 - before.1) / time, busy / time * 100.0);
        }
    }
    told
}

fn now(screen: &mut Screen) -> (Instant, f64, Duration) {
    #[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52 bytes")]
    let drawn = screen.drawn() as f64;
    (Instant::now(), drawn, process::busy(screen.id()))
}
