//! Answers that come, each in time, but not all of them in the time of one poll: it is said whom midwatch waited for.

use std::time::Duration;

use midwatch::source::options::{HttpOptions, KindOptions, PrometheusOptions};
use midwatch::source::registry::{self, Context};

use super::adapters::{options, prometheus_alerts, prometheus_signals, signal};
use super::fault::Fault;
use super::lab::{Lab, World};
use super::watch::Watch;

fn both(path: &str, world: World) -> Option<String> {
    prometheus_alerts(path, world).or_else(|| prometheus_signals(path, world))
}

#[tokio::test(flavor = "multi_thread")]
async fn several_slow_answers_name_the_host() {
    let lab = Lab::start(both, Fault::Slow).await;
    let http = HttpOptions { urls: vec![lab.url()], ..HttpOptions::default() };
    let own = PrometheusOptions { http, alerts: true, signals: vec![signal()], slos: Vec::new() };
    let timeout = Duration::from_secs(2);
    let source = registry::build(&options(KindOptions::Prometheus(own), timeout), &Context::default());
    let mut watch = Watch::begin(source.unwrap_or_else(|error| panic!("{error}")), timeout);
    watch.answer().await;
    lab.set(Fault::Slow).await;
    watch.failure().await;
    let cause = watch.failure().await.cause;
    assert!(cause.contains(&lab.address()), "{cause}");
    assert!(cause.contains("does not answer everything in time (of 1.9 s)"), "{cause}");
    lab.set(Fault::None).await;
    watch.answer().await;
}
