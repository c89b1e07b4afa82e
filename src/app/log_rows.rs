//! Which of the kept log lines are shown: looked for from the newest down, a bounded number at a time, and kept up to
//! date with what comes; and the cursor over them.
//!
//! What lives here: the rows and the cursor. What must not: how a line is drawn.

use std::collections::VecDeque;

use chrono::{DurationRound as _, TimeDelta};

use super::cursor::Step;
use super::{App, Pane};
use crate::board::logs::Kept;
use crate::domain::{Level, Moment};

/// How many of the newest lines are looked at for lines of a service.
const LOOKED_AT: usize = 4_000;
/// How many lines are looked at in one turn: what is left comes in the next ones, and keys are answered in between.
const TURN: usize = 25_000;

/// Where the filter asks how old a line is, rows hold for so many seconds: else each moment began them anew.
const AGE_STEP: i64 = 10;

/// What lines are looked for.
#[derive(Debug, Clone, PartialEq)]
struct Asked {
    level: Level,
    filter: String,
    service: Option<String>,
    paused: bool,
    /// Where the filter asks how old a line is: in which [`AGE_STEP`], by its begin.
    age_at: Option<Moment>,
}

/// Whether a service has lines of its own, as was found when a line was the newest.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnLines {
    service: String,
    newest: u64,
    paused: bool,
    found: bool,
}

/// The lines that pass, as far as they were looked for.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LogRows {
    /// `None` where every line passes: then nothing is kept here.
    asked: Option<Asked>,
    /// The numbers of those that pass, ascending.
    numbers: VecDeque<u64>,
    /// Lines with this number and those from it on were looked at …
    from: u64,
    /// … up to this one, which was not.
    until: u64,
    /// Whether more is wanted than was found so far, and there is more to look at.
    looking: bool,
}

impl LogRows {
    /// Whether lines are still looked for: what was found is not all.
    #[must_use]
    pub fn is_looking(&self) -> bool {
        self.looking
    }
}

impl App {
    /// The service whose log lines are shown here: the one at hand, if any of the newest lines is its own; else
    /// all lines are shown.
    #[must_use]
    pub fn log_service(&self) -> Option<&str> {
        let service = self.service()?;
        self.found_own_lines(service).unwrap_or_else(|| self.has_own_lines(service)).then_some(service)
    }

    fn has_own_lines(&self, service: &str) -> bool {
        let mut newest = self.shown().logs().lines().iter().rev().take(LOOKED_AT);
        newest.any(|kept| self.is_line_of(kept, service))
    }

    /// Whether a service has lines of its own, if that was found among the lines that are there now.
    fn found_own_lines(&self, service: &str) -> Option<bool> {
        let (newest, paused) = (self.shown().logs().came(), self.paused.is_some());
        let own = self.logs.own.as_ref()?;
        (own.service == service && own.newest == newest && own.paused == paused).then_some(own.found)
    }

    /// Looks for lines of the service at hand, unless that was done since the newest line came.
    fn look_for_own_lines(&mut self) {
        let Some(service) = self.service().filter(|service| self.found_own_lines(service).is_none()) else { return };
        let (service, found) = (service.to_owned(), self.has_own_lines(service));
        let (newest, paused) = (self.shown().logs().came(), self.paused.is_some());
        self.logs.own = Some(OwnLines { service, newest, paused, found });
    }

    /// Whether a line belongs to a service: it comes from the source that the service names, if it names one, and
    /// its origin holds the service's name.
    fn is_line_of(&self, kept: &Kept, service: &str) -> bool {
        let source = self.profile.service_logs.get(service);
        source.is_none_or(|source| source == kept.source()) && kept.origin().contains(service)
    }

    /// Whether a line is shown, where lines of `service` are.
    #[must_use]
    pub fn shows_line(&self, kept: &Kept, service: Option<&str>) -> bool {
        kept.level >= self.logs.level
            && service.is_none_or(|service| self.is_line_of(kept, service))
            && self.logs.filter.matches(&kept.told(), self.judged_at())
    }

    /// When lines are judged. Where the filter asks how old they are it moves in steps, so that a key takes the line that
    /// was drawn.
    fn judged_at(&self) -> Moment {
        let now = self.shown_now();
        let step = TimeDelta::seconds(AGE_STEP);
        if self.logs.filter.speaks_of("@age") { now.duration_trunc(step).unwrap_or(now) } else { now }
    }

    /// The log lines that are shown here with their numbers, newest first.
    pub fn log_rows(&self) -> impl Iterator<Item = (u64, &Kept)> {
        let service = self.log_service();
        self.shown().logs().numbered(0).rev().filter(move |(_, kept)| self.shows_line(kept, service))
    }

