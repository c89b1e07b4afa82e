//! Why a run may not begin now, in words that an operator can act on. Looks, and changes nothing.

use chrono::TimeDelta;
use sqlx::{Row as _, SqliteConnection};

use super::columns::{millis, moment, text};
use super::runs::Start;
use super::{requests, run_rows};
use crate::domain::remediation::run::Request;
use crate::domain::{Moment, duration, harmless};

/// The longest account of how the run before ended, in characters.
const ENDING: usize = 120;

/// Whether a run may begin: who agreed to it where somebody must, else why not. The lock comes first: while somebody
/// runs it, nothing else matters.
pub(super) async fn look(
    connection: &mut SqliteConnection,
    start: &Start,
) -> Result<Result<Option<String>, String>, sqlx::Error> {
    let (run, now) = (&start.run, start.run.started);
    if let Some(words) = in_the_way(&mut *connection, run.remedy.as_str(), &run.target, now).await? {
        return Ok(Err(words));
    }
    if let Some(words) = too_often(&mut *connection, start).await? {
        return Ok(Err(words));
    }
    let Some(id) = start.request else { return Ok(Ok(None)) };
    Ok(agreed(requests::find(connection, id).await?.as_ref(), start).map(Some))
}

/// Who holds the lock of a remedy and target, or until when they cool down. A run that nobody vouches for any more
/// holds no lock: its outcome is unknown, and an operator may decide to run it again.
pub(super) async fn in_the_way(
    connection: &mut SqliteConnection,
    remedy: &str,
    target: &str,
    now: Moment,
) -> Result<Option<String>, sqlx::Error> {
    let holder = sqlx::query(
        "SELECT name, started FROM runs
         WHERE remedy = $1 AND target = $2 AND ended IS NULL AND lease >= $3 ORDER BY started LIMIT 1",
    );
    if let Some(row) = holder.bind(remedy).bind(target).bind(millis(now)).fetch_optional(&mut *connection).await? {
        let since = clock(moment(&row, "started")?, now);
        return Ok(Some(format!("{} runs it since {since}", text(&row, "name")?)));
    }
    let cooling = sqlx::query(
        "SELECT name, started, cooldown_until, ending, why FROM runs
         WHERE remedy = $1 AND target = $2 AND cooldown_until > $3 ORDER BY cooldown_until DESC LIMIT 1",
    );
    let Some(row) = cooling.bind(remedy).bind(target).bind(millis(now)).fetch_optional(connection).await? else {
        return Ok(None);
    };
    let ending = run_rows::ending(&row)?.map_or_else(|| "outcome unknown".to_owned(), |ending| ending.words());
    Ok(Some(format!(
        "it cools down until {} ({} ran it {}: {})",
        clock(whole_minute(moment(&row, "cooldown_until")?), now),
        text(&row, "name")?,
        ago(moment(&row, "started")?, now),
        harmless::line(&ending, ENDING),
    )))
}

/// Whether a remedy ran by itself as often as it may. Counted over all its targets: what goes wrong by itself must not
/// go wrong everywhere.
async fn too_often(connection: &mut SqliteConnection, start: &Start) -> Result<Option<String>, sqlx::Error> {
    let Some((most, since)) = start.at_most else { return Ok(None) };
    let row = sqlx::query("SELECT count(*) AS n FROM runs WHERE remedy = $1 AND started > $2 AND by_itself = $3")
        .bind(start.run.remedy.as_str())
        .bind(millis(since))
        .bind(true)
        .fetch_one(connection)
        .await?;
    let ran: i64 = row.try_get("n")?;
    let times = if ran == 1 { "once".to_owned() } else { format!("{ran} times") };
    let span = in_words(start.run.started - since);
    Ok((ran >= i64::from(most)).then(|| format!("it ran by itself {times} within {span}")))
}

