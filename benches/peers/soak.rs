//! A day in a quarter of an hour: alerts come and go, logs grow and rotate, an operator looks and acks, a hundred times
//! faster than a day does it. Memory must be in the last hour what it was in the second.

mod world;

use std::path::Path;
use std::time::{Duration, Instant};

use crate::args::Args;
use crate::figures::{Figures, short};
use crate::process;
use crate::rows::mb;
use crate::watched::{Config, open};
use world::World;

/// Keys of an operator who looks at everything, acks, comments on nothing and leaves every prompt.
const KEYS: &[&str] = &[
    "1", "j", "j", "k", "\r", "\x1b", "a", "\r", "\x1b", "2", "j", "G", "g", "3", "j", "4", "j", "G", "/", "\x15",
    "order", "\r", "\x1b", "5", "j", "6", "j", "7", "j", "8", "j", "G", "0", "j", "?", "\x1b", "1", "j", "z", "\x1b",
    "t", "\x1b", "u", "\x1b",
];
/// Between two keys.
const PACE: Duration = Duration::from_millis(180);
/// How many hours a run stands for.
const HOURS: u32 = 24;

/// What was seen in one second.
struct Sample {
    at: Duration,
    resident: f64,
    anonymous: f64,
}

/// Runs for so long; whether memory was flat.
pub fn run(args: &Args, time: Duration) -> bool {
    let world = World::begin();
    let first = "log_lines = 5000\nkeep_resolved = '12s'";
    let config = Config::with(first).alertmanager(&world.url(), "100ms").log(world.log(), "100ms").host("150ms");
    let home = config.home();
    let mut screen = open(&args.midwatch, &home);
    screen.first_frame();
    let began = Instant::now();
    let mut samples: Vec<Sample> = Vec::new();
    let mut keys = KEYS.iter().cycle();
    while began.elapsed() < time {
        screen.press(keys.next().expect("the keys begin anew"));
        std::thread::sleep(PACE);
        let at = began.elapsed();
        if samples.last().is_none_or(|last| at.saturating_sub(last.at) >= Duration::from_secs(1)) {
            let memory = process::memory(screen.id());
            assert!(memory.resident > 0.0, "midwatch has ended:\n{}", screen.text());
            samples.push(Sample { at, resident: memory.resident, anonymous: memory.anonymous });
            screen.forget();
            if samples.len().is_multiple_of(30) {
                tell(&samples, &home.path("state/midwatch"), screen.id());
            }
        }
    }
    println!("the screen at the end:\n{}", screen.text());
    verdict(&samples, time)
}

/// One line on the way.
fn tell(samples: &[Sample], state: &Path, process: u32) {
    let Some(last) = samples.last() else { return };
    let size = |name: &str| {
        #[expect(clippy::cast_precision_loss, reason = "megabytes")]
        let bytes = std::fs::metadata(state.join(name)).map_or(0.0, |file| file.len() as f64);
        short(mb(bytes))
    };
    let count = |folder: &str| std::fs::read_dir(format!("/proc/{process}/{folder}")).map_or(0, Iterator::count);
    eprintln!(
        "{:>4} s  resident {} MB, not of files {} MB; store {} MB, its log {} MB; {} threads, {} files; {:.1} s on a core",
        last.at.as_secs(),
        short(mb(last.resident)),
        short(mb(last.anonymous)),
        size("midwatch.db"),
        size("midwatch.db-wal"),
        count("task"),
        count("fd"),
        process::busy(process).as_secs_f64(),
    );
}

/// The last hour against the second.
fn verdict(samples: &[Sample], time: Duration) -> bool {
    let hour = time / HOURS;
    let of = |from: Duration| -> f64 {
        let within = samples.iter().filter(|sample| sample.at >= from && sample.at < from + hour);
        within.map(|sample| sample.resident).collect::<Figures>().median()
    };
    let (second, last) = (of(hour), of(time.saturating_sub(hour)));
    let flat = last <= second * 1.02;
    println!(
        "{} min for {HOURS} h: second hour {} MB, last hour {} MB, {:+.1} %: {}",
        time.as_secs() / 60,
        short(mb(second)),
        short(mb(last)),
        (last / second - 1.0) * 100.0,
        if flat { "flat" } else { "not flat" }
    );
    flat
}
