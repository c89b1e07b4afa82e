//! The deployment service of the simulated team: it rolls services back when it is asked to, and tells how far it is.

use std::sync::{Arc, Mutex, PoisonError};

use hyper::StatusCode;
use serde::Serialize;

use super::http::{Answered, Asked, Site};
use super::story::Story;

/// How many seconds of the story a roll-back takes.
const TAKES: f64 = 9.0;

/// What a roll-back of a service mends, and how many seconds after it was done.
const MENDS: &[(&str, &str, f64)] =
    &[("checkout", "CheckoutErrorsHigh", 0.0), ("checkout", "PaymentsDown", 6.0), ("checkout", "LatencyP95", 14.0)];

/// The site.
#[derive(Debug)]
pub struct OpsSite {
    /// What it acts on.
    pub story: Arc<Story>,
    /// When the roll-back began, in seconds of the story.
    began: Mutex<Option<f64>>,
}

#[derive(Serialize)]
struct Job {
    service: &'static str,
    version: &'static str,
    status: &'static str,
    instances_done: u32,
}

impl OpsSite {
    /// A site where nothing was asked for yet.
    #[must_use]
    pub fn new(story: Arc<Story>) -> Self {
        Self { story, began: Mutex::new(None) }
    }

    fn roll_back(&self, second: f64) -> Answered {
        let mut began = self.began.lock().unwrap_or_else(PoisonError::into_inner);
        if began.is_none() {
            *began = Some(second);
            for (_, rule, later) in MENDS {
                self.story.mends.mend(rule, None, second + TAKES + later);
            }
        }
        drop(began);
        Answered::json(StatusCode::ACCEPTED, &self.job(second))
    }

    fn job(&self, second: f64) -> Job {
        let began = *self.began.lock().unwrap_or_else(PoisonError::into_inner);
        let part = began.map_or(0.0, |began| ((second - began) / TAKES).clamp(0.0, 1.0));
        let status = match began {
            None => "none",
            Some(_) if part < 1.0 => "running",
            Some(_) => "succeeded",
        };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of eight instances")]
        let instances_done = (part * 8.0) as u32;
        Job { service: "checkout", version: "v811", status, instances_done }
    }
}

impl Site for OpsSite {
    fn answer(&self, asked: &Asked) -> Answered {
        let second = self.story.clock.second(self.story.clock.now());
        match (asked.method.as_str(), asked.path.as_str()) {
            ("POST", "/services/checkout/rollback") => self.roll_back(second),
            ("GET", "/services/checkout/rollback") => Answered::json(StatusCode::OK, &self.job(second)),
            _ => Answered::text(StatusCode::NOT_FOUND, "no such service\n"),
        }
    }
}
