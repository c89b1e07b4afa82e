//! The log of the simulated production: what its services write in a second, and the file it is written to.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, SecondsFormat, TimeDelta};
use serde::Serialize;
use tokio::fs::{File, OpenOptions};
use tokio::io::AsyncWriteExt as _;

use super::seed::Draw;
use super::story::Story;
use crate::domain::Moment;

/// How far back the log reaches at the start.
const BACKLOG: TimeDelta = TimeDelta::minutes(12);
/// How often lines are written.
const EVERY: Duration = Duration::from_millis(250);
/// When the file has grown to this many bytes it is emptied, as a log that is rotated by truncation.
const ROTATE: u64 = 16 << 20;
/// The most that is made up for after a pause: a machine that slept does not write hours at once.
const CATCH_UP: TimeDelta = TimeDelta::minutes(2);
/// The stream of numbers that lines are drawn from.
const STREAM: u64 = 0x6c6f_6773;

/// What one kind of line looks like and how often it comes.
struct Kind {
    level: &'static str,
    service: &'static str,
    /// Instances are numbered from 1 to this.
    instances: u64,
    /// `{n}` is a number from the range.
    text: &'static str,
    numbers: (u64, u64),
    /// Lines a second in calm, and in the outage.
    rate: (f64, f64),
    /// Between which seconds of the story the rate changes.
    ramp: (f64, f64),
}

const fn kind(
    (level, service, instances): (&'static str, &'static str, u64),
    (text, numbers): (&'static str, (u64, u64)),
    rate: (f64, f64),
    ramp: (f64, f64),
) -> Kind {
    Kind { level, service, instances, text, numbers, rate, ramp }
}

const KINDS: &[Kind] = &[
    kind(("info", "checkout", 8), ("GET /cart 200 {n} ms", (18, 64)), (2.6, 1.4), (45.0, 110.0)),
    kind(("info", "checkout", 8), ("POST /pay 200 {n} ms", (90, 310)), (1.4, 0.3), (45.0, 110.0)),
    kind(("info", "search", 4), ("query took {n} ms", (40, 230)), (2.2, 2.0), (80.0, 120.0)),
    kind(("info", "payments", 3), ("payment settled in {n} ms", (120, 420)), (1.1, 0.1), (66.0, 110.0)),
    kind(("info", "mailer", 2), ("sent batch of {n}", (20, 200)), (0.5, 0.5), (0.0, 1.0)),
    kind(("debug", "billing", 1), ("rated {n} events", (200, 900)), (0.2, 0.2), (0.0, 1.0)),
    kind(("warn", "checkout", 8), ("pool at {n} of 50 connections", (41, 49)), (0.03, 2.2), (18.0, 40.0)),
    kind(("warn", "checkout", 8), ("retry {n}/3 POST /pay", (1, 3)), (0.05, 5.0), (30.0, 80.0)),
    kind(("warn", "checkout", 8), ("circuit half-open to payments", (0, 0)), (0.0, 2.0), (60.0, 90.0)),
    kind(("error", "checkout", 8), ("upstream timeout after 5000 ms", (0, 0)), (0.02, 14.0), (34.0, 95.0)),
    kind(("error", "checkout", 8), ("pool exhausted: 50 of 50 in use", (0, 0)), (0.0, 7.0), (38.0, 80.0)),
    kind(("error", "payments", 3), ("no connection to ledger-db: {n} waiting", (30, 90)), (0.0, 5.0), (66.0, 110.0)),
    kind(("fatal", "payments", 3), ("health check failed, leaving the pool", (0, 0)), (0.0, 0.15), (86.0, 95.0)),
    kind(("warn", "search", 4), ("slow query: {n} ms", (510, 1900)), (0.05, 2.0), (75.0, 115.0)),
];

/// Lines that come once: second of the story, level, service, instance, text.
const ONCE: &[(f64, &str, &str, &str, &str)] = &[
    (-540.0, "fatal", "cart", "cart-1", "out of memory, restarting"),
    (10.0, "info", "checkout", "ci", "deploy checkout v812 by ci"),
    (14.0, "info", "checkout", "checkout-7", "started v812, pool size 50, upstream timeout 5000 ms"),
    (26.0, "info", "cart", "cart-1", "warm, taking traffic"),
    (90.0, "error", "payments", "payments-1", "all replicas of ledger-db refuse connections"),
];

#[derive(Serialize)]
struct Line<'a> {
    ts: String,
    level: &'a str,
    service: &'a str,
    instance: &'a str,
    msg: &'a str,
}

impl Story {
    /// The lines of one second (since 1970), oldest first, each with its moment.
    #[must_use]
    pub fn log_second(&self, second: i64) -> Vec<(Moment, String)> {
        let Some(begin) = DateTime::from_timestamp(second, 0) else { return Vec::new() };
        let mut draw = Draw::new(self.seed, STREAM, second);
        let mut lines = Vec::new();
        let story = self.clock.second(begin);
        for kind in KINDS {
            let rate = kind.rate_at(story, self.mends.recovery(kind.service, story));
            let (whole, part) = (rate.floor(), rate.fract());
            let more = f64::from(u8::from(draw.share() < part));
            for _ in 0..count(whole + more) {
                let at = begin + TimeDelta::milliseconds(i64::try_from(draw.below(1000)).unwrap_or(0));
                lines.push((at, kind.line(at, &mut draw)));
            }
        }
        let end = begin + TimeDelta::seconds(1);
        for (when, level, service, instance, msg) in ONCE {
            let at = self.clock.moment(*when);
            if at >= begin && at < end {
                lines.push((at, written(at, level, service, instance, msg)));
            }
        }
        lines.sort();
        lines
    }

