//! What the simulated Prometheus answers: the HTTP API of version 2.42 as far as midwatch asks it.

mod wire;

use std::sync::Arc;

use hyper::StatusCode;
use serde::Serialize;

use super::http::{Answered, Asked, Site};
use super::queries::Query;
use super::range::{self, Range};
use super::rules::RULES;
use super::story::{Occurrence, Story};
use crate::domain::{Labels, Moment};
use wire::{AlertRow, Alerts, BUILD, Data, Group, Groups, Point, Refusal, RuleRow, Sample, Series, Success, evaluated};

/// The simulated Prometheus.
#[derive(Debug)]
pub struct PrometheusSite {
    /// What it tells.
    pub story: Arc<Story>,
}

impl Site for PrometheusSite {
    fn answer(&self, asked: &Asked) -> Answered {
        let may_post = matches!(asked.path.as_str(), "/api/v1/query" | "/api/v1/query_range");
        match asked.method.as_str() {
            "GET" | "HEAD" => {}
            "POST" if may_post => {}
            _ => {
                let refused = Answered::text(StatusCode::METHOD_NOT_ALLOWED, "Method Not Allowed\n");
                return Answered { allow: Some(if may_post { "GET, POST" } else { "GET" }), ..refused };
            }
        }
        let now = self.story.clock.now();
        match asked.path.as_str() {
            "/api/v1/query" => self.query(asked, now).unwrap_or_else(refuse),
            "/api/v1/query_range" => self.query_range(asked).unwrap_or_else(refuse),
            "/api/v1/alerts" => success(&Alerts { alerts: self.story.occurrences(now).map(AlertRow::new).collect() }),
            "/api/v1/rules" => success(&self.rules(now)),
            "/api/v1/status/buildinfo" => success(&BUILD),
            "/-/healthy" => Answered::text(StatusCode::OK, "Prometheus Server is Healthy.\n"),
            "/-/ready" => Answered::text(StatusCode::OK, "Prometheus Server is Ready.\n"),
            _ => Answered::text(StatusCode::NOT_FOUND, "404 page not found\n"),
        }
    }
}

impl PrometheusSite {
    fn query(&self, asked: &Asked, now: Moment) -> Result<Answered, String> {
        let at = match asked.param("time") {
            Some(text) => range::moment("time", text)?,
            None => now,
        };
        let value = understood(asked)?.value(&self.story, at);
        let result = value.map(|value| Sample { metric: Labels::default(), value: Point(at, value) });
        Ok(success(&Data { result_type: "vector", result: result.as_slice() }))
    }

    fn query_range(&self, asked: &Asked) -> Result<Answered, String> {
        let range = Range::of(asked)?;
        let query = understood(asked)?;
        let values: Vec<Point> =
            range.moments().filter_map(|at| query.value(&self.story, at).map(|value| Point(at, value))).collect();
        let series = (!values.is_empty()).then(|| Series { metric: Labels::default(), values });
        Ok(success(&Data { result_type: "matrix", result: series.as_slice() }))
    }

    fn rules(&self, now: Moment) -> Groups {
        let alerts: Vec<Occurrence> = self.story.occurrences(now).collect();
        let of_rule = |name| alerts.iter().filter(move |alert| alert.rule.name == name).cloned().collect();
        let rules = RULES.iter().map(|rule| RuleRow::new(rule, of_rule(rule.name), now)).collect();
        Groups {
            groups: [Group {
                name: "eu-1",
                file: "/etc/prometheus/rules/eu-1.yml",
                rules,
                interval: 5.0,
                limit: 0,
                evaluation_time: 0.004_1,
                last_evaluation: evaluated(now),
            }],
        }
    }
}

fn understood(asked: &Asked) -> Result<Query, String> {
    let text = asked.param("query").unwrap_or("");
    if text.trim().is_empty() {
        return Err(r#"invalid parameter "query": unknown position: parse error: no expression found in input"#.into());
    }
    Query::parse(text).ok_or_else(|| {
        r#"invalid parameter "query": 1:1: parse error: the demo understands only the queries of its own configuration"#
            .into()
    })
}

fn success(data: &impl Serialize) -> Answered {
    Answered::json(StatusCode::OK, &Success { status: "success", data })
}

fn refuse(error: String) -> Answered {
    Answered::json(StatusCode::BAD_REQUEST, &Refusal { status: "error", error_type: "bad_data", error })
}