    /// The newest of the lines that are shown up to one (or to the newest of all) with their numbers, newest first, as
    /// far as they were looked for. Costs as much as is taken.
    pub fn log_rows_until(&self, last: Option<u64>) -> Box<dyn Iterator<Item = (u64, &Kept)> + '_> {
        let logs = self.shown().logs();
        let (rows, last) = (&self.logs.rows, last.unwrap_or(u64::MAX));
        let up_to = logs.numbered_in(0, place(last.saturating_add(1).saturating_sub(logs.oldest()))).rev();
        let asked = self.asked();
        if rows.asked != asked {
            // Nothing was looked for yet: among the newest alone.
            let shown = move |(_, kept): &(u64, &Kept)| {
                let service = asked.as_ref().and_then(|asked| asked.service.as_deref());
                self.shows_line(kept, service)
            };
            return Box::new(up_to.take(LOOKED_AT).filter(shown));
        }
        if asked.is_none() {
            return Box::new(up_to);
        }
        let end = rows.numbers.partition_point(|number| *number <= last);
        let found = move |number: &u64| Some((*number, logs.line(*number)?));
        Box::new(rows.numbers.range(..end).rev().filter_map(found))
    }

    /// Brings the rows up to date: looks at lines that came, and on among older ones while more are wanted.
    pub(super) fn settle_logs(&mut self) {
        if !self.place().panes().contains(&Pane::Logs) {
            self.logs.rows.looking = false;
            return;
        }
        self.look_for_own_lines();
        self.look_for_lines(TURN, 2 * usize::from(self.size.rows));
    }

    /// Looks at no more than `most` older lines, until so many pass that `wanted` stand above the cursor.
    fn look_for_lines(&mut self, most: usize, wanted: usize) {
        let mut rows = std::mem::take(&mut self.logs.rows);
        let asked = self.asked();
        let logs = self.shown().logs();
        let (oldest, end) = (logs.oldest(), logs.came() + 1);
        if rows.asked != asked || rows.until < oldest || rows.until > end {
            rows = LogRows { asked, from: end, until: end, ..LogRows::default() };
        }
        if let Some(asked) = &rows.asked {
            let service = asked.service.as_deref();
            while rows.numbers.front().is_some_and(|number| *number < oldest) {
                rows.numbers.pop_front();
            }
            rows.from = rows.from.max(oldest);
            let new = logs.numbered(place(rows.until - oldest)).filter(|(_, kept)| self.shows_line(kept, service));
            rows.numbers.extend(new.map(|(number, _)| number));
            rows.until = end;
            let at = self.logs.at.unwrap_or(u64::MAX);
            let mut missing = wanted.saturating_sub(rows.numbers.partition_point(|number| *number <= at));
            let older = logs.numbered_in(0, place(rows.from - oldest)).rev().take(most);
            for (number, kept) in older {
                if missing == 0 {
                    break;
                }
                rows.from = number;
                if self.shows_line(kept, service) {
                    rows.numbers.push_front(number);
                    // Those below the cursor are no rows above it.
                    missing -= usize::from(number <= at);
                }
            }
            rows.looking = missing > 0 && rows.from > oldest;
        }
        self.logs.rows = rows;
    }

    /// What is looked for now; `None` where every line passes.
    fn asked(&self) -> Option<Asked> {
        let service = self.log_service();
        if service.is_none() && self.logs.level == Level::Trace && self.logs.filter.is_empty() {
            return None;
        }
        Some(Asked {
            level: self.logs.level,
            filter: self.logs.filter_text.clone(),
            service: service.map(str::to_owned),
            paused: self.paused.is_some(),
            age_at: self.logs.filter.speaks_of("@age").then(|| self.judged_at()),
        })
    }

    /// The log cursor walks over line numbers, newest first on the way up; at the newest it follows.
    pub(super) fn step_logs(&mut self, step: Step) {
        // Only who goes far has all lines looked at.
        let up = if let Step::By(by) = step { usize::try_from(-by).unwrap_or(0) } else { 0 };
        let wanted = if step == Step::First { usize::MAX } else { up + 2 };
        self.look_for_lines(usize::MAX, wanted);
        let logs = self.shown().logs();
        let rows = &self.logs.rows.numbers;
        let (all, oldest) = (self.logs.rows.asked.is_none(), logs.oldest());
        let count = if all { logs.lines().len() } else { rows.len() };
        // Counted from the newest; where no older one is left, it stands there.
        let here = self.logs.at.map_or(0, |at| {
            let until = if all {
                place((at + 1).saturating_sub(oldest)).min(count)
            } else {
                rows.partition_point(|number| *number <= at)
            };
            if until == 0 { 0 } else { count - until }
        });
        let last = count.saturating_sub(1);
        let there = match step {
            Step::By(by) => here.saturating_add_signed(-by).min(last),
            Step::First => last,
            Step::Last => 0,
        };
        let number = if all {
            logs.numbered(last - there).next().map(|(number, _)| number)
        } else {
            rows.get(last - there).copied()
        };
        self.logs.at = number.filter(|_| there > 0);
    }
}

fn place(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests;