    /// The lines from one moment up to and without another, as the bytes of a file.
    #[must_use]
    pub fn log_between(&self, from: Moment, to: Moment) -> String {
        let seconds = from.timestamp()..=to.timestamp();
        let lines = seconds.flat_map(|second| self.log_second(second));
        lines.filter(|(at, _)| *at >= from && *at < to).fold(String::new(), |mut text, (_, line)| {
            text.push_str(&line);
            text.push('\n');
            text
        })
    }
}

impl Kind {
    fn rate_at(&self, story: f64, recovered: f64) -> f64 {
        let part = ((story - self.ramp.0) / (self.ramp.1 - self.ramp.0)).clamp(0.0, 1.0) * (1.0 - recovered);
        self.rate.0 + (self.rate.1 - self.rate.0) * part
    }

    fn line(&self, at: Moment, draw: &mut Draw) -> String {
        let (least, most) = self.numbers;
        let number = least + draw.below(most - least + 1);
        let instance = format!("{}-{}", self.service, 1 + draw.below(self.instances));
        let text = self.text.replace("{n}", &number.to_string());
        written(at, self.level, self.service, &instance, &text)
    }
}

/// A small whole number from a rate.
fn count(rate: f64) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cast from float saturates")]
    let count = rate as u32;
    count
}

fn written(at: Moment, level: &str, service: &str, instance: &str, msg: &str) -> String {
    let ts = at.to_rfc3339_opts(SecondsFormat::Millis, true);
    // Five strings always become JSON.
    serde_json::to_string(&Line { ts, level, service, instance, msg }).unwrap_or_default()
}

/// The file the log is written to.
#[derive(Debug)]
pub struct LogFile {
    file: File,
    story: Arc<Story>,
    written: Moment,
    size: u64,
}

impl LogFile {
    /// Makes the file with the last minutes in it.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub async fn create(path: &Path, story: Arc<Story>) -> std::io::Result<Self> {
        let file = OpenOptions::new().create_new(true).append(true).mode(0o600).open(path).await?;
        let now = story.clock.now();
        let mut log = Self { file, story, written: now - BACKLOG, size: 0 };
        log.write_up_to(now).await?;
        Ok(log)
    }

    /// Writes on as time passes, until the task is aborted or the file cannot be written.
    pub async fn follow(mut self) {
        let mut ticks = tokio::time::interval(EVERY);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            let now = self.story.clock.now();
            self.written = self.written.max(now - CATCH_UP);
            if let Err(error) = self.write_up_to(now).await {
                tracing::warn!(%error, "the demo's log cannot be written any more");
                return;
            }
        }
    }

    async fn write_up_to(&mut self, now: Moment) -> std::io::Result<()> {
        if now <= self.written {
            return Ok(());
        }
        let lines = self.story.log_between(self.written, now);
        self.written = now;
        if self.size + lines.len() as u64 > ROTATE {
            self.file.set_len(0).await?;
            self.size = 0;
        }
        self.file.write_all(lines.as_bytes()).await?;
        self.file.flush().await?;
        self.size += lines.len() as u64;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::clock::{DemoClock, StoryClock};

    fn story() -> (Story, Moment) {
        let at = Moment::UNIX_EPOCH + TimeDelta::days(20_000);
        (
            Story {
                clock: StoryClock::new(DemoClock::fixed(at), at).unwrap(),
                seed: 7,
                mends: crate::demo::mends::Mends::default(),
            },
            at,
        )
    }

    fn count_of(text: &str, what: &str) -> usize {
        text.lines().filter(|line| line.contains(what)).count()
    }

    #[test]
    fn errors_rise_in_the_outage_and_every_line_is_json_in_order() {
        let (story, at) = story();
        let minute = |before| {
            let to = at - TimeDelta::minutes(before);
            story.log_between(to - TimeDelta::minutes(1), to)
        };
        let (calm, outage) = (minute(6), minute(0));
        assert!(count_of(&calm, r#""level":"error""#) < 10);
        assert!(count_of(&outage, r#""level":"error""#) > 20 * 60);
        let stamps: Vec<String> = outage
            .lines()
            .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["ts"].as_str().unwrap().to_owned())
            .collect();
        assert!(stamps.is_sorted() && stamps.len() > 40 * 60 - 200);
    }

    #[test]
    fn the_deploy_is_in_the_log_once_and_pieces_add_up() {
        let (story, at) = story();
        let whole = story.log_between(at - BACKLOG, at);
        assert_eq!(count_of(&whole, "deploy checkout v812"), 1);
        let middle = at - TimeDelta::milliseconds(123_456);
        let pieces = story.log_between(at - BACKLOG, middle) + &story.log_between(middle, at);
        assert_eq!(pieces, whole);
    }
}
