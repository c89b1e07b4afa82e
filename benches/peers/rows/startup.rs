//! Start to first frame, on a cold store, in pairs with each peer.

use super::ms;
use crate::args::Args;
use crate::figures::{Figures, Table, ratios, sides};
use crate::programs::{self, Peer};
use crate::screen::{FirstFrame, Screen};
use crate::support::home::Home;
use crate::watched::{open, write_log};

/// How many lines make a log of 2.4 MB.
const LINES: usize = 27_500;

/// Measures.
pub fn measure(args: &Args, table: &mut Table) {
    for peer in Peer::ALL {
        let Some(program) = peer.program() else {
            table.row(&format!("start to first frame, {}", peer.name()), "could not be had", "under its", None);
            continue;
        };
        let mut pairs = Vec::new();
        for _ in 0..args.rounds {
            let ours = open(&args.midwatch, &Home::new()).first_frame();
            let home = Home::new();
            let log = home.path("app.log");
            if peer == Peer::Lnav {
                write_log(&log, LINES);
            }
            let log = log.display().to_string();
            let mut screen =
                Screen::open(&program, &peer.arguments(&log), &programs::environment(&home), home.folder());
            pairs.push((ours, screen.first_frame()));
        }
        tell(peer, &pairs, table);
    }
}

fn tell(peer: Peer, pairs: &[(FirstFrame, FirstFrame)], table: &mut Table) {
    let pair = |of: fn(&FirstFrame) -> f64| -> Vec<(f64, f64)> {
        pairs.iter().map(|(ours, theirs)| (of(ours), of(theirs))).collect()
    };
    let frame: Vec<(f64, f64)> = pairs.iter().map(|(ours, theirs)| (ms(ours.frame), ms(theirs.settled))).collect();
    let (ours, theirs) = sides(&frame);
    let ratio = ratios(&frame);
    let (first, settled) = (pair(|frame| ms(frame.byte)), pair(|frame| ms(frame.settled)));
    let (own_byte, their_byte): (Figures, Figures) = sides(&first);
    table.row(
        &format!("start to first frame, cold store, against {}'s full frame", peer.name()),
        &format!(
            "{}, {}: {}; ratio {}; first byte {} and {}; both settled {} and {}",
            ours.told(" ms"),
            peer.name(),
            theirs.told(" ms"),
            ratio.told(""),
            own_byte.told(" ms"),
            their_byte.told(" ms"),
            sides(&settled).0.told(" ms"),
            sides(&settled).1.told(" ms"),
        ),
        "≤ 20 ms and under the peer's",
        Some(ours.median() <= 20.0 && ratio.median() < 1.0),
    );
}