/// The second person who agreed to just this plan; else what is missing.
fn agreed(request: Option<&Request>, start: &Start) -> Result<String, String> {
    let now = start.run.started;
    let Some(request) = request else {
        return Err("nothing is known of the request for a second person: ask again".to_owned());
    };
    if request.closed {
        return Err("the request was run, taken back or refused: ask again".to_owned());
    }
    if request.expires <= now {
        return Err(format!("the request ran out at {}: ask again", clock(request.expires, now)));
    }
    let Some(approver) = &request.approved_by else { return Err("a second person has not agreed".to_owned()) };
    let runs_it = &start.run.operator.name;
    if same_person(&approver.name, &request.asked_by.name) || same_person(&approver.name, runs_it) {
        return Err(format!("a second person has not agreed: {} cannot agree to what they run", approver.name));
    }
    if request.plan != start.plan {
        return Err(format!("it is not what {} agreed to any more: ask again", approver.name));
    }
    Ok(approver.name.clone())
}

/// Whether two names are one person's. Case, blanks and what cannot be seen make nobody a second person.
pub(super) fn same_person(one: &str, other: &str) -> bool {
    bare(one) == bare(other)
}

/// A name without what two spellings of it may differ in.
pub(super) fn bare(name: &str) -> String {
    let name = harmless::line(name, usize::MAX);
    let seen = name.chars().filter(|c| *c != '·' && !c.is_whitespace());
    seen.flat_map(char::to_uppercase).flat_map(char::to_lowercase).collect()
}

/// A time of day in UTC, with its date where it could be mistaken.
pub(super) fn clock(at: Moment, now: Moment) -> String {
    let far = (at - now).abs() >= TimeDelta::days(1);
    at.format(if far { "%Y-%m-%d %H:%M" } else { "%H:%M" }).to_string()
}

/// The next whole minute: what lasts until 03:21:30 is not over at 03:21.
fn whole_minute(at: Moment) -> Moment {
    let over = at.timestamp_millis().rem_euclid(60_000);
    if over == 0 { at } else { at + TimeDelta::milliseconds(60_000 - over) }
}

fn ago(at: Moment, now: Moment) -> String {
    match (now - at).num_minutes() {
        ..1 => "just now".to_owned(),
        minutes @ 1..60 => format!("{minutes} min ago"),
        minutes @ 60..2_880 => format!("{} h ago", minutes / 60),
        minutes => format!("{} d ago", minutes / 1_440),
    }
}

/// `1 h`, `90 min`, `2 d`; what is no whole number of minutes as it is written in the configuration.
fn in_words(span: TimeDelta) -> String {
    match span.num_seconds() {
        0 => duration::text(span),
        seconds if seconds % 86_400 == 0 => format!("{} d", seconds / 86_400),
        seconds if seconds % 3_600 == 0 => format!("{} h", seconds / 3_600),
        seconds if seconds % 60 == 0 => format!("{} min", seconds / 60),
        _ => duration::text(span),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Moment {
        text.parse().unwrap()
    }

    #[test]
    fn times_are_told_as_people_say_them() {
        let now = at("2026-10-03T03:16:20Z");
        assert_eq!(clock(at("2026-10-03T03:22:00Z"), now), "03:22");
        assert_eq!(clock(at("2026-10-05T03:22:00Z"), now), "2026-10-05 03:22");
        assert_eq!(clock(whole_minute(at("2026-10-03T03:21:00.001Z")), now), "03:22");
        assert_eq!(whole_minute(at("2026-10-03T03:22:00Z")), at("2026-10-03T03:22:00Z"));
        let said = |seconds| ago(now - TimeDelta::seconds(seconds), now);
        assert_eq!(
            [said(-5), said(59), said(299), said(7_300), said(200_000)],
            ["just now", "just now", "4 min ago", "2 h ago", "2 d ago"]
        );
        let span = |seconds| in_words(TimeDelta::seconds(seconds));
        assert_eq!([span(3_600), span(5_400), span(172_800), span(90)], ["1 h", "90 min", "2 d", "1m30s"]);
    }

    #[test]
    fn a_name_that_only_looks_different_is_the_same_person() {
        for same in ["ana", " Ana", "ANA\t", "a\u{200b}na", "an\u{202e}a", "ana\u{1b}[31m"] {
            assert!(same_person("ana", same), "{same:?}");
        }
        for other in ["anna", "bo", "", "ana2"] {
            assert!(!same_person("ana", other), "{other:?}");
        }
    }
}
