//! When the screen will look different although nothing happens: ages and the clock.

mod walks;

use std::time::Duration;

use crate::app::{App, Overlay, Pane, Place, View};
use crate::domain::remediation::Run;
use crate::domain::{Incident, Moment};
use crate::ui::widget::age;

/// How long until the next visible age or the clock's minute changes; `None` while nothing on the screen
/// depends on time. Considers only what this place shows, and costs as much as that.
#[must_use]
pub fn next_frame(app: &App) -> Option<Duration> {
    let clock = minute(app.now);
    let lifted = app.guard.lifted(app.now).map(|until| countdown(until, app.now));
    // The paused board's ages stand still; its banner counts on, and no faster than the clock.
    let prompt = matches!(app.overlay, Some(Overlay::Remedy(_))).then(|| desk(app)).flatten();
    let ages = if app.paused.is_some() { None } else { ages(app) };
    let announced = app.announces().map(|announced| age::second_changes(announced.at, app.now));
    [Some(clock), lifted, ages, runs(app), prompt, announced].into_iter().flatten().min()
}

/// What runs is told by the second at first, wherever one looks; what nobody vouches for any more runs no longer.
fn runs(app: &App) -> Option<Duration> {
    let of = |run: &Run| {
        let past = (app.now - run.started).num_milliseconds().max(0);
        let step = if past < 120_000 { 1_000 } else { 60_000 };
        let ticks = Duration::from_millis(u64::try_from(step - past % step).unwrap_or(1_000));
        let lapses = (run.lease - app.now).to_std().ok().filter(|left| !left.is_zero());
        lapses.map_or(ticks, |lapses| ticks.min(lapses + Duration::from_millis(1)))
    };
    app.runs_under_way().into_iter().map(of).min()
}

/// The ages in the Remedies view: of runs, cool-downs and requests.
fn desk(app: &App) -> Option<Duration> {
    let (now, memory) = (app.now, app.board.memory());
    let runs = memory.runs.iter().chain(app.desk.runs.values().map(|heard| &heard.run));
    let of = |run: &Run| {
        let ago = age::since_changes(run.ended.unwrap_or(run.started), now);
        let cools = (run.cooldown_until > now).then(|| soon(run.cooldown_until, now));
        [Some(ago), cools].into_iter().flatten().min()
    };
    let requests = memory.requests.iter().filter(|request| request.expires > now);
    let requests = requests.map(|request| age::since_changes(request.asked, now).min(soon(request.expires, now)));
    runs.filter_map(of).chain(requests).min()
}

/// How long until what is left of a span reads otherwise, or until it is over.
fn soon(until: Moment, now: Moment) -> Duration {
    let over = || (until - now).to_std().unwrap_or_default() + Duration::from_millis(1);
    age::left_changes(until, now).unwrap_or_else(over)
}

/// How long until the clock shows another minute.
fn minute(now: Moment) -> Duration {
    let past = u64::try_from(now.timestamp_millis().rem_euclid(60_000)).unwrap_or(0);
    Duration::from_millis(60_000 - past)
}

/// The banner of lifted read-only shows seconds in its last minute.
fn countdown(until: Moment, now: Moment) -> Duration {
    age::left_changes(until, now).unwrap_or_else(|| {
        let left = u64::try_from((until - now).num_milliseconds()).unwrap_or(0);
        Duration::from_millis(left % 1000 + 1)
    })
}

fn ages(app: &App) -> Option<Duration> {
    let now = app.now;
    let sources = app.board.sources().filter_map(|status| age::source_changes(status, now)).min();
    let rows = usize::from(app.size.rows);
    let here = match app.place() {
        Place::View(View::Watch | View::Incidents) => {
            let first = app.incidents.place().saturating_sub(rows);
            let listed = app.incidents.rows().skip(first).take(2 * rows);
            let ages =
                listed.filter_map(|id| app.board.incident(id)).filter_map(|incident| of_incident(incident, now)).min();
            [ages, signals(app), walks::lists(app)].into_iter().flatten().min()
        }
        Place::Incident(id) => app.board.incident(id).and_then(|incident| of_incident(incident, now)),
        Place::View(View::Mutes) => app.board.mutes().filter_map(|mute| age::left_changes(mute.ends, now)).min(),
        Place::View(View::Signals) => signals(app),
        Place::Runbook => {
            let dated = app.desk.page.as_ref().and_then(|page| page.runbook()?.dated);
            let dated = dated.map(|at| age::since_changes(at, now));
            let incident = app.subject().and_then(|incident| of_incident(incident, now));
            [dated, incident].into_iter().flatten().min()
        }
        Place::View(View::Remedies) | Place::Run(_) => desk(app),
        Place::View(View::Checklists) => walks::lists(app),
        Place::Walk(id) => walks::walk(app, id),
        Place::View(_) | Place::History => None,
    };
    // The bars of the log pane move on every ten seconds while there are errors in them.
    let bars = shows_logs(app).then(|| bars(app)).flatten();
    [sources, here, bars].into_iter().flatten().min()
}

fn of_incident(incident: &Incident, now: Moment) -> Option<Duration> {
    let since = age::since_changes(incident.resolved.unwrap_or(incident.since), now);
    let owner = incident.owner.as_ref().and_then(|owner| age::left_changes(owner.until, now));
    [Some(since), owner].into_iter().flatten().min()
}

fn signals(app: &App) -> Option<Duration> {
    let levels = app.board.signals().iter().filter_map(|track| track.level_since);
    levels.map(|since| age::since_changes(since, app.now)).min()
}

fn shows_logs(app: &App) -> bool {
    match app.place() {
        Place::View(View::Logs) | Place::Incident(_) => true,
        Place::View(View::Watch) => !app.full || app.focus == Pane::Logs,
        Place::View(_) | Place::Runbook | Place::Run(_) | Place::Walk(_) | Place::History => false,
    }
}

fn bars(app: &App) -> Option<Duration> {
    let shown = app.board.logs().bars(app.now, 60).any(|bar| bar.lines > 0);
    let past = u64::try_from(app.now.timestamp_millis().rem_euclid(10_000)).unwrap_or(0);
    shown.then(|| Duration::from_millis(10_000 - past))
}
