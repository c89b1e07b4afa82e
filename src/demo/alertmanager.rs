//! What the simulated Alertmanager answers: API v2 as version 0.28 speaks it, as far as midwatch asks it.
//! Silences posted to it work, so acks work for real.

mod wire;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::TimeDelta;
use hyper::StatusCode;

use super::http::{Answered, Asked, Site};
use super::inhibition;
use super::posted;
use super::silences::{self, Refused, Silence, Silences};
use super::story::Story;
use crate::domain::{Matcher, Moment, matcher};
use wire::{AlertRow, CONFIG, Cluster, Config, Made, RECEIVERS, SilenceRow, Status, VERSION, stamp};

/// The simulated Alertmanager.
#[derive(Debug)]
pub struct AlertmanagerSite {
    story: Arc<Story>,
    prometheus_url: String,
    silences: Mutex<Silences>,
}

impl Site for AlertmanagerSite {
    fn answer(&self, asked: &Asked) -> Answered {
        let now = self.story.clock.now();
        let Some(path) = asked.path.strip_prefix("/api/v2") else { return outside(asked) };
        let method = if asked.method == "HEAD" { "GET" } else { asked.method.as_str() };
        let answer = match (method, path) {
            ("GET", "/status") => Answered::json(StatusCode::OK, &self.status()),
            ("GET", "/receivers") => Answered::json(StatusCode::OK, &RECEIVERS),
            ("GET", "/alerts") => self.alerts(asked, now).unwrap_or_else(|error| refuse(&error)),
            ("GET", "/silences") => self.list(asked, now).unwrap_or_else(|error| refuse(&error)),
            ("POST", "/silences") => self.post(asked, now).unwrap_or_else(|answer| answer),
            (_, "/status" | "/receivers" | "/alerts") => not_allowed(&asked.method, "GET"),
            (_, "/silences") => not_allowed(&asked.method, "GET,POST"),
            _ => match path.strip_prefix("/silence/") {
                Some(id) if !id.is_empty() => self.one(method, id, now),
                _ => posted::invalid(404, format!("path {} was not found", asked.path)),
            },
        };
        Answered { no_store: true, ..answer }
    }
}

/// What is not API v2.
fn outside(asked: &Asked) -> Answered {
    const GONE: &str = r#"{"status":"deprecated","error":"The Alertmanager v1 API was deprecated in version 0.16.0 and is removed as of version 0.27.0 - please use the equivalent route in the v2 API"}"#;
    match asked.path.as_str() {
        "/-/healthy" | "/-/ready" => Answered::text(StatusCode::OK, "OK"),
        old if old.starts_with("/api/v1/") => {
            Answered { kind: Some("application/json"), ..Answered::text(StatusCode::GONE, GONE) }
        }
        _ => Answered::text(StatusCode::NOT_FOUND, "404 page not found\n"),
    }
}

fn not_allowed(method: &str, allow: &'static str) -> Answered {
    let answer = posted::invalid(405, format!("method {method} is not allowed, but [{allow}] are"));
    Answered { allow: Some(allow), ..answer }
}

/// Alertmanager's own errors are a bare JSON string.
fn refuse(error: &str) -> Answered {
    Answered::json(StatusCode::BAD_REQUEST, &error)
}

impl AlertmanagerSite {
    /// A simulated Alertmanager; its alerts link to the Prometheus at this address.
    #[must_use]
    pub fn new(story: Arc<Story>, prometheus_url: String) -> Self {
        let silences = Mutex::new(Silences::of(&story));
        Self { story, prometheus_url, silences }
    }

    fn silences(&self) -> MutexGuard<'_, Silences> {
        // What a panicking request left is still a list of silences.
        self.silences.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn alerts(&self, asked: &Asked, now: Moment) -> Result<Answered, String> {
        let filters = filters(asked)?;
        let receiver = asked.param("receiver").map(matcher::anchored).transpose();
        let receiver = receiver.map_err(|error| format!("failed to parse receiver param: {error}"))?;
        let wanted = |name| asked.param(name).is_none_or(is_true);
        let (active, with_silenced, with_inhibited) = (wanted("active"), wanted("silenced"), wanted("inhibited"));
        let silences = self.silences();
        let rows: Vec<AlertRow> = inhibition::held(&self.story, now)
            .into_iter()
            .filter(|held| filters.iter().all(|filter| filter.matches(&held.alert.labels)))
            .map(|held| AlertRow::new(held, &silences, &self.prometheus_url, now))
            .filter(|row| receiver.as_ref().is_none_or(|wanted| wanted.is_match(row.receivers[0].name)))
            .filter(|row| active || row.status.state != "active")
            .filter(|row| with_silenced || row.status.silenced_by.is_empty())
            .filter(|row| with_inhibited || row.status.inhibited_by.is_empty())
            .collect();
        Ok(Answered::json(StatusCode::OK, &rows))
    }

    /// Filters of silences are compared as text, not evaluated.
    fn list(&self, asked: &Asked, now: Moment) -> Result<Answered, String> {
        let filters = filters(asked)?;
        let silences = self.silences();
        let fits = |silence: &&Silence| filters.iter().all(|filter| silence.wish.matchers.contains(filter));
        let listed = silences.listed(now);
        let rows: Vec<SilenceRow> =
            listed.into_iter().filter(fits).map(|silence| SilenceRow::new(silence, now)).collect();
        Ok(Answered::json(StatusCode::OK, &rows))
    }

    fn post(&self, asked: &Asked, now: Moment) -> Result<Answered, Answered> {
        let (id, wish) = posted::silence(&asked.body)?;
        match self.silences().set(id.as_deref(), wish, now) {
            Ok(silence_id) => Ok(Answered::json(StatusCode::OK, &Made { silence_id })),
            Err(Refused::Unknown) => Err(Answered::json(StatusCode::NOT_FOUND, &"silence not found")),
            Err(Refused::Wrong(why)) => Err(Answered::json(StatusCode::BAD_REQUEST, &why)),
        }
    }

    fn one(&self, method: &str, id: &str, now: Moment) -> Answered {
        if !silences::is_uuid(id) {
            return posted::invalid(601, format!("silenceID in path must be of type uuid: {id:?}"));
        }
        let mut silences = self.silences();
        let missing = || Answered::empty(StatusCode::NOT_FOUND);
        match method {
            "GET" => silences
                .get(id)
                .map_or_else(missing, |silence| Answered::json(StatusCode::OK, &SilenceRow::new(silence, now))),
            "DELETE" if silences.expire(id, now) => Answered::empty(StatusCode::OK),
            "DELETE" => missing(),
            other => not_allowed(other, "DELETE,GET"),
        }
    }

    fn status(&self) -> Status {
        Status {
            cluster: Cluster { peers: [], status: "disabled" },
            config: Config { original: CONFIG },
            uptime: stamp(self.story.clock.begin() - TimeDelta::days(12)),
            version_info: VERSION,
        }
    }
}

fn filters(asked: &Asked) -> Result<Vec<Matcher>, String> {
    asked.all("filter").map(posted::filter).collect()
}

/// What the real one's flags take for yes.
fn is_true(text: &str) -> bool {
    const YES: [&str; 10] = ["true", "1", "yes", "ok", "y", "on", "selected", "checked", "t", "enabled"];
    YES.iter().any(|yes| yes.eq_ignore_ascii_case(text))
}
